"""Sentences that say where a vector beside a matrix goes: "the bias $b$ is added to each row", "add $c$ to every column"."""

from collections.abc import Iterator, Sequence

from chainrule.inference.literals import is_literal
from chainrule.sheets.forms import words
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Item, Math
from chainrule.source import Span
from chainrule.syntax.tree import Relation

_ADDING = words("add adds added adding broadcast broadcasts broadcasted broadcasting")
_TO = words("to over across")
_EACH = words("each every all of the")
_BESIDE = words("a an is are be being gets get which that then also , and it they we simply now here by ( ) vector vectors")
"""What may stand between a vector and where it is added."""
_NOUNS = words("the a this that our vector vectors bias biases row column offset offsets intercept term same")
_LEADS = words("where , . : ; ( and that add adding adds with here so then in which let if we by when also")
"""What may stand right before the vector, and before that."""
_BEHIND = words(", . ; : ) ( and of in so then where with here by during before")
_CHANGING = words("except but only apart excluding without other save unless twice times not minus first last")
_NAMED = words("vector vectors bias biases offset offsets intercept intercepts")
_MULTIPLES = words("of twice thrice half double triple quarter third times minus only not negative squared scaled number")
"""Before words that name what is added: it is not added as it is."""
_AXES = {"row": 1, "rows": 1, "column": 0, "columns": 0}
"""The axis along which a vector lies that is added to them."""


def added_vectors(sentence: Sentence, items: Sequence[Item]) -> Iterator[tuple[Math, int]]:
    """The formulas of what a sentence adds to each row or column, with the axis along which it lies then.

    Where it names none, "the bias is added to each row", all of the problem are meant.
    """
    tokens = sentence.tokens
    adding = next((at for at, token in enumerate(tokens) if _text(token) in _ADDING), len(tokens))
    first = 0
    for at in range(adding, len(tokens)):
        axis = _axis(tokens[at:])
        if axis is not None:
            said = _computing(tokens, adding) if first == 0 else 0
            named = [token for token in tokens[max(first, said) : at] if isinstance(token, Math)]
            everywhere = [item for item in items if isinstance(item, Math)] if first == 0 else []
            yield from ((math, axis) for math in named or everywhere)
            first = at


def changed_additions(sentence: Sentence) -> Iterator[tuple[list[Math], Span]]:
    """The formulas of what a sentence adds in another way than to each row, or column, as it is: "to the first row".

    There are none where the sentence names none.
    """
    tokens = sentence.tokens
    adding = next((at for at, token in enumerate(tokens) if _text(token) in _ADDING), len(tokens))
    places = [at for at in range(adding, len(tokens)) if _text(tokens[at]) in _TO and _names_axis(tokens[at:])]
    if not places:
        return
    negated = any(_text(token) == "not" for token in tokens[:adding])
    plain = all(_axis(tokens[at:]) is not None and _ends(tokens[at:]) for at in places)
    plain = plain and _is_whole(tokens, adding, places[0])
    if not plain or (negated and len(places) > 1):
        yield [token for token in tokens[: places[-1]] if isinstance(token, Math)], sentence.span


def _names_axis(tokens: Sequence[Word | Math]) -> bool:
    """ "to the first row", "to row $1$", "over only one of the rows"."""
    return any(_text(token) in _AXES for token in tokens[1:6])


def _ends(tokens: Sequence[Word | Math]) -> bool:
    """Whether nothing that changes what is said stands behind the row."""
    end = next(at for at, token in enumerate(tokens) if _text(token) in _AXES) + 1
    behind = [_text(token) for token in tokens[end:]]
    return (not behind or behind[0] in _BEHIND) and _CHANGING.isdisjoint(behind[:6])


def _is_whole(tokens: Sequence[Word | Math], adding: int, place: int) -> bool:
    """Whether the vector itself is added, and no multiple of it."""
    start = _computing(tokens, adding)
    behind = [at for at in range(adding, place) if isinstance(tokens[at], Math)]
    before = [at for at in range(start, adding) if isinstance(tokens[at], Math)]
    at = behind[0] if behind else before[-1] if before else None
    between = tokens[adding + 1 : place] if behind or at is None else (*tokens[at + 1 : adding], *tokens[adding + 1 : place])
    known = all(isinstance(token, Math) or token.text in _BESIDE | _NOUNS | {"not", "where"} for token in between)
    first = adding if at is None else at
    while first > start and _text(tokens[first - 1]) in (_NOUNS | _BESIDE if at is None else _NOUNS):
        first -= 1
    before_it = tokens[first - 1] if first else None
    if at is None:
        return known and _text(before_it) not in _MULTIPLES
    return known and (before_it is None or isinstance(before_it, Math) or before_it.text in _LEADS)


def _computing(tokens: Sequence[Word | Math], adding: int) -> int:
    """Where the clause begins in which words alone name what is added: behind a formula that computes something, "$Y = X + b$,
    where the bias is added to each row"; else 0.
    """
    last = max((at for at in range(adding) if isinstance(tokens[at], Math)), default=-1)
    math = tokens[last] if last >= 0 else None
    computes = isinstance(math, Math) and any(
        isinstance(tree, Relation) and not is_literal(tree.sides[-1]) for tree in statements(math)
    )
    return last + 1 if computes and any(_text(token) in _NAMED for token in tokens[last + 1 : adding]) else 0


def _axis(tokens: Sequence[Word | Math]) -> int | None:
    """The axis that "to each row", "over all of the columns" names; None for other words."""
    if _text(tokens[0]) not in _TO:
        return None
    after = 1
    while after < len(tokens) and _text(tokens[after]) in _EACH:
        after += 1
    return _AXES.get(_text(tokens[after])) if 1 < after < len(tokens) else None


def _text(token: Word | Math | None) -> str:
    return token.text if isinstance(token, Word) else ""
