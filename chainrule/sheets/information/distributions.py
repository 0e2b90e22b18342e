"""Distributions that sentences state: "$X$ is Poisson with rate 3", "Let $P$ be a fair coin", "a binomial distribution".

Each becomes a statement in the notation of formulas. One without a name gets one, so that what is asked of it can name it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from chainrule.errors import Diagnostic
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.argument_formulas import arguments_in
from chainrule.sheets.information.becoming import with_becoming
from chainrule.sheets.information.binary_labels import is_binary
from chainrule.sheets.information.called_quantities import with_called
from chainrule.sheets.information.channels import with_channels
from chainrule.sheets.information.class_numbers import NOTHING_SAID, Numbering, find_numbering
from chainrule.sheets.information.conditional_words import with_conditionals
from chainrule.sheets.information.definitions import defined_in, happens, head_of, is_one_hot, outcomes_in, outcomes_said
from chainrule.sheets.information.derived import derives
from chainrule.sheets.information.described import Context, phrase_at
from chainrule.sheets.information.ellipses import with_nouns
from chainrule.sheets.information.ensembles import names_a_set
from chainrule.sheets.information.faces import altered_by, changed_by, limited_before, limited_by, limiting_at
from chainrule.sheets.information.family_pairs import find_pair
from chainrule.sheets.information.family_phrases import OWN_NAME, Phrase
from chainrule.sheets.information.formula_phrases import supports_said
from chainrule.sheets.information.free_names import Described, has_sides, matched, side_at, words_of
from chainrule.sheets.information.joint_lists import with_joint_lists
from chainrule.sheets.information.label_phrases import Smoothing, find_smoothing
from chainrule.sheets.information.listing import placed
from chainrule.sheets.information.phrase_names import (
    describes,
    name_before,
    name_behind,
    name_under,
    names_before,
    names_behind,
    noun_before,
    others_before,
    subject_of,
)
from chainrule.sheets.information.refused import not_understood, not_worked_out, refuse_cases
from chainrule.sheets.information.said_to_be import find_said
from chainrule.sheets.information.sequences import find_turns
from chainrule.sheets.information.single_throws import find_single, independent_throws
from chainrule.sheets.information.softmaxes import Softmax, with_softmax
from chainrule.sheets.information.standing import standing_before, standing_of
from chainrule.sheets.information.stopping import stopping_words
from chainrule.sheets.information.subject import speaks_of_layers
from chainrule.sheets.information.trials import Attempt, Trial, attempt_in, is_limited, trial_in
from chainrule.sheets.information.two_stages import with_stages
from chainrule.sheets.information.urns import Urn, find_urn
from chainrule.sheets.information.valued_outcomes import with_values
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.quantity_words import Piece, mentions_quantity, pieces_of
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math, Stated
from chainrule.source import Span
from chainrule.syntax.tree import Name, Relation, Tree, walk

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
    invented: dict[str, Math] = field(default_factory=dict[str, Math])
    """The names of what words describe without one, by what they say: "the fair coin" is the one that was described."""
    binary: bool = False
    """The text speaks of labels that are 0 or 1."""
    layered: bool = False
    """The text speaks of layers, whose values are no distributions; `sided`: of inputs and outputs."""
    sided: bool = False
    labelled: bool = False
    """A formula or a sentence gives a one-hot label."""
    numbering: Numbering = NOTHING_SAID
    """What the text says of the numbers of classes."""
    smoothing: Smoothing | None = None
    """What it says of a label that is smoothed."""
    urn: Urn | None = None
    """Of what one thing is drawn."""
    trial: Trial | None = None
    """What is thrown, and how often."""
    attempt: Attempt | None = None
    thrown: int | None = None
    """Which of the statements is that of what is thrown."""
    drawn: list[Math] = field(default_factory=list[Math])
    """The names of what formulas say is drawn, `X` of `X \\sim \\mathrm{Exp}(3)`."""

    def read_all(self, sentences: Sequence[Sentence]) -> list[Sentence]:
        self.used, self.labelled, self.trial, self.thrown = set(self.taken), self.one_hot, None, None
        self.invented, self.numbering, self.urn = {}, find_numbering(sentences), find_urn(sentences)
        said = [pieces_of(each.tokens) for each in sentences]
        self.smoothing = find_smoothing(said, self.first, self.numbering)
        self.attempt = Attempt(frozenset(), "") if any(map(is_limited, said)) else None
        found: list[Sentence] = []
        noun = ""
        for self.number, sentence in enumerate(sentences):
            whole, noun = with_nouns(sentence, noun)
            found.append(self.read(whole))
        return found

    def read(self, sentence: Sentence) -> Sentence:
        """The sentence with a name in the place of each distribution that it describes."""
        self._note_outcomes(sentence)
        pieces = pieces_of(sentence.tokens)
        if any(piece.text in _NEVER for piece in pieces) and not derives(pieces):
            return sentence
        self.trial = trial_in(pieces, self.trial)
        self.stated += refuse_cases(sentence) if self.trial else []
        self._doubt_thrown(sentence, pieces)
        self._doubt_drawn(sentence, pieces)
        asks = mentions_quantity(sentence.tokens)
        self.attempt = attempt_in(pieces, self.attempt)
        context = Context(self.trial, self.urn, self.numbering, asks=asks, layered=self.layered, binary=self.binary)
        several = bool(self.outcomes) and len(self.outcomes) != len(self.first)
        context = replace(context, smoothing=self.smoothing, attempt=self.attempt, several=several)
        tokens: list[Word | Math] = []
        here, index, before = 0, 0, len(self.stated)
        while index < len(pieces):
            if (pair := find_pair(pieces, index)) is not None:
                first, end = pieces[index].index, pieces[pair[0].end - 1].index + 1
                tokens += [*sentence.tokens[here:first], *self._state_both(sentence, pieces, pair)]
                here, index = end, pair[0].end
                continue
            phrase = phrase_at(pieces, index, replace(context, outcomes=self.outcomes or self.first, labelled=self.labelled))
            if phrase is None and (single := find_single(pieces, index, self.trial)) is not None:
                phrase, names = single
                self._state_throws(
                    names, phrase, span_of(sentence.tokens[pieces[index].index : pieces[phrase.end - 1].index + 1])
                )
                index = phrase.end
                continue
            found = phrase and self._state(sentence, pieces, phrase)
            if phrase is None or found is None:
                index += 1
                continue
            name, first, end = found
            role = [Word(phrase.role, name.span)] if phrase.role and name.name else []
            tokens += [*sentence.tokens[here : max(here, first)], *role, name]
            here, index = end, max(index + 1, next((i for i, p in enumerate(pieces) if p.index >= end), len(pieces)))
        if self.thrown is not None and self.thrown >= before:
            self._say_how_often()
        return replace(sentence, tokens=(*tokens, *sentence.tokens[here:])) if here else sentence

    def _is_given(self, math: Math | None) -> bool:
        return math is not None and any(key(tree) == name for tree in trees(math) for name, _ in self.defined)

    def _say_how_often(self) -> None:
        if self.thrown is not None and self.trial is not None and self.trial.count != 1:
            self.stated[self.thrown] = replace(self.stated[self.thrown], repeated=True)

    def refuse_others(self, sentences: Sequence[Sentence], defined: set[Tree]) -> None:
        """Letters that are said to be something else than what words describe: never is that taken for them."""
        told = {key(tree) for each in self.stated for tree in trees(each.name)} | defined
        for each in find_said(sentences) if self.described else ():
            if each.symbol not in told and not each.words <= frozenset[str]().union(*(d.words for d in self.described)):
                fault = not_worked_out(each.name, each.what, each.span)
                self.stated.append(Stated(each.name, replace(each.symbol, span=each.name.span), each.span, fault=fault))

    def _doubt_thrown(self, sentence: Sentence, pieces: Sequence[Piece]) -> None:
        """A later sentence may change what was thrown, "Only even numbers are reported.", or say how often it is."""
        if self.trial is None or self.thrown is None:
            return
        thrown = self.stated[self.thrown]
        if unread := changed_by(pieces):
            (head,) = trees(thrown.name)
            fault = not_understood(self.trial.thing, unread, sentence.span)
            self.stated[self.thrown] = replace(thrown, tree=replace(head, span=thrown.span), fault=fault)
            self.trial = replace(self.trial, chances=())
        else:
            self._say_how_often()

    def _doubt_drawn(self, sentence: Sentence, pieces: Sequence[Piece]) -> None:
        """Words behind a formula that limit what it says, "$P = (0.5, 0.5)$ except on Sundays", or that begin the sentence
        behind a description, "Except on Sundays it is always sunny."
        """
        for index, piece in enumerate(pieces):
            drawn = [tree for tree in trees(piece.math) if defined_in(tree)] if piece.math is not None else []
            if drawn and piece.math is not None and (unread := limiting_at(pieces, index + 1) or altered_by(pieces, index + 1)):
                self._doubt(replace(piece.math, span=head_of(drawn[0]).span or piece.math.span), unread, sentence)
        for name in self.drawn:
            if unread := altered_by(pieces, 0, [name.text.strip()[:1]]):
                self._doubt(name, unread, sentence)
        for math in (piece.math for piece in pieces if piece.math is not None):
            self.drawn += [
                replace(math, span=span) for tree in trees(math) if defined_in(tree) and (span := head_of(tree).span)
            ]
        told = self.stated[-1] if self.stated else None
        names = [told.name.text.strip()[:1]] if told is not None else []
        if told is not None and told.fault is None and (unread := limiting_at(pieces, 0) or altered_by(pieces, 0, names)):
            (head,) = trees(told.name)
            fault = not_understood(f"distribution of {told.name.text}", unread, sentence.span)
            self.stated[-1] = replace(told, tree=replace(head, span=told.span), fault=fault)

    def _doubt(self, name: Math, unread: str, sentence: Sentence) -> None:
        """Refuse a distribution that a formula gives, and words change."""
        fault = not_understood(f"distribution of {name.text}", unread, sentence.span)
        (head,) = trees(name)
        self.stated.append(Stated(name, replace(head, span=name.span), sentence.span, fault=fault))

    def _state(self, sentence: Sentence, pieces: Sequence[Piece], phrase: Phrase) -> tuple[Math, int, int] | None:
        """Take up what a phrase says; its name, and the tokens that name and phrase take. None where it is none."""
        before = name_under(pieces, phrase) or phrase.inside or name_before(pieces, phrase.start, adjacent=phrase.derived)
        count = self.trial.count if self.trial is not None and phrase.thrown else None
        count = 1 if not phrase.thrown else count
        several = names_behind(pieces, phrase.end, count or 0) if before is None else []
        named = before
        if several:
            named = next(i for i in range(phrase.end, len(pieces)) if pieces[i].math is not None)
        elif before is None and count != 1 and (subject := subject_of(pieces, phrase.start)) is not None:
            named, phrase = subject, replace(phrase, body="", what=f"several throws of the {phrase.what}")
        elif before is None:
            named = name_behind(pieces, phrase.end, linked=phrase.derived)
        passing = phrase.derived and not mentions_quantity(sentence.tokens)
        if named is None and (not phrase.sure or passing or describes(pieces, phrase)):
            return None
        if phrase.inside is not None and self._is_given(pieces[phrase.inside].math):
            return None
        names = 0 if before is None else 1 + len(others_before(pieces, before, phrase.start))
        all_throws = before is not None and self._is_of_all_throws(pieces[before + 1 : phrase.start])
        if phrase.thrown and before is not None and names != count and (all_throws or (names > 1 and count is not None)):
            phrase = replace(phrase, body="", what=f"several throws of the {phrase.what}")
        if phrase.thrown and self.trial is not None and self.trial.until:
            phrase = replace(phrase, body="", unread=stopping_words(pieces) or "until")
        unread = limited_by(pieces, phrase.end) or limited_before(pieces, phrase.start) or altered_by(pieces, phrase.end)
        unread = unread or ("" if named is not None else noun_before(pieces, phrase.start))
        if phrase.body and unread:
            phrase = replace(phrase, body="", unread=unread)
        first = pieces[phrase.start].index
        end = pieces[phrase.end - 1].index + 1
        span = span_of(sentence.tokens[first:end])
        the = phrase.start > 0 and pieces[phrase.start - 1].text in ("the", "its")
        if named is None and the and phrase.body and (again := self.invented.get(phrase.body)):
            return replace(again, span=span, place=sentence.place), first - 1, end
        if named is None:
            wanted = phrase.called or (side_at(sentence.tokens, first, self.taken) if self.sided else "")
            name = self._invent(sentence, span, wanted)
            said = words_of(sentence, pieces, phrase)
            standing = standing_of([phrase.role]) or standing_before(sentence.tokens, first)
            self.described.append(Described(name.name, said, standing, self.number, sentence.place.part))
            name = replace(name, name=self.meant.get(name.name, name.name))
            self.invented[phrase.body] = name
            message = f"the {phrase.what} is called {name.name} here" + (f"; {phrase.guess}" if phrase.guess else "")
            severity = "warning" if phrase.guess else "note"
            self.notes.append(Diagnostic(severity, "named-distribution", message, span))
            first -= first > 0 and isinstance(t := sentence.tokens[first - 1], Word) and t.text in _ARTICLES
        else:
            at = pieces[named].index
            token = sentence.tokens[at]
            assert isinstance(token, Math)
            name, first, end = arguments_in(token)[0], min(first, at), max(end, at + 1)
            others = others_before(pieces, named, phrase.start) or several[1:]
            if phrase.thrown and phrase.body and others:
                self._state_throws(sorted([name, *others], key=lambda math: math.span.start), phrase, span)
                return name, first, end
            for other in others:
                self._add(other, phrase, span)
        self._add(name, phrase, span)
        return name, first, end

    def _state_throws(self, names: Sequence[Math], phrase: Phrase, span: Span) -> None:
        """Take up throws, one for each name; they do not depend on each other."""
        for name in names:
            self._add(name, phrase, span)
        stated, note = independent_throws(names, span)
        self.stated.append(stated)
        self.notes.append(note)

    def _state_both(self, sentence: Sentence, pieces: Sequence[Piece], pair: tuple[Phrase, Phrase]) -> list[Word | Math]:
        """Take up two members of a family; the words for their names, none where the names stand before them."""
        start = pair[0].start
        span = span_of(sentence.tokens[pieces[start].index : pieces[pair[0].end - 1].index + 1])
        names = names_before(pieces, start)
        for name, phrase in zip(names, pair, strict=bool(names)):
            self._add(name, phrase, span)
        if names:
            return []
        made = [self._invent(sentence, span, "") for _ in pair]
        for name, phrase in zip(made, pair, strict=True):
            message = f"the {phrase.what} {phrase.body} is called {name.name} here"
            self.notes.append(Diagnostic("note", "named-distribution", message, span))
            self._add(name, phrase, span)
        return [made[0], Word("and", span), made[1]]

    def _is_of_all_throws(self, between: Sequence[Piece]) -> bool:
        """ "Let $X$ be the outcome of" what is thrown several times; not "the outcome of the first toss of"."""
        said = {piece.text for piece in between}
        return self.trial is not None and self.trial.count != 1 and not said.isdisjoint(_RESULTS) and said.isdisjoint(_ONE_OF)

    def _add(self, name: Math, phrase: Phrase, span: Span) -> None:
        (head,) = trees(name)
        if (key(head), name.part) in self.defined:
            self.notes.append(
                Diagnostic("note", "stated-twice", f"{name.text} is also given by a formula, which is used", span)
            )
            return
        if not phrase.body:
            fault = (
                not_understood(phrase.what, phrase.unread, span) if phrase.unread else not_worked_out(name, phrase.what, span)
            )
            self.stated.append(Stated(name, replace(head, span=span), span, fault=fault))
            return
        tree = placed(f"{name.text} {phrase.body.replace(OWN_NAME, f'{{{name.text}}}')}", _inside(span))
        self.outcomes = phrase.outcomes or self.outcomes
        self.labelled = self.labelled or bool(phrase.called)
        if phrase.thrown:
            self.thrown = len(self.stated)
        self.stated.append(Stated(name, tree, span, phrase.taken))
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
                self.outcomes = outcomes_in(token) or self.outcomes


def _inside(span: Span) -> Span:
    """A span without the delimiter of the formula that it begins with, so that it begins in what belongs to a part."""
    return Span(span.source, span.end - len(span.text.lstrip("$\\([ ")), span.end)


def find_distributions(
    sentences: Iterable[Sentence], tables: Sequence[Tree] = ()
) -> tuple[list[Sentence], list[Stated], list[Diagnostic]]:
    """The sentences with names for what they describe, what they state, and what is said of it. tables: what these state."""
    renewed, again = with_becoming(list(sentences))
    joint = with_joint_lists(renewed, tables)
    stages = with_stages(with_called(joint.sentences))
    channels = with_channels(stages.sentences)
    unconditional, conditionals = with_conditionals(channels.sentences)
    values = with_values(unconditional)
    known = values.sentences
    formulas = [token for sentence in known for token in sentence.tokens if isinstance(token, Math)]
    written = [tree for math in formulas for tree in trees(math)]
    used = frozenset(part.text for tree in (*written, *tables) for part in walk(tree) if isinstance(part, Name))
    first = next((found for math in formulas if (found := outcomes_in(math))), ())
    supports = supports_said(known)
    first = first or next((found for tree in (*tables, *(s.tree for s in supports)) if (found := outcomes_said(tree))), ())
    defined = {(name, math.part) for math in formulas for tree in trees(math) if not happens(tree) for name in defined_in(tree)}
    named = Counter(key(part) for tree in written for part in walk(tree) if could_be_name(part))
    turns = find_turns(known)
    layered = turns is not None or any(map(speaks_of_layers, known))
    binary, sided = is_binary(known) and not first, has_sides(renewed)
    softmax = Softmax(tuple(known)) if layered else with_softmax(known, used)
    known, first = list(softmax.sentences), first or ("",) * softmax.size
    used |= {part.text for each in softmax.stated for part in walk(each.tree) if isinstance(part, Name)}
    made = partial(_Finder, used, defined, first, named=named, layered=layered, binary=binary, sided=sided)
    finder = made(one_hot=any(map(is_one_hot, written)))
    read = finder.read_all(known)
    finder.refuse_others(known, {name for name, _ in defined})
    taken = {name for name, _ in defined} | {key(tree) for each in finder.stated for tree in trees(each.name)}
    if meant := matched(finder.described, known, taken, sided):
        finder = made(one_hot=finder.one_hot, meant=meant)
        read = finder.read_all(known)
        finder.refuse_others(known, {name for name, _ in defined})
    before = [*again, *supports, *joint.stated, *stages.stated, *channels.stated, *conditionals]
    stated = values.settle([*before, *softmax.stated, *finder.stated])
    return read, stated, [*stages.notes, *channels.notes, *softmax.notes, *([turns.note] if turns else []), *finder.notes]
