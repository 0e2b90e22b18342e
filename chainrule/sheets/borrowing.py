"""What a problem takes over from earlier ones: "the network of Problem 2", "as in the previous exercise".

A problem's definitions are its own. Only where its words name an earlier problem do that problem's hold in it too, but for
the names that it defines itself.
"""

import re
from collections.abc import Iterable, Iterator

from chainrule.sheets.sheet import Item, Math, Problem, Prose, Sheet

_KIND = r"(?:problem|exercise|question)"
_NUMBER = r"[A-Z]?\.?\d+(?:\.\d+)*[a-z]?"
_NUMBERED = re.compile(
    rf"(?P<but>\b(?:unlike|not|without|independently of)\s+(?:\w+\s+)?)?\b(?:{_KIND}s?|Q)[\s~#.]*\(?(?P<first>{_NUMBER})\b"
    rf"(?:(?:\s*,\s*|\s+(?:and|or)\s+)(?P<second>{_NUMBER})\b)?",
    re.IGNORECASE,
)
_NEIGHBOUR = re.compile(
    rf"\b(?:(?:previous|preceding|last) {_KIND}|{_KIND} (?:above|before)"
    r"|(?:same|above) (?:network|model|function|loss|data|setting|setup|notation|distributions?)s? (?:as|is|used|from)? ?"
    r"(?:above|before)|(?:network|model|setting|setup) (?:from )?(?:above|before))\b",
    re.IGNORECASE,
)
_THING_ABOVE = re.compile(
    r"^[^$]*?\b(?:the|this|that|our) (?:same )?(?:[\w-]+ ){0,2}?(?P<noun>[\w-]+) (?:from )?above\b", re.IGNORECASE
)
"""Before any formula: "for the detector above"."""
_ABOVE = re.compile(r"\b(?:as|defined|given|used) (?:above|before)\b", re.IGNORECASE)


def lenders(sheet: Sheet, problem: Problem) -> tuple[Problem, ...]:
    """The earlier problems whose definitions hold in this one, in their order; those that they name themselves included."""
    known = list(sheet.problems)
    place = next(index for index, each in enumerate(known) if each is problem)
    found: set[int] = set()
    waiting = [place]
    while waiting:
        index = waiting.pop()
        new = set(_named(known[: index + 1])) - found
        found |= new
        waiting.extend(new)
    return tuple(known[index] for index in sorted(found))


def _named(problems: list[Problem]) -> Iterator[int]:
    """The earlier problems that the words of the last one name."""
    *earlier, problem = problems
    for text, alone in _sentences(problem.items):
        for match in _NUMBERED.finditer(text):
            for number in (match["first"], match["second"]):
                said = [index for index, each in enumerate(earlier) if each.id == number]
                if said and not match["but"]:
                    yield said[-1]
        thing = _THING_ABOVE.match(text) if earlier and alone else None
        spoken = thing is not None and _speaks_of(earlier[-1], thing["noun"].lower())
        if earlier and (spoken or _NEIGHBOUR.search(text) or (alone and _ABOVE.search(text))):
            yield len(earlier) - 1


def _speaks_of(problem: Problem, noun: str) -> bool:
    """Whether a problem has this word, in the singular or the plural."""
    said = " ".join(item.text.lower() for item in problem.items if isinstance(item, Prose))
    return re.search(rf"\b{re.escape(noun.removesuffix('s'))}s?\b", said) is not None


def _sentences(items: Iterable[Item]) -> Iterator[tuple[str, bool]]:
    """The words of each paragraph, and whether the problem has defined nothing yet, so that "above" is before it."""
    block, words, defined = None, list[str](), False
    alone = True
    for item in items:
        if item.place.block != block:
            yield " ".join(words), alone
            block, words, alone = item.place.block, [], not defined
        if isinstance(item, Prose):
            words.append(item.text)
        elif isinstance(item, Math):
            words.append("$")
            defined = defined or "=" in item.text
    yield " ".join(words), alone
