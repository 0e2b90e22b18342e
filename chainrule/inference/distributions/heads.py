"""What the cells at the border of a table say: which distribution, which outcome, which random variables, or that it is a sum."""

import re
from dataclasses import dataclass, replace

from chainrule.inference.distributions.labels import variable_of
from chainrule.inference.symbols import could_be_name, is_probability
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Prime, Quotient, Relation, Subscript, Text, Tree

Cell = Tree | None
"""What stands in a cell; None: nothing. Text: words."""
INDICES = frozenset("ijkn")
PROBABILITY = frozenset(("probability", "probabilities", "prob", "pmf", "distribution", "proportion", "mass"))
COUNTS = frozenset(("count", "counts", "frequency", "frequencies", "observations", "occurrences"))
SUMS = frozenset(("total", "totals", "sum", "sums", "marginal", "marginals", "margin", "all", "Σ", "∑"))
NAMES = frozenset(("symbol", "name", "parameter", "variable", "quantity", "weight", "input", "constant", "entry", "node"))
VALUES = frozenset(("value", "values"))
_WORD = re.compile(r"[^\W\d_]+")
_NAMED = re.compile(
    r"(?<![\w'’])(?P<letter>[B-HJ-Zpq]|Pr)(?P<primes>['’′]*)(?:\((?P<variable>[A-Za-z])(?:\s*=\s*[a-z])?\))?(?![\w'’])"
)


@dataclass(frozen=True)
class Head:
    """What a column of probabilities is called: `P` or `P(X)`; None where words alone say that it is one.

    sure: it is one whatever its numbers are. counts: its numbers may be counts.
    """

    name: Tree | None
    sure: bool
    counts: bool = False


def head_of(cell: Cell) -> Head | None:
    """The distribution that a header cell names; None for any other cell."""
    if cell is None or is_margin(cell):
        return None
    if isinstance(cell, Text):
        return _in_words(cell)
    name = canonical_head(cell)
    if name is None:
        return None
    letter = name.items[0] if isinstance(name, Juxtaposition) else name
    return Head(name, is_probability(letter))


def canonical_head(tree: Tree) -> Tree | None:
    """`P(X)` for `P(X = x)`, `P(x)` and `P(x_i)`; `p` for `p_i`; None for what is no name of a distribution."""
    match tree:
        case Subscript(base=base, items=(Name(text=text),)) if text in INDICES and could_be_name(base):
            return replace(base, span=tree.span)
        case Juxtaposition(items=(name, Bracket(kind="(") as bracket)) if could_be_name(name) and bracket.items:
            inside = [_variable(item) for item in bracket.items]
            known = tuple(item for item in inside if item is not None)
            return None if None in inside else replace(tree, items=(name, replace(bracket, items=known)))
        case _:
            return tree if could_be_name(tree) else None


def _variable(item: Tree) -> Tree | None:
    match item:
        case Relation(operators=("=",), sides=(variable, value)) if could_be_name(value):
            return _variable(variable)
        case Subscript(base=Name() as base):
            return variable_of(base)
        case _:
            return variable_of(item) if could_be_name(item) else None


def _in_words(cell: Text) -> Head | None:
    """ "True distribution P" names P; "probability" says what it is and no more."""
    words = {word.lower() for word in _WORD.findall(cell.text)}
    letters = [match for match in _NAMED.finditer(cell.text)]
    probable, counted = bool(words & PROBABILITY), bool(words & COUNTS)
    if len(letters) == 1:
        name = _named(letters[0], _place(letters[0], cell))
        return Head(name, probable or is_probability(name.items[0] if isinstance(name, Juxtaposition) else name), counted)
    return Head(None, probable or counted, counted) if probable or counted else None


def _place(match: re.Match[str], cell: Text) -> Span | None:
    """Where the name stands; None where the words are not as they were written."""
    span = cell.span
    if span is None or span.text != cell.text:
        return None
    return span.source.span(span.start + match.start(), span.start + match.end())


def _named(match: re.Match[str], span: Span | None) -> Tree:
    name: Tree = Name(match["letter"], span=span)
    if match["primes"]:
        name = Prime(name, len(match["primes"]), span=span)
    if not match["variable"]:
        return name
    bracket = Bracket("(", (variable_of(Name(match["variable"], span=span)),), span=span)
    return Juxtaposition((name, bracket), span=span)


def word_of(cell: Cell) -> str | None:
    """The words of a cell in lower case; None for mathematics."""
    match cell:
        case Text(text=text):
            return text.strip(" .:").lower()
        case Name(text=text) if len(text) > 1 and text.isalpha():
            return text.lower()
        case _:
            return None


def is_margin(cell: Cell, variables: tuple[Tree, ...] = ()) -> bool:
    """Whether a row or column is a sum of the others: "Total", and `P(X)` at the border of a joint table of X and Y."""
    words = word_of(cell)
    if words is not None and not SUMS.isdisjoint(words.split()):
        return True
    if cell is None or len(variables) < 2:
        return False
    name = canonical_head(cell)
    bracket = name.items[1] if isinstance(name, Juxtaposition) else None
    if isinstance(bracket, Bracket):
        return len(bracket.items) == 1 and bracket.items[0] in variables
    return isinstance(cell, Subscript) and is_probability(cell.base) and cell.items[0] in variables


def corner_variables(cell: Cell) -> tuple[Tree, Tree] | None:
    """The random variables of the rows and of the columns: `X \\backslash Y`, `X / Y`."""
    match cell:
        case Relation(operators=("\\backslash",), sides=(rows, columns)) | Quotient(numerator=rows, denominator=columns):
            known = could_be_name(rows) and could_be_name(columns)
            return (variable_of(rows), variable_of(columns)) if known else None
        case _:
            return None


def joint_head(cell: Cell) -> Juxtaposition | None:
    """`p(X, Y)` where a cell names a distribution of two random variables."""
    name = None if cell is None else canonical_head(cell)
    bracket = name.items[1] if isinstance(name, Juxtaposition) else None
    whole = isinstance(bracket, Bracket) and len(bracket.items) == 2 and "|" not in bracket.separators
    return name if whole and isinstance(name, Juxtaposition) else None


def label_in(cell: Tree) -> tuple[Tree, Tree | None]:
    """The outcome that a cell names, with its random variable where `X = 0` says it."""
    match cell:
        case Relation(operators=("=",), sides=(variable, value)) if could_be_name(variable):
            return value, variable_of(variable)
        case Text(text=text):
            return Name(text, span=cell.span), None
        case _:
            return cell, None


def is_variable(cell: Cell) -> bool:
    """Whether a header cell is the letter of a random variable or of its values."""
    return isinstance(cell, Name) and len(cell.text) == 1


def is_value(cell: Cell) -> bool:
    """Whether a cell can be a number or a formula for one."""
    return cell is not None and not isinstance(cell, Text | Relation)
