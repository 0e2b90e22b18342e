r"""Values of expressions: `\log \sigma^2 = [-0.5, 0.3]` gives a value to what is written so, and that becomes a name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from chainrule.errors import ChainruleError, Diagnostic
from chainrule.inference.literals import read_literal
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.syntax.tree import (
    Call,
    Derivative,
    Name,
    Number,
    Quotient,
    Relation,
    Subscript,
    Superscript,
    Tree,
    children,
    transform,
    walk,
)

LETTERS = (Name("s"), Name("v"), Name("t"), Name("r"), Name("\\eta"), Name("\\zeta"))
LOGARITHMS = (Name("log"), Name("ln"))
E = Fraction(0)
"""What stands for the base e where the base of a logarithm is asked for: it is none that can be written as a fraction."""


@dataclass(frozen=True)
class Inverted:
    """statements: with a name for each logarithm that is given a value. names: that name, by the logarithm as it is written.

    everywhere: those of the names that stand for the logarithm wherever it is written. The others are what is computed from:
    `\\log \\sigma^2` elsewhere is the logarithm of the \\sigma that is computed from them.
    """

    statements: list[Tree]
    names: Mapping[Tree, Tree] = field(default_factory=dict[Tree, Tree])
    everywhere: Mapping[Tree, Tree] = field(default_factory=dict[Tree, Tree])
    notes: tuple[Diagnostic, ...] = ()


def with_names(statements: Sequence[Tree]) -> Inverted:
    r"""`\log \sigma^2 = L` as `s = L`, and what \sigma is by that.

    Where \sigma occurs nowhere but in `\log \sigma^2` and `\sigma^2`, these are s and `e^s` everywhere. Else
    `\sigma = e^{s / 2}` is added and nothing is replaced, so that a derivative by \sigma goes through every place that has it.
    """
    names, notes = _named(statements)
    if not names:
        return Inverted(list(statements))
    given = {id(statement) for _, statement in _given_logarithms(statements)}
    everywhere = {
        logarithm: name
        for logarithm, name in names.items()
        if _base_of(logarithm) == E and not any(_occurs_alone(each, *_power(logarithm)) for each in statements)
    }
    rewritten: list[Tree] = []
    for statement in statements:
        if id(statement) in given and isinstance(statement, Relation):
            left, *rest = statement.sides
            statement = replace(statement, sides=(name_of(left, names) or left, *rest))
        shorter = transform(statement, lambda part: name_of(part, everywhere) or _with_variables(part, names))
        rewritten.append(transform(shorter, lambda part: power_of(part, everywhere) or part))
    added = [_definition(logarithm, name) for logarithm, name in names.items() if logarithm not in everywhere]
    return Inverted([*rewritten, *added], names, everywhere, tuple(notes))


def _named(statements: Sequence[Tree]) -> tuple[dict[Tree, Tree], list[Diagnostic]]:
    """A name for every logarithm that is given a value, where nothing else says what the name in it is."""
    taken = {part for statement in statements for part in walk(statement) if isinstance(part, Name)}
    defined = {key(s.sides[0]) for s in statements if isinstance(s, Relation) and could_be_name(s.sides[0])}
    free = iter([letter for letter in LETTERS if letter not in taken])
    names: dict[Tree, Tree] = {}
    notes: list[Diagnostic] = []
    for logarithm, statement in _given_logarithms(statements):
        base, name = _power(logarithm)[0], names.get(logarithm) or next(free, None)
        if name is None or base in defined or any(_power(each)[0] == base for each in names if each != logarithm):
            continue
        if logarithm not in names:
            said = span_text(logarithm.span)
            inner = name.text if isinstance(name, Name) else ""
            message = f"{said} is called {inner} here, so that {span_text(base.span)} is computed from it"
            notes.append(Diagnostic("note", "named-expression", message, statement.span))
        names[logarithm] = name
    return names, notes


def _occurs_alone(tree: Tree, name: Tree, power: Fraction) -> bool:
    """Whether a name, or an entry of it, stands anywhere but in this power of it and in the logarithm of that."""
    match tree:
        case Superscript(base=base, exponent=Number(value=value)) if value == power and _is_of(base, name):
            return False
        case Call(arguments=(argument,)) if power == 1 and is_logarithm(tree) and _is_of(argument, name):
            return False
        case Derivative(by=by) if any(not is_logarithm(part) and any(_is_of(p, name) for p in walk(part)) for part in by):
            return True
        case _:
            return _is_of(tree, name) or any(_occurs_alone(part, name, power) for part in children(tree))


def _is_of(tree: Tree, name: Tree) -> bool:
    """Whether a tree is the name or an entry of it."""
    return key(tree) == name or (isinstance(tree, Subscript) and key(tree.base) == name)


def _with_variables(part: Tree, names: Mapping[Tree, Tree]) -> Tree:
    r"""`\partial L / \partial s` for `\partial L / \partial \log \sigma^2`: what is differentiated by is the name itself."""
    if not isinstance(part, Derivative):
        return part
    return replace(part, by=tuple(name_of(each, names) or each for each in part.by))


def name_of(tree: Tree, names: Mapping[Tree, Tree]) -> Tree | None:
    """The name for `\\log \\sigma^2`, or its entry for `\\log \\sigma_j^2`; None for anything else."""
    if not names or not is_logarithm(tree):
        return None
    base, power = _power(tree)
    for logarithm, name in names.items():
        own, exponent = _power(logarithm)
        if exponent != power or _base_of(logarithm) != _base_of(tree):
            continue
        if base == own:
            return name
        if isinstance(base, Subscript) and base.base == own:
            return Subscript(name, base.items, span=tree.span)
    return None


def _given_logarithms(statements: Sequence[Tree]) -> Iterator[tuple[Tree, Relation]]:
    for statement in statements:
        match statement:
            case Relation(operators=("=",), sides=(left, right)) if is_logarithm(left):
                try:
                    if read_literal(right) is not None:
                        yield left, statement
                except ChainruleError:
                    continue
            case _:
                pass


def is_logarithm(tree: Tree) -> bool:
    r"""Whether a tree is `\log \sigma`, `\log \sigma^2` or `\log_2 \sigma`, of a name."""
    return _base_of(tree) is not None and could_be_name(_power(tree)[0])


def _base_of(tree: Tree) -> Fraction | None:
    """The base of a logarithm, E where it has none; None of what is no logarithm."""
    match tree:
        case Call(function=function, arguments=(_,)) if function in LOGARITHMS:
            return E
        case Call(function=Subscript(base=Name(text="log"), items=(Number(value=base),)), arguments=(_,)):
            return base if base > 0 and base != 1 else None
        case _:
            return None


def _power(logarithm: Tree) -> tuple[Tree, Fraction]:
    """The name in a logarithm, and its power."""
    (inside,) = logarithm.arguments if isinstance(logarithm, Call) else (logarithm,)
    match inside:
        case Superscript(base=base, exponent=Number(value=value)) if value != 0:
            return key(base), value
        case _:
            return key(inside), Fraction(1)


def power_of(part: Tree, names: Mapping[Tree, Tree]) -> Tree | None:
    """`e^s` for `\\sigma^2`, or its entry for `\\sigma_j^2`; None for anything else."""
    for logarithm, name in names.items():
        own, exponent = _power(logarithm)
        match part:
            case Superscript(base=base, exponent=Number(value=value)) if value == exponent and key(base) == own:
                return _exponential(name, part)
            case Superscript(base=Subscript(base=base, items=items), exponent=Number(value=value)):
                if value == exponent and key(base) == own:
                    return _exponential(Subscript(name, items, span=part.span), part)
            case _:
                pass
    return None


def _exponential(exponent: Tree, like: Tree, base: Fraction = E) -> Tree:
    if base == E:
        return Call(Name("exp"), (exponent,), span=like.span)
    return Superscript(Number(base, str(base), span=like.span), exponent, span=like.span)


def _definition(logarithm: Tree, name: Tree) -> Relation:
    base, power = _power(logarithm)
    exponent = name if power == 1 else Quotient(name, Number(power, str(power)))
    return Relation(("=",), (base, _exponential(exponent, logarithm, _base_of(logarithm) or E)), span=logarithm.span)
