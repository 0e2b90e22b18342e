"""Words and notations that name a quantity of information theory.

A row of `probability/quantities.py` is named by any of its words: the longest match counts, hyphens, dashes and accents do
not, nor whether it is one or several, "entropies".
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from chainrule.inference.literals import is_literal
from chainrule.inference.statements import CONDITIONS
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Font,
    Juxtaposition,
    Name,
    Number,
    Quotient,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    transform,
    walk,
)
from chainrule.typesetting import latex

_DASHES = frozenset("-–—‐‑−")
_PLURALS = (
    {"entropies": "entropy", "divergences": "divergence", "distances": "distance", "perplexities": "perplexity"}
    | {each + "s": each for each in ("coefficient", "surprisal", "information", "content")}
    | {"losses": "loss"}
)
_SYNONYMS = (
    {"binary entropy": "entropy", "bernoulli entropy": "entropy"}
    | {
        "binary cross entropy": "cross_entropy",
        "bce": "cross_entropy",
        "surprise": "surprisal",
        "information radius": "jensen_shannon",
    }
    | {
        f"{mean} {surprise}": "entropy"
        for mean in ("average", "mean", "expected")
        for surprise in ("surprisal", "surprise", "self information", "information content", "shannon information")
    }
)
"""Words for a row besides those of the table, some of which say of which distributions it is."""
_ORDERS = {"max entropy": "0", "hartley entropy": "0", "collision entropy": "2"}
"""Words for the Rényi entropy of an order."""
_ABBREVIATIONS = {"kld": ("kl", "divergence")}


@dataclass(frozen=True)
class Piece:
    """A part of a word without accents and plural, or a formula; `index` is that of its token. written: as it stands there."""

    text: str
    index: int
    math: Math | None = None
    plural: bool = False
    written: str = ""


def pieces_of(tokens: Sequence[Word | Math]) -> list[Piece]:
    """The words cut at hyphens, in one spelling, and numbers as they are; dashes between two words are left out."""
    found: list[Piece] = []
    for index, token in enumerate(tokens):
        if isinstance(token, Math):
            found.append(Piece("", index, token))
        elif token.text[-1:].isdigit():
            found.append(Piece(token.text.replace("−", "-"), index, None, written=token.span.text))
        elif token.text not in _DASHES or not _joins(tokens, index):
            parts, written = token.text.split("-"), token.span.text.split("-")
            cased = written if len(written) == len(parts) else parts
            for part, shown in zip(parts, cased, strict=True):
                found += [Piece(text, index, None, plural, shown) for text, plural in _spelled(part)]
    return found


def _joins(tokens: Sequence[Word | Math], index: int) -> bool:
    """Whether the dash stands between two words: "Kullback - Leibler", "log base - 2", and the two of "Kullback--Leibler"."""
    first, last = index, index
    while first > 0 and _touch(tokens[first - 1], tokens[first]):
        first -= 1
    while last + 1 < len(tokens) and _touch(tokens[last], tokens[last + 1]):
        last += 1
    around = [tokens[i] for i in (first - 1, last + 1) if 0 <= i < len(tokens)]
    if len(around) != 2 or not all(isinstance(each, Word) and each.text[:1].isalnum() for each in around):
        return False
    close = all(_is_beside(tokens[i], tokens[i + 1]) for i in (first - 1, last))
    return first == last or (close and last == first + 1)


def _touch(one: Word | Math, other: Word | Math) -> bool:
    """Whether two dashes stand side by side, as LaTeX has an en dash."""
    return all(isinstance(each, Word) and each.text in _DASHES for each in (one, other)) and _is_beside(one, other)


def _is_beside(one: Word | Math, other: Word | Math) -> bool:
    """Whether nothing stands between two of the text."""
    return one.span.end == other.span.start


@lru_cache(maxsize=4096)
def _spelled(part: str) -> tuple[tuple[str, bool], ...]:
    """The words that a part of a word stands for, without accents and plural, and whether it is a plural."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", part) if not unicodedata.combining(c))
    bare = bare.removesuffix("'s").removesuffix("'")
    one = _PLURALS.get(bare, bare)
    return tuple((text, one != bare) for text in _ABBREVIATIONS.get(one, (one,)))


