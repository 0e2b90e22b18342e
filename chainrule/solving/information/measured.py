"""Formulas with entropies and divergences in them, in another unit: each is divided by the logarithm of the base."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import isclose, log

from chainrule.errors import ChainruleError
from chainrule.graph import build
from chainrule.graph.node import Named, Node, Variable
from chainrule.inference.distributions.information import Information
from chainrule.inference.distributions.notation import head_word, spelled_head
from chainrule.inference.literals import is_literal
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, join_spans, key
from chainrule.ops.arithmetic import divide
from chainrule.solving.answer import Answer, Formula, Worked
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.forward import answer_value, quantities_behind, written_body
from chainrule.solving.information import trees
from chainrule.solving.information.calls import called_in
from chainrule.solving.information.decimal import Base
from chainrule.solving.information.own_formulas import unit_of_own_formula
from chainrule.solving.information.said import unit_said
from chainrule.solving.information.trees import number_of
from chainrule.solving.information.units import BITS, NATS, base_of, in_unit, log_of_base, unit_of_logarithm
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Juxtaposition,
    Name,
    Number,
    Quotient,
    Relation,
    Sum,
    Superscript,
    Text,
    Tree,
    transform,
    walk,
)

SAME = 1e-12
MOST_PARTS = 10_000
"""A formula with the bodies of its names in it has no more."""


@dataclass
class _Measuring:
    """Puts something in the place of every quantity of a formula that has a unit; `found` are those."""

    network: Network
    put: Callable[[Tree, Information], Tree]
    found: list[Tree] = field(default_factory=list[Tree])

    def changed(self, tree: Tree) -> Tree:
        if isinstance(tree, Juxtaposition) and (
            len(tree.items) > 2 or any(isinstance(last, Superscript) for last in tree.items[-1:])
        ):
            return self._among_factors(tree)
        found = self._measured(tree) if isinstance(tree, Juxtaposition | Call) else None
        if found is None:
            return tree
        self.found.append(tree)
        return self.put(tree, found)

    def _among_factors(self, tree: Juxtaposition) -> Tree:
        """`3 D(P || Q)` and `H(P)^2`, where the quantity is two items of a flat product, the last one maybe with a power."""
        items: list[Tree] = []
        for item in _spelled(self.network, tree.items):
            inside = item.base if isinstance(item, Superscript) else item
            if items and isinstance(inside, Bracket):
                pair = Juxtaposition((items[-1], inside), span=join_spans((items[-1], inside)))
                made = self.changed(pair)
                own = made is not pair or pair in self.found
                whole = replace(item, base=made) if isinstance(item, Superscript) else made
                items[-1:] = [whole] if own else [items[-1], item]
            else:
                items.append(item)
        return items[0] if len(items) == 1 else Juxtaposition(tuple(items), span=tree.span)

    def _measured(self, tree: Tree) -> Information | None:
        try:
            found = self.network.information(tree)
        except ChainruleError:
            return None
        return found if found is not None and found.quantity.logarithmic else None


def measured_quantities(network: Network, tree: Tree) -> list[Tree]:
    """The quantities in a formula that have a unit, also those that are factors of others."""
    measuring = _Measuring(network, lambda part, _: part)
    transform(tree, measuring.changed)
    return measuring.found


def _spelled(network: Network, items: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """The items with letters in front of a bracket that are the head of a quantity as one name, the KL of `2 KL(P || Q)`."""
    made: list[Tree] = []
    left = items
    while left:
        head = spelled_head(network.reader, left)
        made.append(left[0] if head is None else head)
        left = left[1 if head is None else len(head_word(head) or "") :]
    return tuple(made)


def _in_unit(unit: str) -> Callable[[Tree, Information], Tree]:
    """A quantity in that unit, `H(P) / log(2)`."""
    base = base_of(unit).number
    return lambda tree, _: tree if base is None else Quotient(tree, trees.log(Base(), Number(base)), span=tree.span)


def _with_logarithms(tree: Tree, unit: str) -> Tree:
    """A formula whose logarithms are those of that unit."""

    def changed(part: Tree) -> Tree:
        if not isinstance(part, Call) or unit_of_logarithm(part) is None:
            return part
        return replace(trees.log(base_of(unit), part.arguments[0]), span=part.span)

    return transform(tree, changed)


def measured_in(network: Network, statements: Iterable[Tree], unit: str) -> list[Tree]:
    """The equations with every quantity in that unit, `H(P) / log(2)`.

    Raises ChainruleError `nothing-measured` where none of them has a quantity of information.
    """
    measuring = _Measuring(network, _in_unit(unit))
    made: list[Tree] = []
    for statement in statements:
        if isinstance(statement, Relation):
            first, *rest = statement.sides
            statement = replace(statement, sides=(first, *(transform(side, measuring.changed) for side in rest)))
        made.append(statement)
    if not measuring.found:
        raise ChainruleError("nothing-measured", f"no entropy or divergence is in the equations to be measured in {unit}")
    return made


def value_in_unit(
    context: Context, node: Node, answer: Answer, tree: Tree, unit: str | None, *, required: bool = False
) -> Answer:
    r"""The value of a formula that has quantities of information in it, in the unit that is asked for, else in that of its own
    logarithms, `\log_2 18 - H(P)`, else in nats; any other as it is.

    The unit is said where the whole is measured in it: where it changes with the unit as its quantities and logarithms do.
    required: this value is asked for in that unit. Raises ChainruleError `no-unit` where no quantity is found in it then.
    """
    called = None if isinstance(node, Named) else called_in(context, tree)
    if called is not None:
        context, node, tree = called.context, called.quantity, called.body
    body = (written_body(context, node) or tree) if isinstance(node, Named) else tree
    body = body if isinstance(node, Variable) else _written_out(context, node, body)
    known = not isinstance(node, Variable) and expression_in(context.network, body, BITS) is not None
    own = None if known else unit_of_own_formula(context, node)
    if own is not None:
        return _of_own_formula(context, node, answer, body, own, unit or own)
    if not known or not isinstance(answer.value, float):
        return _without_unit(context, node, answer, unit or NATS, known=known, required=required)
    wanted = unit or _unit_of_logarithms(body) or NATS
    scales = _scales(context, body)
    written = _with_logarithms(body, wanted) if scales else body
    asked = expression_in(context.network, written, wanted)
    assert asked is not None
    found = answer_value(context, context.network.read(asked), asked, answer.asked, answer.span, answer.part)
    formula = tree_formula(written)
    assert isinstance(found.value, float)
    lines = (Worked(answer.symbol, formula, _with_numbers(context, written, wanted), tree_formula(number_of(found.value))),)
    answer = replace(found, symbol=answer.symbol, of=answer.of, formula=formula, worked=lines)
    if not scales and not (required and _scales(context, _without_numbers(body))):
        said = f"entropies and divergences in it are {unit_said(wanted)}"
        return replace(answer, conventions=(*answer.conventions, said))
    return _with_unit(answer, wanted)


def _with_unit(answer: Answer, unit: str) -> Answer:
    """With the unit, and the digits that quantities are shown with."""
    if isinstance(answer.value, float) and answer.worked and answer.worked[-1].symbol == answer.symbol:
        last = replace(answer.worked[-1], result=tree_formula(number_of(answer.value)))
        answer = replace(answer, worked=(*answer.worked[:-1], last))
    return replace(answer, kind="divergence", unit=unit, conventions=(*answer.conventions, unit_said(unit)))


def _of_own_formula(context: Context, node: Node, answer: Answer, body: Tree, own: str, wanted: str) -> Answer:
    """The value of a formula that is a quantity itself, with its unit; in another one that value times the unit's factor."""
    if wanted != own and isinstance(answer.value, float):
        written = _converted(body, own, wanted)
        above, below = (log_of_base(base_of(unit)) for unit in (own, wanted))
        found = answer_value(
            context, divide(build.multiply(node, above), below), written, answer.asked, answer.span, answer.part
        )
        assert isinstance(found.value, float)
        before = tuple(line for line in found.worked if line.symbol != answer.symbol)
        numbers = _converted(number_of(answer.value), own, wanted)
        last = Worked(answer.symbol, tree_formula(written), tree_formula(numbers), tree_formula(number_of(found.value)))
        answer = replace(found, symbol=answer.symbol, of=answer.of, formula=tree_formula(written), worked=(*before, last))
    return _with_unit(answer, wanted)


