"""Whether what a quantity is of are distributions: no negative entry, entries that sum to 1."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from math import prod

from chainrule.algebra.normal_form import normal_form
from chainrule.errors import Diagnostic, NameFault
from chainrule.evaluation.run import MissingValue
from chainrule.graph import build
from chainrule.graph.node import Constant, Named, Node, Stack, Variable
from chainrule.graph.walk import postorder, substitute
from chainrule.inference.distributions.information import Information
from chainrule.inference.distributions.joints import condition_of
from chainrule.inference.distributions.labels import said as outcome_text
from chainrule.inference.statements import heads
from chainrule.inference.symbols import Symbol, could_be_name, key, span_text
from chainrule.ops.arithmetic import divide
from chainrule.probability.distribution import Distribution
from chainrule.probability.integration.halves import Divergent
from chainrule.probability.integration.laws import UNITY, integral_of
from chainrule.probability.integration.quadrature import Total
from chainrule.solving.context import Context
from chainrule.solving.information.outcomes import Numbers, name_of, numbers_of
from chainrule.solving.information.trees import DIGITS, number_tree
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Superscript, Tree, transform, walk
from chainrule.typesetting import digits, unicode

ROUNDING, TINY = Fraction(1, 10**9), Fraction(1, 10**12)
"""How far the sum of probabilities may be from 1: of those that were computed, and of those that the text has."""
MOST_DIGITS = 15
DRAWN = ("\\sim", "∼", "~")


@dataclass
class Checked:
    """The information over distributions that are some; what was said on the way, and what an answer has to say."""

    information: Information
    said: list[Diagnostic] = field(default_factory=list[Diagnostic])
    conventions: list[str] = field(default_factory=list[str])


def check_distributions(context: Context, information: Information, statements: Sequence[Tree], normalize: bool) -> Checked:
    """The same quantity, of distributions. normalize: divide entries that do not sum to 1 by their sum.

    Raises NameFault (`negative-probability`, `not-normalised`) at the place in the text.
    """
    information = _by_name(information)
    checked = Checked(information)
    information = _with_densities(context, checked, statements, normalize=normalize)
    divided: dict[Node, Node] = {}
    exact: dict[Node, Node] = {}
    for distribution in information.distributions:
        node = distribution.probabilities
        if node is None or node in divided or not node.shape:  # no shape: one probability, whose surprisal is asked
            continue
        found = numbers_of(context, node)
        if found is None:
            checked.said.extend(_not_given(context, distribution, node, statements))
            checked.conventions.extend(_taken_for_granted(distribution, node))
            continue
        _require_no_negative(distribution, found, statements)
        total = sum(found.entries, Fraction(0))
        checked.said.extend(_not_independent(context, distribution, found, statements))
        if abs(total - 1) <= (TINY if found.exact else ROUNDING):
            _require_conditions(context, node, statements)
            continue
        shown, name = sum_shown(total), unicode(distribution.symbol)
        place = place_of(distribution, statements)
        if not normalize or total == 0:
            message = f"the probabilities of {name} sum to {shown}, not to 1"
            hint = "correct a number, or go on with --normalize" if total else "give an outcome a probability"
            raise NameFault("not-normalised", message, place, hint)
        divided[node] = divide(node, build.lift(build.total(node), node.shape))
        if found.exact and len(node.shape) == 1:
            exact[node] = build.stack([build.constant(entry / total) for entry in found.entries])
        said = f"the probabilities of {name} sum to {shown} and were divided by that"
        checked.said.append(Diagnostic("warning", "normalised", said, place))
        checked.conventions.append(said)
    checked.information = _with(information, divided, divided | exact)
    return checked


def _with_densities(context: Context, checked: Checked, statements: Sequence[Tree], *, normalize: bool) -> Information:
    """The information with densities that integrate to one, of those that the text gives by a formula with numbers."""
    made: list[Distribution] = []
    for distribution in checked.information.distributions:
        found = _integral(context, distribution)
        made.append(distribution)
        if found is None or (isinstance(found, Total) and abs(found.value - 1.0) <= UNITY + found.error):
            continue
        name, place = unicode(distribution.symbol), place_of(distribution, statements)
        sums = distribution.family is not None and distribution.family.support.discrete
        added = f"the probabilities of {name} sum" if sums else f"the density {name} integrates"
        if isinstance(found, Divergent) or not normalize:
            if isinstance(found, Divergent):
                raise NameFault("not-normalised", f"the integral of the density {name} is infinite, not 1", place)
            message = f"{added} to {found.value:.6g}, not to 1"
            raise NameFault("not-normalised", message, place, "correct it, or go on with --normalize")
        made[-1] = replace(distribution, total=found.value)
        said = f"{added} to {found.value:.6g} and was divided by that"
        checked.said.append(Diagnostic("warning", "normalised", said, place))
        checked.conventions.append(said)
    return replace(checked.information, distributions=tuple(made))


def _integral(context: Context, distribution: Distribution) -> Total | Divergent | None:
    """What a density that a formula gives integrates to; None of every other distribution, and where a number is missing."""
    try:
        return integral_of(distribution, context.values(), context.network.sizes)
    except MissingValue:
        return None


def _not_independent(
    context: Context, distribution: Distribution, numbers: Numbers, statements: Sequence[Tree]
) -> Iterator[Diagnostic]:
    r"""A warning for every `X \perp Y` of the text that the probabilities of a joint distribution contradict."""
    labels, variables = distribution.labels, distribution.variables
    if len(labels) == len(variables) > 1:
        outcomes = list(product(*labels))
    else:
        outcomes = [label.items for axis in labels for label in axis if isinstance(label, Bracket)]
    if len(outcomes) != len(numbers.entries) or any(len(outcome) != len(variables) for outcome in outcomes):
        return
    joint = [(dict(zip(variables, outcome, strict=True)), p) for outcome, p in zip(outcomes, numbers.entries, strict=True)]
    for groups in context.network.reader.dependence.independent:
        if not frozenset().union(*groups) <= frozenset(variables) or _are_independent(joint, groups):
            continue
        names = " and ".join(", ".join(sorted(map(unicode, group))) for group in groups)
        message = f"the text says that {names} are independent, and in {unicode(distribution.symbol)} they are not"
        hint = "what is asked is computed from the probabilities that are given"
        yield Diagnostic("warning", "not-independent", message, place_of(distribution, statements), hint)


def _are_independent(joint: Sequence[tuple[Mapping[Tree, Tree], Fraction]], groups: Sequence[Iterable[Tree]]) -> bool:
    """Whether every joint probability of these groups is the product of those of the groups."""
    ordered = [tuple(group) for group in groups]
    together: dict[tuple[tuple[Tree, ...], ...], Fraction] = defaultdict(Fraction)
    for outcome, p in joint:
        together[tuple(tuple(outcome[v] for v in group) for group in ordered)] += p
    alone: list[dict[tuple[Tree, ...], Fraction]] = [defaultdict(Fraction) for _ in ordered]
    for values, p in together.items():
        for sums, value in zip(alone, values, strict=True):
            sums[value] += p
    pairs = (
        (together.get(values, Fraction(0)), prod(sums[value] for sums, value in zip(alone, values, strict=True)))
        for values in product(*alone)
    )
    return all(abs(p - q) <= ROUNDING for p, q in pairs)


def sum_shown(total: Fraction) -> str:
    """The sum of probabilities with so many digits that it is not shown as 1."""
    return next(text for n in range(DIGITS, MOST_DIGITS + 1) if (text := digits(total, n)) != "1" or n == MOST_DIGITS)


def _by_name(information: Information) -> Information:
    """With every distribution as the text writes it, names that were found being names again."""

    def name(tree: Tree) -> Tree:
        return tree.name if isinstance(tree, Symbol) else tree

    return replace(
        information, distributions=tuple(replace(d, symbol=transform(d.symbol, name)) for d in information.distributions)
    )


def _with(information: Information, new: dict[Node, Node], shown: dict[Node, Node]) -> Information:
    """The same of other vectors. shown: of the distributions; there they may be numbers."""
    if not new:
        return information
    made = tuple(
        d if d.probabilities is None else replace(d, probabilities=substitute(d.probabilities, shown))
        for d in information.distributions
    )
    node = None if information.node is None else substitute(information.node, new)
    return replace(information, distributions=made, node=node)


def _not_given(context: Context, distribution: Distribution, node: Node, statements: Sequence[Tree]) -> Iterator[Diagnostic]:
    """What is said of a name of which the text says nothing at all: there is a definition to show, and no number.

    Raises NameFault where the text says that it is drawn from what is not known.
    """
    symbol = distribution.symbol
    raised = symbol.base if isinstance(symbol, Superscript) and could_be_name(symbol.base) else None  # the p^T of a teacher
    name = raised or name_of(symbol)
    if name is None or (raised is None and not isinstance(node, Variable)) or context.has_value(node):
        return
    said = [statement for statement in statements if isinstance(statement, Relation)]
    for statement in said if distribution.family is None else ():
        if statement.operators[0] in DRAWN and key(statement.sides[0]) == key(name):
            message = f"{span_text(statement.span)} names no family of distributions that is known here"
            hint = f"give the probabilities of {unicode(name)}, as a table or a formula over its outcomes"
            raise NameFault("unknown-family", message, statement.span, hint)
    if all(part != key(name) for statement in said for part in map(key, filter(could_be_name, walk(statement)))):
        name = name if raised is None else symbol
        message = f"the text does not say what distribution {unicode(name)} is"
        hint = f"write it, as {unicode(name)} = {{A: 0.5, B: 0.5}}"
        yield Diagnostic("error", "no-distribution", message, distribution.symbol.span, hint)


def _taken_for_granted(distribution: Distribution, node: Node) -> Iterator[str]:
    """What is said of probabilities that are formulas. Raises NameFault where their sum is another number than 1."""
    body = node.body if isinstance(node, Named) else node
    total = normal_form(build.add(*body.items) if isinstance(body, Stack) and len(body.shape) == 1 else build.total(node))
    if isinstance(total, Constant) and total.value != 1:
        message = f"the probabilities of {unicode(distribution.symbol)} sum to {total.value}, not to 1"
        raise NameFault("not-normalised", message, distribution.symbol.span, "correct one of them")
    if not isinstance(total, Constant):
        yield f"{unicode(distribution.symbol)} is taken to be a distribution: no entry is negative, and they sum to 1"


def _require_no_negative(distribution: Distribution, numbers: Numbers, statements: Sequence[Tree]) -> None:
    for k, entry in enumerate(numbers.entries):
        if entry < 0 and (numbers.exact or entry < -ROUNDING):
            labels = distribution.labels[0] if len(distribution.labels) == 1 else ()
            label = f" of {unicode(labels[k])}" if k < len(labels) else ""
            shown = unicode(number_tree(entry, numbers.exact))
            message = f"the probability{label} in {unicode(distribution.symbol)} is {shown}: it is negative"
            raise NameFault("negative-probability", message, place_of(distribution, statements, k), "correct the number")


def _require_conditions(context: Context, node: Node, statements: Sequence[Tree]) -> None:
    """Raise NameFault where a table under a condition that a joint distribution is made of does not sum to 1 for each value:
    with the weights of the condition it can do so in all.
    """
    below = set(postorder(node))
    for name, each in context.network.distributions.items():
        condition = condition_of(name)
        if len(condition) != 1 or len(each.labels) != 2 or each.probabilities not in below:
            continue
        found = numbers_of(context, each.probabilities)
        axis = each.variables.index(condition[0])
        columns = () if found is None else zip(*found.rows, strict=True) if axis else found.rows
        for label, column in zip(each.labels[axis], columns, strict=False):
            total = sum(column, Fraction(0))
            if abs(total - 1) > ROUNDING:
                event = f"{outcome_text(condition[0])} = {outcome_text(label)}"
                message = f"the probabilities under {event} sum to {sum_shown(total)}, not to 1"
                raise NameFault("not-normalised", message, each.symbol.span or place_of(each, statements), "correct a number")


def place_of(distribution: Distribution, statements: Sequence[Tree], entry: int | None = None) -> Span | None:
    """Where the text gives the probabilities, or one of them; else where the distribution is written."""
    name = name_of(distribution.symbol)
    for statement in statements:
        if name is not None and isinstance(statement, Relation) and key(name) in heads(statement):
            body = statement.sides[-1]
            if entry is not None and isinstance(body, Bracket) and entry < len(body.items):
                return body.items[entry].span
            return statement.span
    singly = (each for each in statements if name is not None and _gives_one_of(each, name))
    return next((each.span for each in singly), distribution.symbol.span)


def _gives_one_of(statement: Tree, name: Tree) -> bool:
    """Whether it is `P(A) = 0.4`, one probability of P."""
    head = statement.sides[0] if isinstance(statement, Relation) and statement.operators[0] in ("=", ":=") else None
    return isinstance(head, Juxtaposition) and len(head.items) == 2 and key(head.items[0]) == name
