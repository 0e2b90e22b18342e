"""What the numbers of a layer make of it: a row a kind, with its weights, its biases and its output."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

from chainrule.sheets.layer_kinds.words import Mention
from chainrule.sheets.sheet import LayerCount

Shape = tuple[int | None, ...]
"""Of what goes from layer to layer: units, or height, width and channels; None where nothing tells."""
Products = tuple[tuple[int, ...], ...]


class LayerUnclear(Exception):
    """The words do not tell the numbers of a layer."""


@dataclass
class Numbers:
    """What is said of one layer, and what comes in. Every slot must be asked for by its kind."""

    words: str
    values: Mapping[str, int]
    before: Shape
    notes: list[str] = field(default_factory=list[str])
    used: set[str] = field(default_factory=set[str])

    def get(self, *slots: str) -> int | None:
        """The one number of these slots. Raises LayerUnclear where two are given that differ."""
        found = {self.values[slot] for slot in slots if slot in self.values}
        self.used.update(slots)
        if len(found) > 1:
            raise LayerUnclear(f"the {self.words} has two numbers for one thing: {', '.join(map(str, sorted(found)))}")
        return next(iter(found), None)

    def need(self, what: str, *slots: str) -> int:
        found = self.get(*slots)
        if found is None:
            raise LayerUnclear(f"nothing says how many {what} the {self.words} has")
        return found

    def units_before(self, *slots: str) -> int:
        """The size of what comes in, as one vector. Raises LayerUnclear where it is not told, or told in two ways."""
        said = self.get(*slots)
        before = prod(n for n in self.before if n is not None) if self.before and None not in self.before else None
        if said is None and before is None:
            raise LayerUnclear(f"nothing says how many inputs the {self.words} has")
        if said is not None and before is not None and said != before:
            raise LayerUnclear(f"the {self.words} has {said} inputs, and {before} numbers come in")
        if said is None and len(self.before) > 1:
            self.notes.append(f"{' · '.join(map(str, self.before))} = {before} numbers come in")
        return said if said is not None else before or 0


def _dense(given: Numbers) -> tuple[Products, Products, Shape]:
    inputs = given.units_before("inputs", "from")
    outputs = given.need("outputs", "outputs", "to", "hidden")
    return ((outputs, inputs),), ((outputs,),), (outputs,)


def _recurrent(gates: int) -> Callable[[Numbers], tuple[Products, Products, Shape]]:
    def row(given: Numbers) -> tuple[Products, Products, Shape]:
        hidden = given.need("hidden units", "hidden", "outputs", "to")
        inputs = given.units_before("inputs", "from")
        if len(given.before) > 1:
            raise LayerUnclear(f"what goes into the {given.words} is an image")
        if gates > 1:
            each = "each with a matrix for the input, one for the state and, where biases count, one bias vector"
            given.notes.append(f"{gates} blocks of weights, {each}")
        weights = ((gates, hidden, inputs), (gates, hidden, hidden)) if gates > 1 else ((hidden, inputs), (hidden, hidden))
        doubled = (given.get("bias_vectors"),) if gates > 1 and "bias_vectors" in given.values else ()
        vectors = tuple(n for n in doubled if n is not None)
        return weights, ((*vectors, gates, hidden) if gates > 1 else (hidden,),), (hidden,)

    return row


def _attention(given: Numbers) -> tuple[Products, Products, Shape]:
    rows, columns, said = given.get("proj_h"), given.get("proj_w"), given.get("projections")
    size = given.units_before("dimension", "inputs", "proj_h")
    heads, each = given.get("heads") or 1, given.get("head_dim")
    inner = columns or (size if each is None else heads * each)
    if inner % heads or (each is not None and inner != heads * each) or (rows is not None and rows != size):
        raise LayerUnclear(f"the sizes of the projections of the {given.words} do not fit together")
    if said not in (3, 4) and (said is not None or heads == 1):
        raise LayerUnclear(f"nothing says which projections the {given.words} has")
    if said == 3 and heads > 1:
        raise LayerUnclear(f"nothing says whether the {given.words} has an output projection")
    if said is None:
        given.notes.append("projections for queries, keys, values and the output")
    if said == 3:
        return ((3, size, inner),), ((3, inner),), (inner,)
    weights = ((4, size, inner),) if size == inner else ((3, size, inner), (inner, size))
    return weights, ((4, size),) if size == inner else ((3, inner), (size,)), (size,)


def _channels(given: Numbers) -> int:
    """How many channels come in. Raises LayerUnclear where it is not told."""
    coming = given.before[2] if len(given.before) == 3 else None
    said = given.get("channels_in", "from", "channels", *(() if coming else ("inputs",)))
    if said is None and coming is None:
        raise LayerUnclear(f"nothing says how many channels go into the {given.words}")
    if said is not None and coming is not None and said != coming:
        raise LayerUnclear(f"the {given.words} has {said} input channels, and {coming} come in")
    return said if said is not None else coming or 0


def _convolution(given: Numbers) -> tuple[Products, Products, Shape]:
    inside = _channels(given)
    filters = given.need("filters", "filters", "to", "outputs")
    height = given.need("rows of a filter", "kernel")
    width = given.get("kernel_w")
    if width is None:
        given.notes.append(f"the filters are {height} × {height}")
    width = height if width is None else width
    out = _slid(given, height, width)
    return ((filters, inside, height, width),), ((filters,),), (*out, filters)


def _slid(given: Numbers, height: int, width: int) -> tuple[int | None, int | None]:
    """Height and width behind a window that slides over the image."""
    stride, same = given.get("stride") or 1, given.get("same") is not None
    unpadded, padding = given.get("unpadded"), given.get("padding")
    if sum((same, unpadded is not None, padding is not None)) > 1:
        raise LayerUnclear(f"the padding of the {given.words} is said twice")
    coming = given.before[:2] if len(given.before) == 3 else (None, None)
    if None not in coming and not same and padding is None and unpadded is None:
        given.notes.append("no padding, as none is spoken of")
    if None not in coming and "stride" not in given.values:
        given.notes.append("the stride is 1, as none is spoken of")
    sides = [_side(n, k, stride, padding or 0, same=same) for n, k in zip(coming, (height, width), strict=True)]
    if any(side is not None and side < 1 for side in sides):
        raise LayerUnclear(f"the window of the {given.words} is larger than what comes in")
    return sides[0], sides[1]


def _side(size: int | None, window: int, stride: int, padding: int, *, same: bool) -> int | None:
    if size is None:
        return None
    return -(-size // stride) if same else (size + 2 * padding - window) // stride + 1


def _convolution_1d(given: Numbers) -> tuple[Products, Products, Shape]:
    inside = given.get("channels_in", "from", "channels", "inputs")
    if inside is None:
        raise LayerUnclear(f"nothing says how many channels go into the {given.words}")
    filters, width = given.need("filters", "filters", "to", "outputs"), given.need("entries of a filter", "kernel")
    return ((filters, inside, width),), ((filters,),), ()


def _pooling(given: Numbers) -> tuple[Products, Products, Shape]:
    if len(given.before) != 3:
        raise LayerUnclear(f"nothing says what image goes into the {given.words}")
    height = given.need("rows of a window", "kernel")
    width = given.get("kernel_w") or height
    if "stride" not in given.values:
        given.notes.append(f"the stride of the {given.words} is that of its window")
        own = dict(given.values) | {"stride": height}
        if height != width:
            raise LayerUnclear(f"nothing says the stride of the {given.words}")
        sides = _slid(Numbers(given.words, own, given.before), height, width)
        given.used.update(("stride", "same", "padding", "unpadded"))
    else:
        sides = _slid(given, height, width)
    return (), (), (*sides, given.before[2])


def _embedding(given: Numbers) -> tuple[Products, Products, Shape]:
    words = given.need("words", "vocabulary", "inputs", "from")
    size = given.need("dimensions", "dimension", "to", "outputs")
    return ((words, size),), (), (size,)


def _norm(given: Numbers) -> tuple[Products, Products, Shape]:
    coming = given.before[-1] if given.before else None
    said = given.get("channels", "inputs", "outputs", "channels_in", "hidden", "filters", "dimension")
    if said is None and coming is None:
        raise LayerUnclear(f"nothing says how many channels go into the {given.words}")
    if said is not None and coming is not None and said != coming:
        raise LayerUnclear(f"the {given.words} has {said} channels, and {coming} come in")
    size = said if said is not None else coming or 0
    given.notes.append("a scale and a shift for each channel; running averages are not trained")
    return ((size,),), ((size,),), given.before or (size,)


def _flatten(given: Numbers) -> tuple[Products, Products, Shape]:
    if not given.before or None in given.before:
        raise LayerUnclear(f"nothing says what goes into the {given.words}")
    return (), (), (prod(n for n in given.before if n is not None),)


def _unchanged(given: Numbers) -> tuple[Products, Products, Shape]:
    return (), (), given.before


_KINDS: dict[str, Callable[[Numbers], tuple[Products, Products, Shape]]] = {
    "dense": _dense,
    "convolution": _convolution,
    "convolution-1d": _convolution_1d,
    "lstm": _recurrent(4),
    "gru": _recurrent(3),
    "recurrent": _recurrent(1),
    "attention": _attention,
    "embedding": _embedding,
    "batch-norm": _norm,
    "layer-norm": _norm,
    "pooling": _pooling,
    "flatten": _flatten,
    "no-parameters": _unchanged,
}
_ALWAYS_BIASED = frozenset(("batch-norm", "layer-norm"))
_NO_BIAS = frozenset(("embedding", "pooling", "flatten", "no-parameters"))


def counted(mentions: Sequence[Mention]) -> list[LayerCount]:
    """The layers from the input on. Raises LayerUnclear where a number is missing, is said twice, or belongs to nothing."""
    shape: Shape = ()
    found: list[LayerCount] = []
    for mention in mentions:
        values = _single(mention)
        shape = _input(values, shape)
        if not mention.kind:
            if values:
                raise LayerUnclear(f"it is not clear to which layer {', '.join(values)} belongs")
            continue
        given = Numbers(mention.words, values, shape)
        weights, biases, shape = _KINDS[mention.kind](given)
        lost = [slot for slot in values if slot not in given.used]
        if lost or (mention.bias is not None and mention.kind in _NO_BIAS):
            what = ", ".join(str(values[slot]) for slot in lost) or "a bias"
            raise LayerUnclear(f"what {what} is of the {mention.words} is not understood")
        if mention.bias is False and mention.kind not in _ALWAYS_BIASED:
            biases = ()
        elif mention.bias is None and mention.kind == "attention":
            raise LayerUnclear(f"nothing says whether the projections of the {mention.words} have biases")
        elif mention.bias is None and biases and mention.kind not in _ALWAYS_BIASED:
            given.notes.append("biases are counted, as the text does not say that there are none")
        found.append(LayerCount(mention.kind, mention.words, weights, biases, shape, tuple(given.notes)))
    return found


def _single(mention: Mention) -> dict[str, int]:
    several = [values for values in mention.values.values() if len(values) > 1]
    if several:
        raise LayerUnclear(
            f"the {mention.words or 'text'} has several numbers for one thing: {', '.join(map(str, several[0]))}"
        )
    return {slot: values[0] for slot, values in mention.values.items()}


def _input(values: dict[str, int], before: Shape) -> Shape:
    """What comes in, where this layer or what stands before the first says it; those numbers are taken out.

    Raises LayerUnclear where a layer before has another output.
    """
    colours = {"rgb": 3, "grey": 1}
    channels = {n for slot, n in colours.items() if values.pop(slot, None)}
    size = [values.pop(slot, None) for slot in ("image_h", "image_w")]
    depth = values.pop("image_c", None)
    if size == [None, None] and not channels:
        return before
    channels.update(n for n in (depth, values.pop("channels", None), values.pop("channels_in", None)) if n is not None)
    if before or len(channels) > 1:
        raise LayerUnclear("what goes into the layers is said in two ways")
    return (size[0], size[1], next(iter(channels), None))
