"""The formulas of a request: which of them are arguments, orders, probabilities, quantities that are defined."""

from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.quantity_words import Notation, head_text, notations_of
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket, Name, Number, Quotient, Relation, Text


def defined_quantity(math: Math) -> list[Notation]:
    """The quantity on the left of `D(P \\| Q) = \\sum ...`, which the formula defines."""
    found: list[Notation] = []
    if not any(isinstance(tree, Relation) for tree in trees(math)):
        return found
    for tree in statements(math):
        if isinstance(tree, Relation) and set(tree.operators) == {"="} and (left := tree.sides[0]).span is not None:
            found += notations_of(Math(left.span, math.place, False, plain=math.plain))
    return found


def probability_in(math: Math) -> str:
    r"""What a formula for one probability is: p of `p = 0.8`, `\hat{y}`, a number; "" for a list."""
    found = statements(math)
    if len(found) != 1:
        return ""
    match found[0]:
        case Relation(operators=("=",), sides=(name, value)) if could_be_name(name) and name.span:
            return name.span.text if isinstance(value, Number | Quotient | Name) else ""
        case Number() | Quotient(numerator=Number(), denominator=Number()) as tree:
            return math.text if tree.span else ""
        case tree:
            return math.text if could_be_name(tree) else ""


def is_order(math: Math) -> bool:
    r"""`\alpha = 2`, `\alpha \to 1`, `\alpha`."""
    heads = [tree.sides[0] if isinstance(tree, Relation) else tree for tree in trees(math)]
    return len(heads) == 1 and head_text(heads[0]) in ("\\alpha", "α", "q", "\\lambda")


def is_value(math: Math) -> bool:
    """`T = 2`: a name and its number."""
    found = trees(math)
    pairs = [tree.sides for tree in found if isinstance(tree, Relation) and tree.operators in (("=",), (":=",))]
    return 0 < len(found) == len(pairs) and all(could_be_name(name) and number(value) is not None for name, value in pairs)


def is_event(math: Math) -> bool:
    """`X = 1`, `X = rain`: that a variable has a value."""
    match statements(math):
        case (Relation(operators=("=",), sides=(name, Name() | Text() | Number())),):
            return could_be_name(name)
        case _:
            return False


def is_tuple(math: Math) -> bool:
    """`(X, Y)`: several names in brackets."""
    match statements(math):
        case (Bracket(kind="(", items=items),):
            return len(items) > 1 and all(map(could_be_name, items))
        case _:
            return False


def arguments_in(math: Math) -> list[Math]:
    """Each name of `P, Q` and of `(P, Q)`; a definition is one."""
    found = statements(math)
    if is_tuple(math) and isinstance(found[0], Bracket):
        found = found[0].items
    if len(found) < 2 or any(tree.span is None for tree in found):
        return [math]
    return [Math(tree.span, math.place, False, plain=math.plain) for tree in found if tree.span]
