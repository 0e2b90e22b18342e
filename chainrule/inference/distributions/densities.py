r"""Densities that a text gives by a formula: `p(x) = 2x` beside `0 \le x \le 1`, cases, indicators.

Each is a family of its own, and one of the table where the formula is that of its density.

The names in the formula are its parameters. Nothing is known of it but the formula, so all of it is integrated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from chainrule.errors import ChainruleError, NameFault
from chainrule.graph import build
from chainrule.graph.node import Node, Variable
from chainrule.graph.walk import substitute
from chainrule.inference.distributions.assignments import names_used_whole
from chainrule.inference.distributions.families import Instance, Member
from chainrule.inference.distributions.intervals import (
    EVERYWHERE,
    ONE,
    ZERO,
    Interval,
    bracket_interval,
    integers_in_words,
    integers_of,
    interval_in_words,
    interval_of,
    within,
)
from chainrule.inference.distributions.known_densities import known_density
from chainrule.inference.distributions.known_masses import known_masses
from chainrule.inference.distributions.labels import RANDOM, variable_of
from chainrule.inference.distributions.labels import said as said_name
from chainrule.inference.expression import read_resolved
from chainrule.inference.literals import is_literal
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import Symbol, could_be_name, is_probability, key, span_text
from chainrule.probability.families.family import Build, ClosedForm, Family, Parameter, closed_form
from chainrule.probability.integration.densities import family_of_density
from chainrule.probability.integration.masses import family_of_masses
from chainrule.syntax.tree import Bracket, CasesTree, Font, Juxtaposition, Name, Relation, Subscript, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

EQUALS = frozenset({"=", ":=", "\\equiv", "\\triangleq", "\\coloneqq", "≡"})
WHOLE = tuple(map(Name, "ijklmn"))
"""Letters of integers, where `n \\ge 1` may be said of these or of numbers."""
COMPARING = ("<", ">", "\\le", "\\ge", "\\leq", "\\geq", "<=", ">=", "\\in")


@dataclass(frozen=True)
class DensityFormula:
    """`name(letter) = body` where the letter lies in an interval; the density is zero elsewhere."""

    name: Tree
    letter: Tree
    body: Tree
    interval: Interval
    statement: Relation

    def member(self, reader: Reader) -> Member:
        """The density as the one member of a family. Raises what reading the formula does, NameFault for an array."""
        inner = replace(
            reader,
            defined={**reader.defined, self.letter: self.letter},
            indexed=reader.indexed - {self.letter},
            headed={name: d for name, d in reader.headed.items() if name != self.letter},
            tables={},
            families={},
            indices={},
        )
        body = inner.read(self.body)
        ends = tuple(None if end is None else reader.read(end) for end in (self.interval.lower, self.interval.upper))
        parts = (part for tree in (body, *ends) if tree is not None for part in walk(tree))
        names = tuple(dict.fromkeys(part.name for part in parts if isinstance(part, Symbol) and part.name != self.letter))
        found = _made(self.name, self.letter, body, (ends[0], ends[1]), names, self.interval.counted, self.interval.sure)
        if found is None:
            message = f"{span_text(self.statement.span)} is no formula of one number {span_text(self.letter.span)}"
            raise NameFault("unsupported-density", message, self.statement.span, "write a density of one number")
        symbols = tuple(Symbol(name, span=self.statement.span) for name in names)
        parameters = tuple(Applied(form, symbols, span=self.statement.span) for form in found.parameters) or symbols
        if found.said:
            reader.note("known-density", f"{said_name(self.name)} {found.said}", self.statement)
        return Member(found.family, parameters)


@dataclass(frozen=True)
class _Made:
    """The family of a density, and how its parameters are made of the names in the formula; () where they are these names."""

    family: Family
    parameters: tuple[ClosedForm, ...] = ()
    said: str = ""


@lru_cache(maxsize=256)
def _made(
    name: Tree,
    letter: Tree,
    body: Tree,
    between: tuple[Tree | None, Tree | None],
    names: tuple[Tree, ...],
    counted: tuple[int, ...],
    sure: bool,
) -> _Made | None:
    """The family of a formula, the same one each time; None where the formula is of arrays.

    counted: the integers that its letter can begin with. sure: it is one of them. Raises NameFault `natural-numbers`.
    """
    # Not the names of the text: what is kept here must not keep its places alive.
    x = build.variable("letter of a density")
    variables = {each: build.variable(f"name {k} in a density") for k, each in enumerate(names, 1)}
    inputs: dict[Tree, Node] = {**variables, letter: x}
    try:
        made = read_resolved(body, inputs)
        ends = tuple(None if end is None else read_resolved(end, inputs) for end in between)
    except ChainruleError:
        return None
    if any(node is not None and node.shape for node in (made, *ends)):
        return None
    own = tuple(variables.values())
    known = None if sure else known_density(made, x, (ends[0], ends[1]))
    known = known or next((found for first in counted if (found := known_masses(made, x, first)) is not None), None)
    if known is None and counted and (sure or letter in WHOLE):
        first, *others = counted
        if others:
            message = f"the text does not say whether the natural numbers of {said_name(name)} begin with 0 or 1"
            raise NameFault("natural-numbers", message, body.span, "write k = 0, 1, 2, \\dots or k = 1, 2, \\dots")
        return _Made(family_of_masses(said_name(name), made, x, first, own))
    if known is None:
        return _Made(family_of_density(f"density {said_name(name)}", made, x, (ends[0], ends[1]), own))
    names_in = tuple(Parameter(f"{k}", symbol, "real", ()) for k, symbol in enumerate(names, 1))
    forms = tuple(
        closed_form(f"{parameter.name} of {said_name(name)}", names_in, "scalar", _put_into(node, own))
        for parameter, node in zip(known.family.parameters, known.parameters, strict=True)
    )
    what = "probabilities" if known.family.support.discrete else "density"
    return _Made(known.family, forms, f"has the {what} of {_article(known.family.title)} distribution")


def _article(title: str) -> str:
    return f"an {title}" if title[0] in "aeiou" else f"a {title}"


def _put_into(node: Node, names: tuple[Variable, ...]) -> Build:
    def put(*arguments: Node) -> Node:
        return substitute(node, dict(zip(names, arguments, strict=True)))

    return put


@dataclass
class Densities:
    """What the text says of densities. written: their formulas, with the zero elsewhere. gone: the statements that say no more
    than where a letter lies, or that a density is constant."""

    found: dict[Tree, Instance] = field(default_factory=dict[Tree, Instance])
    written: dict[int, Tree] = field(default_factory=dict[int, Tree])
    gone: set[int] = field(default_factory=set[int])


def densities_of(statements: Sequence[Tree]) -> Densities:
    """The densities among the statements: of letters of probabilities, and of others that stand for a whole distribution."""
    result = Densities()
    written = statements
    statements, drawn_from = _as_functions(statements)
    result.gone |= {at for at, (old, new) in enumerate(zip(written, statements, strict=True)) if old is not new}
    whole = names_used_whole(statements)
    formulas = [formula for at in range(len(statements)) if (formula := _formula(statements, at, whole)) is not None]
    for at, formula in formulas:
        instance = Instance(formula.body, "", (), (), (), braces=False, formula=formula)
        result.found[formula.name] = instance
        result.written[at] = formula.statement
        if is_literal(formula.body):
            result.gone.add(at)
    for at, statement in enumerate(statements):
        match statement:
            case Relation(operators=("\\sim" | "∼" | "~",), sides=(Name() as drawn, name)) if key(name) in result.found:
                result.found[drawn] = result.found[key(name)]
                result.gone.add(at)
            case _:
                pass
    for variable, name in drawn_from.items():
        if name in result.found:
            result.found.setdefault(variable, result.found[name])
    letters = {formula.letter for _, formula in formulas}
    for at, statement in enumerate(statements):
        if any(interval_of(statement, letter) is not None for letter in letters):
            result.gone.add(at)
    for letter in letters:
        variable, own = variable_of(letter), [f for _, f in formulas if f.letter == letter]
        defined = any(isinstance(s, Relation) and key(s.sides[0]) == variable for s in statements)
        if len(own) == 1 and not defined and isinstance(variable, Name) and variable.text in RANDOM:
            result.found.setdefault(variable, result.found[own[0].name])
    return result


def _as_functions(statements: Sequence[Tree]) -> tuple[list[Tree], dict[Tree, Tree]]:
    """`P(X = k) = ...` and `p_k = ...` as `P(k) = ...` where k is any integer from one on; the name for each variable X."""
    made: list[Tree] = []
    drawn: dict[Tree, list[Tree]] = {}
    for statement in statements:
        match statement:
            case Relation(
                operators=("=",),
                sides=(
                    Juxtaposition(
                        items=(name, Bracket(kind="(", items=(Relation(("=",), (Name() as variable, Name() as letter)),)))
                    ),
                    body,
                ),
            ) if could_be_name(name) and _is_counted(statements, letter):
                drawn.setdefault(variable, []).append(key(name))
            case Relation(operators=("=",), sides=(Subscript(base=name, items=(Name() as letter,)), body)) if (
                could_be_name(name) and is_probability(name) and _is_counted(statements, letter)
            ):
                pass
            case _:
                made.append(statement)
                continue
        head = Juxtaposition((name, Bracket("(", (letter,), span=statement.sides[0].span)), span=statement.sides[0].span)
        made.append(replace(statement, sides=(head, body)))
    return made, {variable: names[0] for variable, names in drawn.items() if len(names) == 1}


def _is_counted(statements: Sequence[Tree], letter: Tree) -> bool:
    return any(integers_of(statement, letter) is not None for statement in statements)


def _formula(statements: Sequence[Tree], at: int, whole: set[Tree]) -> tuple[int, DensityFormula] | None:
    statement = statements[at]
    match statement:
        case Relation(
            operators=(operator,),
            sides=(Juxtaposition(items=(name, Bracket(kind="(", items=(Name() as letter,)))), body),
        ) if (
            operator in EQUALS
            and could_be_name(name)
            and not (isinstance(body, Bracket) and body.kind == "{")
            and (is_probability(name) or not whole.isdisjoint(_called(name, letter)))
        ):
            pass
        case _:
            return None
    interval = _interval(statements, at, letter)
    if isinstance(body, CasesTree) and body.rows and body.rows[-1][1] is not None:
        body = replace(body, rows=(*body.rows, (ZERO, None)))
        statement = replace(statement, sides=(statement.sides[0], body))
    if interval is None and any(_restricts(part, letter) for part in walk(body)):
        interval = EVERYWHERE
    if interval is None:
        return None
    if (inside := within(letter, interval)) is not None and not isinstance(body, CasesTree):
        zero_elsewhere = CasesTree(((body, inside), (ZERO, None)), span=body.span)
        statement = replace(statement, sides=(statement.sides[0], zero_elsewhere))
    return at, DensityFormula(key(name), letter, body, interval, statement)


def _called(name: Tree, letter: Tree) -> tuple[Tree, ...]:
    """What a density is called: its name, and the random variable whose values its letter stands for."""
    variable = variable_of(letter)
    return (key(name), variable) if isinstance(variable, Name) and variable.text in RANDOM else (key(name),)


def _interval(statements: Sequence[Tree], at: int, letter: Tree) -> Interval | None:
    """Where a letter lies: as is said right behind the formula, else as is said once, or last before it."""
    behind = statements[at + 1] if at + 1 < len(statements) else None
    span = statements[at].span
    if behind is not None and (found := interval_of(behind, letter) or bracket_interval(behind)) is not None:
        return found
    if span is not None and (found := interval_in_words(span)) is not None:
        return found
    said = [(k, interval) for k, each in enumerate(statements) if (interval := interval_of(each, letter)) is not None]
    before = [interval for k, interval in said if k < at]
    if len({interval for _, interval in said}) == 1:
        return said[0][1]
    return before[-1] if before else integers_in_words(span) if span is not None and not said else None


def _restricts(part: Tree, letter: Tree) -> bool:
    """Whether a part of a formula is a condition on the letter in cases or an indicator."""
    match part:
        case CasesTree(rows=rows):
            return any(condition is not None and _compares(condition, letter) for _, condition in rows)
        case Juxtaposition(items=items):
            return any(isinstance(item, Font) and item.body == ONE for item in items) and _compares(part, letter)
        case _:
            return False


def _compares(tree: Tree, letter: Tree) -> bool:
    inside = [part for part in walk(tree) if isinstance(part, Relation) and set(part.operators) & set(COMPARING)]
    return any(part == letter for relation in inside for part in walk(relation))


def with_densities(statements: Sequence[Tree]) -> tuple[list[Tree], dict[Tree, Instance]]:
    """The statements without those that say where the letter of a density lies, and the densities."""
    found = densities_of(statements)
    left = [found.written.get(at, statement) for at, statement in enumerate(statements) if at not in found.gone]
    return left, found.found
