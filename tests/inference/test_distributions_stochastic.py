"""Random variables: independence, functions of others, three variables, families, events; values by definition."""

from collections.abc import Iterable
from itertools import product
from math import isclose, log

import pytest

from chainrule.errors import ChainruleError
from tests.inference.networks import network_of
from tests.inference.test_distributions_quantities import asked, entropy, kl, value

XOR = {(0, 0, 0): 0.25, (0, 1, 1): 0.25, (1, 0, 1): 0.25, (1, 1, 0): 0.25}
BITS = r"X \sim \mathrm{Ber}(1/2); Y \sim \mathrm{Ber}(1/2); X \perp Y; Z = X \oplus Y"
UNEVEN = {(0, 0, 0): 0.2, (0, 1, 0): 0.1, (1, 0, 1): 0.3, (1, 1, 0): 0.15, (1, 1, 1): 0.25}


def joint_of(table: dict[tuple[int, ...], float], places: Iterable[int]) -> float:
    """The entropy of the variables at these places."""
    chosen = tuple(places)
    sums: dict[tuple[int, ...], float] = {}
    for outcome, p in table.items():
        at = tuple(outcome[k] for k in chosen)
        sums[at] = sums.get(at, 0.0) + p
    return entropy(tuple(sums.values()))


def text_of(table: dict[tuple[int, ...], float]) -> str:
    return r"p(x, y, z) = \{" + ", ".join(f"({a},{b},{c}): {p}" for (a, b, c), p in table.items()) + r"\}"


def expected(table: dict[tuple[int, ...], float]) -> dict[str, float]:
    def h(*places: int) -> float:
        return joint_of(table, places)

    return {
        "H(X, Y, Z)": h(0, 1, 2),
        "H(X)": h(0),
        "H(X, Z)": h(0, 2),
        "I(X; Y)": h(0) + h(1) - h(0, 1),
        r"I(X; Y \mid Z)": h(0, 2) + h(1, 2) - h(0, 1, 2) - h(2),
        "I(X, Y; Z)": h(0, 1) + h(2) - h(0, 1, 2),
        r"H(Z \mid X, Y)": h(0, 1, 2) - h(0, 1),
        r"H(X, Y \mid Z)": h(0, 1, 2) - h(2),
        "I(X; X)": h(0),
    }


@pytest.mark.parametrize(("text", "table"), [(text_of(XOR), XOR), (BITS, XOR), (text_of(UNEVEN), UNEVEN)])
def test_every_quantity_of_three_variables(text: str, table: dict[tuple[int, ...], float]) -> None:
    network, said = network_of(text)
    assert not [each for each in said if each.severity == "error"], said
    for notation, wanted in expected(table).items():
        assert isclose(value(network, notation), wanted, rel_tol=1e-12, abs_tol=1e-15), notation


@pytest.mark.parametrize("notation", ["I(X; Y; Z)", "I(X; Y; X; Z)"])
def test_information_of_three_groups_is_none_that_is_known(notation: str) -> None:
    network, _ = network_of(text_of(XOR))
    with pytest.raises(ChainruleError) as raised:
        asked(network, notation)
    assert raised.value.code == "unsupported-quantity"


SAYING_INDEPENDENCE = [
    r"P_X = (0.5, 0.5); P_Y = (0.2, 0.8); X \perp Y",
    r"P_X = (0.5, 0.5); P_Y = (0.2, 0.8); X \perp\!\!\!\perp Y",
    r"p(x) = \{0: 0.5, 1: 0.5\}; p(y) = \{0: 0.2, 1: 0.8\}; p(x, y) = p(x) p(y)",
    r"X \sim \mathrm{Bernoulli}(0.5); Y \sim \mathrm{Bernoulli}(0.8); P_{X,Y} = P_X P_Y",
]


@pytest.mark.parametrize("text", SAYING_INDEPENDENCE)
def test_independent_variables_have_a_joint_distribution(text: str) -> None:
    network, _ = network_of(text)
    assert isclose(value(network, "H(X, Y)"), entropy((0.5, 0.5)) + entropy((0.2, 0.8)), rel_tol=1e-12)
    assert isclose(value(network, "I(X; Y)"), 0, abs_tol=1e-15)


@pytest.mark.parametrize("notation", ["H(X, Y)", "I(X; Y)", r"H(X \mid Y)"])
def test_nothing_is_taken_for_independent_that_is_not_said_to_be(notation: str) -> None:
    network, _ = network_of(r"X \sim \mathrm{Ber}(0.1); Y \sim \mathrm{Ber}(0.4)")
    with pytest.raises(ChainruleError) as raised:
        asked(network, notation)
    assert raised.value.code == "no-joint-distribution"


