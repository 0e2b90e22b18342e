"""Whether a quantity is convex: shown by the rules of composition, or shown or refuted by a constant Hessian; else open."""

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from math import isfinite

from chainrule.algebra.curvature import curve_of
from chainrule.algebra.normal_form import normal_form
from chainrule.errors import ChainruleError, NameFault
from chainrule.graph import build
from chainrule.graph.node import Apply, Constant, Named, Node, Variable, operands, postorder
from chainrule.graph.walk import expand, leaves, substitute
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, key, letter
from chainrule.sheets import Task
from chainrule.solving.answer import Answer, Formula, Value
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.convex_cases import CasesRule
from chainrule.solving.derivatives import forms_of
from chainrule.solving.groups import inputs_behind, only_target
from chainrule.solving.matrix_kinds import answer_matrix_kind, asks_of_matrix
from chainrule.solving.reading import ProblemText
from chainrule.solving.requests import find, names_in, requested
from chainrule.solving.tasks import trees_of
from chainrule.syntax.tree import Bracket, Font, Name, Number, Relation, Superscript, Tree, walk
from chainrule.typesetting import array, unicode

_ABOVE = frozenset((">", "\\ge", "\\geq", "\\geqslant"))
_BELOW = frozenset(("<", "\\le", "\\leq", "\\leqslant"))
_SMOOTH = frozenset(("exp", "sigmoid", "tanh", "softplus", "sin", "cos", "sinh", "cosh", "squared_norm", "logsumexp"))
_TRIED = tuple(Fraction(each) for each in (0, 1, -1, 3, -3))
_MOST_TRIED = 2
_TRIED_BETWEEN = tuple(Fraction(n, 2) for n in range(-8, 9))
_CLEARLY = 1e-9
_FALLS = {"convex": "larger", "concave": "smaller"}
_SHOWN = ("convex", "affine", "constant")
_LABELS = frozenset(map(Name, "yt"))
"""What labels are called, which are 0 or 1 where the text says nothing else."""
_WEIGHTS = frozenset(
    (
        *(
            Name(f"\\{word}")
            for word in ("lambda", "alpha", "beta", "gamma", "mu", "rho", "nu", "delta", "epsilon", "varepsilon")
        ),
        Name("C"),
        Name("λ"),
    )
)
"""What weights of the terms of a loss are called, which are no less than zero where nothing is said."""
_DIGITS = 6
_SMALL = Fraction(1, 10**9)
"""Where numbers are rounded, a pivot that is smaller in comparison decides nothing."""
Matrix = list[list[Fraction]]


def answer_convexity(context: Context, text: ProblemText, task: Task) -> Answer:
    """The statement. Raises NameFault where it is not said what is meant, or nothing decides it."""
    if asks_of_matrix(task):
        return answer_matrix_kind(context, text, task)
    target = curved(context, text, task)
    variables = variables_of(context.network, text, target, task)
    placed = [key(tree.sides[0]) for tree in trees_of(text, task.math("point")) if isinstance(tree, Relation)]
    if any(variable.symbol in placed for variable in variables):
        raise NameFault(
            "convexity-open", "whether it is convex at a point is not decided", task.span, "ask where it has no value"
        )
    strict, task = task.quantity.startswith("strictly "), replace(task, quantity=task.quantity.removeprefix("strictly "))
    node = expand(target) if task.quantity == "convex" else build.scale(-1, expand(target))
    names = ", ".join(unicode(variable.symbol) for variable in variables)
    said = f"{unicode(target.symbol)} {{}} {'strictly ' * strict}{task.quantity} in {names}: {{}}"
    signs, shares = signs_of(context, text, node, variables), _shares(context, text, node, variables)
    curve = curve_of(node, frozenset(variables), signs, shares, CasesRule(signs, shares))
    if strict and curve in ("affine", "constant"):
        return _stated(task, target, said.format("is not", "it is affine"))
    if not strict and curve in _SHOWN:
        how = "it is affine" if curve != "convex" else "the rules for sums and compositions of convex functions show it"
        return _stated(task, target, said.format("is", how))
    everywhere: list[Mapping[Variable, Fraction]] = [{}]
    places = everywhere if is_limited(text, variables) else list(_places(variables))
    if (found := _decided(context, target, variables, places, task, strict=strict)) is None:
        if (bent := _bent(context, node, variables, text)) is not None:
            return _stated(task, target, said.format("is not", bent.format(unicode(target.symbol), _FALLS[task.quantity])))
        if not strict and (assumed := _convex_for(node, variables, signs, shares)):
            names = f"{names} for {assumed}, which the text does not say and is assumed"
            return _stated(
                task,
                target,
                f"{unicode(target.symbol)} is {task.quantity} in {names}: the rules for sums and "
                "compositions of convex functions show it then",
            )
        kind = f"{'strictly ' * strict}{task.quantity}"
        message = f"whether {unicode(target.symbol)} is {kind} is not decided: rules of composition do not show it"
        raise NameFault("convexity-open", f"{message}, and neither does its Hessian", task.span)
    holds, how = found
    return _stated(task, target, said.format("is" if holds else "is not", how))


