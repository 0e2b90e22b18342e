"""Words and notations that decide what is computed: they are followed, or the task is refused. What is expected is by hand."""

import math

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


def values(text: str) -> list[object]:
    return [answer.value for answer in solve(text).answers]


def refused(text: str) -> set[str]:
    """The codes of the errors where nothing is answered."""
    problem = solve(text)
    assert problem.answers == ()
    assert problem.status == "unsolved"
    return {each.code for each in problem.diagnostics if each.severity == "error"}


SQUARE = r"Let $L = \|W x\|^2$ with $W \in \mathbb{R}^{2 \times 2}$ and $x \in \mathbb{R}^2$"
MATRIX = r"Let $A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$"


# --- two variables in one formula ---------------------------------------------------------------------------


@pytest.mark.parametrize("names", ["X, Y", "U, V"])
def test_variables_of_one_formula_are_independent_once(names: str) -> None:
    """Two fair bits and their sum: 2 bits together, none left of the third, 1 bit between any two given the third."""
    a, b = names.split(", ")
    text = (
        rf"Let ${names} \sim \mathrm{{Bern}}(0.5)$ be independent and $Z = {a} \oplus {b}$."
        f" Compute $H({a},{b},Z)$, $H(Z|{a},{b})$, $I({a};{b}|Z)$ and $I({a};Z|{b})$ in bits."
    )
    assert values(text) == [pytest.approx(each, abs=1e-12) for each in (2, 0, 1, 1)]
    assert solve(text).diagnostics == ()


def test_the_larger_of_two_bits() -> None:
    """I(X; Z | Y) is the entropy of X where Y = 0, which has probability 0.7."""
    text = r"Let $X, Y \sim \mathrm{Bern}(0.3)$ be independent and $Z = \max(X, Y)$. Compute $I(X;Z|Y)$ in bits."
    assert values(text) == [pytest.approx(0.7 * (-0.3 * math.log2(0.3) - 0.7 * math.log2(0.7)), rel=1e-12)]


# --- parametrisations ---------------------------------------------------------------------------------------

NORMAL = 0.5 * math.log(2 * math.pi * math.e)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Let $X \sim N(0, 2)$, i.e. $\sigma = 2$. Compute $h(X)$.", NORMAL + math.log(2)),
        (r"Let $X \sim N(0, 4)$, i.e. $\sigma = 2$. Compute $h(X)$.", NORMAL + math.log(2)),
        (r"Let $X \sim N(1, 3)$, that is, $\mathrm{Var}(X) = 3$. Compute $h(X)$.", NORMAL + math.log(3) / 2),
        (r"Let $X \sim N(0, 3)$ with $\mathrm{Var}(X) = 9$. Compute $h(X)$.", NORMAL + math.log(3)),
        (r"Let $T \sim \mathrm{Exp}(10)$ be the lifetime with mean lifetime of 10 hours. Compute $h(T)$.", 1 + math.log(10)),
        (
            r"The time is $T \sim \mathrm{Exp}(4)$, where the average waiting time is 4 minutes. Compute $h(T)$.",
            1 + math.log(4),
        ),
        (r"Let $T \sim \mathrm{Exp}(\theta)$ with $E[T] = \theta = 10$. Compute $h(T)$.", 1 + math.log(10)),
        (r"Let $T \sim \mathrm{Exp}(10)$ with $E[T] = 0.1$. Compute $h(T)$.", 1 - math.log(10)),
        (r"Let $T \sim \mathrm{Exp}(10)$ with $\lambda = 0.1$. Compute $h(T)$.", 1 + math.log(10)),
    ],
)
def test_values_beside_a_member_say_its_parametrisation(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected, rel=1e-12)]


def test_a_value_that_fits_no_parametrisation_is_refused() -> None:
    assert "parametrisation" in refused(r"Let $X \sim N(0, 3)$ with $\sigma = 5$. Compute $h(X)$.")


@pytest.mark.parametrize("said", ["be a fair die", "be the roll of two dice", "take integers as values"])
def test_an_interval_is_no_die(said: str) -> None:
    assert "parametrisation" in refused(rf"Let $X \sim U(1, 6)$ {said}. Compute $H(X)$ in bits.")


def test_a_set_is_a_die() -> None:
    assert values(r"Let $X \sim U\{1, 6\}$ be a fair die. Compute $H(X)$ in bits.") == [pytest.approx(math.log2(6))]


# --- definitions by cases in prose --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("$f(z) = z$ for $z > 0$, and $0.1 z$ otherwise", -0.2),
        ("$f(z) = z$ if $z > 0$ and $f(z) = 0.1 z$ if $z \\le 0$", -0.2),
        ("$f(z) = z^2$ for $z > 0$ and $f(z) = 0$ otherwise", 0),
        ("$f(z) = z^2$ when $z \\ge 1$, otherwise $-z$", 2),
        ("$f(z) = z^2$ for $z \\ge 1$, $2 z$ for $-3 < z < 1$ and 7 elsewhere", -4),
        ("$f(z) = z^2$ for $z \\ge 1$, $2 z$ for $0 < z < 1$ and 7 elsewhere", 7),
    ],
)
def test_pieces_in_prose_are_cases(definition: str, expected: float) -> None:
    assert values(f"Let {definition}. Compute $f(-2)$.") == [pytest.approx(expected)]


