r"""Expectations and variances of random variables: `\mathbb{E}[X]`, `E[X^2 Y]`, `\mathrm{Var}(X)`.

Where the outcomes are known they are sums over these, of whatever stands in the bracket. Of other families the mean and the
variance are known, and with them the expectation of a polynomial of degree two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from chainrule.errors import NameFault, SyntaxFault
from chainrule.inference.distributions.expectations import expectation_of
from chainrule.inference.distributions.families import Member, read_member
from chainrule.inference.distributions.joints import of_own_table
from chainrule.inference.distributions.labels import Table, said, variable_of
from chainrule.inference.distributions.marginals import Joint, cells_of
from chainrule.inference.distributions.notation import DEVIATIONS, MOMENTS, VARIANCES
from chainrule.inference.distributions.outcomes import over_outcomes
from chainrule.inference.distributions.variables import distribution_of_variables, is_variable, only_distribution
from chainrule.inference.literals import number
from chainrule.inference.resolved import Applied
from chainrule.inference.symbols import Symbol, could_be_name, is_probability, key, span_text
from chainrule.inference.uses import bracket_of
from chainrule.probability.families.family import Formula, closed_form
from chainrule.source import Span
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Call,
    Font,
    Juxtaposition,
    Name,
    Number,
    Product,
    Relation,
    Sum,
    Superscript,
    Tree,
    children,
    transform,
    walk,
)

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

TWO = Number(Fraction(2), "2")
_OF_ENTRIES = frozenset((Name("mean"), Name("var"), Name("std")))
"""Of an array these are of its entries."""


def read_moment(reader: Reader, head: Tree, bracket: Bracket, span: Span | None) -> Tree | None:
    """What `E[X]` and `Var(X)` are; None where the head is a name of the text, or nothing in the bracket is random."""
    head = replace(head.body, span=head.span) if isinstance(head, Font) and head.kind in ("mathrm", "operatorname") else head
    if len(bracket.items) != 1 or bracket.kind not in "([" or reader.knows(head):
        return None
    (inside,) = bracket.items
    if head in MOMENTS or (head in _OF_ENTRIES and _has_own_table(reader, inside)):
        if not (head in _OF_ENTRIES and span_text(head.span).islower()):
            _refuse_unlabelled(reader, inside, span)
        found = _moment(reader, inside, span, of_square=head in VARIANCES | DEVIATIONS)
        if found is None:
            _refuse_computed(reader, inside, span)
        deviation = found is not None and head in DEVIATIONS
        return Applied(reader.operation("sqrt"), (found,), span=span) if deviation and found is not None else found
    return None


def _refuse_unlabelled(reader: Reader, inside: Tree, span: Span | None) -> None:
    r"""Raises NameFault for the `\mathrm{Var}(P)` of a list of probabilities, whose outcomes have no values."""
    listed = could_be_name(inside) and is_probability(inside) and key(inside) in reader.indexed
    if listed and key(inside) not in reader.tables:
        raise _unknown(said(key(inside)), span)


def _refuse_computed(reader: Reader, inside: Tree, span: Span | None) -> None:
    """Raises NameFault for the variance of a quantity that is computed from a random variable of a family."""
    waiting, met = [inside], set[Tree]()
    while waiting:
        for name in {key(part) for part in walk(waiting.pop()) if could_be_name(part)} - met:
            met.add(name)
            if name in reader.families and reader.families[name].formula is None:
                message = (
                    f"{span_text(span)} is of what is computed from {said(name)}, whose distribution is followed no further"
                )
                hint = f"give the distribution that it has itself, or ask for the mean or the variance of {said(name)}"
                raise NameFault("moment-of-computed", message, span, hint)
            waiting += [reader.bodies[name].body] if name in reader.bodies else []


def _unknown(of: str, span: Span | None) -> NameFault:
    message = f"the outcomes of {of} have no values in the text"
    return NameFault("unknown-outcomes", message, span, "give them, P(X) = {0: 0.5, 1: 0.5}")


def read_expectation(reader: Reader, tree: BigOperator) -> Tree | None:
    r"""The `\mathbb{E}[X]` of random variables; None of any other, such as `\mathbb{E}_{x \sim P}[f(x)]`."""
    body = tree.body
    if tree.operator != "E" or tree.lower is not None or not isinstance(body, Bracket) or len(body.items) != 1:
        return None
    _refuse_unlabelled(reader, body.items[0], tree.span)
    found = _moment(reader, body.items[0], tree.span, of_square=False)
    if found is None:
        _refuse_computed(reader, body.items[0], tree.span)
    return found


def _moment(reader: Reader, inside: Tree, span: Span | None, *, of_square: bool) -> Tree | None:
    whole = _of_whole(reader, inside)
    inside = whole or inside
    variables = (whole,) if whole is not None else tuple(dict.fromkeys(_variables_in(reader, inside)))
    if not variables:
        return None
    joint = _joint(reader, variables, span)
    if joint is None:
        return _of_family(reader, inside, variables, span, of_square=of_square)
    cells = cells_of(joint)
    if cells is None:
        raise _unknown(", ".join(map(said, variables)), span)
    if isinstance(joint.body, Symbol) and len(variables) == 1 and _names_table(reader, inside):
        whole = _over_table(reader, inside, variables[0], joint.body.name, span)
        if whole is not None and not of_square:
            return whole
    weights = [entry for _, entry in cells]
    values = [_at(reader, inside, dict(zip(joint.variables, outcome, strict=True)), span) for outcome, _ in cells]
    mean = _weighted(weights, values, span)
    if not of_square:
        return mean
    away = [Superscript(Sum((1, -1), (value, mean), span=span), TWO, span=span) for value in values]
    return _weighted(weights, [_square(tree) for tree in away], span)


def _over_table(reader: Reader, inside: Tree, variable: Tree, name: Tree, span: Span | None) -> Tree | None:
    r"""The expectation of what has probabilities of the table in it, `\log P(X)`: outcomes without probability count 0."""
    letter = replace(variable, text=variable.text.lower()) if isinstance(variable, Name) else variable
    if letter == variable or reader.knows(letter):
        return None
    body = transform(inside, lambda part: letter if part == variable else part)
    relation = Relation(("\\sim",), (letter, name))
    return over_outcomes(reader, BigOperator("E", relation, None, Bracket("[", (body,), span=inside.span), span=span))


def _of_whole(reader: Reader, inside: Tree) -> Tree | None:
    r"""The variable of the `\mathbb{E}[P]` of a distribution; None where something else stands in the bracket."""
    if not could_be_name(inside) or is_variable(reader, inside):
        return None
    own = of_own_table(reader, inside)
    return own.variables[0] if own is not None else key(inside) if key(inside) in reader.families else None


def _square(power: Superscript) -> Tree:
    return Product("", (power.base, power.base), span=power.span)


def _variables_in(reader: Reader, tree: Tree) -> list[Tree]:
    """The random variables that a formula computes with; of the text's only distribution where it has one alone."""
    if could_be_name(tree):
        random = is_variable(reader, tree) or (not reader.knows(tree) and only_distribution(reader, tree) is not None)
        own = None if random else of_own_table(reader, tree)
        return (
            [variable_of(tree)] if random else [] if own is None or own.variables != (variable_of(tree),) else [*own.variables]
        )
    return [name for part in _outside_heads(reader, tree) for name in _variables_in(reader, part)]


