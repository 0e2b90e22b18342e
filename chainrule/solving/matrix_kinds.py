"""Whether a matrix is symmetric, definite, singular or diagonal: by its formula where that shows it, else by its numbers."""

from fractions import Fraction
from math import isfinite

from chainrule.algebra.normal_form import normal_form
from chainrule.errors import NameFault
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.walk import expand
from chainrule.inference.derivatives import written_out
from chainrule.inference.symbols import could_be_name
from chainrule.sheets import Task
from chainrule.solving.answer import Answer, Formula, Value
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.derivatives import forms_of
from chainrule.solving.reading import ProblemText
from chainrule.solving.requests import find
from chainrule.solving.tasks import derivatives, trees_of
from chainrule.solving.whole_derivatives import array_of, array_symbol, entries_of
from chainrule.syntax.tree import Derivative, Relation, Tree
from chainrule.typesetting import array, unicode

KINDS = frozenset(("symmetric", "diagonal", "singular", "invertible", "indefinite"))
_DIGITS = 6
_SMALL = Fraction(1, 10**9)
Matrix = list[list[Fraction]]


def asks_of_matrix(task: Task) -> bool:
    """Whether a question is one about a matrix, and not about a function."""
    return task.quantity in KINDS or task.quantity.endswith("definite")


def answer_matrix_kind(context: Context, text: ProblemText, task: Task) -> Answer:
    """The statement. Raises NameFault where it is not said of which matrix, or nothing decides it."""
    symbol, node = _matrix(context, text, task)
    numbers = _numbers(context, node)
    alike = len(node.shape) == 2 and node.shape[0] == node.shape[1]
    if not alike and not (len(node.shape) == 2 and numbers is not None and len(numbers) == len(numbers[0])):
        raise NameFault("no-matrix", f"{unicode(symbol)} is no square matrix, which this is asked of", task.span)
    turned = build.contract([node], [(0, 1)], (1, 0)) if alike else None
    symmetric = turned is not None and build.is_zero(normal_form(build.subtract(expand(node), expand(turned))))
    if task.quantity == "symmetric" and symmetric:
        return _stated(task, symbol, True, "its entries (i, j) and (j, i) are equal")
    if numbers is None:
        message = (
            f"whether {unicode(symbol)} is {task.quantity} is not decided: its formula does not show it, and it has no numbers"
        )
        raise NameFault("matrix-open", message, task.span, "say at which point")
    shown = unicode(array([[float(entry) for entry in row] for row in numbers], _DIGITS))
    holds = _holds(numbers, task)
    return _stated(task, symbol, holds, f"it is {shown}{_because(numbers, task)}")


def _matrix(context: Context, text: ProblemText, task: Task) -> tuple[Tree, Node]:
    """The matrix asked about, with what it is called."""
    trees = [_unnamed(tree) for tree in trees_of(text, task.math("asked"))]
    read = [written_out(context.network.reader, tree) for tree in trees]
    if len(trees) == 1 and not isinstance(read[0], Derivative):
        node = find(context.network, trees[0]) if could_be_name(trees[0]) else context.network.read(trees[0], of_text=True)
        return trees[0], context.differentiator.closed(node)
    asked = list(derivatives(context, text, task))
    if (whole := entries_of(asked)) is not None:
        return array_symbol(*whole), context.differentiator.closed(array_of(context, asked, *whole))
    if len(asked) != 1:
        raise NameFault("no-matrix", "it is not clear which matrix is asked about", task.span, "name it by its symbol")
    return asked[0].symbol, forms_of(context, asked[0]).closed


def _unnamed(tree: Tree) -> Tree:
    r"""The matrix itself where its name stands before it, `J = \frac{\partial y}{\partial x}`."""
    return tree.sides[-1] if isinstance(tree, Relation) and set(tree.operators) <= {"=", ":="} else tree


