"""Quantities of information as they are written, with what they are of; values by their definitions, in Python's math."""

from math import comb, exp, inf, isclose, log, log2, pi, sqrt

import pytest

from chainrule.errors import ChainruleError
from chainrule.evaluation.run import evaluate
from chainrule.inference.distributions.information import Information
from chainrule.inference.literals import to_floats
from chainrule.inference.network import Network
from chainrule.inference.vocabulary import vocabulary
from chainrule.solving.reading import notation_of
from chainrule.source import Source
from chainrule.syntax.parser import parse_expression
from chainrule.syntax.tree import Tree
from tests.inference.networks import network_of

P, Q, R = (0.6, 0.3, 0.1), (0.4, 0.5, 0.1), (0.7, 0.2, 0.1)
TABLES = (
    r"P = \{A: 0.6, B: 0.3, C: 0.1\}; Q = \{A: 0.4, B: 0.5, C: 0.1\}; Q' = \{A: 0.7, B: 0.2, C: 0.1\}; "
    r"y = [1, 0, 0]; z = [0.2, 0.5, -1]; \alpha = 0.5; \epsilon = 0.1; p = 0.3; q = 0.6"
)


def tree(text: str) -> Tree:
    source = Source("asked", text)
    return parse_expression(source.span(), vocabulary(), notation_of(text))


def asked(network: Network, text: str) -> Information | None:
    return network.information(tree(text))


def value(network: Network, text: str) -> float:
    """The value of a quantity at the given numbers."""
    found = asked(network, text)
    assert found is not None, f"{text} is no quantity"
    assert found.node is not None, f"{text} has no closed form"
    given = {network.names[name]: to_floats(exact) for name, exact in network.values.items()}
    return float(evaluate([found.node], given, network.sizes)[0])


def computed(text: str, name: str) -> float:
    """The value of a quantity that a text defines."""
    network, said = network_of(text)
    assert not [each for each in said if each.severity == "error"], said
    given = {network.names[each]: to_floats(exact) for each, exact in network.values.items()}
    return float(evaluate([network.names[tree(name)]], given, network.sizes)[0])


def entropy(p: tuple[float, ...]) -> float:
    return -sum(x * log(x) for x in p if x)


