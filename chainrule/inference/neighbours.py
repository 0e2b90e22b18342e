"""Ranks from what stands beside: rule 5 of `conventions.py`."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TypeGuard

from chainrule.inference.constrain import Typing, is_loss
from chainrule.inference.members import members
from chainrule.inference.ranks import MATRIX, ROW, SCALAR, VECTOR, Unknown
from chainrule.inference.resolved import Applied, Function, Indexed
from chainrule.inference.symbols import Symbol, is_capital, is_probability, letter
from chainrule.probability.quantities import QUANTITIES
from chainrule.syntax.tree import Bracket, Name, Product, Quotient, Sum, Superscript, Tree, walk

LINEAR = frozenset(("", "cdot", "@", "*", "times"))
NOT_SCALAR = frozenset((VECTOR, ROW, MATRIX))
"""Every rank of an array."""
TEMPERATURE = Name("T")
"""A number where logits are divided by it, or an entropy is multiplied."""
NORMALISATIONS = frozenset(("softmax", "log_softmax", "logsumexp"))


@cache
def of_probabilities() -> frozenset[Function]:
    """The operations that are quantities of vectors of probabilities."""
    return frozenset(quantity.operation for quantity in QUANTITIES if quantity.distributions > 1 or quantity.name == "entropy")


def products(trees: Iterable[Tree]) -> list[Product]:
    """The products of linear algebra."""
    return [tree for tree in trees if isinstance(tree, Product) and tree.operator in LINEAR]


def is_power(tree: Tree) -> TypeGuard[Superscript]:
    """`v^2`, but not the power entry by entry."""
    return isinstance(tree, Superscript) and tree.operator == "^"


def is_reduction(tree: Tree) -> TypeGuard[Applied]:
    """A function of whole arrays: sum, mean, norm, softmax."""
    return isinstance(tree, Applied) and not tree.function.elementwise and tree.of_vector is None


def summed_powers(tree: Applied) -> Iterator[Superscript]:
    """The powers of names among the terms of a sum that is summed entry by entry, `sum(1 + s - m^2 - exp(s))`."""
    terms = [term for argument in tree.arguments if isinstance(argument, Sum) for term in argument.terms]
    if tree.function.name in ("sum", "mean") and len(terms) > 1:
        yield from (term for term in terms if isinstance(term, Superscript) and isinstance(term.base, Symbol))


def fill_neighbours(typing: Typing) -> None:
    """Rule 5, as long as it decides something: what is decided in one place may decide the next."""
    changed = True
    while changed:
        changed = False
        for tree in typing.trees:
            if isinstance(tree, Product) and tree.operator in LINEAR | {"odot"}:
                changed |= _fill_product(typing, tree)
            elif isinstance(tree, Sum):
                changed |= _fill_sum(typing, tree)
            elif isinstance(tree, Quotient) and tree.operator == "./":
                changed |= _fill_entrywise(typing, typing.parts[id(tree.numerator)], typing.parts[id(tree.denominator)])
                changed |= _fill_names(typing, tree, (tree.numerator, tree.denominator))
            elif isinstance(tree, Applied) and is_loss(tree.function) and len(tree.arguments) > 1:
                changed |= _fill_entrywise(typing, typing.parts[id(tree.arguments[0])], typing.parts[id(tree.arguments[1])])
        changed |= fill_steps(typing)


def fill_steps(typing: Typing) -> bool:
    """`h_{t-1}` has the rank of `h_t`: what a quantity is at one step, it is at the next."""
    families: dict[tuple[Tree, Tree], list[Unknown]] = {}
    for name, unknown in typing.names.items():
        for member in members(name):
            if member.letter is not None:
                families.setdefault((member.family, member.letter), []).append(unknown)
    narrowed = [_fill_entrywise(typing, *pair) for family in families.values() for pair in pairwise(family)]
    return any(narrowed)


def _fill_product(typing: Typing, product: Product) -> bool:
    changed = False
    for left, right in zip(product.factors, product.factors[1:], strict=False):
        before, after = typing.parts[id(left)], typing.parts[id(right)]
        if product.operator == "odot":
            changed |= _fill_entrywise(typing, before, after)
            changed |= _fill_names(typing, product, (left, right))
        elif SCALAR not in before.kinds and before.kinds <= {MATRIX, ROW}:
            changed |= narrow(typing, after, NOT_SCALAR)
            if not (isinstance(right, Symbol) and is_capital(right.name)):
                changed |= narrow(typing, after, frozenset((VECTOR,)))
    return changed


def fill_mixtures(typing: Typing) -> None:
    r"""`H(m)` with `m = \frac12 (p + q)`: the letters of probabilities in what a quantity is of are vectors.

    Those in a list are its entries, and numbers: `m = [p, 1 - p]`.
    """
    quantities = [tree for tree in typing.trees if is_reduction(tree) and tree.function in of_probabilities()]
    for argument in [argument for tree in quantities for argument in tree.arguments]:
        body = typing.bodies.get(argument.name) if isinstance(argument, Symbol) else argument
        parts = () if body is None else tuple(walk(body))
        lists = [part for part in parts if isinstance(part, Bracket) and len(part.items) > 1]
        entries = {part.name for each in lists for part in walk(each) if isinstance(part, Symbol)}
        for name in [part.name for part in parts if isinstance(part, Symbol)]:
            if is_probability(name) and name not in entries:
                typing.ranks.attempt(typing.name(name), frozenset((VECTOR,)))


def fill_reduced(typing: Typing, defined: frozenset[Tree]) -> None:
    """`sum(y * log(p + eps))`: the names in what is summed are arrays, all of them, but for small Greek letters and eps.

    The m of `sum(1 + s - m^2 - exp(s))` is one, whatever its letter.
    """
    for tree in [tree for tree in typing.trees if is_reduction(tree)]:
        squared = {power.base.name for power in summed_powers(tree) if isinstance(power.base, Symbol)}
        for argument in tree.arguments:
            if typing.parts[id(argument)].kinds == frozenset((MATRIX,)):
                continue
            for name in _entrywise_names(_logits(tree, argument)):
                if name not in defined and (name in squared or not _is_parameter(name)):
                    typing.ranks.attempt(typing.name(name), frozenset((VECTOR,)))


def _logits(function: Applied, argument: Tree) -> Tree:
    """The z of `softmax(z / T)`: what all of them are divided by is a number."""
    if isinstance(argument, Quotient) and argument.operator != "./" and function.function.name in NORMALISATIONS:
        return argument.numerator
    return argument


def _entrywise_names(tree: Tree) -> Iterator[Tree]:
    """The names that an expression works on entry by entry."""
    match tree:
        case Symbol(name=name):
            yield name
        case Sum(terms=parts) | Product(operator="*" | "odot", factors=parts):
            for part in parts:
                yield from _entrywise_names(part)
        case Quotient(numerator=above, denominator=Symbol(name=name)) if name == TEMPERATURE:
            yield from _entrywise_names(above)
        case Quotient(numerator=above, denominator=below):
            yield from (*_entrywise_names(above), *_entrywise_names(below))
        case Superscript(base=base):
            yield from _entrywise_names(base)
        case Bracket(items=(item,)):
            yield from _entrywise_names(item)
        case Applied(function=function, arguments=parts) if function.elementwise:
            for part in parts:
                yield from _entrywise_names(part)
        case _:
            return


def _is_parameter(name: Tree) -> bool:
    """Whether a name is called like a number that is chosen: \\epsilon, \\lambda, eps."""
    base = letter(name)
    return isinstance(base, Name) and (base.text.startswith("\\") or base.text in ("eps", "epsilon"))


def _fill_names(typing: Typing, whole: Tree, sides: tuple[Tree, ...]) -> bool:
    """The names on the sides of an elementwise operation whose result is an array are arrays."""
    kinds = typing.parts[id(whole)].kinds
    if SCALAR in kinds:
        return False
    narrowed = [narrow(typing, typing.parts[id(side)], kinds) for side in sides if isinstance(side, Symbol)]
    return any(narrowed)


def _fill_entrywise(typing: Typing, left: Unknown, right: Unknown) -> bool:
    """Both sides of an elementwise operation have one shape."""
    changed = False
    for one, other in ((left, right), (right, left)):
        if SCALAR not in one.kinds:
            changed |= narrow(typing, other, one.kinds)
    return changed


def _fill_sum(typing: Typing, tree: Sum) -> bool:
    """A bias has the shape of what it is added to, or of the sum; the eps of programs is a number."""
    added = [term for term in tree.terms if not (isinstance(term, Symbol) and letter(term.name) == Name("eps"))]
    terms = [typing.parts[id(term)] for term in added]
    whole = typing.parts[id(tree)].kinds
    if SCALAR not in whole:
        # `\|y - \hat{y}\|`: what is added in an array is an array, but for numbers.
        names = [typing.parts[id(term)] for term in added if isinstance(term, Symbol | Indexed)]
        narrowed = [narrow(typing, name, whole) for name in names]
        if any(narrowed):
            return True
    everything = [*terms, typing.parts[id(tree)]]
    decided = [part.kinds for part in everything if len(part.kinds) == 1 and SCALAR not in part.kinds]
    narrowed = [narrow(typing, term, decided[0]) for term in terms] if decided else []
    return any(narrowed)


def narrow(typing: Typing, unknown: Unknown, kinds: frozenset[str]) -> bool:
    before = unknown.kinds
    return len(before) > 1 and not before <= kinds and typing.ranks.attempt(unknown, kinds) and unknown.kinds != before
