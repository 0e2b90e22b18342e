"""Units that words say, of one request and of a whole sheet: every value is by hand, of P = (1/2, 1/4, 1/4).

H(P) is 1.5 bits, and D(P || Q) for Q = (1/4, 1/4, 1/2) is 1/2 * 1 - 1/4 * 1 = 0.25 bits.
"""

from math import log, log10

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source

GIVEN = r"Let $P = \{a: 0.5, b: 0.25, c: 0.25\}$ and $Q = \{a: 0.25, b: 0.25, c: 0.5\}$. "
NATS = log(2)
KL = r"D_{KL}(P \| Q)"


def problems(text: str) -> tuple[ProblemSolution, ...]:
    return solve_sheet(Source("sheet.md", text)).problems


def values(text: str) -> list[tuple[float, str | None]]:
    [problem] = problems(text)
    assert problem.status == "solved", problem.diagnostics
    found: list[tuple[float, str | None]] = []
    for answer in problem.answers:
        assert isinstance(answer.value, float)
        found.append((round(answer.value, 12), answer.unit))
    return found


def refused(text: str) -> str:
    [problem] = problems(text)
    assert problem.status == "unsolved", problem.answers
    return problem.diagnostics[-1].code


@pytest.mark.parametrize(
    "rule",
    [
        "All logarithms are to base 2.",
        "Use base-2 logarithms.",
        r"Throughout, $\log$ denotes $\log_2$.",
        r"Throughout, log denotes $\log_2$.",
        "Give all answers in bits.",
        "All answers are in shannons.",
    ],
)
def test_a_rule_holds_for_an_entropy_that_no_other_word_names(rule: str) -> None:
    assert values(f"{GIVEN}{rule} Compute $H(P)$.") == [(1.5, "bits")]
    assert values(f"{rule} {GIVEN}Compute $H(P)$.") == [(1.5, "bits")]


def test_a_rule_above_the_problems_holds_for_all() -> None:
    text = f"# Sheet\n\nAll logarithms are to base 2.\n\n## Problem 1\n\n{GIVEN}Compute $H(P)$.\n\n"
    found = problems(f"{text}## Problem 2\n\n{GIVEN}Compute ${KL}$.\n\n## Problem 3\n\n{GIVEN}Compute $H(Q)$ in nats.")
    assert [[(a.value, a.unit) for a in problem.answers] for problem in found] == [
        [(pytest.approx(1.5), "bits")],
        [(pytest.approx(0.25), "bits")],
        [(pytest.approx(1.5 * NATS), "nats")],
    ]


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("in bits", 1.5, "bits"),
        ("in shannons", 1.5, "bits"),
        ("in hartleys", 1.5 * log(2, 10), "base 10"),
        ("in bans", 1.5 * log(2, 10), "base 10"),
        ("in dits", 1.5 * log(2, 10), "base 10"),
        ("in trits", 1.5 * log(2, 3), "base 3"),
        (r"in units of $\log 2$", 1.5, "bits"),
        (r"in units of $\ln 2$", 1.5, "bits"),
        (r"in units of $\log 10$", 1.5 * log(2, 10), "base 10"),
        ("in nats", 1.5 * NATS, "nats"),
    ],
)
def test_units_of_an_entropy(words: str, value: float, unit: str) -> None:
    assert values(f"{GIVEN}Compute $H(P)$ {words}.") == [(round(value, 12), unit)]
    assert values(f"{GIVEN}Compute the entropy of $P$ {words}.") == [(round(value, 12), unit)]


@pytest.mark.parametrize("manner", ["in closed form", "in detail", "in terms of $a$", "(in full)"])
def test_a_manner_is_no_unit(manner: str) -> None:
    assert values(f"{GIVEN}Compute $H(P)$ {manner}.") == [(round(1.5 * NATS, 12), "nats")]


@pytest.mark.parametrize("how", ["using natural logarithms", "using the table above", "with these values"])
def test_an_unknown_unit_behind_other_words(how: str) -> None:
    assert refused(f"{GIVEN}Compute the entropy of $P$ {how} in millibits.") == "task-not-understood"


@pytest.mark.parametrize("unit", ["millibits", "metres", "kilobits", "euros", "m", "percent", "apples"])
@pytest.mark.parametrize("asked", ["$H(P)$", f"${KL} + H(P)$", "$y$", "the entropy of $P$"])
def test_an_unknown_unit_is_not_understood(asked: str, unit: str) -> None:
    assert refused(f"{GIVEN}Let $y = 2 + 3$. Compute {asked} in {unit}.") == "task-not-understood"


