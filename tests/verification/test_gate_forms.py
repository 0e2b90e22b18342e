"""What is no matrix: Kronecker products and index notation pass the gate only where they mean the array."""

import numpy as np
import pytest

import chainrule as cr
from chainrule.algebra.kronecker_form import as_matrix
from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.jacobian import derivative_node
from chainrule.errors import VerificationError
from chainrule.graph.node import Named, Node, Variable
from chainrule.graph.walk import expand
from chainrule.inference.network import Network
from chainrule.syntax.tree import Name
from chainrule.typesetting import plain
from chainrule.verification.gate import Axes, Gate


def network(text: str, shapes: dict[str, tuple[str, ...]]) -> Network:
    return cr.parse(text, shapes=shapes)._network


def derived(net: Network, of: str, by: list[str]) -> tuple[Node, Axes]:
    names = {plain(tree): node for tree, node in net.names.items()}
    target = names[of]
    counted = [*([target] if target.shape else []), *(names[b] for b in by)]
    axes = tuple((v.symbol, len(v.shape)) for v in counted if isinstance(v, Named | Variable))
    return normal_form(expand(derivative_node(target, [names[b] for b in by]))), axes


MATRIX = {"A": ("m", "n"), "X": ("n", "p"), "B": ("p", "q")}
FACTORS = {"T": ("m", "n"), "U": ("m", "k"), "V": ("n", "k")}

