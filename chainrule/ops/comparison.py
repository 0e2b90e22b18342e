"""Comparisons as indicators (1 where it holds, 0 elsewhere), choices, and what is made of them: max, min, |x|, sign.

For complex arguments the real part decides, so that a complex step follows the branch that is taken.
"""

from fractions import Fraction
from typing import Any

from chainrule.graph import build
from chainrule.graph.node import Apply, Node
from chainrule.graph.operation import Operation
from chainrule.ops.arithmetic import LOG
from chainrule.ops.construction import Construction
from chainrule.ops.properties import SMOOTH
from chainrule.syntax.tree import Bracket, Call, CasesTree, Font, Juxtaposition, Name, Number, Relation, Tree

ONE = Number(Fraction(1))
ZERO = Number(Fraction(0))


def _comparison(name: str, symbol: str, numpy: str, words: str, example: tuple[str, float]) -> Operation:
    """A comparison; `symbol` stands in print, `numpy` in code, `words` in the sentence."""

    def value(xp: Any, a: Any, b: Any) -> Any:
        return getattr(xp, name)(a.real, b.real) * 1.0

    def tree(a: Tree, b: Tree) -> Tree:
        return Juxtaposition((Font("mathbb", ONE), Bracket("[", (Relation((symbol,), (a, b)),))))

    return Operation(
        name=name,
        arguments=("a", "b"),
        signature="S S -> S",
        because=f"Whether one side is {words} the other does not change with a small step: the derivative is zero.",
        value=value,
        partials=(None, None),
        spellings=(name,),
        function=Name(name),
        tree=tree,
        numpy=lambda a, b: f"(1.0 * (({a}) {numpy} ({b})))",
        kink=build.subtract,
        at_kink="the derivative of an indicator is 0, also where a = b",
        properties=SMOOTH,
        source="Iverson bracket: Knuth, Two Notes on Notation, 1992",
        example=example,
    )


GREATER = _comparison("greater", ">", ">", "greater than", ("greater(2, 2)", 0.0))
LESS = _comparison("less", "<", "<", "less than", ("less(1, 2)", 1.0))
GREATER_EQUAL = _comparison("greater_equal", "\\ge", ">=", "at least", ("greater_equal(2, 2)", 1.0))
LESS_EQUAL = _comparison("less_equal", "\\le", "<=", "at most", ("less_equal(3, 2)", 0.0))
EQUAL = _comparison("equal", "=", "==", "equal to", ("equal(2, 2)", 1.0))
NOT_EQUAL = _comparison("not_equal", "\\ne", "!=", "different from", ("not_equal(2, 2)", 0.0))

INDICATORS = frozenset({GREATER, LESS, GREATER_EQUAL, LESS_EQUAL, EQUAL, NOT_EQUAL})


def greater(a: Node, b: Node) -> Node:
    return build.apply(GREATER, a, b)


def positive(x: Node) -> Node:
    """S -> S. 1 where x > 0, else 0."""
    return greater(x, build.constant(0))


def where(condition: Node, a: Node, b: Node) -> Node:
    """S S S -> S. a where the condition is not zero, else b."""
    return build.apply(WHERE, condition, a, b)


def sign(x: Node) -> Node:
    return build.apply(SIGN, x)


def absolute(x: Node) -> Node:
    """S -> S. Of 0 it is 0, where the operation has no derivative."""
    return x if build.is_zero(x) else build.apply(ABS, x)


def indicator(condition: Node) -> Node:
    """S -> S. The condition as 1 or 0; a comparison is that already."""
    if isinstance(condition, Apply) and condition.operation in INDICATORS:
        return condition
    return build.apply(NOT_EQUAL, condition, build.constant(0))


def _otherwise(condition: Node) -> Node:
    return build.subtract(build.constant(1), indicator(condition))


def _where_tree(condition: Tree, a: Tree, b: Tree) -> Tree:
    others = b.rows if isinstance(b, CasesTree) and b.rows[-1][1] is not None else ((b, None),)
    return CasesTree(((a, _condition(condition)), *others))


def _condition(tree: Tree) -> Relation:
    """What an indicator is 1 under."""
    match tree:
        case Juxtaposition(items=(Font(kind="mathbb", body=Number()), Bracket(kind="[", items=(Relation() as relation,)))):
            return relation
        case _:
            return Relation(("\\ne",), (tree, ZERO))


WHERE = Operation(
    name="where",
    arguments=("condition", "a", "b"),
    signature="S S S -> S",
    because="Only the case that holds passes the derivative on.",
    value=lambda xp, condition, a, b: xp.where(condition.real != 0, a, b),
    partials=(None, lambda condition, a, b: indicator(condition), lambda condition, a, b: _otherwise(condition)),
    spellings=("where",),
    function=Name("where"),
    tree=_where_tree,
    numpy=lambda condition, a, b: f"np.where(np.not_equal({condition}, 0), {a}, {b})",
    properties=SMOOTH,
    source="piecewise: the derivative of the piece that applies",
    example=("where(1, 2, 3)", 2.0),
)

