"""Which parametrisation of a family an answer uses: by letters, names and the text's own words. Values are worked by hand."""

from math import e, log, pi

import pytest

from chainrule.errors import Diagnostic
from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer
from chainrule.source import Source

NATS = "Compute $H(P)$ in nats."
KL = "Compute $D_{KL}(P \\| Q)$ in nats."
VARIANCE = "the second argument of N is the variance"
DEVIATION = "the second argument of N is the standard deviation"
TRIALS = "the geometric distribution counts the trials up to the first success: its support is {1, 2, ...}"

ENTROPY_OF_4 = log(2 * pi * e * 4) / 2
"""Of a normal distribution with variance 4."""
ENTROPY_OF_16 = log(2 * pi * e * 16) / 2
EULER = 0.57721566490153286
GAMMA_ENTROPY = 1 + EULER
"""Of a gamma distribution with shape 2 and rate 1: 2 + log Γ(2) - ψ(2), as ψ(2) = 1 - γ. The log of the scale is added."""


def solved(text: str) -> tuple[tuple[Answer, ...], tuple[Diagnostic, ...]]:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem.answers, problem.diagnostics


def check(text: str, value: float | None, *said: str) -> None:
    (answer, *_), _ = solved(text)
    if value is not None:
        assert answer.value == pytest.approx(value, rel=1e-12)
    assert [c for c in answer.conventions if "argument of" in c or "geometric" in c] == list(said)


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("$P \\sim N(0, 4)$", ENTROPY_OF_4, VARIANCE),
        ("$P \\sim N(0, v)$ with $v = 4$", ENTROPY_OF_4, VARIANCE),
        ("$P \\sim N(0, s)$ with $s = 4$", ENTROPY_OF_4, VARIANCE),
        ("$P \\sim N(0, \\sigma^2)$ with $\\sigma = 2$", ENTROPY_OF_4, VARIANCE),
        ("$P \\sim N(0, \\sigma)$ with $\\sigma = 2$", ENTROPY_OF_4, f"{DEVIATION}, as \\sigma says"),
        ("$P \\sim N(0, \\sigma_1)$ with $\\sigma_1 = 2$", ENTROPY_OF_4, f"{DEVIATION}, as \\sigma says"),
        ("$P \\sim N(0, \\sigma = 2)$", ENTROPY_OF_4, f"{DEVIATION}, as its name says"),
        ("$P \\sim N(\\mu = 0, \\sigma^2 = 4)$", ENTROPY_OF_4, f"{VARIANCE}, as its name says"),
        ("$P \\sim \\mathrm{Exp}(2)$", 1 - log(2), "the argument of Exp is the rate"),
        ("$P \\sim \\mathrm{Exp}(\\theta)$ with $\\theta = 2$", 1 - log(2), "the argument of Exp is the rate"),
        ("$P \\sim \\mathrm{Exp}(\\mathrm{mean} = 2)$", 1 + log(2), "the argument of Exp is the mean, as its name says"),
        ("$P \\sim \\mathrm{Gamma}(2, 3)$", GAMMA_ENTROPY - log(3), "the second argument of Gamma is the rate"),
        ("$P \\sim \\mathrm{Gamma}(2, b)$ with $b = 3$", GAMMA_ENTROPY - log(3), "the second argument of Gamma is the rate"),
        (
            "$P \\sim \\mathrm{Gamma}(2, \\theta)$ with $\\theta = 3$",
            GAMMA_ENTROPY + log(3),
            "the second argument of Gamma is the scale, as \\theta says",
        ),
        ("$P \\sim \\mathrm{Geom}(0.5)$", 2 * log(2), TRIALS),
    ],
)
def test_letters_and_names(text: str, value: float, said: str) -> None:
    check(f"Let {text}. {NATS}", value, said)


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("Let $P \\sim N(0, 4)$, where the second parameter is the standard deviation.", ENTROPY_OF_16, DEVIATION),
        (
            "Let $P \\sim N(0, 4)$. The second argument of $N$ is the standard deviation, not the variance.",
            ENTROPY_OF_16,
            DEVIATION,
        ),
        ("Let $P \\sim N(0, 4)$ with the standard deviation as second argument.", ENTROPY_OF_16, DEVIATION),
        ("Normals are parametrised by their mean and standard deviation. Let $P \\sim N(0, 4)$.", ENTROPY_OF_16, DEVIATION),
        (
            "$N(m, s)$ denotes the normal distribution with mean $m$ and standard deviation $s$. Let $P \\sim N(0, 4)$.",
            ENTROPY_OF_16,
            DEVIATION,
        ),
        ("Let $P \\sim N(0, 4)$ with standard deviation 4.", ENTROPY_OF_16, DEVIATION),
        ("Let $P \\sim N(0, 4)$ with variance 16.", ENTROPY_OF_16, DEVIATION),
        ("Let $P \\sim N(0, 4)$, where the second parameter is the variance.", ENTROPY_OF_4, VARIANCE),
        ("Let $P \\sim \\mathrm{Exp}(2)$ (the parameter is the mean).", 1 + log(2), "the argument of Exp is the mean"),
        ("Let $P \\sim \\mathrm{Exp}(2)$ with mean 2.", 1 + log(2), "the argument of Exp is the mean"),
        ("Let $P \\sim \\mathrm{Exp}(2)$ be parametrised by its scale.", 1 + log(2), "the argument of Exp is the mean"),
        (
            "Let $P \\sim \\mathrm{Gamma}(2, 3)$ in the shape-scale parametrization.",
            GAMMA_ENTROPY + log(3),
            "the second argument of Gamma is the scale",
        ),
        (
            "Let $P \\sim \\mathrm{Gamma}(2, 3)$ with shape 2 and scale 3.",
            GAMMA_ENTROPY + log(3),
            "the second argument of Gamma is the scale",
        ),
        (
            "Let $P \\sim \\mathrm{Gamma}(2, 3)$ in the shape-rate form.",
            GAMMA_ENTROPY - log(3),
            "the second argument of Gamma is the rate",
        ),
    ],
)
def test_the_text_says_it(text: str, value: float, said: str) -> None:
    check(f"{text} {NATS}", value, f"{said}, as the text says")


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("Let $P \\sim N(0, 4)$ with standard deviation 2.", ENTROPY_OF_4, VARIANCE),
        ("Let $P \\sim N(0, \\sigma^2)$, where $\\sigma = 2$ is the standard deviation.", ENTROPY_OF_4, VARIANCE),
        ("Let $P \\sim \\mathrm{Exp}(2)$ with mean 1/2.", 1 - log(2), "the argument of Exp is the rate"),
    ],
)
def test_words_that_agree_change_nothing(text: str, value: float, said: str) -> None:
    check(f"{text} {NATS}", value, said)


