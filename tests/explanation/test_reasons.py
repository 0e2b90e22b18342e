"""The sentence beside each step names the quantities at hand, and what it says of them is the rule in textbooks."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

import chainrule as cr
from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.reverse import backpropagate
from chainrule.evaluation.run import evaluate
from chainrule.explanation.steps import sentences
from chainrule.explanation.words import Mention
from chainrule.graph import build
from chainrule.graph.node import Named, Node
from chainrule.graph.walk import expand, inputs, substitute
from chainrule.ops import find_operation
from chainrule.syntax.tree import Name

Shapes = Mapping[str, Sequence[str | int]]

V = {"x": ("n",), "y": ("n",), "a": ("n",), "b": ("n",), "A": ("m", "n"), "B": ("n", "k"), "t": ("n",), "w": ("m",)}
SQUARE = {"X": ("n", "n"), "A": ("n", "n"), "B": ("n", "n"), "x": ("n",)}


def told(text: str, by: str, shapes: Shapes) -> list[str]:
    net = cr.parse(text, shapes={name: shapes[name] for name in shapes if name in text})
    steps = net.derivative(text.partition("=")[0].strip(), wrt=by).steps
    return [step.reason(lambda formula: formula.unicode) for step in steps]


@pytest.mark.parametrize(
    ("text", "by", "shapes", "sentence"),
    [
        ("f = a^T x", "x", V, "In f = a^T x with a fixed, the gradient by x is a."),
        ("f = w^T A x", "A", V, "the gradient by A is w times the transpose of the upstream gradient."),
        ("f = sum(A x)", "x", V, "In the matrix-vector product A x with A fixed, the gradient by x is Aᵀ times the upstream"),
        ("f = sum(A x)", "A", V, "with x fixed, the gradient by A is the upstream gradient times xᵀ."),
        (
            "f = sum(A B)",
            "A",
            V,
            "product A B with B fixed, the gradient by A is the upstream gradient times Bᵀ.",
        ),
        (
            "f = sum(A B)",
            "B",
            V,
            "product A B with A fixed, the gradient by B is Aᵀ times the upstream gradient.",
        ),
        ("f = w^T (x y^T)^T x", "y", {**V, "w": ("n",)}, "In the outer product x yᵀ with x fixed, the gradient by y is"),
        (
            "f = sum(x .* y)",
            "x",
            V,
            "multiplied entry by entry, so the gradient by x is the upstream gradient times y",
        ),
        ("f = sum(x)", "x", V, "Every entry of x is one term of the sum, so every entry of the gradient is 1."),
        ("f = tr(X)", "X", SQUARE, "The trace adds up the diagonal, so the gradient by X is the identity."),
        ("f = tr(A X^T)", "X", SQUARE, "X stands transposed, so the gradient by it is the transpose of the upstream gradient."),
        ("f = x_2", "x", {"x": (3,)}, "x₂ is a part of x: that part of the gradient is 1, and every other entry is zero."),
        ("f = u v", "u", {"u": (), "v": ()}, "In f = u v with v fixed, the derivative by u is v."),
        ("f = u / v", "u", {"u": (), "v": ()}, "In the quotient f = u/v the derivative by u is 1 divided by v."),
        ("f = u / v", "v", {"u": (), "v": ()}, "The derivative of one over v is minus one over its square."),
        ("f = u - v", "v", {"u": (), "v": ()}, "In f = u - v there is a minus before v, so the derivative by it is -1."),
        ("f = 3 u + v", "u", {"u": (), "v": ()}, "In f = 3 u + v the number 3 stands before u, so the derivative by it is 3."),
        ("f = sqrt(u)", "u", {"u": ()}, "The derivative of a root is one over twice the root."),
        ("f = (u + v)^2", "u", {"u": (), "v": ()}, "The derivative of a square is twice what is squared."),
        (
            "f = sum(c x)",
            "c",
            {"c": (), "x": ("n",)},
            "the derivative by it is the inner product of x and the",
        ),
        ("f = sum(tanh(x))", "x", V, "tanh acts entry by entry, so the upstream gradient is multiplied by"),
        ("f = a^T softmax(t)", "t", V, "The Jacobian of p = softmax(x) is diag(p) - p p^T"),
        ("f = norm2(a)", "a", V, "The gradient of the norm is the unit vector x / |x|. Here x is a."),
        ("f = log(det(X))", "X", SQUARE, "Jacobi's formula"),
        ("f = tr(inv(A) B)", "A", SQUARE, "Here X is A."),
    ],
)
def test_the_rule_in_the_words_of_the_form(text: str, by: str, shapes: Shapes, sentence: str) -> None:
    found = told(text, by, shapes)
    assert any(sentence in said for said in found), found


def test_a_bias_of_every_row_receives_the_sum_of_the_rows() -> None:
    shapes = {"X": ("n", "m"), "W": ("m", "k"), "b": ("k",)}
    net = cr.parse("Y = X W + b; f = sum(tanh(Y))", shapes=shapes)
    (said,) = [s.because for s in net.derivative("f", wrt="b").steps if "every row" in s.because]
    assert said.startswith("b is added to every row, so the gradient by it is the sum of the rows of the gradient by Y.")


def test_a_layer_names_its_own_quantities() -> None:
    net = cr.parse("z = W x + b; h = tanh(z); f = v^T h", shapes={"W": ("m", "n"), "x": ("n",), "b": ("m",), "v": ("m",)})
    said = [step.reason(lambda formula: formula.unicode) for step in net.derivative("f", wrt="W").steps]
    assert "In z = W x + b with x fixed, the gradient by W is the gradient by z times xᵀ. Upstream ∂f/∂z." in said
    assert any(s.startswith("tanh acts entry by entry, so the gradient by h is multiplied by") for s in said)
    assert "In f = v^T h with v fixed, the gradient by h is v." in said


def test_the_paths_of_a_fan_out_are_named() -> None:
    net = cr.parse("p = 2 u; q = u^2; r = p q + u", shapes={"u": ()})
    steps = net.derivative("r", wrt="u").steps
    (said,) = [s.because for s in steps if s.rule == "accumulate"]
    assert said == "u is used in r, in q and in p, so the contributions add up."
    shares = [s.before.text for s in steps if "through" in s.before.text]
    assert [share.partition(" through ")[2] for share in shares] == ["r", "q", "p"]


def test_a_product_with_itself_says_so_once() -> None:
    said = told("f = x^T x", "x", V)
    assert said[0] == "In f = x^T x with the other x fixed, the gradient by x is x. The other factor gives the same."
    assert said[1] == "x is used twice in f, so the contributions add up."


def test_a_function_that_is_recognised_is_told() -> None:
    said = told("f = log(1 + exp(-u))", "u", {"u": ()})
    assert sum("Simplified, as" in s for s in said) >= 1
    assert any("sigma(x)" in s for s in said)


def test_the_second_sweep_follows_the_first() -> None:
    """x^T A x: the gradient (A + A^T) x, then s = u^T (A + A^T) x, whose gradient (A + A^T) u has the Hessian before u."""
    net = cr.parse("f = x^T A x", shapes={"x": ("n",), "A": ("n", "n")})
    steps = net.hessian("f", "x").steps
    rules = [step.rule for step in steps]
    assert rules.index("differentiate again") > rules.index("accumulate")
    assert rules[-1] == "read off"
    assert steps[-2].before.unicode == "∂s/∂x"
    assert steps[-2].after.unicode == "(A + Aᵀ) u"
    assert steps[-1].after.unicode == "A + Aᵀ"
    assert steps[rules.index("differentiate again")].because.endswith("s is its inner product with u, which is held fixed.")


def test_the_letters_of_the_second_sweep_are_free() -> None:
    net = cr.parse("f = u^T A u + s^2", shapes={"u": ("n",), "A": ("n", "n"), "s": ()})
    (start,) = [step for step in net.hessian("f", "u").steps if step.rule == "differentiate again"]
    assert start.before.text not in ("u", "s", "A", "f")
    assert "is its inner product with v" in start.because


def test_a_jacobian_is_read_off_one_sweep() -> None:
    net = cr.parse("h = tanh(W x)", shapes={"W": ("m", "n"), "x": ("n",)})
    steps = net.jacobian("h", "x").steps
    assert steps[0].because == "To differentiate every entry of h at once, s is its inner product with u, which is held fixed."
    assert steps[-1].because.startswith("For every fixed vector this is the transpose of the derivative asked for")


def test_a_sentence_is_plain_text_and_formulas() -> None:
    net = cr.parse("f = a^T x", shapes=V)
    (step,) = net.derivative("f", wrt="x").steps
    assert step.because == "In f = a^T x with a fixed, the gradient by x is a."
    assert step.reason(lambda formula: f"${formula.latex}$") == "In $f = a^T x$ with $a$ fixed, the gradient by $x$ is $a$."


def test_many_paths_are_counted_and_not_named() -> None:
    x = build.variable("x")
    target = build.named("f", build.add(*(build.apply(find_operation("tanh"), build.scale(k, x)) for k in range(1, 301))))
    last = sentences(backpropagate(target), x, normal_form)[-1]
    assert last.because == (Mention(x, "This"), " is used in 300 places, so the contributions of all of them add up.")


def test_the_letter_at_the_start_of_a_rule_stays_small() -> None:
    """silu(u) = u sigma(u): its rule begins with the letter x, which is u here."""
    (said,) = told("f = silu(u)", "u", {"u": ()})
    assert said.startswith("x times the sigmoid of x, by the product rule. Here x is u.")


TRUE = [
    ("f = w^T tanh(A x)", "A", {"w": (2,), "A": (2, 3), "x": (3,)}),
    ("f = x^T A x", "x", {"x": (3,), "A": (3, 3)}),
    ("f = tr(A X B X^T)", "X", {"A": (2, 2), "X": (2, 3), "B": (3, 3)}),
    ("z = A x; f = z^T z / (1 + sum(z))", "x", {"A": (2, 3), "x": (3,)}),
    ("f = sum(softmax(x) .* x)", "x", {"x": (3,)}),
]


@pytest.mark.parametrize(("text", "by", "shapes"), TRUE)
def test_each_step_is_true(text: str, by: str, shapes: Shapes) -> None:
    """With the graph cut at the node of a step, central differences of the target give what the step says."""
    net = cr.parse(text, shapes=shapes)
    names = net._network.names
    target = names[Name("f")]
    assert isinstance(target, Named)
    random = np.random.default_rng(5)
    values = {n: random.uniform(0.3, 0.9, [d.number or 0 for d in n.shape]) for n in inputs([target])}
    told = [s for s in sentences(backpropagate(target), names[Name(by)], normal_form) if s.through is None]
    assert told
    for sentence in told:
        held = build.variable("held", sentence.at.shape)
        cut = substitute(expand(target), {expand(sentence.at): held})
        start = evaluate([expand(sentence.at)], values)[0]
        expected = differences(cut, held, np.asarray(start, dtype=float), values)
        np.testing.assert_allclose(evaluate([expand(sentence.after)], values)[0], expected, rtol=1e-6, atol=1e-8)


def differences(target: Node, held: Node, start: np.ndarray, values: Mapping[Node, np.ndarray]) -> np.ndarray:
    found, step = np.zeros_like(start), 1e-6
    for place in np.ndindex(start.shape):
        move = np.zeros_like(start)
        move[place] = step
        high, low = (float(evaluate([target], {**values, held: start + sign * move})[0]) for sign in (1, -1))
        found[place] = (high - low) / (2 * step)
    return found
