"""Distributions that sentences state: "$X$ is Poisson with rate 3", "Let $P$ be a fair coin", "a binomial distribution".

Each becomes a statement in the notation of formulas. One without a name gets one, so that what is asked of it can name it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from chainrule.errors import Diagnostic
from chainrule.inference.symbols import could_be_name, key
from chainrule.inference.vocabulary import vocabulary
from chainrule.sheets.everyday_phrases import find_everyday
from chainrule.sheets.family_phrases import Phrase, find_phrase
from chainrule.sheets.forms import words
from chainrule.sheets.label_phrases import find_label
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.quantity_words import Piece, pieces_of
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math, Stated
from chainrule.source import Source, Span
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Quotient, Relation, Tree, transform, walk

_BEFORE = words(
    "a an the discrete continuous random variable distribution distributed by as is be are has have follows follow following"
    " given modelled modeled according to let = : ) with probability law mass true estimated"
)
"""What may stand between a name and what is said of it."""
_NEVER = words("if not unless never whether approximately recall")
_ARTICLES = words("a an the")
_NAMES = ("P", "Q", "R", "S", "T", "U", "V", "W")


@dataclass
class _Finder:
    used: set[str]
    defined: set[Tree]
    """Names that formulas define."""
    first: tuple[str, ...] = ()
    """The outcomes of the first distribution that a formula gives, for what stands before it."""
    labelled: bool = False
    """A formula or a sentence gives a one-hot label."""
    outcomes: tuple[str, ...] = ()
    stated: list[Stated] = field(default_factory=list[Stated])
    notes: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def read(self, sentence: Sentence) -> Sentence:
        """The sentence with a name in the place of each distribution that it describes."""
        self._note_outcomes(sentence)
        pieces = pieces_of(sentence.tokens)
        if any(piece.text in _NEVER for piece in pieces):
            return sentence
        tokens: list[Word | Math] = []
        here = index = 0
        while index < len(pieces):
            outcomes = self.outcomes or self.first
            phrase = (
                find_label(pieces, index, outcomes, self.labelled)
                or find_everyday(pieces, index, outcomes)
                or find_phrase(pieces, index)
            )
            found = phrase and self._state(sentence, pieces, phrase)
            if phrase is None or found is None:
                index += 1
                continue
            name, first, end = found
            tokens += [*sentence.tokens[here : max(here, first)], name]
            here, index = end, max(index + 1, next((i for i, p in enumerate(pieces) if p.index >= end), len(pieces)))
        return replace(sentence, tokens=(*tokens, *sentence.tokens[here:])) if here else sentence

    def _state(self, sentence: Sentence, pieces: Sequence[Piece], phrase: Phrase) -> tuple[Math, int, int] | None:
        """Take up what a phrase says; its name, and the tokens that name and phrase take. None where it is none."""
        before = _name_before(pieces, phrase.start)
        named = _name_behind(pieces, phrase.end) if before is None else before
        if named is None and (not phrase.sure or _describes(pieces, phrase)):
            return None
        first = pieces[phrase.start].index
        end = pieces[phrase.end - 1].index + 1
        span = span_of(sentence.tokens[first:end])
        if named is None:
            name = self._invent(sentence, span, phrase.called)
            message = f"the {phrase.what} is called {name.name} here" + (f"; {phrase.guess}" if phrase.guess else "")
            severity = "warning" if phrase.guess else "note"
            self.notes.append(Diagnostic(severity, "named-distribution", message, span))
            first -= first > 0 and isinstance(t := sentence.tokens[first - 1], Word) and t.text in _ARTICLES
        else:
            at = pieces[named].index
            token = sentence.tokens[at]
            assert isinstance(token, Math)
            name, first, end = token, min(first, at), max(end, at + 1)
        self._add(name, phrase, span)
        return name, first, end

    def _add(self, name: Math, phrase: Phrase, span: Span) -> None:
        (head,) = trees(name)
        if key(head) in self.defined:
            message = f"{name.text} is also given by a formula, which is used"
            self.notes.append(Diagnostic("note", "stated-twice", message, span))
            return
        text = f"{name.text} {phrase.body}"
        tree = parse_statements(Source("", text).span(), vocabulary(), "latex").statements[0]
        placed = transform(tree, lambda part: replace(part, span=span))
        self.outcomes = phrase.outcomes or self.outcomes
        self.labelled = self.labelled or bool(phrase.called)
        self.stated.append(Stated(name, placed, span, phrase.taken))

    def _invent(self, sentence: Sentence, span: Span, wanted: str) -> Math:
        letters = (wanted, *_NAMES, *(f"P_{{{k}}}" for k in range(len(self.used) + 1)))
        name = next(each for each in letters if each and each not in self.used)
        self.used.add(name)
        return Math(span, sentence.place, display=False, name=name)

    def _note_outcomes(self, sentence: Sentence) -> None:
        for token in sentence.tokens:
            if isinstance(token, Math) and not token.illustration:
                self.outcomes = _outcomes_in(token) or self.outcomes


def find_distributions(sentences: Iterable[Sentence]) -> tuple[list[Sentence], list[Stated], list[Diagnostic]]:
    """The sentences with names for what they describe, what they state, and what is said of it."""
    known = list(sentences)
    written = [tree for sentence in known for t in sentence.tokens if isinstance(t, Math) for tree in trees(t)]
    used = {part.text for tree in written for part in walk(tree) if isinstance(part, Name)}
    formulas = (token for sentence in known for token in sentence.tokens if isinstance(token, Math))
    first = next((found for math in formulas if (found := _outcomes_in(math))), ())
    finder = _Finder(used, {name for tree in written for name in _defined(tree)}, first, any(map(_is_one_hot, written)))
    read = [finder.read(sentence) for sentence in known]
    return read, finder.stated, finder.notes


def clashing(stated: Sequence[Stated]) -> set[Span]:
    """The formulas of parameters that have another value in another of these distributions: they hold for one alone."""
    values: dict[Tree, set[Tree]] = {}
    for each in stated:
        for head, value in _parameters(each):
            values.setdefault(head, set()).add(value)
    several = {head for head, found in values.items() if len(found) > 1}
    return {m.span for each in stated for m in each.taken if any(h in several for h, _ in _equations(m))}


def _parameters(stated: Stated) -> Iterator[tuple[Tree, Tree]]:
    for math in stated.taken:
        yield from _equations(math)


def _equations(math: Math) -> Iterator[tuple[Tree, Tree]]:
    for tree in trees(math):
        if isinstance(tree, Relation) and tree.operators == ("=",):
            yield key(tree.sides[0]), tree.sides[1]


def _defined(tree: Tree) -> list[Tree]:
    r"""P of `P = ...`, `P(x) = ...` and `P \sim ...`."""
    if not isinstance(tree, Relation) or tree.operators[0] not in ("=", ":=", "\\sim", "~", "∼"):
        return []
    head = tree.sides[0]
    if isinstance(head, Juxtaposition) and len(head.items) == 2 and isinstance(head.items[1], Bracket):
        head = head.items[0]
    return [key(head)] if could_be_name(head) else []


def _outcomes_in(math: Math) -> tuple[str, ...]:
    """The outcomes of the last distribution that a formula gives."""
    listing = any(isinstance(tree, Relation) and isinstance(tree.sides[-1], Bracket) for tree in trees(math))
    found = [_outcomes(tree) for tree in statements(math)] if listing else []
    return next((outcomes for outcomes in reversed(found) if outcomes), ())


def _outcomes(tree: Tree) -> tuple[str, ...]:
    r"""The labels of `P = \{A: 0.6, ...\}` and `x \in \{0, 1\}`; as many empty ones as `P = (0.5, 0.5)` has numbers."""
    body = tree.sides[-1] if isinstance(tree, Relation) else None
    if not isinstance(tree, Relation) or not isinstance(body, Bracket) or len(body.items) < 2:
        return ()
    if body.kind == "{":
        pairs = [item.sides[0] if isinstance(item, Relation) and item.operators == (":",) else item for item in body.items]
        labels = [item.span.text for item in pairs if item.span and not isinstance(item, Quotient)]
        return tuple(labels) if len(set(labels)) == len(body.items) else ()
    numbers = [item.value for item in body.items if isinstance(item, Number)]
    return ("",) * len(numbers) if len(numbers) == len(body.items) and abs(sum(numbers) - 1) < 0.05 else ()


def _is_one_hot(tree: Tree) -> bool:
    """Whether it is `y = [0, 1, 0]`."""
    body = tree.sides[-1] if isinstance(tree, Relation) else None
    numbers = [item.value for item in body.items if isinstance(item, Number)] if isinstance(body, Bracket) else []
    return len(numbers) > 1 and sorted(numbers) == [0] * (len(numbers) - 1) + [1]


def _name_before(pieces: Sequence[Piece], start: int) -> int | None:
    """The piece of the name that the phrase is said of: "$P$ is a", "Distribution ($P$): a"."""
    index = start - 1
    while index >= 0 and pieces[index].math is None and pieces[index].text in _BEFORE:
        index -= 1
    return index if _is_name(pieces, index) and index < start - 1 else None


def _name_behind(pieces: Sequence[Piece], end: int) -> int | None:
    """The piece of the name behind it: "a fair coin $P$"."""
    return end if _is_name(pieces, end) else None


def _describes(pieces: Sequence[Piece], phrase: Phrase) -> bool:
    """Whether it only says what a definition beside it is: "let $Q = (0.5, 0.5)$ be uniform", "the normal, $p = ...$"."""
    before, behind = phrase.start - 1, phrase.end
    while before >= 0 and pieces[before].math is None and pieces[before].text in _BEFORE:
        before -= 1
    while behind < len(pieces) and pieces[behind].text in (",", ":", "(", "i.e.", "namely", "prior", "distribution"):
        behind += 1
    beside = [pieces[i].math for i in (before, behind) if 0 <= i < len(pieces)]
    return any(math is not None and any(map(_defined, trees(math))) for math in beside)


def _is_name(pieces: Sequence[Piece], index: int) -> bool:
    math = pieces[index].math if 0 <= index < len(pieces) else None
    found = trees(math) if math is not None else ()
    return len(found) == 1 and could_be_name(found[0])
