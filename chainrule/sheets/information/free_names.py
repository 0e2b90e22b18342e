r"""Names that formulas use for distributions which only words describe: the "loaded" of `D(\text{loaded} \| \text{fair})`.

A name in words is that of the description with this word; a letter that the text calls true or an approximation is that of
the one described so; the only letter is that of the only one described.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from chainrule.inference.distributions.labels import RANDOM
from chainrule.inference.symbols import could_be_name, is_probability, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.information.named_members import roles_before
from chainrule.sheets.information.standing import Standing, caption_before, standing_at, standing_of
from chainrule.sheets.information.things import clause_of
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Piece, head_text, mentions_quantity, notations_of
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree, walk

_MARKS = words(", ; : . ( ) and while where whereas but")
_PASSING = words("channel channels noise noisy")
_SIDES = words("input inputs"), words("output outputs")
"""Where something goes in and comes out, a letter may be that of the other side."""
_EVERYWHERE = words("a an the of with in on is are be by to for and or at it its that which each probability distribution 0 1")


@dataclass(frozen=True)
class Described:
    """A distribution that words describe without a name: the name it got, its words, what is said of it, in which sentence."""

    name: str
    words: frozenset[str]
    standing: Standing
    sentence: int
    part: str | None = None


@dataclass(frozen=True)
class _Free:
    """A name that nothing defines: as it is written, its word if it is one, what is said of it, where it is used."""

    text: str
    word: str
    standing: Standing
    sentences: tuple[int, ...]
    said: frozenset[str] = frozenset()
    """The words of the clauses that state something of it, "call the distribution of the bent coin $B$"."""


def words_of(sentence: Sentence, pieces: Sequence[Piece], phrase: Phrase) -> frozenset[str]:
    """The words of a phrase, those for its role, and what tells it from others."""
    said = frozenset(piece.text for piece in pieces[phrase.start : phrase.end] if piece.math is None)
    label = f"labelled {phrase.called}".lower() if phrase.called.isupper() else ""
    captions = caption_before(sentence.tokens, pieces[phrase.start].index), label
    clause = {f"clause {word}" for word in clause_of(sentence.tokens, pieces[phrase.start].index)}
    said |= clause
    return said | roles_before(pieces, phrase.start) | frozenset(filter(None, captions))


def matched(described: Sequence[Described], sentences: Sequence[Sentence], defined: set[Tree], sided: bool) -> dict[str, str]:
    """For invented names the free ones that mean the same distributions. sided: the text `has_sides`."""
    free = list(_free(sentences, defined)) if described else []
    all_free = [] if sided else free
    pairs = [(found.name, each.text) for each in free if (found := _meant(each, described, all_free)) is not None]
    names = [name for name, _ in pairs]
    in_parts = {found.name: each.text for each in free for found in _one_a_part(each, described)}
    return in_parts | {name: text for name, text in pairs if names.count(name) == 1}


def has_sides(sentences: Sequence[Sentence]) -> bool:
    """Whether the text speaks of what goes into something and of what comes out."""
    said = {token.text for each in sentences for token in each.tokens if isinstance(token, Word)}
    return not said.isdisjoint(_PASSING) or all(not said.isdisjoint(side) for side in _SIDES)


def side_at(tokens: Sequence[Word | Math], index: int, letters: Set[str]) -> str:
    """The letter of what the last noun before this place says to be on one side: of neither side it is one of its own, so that
    it is not taken for another variable. letters: those of the text; "" where none of them is a random variable.
    """
    if letters.isdisjoint(RANDOM):
        return ""
    said = [token.text for token in tokens[:index] if isinstance(token, Word)]
    side = next((word for word in reversed(said) if word in _SIDES[0] | _SIDES[1]), "")
    return "X" if side in _SIDES[0] else "Y" if side in _SIDES[1] else "S"


def _one_a_part(free: _Free, described: Sequence[Described]) -> Sequence[Described]:
    """Those with the word that a name is, where each part has one, "(a) The prior is ... (b) The prior is ..."."""
    named = [each for each in described if free.word and free.word in each.words]
    parts = [each.part for each in named]
    return named if len(named) > 1 and None not in parts and len(set(parts)) == len(parts) else ()


def _meant(free: _Free, described: Sequence[Described], all_free: Sequence[_Free]) -> Described | None:
    described = [each for each in described if _label(each) in free.said | {"", free.text.lower()}]
    called = [each for each in described if _own_words(each, described) & free.said]
    if len(called) == 1:
        return called[0]
    captioned = [each for each in described if any(_numbers(word, free.text) for word in each.words)]
    if len(captioned) == 1:
        return captioned[0]
    named = [each for each in described if free.word in each.words]
    near = [each for each in named if each.sentence in free.sentences]
    clausal = [each for each in described if f"clause {free.word}" in each.words] if not named else []
    for found in (named, near, clausal):
        if len(found) == 1:
            return found[0]
    if free.standing:
        alike = [each for each in described if each.standing == free.standing]
        if not alike and free.standing == "true" and len(described) == 2:
            alike = [each for each in described if not each.standing]
        return alike[0] if len(alike) == 1 else None
    before = [each for each in described if each.sentence <= min(free.sentences)]
    return before[0] if len(before) == len(all_free) == 1 and not free.word else None


def _label(described: Described) -> str:
    """The letter by which the text tells it from others, "coin A", so that "the coin" may be any of them; "" without one."""
    return next((word.removeprefix("labelled ") for word in described.words if word.startswith("labelled ")), "")


def _numbers(caption: str, name: str) -> bool:
    """Whether a name has the letter of a caption, A and P_A that of "model a"."""
    label = caption.rpartition(" ")[2] if " " in caption else ""
    written = name.translate(str.maketrans("", "", "{} "))
    return bool(label) and written.rpartition("_")[2].lower() == label


def _own_words(one: Described, described: Sequence[Described]) -> frozenset[str]:
    """The words that describe this one alone."""
    own = one.words.difference(*(each.words for each in described if each is not one)) - _EVERYWHERE
    return frozenset(word for word in own if not word.startswith("clause "))


def _clause(tokens: Sequence[Word | Math], index: int) -> frozenset[str]:
    """The words around a name up to the next mark or formula; none where two names stand side by side."""
    found: list[str] = []
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(tokens) and isinstance(word := tokens[at], Word) and word.text not in _MARKS:
            found.append(word.text)
            at += step
        if at == index + step and 0 <= at + step < len(tokens) and isinstance(tokens[at + step], Math):
            return frozenset()
    return frozenset(found)


def _free(sentences: Sequence[Sentence], defined: set[Tree]) -> Iterator[_Free]:
    uses: dict[Tree, list[tuple[int, int, Math]]] = {}
    for number, sentence in enumerate(sentences):
        for index, token in enumerate(sentence.tokens):
            if isinstance(token, Math) and not token.illustration:
                before = sentence.tokens[index - 1] if index else token
                mixed = isinstance(before, Word) and before.text == "mixture"
                for tree in (*_used(token), *(filter(could_be_name, trees(token)) if mixed else ())):
                    uses.setdefault(key(tree), []).append((number, index, token))
    for name, places in uses.items():
        if name in defined:
            continue
        said = [standing_at(each.tokens, i) for each in sentences for i, t in enumerate(each.tokens) if _is_alone(t, name)]
        text = head_text(name) or ""
        word = text.lower() if len(text) > 1 and text.isalpha() else ""
        standing: Standing = "true" if "true" in said else "estimated" if "estimated" in said else standing_of([word])
        shown = f"\\text{{{text}}}" if word else _written(name, places[0][2])
        if shown:
            stating = [each for each in sentences if each.end != "?" and not mentions_quantity(each.tokens)]
            clauses = (_clause(each.tokens, i) for each in stating for i, t in enumerate(each.tokens) if _is_alone(t, name))
            spoken = frozenset(each for clause in clauses for each in clause)
            yield _Free(shown, word, standing, tuple(number for number, *_ in places), spoken)


def _used(math: Math) -> Iterator[Tree]:
    """The arguments of quantities, and the heads of `P(x)` in what is defined by it."""
    for notation in notations_of(math):
        yield from filter(could_be_name, notation.arguments)
    for tree in trees(math):
        for side in tree.sides[1:] if isinstance(tree, Relation) else ():
            for part in walk(side):
                match part:
                    case Juxtaposition(items=(head, Bracket(kind="(", items=(argument,)))) if could_be_name(argument):
                        if could_be_name(head) and is_probability(head):
                            yield head
                    case _:
                        pass


def _is_alone(token: object, name: Tree) -> bool:
    return isinstance(token, Math) and [key(tree) for tree in trees(token) if could_be_name(tree)] == [name]


def _written(name: Tree, math: Math) -> str:
    """The name as the formula has it."""
    found = (part for tree in trees(math) for part in walk(tree) if could_be_name(part) and key(part) == name and part.span)
    return next((part.span.text for part in found if part.span), "")
