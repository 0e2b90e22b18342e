"""Words of array libraries that are signs in mathematics: `np.dot(W, x)`, `np.multiply(a, b)`, `np.square(x)`."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from chainrule.inference.literals import TWO
from chainrule.syntax.tree import Call, Name, Product, Quotient, Sum, Superscript, Tree

_PAIRS: Mapping[str, Callable[[Tree, Tree], Tree]] = {
    "dot": lambda a, b: Product("@", (a, b)),
    "matmul": lambda a, b: Product("@", (a, b)),
    "multiply": lambda a, b: Product(".*", (a, b)),
    "mul": lambda a, b: Product(".*", (a, b)),
    "divide": lambda a, b: Quotient(a, b, operator="./"),
    "maximum": lambda a, b: Call(Name("max"), (a, b)),
    "minimum": lambda a, b: Call(Name("min"), (a, b)),
    "add": lambda a, b: Sum((1, 1), (a, b)),
    "subtract": lambda a, b: Sum((1, -1), (a, b)),
    "power": lambda a, b: Superscript(a, b, ".^"),
    "pow": lambda a, b: Superscript(a, b, ".^"),
}
_SINGLE: Mapping[str, Callable[[Tree], Tree]] = {
    "square": lambda a: Superscript(a, TWO, ".^"),
    "transpose": lambda a: Superscript(a, Name("\\top")),
    "negative": lambda a: Sum((-1,), (a,)),
}


def in_signs(call: Call) -> Tree | None:
    """The call in signs; None where its word has no sign, or another number of arguments."""
    match call:
        case Call(function=Name(text=word), arguments=(a, b)) if word in _PAIRS:
            tree = _PAIRS[word](a, b)
        case Call(function=Name(text=word), arguments=(a,)) if word in _SINGLE:
            tree = _SINGLE[word](a)
        case _:
            return None
    return replace(tree, span=call.span)
