"""Answers that rest on declared facts cite them; what does not need a fact does not. Expected forms are by hand."""

import pytest

import chainrule as cr
from chainrule.solving.answer import Answer


def derivative(text: str, facts: list[str], of: str, *by: str, **more: object) -> "cr.Derivative":
    return cr.parse(text, facts=facts, **more).derivative(of, by)


def declared(found: "cr.Derivative") -> list[tuple[str, str, str]]:
    return [(step.before.text, step.after.text, step.because) for step in found.steps if step.rule == "declared"]


@pytest.mark.parametrize(
    ("text", "facts", "by", "closed", "uses"),
    [
        ("f = x' A x", ["A symmetric"], "x", "2 A x", ["A is symmetric"]),
        ("f = x' A x", ["A positive definite"], "x", "2 A x", ["A is symmetric positive definite"]),
        ("f = x' A x", ["A symmetric"], "A", "x x^T", []),
        ("f = norm2(W x)^2", ["W orthogonal"], "x", "2 x", ["W is orthogonal"]),
        ("f = log(det(X))", ["X ≻ 0"], "X", "X^(-1)", ["X is symmetric positive definite"]),
        ("f = log(det(X))", [], "X", "X^(-T)", []),
        ("f = -sum(t .* log(softmax(z)))", ["sum(t) = 1"], "z", "softmax(z) - t", ["t sums to one"]),
        ("f = tr(A B' X)", ["A symmetric", "B symmetric"], "X", "B A", ["A is symmetric"]),
        ("f = x' A x + x' B x", ["A, B symmetric"], "x", "2 (A + B) x", ["A is symmetric", "B is symmetric"]),
    ],
)
def test_the_closed_form_and_what_it_uses(text: str, facts: list[str], by: str, closed: str, uses: list[str]) -> None:
    found = derivative(text, facts, "f", by)
    assert found.forms is not None
    assert found.forms.closed.text == closed
    assert [said.removeprefix("uses: ") for said in found.conventions if said.startswith("uses: ")] == uses
    assert [because for _, _, because in declared(found)] == [f"{each}, as declared." for each in uses]


def test_the_step_is_the_equation_that_the_fact_is() -> None:
    assert declared(derivative("f = x' A x", ["A symmetric"], "f", "x"))[0][:2] == ("A^T", "A")
    assert declared(derivative("f = norm2(W x)^2", ["W orthogonal"], "f", "x"))[0][:2] == ("W^T W", "I")
    assert declared(derivative("f = -sum(t .* log(softmax(z)))", ["sum(t) = 1"], "f", "z"))[0][1] == "1"


def test_differentiation_is_unconstrained() -> None:
    """By x, then by A: of (A + A^T) x, not of 2 A x. The sum of squares is differentiated before it is one."""
    shapes = {"x": ("2",), "A": ("2", "2"), "u": ("2",)}
    values = {"x": [1.0, 3.0], "A": [[1.0, 2.0], [2.0, 5.0]]}
    found = derivative("f = x' A x", ["A symmetric"], "f", "x", "A", shapes=shapes, values=values)
    # d/dA_kl of sum_j (A_ij + A_ji) x_j is delta_ik x_l + delta_il x_k
    x = [1.0, 3.0]
    expected = [[[(i == k) * x[m] + (i == m) * x[k] for m in range(2)] for k in range(2)] for i in range(2)]
    assert found.value == expected
    unit = derivative("f = u' u", ["norm(u) = 1"], "f", "u", shapes=shapes)
    assert unit.forms is not None
    assert unit.forms.closed.text == "2 u"


def test_the_hessian_uses_the_fact() -> None:
    found = derivative("f = x' A x", ["A symmetric"], "f", "x", "x")
    assert found.text == "2 A"
    assert "uses: A is symmetric" in found.conventions


def test_a_fault_is_raised() -> None:
    with pytest.raises(cr.ChainruleError) as caught:
        cr.parse("f = x' A x", facts=["A symmetric"], values={"A": [[1, 2], [3, 4]]})
    assert caught.value.code == "fact-contradicted"
    with pytest.raises(cr.ChainruleError) as caught:
        cr.parse("f = x' A x", facts=["A blue"])
    assert caught.value.code == "not-a-fact"


def test_a_later_value_that_contradicts_is_refused() -> None:
    net = cr.parse("f = x' A x", facts=["A symmetric"])
    found = net.derivative("f", "x")
    assert found.at({"A": [[1, 2], [2, 4]], "x": [1, 1]}).tolist() == [6.0, 12.0]
    for at in (found.at, net.at):
        with pytest.raises(cr.ChainruleError) as caught:
            at({"A": [[1, 2], [3, 4]], "x": [1, 1]})
        assert caught.value.code == "fact-contradicted"


def test_a_sheet_in_which_the_equation_declares_is_solved() -> None:
    from chainrule.pipeline import solve_sheet
    from chainrule.source import Source

    text = "Let $f = x^\\top A x$ with $A = A^\\top$. Compute $\\frac{\\partial f}{\\partial x}$."
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    assert problem.status == "solved"
    (answer,) = problem.answers
    assert answer.forms is not None
    assert answer.forms.closed.text == "2 A x"
    assert "uses: A is symmetric" in answer.conventions


def test_what_the_preamble_says_holds_where_the_name_is_used() -> None:
    from chainrule.pipeline import solve_sheet
    from chainrule.source import Source

    task = "Compute $\\frac{\\partial f}{\\partial x}$."
    text = f"$A$ is symmetric.\n\n## Problem 1\n$f = x^\\top A x$. {task}\n\n## Problem 2\n$f = x^\\top B x$. {task}\n"
    first, second = solve_sheet(Source("sheet.md", text)).problems
    assert [a.forms.closed.text for a in (*first.answers, *second.answers) if a.forms] == ["2 A x", "(B + B^T) x"]
    assert [d.code for d in second.diagnostics if d.severity != "note"] == []


@pytest.mark.parametrize(
    ("loss", "because"),
    [
        (r"$L = H(y, \mathrm{softmax}(z))$", "as its value does"),
        (r"$L = -\sum_i y_i \log \mathrm{softmax}(z)_i$", "as its value does"),
        (r"$\sum_i y_i = 1$. $L = -\sum_i y_i \log \mathrm{softmax}(z)_i$", "as declared"),
    ],
)
def test_a_fact_that_only_a_value_has_is_said_to_be_so(loss: str, because: str) -> None:
    """The program keeps the label as a parameter; its docstring says what the formula was simplified by."""
    answer = answer_of(f"$y = (1, 0)$, $z \\in R^2$. {loss}. Find $dL/dz$.")
    assert answer.formula.text == "softmax(z) - y"
    assert [step.because for step in answer.steps if step.rule == "declared"] == [f"y sums to one, {because}."]
    assert "uses: y sums to one" in answer.conventions
    assert answer.code is not None
    assert '"""z: (2), y: (2) -> (2); y sums to one."""' in answer.code.numpy


def test_that_a_value_sums_to_one_is_no_fact_of_a_name_that_is_no_distribution() -> None:
    """d/dw of sum(x) w is sum(x), which is not 1 for other x."""
    answer = answer_of("$x = (0.25, 0.75)$. $L = \\sum_i x_i w$. Find $dL/dw$.")
    assert answer.formula.text == "𝟏^T x"
    assert [step for step in answer.steps if step.rule == "declared"] == []


def answer_of(text: str) -> Answer:
    from chainrule.pipeline import solve_sheet
    from chainrule.source import Source

    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    (answer,) = problem.answers
    return answer
