r"""Questions about a matrix: "Is the Jacobian symmetric?", "Is the Hessian there positive definite?", "Is $A$ singular?"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import CLAIM
from chainrule.sheets.information.symmetry import calls_by_head
from chainrule.sheets.phrases import phrases_of, rows_of, said_by
from chainrule.sheets.quantity_words import notations_of
from chainrule.sheets.sheet import Math, Role, RoleName, Task

_VERBS = CLAIM | frozenset(("is", "decide", "determine", "check", "verify", "state"))
_SIGNED = r"(?:positive|negative)[- ](?:semi[- ]?)?definite"
_ROWS = rows_of(
    {
        "kind": r"(?:the |this |its |that )?(?P<kind>jacobian|hessian)(?: matrix)?",
        "of": r"of (?:the |this )?(?:function |map |loss )?\$",
        "wrt": r"with respect to (?:the )?(?:input |vector |variable )?\$",
        "property": rf"(?:an? )?(?P<property>{_SIGNED}|symmetric|indefinite|singular|invertible|diagonal)(?: matrix)?",
        "there": r"at (?:this|that|the|the same) point|there|here",
        "at": r"at (?:the point )?\$(?:(?: and| ,)? \$)*",
        "self": r"(?:the |this |that )?(?:matrix )?\$",
        "it": r"(?:this|the|that) (?:matrix|result)|it|this",
        "link": r"(?:that|whether|if|also|or not|indeed|then|is|,)",
    }
)
_ASKED: tuple[RoleName, ...] = ("asked", "of", "wrt", "given")
_KINDS = {"jacobian": r"\bjacobian\b", "hessian": r"\bhessian\b|\\nabla\s?\^\{?2|∇²|∇\^2"}
_SECOND = re.compile(r"(?:\\partial|∂|d|\\nabla|∇)\s?(?:\^\s?\{?2|²)")


def recognise_matrix_question(request: Request, before: Sequence[Task]) -> Task | None:
    """The task that asks what kind of matrix something is; None where it asks for anything else. before: earlier tasks."""
    tokens = request.tokens
    found = phrases_of(said_by(tokens), _ROWS) if request.verb in _VERBS and not request.before else None
    named = dict(found or ())
    subjects = [name for name, _ in found or () if name in ("kind", "self", "it")]
    if subjects == ["kind", "self"] and re.search(r"(?:jacobian|hessian)(?: matrix)? \$", said_by(tokens)):
        subjects = ["self"]  # "this Jacobian $\\partial y/\\partial x$"
    if found is None or len(subjects) != 1 or [name for name, _ in found].count("property") != 1:
        return None
    maths = [token for token in tokens if isinstance(token, Math)]
    roles: list[Role] = []
    roles_of: dict[str, RoleName] = {"of": "of", "wrt": "wrt", "self": "asked", "at": "point"}
    for name, match in found:
        count = match[0].count("$")
        roles += [Role(roles_of[name], math) for math in maths[:count]]
        del maths[:count]
    kind = named["kind"]["kind"] if "kind" in named else ""
    quantity = re.sub(r"[- ]+", " ", named["property"]["property"]).replace("semi definite", "semidefinite")
    task = Task("convexity", request.place.part, request.span, request.text, tuple(roles), quantity=quantity)
    task = replace(task, order=2 if kind == "hessian" else 1)
    if any(notations_of(math) for math in task.math("asked")) or calls_by_head(task.math("asked"), before):
        return None  # whether a divergence is symmetric
    asked = [math.text for math in task.math("asked")]
    naming = [each for each in before if each.form == "derivative" and asked == [m.text for m in each.math("mention")]]
    if subjects[0] == "self" and naming:  # "the Hessian $H$ of $f$"
        own = tuple(role for role in task.roles if role.name != "asked")
        return _of_earlier(replace(task, roles=own), "", naming)
    if (
        subjects[0] == "self"
        and kind
        and any(bool(_SECOND.search(math.text)) != (kind == "hessian") for math in task.math("asked"))
    ):
        return None  # neither is the other, and nothing says that a name is one
    if subjects[0] == "self" or "of" in named:
        return task
    return _of_earlier(task, kind, before)


def _of_earlier(task: Task, kind: str, before: Sequence[Task]) -> Task | None:
    """The question about the matrix that was asked for last, where that holds too unless another point is said."""
    said = re.compile(_KINDS[kind], re.IGNORECASE) if kind else None
    if not kind and before and before[-1].form not in ("derivative", "value", "convexity"):
        return None
    asked = (each for each in reversed(before) if each.form in ("derivative", "value") or each.math("asked"))
    last = next((each for each in asked if said is None or said.search(each.text)), None)
    if last is None:
        return task if kind else None
    others = [each for each in before if each is not last and each.form in ("derivative", "value")]
    if any(_is_beside(each, last) for each in others if said is None or each.form == "derivative"):
        return None  # one sentence asked for several
    own = [role for role in task.roles if role.name == "point"]
    kept = [role for role in last.roles if role.name in _ASKED or (role.name == "point" and not own)]
    return replace(task, roles=(*kept, *own), order=last.order, groups=last.groups)


def _is_beside(one: Task, other: Task) -> bool:
    """Whether two tasks stand in one sentence, the other one behind."""
    between = other.span.source.text[one.span.end : other.span.start]
    return one.part == other.part and re.search(r"[.?!;](?:\s|$)|\n\s*\n", between) is None
