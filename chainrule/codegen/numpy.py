"""NumPy code: one readable function, its helper functions in front."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from chainrule.algebra.steady import is_logarithmic, steady
from chainrule.codegen.expression import Expression, Precedence, aligned, coefficient, number
from chainrule.codegen.functions import functions_text
from chainrule.codegen.identifiers import Identifiers
from chainrule.codegen.literal import literal
from chainrule.codegen.parts import SELECTION, is_taken, part_of, taken
from chainrule.codegen.product import Factor, broadcast, reduced
from chainrule.codegen.scope import Scope, is_simple
from chainrule.codegen.sizes import Sizes
from chainrule.codegen.straightline import Program, StraightLine, named_bodies, split_parameters, straight_line
from chainrule.codegen.template import template
from chainrule.evaluation.array import as_array
from chainrule.evaluation.sizes import read_sizes
from chainrule.graph.dimension import shape_text
from chainrule.graph.facts import NO_FACTS, Fact
from chainrule.graph.node import Add, Apply, Constant, Contract, Named, Node, Selection, Size, Stack, Unit, Variable, postorder
from chainrule.graph.operation import Operation
from chainrule.graph.walk import index_variables
from chainrule.ops.arithmetic import POWER
from chainrule.ops.entries import HARDMAX
from chainrule.syntax.tree import Tree

PLACE = '''
def _place(array, axes):
    """The array at the given axes of a larger one, on the diagonal where an axis repeats; zero elsewhere."""
    result = np.zeros([array.shape[axis] for axis in axes])
    at = np.indices(array.shape, sparse=True)
    result[tuple(at[axis] for axis in axes)] = array
    return result
'''
GROWING = ("np.exp(", "np.expm1(", "np.sinh(", "np.cosh(", "np.square(", "np.float_power(")
"""What overflows to infinity on the way to a finite result, as in 1 / (1 + exp(x))."""


def numpy_program(name: str | Tree, root: Node, needs: Sequence[Node], given: Mapping[Node, Any]) -> Program:
    """The function `name` that computes `root` with NumPy alone.

    needs: variables (or named quantities, which cut the graph there): the positional parameters, in this order.
    given: numbers, exact or not, or nested tuples of them; what else the root reaches is a keyword parameter with that default.
    Raises CodeError (`missing-value`, `missing-size`, `no-code`, `not-an-input`, `not-a-number`, `too-many-indices`), and
    ShapeError where a value does not fit its node.
    """
    positional, keyword = split_parameters(root, needs, given)
    identifiers = Identifiers()
    parameters = {identifiers.take(_symbol(node)): node for node in (*positional, *keyword)}
    numbers = read_sizes({node: as_array(value) for node, value in given.items()})
    cuts = frozenset([*needs, *given])
    line = straight_line(steady(root, cuts), cuts, _has_text)
    printer = _Printer(line, parameters, identifiers, numbers, any(map(is_logarithmic, postorder(root))))
    result = printer.run()
    from_zero = {node: given[node] - 1 for node in keyword if node in printer.indices}
    defaults = {key: literal(from_zero.get(node, given[node])) for key, node in parameters.items() if node in keyword}
    return Program(_source(name, printer, parameters, defaults, root, result), parameters)


def _has_text(operation: Operation) -> bool:
    return operation.numpy is not None


def _symbol(node: Node) -> Any:
    assert isinstance(node, Variable | Named)
    return node.symbol


def _facts(node: Node) -> frozenset[Fact]:
    """What the formula may have been simplified by."""
    return node.facts if isinstance(node, Variable) else NO_FACTS


def _source(
    name: str | Tree, printer: "_Printer", parameters: Mapping[str, Node], defaults: Mapping[str, str], root: Node, result: str
) -> str:
    signature = ", ".join([*(key for key in parameters if key not in defaults), *(["*"] if defaults else [])])
    signature = ", ".join(part for part in (signature, *(f"{key}={text}" for key, text in defaults.items())) if part)
    shapes = ", ".join(f"{key}: {shape_text(node.shape)}" for key, node in parameters.items())
    facts = [f"{key} {fact.value}" for key, node in parameters.items() for fact in Fact if fact in _facts(node)]
    told = "; ".join([f"{shapes} -> {shape_text(root.shape)}".strip(), *facts])
    summary = "".join(c for c in told if c.isascii() and c not in '\\"')
    reached = set(printer.line.order)
    used = {key for key, node in parameters.items() if node in reached} | printer.sizes.used
    body = [*printer.scope.lines, f"return {result}"]
    quiet = _ignored(body)
    if quiet:
        body = [f"with np.errstate({quiet}):", *(f"    {text}" for text in body)]
    counted = printer.indices.values()
    arrays = [
        f"{key} = int({key})" if key in counted else f"{key} = np.asarray({key}, dtype=float)"
        for key in parameters
        if key in used
    ]
    lines = [f"def {Identifiers().take(name)}({signature}):", f'    """{summary}."""', *(f"    {t}" for t in (*arrays, *body))]
    helpers = "".join(f"\n{text.strip()}\n\n" for text in printer.helpers)
    imports = "import math\n\n" * ("math." in helpers) + "import numpy as np\n\n"
    return imports + helpers + "\n" + "\n".join(lines) + "\n"


def _ignored(body: Sequence[str]) -> str:
    """The floating-point warnings that say nothing about the result. (What is not taken is computed, too.)"""
    if any(word in text for text in body for word in ("np.where(", "_weighed(", "_present(", "_share(")):
        return 'all="ignore"'
    return 'over="ignore"' if any(word in text for text in body for word in GROWING) else ""


class _Printer:
    """Turns a straight line into assignments. `helpers`: the functions that the texts call, in order of first use.

    logarithmic: the graph has logarithms of probabilities, so entries that are zero are usual.
    """

    def __init__(
        self,
        line: StraightLine,
        parameters: Mapping[str, Node],
        identifiers: Identifiers,
        numbers: Mapping[str, int],
        logarithmic: bool,
    ) -> None:
        self.line = line
        self.logarithmic = logarithmic or any(map(is_logarithmic, line.order))
        self.scope = Scope(identifiers)
        self.sizes = Sizes([(key, node.shape) for key, node in parameters.items()], numbers)
        self.helpers: dict[str, None] = {}
        self._found = {node: _whole(key, node) for key, node in parameters.items()}
        # In code an index counts from 0, as everything in Python does; as a number it is one more.
        self.indices: dict[Node, str] = {n: key for key, n in parameters.items() if n in index_variables(line.order)}
        self._found |= {node: Expression(f"{key} + 1", Precedence.SUM) for node, key in self.indices.items()}
        named = named_bodies(line.order, line.cuts)
        self._names: dict[Node, str] = {body: identifiers.take(name.symbol) for body, name in named.items()}
        for node in line.order:  # a second name for a value, or a name for an input
            if isinstance(node, Named) and node not in line.cuts and named.get(node.body) is not node:
                self._names[node] = identifiers.take(node.symbol)

    def run(self) -> str:
        """Fills the scope and returns the text of the result."""
        root = self.line.order[-1]
        for node in self.line.order:
            value = self._found[node] if node in self._found else self._value(node)
            if node in self._names:
                value = self.scope.assign(self._names[node], value)
            elif self.line.uses[node] > 1 and not is_simple(value) and not isinstance(node, Selection):
                value = self.scope.named(value)
            self._found[node] = value
        whole = self._without_negative_zero(self._full(root))
        if any("_selection(" in text for text in (*self.scope.lines, whole.text)):
            self.helpers[SELECTION] = None
        if not root.shape:
            return f"float({whole.text})"
        return f"np.array({whole.text})" if self._may_be_a_view(root) else whole.text

    def _without_negative_zero(self, whole: Expression) -> Expression:
        """0.0 - x in the place of -x, and x y + 0.0 of logarithms, where entries that are zero are usual."""
        if whole.text.startswith("-") and (self.logarithmic or any(map(_makes_zeros, self.line.order))):
            return Expression(f"0.0 - {whole.text[1:]}", Precedence.SUM, whole.axes)
        if self.logarithmic and (whole.precedence is Precedence.PRODUCT or _is_taken_away(self.line.order[-1])):
            return Expression(f"{whole.text} + 0.0", Precedence.SUM, whole.axes)
        return whole

    def _may_be_a_view(self, node: Node) -> bool:
        """Could the result share its memory with a parameter?"""
        while node not in self.line.cuts:
            match node:
                case Named(body=body):
                    node = body
                case Contract() if (only := _picked_and_turned(node)) is not None:
                    node = only
                case _:
                    return isinstance(node, Variable)
        return True

    def _value(self, node: Node) -> Expression:
        match node:
            case Apply():
                return self._applied(node)
            case Contract():
                return self._contracted(node)
            case Add():
                return self._sum(node)
            case Named(body=body):
                return self._found[body]
            case Constant(value=value):
                return number(value)
            case Size(dimension=size):
                return self.sizes.text(size)
            case Stack(items=items):
                texts = self.scope.shortened(self._full(item) for item in items)
                return _whole(f"np.{'stack' if items[0].shape else 'array'}([{', '.join(e.text for e in texts)}])", node)
            case Unit(position=position):
                where = f"np.arange({self.sizes.text(node.shape[0]).text}) == {self.position(position)}"
                return Expression(f"1.0 * ({where})", Precedence.PRODUCT, (0,))
            case Selection(offset=offset, strides=strides):
                shape, steps = self.sizes.shape(node.shape), self.sizes.shape(strides)
                return _whole(f"_selection({shape}, {self.sizes.text(offset).text}, {steps})", node)
            case _:
                raise TypeError(f"no such kind of node: {type(node)}")

    def _full(self, node: Node) -> Expression:
        """The value with all its axes, where an array that broadcasts to it is not enough."""
        value = self._found[node]
        axes = tuple(range(len(node.shape)))
        if value.axes == axes:
            return value
        shape = self.sizes.shape(node.shape)
        if value.axes:
            return _whole(f"np.broadcast_to({aligned(value, value.axes, axes).text}, {shape})", node)
        if value.text in ("0.0", "1.0"):
            return _whole(f"np.{'zeros' if value.text == '0.0' else 'ones'}({shape})", node)
        return _whole(f"np.full({shape}, {value.text})", node)

    def _together(self, nodes: Sequence[Node]) -> tuple[list[Expression], tuple[int, ...]]:
        """The values as they broadcast against each other, and the axes of the result."""
        values = [self._found[node] for node in nodes]
        axes = tuple(sorted({axis for value in values for axis in value.axes}))
        return [aligned(value, value.axes, axes) for value in values], axes

    def _sum(self, node: Add) -> Expression:
        if not node.terms:
            return Expression("0.0")
        values, axes = self._together([term for _, term in node.terms])
        terms = [(c < 0, _scaled(abs(c), value)) for (c, _), value in zip(node.terms, values, strict=True)]
        return self.scope.added(terms).over(axes)

    def _applied(self, node: Apply) -> Expression:
        operation = node.operation
        if operation.numpy_helpers:
            self.helpers[operation.numpy_helpers] = None
        self.helpers.update(dict.fromkeys(text for each in operation.numpy_functions for text in functions_text(each)))
        if operation.elementwise:
            values, axes = self._together(node.arguments)
        else:
            values, axes = [self._full(a) for a in node.arguments], tuple(range(len(node.shape)))
        uses = template(operation, values).uses
        values = [self.scope.named(v) if count > 1 else v for v, count in zip(values, uses, strict=True)]
        values = self.scope.shortened(values)
        return template(operation, values).filled(values, axes)

    def _contracted(self, node: Contract) -> Expression:
        if not node.extents:
            return self.scope.multiplied(self._found[factor] for factor in node.factors)
        factors, gone = self._factors(node)
        kept = tuple(dict.fromkeys(node.output))
        held = {i for factor in factors for i in factor.own}
        lone = [i for i in range(len(node.extents)) if i not in held and i not in kept and i not in gone]
        core = tuple(i for i in kept if i in held)
        lengths = [Factor(self.sizes.text(node.extents[i]), ()) for i in lone]
        product = reduced([*lengths, *factors], core, self.scope)
        if len(kept) == len(node.output):
            return broadcast(product, core, self.scope).over(tuple(kept.index(i) for i in core))
        return self._diagonal(node, product, core)

    def _diagonal(self, node: Contract, product: Sequence[Factor], core: tuple[int, ...]) -> Expression:
        """An output with an index twice: the array on a diagonal, zeros beside it."""
        kept = tuple(dict.fromkeys(node.output))
        if len(node.output) == 2:
            scalars = [f for f in product if not f.own]
            vectors = [f for f in product if f.own]
            eye = Expression(f"np.eye({self.sizes.text(node.extents[kept[0]]).text})")
            diagonal = Expression(f"np.diag({broadcast(vectors, core, self.scope).text})") if vectors else eye
            return self.scope.multiplied([*(f.array for f in scalars), diagonal]).over((0, 1))
        self.helpers[PLACE] = None
        array = broadcast(product, core, self.scope)
        if core != kept:
            shape = self.sizes.shape(tuple(node.extents[i] for i in kept))
            array = Expression(f"np.broadcast_to({aligned(array, core, kept).text}, {shape})")
        return _whole(f"_place({array.text}, {tuple(kept.index(i) for i in node.output)})", node)

    def _factors(self, node: Contract) -> tuple[list[Factor], set[int]]:
        """The factors with the indices of the axes they have; and the indices at which a unit vector has picked an entry, or
        a selection has taken some.
        """
        found = [
            (factor, Factor(value, tuple(own[axis] for axis in value.axes)))
            for factor, own in zip(node.factors, node.indices, strict=True)
            for value in [self._found[factor]]
        ]
        units = [(n, f.own[0]) for n, f in found if isinstance(n, Unit) and self._picks(f.own[0], found, node)]
        picks = {index: self.position(unit.position) for unit, index in units}
        parts = taken(node, picks)
        kept = [f for n, f in found if not (isinstance(n, Unit) and f.own[0] in picks) and not is_taken(n, f.own, parts)]
        return [part_of(_picked(f, picks), parts, self.sizes) for f in kept], {*picks, *parts}

    def position(self, position: int | Variable) -> str:
        """A position counted from 0, in code."""
        return self.indices[position] if isinstance(position, Variable) else str(position)

    def _picks(self, index: int, found: Sequence[tuple[Node, Factor]], node: Contract) -> bool:
        """Is the index summed, against one unit vector alone, and nowhere twice?"""
        units = [n for n, f in found if isinstance(n, Unit) and f.own == (index,)]
        return index not in node.output and len(units) == 1 and all(f.own.count(index) < 2 for _, f in found)


def _makes_zeros(node: Node) -> bool:
    """Is it a quotient, has it zeros beside a diagonal, is it the place of a largest entry, or does it keep exact zeros?"""
    if isinstance(node, Contract):
        return len(set(node.output)) < len(node.output)
    return isinstance(node, Apply) and (node.operation in (POWER, HARDMAX) or bool(node.operation.numpy_functions))


def _is_taken_away(node: Node) -> bool:
    """Whether it is a sum of terms with a minus: -0.0 where all of them are zero."""
    while isinstance(node, Named):
        node = node.body
    return isinstance(node, Add) and all(coefficient < 0 for coefficient, _ in node.terms)


def _picked_and_turned(node: Contract) -> Node | None:
    """The one factor whose entries these are, in other places: entries and parts taken, axes turned or repeated."""
    every = list(zip(node.factors, node.indices, strict=True))
    picked = {own[0] for factor, own in every if isinstance(factor, Unit | Selection)}
    arrays = [(factor, own) for factor, own in every if not isinstance(factor, Unit | Selection)]
    if len(arrays) != 1 or not arrays[0][0].shape or len({*node.output}) != len(node.output):
        return None
    return arrays[0][0] if {*arrays[0][1]} <= {*node.output, *picked} else None


def _picked(factor: Factor, picks: Mapping[int, str]) -> Factor:
    if not any(i in picks for i in factor.own):
        return factor
    places = [picks.get(i, ":") for i in factor.own]
    while places[-1] == ":":
        places.pop()
    text = f"{factor.array.within(Precedence.ATOM)}[{', '.join(places)}]"
    return Factor(Expression(text), tuple(i for i in factor.own if i not in picks))


def _whole(text: str, node: Node) -> Expression:
    return Expression(text, Precedence.ATOM, tuple(range(len(node.shape))))


def _scaled(size: Fraction, value: Expression) -> Expression:
    """A positive number times a value; the number alone where the value is 1."""
    return number(size) if value.text == "1.0" else coefficient(size, value)
