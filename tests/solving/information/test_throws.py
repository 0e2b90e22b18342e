"""What is thrown, its faces, how often, and words about it that are not understood. Expected values by hand."""

from math import isclose, log2

import pytest

from chainrule.solving.answer import ProblemSolution
from tests.solving.sheets import solve


def numbers(problem: ProblemSolution) -> list[object]:
    return [answer.value for answer in problem.answers]


def errors(problem: ProblemSolution) -> str:
    return "\n".join(each.message for each in problem.diagnostics if each.severity == "error")


def entropy(*counts: int) -> float:
    return -sum(count / sum(counts) * log2(count / sum(counts)) for count in counts)


FACES = [
    ("A fair six-sided die with faces 1, 1, 2, 3, 4, 5 is rolled. Compute the entropy in bits.", entropy(2, 1, 1, 1, 1)),
    ("A fair die labelled 1, 1, 2, 3, 4, 4 is rolled. Compute the entropy in bits.", entropy(2, 1, 1, 2)),
    ("A fair die whose faces are labeled 1, 1, 2, 3, 4 and 4 is thrown. What is its entropy in bits?", entropy(2, 1, 1, 2)),
    ("A fair die with faces numbered $1, 1, 2, 2, 3, 3$ is thrown. What is its entropy in bits?", log2(3)),
    ("What is the entropy of a fair die with sides 1, 2, 2, 3 in bits?", 1.5),
    ("Let $X$ be the outcome of a fair die with faces one, one, two, three, four, five. Compute $H(X)$ in bits.",
     entropy(2, 1, 1, 1, 1)),
    ("A fair eight-sided die with faces 1 to 8 is rolled. Compute its entropy in bits.", 3),
    ("A fair eight-sided die numbered 1-8 is rolled. Compute its entropy in bits.", 3),
    ("For a fair four-sided die labelled 0, 1, 2, 3 compute the entropy in bits.", 2),
    ("A fair die with six equally likely faces is rolled. Compute its entropy in bits.", log2(6)),
    ("A fair die is rolled. The faces are equally likely. Compute its entropy in bits.", log2(6)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FACES)
def test_faces_that_are_listed_are_read(text: str, expected: float) -> None:
    (value,) = numbers(solve(text))
    assert isinstance(value, float)
    assert isclose(value, expected, rel_tol=1e-12)


UNREAD = [
    ("A fair die, its six painted over as a five, is rolled.", "its six painted over as a five"),
    ("A fair die is rolled, its six painted over as a five.", "painted over as a five"),
    ("A fair die is rolled and only even numbers are reported.", "only even numbers are reported"),
    ("A fair die is rolled. Only even numbers are reported.", "Only even numbers are reported"),
    ("A fair die is rolled. Its faces are 1, 1, 2, 2, 3, 3.", "its faces are 1"),
    ("A fair die with two red faces and four blue faces is rolled.", "with two red faces and four blue faces"),
    ("A fair six-sided die with faces 1, 2, 3 is rolled.", "with faces 1, 2, 3"),
    ("A fair coin is tossed until heads appears.", "until heads appears"),
    ("A fair coin is tossed until two heads in a row appear.", "until two heads in a row"),
    ("A fair coin is tossed. Tails is discarded.", "discarded"),
    (
        "A loaded die shows a six with probability 0.5 and each other face with probability 0.1, and ones are ignored.",
        "ignored",
    ),
]


@pytest.mark.parametrize(("text", "said"), UNREAD)
@pytest.mark.parametrize("task", ["Compute the entropy in bits.", "What is its entropy in bits?"])
def test_words_that_are_not_understood_are_named(text: str, said: str, task: str) -> None:
    problem = solve(f"{text} {task}")
    assert numbers(problem) == []
    assert f'"{said}' in errors(problem) or f'{said}"' in errors(problem)


SEVERAL = [
    "A fair coin is tossed three times.",
    "Two fair coins are tossed.",
    "A fair die is rolled twice.",
    "A fair coin is flipped $n$ times.",
    "A fair die is on the table. It is rolled 5 times.",
]


@pytest.mark.parametrize("text", SEVERAL)
@pytest.mark.parametrize("task", ["Compute the entropy in bits.", "Compute its entropy.", "What is the entropy?"])
def test_of_several_throws_it_must_be_said_which_are_meant(text: str, task: str) -> None:
    problem = solve(f"{text} {task}")
    assert numbers(problem) == []
    assert "it is not clear whether the entropy of one throw or of all throws together is asked" in errors(problem)


@pytest.mark.parametrize("whole", ["a fair coin tossed three times", "two fair coins"])
def test_the_outcome_of_several_throws_is_not_that_of_one(whole: str) -> None:
    problem = solve(f"Let $X$ be the outcome of {whole}. Compute $H(X)$ in bits.")
    assert (numbers(problem), "X is derived from something else" in errors(problem)) == ([], True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A fair coin is tossed three times. What is the entropy of one toss in bits?", 1),
        ("A fair coin is tossed three times. Compute the entropy of the coin in bits.", 1),
        ("A fair coin is tossed three times. What is the entropy of the outcome in bits?", 3),
        ("Two fair coins are tossed. What is the entropy of a single toss in bits?", 1),
        ("A fair coin $X$ is tossed twice. Compute $H(X)$ in bits.", 1),
        ("Let $X$ be the outcome of a single toss of a fair coin. Compute $H(X)$ in bits.", 1),
        ("A fair coin is tossed once. Compute its entropy in bits.", 1),
    ],
)
def test_what_is_said_to_be_meant_is_taken(text: str, expected: float) -> None:
    assert numbers(solve(text)) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize("sums", ["their sum", "the sum"])
