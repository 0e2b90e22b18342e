"""The distributions that a problem speaks of, what its words call them, and which of them a quantity is of.

A true distribution comes before an estimated one: the cross-entropy and the divergence of a loss are those of the labels
relative to the predictions.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from chainrule.inference.literals import is_literal, number
from chainrule.inference.symbols import could_be_name, key
from chainrule.probability.families import FAMILIES
from chainrule.probability.quantities import QUANTITIES
from chainrule.sheets.forms import words
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.quantity_words import applied, mentions_quantity, notations_of
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated
from chainrule.sheets.things import Thing, things_in
from chainrule.source import Span
from chainrule.syntax.tree import Accent, Bracket, Juxtaposition, Prime, Relation, Subscript, Tree

Standing = Literal["true", "estimated", ""]
"""What the words say of a distribution."""

_TRUE = words("true target targets actual real ground groundtruth correct reference empirical")
_ESTIMATED = words(
    "estimated estimate estimates predicted prediction predictions predictive predicts model models approximating approximation"
    " approximate approximates approximated softmax network network's model's forecast learned learnt guess guessed surrogate"
    " returns outputs predicting"
)
_LABELS = words("label labels data one-hot observed class")
_NUMBERED = words(
    "model network classifier predictor forecaster forecast expert source machine coin die system student player candidate"
)
"""Nouns with a letter or a number: "model A"."""
_STOPS = words("and , . ; with that while but whereas")
"""Before one of these something else is spoken of."""
_RELATING = words("from to of relative against between")
_ENDS = words("a an the is be are let suppose")
_PLAIN = words(": ( ) for by of distribution distributions probabilities probability vector vectors")
_ABOUT = words(
    "distribution distributions probability probabilities pmf bernoulli binomial categorical random bits nats entropy"
)
_REACH = 9
"""So many words before a formula say what it is."""
_GENERIC = words(
    "distribution distributions probability probabilities mass function functions pmf pmfs source random variable variables"
    " vector vectors outcome outcomes event events class classes data label labels discrete experiment message letter text"
    " shannon shannon's base i.e. both two one hot single example pair sample toss throw roll flip draw"
)
"""These fit every distribution; any other word must have been said of the one that is meant."""


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
    caption: str = ""
    """What it is numbered by: "model a"."""
    said: frozenset[str] = frozenset()
    """The words of the sentence or phrase that introduces it."""
    end: int = 0
    """Where that ends."""


@dataclass
class Distributions:
    """Those of a problem in order of the text, as a request in `part` sees them."""

    known: list[Known] = field(default_factory=list[Known])
    part: str | None = None
    more: bool = False
    """Others come later, of which the request says nothing."""
    things: tuple[Thing, ...] = ()
    """What the sentences introduce."""
    spoken: tuple[tuple[int, frozenset[str], bool], ...] = ()
    """Where each sentence that asks nothing ends, its words, and whether it has an equation."""
    begin: int = 0
    """Where the request begins."""

    def fits(self, math: Math, nouns: Iterable[str]) -> bool:
        """Whether words can mean this distribution: each is generic or was said of it, and no later thing has the noun."""
        known = next((each for each in self.known if each.math == math), None)
        plain = set(nouns)
        if known is None or not plain - _GENERIC - _TRUE - _ESTIMATED - _LABELS <= known.said:
            return False
        return plain.isdisjoint(thing.noun for thing in self._things_after(known.end))

    def is_nearest(self, math: Math) -> bool:
        """Whether nothing else was introduced behind it, so that "its" can mean it."""
        known = next((each for each in self.known if each.math == math), None)
        return known is not None and not self._things_after(known.end)

    def fits_unnamed(self, nouns: Iterable[str], pronoun: bool) -> bool:
        """The same of what only tables or single probabilities give: "A coin has $P(H) = 0.4$ ..."."""
        before = [each for each in self.spoken if each[0] <= self.begin]
        giving = [each for each in before if each[2]] or before
        plain = set(nouns)
        if not plain - _GENERIC - _TRUE - _ESTIMATED - _LABELS <= {word for _, said, _ in giving for word in said}:
            return False
        later = self._things_after(giving[0][0]) if giving and giving[0][2] else []
        return not (pronoun and later) and plain.isdisjoint(thing.noun for thing in later)

    def _things_after(self, end: int) -> list[Thing]:
        return [thing for thing in self.things if end <= thing.span.start and thing.span.end <= self.begin]

    def called(self, math: Math) -> Standing:
        """What the words say of the distribution with this name."""
        names = [key(tree) for tree in trees(math) if could_be_name(tree)]
        found: list[Standing] = [each.standing for each in self.known if each.name in names]
        return found[0] if found else ""

    def standing(self, standing: Standing) -> Math | None:
        """The only one with this standing, of the part, else of what is common to all."""
        found = [each for each in self.known if each.standing == standing]
        own = self._own(found) or found
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
            return (true, estimated)
        return self.all() if len(self.all()) == 2 and not any(each.standing for each in self.known) else ()

    def single(self) -> tuple[Math, ...]:
        """The only one that the part defines, else the problem; () where there are several."""
        found = self._own(self._defined()) or self._defined()
        return (found[0].math,) if len(found) == 1 else ()

    def captioned(self, caption: str) -> tuple[Math, ...]:
        """The only one that is called so."""
        found = [each.math for each in self._defined() if each.caption == caption]
        return tuple(found) if len(found) == 1 else ()

    def entry(self, place: int) -> tuple[Math, ...]:
        """The probability of the outcome at this place of the only one."""
        single = self.single()
        entries = next((each.entries for each in self.known if (each.math,) == single), ())
        return entries[place : place + 1]

    def all(self) -> tuple[Math, ...]:
        return tuple(each.math for each in self._defined())

    def for_request(self, part: str | None, span: Span) -> "Distributions":
        """Those that a request there can be of: of its part, and what was said before."""
        said = [e for e in self.known if e.math.span.start < span.end or (part is None and e.part is None)]
        return replace(self, known=said, part=part, more=len(said) < len(self.known), begin=span.start)

    def _own(self, found: list[Known]) -> list[Known]:
        return [each for each in found if self.part is not None and each.part == self.part]

    def _defined(self) -> list[Known]:
        return [each for each in self.known if each.defined]


def find_known(sentences: Iterable[Sentence], stated: Sequence[Stated] = ()) -> Distributions:
    """The distributions that formulas define or words call so."""
    found: dict[Tree, Known] = {}
    described = {key(tree) for each in stated for tree in trees(each.name)}
    phrases = {key(tree): _letters(each.span.text) for each in stated for tree in trees(each.name)}
    read = list(sentences)
    for sentence in read:
        for index, token in enumerate(sentence.tokens):
            if isinstance(token, Math) and not token.illustration:
                for each in _known_in(token, _standing(sentence.tokens, index), described):
                    caption = _caption(sentence.tokens, index) if each.defined else ""
                    said, end = _said_of(sentence, index)
                    named = replace(each, caption=caption, said=said | phrases.get(each.name, frozenset()), end=end)
                    found[each.name] = _joined(found.get(each.name), named)
    known = [_by_accent(each, found) for each in found.values() if each.defined or each.standing]
    things = tuple(thing for sentence in read for thing in things_in(sentence.tokens))
    spoken = tuple((each.span.end, _words_of(each), _equates(each)) for each in read if not mentions_quantity(each.tokens))
    return Distributions(known, things=things, spoken=spoken)


def _words_of(sentence: Sentence) -> frozenset[str]:
    families = (_family_words(token) for token in sentence.tokens if isinstance(token, Math))
    return _letters(sentence.span.text).union(*families)


def _letters(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+(?:['\-][a-z]+)*", text.lower()))


def _equates(sentence: Sentence) -> bool:
    return any(isinstance(tree, Relation) for t in sentence.tokens if isinstance(t, Math) for tree in trees(t))


def _said_of(sentence: Sentence, index: int) -> tuple[frozenset[str], int]:
    """The words of the sentence of a formula and where it ends; its clause where the sentence asks, or introduces several."""
    tokens = sentence.tokens
    formula = tokens[index]
    family = _family_words(formula) if isinstance(formula, Math) else frozenset[str]()
    several = len(things_in(tokens, equated=True)) > 1 or mentions_quantity(tokens)
    ends = [i for i, t in enumerate(tokens) if several and isinstance(t, Word) and (t.text in _STOPS or t.text in _RELATING)]
    first = max((i + 1 for i in ends if i < index), default=0)
    last = min((i for i in ends if i > index), default=len(tokens))
    return family | {token.text for token in tokens[first:last] if isinstance(token, Word)}, tokens[last - 1].span.end


def _family_words(math: Math) -> frozenset[str]:
    """ "normal" and "gaussian" for a formula with the family's symbol."""
    written = frozenset(re.findall(r"[A-Za-z]+", math.text))
    found = [family for family in FAMILIES if not written.isdisjoint(_symbols(family.spellings))]
    return _letters(" ".join(word for family in found for word in (*family.words, family.name)))