def _converted(tree: Tree, own: str, wanted: str) -> Tree:
    r"""What has one unit in another one: in bits over `\log 2`."""
    above, below = (base_of(unit).number for unit in (own, wanted))
    tree = tree if above is None else Juxtaposition((tree, trees.log(Base(), Number(above))))
    return tree if below is None else Quotient(tree, trees.log(Base(), Number(below)))


def _without_unit(context: Context, node: Node, answer: Answer, unit: str, *, known: bool, required: bool) -> Answer:
    """A value that is in no unit, as it is; where its logarithms are natural and a unit is said, that is said of it.

    known: it has quantities of information in it, and no number. Raises ChainruleError `no-unit` where it must have one.
    """
    if unit == NATS and not (required and _has_other_base(context, node)):
        return answer
    if required:
        why = "has no number to be given" if known else "is no amount of information to be given"
        hint = "ask for the entropy or divergence itself, or without a unit"
        raise ChainruleError("no-unit", f"{answer.asked} {why} {unit_said(unit)}", answer.span, hint)
    behind = {each.symbol for each in quantities_behind(node)}
    bodies = (equation.body for equation in context.network.equations if equation.name in behind)
    natural = any(isinstance(part, Call) and part.function == Name("log") for body in bodies for part in walk(body))
    return replace(answer, conventions=(*answer.conventions, "its logarithms are natural")) if natural else answer


