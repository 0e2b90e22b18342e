r"""Gradient descent in words: "Perform two steps of gradient descent on $w$ and $b$ with learning rate 0.1".

A request is read as a row of phrases, in any order: the method and how many steps, the rate, what is moved, where it starts,
what is asked of the result. All of its words must be in one of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import DO
from chainrule.sheets.groups import group_of
from chainrule.sheets.notation import is_number, look, trees
from chainrule.sheets.quantity_words import head_text
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Group, GroupName, Math, Role, RoleName, Task
from chainrule.syntax.tree import Relation

_RATES = ("\\eta", "η", "\\alpha", "α", "\\gamma", "γ", "\\epsilon", "ε", "\\lambda", "λ", "lr", "eta", "alpha")
_VERBS = DO | {"update", "apply", "take", "use", "how", "train", "minimize", "minimise"}
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNT = rf"(?:(?P<count>{'|'.join(_COUNTS)}|\d{{1,4}}|an?|another)(?: single| full| more)? )?"
_STEPS = r"(?:steps?|iterations?|updates?|epochs?)"
_KIND = r"(?:(?:(?:full - |full-|full )?batch|stochastic|vanilla|plain|standard|simple|ordinary|sgd|gd) )*"
_DESCENT = rf"{_KIND}(?:gradient descent|steepest descent|descent|gd|sgd)(?: algorithm| method| rule)?"
_METHOD = (
    rf"{_COUNT}(?:{_STEPS} (?:of|using|with|by) (?:the )?{_DESCENT}|{_DESCENT}(?: {_STEPS})?"
    rf"|(?:gradient|weight|parameter) {_STEPS}|(?P<bare>{_STEPS}))"
)
_RATE = (
    r"(?:(?:with|using|for|at|where|assuming|given|and) )?(?:an? |the )?(?:constant |fixed )?"
    r"(?:learning rate|step size|step-size|stepsize|rate|step length)(?: of| is| =| ,| :)? (?P<rate>\$|\d*\.?\d+)"
    r"|(?:with|using|for|where|assuming|given|and|\() (?P<letter>\$)"
)
_NOUN = r"(?:weights?|parameters?|bias(?:es)?|loss|cost|objective|error|variables?|values?|inputs?|function|network|model)"
_THINGS = (
    rf"(?:(?:all|the|its|each|every|both|of) )*(?P<nouns>(?:{_NOUN}(?: (?:and|,|or) (?:the )?| )?)*)"
    r"(?:of )?(?P<maths>(?:\$(?: ,| and)* ?)*)"
)
_MOVED = rf"(?:for|on|of|to|over|in|minimi[sz]ing|respect to) {_THINGS}"
_START = (
    r"(?:(?:starting|beginning|start|initiali[sz]ed|initial point) )?(?:from|at) (?:the )?(?:initial )?"
    r"(?:point |values? |weights? )?(?P<start>\$)"
)
_ASKED = (
    r"(?:(?:is|are|be|what|give|find|compute|report|state|calculate|and|the|then|its|to|obtain|get|will|would) )*"
    rf"(?P<result>new|updated|resulting|final|next) {_THINGS}"
    r"|(?:what (?:is|are) |give |compute |find |the |and )*(?P<loss>loss|cost|error)(?: value)?(?= (?:after|decrease))"
)
_LINK = (
    r"(?:\(|\)|and|then|,|:|to|after|the|this|that|these|using|by|with|via|manually|hand|applying|performing|doing|rule|is|are"
    r"|of|what|obtained)"
)
_ROWS = {
    "method": _METHOD,
    "asked": _ASKED,
    "start": _START,
    "moved": _MOVED,
    "rate": _RATE,
    "link": _LINK,
    "things": _THINGS,
}
_PHRASES = tuple((name, re.compile(rf"(?:{pattern})(?: |$)")) for name, pattern in _ROWS.items())


@dataclass
class _Read:
    """What the phrases of a request say; `maths` are its formulas that no phrase has taken yet."""

    maths: list[Math]
    named: bool = False
    steps: int = 1
    counted: bool = False
    roles: list[Role] = field(default_factory=list[Role])
    groups: list[Group] = field(default_factory=list[Group])

    def take(self, role: RoleName, count: int = 1) -> None:
        """Give the next formulas a role."""
        self.roles += [Role(role, math) for math in self.maths[:count]]
        del self.maths[:count]


def find_descent(sentence: Sentence, requests: Sequence[Request], before: Sequence[Task]) -> Task | None:
    """The one task that a whole sentence is which asks for steps and what they lead to; None for any other sentence."""
    if not requests:
        return None
    first = requests[0]
    whole = replace(first, tokens=sentence.tokens[len(first.before) + 1 :], written=sentence.tokens)
    return recognise_descent(whole, any(task.form == "descent" for task in before))


def recognise_descent(request: Request, earlier: bool) -> Task | None:
    """The task that asks for steps of gradient descent, or for what they lead to; None where it asks for anything else.

    earlier: another task of the problem asked for steps, and "the new loss" is the one after those.
    """
    tokens = _tokens(request)
    said = " ".join("$" if isinstance(token, Math) else token.text.replace("$", "dollar") for token in tokens).strip()
    read = _Read([token for token in tokens if isinstance(token, Math)])
    if request.verb not in _VERBS or not said:
        return None
    here = 0
    while here < len(said):
        taken = next(_phrases_at(said, here), None)
        if taken is None:
            return None
        name, match = taken
        _note(read, name, match, request)
        here = match.end()
    wants = any(group.role == "asked" for group in read.groups) or any(role.name == "asked" for role in read.roles)
    updates = request.verb == "update" and any(role.name == "rate" for role in read.roles)
    rates = [role.math for role in read.roles if role.name == "rate"]
    if not (read.named or updates or (earlier and wants)) or len(rates) > 1 or not all(map(_could_be_rate, rates)):
        return None
    task = Task(
        "descent", request.place.part, request.span, request.text, tuple(read.roles), None, tuple(read.groups), read.steps
    )
    return replace(task, again=not (read.named or updates))


def _could_be_rate(math: Math) -> bool:
    r"""Whether a formula is a number, or has the letter of a learning rate: `\eta = 0.1`."""
    found = trees(math)
    name = found[0].sides[0] if found and isinstance(found[0], Relation) else found[0] if found else None
    return len(found) == 1 and name is not None and (is_number(math) or head_text(name) in _RATES)


def _tokens(request: Request) -> Tokens:
    return (*request.before, *request.tokens)


def _phrases_at(said: str, here: int) -> Iterator[tuple[str, re.Match[str]]]:
    for name, pattern in _PHRASES:
        match = pattern.match(said, here)
        if match is not None and match.end() > here:
            yield name, match


def _note(read: _Read, name: str, match: re.Match[str], request: Request) -> None:
    groups = match.groupdict()
    match name:
        case "method":
            count = groups["count"]
            read.named = read.named or not groups["bare"]
            if count is not None and not read.counted:
                read.steps = _number(count)
                read.counted = True
        case "rate":
            number = groups["rate"]
            if number not in (None, "$"):
                token = next(token for token in _tokens(request) if isinstance(token, Word) and token.text == number)
                read.roles.append(Role("rate", Math(token.span, request.place, False, name=number)))
            else:
                read.take("rate")
        case "start":
            read.take("given")
        case "moved" | "things" | "asked":
            role: RoleName = "asked" if name == "asked" else "of"
            if groups.get("loss"):
                read.groups.append(Group("asked", "loss"))
            words = re.split(r" and | , | or ", groups.get("nouns") or "")
            count = (groups.get("maths") or "").count("$")
            found: list[GroupName | None] = [group_of(part.split()) for part in words if part.strip()]
            if count == 0 or role == "asked":
                read.groups += [Group(role, group) for group in found if group is not None]
            read.take("given" if count and look(read.maths[0]) == "definition" and role == "of" else role, count)
        case _:
            pass


def _number(count: str) -> int:
    return _COUNTS.index(count) + 1 if count in _COUNTS else int(count) if count.isdigit() else 1
