"""Everyday distributions: coins, dice, and a uniform distribution over outcomes that are named or counted."""

from collections.abc import Sequence

from chainrule.sheets.family_phrases import Phrase, complement, number_at
from chainrule.sheets.forms import words
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import Piece
from chainrule.syntax.tree import Bracket, Name, Number, Relation

_BIASED = words("biased unfair loaded bent weighted")
_SIDES = {"four": 4, "six": 6, "eight": 8, "ten": 10, "twelve": 12, "twenty": 20}
_COUNTED = words("outcomes classes categories symbols labels values elements states letters sides words tokens events messages")
_SAME = words("same these those three two four")
_LARGEST = 1000


def find_everyday(pieces: Sequence[Piece], start: int, outcomes: Sequence[str]) -> Phrase | None:
    """The coin, die or uniform distribution that the words from here on describe. outcomes: those of the problem so far."""
    return _standard_normal(pieces, start) or _coin(pieces, start) or _die(pieces, start) or _uniform(pieces, start, outcomes)


def _texts(pieces: Sequence[Piece], start: int, count: int) -> list[str]:
    return [piece.text for piece in pieces[start : start + count]]


def listed(labels: Sequence[str], values: Sequence[str]) -> str:
    """The set with these values, as what follows a name; one without labels is a list."""
    if not any(labels):
        return "= (" + ", ".join(values) + ")"
    spelled = [f"\\mathrm{{{label}}}" if label.isalpha() and len(label) > 1 else label for label in labels]
    return "= \\{" + ", ".join(f"{label}: {value}" for label, value in zip(spelled, values, strict=True)) + "\\}"


def _standard_normal(pieces: Sequence[Piece], start: int) -> Phrase | None:
    texts = _texts(pieces, start, 4)
    if texts[:1] not in (["standard"], ["unit"]) or texts[1:2] not in (["normal"], ["gaussian"]):
        return None
    nouns = 2 if texts[2:4] == ["random", "variable"] else int(texts[2:3] in (["distribution"], ["variable"], ["prior"]))
    return Phrase(start, start + 2 + nouns, "\\sim \\mathcal{N}(0, 1)", "standard normal distribution", sure=True)


