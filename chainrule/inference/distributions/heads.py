"""What the border of a table says: which distribution, which outcome, which random variables, or that it is a sum."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from chainrule.inference.distributions.labels import RANDOM, variable_of
from chainrule.inference.symbols import could_be_name, is_probability, key
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Prime, Quotient, Relation, Subscript, Text, Tree, walk

Cell = Tree | None
"""What stands in a cell; None: nothing. Text: words."""
INDICES = frozenset("ijkn")
PROBABILITY = frozenset(("probability", "probabilities", "prob", "pmf", "distribution", "proportion", "mass"))
COUNTS = frozenset(("count", "counts", "frequency", "frequencies", "observations", "occurrences"))
SHARES = frozenset(("share", "shares", "percentage", "percentages", "percent", "fraction", "fractions"))
"""Above one of these are probabilities where they sum to 1."""
SUMS = frozenset(("total", "totals", "sum", "sums", "marginal", "marginals", "margin", "all", "Σ", "∑"))
NAMES = frozenset(("symbol", "name", "parameter", "variable", "quantity", "weight", "input", "constant", "entry", "node"))
VALUES = frozenset(("value", "values"))
_WORD = re.compile(r"[^\W\d_]+")
_NAMED = re.compile(
    r"(?<![\w'’])(?P<letter>[B-HJ-Zpq]|Pr)(?P<primes>['’′]*)(?:\((?P<variables>[A-Za-z](?:\s*(?:[,|=∣]|\\mid\b|\\vert\b)\s*[A-Za-z])*)\))?(?![\w'’])"
)
_LISTED = re.compile(r"\s*:?=\s*(?:\\left\s*)?(?:\\?\{|[(\[])\s*(?:\\text\{|[\w./\\{} ]+[:,])")
"""Behind a name this gives its probabilities."""


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
            return base
        case Juxtaposition(items=(name, Bracket(kind="(") as bracket)) if could_be_name(name) and bracket.items:
            inside = [_variable(item) for item in bracket.items]
            known = tuple(item for item in inside if item is not None)
            # `P(Y \| X)`: a bar is escaped in a table of Markdown, and no probability is of two distributions.
            signs = tuple("|" if sign == "||" and is_probability(name) else sign for sign in bracket.separators)
            return None if None in inside else replace(tree, items=(name, replace(bracket, items=known, separators=signs)))
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
    letters = list(_NAMED.finditer(cell.text))
    probable, counted = bool(words & PROBABILITY), bool(words & COUNTS)
    if len(letters) == 1:
        name = _named(letters[0], cell.span if cell.span is not None and cell.span.text == cell.text else None)
        return Head(name, probable or is_probability(name.items[0] if isinstance(name, Juxtaposition) else name), counted)
    return Head(None, probable or counted, counted) if probable or counted or words & SHARES else None


def _named(match: re.Match[str], text: Span | None) -> Tree:
    """The name that was found in a text, each part at its place."""

    def at(*groups: str) -> Span | None:
        start, end = match.start(groups[0]), match.end(groups[-1])
        return None if text is None else text.source.span(text.start + start, text.start + end)

    name: Tree = Name(match["letter"], span=at("letter"))
    if match["primes"]:
        name = Prime(name, len(match["primes"]), span=at("letter", "primes"))
    if not match["variables"]:
        return name
    inside = re.sub(r"\\(?:mid|vert)\b|∣", "|", re.sub(r"=\s*[A-Za-z]", "", match["variables"]))
    variables = tuple(variable_of(Name(letter, span=at("variables"))) for letter in re.findall(r"[A-Za-z]", inside))
    within = at("variables")
    around = None if within is None else within.source.span(within.start - 1, within.end + 1)
    bracket = Bracket("(", variables, tuple(re.findall(r"[,|]", inside)), span=around)
    return Juxtaposition((name, bracket), span=at("letter", "variables"))


def conditional_in(text: str) -> Tree | None:
    """The head that a text is as a whole, `P(Y | X)`; None for one without a bar."""
    match = _NAMED.fullmatch(text) if "|" in text else None
    return None if match is None else _named(match, None)


def named_in(text: Span) -> Tree | None:
    """The one distribution that words name: "the joint distribution p(x, y)"; None for none or several, and for one that a
    list of its own defines, `q = (0.5, 0.5)`.
    """
    found = list(_NAMED.finditer(text.text))
    listed = {match["letter"] + match["primes"] for match in found if _LISTED.match(text.text, match.end())}
    return the_one(_named(match, text) for match in found if match["letter"] + match["primes"] not in listed)


def spoken_of(statements: Iterable[Tree]) -> Tree | None:
    """The one distribution that formulas name, by itself or with what it is of; None for none or several."""
    parts = (part for statement in statements for part in walk(statement))
    pairs = (pair for part in parts if isinstance(part, Juxtaposition) for pair in pairwise(part.items))
    heads = (Juxtaposition(pair, span=pair[0].span) for pair in pairs if isinstance(pair[1], Bracket))
    named = (canonical_head(head) or head.items[0] for head in heads if could_be_name(head.items[0]))
    return the_one((*named, *(each for each in statements if could_be_name(each))))


def the_one(names: Iterable[Tree]) -> Tree | None:
    """Of names that have the letter of a probability the one with the most variables, if all have the same letter."""
    found = [name for name in dict.fromkeys(names) if is_probability(_letter(name))]
    if len({key(_letter(name)) for name in found}) != 1:
        return None
    return max(found, key=lambda name: len(_variables(name)))


def _letter(name: Tree) -> Tree:
    return name.items[0] if isinstance(name, Juxtaposition) else name


def _variables(name: Tree) -> tuple[Tree, ...]:
    bracket = name.items[1] if isinstance(name, Juxtaposition) else None
    return bracket.items if isinstance(bracket, Bracket) and "|" not in bracket.separators else ()


def word_of(cell: Cell) -> str | None:
    """The words of a cell in lower case; None for mathematics."""
    match cell:
        case Text(text=text):
            return text.strip(" .:").lower()
        case Name(text=text) if len(text) > 1 and text[0].isalpha():
            return text.lower()
        case _:
            return None


def is_margin(cell: Cell, variables: tuple[Tree, ...] = ()) -> bool:
    """Whether a row or column is a sum of the others: "Total", and `P(X)` at the border of a joint table of X and Y."""
    words = word_of(cell)
    if cell == Name("\\Sigma") or (words is not None and not SUMS.isdisjoint(words.split())):
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
    """`p(X, Y)` or `p(Y \\mid X)` where a cell names a distribution of two random variables."""
    name = None if cell is None or isinstance(cell, Text) else canonical_head(cell)
    bracket = name.items[1] if isinstance(name, Juxtaposition) else None
    whole = isinstance(bracket, Bracket) and len(bracket.items) == 2
    return name if whole and isinstance(name, Juxtaposition) else None


def is_conditional_head(head: Juxtaposition) -> bool:
    """Whether it is `p(Y \\mid X)`."""
    return isinstance(head.items[1], Bracket) and "|" in head.items[1].separators


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
    return isinstance(cell, Name) and cell.text.upper() in RANDOM


def is_value(cell: Cell) -> bool:
    """Whether a cell can be a number or a formula for one."""
    return cell is not None and not isinstance(cell, Text | Relation)
