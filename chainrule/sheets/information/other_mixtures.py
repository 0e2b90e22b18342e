r"""Mixtures of the text beside a Jensen-Shannon divergence: it is of the equal one. With another one, `M = 0.3 P + 0.7 Q`, the
value would be that of another quantity, so nothing is answered.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from chainrule.inference.distributions.stochastic import value_at
from chainrule.inference.literals import read_literal
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.quantity_words import notations_of
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Math, Task
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree, walk

_EQUAL_WEIGHTS = frozenset(("jensen_shannon", "jensen_shannon_distance"))
_EQUAL = (Fraction(1, 2), Fraction(1, 2))
_SAME = words("equal equally same")
_WEIGHING = _SAME | words(
    "now then instead give assign use take put weigh weight weights choose both the two each all of them these models model"
    " distributions distribution components component sources source parts an to with"
)
_EXPLICIT = re.compile(r"\b(?:with|of|for|at|using) (?:equal weights?|equally weighted)\b|\bequally weighted\b", re.IGNORECASE)
_CLOSE = Fraction(1, 1000)
"""So far decimals of the same mixture may be apart."""
_Bodies = dict[Tree, Tree]


def without_other_mixtures(tasks: Sequence[Task], sentences: Iterable[Sentence]) -> list[Task]:
    """The tasks, a Jensen-Shannon divergence unknown where the text mixes its two distributions with other weights, or names a
    mixture for it that is not theirs.
    """
    bodies = _bodies(sentences)
    weighing = [task for task in tasks if task.form == "unknown" and _weighs_equally(task)]
    meant = [task for task in weighing if any(_is_behind(each, task) and len(_of(each)) == 2 for each in tasks)]
    kept = [task for task in tasks if not any(task is each for each in meant)]
    return [task if any(_is_behind(task, each) for each in meant) else _without(task, bodies) for task in kept]


def _weighs_equally(task: Task) -> bool:
    """ "Give both models equal weight": that is what the divergence does anyway."""
    said = set(re.findall(r"[a-z]+", re.sub(r"\$[^$]*\$", " ", task.text.lower())))
    return said <= _WEIGHING and bool(said & _SAME) and any(word.startswith("weigh") for word in said)


def _is_behind(task: Task, weighing: Task) -> bool:
    """Whether it is asked right behind those words, in their part."""
    return task.part == weighing.part and task.span.start > weighing.span.start


def _without(task: Task, bodies: _Bodies) -> Task:
    of = _of(task)
    if len(of) != 2 or _EXPLICIT.search(task.text):
        return task
    told = {key(tree) for role in task.roles if role.name == "mention" for tree in trees(role.math)}
    before = {name: body for name, body in bodies.items() if body.span is None or body.span.end <= task.span.end}
    weights = {name: found for name, body in before.items() if (found := _weights(body, of)) is not None}
    for name, body in before.items():
        own = weights.get(name)
        other = own not in (None, _EQUAL) and (name in told or _EQUAL not in weights.values())
        listed = own is None and name in told and not _is_middle(body, [bodies.get(each) for each in of])
        if other or listed:
            said = body.span.text if body.span is not None else ""
            note = f"it is of the mixture with equal weights, and the text has another one: {said}"
            return replace(task, form="unknown", note=note)
    return task


def _of(task: Task) -> tuple[Tree, ...]:
    """The two distributions of a Jensen-Shannon divergence; none of another task."""
    asked = [role.math for role in task.roles if role.name == "asked"]
    written = [found for math in asked for found in notations_of(math)]
    rows = {task.quantity} if task.quantity else {row.name for found in written for row in found.rows}
    if task.form != "information" or not rows or not rows <= _EQUAL_WEIGHTS:
        return ()
    named = [part for found in written for part in found.arguments] or [tree for math in asked for tree in trees(math)]
    return tuple(key(tree) for tree in named)


def _bodies(sentences: Iterable[Sentence]) -> _Bodies:
    """What the names of the text are computed from or listed as; the first of each."""
    found: _Bodies = {}
    for tree in _statements(sentences):
        if isinstance(tree, Relation) and tree.operators[0] in ("=", ":="):
            head = tree.sides[0]
            name = head.items[0] if isinstance(head, Juxtaposition) else head
            if could_be_name(name):
                found.setdefault(key(name), tree.sides[1])
    return found


def _statements(sentences: Iterable[Sentence]) -> Iterator[Tree]:
    for sentence in sentences:
        for token in sentence.tokens:
            if isinstance(token, Math) and not token.illustration:
                yield from statements(token)


def _weights(body: Tree, of: tuple[Tree, ...]) -> tuple[Fraction, ...] | None:
    """How much of each of the two a mixture has; None where it is none of them both with numbers for weights."""
    names = {key(part) for part in walk(body) if could_be_name(part)}
    outcomes = {key(item): Fraction(1) for part in walk(body) if isinstance(part, Bracket) for item in part.items}
    if not names >= set(of):
        return None
    values = [value_at(body, {**outcomes, of[0]: a, of[1]: b}) for a, b in _AT]
    first, second, both, none = values
    if first is None or second is None or both is None or none != 0 or both != first + second:
        return None
    return first, second


_AT = tuple((Fraction(a), Fraction(b)) for a, b in ((1, 0), (0, 1), (1, 1), (0, 0)))


def _is_middle(body: Tree, of: Sequence[Tree | None]) -> bool:
    """Whether a list is half the sum of two others, or nothing can be told."""
    lists = [[] if tree is None else _numbers(tree) for tree in (body, *of)]
    if len({len(each) for each in lists}) > 1 or not lists[0]:
        return True
    return all(abs(own - (p + q) / 2) < _CLOSE for own, p, q in zip(*lists, strict=True))


def _numbers(tree: Tree) -> list[Fraction]:
    """The entries of a list of numbers, or the values of a set with labels."""
    if isinstance(tree, Bracket) and all(isinstance(item, Relation) and item.operators == (":",) for item in tree.items):
        tree = replace(tree, kind="[", items=tuple(item.sides[-1] for item in tree.items if isinstance(item, Relation)))
    literal = read_literal(tree)
    return [] if literal is None else [entry for row in literal.rows for entry in row]
