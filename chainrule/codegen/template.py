"""The NumPy text of an operation's record, read once for each way its arguments bind, without needless parentheses."""

import ast
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from chainrule.codegen.expression import Expression, Precedence
from chainrule.graph.operation import Operation

# What stands for an argument while the text is read: something that binds as tightly as the argument will.
STAND_INS = {
    Precedence.SUM: "ARGUMENT{0} + ARGUMENT{0}",
    Precedence.MATMUL: "ARGUMENT{0} @ ARGUMENT{0}",
    Precedence.PRODUCT: "ARGUMENT{0} * ARGUMENT{0}",
    Precedence.SIGN: "-ARGUMENT{0}",
    Precedence.ATOM: "ARGUMENT{0}",
}
BINARY: dict[type[ast.operator], Precedence] = {
    ast.Add: Precedence.SUM,
    ast.Sub: Precedence.SUM,
    ast.MatMult: Precedence.MATMUL,
    ast.Mult: Precedence.PRODUCT,
    ast.Div: Precedence.PRODUCT,
}
ATOMS = (ast.Call, ast.Name, ast.Attribute, ast.Subscript, ast.Constant)


@dataclass(frozen=True)
class Template:
    """`pieces`: text, argument number, text, argument number, ..., text. `uses`: how often each argument stands in it."""

    pieces: tuple[str | int, ...]
    precedence: Precedence
    uses: tuple[int, ...]
    denominator: "Template | None" = None
    inverted: "Template | None" = None

    def filled(self, arguments: Sequence[Expression], axes: tuple[int, ...]) -> Expression:
        text = "".join(arguments[piece].text if isinstance(piece, int) else piece for piece in self.pieces)
        if self.precedence is Precedence.LOOSE:
            return Expression(f"({text})", Precedence.ATOM, axes)
        below = self.denominator.filled(arguments, axes) if self.denominator else None
        matrix = self.inverted.filled(arguments, axes) if self.inverted else None
        return Expression(text, self.precedence, axes, below, matrix)


def template(operation: Operation, arguments: Sequence[Expression]) -> Template:
    """The record's text for arguments that bind as these do; a number is seen by the record, as x^2 is not x^y."""
    return _template(operation, tuple(a.text if _is_number(a.text) else a.precedence for a in arguments))


@lru_cache(maxsize=4096)
def _template(operation: Operation, kinds: tuple[str | Precedence, ...]) -> Template:
    stand_ins = [kind if isinstance(kind, str) else STAND_INS[kind].format(k) for k, kind in enumerate(kinds)]
    rule = cast("Callable[..., str]", operation.numpy)
    body = ast.parse(rule(*stand_ins), mode="eval").body
    found = [None if isinstance(kind, str) else stand_in for kind, stand_in in zip(kinds, stand_ins, strict=True)]
    return _read(body, found)


def _read(body: ast.expr, stand_ins: Sequence[str | None]) -> Template:
    text = ast.unparse(body)
    marks = {mark: k for k, mark in enumerate(stand_ins) if mark is not None}
    split = re.split("(" + "|".join(map(re.escape, marks)) + ")", text) if marks else [text]
    pieces = tuple(marks.get(piece, piece) for piece in split)
    uses = tuple(pieces.count(k) for k in range(len(stand_ins)))
    return Template(pieces, _precedence(body), uses, _denominator(body, stand_ins), _inverted(body, stand_ins))


def _denominator(body: ast.expr, stand_ins: Sequence[str | None]) -> Template | None:
    match body:
        case ast.BinOp(left=ast.Constant(value=1.0), op=ast.Div(), right=right):
            return _read(right, stand_ins)
        case _:
            return None


def _inverted(body: ast.expr, stand_ins: Sequence[str | None]) -> Template | None:
    match body:
        case ast.Call(func=function, args=[matrix]) if ast.unparse(function) == "np.linalg.inv":
            return _read(matrix, stand_ins)
        case _:
            return None


def _precedence(body: ast.expr) -> Precedence:
    match body:
        case ast.BinOp(op=operator):
            return BINARY.get(type(operator), Precedence.LOOSE)
        case ast.UnaryOp(op=ast.USub()):
            return Precedence.SIGN
        case _:
            return Precedence.ATOM if isinstance(body, ATOMS) else Precedence.LOOSE


def _is_number(text: str) -> bool:
    return text.lstrip("-")[:1].isdigit() and not text.strip("-0123456789. /e")
