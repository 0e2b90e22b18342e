r"""Questions for the point at which something is smallest or largest, or its gradient vanishes: "Find the minimiser of $f$.",
"Where is the minimum?", "For which $w$ does the derivative of $J$ vanish?".
"""

import re

from chainrule.sheets.clauses import Request, trimmed
from chainrule.sheets.forms import FIND
from chainrule.sheets.notation import trees
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.phrases import said_by
from chainrule.sheets.sheet import Group, Math, Role, RoleName, Task
from chainrule.syntax.tree import Relation

_KINDS = {"min": "minimiser", "small": "minimiser", "low": "minimiser", "max": "maximiser", "larg": "maximiser"}
_NOUN = r"(?:loss|cost|function|objective|error|risk|criterion|negative log-likelihood)(?: function)?"
_OF = rf"(?:(?:the |this |our )?(?:{_NOUN} )?(?P<f>\$)|(?:the|this|our) {_NOUN}|it)"
_WHOSE = _OF.replace("?P<f>", "?P<g>")
_EXTREME = r"(?P<kind>minim(?:al|um|i[sz]ed)|smallest|lowest|maxim(?:al|um|i[sz]ed)|largest)"
_SLOPE = rf"(?:the |this |its )?(?:gradient|derivative|slope)s?(?: of {_WHOSE})?"
_POINT = r"minimi[sz]er|minimi[sz]ing point|maximi[sz]er|stationary point|critical point"
_ZERO = r"(?:zero|equal to zero|vanish|equal zero|become zero)"
_BY = r"(?: (?:over|in|with respect to|as a function of) (?P<v>\$))?"
_AT = r"(?:for|at) (?:which|what) (?:(?:values?|point|points) (?:of )?)?(?P<v>\$)?(?: ,)? ?"
_ROLES: tuple[tuple[str, RoleName], ...] = (("f", "of"), ("g", "of"), ("v", "wrt"), ("x", "mention"))
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"find (?:the |a |its )?(?:unique |global |only )?(?P<kind>{_POINT})(?: (?P<x>\$))?(?: of {_OF})?{_BY}",
        rf"where is (?:the|its) (?P<kind>minimum|maximum)(?: of {_OF})?",
        rf"where is {_OF} {_EXTREME}",
        rf"where does {_OF} (?:attain|have|reach|take) its (?P<kind>minimum|maximum)(?: value)?",
        rf"(?:where |{_AT})(?:does|is) {_SLOPE} {_ZERO}",
        rf"{_AT}(?:is|does) {_OF} (?:{_EXTREME}|(?:attain|have|reach|take) its (?P<extreme>minimum|maximum)(?: value)?)",
        rf"(?:which|what) (?:value of )?(?P<v>\$) (?P<kind>minimi[sz]es|maximi[sz]es) {_OF}",
        rf"find (?:the )?(?:values? of |point )?(?P<v>\$) (?:that|which) (?P<kind>minimi[sz]es|maximi[sz]es) {_OF}",
    )
)
_REMARK = re.compile(r" \( ((?:[a-z-]+ )+)\)$")


def recognise_stationary(request: Request) -> Task | None:
    """The task that asks for such a point; None where it asks for anything else."""
    verb = "find" if request.verb in FIND - {"what"} else request.verb
    tokens = trimmed((*request.before, *request.tokens))
    said = " ".join(filter(None, (said_by(request.before), verb, said_by(trimmed(request.tokens)))))
    if (remark := _REMARK.search(said)) and all(map(is_descriptive, remark[1].split())):
        said = said[: remark.start()]
    match = next((found for form in _FORMS if (found := form.fullmatch(said))), None)
    if match is None:
        return None
    maths = [token for token in tokens if isinstance(token, Math)]
    roles: list[Role] = []
    for group, role in _ROLES:
        if match.groupdict().get(group):
            math = maths[said[: match.start(group)].count("$")]
            if role != "of" and any(isinstance(tree, Relation) for tree in trees(math)):
                return None
            roles.append(Role(role, math))
    word = match.groupdict().get("kind") or match.groupdict().get("extreme") or ""
    kind = next((kind for start, kind in _KINDS.items() if word.startswith(start)), "stationary point")
    groups = () if any(role.name == "of" for role in roles) else (Group("of", "loss"),)
    return Task("convexity", request.place.part, request.span, request.text, tuple(roles), groups=groups, quantity=kind)
