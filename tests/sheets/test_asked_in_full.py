"""Nothing that is asked is passed over: what is not understood is an unknown task, never the half of an answer."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.sheets import Problem, read_sheet
from chainrule.source import Source

TWO = "Let $P = (0.5, 0.5)$ and $Q = (0.9, 0.1)$.\n\n"
SOURCE = "A source emits 0 and 1 with probabilities 0.2 and 0.8. "


def read(text: str) -> Problem:
    (problem,) = read_sheet(Source("sheet.md", text)).problems
    return problem


def asked(text: str) -> list[str]:
    """`kl P Q in bits`, or `unknown`, for each task."""
    found: list[str] = []
    for task in read(text).tasks:
        of = [math.text for math in task.math("asked")]
        unit = [f"in {task.unit}"] if task.unit else []
        found.append("unknown" if task.form == "unknown" else " ".join([task.quantity or task.form, *of, *unit]))
    return found


@pytest.mark.parametrize("before", ["", "Compute:\n\n", "Find the following.\n\n"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_part_that_names_a_quantity_and_a_unit_asks_for_it(before: str, gap: str) -> None:
    parts = gap.join(["(i) entropy in bits", "(ii) perplexity", "(iii) min-entropy in nats"])
    expected = ["entropy p in bits", "perplexity p", "min_entropy p in nats"]
    assert asked(f"Let $p = (0.7, 0.2, 0.1)$.\n\n{before}{parts}") == expected


def test_a_unit_for_all_is_still_one() -> None:
    text = "Let $p = (0.7, 0.2, 0.1)$. All entropies in bits.\n\n(a) Find the entropy.\n\n(b) Find the min-entropy."
    assert asked(text) == ["entropy p in bits", "min_entropy p in bits"]


def test_the_only_sentence_that_names_a_quantity_asks_for_it() -> None:
    assert asked("Let $p = (0.7, 0.3)$. Give the entropy in bits.") == ["entropy p in bits"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Compute the forward and reverse KL divergence.",
        "Find the reverse and the forward KL divergence between $P$ and $Q$.",
        "Find the forward KL and the reverse KL of $P$ and $Q$.",
    ],
)
def test_forward_and_reverse_are_two(sentence: str) -> None:
    assert asked(TWO + sentence) == ["kl P Q", "kl Q P"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Compute the KL divergence in both directions and their median, in bits.",
        "Compute the reverse KL divergence and the forward one.",
        "Compute the KL divergence between $P$ and $Q$ and its reverse.",
    ],
)
def test_what_is_asked_besides_is_not_passed_over(sentence: str) -> None:
    assert asked(TWO + sentence) == ["unknown"]


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("Compute the KL divergence in both directions and their average, in bits.", " in bits"),
        ("Compute the KL divergence in both directions and the average of the two.", ""),
    ],
)
def test_what_is_made_of_several_results_is_asked_besides(sentence: str, unit: str) -> None:
    both = r"\frac{1}{2} (D_{\text{KL}}(P \parallel Q) + D_{\text{KL}}(Q \parallel P))"
    assert asked(TWO + sentence) == [f"kl P Q{unit}", f"kl Q P{unit}", f"value {both}{unit}"]


@pytest.mark.parametrize(
    "further",
    [
        "Which is larger?",
        "Also its square root.",
        "And of $Q$ with the roles exchanged?",
    ],
)
def test_a_further_question_is_a_task(further: str) -> None:
    assert asked(f"{TWO}Find the entropy of $P$. {further}") == ["entropy P", "unknown"]


def test_it_is_the_only_result_before() -> None:
    expected = ["entropy P", "comparison H(P) H(Q)"]
    assert asked(f"{TWO}Find the entropy of $P$. Is it larger than that of $Q$?") == expected


def test_a_part_that_is_not_understood_is_a_task() -> None:
    parts = "(a) entropy in bits\n\n(b) perplexity of the thing"
    assert asked(f"Let $p = (0.7, 0.3)$.\n\n{parts}") == ["entropy p in bits", "unknown"]


def test_a_part_that_states_asks_nothing() -> None:
    text = TWO + "(a) The entropy of $P$ is large.\n\n(b) Compute the entropy of $P$."
    assert asked(text) == ["entropy P"]


def test_the_same_of_other_families_is_not_the_same_again() -> None:
    first = "Find the KL divergence between $\\mathrm{Exp}(2)$ and $\\mathrm{Exp}(3)$. "
    again = "Also find it for $\\mathrm{Beta}(2, 3)$ from $\\mathrm{Beta}(1, 1)$."
    assert asked(first + again) == ["kl \\mathrm{Exp}(2) \\mathrm{Exp}(3)", "unknown"]


@pytest.mark.parametrize(
    ("request_", "values"),
    [
        ("Evaluate $y$ for $(a, b) = (0, 0), (0, 1), (1, 0)$.", [0, 2, 1]),
        ("Compute $y$ at $(a, b) = (0, 0), (1, 1)$.", [0, 3]),
        ("Compute $\\frac{dy}{da}$ at $(a, b) = (0, 0), (1, 1)$.", [1, 1]),
        ("Perform a forward pass for $(a, b) = (0, 0), (1, 1)$.", []),
    ],
)
def test_several_points_are_not_the_first_one(request_: str, values: list[float]) -> None:
    text = f"Let $y = a + 2b$.\n\n{request_}"
    [solved] = solve_sheet(Source("sheet.md", text)).problems
    assert [answer.value for answer in solved.answers] == values
    assert asked(text).count("unknown") == (not values)


@pytest.mark.parametrize("verb", ["emits", "sends", "gives"])
def test_the_outcome_a_is_no_article(verb: str) -> None:
    (stated,) = read(f"A source {verb} A with probability 0.7 and B with probability 0.3. What is the entropy?").stated
    assert stated.span.text == "A with probability 0.7 and B with probability 0.3"


@pytest.mark.parametrize(
    "request_",
    [
        "Compute the cross-entropy loss of $p$ and its gradient with respect to $W$.",
        "Compute the cross-entropy loss of $p$. Then find its gradient with respect to $W$.",
    ],
)
def test_the_derivative_of_what_is_not_understood_is_that_of_nothing_else(request_: str) -> None:
    assert asked(f"Let $p = \\mathrm{{softmax}}(Wx)$ with $x = (1, 2)$.\n\n{request_}") == ["unknown", "unknown"]


@pytest.mark.parametrize(
    "said",
    [
        "Call $X$ the profit: 5 dollars for heads, 2 dollars for tails.",
        "We call your winnings $X$: 5 dollars for heads, 2 dollars for tails.",
        "Denote by $X$ the payoff: 1 dollar for heads, nothing for tails.",
        "Denote the payoff by $X$.",
    ],
)
def test_what_a_letter_is_called_is_not_what_is_thrown(said: str) -> None:
    stated = read(f"A fair coin is tossed. {said} Find the entropy of $X$.").stated
    assert [each.fault.code for each in stated if each.fault] == ["derived-variable"]


def test_a_letter_for_the_outcome_is_what_is_thrown() -> None:
    stated = read("A fair coin is tossed. We call $X$ the outcome. Find the entropy of $X$.").stated
    assert [each.fault for each in stated] == [None]


@pytest.mark.parametrize(
    "said",
    [
        "Each bit is flipped with probability 0.1 on its way.",
        "The symbols are sent over a noisy line.",
    ],
)
def test_the_output_of_a_channel_is_not_its_input(said: str) -> None:
    assert asked(f"{SOURCE}{said} What is the entropy of the output?") == ["unknown"]
    assert asked(f"{SOURCE}{said} What is the entropy of the source?") == ["entropy P"]


def test_the_output_of_a_source_is_what_it_emits() -> None:
    assert asked(f"{SOURCE}What is the entropy of the output?") == ["entropy P"]


def test_a_part_without_a_stop_is_not_completed_by_the_next_one() -> None:
    text = "Let $P = (0.7, 0.3)$.\n\n1. Find the entropy\n2. Let $Q = (0.2, 0.8)$. Find the perplexity of $Q$"
    assert asked(text) == ["entropy P", "perplexity Q"]
    assert [task.part for task in read(text).tasks] == ["1", "2"]
