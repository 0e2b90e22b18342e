"""Answers to derivatives: kinds of targets and variables, needs, shapes, conventions, code, and refusals that must come."""

import inspect

import numpy as np
import pytest

import chainrule as cr
from chainrule.algebra.matrix_form import Writer
from chainrule.graph import build
from chainrule.ops import find_operation
from chainrule.solving import derivatives
from chainrule.syntax.tree import Name, Superscript, Tree
from chainrule.verification import gate
from tests.solving.sheets import derivative, differentiate, entry, errors, forms, solve

MATRIX = {"A": ("m", "n"), "x": ("n",), "y": ("m",)}


def test_a_variable_that_nothing_depends_on_has_the_answer_zero_and_says_so() -> None:
    answer = derivative("q = a b; r = q + c; s = 3 d", "d", of="r")
    assert forms(answer) == ("0", "0", "0")
    assert answer.value == 0.0
    assert answer.needs == ()
    assert answer.shape == ()
    assert any("derivative is zero" in said for said in answer.conventions)
    assert entry(answer)() == 0.0
    assert answer.steps
    assert answer.check is not None
    assert "no path" in answer.check.method


def test_a_derivative_that_is_zero_in_the_shape_of_its_variable() -> None:
    answer = derivative("f = a^2; g = y^T A x", "A", of="f", shapes={**MATRIX, "a": ()}, at={"x": "[1, 2, 3]", "y": "[1, 2]"})
    assert answer.shape == (2, 3)
    assert answer.value == [[0, 0, 0], [0, 0, 0]]


def test_a_derivative_that_cancels_is_zero_too() -> None:
    assert derivative("f = x - x + y", "x").value == 0.0


@pytest.mark.parametrize(
    ("of", "wrt", "code"), [(None, "w", "undefined-symbol"), ("g", "x", "undefined-symbol"), ("x", "y", "no-formula")]
)
def test_names_that_are_not_there_are_errors_and_never_zero(of: str | None, wrt: str, code: str) -> None:
    problem = differentiate("f = x y", wrt, of)
    assert problem.status == "unsolved"
    assert errors(problem) == [code]
    assert problem.answers == ()


def test_a_task_with_one_wrong_name_keeps_its_other_answers() -> None:
    problem = solve("$$ f = x^2 y $$\n\nCompute $\\frac{\\partial f}{\\partial x}$ and $\\frac{\\partial f}{\\partial u}$.\n")
    assert errors(problem) == ["undefined-symbol"]
    assert problem.status != "solved"


def test_second_derivatives() -> None:
    """f = x^2 y + exp(y): f_xy = 2 x, f_xx = 2 y, f_yy = exp(y)."""
    problem = solve(
        "$$ f = x^2 y + e^y $$\n\nCompute $\\frac{\\partial^2 f}{\\partial x \\partial y}$,"
        " $\\frac{\\partial^2 f}{\\partial x^2}$ and $\\frac{\\partial^2 f}{\\partial y^2}$ for $x = 3$ and $y = 0$.\n"
    )
    assert problem.status == "solved", problem.diagnostics
    assert [(a.symbol.latex, a.wrt, a.value) for a in problem.answers] == [
        ("\\frac{\\partial^2 f}{\\partial x \\partial y}", ("x", "y"), 6.0),
        ("\\frac{\\partial^2 f}{\\partial x^2}", ("x", "x"), 0.0),
        ("\\frac{\\partial^2 f}{\\partial y^2}", ("y", "y"), 1.0),
    ]
    assert [step.rule for step in problem.answers[0].steps].count("differentiate again") == 1


def test_the_jacobian_of_a_vector() -> None:
    answer = derivative("h = A x", "x", shapes=MATRIX, at={"A": "[[1, 2, 3], [4, 5, 6]]"})
    assert forms(answer)[2] == "A"
    assert answer.shape == (2, 3)
    assert answer.value == [[1, 2, 3], [4, 5, 6]]
    assert answer.needs == ()


def test_the_jacobian_of_a_nonlinear_vector_has_output_dimensions_first() -> None:
    """h = (A x) * (x^T x): dh/dx = (x^T x) A + 2 (A x) x^T."""
    a, x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([0.5, -1.0, 2.0])
    answer = derivative("h = x^T x A x", "x", shapes=MATRIX, at={"A": str(a.tolist()), "x": str(x.tolist())})
    assert answer.shape == (2, 3)
    np.testing.assert_allclose(answer.value, (x @ x) * a + 2 * np.outer(a @ x, x), rtol=1e-13)
    np.testing.assert_allclose(entry(answer)(), answer.value, rtol=1e-13)