SHOWN: list[tuple[str, dict[str, tuple[str, ...]], str, list[str], str, str]] = [
    (
        "h = A x",
        {"A": ("m", "n"), "x": ("n",)},
        "h",
        ["A", "x"],
        r"\delta_{ij} \delta_{kl}",
        "entry (i, j, k, l): i counts h, j and k count A, l counts x",
    ),
    (
        "f = (a^T x)^4",
        {"x": ("n",)},
        "f",
        ["x"] * 4,
        "24 a_i a_j a_k a_l",
        "entry (i, j, k, l): i counts x, j counts x, k counts x, l counts x",
    ),
    ("y = A x + b", {"A": ("m", "n")}, "y", ["A"], r"\delta_{ij} x_k", "entry (i, j, k): i counts y, j and k count A"),
    ("Y = A X B", MATRIX, "Y", ["X"], r"B^\top \otimes A", "acts on vec(X) and gives vec(Y): columns are stacked"),
    ("Y = A X B", MATRIX, "Y", ["A"], r"B^\top X^\top \otimes I", "acts on vec(A) and gives vec(Y): columns are stacked"),
    ("L = norm(T - U V')^2", FACTORS, "L", ["U", "U"], r"2 V^\top V \otimes I", "acts on vec(U), whose columns are stacked"),
    ("L = norm(X)^2", {"X": ("m", "n")}, "L", ["X", "X"], "2 I", "acts on vec(X), whose columns are stacked"),
    (
        "L = tr(X' A X B)",
        {"X": ("n", "m"), "A": ("n", "n"), "B": ("m", "m")},
        "L",
        ["X", "X"],
        r"B \otimes A^\top + B^\top \otimes A",
        "acts on vec(X), whose columns are stacked",
    ),
    (
        "Y = inv(X)",
        {"X": ("n", "n")},
        "Y",
        ["X"],
        r"-X^{-\top} \otimes X^{-1}",
        "acts on vec(X) and gives vec(Y): columns are stacked",
    ),
    (
        "L = logdet(X)",
        {"X": ("n", "n")},
        "L",
        ["X", "X"],
        r"-(X^{-1})_{jk} \cdot (X^{-1})_{li}",
        "entry (i, j, k, l): i and j count X, k and l count X",
    ),
    ("i = A x; y = i + x", {"A": ("n", "n")}, "y", ["A"], r"\delta_{jk} x_l", "entry (j, k, l): j counts y, k and l count A"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shapes", "of", "by", "latex", "note"), SHOWN, ids=[f"{c[0]} by {c[3]}" for c in SHOWN])
def test_the_text_and_the_note(
    text: str, shapes: dict[str, tuple[str, ...]], of: str, by: list[str], latex: str, note: str
) -> None:
    net = network(text, shapes)
    node, axes = derived(net, of, by)
    shown = Gate(net).show(node, axes)
    assert (shown.latex, shown.note) == (latex, note)


def test_without_axes_the_note_says_the_letters_alone() -> None:
    net = network("y = A x + b", {"A": ("m", "n")})
    assert Gate(net).show(derived(net, "y", ["A"])[0]).note == "entry (i, j, k)"
    net = network("L = norm(X)^2", {"X": ("m", "n")})
    assert Gate(net).show(derived(net, "L", ["X", "X"])[0]).note == "acts on vec of the variable, whose columns are stacked"


def test_a_matrix_has_no_note() -> None:
    net = network("f = x' A x", {"A": ("n", "n")})
    node, axes = derived(net, "f", ["x", "x"])
    assert Gate(net).show(node, axes).note == ""


LETTERS = (Name("i"), Name("j"), Name("k"))


@pytest.mark.parametrize(
    "text", ["\\delta_{ik} x_j", "\\delta_{ij} x_i", "x_k", "2 \\delta_{ij} x_k", "\\delta_{ij} x_l", "A_{jk}"]
)
def test_a_wrong_entry_is_refused(text: str) -> None:
    net = network("y = A x + b", {"A": ("n", "n")})
    node, _ = derived(net, "y", ["A"])
    Gate(net).verify(node, [("\\delta_{ij} x_k", "latex"), ("delta_{i j} x_k", "plain")], LETTERS)
    with pytest.raises(VerificationError) as error:
        Gate(net).verify(node, [(text, "latex")], LETTERS)
    assert error.value.code == "unverified"


@pytest.mark.parametrize("text", ["A \\otimes B^\\top", "B \\otimes A", "B^\\top \\otimes A^\\top", "-B^\\top \\otimes A"])
def test_a_wrong_kronecker_product_is_refused(text: str) -> None:
    square = {"A": ("n", "n"), "X": ("n", "n"), "B": ("n", "n")}
    net = network("Y = A X B", square)
    node, _ = derived(net, "Y", ["X"])
    Gate(net).verify(as_matrix(node), [("B^\\top \\otimes A", "latex")])
    with pytest.raises(VerificationError):
        Gate(net).verify(as_matrix(node), [(text, "latex")])


def test_a_lost_index_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    from chainrule.verification import gate as module

    net = network("y = A x + b", {"A": ("m", "n")})
    printed = module.latex
    monkeypatch.setattr(module, "latex", lambda tree: printed(tree).replace("x_k", "x_j"))
    with pytest.raises(VerificationError):
        Gate(net).show(derived(net, "y", ["A"])[0])


def test_texts_that_differ_in_spelling_alone_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    net = network("f = norm(A x)", {"A": ("m", "n")})
    read: list[object] = []
    original = Network.read
    monkeypatch.setattr(Network, "read", lambda self, tree, *more: (read.append(tree), original(self, tree, *more))[1])
    Gate(net).show(derived(net, "f", ["x"])[0])
    assert len(read) == 1


def test_where_t_is_a_name_its_power_is_no_transpose() -> None:
    net = network("f = T + sum(A x)", {"A": ("m", "n"), "T": ()})
    node, _ = derived(net, "f", ["x"])
    shown = Gate(net).show(node)
    assert shown.latex == r"A^\top \mathbf{1}"


def test_the_hessian_that_is_shown_is_that_of_jax() -> None:
    """2 V^T V kron I against the Hessian of automatic differentiation, stacked by columns."""
    import jax
    import jax.numpy as jnp

    with jax.enable_x64(True):
        random = np.random.default_rng(0)
        t, u, v = random.normal(size=(4, 3)), random.normal(size=(4, 2)), random.normal(size=(3, 2))
        hessian = np.asarray(jax.hessian(lambda u: jnp.sum((t - u @ v.T) ** 2))(u))
    stacked = hessian.transpose(1, 0, 3, 2).reshape(8, 8)
    np.testing.assert_allclose(stacked, 2 * np.kron(v.T @ v, np.eye(4)), rtol=1e-9, atol=1e-9)
