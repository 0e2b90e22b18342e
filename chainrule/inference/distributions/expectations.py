r"""Expectations under densities that a text gives by a formula: `\mathbb{E}[X^2]`, `\mathrm{Var}(X)` as integrals in numbers.

Each is an operation on the parameters of the density and on what else stands in the bracket.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import chainrule.probability.integration.densities as densities
from chainrule.errors import ShapeError
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation
from chainrule.graph.walk import substitute
from chainrule.inference.distributions.families import Member
from chainrule.inference.expression import read_resolved
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import Symbol, key
from chainrule.probability.families.family import Family
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Call, Font, Juxtaposition, Name, Tree, transform, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

LETTER = Name("value of a random variable")
VARIANCE, EXPECTATION = "variance under a density", "expectation under a density"
"""The names of operations whose value is an integral, which may be infinite."""


def expectation_of(reader: Reader, member: Member, inside: Tree, variable: Tree, span: Span | None, *, of_square: bool) -> Tree:
    """The expectation, or the variance, of a formula in a variable with that density. Raises ShapeError for one of arrays."""
    inner = replace(reader, defined={**reader.defined, LETTER: LETTER}, families={}, tables={})
    written = transform(inside, lambda part: LETTER if key(part) == variable else part)
    body = inner.read(written)
    names = tuple(dict.fromkeys(part.name for part in walk(body) if isinstance(part, Symbol) and part.name != LETTER))
    notation = _notation(inside, of_square=of_square)
    made = _operation(member.family, body, names, notation, of_square)
    return Applied(made, (*member.parameters, *(Symbol(name, span=span) for name in names)), span=span)


def _notation(inside: Tree, *, of_square: bool) -> Tree:
    if of_square:
        return Call(Name("var"), (inside,))
    return Juxtaposition((Font("mathbb", Name("E")), Bracket("[", (inside,))))


@lru_cache(maxsize=256)
def _operation(family: Family, body: Tree, names: tuple[Tree, ...], notation: Tree, of_square: bool) -> Operation:
    """The same one each time. Raises ShapeError for a formula of arrays."""
    x = build.variable(LETTER)
    others = [build.variable(f"name {k} in an expectation") for k in range(len(names))]
    node = read_resolved(body, {**dict(zip(names, others, strict=True)), LETTER: x})
    if node.shape:
        raise ShapeError("expectation-of-array", "the expectation of an array under a density is not computed", body.span)
    count = len(family.parameters)
    computed: Callable[..., float] = densities.variance if of_square else densities.expectation

    def value(_: Any, *arguments: Any) -> float:
        numbers = [float(argument.real) for argument in arguments]
        known: dict[Node, Node] = {
            other: build.constant(Fraction(number)) for other, number in zip(others, numbers[count:], strict=True)
        }
        return computed(family, tuple(numbers[:count]), substitute(node, known), x)

    def printed(*_: Tree) -> Tree:
        return notation

    arity = count + len(names)
    return Operation(
        name=VARIANCE if of_square else EXPECTATION,
        arguments=tuple(f"a{k}" for k in range(arity)),
        signature=f"{' '.join('.' * arity)} -> .".strip(),
        because="It is integrated.",
        value=value,
        tree=printed,
        made_by=(_operation, (family, body, names, notation, of_square)),
    )
