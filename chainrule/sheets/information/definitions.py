"""What formulas define: the names of distributions, and the outcomes that they have."""

from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.information.listing import filled, labels_of
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket, Dots, Juxtaposition, Name, Number, Quotient, Relation, Tree


def defined_in(tree: Tree) -> list[Tree]:
    r"""P of `P = ...`, `P(x) = ...` and `P \sim ...`."""
    if not isinstance(tree, Relation) or tree.operators[0] not in ("=", ":=", "\\sim", "~", "∼"):
        return []
    head, body = tree.sides[:2]
    if isinstance(body, Bracket) and body.kind == "{" and not any(isinstance(item, Relation) for item in body.items):
        return []
    if isinstance(head, Juxtaposition) and len(head.items) == 2 and isinstance(head.items[1], Bracket):
        head = head.items[0]
    return [key(head)] if could_be_name(head) else []


def happens(tree: Tree) -> bool:
    """Whether it says that a variable has a value, `X = 0`, which gives no distribution."""
    match tree:
        case Relation(operators=("=",), sides=(Name(text=text), Number())):
            return len(text) == 1 and text.isupper()
        case _:
            return False


def head_of(tree: Tree) -> Tree:
    return tree.sides[0] if isinstance(tree, Relation) else tree


def outcomes_in(math: Math) -> tuple[str, ...]:
    """The outcomes of the last distribution that a formula gives."""
    listing = any(isinstance(tree, Relation) and isinstance(tree.sides[-1], Bracket) for tree in trees(math))
    found = [outcomes_of(tree) for tree in statements(math)] if listing else []
    return next((outcomes for outcomes in reversed(found) if outcomes), ())


def outcomes_said(tree: Tree) -> tuple[str, ...]:
    r"""The outcomes of a table, or of `k \in \{1, 2\}`."""
    return labels_of(tree) or outcomes_of(tree)


def outcomes_of(tree: Tree) -> tuple[str, ...]:
    r"""The labels of `P = \{A: 0.6, ...\}` and `x \in \{0, 1\}`; as many empty ones as `P = (0.5, 0.5)` has numbers."""
    body = tree.sides[-1] if isinstance(tree, Relation) else None
    if not isinstance(tree, Relation) or not isinstance(body, Bracket) or len(body.items) < 2:
        return ()
    if body.kind == "{" and any(isinstance(item, Dots) for item in body.items):
        return tuple(filled(body.items))
    if body.kind == "{":
        pairs = [item.sides[0] if isinstance(item, Relation) and item.operators == (":",) else item for item in body.items]
        spelled = [item.text if isinstance(item, Number) else item.span and item.span.text for item in pairs]
        labels = [text for item, text in zip(pairs, spelled, strict=True) if text and not isinstance(item, Quotient)]
        return tuple(labels) if len(set(labels)) == len(body.items) else ()
    numbers = [value for item in body.items if (value := number(item)) is not None]
    return ("",) * len(numbers) if len(numbers) == len(body.items) and abs(sum(numbers) - 1) < 0.05 else ()


def is_one_hot(tree: Tree) -> bool:
    """Whether it is `y = [0, 1, 0]`."""
    body = tree.sides[-1] if isinstance(tree, Relation) else None
    numbers = [item.value for item in body.items if isinstance(item, Number)] if isinstance(body, Bracket) else []
    return len(numbers) > 1 and sorted(numbers) == [0] * (len(numbers) - 1) + [1]
