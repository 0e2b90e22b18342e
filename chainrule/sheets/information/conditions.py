"""Conditions on random variables, "Suppose $X = 1$": what is asked under one that nothing was made of is refused.

Without it the answer would be that of another question, the marginal entropy for that of one row.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chainrule.inference.distributions.labels import RANDOM, variable_of, variables_below
from chainrule.inference.symbols import could_be_name, is_probability, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.moments import is_moment
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.quantity_words import mentions_quantity, notations_of
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Task
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Relation, Text, Tree, walk

_EQUAL = frozenset(("=", ":="))
_COMPARING = frozenset(("\\ne", "\\neq", "≠", "<", ">", "\\le", "\\leq", "≤", "\\ge", "\\geq", "≥", "!="))
_DESCRIBING = words(
    "if when whenever otherwise else denote denotes denoting mean means meaning indicate indicates indicating stand stands"
    " represent represents representing code codes coded encode encodes probability probabilities chance likely prior happens"
    " with called event events corresponds correspond"
)
"""With one of these a sentence says what the values of a variable are or how likely, and not which one it has."""
_SUPPOSING = words(
    "suppose supposing assume assuming given observe observes observed observing learn learns learned learnt know knows known"
    " told see sees saw seen receive receives received sent measured turns revealed"
)
_LABELLED = frozenset(("conditional_entropy", "surprisal"))
"""The quantities that an outcome can be written in, `H(Y \\mid X = 1)`."""
_REFUSED = frozenset(("unknown", "stray"))


def variables_in(sentences: Iterable[Sentence], others: Iterable[Tree] = ()) -> frozenset[Tree]:
    """The random variables that probabilities, families, tables and entropies are of: X of `P(X = 0)`, `I(X; Y)`, `X \\sim`.

    The letter below `p_T` is one where nothing is computed from it, as from a temperature.
    """
    formulas = [t for sentence in sentences for t in sentence.tokens if isinstance(t, Math) and not t.illustration]
    written = [*(tree for math in formulas for tree in trees(math)), *others]
    found = {name for tree in written for part in walk(tree) for name in _variables_of(part)}
    below = {name for tree in written for part in walk(tree) for name in variables_below(part)}
    sides = (side for tree in written if isinstance(tree, Relation) for side in tree.sides[1:])
    used = {key(part) for side in sides for part in walk(side) if isinstance(part, Name)}
    notations = (notation for math in formulas for notation in notations_of(math))
    asked = (key(part) for notation in notations if len(notation.arguments) > 1 for part in notation.arguments)
    return frozenset((*found, *(below - used), *(name for name in asked if _is_random(name))))


def _variables_of(part: Tree) -> Iterator[Tree]:
    match part:
        case Juxtaposition(items=(head, Bracket(kind="(", items=items))) if is_probability(head):
            names = [item.sides[0] if isinstance(item, Relation) else item for item in items]
            yield from (key(name) for name in names if could_be_name(name) and (len(items) > 1 or _is_capital(name)))
        case Relation(operators=("\\sim" | "~" | "∼", *_), sides=(name, *_)) if _is_random(key(name)):
            yield key(name)
        case _:
            pass


def _is_random(name: Tree) -> bool:
    return isinstance(name, Name) and name.text in RANDOM


def _is_capital(name: Tree) -> bool:
    return isinstance(name, Name) and (name.text[0].isupper() or len(name.text) > 1)


def is_condition(math: Math, variables: frozenset[Tree]) -> bool:
    r"""Whether a formula says which values a variable has: `X = 1`, `X \ne 1`, `X + Y > 2`; no equation that computes it."""
    found = statements(math)
    return not math.illustration and len(found) > 0 and all(_is_condition(tree, variables) for tree in found)


def _is_condition(tree: Tree, variables: frozenset[Tree]) -> bool:
    if not isinstance(tree, Relation) or not set(tree.operators) <= _EQUAL | _COMPARING:
        return False
    names = {key(part) for part in walk(tree.sides[0]) if could_be_name(part)}
    names |= {key(part) for side in tree.sides[1:] for part in walk(side) if set(tree.operators) <= _COMPARING}
    heads = isinstance(tree.sides[0], Juxtaposition) and any(isinstance(part, Bracket) for part in tree.sides[0].items)
    if heads or variables.isdisjoint(names):
        return False
    plain = all(isinstance(side, Name | Number | Text) and key(side) not in variables for side in tree.sides[1:])
    return plain or set(tree.operators) <= _COMPARING


def without_conditions(tasks: Sequence[Task], sentences: Sequence[Sentence], variables: frozenset[Tree]) -> list[Task]:
    """The tasks, those of distributions unknown under a condition that nothing was made of."""
    found = list(tasks)
    variables |= variables_in(sentences)
    for sentence in sentences if variables else ():
        conditions = [t for t in (sentence.said or sentence.tokens) if isinstance(t, Math) and is_condition(t, variables)]
        asked = [task for task in tasks if _stands_in(task, sentence)]
        if asked:
            open_ones = [math for math in conditions if not any(_is_used(math, task) for task in asked)]
            found = [_refused(task, open_ones) if open_ones and _stands_in(task, sentence) else task for task in found]
        elif conditions and _supposes(sentence, conditions):
            under = [task for task in tasks if _is_under(task, sentence, tasks)]
            found = [_refused(task, conditions) if before in under else task for task, before in zip(found, tasks, strict=True)]
    return found


def _is_used(math: Math, task: Task) -> bool:
    """Whether a task is of this outcome."""
    of = [role.math for role in task.roles if role.name == "asked"]
    within = any(each.span.start <= math.span.start and math.span.end <= each.span.end for each in of)
    return within and (task.quantity in _LABELLED or task.form != "information")


def _supposes(sentence: Sentence, conditions: Sequence[Math]) -> bool:
    """Whether a sentence that asks nothing says which value a variable has, and does not describe its values."""
    said = {token.text for token in sentence.tokens if isinstance(token, Word)}
    if not said.isdisjoint(_DESCRIBING) or mentions_quantity(sentence.tokens):
        return False
    formulas = sum(isinstance(token, Math) for token in sentence.tokens)
    names = [key(tree.sides[0]) for math in conditions for tree in trees(math) if isinstance(tree, Relation)]
    return not said.isdisjoint(_SUPPOSING) or (formulas == len(conditions) and len(set(names)) == len(names))


def _is_under(task: Task, sentence: Sentence, tasks: Sequence[Task]) -> bool:
    """Whether a task stands in the part of a sentence and behind it, or is the last one before it where none is behind."""
    part = sentence.place.part
    meant = [each for each in tasks if part is None or each.part == part or (each.part or "").startswith(f"{part}.")]
    behind = [each for each in meant if each.span.start >= sentence.span.start]
    return task in (behind or meant[-1:])


def _stands_in(task: Task, sentence: Sentence) -> bool:
    return sentence.span.start <= task.span.start < sentence.span.end


def _refused(task: Task, conditions: Sequence[Math]) -> Task:
    about = task.quantity or task.form == "information" or _is_measured(task) or _is_of_other(task, conditions)
    if task.form in _REFUSED or not about:
        return task
    said = ", ".join(f"${math.text}$" for math in conditions)
    return replace(task, form="unknown", note=f"what {said} says of it is not understood")


def _is_measured(task: Task) -> bool:
    return any(role.name == "asked" and (notations_of(role.math) or is_moment(role.math)) for role in task.roles)


def of_one_variable(task: Task) -> Math | None:
    r"""The only formula a task asks the value of, where that is the distribution of a variable, `P(X)`, `p(y \mid x = 1)`."""
    asked = task.math("asked")
    return asked[0] if task.form == "value" and len(asked) == 1 and _variable_of_law(asked[0]) is not None else None


def _variable_of_law(math: Math) -> Tree | None:
    match trees(math):
        case (Juxtaposition(items=(head, Bracket(kind="(", items=(letter, *_)))),):
            return variable_of(letter) if is_probability(head) and could_be_name(letter) else None
        case _:
            return None


def _is_of_other(task: Task, conditions: Sequence[Math]) -> bool:
    """Whether a task asks for the distribution of a variable and the conditions say which value another one has."""
    said = {variable_of(tree.sides[0]) for math in conditions for tree in trees(math) if isinstance(tree, Relation)}
    law = of_one_variable(task)
    return law is not None and _variable_of_law(law) not in said
