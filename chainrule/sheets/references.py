"""Tasks that refer to what was asked before: "and its gradient", "evaluate it at the point above"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import DERIVATIVE_NOUNS, REFERENCES
from chainrule.sheets.information.earlier import notation_of
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import states_quantity
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Group, Math, Role, Task
from chainrule.syntax.tree import Relation
from chainrule.typesetting import latex

_FORMULA = re.compile(r"\$[^$]*\$")
_LABEL = r"(?P<label>[a-z]|[ivx]+|\d{1,2})"
_OF_PART = re.compile(rf"(?:of|from|in) (?:(?:part|question|exercise) (?:\( )?|\( )?{_LABEL} \)")
_PART_SAID = re.compile(rf"\b(?:of|from|in) (?:part |question |exercise )?\(?{_LABEL}\)")
_PLURAL = frozenset(
    ["their", "them", "these", "those", "answers", "results", "derivatives", "gradients", "partials", "each", "all"]
)
_POSSESSIVE = frozenset(("its", "their", "it", "them"))
_NATURAL = "nats"
_RESULTS = ("derivative", "backward", "value", "forward", "information")


def without_part(request: Request) -> Request:
    """The request without the part that it refers to: "the derivative of c)"; `resolve` finds that in its text."""
    said = [token.text if isinstance(token, Word) else "" for token in request.tokens]
    for index in range(1, len(said)):
        found = _OF_PART.match(" ".join(said[index : index + 5]))
        if found and said[index - 1] in REFERENCES:
            tokens = (*request.tokens[:index], *request.tokens[index + len(found[0].split()) :])
            return replace(request, tokens=tokens)
    return request


def resolve(task: Task, before: Sequence[Task], beside: Sequence[Task]) -> list[Task]:
    """The task with what it refers to put in; unknown where nothing before it can be meant.

    `before` are the tasks so far, `beside` those of them that the same sentence asks.
    """
    text = _FORMULA.sub(" ", task.text).lower()
    words = frozenset(re.findall(r"[a-z]+", text))
    if task.form == "information" and "its" in words and not task.math("asked") and beside:
        return [_of_value(task, beside[-1])]
    if task.form == "repeat" and not task.math("given", "point") and task.math("mention"):
        return [replace(task, form="unknown", nearest="repeat")]
    if task.form == "repeat":
        results = [earlier for earlier in before if earlier.form in _RESULTS]
        if named := _PART_SAID.search(text):
            results = [earlier for earlier in results if (earlier.part or "").rpartition(".")[2] == named["label"]]
            words -= {named["label"]}
        return _repeated(task, words, results)
    if task.form != "derivative" or task.math("asked", "of") or task.named("of"):
        return [task]
    if before and before[-1].form == "unknown" and before[-1].part == task.part and (beside or words & _POSSESSIVE):
        return [replace(task, form="unknown", nearest="derivative")]
    results = (earlier for earlier in reversed(before) if earlier.form in _RESULTS or _quantity_of(earlier))
    last = next(results, None) if words & _POSSESSIVE else None
    of = last or (beside[-1] if beside else None)
    if of is not None and of.form == "information" and not of.common and of.unit not in (None, _NATURAL):
        note = f"it is asked for in {of.unit}, and derivatives are given of quantities in nats alone"
        return [replace(task, form="unknown", nearest="derivative", note=note)]
    if last is not None:
        return [_of_earlier(task, last, "their" in words or "them" in words)]
    return [_of_neighbour(task, beside[-1])] if beside else [task]


def _quantity_of(task: Task) -> tuple[Math, ...]:
    """What words asked for as a formula: "the entropy of $P$" is `H(P)`."""
    asked = task.math("asked")
    if task.form == "claim" and len(asked) == 1 and states_quantity(asked[0]):
        return tuple(replace(asked[0], name=latex(tree.sides[0])) for tree in trees(asked[0]) if isinstance(tree, Relation))
    name = notation_of(task) if task.form == "information" and task.quantity and asked else ""
    return (replace(asked[-1], name=name),) if name else ()


def _of_value(task: Task, earlier: Task) -> Task:
    """ "Compute softmax(z) and its entropy": of the one formula that stands beside."""
    asked = earlier.math("asked")
    one = earlier.form == "value" and len(asked) == 1
    return replace(task, roles=(Role("asked", asked[0]), *task.roles)) if one else task


def _of_neighbour(task: Task, earlier: Task) -> Task:
    """ "The gradient of $L$ by $w$ and the gradient by $b$", "$L$ and the gradients": of what stands beside, if that is one."""
    if earlier.form == "derivative" and earlier.math("asked"):
        return replace(task, form="unknown", nearest="derivative")
    formulas = earlier.math("of") if earlier.form == "derivative" else earlier.math("asked")
    names = earlier.named("of") if earlier.form == "derivative" else ()
    if len(formulas) + len(names) != 1:
        return task
    roles = tuple(Role("of", math) for math in formulas)
    return replace(task, roles=roles + task.roles, groups=tuple(Group("of", name) for name in names) + task.groups)


def _repeated(task: Task, words: frozenset[str], results: Sequence[Task]) -> list[Task]:
    """The earlier tasks once more with these values: the last one, or all those of its part where several are meant."""
    meant = [earlier for earlier in results if earlier.form == "derivative" or not words & DERIVATIVE_NOUNS]
    if not meant and words & DERIVATIVE_NOUNS & _PLURAL:
        return [replace(task, form="derivative")]
    if not meant:
        return [replace(task, form="unknown", nearest="repeat")]
    chosen = [earlier for earlier in meant if earlier.part == meant[-1].part] if words & _PLURAL else meant[-1:]
    return [_again(task, earlier) for earlier in chosen]


def _again(task: Task, earlier: Task) -> Task:
    kept = tuple(role for role in earlier.roles if role.name in ("asked", "of", "wrt", "order"))
    unit = task.unit or earlier.unit
    return replace(earlier, part=task.part, span=task.span, text=task.text, roles=kept + task.roles, unit=unit)


def _of_earlier(task: Task, earlier: Task, several: bool) -> Task:
    """The derivative of the last quantity asked for, or of all of them where the task says "their"."""
    quantity = tuple(replace(math, span=task.span) for math in _quantity_of(earlier))
    formulas = quantity or earlier.math("asked") or earlier.math("of")
    roles = tuple(Role("of", math) for math in (formulas if several else formulas[-1:]))
    names = earlier.named("asked") or earlier.named("of")
    groups = () if roles else tuple(Group("of", name) for name in (names if several else names[-1:]))
    return replace(task, roles=roles + task.roles, groups=groups + task.groups)
