r"""Binomials that may be columns: physicists and many school books write `x = \binom{1}{2}` for a vector of two entries."""

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from chainrule.errors import Diagnostic, SyntaxFault
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, is_bold, key, span_text
from chainrule.syntax.tree import Call, Juxtaposition, Matrix, Name, Product, Relation, Superscript, Tree, walk

_HINT = "write \\begin{pmatrix} a \\\\ b \\end{pmatrix} for the column, \\frac{n!}{k! (n - k)!} for the binomial coefficient"


def columns_among(statements: Sequence[Tree]) -> dict[Tree, Diagnostic]:
    r"""The names that are `\binom{a}{b}` and nothing more, of which it is not sure that this is a coefficient: bold ones, those
    behind a matrix, and those whose numbers do not count.
    """
    found: dict[Tree, Diagnostic] = {}
    behind: set[Tree] | None = None
    for statement in statements:
        match statement:
            case Relation(operators=("=" | ":=",), sides=(name, Call(function=Name(text="binom"), arguments=(above, below)))):
                behind = set(_behind_matrices(statements)) if behind is None else behind
                if could_be_name(name) and (is_bold(name) or key(name) in behind or not _counts(above, below)):
                    message = f"{span_text(statement.span)} can be a column with two entries, or a binomial coefficient"
                    found[key(name)] = Diagnostic("error", "ambiguous-binomial", message, statement.span, _HINT)
            case _:
                pass
    return found


def refuse_column(first: Tree, second: Tree | None, arrays: Container[Tree]) -> None:
    r"""Raise SyntaxFault for `A\binom{1}{2}` behind a vector or matrix, or the transpose or inverse of one."""
    inner = first.base if isinstance(first, Superscript) else first
    if not (isinstance(second, Call) and second.function == Name("binom")):
        return
    if isinstance(inner, Matrix) or (could_be_name(inner) and key(inner) in arrays):
        message = f"{span_text(second.span)} behind an array can be a column with two entries, or a binomial coefficient"
        raise SyntaxFault("ambiguous-binomial", message, second.span, _HINT)


def _counts(above: Tree, below: Tree) -> bool:
    """Whether so many can be chosen of so many, as far as they are numbers."""
    of, chosen = number(above), number(below)
    if any(each is not None and (each.denominator > 1 or each < 0) for each in (of, chosen)):
        return False
    return of is None or chosen is None or chosen <= of


def _behind_matrices(statements: Sequence[Tree]) -> Iterator[Tree]:
    """The names that stand right behind a matrix of the text, or behind its transpose or inverse."""
    matrices = {key(s.sides[0]) for s in statements if isinstance(s, Relation) and isinstance(s.sides[-1], Matrix)}
    for part in (part for statement in statements for part in walk(statement)):
        factors = part.items if isinstance(part, Juxtaposition) else part.factors if isinstance(part, Product) else ()
        for first, second in pairwise(factors):
            inner = first.base if isinstance(first, Superscript) else first
            if could_be_name(inner) and key(inner) in matrices and could_be_name(second):
                yield key(second)
