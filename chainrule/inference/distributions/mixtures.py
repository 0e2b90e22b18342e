r"""Mixtures of members of families: `0.3 \mathcal{N}(x; 0, 1) + 0.7 \mathcal{N}(x; 4, 2)`, `\frac12 (P + Q)`.

Of tables a mixture is a sum of vectors, and is read as any other formula. Of random variables it is none: X + Y is their sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from chainrule.inference.distributions.families import Instance, Member, instance_of, read_member
from chainrule.inference.distributions.labels import RANDOM
from chainrule.inference.symbols import could_be_name, key
from chainrule.probability.families.family import Family
from chainrule.probability.integration.mixtures import family_of_mixture
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Product, Quotient, Relation, Sum, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

ONE = Number(Fraction(1), "1")
EQUALS = frozenset({"=", ":=", "\\equiv", "\\triangleq", "\\coloneqq", "≡"})
SAYS = EQUALS | {"\\sim", "∼", "~"}


@dataclass(frozen=True)
class MixtureFormula:
    """The parts of a mixture, each with its weight."""

    parts: tuple[tuple[Tree, Instance], ...]

    def member(self, reader: Reader) -> Member:
        """The mixture as a member of the family of such mixtures. Raises what reading its parts does."""
        members = [read_member(reader, instance) for _, instance in self.parts]
        for member in members:
            if member.parametrisation.against is not None:
                raise member.parametrisation.against.fault()
        weights = tuple(reader.read(weight) for weight, _ in self.parts)
        parameters = (*weights, *(each for member in members for each in member.parameters))
        said = next((member.parametrisation for member in members if member.parametrisation.said), members[0].parametrisation)
        return Member(_family(tuple(member.family for member in members)), parameters, parametrisation=said)


@lru_cache(maxsize=256)
def _family(parts: tuple[Family, ...]) -> Family:
    return family_of_mixture(parts)


def mixture_of(tree: Tree, families: Mapping[Tree, Instance], letter: Tree | None = None) -> Instance | None:
    """The mixture that a sum is; None where a term of it is no member of a family with a weight, or there is one term alone.

    families: the names that are members of families, those with a table left out. letter: what the density is of, the x of
    `\\mathrm{Exp}(x; 2)`.
    """
    terms = [_weighed(term) for term in _terms(tree, ())]
    found: list[tuple[Tree, Instance]] = []
    for weight, rest in terms:
        instance = _instance(rest, families, letter)
        if instance is None:
            return None
        found.append((weight, instance))
    if len(found) < 2:
        return None
    return Instance(tree, "", (), (), (), braces=False, formula=MixtureFormula(tuple(found)))


def _terms(tree: Tree, weights: tuple[Tree, ...]) -> Iterator[tuple[tuple[Tree, ...], tuple[Tree, ...]]]:
    """The terms of a sum, each with the factors that stand before or below a bracket around it, and its own factors."""
    match tree:
        case Sum(signs=signs, terms=terms) if set(signs) == {1}:
            for term in terms:
                yield from _terms(term, weights)
        case Bracket(kind="(" | "[", items=(inside,)) if isinstance(inside, Sum):
            yield from _terms(inside, weights)
        case Quotient(numerator=above, denominator=below):
            yield from _terms(above, (*weights, Quotient(ONE, below, span=tree.span)))
        case Juxtaposition(items=(*before, Bracket(kind="(" | "[", items=(Sum(),)) as bracket)):
            yield from _terms(bracket, (*weights, *before))
        case Product(factors=(*before, last)):
            yield from _terms(last, (*weights, *before))
        case Juxtaposition(items=items):
            yield weights, items
        case _:
            yield weights, (tree,)


def _weighed(term: tuple[tuple[Tree, ...], tuple[Tree, ...]]) -> tuple[Tree, Tree]:
    """The weight and the distribution: the last factor, with its bracket."""
    weights, (*before, made) = term
    if before and isinstance(made, Bracket):
        *before, head = before
        made = Juxtaposition((head, made), span=head.span)
    factors = (*weights, *before)
    return (factors[0] if len(factors) == 1 else Juxtaposition(factors) if factors else ONE), made


def _instance(tree: Tree, families: Mapping[Tree, Instance], letter: Tree | None) -> Instance | None:
    name = tree
    match tree:
        case Juxtaposition(items=(head, Bracket(kind="(", items=(Name(),)))) if could_be_name(head):
            name = head
        case _:
            pass
    if could_be_name(name):
        return None if isinstance(name, Name) and name.text in RANDOM else families.get(key(name))
    found = instance_of(tree, plainly=True)
    marked = found is not None and letter is not None and found.places[:1] == (letter,)
    return replace(found, places=found.places[1:]) if found is not None and marked else found


def mixtures_among(statements: Sequence[Tree], families: Mapping[Tree, Instance]) -> tuple[list[Tree], dict[Tree, Instance]]:
    """The statements without those that say that a name is a mixture, and these names, with those made of them in turn."""
    known = dict(families)
    found: dict[Tree, Instance] = {}
    left = list(statements)
    while True:
        rest: list[Tree] = []
        for statement in left:
            named = _named(statement, known)
            if named is None:
                rest.append(statement)
            else:
                found[named[0]] = known[named[0]] = named[1]
        if len(rest) == len(left):
            return left, found
        left = rest


def _named(statement: Tree, known: Mapping[Tree, Instance]) -> tuple[Tree, Instance] | None:
    match statement:
        case Relation(operators=(operator,), sides=(head, body)) if operator in SAYS:
            pass
        case _:
            return None
    name, letter = head, None
    match head:
        case Juxtaposition(items=(base, Bracket(kind="(", items=(Name() as letter,)))) if could_be_name(base):
            name = base
        case _:
            pass
    variable = isinstance(name, Name) and name.text in RANDOM
    if not could_be_name(name) or (variable and operator in EQUALS) or not any(isinstance(part, Sum) for part in walk(body)):
        return None
    instance = mixture_of(body, known, letter)
    return None if instance is None else (key(name), instance)
