"""What the statements of one problem say, before anything is typed: names, definitions, values, declared shapes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from chainrule.errors import ChainruleError, Diagnostic, ShapeError
from chainrule.inference.axes import Axes, array_of, axes_of, free_indices
from chainrule.inference.bounds import size_names
from chainrule.inference.composition import with_aliases
from chainrule.inference.declarations import Declaration
from chainrule.inference.define import called_function, functions_among, read_body
from chainrule.inference.literals import Literal, rows_of
from chainrule.inference.probabilities import named_by_head
from chainrule.inference.ranges import axis_ranges
from chainrule.inference.ranks import OF_RANK, SCALAR
from chainrule.inference.resolve import Reader
from chainrule.inference.resolved import NAME_OF_EULER, Entry
from chainrule.inference.statements import (
    Claim,
    Definition,
    Further,
    Given,
    Item,
    head_parts,
    heads,
    is_entry_list,
    sort_statement,
)
from chainrule.inference.symbols import Symbol, could_be_name, key, letter, loose, span_text, without_fonts
from chainrule.inference.templates import defined_name, unroll
from chainrule.inference.uses import mapping_of, names_alone, uses
from chainrule.inference.vocabulary import vocabulary
from chainrule.ops.table import spellings
from chainrule.source import Source
from chainrule.syntax.parser import parse_expression
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Derivative,
    Juxtaposition,
    Name,
    Number,
    Product,
    Subscript,
    Superscript,
    Tree,
    walk,
)


@dataclass(frozen=True)
class Resolved:
    """A definition whose names are known."""

    name: Tree
    body: Tree
    written: Definition

    @cached_property
    def mentions(self) -> tuple[Tree, ...]:
        """The names in the body."""
        return tuple(dict.fromkeys(part.name for part in walk(self.body) if isinstance(part, Symbol)))


@dataclass
class Gathered:
    """order: every name by its first place in the text; spellings: how it stands there.

    indices: letters that pick a part of an array in a derivative that is asked for, `\\partial A_{*,j}`.
    """

    reader: Reader
    equations: list[Resolved] = field(default_factory=list[Resolved])
    givens: dict[Tree, Given] = field(default_factory=dict[Tree, Given])
    declarations: dict[Tree, Declaration] = field(default_factory=dict[Tree, Declaration])
    order: list[Tree] = field(default_factory=list[Tree])
    spellings: dict[Tree, str] = field(default_factory=dict[Tree, str])
    scalars: frozenset[Tree] = frozenset()
    broken: dict[Tree, Diagnostic] = field(default_factory=dict[Tree, Diagnostic])
    indices: tuple[Tree, ...] = ()
    claims: list[Claim] = field(default_factory=list[Claim])
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])


def gather(
    statements: Sequence[Tree], more: Sequence[Given | Declaration] = (), broken: Mapping[Tree, Diagnostic] | None = None
) -> Gathered:
    """Sort the statements, take out the functions, resolve the rest. `more` wins over what the statements give and declare.

    A broken name stays a name, so that it is read as nothing else: no function of the table, no entry, no free input.
    """
    found = Gathered(Reader({}), broken=dict(broken or {}))
    unrolled = unroll(statements, _whole_numbers(statements, more))
    statements = unrolled.statements
    found.diagnostics.extend(unrolled.diagnostics)
    found.broken.update(unrolled.broken)
    items = _sorted(statements, found)
    said = {(type(item), item.name) for item in more}
    items = [i for i in items if not isinstance(i, Definition | Given | Declaration) or (type(i), i.name) not in said]
    written, items = items, [*items, *more]
    applied = {use.name for statement in statements for use in uses(statement)}
    alone = frozenset(names_alone(statements))
    items = [_whole(item) for item in items]
    axes = axes_of(statements, [(item.indices, item.body) for item in items if isinstance(item, Definition)])
    items = named_by_head(with_aliases((_of_elements(item, axes) for item in items), applied, alone))
    definitions = _definitions(items, found)
    functions = functions_among(definitions, statements, alone)
    taken = {d.name for d in functions}
    quantities = [d for d in definitions if d.name not in taken]
    _give(items, found, {d.name: d for d in quantities})
    _declare(items, found)
    entries = [key(entry) for d in quantities if is_entry_list(d.body) for entry in _entries(d.body)]
    headed = {d.name: d for d in definitions if d.parameters}
    defined = {n: n for n in (*(d.name for d in quantities), *found.givens, *found.declarations, *entries, *found.broken)}
    defined = {**unrolled.names, **defined}
    found.reader = Reader(
        defined=defined,
        indexed=frozenset((*_indexed(quantities, found), *found.broken)),
        heads={d.name: d.parameters for d in quantities if d.parameters},
        table=spellings(),
        letters=frozenset(_letters(statements)),
        applied=frozenset(_applied(statements)),
        arrays=axes.arrays,
        batches=axes.batches,
        zero_based=axes.zero_based,
        lengths=_lengths(quantities, found),
        ranges=axis_ranges(statements),
        limits=frozenset(_limits(statements)) - set(defined),
        integers=_integers(found.givens),
        has_matmul=any(isinstance(t, Product) and t.operator == "@" for s in statements for t in walk(s)),
        strict=True,
        headed=headed,
        bodies={d.name: d for d in quantities},
        alone=alone,
        mapped=dict(filter(None, map(mapping_of, statements))),
    )
    for definition in functions:
        try:
            called_function(found.reader, definition.name)
        except ChainruleError as error:
            _lose(found, definition, error)
            defined[definition.name] = definition.name
            del headed[definition.name]
    for definition in quantities:
        try:
            found.equations.append(Resolved(definition.name, read_body(definition, found.reader), definition))
        except ChainruleError as error:
            _lose(found, definition, error)
    found.equations[:0] = _implied_lists(found)
    found.indices = tuple(dict.fromkeys(_asked_indices(statements, replace(found.reader, notes=[]))))
    found.scalars = _scalars(statements, found.equations)
    _warn(statements, found)
    _order(found, written, more)
    return found


def _asked_indices(statements: Iterable[Tree], reader: Reader) -> Iterator[Tree]:
    trees = (by for s in statements for t in walk(s) if isinstance(t, Derivative) for by in t.by if isinstance(by, Subscript))
    for tree in trees:
        try:
            resolved = reader.read(tree)
        except ChainruleError:
            continue  # what cannot be read is said where the derivative is made
        if isinstance(resolved, Entry):
            yield from (position.name for position in resolved.positions if isinstance(position, Symbol))


def _whole(item: Item) -> Item:
    """`y_i = ...` with i free defines the whole of y."""
    found = free_indices(item.name, item.body) if isinstance(item, Definition) and item.parameters is None else None
    if found is None or not isinstance(item, Definition):
        return item
    array, indices = found
    return replace(item, name=replace(array, span=array.span or item.name.span), indices=indices)


def _of_elements(item: Item, axes: Axes) -> Item:
    r"""`x_i \in \mathbb{R}^d`, where a sum runs along x, declares the shape of its elements."""
    base = array_of(item.name, axes) if isinstance(item, Declaration) else None
    if base is None or not isinstance(item, Declaration):
        return item
    return replace(item, name=base, shape=(f"?{span_text(item.name.span)}", *item.shape))


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
    """The items without claims, which are kept aside: of a name that has a meaning of its own further ones are claims."""
    own = {item.name for item in items if isinstance(item, Definition | Given)}
    for item in items:
        match item:
            case Further(item=Definition(name=name) | Given(name=name) as inside, claim=claim):
                if name in own or _behind(name) in own:
                    found.claims.append(claim)
                else:
                    yield inside
            case Claim():
                found.claims.append(item)
            case _:
                yield item


def _behind(name: Tree) -> Tree | None:
    """The name that tells what a derivative or a power is."""
    match name:
        case Derivative(of=Tree() as of):
            return key(head_parts(of)[0])
        case Superscript(base=base, exponent=Number()):
            return key(base)
        case _:
            return None


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


def _definitions(items: Sequence[Item], found: Gathered) -> list[Definition]:
    """One definition a name; a second one that differs is an error."""
    kept: dict[Tree, Definition] = {}
    for item in items:
        if not isinstance(item, Definition):
            continue
        if item.name not in kept:
            kept[item.name] = item
        elif kept[item.name].body != item.body:
            first = kept[item.name].span
            where = f" in line {first.line}" if first else ""
            message = f"{span_text(item.name.span)} has another definition{where}; nothing is computed from it"
            hint = "give one of them another name"
            found.broken[item.name] = Diagnostic("error", "defined-twice", message, item.span, hint)
            found.diagnostics.append(found.broken[item.name])
    return list(kept.values())


def _give(items: Sequence[Item], found: Gathered, definitions: Mapping[Tree, Definition]) -> None:
    """Values; those of a declared list `x = [x_1, x_2]` go to its entries. A name with two values has none."""
    conflicting: set[Tree] = set()
    for item in (i for i in items if isinstance(i, Given)):
        definition = definitions.get(item.name)
        if definition is not None and not is_entry_list(definition.body):
            message = f"{span_text(item.span)}: this name already has a formula, so the number is not used"
            found.diagnostics.append(Diagnostic("warning", "given-and-defined", message, item.span))
            continue
        try:
            spread = _spread(item, definition)
        except ShapeError as error:
            found.diagnostics.append(error.diagnostic())
            continue
        for given in spread:
            before = found.givens.get(given.name)
            if before is not None and before.literal.rows != given.literal.rows:
                conflicting.add(given.name)
                where = f" and in line {before.span.line}" if before.span else ""
                message = f"{span_text(given.name.span)} is given two values, here{where}"
                hint = "results that need it are shown as formulas; give the value with --at"
                found.diagnostics.append(Diagnostic("error", "two-values", message, given.span, hint))
            found.givens[given.name] = given
    for name in conflicting:
        del found.givens[name]


def _declare(items: Iterable[Item], found: Gathered) -> None:
    """Shapes. A name with two has none that could be relied on: it is broken."""
    for item in (i for i in items if isinstance(i, Declaration)):
        before = found.declarations.setdefault(item.name, item)
        error: Diagnostic | None = None
        if len(item.shape) not in OF_RANK:
            message = f"{span_text(item.span)}: chainrule works with at most two dimensions"
            error = Diagnostic("error", "unsupported-rank", message, item.span)
        elif before.dimensions != item.dimensions:
            where = f" and in line {before.span.line}" if before.span else ""
            message = f"{span_text(item.name.span)} is declared with two shapes, here{where}"
            error = Diagnostic("error", "two-shapes", message, item.span)
        if error is not None:
            found.diagnostics.append(error)
            found.broken[item.name] = error
    for name in found.broken:
        found.declarations.pop(name, None)
        found.givens.pop(name, None)


def _spread(given: Given, definition: Definition | None) -> list[Given]:
    if definition is None:
        return [given]
    names = [key(entry) for entry in _entries(definition.body)]
    numbers = [number for row in given.literal.rows for number in row]
    if len(names) != len(numbers):
        where = f" (line {definition.span.line})" if definition.span else ""
        message = f"{span_text(given.span)}: {len(numbers)} numbers for a list of {len(names)} entries{where}"
        raise ShapeError("shape-clash", message, given.span)
    return [Given(n, Literal(((v,),), frozenset((SCALAR,))), given.span) for n, v in zip(names, numbers, strict=True)]


def _entries(body: Tree) -> list[Tree]:
    table = rows_of(body)
    return [entry for row in table[0] for entry in row] if table else []


def _indexed(quantities: Sequence[Definition], found: Gathered) -> Iterator[Tree]:
    """Names that a numeric subscript can index: lists, vectors, matrices, and whatever a formula computes."""
    yield from (d.name for d in quantities)
    yield from (name for name, given in found.givens.items() if len(given.literal.rows) * len(given.literal.rows[0]) > 1)
    yield from (name for name, declared in found.declarations.items() if declared.shape)


def _lengths(quantities: Iterable[Definition], found: Gathered) -> dict[Tree, tuple[int, ...]]:
    """How long the names are that are sure to be arrays, by declarations, literals and lists; 0 where that is no number."""
    lengths = {name: tuple(d.number or 0 for d in declared.dimensions) for name, declared in found.declarations.items()}
    for name, given in found.givens.items():
        rows = given.literal.rows
        lengths[name] = (len(rows),) if len(rows[0]) == 1 else (len(rows), len(rows[0]))
    lengths |= {d.name: (len(_entries(d.body)),) for d in quantities if is_entry_list(d.body)}
    return {name: own for name, own in lengths.items() if name in found.declarations or own != (1,)}


def _letters(statements: Iterable[Tree]) -> Iterator[str]:
    return (t.text for s in statements for t in walk(s) if isinstance(t, Name) and len(t.text) == 1)


def _spells(text: str, name: Tree) -> bool:
    """Whether a text is a spelling of just this name, and not of more (`w_1^2`) or less (`W^{(1)` out of `W^{(1)T}`)."""
    try:
        tree = parse_expression(Source("name", text).span(), vocabulary(), "latex" if "\\" in text or "{" in text else "plain")
    except ChainruleError:
        return False
    return loose(key(tree)) == loose(name) or head_parts(tree)[0] == name


def _applied(statements: Iterable[Tree]) -> Iterator[str]:
    """Letters that stand before a parenthesis."""
    for tree in (t for s in statements for t in walk(s) if isinstance(t, Juxtaposition)):
        for item, following in pairwise(tree.items):
            base = letter(item)
            if isinstance(base, Name) and isinstance(letter(following), Bracket):
                yield base.text


LOSSES = frozenset((Name("L"), Name("J"), Name("E"), Name("C"), Name("\\ell"), Name("loss"), Name("cost"), Name("Loss")))


def _scalars(statements: Iterable[Tree], equations: Iterable[Resolved]) -> frozenset[Tree]:
    """What derivatives are asked of, and what is called like a loss."""
    trees = (t.of for s in statements for t in walk(s) if isinstance(t, Derivative) and t.of is not None)
    asked = {key(head_parts(tree)[0]) for tree in trees}
    return frozenset(e.name for e in equations if e.name in asked or without_fonts(e.name) in LOSSES)


def _implied_lists(found: Gathered) -> list[Resolved]:
    """`z = [z_1, z_2]` where z_1, z_2 are defined or given and z is used but nowhere defined."""
    used = dict.fromkeys(name for e in found.equations for name in e.mentions if name not in found.reader.defined)
    lists: list[Resolved] = []
    for name in used:
        entries: list[Tree] = []
        while (entry := Subscript(name, (Number(Fraction(len(entries) + 1)),))) in found.reader.defined:
            entries.append(entry)
        if len(entries) > 1:
            body = Bracket("[", tuple(entries), (",",) * (len(entries) - 1))
            found.reader.note("implied-list", f"{span_text(name.span)} is read as the list of its {len(entries)} entries", name)
            resolved = Bracket("[", tuple(Symbol(entry) for entry in entries))
            lists.append(Resolved(name, resolved, Definition(name, None, body, name.span)))
    return lists


def _limits(statements: Iterable[Tree]) -> Iterator[Tree]:
    """Names up to which a sum runs."""
    uppers = (t.upper for s in statements for t in walk(s) if isinstance(t, BigOperator) and t.upper is not None)
    return (name for upper in uppers for name in size_names(upper))


def _whole_numbers(statements: Sequence[Tree], more: Sequence[Given | Declaration]) -> dict[Tree, int]:
    """The names that the text or `more` gives as whole numbers; a statement that cannot be read gives none."""
    items: list[Item | Given | Declaration] = []
    for statement in statements:
        with suppress(ChainruleError):
            items.extend(sort_statement(statement)[0] if defined_name(statement) is not None else ())
    return _integers({item.name: item for item in (*items, *more) if isinstance(item, Given)})


def _integers(givens: Mapping[Tree, Given]) -> dict[Tree, int]:
    single = {name: given.literal.rows[0][0] for name, given in givens.items() if given.literal.rows[0][1:] == ()}
    return {
        name: int(value) for name, value in single.items() if value.denominator == 1 and len(givens[name].literal.rows) == 1
    }


def _order(found: Gathered, items: Sequence[Item], more: Sequence[Given | Declaration]) -> None:
    """Names by their first place in the text, each with its spelling there; then those that only `more` speaks of."""
    places: dict[Tree, tuple[int, str]] = {}

    def met(name: Tree, tree: Tree) -> None:
        start = tree.span.start if tree.span else 0
        if name not in places or start < places[name][0]:
            spelling = span_text(tree.span)
            places[name] = (start, spelling if _spells(spelling, name) else "")

    for equation in found.equations:
        for part in walk(equation.body):
            if isinstance(part, Symbol):
                met(part.name, part)
        for parameter in equation.written.parameters or ():
            met(key(parameter), parameter)
    for item in items:
        if isinstance(item, Definition | Given | Declaration):
            met(item.name, item.name)
        else:
            for part in walk(item.tree):
                if could_be_name(part) and key(part) in places:
                    met(key(part), part)
    last = max((start for start, _ in places.values()), default=0)
    for item in more:
        places.setdefault(item.name, (last + 1, span_text(item.name.span)))
    found.order = sorted(places, key=lambda name: places[name][0])
    found.spellings = {name: places[name][1] for name in found.order}