def test_a_derived_variable_has_one_article(sums: str) -> None:
    problem = solve(f"Two fair dice are rolled. Compute the entropy of {sums} in bits.")
    said = [each.message for each in problem.diagnostics if each.code == "named-distribution"]
    assert "the sum is called Q here" in said


PHRASES = ["Logarithms are base 2.", "Log is base 2.", "Logs are to base 2.", "All logarithms are base 2.",
           "Base-2 logarithms are used.", "LOGARITHMS are base 2.", "Here logarithms have base 2."]  # fmt: skip


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_base_is_read_at_the_beginning_of_a_sentence(phrase: str) -> None:
    problem = solve(f"{phrase} Let $P = (0.5, 0.5)$. Compute $\\log 8$ and $H(P)$.")
    assert numbers(problem) == [pytest.approx(3), pytest.approx(1)]


@pytest.mark.parametrize("quantity", ["total variation distance", "Hellinger distance"])
@pytest.mark.parametrize("unit", ["bits", "nats"])
def test_a_plain_number_says_that_it_has_no_unit(quantity: str, unit: str) -> None:
    (answer,) = solve(f"Let $P = (0.5, 0.5)$ and $Q = (0.3, 0.7)$. Compute the {quantity} of $P$ and $Q$ in {unit}.").answers
    assert answer.unit is None
    assert any(f"is a plain number: it has no unit, and is the same in {unit}" in each for each in answer.conventions)


GIVEN = "Let $P = (0.5, 0.5)$ and $y = w^2$. "


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("Compute $H(P)$ in bits and $\\frac{dy}{dw}$.", ["divergence", "derivative"]),
        ("Find the entropy of $P$ in bits and $\\frac{dy}{dw}$.", ["divergence", "derivative"]),
        ("Compute $\\frac{dy}{dw}$ and $H(P)$ in bits.", ["derivative", "divergence"]),
        ("Find $\\frac{dy}{dw}$ and the entropy of $P$ in bits.", ["derivative", "divergence"]),
    ],
)
def test_an_entropy_and_a_derivative_are_two_tasks(asked: str, kinds: list[str]) -> None:
    problem = solve(GIVEN + asked)
    assert [answer.kind for answer in problem.answers] == kinds
    assert [answer.value for answer in problem.answers if answer.kind == "divergence"] == [pytest.approx(1)]