@dataclass(frozen=True)
class Named:
    """A row that words name; `length` in pieces."""

    quantity: Quantity
    length: int
    plural: bool
    binary: bool = False
    """It says that there are two outcomes."""
    order: str = ""
    """The order that it says."""


def quantity_at(pieces: Sequence[Piece], start: int) -> Named | None:
    """The quantity that the words from here on name, by the most words. "KL (Kullback-Leibler) divergence" is one name."""
    named = _longest(pieces, start)
    if named is None:
        return None
    end, plural = start + named.length, named.plural
    binary = pieces[start].text in ("binary", "bce", "bernoulli")
    if _text(pieces, end) == "(" and (again := _longest(pieces, end + 1)) and again.quantity is named.quantity:
        closing = end + 1 + again.length
        end = closing + 1 if _text(pieces, closing) == ")" else end
    while _text(pieces, end) in ("divergence", "distance", "loss", "function", "objective", "cost", "term", "content") and (
        end > start + 1 or _text(pieces, end) == "term"
    ):
        plural = plural or pieces[end].plural
        end += 1
    if named.order and _text(pieces, end) in ("distribution", "distributions", "principle", "model"):
        return None
    return Named(named.quantity, end - start, plural, binary, named.order)


def _longest(pieces: Sequence[Piece], start: int) -> Named | None:
    for spelled, quantity in _rows().get(_text(pieces, start), ()):
        here = pieces[start : start + len(spelled)]
        if tuple(piece.text for piece in here) == spelled:
            plural, order = any(piece.plural for piece in here), _ORDERS.get(" ".join(spelled), "")
            return Named(quantity, len(spelled), plural, order=order)
    return None


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""


