r"""Questions of shape: "What is the shape of $Z$?", "Give the dimensions of $W$ and $b$", "How many rows has $X W$?"

A request is read as a row of phrases: that it is about shapes, of what, and words that link them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import DERIVATIVE_NOUNS, FIND, NEUTRAL, QUANTITY, words
from chainrule.sheets.groups import group_of
from chainrule.sheets.notation import declares, look
from chainrule.sheets.phrases import any_of, phrases_of, rows_of, said_by
from chainrule.sheets.sheet import Group, GroupName, Math, Role, RoleName, Task

_VERBS = FIND | frozenset(("how", "which", "list", "specify"))
_SHAPE = r"(?:shapes?|dimensions?|dimensionality|dimensionalities|sizes?)"
_ABOUT = (
    rf"(?:correct |expected |resulting |exact |respective )*{_SHAPE}(?: and (?:the )?{_SHAPE})?"
    r"|(?:how many |(?:the )?numbers? of )(?:rows|columns)(?: and (?:how many |the number of |of )?(?:rows|columns))?"
)
_NOUNS = any_of(
    (QUANTITY - {"result", "results", "sample", "training", "number", "numbers"})
    | frozenset(("quantity", "quantities", "product", "tensor", "tensors", "array", "arrays", "involved", "value", "values"))
)
_ITEM = rf"(?:\$|(?:(?:all|the|each|every|its|both|of|trainable|learnable|model) )*(?:(?:{_NOUNS}) )*(?:{_NOUNS}))"
_DERIVATIVE = any_of(DERIVATIVE_NOUNS | {"partial derivative", "partial derivatives"})
_DERIVED = (
    rf"(?:(?:the|all|each|every) )*(?P<what>{_DERIVATIVE})(?: matrix| matrices)?"
    rf" (?:of|for) (?:the )?(?P<of>{_ITEM}(?: \$)?) (?:with respect to|w\.?r\.?t\.?|wrt|by) (?:the )?"
    rf"(?P<wrt>{_ITEM}(?:(?: , and| ,| and)? \$)*)"
)
_THINGS = rf"(?P<nouns>(?:(?:{_NOUNS}|{any_of(DERIVATIVE_NOUNS)}) )*)(?P<maths>\$(?:(?: , and| ,| and| &)? \$)*)"
_HOLDING = r"given(?: that)?|where|with|if|when|for|assuming(?: that)?|such that"
_TERMS = rf"(?:in terms of|as (?:a )?functions? of|{_HOLDING}) (?P<terms>\$(?:(?: , and| ,| and| &)? \$)*)"
_LINK = (
    rf"{any_of(NEUTRAL - {'network', 'trainable'})}|of|for|in|does|do|have|has|having|must|should|what|which|each|every|must"
    r"|it|they|that|appear(?:ing)?|here|(?:give|state|find|determine|write down|list)"
)
_NETWORK = rf"(?:in |of |for )?(?:the |this |our )?(?:network|model)(?! (?:\$|{_NOUNS}))"
_ROWS = rows_of(
    {
        "derived": _DERIVED,
        "about": _ABOUT,
        "terms": _TERMS,
        "network": _NETWORK,
        "things": _THINGS,
        "words": rf"(?P<groups>{_ITEM})(?! (?:\$|{_NOUNS}))",
        "link": _LINK,
    }
)


_COLLECTIVE = words(
    "quantity quantities variable variables matrices vectors value values arrays activation activations intermediates"
)


@dataclass
class _Read:
    maths: list[Math]
    roles: list[Role] = field(default_factory=list[Role])
    groups: list[Group] = field(default_factory=list[Group])
    order: int = 1

    def take(self, role: RoleName, text: str) -> bool:
        """Give what an item says a role: its formulas, else the group that its words name. False where they name none."""
        count = text.count("$")
        if count:
            self.roles += [Role(role, math) for math in self.maths[:count]]
            del self.maths[:count]
            return True
        name = _group(text)
        if name is not None:
            self.groups.append(Group(role, name))
        return name is not None


def recognise_shape(request: Request, before: Sequence[Task] = ()) -> Task | None:
    """The task that asks for shapes; None where it asks for anything else. before: the tasks that "its shape" may refer to."""
    tokens = (*request.before, *request.tokens)
    if request.verb not in _VERBS:
        return None
    said = said_by(tokens)
    said = f"how {said}" if request.verb == "how" and said.startswith("many ") else said
    found = phrases_of(said, _ROWS)
    if found is None or not any(name == "about" for name, _ in found):
        return None
    read = _Read([token for token in tokens if isinstance(token, Math)])
    if not all(_note(read, name, match) for name, match in found):
        return None
    if not (read.roles or read.groups) and before and re.search(r"\b(?:its|their|it|they)\b", said):
        read.roles += [role for role in before[-1].roles if role.name in ("asked", "of", "wrt")]
        read.groups += [group for group in before[-1].groups if group.role in ("asked", "of", "wrt")]
    if not (read.roles or read.groups):
        return None
    if read.roles and all(role.name in ("mention", "given") for role in read.roles) and not read.groups:
        return None
    groups = tuple(dict.fromkeys(read.groups))
    return Task("shape", request.place.part, request.span, request.text, tuple(read.roles), None, groups, read.order)


def _note(read: _Read, name: str, match: re.Match[str]) -> bool:
    """Take a phrase up; False where it means something else."""
    match name:
        case "derived":
            read.order = 2 if match["what"].startswith("hessian") else 1
            return (
                not any(role.name == "of" for role in read.roles)
                and read.take("of", match["of"])
                and read.take("wrt", match["wrt"])
            )
        case "things":
            return read.take("asked", match["maths"])
        case "terms":
            said = match[0].split()[0] in ("in", "as", "given", "where", "with")
            count = match["terms"].count("$")
            states = all(look(math) == "definition" or declares(math) for math in read.maths[:count])
            values = count > 0 and all(look(math) == "definition" for math in read.maths[:count])
            return (said or states) and read.take("given" if values else "mention", match["terms"])
        case "words":
            return read.take("asked", match["groups"])
        case _:
            return True


def _group(text: str) -> GroupName | None:
    said = [word for word in text.split() if word not in ("all", "the", "each", "every", "its", "both", "of", "involved")]
    nouns = [word for word in said if word not in ("trainable", "learnable")]
    if nouns and nouns[-1] in _COLLECTIVE:
        known = group_of(nouns)
        if known in ("weights", "biases"):
            return known
        inner = not {"intermediate", "hidden", "activation", "activations", "intermediates"}.isdisjoint(nouns)
        return "intermediates" if inner else "nodes" if len(nouns) == 1 else None
    return group_of(nouns)
