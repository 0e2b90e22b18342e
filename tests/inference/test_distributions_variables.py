"""Which distribution is meant: random variables, joint tables, families as written; values by definition in Python's math."""

from math import isclose, log, sqrt

import pytest

from chainrule.errors import ChainruleError
from tests.inference.networks import network_of
from tests.inference.test_distributions_quantities import asked, computed, cross, entropy, kl, tree, value

JOINT = ((0.4, 0.1), (0.2, 0.3))
CELLS = tuple(x for row in JOINT for x in row)
ROWS, COLUMNS = tuple(map(sum, JOINT)), tuple(map(sum, zip(*JOINT, strict=True)))
SHARED = entropy(ROWS) + entropy(COLUMNS) - entropy(CELLS)
OUTER = tuple(x * y for x in ROWS for y in COLUMNS)
POINTS = "p(0, 0) = 0.4; p(0, 1) = 0.1; p(1, 0) = 0.2; p(1, 1) = 0.3"
MATRIX = r"\begin{bmatrix} 0.4 & 0.1 \\ 0.2 & 0.3 \end{bmatrix}"

JOINTS = [POINTS, f"P_{{XY}} = {MATRIX}", f"p_{{X,Y}} = {MATRIX}", f"p(x, y) = {MATRIX}"]
OF_VARIABLES = [
    ("H(X, Y)", entropy(CELLS)),
    ("H(X)", entropy(ROWS)),
    ("H(Y)", entropy(COLUMNS)),
    ("I(X; Y)", SHARED),
    ("I(X, Y)", SHARED),
    (r"H(Y \mid X)", entropy(CELLS) - entropy(ROWS)),
    (r"H(X \mid Y)", entropy(CELLS) - entropy(COLUMNS)),
]


@pytest.mark.parametrize(("text", "expected"), OF_VARIABLES)
@pytest.mark.parametrize("joint", JOINTS)
def test_a_joint_distribution_is_of_its_variables(joint: str, text: str, expected: float) -> None:
    network, said = network_of(joint)
    assert not [each for each in said if each.severity == "error"], said
    assert isclose(value(network, text), expected, rel_tol=1e-12)


def test_the_order_of_the_pairs_is_said_where_the_text_names_no_variables() -> None:
    network, _ = network_of(POINTS)
    value(network, "H(X)")
    assert [note.code for note in network.reader.notes] == ["variables-by-place"]


@pytest.mark.parametrize(
    "text", [r"D_{KL}(P_{XY} \| P_X P_Y)", r"D_{KL}(P_{XY} \| P_X \otimes P_Y)", r"D_{KL}(p(x, y) \| p(y) p(x))"]
)
def test_products_of_marginals_stand_in_the_order_of_the_joint_table(text: str) -> None:
    network, _ = network_of(r"p(X, Y) = \{(0,0): 0.4, (0,1): 0.1, (1,0): 0.2, (1,1): 0.3\}")
    assert isclose(value(network, text), kl(CELLS, OUTER), rel_tol=1e-12)


@pytest.mark.parametrize(("at", "expected"), [(0, (0.8, 0.2)), (1, (0.4, 0.6))])
def test_the_entropy_under_an_event_is_that_of_the_conditional_distribution(at: int, expected: tuple[float, ...]) -> None:
    network, _ = network_of(r"p(X, Y) = \{(0,0): 0.4, (0,1): 0.1, (1,0): 0.2, (1,1): 0.3\}")
    assert isclose(value(network, rf"H(Y \mid X = {at})"), entropy(expected), rel_tol=1e-12)


def test_an_event_has_to_be_an_outcome() -> None:
    network, _ = network_of(r"p(X, Y) = \{(0,0): 0.4, (0,1): 0.1, (1,0): 0.2, (1,1): 0.3\}")
    with pytest.raises(ChainruleError) as raised:
        asked(network, r"H(Y \mid X = 7)")
    assert raised.value.code == "unknown-label"


def test_a_bar_after_h_is_a_condition_and_no_distance() -> None:
    network, _ = network_of(r"P = \{A: 0.6, B: 0.4\}; Q = \{A: 0.5, B: 0.5\}")
    with pytest.raises(ChainruleError) as raised:
        asked(network, r"H(P \mid Q)")
    assert raised.value.code == "no-joint-distribution"


def test_an_outcome_of_a_random_variable_is_no_value_of_it() -> None:
    network, said = network_of(r"p_X(-1) = 0.25; p_X(0) = 0.5; p_X(1) = 0.25; X = 1")
    assert isclose(value(network, "H(X)"), 1.5 * log(2), rel_tol=1e-12)
    assert "event" in [each.code for each in said]


def test_a_variable_with_two_distributions_has_the_one_called_p() -> None:
    network, _ = network_of("p_X(0) = 0.5; p_X(1) = 0.3; p_X(2) = 0.2; q_X(0) = 0.4; q_X(1) = 0.4; q_X(2) = 0.2")
    assert isclose(value(network, "H(X)"), entropy((0.5, 0.3, 0.2)), rel_tol=1e-12)


def test_distributions_of_other_variables_with_one_letter_are_apart() -> None:
    network, said = network_of(rf"p(x, y, z) = \frac14; p(x, z) = {MATRIX}")
    assert not [each for each in said if each.severity == "error"], said
    assert isclose(value(network, "I(X; Z)"), SHARED, rel_tol=1e-12)


OWN_FORMULAS = [
    (r"M = \frac12 (P + Q); JS(P, Q) = \frac12 D_{KL}(P \| M) + \frac12 D_{KL}(Q \| M)", "JS(P, Q)", "jensen_shannon"),
    (r"BC(P, Q) = \sum_i \sqrt{P_i Q_i}", "BC(P, Q)", "bhattacharyya_coefficient"),
    (r"H_2(P) = -\log \sum_i P_i^2", "H_2(P)", "renyi_entropy"),
    (r"S(P) = -\sum_i P_i \ln P_i", "S(P)", "entropy"),
]


