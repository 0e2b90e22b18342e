r"""Layers that one formula gives for all of them, `a^{[l]} = g(W^{[l]} a^{[l-1]} + b^{[l]})`, where words say how many there
are and how large: "an input layer with 784 units, two hidden layers with 300 and 100 units".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chainrule.inference.symbols import could_be_name, key, letter
from chainrule.sheets.networks.asked_loss import Written
from chainrule.sheets.networks.description import Unclear, describe
from chainrule.sheets.networks.equations import Equation
from chainrule.sheets.networks.parts import Activation, Description
from chainrule.sheets.networks.statements import Said
from chainrule.sheets.networks.symbols import Known
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Product, Relation, Subscript, Superscript, Tree, walk

_WEIGHTS = frozenset(("W", "\\Theta", "\\theta", "w"))
_BIASES = frozenset(("b", "B"))
_LETTERS = frozenset(map(Name, ("l", "\\ell", "k", "i", "j", "t")))


def layers_in_general(said: Said, known: Known, statements: Sequence[Tree]) -> Written | None:
    """How many layers the formula of all of them is for, and their shapes; None where words and formulas do not tell both."""
    weights = [name for name in known.names if _layer_letter(name) is not None and _base(name) in _WEIGHTS]
    biases = [name for name in known.names if _layer_letter(name) is not None and _base(name) in _BIASES]
    if len(weights) != 1 or len(biases) > 1 or said.unread or said.untaken:
        return None
    running = _layer_letter(weights[0])
    first = _side(weights[0], known)
    if running is None or first is None or any(_counts(each, running) for each in statements):
        return None
    try:
        description = describe(said.facts, plain=said.plain, unnamed=Activation("formula", "\\phi"))
    except Unclear:
        return None
    sizes = None if description is None else _sizes(description)
    if description is None or sizes is None or any(layer.bias is (not biases) for layer in description.layers):
        return None
    span = description.layers[0].span
    index = running.text
    texts = [f"{index} = 1, \\dots, {description.depth}"]
    texts += _shapes(known.spelled(weights[0]), index, [(out, into) if first else (into, out) for into, out in sizes])
    texts += _shapes(known.spelled(biases[0]), index, [(out,) for _, out in sizes]) if biases else []
    return Written(equations=[Equation(text, span, shown=False) for text in texts])


def _sizes(description: Description) -> list[tuple[int, int]] | None:
    """What goes into each layer and what comes out; None where a number is missing."""
    found = [description.inputs, *(layer.units for layer in description.layers)]
    whole = [size for size in found if isinstance(size, int)]
    return list(pairwise(whole)) if len(whole) == len(found) else None


def _shapes(name: str, running: str, shapes: Sequence[tuple[int, ...]]) -> Iterator[str]:
    """`W^{[1]} \\in \\mathbb{R}^{300 \\times 784}` and so on for every layer."""
    for number, shape in enumerate(shapes, 1):
        member = re.sub(rf"([\[(_{{]\s*){re.escape(running)}(\s*[\])}}])", rf"\g<1>{number}\g<2>", name)
        member = re.sub(rf"_{re.escape(running)}(?!\w)", f"_{number}", member)
        size = " \\times ".join(map(str, shape))
        yield f"{member} \\in \\mathbb{{R}}^{{{size}}}"


def _layer_letter(name: Tree) -> Name | None:
    """The l of `W^{[l]}`, `W^{(l)}`, `W_l`."""
    match name:
        case Superscript(exponent=Bracket(items=(Name() as item,))) | Subscript(items=(Name() as item,)):
            return item if item in _LETTERS else None
        case _:
            return None


def _base(name: Tree) -> str:
    base = letter(name)
    return base.text if isinstance(base, Name) else ""


def _side(weight: Tree, known: Known) -> bool | None:
    """Whether the weight stands before what it is multiplied with; None where it is in no product, or both ways."""
    found: set[bool] = set()
    for definition in known.defined.values():
        for part in walk(definition.body):
            factors = part.items if isinstance(part, Juxtaposition) else part.factors if isinstance(part, Product) else ()
            places = [place for place, factor in enumerate(factors) if could_be_name(factor) and key(factor) == weight]
            found.update(place == 0 for place in places if len(factors) == 2)
    return found.pop() if len(found) == 1 else None


def _counts(statement: Tree, running: Tree) -> bool:
    """Whether a formula says how far the letter goes, `l = 1, ..., 3`."""
    return isinstance(statement, Relation) and running in statement.sides