def _numbers(context: Context, node: Node) -> Matrix | None:
    value = None if context.needs(node) else context.number(node)
    rows = [row for row in value if isinstance(row, list)] if isinstance(value, list) else []
    if not rows or not all(_is_number(entry) for row in rows for entry in row):
        return None
    return [[Fraction(entry) for entry in row if isinstance(entry, float)] for row in rows]


def _is_number(entry: Value) -> bool:
    return isinstance(entry, float) and isfinite(entry)


def _holds(matrix: Matrix, task: Task) -> bool:
    size = len(matrix)
    scale = max(abs(entry) for row in matrix for entry in row)
    pairs = [(i, j) for i in range(size) for j in range(size) if i != j]
    if task.quantity == "diagonal":
        return not any(_differs(matrix[i][j], Fraction(0), scale, task) for i, j in pairs)
    symmetric = not any(_differs(matrix[i][j], matrix[j][i], scale, task) for i, j in pairs if i < j)
    if task.quantity == "symmetric":
        return symmetric
    if task.quantity in ("singular", "invertible"):
        return _differs(_determinant(matrix), Fraction(0), scale**size, task) == (task.quantity == "invertible")
    if not symmetric:
        raise NameFault(
            "matrix-open", f"this matrix is not symmetric, and {task.quantity} is said of symmetric ones", task.span
        )
    signs = _signs(matrix, scale, task)
    if task.quantity == "indefinite":
        return {1, -1} <= signs
    wanted = 1 if task.quantity.startswith("positive") else -1
    return signs <= ({wanted, 0} if "semi" in task.quantity else {wanted})


def _because(matrix: Matrix, task: Task) -> str:
    if not (task.quantity.endswith("definite") or task.quantity in ("singular", "invertible")):
        return ""
    return f", with the determinant {unicode(array(float(_determinant(matrix)), _DIGITS))}"


def _differs(one: Fraction, other: Fraction, scale: Fraction, task: Task) -> bool:
    """Whether two numbers differ. Raises NameFault where they are alike to the digits that numbers have, and not equal."""
    if one == other:
        return False
    if abs(one - other) > _SMALL * scale:
        return True
    raise NameFault("matrix-open", f"whether it is {task.quantity} is not decided by rounded numbers", task.span)


def _signs(matrix: Matrix, scale: Fraction, task: Task) -> set[int]:
    """The signs of the eigenvalues of a symmetric matrix, by congruence: those of the pivots."""
    form: Matrix = [list(row) for row in matrix]
    signs: set[int] = set()
    while form:
        at = next((i for i, row in enumerate(form) if _differs(row[i], Fraction(0), scale, task)), None)
        if at is None:
            crossed = any(_differs(entry, Fraction(0), scale, task) for row in form for entry in row)
            return signs | ({1, -1} if crossed else {0})
        pivot, own = form[at][at], form[at]
        signs.add(1 if pivot > 0 else -1)
        rest = [i for i in range(len(form)) if i != at]
        form = [[form[i][j] - own[i] * own[j] / pivot for j in rest] for i in rest]
    return signs


def _determinant(matrix: Matrix) -> Fraction:
    form: Matrix = [list(row) for row in matrix]
    value = Fraction(1)
    while form:
        at = next((i for i, row in enumerate(form) if row[0]), None)
        if at is None:
            return Fraction(0)
        first = form.pop(at)
        value *= first[0] * (-1) ** at
        form = [[b - row[0] * a / first[0] for a, b in zip(first[1:], row[1:], strict=True)] for row in form]
    return value


def _stated(task: Task, symbol: Tree, holds: bool, how: str) -> Answer:
    said = f"{'yes' if holds else 'no'}, {unicode(symbol)} is {'' if holds else 'not '}{task.quantity}: {how}"
    return Answer(
        part=task.part,
        span=task.span,
        kind="statement",
        asked=task.text,
        symbol=tree_formula(symbol),
        of=None,
        wrt=None,
        formula=Formula(f"\\text{{{said}}}", said, said),
    )
