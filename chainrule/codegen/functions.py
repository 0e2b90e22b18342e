"""Value functions of operations as functions of generated code: the same text, with NumPy in the place of the array namespace.

A value function takes the namespace `xp` first. What it calls and the numbers it names come along. Those that records name take
anything that NumPy makes an array of, and warn of nothing.
"""

import ast
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from textwrap import dedent
from types import FunctionType
from typing import Any, cast

from chainrule.graph.operation import OPERATIONS, generated_name

NAMESPACE = "xp"


@cache
def functions_text(function: Callable[..., Any]) -> tuple[str, ...]:
    """The texts of a value function and of all that it calls, each after what it calls."""
    named = {each for operation in OPERATIONS.values() for each in operation.numpy_functions}
    found = dict.fromkeys(_callees(cast("FunctionType", function), ()))
    made = [_definition(each, quiet=each in named) for each in found]
    return tuple(f"\n{ast.unparse(ast.fix_missing_locations(each))}\n" for each in made)


def _callees(function: FunctionType, above: tuple[FunctionType, ...]) -> Iterator[FunctionType]:
    """The functions of the package below one, in the order in which they must be read; it comes last."""
    names = (node.id for node in ast.walk(_tree(function)) if isinstance(node, ast.Name))
    for name in dict.fromkeys(names):
        callee = function.__globals__.get(name)
        if isinstance(callee, FunctionType) and callee.__module__.startswith("chainrule.") and callee not in (function, *above):
            yield from _callees(callee, (function, *above))
    yield function


def _tree(function: FunctionType) -> ast.FunctionDef:
    (tree,) = ast.parse(dedent(inspect.getsource(function))).body
    assert isinstance(tree, ast.FunctionDef)
    return tree


def _definition(function: FunctionType, *, quiet: bool) -> ast.FunctionDef:
    made = cast("ast.FunctionDef", _InNumPy(function).visit(_tree(function)))
    names = [argument.arg for argument in made.args.args if argument.arg != NAMESPACE]
    made.name, made.returns = generated_name(function), None
    made.args.args = [ast.arg(name) for name in names]
    if made.args.vararg is not None:
        made.args.vararg = ast.arg(made.args.vararg.arg)
    if quiet:
        said = made.body[:1] if ast.get_docstring(made) else []
        silence = ast.parse('with np.errstate(all="ignore"): pass').body[0]
        assert isinstance(silence, ast.With)
        silence.body = made.body[len(said) :]
        arrays = [ast.parse(f"{name} = np.asarray({name}, dtype=float)").body[0] for name in names]
        made.body = [*said, *arrays, silence]
    return made


class _InNumPy(ast.NodeTransformer):
    """Names as generated code has them: NumPy, the functions of the package, and numbers in the place of their names."""

    def __init__(self, function: FunctionType):
        self.known = function.__globals__

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id == NAMESPACE:
            return ast.Name("np", node.ctx)
        value = self.known.get(node.id)
        if isinstance(value, FunctionType) and value.__module__.startswith("chainrule."):
            return ast.Name(generated_name(value), node.ctx)
        is_number = isinstance(value, int | float | tuple)
        return ast.parse(repr(cast("object", value)), mode="eval").body if is_number else node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        node.args = [a for a in node.args if not (isinstance(a, ast.Name) and a.id == NAMESPACE)]
        self.generic_visit(node)
        return node
