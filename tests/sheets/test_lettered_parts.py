r"""Lettered parts that ask with a verb that no form has, "(a) Turn the scores into $p = ...$": read or an error."""

from math import exp, tanh

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

_GIVEN = r"Let $z = [0, 1]$, $x = 2$ and $w = 0.5$."


def _solve(text: str) -> ProblemSolution:
    return solve_sheet(Source("sheet.md", text)).problems[0]


def _first_part(said: str) -> ProblemSolution:
    return _solve(f"{_GIVEN}\n\n(a) {said}\n\n(b) Compute $q = w x$.")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (r"Turn the scores into class probabilities $p = \mathrm{softmax}(z)$.", [1 / (1 + exp(1)), 1 / (1 + exp(-1))]),
        (r"Push $x$ through the neuron, $h = \tanh(w x)$.", tanh(1.0)),
        (r"Feed the input into the neuron $h = \tanh(w x)$.", tanh(1.0)),
        (r"Form $s = 3 w x$.", 3.0),
        (r"Apply the ReLU, $r = \max(0, z)$.", [0.0, 1.0]),
        (r"Convert the scores to probabilities with $p = \mathrm{softmax}(z)$.", [1 / (1 + exp(1)), 1 / (1 + exp(-1))]),
    ],
)
def test_a_part_asks_for_what_it_makes(said: str, expected: object) -> None:
    (answer,) = (each for each in _first_part(said).answers if each.part == "a")
    assert answer.value == pytest.approx(expected)


@pytest.mark.parametrize(
    "said", ["Massage the output a bit.", "Normalise $z$.", "Tidy the scores.", "Collect $s = w x$ and square it."]
)
def test_a_part_that_is_not_understood_says_so(said: str) -> None:
    problem = _first_part(said)
    assert [each.code for each in problem.diagnostics if each.severity == "error"] == ["task-not-understood"]
    assert [each.part for each in problem.answers] == ["b"]


@pytest.mark.parametrize(
    "said",
    [
        "Let the bias be $b = 3$.",
        "Fix the step $s = 0.1$.",
        "Take the loss $L = (w x)^2$.",
        "Unlike the weight, the bias is $b = 3$.",
        "The hidden unit is $h = w x$.",
        "Suppose the loss is $L = w^2$.",
    ],
)
def test_what_a_part_gives_asks_for_nothing(said: str) -> None:
    problem = _first_part(said)
    assert [each.part for each in problem.answers] == ["b"]
    assert not [each for each in problem.diagnostics if each.severity == "error"]


def test_items_of_a_list_of_facts_ask_for_nothing() -> None:
    items = "(a) Multiply the input by the weight: $z = w x$.\n\n(b) Squash the result: $h = \\tanh(z)$."
    problem = _solve(f"The network works as follows.\n\n{items}\n\n## Questions\n\n1. Compute $h$ for $x = 2$, $w = 0.5$.")
    assert [each.value for each in problem.answers] == [pytest.approx(tanh(1.0))]


def test_a_change_that_is_all_a_part_says_holds_behind_it() -> None:
    problem = _solve("Let $w = 3$ and $y = 2 w$.\n\n(a) Compute $y$.\n\n(b) Double the weight $w$.\n\n(c) Compute $y$ again.")
    assert [(each.part, each.value) for each in problem.answers] == [("a", 6.0)]
    assert [each.code for each in problem.diagnostics] == ["task-not-understood"]
