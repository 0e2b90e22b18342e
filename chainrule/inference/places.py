"""The names of a problem in the order of its text, each as it stands there."""

from collections.abc import Sequence

from chainrule.errors import ChainruleError
from chainrule.inference.declarations import Declaration
from chainrule.inference.gathered import Gathered
from chainrule.inference.statements import (
    Definition,
    Given,
    Item,
    Mention,
    head_parts,
)
from chainrule.inference.symbols import Symbol, could_be_name, key, loose, span_text
from chainrule.inference.vocabulary import vocabulary
from chainrule.source import Source
from chainrule.syntax.parser import parse_expression
from chainrule.syntax.tree import (
    Tree,
    walk,
)


def put_in_order(found: Gathered, items: Sequence[Item], more: Sequence[Given | Declaration]) -> None:
    """Names by their first place in the text, each with its spelling there; then those that only `more` speaks of."""
    places: dict[Tree, tuple[int, str]] = {}

    def met(name: Tree, tree: Tree) -> None:
        start = tree.span.start if tree.span else 0
        if name not in places or start < places[name][0]:
            spelling = span_text(tree.span)
            places[name] = (start, spelling if _spells(spelling, name) else "")

    for equation in found.equations:
        for part in walk(equation.body):
            if isinstance(part, Symbol):
                met(part.name, part)
        for parameter in equation.written.parameters or ():
            met(key(parameter), parameter)
    for item in items:
        if isinstance(item, Definition | Given | Declaration):
            met(item.name, item.name)
        elif isinstance(item, Mention):
            for part in walk(item.tree):
                if could_be_name(part) and key(part) in places:
                    met(key(part), part)
    last = max((start for start, _ in places.values()), default=0)
    for item in more:
        places.setdefault(item.name, (last + 1, span_text(item.name.span)))
    found.order = sorted(places, key=lambda name: places[name][0])
    found.spellings = {name: places[name][1] for name in found.order}


def _spells(text: str, name: Tree) -> bool:
    """Whether a text is a spelling of just this name, and not of more (`w_1^2`) or less (`W^{(1)` out of `W^{(1)T}`)."""
    try:
        tree = parse_expression(Source("name", text).span(), vocabulary(), "latex" if "\\" in text or "{" in text else "plain")
    except ChainruleError:
        return False
    return loose(key(tree)) == loose(name) or head_parts(tree)[0] == name