def test_gradients_by_vectors_and_matrices_have_their_shapes() -> None:
    for wrt, shape in (("A", ("m", "n")), ("x", ("n",)), ("y", ("m",))):
        answer = derivative("f = y^T A x", wrt, shapes=MATRIX)
        assert answer.shape == shape
        assert answer.layout == "gradient"
    assert forms(derivative("f = y^T A x", "A", shapes=MATRIX))[2] == "y x^\\top"
    assert forms(derivative("f = y^T A x", "x", shapes=MATRIX))[2] == "A^\\top y"


def test_a_size_that_nothing_gives_leaves_the_value_open() -> None:
    """d sum(h) / dh is all ones, of a length that is not known."""
    answer = derivative("h = tanh(A x); f = sum(h)", "h", shapes=MATRIX)
    assert (answer.value, answer.needs, answer.shape) == (None, (), ("m",))
    assert forms(answer)[2] == "\\mathbf{1}"


def test_needs_are_in_the_order_of_the_text_and_the_first_parameters() -> None:
    problem = solve("Let $r = c a^2 b + d$ with $b = 2$. Compute $\\frac{\\partial r}{\\partial a}$.\n")
    [answer] = problem.answers
    assert [n.latex for n in answer.needs] == ["c", "a"]
    parameters = inspect.signature(entry(answer)).parameters
    assert [(p.name, p.kind.name, p.default) for p in parameters.values()] == [
        ("c", "POSITIONAL_OR_KEYWORD", inspect.Parameter.empty),
        ("a", "POSITIONAL_OR_KEYWORD", inspect.Parameter.empty),
        ("b", "KEYWORD_ONLY", 2.0),
    ]
    assert answer.code is not None
    assert answer.code.parameters == {"c": "c", "a": "a", "b": "b"}
    assert (entry(answer)(3.0, 5.0), entry(answer)(3.0, 5.0, b=1.0)) == (60.0, 30.0)
    assert answer.value is None


def test_what_does_not_occur_in_the_closed_form_is_not_needed() -> None:
    answer = derivative("r = 3 x + y", "x")
    assert (answer.needs, answer.value) == ((), 3.0)
    assert list(inspect.signature(entry(answer)).parameters) == []


def test_identifiers_are_ascii_and_no_keywords() -> None:
    answer = derivative("f = \\lambda^2 \\hat{y} W^{(1)} + \\sigma(\\theta)", "\\lambda")
    names = list(inspect.signature(entry(answer)).parameters)
    assert all(n.isascii() and n.isidentifier() and n != "lambda" for n in names)
    assert entry(answer)(*[2.0, 3.0, 5.0]) == 60.0


def test_one_answer_for_each_kind_and_symbol() -> None:
    problem = solve(
        "$$ f = x^2 y $$\n\na) Compute $\\frac{\\partial f}{\\partial x}$.\n\n"
        "b) Compute $\\frac{\\partial f}{\\partial y}$ and $\\frac{\\partial f}{\\partial x}$.\n"
    )
    assert [(t.part, t.answers) for t in problem.tasks] == [("a", (0,)), ("b", (1, 0))]
    assert [(a.part, a.wrt) for a in problem.answers] == [("a", "x"), ("b", "y")]


def test_the_convention_at_a_kink_is_said() -> None:
    answer = derivative("f = max(0, a x)", "x", at={"a": "0", "x": "1"})
    assert answer.conventions == ("relu'(0) = 0",)
    assert answer.value == 0.0
    assert derivative("f = a x", "x").conventions == ()


def test_a_value_that_is_infinite_or_none_at_all() -> None:
    problem = differentiate("f = x / y", "y", at={"x": "1", "y": "0"})
    assert errors(problem) == ["not-finite"]
    assert problem.answers == ()
    problem = differentiate("f = x^2 / y^2", "x", at={"x": "0", "y": "0"})
    assert errors(problem) == ["not-a-number"]
    assert problem.answers == ()


def test_where_the_quantity_has_no_value_its_derivative_has_none() -> None:
    """1 / x is a number at -1, but log has no value there, so no slope either."""
    problem = differentiate("f = log(x)", "x", at={"x": "-1"})
    assert errors(problem) == ["not-a-number"]
    assert problem.answers == ()
    assert derivative("f = log(x)", "x", at={"x": "4"}).value == 0.25


