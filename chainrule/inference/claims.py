r"""Claims: two sides that the text says are equal, compared at random points and at the given numbers.

The later sides of `z = w x + b = 2 \cdot 3 + 1 = 7` are claims, and both sides of `x^\top y = 0`, which defines nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chainrule.errors import ChainruleError, Diagnostic, EvaluationError, NameFault
from chainrule.evaluation.array import Array, Given
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph import build
from chainrule.graph.dimension import dimension, shape_text
from chainrule.graph.node import Named, Node, Variable, postorder
from chainrule.graph.walk import resize
from chainrule.inference.literals import Exact, Literal, read_literal, shape_of, to_floats
from chainrule.inference.network import Network
from chainrule.inference.ranks import OF_RANK
from chainrule.inference.statements import Claim, head_parts
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.ops.opaque import opaque_functions
from chainrule.syntax.tree import Number, Prime, Tree, walk

SEEDS = (11, 12, 13)
CLOSE = 1e-8
MOST_DIGITS = 30


def check_claims(network: Network, claims: Sequence[Claim]) -> list[Diagnostic]:
    """What is to be said of each claim: nothing of a later side that is equal."""
    claims = [claim for claim in claims if claim.again is None]
    if not claims:
        return []
    network = _sized(network)
    said = [_check(network, claim) for claim in claims]
    return [each for each in said if each is not None]


def defined_otherwise(network: Network, claims: Sequence[Claim]) -> dict[Tree, ChainruleError]:
    """The names whose second definition is not found to be the first one written otherwise, each with what is said of it."""
    again = [(claim, claim.again) for claim in claims if claim.again is not None]
    network = _sized(network) if again else network
    return {
        key(claim.left): NameFault(fault.code, fault.message, fault.span, fault.hint)
        for claim, fault in again
        if key(claim.left) not in network.broken and _check(network, claim) is not None
    }


def _sized(network: Network) -> Network:
    """The network with the sizes that numbers show."""
    # Where numbers show the sizes, two sizes that the equations leave open may be one.
    known = {symbol: dimension(size) for symbol, size in network.sizes.items()}
    sized = resize(list(network.names.values()), known)
    return replace(network, names={name: sized[node] for name, node in network.names.items()})


def reached_values(network: Network, claims: Sequence[Claim]) -> dict[Tree, Exact]:
    r"""The values at the end of `s = \log \sigma^2 = 0.5` of quantities that need an input without a value.

    A quantity that is said to have two has none.
    """
    found: dict[Tree, Exact] = {}
    for name, value in (pair for claim in claims if (pair := _reached(network, claim)) is not None):
        found[name] = value if found.get(name, value) == value else ()
    return {name: value for name, value in found.items() if value != ()}


def _reached(network: Network, claim: Claim) -> tuple[Tree, Exact] | None:
    literal = None if claim.identity or not could_be_name(claim.left) else read_literal(claim.right)
    return reached_value(network, key(claim.left), literal)


def reached_value(network: Network, name: Tree, literal: Literal | None) -> tuple[Tree, Exact] | None:
    """A quantity and a number for it, where it needs an input without a value and has that shape; else None."""
    node = network.names.get(name)
    kind = None if node is None else OF_RANK.get(len(node.shape))
    if not isinstance(node, Named) or literal is None or kind not in literal.kinds:
        return None
    missing = [leaf for leaf in postorder(node) if isinstance(leaf, Variable) and leaf.symbol not in network.values]
    value = literal.value(kind)
    fits = all(d.number in (None, size) for d, size in zip(node.shape, shape_of(value), strict=True))
    return (name, value) if missing and fits else None


@dataclass(frozen=True)
class _Sides:
    left: Node
    right: Node
    tolerance: float


def _check(network: Network, claim: Claim) -> Diagnostic | None:
    network = _with_argument(network, claim.left)
    try:
        left, right = network.read(claim.left, of_text=True), network.read(claim.right, of_text=True)
    except ChainruleError as error:
        return _unread(network, claim, error)
    if left.shape != right.shape and not right.shape and right is build.constant(0):
        right = build.zeros(left.shape)
    if left.shape != right.shape:
        message = f"{_text(claim.left)} is {shape_text(left.shape)}, but {_text(claim.right)} is {shape_text(right.shape)}"
        return Diagnostic("error", "sides-differ", message, claim.span)
    sides = _Sides(left, right, _tolerance(claim))
    try:
        return _compared(network, claim, sides)
    except EvaluationError as error:
        message = f"{_text(claim.left)} = {_text(claim.right)} could not be checked: {error.message}"
        return Diagnostic("warning", "not-compared", message, claim.span)


def _with_argument(network: Network, head: Tree) -> Network:
    """The network with the x of a claim about `f'(x)`, a number that the text need not name."""
    name, parameters = head_parts(head)
    letters = [p for p in (parameters or ()) if isinstance(name, Prime) and could_be_name(p) and key(p) not in network.names]
    names = {**network.names, **{key(p): build.variable(key(p)) for p in letters}}
    spellings = {**network.spellings, **{key(p): span_text(p.span) for p in letters}}
    return replace(network, names=names, spellings=spellings) if letters else network


def _unread(network: Network, claim: Claim, error: ChainruleError) -> Diagnostic | None:
    """A side that cannot be read. Where a broken name is in it the error is said there."""
    if error.code == "broken-definition":
        return None
    if claim.identity and error.code != "undefined-symbol":
        message = f"{_text(claim.left)} = {_text(claim.right)} defines nothing and could not be checked: {error.message}"
        return Diagnostic("error", "not-a-definition", message, claim.left.span, error.hint)
    if claim.identity:
        message = "the left side of this equation is not a name that it could define"
        hint = "write the name alone on the left: name = expression"
        return Diagnostic("error", "not-a-definition", message, claim.left.span, hint)
    message = f"{_text(claim.right)} was not compared with {_text(claim.left)}: {error.message}"
    return Diagnostic("warning", "not-compared", message, claim.span)


def _compared(network: Network, claim: Claim, sides: _Sides) -> Diagnostic | None:
    given: Given = {network.names[name]: to_floats(value) for name, value in network.values.items() if name in network.names}
    inputs = {node for node in postorder(sides.left, sides.right) if isinstance(node, Variable)}
    if inputs and all(_agree(_at_random(network, sides, seed, {}), CLOSE) for seed in SEEDS):
        return _holds(claim, "at random points") if claim.identity else None
    of_right = {node for node in postorder(sides.right) if isinstance(node, Variable)}
    if claim.again is not None and of_right:
        # With numbers put in for some letters it is the same formula; agreeing at those of its own letters is chance.
        put_in = {node: value for node, value in given.items() if node not in of_right}
        return None if all(_agree(_at_random(network, sides, seed, put_in), CLOSE) for seed in SEEDS) else claim.again
    unknown = ", ".join(operation.name for operation in opaque_functions([sides.left, sides.right]))
    if unknown:
        message = f"{_text(claim.right)} was not compared with {_text(claim.left)}: nothing defines {unknown}"
        return Diagnostic("note", "not-compared", message, claim.span)
    missing = inputs - given.keys()
    if not missing:
        found = _at_given(network, sides, given)
        if _agree(found, CLOSE) or _rounded(found, sides.tolerance):
            return _holds(claim, "at the given numbers") if claim.identity else None
        return _differ(claim, found, "at the given numbers" if inputs else "")
    if not of_right and not claim.identity:
        names = ", ".join(network.spellings[name] for name, node in network.inputs() if node in missing)
        message = f"{_text(claim.right)} was not compared with {_text(claim.left)}: {names} {_have(len(missing))} no value"
        if _reached(network, claim) is not None:
            message += f"; it is taken for the value of {_text(claim.left)}"
        return Diagnostic("note", "not-compared", message, claim.span)
    points = [_at_random(network, sides, seed, given) for seed in SEEDS]
    if all(_agree(point, CLOSE) for point in points):
        return _holds(claim, "at the given numbers") if claim.identity else None
    return _differ(claim, points[0], "at a random point")


def _at_random(network: Network, sides: _Sides, seed: int, given: Given) -> tuple[Array, Array]:
    point = sample([sides.left, sides.right], seed, given, network.sizes)
    left, right = evaluate([sides.left, sides.right], point.values, point.sizes)
    return left, right


def _at_given(network: Network, sides: _Sides, given: Given) -> tuple[Array, Array]:
    left, right = evaluate([sides.left, sides.right], given, network.sizes)
    return left, right


def _agree(found: tuple[Array, Array], most: float) -> bool:
    return compare(*found) <= most


def _rounded(found: tuple[Array, Array], tolerance: float) -> bool:
    """Whether the right side is the left one rounded to its digits."""
    left, right = found
    return bool((abs(left - right) <= tolerance).all())


def _tolerance(claim: Claim) -> float:
    """Half a unit of the last digit of the decimals on the right side; 0 where there are none.

    A person who cuts digits off is not told so: from two decimals on it is a whole unit.
    """
    decimals = [count for part in walk(claim.right) if isinstance(part, Number) and (count := _decimals(part)) is not None]
    if not decimals:
        return 0.5 if claim.approximate and isinstance(claim.right, Number) else 0.0
    fewest = min(decimals)
    return (1.0 if fewest >= 2 else 0.5) * 10.0**-fewest * (1 + CLOSE)


def _decimals(tree: Number) -> int | None:
    """The digits behind the point; None for a whole number."""
    if tree.value.denominator == 1 and "." not in tree.text:
        return None
    mantissa, _, exponent = tree.text.lower().partition("e")
    if not mantissa.replace(".", "").isdigit() or (not exponent.lstrip("+-").isdigit() and exponent):
        return MOST_DIGITS
    return len(mantissa.partition(".")[2]) - int(exponent or 0)


def _holds(claim: Claim, where: str) -> Diagnostic:
    message = f"{_text(claim.left)} = {_text(claim.right)} defines nothing; it holds {where}"
    return Diagnostic("note", "equation-holds", message, claim.span)


def _differ(claim: Claim, found: tuple[Array, Array], where: str) -> Diagnostic:
    left, right = (_number(side) for side in found)
    place = f" {where}" if where else ""
    message = f"{_text(claim.left)} is {left}{place}, but {_text(claim.right)} is {right}"
    if read_literal(claim.right) is not None:
        message = f"{_text(claim.left)} is {left}{place}, not {_text(claim.right)}"
    if claim.identity:
        message = f"{_text(claim.left)} = {_text(claim.right)} defines nothing and does not hold{place}: {left} is not {right}"
        hint = "chainrule does not solve equations: write the name alone on the left, name = expression"
        return Diagnostic("error", "sides-differ", message, claim.span, hint)
    return Diagnostic("error", "sides-differ", message, claim.span)


def _number(value: Array) -> str:
    """Four digits of a number, or of each entry."""
    return f"{float(value):.4g}" if not value.shape else f"[{', '.join(_number(item) for item in value)}]"


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _text(tree: Tree) -> str:
    return span_text(tree.span)
