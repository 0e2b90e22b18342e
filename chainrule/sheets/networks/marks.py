"""A sentence as marks: each phrase of the vocabulary, each number, each formula, everything else a "word"."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.inference.literals import number
from chainrule.inference.symbols import span_text
from chainrule.ops.table import spellings
from chainrule.sheets.networks.vocabulary import LONGEST, PHRASES
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Name, Number, Quotient, Relation, Sum, Tree

Tokens = tuple[Word | Math, ...]
_FUNCTIONS = frozenset(("relu", "sigmoid", "tanh", "softmax", "softplus", "elu", "gelu", "silu"))
_ARROWS = frozenset(("\\to", "\\rightarrow", "→", "->", "\\longrightarrow"))
_STRESS = (("at", "all"), ("whatsoever",), ("anywhere",))
_ENDS = (",", ".", ";", ")", "and", "but")
_LETTERS = ("\\sigma", "\\phi", "\\varphi", "\\rho", "f", "g", "\\psi")
"""What functions are called that only the sheet says the meaning of; `\\sigma` is the logistic sigmoid where it does not."""


@dataclass(frozen=True)
class Mark:
    """A phrase in tokens [first, last]. `text` is how it is spelled; value is what the vocabulary says of it."""

    kind: str
    value: object
    first: int
    last: int
    text: str = ""


def marks_of(tokens: Tokens) -> list[Mark]:
    """The marks of a sentence, the longest phrase at each place."""
    pieces = _without_stress(_pieces(tokens))
    found: list[Mark] = []
    here = 0
    while here < len(pieces):
        mark, length = _mark_at(tokens, pieces, here)
        found.append(mark)
        here += length
    return _with_sizes(found)


def span_of_marks(tokens: Tokens, marks: Sequence[Mark]) -> Span:
    """From the first mark to the last."""
    return span_of(tokens[marks[0].first : marks[-1].last + 1])


def _pieces(tokens: Tokens) -> list[tuple[str, int]]:
    """The words cut at hyphens; a dash between a word and anything is dropped, one between numbers stays."""
    found: list[tuple[str, int]] = []
    for index, token in enumerate(tokens):
        if isinstance(token, Math):
            found.append(("", index))
        elif token.text in ("-", "–", "—", "−") and not (_between_numbers(tokens, index) or _is_sign(tokens, index)):
            continue
        else:
            found += [(part, index) for part in (token.text.split("-") if token.text != "-" else ["-"]) if part]
    return found


def _without_stress(pieces: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Without the words that only stress what was said, "no biases at all", where nothing behind them goes on."""
    said = [piece for piece, _ in pieces]
    for stress in _STRESS:
        for at in reversed(range(1, len(said) - len(stress) + 1)):
            end = at + len(stress)
            if tuple(said[at:end]) == stress and (end == len(said) or said[end] in _ENDS):
                del pieces[at:end], said[at:end]
    return pieces


def _between_numbers(tokens: Tokens, index: int) -> bool:
    around = [tokens[i] for i in (index - 1, index + 1) if 0 <= i < len(tokens)]
    return len(around) == 2 and all((t.text if isinstance(t, Word) else span_text(t.span)).isdigit() for t in around)


def _is_sign(tokens: Tokens, index: int) -> bool:
    """Whether a dash stands right before a number, and not right behind a word."""
    if index + 1 == len(tokens):
        return False
    dash, after = tokens[index], tokens[index + 1]
    joined = index > 0 and tokens[index - 1].span.end == dash.span.start and isinstance(tokens[index - 1], Word)
    opened = joined and tokens[index - 1].span.text in "([,"
    number = isinstance(after, Word) and after.text[:1].isdigit() and after.span.start == dash.span.end
    return number and (not joined or opened)


def _mark_at(tokens: Tokens, pieces: list[tuple[str, int]], here: int) -> tuple[Mark, int]:
    text, index = pieces[here]
    token = tokens[index]
    if isinstance(token, Math):
        return _formula(token, index), 1
    for length in range(min(LONGEST, len(pieces) - here), 0, -1):
        words = tuple(piece for piece, _ in pieces[here : here + length])
        if words in PHRASES:
            kind, value = PHRASES[words]
            return Mark(kind, value, index, pieces[here + length - 1][1], " ".join(words)), length
    if text.isdecimal() and len(text) < 10:
        return Mark("number", int(text), index, index, text), 1
    return Mark("word", text, index, index, text), 1


