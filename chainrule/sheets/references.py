"""Tasks that refer to what was asked before: "and its gradient", "evaluate it at the point above"."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from fractions import Fraction

from chainrule.inference.literals import is_literal, number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import DERIVATIVE_NOUNS, REFERENCES, words
from chainrule.sheets.information.earlier import notation_of
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import states_quantity
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Group, Math, Role, Task
from chainrule.syntax.tree import Bracket, Juxtaposition, Number, Relation, Subscript, Superscript, Tree, walk
from chainrule.typesetting import latex

_FORMULA = re.compile(r"\$[^$]*\$")
_LABEL = r"(?P<label>[a-z]|[ivx]+|\d{1,2})"
_PART = r"(?:part|question|exercise|item|subproblem)"
_OF_PART = re.compile(
    rf"(?:(?:as )?defined )?(?:of|from|in|to) (?:(?:{_PART} (?:\( )?|\( )?{_LABEL} \)|{_PART} (?P<bare>[a-z]|[ivx]+|\d)(?= |$))"
)
_PART_SAID = re.compile(rf"\b(?:of|from|in|to) (?:{_PART} )?\(?{_LABEL}\)")
_FORMULA_OF_PART = re.compile(
    rf"(?:\$ (?:(?:as )?defined )?(?:of|from|in)|\bas (?:in|for|of|at|from)) "
    rf"(?:(?:{_PART} )?\(?{_LABEL}\)|{_PART} (?P<bare>[a-z]|[ivx]+|\d)\b)"
)
_PLURAL = frozenset(
    ["their", "them", "these", "those", "answers", "results", "derivatives", "gradients", "partials", "each", "all", "both"]
)
_POSSESSIVE = frozenset(("its", "their", "it", "them"))
_OF_BESIDE = re.compile(r"(?:and |then )*(?:[a-z]+ )?(?:out |down )?(?:its|their) ")
"""What is asked of the thing that the request before it is for: "determine the winner and report its entropy"."""
_BARE = _PLURAL | frozenset(("it", "the", "this", "that", "of", "result", "numerically", "explicitly"))
_SECOND = frozenset(("hessian", "hessians"))
"""What is no first derivative: "compute the Hessian there" behind a gradient."""
_NOW = re.compile(r"\b(?:there|here|now|then|again|at (?:this|that|the (?:new|current)) (?:point|weights?|parameters?))\b")
"""Words that may mean the point behind steps of gradient descent."""
_THEN = re.compile(r"\b(?:then|next|now|after(?:wards| that| this| it))[\s,]*$", re.IGNORECASE)
"""Words before a request that put it behind those steps: "Then compute the loss"."""
_STILL = re.compile(r"\b(?:now|again)$")
"""Those of them that mean it in another part too."""
_AFTERWARDS = re.compile(r"\b(?:afterwards|after (?:it|that|this|the(?:se|m)?|those|both|two)\b|now\b)")
_ONLY_ASKS = words(
    "and what is are has have does the value of loss cost error objective function then now do you get compute give"
)
"""Words of a question that says nothing of when."""
_STEPS = re.compile(
    r"\b(?:(?:another|next|second|third|one|two|further|more) (?:\w+ )?(?:step|iteration|epoch)s?|updates?|updated|descent"
    r"|learning rate|step size|momentum|sgd|adam|rmsprop|train)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"(?:and |then |next |now |after(?:wards| that) ?,? )+(?:another|an?|one|two|the|\d)\b")
_MADE_OF_SEVERAL = re.compile(
    r"\b(?:sum|product|average|mean|maximum|minimum|total|difference|ratio|quotient) of (?:[\w-]+\s+){0,5}"
    r"(?:derivatives|gradients|partials)\b"
)
"""One number of several derivatives is none of them."""
_REACH = 20
_ZERO = Number(Fraction(0))
_NATURAL = "nats"
_RESULTS = ("derivative", "backward", "value", "forward", "information")


def without_part(request: Request) -> Request:
    """The request without the part that it refers to: "the derivative of c)"; `resolve` finds that in its text."""
    said = [token.text if isinstance(token, Word) else "" for token in request.tokens]
    for index in range(1, len(said)):
        found = _OF_PART.match(" ".join(said[index : index + 7]))
        if found and (said[index - 1] in REFERENCES or isinstance(request.tokens[index - 1], Math)):
            tokens = (*request.tokens[:index], *request.tokens[index + len(found[0].split()) :])
            return replace(request, tokens=tokens)
    return request


def with_part_said(task: Task) -> Task:
    """The task with the part whose formulas it means, "the Hessian of $f$ from (i)"."""
    found = _FORMULA_OF_PART.search(task.text)
    label = found and (found["label"] or found["bare"])
    return replace(task, within=f"{(task.part or '').rpartition('.')[0]}.{label}".strip(".")) if label else task


def asks_again(verb: str, said: Sequence[str]) -> bool:
    """Whether a request only says to compute what was asked before: "evaluate it numerically", "compute all"."""
    bare = _BARE.issuperset(said) and not DERIVATIVE_NOUNS.intersection(said)
    return bare and (verb == "evaluate" or (verb in ("compute", "calculate") and not _PLURAL.isdisjoint(said)))


def resolve(task: Task, before: Sequence[Task], beside: Sequence[Task], given: Set[Tree] = frozenset()) -> list[Task]:
    """The task with what it refers to put in; unknown where nothing before it can be meant.

    `before` are the tasks so far, `beside` those of them that the same sentence asks. given: the names that have a number.
    """
    text = _FORMULA.sub(" ", task.text).lower()
    said = frozenset(re.findall(r"[a-z]+", text))
    if task.form == "information" and beside and beside[-1].form == "unknown" and _OF_BESIDE.match(text):
        return [replace(task, form="unknown", note="what it is of is not understood")]
    if task.form == "information" and "its" in said and not task.math("asked") and beside:
        return [_of_value(task, beside[-1])]
    if beside and _shares_moment(task, text, beside[-1]):
        return [replace(task, form="descent", again=True)]
    if task.form in _RESULTS and _is_behind_steps(task, text, before, beside) and not _names_iterates(task, before, given):
        note = "whether it is meant before or after the steps is not understood"
        return [replace(task, form="unknown", nearest=task.form, note=note)]
    if task.form == "derivative" and _MADE_OF_SEVERAL.search(text):
        return [replace(task, form="unknown", nearest="derivative")]
    if task.form == "repeat" and not task.math("given", "point") and task.math("mention"):
        return [replace(task, form="unknown", nearest="repeat")]
    if task.form == "repeat":
        results = [earlier for earlier in before if earlier.form in _RESULTS]
        if named := _PART_SAID.search(text):
            results = [earlier for earlier in results if (earlier.part or "").rpartition(".")[2] == named["label"]]
            said -= {named["label"]}
        if not task.math("given", "point") and not (results and _stands_behind(task, results[-1])):
            return [replace(task, form="unknown", nearest="repeat")]
        return _repeated(task, said, results)
    if task.form != "derivative" or task.math("asked", "of") or task.named("of"):
        return [task]
    if before and before[-1].form == "unknown" and before[-1].part == task.part and (beside or said & _POSSESSIVE):
        return [replace(task, form="unknown", nearest="derivative")]
    results = (earlier for earlier in reversed(before) if earlier.form in _RESULTS or quantity_of(earlier))
    last = next(results, None) if said & _POSSESSIVE else None
    of = last or (beside[-1] if beside else None)
    if of is not None and of.form in ("information", "value") and not of.common and of.unit not in (None, _NATURAL):
        note = f"it is asked for in {of.unit}, and derivatives are given of quantities in nats alone"
        return [replace(task, form="unknown", nearest="derivative", note=note)]
    if last is not None:
        return [_of_earlier(task, last, "their" in said or "them" in said)]
    return [_of_neighbour(task, beside[-1])] if beside else [task]


def _is_behind_steps(task: Task, text: str, before: Sequence[Task], beside: Sequence[Task]) -> bool:
    """Whether a result may be meant where steps of gradient descent lead, be they understood or not: it is asked for in their
    sentence, right behind them, "then" in their part, or "now" in another one.
    """
    if beside and beside[-1].form == "descent":
        return True
    last = next((each for each in reversed(before) if each.form == "descent" or _moves(each)), None)
    if last is None:
        return False
    if last.part != task.part:
        return _STILL.search(text) is not None
    told = _NOW.search(text) or _THEN.search(task.span.source.text, max(task.span.start - _REACH, 0), task.span.start)
    return told is not None or (last is before[-1] and task.form == "value" and _stands_behind(task, last))


def _shares_moment(task: Task, text: str, beside: Task) -> bool:
    """Whether a value is asked for in one sentence behind "What is $w$ afterwards", so that it is that after the steps too."""
    said = re.findall(r"[a-z]+", text)
    late = beside.form == "descent" and beside.again and _AFTERWARDS.search(beside.text.lower()) is not None
    return late and task.form == "value" and bool(task.math("asked") or task.groups) and _ONLY_ASKS.issuperset(said)


def _names_iterates(task: Task, before: Sequence[Task], given: Set[Tree]) -> bool:
    steps = next((each for each in reversed(before) if each.form == "descent" and not each.again), None)
    return steps is not None and iterates_named(task, steps, given) > 0


def iterates_named(task: Task, steps: Task, given: Set[Tree]) -> int:
    r"""Behind how many steps is what is asked, as its number says: `\theta_3`, `f(x^{(2)})` behind `\theta_0 = 1`; else 0.

    given: the names that have a number.
    """
    asked = [tree for math in task.math("asked") for tree in trees(math)]
    starts = [tree for math in steps.math("given", "point", "listed") for tree in trees(math) if isinstance(tree, Relation)]
    single = {key(tree.sides[0]) for tree in starts if number(tree.sides[-1]) is not None}
    first = {key(tree.sides[0]) for tree in starts} | given

    def count(part: Tree) -> int:
        match part:
            case Subscript(base=base, items=(Number(value=value),)):
                start: Tree = Subscript(base, (_ZERO,))
            case Superscript(base=base, exponent=Bracket(items=(Number(value=value),)) as exponent):
                start = Superscript(base, replace(exponent, items=(_ZERO,)))
            case _:
                return 0
        known = key(part) in given or value != int(value)
        return int(value) if not known and (key(start) in first or key(base) in single) else 0

    counts = [max(map(count, walk(tree))) for tree in asked]
    return 0 if task.named("asked") else min(counts, default=0) and max(counts)


def asks_of_steps(sentence: Sentence, before: Sequence[Task]) -> bool:
    """Whether a sentence that is no request asks what steps before it led to, "Did the loss decrease?", or for another one."""
    begun = any(each.form == "descent" or _moves(each) for each in before)
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in sentence.tokens)
    return begun and (sentence.end == "?" or (_NEXT.match(said) is not None and _STEPS.search(said) is not None))


def _moves(task: Task) -> bool:
    """Whether a task that is not understood asks for something that changes variables."""
    return task.form == "unknown" and _STEPS.search(task.text) is not None


def quantity_of(task: Task) -> tuple[Math, ...]:
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
    if "both" in words and sum(max(len(earlier.math("asked")), 1) for earlier in chosen) != 2:
        return [replace(task, form="unknown", nearest="repeat", note="which two are meant is not clear")]
    if not words & _SECOND or all(earlier.order > 1 or _is_second(earlier) for earlier in chosen):
        return [_again(task, earlier) for earlier in chosen]
    if any(earlier.form != "derivative" or earlier.math("asked") or len(chosen) > 1 for earlier in chosen):
        return [replace(task, form="unknown", nearest="derivative")]
    return [replace(_again(task, chosen[0]), order=2)]


def _is_second(task: Task) -> bool:
    """Whether formulas ask for second derivatives."""
    return any("^2" in math.text or "''" in math.text for math in task.math("asked"))


def _stands_behind(task: Task, earlier: Task) -> bool:
    """Whether nothing is said between two requests, "Derive ... . Evaluate both.", or the next part begins with the second."""
    between = task.span.source.text[earlier.span.end : task.span.start]
    label = r"\n\s*(?:[-*]|\(?[a-z0-9]{1,4}[.)]|\\item)"
    said = re.fullmatch(rf"(?:[\s.,;:$]|and|then|now|also|next|finally|{label})*", between, re.IGNORECASE)
    return said is not None


def _again(task: Task, earlier: Task) -> Task:
    kept = tuple(role for role in earlier.roles if role.name in ("asked", "of", "wrt", "order"))
    unit = task.unit or earlier.unit
    text = earlier.repeats or earlier.text
    return replace(earlier, part=task.part, span=task.span, text=task.text, repeats=text, roles=kept + task.roles, unit=unit)


def _of_earlier(task: Task, earlier: Task, several: bool) -> Task:
    """The derivative of the last quantity asked for, or of all of them where the task says "their"."""
    quantity = tuple(replace(math, span=task.span) for math in quantity_of(earlier))
    formulas = quantity or earlier.math("asked") or earlier.math("of")
    placed = bool(task.math("given", "point"))
    meant = [_without_value(math) if placed or not task.math("wrt") else None for math in formulas[0 if several else -1 :]]
    if any(function is not None for function in meant) and not placed:
        return replace(task, form="unknown", nearest="derivative", note="where the derivative is asked for is not said")
    roles = tuple(Role("of", math or formula) for math, formula in zip(meant, formulas[-len(meant) :], strict=True))
    names = earlier.named("asked") or earlier.named("of")
    groups = () if roles else tuple(Group("of", name) for name in (names if several else names[-1:]))
    return replace(task, roles=roles + task.roles, groups=groups + task.groups)


def _without_value(math: Math) -> Math | None:
    """The function of which a formula is the value at a number, `f` of `f(2)`; None for any other formula."""
    match trees(math):
        case (Juxtaposition(items=(name, Bracket(kind="(", items=items))),) if could_be_name(name) and all(
            map(is_literal, items)
        ):
            return replace(math, name=latex(name))
        case _:
            return None
