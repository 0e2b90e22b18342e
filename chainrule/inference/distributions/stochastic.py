r"""What statements say of random variables: that they are independent, `X \perp Y`, or functions, `Z = X \oplus Y`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import prod
from operator import eq, ge, gt, le, lt, ne

from chainrule.inference.distributions.labels import RANDOM, table_head, variables_below
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, is_conditional, is_probability, key
from chainrule.syntax.tree import (
    Bracket,
    Call,
    CasesTree,
    Font,
    Juxtaposition,
    Name,
    Number,
    Product,
    Quotient,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    children,
    walk,
)

Group = frozenset[Tree]
SMALL = 1000
EXTREMES: Mapping[str, Callable[[list[Fraction]], Fraction]] = {"max": max, "min": min}
COMPARED: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "=": eq, "\\ne": ne, "<": lt, ">": gt, "\\le": le, "\\ge": ge,
}  # fmt: skip
PLAIN = frozenset({"", "\\cdot", "\\times", "*", "·", "×"})


@dataclass(frozen=True)
class Dependence:
    """independent: groups of variables, those of one tuple being independent of each other. functions: what variables are
    computed from.
    """

    independent: tuple[tuple[Group, ...], ...] = ()
    functions: tuple[tuple[Tree, Tree], ...] = ()

    @property
    def variables(self) -> Group:
        """Every variable that something is said of."""
        parted = (variable for groups in self.independent for group in groups for variable in group)
        return frozenset((*parted, *(name for name, _ in self.functions)))


NOTHING_SAID = Dependence()


def without_dependence(statements: Sequence[Tree], drawn: Group) -> tuple[list[Tree], Dependence]:
    """The statements without those that say how random variables depend on each other. drawn: variables with a family."""
    kept: list[Tree] = []
    independent: list[tuple[Group, ...]] = []
    for statement in statements:
        groups = independent_groups(statement)
        if groups is None:
            kept.append(statement)
        else:
            independent.append(groups)
    random = frozenset((*drawn, *(v for groups in independent for group in groups for v in group), *_of_heads(kept)))
    defined = {key(s.sides[0]) for s in kept if isinstance(s, Relation) and s.operators[:1] == ("=",)}
    functions: dict[Tree, Tree] = {}
    measured = frozenset(name for statement in kept for name in _measured(statement))
    used = {id(statement): _computed_with(statement) for statement in kept}
    for statement in kept:
        match statement:
            case Relation(operators=("=",), sides=(name, body)) if is_random(name) or name in measured:
                inside = frozenset(part for part in names_in(body) if not _is_word(part, body)) - _signs(body)
                elsewhere = any(name in names for at, names in used.items() if at != id(statement))
                plain = inside & defined - functions.keys()
                if inside and inside <= random | functions.keys() and not elsewhere and not plain:
                    functions[name] = body
            case _:
                pass
    left = [s for s in kept if not (isinstance(s, Relation) and functions.get(s.sides[0]) is s.sides[-1])]
    return left, Dependence(tuple(independent), tuple(functions.items()))


def _measured(statement: Tree) -> Iterator[Tree]:
    """The capital letters whose entropy or information is written, the M of `H(M)` and `I(X; M)`: only variables have those."""
    for part in walk(statement):
        match part:
            case Juxtaposition(items=(Name(text="H" | "I"), Bracket(items=items))):
                yield from (item for item in items if isinstance(item, Name) and len(item.text) == 1 and item.text.isupper())
            case _:
                pass


def independent_groups(statement: Tree) -> tuple[Group, ...] | None:
    r"""The groups of `X \perp Y` and `p(x, y) = p(x) p(y)`."""
    match statement:
        case Relation(operators=operators, sides=sides) if set(operators) == {"\\perp"}:
            groups = tuple(_group(side) for side in sides)
            return None if any(not group for group in groups) else groups
        case Relation(operators=("=",), sides=(head, Juxtaposition() | Product() as body)):
            whole, factors = _heads_in(head), _heads_in(body)
            parts = frozenset(variable for factor in factors for variable in factor)
            split = len(whole) == 1 and len(factors) > 1 and len(parts) == sum(map(len, factors))
            return tuple(map(frozenset, factors)) if split and frozenset(whole[0]) == parts else None
        case _:
            return None


def _group(side: Tree) -> Group:
    """The variables of one side: X, or those of `(X, Y)`."""
    items = side.items if isinstance(side, Bracket) and side.kind == "(" else (side,)
    return frozenset(map(key, items)) if all(map(is_random, items)) else frozenset()


def _heads_in(tree: Tree) -> list[tuple[Tree, ...]]:
    """The variables of every factor where all are heads of probabilities, `p(x) p(y)`, `P_X P_Y`; else none."""
    factors = tree.factors if isinstance(tree, Product) and tree.operator in PLAIN else (tree,)
    items = [item for factor in factors for item in (factor.items if isinstance(factor, Juxtaposition) else (factor,))]
    found: list[tuple[Tree, ...]] = []
    at = 0
    while at < len(items):
        end = at + 2 if at + 1 < len(items) and isinstance(items[at + 1], Bracket) else at + 1
        variables = _variables_of(Juxtaposition(tuple(items[at:end])) if end > at + 1 else items[at])
        if not variables:
            return []
        found.append(variables)
        at = end
    return found


def _variables_of(head: Tree) -> tuple[Tree, ...]:
    """The variables of `p(x, y)`, `P_X`; none of a conditional one or of anything else."""
    letter = head.items[0] if isinstance(head, Juxtaposition) else head
    named = table_head(head) if is_probability(letter) and not is_conditional(head) else None
    variables = named[1] if named is not None else ()
    return variables if all(map(is_random, variables)) else ()


def _of_heads(statements: Sequence[Tree]) -> Iterator[Tree]:
    """The variables of every distribution that an equation speaks of."""
    for statement in statements:
        if isinstance(statement, Relation) and statement.operators[:1] == ("=",):
            yield from _variables_of(statement.sides[0])
            yield from variables_below(statement.sides[0])


def is_random(tree: Tree) -> bool:
    """Whether a name has the letter of a random variable, `X`, `X_1`."""
    base = tree.base if isinstance(tree, Subscript) and could_be_name(tree) else tree
    return isinstance(base, Name) and base.text in RANDOM


def names_in(tree: Tree) -> Iterator[Tree]:
    """The names in a formula; the letters of `X_1` are none."""
    if isinstance(tree, Name) or is_random(tree):
        yield key(tree)
    else:
        yield from (name for part in children(tree) for name in names_in(part))


def _signs(body: Tree) -> Group:
    r"""The I of `I(X > 2)`."""
    pairs = (part.items for part in walk(body) if isinstance(part, Juxtaposition) and len(part.items) == 2)
    return frozenset(sign for sign, bracket in pairs if is_one(sign) and isinstance(bracket, Bracket) and _compares(bracket))


def _compares(bracket: Bracket) -> bool:
    return len(bracket.items) == 1 and isinstance(bracket.items[0], Relation)


def _is_word(name: Tree, body: Tree) -> bool:
    """Whether a name in a body is that of a function, `\\max`."""
    return any(isinstance(part, Call) and part.function == name for part in walk(body))


def _computed_with(statement: Tree) -> Group:
    """The names that an equation computes with; what stands in brackets of quantities and probabilities is none."""
    if not isinstance(statement, Relation) or statement.operators[:1] != ("=",):
        return frozenset()
    return frozenset(key(part) for side in statement.sides[1:] for part in _outside_brackets(side) if could_be_name(part))


def _outside_brackets(tree: Tree) -> Iterator[Tree]:
    match tree:
        case Juxtaposition(items=items):
            for item, before in zip(items, (None, *items), strict=False):
                if not (isinstance(item, Bracket) and before is not None and could_be_name(before)):
                    yield from _outside_brackets(item)
        case _:
            yield from walk(tree)


def value_at(tree: Tree, values: Mapping[Tree, Fraction]) -> Fraction | None:
    r"""The value of a function of random variables at one outcome, exact; None where it is none that is known here.

    `\oplus` is addition modulo 2 of values that are 0 or 1. Beside a sum without parentheses `\bmod` can be of the last term
    or of all, so that is none.
    """
    found = _by_conditions(tree, values)
    if found is not None:
        return found
    match tree:
        case Name() | Subscript() if key(tree) in values:
            return values[key(tree)]
        case Bracket(kind="(" | "|" as kind, items=(item,)):
            inside = value_at(item, values)
            return abs(inside) if kind == "|" and inside is not None else inside
        case Sum(signs=signs, terms=terms):
            parts = None if any(_is_modulo(term) for term in terms) else _all(terms, values)
            return None if parts is None else sum((s * p for s, p in zip(signs, parts, strict=True)), Fraction(0))
        case Product(operator="\\oplus", factors=factors):
            bits = _all(factors, values)
            return None if bits is None or not {*bits} <= {0, 1} else Fraction(sum(bits) % 2)
        case Product(operator="\\bmod", factors=(whole, modulus)):
            parts = _all((whole, modulus), values)
            return None if parts is None or parts[1] <= 0 else parts[0] % parts[1]
        case Product(operator=operator, factors=factors) if operator in PLAIN:
            parts = _all(factors, values)
            return None if parts is None else prod(parts, start=Fraction(1))
        case Juxtaposition(items=factors):
            parts = _all(factors, values)
            return None if parts is None else prod(parts, start=Fraction(1))
        case Quotient(numerator=above, denominator=below):
            parts = _all((above, below), values)
            return None if parts is None or parts[1] == 0 else parts[0] / parts[1]
        case Superscript(base=base, exponent=exponent):
            parts = _all((base, exponent), values)
            whole = parts is not None and parts[1].denominator == 1 and 0 <= parts[1] <= SMALL and abs(parts[0]) <= SMALL
            return parts[0] ** int(parts[1]) if whole and parts is not None else None
        case Call(function=Name(text=word), arguments=arguments) if word in EXTREMES:
            parts = _all(arguments, values)
            return None if parts is None else EXTREMES[word](parts)
        case _:
            return number(tree)


def _is_modulo(tree: Tree) -> bool:
    return isinstance(tree, Product) and tree.operator == "\\bmod"


def _by_conditions(tree: Tree, values: Mapping[Tree, Fraction]) -> Fraction | None:
    r"""The value of `\mathbb{1}[X > 2]`, `\mathbb{1}_{X > 2}`, `[X > 2]` and of a definition by cases; None of any other."""
    match tree:
        case CasesTree(rows=rows):
            for value, condition in rows:
                holds = True if condition is None else _holds(condition, values)
                if holds is not False:
                    return value_at(value, values) if holds else None
            return None
        case Juxtaposition(items=(sign, Bracket(items=(condition,)))) | Subscript(base=sign, items=(condition,)) if is_one(
            sign
        ):
            inside = condition.items[0] if isinstance(condition, Bracket) and len(condition.items) == 1 else condition
            holds = _holds(inside, values)
        case Bracket(kind="[", items=(condition,)):
            holds = _holds(condition, values)
        case _:
            return None
    return None if holds is None else Fraction(holds)


def is_one(sign: Tree) -> bool:
    r"""Whether this is the sign of an indicator, `\mathbb{1}`, `\mathbf 1`, `\mathbb{I}`, `1`, `I`."""
    body = sign.body if isinstance(sign, Font) else sign
    return body == Name("I") or (isinstance(body, Number) and body.value == 1)


def _holds(condition: Tree, values: Mapping[Tree, Fraction]) -> bool | None:
    """Whether an equation or an inequality holds; None where it is none, or a side has no value."""
    if not isinstance(condition, Relation) or not set(condition.operators) <= COMPARED.keys():
        return None
    sides = _all(condition.sides, values)
    pairs = None if sides is None else zip(condition.operators, pairwise(sides), strict=True)
    return None if pairs is None else all(COMPARED[sign](*pair) for sign, pair in pairs)


def _all(trees: Sequence[Tree], values: Mapping[Tree, Fraction]) -> list[Fraction] | None:
    found = [value_at(tree, values) for tree in trees]
    known = [value for value in found if value is not None]
    return known if len(known) == len(found) else None
