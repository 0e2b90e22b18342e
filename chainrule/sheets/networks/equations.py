r"""A description with names to equations: `h = \mathrm{relu}(W^{(1)} x + b^{(1)})`, each at the words that it comes from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chainrule.inference.ranks import MATRIX, SCALAR
from chainrule.sheets.networks.description import unclear
from chainrule.sheets.networks.naming import Symbols
from chainrule.sheets.networks.orientation import Arrangement
from chainrule.sheets.networks.parts import Activation, Description, Layer
from chainrule.sheets.networks.symbols import Known
from chainrule.source import Span
from chainrule.syntax.tree import Tree

_FUNCTIONS = {
    "relu": "\\mathrm{relu}",
    "sigmoid": "\\sigma",
    "tanh": "\\tanh",
    "softmax": "\\mathrm{softmax}",
    "softplus": "\\mathrm{softplus}",
    "elu": "\\mathrm{ELU}",
    "gelu": "\\mathrm{GELU}",
    "silu": "\\mathrm{SiLU}",
}


@dataclass(frozen=True)
class Equation:
    """An equation or a declaration in LaTeX, and the words that it says. shown: it is one of the network's equations."""

    text: str
    span: Span
    shown: bool = True


def layer_equations(description: Description, symbols: Symbols, arrangement: Arrangement, known: Known) -> Iterator[Equation]:
    """The layers in order, with the shapes of what the text gives no numbers for."""
    for text in symbols.lists:
        yield Equation(text, description.layers[0].span, shown=False)
    for text in symbols.arrays:
        yield Equation(text, description.layers[0].span)
    previous = symbols.inputs
    for index, layer in enumerate(description.layers):
        result = symbols.output if index == description.depth - 1 else symbols.hidden[index]
        product = _sum(symbols, index, previous, arrangement.rows, known)
        bias = symbols.biases[index]
        inner = f"{product} + {bias}" if bias else product
        if symbols.before[index]:
            yield Equation(f"{symbols.before[index]} = {inner}", layer.span)
            inner = symbols.before[index]
        value = apply_activation(layer.activation, inner, known)
        if layer.residual:
            _check_residual(layer, arrangement, index)
            value = f"{previous} + {value}"
        yield Equation(f"{result} = {value}", layer.span)
        previous = result


def apply_activation(activation: Activation, inner: str, known: Known) -> str:
    """The activation of an expression. `\\sigma` is the word sigmoid where the text uses that letter for anything."""
    if activation.name == "linear":
        return inner
    if activation.name == "formula":
        return f"{activation.written}({inner})"
    if activation.name == "leaky_relu":
        return f"\\mathrm{{LeakyReLU}}({inner}, {activation.written})"
    function = _FUNCTIONS[activation.name]
    if activation.name == "sigmoid" and known.has("\\sigma"):
        function = "\\mathrm{sigmoid}"
    return f"{function}({inner})"


def _sum(symbols: Symbols, index: int, previous: str, rows: bool, known: Known) -> str:
    """The weighted sum of a layer without its bias."""
    if symbols.entries:
        return " + ".join(f"{weight} {name}" for name, weight in symbols.entries)
    weight = symbols.weights[index]
    if rows:
        return f"{previous} {weight}"
    return f"{_turned(weight, symbols, known)} {previous}"


def _turned(weight: str, symbols: Symbols, known: Known) -> str:
    r"""`w^\top` where a weight is a vector by its letter or its numbers; `W` and numbers that are multiplied as they stand."""
    name = symbols.keys.get(weight)
    value = known.values.get(name) if name is not None else None
    shape = known.shapes.get(name) if name is not None else None
    small = is_small(weight)
    scalar = (value is not None and SCALAR in value.kinds) or shape == ()
    vector = value is not None and MATRIX not in value.kinds
    declared = shape is not None and len(shape) == 1
    plain = not scalar and small and (vector or declared or (value is None and shape is None))
    if not plain or (name is None and not small):
        return weight
    return f"{weight}^\\top" if "^" not in weight else f"{{{weight}}}^\\top"


def _check_residual(layer: Layer, arrangement: Arrangement, index: int) -> None:
    before, after = arrangement.sizes[index : index + 2]
    if None not in (before, after) and before != after:
        message = f"a residual connection adds {before} numbers to {after}"
        raise unclear("sizes-clash", message, layer.span)


def declarations(symbols: Symbols, arrangement: Arrangement, known: Known, span: Span) -> Iterator[Equation]:
    r"""`W^{(1)} \in \mathbb{R}^{3 \times 2}` for what the words tell the size of and no formula gives.

    Where the weights have no names of their own, sizes that nothing tells are letters: n_0 inputs, n_1 units.
    """
    if symbols.entries:
        return
    invented = symbols.weights[0] not in symbols.keys
    sizes = [f"n_{i}" if invented and size is None else size for i, size in enumerate(arrangement.sizes)]
    if not symbols.lists:
        yield from _declared(symbols.inputs, sizes[:1], symbols, known, span)
    for index, weight in enumerate(symbols.weights):
        before, after = sizes[index : index + 2]
        shape = [before, after] if arrangement.rows else [after, before]
        if not symbols.arrays:
            yield from _declared(weight, [before] if is_small(weight) and after == 1 else shape, symbols, known, span)
        yield from _declared(symbols.biases[index], [after], symbols, known, span)
    if not arrangement.batch:
        results = (*symbols.hidden, symbols.output)
        scalars = [name for name, size in zip(results, sizes[1:], strict=True) if size == 1]
        yield from (Equation(f"{name} \\in \\mathbb{{R}}", span, shown=False) for name in scalars)


def is_small(name: str) -> bool:
    r"""Whether a weight is written with a small letter, as vectors are: `w`, `\mathbf{v}`."""
    return name.removeprefix("\\mathbf").removeprefix("\\boldsymbol").lstrip("{ ")[:1] in ("w", "v", "u")


def _declared(name: str, shape: Sequence[int | str | None], symbols: Symbols, known: Known, span: Span) -> Iterator[Equation]:
    tree: Tree | None = symbols.keys.get(name)
    value = known.values.get(tree) if tree is not None else None
    row = value is not None and len(value.rows) == 1 < len(value.rows[0]) and name == symbols.inputs
    told = tree is not None and (value is not None or tree in known.shapes or tree in known.lists)
    if not name or (told and not row) or None in shape:
        return
    if shape == [1]:
        yield Equation(f"{name} \\in \\mathbb{{R}}", span, shown=False)
        return
    sizes = " \\times ".join(map(str, shape))
    yield Equation(f"{name} \\in \\mathbb{{R}}^{{{sizes}}}", span, shown=False)