def test_a_wrong_rule_is_found_and_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """cos for the derivative of cos, and a factor: each is refused by the numeric check."""
    assert differentiate("f = cos(a x)", "x").status == "solved"
    cos = find_operation("cos")
    for wrong in (lambda x: build.apply(cos, x), lambda x: build.scale(-1, x)):
        with monkeypatch.context() as patch:
            patch.setitem(vars(cos), "partials", (wrong,))
            for wrt in ("a", "x"):
                problem = differentiate("f = cos(a x)", wrt)
                assert (problem.status, problem.answers, errors(problem)) == ("unsolved", (), ["unverified"])
                assert "differs from the numeric one" in problem.diagnostics[-1].message


def test_a_wrong_pullback_of_an_array_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    softmax = find_operation("softmax")
    assert softmax.pullbacks
    monkeypatch.setitem(vars(softmax), "pullbacks", (lambda y_bar, y, arguments: build.multiply(y_bar, y),))
    problem = differentiate("p = softmax(A x); f = y^T p", "x", shapes=MATRIX)
    assert (problem.answers, errors(problem)) == ((), ["unverified"])


def test_a_slightly_wrong_rule_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    exp = find_operation("exp")
    monkeypatch.setitem(
        vars(exp), "partials", (lambda x: build.scale(build.constant(1).value * 100001 / 100000, build.apply(exp, x)),)
    )
    assert errors(differentiate("f = exp(a x)", "x")) == ["unverified"]


def without_transposes(tree: Tree) -> Tree:
    """A tree in which every transposed factor stands as it is."""
    from dataclasses import fields

    def changed(part: object) -> object:
        if isinstance(part, Tree):
            return without_transposes(part)
        return tuple(map(changed, part)) if isinstance(part, tuple) else part

    if isinstance(tree, Superscript) and tree.exponent == Name("\\top"):
        return without_transposes(tree.base)
    return type(tree)(**{f.name: changed(getattr(tree, f.name)) for f in fields(tree)})


def test_a_lost_transpose_is_found_and_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Writer.form
    assert differentiate("f = y^T A x", "x", shapes=MATRIX).status == "solved"
    monkeypatch.setattr(Writer, "form", lambda writer, node: without_transposes(shown(writer, node)))
    for wrt in ("x", "A"):
        problem = differentiate("f = y^T A x", wrt, shapes=MATRIX)
        assert (problem.answers, errors(problem)) == ((), ["unverified"])
    assert differentiate("f = y^T A x", "y", shapes=MATRIX).status == "solved"  # A x has none to lose


def test_a_lost_term_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = gate.latex
    monkeypatch.setattr(gate, "latex", lambda tree: shown(tree).split(" + ")[0])
    assert errors(differentiate("f = x^2 + x y", "x")) == ["unverified"]


def test_the_numbers_that_are_compared_are_the_ones_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check has a limit: an error just above it is refused, one below it is printed."""
    from chainrule.verification.derivative import Checked

    for size, status in ((2e-6, "unsolved"), (5e-7, "solved")):
        checked = Checked("complex step", size, True)
        with monkeypatch.context() as patch:
            patch.setattr(derivatives, "check_derivative", lambda *_, checked=checked: checked)
            assert differentiate("f = x^2", "x").status == status


def test_on_the_simplex_the_gradient_is_projected() -> None:
    values = {"p": [0.5, 0.3, 0.2], "q": [0.2, 0.3, 0.5]}
    network = cr.parse("f = -sum(p .* log(q))", shapes={"p": (3,), "q": (3,)}, values=values)
    found = network.derivative("f", "q", simplex=True)
    free = [-0.5 / 0.2, -0.3 / 0.3, -0.2 / 0.5]
    mean = sum(free) / 3
    assert found.value == pytest.approx([each - mean for each in free], rel=1e-14)
    assert any("projected onto the simplex" in said for said in found.conventions)


@pytest.mark.parametrize(("equations", "wrt"), [("f = sum(A)", "A"), ("f = a^2", "a")])
def test_only_a_vector_is_on_the_simplex(equations: str, wrt: str) -> None:
    network = cr.parse(equations, shapes={"A": ("m", "n")} if wrt == "A" else {})
    with pytest.raises(cr.ChainruleError, match="a variable on the simplex is a vector"):
        _ = network.derivative("f", wrt, simplex=True)
