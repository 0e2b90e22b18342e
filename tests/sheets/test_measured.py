"""Formulas with entropies in them in a unit, references to other parts, and distributions that words number."""

import pytest

from tests.sheets.test_information import GIVEN, asked, read_problem

FORMULAS = [
    ("Compute $H(P) - 0.25\\, H(Q)$ in bits.", ["value H(P) - 0.25\\, H(Q) in bits"]),
    ("Find, in bits, $H(Y) - H(Y \\mid X)$.", ["value H(Y) - H(Y \\mid X) in bits"]),
    ("Compute the information gain $H(P) - \\frac12 H(Q)$ in bits.", ["value H(P) - \\frac12 H(Q) in bits"]),
    (
        "Compute the redundancy $\\log_2 2 - H(P)$ in nats and bits.",
        [f"value \\log_2 2 - H(P) in {u}" for u in ("nats", "bits")],
    ),
    ("Compute $D(P \\| Q) + D(Q \\| P)$ (the Jeffreys divergence).", ["value D(P \\| Q) + D(Q \\| P)"]),
    ("Compute $D(P \\| Q) + D(Q \\| P)$ (half of it).", ["unknown D(P \\| Q) + D(Q \\| P)"]),
    ("Compute the perplexity $2^{H(P)}$.", ["value 2^{H(P)} in bits"]),
    ("Compute $e^{H(P)}$.", ["value e^{H(P)} in nats"]),
    ("Compute $\\exp(H(P))$.", ["value \\exp(H(P)) in nats"]),
    ("Compute $3^{H(P)}$.", ["value 3^{H(P)} in base 3"]),
    ("Compute $2^{H(P)} + e^{H(P)}$.", ["unknown 2^{H(P)} + e^{H(P)}"]),
    ("Compute $e^{H(P)}$ in bits.", ["unknown e^{H(P)}"]),
    ("Compute the gradient of $H(P) + H(Q)$ with respect to $a$ in bits.", ["unknown"]),
    (
        "Compute the cross-entropy in bits and the perplexity $2^{H(P, Q)}$.",
        ["cross_entropy P Q in bits", "value 2^{H(P, Q)} in bits"],
    ),
    ("Compute $H(P)$ and $H(P) - H(Q)$ in bits.", ["value H(P) H(P) - H(Q) in bits"]),
    ("All answers in bits. Compute $H(P) - H(Q)$.", ["value H(P) - H(Q) in bits"]),
]


@pytest.mark.parametrize(("sentence", "expected"), FORMULAS)
def test_formulas_with_entropies_in_a_unit(sentence: str, expected: list[str]) -> None:
    assert asked(GIVEN + sentence) == expected


REMARKS = [
    ("Compute $\\mathrm{JSD}(P \\| Q)$ in nats (equal weights).", ["jensen_shannon \\mathrm{JSD}(P \\| Q) in nats"]),
    ("Compute $\\mathrm{JSD}(P \\| Q)$ in nats (other weights).", ["unknown \\mathrm{JSD}(P \\| Q)"]),
    ("Compute the Jensen-Shannon distance (the square root of the divergence).", ["jensen_shannon_distance P Q"]),
    ("Compute the Jensen-Shannon distance (the square root of the divergence in a).", ["unknown"]),
    (
        "Compute the KL divergence between $N(0, 1)$ and $N(0, 4)$, the second parameter being the variance, in bits.",
        ["kl N(0, 1) N(0, 4) in bits"],
    ),
    (
        "Compute the KL divergence between $N(0, 1)$ and $N(0, 4)$, the second parameter being the precision.",
        ["unknown N(0, 1) N(0, 4)"],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), REMARKS)
def test_remarks_beside_quantities(sentence: str, expected: list[str]) -> None:
    assert asked(GIVEN + sentence) == expected


FUNCTIONS = [
    ("Compute the softmax of $z$.", ["value \\mathrm{softmax}(z)"]),
    ("Compute the softmax of the logits $z$ and its entropy.", [f"{q} \\mathrm{{softmax}}(z)" for q in ("value", "entropy")]),
    ("Compute the softmax of $(1, 2)$.", ["value \\mathrm{softmax}(1, 2)"]),
    ("Compute the softmax of $z$ with temperature $T = 2$.", ["value \\mathrm{softmax}(z / (T))"]),
    ("Compute the row-wise softmax of $z$.", ["unknown \\mathrm{softmax}(z)"]),
]


@pytest.mark.parametrize(("sentence", "expected"), FUNCTIONS)
def test_functions_that_words_apply(sentence: str, expected: list[str]) -> None:
    assert asked(GIVEN + sentence) == expected


def test_an_outcome_by_its_place_in_the_only_distribution() -> None:
    alone = "Let $P = (\\frac13, \\frac23)$. "
    assert asked(alone + "Compute the surprisal of the second outcome in bits.") == ["surprisal \\frac23 in bits"]
    assert asked(alone + "Compute the surprisal of the third outcome.") == ["unknown"]
    assert asked(GIVEN + "Compute the surprisal of the second outcome.") == ["unknown"]
    assert asked("Let $P = \\{A: 0.4, B: 0.6\\}$. What is the surprisal of the first outcome?") == ["surprisal 0.4"]


MODELS = "The label is $y = [0, 1]$.\n\n- Model A: $a = [0.1, 0.9]$\n- Model B: $b = [0.3, 0.7]$\n\n"


def test_distributions_that_words_number() -> None:
    assert asked(MODELS + "Compute the entropy of model A.") == ["entropy a"]
    assert asked(MODELS + "Compute the KL divergence between model B and model A.") == ["kl b a"]
    assert asked(MODELS + "Compute the cross-entropy loss of model B.") == ["cross_entropy y b"]
    assert asked(MODELS + "Compute the cross-entropy loss of model C.") == ["unknown"]


def test_a_hat_with_an_index_is_an_estimate() -> None:
    text = "Let $y = [0, 1]$. Model A: $\\hat{y}_A = [0.1, 0.9]$. Model B: $\\hat{y}_B = [0.3, 0.7]$.\n\n"
    assert asked(text + "Compute the cross-entropy loss of model A.") == ["cross_entropy y \\hat{y}_A"]


def test_a_definition_of_a_quantity_is_no_distribution() -> None:
    text = "Let $P = (\\frac12, \\frac12)$ and $h(x) = \\log_2 \\frac{1}{P(x)}$. What is the entropy of one toss?"
    assert asked(text) == ["entropy P"]


def test_a_coin_with_both_probabilities() -> None:
    text = "A bent coin shows heads with probability $0.9$ and tails with probability $0.1$. What is its entropy?"
    (stated,) = read_problem(text).stated
    assert asked(text) == [f"entropy {stated.name.text}"]
    assert "Fraction(9, 10)" in str(stated.tree)
    assert "Fraction(1, 10)" in str(stated.tree)


def test_a_derivative_of_another_part_again() -> None:
    parts = "(a) Compute $\\frac{dL}{dx}$.\n\n(b) Compute $\\frac{dL}{dy}$.\n\n"
    for label, name in (("a", "x"), ("b", "y")):
        *_, last = read_problem(f"{parts}(c) Evaluate the derivative of {label}) at $y = 1$.").tasks
        assert [math.text for math in last.math("asked")] == [f"\\frac{{dL}}{{d{name}}}"]
    *_, last = read_problem(parts + "(d) Evaluate the derivative of c) at $y = 1$.").tasks
    assert last.form == "unknown"