def _outside_heads(reader: Reader, tree: Tree) -> Sequence[Tree]:
    """The parts of a formula without the P of `P(x)`, which is the distribution and no variable."""
    parts = children(tree)
    if not isinstance(tree, Juxtaposition):
        return parts
    following = (*parts[1:], None)
    heads = [bracket_of(after) is not None and key(part) in reader.tables for part, after in zip(parts, following, strict=True)]
    return [part for part, is_head in zip(parts, heads, strict=True) if not is_head]


def _has_own_table(reader: Reader, tree: Tree) -> bool:
    """Whether a formula computes with a variable whose table has its name."""
    return any(could_be_name(part) and of_own_table(reader, part) is not None for part in walk(tree))


def _names_table(reader: Reader, tree: Tree) -> bool:
    """Whether probabilities of a table stand in a formula, `\\log P(X)`."""
    if could_be_name(tree):
        return key(tree) in reader.tables
    return any(_names_table(reader, part) for part in children(tree))


def _joint(reader: Reader, variables: Sequence[Tree], span: Span | None) -> Joint | None:
    """Their distribution with known outcomes; None for one of a family without end."""
    if len(variables) == 1:
        (variable,) = variables
        only = only_distribution(reader, variable)
        if only is not None and only in reader.tables:
            reader.note("only-distribution", f"{said(variable)} is taken to have the distribution {said(only)}", variable)
            return Joint(Symbol(only, span=span), Table(reader.tables[only].labels, (variable,)))
        own = of_own_table(reader, variable)
        if own is not None:
            return own
        if _member(reader, variable) is not None:
            return None
    return distribution_of_variables(reader, variables, span)


