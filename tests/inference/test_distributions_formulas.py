"""Sums over outcomes, a text's own formulas of quantities, and quantities inside equations."""

from fractions import Fraction
from math import exp, isclose, log, log1p

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.source import Source
from tests.inference.networks import network_of
from tests.inference.test_distributions_quantities import asked, computed, cross, entropy, kl, softmax, value

TABLES = r"P = \{A: 0.6, B: 0.3, C: 0.1, D: 0\}, Q = \{A: 0.4, B: 0.5, C: 0.1, D: 0\}"
P, Q = (0.6, 0.3, 0.1, 0.0), (0.4, 0.5, 0.1, 0.0)
NUMBERS = r"P = \{0: 0.2, 1: 0.5, 2: 0.3\}"
JOINT = r"p(X, Y) = \{(0, 0): 1/2, (0, 1): 1/4, (1, 1): 1/4\}"

SUMS = [
    (TABLES, r"\sum_{x \in \mathcal{X}} P(x) \log \frac{P(x)}{Q(x)}", kl(P, Q)),
    (TABLES, r"\sum_x P(x) (\log P(x) - \log Q(x))", kl(P, Q)),
    (TABLES, r"-\sum_x P(x) \log_2 P(x)", entropy(P) / log(2)),
    (TABLES, r"- \sum_{x \in \{A, B, C, D\}} P(x) \ln Q(x)", cross(P, Q)),
    (TABLES, r"\frac12 \sum_x |P(x) - Q(x)|", 0.2),
    (TABLES, r"\sum_{x \in \{A, B\}} P(x)", 0.9),
    (TABLES, r"\mathbb{E}_{x \sim P}[\log P(x) - \log Q(x)]", kl(P, Q)),
    (TABLES, r"\mathbb{E}_P[-\log Q(X)]", cross(P, Q)),
    (NUMBERS, r"\sum_x x P(x)", 1.1),
    (NUMBERS, r"\mathbb{E}_{x \sim P}[(x - 1.1)^2]", 0.2 * 1.21 + 0.5 * 0.01 + 0.3 * 0.81),
    (JOINT, r"\sum_{x,y} p(x,y) \log_2 \frac{p(x,y)}{p(x) p(y)}", -0.75 * log(0.75) / log(2)),
    (JOINT, r"-\sum_x \sum_y p(x,y) \log_2 p(x,y)", 1.5),
    (JOINT, r"-\sum_{x,y} p(x,y) \log_2 p(y \mid x)", 1.5 + 0.75 * log(0.75) / log(2) - 0.5),
    (JOINT, r"\sum_{x, y} p(x, y) x y", 0.25),
    (JOINT, r"\sum_x p(x)^2", 0.75**2 + 0.25**2),
]


@pytest.mark.parametrize(("tables", "text", "expected"), SUMS, ids=[case[1] for case in SUMS])
def test_sums_over_outcomes(tables: str, text: str, expected: float) -> None:
    assert isclose(computed(f"{tables}, L = {text}", "L"), expected, rel_tol=1e-12)


FORMULAS = [
    (r"D_{KL}(P \parallel Q) = \sum_{x \in \mathcal{X}} P(x) \log_2 \frac{P(x)}{Q(x)}", "kl", Fraction(2)),
    (r"D_{KL}(P \parallel Q) = \sum_{x} P(x) \log \frac{P(x)}{Q(x)}", "kl", None),
    (r"H(P) = -\sum_i p_i \log p_i", "entropy", None),
    (r"H(p) = -\sum_{i=1}^{n} p_i \log_{10} p_i", "entropy", Fraction(10)),
    (r"H(P, Q) = -\sum_{i=1}^n P_i \ln Q_i", "cross_entropy", None),
    (r"H(P, Q) = H(P) + D_{KL}(P \| Q)", "cross_entropy", None),
    (r"H(X) = -\sum_{i=1}^{n} P(x_i) \log_2 P(x_i)", "entropy", Fraction(2)),
    (r"D_{KL}(q(z|x) \| p(z)) = \mathbb{E}_{q}[\log q(z|x) - \log p(z)]", "kl", None),
    (r"L = D_{KL}(P \| Q) = \sum_x P(x) \log_2 \frac{P(x)}{Q(x)}", "kl", Fraction(2)),
]


