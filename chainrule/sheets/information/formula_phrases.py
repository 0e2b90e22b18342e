r"""Probabilities by a formula that words give: "$X$ takes the value $k$ with probability $2^{-k}$, $k = 1, 2, \dots$".

The formula is that of a function of this letter, over the values that the text says of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chainrule.inference.symbols import is_probability, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.information.listing import members, placed
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Piece
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Relation, Tree, walk

_BETWEEN = words("comes come up occurs appears shows turns is shown lands falls has , ( a the")
_LEADING = words("a the")
_CHANCE = ("probability", "chance", "prob", "prob.")
_BOUNDING = words("than most least exceeding below above under over to before after")
""" "At most $k$" has the probability of several values."""
_TAKING = words("take takes taking has have having assume assumes on the value values in from integer possible its are be with")
_REACH = 7


def find_formula(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """The distribution that such words give from here on; None where the formula is none of the letter, or is an equation."""
    letter = _only(pieces, start)
    if not isinstance(letter, Name) or len(letter.text) != 1 or _text(pieces, start - 1) in _BOUNDING:
        return None
    index = start + 1
    while _text(pieces, index) in _BETWEEN and index < start + _REACH:
        index += 1
    index += _text(pieces, index) in ("with", "probability")
    index += _text(pieces, index) in _LEADING
    if _text(pieces, index - 1) != "probability" and _text(pieces, index) not in _CHANCE:
        return None
    index += _text(pieces, index) in _CHANCE
    body = _only(pieces, index)
    math = pieces[index].math if index < len(pieces) else None
    if body is None or math is None or isinstance(body, Relation) or not any(key(part) == letter for part in walk(body)):
        return None
    return Phrase(start, index + 1, f"({letter.text}) = {math.text}", f"distribution {math.text}", sure=True)


def supports_said(sentences: Sequence[Sentence]) -> list[Stated]:
    r"""`k \in \{1, 2, 3\}` for the letter of `P(K = k) = k/6` where the text says that K has these values."""
    formulas = [token for each in sentences for token in each.tokens if isinstance(token, Math) and not token.illustration]
    ranges = {tree.sides[0] for math in formulas for tree in trees(math) if isinstance(tree, Relation)}
    found: list[Stated] = []
    for variable, letter in dict(pair for math in formulas for tree in trees(math) for pair in _given_by(tree)).items():
        sets = [said for each in sentences if (said := _values_of(variable, each)) is not None]
        if letter in {key(name) for name in ranges} or len(sets) != 1:
            continue
        (math, taken), span = sets[0], sets[0][0].span
        tree = placed(f"{letter.text} \\in \\{{{', '.join(members(math))}\\}}", span)
        found.append(Stated(replace(math, name=letter.text), tree, span, taken))
    told = [math for each in sentences for math in _supports_in(each)]
    letters = {letter for math in formulas for tree in trees(math) for letter in _letter_of(tree)}
    if len(told) == len(letters) == 1 and letters.isdisjoint(key(name) for name in ranges) and not found:
        (letter,), math = letters, told[0]
        tree = placed(f"{letter.text} \\in \\{{{', '.join(members(math))}\\}}", math.span)
        found.append(Stated(replace(math, name=letter.text), tree, math.span, ()))
    return found


def _supports_in(sentence: Sentence) -> Iterator[Math]:
    r"""The $\{1, 2, 3\}$ of "a distribution over the support $\{1, 2, 3\}$"."""
    said = [token.text if isinstance(token, Word) else "" for token in sentence.tokens]
    for index, token in enumerate(sentence.tokens):
        led = said[index - 2 : index] in (["the", "support"], ["the", "set"], ["the", "alphabet"], ["the", "values"])
        if isinstance(token, Math) and led and said[index - 3] in ("over", "on", "with") and members(token):
            yield token


def _letter_of(tree: Tree) -> Iterator[Name]:
    """k of `p(k) = k/10`."""
    match tree:
        case Relation(
            operators=("=",), sides=(Juxtaposition(items=(Name(), Bracket(kind="(", items=(Name() as letter,)))), body)
        ) if any(key(part) == key(letter) for part in walk(body)):
            yield Name(letter.text)
        case _:
            pass


def _given_by(tree: Tree) -> Iterator[tuple[Name, Name]]:
    """K and k of `P(K = k) = k/15`."""
    match tree:
        case Relation(
            operators=("=",),
            sides=(Juxtaposition(items=(head, Bracket(items=(Relation(sides=(Name() as one, Name() as letter)),)))), body),
        ) if is_probability(head) and any(key(part) == key(letter) for part in walk(body)):
            yield Name(one.text), Name(letter.text)
        case _:
            pass


def _values_of(variable: Name, sentence: Sentence) -> tuple[Math, tuple[Math, ...]] | None:
    r"""The formula for the values of a variable, and `K \in ...` itself, which says nothing else."""
    for index, token in enumerate(sentence.tokens):
        tree = trees(token)[0] if isinstance(token, Math) and len(trees(token)) == 1 else None
        if not isinstance(token, Math) or tree is None:
            continue
        inside = isinstance(tree, Relation) and tree.operators == ("\\in",) and key(tree.sides[0]) == variable
        if inside and members(token):
            return token, (token,)
        words_between: list[str] = []
        for behind in sentence.tokens[index + 1 : index + _REACH] if key(tree) == variable else ():
            if isinstance(behind, Math):
                plain = _TAKING.issuperset(words_between) and not {"value", "values"}.isdisjoint(words_between)
                return (behind, ()) if plain and members(behind) else None
            words_between.append(behind.text)
    return None


def _only(pieces: Sequence[Piece], index: int) -> Tree | None:
    """What the formula here is, where it is one thing."""
    math = pieces[index].math if index < len(pieces) else None
    found = trees(math) if math is not None else ()
    return key(found[0]) if len(found) == 1 else None


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