@pytest.mark.parametrize(
    ("formulas", "asked", "bits"),
    [
        (f"$L = {KL} + H(P)$", "L", 1.75),
        (f"$K = {KL}$, $L = K + H(P)$", "L", 1.75),
        (f"$K = {KL}$, $M = 2 K$, $L = M + K$", "L", 0.75),
        (f"$K = {KL}$", "K + H(P)", 1.75),
        (f"$K = {KL}$", "3 K", 0.75),
    ],
)
def test_names_of_formulas_are_measured_too(formulas: str, asked: str, bits: float) -> None:
    text = f"{GIVEN}Let {formulas}. "
    assert values(f"{text}Compute ${asked}$ in bits.") == [(bits, "bits")]
    assert values(f"{text}All answers in bits. Compute ${asked}$.") == [(bits, "bits")]


def test_what_has_no_unit_is_refused_one() -> None:
    text = GIVEN + "Let $x = 2$, $y = 3 x$. "
    assert refused(text + "Compute $y$ in bits.") == "no-unit"
    assert values(text + "All answers in bits. Compute $y$ and $H(P)$.") == [(6.0, None), (1.5, "bits")]
    assert values(text + "Compute $y$ using natural logarithms.") == [(6.0, None)]


def test_every_formula_with_a_unit_of_its_own_is_answered() -> None:
    found = values(f"{GIVEN}Compute $2 {KL}$ in bits and ${KL} + H(P)$ in bits.")
    assert found == [(0.5, "bits"), (1.75, "bits")]


def test_formulas_behind_in_and_and_stay_asked() -> None:
    text = "Let $x = 2$, $y = 3 x$, $z = x^2$. "
    assert values(text + "Compute $y$ in closed form and $z$.") == [(6.0, None), (4.0, None)]
    assert values(text + "Compute $y$ in full and $z$ in full.") == [(6.0, None), (4.0, None)]
    assert values(text + "Compute $y$ in terms of $x$ and $z$.") == [(6.0, None)]
    assert refused(text + "Compute $y$ in metres and $z$ in metres.") == "task-not-understood"


PARTS = GIVEN + "\n\n(a) Compute $H(P)$.\n\n(b) Compute " + f"${KL}$."


@pytest.mark.parametrize(
    "closing",
    [
        "\n\nUse bits.",
        "\n\nAnswer in bits.",
        "\n\nUse base-2 logarithms.",
        "\n\nExpress your answers in bits.",
        " Give all results in bits.",
        " All in bits.",
        "\nReport everything in bits.",
    ],
)
def test_a_closing_sentence_is_of_all_parts(closing: str) -> None:
    assert values(PARTS + closing) == [(1.5, "bits"), (0.25, "bits")]


@pytest.mark.parametrize("closing", [" Use bits.", " Answer in bits.", " Give it in bits."])
def test_a_sentence_beside_a_part_is_of_that_part(closing: str) -> None:
    assert values(PARTS + closing) == [(round(1.5 * NATS, 12), "nats"), (0.25, "bits")]


@pytest.mark.parametrize(
    ("said", "unit", "value"),
    [
        ("$P = (0.5, 0.25, 0.25)$. Compute the entropy of $P$ (base 10: dits/hartleys/bans).", "base 10", 1.5 * log10(2)),
        ("$P = (0.5, 0.25, 0.25)$. Compute the entropy of $P$ in base-3 units.", "base 3", 1.5 * log(2) / log(3)),
        (
            "$P = (0.5, 0.25, 0.25)$. What is the entropy of $P$? Give your answer in bits, rounded to two decimals.",
            "bits",
            1.5,
        ),
        ("$P = (0.5, 0.25, 0.25)$. We write $\\log = \\log_2$. Compute $H(P) = -\\sum_i P_i \\log P_i$.", "bits", 1.5),
        ("$P = (0.5, 0.25, 0.25)$, where $\\log = \\log_2$. Compute the entropy of $P$.", "bits", 1.5),
        ("We write $\\lg$ for $\\log_2$. $P = (0.5, 0.25, 0.25)$. Compute $H(P) = -\\sum_i P_i \\lg P_i$.", "bits", 1.5),
        ("Let $\\lg = \\log_2$, $P = (0.5, 0.25, 0.25)$. Compute $H(P) = -\\sum_i P_i \\lg P_i$.", "bits", 1.5),
    ],
)
def test_units_and_logarithms_as_they_are_said(said: str, unit: str, value: float) -> None:
    [problem] = problems(said)
    [answer] = problem.answers
    assert (answer.value, answer.unit) == (pytest.approx(value), unit)


def test_a_unit_before_all_problems_is_no_task() -> None:
    text = "Give all entropies in bits.\n\n# Problem 1\n$P = (0.5, 0.25, 0.25)$. Compute the entropy of $P$."
    [found] = problems(text)
    assert ([(a.value, a.unit) for a in found.answers], found.diagnostics) == ([(1.5, "bits")], ())