@pytest.mark.parametrize(("text", "row", "base"), FORMULAS, ids=[case[0] for case in FORMULAS])
def test_a_formula_of_a_quantity_is_no_new_function(text: str, row: str, base: Fraction | None) -> None:
    network, said = network_of(f"{TABLES}, {text}")
    assert not [each for each in said if each.code != "formula-not-compared"]
    (found,) = network.formulas.values()
    assert (found.quantity, found.base) == (row, base)
    assert isclose(value(network, r"D_{KL}(P \| Q)"), kl(P, Q), rel_tol=1e-12)


@pytest.mark.parametrize(
    "text",
    [r"H(X) = -\sum_{i=1}^{n} P(x_i) \log_2 P(x_i)", r"D_{KL}(q(z|x) \| p(z)) = \mathbb{E}_{q}[\log \frac{q(z|x)}{p(z)}]"],
)
def test_a_formula_over_an_unknown_set_is_said_not_to_be_compared(text: str) -> None:
    _, said = network_of(text)
    assert [(each.severity, each.code) for each in said] == [("note", "formula-not-compared")]


def test_a_formula_of_lists_defines_a_quantity_too() -> None:
    text = r"H(p, q) = -\sum_i p_i \log q_i, p = [0.5, 0.5], q = [0.9, 0.1], r = [0.2, 0.8], L = H(p, q) + 1"
    assert isclose(computed(text, "L"), 1 + cross((0.5, 0.5), (0.9, 0.1)), rel_tol=1e-12)
    network, _ = network_of(text)
    assert isclose(value(network, "H(p, r)"), cross((0.5, 0.5), (0.2, 0.8)), rel_tol=1e-12)


def test_another_function_under_the_name_of_a_quantity_is_what_the_text_says() -> None:
    network, said = network_of(TABLES.replace(", D: 0", "") + r", D_{KL}(P \parallel Q) = \sum_{x} P(x) \log \frac{Q(x)}{P(x)}")
    assert [(each.severity, each.code) for each in said] == [("note", "own-definition")]
    assert not network.formulas
    assert asked(network, r"D_{KL}(P \| Q)") is None


def test_a_function_with_a_head_of_a_quantity_stays_one() -> None:
    assert computed(r"H(x) = x^2, y = H(3)", "y") == 9.0
    assert isclose(computed(r"H(p) = -p \log p - (1-p) \log(1-p), y = H(0.3)", "y"), entropy((0.3, 0.7)), rel_tol=1e-12)


@pytest.mark.parametrize(
    ("text", "severity", "code"),
    [
        (r"D_{KL}(P \| Q) = 0.09", "note", "equation-holds"),
        (r"D_{KL}(P \| Q) = 0.5", "error", "sides-differ"),
        (r"L = D_{KL}(P \| Q) = 0.5", "error", "sides-differ"),
    ],
)
def test_a_value_that_is_said_is_compared(text: str, severity: str, code: str) -> None:
    _, said = network_of(f"{TABLES}, {text}")
    assert [(each.severity, each.code) for each in said] == [(severity, code)]


def test_quantities_inside_equations() -> None:
    text = (
        r"L = H(y, \hat y) + \lambda D_{KL}(q \| p), q = [0.5, 0.5], p = [0.9, 0.1], y = [1, 0], \hat y = [0.6, 0.4], "
        r"\lambda = 2"
    )
    assert isclose(computed(text, "L"), -log(0.6) + 2 * kl((0.5, 0.5), (0.9, 0.1)), rel_tol=1e-12)
    text = r"L = H(y, \mathrm{softmax}(W x)), y = [0, 1], W = [[1, 2], [3, 4]], x = [0.5, -0.5]"
    assert isclose(computed(text, "L"), -log(softmax((-0.5, -0.5))[1]), rel_tol=1e-12)


def test_sizes_of_lists_that_only_a_question_brings_together() -> None:
    network, _ = network_of(r"y = [1, 0, 0], \hat{y} = [0.7, 0.2, 0.1], k = 2")
    assert isclose(value(network, r"H(y, \hat{y})"), -log(0.7), rel_tol=1e-12)


