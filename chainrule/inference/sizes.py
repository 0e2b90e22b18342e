"""Sizes: given numbers bind the size symbols that the equations left, and what stays free gets a letter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from chainrule.errors import ChainruleError, Diagnostic, ShapeError
from chainrule.evaluation.sizes import solve_size
from chainrule.graph.dimension import Dimension, dimension
from chainrule.graph.node import Named, Node, Size, Unit, Variable, postorder
from chainrule.graph.walk import opaque, resize
from chainrule.inference.constrain import Typing
from chainrule.inference.elaborate import Dimensions
from chainrule.inference.gathered import Gathered, Resolved
from chainrule.inference.literals import Exact, shape_of
from chainrule.inference.ranks import SCALAR
from chainrule.inference.resolved import Entry
from chainrule.inference.symbols import span_text
from chainrule.syntax.tree import Tree, walk

LETTERS = ("n", "m", "k", "p", "q", "r", "s", "t")


def bind_sizes(
    gathered: Gathered, names: Mapping[Tree, Node], typing: Typing, dimensions: Dimensions
) -> tuple[dict[Tree, Exact], dict[str, int], list[Diagnostic]]:
    """The given values in the rank that was found, and the integers that they show the size symbols to be.

    A lone 0 given to an array is the array of zeros. Where a literal's size clashes with what is known, that value is left
    out and an error names both places.
    """
    values: dict[Tree, Exact] = {}
    sizes: dict[str, int] = {}
    origin: dict[str, Tree] = {}
    errors: list[Diagnostic] = []
    zeros: list[Tree] = []
    for name, given in gathered.givens.items():
        node = names.get(name)
        if isinstance(node, Size):
            found = int(given.literal.rows[0][0])
            known = sizes.setdefault(str(node.dimension), found)
            origin.setdefault(str(node.dimension), name)
            if known != found:
                message = f"{span_text(given.span)}: {_said(node.dimension, known, origin)}"
                errors.append(Diagnostic("error", "shape-clash", message, given.span))
            continue
        if not isinstance(node, Variable):
            continue
        (kind,) = typing.name(name).kinds
        if kind != SCALAR and given.literal.is_zero:
            zeros.append(name)
            continue
        if kind in given.literal.kinds:
            value = given.literal.value(kind)
            clash = _bind(name, node, shape_of(value), sizes, origin)
        else:
            value, declared = None, gathered.declarations.get(name)
            where = f"; line {declared.span.line} says so" if declared is not None and declared.span else ""
            clash = f"{span_text(given.span)}: {span_text(name.span)} is a {kind}{where}"
        if clash is None and value is not None:
            values[name] = value
        elif clash is not None:
            errors.append(Diagnostic("error", "shape-clash", clash, given.span))
    for name in zeros:
        shape = names[name].shape
        if all(length.symbols <= sizes.keys() for length in shape):
            values[name] = _zeros([length.size(sizes) for length in shape])
        else:
            text = span_text(gathered.givens[name].span)
            message = f"{text}: nothing says how long {span_text(name.span)} is, so it stays a letter"
            errors.append(Diagnostic("warning", "open-zeros", message, gathered.givens[name].span, "declare its shape"))
    return values, sizes, errors


def _zeros(shape: Sequence[int]) -> Exact:
    return (_zeros(shape[1:]),) * shape[0] if shape else Fraction(0)


def missing_entries(
    equations: Iterable[Resolved], names: Mapping[Tree, Node], sizes: Mapping[str, int]
) -> dict[Tree, ChainruleError]:
    """The equations that use an entry past the end of an array, as the sizes in numbers show."""
    lost: dict[Tree, ChainruleError] = {}
    for equation in equations:
        node = names[equation.name]
        units = [n for n in postorder(node.body, into=opaque) if isinstance(n, Unit)] if isinstance(node, Named) else []
        for at, length in ((n.position, n.shape[0]) for n in units if isinstance(n.position, int)):
            if length.symbols <= sizes.keys() and at >= length.size(sizes):
                there = [t for t in walk(equation.body) if isinstance(t, Entry) and at + 1 in t.positions]
                span = there[0].span if there else equation.written.span
                message = f"{span_text(span)}: there is no entry {at + 1}, the last is {length.size(sizes)}"
                lost[equation.name] = ShapeError("no-such-entry", message, span)
    return lost


def _bind(name: Tree, node: Variable, shape: tuple[int, ...], sizes: dict[str, int], origin: dict[str, Tree]) -> str | None:
    """Learn sizes from one value; what clashes, in words, where something does."""
    for axis, (length, found) in enumerate(zip(node.shape, shape, strict=True)):
        known = length.size(sizes) if length.symbols <= set(sizes) else None
        if known is None:
            new = [symbol for symbol in length.symbols if symbol not in sizes]
            if solve_size(length, found, sizes):
                origin.update(dict.fromkeys((*new, str(length)), name))
            elif len(new) == 1:
                return f"{span_text(name.span)} has {found} entries, which is not {length} for any {new[0]}"
        elif known != found:
            says = _said(length, known, origin)
            part = ("rows", "columns")[axis] if len(shape) == 2 else "entries"
            return f"{span_text(name.span)} has {found} {part}, but {says}"
    return None


def _said(length: Dimension, known: int, origin: Mapping[str, Tree]) -> str:
    """What says how long something is: "x (line 3) makes it 4"."""
    other = origin.get(str(length))
    line = f" (line {other.span.line})" if other is not None and other.span else ""
    return f"{span_text(other.span)}{line} makes it {known}" if other is not None else f"the equations make it {known}"


def tidy_sizes(names: Mapping[Tree, Node], sizes: Mapping[str, int]) -> tuple[dict[Tree, Node], dict[str, int], frozenset[str]]:
    """The same with letters for the size symbols that were made up, and these letters."""
    symbols = dict.fromkeys(s for node in names.values() for d in node.shape for s in sorted(d.symbols))
    free = (letter for letter in _letters() if letter not in symbols)
    letters: dict[str, Dimension] = {s: dimension(next(free)) for s in symbols if s.startswith("?")}
    new = resize(list(names.values()), letters)
    renamed = {name: new[node] for name, node in names.items()}
    tidied = {str(letters.get(symbol, symbol)): value for symbol, value in sizes.items()}
    return renamed, tidied, frozenset(map(str, letters.values()))


def put_in_sizes(names: Mapping[Tree, Node], sizes: Mapping[str, int], *, everywhere: bool) -> dict[Tree, Node]:
    """The names with numbers for the sizes that values show: of inputs that no equation uses, which are of no size in common
    with others yet, or everywhere.
    """
    named = [node for node in names.values() if isinstance(node, Named)]
    used = {symbol for part in postorder(*named) for symbol in symbols_of(part)}
    known = {symbol: dimension(size) for symbol, size in sizes.items() if everywhere or symbol not in used}
    if not known:
        return dict(names)
    new = resize(list(names.values()), known)
    return {name: new[node] for name, node in names.items()}


def symbols_of(node: Node) -> frozenset[str]:
    """The size symbols in the shape of a node."""
    return frozenset(symbol for length in node.shape for symbol in length.symbols)


def _letters() -> Iterator[str]:
    number = 0
    while True:
        yield from (letter if not number else f"{letter}_{number}" for letter in LETTERS)
        number += 1
