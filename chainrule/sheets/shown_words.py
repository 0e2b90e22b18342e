r"""Words that an expression shows by its form: $X w - y$ is a residual, $w^\top x$ an inner product, and neither is a mean."""

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.forms import words
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Call,
    Juxtaposition,
    Name,
    Number,
    Product,
    Quotient,
    Sum,
    Superscript,
    Tree,
)

_ADDED = words("sum total weighted linear affine")
_TAKEN_AWAY = words("difference residual residuals signed")
_MULTIPLIED = words("product products inner outer dot scalar weighted linear")
_NORM = words("norm length magnitude absolute")
_CALLED = {
    "log": words("log logarithm"),
    "ln": words("log logarithm"),
    "exp": words("exponential"),
    "max": words("maximum max"),
    "min": words("minimum min"),
}
_NOTHING = frozenset[str]()
_SELF = frozenset(("formula",))
"""Of an operation that no word needs to say."""


def words_of(tree: Tree) -> frozenset[str]:
    """The words that say again what the outermost operation of an expression is; none where it computes nothing."""
    match tree:
        case Sum(signs=(-1,)):
            return words("negative negated")
        case Sum(signs=signs):
            return _ADDED | (_TAKEN_AWAY if -1 in signs else _NOTHING)
        case Juxtaposition(items=(head, Bracket(kind="("))) if could_be_name(head):
            return _NOTHING
        case Juxtaposition(items=items):
            return _MULTIPLIED | (words("sum") if any(isinstance(item, Superscript) for item in items) else _NOTHING)
        case Product():
            return _MULTIPLIED
        case BigOperator():
            return _ADDED
        case Quotient():
            return words("ratio quotient fraction")
        case Superscript(base=Bracket() as base, exponent=Number(value=value)) if value == 2:
            return words("square squared") | words_of(base)
        case Bracket(kind="(", items=(inner,)):
            return words_of(inner)
        case Bracket(kind="||" | "|", items=(_,)):
            return _NORM
        case Call(function=Name(text=text)):
            return _CALLED.get(text.removeprefix("\\"), _SELF)
        case _:
            return _NOTHING
