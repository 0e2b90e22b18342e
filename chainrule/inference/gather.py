"""What the statements of one problem say, before anything is typed: names, definitions, values, declared shapes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from chainrule.errors import ChainruleError, Diagnostic
from chainrule.inference.alike import with_one_spelling
from chainrule.inference.bare_sums import with_indices
from chainrule.inference.binomials import columns_among
from chainrule.inference.bounds import size_names
from chainrule.inference.declarations import Declaration
from chainrule.inference.define import called_function, read_body
from chainrule.inference.distributions.parametrisations import Spoken
from chainrule.inference.distributions.reading import computed
from chainrule.inference.distributions.tables import in_one_form
from chainrule.inference.distributions.told import Told, tell
from chainrule.inference.entry_lists import entries_of, is_entry_list
from chainrule.inference.expectations import with_sums
from chainrule.inference.gathered import Gathered, Resolved
from chainrule.inference.givens import declare, give, lengths_of, whole_numbers, whole_values
from chainrule.inference.implied_lists import implied_lists
from chainrule.inference.inverted import with_names
from chainrule.inference.items import Items, sorted_items
from chainrule.inference.mappings import domains, unused_mappings
from chainrule.inference.members import numbered
from chainrule.inference.overruled import without_overruled
from chainrule.inference.places import put_in_order
from chainrule.inference.ranges import axis_ranges
from chainrule.inference.ranks import SCALAR
from chainrule.inference.resolve import Reader
from chainrule.inference.resolved import NAME_OF_EULER, Entry
from chainrule.inference.running import with_entries
from chainrule.inference.shares import sizes_of_signs, with_lengths
from chainrule.inference.single_units import with_single_units
from chainrule.inference.statements import (
    Definition,
    Given,
    head_parts,
)
from chainrule.inference.symbols import Symbol, key, letter, span_text, without_fonts
from chainrule.inference.templates import Unrolled, unroll
from chainrule.inference.uses import mapping_of
from chainrule.inference.values_at import called_as_values
from chainrule.ops.table import spellings
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Derivative,
    Juxtaposition,
    Name,
    Number,
    Product,
    Relation,
    Subscript,
    Superscript,
    Tree,
    walk,
)


def gather(
    statements: Sequence[Tree],
    more: Sequence[Given | Declaration] = (),
    broken: Mapping[Tree, Diagnostic] | None = None,
    spoken: Sequence[Spoken] = (),
) -> Gathered:
    """Sort the statements, take out the functions, resolve the rest. `more` wins over what the statements give and declare.

    A broken name stays a name, so that it is read as nothing else: no function of the table, no entry, no free input.
    """
    found = Gathered(Reader({}), broken=dict(broken or {}))
    own = with_names(statements)
    statements, notes = without_overruled(own.statements, [each.name for each in more])
    found.diagnostics.extend((*own.notes, *notes))
    columns = columns_among(statements)
    if columns:
        statements = [each for each in statements if not (isinstance(each, Relation) and key(each.sides[0]) in columns)]
    found.broken.update(columns)
    found.diagnostics.extend(columns.values())
    told = _told(statements, more, found)
    summed, notes = with_sums(told.statements, {*told.tables, *told.families})
    found.diagnostics.extend(notes)
    unrolled = _unrolled(summed, more, found)
    statements = with_single_units(unrolled.statements)
    items = sorted_items(statements, more, found)
    found.tables.update(told.tables)
    found.tables.update((item.name, item.table) for item in items.items if isinstance(item, Definition | Given) and item.table)
    bodies = {d.name: d for d in items.quantities}
    give(items.items, found, bodies, items.axes.zero_based)
    declare([*items.items, *domains(statements, bodies)], found)
    found.reader = replace(
        _reader(statements, items, found, told, unrolled.names),
        spoken=tuple(spoken),
        expressions=own.everywhere,
        inverted=own.names,
    )
    found.diagnostics.extend(unused_mappings(statements, items.applied | found.reader.headed.keys()))
    _resolve(found, items.functions, items.quantities)
    quiet = replace(found.reader, notes=[])
    found.asked = computed(quiet, _asked_quantities(statements), told.families.values())
    found.has_distributions = bool(found.asked or found.tables or found.formulas)
    _conclude(found, statements)
    put_in_order(found, items.written, more)
    return found


def _reader(statements: Sequence[Tree], items: Items, found: Gathered, told: Told, unrolled: Mapping[Tree, Tree]) -> Reader:
    """The reader of right sides, that knows every name."""
    quantities, axes = items.quantities, items.axes
    bodies = {d.name: d for d in quantities if d.name not in found.broken}
    entries = [key(entry) for d in quantities if is_entry_list(d.body) for entry in entries_of(d.body)]
    names = (*(d.name for d in quantities), *found.givens, *found.declarations, *entries, *found.broken)
    integers = whole_values(found.givens)
    picked = numbered(statements, frozenset(names) | axes.arrays, integers)
    defined = {**unrolled, **picked, **{name: name for name in names}}
    return Reader(
        defined=defined,
        indexed=frozenset((*_indexed(quantities, found), *found.broken)),
        heads={d.name: d.parameters for d in quantities if d.parameters},
        table=spellings(),
        letters=frozenset((*_letters(statements), *(n.text for n in defined if isinstance(n, Name) and len(n.text) == 1))),
        applied=frozenset(_applied(statements)),
        elements=items.elements,
        arrays=axes.arrays,
        batches=axes.batches,
        zero_based=axes.zero_based,
        lengths=lengths_of(quantities, found),
        ranges=axis_ranges(statements, whole_values(found.givens)),
        limits=frozenset((*_limits(statements), *sizes_of_signs(statements), *_sizes(found.declarations.values())))
        - set(defined),
        integers=integers,
        tables=found.tables,
        families=told.families,
        dependence=told.dependence,
        restated=frozenset(told.of_quantities.heads),
        own=told.of_quantities.own,
        numbers=_numbers(found),
        has_matmul=any(map(_is_of_library, statements)),
        strict=True,
        headed={d.name: d for d in items.definitions if d.parameters},
        bodies=bodies,
        alone=items.alone,
        called=frozenset(called_as_values(statements, bodies)),
        mapped=dict(filter(None, map(mapping_of, statements))),
    )


def _told(statements: Sequence[Tree], more: Sequence[Given | Declaration], found: Gathered) -> Told:
    """The statements in one spelling, with what they say of distributions."""
    statements, notes = with_indices(with_lengths(with_entries(with_one_spelling(statements))))
    statements, more_notes = in_one_form(statements)
    told = tell(statements, whole_numbers(statements, more))
    found.diagnostics.extend((*notes, *more_notes, *told.diagnostics))
    found.claims.extend(told.of_quantities.claims)
    found.formulas = told.of_quantities.formulas
    found.broken.update(told.broken)
    return told


def _unrolled(statements: Sequence[Tree], more: Sequence[Given | Declaration], found: Gathered) -> Unrolled:
    unrolled = unroll(statements, whole_numbers(statements, more))
    found.diagnostics.extend(unrolled.diagnostics)
    found.broken.update(unrolled.broken)
    return unrolled


def _sizes(declarations: Iterable[Declaration]) -> Iterator[Tree]:
    """The names of sizes in declared shapes: the m of `X \\in \\mathbb{R}^{m \\times n}` is a number in `\\frac{1}{m}` too."""
    return (Name(symbol) for d in declarations for size in d.dimensions for symbol in size.symbols)


def _refuse_values(functions: Iterable[Definition], found: Gathered) -> None:
    """A function that is given a number too has neither meaning."""
    for definition in (d for d in functions if d.name in found.givens):
        given = found.givens.pop(definition.name)
        where = f" in line {definition.span.line}" if definition.span else ""
        message = f"{span_text(given.span)}: {span_text(definition.name.span)} is defined as a function{where}"
        hint = "give one of them another name"
        found.broken[definition.name] = Diagnostic("error", "defined-twice", message, given.span, hint)
        found.diagnostics.append(found.broken[definition.name])


def _is_of_library(statement: Tree) -> bool:
    """Whether a statement is written as array libraries do, `X @ w`, `np.exp(x)`, `x**2`: a star is elementwise there."""
    text = statement.span.text if statement.span is not None else ""
    has_matmul = any(isinstance(part, Product) and part.operator == "@" for part in walk(statement))
    return has_matmul or ("\\" not in text and LIBRARY.search(text) is not None)


def _conclude(found: Gathered, statements: Sequence[Tree]) -> None:
    """What can be told once all right sides are read."""
    found.equations[:0] = implied_lists(found)
    found.indices = tuple(dict.fromkeys(_asked_indices(statements, replace(found.reader, notes=[]))))
    found.scalars = _scalars(statements, found.equations)
    _warn(statements, found)


def _asked_quantities(statements: Iterable[Tree]) -> Iterator[Tree]:
    """What stands by itself, and what is differentiated there."""
    for statement in (s for s in statements if not isinstance(s, Relation)):
        yield statement.of if isinstance(statement, Derivative) and statement.of is not None else statement


def _asked_indices(statements: Iterable[Tree], reader: Reader) -> Iterator[Tree]:
    asked = [t for s in statements for t in walk(s) if isinstance(t, Derivative)]
    trees = (part for t in asked for part in (t.of, *t.by) if isinstance(part, Subscript))
    for tree in trees:
        try:
            resolved = reader.read(tree)
        except ChainruleError:
            continue  # what cannot be read is said where the derivative is made
        if isinstance(resolved, Entry):
            yield from (position.name for position in resolved.positions if isinstance(position, Symbol))


def _resolve(found: Gathered, functions: Sequence[Definition], quantities: Sequence[Definition]) -> None:
    """Make the functions and read the right sides. A function that cannot be made stays a name that means nothing."""
    _refuse_values(functions, found)
    for definition in functions:
        if definition.name in found.broken:
            found.reader.lose(definition.name)
            continue
        try:
            called_function(found.reader, definition.name)
        except ChainruleError as error:
            _lose(found, definition, error)
            found.reader.lose(definition.name)
    for definition in quantities:
        try:
            found.equations.append(Resolved(definition.name, read_body(definition, found.reader), definition))
        except ChainruleError as error:
            _lose(found, definition, error)


def _warn(statements: Sequence[Tree], found: Gathered) -> None:
    r"""What may have been meant otherwise: `e^x` where e is defined, w beside a `w^2` that is defined by itself."""
    known = found.reader.defined
    for part in (part for statement in statements for part in walk(statement) if isinstance(part, Superscript)):
        if part.base == NAME_OF_EULER in known.keys() - found.broken.keys() and not isinstance(part.exponent, Number | Bracket):
            message = f"e is defined in the text, so {span_text(part.span)} is a power of it and not the exponential"
            hint = "write \\exp for the exponential, or give e another name"
            found.diagnostics.append(Diagnostic("warning", "e-is-defined", message, part.span, hint))
            break
    used = {name: e for e in reversed(found.equations) for name in e.mentions}
    for name in known:
        if isinstance(name, Superscript) and isinstance(name.exponent, Number) and name.base in used:
            message = f"{span_text(name.span)} is defined by itself, so it is not the square of {span_text(name.base.span)}"
            if name.exponent.value != 2:
                message = message.replace("the square", "a power")
            hint = f"define {span_text(name.base.span)} instead"
            found.diagnostics.append(Diagnostic("warning", "power-and-base", message, name.span, hint))


def _lose(found: Gathered, definition: Definition, error: ChainruleError) -> None:
    diagnostic = error.diagnostic()
    found.diagnostics.append(diagnostic)
    found.broken[definition.name] = diagnostic


def _indexed(quantities: Sequence[Definition], found: Gathered) -> Iterator[Tree]:
    """Names that a numeric subscript can index: lists, vectors, matrices, and whatever a formula computes."""
    yield from (d.name for d in quantities if not _has_own_entries(d))
    yield from (name for name, given in found.givens.items() if len(given.literal.rows) * len(given.literal.rows[0]) > 1)
    yield from (name for name, declared in found.declarations.items() if declared.shape)


def _has_own_entries(definition: Definition) -> bool:
    """Whether a quantity is computed from what looks like its entries, `y = y_1 + y_2`: these are names of their own."""
    return any(isinstance(part, Subscript) and key(part.base) == definition.name for part in walk(definition.body))


def _numbers(found: Gathered) -> frozenset[Tree]:
    """Names that are sure to be scalars."""
    single = (name for name, given in found.givens.items() if given.literal.kinds == frozenset((SCALAR,)))
    return frozenset((*single, *(name for name, declared in found.declarations.items() if not declared.shape)))


def _letters(statements: Iterable[Tree]) -> Iterator[str]:
    return (t.text for s in statements for t in walk(s) if isinstance(t, Name) and len(t.text) == 1)


def _applied(statements: Iterable[Tree]) -> Iterator[str]:
    """Letters that stand before a parenthesis."""
    for tree in (t for s in statements for t in walk(s) if isinstance(t, Juxtaposition)):
        for item, following in pairwise(tree.items):
            base = letter(item)
            if isinstance(base, Name) and isinstance(letter(following), Bracket):
                yield base.text


LIBRARY = re.compile(r"\b(?:np|numpy|jnp|torch|tf|math)\.|\*\*|\.T\b")
"""What only programs write."""
LOSSES = frozenset((Name("L"), Name("J"), Name("E"), Name("C"), Name("\\ell"), Name("loss"), Name("cost"), Name("Loss")))


def _scalars(statements: Iterable[Tree], equations: Iterable[Resolved]) -> frozenset[Tree]:
    """What derivatives are asked of, and what is called like a loss."""
    trees = (t.of for s in statements for t in walk(s) if isinstance(t, Derivative) and t.of is not None)
    asked = {key(head_parts(tree)[0]) for tree in trees}
    return frozenset(e.name for e in equations if e.name in asked or without_fonts(e.name) in LOSSES)


def _limits(statements: Iterable[Tree]) -> Iterator[Tree]:
    """Names up to which a sum runs."""
    uppers = (t.upper for s in statements for t in walk(s) if isinstance(t, BigOperator) and t.upper is not None)
    return (name for upper in uppers for name in size_names(upper))
