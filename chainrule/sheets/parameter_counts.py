r"""Counts: "How many trainable parameters does the network have?", "the number of weights and biases in the first layer".

A request is read as a row of phrases: that something is counted, what, in which layer, of which network.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import FIND
from chainrule.sheets.networks.statements import trains_in_part
from chainrule.sheets.networks.vocabulary import ORDINALS, PHRASES
from chainrule.sheets.phrases import any_of, phrases_of, rows_of, said_by
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Group, GroupName, Math, Role, Task

HIDDEN = 0
"""The place of "the hidden layer", where there is one."""
_VERBS = FIND | frozenset(("how", "count", "list"))
_KINDS: tuple[tuple[str, GroupName], ...] = (("parameter", "parameters"), ("weight", "weights"), ("bias", "biases"))
_FREE_WORDS = (
    "total|overall|exact|different|individual|scalar|free|trainable|learnable|learned|adjustable|tunable|model|network|all|the"
    "|its|of|connection"
)
_FREE = rf"(?:(?:{_FREE_WORDS}) )*"
_PARAMETER = r"(?:parameters?|weights?|bias(?:es)?(?: terms?)?)"
_COUNTED = rf"(?P<what>{_PARAMETER}(?:(?: ,|,)? (?:and|or|plus|\+) {_FREE}{_PARAMETER})*)"
_AMOUNT = (
    rf"(?:(?:how many |(?:count )?{_FREE}(?:number|amount|count) of |count )?{_FREE}{_COUNTED})(?! count)"
    r"|(?:the )?(?:total )?(?:number of )?(?P<one>parameter|weight) count"
    r"|(?:how many|(?:the )?number) of (?P<them>them|these|those)"
)
_ENTRIES = (
    r"(?:how many|(?:the )?(?:total )?number of) (?:entries|elements|components|numbers)(?: (?:are|in|of|does|has))*"
    r" (?:the matrix |the vector )?(?P<array>\$)"
)
_PLACES = any_of((*ORDINALS, "hidden", "output"))
_LAYER = (
    rf"(?:(?:in|of|for|from|belong to|does|do|has|have) )?(?:the |its )?(?P<place>{_PLACES})(?P<inner> hidden)? layer"
    r"|(?:(?:in|of|for|does) )?(?:the )?layer (?P<number>\d{1,2})"
    r"|(?:(?:in|of|for|does) )?(?P<each>(?:each|every)(?: single)? layer|per layer|layer by layer|each of the layers)"
)
_WORD = any_of({word for phrase in PHRASES for word in phrase if word.isalpha()} | {"neural"})
_PIECE = rf"(?:{_WORD}|\d+|[-–,:()→>×]|\$)"
_NETWORK = (
    rf"(?:(?:in|of|for|does|do|has|have|contains) )?(?:a|an|the|this|that|our|your|such a|its)"
    rf"(?: entire| whole| full| complete)?(?: {_PIECE})*?"
    r" (?:network|model|mlp|net|perceptron|classifier|architecture|cell|neuron|unit)"
    r"(?:(?: of| with)?(?: layer)?(?: sizes?)?(?: (?:\d+|\$))(?: (?:[-–,:→>×]|and|\d+|\$))+)?"
    rf"(?: with(?: {_PIECE})+?(?= have| has| contain| need| in total|$| \?))?(?: above| below| described(?: above)?)?"
)
_NAMED = r"(?:in|of|are in|has|have|does|do) (?P<maths>\$(?:(?: , and| ,| and)? \$)*)(?: together)?"
_BIASES = r"(?: the| all| any)? bias(?:es)?(?: terms?)?(?: \))?"
_WITHOUT = "excluding|without|ignoring|not counting|not including|without counting"
_OF_BIASES = r"(?:(?:if|when) )?(?:(?:the|all|any) )?bias(?:es)?(?: terms?)?(?: are)?"
_APART = (
    rf"(?:, )?(?:\( )?(?:(?P<apart>{_WITHOUT}){_BIASES}"
    rf"|{_OF_BIASES} (?:excluded|left out|not counted|not included|ignored)(?: \))?"
    r"|(?:only (?:the )?weights|weights only) \))"
)
_WITH = (
    rf"(?:, )?(?:\( )?(?:(?P<too>including|counting|with){_BIASES}"
    rf"|{_OF_BIASES} (?:included|counted|taken into account)(?: \))?)"
    r"|[(,–—-] (?:i\.e\. |that is |counting |all |both )*(?:the )?"
    r"(?P<both>weights (?:and|plus|\+|as well as) (?:the )?bias(?:es)?"
    r"|bias(?:es)? (?:and|plus|\+) (?:the )?weights)(?: together| combined| included)?(?: \))?"
)
_LINK = (
    r"(?:what|is|are|the|there|does|do|it|has|have|contains?|needs?|requires?|in total|in all|altogether|overall"
    r"|to be (?:learned|learnt|trained)|to (?:learn|train)|must|be|that|trained|learned|learnt|you|we|calculate|compute"
    r"|determine|find|give|state|for|of|and|in|,|:|\(|\)|\?|then|also|now|please)"
)
_ROWS = rows_of(
    {
        "entries": _ENTRIES,
        "apart": _APART,
        "with": _WITH,
        "layer": _LAYER,
        "amount": _AMOUNT,
        "network": _NETWORK,
        "named": _NAMED,
        "link": _LINK,
    }
)
_LEARNT = r"weights?|parameters?|bias(?:es)?"
_DATA = r"inputs?|targets?|labels?|data|examples?|features?|states?|noise|contexts?|constants?|hyperparameters?"
_ROLES = re.compile(
    rf"\b(?:(?P<learnt>{_LEARNT})|{_DATA})"
    r"(?: (?:matrix|matrices|vectors?|terms?|are|is|scalars?))* (?P<maths>\$(?:(?: , and| ,| and)? \$)*)"
)
_SAID_OF = re.compile(
    r"(?P<maths>\$(?:(?: , and| ,| and)? \$)*) (?:is|are|denotes?|stands? for) (?:the |an? |our |its )?(?:[a-z-]+ ){0,3}?"
    rf"(?:(?P<learnt>{_LEARNT})|{_DATA})\b(?! (?:decay|sharing|function|size|rate))"
)
_HELD = re.compile(
    r"(?P<maths>\$(?:(?: , and| ,| and)? \$)*) (?:is|are|stays?|remains?) (?:(?:kept|held) )?"
    r"(?:fixed|frozen|constant|not (?:trained|trainable|learned|learnt|updated))\b"
)
"""Names that are no parameters."""
_DEPENDENT = re.compile(
    r"\b(?:symmetric|skew-symmetric|diagonal|triangular|orthogonal|shared|tied|sparse|circulant|toeplitz)\b|\btranspose of\b"
)
"""Of such a matrix not every entry is a parameter of its own."""


@dataclass
class _Read:
    maths: list[Math]
    roles: list[Role] = field(default_factory=list[Role])
    kinds: list[GroupName] = field(default_factory=list[GroupName])
    layers: list[int] = field(default_factory=list[int])
    asks: bool = False
    every: bool = False
    apart: bool = False
    too: bool = False

    def take(self, count: int) -> None:
        self.roles += [Role("asked", math) for math in self.maths[:count]]
        del self.maths[:count]


def recognise_count(request: Request, before: Sequence[Task]) -> Task | None:
    """The task that asks how many parameters there are; None where it asks for anything else. before: "how many of them" are
    in a layer is asked of what the last of these tasks counts.
    """
    tokens = (*request.before, *request.tokens)
    if request.verb not in _VERBS:
        return None
    said = said_by(tokens)
    if request.verb in ("how", "count"):
        said = f"{said_by(request.before)} {request.verb} {said_by(request.tokens)}".strip()
    found = phrases_of(said, _ROWS)
    read = _Read([token for token in tokens if isinstance(token, Math)])
    if found is None:
        return None
    for name, match in found:
        _note(read, name, match)
    if any(match.groupdict().get("them") for _, match in found):
        counted = next((task for task in before[-1:] if task.form == "count"), None)
        if counted is None or (read.kinds and counted.named("asked") != ("parameters",)) or (read.layers and counted.layers):
            return None
        read.kinds = read.kinds or list(counted.named("asked"))
        read.layers = read.layers or list(counted.layers)
    asked = [match["what"] for name, match in found if name == "amount" and match.groupdict().get("what")]
    if len(set(asked)) > 1:
        return None  # "how many weights and how many biases": two counts, and not their sum
    counting = re.search(r"\b(?:how many|number of|amount of|count)\b", said) is not None
    if not counting or not read.asks or (read.apart and read.too):
        return None
    groups: list[GroupName] = ["weights"] if read.apart else _together(list(dict.fromkeys(read.kinds)))
    return Task(
        "count",
        request.place.part,
        request.span,
        request.text,
        tuple(read.roles),
        groups=tuple(Group("asked", group) for group in groups) + ((Group("of", "biases"),) if read.too else ()),
        every=read.every,
        layers=tuple(dict.fromkeys(read.layers)),
    )


def _together(kinds: Sequence[GroupName]) -> list[GroupName]:
    """Weights and biases are all parameters."""
    return ["parameters"] if "parameters" in kinds or len(kinds) > 1 else list(kinds)


def _note(read: _Read, name: str, match: re.Match[str]) -> None:
    groups = match.groupdict()
    match name:
        case "amount":
            said = groups["what"] or groups["one"] or ""
            read.asks = True
            read.kinds.extend(kind for noun, kind in _KINDS if noun in said)
        case "entries":
            read.asks = True
            read.take(1)
        case "layer":
            read.every = read.every or groups["each"] is not None
            if groups["number"]:
                read.layers.append(int(groups["number"]))
            elif groups["place"]:
                read.layers.append(_layer(groups["place"], inner=groups["inner"] is not None))
        case "network":
            del read.maths[: match[0].count("$")]
        case "named":
            read.take(groups["maths"].count("$"))
        case "apart":
            read.apart = True
        case "with":
            read.too = True
            if groups["both"]:
                read.kinds.append("parameters")
        case _:
            pass


def _layer(place: str, *, inner: bool) -> int:
    """The place of a layer, from 1, or from -1 back. inner: it is one of the hidden layers."""
    if place == "hidden":
        return HIDDEN
    number = ORDINALS.get(place, -1)
    return number - 1 if inner and number < 0 else number


def with_roles(tasks: Sequence[Task], sentences: Iterable[Sentence]) -> list[Task]:
    """The counts with what words say each name is, "weights $A$", "inputs $u$", so that none is counted by its letter alone.

    Where words say that something is not trained, or depends on something else, the counts are not understood.
    """
    found: list[Role] = []
    counts = [task for task in tasks if task.form == "count"]
    untrained = ""
    for sentence in sentences if counts else ():
        asked = any(task.span.start < sentence.span.end and sentence.span.start < task.span.end for task in counts)
        maths = [token for token in sentence.tokens if isinstance(token, Math)]
        said = said_by(sentence.tokens)
        partly = (not asked and trains_in_part(sentence)) or _DEPENDENT.search(said.lower())
        untrained = untrained or (sentence.span.text if partly else "")
        for match in (*_ROLES.finditer(said), *_SAID_OF.finditer(said), *_HELD.finditer(said)):
            first = said.count("$", 0, match.start("maths"))
            found += [
                Role("wrt" if match.groupdict().get("learnt") else "mention", math)
                for math in maths[first : first + match["maths"].count("$")]
            ]
    if untrained:
        note = f'what "{" ".join(untrained.split())}" leaves out of the count is not understood'
        return [replace(task, form="unknown", note=note) if task.form == "count" else task for task in tasks]
    return [replace(task, roles=(*task.roles, *found)) if task.form == "count" else task for task in tasks]