def _member(reader: Reader, variable: Tree) -> Member | None:
    """The member of a family that a variable is drawn from, where its outcomes are not finitely many."""
    name = only_distribution(reader, variable) or variable
    instance = reader.families.get(name)
    member = None if instance is None or name in reader.tables else read_member(reader, instance)
    return member if member is not None and member.body is None else None


def _at(reader: Reader, inside: Tree, values: Mapping[Tree, Tree], span: Span | None) -> Tree:
    """What stands in the bracket at one outcome. Raises SyntaxFault where an outcome is no number."""

    def put(part: Tree) -> Tree:
        label = values.get(variable_of(part)) if could_be_name(part) else None
        if label is None:
            return part
        value = number(label)
        if value is None:
            message = f"{said(label)} is no number, so {span_text(span)} has no value"
            raise SyntaxFault("label-as-number", message, span, "give the outcomes numbers as names")
        plain = Number(abs(value), str(abs(value)), span=part.span)
        return plain if value >= 0 else Bracket("(", (Sum((-1,), (plain,), span=part.span),), span=part.span)

    return reader.read(transform(inside, put))


def _weighted(weights: Sequence[Tree], values: Sequence[Tree], span: Span | None) -> Tree:
    terms = tuple(Product("", pair, span=span) for pair in zip(weights, values, strict=True))
    return terms[0] if len(terms) == 1 else Sum((1,) * len(terms), terms, span=span)


def _of_family(reader: Reader, inside: Tree, variables: Sequence[Tree], span: Span | None, *, of_square: bool) -> Tree | None:
    """The mean or the variance of a member of a family, and the expectation of a square."""
    (variable,) = variables
    member = _member(reader, variable)
    assert member is not None
    if member.parametrisation.against is not None:
        raise member.parametrisation.against.fault()
    square = isinstance(inside, Superscript) and inside.exponent == TWO and could_be_name(inside.base)
    if member.family.law is not None and member.family.mean is None:
        return expectation_of(reader, member, inside, variable, span, of_square=of_square)
    mean = _closed(member, member.family.mean, "mean", span)
    variance = _closed(member, member.family.variance, "variance", span)
    if could_be_name(inside) and of_square and variance is not None:
        return variance
    if could_be_name(inside) and not of_square and mean is not None:
        return mean
    if square and not of_square and mean is not None and variance is not None:
        return Sum((1, 1), (variance, Product("", (mean, mean), span=span)), span=span)
    if isinstance(inside, Sum) and not of_square:
        parts = [_moment(reader, term, span, of_square=False) or reader.read(term) for term in inside.terms]
        return Sum(inside.signs, tuple(parts), span=span)
    factors = inside.items if isinstance(inside, Juxtaposition) else ()
    random = [factor for factor in factors if _variables_in(reader, factor)]
    if len(random) == 1 and not of_square:
        own = _moment(reader, random[0], span, of_square=False)
        rest = tuple(reader.read(factor) for factor in factors if factor is not random[0])
        return None if own is None else Product("", (*rest, own), span=span)
    message = f"{span_text(span)} of the {member.family.title} distribution is not worked out"
    raise NameFault("no-closed-form", message, span, "its mean and its variance are, and E[X^2]")


def _closed(member: Member, formula: Formula | None, name: str, span: Span | None) -> Tree | None:
    if formula is None:
        return None
    form = closed_form(f"{member.family.name} {name}", member.family.parameters, "scalar", formula)
    return Applied(form, member.parameters, span=span)


def moment_of_call(reader: Reader, tree: Call) -> Tree | None:
    r"""`\mathrm{Var}(X)` where the word is one of the table of functions too."""
    bracket = Bracket("(", tree.arguments, (",",) * (len(tree.arguments) - 1), span=tree.span)
    return read_moment(reader, tree.function, bracket, tree.span)
