"""The gate lets a formula through only if it means its graph; so it must refuse what is wrong, each way it can be wrong."""

from fractions import Fraction

import pytest

import chainrule as cr
from chainrule.algebra.matrix_form import matrix_form
from chainrule.errors import ChainruleError, VerificationError
from chainrule.graph import build
from chainrule.graph.node import Named, Node
from chainrule.ops.activation import relu, sigmoid
from chainrule.ops.arithmetic import divide, exp, log
from chainrule.syntax.parser import Notation
from chainrule.verification import gate as module
from chainrule.verification.gate import Gate, conventions

NET = cr.parse(
    "q = x^T A y; u = A y; r = q + c",
    shapes={"A": ("m", "n"), "x": ("m",), "y": ("n",), "B": ("m", "n"), "c": (), "d": ()},
)
NETWORK = NET._network
A, x, y, c = (next(n for name, n in NETWORK.names.items() if str(name) == str(build.variable(s).symbol)) for s in "Axyc")
u = next(n for n in NETWORK.names.values() if isinstance(n, Named) and n.shape)


def gate() -> Gate:
    return Gate(NETWORK)


def verify(text: str, node: Node, notation: Notation = "latex") -> None:
    gate().verify(node, [(text, notation)])


RIGHT: list[tuple[str, Notation, Node]] = [
    ("A y", "latex", build.matmul(A, y)),
    ("A y", "plain", build.matmul(A, y)),
    ("x y^\\top", "latex", build.outer(x, y)),
    ("A^\\top x", "latex", build.matmul(build.transpose(A), x)),
    ("x^\\top A y", "latex", build.inner(x, build.matmul(A, y))),
    ("A y x^\\top u", "latex", build.matmul(build.outer(build.matmul(A, y), x), u)),
    ("c + \\frac{1}{2}", "latex", build.add(c, build.constant(Fraction(1, 2)))),
    ("\\max(0, c)", "latex", relu(c)),
    ("\\sigma(c)", "latex", sigmoid(c)),
    ("x \\odot u", "latex", build.multiply(x, u)),
]


@pytest.mark.parametrize(("text", "notation", "node"), RIGHT)
def test_what_is_right_passes(text: str, notation: Notation, node: Node) -> None:
    verify(text, node, notation)


WRONG: list[tuple[str, Node, str]] = [
    ("x^\\top A", build.matmul(build.transpose(A), x), "column"),
    ("A^\\top y", build.matmul(A, y), ""),
    ("y x^\\top", build.outer(x, y), "another shape"),
    ("x^\\top u + c", build.inner(x, u), "other values"),
    ("2 c", c, "other values"),
    ("-c", c, "other values"),
    ("c^2", build.multiply(c, c, c), "other values"),
    ("c", x, "column"),
    ("\\tanh(c)", sigmoid(c), "other values"),
    ("w c", c, "w"),
    ("c +", c, "does not read back"),
    ("c + x", build.add(c, c), "does not read back"),
    ("c + 10^{-6}", c, "other values"),
]


@pytest.mark.parametrize(("text", "node", "why"), WRONG)
def test_what_is_wrong_is_refused(text: str, node: Node, why: str) -> None:
    with pytest.raises(VerificationError) as error:
        verify(text, node)
    assert error.value.code == "unverified"
    assert why in error.value.message
    assert text in error.value.message


def test_a_small_difference_is_a_difference() -> None:
    with pytest.raises(VerificationError):
        verify("1.00000001 c", c)


def test_the_shown_texts_are_in_all_notations_and_remembered() -> None:
    shown = gate().show(build.outer(x, y))
    assert (shown.latex, shown.plain, shown.unicode) == ("x y^\\top", "x y^T", "x yᵀ")
    one = gate()
    assert one.show(c) is one.show(c)


def test_a_lost_transpose_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the formula does not fit or has another shape. (`x u` without it is still the inner product.)"""
    printed = module.latex
    monkeypatch.setattr(module, "latex", lambda tree: printed(tree).replace("^\\top", ""))
    for node in (build.outer(x, y), build.matmul(build.transpose(A), x), build.outer(u, build.matmul(A, y))):
        assert "^\\top" in printed(matrix_form(node))
        with pytest.raises(VerificationError):
            gate().show(node)
    assert gate().show(build.matmul(A, y)).latex == "A y"


def test_what_is_lost_in_the_plain_text_alone_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = module.plain
    monkeypatch.setattr(module, "plain", lambda tree: printed(tree).replace("(", "").replace(")", ""))
    product = build.multiply(c, build.add(c, build.constant(1)))
    with pytest.raises(VerificationError):
        gate().show(product)


def test_what_is_lost_in_the_unicode_text_alone_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = module.unicode
    monkeypatch.setattr(module, "unicode", lambda tree: printed(tree).replace("ᵀ", ""))
    with pytest.raises(VerificationError):
        gate().show(build.outer(x, y))


def test_each_of_several_texts_is_compared() -> None:
    gate().verify(c, [("c", "latex"), ("c + 0 d", "plain"), ("2 c - c", "plain")])
    for texts in ([("c", "latex"), ("2 c", "plain")], [("2 c - c", "latex"), ("3 c", "plain")]):
        with pytest.raises(VerificationError, match=r"[23] c\)"):
            gate().verify(c, texts)


def test_nothing_is_remembered_of_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    one = gate()
    with monkeypatch.context() as patch:
        patch.setattr(module, "latex", lambda _: "2 c")
        with pytest.raises(VerificationError):
            one.show(c)
    assert one.show(c).latex == "c"


def test_a_formula_without_any_point_to_compare_at_is_refused() -> None:
    nowhere = log(build.subtract(build.scale(-1, exp(c)), build.constant(1)))
    with pytest.raises(VerificationError) as error:
        verify("\\log(-\\exp(c) - 2)", nowhere)
    assert "no point" in error.value.message


def test_numbers_are_spelled_as_the_person_did() -> None:
    assert Gate(NETWORK, {Fraction(3, 5): "0.60"}).show(build.scale(Fraction(3, 5), c)).latex == "0.60 c"


def test_conventions_are_those_of_the_operations_below() -> None:
    assert conventions([relu(c)]) == ("relu'(0) = 0",)
    assert conventions([build.named("h", relu(c)), relu(x)]) == ("relu'(0) = 0",)
    assert conventions([divide(c, sigmoid(c))]) == ()


def test_an_error_while_reading_keeps_its_reason() -> None:
    with pytest.raises(VerificationError) as error:
        verify("w c", c)
    assert isinstance(error.value.__cause__, ChainruleError)
