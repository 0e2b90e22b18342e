r"""Entries of arrays: texts by hand, and the meaning of every text by an evaluator of index notation that is not ours."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from chainrule.algebra.index_notation import index_form
from chainrule.algebra.normal_form import normal_form
from chainrule.errors import VerificationError
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.build import contract, matmul, outer, transpose
from chainrule.graph.node import Node
from chainrule.ops.activation import SIGMOID
from chainrule.ops.arithmetic import divide, power
from chainrule.ops.joining import kron, vec
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Call,
    Juxtaposition,
    Name,
    Number,
    Product,
    Quotient,
    Subscript,
    Sum,
    Superscript,
    Tree,
)
from chainrule.typesetting import latex, plain

x, y, z = (build.variable(s, ("n",)) for s in "xyz")
A, B, C = (build.variable(s, ("n", "n")) for s in "ABC")
w, W = build.variable("w", ("m",)), build.variable("W", ("m", "n"))
s = build.variable("s")
n = build.dimension("n")


def sigma(node: Node) -> Node:
    return build.apply(SIGMOID, node)


READINGS: list[tuple[Node, str]] = [
    (contract([x], [[2]], [0, 0, 2], {0: n}), r"\delta_{ij} x_k"),
    (contract([x, A], [[0], [1, 2]], [0, 1, 2]), r"A_{jk} x_i"),
    (contract([A, B], [[0, 3], [2, 1]], [0, 1, 2, 3]), r"A_{il} B_{kj}"),
    (contract([A, B, C], [[0, 3], [1, 3], [2, 3]], [0, 1, 2]), r"\sum_{l} A_{il} B_{jl} C_{kl}"),
    (contract([A, B, x], [[0, 3], [3, 1], [2]], [0, 1, 2]), r"(A B)_{ij} x_k"),
    (contract([A, x, y, z], [[0, 3], [3], [1], [2]], [0, 1, 2]), r"y_j z_k \cdot (A x)_i"),
    (contract([x], [[0]], [0, 0, 0]), r"\delta_{ij} \delta_{ik} x_i"),
    (contract([A], [[0, 0]], [0, 1, 2], {1: n, 2: n}), "A_{ii}"),
    (contract([], [], [0, 0, 1, 1], {0: n, 1: n}), r"\delta_{ij} \delta_{kl}"),
    (build.ones((n, n, n)), "1"),
    (build.zeros((n, n, n)), "0"),
    (contract([x, y], [[0], [1]], [0, 1, 2], {2: n, 7: n}), "n x_i y_j"),
    (build.scale(-2, contract([x, y, z], [[0], [1], [2]], [0, 1, 2])), "-2 x_i y_j z_k"),
    (contract([x, power(s, -1)], [[2], []], [0, 0, 2], {0: n}), r"\frac{\delta_{ij} x_k}{s}"),
    (contract([x, power(y, -1), z], [[0], [1], [2]], [0, 1, 2]), r"\frac{x_i z_k}{y_j}"),
    (contract([sigma(x), A], [[0], [1, 2]], [0, 1, 2]), r"A_{jk} \sigma(x_i)"),
    (contract([sigma(matmul(A, x)), y, z], [[0], [1], [2]], [0, 1, 2]), r"y_j z_k \sigma((A x)_i)"),
    (contract([x, build.unit(1, "n"), y], [[0], [1], [2]], [0, 1, 2]), r"x_i y_k \delta_{j, 2}"),
    (
        build.add(contract([x, A], [[0], [1, 2]], [0, 1, 2]), contract([y], [[2]], [0, 0, 2], {0: n})),
        r"A_{jk} x_i + \delta_{ij} y_k",
    ),
]


class Entry:
    """The value of one entry written in index notation; sums run over the axes of length 3, vectors are arrays."""

    def __init__(self, arrays: dict[Tree, np.ndarray], at: dict[Tree, int]):
        self.arrays, self.at = arrays, at

    def value(self, tree: Tree) -> float:
        match tree:
            case Number(value=value):
                return float(value)
            case Name("n"):
                return 3.0
            case Name():
                return float(self.arrays[tree])
            case Subscript(Name("\\delta"), items):
                first, second = self.places(items)
                return float(first == second)
            case Subscript(base, items):
                return float(self.array(base)[tuple(self.places(items))])
            case BigOperator("sum", lower, None, body):
                return sum(Entry(self.arrays, {**self.at, lower: k}).value(body) for k in range(3))
            case Sum(signs, terms):
                return sum(sign * self.value(term) for sign, term in zip(signs, terms, strict=True))
            case Juxtaposition(items) | Product(_, items):
                return float(np.prod([self.value(item) for item in items]))
            case Quotient(above, below):
                return self.value(above) / self.value(below)
            case Bracket(items=(only,)):
                return self.value(only)
            case Call(Name("\\sigma"), (only,)):
                return float(1 / (1 + np.exp(-self.value(only))))
            case _:
                raise AssertionError(f"cannot read {tree}")

    def places(self, items: tuple[Tree, ...]) -> list[int]:
        letters = items[0].items if isinstance(items[0], Juxtaposition) else items
        return [int(each.value) - 1 if isinstance(each, Number) else self.at[each] for each in letters]

    def array(self, tree: Tree) -> np.ndarray:
        match tree:
            case Name():
                return self.arrays[tree]
            case Juxtaposition(items):
                product = self.array(items[0])
                for item in items[1:]:
                    product = product @ self.array(item)
                return product
            case Superscript(base, Name("\\top")):
                return self.array(base).T
            case _:
                raise AssertionError(f"cannot read the array {tree}")


@pytest.mark.parametrize(("node", "text"), READINGS, ids=[text for _, text in READINGS])
def test_an_entry_is_written_as_by_hand(node: Node, text: str) -> None:
    assert latex(index_form(node).tree) == text


@pytest.mark.parametrize("node", [node for node, _ in READINGS], ids=[text for _, text in READINGS])
def test_every_entry_has_the_value_of_the_array(node: Node) -> None:
    random = np.random.default_rng(0)
    values = {v: random.uniform(0.5, 2, (3,) * len(v.shape)) for v in (x, y, z, A, B, C, s)}
    (wanted,) = evaluate([node], values, {"n": 3})
    tree, letters = index_form(node)
    arrays = {v.symbol: array for v, array in values.items()}
    for places in itertools.product(range(3), repeat=len(node.shape)):
        found = Entry(arrays, dict(zip(letters, places, strict=True))).value(tree)
        np.testing.assert_allclose(found, wanted[places], rtol=1e-12)


def test_a_letter_that_stands_for_something_is_no_index() -> None:
    i = build.variable("i", ("n",))
    node = contract([i, A], [[0], [1, 2]], [0, 1, 2])
    assert latex(index_form(node).tree) == "A_{kl} i_j"
    assert latex(index_form(node, taken=[Name("k")]).tree) == "A_{lp} i_j"
    sized = build.variable("v", ("j",))
    assert index_form(outer(outer(sized, sized), sized)).letters == (Name("i"), Name("k"), Name("l"))


def test_where_delta_is_taken_the_identity_is_i() -> None:
    node = contract([x], [[2]], [0, 0, 2], {0: n})
    assert latex(index_form(node, taken=[Name("\\delta")]).tree) == "I_{ij} x_k"


def test_no_index_has_two_meanings() -> None:
    """Two sums of one entry have letters of their own, and none of an axis."""
    three = contract([A, B, C], [[0, 3], [1, 3], [2, 3]], [0, 1, 2])
    node = contract([three, three], [[0, 1, 2], [0, 1, 3]], [0, 1, 2, 3])
    letters = [part.lower for part in _sums(index_form(node).tree)]
    assert len(set(letters)) == len(letters) == 2
    assert not {*letters} & {*index_form(node).letters}


def _sums(tree: Tree) -> list[BigOperator]:
    from chainrule.syntax.tree import walk

    return [part for part in walk(tree) if isinstance(part, BigOperator)]


def test_the_text_does_not_depend_on_the_order_of_factors() -> None:
    one = contract([A, x, B], [[0, 3], [1], [3, 2]], [0, 1, 2])
    other = contract([B, A, x], [[7, 2], [5, 7], [4]], [5, 4, 2])
    assert index_form(one).tree == index_form(other).tree


def test_what_has_a_matrix_form_keeps_it_inside() -> None:
    assert latex(index_form(outer(matmul(transpose(W), w), A)).tree) == r"A_{jk} \cdot (W^\top w)_i"
    assert latex(index_form(normal_form(outer(divide(x, s), A))).tree) == r"\frac{A_{jk} x_i}{s}"


def test_what_no_entry_can_be_written_of_is_refused() -> None:
    selection = build.selection("k", ("n", "m"), 0, (1, 2))
    with pytest.raises(VerificationError) as error:
        index_form(selection)
    assert error.value.code == "no-matrix-form"
    assert index_form(vec(W)).tree == Subscript(Call(Name("vec"), (Name("W"),)), (Name("i"),))


def test_entries_by_unit_vectors() -> None:
    """What is no matrix is told by unit vectors at the places: rows and columns of a stacked matrix, blocks of a product."""
    size = build.dimension("n") * build.dimension("m")
    assert plain(index_form(build.selection(size, ("n", "m"), 0, (1, "n"))).tree) == "(unvec(e_i, n, m))_{j k}"
    rows, columns = build.selection(6, (2, 3), 0, (3, 1)), build.selection(8, (2, 4), 0, (4, 1))
    left, right = build.variable("L", (2, 2)), build.variable("R", (3, 4))
    node = contract([left, rows, columns], [[0, 1], [4, 0, 2], [5, 1, 3]], [4, 5, 2, 3])
    assert plain(index_form(node).tree) == "(L ⊗ e_k e_l^T)_{i j}"
    assert kron(left, right).shape == node.shape[:2]


def test_numbers_are_spelled_as_the_person_did() -> None:
    node = build.scale(Fraction(1, 2), contract([x, A], [[0], [1, 2]], [0, 1, 2]))
    assert latex(index_form(node, spelling={Fraction(1, 2): "0.50"}).tree) == "0.50 A_{jk} x_i"