@cache
def _rows() -> dict[str, list[tuple[tuple[str, ...], Quantity]]]:
    """The spelled words of every row by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Quantity]]] = {}
    for quantity in QUANTITIES:
        for words in quantity.words:
            spelled = tuple(words.replace("-", " ").split())
            found.setdefault(spelled[0], []).append((spelled, quantity))
    for words, name in (*_SYNONYMS.items(), *((words, "renyi_entropy") for words in _ORDERS)):
        spelled = tuple(words.split())
        found.setdefault(spelled[0], []).extend((spelled, row) for row in QUANTITIES if row.name == name)
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return found


def mentions_quantity(tokens: Sequence[Word | Math]) -> bool:
    """Whether words of it name a quantity."""
    pieces = pieces_of(tokens)
    return any(quantity_at(pieces, start) for start in range(len(pieces)))


# --- notations ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Notation:
    """A quantity in symbols: the formula or the part of it, the rows that its head can mean, its arguments as written."""

    math: Math
    rows: tuple[Quantity, ...]
    arguments: tuple[Tree, ...]
    mark: str
    """What stands between the arguments."""
    sure: bool
    """Nothing else is written so: `D_{KL}(P)`, `f(P \\| Q)`; not `H(x)`."""

    @property
    def quantity(self) -> str:
        """The row, where head and mark tell it: `H(Y \\mid X)` has the mark that the conditional entropy is printed with."""
        own = [row for row in self.rows if self.mark and row.separators[:1] == (self.mark,)] or self.rows
        own = [row for row in own if row.computed_by not in [each.name for each in own]]
        return own[0].name if len(own) == 1 else ""


def parts_of(notation: Notation) -> tuple[list[Math], Math | None]:
    """The arguments of a notation and what stands below its head, as formulas of their own."""
    taken = [(head, bracket) for tree in statements(notation.math) if (found := _split(tree)) for head, bracket in [found]]
    if len(taken) != 1:
        return [], None
    head, bracket = taken[0]
    place, plain = notation.math.place, notation.math.plain
    below = head.items[0].span if isinstance(head, Subscript) and len(head.items) == 1 else None
    arguments = [Math(item.span, place, False, plain=plain) for item in bracket.items if item.span]
    return arguments, None if below is None else Math(below, place, False, plain=plain)


def heads_of(math: Math) -> list[str]:
    """What stands before brackets on the left of equations, or alone: the h of `h(p) = ...`, the D_KL of `D_{KL}(P \\| Q)`."""
    sides = [tree.sides[0] if isinstance(tree, Relation) else tree for tree in trees(math)]
    return [taken[0] for side in sides if (taken := applied(side))]


def joins_letters(notation: Notation) -> bool:
    """Whether its head is spelled by letters side by side, `JS(P, Q)`."""
    return any(isinstance(found[0], Juxtaposition) for tree in trees(notation.math) if (found := _split(tree)))


def notations_of(math: Math) -> list[Notation]:
    """The quantities that a formula lists; none if it says anything else."""
    shown = trees(math)
    if not shown or any(_notation(math, tree, several=False) is None for tree in shown):
        return []
    several = len(shown) > 1
    return [found for tree in (statements(math) if several else shown) if (found := _notation(math, tree, several))]


def _notation(math: Math, tree: Tree, several: bool) -> Notation | None:
    taken = applied(tree)
    if taken is None:
        return None
    head, bracket = taken
    fitting = [row for row in _rows_of(head) if _fits(row, bracket)]
    rows = tuple(row for row in fitting if head in row.heads and not row.order) or tuple(fitting)
    if not rows:
        return None
    own = Math(tree.span, math.place, False, plain=math.plain) if several and tree.span else math
    sure = "||" in bracket.separators or len(head) > 1
    return Notation(own, rows, bracket.items, next(iter(_marks(bracket)), ""), sure)


def mentions_notation(math: Math) -> bool:
    """Whether an entropy or a divergence stands anywhere in the formula."""
    return any(mentions_in(math, tree) for tree in trees(math))


def mentions_in(math: Math, tree: Tree) -> bool:
    """Whether one stands in this part of the formula."""
    return any(_notation(math, part, several=False) for part in walk(tree))


def is_identity(math: Math) -> bool:
    """Whether the formula is an equation between quantities: `H(P, Q) = H(P) + D(P \\| Q)`."""
    shown = trees(math)
    if len(shown) != 1 or not isinstance(shown[0], Relation) or set(shown[0].operators) != {"="}:
        return False
    sides = shown[0].sides
    both = any(_terms(math, side) for side in sides) and all(_terms(math, side) or is_literal(side) for side in sides)
    return both or any(found.sure for side in sides if (found := _notation(math, side, several=False)))


def compares_quantities(math: Math) -> bool:
    """Whether the formula is one inequality with quantities in it: `H(X \\mid Y) \\le H(X)`, `0 \\le D(P \\| Q)`."""
    shown = trees(math)
    if len(shown) != 1 or not isinstance(shown[0], Relation) or not {"="} < {"=", *shown[0].operators} <= {"=", *CONDITIONS}:
        return False
    products = (part.items for part in walk(shown[0]) if isinstance(part, Juxtaposition))
    factors = (Juxtaposition(pair) for items in products for pair in pairwise(items))
    return mentions_notation(math) or any(_notation(math, each, several=False) for each in factors)


def states_quantity(math: Math) -> bool:
    """Whether the formula says what one quantity is: `H(X) = -p \\log p - (1 - p) \\log(1 - p)`."""
    shown = trees(math)
    match shown:
        case (Relation(operators=("=",), sides=(left, right)),):
            return _notation(math, left, several=False) is not None and not mentions_in(math, right)
        case _:
            return False


def _terms(math: Math, side: Tree) -> bool:
    r"""Whether a side is a sum of quantities; numbers and their logarithms may stand among them, `\log_2 6 - H(P)`."""
    terms = side.terms if isinstance(side, Sum) else (side,)
    others = [term for term in terms if not _notation(math, term, several=False)]
    return len(others) < len(terms) and all(is_literal(term) or _is_logarithm(term) for term in others)


def _is_logarithm(term: Tree) -> bool:
    """Whether a term computes with numbers and logarithms of them alone."""
    names = [part.text for part in walk(term) if isinstance(part, Name)]
    return len(names) > 0 and all(name in ("log", "ln") for name in names)


@lru_cache(maxsize=1024)
def _rows_of(head: str) -> tuple[Quantity, ...]:
    return tuple(row for row in QUANTITIES if head in row.heads or _with_order(row, head))


def _with_order(row: Quantity, head: str) -> bool:
    """`D_\\alpha`, `H_2`: the order stands below the head."""
    base, _, below = head.partition("_")
    return row.order and below != "" and base in {each.partition("_")[0] for each in row.heads}


def _fits(row: Quantity, bracket: Bracket) -> bool:
    count = len(bracket.items)
    marks = set(_marks(bracket) if row.joint else bracket.separators)
    least, most = (2, count) if row.joint else (row.distributions, row.distributions)
    return least <= count <= most and (row.joint or len(marks) <= 1) and marks <= set(row.separators)


def _marks(bracket: Bracket) -> tuple[str, ...]:
    r"""The signs between the arguments: `;` and `|` of `I(X; Y, Z \mid W)`, where commas part what stands inside a group."""
    return tuple(sign for sign in bracket.separators if sign != ",") or bracket.separators


def applied(tree: Tree) -> tuple[str, Bracket] | None:
    """The head, fonts and braces left out, and the arguments of `D_{KL}(P \\| Q)`; None for anything else."""
    taken = _split(tree)
    text = None if taken is None else head_text(taken[0])
    return None if taken is None or text is None else (text, taken[1])


def _split(tree: Tree) -> tuple[Tree, Bracket] | None:
    match tree:
        case Juxtaposition(items=(*heads, Bracket(kind="(" | "[") as bracket)) if heads:
            return heads[0] if len(heads) == 1 else Juxtaposition(tuple(heads)), bracket
        case Call(function=head, arguments=arguments):
            return head, Bracket("(", arguments, (",",) * (len(arguments) - 1))
        case _:
            return None


def at_order(math: Math, name: Tree, value: Math) -> Math:
    r"""The formula with a value in the place of the order below a head, `H_\alpha(P)`; as it is where there is none."""
    found, order = trees(math), trees(value)

    def put(part: Tree) -> Tree:
        match part:
            case Juxtaposition(items=(Subscript(items=(below,)) as head, Bracket() as bracket)) if below == name:
                ordered = any(_with_order(row, head_text(head) or "") and _fits(row, bracket) for row in QUANTITIES)
                return replace(part, items=(replace(head, items=order), bracket)) if ordered else part
            case _:
                return part

    made = transform(found[0], put) if len(found) == len(order) == 1 else None
    return math if made is None or made == found[0] else replace(value, name=latex(made), plain=False)


def head_text(head: Tree) -> str | None:
    """`D_{\\mathrm{KL}}` as "D_KL"; None where it is more than letters."""
    match head:
        case Name(text=text):
            return text
        case Number(text=text):
            return text
        case Font(body=body):
            return head_text(body)
        case Juxtaposition(items=items):
            letters = [head_text(item) for item in items]
            return None if None in letters else "".join(letter or "" for letter in letters)
        case Subscript(base=base, items=items):
            below = [head_text(item) for item in items]
            above = head_text(base)
            return None if above is None or None in below else f"{above}_{','.join(b or '' for b in below)}"
        case Quotient(numerator=Number(text=above), denominator=Number(text=below), operator="/"):
            return f"{above}/{below}"
        case Superscript(base=base, exponent=Number(text=power)):
            above = head_text(base)
            return None if above is None else f"{above}^{power}"
        case _:
            return None


def reversed_pair(first: Notation, second: Notation) -> bool:
    """Whether one is the other with its arguments exchanged: `D(P \\| Q)` and `D(Q \\| P)`."""
    same = first.rows == second.rows and len(first.arguments) == 2
    return same and first.arguments == second.arguments[::-1] != second.arguments
