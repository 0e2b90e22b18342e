"""How large the layers of a network are: by the words, the given numbers and the declared shapes."""

from dataclasses import replace

from chainrule.inference.literals import Literal
from chainrule.inference.ranks import SCALAR
from chainrule.inference.symbols import key
from chainrule.sheets.networks.description import unclear
from chainrule.sheets.networks.equations import is_small
from chainrule.sheets.networks.literals import numbers_of
from chainrule.sheets.networks.naming import Symbols
from chainrule.sheets.networks.orientation import Arrangement, Size, Weight, arrange, length_of
from chainrule.sheets.networks.parts import Description, RoleName, SlotName
from chainrule.sheets.networks.symbols import Known
from chainrule.source import Span
from chainrule.syntax.tree import Tree


def size_layers(description: Description, symbols: Symbols, known: Known, target: str, span: Span) -> Arrangement:
    """The sizes of all layers, and whether data are rows. Raises Unclear where they clash."""
    sizes: list[Size] = [description.inputs, *(layer.units for layer in description.layers)]
    if symbols.entries:
        return Arrangement(False, (len(symbols.entries), 1))
    given = symbols.keys.get(symbols.inputs)
    value = known.values.get(given) if given is not None else None
    length = _list_length(symbols, known)
    if length is None and (value is None or 1 in (len(value.rows), len(value.rows[0]))):
        length = length_of(value, known.shapes, given)  # pyright: ignore[reportArgumentType]
    inputs = _said(description, "value", "input") if value is None else None
    if inputs is not None and min(len(inputs.rows), len(inputs.rows[0])) > 1:
        value = inputs
    elif inputs is not None:
        length = length or length_of(inputs, {}, None)
    sizes = _meet(sizes, 0, length, "the input", span)
    if description.depth == 1 and (lone := _said(description, "weight-value")) is not None and SCALAR not in lone.kinds:
        sizes = _meet(sizes, 0, length_of(lone, {}, None), "the list of weights", span)
    for index, name in enumerate(symbols.biases, 1):
        tree = symbols.keys.get(name)
        own = known.values.get(tree) if tree is not None else None
        sizes = _meet(sizes, index, length_of(own, known.shapes, tree), name, span)  # pyright: ignore[reportArgumentType]
    weights = [_weight(symbols.keys.get(name), known) for name in symbols.weights]
    rows = any(fact.slot == "rows" for fact in description.facts)
    batch = value if value is not None and min(len(value.rows), len(value.rows[0])) > 1 else None
    found = arrange(weights, sizes, rows, span, batch)
    if found.sizes[-1] is None:
        size, assumed = _output_size(symbols, known, target, description)
        found = replace(found, sizes=(*found.sizes[:-1], size), assumed=assumed)
    return replace(found, batch=batch is not None)


def _list_length(symbols: Symbols, known: Known) -> int | None:
    """The length of an input whose entries the text names."""
    if symbols.lists:
        return symbols.lists[0].count(",") + 1
    name = symbols.keys.get(symbols.inputs)
    body = known.lists.get(name) if name is not None else None
    if body is not None:
        return len(getattr(body, "items", ())) or None
    entries = [n for n in known.names if key(getattr(n, "base", n)) == name and n != name]
    return len(entries) if len(entries) > 1 and name not in known.values else None


def _weight(name: Tree | None, known: Known) -> Weight:
    return None if name is None else known.values.get(name) or known.shapes.get(name)


def _meet(sizes: list[Size], at: int, size: Size, what: str, span: Span) -> list[Size]:
    """The sizes with one more known. Raises Unclear where it is another one."""
    if size is None or sizes[at] == size:
        return sizes
    if sizes[at] is not None and isinstance(size, int) and isinstance(sizes[at], int):
        raise unclear("sizes-clash", f"{what} has {size} entries, where the words say {sizes[at]}", span)
    return [*sizes[:at], size, *sizes[at + 1 :]]


def _output_size(symbols: Symbols, known: Known, target: str, description: Description) -> tuple[Size, bool]:
    """The size of the output by its target, or by its weights being written as a vector; 1 for a sigmoid of unknown size,
    and whether it is that rule.
    """
    value = next((known.values[n] for n in known.values if known.spelled(n) == target), None)
    value = value or _said(description, "value", "target")
    if value is not None:
        return length_of(value, {}, None), False
    small, sigmoid = is_small(symbols.weights[-1]), description.layers[-1].activation.name == "sigmoid"
    return 1 if small or sigmoid else None, sigmoid and not small


def _said(description: Description, slot: SlotName, role: RoleName | None = None) -> Literal | None:
    """The numbers that words give, where all that they give are of one size."""
    found = [literal for fact in description.said(slot, role) if (literal := numbers_of(str(fact.value))) is not None]
    shapes = {(len(literal.rows), len(literal.rows[0])) for literal in found}
    return found[0] if len(shapes) == 1 else None
