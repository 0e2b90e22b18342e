"""A drawing in a language of graphs as the equations of a network: each node's formula, compared with the arrows."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from chainrule.errors import Diagnostic
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.diagrams.dot import read_dot
from chainrule.sheets.diagrams.drawing import Arrow, Drawing, Unreadable
from chainrule.sheets.diagrams.mermaid import read_mermaid
from chainrule.sheets.diagrams.tikz import read_tikz
from chainrule.sheets.notation import statements
from chainrule.sheets.sheet import Diagram, Figure, Math, Place
from chainrule.source import Span
from chainrule.syntax.notation import notation_of
from chainrule.syntax.tree import Relation, Tree, walk

_READERS: Mapping[str, Callable[[Span], Drawing]] = {
    "mermaid": read_mermaid,
    "dot": read_dot,
    "graphviz": read_dot,
    "tikz": read_tikz,
}
LANGUAGES = frozenset(_READERS)
"""The languages of fenced blocks that are drawings."""
_MOST_NODES = 500
_IN_DOLLARS = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$|\\\((.+?)\\\)", re.DOTALL)
_LABEL = re.compile(r"\\?[^\W\d_]+(?:_\w+)?|\d+(?:\.\d+)?|[^\w\s$\"'(){}.,:;]")
_WORD = re.compile(r"[^\W\d_]{3,}|\\(?:text[a-z]*|math[a-z]+|small|tiny|[a-z]+size)")
_BREAK = re.compile(r"<br\s*/?>|:(?!=)|\n")


def read_diagram(span: Span, place: Place, language: str) -> Diagram | Figure:
    """The formulas of a drawing; a picture where it is not understood, or a node that arrows lead to has no formula."""
    try:
        drawing = _READERS[language](span)
        if len(drawing.labels) > _MOST_NODES:
            raise Unreadable(f"it has more than {_MOST_NODES} nodes")
        nodes = {name: tuple(_formulas(label, place)) for name, label in drawing.labels.items()}
        _require_formulas(drawing, nodes)
    except Unreadable as fault:
        return Figure(span, place, f"in {language}", fault.message)
    formulas = tuple(math for found in nodes.values() for math in found if _defined(math) is not None)
    return Diagram(span, place, formulas, tuple(_contradictions(drawing, nodes)))


def _formulas(label: Span, place: Place) -> Iterator[Math]:
    """What a node says: equations, `layer 1: $h = \\sigma(w x)$`, or its name alone. Raises Unreadable."""
    inner = [match.span(match.lastindex or 0) for match in _IN_DOLLARS.finditer(label.text)]
    if not inner:
        pieces = list(_pieces(label.text))
        inner = [each for each in pieces if "=" in label.text[slice(*each)]] or [(0, len(label.text))]
    for start, end in inner:
        written = label.text[start:end]
        start, end = start + len(written) - len(written.lstrip()), end - len(written) + len(written.rstrip())
        part = label.source.span(label.start + start, label.start + end)
        math = Math(part, place, display=True, plain=notation_of(part.text) == "plain")
        if _name(math) is None:
            raise Unreadable(f"its node {label.text!r} has no formula")
        yield math


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    here = 0
    for match in _BREAK.finditer(text):
        yield here, match.start()
        here = match.end()
    yield here, len(text)


def _defined(math: Math) -> Relation | None:
    """The equation that a formula is, if it is one of a name."""
    match statements(math):
        case (Relation(operators=operators, sides=(left, *_)) as equation,):
            return equation if set(operators) == {"="} and could_be_name(left) else None
        case _:
            return None


def _name(math: Math) -> Tree | None:
    """The name that a formula defines or is."""
    if equation := _defined(math):
        return key(equation.sides[0])
    match statements(math):
        case (tree,) if could_be_name(tree):
            return key(tree)
        case _:
            return None


def _require_formulas(drawing: Drawing, nodes: Mapping[str, tuple[Math, ...]]) -> None:
    for arrow in drawing.arrows:
        if arrow.directed and not any(map(_defined, nodes[arrow.end])):
            raise Unreadable(f"arrows lead to {drawing.labels[arrow.end].text!r}, which has no formula")


def _contradictions(drawing: Drawing, nodes: Mapping[str, tuple[Math, ...]]) -> Iterator[Diagnostic]:
    """Arrows that no formula follows, and formulas that no arrow shows."""
    names = {node: {_name(math) for math in found} for node, found in nodes.items()}
    used = {node: set(_used(found)) for node, found in nodes.items()}
    joined = {(arrow.start, arrow.end) for arrow in drawing.arrows}
    joined |= {(arrow.end, arrow.start) for arrow in drawing.arrows if not arrow.directed}
    for arrow in drawing.arrows:
        ways = [(arrow.start, arrow.end)] if arrow.directed else [(arrow.start, arrow.end), (arrow.end, arrow.start)]
        if not any(names[start] & used[end] for start, end in ways):
            yield _unfollowed(drawing, arrow)
        elif not _is_told(arrow.label, [drawing.labels[end].text for _, end in ways]):
            message = "what is written on this arrow is not read; the formula of the node that it leads to holds"
            yield Diagnostic("warning", "arrow-label-not-read", message, arrow.label)
    for start in nodes:
        for end in nodes:
            if start != end and names[start] & used[end] and (start, end) not in joined:
                message = f"this formula uses {_said(drawing, start)}, and no arrow of the drawing leads from there"
                yield Diagnostic("warning", "arrow-missing", message, drawing.labels[end])


def _is_told(label: Span | None, formulas: Sequence[str]) -> bool:
    """Whether the numbers, signs and letters of a label stand in a formula too; words, "squared", only speak of it."""
    signs = [sign for sign in _LABEL.findall(label.text if label else "") if not _WORD.fullmatch(sign)]
    return any(all(sign in formula for sign in signs) for formula in formulas)


def _unfollowed(drawing: Drawing, arrow: Arrow) -> Diagnostic:
    said = f"an arrow leads from {_said(drawing, arrow.start)} to {_said(drawing, arrow.end)}"
    return Diagnostic("warning", "arrow-not-followed", f"{said}, whose formula does not use it", arrow.span)


def _said(drawing: Drawing, node: str) -> str:
    return drawing.labels[node].text.strip()


def _used(found: Iterable[Math]) -> Iterator[Tree]:
    for equation in map(_defined, found):
        if equation is not None:
            yield from (key(tree) for side in equation.sides[1:] for tree in walk(side))
