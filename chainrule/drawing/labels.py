"""Typeset labels as outlines: the only place that knows Typst.

All labels of a picture go through one compilation, a page each. Glyphs come back as symbols that are shared between
labels; the drawing depends on no font.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree

from chainrule.drawing.geometry import Point, Rectangle, Size
from chainrule.errors import DrawingError

Face = Literal["display", "inline", "heading", "text", "code"]

_PREAMBLE = """\
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: "New Computer Modern", top-edge: "bounds", bottom-edge: "bounds")
#set math.mat(column-gap: 0.7em)
#show math.mat: math.display
#show math.vec: math.display
#show math.cases: math.display
"""
_WIDEST_HEADING = 900  # points; a longer heading is broken into lines
_LONGEST_WORD = 40  # characters; a longer one may be broken anywhere
_LONGEST_LABEL = 20_000  # characters
_CODE = re.compile(r'\\.|"(?:\\.|[^"\\])*"|#none\b|(#|//|/\*|\bstd\b)', re.DOTALL)  # group 1: Typst code or a comment
_COLOURED = re.compile("[\U0001f000-\U0001faff\ufe0f\u200d]")  # emoji, which have no outlines
_UNCOMMON = re.compile("[\u0590-\u1cff\u2c00-\ufaff\U00020000-\U0003ffff]")  # scripts that Typst's own fonts lack
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True)
class Label:
    """Something to typeset. `owner` says in errors whose label it is, e.g. `the value of box 'x'`.

    Faces: `display` and `inline` are Typst math; `heading`, `text` and `code` are plain text, no markup.
    """

    owner: str
    source: str
    face: Face
    size: float
    colour: str


@dataclass(frozen=True)
class Outline:
    """A typeset label: its size, and SVG elements with the origin in the upper left corner."""

    size: Size
    svg: str


@dataclass(frozen=True)
class Placed:
    """An outline, and where its upper left corner is."""

    outline: Outline
    corner: Point

    @property
    def rectangle(self) -> Rectangle:
        """What it covers."""
        x, y = self.corner
        return Rectangle(x, y, x + self.outline.size.width, y + self.outline.size.height)


@dataclass(frozen=True)
class Typeset:
    """One outline a label, in order, and the `<symbol>` elements that they use."""

    outlines: tuple[Outline, ...]
    symbols: str


def typeset(labels: Sequence[Label], prefix: str) -> Typeset:
    """Outlines of all labels; ids of symbols start with `prefix`. Raises DrawingError naming a label that fails."""
    if not labels:
        return Typeset((), "")
    for label in labels:
        _check(label)
    pages = _compile(labels)
    ids: dict[str, str] = {}
    symbols: list[str] = []
    outlines: list[Outline] = []
    for page in pages:
        root = ElementTree.fromstring(page)
        for symbol in root.iter(_SVG + "symbol"):
            if symbol.attrib["id"] not in ids:
                ids[symbol.attrib["id"]] = f"{prefix}-{len(ids)}"
                symbols.append(_symbol(symbol, ids))
        _, _, width, height = (float(number) for number in root.attrib["viewBox"].split())
        drawn = [child for child in root if child.tag != _SVG + "defs"]
        outlines.append(Outline(Size(width, height), "".join(_element(child, ids) for child in drawn)))
    return Typeset(tuple(outlines), "".join(symbols))


def _check(label: Label) -> None:
    """Refuses what is too long, and in mathematics what would run as code (it may read files) or vanish as a comment."""
    if len(label.source) > _LONGEST_LABEL:
        raise DrawingError("label-too-long", f"{label.owner} is longer than {_LONGEST_LABEL} characters")
    if label.face in ("display", "inline"):
        for found in _CODE.finditer(label.source):
            if found[1]:
                raise DrawingError("label-not-typeset", f"{label.owner} has {found[1]!r}, which is not mathematics in Typst")


def _run(source: str, labels: Sequence[Label]) -> bytes | list[bytes]:
    """Compiles with Typst's own fonts; those of the machine are looked at only for scripts that these lack."""
    import typst

    common = not any(_UNCOMMON.search(label.source) for label in labels)
    return typst.compile(source.encode(), format="svg", ignore_system_fonts=common)


def _compile(labels: Sequence[Label]) -> list[bytes]:
    """One SVG document a label."""
    import typst

    source = _PREAMBLE + "#pagebreak()\n".join(_page(label) for label in labels)
    try:
        result = _run(source, labels)
    except typst.TypstError as error:
        raise _find_fault(labels, str(error)) from error
    pages = result if isinstance(result, list) else [result]
    if len(pages) != len(labels):
        raise DrawingError("label-not-typeset", f"{len(labels)} labels were typeset as {len(pages)} pages")
    return pages


def _find_fault(labels: Sequence[Label], message: str) -> DrawingError:
    """The error for the first label that fails when it stands alone."""
    import typst

    for label in labels:
        try:
            _run(_PREAMBLE + _page(label), [label])
        except typst.TypstError as error:
            shown = label.source if len(label.source) <= 120 else label.source[:119] + "…"
            return DrawingError("label-not-typeset", f"{label.owner} cannot be typeset: {error} in {shown!r}")
    return DrawingError("label-not-typeset", f"the labels cannot be typeset together: {message}")


def _page(label: Label) -> str:
    """Typst markup for one label. Its source is a string there, so that it cannot end its own markup."""
    match label.face:
        case "display":
            body = f'math.equation(block: true, eval({_quote(label.source)}, mode: "math"))'
        case "inline":
            body = f'math.equation(block: false, eval({_quote(label.source)}, mode: "math"))'
        case "heading":
            words = _quote(re.sub(rf"(\S{{{_LONGEST_WORD}}})", "\\1\u200b", _COLOURED.sub("", label.source)))
            width = f"{_WIDEST_HEADING}pt"
            body = (
                f"context {{ let body = strong({words}); "
                f"if measure(body).width > {width} {{ block(width: {width}, body) }} else {{ body }} }}"
            )
        case "text":
            body = f"[#{_quote(label.source)}]"
        case "code":
            body = f"raw({_quote(label.source)})"
    edges = ', top-edge: "ascender", bottom-edge: "descender"' if label.face in ("heading", "text") else ""
    return f'#text(size: {label.size}pt, fill: rgb("{label.colour}"){edges}, {body})\n'


def _quote(text: str) -> str:
    """A Typst string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{{{ord(found[0]):x}}}", escaped) + '"'


def _symbol(symbol: ElementTree.Element, ids: dict[str, str]) -> str:
    inner = "".join(_element(child, ids) for child in symbol)
    return f'<symbol id="{ids[symbol.attrib["id"]]}" overflow="visible">{inner}</symbol>'


def _element(element: ElementTree.Element, ids: dict[str, str]) -> str:
    """An element of Typst's SVG with our ids. Anything but outlines (an image, a link, a clip) is refused."""
    tag = element.tag.removeprefix(_SVG)
    if tag not in ("g", "use", "path"):
        raise DrawingError("label-not-typeset", f"a label was typeset with <{tag}>, which is not an outline")
    attributes = ""
    for name, value in element.attrib.items():
        if name == _LINK:
            attributes += f' xlink:href="#{ids[value.removeprefix("#")]}"'
        elif (name, value) not in (("x", "0"), ("y", "0"), ("fill-rule", "nonzero")):
            attributes += f' {name}="{value}"'
    inner = "".join(_element(child, ids) for child in element)
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"
