"""Laws of reading: the order of equations and the names of things do not matter, and products are those of columns."""

from dataclasses import dataclass
from functools import reduce
from string import Formatter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chainrule.evaluation.array import Array
from chainrule.syntax.tree import Tree
from tests.inference.networks import network_of, numbers, sizes_of, spelled, values_at

NETWORKS = [
    [r"h = \tanh(W x + b)", "W = [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]", "x = [1, -1]", r"s = v^\top h", "L = (s - t)^2"],
    [r"\sigma(a) = \frac{1}{1 + e^{-a}}", r"p = \sigma(w^\top x + c)", "x = [1, 2]", "w = [w_1, w_2]", "w = [3, 4]"],
    [r"f(a) = g(2 a) + 1", "g(a) = 3 a + k", "y = f(u + 1)", "k = 4", "z = y^2"],
    [r"C = A B^\top", r"A \in \mathbb{R}^{2 \times 3}", r"B \in \mathbb{R}^{4 \times 3}",
     r"s = u^\top C v", "v = [1, 2, 3, 1]"],
    [r"y = a x + r", "a = [3]", "x = [1, 2]", r"r = \begin{bmatrix} 1 & 2 \end{bmatrix}", "m = y_1 + y_2"],
    [r"Q' = 3", r"y = Q' Q", "Q = x' K x", "K = [[1, 2], [3, 4]]"],
    ["a = b + 1", "b = c^2", "c = d_1 d_2", r"d = \mathbf{M} z", r"\mathbf{M} = [[1, 2], [3, 4]]", r"e = a - b"],
]  # fmt: skip


def compare(one: str, other: str, names: dict[str, str]) -> None:
    """The same shapes and the same values of the same names, `names` telling how the other text calls those of the first."""
    left, said = network_of(one)
    right, also_said = network_of(other)
    assert sorted(d.code for d in said) == sorted(d.code for d in also_said)
    spellings = {spelled(right, name): name for name in right.names}
    pairs = {
        name: spellings[names.get(spelled(left, name), spelled(left, name))] for name in left.names if name not in left.invented
    }
    assert len(pairs) == len(right.names) - len(right.invented)
    random = np.random.default_rng(5)
    inputs: dict[Tree, Array] = {}
    others: dict[Tree, Array] = {}
    for name, other_name in pairs.items():
        shape = numbers(left.names[name].shape, sizes_of(left))
        assert len(shape) == len(right.names[other_name].shape)
        assert left.values.get(name) == right.values.get(other_name)
        if name in dict(left.inputs()):
            inputs[name] = others[other_name] = np.abs(random.normal(size=shape)) + 0.1
    found, also_found = values_at(left, inputs), values_at(right, others)
    for name in (n for n in found if n in pairs):
        np.testing.assert_allclose(also_found[pairs[name]], found[name], rtol=1e-12)


@pytest.mark.parametrize("statements", NETWORKS, ids=lambda statements: statements[0])
@settings(max_examples=15)
@given(data=st.data())
def test_the_order_of_equations_does_not_matter(statements: list[str], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(statements))
    compare("; ".join(statements), "; ".join(shuffled), {})


SMALL = [
    "a",
    "b",
    "c",
    "k",
    "p",
    "q",
    "r",
    "s",
    "u",
    "v",
    "w",
    "x",
    "y",
    "z",
    r"\alpha",
    r"\beta",
    r"\hat y",
    r"\tilde{x}",
    r"\gamma_2",
    r"\mu_0",
    "t^*",
]
CAPITAL = ["A", "B", "D", "K", "M", "P", "Q", "R", "S", "U", "V", "W", "X", r"W^{(1)}", r"W^{[2]}", "Z_3", r"\hat{V}"]
TEMPLATES = [
    "{a} = {A} {b} + {c}; {d} = \\tanh({a}); {A} = [[1, 2], [3, 4], [5, 6]]",
    "{a} = {{{b}}}^\\top {A} {c}; {d} = {{{a}}}^2 + 1; {A} \\in \\mathbb{{R}}^{{2 \\times 3}}",
    "{a} = {A} {{{B}}}^\\top {b}; {c} = {{{a}}}^\\top {a}; {B} \\in \\mathbb{{R}}^{{4 \\times 2}}; {d} = {c}",
    "{a} = {b} {{{c}}}^\\top {A}; {d} = \\max(0, {{{b}}}^\\top {B} {b}); {b} = [1, 2]",
    "{a} = {b} \\odot {c} + 1; {c} = [1, 2, 3]; {d} = {{{a}}}^\\top {b}",
    "{a} = {b} ({c} + 1) + {d} {b}; {A} = 2 {a}; {B} = {A}",
]  # fmt: skip