def _coin(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """ "a fair coin", "a biased coin with probability of heads 0.9"."""
    texts = _texts(pieces, start, 2)
    if texts == ["fair", "coin"]:
        end = start + 2 + (_texts(pieces, start + 2, 1) in (["flip"], ["toss"]))
        return Phrase(start, end, listed(_COIN, ("1/2", "1/2")), "fair coin", sure=True, outcomes=_COIN)
    if len(texts) < 2 or texts[1] != "coin" or texts[0] not in _BIASED:
        return None
    index = start + 2
    while index < len(pieces) and pieces[index].text in _HEADS:
        index += 1
    found = _probability(pieces, index)
    said = _texts(pieces, start + 2, index - start - 2)
    if found is None or ("heads" not in said and "head" not in said and "(" not in said and "p" not in said):
        return None
    value, length = found
    end = index + length
    if "tails" in said:
        return None
    end += _texts(pieces, end, 1) == [")"] and "(" in said
    other = complement(value)
    if _texts(pieces, end, 4) == ["and", "tails", "with", "probability"]:
        both = _probability(pieces, end + 4)
        if both is None:
            return None
        other, end = both[0], end + 4 + both[1]
    return Phrase(start, end, listed(_COIN, (value, other)), "biased coin", sure=True, outcomes=_COIN)


_COIN = ("heads", "tails")
_HEADS = words("with probability of heads head a the that comes up shows lands on whose is which ( p = : , has for")


def _probability(pieces: Sequence[Piece], index: int) -> tuple[str, int] | None:
    """A number among words, or a formula that is one or gives one."""
    if index < len(pieces) and (math := pieces[index].math):
        trees = statements(math)
        last = trees[0].sides[-1] if len(trees) == 1 and isinstance(trees[0], Relation) else trees[0] if trees else None
        return (last.span.text, 1) if last is not None and last.span is not None else None
    return number_at(pieces, index)


def _die(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """ "a fair six-sided die", "a fair die"."""
    texts = _texts(pieces, start, 4)
    if texts[:1] != ["fair"]:
        return None
    count, index = 6, 1
    if len(texts) > 1 and (texts[1] in _SIDES or texts[1].isdigit()) and texts[2:3] in (["sided"], ["sides"]):
        count, index = _SIDES.get(texts[1]) or int(texts[1]), 3
    if texts[index : index + 1] not in (["die"], ["dice"]) or not 1 < count <= _LARGEST:
        return None
    labels = tuple(str(face) for face in range(1, count + 1))
    return Phrase(start, start + index + 1, listed(labels, [f"1/{count}"] * count), "fair die", sure=True, outcomes=labels)


def _uniform(pieces: Sequence[Piece], start: int, outcomes: Sequence[str]) -> Phrase | None:
    """ "uniform over 8 outcomes", "uniform over the same outcomes", "uniform on $\\{0, 1, 2\\}$"."""
    texts = _texts(pieces, start, 8)
    if texts[:1] == ["discrete"]:
        found = _uniform(pieces, start + 1, outcomes)
        return None if found is None else Phrase(start, found.end, found.body, found.what, (), True, found.outcomes)
    if texts[:1] != ["uniform"]:
        return None
    index = 1
    named = False
    while texts[index : index + 1] and texts[index] in ("distribution", "distributed", "probability", "random", "variable"):
        named, index = True, index + 1
    if texts[index : index + 1] and texts[index] in ("over", "on", "across"):
        return _over(pieces, start, start + index + 1, outcomes)
    return None if not (named and outcomes) else _listed(start, start + index, outcomes, sure=False)


def _over(pieces: Sequence[Piece], start: int, index: int, outcomes: Sequence[str]) -> Phrase | None:
    while index < len(pieces) and pieces[index].text in ("the", "all", "set", "of", "outcomes", "classes", "integers"):
        if pieces[index].text in ("outcomes", "classes") and not (index + 1 < len(pieces) and pieces[index + 1].math):
            return _listed(start, index + 1, outcomes, sure=True) if outcomes else None
        index += 1
    if index >= len(pieces):
        return None
    math, text = pieces[index].math, pieces[index].text
    if math is not None:
        labels = _labels(statements(math))
        return _listed(start, index + 1, labels, sure=True) if labels else None
    after = _texts(pieces, index + 1, 2)
    if text in _SAME and outcomes:
        length = next((k for k, word in enumerate(after) if word in _COUNTED | {"set", "support"}), None)
        counted = _WORDS.get(text)
        if counted in (None, len(outcomes)):
            return _listed(start, index + 1 + (0 if length is None else length + 1), outcomes, sure=True)
        return None
    count = _WORDS.get(text) or (int(text) if text.isdigit() and len(text) < 5 else 0)
    noun = next((k for k, word in enumerate(after) if word in _COUNTED), None)
    if noun is None or not 1 < count <= _LARGEST:
        return None
    end = index + 2 + noun
    if len(outcomes) == count:
        return _listed(start, end, outcomes, sure=True)
    return _listed(start, end, ("",) * count, sure=True)


_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}


def _listed(start: int, end: int, labels: Sequence[str], sure: bool) -> Phrase:
    body = listed(labels, [f"1/{len(labels)}"] * len(labels))
    over = ", ".join(labels) if any(labels) else f"{len(labels)} outcomes"
    return Phrase(start, end, body, f"uniform distribution over {over}", sure=sure, outcomes=tuple(labels))


def _labels(trees: Sequence[object]) -> tuple[str, ...]:
    """The members of `\\{0, 1, 2\\}`, and of `x \\in \\{0, 1, 2\\}`."""
    tree = trees[0] if len(trees) == 1 else None
    if isinstance(tree, Relation) and tree.operators == ("\\in",):
        tree = tree.sides[1]
    if not isinstance(tree, Bracket) or tree.kind != "{" or set(tree.separators) - {","}:
        return ()
    members = [item.span.text for item in tree.items if isinstance(item, Name | Number) and item.span]
    return tuple(members) if len(members) == len(tree.items) > 1 else ()
