r"""What a text says of its logarithm, anywhere and in any words. By hand: H(1/2, 1/4, 1/8, 1/8) is 1.75 bits."""

from math import log

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

ASKED = r"Let $r = (1/2, 1/4, 1/8, 1/8)$. Compute $H(r)$."
BITS = 1.75


def solved(text: str, name: str = "sheet.md") -> ProblemSolution:
    return solve_sheet(Source(name, text)).problems[0]


def measured(text: str, name: str = "sheet.md") -> tuple[float, str | None]:
    [answer] = [answer for answer in solved(text, name).answers if answer.kind == "divergence"]
    assert isinstance(answer.value, float)
    return answer.value, answer.unit


@pytest.mark.parametrize(
    "said",
    [
        r"Throughout this worksheet, $\log$ denotes the logarithm to base 2.",
        r"$\log := \log_2$.",
        r"We set $\log \equiv \log_2$.",
        "log is base 2 throughout.",
        "Logs are binary.",
        "We use base-2 logs.",
        "Logarithms are base-2 unless noted.",
        r"Here $\log x$ means $\log_2 x$.",
        "The base of all logarithms is 2.",
        "Every logarithm in these exercises is binary.",
        r"Notation: $\log$ is $\log_2$.",
        r"As in the lecture, $\log$ stands for the base-two logarithm.",
        r"By $\log$ we mean the logarithm with base 2.",
        r"Unless specified otherwise, logarithms are taken in base two and $\ln$ is the natural logarithm.",
        "We follow the lecture: logs to base 2.",
        r"Throughout, $\lg$ and $\log$ are base 2.",
        "(log base 2)",
        "log = log2.",
        "Bits will be used as the unit.",
        "The unit of information is the bit.",
    ],
)
def test_a_declaration_above_the_problems_and_in_one(said: str) -> None:
    assert measured(f"# Sheet\n\n{said}\n\n## Problem 1\n\n{ASKED}\n") == (pytest.approx(BITS, rel=1e-14), "bits")
    assert measured(f"# Problem 1\n\n{said} {ASKED}\n") == (pytest.approx(BITS, rel=1e-14), "bits")


@pytest.mark.parametrize(
    "text",
    [
        f"# Information (logs base 2)\n\n## Problem 1\n\n{ASKED}\n",
        f"# Problem 1: Entropy (log base 2)\n\n{ASKED}\n",
        f"# Problem 1 (all logarithms are base 2)\n\n{ASKED}\n",
        f"# Problem 1: Entropies in bits\n\n{ASKED}\n",
        f"# Problem 1\n\n{ASKED[:-1]}.[^1]\n\n[^1]: log is base 2.\n",
        f"# Problem 1\n\n{ASKED}\n\n\\* Logs are base 2.\n",
        f"# Sheet (log base 10)\n\n## Problem 1 (logs base 2)\n\n{ASKED}\n",
    ],
)
def test_a_declaration_in_a_heading_or_a_footnote(text: str) -> None:
    assert measured(text) == (pytest.approx(BITS, rel=1e-14), "bits")


def test_a_footnote_of_latex() -> None:
    text = "\\documentclass{article}\n\\begin{document}\n\\begin{problem}\n"
    text += ASKED.replace("$H(r)$", "$H(r)$\\footnote{All logs are base 2.}") + "\n\\end{problem}\n\\end{document}\n"
    assert measured(text, "sheet.tex") == (pytest.approx(BITS, rel=1e-14), "bits")


def test_another_base_and_the_natural_one() -> None:
    nats = BITS * log(2)
    assert measured(f"Logarithms have base 3. {ASKED}") == (pytest.approx(nats / log(3)), "base 3")
    assert measured(rf"The symbol $\log$ refers to $\log_{{10}}$ here. {ASKED}") == (pytest.approx(nats / log(10)), "base 10")
    assert measured(rf"$\log = \ln$. {ASKED}") == (pytest.approx(nats), "nats")


def test_what_a_problem_says_goes_before_what_the_sheet_says() -> None:
    text = f"# Sheet\n\nLogs are base 10.\n\n## Problem 1\n\nLogs are base 2. {ASKED} Compute $\\log 8$.\n"
    problem = solved(text)
    assert [(answer.value, answer.unit) for answer in problem.answers] == [
        (pytest.approx(BITS), "bits"),
        (pytest.approx(3), None),
    ]
    assert [d.code for d in problem.diagnostics] == ["logarithm-base"]
    natural = solved(f"# Sheet\n\nLogs are base 10.\n\n## Problem 1\n\nHere $\\log$ is natural. {ASKED} Compute $\\log e$.\n")
    assert [answer.value for answer in natural.answers] == [pytest.approx(BITS * log(2)), pytest.approx(1)]


def test_two_bases_in_one_text_are_an_error() -> None:
    problem = solved(rf"Here $\log$ is to base 2. Recall that $\log$ is to base 10. {ASKED}")
    assert "two-logarithms" in [d.code for d in problem.diagnostics if d.severity == "error"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Do not use base 2 for logarithms.", "logarithm-not-understood"),
        ("Our logarithms have the base of the alphabet, 2.", "logarithm-not-understood"),
        ("Instead of bits, results are found in natural measure.", "unit-not-understood"),
    ],
)
def test_a_declaration_that_is_not_understood_is_said(said: str, code: str) -> None:
    warnings = [d.code for d in solved(f"# Sheet\n\n{said}\n\n## Problem 1\n\n{ASKED} Its entropy is small.\n").diagnostics]
    assert code in warnings


STEMS = (
    "Compute in bits",
    "Compute, in bits,",
    "Calculate the following quantities in bits.",
    "Give in bits",
    "Find these in bits:",
)
GOOD = r"$P = \{a: 0.5, b: 0.5\}$ and $Q = \{a: 0.25, b: 0.75\}$."
DEFECTIVE = r"$P = \{a: 0.5, b: 0.6\}$ and $Q = \{a: 0.25, b: 0.75\}$."


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("given", [GOOD, DEFECTIVE])
def test_the_unit_of_a_stem_holds_for_its_items(stem: str, given: str) -> None:
    problem = solved(f"# Problem 1\n\n{given}\n\n{stem}\n\n(a) $H(Q)$,\n(b) $H(P)$.\n")
    entropy = 2 - 0.75 * log(3, 2)
    assert (problem.answers[0].value, problem.answers[0].unit) == (pytest.approx(entropy), "bits")
    assert {answer.unit for answer in problem.answers} == {"bits"}
    codes = [d.code for d in problem.diagnostics if d.severity == "error"]
    assert codes == ([] if given == GOOD else ["not-normalised"])


def test_the_unit_of_a_stem_that_is_not_understood_is_not_lost() -> None:
    problem = solved(f"# Problem 1\n\n{GOOD}\n\nCompute the foo of these in bits.\n\n(a) $H(P)$\n")
    assert {answer.unit for answer in problem.answers} <= {"bits"}
    assert problem.status != "solved"
