"""Entropies and divergences in sheets. Expected values are by mpmath with 30 digits, or by hand."""

import math
from fractions import Fraction

import mpmath
import pytest

from chainrule.inference.vocabulary import vocabulary
from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer, ProblemSolution
from chainrule.solving.information.tasks import Measure
from chainrule.source import Source
from chainrule.syntax.parser import parse_expression
from tests.solving.sheets import entry, errors, solve

P, Q = ("0.6", "0.3", "0.1"), ("0.4", "0.5", "0.1")
TABLES = r"$P = \{A: 0.6, B: 0.3, C: 0.1\}$ and $Q = \{A: 0.4, B: 0.5, C: 0.1\}$. "
HALVES = r"$P = \{A: 0.5, B: 0.5, C: 0\}$ and $Q = \{A: 0.5, B: 0, C: 0.5\}$. "


def answer(text: str, measure: Measure | None = None) -> Answer:
    [problem] = solve_sheet(Source("sheet.md", text), measure=measure or Measure()).problems
    assert problem.status == "solved", problem.diagnostics
    [found] = problem.answers
    assert found.kind == "divergence"
    return found


def exact(*values: str) -> list[mpmath.mpf]:
    return [mpmath.mpf(Fraction(v).numerator) / Fraction(v).denominator for v in values]


def kl(p: tuple[str, ...], q: tuple[str, ...]) -> float:
    with mpmath.workdps(60):
        return float(mpmath.fsum(a * mpmath.log(a / b) for a, b in zip(exact(*p), exact(*q), strict=True) if a))


def test_a_divergence_is_worked_out_term_by_term() -> None:
    found = answer(TABLES + r"Compute $D_{KL}(P \parallel Q)$.")
    assert found.value == pytest.approx(kl(P, Q), rel=1e-15)
    assert (found.unit, found.shape, found.needs) == ("nats", (), ())
    assert found.symbol.latex == r"D_{\text{KL}}(P \parallel Q)"
    assert found.formula.latex == r"\sum_{x} P(x) \log\left(\frac{P(x)}{Q(x)}\right)"
    assert "in nats (natural logarithm)" in found.conventions
    assert found.table is not None
    assert [cell.latex for cell in found.table.headings[:3]] == ["x", "P(x)", "Q(x)"]
    assert [cell.latex for cell in found.table.rows[1]] == [
        "B",
        "0.3",
        "0.5",
        r"0.3 \log\left(\frac{0.3}{0.5}\right)",
        "-0.153248",
    ]
    assert [cell and cell.latex for cell in found.table.total] == [r"\Sigma", "1", "1", None, "0.0900314"]
    assert entry(found)() == pytest.approx(kl(P, Q), rel=1e-14)


@pytest.mark.parametrize(
    ("text", "code"), [("$P = 0.25$. Compute $H(P)$.", "number-as-bernoulli"), (TABLES + "Compute $H_2(P)$.", "order-below")]
)
def test_how_a_question_was_read_is_said(text: str, code: str) -> None:
    [problem] = solve_sheet(Source("sheet.md", text)).problems
    assert [said.code for said in problem.diagnostics] == [code]


def test_every_line_of_the_steps_is_readable_and_right() -> None:
    found = answer(TABLES + r"Compute $D_{KL}(P \parallel Q)$.")
    rules = [step.rule for step in found.steps]
    assert rules == ["definition", "term", "term", "term", "sum", "identity"]
    for step in found.steps:
        for formula in (step.before, step.after):
            parse_expression(Source("line", formula.latex).span(), vocabulary(), "latex")
    assert found.steps[1].before.latex == r"0.6 \log\left(\frac{0.6}{0.4}\right)"
    assert found.steps[1].after.latex == "0.243279"  # 0.6 log 1.5 = 0.24327906...
    assert found.steps[4].before.latex == "0.243279 - 0.153248 + 0"


