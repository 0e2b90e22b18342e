"""Sheets solved: which tasks are answered by what, what stays open, and that the rest goes on."""

import numpy as np
import pytest

from chainrule.errors import NameFault, SyntaxFault
from chainrule.inference.build import build_network
from chainrule.inference.network import Network
from chainrule.inference.vocabulary import vocabulary
from chainrule.pipeline import solve_sheet
from chainrule.solving.reading import read_declarations, read_givens, read_symbol
from chainrule.solving.requests import only_target
from chainrule.solving.substitution import put_in
from chainrule.source import Source
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.tree import Accent, Juxtaposition, Name, Number, Subscript, Sum
from chainrule.typesetting import latex
from tests.solving.sheets import derivative, differentiate, entry, errors, forms, solve

NETWORK = (
    "$$ h = W x, \\quad f = h^\\top h $$\n\nLet $W = \\begin{bmatrix} 1 & 2 \\\\ 0 & -1 \\end{bmatrix}$ and $x = [3, -1]$.\n\n"
)


def test_the_forward_pass_is_worked_line_by_line() -> None:
    """h = [1, 1], f = 2."""
    problem = solve(NETWORK + "Perform the forward pass to compute $h$ and $f$.\n")
    assert problem.status == "solved", problem.diagnostics
    assert [(a.symbol.latex, a.value) for a in problem.answers] == [("h", [1.0, 1.0]), ("f", 2.0)]
    last = problem.answers[-1].worked
    assert [w.symbol.latex for w in last] == ["h", "f"]
    assert last[1].result.latex == "2"
    assert last[1].numbers is not None
    assert "h" not in last[1].numbers.latex


def test_the_value_of_an_expression_and_of_a_missing_number() -> None:
    problem = solve(NETWORK + "Let $g = f + t$. Compute the value of $g$.\n")
    [answer] = [a for a in problem.answers if a.symbol.latex == "g"]
    assert (answer.value, [n.latex for n in answer.needs]) == (None, ["t"])
    assert entry(answer)(5.0) == 7.0


def test_the_gradient_with_respect_to_several_in_words() -> None:
    problem = solve(NETWORK + "Compute the gradient of $f$ with respect to $W$ and $x$.\n")
    assert [(a.wrt, a.value) for a in problem.answers] == [
        ("W", [[6.0, -2.0], [6.0, -2.0]]),
        ("x", [2.0, 2.0]),
    ]


def network(text: str) -> Network:
    return build_network(parse_statements(Source("text", text).span(), vocabulary(), "plain").statements)


def test_where_no_target_is_said_it_is_the_one_scalar_output() -> None:
    found = only_target(network("h = [a, b]; q = h^T h; f = q + a"), None)
    assert found.symbol == Name("f")


@pytest.mark.parametrize("text", ["f = x^2; g = x^3", "h = [x, y]"])
def test_without_a_single_scalar_output_the_target_has_to_be_said(text: str) -> None:
    with pytest.raises(NameFault) as error:
        only_target(network(text), None)
    assert error.value.code == "no-target"
    assert error.value.hint


def test_a_graph_has_its_inputs_quantities_and_edges() -> None:
    problem = solve("$$ s = u + v, \\quad f = u s $$\n\nDraw the computational graph.\n")
    assert problem.status == "solved"
    assert [a.kind for a in problem.answers] == ["graph"]
    assert set(problem.graph.edges) == {("u", "s"), ("v", "s"), ("u", "f"), ("s", "f")}
    assert {n.symbol.latex: n.operation for n in problem.graph.nodes} == {"u": None, "v": None, "s": "+", "f": "*"}


def test_a_broken_equation_is_said_and_the_rest_is_solved() -> None:
    problem = solve(
        "$$ f = x^2 $$\n\n$$ g = \\frac{x $$\n\na) Compute $\\frac{\\partial f}{\\partial x}$.\n\n"
        "b) Compute $\\frac{\\partial g}{\\partial x}$.\n"
    )
    assert problem.status == "partial"
    assert [a.of for a in problem.answers] == ["f"]
    assert len(errors(problem)) >= 2
    assert all(d.span is not None for d in problem.diagnostics if d.severity == "error")