@pytest.mark.parametrize(
    "text",
    [
        f"Let $P \\sim N(0, 4)$ with the precision as second argument. {NATS}",
        f"The second parameter of $N$ is not the variance but the standard deviation. Let $P \\sim N(0, 4)$. {NATS}",
        f"Let $P \\sim N(0, \\sigma^2)$, where the second parameter is the standard deviation. {NATS}",
        f"Let $P \\sim N(0, 4)$ with standard deviation 3. {NATS}",
        f"Let $P \\sim \\mathrm{{Exp}}(2)$ with mean 7. {NATS}",
        f"Let $P \\sim \\mathrm{{Geom}}(0.5)$ on $\\{{0, 1, 2, \\ldots\\}}$ and $Q \\sim \\mathrm{{Pois}}(3)$. {KL}",
        f"Let $P$ be geometric with $p = 0.5$ on $\\{{0, 1, 2, \\ldots\\}}$ and $Q \\sim \\mathrm{{Pois}}(3)$. {KL}",
        f"Let $P \\sim \\mathrm{{Geom}}(0.5)$, which counts failures, and $Q \\sim \\mathrm{{Pois}}(3)$. {KL}",
        f"Let $P \\sim \\mathrm{{Geom}}(0.5)$, starting from 0. Let $Q \\sim \\mathrm{{Pois}}(3)$. {KL}",
    ],
)
def test_what_cannot_be_followed_is_refused_at_its_place(text: str) -> None:
    answers, diagnostics = solved(text)
    assert answers == ()
    (fault,) = [d for d in diagnostics if d.code == "parametrisation"]
    assert fault.severity == "error"
    assert fault.span is not None
    assert fault.span.text.rstrip(".") in text


