r"""Gradient descent in words: "Perform two steps of gradient descent on $w$ and $b$ with learning rate 0.1".

A request is read as a row of phrases, in any order: the method and how many steps, the rate, what is moved, where it starts,
what is asked of the result. All of its words must be in one of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from chainrule.sheets.clauses import Request, Tokens, trimmed
from chainrule.sheets.descent_rates import could_be_rate
from chainrule.sheets.forms import DO, FIND
from chainrule.sheets.groups import VARIABLES, group_of
from chainrule.sheets.notation import look
from chainrule.sheets.phrases import phrases_of, rows_of, said_by
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Group, Math, Role, RoleName, Task
from chainrule.sheets.training_words import FIXED

_VERBS = DO | {"update", "apply", "take", "use", "how", "train", "minimize", "minimise", "move"}
_MOVING = ("update", "train", "minimize", "minimise", "move")
"""Verbs of what moves; beside another one a bare noun, "what is the loss", is no thing that moves."""
OPEN = 0
"""So many steps has a task that says how they are made, and not how many; a later one may say that."""
COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TIMES = ("once", "twice", "three times", "four times", "five times")
_COUNT = (
    rf"(?:(?:the |a )?(?:first (?=[a-z]+ (?:iter|step|upd)|\d))?(?P<count>{'|'.join(COUNTS)}|\d{{1,4}}|first|an?"
    r"|(?P<next>another(?: (?P<others>two|three|\d))?|next|(?P<second>second)))"
    r"(?: single| full| simultaneous| joint|(?P<more> more| further| additional))? )?"
)
STEPS = r"(?:steps?|iterations?|iterates?|updates?|epochs?)"
_KIND = r"(?:(?:(?:full - |full-|full )?batch|stochastic|vanilla|plain|standard|simple|ordinary|sgd|gd) )*"
_DESCENT = rf"{_KIND}(?:gradient descent|gradient-descent|steepest descent|descent|gd|sgd)(?: algorithm| method| rule)?"
_METHOD = (
    rf"{_COUNT}(?:{STEPS} (?:of|using|with|by) (?:the )?{_DESCENT}|{_DESCENT}(?: {STEPS})?"
    rf"|(?:gradient|weight|parameter) {STEPS}|(?P<bare>{STEPS}))"
)
_DOWN = (
    r"(?:against|opposite(?: to)?|in the direction opposite to) (?:(?:the|this|that|its|these|their) )?(?:direction of the )?"
    r"gradients?"
    r"|(?:in|along) (?:the )?(?:direction of (?:the )?)?(?:negative|opposite)(?: of (?:the|this))? gradients?(?: direction)?"
    r"|in the direction of (?:the )?steepest descent|downhill"
)
"""Where steps of descent go."""
_RATE = (
    r"(?:(?:(?:with|using|for|at|where|assuming|given|and) )?(?:an? |the )?(?:constant |fixed )?"
    r"(?:learning rate|step size|step-size|stepsize|rate|step length)|of (?:an? |the )?(?:constant |fixed )?(?:size|length))"
    r"(?: of| is| =| ,| :)? (?P<rate>\$|\d*\.?\d+)"
    r"|(?:with|using|for|where|assuming|given|and|\() (?P<letter>\$)"
    r"|(?:with|using|at) the same (?:learning rate|step size|step-size|stepsize|rate)"
)
_NOUN = (
    r"(?:outputs?|predictions?|weights?|parameters?|bias(?:es)?|loss|cost|objective|error|variables?|values?|inputs?|function"
    r"|network|model|vectors?|matri(?:x|ces))"
)
_NUMBER = rf"(?:{'|'.join(COUNTS[1:])}|[1-9]\d?)"
_OF_THEM = rf"(?:(?:all|the|its|each|every|both|of|values?(?= of)|{_NUMBER}(?= (?:of )?(?:the )?{_NOUN})) )*"
_MEMBER = rf"{_OF_THEM}(?:{_NOUN}(?: {_NOUN})*(?:(?: of)? \$)?|\$)"
_MEMBERS = re.compile(rf"(?P<lead>{_OF_THEM})(?P<nouns>(?:{_NOUN} ?)*)(?:of )?(?P<math>\$)?")
_PLAIN = ("value", "values", "function", "network", "model")
"""Nouns that name nothing which moves, and nothing else than what does: "train the network", "the new values"."""
_OF_A_LAYER = frozenset(("output", "outputs", "input", "inputs", "prediction", "predictions"))
"""What picks some of the weights: "the output weights"."""


def _things(suffix: str = "") -> str:
    """A list of what words and formulas name: "the weights $w$, $v$ and the bias"."""
    return rf"(?P<things{suffix}>{_MEMBER}(?:(?: ,| and| or)+ {_MEMBER}|(?<=\$) \$)*)"


_ONLY = "(?: only| alone)?"
_MOVED = rf"(?:for|on|of|to|over|in|minimi[sz]ing|respect to) (?:only |just )?{_things()}{_ONLY}"
_PLACE = r"(?:point|values?|weights?|parameters?|position)"
_FROM = (
    r"(?:(?:(?:starting|beginning|starts?|begins?|initiali[sz]ed|initial point) )?(?:from|at)"
    r"|(?:starting|beginning|start) with)"
)
_START = (
    rf"{_FROM} (?:the )?(?:initial |given )?(?:{_PLACE} )?(?P<start>\$(?:(?: ,| and)? \$)*)"
    rf"|{_FROM} the (?:given|initial) {_PLACE}"
    r"|(?:(?:from|with|at|and|using) )?(?:the |an? )?(?:initial|starting) (?:point|guess|value|position|iterate)"
    r"(?: of| is| =| ,)? (?P<begin>\$(?:(?: ,| and)? \$)*)"
    r"|(?:for|with) (?:these|the given|the above) (?:values|numbers|weights)"
    rf"|{_FROM} (?P<there>there|here|(?:this|that|the same|the current) {_PLACE})"
)
_LEAD = r"(?:(?:is|are|be|what|give|find|compute|report|state|calculate|and|the|then|its|to|obtain|get|will|would|do|does) )*"
_ASKED = (
    rf"{_LEAD}(?:new|updated|resulting|final|next) {_things()}"
    r"|(?:what (?:is|are) |give |compute |find |the |and )*(?P<loss>loss|cost|error)(?: value)?(?= (?:after|decrease))"
    rf"|{_LEAD}(?:values? of )?{_things('_after')}(?= (?:have |has |take )?after )"
    rf"|to (?:obtain|get|find|compute|reach) {_things('_reached')}"
    rf"|(?:what |and )*(?:does|do|will|would) {_things('_become')} (?:then |now )?(?P<becomes>become|change to|turn into)"
)
_SUFFIXED = ("things_after", "things_later", "things_reached", "things_become")
_WHEN = (
    r"(?P<when>afterwards|then|now|after (?:them|it|that|this|(?:this|that|the) (?:step|update)"
    r"|(?:these|those|both|the|the two) (?:steps|updates|iterations|epochs))"
    r"|(?:with|at|for|using) (?:the|these|this|their) (?:new|updated|resulting|final) (?:weights?|parameters?|bias(?:es)?"
    r"|values?|point|position)|at that point)$"
)
_SAME = (
    r"(?: (?:on|for|of|at) (?:the |this |that )(?:same |given )?(?:training |data )?"
    r"(?:pair|examples?|samples?|points?|inputs?|data|instance|pattern|batch|set))?"
)
"""What the loss is of, where the text has one thing that it can be of."""
_LATER = (
    r"(?:what |is |are |evaluate |compute |recompute |find |give |state |report |determine |calculate |the |and )*"
    r"(?:(?P<later>loss|cost|error|objective)(?: function)?(?: value)?(?: \$)?"
    rf"|(?:values? of )?{_things('_later')}){_SAME}(?: have| has| be| become| equal)? {_WHEN}"
)
"""What is asked of the steps of the task before; "then" and "now" only in its own part."""
_STILL = (
    rf"(?:\( )?(?:(?:but|and|while|,) )?(?:leav(?:e|ing)|keep(?:ing)?) {_things('_still')}"
    r"(?: (?:as (?:they are|it is)|fixed|unchanged|constant|alone|untouched|frozen))+(?: \))?"
    rf"|(?:\( )?(?:, )?(?:but )?not {_things('_not')}(?: \))?"
    rf"|(?:\( )?(?:(?:but|and|while|where|with|,) )*{_things('_fixed')} (?:(?:is|are|being|stays?|remains?) )?{FIXED}(?: \))?"
    r"|(?:\( )?(?:(?:but|and|,) )*(?:do not|don't|without) (?:updat(?:e|ing)|chang(?:e|ing)|mov(?:e|ing)|train(?:ing)?)"
    rf" {_things('_unmoved')}(?: \))?"
)
"""What is not moved."""
_LINK = (
    rf"(?:for(?= (?:{'|'.join(COUNTS)}|\d{{1,4}}) (?:more |further |full )?{STEPS}\b)|"
    r"\(|\)|and|(?P<then>then)|,|:|to|after|the|this|that|these|using|by|with|via|manually|hand|applying|performing|doing|rule"
    r"|is|are|of|what|obtained|out|down|(?:(?:all|both) )?(?:simultaneously|jointly|together|at once|at the same time)"
    r"|in (?:one|a single) go|have|has|take)"
)
_ROWS = rows_of(
    {
        "method": _METHOD,
        "down": _DOWN,
        "still": _STILL,
        "later": _LATER,
        "asked": _ASKED,
        "start": _START,
        "moved": _MOVED,
        "rate": _RATE,
        "times": rf"(?P<times>{'|'.join(TIMES)})(?= (?:with|using|at|by|on|from|,|\()|$)",
        "link": _LINK,
        "things": rf"(?:only |just )?{_things()}{_ONLY}",
    }
)

_ORDERED = frozenset(("then", "next", "finally", "afterwards", "now", "also", "and", ","))
_FRESH = re.compile(r"\b(?:new|updated|next)\b")


@dataclass
class _Read:
    """What the phrases of a request say; `maths` are its formulas that no phrase has taken yet."""

    maths: list[Math]
    named: bool = False
    steps: int = 1
    counted: bool = False
    becomes: bool = False
    """What something becomes is asked, which one step with a rate says."""
    fresh: bool = False
    """What is asked for is new, which one step makes it where none are counted."""
    goes_on: bool = False
    """The steps are more ones: "another step"."""
    second: bool = False
    """They are the second one."""
    there: bool = False
    """They start where the task before is: "from there"."""
    later: str = ""
    """When the loss is asked for, "afterwards"."""
    ordered: bool = False
    """Something comes after something else, "and then"."""
    only_weights: bool = False
    """The biases do not move, so that it must say what does."""
    unread: bool = False
    """It says something that is not carried out."""
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
    whole = replace(first, tokens=trimmed(sentence.tokens[len(first.before) + 1 :]), written=trimmed(sentence.tokens))
    found = recognise_descent(whole, before)
    if found is None and any(_is_cut(*pair, before) for pair in pairwise(requests)):
        return Task("unknown", whole.place.part, whole.span, whole.text)
    return found


def _is_cut(request: Request, after: Request, before: Sequence[Task]) -> bool:
    """Whether a request for steps is only half of a list, "... on the weights and | bias of the last layer"."""
    goes_on = request.verb not in FIND and after.verb == request.verb and after.written == after.tokens
    return goes_on and recognise_descent(request, before) is not None and recognise_descent(after, before) is None


def recognise_descent(request: Request, before: Sequence[Task]) -> Task | None:
    """The task that asks for steps of gradient descent, or for what they lead to; None where it asks for anything else.

    before: the tasks that stand before it; "the new loss" is the one after the steps of the last of them.
    """
    tokens = _tokens(request)
    said = said_by(tokens)
    found = phrases_of(said, _ROWS) if request.verb in _VERBS and said else None
    if found is None:
        return None
    read = _Read([token for token in tokens if isinstance(token, Math)])
    said_first = said_by(request.before)
    lead = len(said_first) if said_first.startswith("after ") and request.verb in FIND else len(said)
    for name, match in found:
        _note(read, "asked" if name == "things" and match.start() >= lead else name, match, request)
        read.unread = read.unread or (name == "things" and match.start() < lead and request.verb not in _MOVING)
    last = next((task for task in reversed(before) if task.form == "descent" and not task.again), None)
    wants = any(each.role == "asked" for each in read.groups) or any(role.name == "asked" for role in read.roles)
    becomes = read.becomes and any(task.form == "derivative" for task in before)
    updates = (request.verb == "update" or read.counted or becomes) and any(role.name == "rate" for role in read.roles)
    asks = read.named or updates or (last is not None and read.goes_on and not wants)
    rates = [role.math for role in read.roles if role.name == "rate"]
    if read.later and not (before and before[-1].form == "descent" and _is_here(request, before[-1], read.later)):
        return None
    begun = last is not None and not last.order and read.counted and not wants
    asks = asks or begun
    if not (asks or (last is not None and wants)) or len(rates) > 1 or not all(map(could_be_rate, rates)) or read.unread:
        return None
    moved = {group.name for group in read.groups if group.role == "of"}
    if read.only_weights and moved != {"weights"} and not any(role.name == "of" for role in read.roles):
        return None
    roles = (*read.roles, *_differentiated_by(before))
    task = Task("descent", request.place.part, request.span, request.text, roles, None, tuple(read.groups), read.steps)
    if not asks and last is not None and last.order == OPEN and not (read.goes_on or read.second):
        return _placed(task, read, last, before) if read.counted or read.fresh else None
    if not asks:
        return _after(task, read, last) if last is not None and last.order and request.verb != "update" else None
    if request.verb in ("minimize", "minimise", "use", "apply") and read.named and not read.counted and not wants:
        task = replace(task, order=OPEN, note="how many steps are meant is not said")
    return _further(task, last) if begun else _placed(task, read, last, before)


def _differentiated_by(before: Sequence[Task]) -> list[Role]:
    """What derivatives were asked by, which the steps move where nothing else tells parameters from what is given."""
    asked = [math for task in before if task.form == "derivative" for math in task.math("asked", "wrt")]
    return [Role("wrt", math) for math in asked]


def _is_here(request: Request, steps: Task, when: str) -> bool:
    """Whether a loss that is asked for "then" can only be the one behind these steps."""
    alone = all(isinstance(token, Word) and token.text in _ORDERED for token in request.before)
    return alone and (when not in ("then", "now") or steps.part == request.place.part)


def _placed(task: Task, read: _Read, last: Task | None, before: Sequence[Task]) -> Task | None:
    """The task where it starts: behind the steps before it, at the point of the task before it, or as it says."""
    here = before[-1] if before else None
    if last is not None and last.order == OPEN and not read.goes_on:
        several: tuple[tuple[RoleName, ...], ...] = (("rate",), ("of",), ("given", "point"))
        for names in several:
            kept = () if task.math(*names) or (names == ("of",) and task.named("of")) else last.roles
            task = replace(task, roles=(*(role for role in kept if role.name in names), *task.roles))
        if not task.math("of") and not task.named("of"):
            task = replace(task, groups=(*(group for group in last.groups if group.role == "of"), *task.groups))
        return task
    if read.goes_on or (read.there and here is not None and here.form == "descent"):
        return _further(task, last) if not read.second or (last is not None and last.order == 1) else None
    beside = [each for each in before if here is not None and each.part == here.part] if read.there else []
    points = [tuple(role for role in each.roles if role.name == "point") for each in beside]
    return replace(task, roles=(*task.roles, *next((found for found in reversed(points) if found), ())))


def _after(task: Task, read: _Read, last: Task) -> Task | None:
    """What is asked of the steps of the task before, or of as many as it says: "the loss after the second step"."""
    total = last.order if not read.counted else 2 if read.second else read.steps + read.goes_on * last.order
    steps = _further(replace(task, order=total - last.order), last)
    return replace(task, again=True) if steps is not None and total == last.order else steps


def _further(task: Task, last: Task | None) -> Task | None:
    """The steps of the task before and these; None where they are others, so that no number of steps makes both."""

    def said(each: Task, *names: RoleName) -> set[str]:
        return {math.text.replace(" ", "") for math in each.math(*names)} | {g.name for g in each.groups if g.role in names}

    if last is None or said(task, "given", "point"):
        return None
    if not (said(task, "rate") <= said(last, "rate") and said(task, "of") in (set(), said(last, "of"))):
        return None
    kept = tuple(role for role in task.roles if role.name not in ("rate", "of", "wrt"))
    of = tuple(role for role in last.roles if role.name in ("rate", "of", "wrt", "given", "point"))
    asked = tuple(group for group in task.groups if group.role != "of")
    groups = tuple(group for group in last.groups if group.role == "of")
    return replace(task, roles=(*of, *kept), groups=(*groups, *asked), order=last.order + task.order)


def _tokens(request: Request) -> Tokens:
    return (*request.before, *request.tokens)


def _note(read: _Read, name: str, match: re.Match[str], request: Request) -> None:
    groups = match.groupdict()
    match name:
        case "method":
            count = groups["count"]
            read.named = read.named or not groups["bare"]
            if count is not None and not read.counted:
                read.steps = _number(groups["others"] or count)
                read.counted = True
            read.goes_on = read.goes_on or groups["next"] is not None or groups["more"] is not None
            read.second = read.second or groups["second"] is not None
        case "down":
            read.named = True
        case "times":
            read.unread = read.unread or read.counted
            read.steps, read.counted = TIMES.index(groups["times"]) + 1, True
        case "rate":
            number = groups["rate"]
            if number not in (None, "$"):
                token = next(token for token in _tokens(request) if isinstance(token, Word) and token.text == number)
                read.roles.append(Role("rate", Math(token.span, request.place, False, name=number)))
            else:
                read.take("rate", match[0].count("$"))
        case "start":
            read.there = read.there or groups["there"] is not None
            for math in read.maths[: match[0].count("$")]:
                read.take("point" if math.name else "given")
        case "link":
            begun = read.named or any(role.name == "rate" for role in read.roles)
            read.ordered = read.ordered or (begun and groups["then"] is not None)
        case "still":
            said = (groups.get(f"things_{each}") for each in ("still", "not", "fixed", "unmoved"))
            _note_still(read, next((each for each in said if each), ""))
        case "later":
            read.later = match["when"]
            _note_things(read, name, match)
            if groups["later"] and "$" in match[0]:
                read.take("asked")
            elif groups["later"]:
                read.groups.append(Group("asked", "loss"))
        case "moved" | "things" | "asked":
            read.fresh = read.fresh or (name == "asked" and _FRESH.search(match[0]) is not None)
            read.becomes = read.becomes or groups.get("becomes") is not None
            _note_things(read, name, match)
        case _:
            pass


def _note_still(read: _Read, said: str) -> None:
    """What does not move: a formula, of which the steps must be none, or the biases beside weights that are named."""
    for member in re.split(r"(?: ,| and| or)+ |(?<=\$) (?=\$)", said):
        if "$" in member:
            read.take("doubt")
        elif re.fullmatch(r"(?:(?:all|both|its|the|their) )*bias(?:es)?", member):
            read.only_weights = True
        else:
            read.unread = True


def _note_things(read: _Read, name: str, match: re.Match[str]) -> None:
    """What is moved, or of which the new value is asked. Steps by one variable "and then" by another are not one step."""
    groups = match.groupdict()
    role: RoleName = "asked" if name in ("asked", "later") else "of"
    if groups.get("loss"):
        read.groups.append(Group("asked", "loss"))
    said = groups.get("things") or next((groups[each] for each in _SUFFIXED if groups.get(each)), "")
    read.unread = read.unread or (role == "of" and read.ordered and bool(said))
    here = read.maths[: said.count("$")]
    values = role == "of" and bool(here) and look(here[0]) == "definition"
    read.unread = read.unread or any((look(math) == "definition") != values for math in here if role == "of")
    for member in re.split(r"(?: ,| and| or)+ |(?<=\$) (?=\$)", said):
        _note_member(read, "given" if values else role, member)


def _note_member(read: _Read, role: RoleName, member: str) -> None:
    """One of the things: a formula, with what it is called, or a group. What names neither is not read."""
    match = _MEMBERS.fullmatch(member)
    if match is None or match["math"]:
        read.take(role)
        return
    nouns = match["nouns"].split()
    group = group_of(nouns) or ("parameters" if nouns in (["vectors"], ["matrices"]) and _number_in(match["lead"]) else None)
    if group is not None:
        read.groups.append(Group("asked" if role == "asked" else "of", group, _number_in(match["lead"])))
    picked = group in VARIABLES - {"inputs"} and not _OF_A_LAYER.isdisjoint(nouns)
    moved = role == "asked" or group != "output"
    read.unread = read.unread or picked or not moved or (group is None and not set(nouns) <= set(_PLAIN))


def _number_in(lead: str) -> int | None:
    """How many "all six weights", "both weights" are; None where it is not said."""
    said = next((word for word in lead.split() if word == "both" or re.fullmatch(_NUMBER, word)), None)
    return 2 if said == "both" else _number(said) if said else None


def _number(count: str) -> int:
    return COUNTS.index(count) + 1 if count in COUNTS else int(count) if count.isdigit() else 1