def test_an_error_without_a_place_gets_that_of_its_task() -> None:
    problem = solve("$$ f = x^2 $$\n\nCompute $\\frac{\\partial^7 f}{\\partial x^7}$.\n")
    [found] = [d for d in problem.diagnostics if d.severity == "error"]
    assert found.code == "order-too-high"
    assert found.span is not None
    assert found.span.line == 3


def test_equations_may_come_in_any_order() -> None:
    answer = derivative("L = h^2; h = 3 x", "x", of="L", at={"x": "2"})
    assert answer.value == 36.0
    assert derivative("L = h^2; h = 3 x; y = L + 1", "x").of == "y"


def test_a_lone_expression_is_called_f() -> None:
    answer = derivative("x^2 y", "x")
    assert (answer.of, forms(answer)[2]) == ("f", "2 x y")


def test_several_variables_keep_their_order() -> None:
    problem = differentiate("f = x y z", ["z", "x"])
    assert [a.wrt for a in problem.answers] == ["z", "x"]


def test_names_and_values_typed_outside_a_sheet() -> None:
    assert read_symbol("\\hat{y}", "--wrt") == read_symbol("y_hat", "--wrt") == Accent("hat", Name("y"))
    [given] = read_givens({"x": "[1, -0.5]"})
    assert given.name == Name("x")
    [declared] = read_declarations({"A": ("m", "3")})
    assert (declared.name, declared.shape) == (Name("A"), ("m", 3))
    with pytest.raises(NameFault, match="not a name"):
        read_symbol("x + 1", "--wrt")
    with pytest.raises(SyntaxFault, match="not a number"):
        read_givens({"x": "y"})


def test_numbers_are_put_in_from_the_outside() -> None:
    x, x_1 = Name("x"), Subscript(Name("x"), (Number(1),))
    tree = Sum((1, -1), (Juxtaposition((Number(2), x_1)), x))
    filled = put_in(tree, {x_1: -3.0, x: [1.0, 2.0]})
    assert latex(filled) == latex(put_in(filled, {}))
    text = latex(filled)
    assert "(-3)" in text
    assert "x" not in text.replace("\\text", "").replace("matrix", "")


def test_a_value_given_outside_wins() -> None:
    problem = solve("Let $f = a x$ with $a = 2$. Compute $\\frac{\\partial f}{\\partial x}$.\n", {"a": "7"})
    assert problem.answers[0].value == 7.0


def test_a_jacobian_in_numbers_is_that_of_numpy() -> None:
    """softmax: diag(p) - p p^T."""
    z = np.array([0.2, -1.0, 0.7])
    p = np.exp(z) / np.exp(z).sum()
    answer = derivative("p = softmax(z)", "z", shapes={"z": ("n",)}, at={"z": str(z.tolist())})
    np.testing.assert_allclose(answer.value, np.diag(p) - np.outer(p, p), rtol=1e-13)


WORDS = """
A layer with ReLU maps $x$ to $\\hat y$. $W = [[1, 2], [3, 4]]$, $x = [1, -1]$.
The loss is $L = (y - \\hat y)^2$ with $y = 1$. {task}
"""


@pytest.mark.parametrize("task", ["Perform the forward pass.", "Compute the loss."])
def test_a_network_in_words_is_not_answered_with_the_loss_alone(task: str) -> None:
    """Nothing says how W and x give the prediction: the loss with a free prediction is no answer."""
    [problem] = solve_sheet(Source("words.md", WORDS.format(task=task))).problems
    assert problem.status == "unsolved"
    assert "unused-values" in [d.code for d in problem.diagnostics]


def test_an_unused_learning_rate_is_no_obstacle() -> None:
    text = "$h = w x$, $w = 2$, $x = 3$, $\\eta = 0.1$. Perform the forward pass."
    [problem] = solve_sheet(Source("rate.md", text)).problems
    assert (problem.status, problem.answers[0].value) == ("solved", 6.0)


@pytest.mark.parametrize("space", [r"\quad", r"\enspace", r"\hskip 2em", r"\hspace{\fill}", r"\ \ \ "])
def test_what_space_parts_from_an_equation_is_said_to_be_left_over(space: str) -> None:
    (problem,) = solve_sheet(Source("sheet.md", rf"Let $w = 2$, $x = 3$ and $L = w^2 {space} x$. Compute $L$.")).problems
    assert "left-over" in [each.code for each in problem.diagnostics]