def curved(context: Context, text: ProblemText, task: Task) -> Named:
    """The number that a task is about. Raises NameFault where there is none."""
    named = [find(context.network, name) for tree in trees_of(text, task.math("of")) for name in names_in(tree)]
    target = named[0] if named else only_target(context.network, task.span)
    if not isinstance(target, Named) or target.shape:
        raise NameFault("no-target", "only a number that is computed can be convex", task.span, "name a loss")
    return target


def _convex_for(node: Node, variables: Sequence[Variable], signs: Mapping[Node, int], shares: Set[Node]) -> str:
    r"""What weights of terms, a \lambda, thresholds and labels have to be, in words; "" where that does not show it."""
    inputs = [each for each in signs if isinstance(each, Variable) and each not in variables and not each.shape]
    free = [each for each in inputs if not signs[each] and letter(each.symbol) in _WEIGHTS]
    labels = [each for each in inputs if each not in shares and not signs[each] and letter(each.symbol) in _LABELS]
    for between in ([], labels) if labels else ([],):
        known, within = {**signs, **dict.fromkeys(free, 1)}, {*shares, *between}
        if (free or between) and curve_of(node, frozenset(variables), known, within, CasesRule(known, within)) in _SHOWN:
            assumed = [f"{unicode(each.symbol)} ≥ 0" for each in free]
            return " and ".join([*assumed, *(f"0 ≤ {unicode(each.symbol)} ≤ 1" for each in between)])
    return ""


def _bent(context: Context, node: Node, variables: Sequence[Variable], text: ProblemText) -> str | None:
    """Numbers that refute it, f above the mean of its values at both sides; None where none of those tried does."""
    others = [leaf for leaf in leaves(node) if leaf not in variables]
    if len(variables) > 1 or variables[0].shape or is_limited(text, variables) or not all(map(context.has_value, others)):
        return None
    values: dict[Fraction, float] = {}
    for place in _TRIED_BETWEEN:
        with suppress(ChainruleError):
            value = context.extended(substitute(node, {variables[0]: build.constant(place)}))
            if isinstance(value, float) and isfinite(value):
                values[place] = value
    name = unicode(variables[0].symbol)
    for left, right in combinations(sorted(values), 2):
        middle = (left + right) / 2
        mean = (values[left] + values[right]) / 2
        if middle in values and values[middle] - mean > _CLEARLY * max(1.0, *map(abs, values.values())):
            places = f"{name} = {float(left):g} and {name} = {float(right):g}"
            return f"at {name} = {float(middle):g}, {{}} is {{}} than the mean of its values at {places}"
    return None


def _shares(context: Context, text: ProblemText, node: Node, moving: Sequence[Variable]) -> frozenset[Node]:
    r"""The inputs that are between 0 and 1, by their numbers or by `y \in \{0, 1\}`."""
    said: set[Tree] = set()
    for statement in text.statements:
        match statement:
            case Relation(operators=("\\in",), sides=(*names, Bracket(kind="{" | "[", items=items))) if items and all(
                isinstance(item, Number) and 0 <= item.value <= 1 for item in items
            ):
                said.update(map(key, names))
            case Relation(operators=("\\le" | "\\leq", "\\le" | "\\leq"), sides=(Number(value=low), name, Number(value=high))):
                said.update([key(name)] if low >= 0 and high <= 1 else [])
            case _:
                pass
    found: set[Node] = set()
    for leaf in leaves(node):
        if isinstance(leaf, Variable) and leaf not in moving:
            value = context.extended(leaf) if leaf.symbol in context.network.values else None
            entries = _flat(value) if value is not None else []
            within = bool(entries) and min(entries) >= 0 and max(entries) <= 1
            found.update([leaf] if within or (leaf.symbol in said and value is None) else [])
    return frozenset(found)


