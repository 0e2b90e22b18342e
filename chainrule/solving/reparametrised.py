r"""A letter that another one is computed from: with `s = \log \sigma^2`, what is differentiated by s is a function of s.

`R = \frac12 (\sigma^2 + \mu^2 - 1 - \log \sigma^2)` has its \sigma from s then. By any other quantity the graph is cut.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeGuard

from chainrule.errors import Diagnostic
from chainrule.graph.node import Node
from chainrule.graph.walk import leaves
from chainrule.inference.inverted import LOGARITHMS, is_logarithm, name_of, power_of
from chainrule.inference.literals import is_literal, number
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.probability.families.table import FAMILIES
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
from chainrule.typesetting import latex, plain

ONE = Number(Fraction(1), "1")
EULER = Name("e")
LETTERS_OF_FAMILIES = frozenset(
    letter for family in FAMILIES for given in family.parametrisations for each in given.parameters for letter in each.says
)
Sign = Literal["positive", "negative", "assumed"]
BELOW, ABOVE = frozenset(("<", "\\le", "\\leq", "<=")), frozenset((">", "\\ge", "\\geq", ">="))


@dataclass(frozen=True)
class Parameter:
    """name = formula, of one letter. inverse: the letter by the name. positive: which root that is."""

    statement: Relation
    name: Tree
    letter: Tree
    formula: Tree
    inverse: Tree
    positive: Sign | None


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


def reparametrised(
    statements: Sequence[Tree], by: frozenset[Tree], given: Iterable[Tree] = (), ever: frozenset[Tree] = frozenset()
) -> Reparametrised:
    r"""The statements with the letter of a parameter by its name: of what is differentiated by, where the name occurs in no
    other formula, or the letter stands for a parameter of a family; and of a name that has a number, whose letter has none.

    by: what is differentiated by. given: names that have numbers from elsewhere. ever: what other tasks differentiate by.
    """
    given = frozenset(given)
    statements = _parted(statements, given)
    numbers = given | {_whole(s.sides[0]) for s in statements if _gives_number(s)}
    changed = list(statements)
    kept: list[Parameter] = []
    notes: list[Diagnostic] = []
    for found in parameters(statements, by | ever | numbers):
        others = [each for each in changed if each is not found.statement and _says_more(each, found)]
        uses_letter = any(_uses(each, found.letter) for each in others)
        uses_name = any(_uses(each, found.name) for each in others)
        if found.letter in by or (uses_letter and found.positive is None):
            continue
        head = span_text(found.statement.sides[0].span)
        if found.name in numbers and uses_letter and found.letter not in numbers and not _is_defined(found, statements):
            guessed = found.positive == "assumed" and not is_logarithm(found.formula) and not _is_of_family(found)
            if guessed and found.name not in by:
                continue
            turned = replace(found.statement, sides=(found.letter, found.inverse))
            changed = [turned if each is found.statement else each for each in changed]
            notes += _notes(found, f"{head} has a number, and what its formula is made of is computed from it")
        elif found.name in by | ever:
            if found.name in by and uses_letter and (not uses_name or _is_of_family(found)):
                changed = [_put_in(each, found) if each in others else each for each in changed]
                said = "is what is differentiated by, so what its formula is made of is a function of it everywhere"
                notes += _notes(found, f"{head} {said}")
                uses_letter = False
            if _is_outermost(found.formula) and not uses_letter:
                kept.append(found)
    return Reparametrised(changed, frozenset(p.name for p in kept), frozenset(p.letter for p in kept), tuple(notes))


def _parted(statements: Sequence[Tree], given: frozenset[Tree]) -> list[Tree]:
    r"""`s = \log \sigma^2 = -0.5` as a formula and a number, where nothing else says what its letter is."""
    heads = given | {_whole(s.sides[0]) for s in statements if isinstance(s, Relation)}
    parted: list[Tree] = []
    for statement in statements:
        match statement:
            case Relation(operators=("=", "="), sides=(one, other, value)) if is_literal(value):
                name, formula = (one, other) if could_be_name(one) else (other, one)
                letters = {_whole(letter) for letter in _letters(formula)}
                known = not could_be_name(name) or could_be_name(formula) or not letters.isdisjoint(heads)
                if known or len(letters) != 1 or _solved(formula, next(iter(letters)), name) is None:
                    parted.append(statement)
                else:
                    sides = (name, formula), (name, value)
                    parted += [replace(statement, operators=("=",), sides=pair) for pair in sides]
            case _:
                parted.append(statement)
    return parted


def _notes(found: Parameter, message: str) -> list[Diagnostic]:
    """How a parameter is read, and that its letter is taken to be positive where nothing says so."""
    made = [Diagnostic("note", "parameter-of-formula", message, found.statement.span)]
    if found.positive == "assumed":
        letter, span = plain(found.letter), found.statement.span
        made.append(
            Diagnostic("note", "positive-branch", f"{letter} is taken to be positive", span, f"write {letter} < 0 else")
        )
    return made


def parameters(statements: Sequence[Tree], names: frozenset[Tree]) -> Iterator[Parameter]:
    """Formulas of one letter for one of these names, of which nothing else says anything but a number."""
    heads = [_whole(s.sides[0]) for s in statements if _is_equation(s) and not _gives_number(s)]
    for statement in statements:
        match statement:
            case Relation(operators=("=",), sides=(left, right)) if not _gives_number(statement):
                name = _whole(left)
            case _:
                continue
        letters = list(dict.fromkeys(_letters(right)))
        if name not in names or heads.count(name) != 1 or len(letters) != 1 or not could_be_name(name):
            continue
        letter = _whole(letters[0])
        formula = transform(right, lambda part: letter if key(part) == letters[0] else part)  # noqa: B023, used at once
        inverse = _solved(formula, letter, name)
        if inverse is None or letter == name:
            continue
        positive = _sign(formula, letter, statements)
        if positive == "negative":
            inverse = Bracket("(", (Sum((-1,), (inverse,)),))
        yield Parameter(statement, name, letter, formula, inverse, positive)


def _is_equation(statement: Tree) -> TypeGuard[Relation]:
    return isinstance(statement, Relation) and statement.operators == ("=",)


def _gives_number(statement: Tree) -> TypeGuard[Relation]:
    return _is_equation(statement) and is_literal(statement.sides[1])


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
            return _solved(base, letter, _root(value, power))
        case Quotient(numerator=above, denominator=below) if number(above) is not None:
            return _solved(below, letter, Quotient(above, value, span=value.span))
        case Quotient(numerator=above, denominator=below) if key(above) == letter and _is_complement(below, letter):
            return Quotient(ONE, Sum((1, 1), (ONE, _reciprocal(value))), span=value.span)
        case Sum(signs=(1, sign), terms=(inside, Number() as shift)):
            return _solved(inside, letter, Bracket("(", (Sum((1, -sign), (value, shift)),), span=value.span))
        case _:
            return None


def _root(value: Tree, power: Fraction) -> Tree:
    """The positive root of a value, `e^{a / 2}` for the second one of `e^a`."""
    match value:
        case Call(function=Name(text="exp"), arguments=(exponent,)):
            return replace(value, arguments=(Quotient(exponent, Number(power)),))
        case _:
            return Superscript(_bracketed(value), Number(1 / power), span=value.span)


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


def _sign(formula: Tree, letter: Tree, statements: Sequence[Tree]) -> Sign | None:
    """Which of the two roots of an even power the letter is: as conditions and numbers say, else taken to be the positive one;
    None where a formula computes it, or it has entries of both signs. "positive" too where nothing is raised to an even power.
    """
    powers = (number(p.exponent) for p in walk(formula) if isinstance(p, Superscript) and _is(p.base, letter))
    if all(power is None or power.numerator % 2 for power in powers):
        return "positive"
    own = [s.sides[-1] for s in statements if _is_equation(s) and _is(s.sides[0], letter)]
    if not all(map(is_literal, own)):
        return None
    said: set[Sign] = {sign for s in statements if isinstance(s, Relation) for sign in _signs_said(s, letter)}
    for value in own:
        said |= {"negative" if each < 0 else "positive" for each in _numbers(value) if each}
    (only, *more) = said or ("assumed",)
    return None if more else only


def _signs_said(relation: Relation, letter: Tree) -> Iterator[Sign]:
    """What `x < 0` and `0 < x < 1` say of x."""
    for operator, left, right in zip(relation.operators, relation.sides, relation.sides[1:], strict=False):
        for one, bound, below in ((left, right, BELOW), (right, left, ABOVE)):
            value = number(bound) if _is(one, letter) else None
            if value is not None and value <= 0 and operator in below:
                yield "negative"
            if value is not None and value >= 0 and operator in (ABOVE if below is BELOW else BELOW):
                yield "positive"


def _numbers(tree: Tree) -> Iterator[Fraction]:
    """The numbers of a literal."""
    value = number(tree)
    if value is not None:
        yield value
        return
    for part in children(tree):
        yield from _numbers(part)


def _is_of_family(found: Parameter) -> bool:
    r"""Whether the letter stands for a parameter of a family wherever it is written, as \sigma does."""
    return not LETTERS_OF_FAMILIES.isdisjoint((plain(found.letter), latex(found.letter)))


def _is_defined(found: Parameter, statements: Sequence[Tree]) -> bool:
    return any(_is_equation(s) and _whole(s.sides[0]) == found.letter for s in statements)


def _says_more(statement: Tree, found: Parameter) -> bool:
    """Whether a statement is an equation, and neither gives nor declares the letter or the name."""
    return isinstance(statement, Relation) and _whole(statement.sides[0]) not in (found.letter, found.name)


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
