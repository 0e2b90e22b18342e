r"""Questions of convexity: "Is $J$ convex in $\beta$?", "Show that $f$ is a convex function", "Is the loss concave?"."""

import re
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import CLAIM
from chainrule.sheets.networks.vocabulary import LOSSES
from chainrule.sheets.notation import trees
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.phrases import any_of, phrases_of, rows_of, said_by
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Group, Math, Role, RoleName, Task
from chainrule.syntax.tree import Font, Name, Relation, Superscript

_VERBS = CLAIM | frozenset(("is", "decide", "determine", "explain", "justify", "argue"))
_NOUN = r"(?:function|loss|cost|objective|error|criterion|risk|penalty|regulari[sz]er)"
_INPUT = "weights?|bias(?:es)?|parameters?|variables?|inputs?|vectors?|matri(?:x|ces)|pair"
_KNOWN_AS = any_of(" ".join(phrase.split()) for phrases in LOSSES.values() for phrase in phrases)
_ROWS = rows_of(
    {
        "kind": rf"(?:an? )?(?:jointly )?(?P<kind>(?:strictly )?(?:convex|concave))(?: {_NOUN})?",
        "by": rf"(?:in|as an? {_NOUN} of|with respect to|of) (?:(?:the|its|all|both|{_INPUT}) )*"
        r"(?:\( )?(?P<by>\$(?:(?: , and| ,| and)? \$)*)(?: \))?",
        "of": rf"(?:the |this |our )?(?:{_NOUN} )*(?P<of>\$)",
        "named": rf"(?:the|this|our) (?:(?:{_KNOWN_AS}) |(?P<called>(?:[a-z-]+ )+?))(?:{_NOUN} )*(?P<of>\$)",
        "loss": r"(?:the |this |our )(?P<loss>loss|cost|objective)(?: function)?",
        "point": r"(?:with|for|when|where) (?P<point>\$)",
        "link": r"(?:that|whether|if|also|or not|indeed|then|is|first|,|everywhere)",
    }
)

_SPACES = re.compile(
    r"(?:on|over|in)(?: (?:all of|the whole of|the whole space|the space|the plane|the whole plane))?|for (?:all|every|any)"
)


def _without_whole_space(tokens: Tokens) -> Tokens:
    r"""The tokens without "on $\mathbb{R}^2$", "for all $w \in \mathbb{R}$", which are no condition: every point is there."""
    kept: list[Word | Math] = []
    for token in tokens:
        if isinstance(token, Math) and _is_whole_space(token):
            length = next((n for n in (4, 3, 2, 1) if _SPACES.fullmatch(said_by(tuple(kept[-n:])))), 0)
            if length:
                del kept[-length:]
                continue
        kept.append(token)
    return tuple(kept)


def _is_value(math: Math) -> bool:
    """`a = 1`, which holds for this question."""
    found = trees(math)
    return len(found) == 1 and isinstance(found[0], Relation) and found[0].operators == ("=",) and is_literal(found[0].sides[1])


def _is_whole_space(math: Math) -> bool:
    r"""`\mathbb{R}`, `\mathbb{R}^n`, `w \in \mathbb{R}^n`; of a part of it, `\mathbb{R}_+`, more may hold."""
    found = trees(math)
    if len(found) == 1 and isinstance(found[0], Relation) and found[0].operators == ("\\in",):
        found = found[0].sides[1:]
    base = found[0].base if len(found) == 1 and isinstance(found[0], Superscript) else found[0] if len(found) == 1 else None
    return isinstance(base, Font) and base.kind == "mathbb" and base.body == Name("R")


def recognise_convexity(request: Request) -> Task | None:
    """The task that asks whether something is convex; None where it asks for anything else."""
    tokens = _without_whole_space(request.tokens)
    found = phrases_of(said_by(tokens), _ROWS) if request.verb in _VERBS and not request.before else None
    kinds = [match["kind"] for name, match in found or () if name == "kind"]
    if found is None or len(kinds) != 1:
        return None
    maths = [token for token in tokens if isinstance(token, Math)]
    roles: list[Role] = []
    for name, match in found:
        if not all(map(is_descriptive, (match.groupdict().get("called") or "").split())):
            return None
        role: RoleName = "of" if name in ("of", "named") else "point" if name == "point" else "wrt"
        count = match[0].count("$")
        if name == "point" and not _is_value(maths[0]):
            return None
        roles += [Role(role, math) for math in maths[:count]]
        del maths[:count]
    targets = sum(name in ("of", "named", "loss") for name, _ in found)
    if targets != 1:
        return None
    groups = (Group("of", "loss"),) if any(name == "loss" for name, _ in found) else ()
    place = request.place.part
    task = Task("convexity", place, request.span, request.text, tuple(roles), groups=groups, quantity=kinds[0])
    return replace(task, again=bool(task.math("point")))