def _decided(
    context: Context,
    target: Named,
    variables: Sequence[Variable],
    places: Sequence[Mapping[Variable, Fraction]],
    task: Task,
    *,
    strict: bool = False,
) -> tuple[bool, str] | None:
    """What the Hessian shows of a function that has one everywhere, and how; None where it shows nothing.

    strict: whether it has to be definite, as that of a function of second degree is where it is strictly convex.
    """
    if not is_smooth(expand(target), variables):
        return None
    for place in places:
        hessian = _hessian(context, target, variables, place, task)
        if hessian is None:
            continue
        turned = hessian if task.quantity == "convex" else [[-entry for entry in row] for row in hessian]
        shown = unicode(array([[float(entry) for entry in row] for row in hessian], _DIGITS))
        along, value = _downward(turned, task)
        if along is not None:
            at = ", ".join(f"{unicode(v.symbol)} = {unicode(array(float(n), _DIGITS))}" for v, n in place.items())
            direction = unicode(array([float(entry) for entry in along], _DIGITS))
            bent = unicode(array(float(value if task.quantity == "convex" else -value), _DIGITS))
            return False, f"its Hessian H is {shown}{f' at {at}' if at else ''}, and v^T H v = {bent} for v = {direction}"
        if not place:
            kind = "positive" if task.quantity == "convex" else "negative"
            definite = _is_definite(turned)
            known = f"{kind} definite" if strict and definite else f"{kind} semidefinite{' and singular' * strict}"
            return definite or not strict, f"its Hessian is {shown} everywhere, which is {known}"
    return None


def is_limited(text: ProblemText, variables: Sequence[Variable]) -> bool:
    """Whether the text says more of a variable than its size and value, `x > 1`, so that not every point may be tried."""
    names = {variable.symbol for variable in variables}
    relations = (statement for statement in text.statements if isinstance(statement, Relation))
    said = [each for each in relations if not (set(each.operators) <= {"=", ":="} or _is_space(each))]
    inside = any(not names.isdisjoint(key(part) for part in walk(statement) if could_be_name(part)) for statement in said)
    return inside or any(variable.facts for variable in variables)


def _is_space(statement: Relation) -> bool:
    r"""`w \in \mathbb{R}^n`, which says the size alone; of `\mathbb{R}_+` it says more."""
    space = statement.sides[-1]
    inner = space.base if isinstance(space, Superscript) else space
    return statement.operators == ("\\in",) and isinstance(inner, Font) and inner.body == Name("R")


def is_smooth(node: Node, variables: Sequence[Variable]) -> bool:
    """Whether a formula has two derivatives at every point: of its operations on the variables only those that do are known."""
    moving: set[Node] = set(variables)
    for inner in postorder(node):
        if moving.isdisjoint(operands(inner)):
            continue
        moving.add(inner)
        if isinstance(inner, Apply) and inner.operation.name not in _SMOOTH and not _is_polynomial(inner):
            return False
    return True


def _is_polynomial(node: Apply) -> bool:
    exponent = node.arguments[-1]
    whole = isinstance(exponent, Constant) and exponent.value.denominator == 1 and exponent.value >= 0
    return node.operation.name == "power" and whole


def _places(variables: Sequence[Variable]) -> Iterator[Mapping[Variable, Fraction]]:
    """No point, for a Hessian that is the same everywhere, and points at which a few numbers may be tried."""
    yield {}
    if len(variables) <= _MOST_TRIED and all(not variable.shape for variable in variables):
        for numbers in product(_TRIED, repeat=len(variables)):
            yield dict(zip(variables, numbers, strict=True))


def variables_of(network: Network, text: ProblemText, target: Named, task: Task) -> list[Variable]:
    """Those that the task names, else the arguments of a function, else the only input."""
    trees = trees_of(text, task.math("wrt")) or network.reader.heads.get(target.symbol, ())
    found = [find(network, name) for tree in trees for name in names_in(tree)] or inputs_behind(network, target)
    variables = [node for node in found if isinstance(node, Variable)]
    if len(variables) < len(found) or not variables or (len(variables) > 1 and not trees):
        message = f"it is not clear in which variables {unicode(target.symbol)} is to be convex"
        raise NameFault("no-variable", message, task.span, "say in which: convex in $w$")
    return variables


