"""How long a tree is on paper: what the choice between two readings, and the order of terms, goes by."""

from typing import NamedTuple

from chainrule.errors import VerificationError
from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Call,
    Font,
    Juxtaposition,
    Name,
    Number,
    Product,
    Quotient,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    children,
)

TOP = Name("\\top")
DEEPEST = 60
LONGEST = 5000


class Cost(NamedTuple):
    """Compared field by field: what is shorter comes first, and the text leaves no ties."""

    tokens: int
    transposes: int
    parentheses: int
    text: str


class _Measured(NamedTuple):
    tree: Tree
    cost: Cost
    level: int
    depth: int


_RELATION, _SUM, _PRODUCT, _JUXTAPOSITION, _FACTOR, _NAME = range(6)


class Measure:
    """Costs of trees, each tree object measured once: trees share parts, and unfolded they may be very long."""

    def __init__(self) -> None:
        self._known: dict[int, _Measured] = {}

    def cost(self, tree: Tree) -> Cost:
        """Raises VerificationError `too-long-to-print` for a tree that is too deep or too long to be read."""
        return self._measured(tree).cost

    def shortest(self, *trees: Tree) -> Tree:
        return min(trees, key=self.cost)

    def _measured(self, tree: Tree) -> _Measured:
        known = self._known.get(id(tree))
        if known is None:
            known = _Measured(tree, *self._weigh(tree))
            if known.depth > DEEPEST or known.cost.tokens > LONGEST:
                message = f"the formula has more than {DEEPEST} levels or {LONGEST} symbols"
                raise VerificationError("too-long-to-print", message, hint="name intermediate quantities, or ask for code")
            self._known[id(tree)] = known
        return known

    def _weigh(self, tree: Tree) -> tuple[Cost, int, int]:
        parts = [self._measured(child) for child in children(tree)]
        depth = 1 + max((part.depth for part in parts), default=0)
        level, least, own, mark = _grammar(tree, len(parts))
        tokens, transposes, brackets = own, int(_is_transpose(tree)), 0
        texts: list[str] = []
        for part, wanted in zip(parts, least, strict=True):
            wrapped = part.level < wanted
            tokens += part.cost.tokens + 2 * wrapped
            transposes += part.cost.transposes
            brackets += part.cost.parentheses + wrapped
            texts.append(f"({part.cost.text})" if wrapped else part.cost.text)
        return Cost(tokens, transposes, brackets + isinstance(tree, Bracket), mark.join(texts) or mark), level, depth


def _is_transpose(tree: Tree) -> bool:
    return isinstance(tree, Superscript) and tree.exponent == TOP


def _grammar(tree: Tree, count: int) -> tuple[int, list[int], int, str]:
    """How tightly a tree holds, how tightly each part must to go without parentheses, its own tokens, and its mark.

    count: how many parts it has.
    """
    match tree:
        case Number(value=value):
            return _SUM if value < 0 else _NAME, [], 1, str(value)
        case Name(text=text):
            return _NAME, [], 1, text
        case Sum(signs=signs):
            return _SUM, [_PRODUCT] * count, len(signs) - (signs[0] > 0), "".join("+-"[s < 0] for s in signs)
        case Product(operator=operator):
            return _PRODUCT, [_JUXTAPOSITION] * count, count - 1, operator
        case Juxtaposition():
            return _JUXTAPOSITION, [_FACTOR] * count, 0, " "
        case Superscript(exponent=exponent):
            # the mark and the T of a transpose are one token, and so are the mark and a number
            return _NAME, [_NAME, _RELATION], 0 if exponent == TOP or isinstance(exponent, Number) else 1, "^"
        case Subscript():
            return _NAME, [_NAME, *[_RELATION] * (count - 1)], count, "_"
        case Quotient(operator="./"):
            return _PRODUCT, [_FACTOR] * count, 1, "./"
        case Quotient():
            return _FACTOR, [_RELATION] * count, 1, "/"
        case Call():
            return _FACTOR, [_NAME, *[_RELATION] * (count - 1)], 1 + count, ","
        case Bracket(kind=kind):
            return _NAME, [_RELATION] * count, 1 + count, kind
        case Relation(operators=operators):
            return _RELATION, [_SUM] * count, count - 1, operators[0]
        case Accent(kind=kind) | Font(kind=kind):
            return _NAME, [_RELATION], 0, "\\" + kind
        case _:
            return _NAME, [_RELATION] * count, count, f"\\{type(tree).__name__} "
