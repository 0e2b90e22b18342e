"""Where a quantity is smallest or largest, or its gradient vanishes: of second degree, or convex by the rules of composition.

The point is found with Newton's method. That it is the only one is known, not tried: of a function of second degree by its
Hessian, of a convex one by a Hessian that is positive definite there.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial

from chainrule.algebra.curvature import curve_of
from chainrule.algebra.normal_form import normal_form
from chainrule.errors import NameFault
from chainrule.graph import build
from chainrule.graph.node import Named, Node, Variable
from chainrule.graph.walk import expand, leaves, substitute
from chainrule.sheets import Task
from chainrule.solving.answer import Answer, Value
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.convex_cases import CasesRule
from chainrule.solving.convexity import answer_convexity, curved, is_limited, is_smooth, signs_of, variables_of
from chainrule.solving.derivatives import forms_of
from chainrule.solving.reading import ProblemText
from chainrule.solving.requests import requested
from chainrule.syntax.tree import Name, Superscript
from chainrule.typesetting import array, unicode

POINTS = ("minimiser", "maximiser", "stationary point")
_STEPS = 80
_CLOSE = 1e-12
_PIVOT = 1e-9
Point = list[float]


def answers_of_curvature(context: Context, text: ProblemText, task: Task) -> Iterator[Callable[[], Answer]]:
    """Whether something is convex, or the entries of the point that is asked for. Raises NameFault where it is not known."""
    if task.quantity not in POINTS:
        yield partial(answer_convexity, context, text, task)
        return
    network = context.network
    target = curved(context, text, task)
    variables = variables_of(network, text, target, task)
    if is_limited(text, variables):
        raise _open(target, task, "the text limits where it may be")
    search = _Search(context, target, variables, task)
    point, how = search.run(text)
    for variable, value in zip(variables, search.apart(point), strict=True):
        yield partial(_answer, variable, value, task, how)


def _answer(variable: Variable, value: Value, task: Task, how: str) -> Answer:
    symbol = tree_formula(Superscript(variable.symbol, Name("*")))
    formula = tree_formula(array(value, 6))
    shape = tuple(dimension.number or 0 for dimension in variable.shape)
    return Answer(
        task.part, task.span, "value", task.text, symbol, None, None, formula, shape=shape, value=value, conventions=(how,)
    )


def _open(target: Named, task: Task, why: str) -> NameFault:
    return NameFault("point-open", f"the {task.quantity} of {unicode(target.symbol)} is not decided: {why}", task.span)


class _Search:
    """The gradient and the Hessian of a target by numbers or by one vector, and the point where the gradient vanishes."""

    def __init__(self, context: Context, target: Named, variables: Sequence[Variable], task: Task) -> None:
        self.context, self.target, self.variables, self.task = context, target, variables, task
        vectors = [variable for variable in variables if variable.shape]
        lengths = [dimension.number for variable in vectors for dimension in variable.shape]
        if vectors and (len(variables) > 1 or len(lengths) != 1 or not lengths[0]):
            raise _open(target, task, "it is not of numbers or of one vector of known length")
        self.length = lengths[0] or 0 if vectors else len(variables)
        self.vector = bool(vectors)
        self.slopes = [self._closed((variable,)) for variable in variables]
        self.bends = [[self._closed((one, other)) for other in variables] for one in variables]

    def _closed(self, by: tuple[Variable, ...]) -> Node:
        return normal_form(expand(forms_of(self.context, requested(self.target, by, "", self.task.span)).closed))

    def apart(self, point: Point) -> list[Value]:
        return [list[Value](point)] if self.vector else list(point)

    def run(self, text: ProblemText) -> tuple[Point, str]:
        """The point, and why it is the only one."""
        asked = self.task.quantity
        smooth = is_smooth(expand(self.target), self.variables)
        constant = smooth and all(set(self.variables).isdisjoint(leaves(node)) for row in self.bends for node in row)
        node = expand(self.target)
        signs = signs_of(self.context, text, node, self.variables)
        sign = 1 if asked != "maximiser" else -1
        curve = curve_of(build.scale(sign, node), frozenset(self.variables), signs, frozenset(), CasesRule(signs, frozenset()))
        if not constant and (curve != "convex" or not smooth):
            raise _open(self.target, self.task, "it is neither of second degree nor known to be convex")
        point = self._newton([0.0] * self.length)
        least = min(_pivots([[sign * entry for entry in row] for row in self._bend(point)]) or [0.0])
        if least <= _PIVOT and not (constant and asked == "stationary point"):
            raise _open(self.target, self.task, "its Hessian there does not show that it is one")
        name = unicode(self.target.symbol)
        if constant:
            return point, f"the gradient of {name} vanishes there and its Hessian is constant, so it is the only {asked}"
        return point, f"the gradient of {name} vanishes there, and it is convex" if sign > 0 else f"{name} is concave"

    def _newton(self, point: Point) -> Point:
        for _ in range(_STEPS):
            slope = self._slope(point)
            step = _solved(self._bend(point), slope)
            if step is None:
                raise _open(self.target, self.task, "its Hessian is singular")
            size = max(map(abs, step))
            point = [old - change for old, change in zip(point, step, strict=True)]
            if size <= _CLOSE * max(1.0, *map(abs, point)):
                return point
        raise _open(self.target, self.task, "Newton's method does not reach one")

    def _slope(self, point: Point) -> Point:
        return [entry for node in self.slopes for entry in self._numbers(node, point)]

    def _bend(self, point: Point) -> list[Point]:
        flat = [entry for row in self.bends for node in row for entry in self._numbers(node, point)]
        return [flat[i : i + self.length] for i in range(0, len(flat), self.length)]

    def _numbers(self, node: Node, point: Point) -> Point:
        constants = [build.constant(Fraction(entry)) for entry in point]
        values: list[Node] = [build.stack(constants)] if self.vector else list(constants)
        found = self.context.number(substitute(node, dict(zip(self.variables, values, strict=True))))
        if found is None:
            raise _open(self.target, self.task, "other names in it have no numbers")
        return _flat(found)


def _flat(value: Value) -> Point:
    return [entry for item in value for entry in _flat(item)] if isinstance(value, list) else [value]


def _solved(matrix: Sequence[Point], right: Point) -> Point | None:
    """The solution of a system of equations; None where its matrix is singular."""
    rows = [[*row, entry] for row, entry in zip(matrix, right, strict=True)]
    size = len(rows)
    scale = max((abs(entry) for row in matrix for entry in row), default=0.0)
    for k in range(size):
        best = max(range(k, size), key=lambda i: abs(rows[i][k]))
        if abs(rows[best][k]) <= _PIVOT * scale:
            return None
        rows[k], rows[best] = rows[best], rows[k]
        for i in range(size):
            if i != k:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return [row[-1] / row[k] for k, row in enumerate(rows)]


def _pivots(matrix: Sequence[Point]) -> Point:
    """The pivots of a symmetric matrix relative to its largest entry, as far as they are positive."""
    form = [list(row) for row in matrix]
    scale = max((abs(entry) for row in matrix for entry in row), default=0.0) or 1.0
    found: Point = []
    for k, row in enumerate(form):
        found.append(row[k] / scale)
        if found[-1] <= 0:
            break
        for i in range(k + 1, len(form)):
            factor = form[i][k] / row[k]
            form[i] = [a - factor * b for a, b in zip(form[i], row, strict=True)]
    return found