def test_pieces_are_differentiated() -> None:
    text = "Let $g(t) = 3 t$ for $t > 0$, and $0.5 t$ otherwise. Compute $g$ and $g'$ at $t = -4$."
    assert sorted(map(str, values(text))) == ["-2.0", "0.5"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Let $g(t) = t^2$ when $t \\ge 1$, and something small otherwise. Compute $g(-3)$.", "pieces-not-understood"),
        ("Let $f(x) = x^2$ for $x > 0$. For $x \\le 0$ let $f(x) = 0$. Compute $f(-2)$.", "defined-twice"),
        ("Let $f(x) = x^2$. Later $f(x) = x^3$. Compute $f(2)$.", "defined-twice"),
    ],
)
def test_pieces_that_are_not_clear_are_no_definition(text: str, code: str) -> None:
    assert refused(text) >= {code, "broken-definition"}


# --- values at points, bars, columns ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $L(w) = (w-4)^2$. Compute $L(w=0)$.", 16),
        ("Let $L = (w-4)^2$. Compute $L(w=0)$.", 16),
        ("Let $L(w) = w^2+1$. Compute $L(w=3)$.", 10),
        ("Let $L = a w^2$ and $a = 2$. Compute $L(w=3)$.", 18),
        ("Let $g(u, v) = u - v$. Compute $g(v=1, u=5)$.", 4),
    ],
)
def test_a_value_at_a_named_point(text: str, expected: float) -> None:
    assert values(text) == [pytest.approx(expected)]


def test_a_value_at_a_point_in_a_formula_is_refused() -> None:
    assert refused("Let $L = w^2$ with $w = 2$ and $c = 1 + L(w=0)$. Compute $c$.") >= {"value-at-point"}


def test_bars_are_the_determinant_wherever_they_stand() -> None:
    """1 * 4 - 2 * 3 = -2."""
    for asked in ("$|A|$", "$|A| + 0$"):
        assert values(f"{MATRIX}. Compute {asked}.") == [pytest.approx(-2)]
    assert values(f"{MATRIX} and $c = |A|$. Compute $c$.") == [pytest.approx(-2)]


def test_a_power_of_bars_around_a_vector_is_refused() -> None:
    assert refused("Let $x = (1, 2)$, $y = (4, 6)$. Compute $|x - y|^2$.") == {"ambiguous-bars"}
    assert values(r"Let $x = (1, 2)$, $y = (4, 6)$. Compute $\|x - y\|^2$.") == [pytest.approx(25)]
    assert values("Let $x = 1$, $y = 4$. Compute $|x - y|^2$.") == [pytest.approx(9)]


@pytest.mark.parametrize(
    "text",
    [
        MATRIX + r" and $x = \binom{1}{1}$. Compute $y = A x$.",
        r"Let $\mathbf{v} = \binom{3}{1}$. Compute $\|\mathbf{v}\|$.",
        r"Let $v = \binom{1}{2}$. Compute $3 v$.",
    ],
)
def test_a_binomial_that_may_be_a_column_is_refused(text: str) -> None:
    assert "ambiguous-binomial" in refused(text)


def test_a_binomial_coefficient_stays_one() -> None:
    assert values(MATRIX + r", $n = \binom{5}{2}$ and $B = n A$. Compute $B$.") == [[[10, 20], [30, 40]]]


def test_the_binary_entropy_with_a_2_is_in_bits() -> None:
    expected = -0.3 * math.log2(0.3) - 0.7 * math.log2(0.7)
    assert values("Compute $H_2(0.3)$.") == [pytest.approx(expected, rel=1e-12)]
    assert values("Let $C = 1 - H_2(0.3)$. Compute $C$.") == [pytest.approx(1 - expected, rel=1e-12)]
    assert values("Compute $H_2(0.3)$ in nats.") == [pytest.approx(expected * math.log(2), rel=1e-12)]


@pytest.mark.parametrize("asked", [r"\mathrm{Var}(X)", r"\mathbb{E}[X]", r"\mathrm{Var}(2 + 3 Z)"])
def test_the_moments_of_what_is_computed_from_a_normal_variable_are_refused(asked: str) -> None:
    assert "moment-of-computed" in refused(rf"Let $Z \sim N(0,1)$ and $X = 2 + 3Z$. Compute ${asked}$.")


# --- what is held fixed, constrained, counted from 0 ---------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Let $y = x^2 z$, $z = x + 1$, $x = 2$. Compute $\\partial y/\\partial x$ with $z$ held fixed.",
        "Let $y = x c$, $c = x^2$, $x = 3$. Compute $dy/dx$, where $c = x^2$ is treated as a constant.",
        "Let $y = x c$, $c = x^2$, $x = 3$. We regard $c$ as a constant. Compute $dy/dx$.",
        SQUARE + ", where $W$ is constrained to be diagonal. Compute $\\partial L/\\partial W$.",
        SQUARE + ". $W$ is restricted to be a symmetric matrix. Compute $\\partial L/\\partial W$.",
        "Let $x = (1, 2, 3)$. The indices start at 0. Let $y = x_1^2$. Compute $y$.",
        "Let $x = (1, 2, 3)$. Entries are counted from zero. Compute $x_2$.",
        "Let $z = (1, 2, 3)$, $\\hat y = \\mathrm{softmax}(z)$, $c = 1$ (zero-based) and $L = -\\log \\hat y_c$. Compute $L$.",
    ],
)
def test_words_that_are_not_carried_out_are_refused(text: str) -> None:
    assert refused(text) == {"task-not-understood"}


def test_such_words_about_nothing_computed_change_nothing() -> None:
    text = "Let $x = (1, 1)$, $W_1 = [[1, 2], [3, 4]]$, $y = W_1 x$. The layers are counted from 1. Compute $y$."
    assert values(text) == [[3, 7]]