FUNCTIONS = [
    ("X + Y", lambda x, y: x + y),
    (r"X \oplus Y", lambda x, y: (x + y) % 2),
    ("X Y", lambda x, y: x * y),
    (r"\max(X, Y)", max),
    ("|X - Y|", lambda x, y: abs(x - y)),
    ("1 - X^2", lambda x, y: 1 - x * x),
]


@pytest.mark.parametrize(("body", "function"), FUNCTIONS)
def test_a_function_of_variables_has_their_distribution(body: str, function: object) -> None:
    assert callable(function)
    network, _ = network_of(rf"X \sim \mathrm{{Ber}}(0.1); Y \sim \mathrm{{Ber}}(0.4); X \perp Y; Z = {body}")
    sums: dict[object, float] = {}
    for x, y in product((0, 1), repeat=2):
        p = (0.1 if x else 0.9) * (0.4 if y else 0.6)
        sums[function(x, y)] = sums.get(function(x, y), 0.0) + p
    assert isclose(value(network, "H(Z)"), entropy(tuple(sums.values())), rel_tol=1e-12)


def test_what_is_computed_from_a_variable_with_a_value_stays_a_number() -> None:
    network, _ = network_of(r"X = 3; Y = 2; Z = X + Y")
    assert "Z" in {str(getattr(name, "text", "")) for name in network.names}


@pytest.mark.parametrize("text", ["p_X", "P(X)", "p(x)", "p_X(x)"])
def test_the_distribution_of_a_variable_with_a_family(text: str) -> None:
    network, _ = network_of(r"X \sim \mathrm{Ber}(0.1); Y \sim \mathrm{Ber}(0.4)")
    other = text.replace("X", "Y").replace("x", "y")
    assert isclose(value(network, rf"D_{{KL}}({text} \| {other})"), kl((0.9, 0.1), (0.6, 0.4)), rel_tol=1e-12)


@pytest.mark.parametrize("notation", ["h(X = 1)", "I(X = 1)", "I(x = 1)"])
@pytest.mark.parametrize("text", [r"P(X) = \{-1: 0.25, 0: 0.5, 1: 0.25\}", r"X \sim \mathrm{Bin}(1, 0.25)"])
def test_the_surprisal_of_an_event(text: str, notation: str) -> None:
    network, _ = network_of(text)
    assert isclose(value(network, notation), 2 * log(2), rel_tol=1e-12)


def test_the_only_distribution_is_that_of_the_only_variable() -> None:
    network, _ = network_of(r"H(X) = -\sum_x p(x) \log_{10} p(x); p = (0.5, 0.3, 0.2)")
    assert isclose(value(network, "H(X)"), entropy((0.5, 0.3, 0.2)), rel_tol=1e-12)
    assert "only-distribution" in [note.code for note in network.reader.notes]


@pytest.mark.parametrize("text", ["p = (0.5, 0.5); q = (0.1, 0.9); H(X)", "p = (0.5, 0.5); H(X); H(Y)"])
def test_of_several_distributions_or_variables_none_is_taken(text: str) -> None:
    network, _ = network_of(text)
    assert asked(network, "H(X)") is None


@pytest.mark.parametrize(("notation", "wanted"), [(r"D_\infty(P \| Q)", log(0.7 / 0.4)), (r"H_\infty(P)", -log(0.7))])
def test_infinite_orders(notation: str, wanted: float) -> None:
    network, _ = network_of("P = (0.7, 0.3); Q = (0.4, 0.6)")
    assert isclose(value(network, notation), wanted, rel_tol=1e-12)


@pytest.mark.parametrize(
    ("p", "q"),
    [
        ("P^*", "Q"),
        (r"\text{truth}", r"\text{model}"),
        (r"p_{\text{data}}", r"p_\theta"),
        ("P^{(1)}", "P^{(2)}"),
        (r"\hat p", r"\tilde q"),
        (r"\mathcal{P}", r"\mathbb{Q}"),
    ],
)
@pytest.mark.parametrize("bars", [r"\|", "||", r"\parallel"])
def test_names_of_distributions(p: str, q: str, bars: str) -> None:
    network, _ = network_of(f"{p} = (0.5, 0.5); {q} = (0.25, 0.75)")
    assert isclose(value(network, rf"D_{{KL}}({p} {bars} {q})"), kl((0.5, 0.5), (0.25, 0.75)), rel_tol=1e-12)