p, q = ([float(x) for x in row] for row in (P, Q))
M = tuple(str((Fraction(a) + Fraction(b)) / 2) for a, b in zip(P, Q, strict=True))
ENTROPY = -sum(a * math.log(a) for a in p)
QUANTITIES = {
    "the entropy of $P$": ENTROPY,
    "the perplexity of $P$": math.exp(ENTROPY),
    "the cross-entropy of $P$ and $Q$": ENTROPY + kl(P, Q),
    "the Jensen-Shannon divergence between $P$ and $Q$": (kl(P, M) + kl(Q, M)) / 2,
    "the Jeffreys divergence between $P$ and $Q$": kl(P, Q) + kl(Q, P),
    "the total variation distance between $P$ and $Q$": 0.2,
    "the Hellinger distance between $P$ and $Q$": math.sqrt(1 - math.sqrt(0.24) - math.sqrt(0.15) - 0.1),
    "the Bhattacharyya coefficient of $P$ and $Q$": math.sqrt(0.24) + math.sqrt(0.15) + 0.1,
    "the chi-squared divergence of $P$ from $Q$": 0.04 / 0.4 + 0.04 / 0.5,
    "the Rényi divergence of order 2 between $P$ and $Q$": math.log(0.36 / 0.4 + 0.09 / 0.5 + 0.1),
}


@pytest.mark.parametrize(("asked", "value"), QUANTITIES.items(), ids=list(QUANTITIES))
def test_quantities_named_in_words(asked: str, value: float) -> None:
    found = answer(f"{TABLES}Compute {asked}.")
    assert found.value == pytest.approx(value, rel=1e-12)
    assert found.table is not None
    assert entry(found)() == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("words", "unit", "base"),
    [("", "nats", math.e), (" in bits", "bits", 2), (" in base 10", "base 10", 10)],
)
def test_units_are_said_and_honoured(words: str, unit: str, base: float) -> None:
    found = answer(f"{TABLES}Compute the entropy of $P${words}.")
    assert found.value == pytest.approx(-sum(float(p) * math.log(float(p)) for p in P) / math.log(base), rel=1e-14)
    assert found.unit == unit
    assert any(said.startswith(f"in {unit} (") for said in found.conventions)
    assert entry(found)() == pytest.approx(found.value, rel=1e-14)


def test_the_base_of_the_own_formula_is_honoured() -> None:
    found = answer(TABLES + r"Compute $D_{KL}(P \parallel Q) = \sum_x P(x) \log_2 \frac{P(x)}{Q(x)}$.")
    assert found.unit == "bits"
    assert found.value == pytest.approx(kl(P, Q) / math.log(2), rel=1e-14)


def test_the_unit_of_the_command_wins() -> None:
    found = answer(TABLES + "Compute $H(P)$ in nats.", Measure(unit="bits"))
    assert found.unit == "bits"


def test_a_plain_number_has_no_unit() -> None:
    assert answer(TABLES + "Compute the total variation distance between $P$ and $Q$ in bits.").unit is None


def test_two_units_are_two_answers() -> None:
    problem = solve(TABLES + "Compute $H(P)$ in nats. Compute $H(P)$ in bits.")
    assert [a.unit for a in problem.answers] == ["nats", "bits"]


def test_an_infinite_value_names_its_outcome() -> None:
    found = answer(HALVES + r"Compute $D_{KL}(P \parallel Q)$.")
    assert found.value == math.inf
    assert "infinite, because P(B) = 0.5 while Q(B) = 0" in found.conventions
    assert found.worked[0].result.latex == r"\infty"
    assert entry(found)() == math.inf


def test_zero_log_zero_is_zero_and_said() -> None:
    found = answer(HALVES + "Compute $H(P)$.")
    assert found.value == pytest.approx(math.log(2), rel=1e-15)
    assert "0 log 0 = 0" in found.conventions


def test_no_zero_has_a_sign() -> None:
    found = answer(r"$y = [1, 0]$ and $\hat y = [1, 0]$. Compute $H(y, \hat y)$.")
    assert isinstance(found.value, float)
    assert math.copysign(1.0, found.value) == 1.0
    assert found.table is not None
    assert all(not cell.latex.startswith("-0") or "log" in cell.latex for row in found.table.rows for cell in row)


