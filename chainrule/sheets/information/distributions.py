"""Distributions that sentences state: "$X$ is Poisson with rate 3", "Let $P$ be a fair coin", "a binomial distribution".

Each becomes a statement in the notation of formulas. One without a name gets one, so that what is asked of it can name it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from chainrule.errors import Diagnostic
from chainrule.inference.symbols import could_be_name, key
from chainrule.inference.vocabulary import vocabulary
from chainrule.sheets.forms import words
from chainrule.sheets.information.derived import derives, find_derived, find_whole
from chainrule.sheets.information.ensembles import find_ensemble, names_a_set
from chainrule.sheets.information.faces import changed_by
from chainrule.sheets.information.family_phrases import Phrase, find_phrase, standard_normal
from chainrule.sheets.information.free_names import Described, matched
from chainrule.sheets.information.label_phrases import find_label
from chainrule.sheets.information.outcome_lists import find_outcomes
from chainrule.sheets.information.said_to_be import find_said
from chainrule.sheets.information.standing import standing_before
from chainrule.sheets.information.thrown import find_thrown
from chainrule.sheets.information.trials import Trial, trial_in
from chainrule.sheets.information.uniform_phrases import find_uniform
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.quantity_words import Piece, mentions_quantity, pieces_of
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math, Stated
from chainrule.source import Source, Span
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Quotient, Relation, Tree, transform, walk

_BEFORE = words(
    "a an the discrete continuous random variable distribution distributed by as is be are has have follows follow following"
    " given modelled modeled according to let = : ) with probability law mass true estimated density that of having take takes"
    " taking on the value values symbols its outcome result number shown by denote denotes represent represents count counts"
    " equal equals call denoted which"
)
"""What may stand between a name and what is said of it."""
_CALLED = words("is be by , call it called as denoted")
"""These may stand between what is described and its name: "the number of heads is $N$"."""
_NAMING = tuple(
    (*lead, *said.split())
    for said in ("call it", "call this", "called", "denoted by", "denoted", "denote it by", "say")
    for lead in ((), (",",), ("and",), (";",))
)
""" "a binomial distribution, call it $P$"."""
_NEVER = words("if not unless never whether approximately recall")
_ARTICLES = words("a an the")
_RESULTS = words("outcome outcomes result results sequence")
_ONE_OF = words("one single each every any first second third last toss flip roll throw")
_NAMES = ("P", "Q", "R", "S", "T", "U", "V", "W")


@dataclass
class _Finder:
    taken: frozenset[str]
    """Letters of the text."""
    defined: set[tuple[Tree, str | None]]
    """Names that formulas define, each with the part."""
    first: tuple[str, ...] = ()
    """The outcomes of the first distribution that a formula gives, for what stands before it."""
    one_hot: bool = False
    """A formula gives a one-hot label."""
    outcomes: tuple[str, ...] = ()
    meant: Mapping[str, str] = field(default_factory=dict[str, str])
    """For names that are invented those that formulas have for the same distributions."""
    named: Mapping[Tree, int] = field(default_factory=dict[Tree, int])
    """How often each name stands in formulas."""
    number: int = 0
    """Which sentence is read."""
    described: list[Described] = field(default_factory=list[Described])
    stated: list[Stated] = field(default_factory=list[Stated])
    notes: list[Diagnostic] = field(default_factory=list[Diagnostic])

    used: set[str] = field(default_factory=set[str])
    labelled: bool = False
    """A formula or a sentence gives a one-hot label."""
    trial: Trial | None = None
    """What is thrown, and how often."""
    thrown: int | None = None
    """Which of the statements is that of what is thrown."""

    def read_all(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        self.used, self.labelled, self.trial, self.thrown = set(self.taken), self.one_hot, None, None
        found: list[Sentence] = []
        for self.number, sentence in enumerate(sentences):
            found.append(self.read(sentence))
        return found

    def read(self, sentence: Sentence) -> Sentence:
        """The sentence with a name in the place of each distribution that it describes."""
        self._note_outcomes(sentence)
        pieces = pieces_of(sentence.tokens)
        if any(piece.text in _NEVER for piece in pieces) and not derives(pieces):
            return sentence
        self.trial = trial_in(pieces, self.trial)
        self._refuse_cases(sentence)
        self._doubt_thrown(sentence, pieces)
        asks = mentions_quantity(sentence.tokens)
        tokens: list[Word | Math] = []
        here = index = 0
        before = len(self.stated)
        while index < len(pieces):
            outcomes = self.outcomes or self.first
            phrase = (
                find_derived(pieces, index, self.trial)
                or (find_whole(pieces, index, self.trial) if asks else None)
                or find_label(pieces, index, outcomes, self.labelled)
                or find_thrown(pieces, index)
                or find_ensemble(pieces, index)
                or standard_normal(pieces, index)
                or find_uniform(pieces, index, outcomes)
                or find_phrase(pieces, index)
                or find_outcomes(pieces, index, outcomes)
            )
            found = phrase and self._state(sentence, pieces, phrase)
            if phrase is None or found is None:
                index += 1
                continue
            name, first, end = found
            tokens += [*sentence.tokens[here : max(here, first)], name]
            here, index = end, max(index + 1, next((i for i, p in enumerate(pieces) if p.index >= end), len(pieces)))
        if self.thrown is not None and self.thrown >= before:
            self._say_how_often()
        return replace(sentence, tokens=(*tokens, *sentence.tokens[here:])) if here else sentence

    def _say_how_often(self) -> None:
        if self.thrown is not None and self.trial is not None and self.trial.count != 1:
            self.stated[self.thrown] = replace(self.stated[self.thrown], repeated=True)

    def refuse_others(self, sentences: Sequence[Sentence], defined: set[Tree]) -> None:
        """Letters that are said to be something else than what words describe: never is that taken for them."""
        told = {key(tree) for each in self.stated for tree in trees(each.name)} | defined
        for each in find_said(sentences) if self.described else ():
            if each.symbol not in told and not each.words <= frozenset[str]().union(*(d.words for d in self.described)):
                fault = _not_worked_out(each.name, each.what, each.span)
                self.stated.append(Stated(each.name, replace(each.symbol, span=each.name.span), each.span, fault=fault))

    def _refuse_cases(self, sentence: Sentence) -> None:
        """ "$Z = 1$ if it is even and $Z = 0$ otherwise", of what is thrown: a variable, and no number."""
        for math, behind in pairwise(sentence.tokens) if self.trial else ():
            if not isinstance(math, Math) or not isinstance(behind, Word) or behind.text not in ("if", "when", "whenever"):
                continue
            for tree in statements(math):
                if isinstance(tree, Relation) and could_be_name(tree.sides[0]) and isinstance(tree.sides[-1], Number):
                    name = Math(tree.sides[0].span or math.span, math.place, False, plain=math.plain)
                    span = math.span.to(sentence.span)
                    fault = _not_worked_out(name, f"{math.text} {behind.text} ...", span)
                    self.stated.append(Stated(name, tree.sides[0], span, fault=fault))

    def _doubt_thrown(self, sentence: Sentence, pieces: Sequence[Piece]) -> None:
        """A later sentence may change what was thrown, "Only even numbers are reported.", or say how often it is."""
        if self.trial is None or self.thrown is None:
            return
        thrown = self.stated[self.thrown]
        if unread := changed_by(pieces):
            (head,) = trees(thrown.name)
            fault = _not_understood(self.trial.thing, unread, sentence.span)
            self.stated[self.thrown] = replace(thrown, tree=replace(head, span=thrown.span), fault=fault)
            self.trial = replace(self.trial, chances=())
        else:
            self._say_how_often()

    def _state(self, sentence: Sentence, pieces: Sequence[Piece], phrase: Phrase) -> tuple[Math, int, int] | None:
        """Take up what a phrase says; its name, and the tokens that name and phrase take. None where it is none."""
        before = _name_before(pieces, phrase.start, adjacent=phrase.derived)
        named = _name_behind(pieces, phrase.end, linked=phrase.derived) if before is None else before
        if named is None and (not phrase.sure or _describes(pieces, phrase)):
            return None
        if named is None and phrase.derived and not mentions_quantity(sentence.tokens):
            return None
        if phrase.thrown and before is not None and self._is_of_all_throws(pieces[before + 1 : phrase.start]):
            phrase = replace(phrase, body="", what=f"several throws of the {phrase.what}")
        first = pieces[phrase.start].index
        end = pieces[phrase.end - 1].index + 1
        span = span_of(sentence.tokens[first:end])
        if named is None:
            name = self._invent(sentence, span, phrase.called)
            said = frozenset(piece.text for piece in pieces[phrase.start : phrase.end] if piece.math is None)
            self.described.append(Described(name.name, said, standing_before(sentence.tokens, first), self.number))
            name = replace(name, name=self.meant.get(name.name, name.name))
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

    def _is_of_all_throws(self, between: Sequence[Piece]) -> bool:
        """ "Let $X$ be the outcome of" what is thrown several times; not "the outcome of the first toss of"."""
        said = {piece.text for piece in between}
        return self.trial is not None and self.trial.count != 1 and not said.isdisjoint(_RESULTS) and said.isdisjoint(_ONE_OF)

    def _add(self, name: Math, phrase: Phrase, span: Span) -> None:
        (head,) = trees(name)
        if (key(head), name.part) in self.defined:
            message = f"{name.text} is also given by a formula, which is used"
            self.notes.append(Diagnostic("note", "stated-twice", message, span))
            return
        if not phrase.body:
            unread = phrase.unread and _not_understood(phrase.what, phrase.unread, span)
            fault = unread or _not_worked_out(name, phrase.what, span)
            self.stated.append(Stated(name, replace(head, span=span), span, fault=fault))
            return
        text = f"{name.text} {phrase.body}"
        tree = parse_statements(Source("", text).span(), vocabulary(), "latex").statements[0]
        placed = transform(tree, lambda part: replace(part, span=None if isinstance(part, Number) else span))
        self.outcomes = phrase.outcomes or self.outcomes
        self.labelled = self.labelled or bool(phrase.called)
        if phrase.thrown:
            self.thrown = len(self.stated)
        self.stated.append(Stated(name, placed, span, phrase.taken))
        self._add_other_name(phrase, span, name)

    def _add_other_name(self, phrase: Phrase, span: Span, name: Math) -> None:
        r"""The name that a formula gives to the list of probabilities, `\mathcal{P}_X`, where the text uses it further."""
        for math in phrase.taken:
            found = trees(math)
            head = key(found[0].sides[0]) if len(found) == 1 and isinstance(found[0], Relation) else None
            side = next((tree.sides[0].span for tree in statements(math) if isinstance(tree, Relation)), None)
            if head is not None and side is not None and names_a_set(math) and self.named.get(head, 0) > 1:
                other = replace(math, span=side)
                self._add(other, replace(phrase, taken=()), span)

    def _invent(self, sentence: Sentence, span: Span, wanted: str) -> Math:
        letters = (wanted, *_NAMES, *(f"P_{{{k}}}" for k in range(len(self.used) + 1)))
        name = next(each for each in letters if each and each not in self.used)
        self.used.add(name)
        return Math(span, sentence.place, display=False, name=name)

    def _note_outcomes(self, sentence: Sentence) -> None:
        for token in sentence.tokens:
            if isinstance(token, Math) and not token.illustration:
                self.outcomes = _outcomes_in(token) or self.outcomes


def _not_worked_out(name: Math, what: str, span: Span) -> Diagnostic:
    message = f"{name.text} is derived from something else ({what}), and its distribution is not worked out here"
    return Diagnostic("error", "derived-variable", message, span, f"give its distribution: {name.text} = {{0: 0.5, 1: 0.5}}")


def _not_understood(what: str, unread: str, span: Span) -> Diagnostic:
    message = f'what "{unread}" says of the {what} is not understood, and its distribution is not worked out'
    return Diagnostic("error", "description-not-understood", message, span, "give its distribution: P = {1: 0.5, 2: 0.5}")


def find_distributions(sentences: Iterable[Sentence]) -> tuple[list[Sentence], list[Stated], list[Diagnostic]]:
    """The sentences with names for what they describe, what they state, and what is said of it."""
    known = list(sentences)
    formulas = [token for sentence in known for token in sentence.tokens if isinstance(token, Math)]
    written = [tree for math in formulas for tree in trees(math)]
    used = frozenset(part.text for tree in written for part in walk(tree) if isinstance(part, Name))
    first = next((found for math in formulas if (found := _outcomes_in(math))), ())
    defined = {(name, math.part) for math in formulas for tree in trees(math) for name in _defined(tree)}
    named = Counter(key(part) for tree in written for part in walk(tree) if could_be_name(part))
    finder = _Finder(used, defined, first, any(map(_is_one_hot, written)), named=named)
    read = finder.read_all(known)
    finder.refuse_others(known, {name for name, _ in defined})
    taken = {name for name, _ in defined} | {key(tree) for each in finder.stated for tree in trees(each.name)}
    if meant := matched(finder.described, known, taken):
        finder = _Finder(used, defined, first, finder.one_hot, meant=meant, named=named)
        read = finder.read_all(known)
        finder.refuse_others(known, {name for name, _ in defined})
    return read, finder.stated, finder.notes


def clashing(stated: Sequence[Stated]) -> set[Span]:
    """The formulas of parameters that hold for one distribution alone, as they have another value in another one, and those of
    sets, which say no more than what is stated.
    """
    values: dict[Tree, set[Tree]] = {}
    for each in stated:
        for head, value in _parameters(each):
            values.setdefault(head, set()).add(value)
    several = {head for head, found in values.items() if len(found) > 1}
    taken = [math for each in stated for math in each.taken]
    return {math.span for math in taken if names_a_set(math) or any(head in several for head, _ in _equations(math))}


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
    head, body = tree.sides[:2]
    if isinstance(body, Bracket) and body.kind == "{" and not any(isinstance(item, Relation) for item in body.items):
        return []
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


def _name_before(pieces: Sequence[Piece], start: int, *, adjacent: bool = False) -> int | None:
    """The piece of the name that the phrase is said of: "$P$ is a", "Distribution ($P$): a". adjacent: also right before it."""
    index = start - 1
    while index >= 0 and pieces[index].math is None and pieces[index].text in _BEFORE:
        index -= 1
    elided = adjacent or (index == start - 1 and index > 0 and pieces[index - 1].text in ("and", ",", "while", "but"))
    return index if _is_name(pieces, index) and (index < start - 1 or elided) else None


def _name_behind(pieces: Sequence[Piece], end: int, *, linked: bool = False) -> int | None:
    """The piece of the name behind it: "a fair coin $P$". linked: also of "the sum is $S$"."""
    while linked and end < len(pieces) and pieces[end].text in _CALLED:
        end += 1
    said = tuple(piece.text for piece in pieces[end : end + 4])
    called = next((lead for lead in _NAMING if said[: len(lead)] == lead), ())
    if called and _is_name(pieces, end + len(called)):
        return end + len(called)
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
