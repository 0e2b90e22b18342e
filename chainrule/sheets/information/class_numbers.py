"""Which entries the numbers of classes mean: counted from 0 or from 1, as the text says or as only one of both can be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chainrule.sheets.sentences import Sentence

_NOUNS = r"(?:classes|digits|labels|categories|indices|indexes)"
_ABOUT = re.compile(r"class|label|categor|digit|outcome")
_FROM = re.compile(
    r"(?:\b(?:numbered|counted|indexed|labelled|labeled|counting|numbering|indexing)"
    rf"|{_NOUNS}(?: \w+)? (?:start|begin|run|go)s?"
    r"|\bcount(?:s|ed)? (?:the )?classes) (?:starting |beginning )?(?:from|at|with) (?:class )?(\w+)"
    r"|\b(\w+)[- ](?:based|indexed)\b|\bfirst class (?:is|has) (?:(?:the|class|number|index|called|numbered) )*(\d+)\b"
)
_AND_ON = r"(?:,|and|to|through|up to|-|–|\.\.\.)"
_LISTED = re.compile(
    rf"\b{_NOUNS} (?:(?:are|is|numbered|labelled|labeled|indexed|called|from|:|=|in|the|[a-z]) )*"
    rf"(\d+(?: (?:{_AND_ON} )+\d+)++)(?!\.?\d)"
)
_MARKS = re.compile(r"[{}()\[\]\\$*`]")
_MOST = 1000
_STARTS = {"zero": 0, "one": 1, "0": 0, "1": 1}


@dataclass(frozen=True)
class Numbering:
    """What a text says of the numbers of classes: which is the first, all of them, or what cannot be told."""

    first: int | None = None
    names: tuple[int, ...] = ()
    unclear: bool = False


NOTHING_SAID = Numbering()


def find_numbering(sentences: Iterable[Sentence]) -> Numbering:
    """How the classes of a text are numbered, "(zero-based)", "the classes 0, 1 and 2"; unclear where it says several ways."""
    found: set[Numbering] = set()
    for sentence in sentences:
        said = _spelled(sentence.span.text) if sentence.tokens else ""
        if _ABOUT.search(said):
            listed = {_listed(match[1]) for match in _LISTED.finditer(said)}
            starts = [next(word for word in match.groups() if word) for match in _FROM.finditer(said)]
            found |= listed | {Numbering(_STARTS.get(word), unclear=word not in _STARTS) for word in starts}
    names = {each.names for each in found if each.names}
    firsts = {each.first for each in found if each.first is not None}
    if any(each.unclear for each in found) or len(names) > 1 or len(firsts) > 1:
        return Numbering(unclear=True)
    (of_all,) = names or ((),)
    (first,) = firsts or (None,)
    return Numbering(first, of_all, unclear=bool(of_all) and first is not None and of_all[0] != first)


def places_of(numbers: Sequence[str], size: int, numbering: Numbering = NOTHING_SAID) -> list[int]:
    """The entries that numbers of classes mean; none where they may be counted from 0 or from 1."""
    read = [int(each) for each in numbers if each.isdecimal()]
    if len(read) != len(numbers) or numbering.unclear or (numbering.names and len(numbering.names) != size):
        return []
    if numbering.names:
        return [numbering.names.index(each) for each in read] if set(read) <= set(numbering.names) else []
    first = numbering.first
    if first is None:
        first = 0 if 0 in read else 1 if size in read else None
    if first is None or not all(0 <= each - first < size for each in read):
        return []
    return [each - first for each in read]


def _spelled(text: str) -> str:
    """A text in lower case without brackets and signs of formulas, a space around every comma."""
    dots = re.sub(r"\\[lc]?dots|…|\.\.\.", " ... ", text.lower())
    spaced = re.sub(r",|(?<=\d)[-–](?=\d)|:|=", r" \g<0> ", _MARKS.sub(" ", dots))
    return " ".join(spaced.split())


def _listed(text: str) -> Numbering:
    """The numbers of a list or a range, "0, 1, ..., 9"."""
    numbers = [int(each[:6]) for each in re.findall(r"\d+", text)]
    if re.search(r"to|through|-|–|\.\.\.", text):
        first, last = numbers[0], numbers[-1]
        begun = numbers[:-1] == [*range(first, first + len(numbers) - 1)]
        whole = tuple(range(first, last + 1)) if begun and first < last <= _MOST else ()
        return Numbering(names=whole, unclear=not whole)
    return Numbering(names=tuple(numbers), unclear=len(set(numbers)) < len(numbers))
