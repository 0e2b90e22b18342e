r"""Questions of convexity: "Is $J$ convex in $\beta$?", "Show that $f$ is a convex function", "Is the loss concave?"."""

from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import CLAIM
from chainrule.sheets.phrases import phrases_of, rows_of, said_by
from chainrule.sheets.sheet import Group, Math, Role, RoleName, Task

_VERBS = CLAIM | frozenset(("is", "decide", "determine", "explain", "justify", "argue"))
_NOUN = r"(?:function|loss|cost|objective|error|criterion)"
_ROWS = rows_of(
    {
        "kind": rf"(?:an? )?(?:jointly )?(?P<kind>convex|concave)(?: {_NOUN})?",
        "by": rf"(?:in|as an? {_NOUN} of|with respect to|of) (?P<by>\$(?:(?: , and| ,| and)? \$)*)",
        "of": rf"(?:the |this |our )?(?:{_NOUN} )*(?P<of>\$)",
        "loss": r"(?:the |this |our )(?P<loss>loss|cost|objective)(?: function)?",
        "link": r"(?:that|whether|if|also|or not|indeed|then|is|first|,)",
    }
)


def recognise_convexity(request: Request) -> Task | None:
    """The task that asks whether something is convex; None where it asks for anything else."""
    tokens = request.tokens
    found = phrases_of(said_by(tokens), _ROWS) if request.verb in _VERBS and not request.before else None
    kinds = [match["kind"] for name, match in found or () if name == "kind"]
    if found is None or len(kinds) != 1:
        return None
    maths = [token for token in tokens if isinstance(token, Math)]
    roles: list[Role] = []
    for name, match in found:
        role: RoleName = "of" if name == "of" else "wrt"
        count = match[0].count("$")
        roles += [Role(role, math) for math in maths[:count]]
        del maths[:count]
    targets = sum(name in ("of", "loss") for name, _ in found)
    if targets != 1:
        return None
    groups = (Group("of", "loss"),) if any(name == "loss" for name, _ in found) else ()
    place = request.place.part
    return Task("convexity", place, request.span, request.text, tuple(roles), groups=groups, quantity=kinds[0])
