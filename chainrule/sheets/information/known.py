"""The distributions that a problem speaks of, as its tasks see them: which of them words can mean.

A true distribution comes before an estimated one: the cross-entropy and the divergence of a loss are those of the labels
relative to the predictions.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import permutations

from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.forms import NEUTRAL, words
from chainrule.sheets.information.batches import Batch
from chainrule.sheets.information.ellipses import ADJECTIVES
from chainrule.sheets.information.listing import spell
from chainrule.sheets.information.members import Member
from chainrule.sheets.information.mismatched_codes import Code
from chainrule.sheets.information.nouns import TURNS
from chainrule.sheets.information.sequences import Turns
from chainrule.sheets.information.standing import STANDINGS, Standing, plain_phrase
from chainrule.sheets.information.things import THINGS, Thing
from chainrule.sheets.notation import trees
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import Notation, heads_of
from chainrule.sheets.sheet import Math
from chainrule.source import Span
from chainrule.syntax.tree import Relation, Tree, walk

_GENERIC = words(
    "distribution distributions probability probabilities mass function functions pmf pmfs source random variable variables"
    " vector vectors outcome outcomes event events class classes data label labels discrete experiment message letter text"
    " shannon shannon's base i.e. both two one hot single example pair sample toss throw roll flip draw"
    " density densities colour color ball card draws result number shown drawn output outputs day"
    " symbol symbols observation trial out"
)
"""These fit every distribution; any other word must have been said of the one that is meant."""

_CONCRETE = words("text message letter day card ball experiment")
"""Of these that fit every distribution one may be said of a single one."""
_SETS = words("test training corpus")
_SEVERAL = words("joint jointly conditional marginal marginals independent independently given")
"""Sentences with one of these speak of distributions of several variables."""
_UNEVEN = ADJECTIVES - {"fair", "unbiased"}
"""Of two things of which one is fair these mean the other."""
_TELLING = ADJECTIVES | TURNS | words("prior posterior")
_WHAT_TURNS = words("policy model agent estimate distribution source forecast one")
_ANY = words("distribution distributions")
"""These tell none from another."""
_OUTPUTS = words("output outputs")
_LINKING = words("of for in on from to has have had gives")
_CHANGING = words("channel channels noise noisy corrupted corrupts flipped erased distorted passes passed")
"""What is drawn goes through something that gives an output with another distribution."""


@dataclass(frozen=True)
class Known:
    """A distribution with a name: `math` is the name where it is defined, or first mentioned."""

    name: Tree
    math: Math
    part: str | None
    standing: Standing = ""
    defined: bool = False
    entries: tuple[Math, ...] = ()
    """The probabilities where they are listed."""
    parts: tuple[str | None, ...] = ()
    """Where it is defined, in order; more than one part where a later one says it anew."""
    labels: tuple[str, ...] = ()
    """The outcomes where they are told."""
    caption: str = ""
    """What it is numbered by: "model a"."""
    binary: bool = False
    """It is of 0 and 1: a member of the family, or a number that is the probability of 1."""
    number: bool = False
    """It is one number."""
    said: frozenset[str] = frozenset()
    """The words of the sentence or phrase that introduces it."""
    subject: frozenset[str] = frozenset()
    """The noun, with its adjectives, of which a sentence says that it has the distribution: "the error is uniform on"."""
    clause: frozenset[str] = frozenset()
    """The words of the clause where it is defined: whose it is, "the teacher outputs"."""
    end: int = 0
    """Where that ends."""
    passing: bool = False
    """Only a question speaks of it."""


@dataclass
class Distributions:
    """Those of a problem in order of the text, as a request in `part` sees them."""

    known: list[Known] = field(default_factory=list[Known])
    part: str | None = None
    more: bool = False
    """Others come later, of which the request says nothing."""
    settled: bool = True
    """Of those that come later questions alone speak."""
    things: tuple[Thing, ...] = ()
    """What the sentences introduce."""
    spoken: tuple[tuple[int, frozenset[str], bool], ...] = ()
    """Where each sentence that asks nothing ends, its words, and whether it has an equation."""
    begin: int = 0
    """Where the request begins."""
    softmax: tuple[Math, Math] | None = None
    """The probabilities that words leave to the reader, and the scores that they are made of."""
    correct: tuple[Math, ...] = ()
    """The probabilities that predictions give to what is correct, where words tell no others."""
    cards: bool = False
    """Cards are drawn from a deck of 52."""
    batch: Batch | None = None
    """The samples of a batch."""
    turns: Turns | None = None
    """The probabilities of the words of a text in turn."""
    loss: bool = False
    """The text calls its cross-entropy the loss, and has no formula for one."""
    heads: frozenset[str] = frozenset()
    """The letters of the functions and quantities that formulas define, the h of `h(p) = ...`."""
    repeated: frozenset[Tree] = frozenset()
    """Those of one throw, where the text throws several times."""
    bodies: Mapping[Tree, Tree] = field(default_factory=dict[Tree, Tree])
    """What formulas compute names from, the `(P + Q)/2` of M."""
    events: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """The outcomes of variables with their probabilities as the text writes them, `P(X = 1)`."""
    members: Mapping[Tree, tuple[Member, ...]] = field(default_factory=dict[Tree, tuple[Member, ...]])
    """The members of families that names are said to be."""
    chances: Mapping[Tree, tuple[str, ...]] = field(default_factory=dict[Tree, tuple[str, ...]])
    """The probabilities of those that words describe by their outcomes."""
    code: Code | None = None
    """The code that the text speaks of."""
    variables: frozenset[Tree] = frozenset()
    """Those of joint distributions."""
    nouns: Mapping[str, str] = field(default_factory=dict[str, str])
    """What the text calls these variables, with their names."""
    common: tuple[tuple[Tree, int], ...] = ()
    """The names that formulas outside of parts define, each with its place."""
    unread: bool = False
    """The text says more of distributions, which was not understood."""

    def fits(self, math: Math, nouns: Iterable[str]) -> bool:
        """Whether words can mean this distribution: each is generic or was said of it, and no later thing has the noun."""
        known = next((each for each in self.known if each.math == math), None)
        plain = set(nouns)
        if known is None or not plain - _GENERIC - STANDINGS <= known.said:
            return False
        if _contradict(plain, known.said) or (self._are_changed(plain) and not plain & _OUTPUTS <= known.said):
            return False
        return plain.isdisjoint(thing.noun for thing in self._things_after(known.end))

    def own_nouns(self) -> frozenset[str]:
        """The words that the sentences of several distributions say of them, and that can but describe one."""
        known = self._defined()
        said = (word for each in known for word in each.said if is_descriptive(word) or word in _SETS)
        return frozenset(said) - NEUTRAL - _LINKING if len(known) > 1 else frozenset()

    def was_said(self, word: str) -> bool:
        """Whether the text before the request has a form of this word, "samples" for "sampling"."""
        stem = word[: max(4, len(word) - 3)]
        return any(each.startswith(stem) for end, said, _ in self.spoken if end <= self.begin for each in said)

    def is_of_subject(self, nouns: Iterable[str]) -> bool:
        """Whether the only distribution is what the text says that these have, and nothing else that it says."""
        single, nouns = self.single(), tuple(nouns)
        subjects = [each.subject for each in self.known if single and each.math == single[0]]
        said = f"{plain_phrase(nouns)} "
        compound = any(" " in each and f"{each} ".startswith(said) for subject in subjects for each in subject)
        return compound or any(subject.issuperset(nouns) for subject in subjects)

    def is_joint(self) -> bool:
        """Whether the text speaks of several variables."""
        return any(not _SEVERAL.isdisjoint(said) for _, said, _ in self.spoken)

    def defines(self, notation: Notation) -> bool:
        """Whether the text has a formula for this notation, `h(p) = ...`."""
        return any(head in self.heads for head in heads_of(notation.math))

    def is_named(self, math: Math) -> bool:
        """Whether the formula is the name of one of them."""
        names = {key(tree) for tree in trees(math)}
        return any(each.defined and each.name in names for each in self.known)

    def is_repeated(self, math: Math) -> bool:
        """Whether it is the distribution of one of several throws."""
        return any(key(tree) in self.repeated for tree in trees(math))

    def is_variable(self, math: Math) -> bool:
        """Whether the formula says something of a variable of a joint distribution, `Y = 0`."""
        return not self.variables.isdisjoint(_names_in(math))

    def is_nearest(self, math: Math) -> bool:
        """Whether nothing else was introduced behind it, so that "its" can mean it."""
        known = next((each for each in self.known if each.math == math), None)
        return known is not None and not self._things_after(known.end)

    def fits_unnamed(self, nouns: Iterable[str], pronoun: bool) -> bool:
        """The same of what only tables or single probabilities give: "A coin has $P(H) = 0.4$ ..."."""
        before = [each for each in self.spoken if each[0] <= self.begin]
        giving = [each for each in before if each[2]] or before
        plain = set(nouns)
        said_of = {word for _, said, _ in giving for word in said}
        if self._are_changed(plain) or _contradict(plain, said_of):
            return False
        if not plain - _GENERIC - STANDINGS <= said_of:
            return False
        later = self._things_after(giving[0][0]) if giving and giving[0][2] else []
        return not (pronoun and later) and plain.isdisjoint(thing.noun for thing in later)

    def _are_changed(self, nouns: set[str]) -> bool:
        """Whether an output is meant and the text sends what is drawn through something that changes it."""
        if _OUTPUTS.isdisjoint(nouns):
            return False
        said = {word for end, words_said, _ in self.spoken if end <= self.begin for word in words_said}
        said |= {thing.noun for thing in self.things if thing.span.end <= self.begin}
        return not _CHANGING.isdisjoint(said)

    def _things_after(self, end: int) -> list[Thing]:
        return [thing for thing in self.things if end <= thing.span.start and thing.span.end <= self.begin]

    def called(self, math: Math) -> Standing:
        """What the words say of the distribution with this name."""
        found: list[Standing] = [each.standing for each in self.known if each.name in _names_in(math)]
        return found[0] if found else ""

    def only_other(self, math: Math) -> Math | None:
        """The only distribution with another name than this one."""
        others = [each.math for each in self._defined() if each.name not in _names_in(math)]
        return others[0] if len(others) == 1 else None

    def holds_as_in(self, math: Math, label: str) -> bool:
        """Whether every distribution that a formula names was last defined in the part with this label, or before all parts."""
        names = {key(part) for tree in trees(math) for part in walk(tree) if could_be_name(part)}
        found = [each.parts for each in self.known if each.name in names and each.parts]
        return bool(found) and all(parts[-1] is None or parts[-1].rpartition(".")[2] == label for parts in found)

    def standing(self, standing: Standing) -> Math | None:
        """The only one with this standing, of the part, else of what is common to all."""
        found = [each for each in self.known if each.standing == standing]
        own = self._own(found) or found
        if not found and standing == "estimated" and len(others := self._defined()) == 2 and not any(e.passing for e in others):
            own = [each for each, other in permutations(others) if other.standing == "true"]  # beside the true one
        return own[0].math if len(own) == 1 else None

    def pair(self) -> tuple[Math, ...]:
        """The true and the estimated one, else the only two; () where the text does not tell."""
        own = self._own(self._defined())
        if len(own) == 2 and {each.standing for each in own} == {""}:
            return tuple(each.math for each in own)
        true, estimated = self.standing("true"), self.standing("estimated")
        if own and not any(each.math in (true, estimated) for each in own):
            return ()
        if true and estimated:
            listed = any(len(each.entries) > 1 for each in self.known if each.math == estimated)
            return () if self.is_number(true) and listed else (true, estimated)  # of one number no list is predicted
        return self.all() if len(self.all()) == 2 and not any(each.standing for each in self.known) else ()

    def is_binary(self, math: Math) -> bool:
        """Whether it is a distribution of 0 and 1."""
        return any(each.binary for each in self.known if each.math == math)

    def is_number(self, math: Math) -> bool:
        """Whether it is a number, the probability of 1, and no name of a distribution."""
        return any(each.number for each in self.known if each.math == math)

    def single(self) -> tuple[Math, ...]:
        """The only one that the part defines, else the problem; () where there are several.

        What another part only asks about is none of them, where there is one besides.
        """
        settled = [each for each in self._defined() if not each.passing]
        found = self._own(self._defined()) or (settled if len(settled) == 1 else self._defined())
        return (found[0].math,) if len(found) == 1 else ()

    def named_by(self, nouns: Iterable[str]) -> tuple[Math, ...]:
        """The only one of several of which these nouns were said: "the source", where the other one is an engineer's."""
        known = self._defined()
        own = {noun for noun in nouns if [noun in each.said for each in known].count(True) == 1}
        own -= (_GENERIC - _CONCRETE) | STANDINGS
        named = {noun for noun in nouns if noun in (THINGS | _TELLING) - _ANY} | own
        telling = {noun for noun in named if noun in _TELLING or any(noun in each.said for each in known)}
        found = [each for each in known if telling <= each.said]
        if not found and len(known) == 2 and not telling.isdisjoint(_UNEVEN):
            rest = telling & ADJECTIVES - _UNEVEN
            found = [each for each, other in permutations(known) if "fair" in other.said - each.said and rest <= each.said]
            return (found[0].math,) if len(found) == 1 and _GENERIC | named >= set(nouns) else ()
        if not telling and (owned := self._owned_by(nouns)):
            return owned
        turned = not TURNS.isdisjoint(telling)
        plain = [noun for noun in nouns if not (turned and noun in _WHAT_TURNS)]
        return (found[0].math,) if telling and len(found) == 1 and self.fits(found[0].math, plain) else ()

    def _owned_by(self, nouns: Iterable[str]) -> tuple[Math, ...]:
        """The only one whose clause alone speaks of these: "the teacher outputs $P$, while the student outputs $Q$"."""
        known = self._defined()
        plain = [noun.removesuffix("'s").removesuffix("’s") for noun in nouns if noun not in NEUTRAL]
        telling = [noun for noun in plain if noun not in _GENERIC and [noun in each.clause for each in known].count(True) == 1]
        found = [each for each in known if each.clause.issuperset(telling)]
        whole = len(found) == 1 and bool(telling) and all(noun in _GENERIC | found[0].clause for noun in plain)
        rest = [noun for noun in plain if noun not in found[0].clause] if whole else ()
        return (found[0].math,) if whole and self.fits(found[0].math, rest) else ()

    def captioned(self, caption: str) -> tuple[Math, ...]:
        """The only one that is called so."""
        found = [each.math for each in self._defined() if each.caption == caption]
        return tuple(found) if len(found) == 1 else ()

    def entry(self, place: int, of: Math | None = None) -> tuple[Math, ...]:
        """The probability of the outcome at this place of the only one, or of the one that is named."""
        single, named = self.single(), [key(tree) for tree in trees(of)] if of is not None else []
        meant = [each for each in self._defined() if ([each.name] == named if of is not None else (each.math,) == single)]
        entries = meant[0].entries if len(meant) == 1 else ()
        return entries[place : place + 1]

    def outcome(self, label: str, of: Math | None = None) -> str:
        """The probability of an outcome, `P(rain)`, where only one distribution has it, or the one that is named; "" else."""
        names = [key(tree) for tree in trees(of)] if of is not None else []
        known = [each for each in self._defined() if of is None or each.name in names]
        found = [(each, own) for each in known for own in each.labels if own.lower() == label.lower()]
        events = self.events.get(label, ()) if of is None and not found else ()
        if len(events) == 1:
            return events[0]
        exact = [(each, own) for each, own in found if own == label] or found
        return f"{exact[0][0].math.text}({spell(exact[0][1])})" if len(exact) == 1 else ""

    def both_outcomes(self) -> tuple[str, ...]:
        """The probabilities of the outcomes of the only distribution, `P(heads)`, if it has two; () else."""
        single = self.single()
        labels = next((each.labels for each in self.known if single and each.math == single[0]), ())
        names = tuple(self.outcome(label, single[0]) for label in labels) if len(labels) == 2 else ()
        return names if all(names) and not self.is_repeated(single[0]) else ()

    def told(self) -> str:
        """The outcome that the last sentence says has come: "It rains."; "" where it tells of none, or of several."""
        before = [said for end, said, _ in self.spoken if end <= self.begin]
        if not before:
            return ""
        negated = not before[-1].isdisjoint(("not", "no", "never"))
        known = {label.lower() for each in self._defined() for label in each.labels if len(label) > 1}
        stems = {word[:-3] if word.endswith("ing") else word.removesuffix("ed").removesuffix("s") for word in before[-1]}
        found = {label for label in known if label.removesuffix("s") in stems | before[-1]}
        if negated:
            found = {f"no {label}" for label in found} & known
        return next(iter(found)) if len(found) == 1 else ""

    def all(self) -> tuple[Math, ...]:
        return tuple(each.math for each in self._defined())

    def for_request(self, part: str | None, span: Span) -> "Distributions":
        """Those that a request there can be of: of its part, and what was said before."""
        said = [e for e in self.known if e.math.span.start < span.end or (part is None and e.part is None)]
        settled = all(e.passing for e in self.known if e not in said)
        return replace(self, known=said, part=part, more=len(said) < len(self.known), settled=settled, begin=span.start)

    def without(self, math: Math) -> "Distributions":
        """All but this one."""
        return replace(self, known=[each for each in self.known if each.math != math])

    def _own(self, found: list[Known]) -> list[Known]:
        return [each for each in found if self.part is not None and each.part == self.part]

    def _defined(self) -> list[Known]:
        return [each for each in self.known if each.defined]


def _contradict(nouns: Set[str], said: Set[str]) -> bool:
    """Whether "the loaded die" is meant and a fair one is spoken of as well, or the other way round: it may be either."""
    uneven, fair = ADJECTIVES & _UNEVEN, ADJECTIVES - _UNEVEN
    return any(not one.isdisjoint(nouns) and not other.isdisjoint(said) for one, other in ((uneven, fair), (fair, uneven)))


def _names_in(math: Math) -> list[Tree]:
    """The names that a formula lists or defines."""
    heads = (tree.sides[0] if isinstance(tree, Relation) else tree for tree in trees(math))
    return [key(head) for head in heads if could_be_name(head)]