def test_geometric_distributions_among_themselves_are_alike_from_0_and_from_1() -> None:
    # (0.5 log 2 + 0.5 log(0.5/0.75)) / 0.5 = log 2 + log(2/3)
    text = "Let $P \\sim \\mathrm{Geom}(0.5)$ and $Q \\sim \\mathrm{Geom}(0.25)$ count failures."
    said = f"{TRIALS}; counted from 0, as the text says, it has the same entropies and divergences"
    check(f"{text} {KL}", log(4 / 3), said)
    check("Let $P \\sim \\mathrm{Geom}(0.5)$ on $\\{1, 2, \\ldots\\}$. " + NATS, 2 * log(2), TRIALS)


def test_two_distributions_that_are_given_differently_say_so_each() -> None:
    text = "Let $P \\sim N(m, \\sigma)$ with $m = 1$, $\\sigma = 4$, and $Q \\sim N(0, 4)$."
    # log(2/4) + (16 + 1) / (2 * 4) - 1/2
    check(f"{text} {KL}", log(1 / 2) + 17 / 8 - 1 / 2, f"in P {DEVIATION}, as \\sigma says", f"in Q {VARIANCE}")


def test_vectors() -> None:
    # entry by entry, from deviations (1, 2) to (1, 1) with means (0, 1) and (0, 0): 0 and -log 2 + (4 + 1)/2 - 1/2
    value = 2 - log(2)
    text = "Let $P \\sim \\mathcal N([0,1],[1,2])$ and $Q \\sim \\mathcal N([0,0],[1,1])$"
    said = "the second argument of N has the standard deviations"
    check(f"{text} with standard deviations as second argument. {KL}", value, f"{said}, as the text says")
    covariance = "in Q the second argument of N is the covariance matrix"
    given = "Let $P \\sim \\mathcal N(\\mu, \\sigma)$ with $\\mu = [0, 1]$, $\\sigma = [1, 2]$ and $Q \\sim \\mathcal N(0, I)$."
    check(f"{given} {KL}", value, f"in P {said}, as \\sigma says", covariance)
    # a mean that is 0 beside several deviations: only the variances (1, 4) differ, log 1/2 + (4 - 1)/2
    zero = "Let $P \\sim \\mathcal N(0, \\sigma)$ with $\\sigma = [1, 2]$ and $Q \\sim \\mathcal N(0, I)$."
    check(f"{zero} {KL}", 3 / 2 - log(2), f"in P {said}, as \\sigma says", covariance)


def test_formulas_and_derivatives_say_it_too() -> None:
    text = "Let $P \\sim N(m, \\sigma)$, $Q \\sim N(0, 1)$ and $L = 2 D_{KL}(P \\| Q)$."
    derivative = f"{text} Compute $\\frac{{\\partial L}}{{\\partial m}}$."
    check(derivative, None, f"in P {DEVIATION}, as \\sigma says", f"in Q {VARIANCE}")
    # 2 (log 2 + (1 + 1)/8 - 1/2) with deviations 1 and 2
    first = "The second parameter of $N$ is the standard deviation. Compute $L = 2 D_{KL}(N(0, 1) \\| N(1, 2))$ in nats."
    check(first, 2 * log(2) - 1 / 2, f"{DEVIATION}, as the text says")
    check("Let $P = N(0, 2)$. Compute $y = x^2$ where $x = 3$.", 9.0)