def _symbols(spellings: Iterable[str]) -> frozenset[str]:
    return frozenset(part for spelling in spellings for part in re.findall(r"[A-Za-z]+", spelling)) - {"mathcal", "mathrm"}


def _joined(before: Known | None, now: Known) -> Known:
    """What is said of one name at two places; where it is defined is its place."""
    if before is None:
        return now
    standing = before.standing or now.standing
    place = now if now.defined and not before.defined else before
    return replace(place, standing=standing, said=before.said | now.said)


def _by_accent(known: Known, all_known: dict[Tree, Known]) -> Known:
    r"""`\hat{y}` and `\hat{y}'` beside `y` are estimates of it, where the words say nothing."""
    match known.name:
        case (
            Accent(kind="hat", body=body)
            | Prime(base=Accent(kind="hat", body=body))
            | Subscript(base=Accent(kind="hat", body=body))
        ) if not known.standing and body in all_known:
            return replace(known, standing="estimated")
        case name if not known.standing and any(_is_hat_of(name, each) for each in all_known):
            return replace(known, standing="true")
        case _:
            return known


def _is_hat_of(name: Tree, other: Tree) -> bool:
    r"""Whether it is `\hat{y}` or `\hat{y}_A` for `y`."""
    hat = Accent("hat", name)
    return other == hat or (isinstance(other, Subscript) and other.base == hat)


