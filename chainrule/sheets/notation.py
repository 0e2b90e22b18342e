r"""What a formula is at first sight: derivatives that are named, a definition, both, or anything else."""

from functools import lru_cache
from typing import Literal

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name
from chainrule.inference.vocabulary import vocabulary
from chainrule.sheets.sheet import Math
from chainrule.source import Source, Span
from chainrule.syntax.parser import Notation, parse_statements
from chainrule.syntax.tree import (
    Bracket,
    Derivative,
    Dots,
    Juxtaposition,
    Name,
    Number,
    Product,
    Relation,
    Subscript,
    Text,
    Tree,
)

Look = Literal["derivatives", "definition", "mixed", "other"]
r"""derivatives: `\partial r / \partial x`, one or more. definition: an equation or declaration. mixed: derivatives and more."""


def look(math: Math) -> Look:
    """What the formula is, as far as it can be read; what cannot be read is "other"."""
    return _look(math.text, math.notation)


def count(math: Math) -> int:
    """How many things the formula names, at least one: `W, b` two."""
    return max(1, len(_statements(math.text, math.notation)))


def is_number(math: Math) -> bool:
    """Whether the formula is a number or a list of numbers and nothing else."""
    found = _statements(math.text, math.notation)
    return bool(found) and all(map(is_literal, found))


def is_operator(math: Math) -> bool:
    r"""Whether the formula is written as a derivative is by a letter: `H_f(x)`, `D_v f`, `Df(x)`, `\nabla f \cdot v`."""
    found = _statements(math.text, math.notation)
    if len(found) != 1:
        return False
    match found[0]:
        case Subscript(base=Name(text=text), items=(Name() | Juxtaposition(),)) if len(text) == 1 and text.islower():
            return True  # `f_x`
        case Juxtaposition(items=(first, *_)) | (Subscript() as first):
            letter = first.base if isinstance(first, Subscript) else first
            return letter in (Name("D"), Name("J"), Name("H"))
        case Product(factors=(Derivative(), *_)):
            return True
        case _:
            return False


def is_claim(math: Math) -> bool:
    r"""Whether the formula says what a derivative is: `\nabla_x L = ...`."""
    match _statements(math.text, math.notation):
        case (Relation(operators=("=",), sides=(Derivative(), _)),):
            return True
        case _:
            return False


def declares(math: Math) -> bool:
    r"""Whether the formula says of what size or set names are, `A, B \in \mathbb{R}^{n \times n}`, and no more."""
    found = _statements(math.text, math.notation)
    return any(isinstance(tree, Relation) for tree in found) and all(
        could_be_name(tree) or (isinstance(tree, Relation) and tree.operators == ("\\in",)) for tree in found
    )


def states_identity(math: Math) -> bool:
    """Whether the formula is one equation between expressions, which is no claim of a derivative."""
    match _statements(math.text, math.notation):
        case (Relation(operators=operators),):
            return set(operators) == {"="} and not is_claim(math)
        case _:
            return False


def lists_points(math: Math) -> bool:
    """`(x_1, x_2) = (0, 0), (0, 1)`, `p = 0.1, 0.2, \\dots, 0.9`: several points, of which the first one is not the whole."""
    found = statements(math)
    defined = next((place for place, tree in enumerate(found) if isinstance(tree, Relation)), len(found))
    return any(isinstance(tree, Bracket | Number) for tree in found[defined + 1 :]) or any(map(_ranges_over_parts, found))


def _ranges_over_parts(tree: Tree) -> bool:
    """`p \\in \\{0.1, 0.2, \\dots, 0.9\\}`: an index or an outcome counts in whole numbers."""
    match tree:
        case Relation(operators=("\\in",), sides=(_, Bracket(items=items))):
            return Dots() in items and any(isinstance(item, Number) and item.value.denominator > 1 for item in items)
        case _:
            return False


def trees(math: Math) -> tuple[Tree, ...]:
    """What the formula says, as far as it can be read, without regard to where it stands."""
    return _statements(math.text, math.notation)


def statements(math: Math) -> tuple[Tree, ...]:
    """What the formula says, as far as it can be read; spans are those of the document."""
    return _parsed(Source("", math.name).span() if math.name else math.span, math.notation)


@lru_cache(maxsize=4096)
def _parsed(span: Span, notation: Notation) -> tuple[Tree, ...]:
    return parse_statements(span, vocabulary(), notation).statements


def _look(text: str, notation: Notation) -> Look:
    found = _statements(text, notation)
    if any(isinstance(statement, Relation) for statement in found):
        return "definition"
    derivatives = [_is_derivative(statement) for statement in found if not isinstance(statement, Text)]
    return "other" if not any(derivatives) else "derivatives" if all(derivatives) else "mixed"


def _is_derivative(tree: Tree) -> bool:
    r"""`\frac{df}{dx}`, `\frac{d}{dx} f(x)`."""
    operator = tree.items[0] if isinstance(tree, Juxtaposition) else tree
    return isinstance(operator, Derivative) and (operator is tree or operator.of is None)


@lru_cache(maxsize=4096)
def _statements(text: str, notation: Notation) -> tuple[Tree, ...]:
    return parse_statements(Source("", text).span(), vocabulary(), notation).statements
