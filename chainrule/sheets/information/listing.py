r"""Outcomes with their probabilities as notation, `= \{A: 1/2, B: 1/2\}`, and those that a formula lists, `0, \ldots, 255`."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.literals import number
from chainrule.inference.vocabulary import vocabulary
from chainrule.sheets.notation import statements
from chainrule.sheets.quantity_words import head_text
from chainrule.sheets.sheet import Math
from chainrule.source import Source, Span
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.tree import Bracket, Dots, Name, Number, Relation, Text, Tree, transform

LARGEST = 1000
"""So many outcomes words may name."""


def listed(labels: Sequence[str], values: Sequence[str]) -> str:
    """The set with these values, as what follows a name; one without labels is a list."""
    if not any(labels):
        return "= (" + ", ".join(values) + ")"
    spelled = [spell(label) for label in labels]
    return "= \\{" + ", ".join(f"{label}: {value}" for label, value in zip(spelled, values, strict=True)) + "\\}"


def placed(text: str, span: Span) -> Tree:
    """The statement in this notation, as if it stood where the words are that say it."""
    tree = parse_statements(Source("", text).span(), vocabulary(), "latex").statements[0]
    return transform(tree, lambda part: replace(part, span=None if isinstance(part, Number) else span))


def spell(label: str) -> str:
    """An outcome as a formula has it."""
    if " " in label:
        return f"\\text{{{label}}}"
    return f"\\mathrm{{{label}}}" if label.isalpha() and len(label) > 1 else label


def labels_of(tree: Tree) -> tuple[str, ...]:
    r"""The outcomes of `P = \{A: 0.6, B: 0.4\}`."""
    body = tree.sides[-1] if isinstance(tree, Relation) else None
    pairs = body.items if isinstance(body, Bracket) and body.kind == "{" else ()
    heads = [item.sides[0] for item in pairs if isinstance(item, Relation) and item.operators == (":",)]
    return tuple(name for name in map(label_of, heads) if name)


def label_of(outcome: Tree) -> str:
    """What an outcome is called; "" where it is more than a name or a number."""
    return outcome.text if isinstance(outcome, Text) else head_text(outcome) or ""


def members(math: Math) -> list[str]:
    r"""The outcomes that `\{0, 1, 2\}`, `x \in \{0, 1\}`, `1, 0` and `1, \ldots, 6` list; none for one alone or too many."""
    found = statements(math)
    if len(found) == 1 and isinstance(found[0], Relation) and found[0].operators in (("\\in",), ("=",)):
        found = found[0].sides[1:]
    if len(found) == 1 and isinstance(found[0], Bracket):
        if found[0].kind != "{" or set(found[0].separators) - {","}:
            return []
        found = found[0].items
    labels = filled(found) if any(isinstance(tree, Dots) for tree in found) else _plain(found)
    return labels if len(labels) > 1 and len(set(labels)) == len(labels) else []


def _plain(found: Sequence[Tree]) -> list[str]:
    labels = [tree.span.text for tree in found if (isinstance(tree, Name | Text) or number(tree) is not None) and tree.span]
    return labels if len(labels) == len(found) else []


def filled(found: Sequence[Tree]) -> list[str]:
    r"""`1, 2, \ldots, 6`: whole numbers with the step of the first two, else 1, up to the last."""
    numbers = [value for tree in found if (value := number(tree)) is not None]
    if len(numbers) != len(found) - 1 or not isinstance(found[-2], Dots) or not 2 <= len(numbers) <= 4:
        return []
    *firsts, last = numbers
    step = firsts[1] - firsts[0] if len(firsts) > 1 else 1
    count = (last - firsts[0]) / step + 1 if step else last
    even = all(value == firsts[0] + k * step for k, value in enumerate(firsts))
    if not even or count.denominator != 1 or any(n.denominator != 1 for n in numbers) or not 1 < count <= LARGEST:
        return []
    return [str(firsts[0] + k * step) for k in range(int(count))]