def _formula(math: Math, index: int) -> Mark:
    r"""`$3$` is a number, `$784 \to 10$` sizes, `$\tanh$` an activation, `$\frac12$` a factor; other formulas stay formulas."""
    found = statements(math)
    tree = found[0] if len(found) == 1 else None
    text = span_text(math.span)
    if isinstance(tree, Number) and tree.value.denominator == 1 and tree.value > 0:
        return Mark("number", int(tree.value), index, index, text)
    if tree is not None and (sizes := _sizes(tree)):
        return Mark("sizes", sizes, index, index, text)
    if isinstance(tree, Quotient) and number(tree) == Fraction(1, 2):
        return Mark("half", "half", index, index, text)
    if tree is not None and (name := _function(tree)):
        return Mark("activation", name, index, index, text)
    return Mark("formula", math, index, index, text)


def _sizes(tree: Tree) -> tuple[int, ...]:
    r"""`784 - 256 - 10`, `2 \to 3 \to 1`."""
    match tree:
        case Sum(signs=(1, *signs), terms=terms) if set(signs) == {-1}:
            parts: tuple[Tree, ...] = terms
        case Relation(operators=operators, sides=sides) if _ARROWS.issuperset(operators):
            parts = sides
        case _:
            return ()
    numbers = [int(p.value) for p in parts if isinstance(p, Number) and p.value.denominator == 1 and p.value > 0]
    return tuple(numbers) if len(numbers) == len(parts) > 1 else ()


def _function(tree: Tree) -> str:
    r"""The activation that a formula names, `\tanh`, `\mathrm{ReLU}(z)`; "" for letters, which may be anything."""
    head = _head(tree)
    record = spellings().get(head)
    return record.name if record is not None and record.name in _FUNCTIONS and head != "\\sigma" else ""


def function_letter(math: Math) -> str:
    r"""`\sigma`, `f` and `g(\cdot)` as a function that the sheet writes itself; "" for what is none."""
    found = statements(math)
    head = _head(found[0]) if len(found) == 1 else ""
    return head if head in _LETTERS else ""


def _head(tree: Tree) -> str:
    match tree:
        case Relation(operators=("=",), sides=(Call() | Juxtaposition(items=(Name(), Bracket())) as left, _)):
            return _head(left)
        case Call(function=Name(text=text)) | Juxtaposition(items=(Name(text=text), _)) | Name(text=text):
            return text
        case _:
            return ""


def _listed(marks: list[Mark], start: int) -> tuple[Mark, int] | None:
    """The sizes of "layers of sizes 2, 3 and 1", and the place behind them."""
    run: list[Mark] = []
    here = behind = start
    while here < len(marks) and marks[here].kind in ("number", "separator", "mark", "colon"):
        if marks[here].kind == "number":
            run.append(marks[here])
            behind = here + 1
        here += 1
    sizes = tuple(mark.value for mark in run)
    return (Mark("sizes", sizes, marks[start - 1].first, run[-1].last), behind) if len(run) > 1 else None


def _lists_sizes(marks: list[Mark], at: int) -> bool:
    """ "sizes" before numbers, and "layers of size"; not those of the hidden layers alone."""
    before = at - 1
    while before >= 0 and marks[before].kind in ("link", "article"):
        before -= 1
    layers = before >= 0 and marks[before].kind == "layer" and marks[before].value == "several"
    if layers and before > 0 and marks[before - 1].kind == "role":
        return False
    if layers and marks[at].text == "of" and at == before + 1:  # "layers of 10, 20 and 5 units", the inputs among them
        listed = _listed(marks, at + 1) if marks[before - 1].kind != "number" else None
        behind = [mark.kind for mark in marks[listed[1] : listed[1] + 1]] if listed is not None else []
        return behind == ["unit"] and sum(mark.kind == "number" for mark in marks[at:]) > 2
    return marks[at].text in ("sizes", "widths") or (layers and marks[at].text in ("size", "width", "dimension", "dimensions"))


def _with_sizes(marks: list[Mark]) -> list[Mark]:
    """Numbers with dashes or arrows between them, `784-256-10`, as one mark."""
    found: list[Mark] = []
    here = 0
    while here < len(marks):
        if _lists_sizes(marks, here) and (listed := _listed(marks, here + 1)) is not None:
            found.append(listed[0])
            here = listed[1]
            continue
        end = here
        while end + 2 < len(marks) and [m.kind for m in marks[end : end + 3]] == ["number", "dash", "number"]:
            end += 2
        if end > here and all(m.text.isdigit() for m in marks[here : end + 1 : 2]):
            run = marks[here : end + 1]
            sizes = tuple(int(m.text) for m in run[::2])
            found.append(Mark("sizes", sizes, run[0].first, run[-1].last, "-".join(m.text for m in run[::2])))
            here = end + 1
        else:
            found.append(marks[here])
            here += 1
    return found