@pytest.mark.parametrize("template", TEMPLATES)
@settings(max_examples=15)
@given(small=st.permutations(SMALL), capital=st.permutations(CAPITAL))
def test_names_do_not_matter(template: str, small: list[str], capital: list[str]) -> None:
    plain = dict(zip("abcdAB", ["k", "x", "u", "p", "M", "N"], strict=True))
    renamed = dict(zip("abcdAB", [*small[:4], *capital[:2]], strict=True))
    network, _ = network_of(template.format(**renamed))
    slots = {slot for _, slot, _, _ in Formatter().parse(template) if slot}
    found = {spelled(network, name).replace(" ", ""): spelled(network, name) for name in network.names}
    names = {plain[slot]: found[renamed[slot].replace(" ", "")] for slot in slots}
    compare(template.format(**plain), template.format(**renamed), names)


@dataclass(frozen=True)
class Written:
    """An expression with its value, vectors being columns of two dimensions."""

    text: str
    value: Array
    bare: bool = False

    @property
    def grouped(self) -> str:
        return self.text if self.bare else f"({self.text})"


Kind = tuple[int, int]
"""Rows and columns; a scalar is (1, 1), and no other size is 1."""

SYMBOLS: dict[str, Kind] = {
    "a": (1, 1), "b": (1, 1), "u": (2, 1), "p": (2, 1), "v": (3, 1), "q": (3, 1), "w": (4, 1), "r": (4, 1),
    "A": (2, 3), "B": (3, 4), "C": (4, 2), "D": (3, 3), "K": (2, 2), "M": (2, 3), "N": (4, 3),
}  # fmt: skip
VALUES = {name: np.random.default_rng(i).normal(size=kind) for i, (name, kind) in enumerate(SYMBOLS.items())}
SPACES = {kind: r" \times ".join(str(n) for n in kind if n > 1) for kind in SYMBOLS.values()}
DECLARED = "; ".join(
    rf"{name} \in \mathbb{{R}}" + (f"^{{{SPACES[kind]}}}" if SPACES[kind] else "") for name, kind in SYMBOLS.items()
)


@st.composite
def expressions(draw: st.DrawFn, kind: Kind, depth: int = 4) -> Written:
    """A well-typed expression of that many rows and columns."""
    leaves = [name for name, own in SYMBOLS.items() if own == kind]
    turned = [name for name, own in SYMBOLS.items() if own == kind[::-1] and kind != (1, 1)]
    if depth == 0 and (leaves or turned):
        name = draw(st.sampled_from([*leaves, *turned]))
        if name in leaves:
            return Written(name, VALUES[name], bare=True)
        return Written(name + r"^\top", VALUES[name].T)

    def part(wanted: Kind) -> Written:
        return draw(expressions(wanted, max(depth - 1, 0)))

    match draw(
        st.sampled_from(["sum", "difference", "scaled", "product", "product", "transpose", "function", "entrywise", "square"])
    ):
        case "sum":
            parts = [part(kind) for _ in range(draw(st.integers(2, 3)))]
            return Written(" + ".join(p.grouped for p in parts), reduce(np.add, [p.value for p in parts]))
        case "difference":
            left, right = part(kind), part(kind)
            return Written(f"{left.grouped} - {right.grouped}", left.value - right.value)
        case "scaled":
            left, right = part((1, 1)), part(kind)
            return Written(f"{left.grouped} {right.grouped}", left.value * right.value)
        case "transpose":
            inside = part(kind[::-1])
            return Written(rf"{inside.grouped}^\top", inside.value.T)
        case "function" if kind[0] == 1 or kind[1] == 1:
            inside = part(kind)
            return Written(rf"\tanh({inside.text})", np.tanh(inside.value))
        case "entrywise" if kind != (1, 1) and kind[0] > 1:
            left, right = part(kind), part(kind)
            return Written(rf"{left.grouped} \odot {right.grouped}", left.value * right.value)
        case "square" if kind == (1, 1):
            inside = part(kind)
            return Written(f"{inside.grouped}^2", inside.value**2)
        case _:
            middle = draw(st.sampled_from([2, 3, 4]))
            left, right = part((kind[0], middle)), part((middle, kind[1]))
            return Written(f"{left.grouped} {right.grouped}", left.value @ right.value)


@settings(max_examples=100)
@given(data=st.data())
def test_products_are_those_of_columns(data: st.DataObject) -> None:
    """Whatever is written with declared shapes has the value that NumPy computes with explicit columns and rows."""
    kind = data.draw(st.sampled_from([(1, 1), (1, 1), (2, 1), (3, 1), (2, 3), (3, 2), (4, 4)]))
    written = data.draw(expressions(kind))
    network, _ = network_of(f"y = {written.text}; {DECLARED}")
    errors = [d for d in network.diagnostics if d.severity == "error"]
    assert not errors, written.text
    names = {spelled(network, name): name for name in network.names}
    inputs = {names[s]: VALUES[s].reshape([n for n in SYMBOLS[s] if n > 1]) for s in SYMBOLS}
    found = values_at(network, inputs)[names["y"]]
    assert found.shape == tuple(n for n in kind if n > 1)
    np.testing.assert_allclose(found, written.value.reshape(found.shape), rtol=1e-9, atol=1e-9)