def test_missing_outcomes_have_probability_zero() -> None:
    found = answer(r"$P = \{A: 0.5, B: 0.5\}$ and $Q = \{A: 0.25, B: 0.25, C: 0.5\}$. Compute $D_{KL}(P \parallel Q)$.")
    assert found.value == pytest.approx(math.log(2), rel=1e-15)
    assert "P gives no probability to C: it is 0" in found.conventions


def test_near_distributions_keep_their_digits() -> None:
    p, q = ("0.5", "0.5"), ("0.50000000000000001", "0.49999999999999999")
    found = answer(
        rf"$P = \{{A: {p[0]}, B: {p[1]}\}}$ and $Q = \{{A: {q[0]}, B: {q[1]}\}}$. Compute $D_{{KL}}(P \parallel Q)$."
    )
    assert found.value == pytest.approx(kl(p, q), rel=1e-12)  # 2e-34
    assert found.value != 0


def test_symbols_stay_symbols() -> None:
    found = answer(r"$P = \{0: 1-p, 1: p\}$ and $Q = \{0: 1-q, 1: q\}$. Compute $D_{KL}(P \parallel Q)$.")
    assert found.value is None
    assert [need.latex for need in found.needs] == ["p", "q"]
    assert found.formula.text == "(1 - p) log((1 - p)/(1 - q)) + p log(p/q)"
    assert "for 1 - p ≥ 0, p ≥ 0, 1 - q > 0, q > 0" in found.conventions
    assert entry(found)(0.25, 0.5) == pytest.approx(kl(("3/4", "1/4"), ("1/2", "1/2")), rel=1e-14)


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        (r"$P = \{A: 0.6, B: 0.3, C: 0.2\}$. Compute $H(P)$.", "not-normalised", "11/10 1.1"),
        (r"$P = \{A: 1.1, B: -0.1\}$. Compute $H(P)$.", "negative-probability", "-0.1"),
        (r"$P = \{A: 1/3, B: 1/3, C: 0.333\}$. Compute $H(P)$.", "not-normalised", "0.99966"),
    ],
)
def test_what_is_no_distribution_is_refused(text: str, code: str, where: str) -> None:
    problem = solve(text)
    assert errors(problem) == [code]
    [said] = [d for d in problem.diagnostics if d.code == code]
    assert any(part in said.message for part in where.split())
    assert said.span is not None
    assert problem.status == "unsolved"


def test_normalize_goes_on_and_says_so() -> None:
    found = solve_sheet(
        Source("sheet.md", r"$P = \{A: 1, B: 1, C: 2\}$. Compute $H(P)$ in bits."), measure=Measure(normalize=True)
    )
    [problem] = found.problems
    [made] = problem.answers
    assert made.value == pytest.approx(1.5, rel=1e-14)
    assert "the probabilities of P sum to 4 and were divided by that" in made.conventions
    assert [d.code for d in problem.diagnostics if d.severity == "warning"] == ["normalised"]
    assert entry(made)() == pytest.approx(1.5, rel=1e-14)


def identities(found: Answer) -> list[str]:
    return [f"{step.before.text} = {step.after.text}" for step in found.steps if step.rule == "identity"]


def test_identities_with_numbers() -> None:
    uniform = r"$P = (1/2, 1/4, 1/4)$ and $Q = (1/3, 1/3, 1/3)$. "
    assert identities(answer(uniform + r"Compute $D_{KL}(P \parallel Q)$.")) == [
        "H(P, Q) = H(P) + D_KL(P || Q) = 1.03972 + 0.0588915 = 1.09861",
        "D_KL(P || Q) = log(3) - H(P) = 1.09861 - 1.03972 = 0.0588915",
    ]
    assert identities(answer(r"$y = [0, 1]$, $\hat y = [0.2, 0.8]$. Compute $H(y, \hat y)$.")) == [
        "H(y, y_hat) = -log(y_hat_2) = -log(0.8) = 0.223144"
    ]
    same = answer(r"$P = \{A: 0.5, B: 0.5\}$, $Q = \{A: 0.5, B: 0.5\}$. Compute $D_{KL}(P \parallel Q)$.")
    assert identities(same)[-1] == "P = Q"
    assert same.value == 0