def _has_other_base(context: Context, node: Node) -> bool:
    """Whether logarithms to another base than e are in the formulas behind a value."""
    behind = {each.symbol for each in (*quantities_behind(node), node) if isinstance(each, Named)}
    bodies = (equation.body for equation in context.network.equations if equation.name in behind)
    return any(unit_of_logarithm(part) not in (None, NATS) for body in bodies for part in walk(body))


def _written_out(context: Context, node: Node, tree: Tree) -> Tree:
    """The formula with the right side of every name in it that has quantities of information behind it."""
    network = context.network
    bodies = {equation.name: equation.body for equation in network.equations}
    behind = [each.symbol for each in quantities_behind(node) if each is not node and each.symbol in bodies]
    known: dict[Tree, Tree] = {}
    for name in behind:
        body = _with_bodies(network, bodies[name], known)
        if expression_in(network, body, BITS) is not None:
            known[name] = Bracket("(", (body,), span=body.span)
    return _with_bodies(network, tree, known)


def _with_bodies(network: Network, tree: Tree, known: Mapping[Tree, Tree]) -> Tree:
    """The formula with what is known for its names; the letters of its quantities, the H of `H(P)`, are none of them.

    Raises ChainruleError `too-long`.
    """
    if not known:
        return tree
    kept: list[Tree] = []

    def keep(part: Tree, _: Information) -> Tree:
        kept.append(part)
        return Text(f"{len(kept) - 1}", span=part.span)

    marked = transform(tree, _Measuring(network, keep).changed)
    names = {part: known[key(part)] for part in walk(marked) if could_be_name(part) and key(part) in known}
    if sum(sum(1 for _ in walk(names[part])) for part in walk(marked) if part in names) > MOST_PARTS:
        raise ChainruleError("too-long", "the formulas behind this are too many to be measured in a unit", tree.span)
    written = transform(marked, lambda part: names.get(part, part))
    return transform(written, lambda part: kept[int(part.text)] if isinstance(part, Text) and part.text.isdigit() else part)


def _with_numbers(context: Context, tree: Tree, unit: str) -> Formula | None:
    """The formula with the values of its quantities; None where one of them has no formula."""

    def value(tree: Tree, found: Information) -> Tree:
        known = None if found.node is None else context.number(in_unit(found.node, found.quantity, base_of(unit)))
        return number_of(known) if isinstance(known, float) else tree

    measuring = _Measuring(context.network, value)
    return tree_formula(transform(tree, measuring.changed))


def _scales(context: Context, tree: Tree) -> bool:
    """Whether a formula, with its logarithms, is measured in the unit of its quantities: it has as many bits as it should."""
    in_nats, in_bits = (expression_in(context.network, _with_logarithms(tree, unit), unit) for unit in (NATS, BITS))
    if in_nats is None or in_bits is None:
        return False
    nats, bits = (context.number(context.network.read(each)) for each in (in_nats, in_bits))
    return isinstance(nats, float) and isinstance(bits, float) and isclose(bits * log(2), nats, rel_tol=SAME, abs_tol=SAME)


def _without_numbers(tree: Tree) -> Tree:
    """A sum without its numbers, which are in the unit that is asked for: the 2 of `2 - H(P)` in bits."""
    if not isinstance(tree, Sum):
        return tree
    kept = [(sign, term) for sign, term in zip(tree.signs, tree.terms, strict=True) if not is_literal(term)]
    return Sum(tuple(sign for sign, _ in kept), tuple(term for _, term in kept), span=tree.span) if kept else tree


def _unit_of_logarithms(tree: Tree) -> str | None:
    """The unit of the logarithms to a base in a formula; None where there is none or more than one."""
    units = {unit_of_logarithm(part) for part in walk(tree)} - {None}
    return units.pop() if len(units) == 1 else None


def expression_in(network: Network, tree: Tree, unit: str) -> Tree | None:
    """The formula with its quantities in that unit; None where it has none."""
    measuring = _Measuring(network, _in_unit(unit))
    made = transform(tree, measuring.changed)
    return made if measuring.found else None
