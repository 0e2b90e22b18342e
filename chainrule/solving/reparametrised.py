r"""A letter that another one is computed from: with `s = \log \sigma^2`, what is differentiated by s is a function of s.

`R = \frac12 (\sigma^2 + \mu^2 - 1 - \log \sigma^2)` has its \sigma from s then. By any other quantity the graph is cut.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from chainrule.errors import Diagnostic
from chainrule.graph.node import Node
from chainrule.graph.walk import leaves
from chainrule.inference.inverted import is_logarithm, name_of, power_of
from chainrule.inference.literals import is_literal, number
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Derivative,
    Name,
    Number,
    Quotient,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    children,
    transform,
    walk,
)

ONE = Number(Fraction(1), "1")
LOGARITHMS = (Name("log"), Name("ln"))
EULER = Name("e")


@dataclass(frozen=True)
class Parameter:
    """name = formula, of one letter. inverse: the letter by the name."""

    statement: Relation
    name: Tree
    letter: Tree
    formula: Tree
    inverse: Tree


def differentiated_by(trees: Iterable[Tree], variables: Iterable[Tree] = ()) -> frozenset[Tree]:
    """The names by which derivatives are written, and further variables; those of whole arrays for their entries."""
    found = (by for tree in trees for part in walk(tree) if isinstance(part, Derivative) for by in part.by)
    return frozenset(_whole(by) for by in (*found, *variables))


def _whole(tree: Tree) -> Tree:
    return key(tree.base) if isinstance(tree, Subscript) and could_be_name(tree.base) else key(tree)


@dataclass(frozen=True)
class Reparametrised:
    """statements: with letters by the names that are differentiated by. kept: names that stand for their letters."""

    statements: list[Tree]
    kept: frozenset[Tree] = frozenset()
    letters: frozenset[Tree] = frozenset()
    notes: tuple[Diagnostic, ...] = ()

    def mark(self, network: Network, by: frozenset[Tree]) -> Network:
        """The network with those names for parameters whose letters have no value and that nothing is differentiated by."""
        free = {letter for letter in self.letters - by if letter not in network.values}
        kept = (node for name, node in network.names.items() if name in self.kept)
        parameters: Iterator[Node] = (n for n in kept if any(network.names.get(letter) in leaves(n) for letter in free))
        notes = (*network.diagnostics, *self.notes)
        return replace(network, parameters=frozenset(parameters), diagnostics=notes)


def reparametrised(statements: Sequence[Tree], by: frozenset[Tree]) -> Reparametrised:
    r"""The statements with the letter of a parameter by its name, where the name occurs in no other formula, or is that of
    the logarithm of a power, `s = \log \sigma^2`. by: what is differentiated by.
    """
    changed = list(statements)
    kept: list[Parameter] = []
    notes: list[Diagnostic] = []
    for found in _parameters(statements, by):
        others = [each for each in changed if each is not found.statement and _says_more(each, found.letter)]
        uses_letter = any(_uses(each, found.letter) for each in others)
        uses_name = any(_uses(each, found.name) for each in others)
        if uses_letter and (_power(found.formula) != 1 or not uses_name) and _is_invertible(found, statements):
            changed = [_put_in(each, found) if each in others else each for each in changed]
            head = span_text(found.statement.sides[0].span)
            message = f"{head} is what is differentiated by, so what its formula is made of is a function of it everywhere"
            notes.append(Diagnostic("note", "parameter-of-formula", message, found.statement.span))
            uses_letter = False
        if _is_outermost(found.formula) and not uses_letter:
            kept.append(found)
    return Reparametrised(changed, frozenset(p.name for p in kept), frozenset(p.letter for p in kept), tuple(notes))


def _parameters(statements: Sequence[Tree], by: frozenset[Tree]) -> Iterator[Parameter]:
    """Formulas of one letter for a name that is differentiated by, and that nothing else says anything of."""
    heads = [_whole(s.sides[0]) for s in statements if isinstance(s, Relation) and s.operators == ("=",)]
    for statement in statements:
        match statement:
            case Relation(operators=("=",), sides=(left, right)) if not is_literal(right):
                name = _whole(left)
            case _:
                continue
        letters = list(dict.fromkeys(_letters(right)))
        if name not in by or heads.count(name) != 1 or len(letters) != 1 or not could_be_name(name):
            continue
        letter = _whole(letters[0])
        formula = transform(right, lambda part: letter if key(part) == letters[0] else part)  # noqa: B023, used at once
        inverse = _solved(formula, letter, name)
        if inverse is not None:
            yield Parameter(statement, name, letter, formula, inverse)


def _letters(tree: Tree) -> Iterator[Tree]:
    """The names in a formula, an entry as it stands; functions and e are none."""
    if could_be_name(tree) or (isinstance(tree, Subscript) and could_be_name(tree.base)):
        if key(tree) != EULER:
            yield replace(key(tree), span=tree.span)
        return
    for part in tree.arguments if isinstance(tree, Call) else children(tree):
        yield from _letters(part)


def _solved(formula: Tree, letter: Tree, value: Tree) -> Tree | None:
    """The letter by the value of the formula, positive where a power is even; None where this has no one solution here."""
    match formula:
        case Bracket(kind="(", items=(inside,)):
            return _solved(inside, letter, value)
        case _ if key(formula) == letter:
            return value
        case Call(function=function, arguments=(inside,)) if function in LOGARITHMS:
            return _solved(inside, letter, Call(Name("exp"), (value,), span=value.span))
        case Call(function=Subscript(base=Name(text="log"), items=(Number() as base,)), arguments=(inside,)):
            return _solved(inside, letter, Superscript(base, value, span=value.span))
        case Call(function=Name(text="exp"), arguments=(inside,)) | Superscript(base=Name(text="e"), exponent=inside):
            return _solved(inside, letter, Call(LOGARITHMS[0], (value,), span=value.span))
        case Superscript(base=base, exponent=exponent) if (power := number(exponent)) is not None and power != 0:
            inverse = 1 / power
            return _solved(base, letter, Superscript(_bracketed(value), Number(inverse), span=value.span))
        case Quotient(numerator=above, denominator=below) if number(above) is not None:
            return _solved(below, letter, Quotient(above, value, span=value.span))
        case Quotient(numerator=above, denominator=below) if key(above) == letter and _is_complement(below, letter):
            return Quotient(ONE, Sum((1, 1), (ONE, _reciprocal(value))), span=value.span)
        case Sum(signs=(1, sign), terms=(inside, Number() as shift)):
            return _solved(inside, letter, Bracket("(", (Sum((1, -sign), (value, shift)),), span=value.span))
        case _:
            return None


def _reciprocal(value: Tree) -> Tree:
    """One over a value, `e^{-a}` for `e^a`."""
    match value:
        case Call(function=Name(text="exp"), arguments=(exponent,)):
            return replace(value, arguments=(Sum((-1,), (exponent,)),))
        case _:
            return Quotient(ONE, value, span=value.span)


def _is_complement(tree: Tree, letter: Tree) -> bool:
    """Whether a tree is 1 - p."""
    tree = tree.items[0] if isinstance(tree, Bracket) and len(tree.items) == 1 else tree
    return isinstance(tree, Sum) and tree.signs == (1, -1) and tree.terms[0] == ONE and key(tree.terms[1]) == letter


def _bracketed(tree: Tree) -> Tree:
    return tree if could_be_name(tree) else Bracket("(", (tree,), span=tree.span)


def _power(formula: Tree) -> Fraction:
    r"""2 of `\log \sigma^2`, 1 of what is no logarithm of a power."""
    if not is_logarithm(formula) or not isinstance(formula, Call):
        return Fraction(1)
    inside = formula.arguments[0]
    return (number(inside.exponent) or Fraction(1)) if isinstance(inside, Superscript) else Fraction(1)


def _is_outermost(formula: Tree) -> bool:
    """Whether a formula is a logarithm, or a quotient by the letter, as those of log-variances and precisions are."""
    match formula:
        case Call(function=function):
            return function in LOGARITHMS or isinstance(function, Subscript)
        case Superscript(exponent=exponent):
            power = number(exponent)
            return power is not None and power < 0
        case Quotient(numerator=above):
            return number(above) is not None
        case _:
            return False


def _is_invertible(found: Parameter, statements: Sequence[Tree]) -> bool:
    """Whether the letter is the positive one of a power: what computes it, or gives it a negative number, may say otherwise."""
    if not any(isinstance(part, Superscript) and _is(part.base, found.letter) for part in walk(found.formula)):
        return True
    given = [
        s.sides[-1] for s in statements if isinstance(s, Relation) and s.operators == ("=",) and _is(s.sides[0], found.letter)
    ]
    negative = any(isinstance(part, Sum) and -1 in part.signs for each in given for part in walk(each))
    return all(map(is_literal, given)) and not negative


def _says_more(statement: Tree, letter: Tree) -> bool:
    """Whether a statement is no request, and neither gives nor declares the letter itself."""
    return isinstance(statement, Relation) and _whole(statement.sides[0]) != letter


def _uses(tree: Tree, name: Tree) -> bool:
    return not could_be_name(tree) and any(_is(part, name) for part in walk(tree))


def _is(part: Tree, name: Tree) -> bool:
    return could_be_name(part) and key(part) == name


def _put_in(tree: Tree, found: Parameter) -> Tree:
    """The tree with the name for the formula, `e^s` for `\\sigma^2`, and the letter by the name wherever else it stands."""
    names = {found.formula: found.name} if is_logarithm(found.formula) else {}
    natural = names if isinstance(found.formula, Call) and found.formula.function in LOGARITHMS else {}
    tree = transform(tree, lambda part: name_of(part, names) or (found.name if part == found.formula else part))
    tree = transform(tree, lambda part: power_of(part, natural) or part)

    def put(part: Tree) -> Tree:
        if isinstance(part, Subscript) and part.base == found.inverse:
            return transform(found.inverse, lambda each: Subscript(each, part.items) if each == found.name else each)
        return found.inverse if _is(part, found.letter) else part

    return transform(tree, put)