@pytest.mark.parametrize(("formula", "text", "row"), OWN_FORMULAS)
def test_a_formula_of_the_text_of_plain_lists_is_the_quantity(formula: str, text: str, row: str) -> None:
    network, _ = network_of(f"P = (0.7, 0.3); Q = (0.4, 0.6); {formula}")
    found = asked(network, text)
    assert found is not None
    assert found.quantity.name == row
    p, q, m = (0.7, 0.3), (0.4, 0.6), (0.55, 0.45)
    values = {
        "jensen_shannon": (kl(p, m) + kl(q, m)) / 2,
        "bhattacharyya_coefficient": sum(sqrt(x * y) for x, y in zip(p, q, strict=True)),
        "renyi_entropy": -log(0.49 + 0.09),
        "entropy": entropy(p),
    }
    assert isclose(value(network, text), values[row], rel_tol=1e-12)


@pytest.mark.parametrize("head", ["H_b", "h_b", "h_2", r"H_{\mathrm{b}}"])
def test_binary_entropy_is_of_one_probability(head: str) -> None:
    network, _ = network_of("p = 0.3; P = (0.2, 0.3, 0.5)")
    assert isclose(value(network, f"{head}(p)"), entropy((0.3, 0.7)), rel_tol=1e-12)
    with pytest.raises(ChainruleError) as raised:
        asked(network, f"{head}(P)")
    assert raised.value.code == "ambiguous-quantity"


def test_a_bare_head_that_is_differentiated_is_the_one_quantity_of_the_text() -> None:
    text = r"P = \mathcal{N}(\mu, 4); Q = \mathcal{N}(0, 1); \mu = 1; D_{KL}(P \| Q); \frac{\partial D_{KL}}{\partial \mu}"
    assert isclose(computed(text, "D_{KL}"), (4 + 1 - 1 - log(4)) / 2, rel_tol=1e-12)


def test_a_bare_head_of_several_quantities_is_none() -> None:
    text = r"P = (0.7, 0.3); Q = (0.4, 0.6); D_{KL}(P \| Q); D_{KL}(Q \| P); \frac{\partial D_{KL}}{\partial P}"
    network, _ = network_of(text)
    assert tree("D_{KL}") not in network.names


NORMALS = [
    (r"\mathcal{N}(\mu, \Sigma)", r"\mathcal{N}(0, I)", (4 + 3 + 0.25 + 1 - 2 - log(11)) / 2),
    (r"\mathcal{N}(\mu, \mathrm{diag}(v))", r"\mathcal{N}(0, I)", (2 + 0.5 + 0.25 + 1 - 2 - log(1)) / 2),
    (r"\mathcal{N}(\mu, I)", r"\mathcal{N}(\mathbf{0}, \mathbf{I})", 1.25 / 2),
    (r"\mathcal{N}(0, \mathrm{diag}(v))", r"\mathcal{N}(\mu, I)", (2 + 0.5 + 0.25 + 1 - 2 - log(1)) / 2),
]


@pytest.mark.parametrize(("first", "second", "expected"), NORMALS)
def test_normal_distributions_of_vectors_in_many_ways(first: str, second: str, expected: float) -> None:
    text = r"\mu = [0.5, -1]; v = [2, 0.5]; \Sigma = \begin{bmatrix} 4 & 1 \\ 1 & 3 \end{bmatrix}"
    network, _ = network_of(f"{text}; P = {first}; Q = {second}")
    assert isclose(value(network, r"D_{KL}(P \| Q)"), expected, rel_tol=1e-12)


@pytest.mark.parametrize("family", [r"\mathrm{Cat}(0.2, 0.5, 0.3)", r"\mathrm{Categorical}([0.2, 0.5, 0.3])"])
def test_probabilities_of_categories_stand_with_brackets_or_without(family: str) -> None:
    network, _ = network_of(f"p = {family}")
    assert isclose(value(network, "H(p)"), entropy((0.2, 0.5, 0.3)), rel_tol=1e-12)


@pytest.mark.parametrize("letters", [("a", "b"), (r"\lambda", r"\mu"), (r"\theta", r"\lambda")])
def test_the_argument_of_exp_is_the_rate_whatever_its_letter(letters: tuple[str, str]) -> None:
    first, second = letters
    network, _ = network_of(rf"{first} = 2; {second} = 3; K = D_{{KL}}(\mathrm{{Exp}}({first}) \| \mathrm{{Exp}}({second}))")
    expected = log(2 / 3) + 3 / 2 - 1
    assert isclose(value(network, rf"D_{{KL}}(\mathrm{{Exp}}({first}) \| \mathrm{{Exp}}({second}))"), expected, rel_tol=1e-12)


@pytest.mark.parametrize("name", ["y^{s}", r"y^\star"])
def test_a_letter_above_a_name_marks_another_name(name: str) -> None:
    network, said = network_of(
        rf"y = [0, 1, 0, 0]; q = [0.1, 0.7, 0.1, 0.1]; {name} = (1 - \epsilon) y + \epsilon / 4; \epsilon = 0.2; H({name}, q)"
    )
    assert not [each for each in said if each.severity == "error"], said
    assert isclose(value(network, f"H({name}, q)"), cross((0.05, 0.85, 0.05, 0.05), (0.1, 0.7, 0.1, 0.1)), rel_tol=1e-12)


def test_a_power_of_letters_that_the_text_knows_is_compared() -> None:
    _, said = network_of("x = 2; n = 3; x^n = 9")
    assert "sides-differ" in [each.code for each in said]
