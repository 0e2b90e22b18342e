"""Large and hostile texts: what is long takes time in proportion, and what has no meaning is refused."""

import gc
import time
from collections.abc import Callable
from fractions import Fraction

import pytest

from chainrule.errors import ChainruleError
from chainrule.graph.node import Named
from chainrule.inference.network import Network
from tests.inference.networks import network_of


def seconds(action: Callable[[], object]) -> float:
    """How long it takes, with no collection of what other tests left behind in between."""
    gc.disable()
    began = time.process_time()
    action()
    took = time.process_time() - began
    gc.enable()
    return took


def chain(length: int, step: str) -> str:
    return "; ".join(step.format(i, i - 1) for i in range(1, length + 1))


LONG = {
    "a chain": lambda n: chain(n, "x_{{{}}} = 2 x_{{{}}} + 1"),
    "a chain backwards": lambda n: "; ".join(reversed(chain(n, "x_{{{}}} = 2 x_{{{}}} + 1").split("; "))),
    "nonlinearities": lambda n: chain(n, r"h_{{{}}} = \tanh(2 h_{{{}}})"),
    "inputs": lambda n: chain(n, "x_{{{}}} = 2 y_{{{}}} + 1"),
    "a broken root": lambda n: r"x_{0} = \foo; " + chain(n, "x_{{{}}} = 2 x_{{{}}} + 1"),
    "each in a circle": lambda n: chain(n, "x_{{{0}}} = 2 x_{{{0}}} + y_{{{1}}}"),
    "each a clash": lambda n: r"u \in \mathbb{R}^2; v \in \mathbb{R}^3; " + chain(n, "x_{{{}}} = u + v"),
    "each a clash of ranks": lambda n: r"A \in \mathbb{R}^{2 \times 2}; v \in \mathbb{R}^2; " + chain(n, "x_{{{}}} = A + v"),
    "a sum": lambda n: "y = " + " + ".join(f"q_{{{i}}}" for i in range(n)),
    "givens": lambda n: chain(n, "x_{{{}}} = {}"),
}  # fmt: skip


@pytest.mark.parametrize("kind", LONG)
def test_time_grows_in_proportion(kind: str) -> None:
    """Four times the statements take less than ten times the time (a square would be sixteen)."""
    short = min(seconds(lambda: network_of(LONG[kind](150))) for _ in range(2))
    long = seconds(lambda: network_of(LONG[kind](600)))
    assert long < 10 * short + 0.2


def test_a_chain_of_two_thousand() -> None:
    network, said = network_of(chain(2000, "x_{{{}}} = 2 x_{{{}}} + 1"))
    assert not said
    assert sum(isinstance(node, Named) for node in network.names.values()) == 2000


def test_layers_whose_sizes_are_found_one_after_the_other() -> None:
    text = chain(60, r"h_{{{0}}} = \tanh(W_{{{0}}} h_{{{1}}} + b_{{{0}}})") + "; h_{0} = [1, 2, 3]"
    network, _ = network_of(text)
    shapes = [len(node.shape) for name, node in network.names.items() if "W" in network.spellings.get(name, "")]
    assert shapes == [2] * 60


@pytest.mark.parametrize("joint", [" ", " + ", r" \odot "])
@pytest.mark.parametrize("name", ["q_{{{}}}", "A_{{{}}}", r"\mathbf{{q}}_{{{}}}"])
def test_many_names_of_unknown_rank_in_one_equation(joint: str, name: str) -> None:
    """Four times the names take at most some sixteen times the time (a cube would be sixty-four)."""
    few, many = ("y = " + joint.join(name.format(i) for i in range(count)) for count in (75, 300))
    quick = min(seconds(lambda: network_of(few)) for _ in range(2))
    assert seconds(lambda: network_of(many)) < min(24 * quick + 0.2, 4)


def quantity(network: Network, symbol: str) -> object:
    return next(node for name, node in network.names.items() if network.spellings.get(name) == symbol)


def test_huge_numbers_stay_exact_or_stay_powers() -> None:
    network, _ = network_of(r"y = 2^{1000000000} x; z = 10^{400}; u = 1e400 x; v = (1/3)^{900} + x")
    assert all(isinstance(quantity(network, symbol), Named) for symbol in "yuv")
    assert [value for name, value in network.values.items() if network.spellings[name] == "z"] == [Fraction(10) ** 400]


NOTHING = ["", " ", "\n\n", "\\text{only words}", "%", "only some words here", "$", "\x00", "\u202eabc\u202c", "\u05d0\u05d1"]


@pytest.mark.parametrize("text", NOTHING)
def test_texts_without_a_network(text: str) -> None:
    for notation in ("latex", "plain"):
        try:
            network, _ = network_of(text, "latex" if notation == "latex" else "plain")
        except ChainruleError:
            continue
        assert not list(network.quantities())


FORMULAS: dict[str, tuple[int, Callable[[int], str]]] = {
    "a sum": (10_000, lambda n: "y = " + "x + " * n + "x"),
    "parentheses": (10_000, lambda n: "y = " + "(" * n + "x" + ")" * n),
    "fractions": (10_000, lambda n: "y = " + r"\frac{1}{" * n + "x" + "}" * n),
    "powers": (10_000, lambda n: "y = " + "x^{" * n + "2" + "}" * n),
    "primes": (10_000, lambda n: "y = x" + "'" * n),
    "brackets": (5_000, lambda n: "y = " + "[" * n + "1" + "]" * n),
    "a list": (20_000, lambda n: "y = [" + "1, " * n + "1]"),
    "a product": (3_000, lambda n: "y = " + "W " * n + "x"),
    "functions": (3_000, lambda n: "y = " + r"\sigma(" * n + "x" + ")" * n),
    "letters": (50_000, lambda n: "x" * n),
    "letters in an equation": (5_000, lambda n: "y = " + "x" * n),
    "digits": (200_000, lambda n: "y = 1" + "0" * n),
}


@pytest.mark.parametrize("kind", FORMULAS)
def test_time_grows_with_a_formula(kind: str) -> None:
    """Four times the formula takes less than ten times the time, or is refused at once."""
    length, text = FORMULAS[kind]
    short, long = (min(seconds(lambda n=n: network_of(text(n))) for _ in range(2)) for n in (length // 4, length))
    assert long < min(10 * short + 0.3, 12)