def cross(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return -sum(x * log(y) for x, y in zip(p, q, strict=True) if x)


def kl(p: tuple[float, ...], q: tuple[float, ...]) -> float:
    return cross(p, q) - entropy(p)


def softmax(z: tuple[float, ...]) -> tuple[float, ...]:
    total = sum(map(exp, z))
    return tuple(exp(each) / total for each in z)


MIXED = tuple((x + y) / 2 for x, y in zip(P, Q, strict=True))

NOTATIONS = [
    (r"D_{KL}(P \parallel Q)", "kl", kl(P, Q)),
    (r"D_{KL}(P || Q)", "kl", kl(P, Q)),
    (r"D_{\mathrm{KL}}\left(P \,\Vert\, Q\right)", "kl", kl(P, Q)),
    (r"D_\text{KL}(Q\,\|\,P)", "kl", kl(Q, P)),
    (r"\mathrm{KL}(P \| Q)", "kl", kl(P, Q)),
    (r"\operatorname{KL}\left[ P \,\middle\|\, Q \right]", "kl", kl(P, Q)),
    (r"KL(P \| Q)", "kl", kl(P, Q)),
    ("KL(P || Q)", "kl", kl(P, Q)),
    ("KL(P; Q)", "kl", kl(P, Q)),
    ("kl(P, Q)", "kl", kl(P, Q)),
    (r"D(P \| Q)", "kl", kl(P, Q)),
    ("D(P, Q)", "kl", kl(P, Q)),
    ("H(P)", "entropy", entropy(P)),
    ("H(P(x))", "entropy", entropy(P)),
    ("H(P, Q)", "cross_entropy", cross(P, Q)),
    ("H(P, Q')", "cross_entropy", cross(P, R)),
    ("CE(P, Q)", "cross_entropy", cross(P, Q)),
    ("H([0.5, 0.5])", "entropy", log(2)),
    (r"D_{KL}((0.5, 0.5) \| (0.9, 0.1))", "kl", kl((0.5, 0.5), (0.9, 0.1))),
    (
        r"D_{KL}(\begin{bmatrix} 0.6 \\ 0.4 \end{bmatrix} \| \begin{bmatrix} 0.5 & 0.5 \end{bmatrix})",
        "kl",
        kl((0.6, 0.4), (0.5, 0.5)),
    ),
    (r"D_{KL}(P \| \frac12 (P + Q))", "kl", kl(P, MIXED)),
    (r"H(\frac12 (P + Q))", "entropy", entropy(MIXED)),
    (r"H(y, \mathrm{softmax}(z))", "cross_entropy", cross((1, 0, 0), softmax((0.2, 0.5, -1)))),
    (r"H(\mathrm{softmax}(z))", "entropy", entropy(softmax((0.2, 0.5, -1)))),
    (r"H((1-\epsilon) y + \epsilon/3, P)", "cross_entropy", cross((0.9 + 0.1 / 3, 0.1 / 3, 0.1 / 3), P)),
    (r"\mathrm{JSD}(P \| Q)", "jensen_shannon", entropy(MIXED) - (entropy(P) + entropy(Q)) / 2),
    (r"D_{JS}(P, Q)", "jensen_shannon", entropy(MIXED) - (entropy(P) + entropy(Q)) / 2),
    (r"\mathrm{TV}(P, Q)", "total_variation", 0.2),
    (r"\delta(P, Q)", "total_variation", 0.2),
    (r"\chi^2(P \| Q)", "chi_squared", 0.04 / 0.4 + 0.04 / 0.5),
    (r"H^2(P, Q)", "squared_hellinger", 1 - sqrt(0.24) - sqrt(0.15) - 0.1),
    (r"D_\alpha(P \| Q)", "renyi", -2 * log(sqrt(0.24) + sqrt(0.15) + 0.1)),
    (r"D_2(P \| Q)", "renyi", log(0.36 / 0.4 + 0.09 / 0.5 + 0.01 / 0.1)),
    (r"H_\alpha(P)", "renyi_entropy", 2 * log(sqrt(0.6) + sqrt(0.3) + sqrt(0.1))),
    ("I(0.25)", "surprisal", log(4)),
    ("I(P(C))", "surprisal", -log(0.1)),
    ("H(p)", "entropy", entropy((0.7, 0.3))),
    ("H(p, q)", "cross_entropy", cross((0.7, 0.3), (0.4, 0.6))),
    (r"D_{KL}(p \| q)", "kl", kl((0.7, 0.3), (0.4, 0.6))),
    (r"D_{KL}(P \| y)", "kl", inf),
]


@pytest.mark.parametrize(("text", "row", "expected"), NOTATIONS, ids=[case[0] for case in NOTATIONS])
def test_notations(text: str, row: str, expected: float) -> None:
    network, said = network_of(TABLES)
    assert not [each for each in said if each.severity != "note"]
    found = asked(network, text)
    assert found is not None
    assert found.quantity.name == row
    assert isclose(value(network, text), expected, rel_tol=1e-12)


@pytest.mark.parametrize("text", ["P(A)", "y", "P + Q", r"\frac{\partial y}{\partial z}", "H(k)", "I(x)", "f(P, Q)", "D(x, y)"])
def test_what_is_no_quantity(text: str) -> None:
    network, _ = network_of(TABLES)
    assert asked(network, text) is None


def test_labels_variables_and_symbols_of_the_arguments() -> None:
    network, _ = network_of(TABLES)
    found = asked(network, r"D_{KL}(P \parallel \frac12(P + Q))")
    assert found is not None
    labels = ((tree("A"), tree("B"), tree("C")),)
    assert [distribution.labels for distribution in found.distributions] == [labels, labels]
    assert found.distributions[0].symbol == tree("P")
    network, _ = network_of(JOINT)
    joint = asked(network, "I(X; Y)")
    assert joint is not None
    assert joint.distributions[0].variables == (tree("X"), tree("Y"))


def test_a_number_as_a_distribution_is_said() -> None:
    _, said = network_of(TABLES + "; L = H(p, q)")
    assert [each.code for each in said] == ["number-as-bernoulli"]


def test_an_order_below_an_entropy_is_said() -> None:
    network, said = network_of(TABLES + "; L = H_2(P)")
    assert [each.code for each in said] == ["order-below"]
    assert isclose(value(network, "H_2(P)"), -log(0.36 + 0.09 + 0.01), rel_tol=1e-12)


FAMILIES = [
    (r"D_{KL}(\mathcal{N}(0, 1) \| \mathcal{N}(1, 2))", log(sqrt(2)) + (1 + 1) / 4 - 0.5),
    ("KL(N(0, 1) || N(1, 2))", log(sqrt(2)) + (1 + 1) / 4 - 0.5),
    (r"D_{KL}(\mathcal{N}(\mu = 0, \sigma = 3) \| \mathcal{N}(1, 4))", log(2 / 3) + (9 + 1) / 8 - 0.5),
    (r"H(\mathcal{N}(0, 4))", 0.5 * log(2 * pi * exp(1) * 4)),
    (r"H(\mathrm{Bern}(0.3))", entropy((0.7, 0.3))),
    (r"D_{KL}(\mathrm{Bin}(2, 0.4) \| \mathcal{U}\{0, 2\})", kl((0.36, 0.48, 0.16), (1 / 3, 1 / 3, 1 / 3))),
    (r"D_{KL}(\mathrm{Bin}(2, 0.4) \| \mathrm{Bin}(3, 0.5))", kl((0.36, 0.48, 0.16, 0.0), (0.125, 0.375, 0.375, 0.125))),
    (r"D_{KL}(\mathrm{Exp}(2) \| \mathrm{Exp}(3))", log(2 / 3) + 3 / 2 - 1),
    (r"D_{KL}(\mathrm{Poisson}(2) \| \mathrm{Poisson}(3))", 2 * log(2 / 3) + 1),
    (r"H(\mathcal{U}\{1, \dots, 6\})", log(6)),
    (r"H(\mathrm{Unif}(0, 2))", log(2)),
]


@pytest.mark.parametrize(("text", "expected"), FAMILIES, ids=[case[0] for case in FAMILIES])
def test_families_in_place(text: str, expected: float) -> None:
    network, _ = network_of("k = 1")
    assert isclose(value(network, text), expected, rel_tol=1e-12)


def test_named_families() -> None:
    text = (
        r"P \sim \mathrm{Binomial}(N = 2, p = 0.4), Q = \mathcal{U}\{0, 2\}, "
        r"X \sim \mathcal{N}(\mu, \sigma^2), \mu = 1, \sigma = 2"
    )
    network, said = network_of(text)
    assert not said
    assert isclose(value(network, r"D_{KL}(P \parallel Q)"), kl((0.36, 0.48, 0.16), (1 / 3, 1 / 3, 1 / 3)), rel_tol=1e-12)
    assert isclose(value(network, "H(X)"), 0.5 * log(2 * pi * exp(1) * 4), rel_tol=1e-12)
    found = asked(network, "H(X)")
    assert found is not None
    assert found.distributions[0].family is not None
    assert found.distributions[0].family.name == "normal"
    assert [repr(name) for name in network.distributions] == [repr(tree(each)) for each in ("P", "Q", "X")]


def test_two_ends_in_round_brackets_are_those_of_an_interval() -> None:
    network, said = network_of(r"P \sim U(0, 2), Q \sim \mathrm{Uniform}(0, 4)")
    assert not said
    assert isclose(value(network, r"D_{KL}(P \parallel Q)"), log(2), rel_tol=1e-12)


def test_a_mixture_has_the_outcomes_of_all_its_parts() -> None:
    network, _ = network_of(r"P = \{a: 0.5, b: 0.5\}, Q = \{b: 0.25, c: 0.75\}, M = \frac12 (P + Q)")
    found = asked(network, "H(M)")
    assert found is not None
    assert found.distributions[0].labels == ((tree("a"), tree("b"), tree("c")),)
    assert found.distributions[0].added == ()


def test_a_family_without_a_closed_form_has_no_node() -> None:
    network, _ = network_of(r"X \sim \mathrm{Poisson}(3)")
    found = asked(network, "H(X)")
    assert found is not None
    assert found.node is None
    _, said = network_of(r"X \sim \mathrm{Poisson}(3), L = H(X)")
    assert [each.code for each in said if each.severity == "error"] == ["no-closed-form"]


def test_a_random_variable_that_is_computed_with_is_an_input() -> None:
    _, said = network_of(r"\epsilon \sim \mathcal{N}(0, 1), y = 2 \epsilon")
    assert [each.code for each in said] == ["unused-relation"]
    _, said = network_of(r"X \sim \mathcal{N}(0, 1), L = H(X)")
    assert not said


def test_densities_with_their_variable() -> None:
    text = r"q(z \mid x) = \mathcal{N}(z; \mu, \sigma^2), p(z) = \mathcal{N}(z; 0, 1), \mu = 1, \sigma = 2"
    expected = 0.5 * (4 + 1 - 1 - log(4))
    network, said = network_of(text)
    assert not said
    for asked_for in (r"D_{KL}(q(z \mid x) \| p(z))", r"D_{KL}[q \| p]", r"\mathrm{KL}(q(z|x) \| p(z))"):
        assert isclose(value(network, asked_for), expected, rel_tol=1e-12)
    assert isclose(computed(text + r", L = 3 D_{KL}(q(z \mid x) \| p(z))", "L"), 3 * expected, rel_tol=1e-12)


SUPPORTS = [
    (r"N = 2, p = 0.4, x \in \{0, 1, 2\}, P(x) = \binom{N}{x} p^x (1-p)^{N-x}", (0.36, 0.48, 0.16)),
    (r"P(x) = \binom{N}{x} p^x (1-p)^{N-x}, \quad x = 0, 1, \dots, N; N = 3; p = 0.5", (0.125, 0.375, 0.375, 0.125)),
    (r"\mathcal{X} = \{0, 1, 2\}, x \in \mathcal{X}, P(x) = \frac{x + 1}{6}", (1 / 6, 2 / 6, 3 / 6)),
    (r"P(x) = \frac{1}{3}, \, \forall x \in \{0, 1, 2\}", (1 / 3, 1 / 3, 1 / 3)),
    (r"P(X = k) = \frac{1}{6}, k = 1, \ldots, 6", (1 / 6,) * 6),
    (r"P(x) = \begin{cases} 0.5 & x = 0 \\ 0.25 & x \in \{1, 2\} \end{cases}", (0.5, 0.25, 0.25)),
    (r"P(x) = \begin{cases} 1/2 & x = 0 \\ 1/2 & x = 1 \\ 0 & \text{otherwise} \end{cases}", (0.5, 0.5)),
]


@pytest.mark.parametrize(("text", "expected"), SUPPORTS, ids=[case[0] for case in SUPPORTS])
def test_formulas_over_a_support(text: str, expected: tuple[float, ...]) -> None:
    network, said = network_of(text)
    assert not said
    assert isclose(value(network, "H(P)"), entropy(expected), rel_tol=1e-12)
    (distribution,) = network.distributions.values()
    assert len(distribution.labels[0]) == len(expected)


def test_a_constant_takes_the_outcomes_of_the_other_distribution() -> None:
    network, said = network_of(r"P = \{A: 0.6, B: 0.3, C: 0.1\}; Q(x) = \frac13")
    assert [each.code for each in said] == ["support-taken-over"]
    assert isclose(value(network, r"D_{KL}(P \| Q)"), log(3) - entropy(P), rel_tol=1e-12)


def test_binomial_probabilities_sum_to_one_far_out() -> None:
    network, _ = network_of(r"P \sim \mathrm{Bin}(40, 0.5), k = 1")
    assert isclose(value(network, "H(P)"), entropy(tuple(comb(40, k) / 2**40 for k in range(41))), rel_tol=1e-12)


JOINT = r"p(X, Y) = \{(0, 0): 1/2, (0, 1): 1/4, (1, 1): 1/4\}"
OF_JOINT = [
    ("H(X, Y)", "joint_entropy", 1.5),
    ("H(X)", "entropy", -0.75 * log2(0.75) + 0.5),
    ("H(Y)", "entropy", 1.0),
    (r"H(Y \mid X)", "conditional_entropy", 1.5 + 0.75 * log2(0.75) - 0.5),
    ("H(X|Y)", "conditional_entropy", 0.5),
    ("I(X; Y)", "mutual_information", -0.75 * log2(0.75)),
    ("I(Y; X)", "mutual_information", -0.75 * log2(0.75)),
    (r"D_{KL}(p(x, y) \| p(x) p(y))", "kl", -0.75 * log2(0.75)),
]


@pytest.mark.parametrize(("text", "row", "bits"), OF_JOINT, ids=[case[0] for case in OF_JOINT])
def test_random_variables_of_a_joint_table(text: str, row: str, bits: float) -> None:
    network, _ = network_of(JOINT)
    found = asked(network, text)
    assert found is not None
    assert found.quantity.name == row
    assert isclose(value(network, text), bits * log(2), rel_tol=1e-12)


def test_a_conditional_table_and_the_distribution_of_its_condition() -> None:
    text = r"P(X) = \{0: 0.4, 1: 0.6\}, P(Y \mid X) = \{(0, 0): 0.9, (1, 0): 0.1, (0, 1): 0.2, (1, 1): 0.8\}"
    network, _ = network_of(text)
    given = 0.4 * entropy((0.9, 0.1)) + 0.6 * entropy((0.2, 0.8))
    assert isclose(value(network, r"H(Y \mid X)"), given, rel_tol=1e-12)
    assert isclose(value(network, "I(X; Y)"), entropy((0.48, 0.52)) - given, rel_tol=1e-12)


REFUSED = [
    (TABLES, "I(X; Y)", "no-joint-distribution"),
    (TABLES, r"H(Y \mid X)", "no-joint-distribution"),
    (TABLES, "H(X, Y)", "no-joint-distribution"),
    (TABLES, r"D_{KL}(P \| V)", "undefined-symbol"),
    (TABLES, "S_2(P)", "ambiguous-quantity"),
    (r"P = \{A: 0.5, B: 0.5\}, Q = \{C: 0.5, D: 0.5\}", r"D_{KL}(P \| Q)", "different-outcomes"),
    ("k = 1", r"D_{KL}(\mathcal{N}(0) \| \mathcal{N}(1, 2))", "unknown-parameters"),
    ("k = 1", r"H(\mathcal{U}\{1, 2, 4\})", "unknown-family"),
    (r"P \sim \mathcal{U}\{1, 2, 4\}", "H(P)", "unknown-family"),
]


@pytest.mark.parametrize(("text", "quantity", "code"), REFUSED, ids=[case[1] for case in REFUSED])
def test_what_is_refused(text: str, quantity: str, code: str) -> None:
    network, _ = network_of(text)
    with pytest.raises(ChainruleError) as raised:
        asked(network, quantity)
    assert raised.value.code == code
    assert raised.value.span is not None