LAST_CASE = Operation(
    name="last_case",
    arguments=("condition", "a"),
    signature="S S -> S",
    because="The case passes the derivative on.",
    value=lambda xp, condition, a: a + condition * 0,
    partials=(None, lambda condition, a: build.constant(1)),
    spellings=("last_case",),
    function=Name("last_case"),
    tree=lambda condition, a: CasesTree(((a, _condition(condition)),)),
    numpy=lambda condition, a: f"np.where(np.not_equal({condition}, 0), {a}, np.nan)",
    properties=SMOOTH,
    source="piecewise: where no condition holds there is no value",
    example=("last_case(1, 2)", 2.0),
)
"""The last case of a definition that does not say what holds elsewhere. Formulas are compared and differentiated everywhere as
if it held there; what has no value there is found by `elsewhere`."""


def elsewhere(node: Apply) -> Node:
    """A last case that is no number where its condition does not hold."""
    condition, value = node.arguments
    return where(condition, value, build.apply(LOG, build.constant(-1)))


def _extremum(name: str, first: Operation, second: Operation, words: str, example: tuple[str, float]) -> Operation:
    """maximum or minimum: `first` says when the first argument is taken, `second` when the second is."""

    def value(xp: Any, a: Any, b: Any) -> Any:
        return xp.where(getattr(xp, first.name)(a.real, b.real), a, b)

    return Operation(
        name=name,
        arguments=("a", "b"),
        signature="S S -> S",
        because=f"Only the {words} of the two passes the derivative on; at a tie it is the first.",
        value=value,
        definition=lambda a, b: where(build.apply(first, a, b), a, b),
        partials=(lambda a, b: build.apply(first, a, b), lambda a, b: build.apply(second, a, b)),
        spellings=(name,),
        function=Name(name[:3]),
        tree=lambda a, b: Call(Name(name[:3]), (a, b)),
        numpy=lambda a, b: f"np.{name}({a}, {b})",
        kink=build.subtract,
        at_kink=f"{name[:3]}(a, b) with a = b has derivative 1 by a and 0 by b",
        properties=SMOOTH,
        source="piecewise: the derivative of the piece that applies",
        example=example,
    )


MAXIMUM = _extremum("maximum", GREATER_EQUAL, LESS, "larger", ("maximum(2, -3)", 2.0))
MINIMUM = _extremum("minimum", LESS_EQUAL, GREATER, "smaller", ("minimum(2, -3)", -3.0))


def _sign_value(xp: Any, x: Any) -> Any:
    return xp.sign(x.real)


def _absolute_value(xp: Any, x: Any) -> Any:
    return xp.sign(x.real) * x if xp.iscomplexobj(x) else xp.abs(x)


SIGN = Operation(
    name="sign",
    arguments=("x",),
    signature="S -> S",
    because="The sign does not change with a small step: the derivative is zero.",
    value=_sign_value,
    definition=lambda x: build.subtract(positive(x), build.apply(LESS, x, build.constant(0))),
    partials=(None,),
    spellings=("sign", "sgn"),
    function=Name("sign"),
    numpy=lambda x: f"np.sign({x})",
    kink=lambda x: x,
    at_kink="sign(0) = 0 and sign'(0) = 0",
    properties=SMOOTH,
    source="DLMF, Common Notations and Definitions, sign x",
    example=("sign(-3)", -1.0),
)

ABS = Operation(
    name="abs",
    arguments=("x",),
    signature="S -> S",
    because="The derivative of the absolute value is the sign.",
    value=_absolute_value,
    definition=lambda x: build.multiply(sign(x), x),
    partials=(sign,),
    spellings=("abs",),
    function=Name("abs"),
    tree=lambda x: Bracket("|", (x,)),
    numpy=lambda x: f"np.abs({x})",
    kink=lambda x: x,
    at_kink="|x| has derivative 0 at x = 0",
    properties=SMOOTH,
    source="Boyd and Vandenberghe, Subgradients (lecture notes), section 2",
    example=("abs(-3)", 3.0),
)

STEP = Construction(
    name="step",
    arguments=("x",),
    signature="S -> S",
    build=positive,
    spellings=("step", "heaviside"),
    elementwise=True,
    example=("step(0)", 0.0),
)

UNIT_STEP = Construction(
    name="unit_step",
    arguments=("x",),
    signature=". -> .",
    build=positive,
    spellings=("unit_step",),
    example=("unit_step(2)", 1.0),
)
"""The step of a number alone: the H of an array may be its entropy."""