def _known_in(math: Math, standing: Standing, described: set[Tree]) -> list[Known]:
    found: list[Known] = []
    if not any(_head(tree) for tree in trees(math)):
        return []
    for tree in statements(math):
        head = _head(tree)
        if head is None or head.span is None:
            continue
        place = math if math.name else Math(head.span, math.place, False, plain=math.plain)
        defined = key(head) in described or (isinstance(tree, Relation) and (_is_distribution(tree) or bool(standing)))
        found.append(Known(key(head), place, math.part, standing, defined, _entries(tree, math)))
    return found


def _head(tree: Tree) -> Tree | None:
    """P of `P = ...`, `P(x) = ...`, `P \\sim ...` and of `P` alone."""
    if isinstance(tree, Relation) and tree.operators[0] in ("=", ":=", "\\sim", "~", "∼"):
        tree = tree.sides[0]
    match tree:
        case Juxtaposition(items=(head, Bracket(kind="(", items=(argument,)))) if could_be_name(argument):
            return head if could_be_name(head) else None
        case _:
            return tree if could_be_name(tree) else None


def _is_distribution(relation: Relation) -> bool:
    """A labelled set, numbers that sum to about one, a function P(x) or a family."""
    head, body = relation.sides[0], relation.sides[1]
    if relation.operators[0] in ("\\sim", "~", "∼"):
        return True
    if isinstance(body, Bracket) and body.kind == "{":
        return all(isinstance(item, Relation) and item.operators == (":",) for item in body.items)
    if isinstance(body, Bracket):
        numbers = [value for item in body.items if (value := number(item)) is not None]
        return len(numbers) == len(body.items) > 1 and abs(sum(numbers) - 1) < 0.05 and min(numbers) >= 0
    return isinstance(head, Juxtaposition) and not is_literal(body) and not _is_quantity(head)