def signs_of(context: Context, text: ProblemText, node: Node, moving: Sequence[Variable]) -> dict[Node, int]:
    r"""The inputs that numbers or conditions, `\lambda > 0`, give a sign; what moves has none by its number."""
    said: dict[Tree, int] = {}
    for statement in text.statements:
        match statement:
            case Relation(operators=(operator,), sides=(name, Number(value=value))) if not value:
                said[key(name)] = 1 if operator in _ABOVE else -1 if operator in _BELOW else 0
            case _:
                pass
    found: dict[Node, int] = {}
    for leaf in leaves(node):
        if isinstance(leaf, Variable):
            given = leaf.symbol in context.network.values and leaf not in moving
            value = context.extended(leaf) if given else None
            entries = _flat(value) if value is not None else []
            sign = 1 if entries and min(entries) >= 0 else -1 if entries and max(entries) <= 0 else said.get(leaf.symbol, 0)
            found[leaf] = sign
    return found


def _flat(value: Value) -> list[float]:
    return [entry for item in value for entry in _flat(item)] if isinstance(value, list) else [value]


def _hessian(
    context: Context, target: Named, variables: Sequence[Variable], place: Mapping[Variable, Fraction], task: Task
) -> Matrix | None:
    """The numbers of the Hessian by several numbers or by one vector; None where they depend on more or are not given."""
    put_in: dict[Node, Node] = {variable: build.constant(number) for variable, number in place.items()}
    moving: set[Node] = set(variables)

    def numbers(one: Variable, other: Variable) -> Value | None:
        wanted = requested(target, (one, other), "", task.span)
        node = normal_form(substitute(expand(forms_of(context, wanted).closed), put_in))
        return None if not moving.isdisjoint(leaves(node)) else context.extended(node)

    if all(not variable.shape for variable in variables):
        found = [[numbers(one, other) for other in variables] for one in variables]
        return [[Fraction(x) for x in row if isinstance(x, float)] for row in found] if _are_numbers(found) else None
    whole = numbers(variables[0], variables[0]) if len(variables) == 1 and len(variables[0].shape) == 1 else None
    if not isinstance(whole, list):
        return None
    rows = [row for row in whole if isinstance(row, list)]
    return [[Fraction(x) for x in row if isinstance(x, float)] for row in rows] if _are_numbers(rows) else None


def _are_numbers(rows: Sequence[Sequence[Value | None]]) -> bool:
    return all(isinstance(entry, float) and isfinite(entry) for row in rows for entry in row)


def _downward(hessian: Matrix, task: Task) -> tuple[list[Fraction] | None, Fraction]:
    """A direction in which the quadratic form of a symmetric matrix is negative, and its value; None where there is none.

    Raises NameFault where rounded numbers do not tell.
    """
    size, form = len(hessian), [list(row) for row in hessian]
    scale = max((abs(entry) for row in form for entry in row), default=Fraction(0))
    exact = all(entry.denominator == 1 for row in form for entry in row)
    basis = [[Fraction(i == j) for j in range(size)] for i in range(size)]
    for k in range(size):
        pivot = form[k][k]
        if not exact and abs(pivot) <= _SMALL * scale:
            raise NameFault("convexity-open", "the Hessian is singular to the digits of its numbers", task.span)
        if pivot < 0:
            return basis[k], pivot
        for i in range(k + 1, size):
            if not pivot and form[k][i]:
                factor = -(form[i][i] + 1) / (2 * form[k][i])
                return [a + factor * b for a, b in zip(basis[i], basis[k], strict=True)], Fraction(-1)
            factor = form[i][k] / pivot if pivot else Fraction(0)
            basis[i] = [a - factor * b for a, b in zip(basis[i], basis[k], strict=True)]
            form[i] = [a - factor * b for a, b in zip(form[i], form[k], strict=True)]
        for i in range(k + 1, size):
            form[k][i] = Fraction(0)
    return None, Fraction(0)


def _is_definite(hessian: Matrix) -> bool:
    """Whether a semidefinite matrix has no zero among its pivots."""
    form = [list(row) for row in hessian]
    for k, row in enumerate(form):
        if not row[k]:
            return False
        for i in range(k + 1, len(form)):
            factor = form[i][k] / row[k]
            form[i] = [a - factor * b for a, b in zip(form[i], row, strict=True)]
    return True


def _stated(task: Task, target: Named, said: str) -> Answer:
    return Answer(
        part=task.part,
        span=task.span,
        kind="statement",
        asked=task.text,
        symbol=tree_formula(target.symbol),
        of=None,
        wrt=None,
        formula=Formula(f"\\text{{{said}}}", said, said),
    )
