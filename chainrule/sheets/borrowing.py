"""What a problem takes over from earlier ones: "the network of Problem 2", "as in the previous exercise".

A problem's definitions are its own. Where its words name an earlier problem, that problem's hold in it too, but for the names
that it defines itself. So do those of the last problem that defines what one that has no equation asks the derivative or the
convexity of.
"""

import re
from collections.abc import Iterable, Iterator

from chainrule.inference.symbols import key
from chainrule.sheets.notation import statements
from chainrule.sheets.sheet import Item, Math, Problem, Prose, Sheet
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree

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
_EQUATED = re.compile(r"=|\\sim|\\in(?![a-z])|\\(?:le|ge)(?![a-z])|[<>~∼∈]")
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
    if asked := _only_asked(problem):
        yield from [index for index, each in enumerate(earlier) if asked <= _defined(each)][-1:]


def _only_asked(problem: Problem) -> frozenset[Tree]:
    """What derivatives are of, or what is convex, in a problem without an equation or another task."""
    equated = any(isinstance(item, Math) and _EQUATED.search(item.text) for item in problem.items)
    if equated or any(task.form not in ("convexity", "derivative") for task in problem.tasks) or _says_more(problem):
        return frozenset()
    found = [tree for task in problem.tasks for math in task.math("of") for tree in statements(math)]
    return frozenset(map(_head, found))


def _says_more(problem: Problem) -> bool:
    """Whether words stand outside of what asks."""
    for item in problem.items:
        inside = range(item.span.start, item.span.end)
        asked = {place for task in problem.tasks for place in range(task.span.start, task.span.end) if place in inside}
        rest = "".join(item.span.source.text[place] for place in inside if place not in asked)
        if not item.place.heading and re.search(r"[^\W\d_]{2}", rest):
            return True
    return False


def _defined(problem: Problem) -> frozenset[Tree]:
    maths = (item for item in problem.items if isinstance(item, Math) and not item.illustration)
    equations = (tree for math in maths for tree in statements(math) if isinstance(tree, Relation))
    return frozenset(_head(tree.sides[0]) for tree in equations if tree.operators[0] in ("=", ":="))


def _head(tree: Tree) -> Tree:
    """The f of `f(x)`."""
    match tree:
        case Juxtaposition(items=(name, Bracket(kind="("))):
            return key(name)
        case _:
            return key(tree)


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