def _is_quantity(head: Tree) -> bool:
    """Whether it is written as a quantity is, `h(x)`, so that the equation defines no distribution."""
    taken = applied(head)
    return taken is not None and any(taken[0] in row.heads for row in QUANTITIES)


def _entries(tree: Tree, math: Math) -> tuple[Math, ...]:
    """The probabilities in the order of a list or a labelled set."""
    body = tree.sides[-1] if isinstance(tree, Relation) else None
    items = body.items if isinstance(body, Bracket) else ()
    values = [item.sides[-1] if isinstance(item, Relation) else item for item in items]
    return tuple(Math(value.span, math.place, False, plain=math.plain) for value in values if value.span)


def _caption(tokens: Sequence[Word | Math], index: int) -> str:
    """ "model a" of "Model A: $q = ...$", "model A predicts $q = ...$"."""
    for here in range(index - 1, max(0, index - _REACH), -1):
        if isinstance(tokens[here], Math):
            return ""
        if caption := caption_at(tokens, here - 1):
            return caption
    return ""


def caption_at(tokens: Sequence[Word | Math], index: int) -> str:
    """A noun with a number or a capital letter behind it, "model A"; "" for anything else."""
    noun, label = (tokens[i] if 0 <= i < len(tokens) else None for i in (index, index + 1))
    if not isinstance(noun, Word) or not isinstance(label, Word) or noun.text not in _NUMBERED:
        return ""
    single = len(label.text) == 1 and (label.text.isdigit() or (label.text.isalpha() and label.capital))
    return f"{noun.text} {label.text}" if single else ""


def _standing(tokens: Sequence[Word | Math], index: int) -> Standing:
    """What the nouns before a formula, or behind "is" after it, call it."""
    return _said(_nouns_before(tokens, index)) or _said(_nouns_after(tokens, index))


def _nouns_before(tokens: Sequence[Word | Math], index: int) -> list[str]:
    """The words of the nearest phrase that is not only "the distribution" or the name itself."""
    nouns: list[str] = []
    for token in reversed(tokens[max(0, index - _REACH) : index]):
        if isinstance(token, Math):
            if any(isinstance(tree, Relation) for tree in trees(token)) or nouns:
                break
            continue
        if token.text in _STOPS or token.text in _ENDS:
            if nouns or token.text in _STOPS:
                break
            continue
        if token.text not in _PLAIN:
            nouns.append(token.text)
    return nouns


def _nouns_after(tokens: Sequence[Word | Math], index: int) -> list[str]:
    """The nouns of "$P$ is the true distribution", "$P$ (true)"."""
    following = [token.text if isinstance(token, Word) else "$" for token in tokens[index + 1 : index + 7]]
    if not following or following[0] not in ("is", "(", "denotes", "be", "are", "as", "the", "an", "a"):
        return []
    ends = (i for i, word in enumerate(following[1:], 1) if word in ("$", ",", ".", ")", "and", ";", "of", "for"))
    return following[1 : next(ends, len(following))]


def _said(nouns: Sequence[str]) -> Standing:
    if any(noun in _TRUE for noun in nouns):
        return "true"
    if any(noun in _ESTIMATED for noun in nouns):
        return "estimated"
    return "true" if any(noun in _LABELS for noun in nouns) else ""


def standing_of(nouns: Sequence[str]) -> Standing:
    """What words without a formula mean: "the true distribution", "the predictions"."""
    return _said(nouns)


def speaks_of_distributions(sentences: Iterable[Sentence]) -> bool:
    """Whether a word or a formula is about distributions, so that `H(X)` is an entropy."""
    return any(_names_distributions(each) or speaks_of_quantities(each) for each in sentences)


def _names_distributions(sentence: Sentence) -> bool:
    return any(isinstance(token, Word) and token.text in _ABOUT for token in sentence.tokens)


def speaks_of_quantities(sentence: Sentence) -> bool:
    """Whether words or formulas name an entropy or a divergence."""
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    return mentions_quantity(sentence.tokens) or any(n.sure for token in formulas for n in notations_of(token))