JOINT = r"$p(X, Y) = \{(0,0): 1/8, (0,1): 1/4, (1,0): 1/8, (1,1): 1/2\}$. "


def test_joint_distributions() -> None:
    joint = [[Fraction(1, 8), Fraction(1, 4)], [Fraction(1, 8), Fraction(1, 2)]]

    def h(*ps: Fraction) -> float:
        return -sum(float(p) * math.log2(p) for p in ps)

    both, of_x, of_y = h(*joint[0], *joint[1]), h(Fraction(3, 8), Fraction(5, 8)), h(Fraction(1, 4), Fraction(3, 4))
    shared = answer(JOINT + "Compute $I(X; Y)$ in bits.")
    assert shared.value == pytest.approx(of_x + of_y - both, rel=1e-12)
    [identity] = identities(shared)
    assert identity.endswith("= H(X) + H(Y) - H(X, Y) = 0.954434 + 0.811278 - 1.75 = 0.0157121")
    given_x = answer(JOINT + r"Compute $H(Y \mid X)$ in bits.")
    assert given_x.value == pytest.approx(both - of_x, rel=1e-12)
    given_y = answer(JOINT + r"Compute $H(X \mid Y)$ in bits.")
    assert given_y.value == pytest.approx(both - of_y, rel=1e-12)
    assert answer(JOINT + "Compute $H(X, Y)$ in bits.").value == pytest.approx(both, rel=1e-12)


def test_families_by_closed_form() -> None:
    found = answer(r"Let $P \sim \mathcal{N}(0, 1)$ and $Q \sim \mathcal{N}(1, 4)$. Compute $D_{KL}(P \parallel Q)$.")
    assert found.value == pytest.approx(math.log(2) + 2 / 8 - 0.5, rel=1e-14)
    assert [(w.symbol.latex, w.formula.latex) for w in found.where] == [
        (r"\mu_1", "0"),
        (r"\sigma_1^2", "1"),
        (r"\mu_2", "1"),
        (r"\sigma_2^2", "4"),
    ]
    entropy = answer(r"Let $P \sim \mathcal{N}(0, 4)$. Compute $H(P)$ in bits.")
    assert entropy.value == pytest.approx(math.log2(2 * math.pi * math.e * 4) / 2, rel=1e-14)
    assert any("differential entropy" in said for said in entropy.conventions)


def test_families_without_closed_form_have_an_error_bound() -> None:
    found = answer(r"Let $P \sim \mathrm{Poisson}(3)$. Compute $H(P)$.")
    with mpmath.workdps(30):
        masses = [mpmath.exp(-3) * mpmath.mpf(3) ** k / mpmath.factorial(k) for k in range(80)]
        expected = float(-mpmath.fsum(p * mpmath.log(p) for p in masses))
    assert found.value == pytest.approx(expected, rel=1e-12)
    assert any("the error is at most" in said for said in found.conventions)


def test_symmetry_is_answered_with_both_numbers() -> None:
    problem = solve(TABLES + r"a) Compute $D_{KL}(P \parallel Q)$." + "\n\nb) Is the KL divergence symmetric?")
    forward, backward, said = problem.answers
    assert forward.value == pytest.approx(kl(P, Q), rel=1e-14)
    assert (backward.part, backward.value, backward.unit) == ("b", pytest.approx(kl(Q, P), rel=1e-14), "nats")
    assert (said.part, said.kind, said.value) == ("b", "statement", None)
    assert said.formula.text.startswith(
        "D_KL(P ‖ Q) = 0.0900314 nats and D_KL(Q ‖ P) = 0.0932268 nats: they differ, so it is not symmetric"
    )