GENERATED = [
    (r"f(t) = t \log t; L = D_f(P \| Q)", kl((0.6, 0.3, 0.1), (0.4, 0.5, 0.1))),
    (r"f(t) = (t - 1)^2; L = D_f(P \| Q)", 0.04 / 0.4 + 0.04 / 0.5),
    (r"F(x) = \|x\|^2; L = D_F(P, Q)", 0.08),
    (r"F(x) = \sum_i x_i \log x_i; L = B_F(P, Q)", kl((0.6, 0.3, 0.1), (0.4, 0.5, 0.1))),
    (r"F(t) = t \log t; L = B_F(P, Q)", kl((0.6, 0.3, 0.1), (0.4, 0.5, 0.1))),
    (r"F(t) = t^2; p = 3; q = 1; L = B_F(p, q)", 4.0),
]


@pytest.mark.parametrize(("text", "expected"), GENERATED, ids=[case[0] for case in GENERATED])
def test_divergences_that_a_function_of_the_text_makes(text: str, expected: float) -> None:
    tables = r"P = \{A: 0.6, B: 0.3, C: 0.1\}; Q = \{A: 0.4, B: 0.5, C: 0.1\}; "
    assert isclose(computed(tables + text, "L"), expected, rel_tol=1e-12)


def test_a_closed_form_holds_where_its_conditions_do() -> None:
    assert isclose(computed(r"L = D_{KL}(\mathrm{Unif}(0, 1) \| \mathrm{Unif}(0, 2))", "L"), log(2), rel_tol=1e-12)
    _, said = network_of(r"L = D_{KL}(\mathrm{Unif}(0, 2) \| \mathrm{Unif}(0, 1))")
    assert [each.code for each in said] == ["no-closed-form"]
    _, said = network_of(r"L = D_{KL}(\mathrm{Unif}(0, b) \| \mathrm{Unif}(0, 1))")
    assert [(each.severity, each.code) for each in said] == [("warning", "closed-form-condition")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (r"P = \{A: 0.5, B: 0.5\}, Q = \{C: 0.5, D: 0.5\}, L = \sum_x P(x) \log Q(x)", "different-outcomes"),
        (r"P = \{A: 0.5, B: 0.5\}, L = \sum_x x P(x)", "label-as-number"),
        (r"P = \mathcal{N}(0, 1), L = 2 \mathcal{N}(0, 1)", "distribution-as-value"),
        (r"L = I(X; Y)", "no-joint-distribution"),
    ],
)
def test_what_cannot_be_read_is_an_error(text: str, code: str) -> None:
    network, said = network_of(text)
    assert [each.code for each in said if each.severity == "error"] == [code]
    assert [repr(name) for name in network.broken] == ["Name(text='L')"]


LOSS_OF_LABELS = r"-\frac{1}{2} \sum_{i=1}^{2} \left[ y_i \log \hat{y}_i + (1 - y_i) \log(1 - \hat{y}_i) \right]"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (r"J(\theta, b)", LOSS_OF_LABELS),
        (r"E(\theta, b)", LOSS_OF_LABELS),
        (r"J(\theta, b)", LOSS_OF_LABELS.replace(r"\hat{y}_i", r"\sigma(\theta^T x_i + b)")),
    ],
)
def test_a_loss_of_parameters_is_no_divergence_of_them(head: str, body: str) -> None:
    """The logits are -0.4 and -0.4: (log(1 + e^0.4) + log(1 + e^-0.4)) / 2."""
    text = (
        r"Let $x_1 = (1, 2)$, $x_2 = (0, 1)$, $y = (1, 0)$, $\theta = (0.5, -0.5)$, $b = 0.1$ and"
        r" $\hat{y}_1 = \sigma(\theta^T x_1 + b)$, $\hat{y}_2 = \sigma(\theta^T x_2 + b)$."
        f" $${head} = {body}$$ Compute ${head[0]}$."
    )
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    (answer,) = problem.answers
    assert answer.value == pytest.approx((log1p(exp(0.4)) + log1p(exp(-0.4))) / 2)
