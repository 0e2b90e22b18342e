r"""Facts that sentences state of formulas: "where $A$ is symmetric", "a one-hot vector $t$", "Let $A \in ...$ be orthogonal";
and ranks: "where $x$ is a vector".

A fact is taken only where every word between the property and the formula is known; "symmetric about 0", "orthogonal to $v$"
and "not symmetric" say something else. A condition, "if $A$ is symmetric", holds for nothing else, so it is not used.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from chainrule.errors import Diagnostic
from chainrule.graph.facts import Fact
from chainrule.inference.fact_words import BESIDE_RANKS, FACT_WORDS, RANK_WORDS, facts_of_words, rank_of_words
from chainrule.sheets.added_vectors import added_vectors
from chainrule.sheets.forms import words
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Item, Math, Task
from chainrule.source import Span

_KNOWN = frozenset(word for phrase in FACT_WORDS for word in phrase) | RANK_WORDS.keys() | BESIDE_RANKS
_COPULAS = words("is are be being")
_PLURAL = words("are be matrices vectors scalars distributions")
_AFTER = words(". , ; : ! ? ) ( and with so which whose where for over of on throughout here everywhere below")
"""What may follow the last word of a property."""
_AFTER_RANK = _AFTER | words("of in with that")
"""What may follow that of a rank: "is a vector of length 3", "is a matrix with $m$ rows"."""
_BEFORE = words(
    "the any some every each let given with for where when if is are be by of to and , suppose assume assuming consider that"
    " this our in use on : ( using as has have uses"
)
"""What may stand before the first word of a property."""
_CONDITIONS = words("if when whenever unless whether")
_NEVER = words("not no never cannot without recall called said define definition defined")
"""Words after which nothing states the fact any more: "do not assume that $A$ is symmetric", "recall that ..."."""
_DOUBTS = _CONDITIONS | words("prove show verify check explain why justify argue decide conclude deduce would were does need")
"""Words after which a sentence does not state the fact, unless one of those below follows them."""
_STATING = words("where with let assume assuming suppose given for")


@dataclass(frozen=True)
class Stated:
    """`fact`, a rank, or the axis along which a vector is added to a matrix, is said of the names in the formula `math`;
    `span` is the sentence.
    """

    math: Math
    fact: Fact | str | int
    span: Span


def find_facts(items: Iterable[Item], tasks: Sequence[Task] = ()) -> tuple[list[Stated], list[Diagnostic]]:
    """What is stated in a problem, and what is said of facts that are not used.

    tasks: those of the problem. What a later part says, or a later request, does not hold for what was asked before.
    """
    found: list[Stated] = []
    said: list[Diagnostic] = []
    items = list(items)
    for sentence in find_sentences(items):
        if _doubt(sentence, len(sentence.tokens) - 1) is None:
            found.extend(Stated(math, axis, sentence.span) for math, axis in added_vectors(sentence, items))
        for start, formulas, facts, rank in _matches(sentence.tokens):
            doubt = _doubt(sentence, start)
            if rank is not None and doubt is None:
                found.extend(Stated(m, rank, sentence.span) for m in formulas)
            if not facts:
                continue
            late = doubt is None and _is_late(sentence, tasks)
            if doubt is None and not late:
                found.extend(Stated(m, fact, sentence.span) for m in formulas for fact in Fact if fact in facts)
            elif late:
                message = "this is said after something else was asked, so the fact is not used"
                hint = "state it before the first thing that is asked"
                said.append(Diagnostic("note", "unused-fact", message, sentence.span, hint))
            elif doubt in _CONDITIONS:
                message = "this is a condition, so the fact is not used"
                hint = "state it where it holds: where $A$ is symmetric"
                said.append(Diagnostic("note", "unused-fact", message, sentence.span, hint))
    return found, list(dict.fromkeys(said))


def _is_late(sentence: Sentence, tasks: Sequence[Task]) -> bool:
    """Whether something was asked before, in another part, or in another sentence where this one asks something itself."""
    before = [task for task in tasks if task.span.end <= sentence.span.start]
    asks = any(task.span.start < sentence.span.end and sentence.span.start < task.span.end for task in tasks)
    part = sentence.place.part
    return any(asks or (part is not None and task.part != part) for task in before)


def _doubt(sentence: Sentence, start: int) -> str | None:
    """The word that keeps a sentence from stating what begins at token `start`; None where it states it."""
    doubt = "?" if sentence.end == "?" else None
    for token in sentence.tokens[: start + 1]:
        word = _text(token)
        if word in _NEVER:
            return word
        doubt = word if word in _DOUBTS else None if word in _STATING else doubt
    return doubt


def _text(token: Word | Math) -> str:
    return token.text if isinstance(token, Word) else ""


_Match = tuple[int, list[Math], frozenset[Fact], str | None]
"""Where a match begins, the formulas, what is said of them, and their rank."""


def _matches(tokens: Sequence[Word | Math]) -> Iterator[_Match]:
    for at, token in enumerate(tokens):
        if isinstance(token, Math) and not token.illustration and not _is_size(token):
            match = _said_after(tokens, at) or _said_before(tokens, at)
            if match is not None:
                yield match


def _said_after(tokens: Sequence[Word | Math], at: int) -> _Match | None:
    """ "$A$ and $B$ are symmetric", "$A$ symmetric": the formulas up to place `at`, and what follows."""
    copula = _text(tokens[at + 1]) if at + 1 < len(tokens) else ""
    rest = [t for t in tokens[at + 1 + (copula in _COPULAS) :] if not _is_size(t)]
    run: list[str] = []
    for token in rest:
        if _text(token) not in _KNOWN:
            break
        run.append(_text(token))
    following = _text(rest[len(run)]) if len(run) < len(rest) else "."
    while run and run[-1] in (",", "and"):
        following = run.pop()
    facts = facts_of_words(run) if following in _AFTER else None
    kind = list(takewhile(lambda word: word not in ("of", "with", "that"), run))  # "a vector of length 3"
    if kind == ["constant"]:  # "A is constant" says nothing of its rank
        kind = []
    rank = rank_of_words(kind) if len(kind) < len(run) or following in _AFTER_RANK else None
    if facts is None and rank is None:
        return None
    first = _group_start(tokens, at) if copula in _PLURAL else at
    return first, [t for t in tokens[first : at + 1] if isinstance(t, Math)], facts or frozenset(), rank


def _said_before(tokens: Sequence[Word | Math], at: int) -> _Match | None:
    """ "a symmetric matrix $A$", "symmetric matrices $A$, $B$": the formulas from place `at` on, and what stands before."""
    first = at
    while first and (_text(tokens[first - 1]) in _KNOWN or (_is_size(tokens[first - 1]) and first > 1)):
        first -= 1
    if _text(tokens[at - 1] if at else tokens[at]) in (",", "and"):
        return None

    def run(start: int) -> list[str]:
        return [_text(token) for token in tokens[start:at] if isinstance(token, Word)]

    starts = [s for s in range(first, at) if facts_of_words(run(s)) is not None] or [
        s for s in range(first, at) if rank_of_words(run(s)) is not None
    ]
    first = starts[0] if starts else at
    facts, rank = facts_of_words(run(first)), rank_of_words(run(first))
    before = _text(tokens[first - 1]) if first else ","
    if facts == frozenset({Fact.DIAGONAL}) and not {"matrix", "matrices"} & set(run(first)):
        facts = None
    if (facts is None and rank is None) or before not in _BEFORE:
        return None
    last = _group_end(tokens, at) if _PLURAL & set(run(first)) else at
    return first, [t for t in tokens[at : last + 1] if isinstance(t, Math)], facts or frozenset(), rank


def _is_size(token: Word | Math) -> bool:
    r"""`$n \times n$`, which may stand within a property: "a symmetric $n \times n$ matrix"."""
    return isinstance(token, Math) and "\\times" in token.span.text and "\\in" not in token.span.text


def _group_start(tokens: Sequence[Word | Math], at: int) -> int:
    """The first of formulas with nothing but commas and "and" between them, the last of which is at `at`."""
    first = here = at
    while here and (isinstance(tokens[here - 1], Math) or _text(tokens[here - 1]) in (",", "and")):
        here -= 1
        first = here if isinstance(tokens[here], Math) else first
    return first


def _group_end(tokens: Sequence[Word | Math], at: int) -> int:
    """The last of such formulas, the first of which is at `at`."""
    last = here = at
    while here + 1 < len(tokens) and (isinstance(tokens[here + 1], Math) or _text(tokens[here + 1]) in (",", "and")):
        here += 1
        last = here if isinstance(tokens[here], Math) else last
    return last