def statement(text: str) -> str:
    problem: ProblemSolution = solve(text)
    [said] = [a for a in problem.answers if a.kind == "statement"]
    return said.formula.text


def test_a_symmetric_divergence_is_said_to_be() -> None:
    said = statement(TABLES + "Is the Jensen-Shannon divergence symmetric?")
    assert "they are equal, and the Jensen-Shannon divergence is symmetric" in said


def test_equal_numbers_do_not_make_it_symmetric() -> None:
    said = statement(r"$P = \{A: 0.2, B: 0.8\}$ and $Q = \{A: 0.8, B: 0.2\}$. Is the KL divergence symmetric?")
    assert "equal for these two distributions" in said
    assert "not symmetric in general" in said
    # by mpmath: KL((0.7, 0.2, 0.1) || (0.3, 0.3, 0.4)) and its reverse
    assert f"{kl(('7/10', '1/5', '1/10'), ('3/10', '3/10', '2/5')):.6f}" in said


def test_claims_are_checked() -> None:
    assert " holds: " in statement(TABLES + r"Verify that $H(P, Q) = H(P) + D_{KL}(P \parallel Q)$.")
    assert "holds: compared at random points" in statement(
        r"Let $P = (p, 1 - p)$ and $Q = (q, 1 - q)$. Verify that $H(P, Q) = H(P) + D_{KL}(P \parallel Q)$."
    )
    assert "does not hold" in statement(TABLES + r"Verify that $H(P, Q) = H(Q) + D_{KL}(P \parallel Q)$.")


def test_words_that_fit_no_distribution_are_a_clear_error() -> None:
    problem = solve(
        r"$P = \{A: 0.6, B: 0.4\}$, $Q = \{A: 0.5, B: 0.5\}$ and $R = \{A: 0.1, B: 0.9\}$. Compute the KL divergence."
    )
    assert errors(problem) == ["which-distributions"]


def test_what_reads_like_an_entropy_may_be_a_hessian() -> None:
    problem = solve("Let $f(x) = x^T A x$ with $A \\in \\mathbb{R}^{n \\times n}$. Compute $H_f(x)$.")
    assert [a.kind for a in problem.answers] == ["derivative"]


def test_an_equation_that_is_to_be_verified_defines_nothing() -> None:
    problem = solve(TABLES + r"Verify that $H(P, Q) = H(P) + D_{KL}(P \parallel Q)$. Compute $H(P, Q)$.")
    assert problem.equations == ()
    assert [a.kind for a in problem.answers] == ["statement", "divergence"]


def test_the_words_beside_a_notation_say_what_it_is() -> None:
    found = answer(TABLES + "Compute the Hellinger distance $H(P, Q)$.")
    assert found.value == pytest.approx(QUANTITIES["the Hellinger distance between $P$ and $Q$"], rel=1e-12)
    assert found.unit is None


def test_a_formula_of_quantities_has_their_unit() -> None:
    found = solve_sheet(Source("sheet.md", TABLES + "Let $K = H(P) - 2 H(Q)$. Compute $K$."), measure=Measure(unit="bits"))
    [made] = found.problems[0].answers
    entropy = -sum(b * math.log(b) for b in q)
    assert made.value == pytest.approx((ENTROPY - 2 * entropy) / math.log(2), rel=1e-12)
    assert made.unit == "bits"


def test_what_does_not_scale_with_the_unit_has_none() -> None:
    [made] = solve(TABLES + r"Compute $e^{H(P)}$.").answers
    assert made.value == pytest.approx(math.exp(ENTROPY), rel=1e-12)
    assert made.unit is None


def test_tiny_probabilities_are_no_disagreement() -> None:
    found = answer(r"$P = \{A: 1e-9, B: 0.999999999\}$. Compute $H(P)$.")
    with mpmath.workdps(40):
        a = mpmath.mpf(10) ** -9
        assert found.value == pytest.approx(float(-a * mpmath.log(a) - (1 - a) * mpmath.log(1 - a)), rel=1e-14)
