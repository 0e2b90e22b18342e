"""What the formulas of a problem say of its names: values, shapes, definitions, and which names there are."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from chainrule.errors import ChainruleError
from chainrule.inference.axes import free_indices
from chainrule.inference.declarations import Declaration
from chainrule.inference.entry_lists import is_entry_list
from chainrule.inference.literals import Literal
from chainrule.inference.statements import Definition, Further, Given, sort_statement
from chainrule.inference.symbols import could_be_name, key, layer, letter, span_text, without_fonts
from chainrule.sheets.notation import statements
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Derivative,
    Name,
    Number,
    Relation,
    Subscript,
    Superscript,
    Tree,
    children,
    walk,
)
from chainrule.typesetting import latex

LOSSES = frozenset(("L", "J", "E", "C", "\\ell", "ℓ", "loss", "Loss", "cost", "Cost", "l", "\\mathcal{L}"))
_PREDICTED = frozenset(("pred", "predicted", "prediction", "out", "output", "hat", "p"))
_TRUE = frozenset(("true", "target", "label", "t", "star"))


def names_of(math: Math) -> tuple[Tree, ...]:
    """The names that a formula lists or says something of: `x`, `(x_1, x_2)`, `x = [1, 2]`; () for any other formula."""
    found: list[Tree] = []
    for tree in statements(math):
        left = tree.sides[0] if isinstance(tree, Relation) and tree.operators[0] in ("=", ":=", "\\in") else tree
        items = left.items if isinstance(left, Bracket) else (left,)
        if (isinstance(tree, Relation) and left is tree) or not all(could_be_name(item) for item in items):
            return ()
        found += items
    return tuple(found)


@dataclass
class Known:
    """values: by name. shapes: declared. defined: by formulas that compute something. names: in the order of the text."""

    values: dict[Tree, Literal] = field(default_factory=dict[Tree, Literal])
    shapes: dict[Tree, tuple[object, ...]] = field(default_factory=dict[Tree, tuple[object, ...]])
    defined: dict[Tree, Definition] = field(default_factory=dict[Tree, Definition])
    functions: set[Tree] = field(default_factory=set[Tree])
    lists: dict[Tree, Tree] = field(default_factory=dict[Tree, Tree])
    names: dict[Tree, str] = field(default_factory=dict[Tree, str])
    derived: list[Tree] = field(default_factory=list[Tree])
    """What derivatives are taken of."""

    def free(self) -> list[Tree]:
        """The names that have no definition, in the order of the text."""
        return [name for name in self.names if name not in self.defined and name not in self.functions]

    def spelled(self, name: Tree) -> str:
        text = self.names.get(name)
        joined = text is not None and len(text) > 1 and text.isalnum()  # W1 of plain text, in LaTeX a product
        return latex(name) if text is None or joined else text

    def has_function(self, text: str) -> bool:
        """Whether a formula says what function a letter is."""
        headed = (name for name, definition in self.defined.items() if definition.parameters)
        return any(letter(name) == Name(text) for name in (*self.functions, *headed))

    def has(self, text: str) -> bool:
        """Whether a letter, `\\sigma`, is the name of anything that the text defines or gives."""
        known = {*self.values, *self.defined, *self.functions}
        return any(letter(name) == Name(text) for name in known)


def read_known(trees: Iterable[Tree], mentioned: Iterable[Tree] = ()) -> Known:
    """What statements say; of what is mentioned besides, only the names count.

    A statement that cannot be read says nothing here: its error is that of the network.
    """
    known = Known()
    said = list(trees)
    for tree in said:
        with suppress(ChainruleError):
            for item in sort_statement(tree)[0]:
                _take(item.item if isinstance(item, Further) else item, known)
    _name_by_arrays(known)
    for tree in (*said, *mentioned):
        _note_names(tree, known)
    return known


def _name_by_arrays(known: Known) -> None:
    """What is defined entry by entry, `h_j = ...`, is known by the name of the array too."""
    for name, item in list(known.defined.items()):
        found = free_indices(name, item.body, ())
        if found is not None:
            known.defined.setdefault(found[0], item)


def _take(item: object, known: Known) -> None:
    match item:
        case Given(name=name, literal=literal):
            known.values[key(name)] = literal
        case Declaration(name=name, dimensions=dimensions):
            known.shapes[key(name)] = tuple(d.number if d.number is not None else str(d) for d in dimensions)
        case Definition(name=name, body=body) if is_entry_list(body):
            known.lists[key(name)] = body
        case Definition(name=name, parameters=parameters, body=body):
            if parameters and _is_function(parameters, body):
                known.functions.add(key(name))
            elif not isinstance(body, Bracket) or body.kind != "{":
                known.defined[key(name)] = item
        case _:
            return


def _is_function(parameters: tuple[Tree, ...], body: Tree) -> bool:
    """Whether a definition says what a function is, `\\sigma(a) = ...` with nothing but a in it."""
    own = {key(p) for p in parameters}
    letters = {key(p) for p in walk(body) if isinstance(p, Name) and len(p.text) == 1}
    return len(parameters) == 1 and letters <= own | {Name("e")}


def _note_names(tree: Tree, known: Known) -> None:
    """The names in a statement, the largest ones: `W^{(1)}` and not its W."""
    waiting = [tree]
    while waiting:
        here = waiting.pop(0)
        if isinstance(here, Derivative) and here.of is not None and could_be_name(here.of):
            known.derived.append(key(here.of))
        if could_be_name(here) or key(here) in known.values or key(here) in known.shapes:  # `W^2` beside `W^1`
            text = span_text(here.span)
            known.names.setdefault(key(here), text if "\\" in text or len(text) < 16 else "")
        else:
            waiting = children(here) + waiting


def base(name: Tree) -> str:
    """The letter or word of a name, without scripts, accents and fonts."""
    inner = letter(without_fonts(name))
    return inner.text if isinstance(inner, Name) else ""


def is_loss(name: Tree) -> bool:
    """Whether a name is that of a loss."""
    bare = isinstance(without_fonts(name), Name) or isinstance(name, Subscript)
    return bare and base(name) in LOSSES


def is_prediction(name: Tree) -> bool:
    r"""`\hat y`, `y_\text{pred}`, `\hat{\mathbf{y}}`, `o`."""
    plain = without_fonts(name)
    if any(isinstance(part, Accent) and part.kind in ("hat", "widehat", "tilde") for part in walk(plain)):
        return base(plain) in ("y", "t", "p", "Y")
    if isinstance(plain, Subscript) and len(plain.items) == 1:
        return base(plain) in ("y", "Y") and _word(plain.items[0]) in _PREDICTED
    return plain in (Name("o"), Name("yhat"), Name("y_hat"))


def is_target(name: Tree) -> bool:
    r"""`t`, `y_\text{true}`, `y^*`."""
    plain = without_fonts(name)
    if isinstance(plain, Subscript) and len(plain.items) == 1:
        return base(plain) in ("y", "Y", "t") and _word(plain.items[0]) in _TRUE
    if isinstance(plain, Superscript):
        return base(plain) == "y" and plain.exponent == Name("*")
    return plain in (Name("t"), Name("target"), Name("\\mathbf{t}"))


def _word(tree: Tree) -> str:
    inner = without_fonts(tree)
    return inner.text if isinstance(inner, Name) else ""


def layer_of(name: Tree) -> int | None:
    """The layer that a name tells, `W^{(1)}`, `W_1`, `w_2`, `b_1`; None where it tells none."""
    found = layer(name)
    if isinstance(name, Superscript) and isinstance(name.exponent, Number) and name.exponent.value.denominator == 1:
        return int(name.exponent.value)
    if found is None and isinstance(name, Subscript) and len(name.items) == 1 and isinstance(name.items[0], Number):
        value = name.items[0].value
        found = int(value) if value.denominator == 1 else None
    return found
