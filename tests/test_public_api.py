"""The Python surface: its names, that importing it costs nothing, its errors, and that results cannot be changed."""

import inspect
import subprocess
import sys
import typing
from dataclasses import FrozenInstanceError
from pathlib import Path

import numpy as np
import pytest

import chainrule as cr
from chainrule.errors import ChainruleError, VerificationError

NAMES = ["ChainruleError", "Derivative", "Measures", "Net", "Run", "info", "ops", "parse", "solve", "trace"]
NET = cr.parse(
    "h = tanh(W x + b); L = h^T h / 2",
    shapes={"W": ("m", "n"), "x": ("n",), "b": ("m",)},
    values={"W": [[1, 2, -1], [0, 0.5, 1]], "b": [0.1, -0.2]},
)


def in_a_new_process(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_the_names_are_exactly_these() -> None:
    assert cr.__all__ == NAMES
    assert [name for name in dir(cr) if not name.startswith("_")] == NAMES
    with pytest.raises(AttributeError, match="no attribute 'gradient'"):
        cr.gradient  # noqa: B018


def test_importing_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import chainrule; print(*(set(sys.modules) - before))"
    loaded = {name.split(".")[0] for name in in_a_new_process(code).split()}
    assert "chainrule" in loaded
    assert loaded.isdisjoint({"numpy", "click", "rich", "typst", "graphlay", "markdown_it", "mdit_py_plugins"})


def test_parsing_and_differentiating_load_no_page_and_no_picture() -> None:
    code = "import sys, chainrule as cr; cr.parse('f = x^2').derivative('f', 'x').latex; print(*sys.modules)"
    loaded = {name.split(".")[0] for name in in_a_new_process(code).split()}
    assert loaded.isdisjoint({"click", "rich", "typst", "graphlay", "markdown_it", "jax"})


def test_the_version_is_that_of_the_package() -> None:
    assert cr.__version__ == "0.1.0"


def public_callables() -> list[tuple[str, typing.Any]]:
    found = [(name, getattr(cr, name)) for name in NAMES if name != "ops"]
    for name, each in list(found):
        if inspect.isclass(each):
            members = [(k, v) for k, v in vars(each).items() if not k.startswith("_")]
            found += [(f"{name}.{k}", getattr(v, "fget", None) or getattr(v, "func", v)) for k, v in members]
    return [(name, each) for name, each in found if callable(each)]


@pytest.mark.parametrize(("name", "each"), public_callables())
def test_every_public_callable_is_annotated_and_explained(name: str, each: typing.Any) -> None:
    assert (inspect.getdoc(each) or "").strip(), name
    if inspect.isclass(each):
        return
    signature = inspect.signature(each)
    assert signature.return_annotation is not inspect.Signature.empty
    parameters = [p for p in signature.parameters.values() if p.name not in ("self", "cls")]
    assert all(p.annotation is not inspect.Parameter.empty for p in parameters)


def test_a_derivative_has_everything_the_contract_names() -> None:
    """dL/dW = (h * (1 - h^2)) x^T."""
    d = NET.derivative("L", wrt="W")
    assert d.latex == "(h \\odot \\tanh'(z^{(1)})) x^\\top"
    assert d.text
    assert d.forms is not None
    assert d.forms.backprop.latex == "\\delta^{(1)} x^\\top"
    assert [w.symbol.latex for w in d.where] == ["z^{(1)}", "\\delta^{(1)}"]
    assert d.needs == ("x",)
    assert d.value is None
    assert d.shape == (2, 3)
    assert d.check is not None
    assert d.check.max_rel_err < 1e-12
    assert d.steps[-1].after.latex == d.latex
    space: dict[str, typing.Any] = {}
    exec(d.code("numpy"), space)
    x = np.array([0.3, -0.4, 0.9])
    w, b = np.array([[1, 2, -1], [0, 0.5, 1]]), np.array([0.1, -0.2])
    h = np.tanh(w @ x + b)
    expected = np.outer(h * (1 - h * h), x)
    np.testing.assert_allclose(space["derivative"](x), expected, rtol=1e-12)
    run = NET.at({"x": x})
    np.testing.assert_allclose(run["h"], h, rtol=1e-14)
    np.testing.assert_allclose(run.gradient("L", "W"), expected, rtol=1e-12)
    assert run.check("L", "W").max_rel_err < 1e-12
    assert run.check("L", "W").at_given


def test_symbols_are_accepted_in_any_spelling() -> None:
    net = cr.parse("\\hat{y} = W^{(1)} x", shapes={"W^(1)": ("m", "n")}, values={"x": [1, 2]})
    assert net.derivative("y_hat", "W^(1)").shape == net.derivative("\\hat{y}", "W^{(1)}").shape == ("m", "m", 2)


def test_a_jacobian_has_output_dimensions_first() -> None:
    assert NET.jacobian("h", "x").shape == (2, 3)
    assert NET.jacobian("h", "W").shape == (2, 2, 3)


def test_a_hessian_and_a_mixed_second_derivative() -> None:
    net = cr.parse("f = x^2 y + exp(x y)", values={"x": 0.5, "y": 2})
    e = np.e
    assert net.hessian("f", "x").value == pytest.approx(2 * 2 + 4 * e)
    assert net.derivative("f", ("x", "y")).value == pytest.approx(2 * 0.5 + (1 + 1) * e)
    assert net.derivative("f", ("x", "y")).shape == ()


def test_a_derivative_by_a_part_along_a_direction_and_in_a_layout() -> None:
    """L = |tanh(W x + b)|^2 / 2: the gradient by b is h (1 - h^2), by a column of W that times an entry of x."""
    x = np.array([0.3, -0.4, 0.9])
    w, b = np.array([[1, 2, -1], [0, 0.5, 1]]), np.array([0.1, -0.2])
    h = np.tanh(w @ x + b)
    slope = h * (1 - h * h)
    column = NET.derivative("L", "W_{*,j}")
    assert column.needs == ("x", "j")
    np.testing.assert_allclose(column.at({"x": x, "j": 3}), slope * 0.9, rtol=1e-12)
    v = np.array([2.0, -1.0])
    np.testing.assert_allclose(NET.directional("L", "b", "v").at({"x": x, "v": v}), slope @ v, rtol=1e-12)
    curvature = (1 - h * h) ** 2 - 2 * h * h * (1 - h * h)
    np.testing.assert_allclose(NET.hvp("L", "b", "v").at({"x": x, "v": v}), curvature * v, rtol=1e-12)
    np.testing.assert_allclose(NET.hessian("L", "b").solve(curvature * v, {"x": x}), v, rtol=1e-12)
    row = NET.derivative("L", "b", layout="numerator")
    assert (row.layout, row.latex) == ("numerator", "(h \\odot \\tanh'(z^{(1)}))^\\top")
    [[matrix]] = NET.jacobian("h", "b").factors
    assert matrix.latex.startswith("\\operatorname{diag}(\\tanh'(")


def test_a_declared_list_is_given_as_a_whole() -> None:
    net = cr.parse("x = [x_1, x_2]; f = x_1^2 x_2 + x^T x")
    run = net.at({"x": [3, 2]})
    assert run["f"] == 18 + 13
    np.testing.assert_allclose(run.gradient("f", "x"), [12 + 6, 9 + 4])
    assert run.check("f", "x").max_rel_err < 1e-13
    with pytest.raises(ChainruleError, match="shape"):
        net.at({"x": [1, 2, 3]})


def test_a_missing_number_stays_a_symbol() -> None:
    net = cr.parse("f = a x^2", values={"x": 3})
    assert (net.derivative("f", "a").value, net.derivative("f", "a").needs) == (9, ())
    assert (net.derivative("f", "x").value, net.derivative("f", "x").needs) == (None, ("a",))
    with pytest.raises(ChainruleError) as error:
        net.at({})["f"]
    assert error.value.code == "missing-value"


def test_values_may_be_arrays_and_tuples() -> None:
    net = cr.parse("f = x^T A x", values={"A": np.eye(2), "x": (1.0, 2.0)})
    assert net.derivative("f", "x").value == [2.0, 4.0]


def test_a_traced_function() -> None:
    def loss(w, x, t):
        return (cr.ops.sigmoid(w @ x) - t) ** 2

    net = cr.trace(loss, shapes={"w": (3,), "x": (3,)})
    w, x, t = np.array([0.1, -0.2, 0.3]), np.array([1.0, 2.0, 0.5]), 1.0
    s = 1 / (1 + np.exp(-(w @ x)))
    run = net.at({"w": w, "x": x, "t": t})
    assert run["loss"] == pytest.approx((s - t) ** 2)
    np.testing.assert_allclose(run.gradient("loss", "w"), 2 * (s - t) * s * (1 - s) * x, rtol=1e-13)
    assert net.derivative("loss", "t").latex
    with pytest.raises(ChainruleError, match="one traced value"):
        cr.trace(lambda x: 3)
    with pytest.raises(ChainruleError, match="no parameter y"):
        cr.trace(lambda x: x, shapes={"y": (2,)})
    with pytest.raises(AttributeError, match="no operation sigmod"):
        cr.ops.sigmod  # noqa: B018


def test_a_picture(tmp_path: Path) -> None:
    drawing = NET.graph("A layer")
    assert drawing.svg.startswith("<svg")
    assert drawing._repr_svg_() == drawing.svg
    drawing.save(tmp_path / "layer.svg")
    assert (tmp_path / "layer.svg").read_text(encoding="utf-8") == drawing.svg


def test_how_results_show_themselves() -> None:
    derivative = cr.parse("f = 3 x^2").derivative("f", "x")
    assert repr(derivative) == "∂f/∂x = 6 x" or repr(derivative) == "df/dx = 6 x"
    assert derivative._repr_latex_() == "$$\\frac{\\partial f}{\\partial x} = 6 x$$"


def test_a_sheet_is_solved_and_saved(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.md"
    sheet.write_text("Let $f = a x^2$. Compute $\\frac{\\partial f}{\\partial x}$ for $x = 3$.\n", encoding="utf-8")
    solved = cr.solve(sheet, at={"a": "2"})
    [problem] = solved.solution.problems
    assert problem.answers[0].value == 12
    solved.save(tmp_path / "solution.md")
    assert "2 a x" in (tmp_path / "solution.md").read_text(encoding="utf-8")


ERRORS = [
    pytest.param(lambda: cr.parse("f = x +"), True, id="unfinished formula"),
    pytest.param(lambda: cr.parse("f = frobnicate(x)"), True, id="unknown word"),
    pytest.param(lambda: cr.parse("f = x^2").derivative("f", "y"), True, id="unknown variable"),
    pytest.param(lambda: cr.parse("f = x^2").derivative("g", "x"), True, id="unknown target"),
    pytest.param(lambda: cr.parse("f = x^2").derivative("x", "x"), False, id="an input as target"),
    pytest.param(lambda: cr.parse("f = x^2").derivative("f", "x + 1"), True, id="no name"),
    pytest.param(lambda: cr.parse("f = x^2").derivative("f", ["x"] * 7).latex, False, id="seventh order"),
    pytest.param(lambda: cr.parse("f = A x + y", shapes={"A": (2, 3), "x": (3,), "y": (4,)}), True, id="shapes"),
    pytest.param(lambda: cr.parse("f = x^2").derivative("f", "x").code("fortran"), False, id="unknown target of code"),
    pytest.param(lambda: cr.solve("there/is/no/such/sheet.md"), False, id="no file"),
    pytest.param(lambda: cr.parse("f = x^2").at({"x": [1, 2]})["f"], False, id="value of another shape"),
    pytest.param(lambda: cr.parse("f = A x", shapes={"A": (2, 3)}, values={"x": [1, 2]}), False, id="values against shapes"),
    pytest.param(lambda: cr.parse("f = x", values={"x": "three"}), True, id="value that is no number"),
]


@pytest.mark.parametrize(("act", "has_place"), ERRORS)
def test_errors_carry_place_code_message_and_hint(act: typing.Callable[[], object], has_place: bool) -> None:
    with pytest.raises(cr.ChainruleError) as raised:
        act()
    error = raised.value
    assert error.code
    assert error.code == error.code.lower()
    assert " " not in error.code
    assert error.message
    assert error.message in str(error)
    assert error.hint is None or error.hint in str(error)
    assert (error.span is not None) == has_place
    if error.span is not None:
        assert f":{error.span.line}:{error.span.column}: " in str(error)


def test_results_cannot_be_changed() -> None:
    derivative = NET.derivative("L", "W")
    for name in ("latex", "value", "forms", "shape", "needs"):
        with pytest.raises((AttributeError, FrozenInstanceError)):
            setattr(derivative, name, "else")
    with pytest.raises((AttributeError, FrozenInstanceError)):
        derivative.forms.closed = "else"  # type: ignore[misc,union-attr]
    with pytest.raises((AttributeError, FrozenInstanceError)):
        NET.equations[0].latex = "else"  # type: ignore[misc]
    with pytest.raises((AttributeError, FrozenInstanceError)):
        derivative.node = None  # type: ignore[misc,assignment]


def test_changing_what_was_given_changes_nothing() -> None:
    values = {"x": np.array([1.0, 2.0])}
    net = cr.parse("f = x^T x")
    run = net.at(values)
    values["x"] = np.array([9.0, 9.0])
    assert run["f"] == 5.0
    kept = {"x": np.array([1.0, 2.0])}
    other = net.at(kept)
    kept["x"][0] = 7.0
    assert other["f"] == 5.0
    other["x"][0] = 7.0
    assert other["f"] == 5.0


def test_networks_and_runs_cannot_be_changed() -> None:
    run = NET.at({"x": [0.0, 0.0, 0.0]})
    for result in (NET, run, NET.graph()):
        for name in ("svg", "diagnostics", "anything"):
            with pytest.raises((AttributeError, FrozenInstanceError)):
                setattr(result, name, None)


def test_a_text_is_found_without_the_steps() -> None:
    """What explains is neither made nor loaded until it is asked for."""
    code = """
import sys
import chainrule as cr
d = cr.parse("f = x' A x").derivative("f", "x")
print(d.text)
print(*(name for name in sys.modules if name.startswith(("chainrule.explanation", "chainrule.sheets", "chainrule.drawing"))))
print(len(d.steps) > 1, d.check.max_rel_err < 1e-9)
"""
    assert in_a_new_process(code).splitlines() == ["(A + A^T) x", "", "True True"]


def test_no_text_of_a_wrong_derivative_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked for first, the value is compared with a numeric derivative before."""
    from chainrule.solving import derivatives
    from chainrule.verification.derivative import Checked

    monkeypatch.setattr(derivatives, "check_derivative", lambda *_: Checked("complex step", 0.5, False))
    for name in ("latex", "text", "forms", "where", "steps", "conventions", "check"):
        with pytest.raises(ChainruleError, match="differs from the numeric one"):
            getattr(NET.derivative("L", "x"), name)


def test_a_derivative_that_is_not_verified_shows_no_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    derivative = cr.parse("f = x^2").derivative("f", "x")
    assert repr(derivative) == "df/dx = 2 x"
    derivative = cr.parse("f = x^3").derivative("f", "x")

    def refuse(*_: object) -> None:
        raise VerificationError("unverified", "it reads back with other values")

    monkeypatch.setattr("chainrule.verification.gate.Gate.show", refuse)
    assert repr(derivative) == "<derivative df/dx>"
