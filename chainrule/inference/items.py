"""The statements of one problem as items: sorted, tables on common outcomes, functions apart from quantities."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chainrule.errors import ChainruleError, Diagnostic
from chainrule.inference.axes import Axes, array_of, axes_of, elements_apart, examples_of, fixed_letters, free_indices
from chainrule.inference.composition import with_aliases
from chainrule.inference.counting import counted_from_zero
from chainrule.inference.declarations import Declaration, Declared
from chainrule.inference.define import functions_among
from chainrule.inference.distributions.alignment import aligned, named_apart, without_events
from chainrule.inference.entry_lists import entries_of, is_entry_list
from chainrule.inference.gathered import Gathered
from chainrule.inference.probabilities import named_by_head
from chainrule.inference.ranges import axis_ranges
from chainrule.inference.statements import Claim, Definition, Further, Given, Item, head_parts, heads, sort_statement
from chainrule.inference.symbols import entry_position, key, span_text
from chainrule.inference.uses import names_alone, uses
from chainrule.syntax.tree import Derivative, Name, Number, Prime, Subscript, Superscript, Tree


@dataclass(frozen=True)
class Items:
    """items: what the statements say, with what is said from outside in the place of what they say of the same names.

    written: the items of the statements alone. functions, quantities: the definitions, one of each name, apart. applied: names
    with a bracket behind them; alone: those that stand by themselves.
    """

    items: Sequence[Item]
    written: Sequence[Item]
    definitions: Sequence[Definition]
    functions: Sequence[Definition]
    quantities: Sequence[Definition]
    axes: Axes
    batches: frozenset[Tree]
    elements: Mapping[Tree, Tree]
    applied: set[Tree]
    alone: frozenset[Tree]


def sorted_items(statements: Sequence[Tree], more: Sequence[Given | Declaration], found: Gathered) -> Items:
    """The items. Notes, claims, facts and what is broken go to `found`."""
    items, notes = without_events(named_apart(_sorted(statements, found)))
    found.diagnostics.extend(notes)
    items, notes = aligned(named_by_head(items))
    found.diagnostics.extend(notes)
    said = {(type(item), item.name) for item in more}
    items = [i for i in items if not isinstance(i, Definition | Given | Declaration) or (type(i), i.name) not in said]
    items = _declared_by_entries(items)
    written, items = items, [*items, *more]
    applied = {use.name for statement in statements for use in uses(statement)}
    alone = frozenset(names_alone(statements))
    pairs = [(i.name, i.body) for i in items if isinstance(i, Definition) and i.parameters is None]
    batches = examples_of(statements, pairs)
    ranges = axis_ranges(statements, {})
    counted = frozenset(ranges)
    fixed = fixed_letters(statements, (item.name for item in items if isinstance(item, Given)), counted)
    elements = elements_apart(pairs, batches, counted, fixed)
    items = [_whole(item, batches, counted, elements, fixed) for item in items]
    tables = [(item.indices, item.body) for item in items if isinstance(item, Definition)]
    axes = axes_of(statements, tables, [item.name for item in items if isinstance(item, Definition) and item.indices])
    from_zero = counted_from_zero([item for item in items if isinstance(item, Definition)], ranges, axes.zero_based)
    axes = replace(axes, zero_based=from_zero).renamed(elements)
    items = with_aliases((_of_elements(item, axes) for item in items), applied, alone)
    definitions, again = _definitions(items)
    functions = functions_among(definitions, statements, alone)
    # A function with two definitions has none: a call of it would take the first one.
    lost = {each.name for each in functions} & again.keys()
    definitions = [each for each in definitions if each.name not in lost]
    functions = [each for each in functions if each.name not in lost]
    for name, claims in again.items():
        if name not in lost:
            found.claims.extend(claims)
            continue
        faults = [claim.again for claim in claims if claim.again is not None]
        found.diagnostics.extend(faults)
        found.broken[name] = faults[-1]
    taken = {d.name for d in functions}
    quantities = [d for d in definitions if d.name not in taken]
    written = [_of_elements(_whole(item, batches, counted, elements, fixed), axes) for item in written]
    return Items(items, written, definitions, functions, quantities, axes, batches, elements, applied, alone)


def _declared_by_entries(items: Sequence[Item]) -> list[Item]:
    """The items, where `y = (y_1, y_2)` says no more than how long y is: y, or `y_i`, has a formula of its own."""
    defined = {item.name for item in items if isinstance(item, Definition) and not is_entry_list(item.body)}
    known = defined | {item.name for item in items if isinstance(item, Given)}
    defined |= {key(n.base) for n in defined if isinstance(n, Subscript) and all(isinstance(i, Name) for i in n.items)}
    kept: list[Item] = []
    for item in items:
        length = _own_entries(item, known) if isinstance(item, Definition) and item.name in defined else 0
        kept.append(Declaration(item.name, (length,), item.span) if length and isinstance(item, Definition) else item)
    return kept


def _own_entries(item: Definition, known: Container[Tree]) -> int:
    """How many entries a name has that is defined as the list of them, in their order, of which none is known otherwise;
    0 for any other definition.
    """
    entries = entries_of(item.body) if item.parameters is None and is_entry_list(item.body) else []
    own = (
        isinstance(e, Subscript) and key(e.base) == item.name and entry_position(e.items) == (k,) and key(e) not in known
        for k, e in enumerate(entries, 1)
    )
    return len(entries) if all(own) else 0


def _sorted(statements: Iterable[Tree], found: Gathered) -> list[Item]:
    items: list[Item] = []
    for statement in statements:
        try:
            more, notes = sort_statement(statement)
        except ChainruleError as error:
            more, notes = [], [error.diagnostic()]
            found.broken.update(dict.fromkeys(heads(statement), notes[0]))
        items.extend(more)
        found.diagnostics.extend(notes)
    return list(_settled(items, found))


def _settled(items: Sequence[Item], found: Gathered) -> Iterator[Item]:
    """The items without claims and facts, which are kept aside: of a name that means something further ones are claims."""
    named = [item for item in items if isinstance(item, Definition | Given)]
    own = {each.name for each in named if isinstance(each, Given) or not is_entry_list(each.body)}
    for item in items:
        match item:
            case Further(item=Definition(name=name) | Given(name=name) as named, claim=claim, whole=whole):
                inside = _behind(name)
                if whole in own:
                    continue  # what is said of the whole is a claim
                if name in own or (len(inside) > 0 and all(each in own for each in inside)):
                    found.claims.append(claim)
                else:
                    yield named
            case Claim():
                found.claims.append(item)
            case Declared():
                found.facts.append(item)
            case _:
                yield item


def _behind(name: Tree) -> tuple[Tree, ...]:
    """The names that tell what a derivative or a power is."""
    match name:
        case Derivative(of=Tree() as of):
            return (key(head_parts(of)[0]),)
        case Superscript(base=base, exponent=Number()) | Prime(base=base):
            return (key(base),)
        case Superscript(base=base, exponent=Name() as exponent):
            return (key(base), exponent)
        case _:
            return ()


def _whole(
    item: Item,
    batches: frozenset[Tree],
    counted: frozenset[Tree],
    elements: Mapping[Tree, Tree],
    fixed: frozenset[Tree],
) -> Item:
    """`y_i = ...` with i free defines the whole of y."""
    if not isinstance(item, Definition) or item.parameters is not None:
        return item
    found = free_indices(item.name, item.body, batches, counted, fixed)
    if found is None:
        return item
    array, indices = found
    name = replace(elements[array], span=item.name.span) if array in elements else array
    return replace(item, name=replace(name, span=name.span or item.name.span), indices=indices, head=item.name)


def _of_elements(item: Item, axes: Axes) -> Item:
    r"""`x_i \in \mathbb{R}^d`, where a sum runs along x, declares the shape of its elements."""
    base = array_of(item.name, axes) if isinstance(item, Declaration) else None
    if base is None or not isinstance(item, Declaration):
        return item
    return replace(item, name=base, shape=(f"?{span_text(item.name.span)}", *item.shape))


def _definitions(items: Sequence[Item]) -> tuple[list[Definition], dict[Tree, list[Claim]]]:
    """One definition a name; further ones that differ are claims, which say what is wrong with them."""
    kept: dict[Tree, Definition] = {}
    again: dict[Tree, list[Claim]] = {}
    for item in items:
        if not isinstance(item, Definition):
            continue
        if item.name not in kept:
            kept[item.name] = item
        elif kept[item.name].body != item.body:
            first = kept[item.name].span
            where = f" in line {first.line}" if first else ""
            message = f"{span_text(item.name.span)} has another definition{where}; nothing is computed from it"
            fault = Diagnostic("error", "defined-twice", message, item.span, "give one of them another name")
            again.setdefault(item.name, []).append(Claim(item.name, item.body, item.span, again=fault))
    return list(kept.values()), again
