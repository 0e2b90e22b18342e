"""Equations among words of which nothing has been read: the name on their left side has no formula then, and what needs it is
open.
"""

import re
from collections.abc import Iterable, Iterator

from chainrule.errors import Diagnostic
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.notation import statements
from chainrule.sheets.sheet import Item, Math, Prose, Task
from chainrule.syntax.tree import Relation, Tree, walk

_HEAD = re.compile(
    r"(?<![\w\\/.^_(|{$*+'’\[-])(?P<name>[^\W\d_]\w{0,11})(?:\s?\([\w\s,]{1,40}\))?[ \t]*:?=(?![=>])[ \t]*(?=[-(\[\w√∑|‖]|$)"
)


def find_unread_equations(items: Iterable[Item], tasks: Iterable[Task] = ()) -> dict[Tree, Diagnostic]:
    """The names of such equations, where formulas use them and nothing else says what they are.

    What the words of a task say, "compute $f$ for x = 2 and 3", is the task's own.
    """
    asking = [(task.span.start, task.span.end) for task in tasks]
    listed = list(items)
    maths = [item for item in listed if isinstance(item, Math) and not item.illustration]
    trees = [tree for math in maths for tree in statements(math)]
    defined = {part for tree in trees if isinstance(tree, Relation) for part in _names(tree.sides[0])}
    used = {part for tree in trees if isinstance(tree, Relation) for side in tree.sides[1:] for part in _names(side)}
    found: dict[Tree, Diagnostic] = {}
    for item in listed:
        for match in _HEAD.finditer(item.span.text) if isinstance(item, Prose) else ():
            start = item.span.start + match.start()
            if any(first <= start < end for first, end in asking):
                continue
            whole = Math(item.span.source.span(start, start + len(match["name"])), item.place, False, plain=True)
            for name in (key(tree) for tree in statements(whole) if could_be_name(tree)):
                if name in used and name not in defined:
                    line = item.span.source.text[start:].partition("\n")[0].strip()
                    message = f"this equation among words is not understood: {line[:80]}"
                    hint = "write it as a formula, between dollars"
                    found.setdefault(name, Diagnostic("error", "unread-equation", message, item.span, hint))
    return found


def _names(tree: Tree) -> Iterator[Tree]:
    return (key(part) for part in walk(tree) if could_be_name(part))
