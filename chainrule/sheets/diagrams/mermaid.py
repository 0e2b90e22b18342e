"""Flowcharts in Mermaid: `x --> h["h = sigma(w x)"] --> L`."""

import re

from chainrule.sheets.diagrams.drawing import Drawing, Link, Unreadable
from chainrule.source import Span

_HEADER = re.compile(r"(?:graph|flowchart(?:-elk)?)(?:[ \t]+(?:TB|TD|BT|LR|RL))?[ \t]*(?=;|\n|$)")
_LAYOUT = re.compile(
    r"(?:classDef|class|style|linkStyle|click|direction|subgraph|accTitle|accDescr)\b[^\n;]*|end\b(?=[ \t]*(?:;|\n|$))|%%[^\n]*"
)
_GAP = re.compile(r"(?:[ \t\r\n;]|%%[^\n]*)+")
_NODE = re.compile(r"[^\W\d]\w*|\d+")
_CLASS = re.compile(r":::\w+")
_LINK = re.compile(
    r"[ \t]*(?P<back><)?(?:--+[ \t]+(?P<dashed>[^\n|>-]+)[ \t]+--+|==+[ \t]+(?P<thick>[^\n|>=]+)[ \t]+==+"
    r"|-\.+[ \t]+(?P<dotted>[^\n|>.]+)[ \t]+\.+-|--+|==+|-\.+-)"
    r"(?P<head>[>ox](?![\w]))?(?:[ \t]*\|(?P<barred>[^|\n]*)\|)?[ \t]*"
)
_AND = re.compile(r"[ \t]*&[ \t]*")
_CLOSERS = {"[": "]", "(": ")", "{": "}", ">": "]"}
_EDGES = "[](){}/\\>"


def read_mermaid(span: Span) -> Drawing:
    """The nodes and arrows of a flowchart. Raises Unreadable for other kinds of diagram and for what is not understood."""
    text, drawing = span.text, Drawing()
    begin = _GAP.match(text)
    header = _HEADER.match(text, begin.end() if begin else 0)
    if header is None:
        raise Unreadable("it is no flowchart")
    here = header.end()
    while here < len(text):
        passed = _GAP.match(text, here) or _LAYOUT.match(text, here)
        here = passed.end() if passed else _chain(span, here, drawing)
    return drawing


def _chain(span: Span, here: int, drawing: Drawing) -> int:
    """`a & b --> c --> d`; where the next statement begins."""
    groups, links = list[list[str]](), list[Link]()
    while True:
        group, here = _group(span, here, drawing)
        groups.append(group)
        link = _LINK.match(span.text, here)
        if link is None or link.end() == here:
            break
        written = next((name for name in ("dashed", "thick", "dotted", "barred") if link[name]), None)
        label = _part(span, *link.span(written)) if written else None
        links.append((_part(span, *link.span()), 1 if link["head"] == ">" else -1 if link["back"] else 0, label))
        here = link.end()
    drawing.connect(groups, links)
    if _GAP.match(span.text, here) is None and here < len(span.text):
        raise Unreadable(f"{span.text[here:].split(chr(10))[0]!r} is not understood")
    return here


def _group(span: Span, here: int, drawing: Drawing) -> tuple[list[str], int]:
    names = list[str]()
    while True:
        node = _NODE.match(span.text, here)
        if node is None:
            raise Unreadable(f"{span.text[here:].split(chr(10))[0]!r} is not understood")
        names.append(node[0])
        drawing.mention(node[0], _part(span, *node.span()))
        here = _label(span, node[0], node.end(), drawing)
        if marked := _CLASS.match(span.text, here):
            here = marked.end()
        joined = _AND.match(span.text, here)
        if joined is None:
            return names, here
        here = joined.end()


def _label(span: Span, name: str, here: int, drawing: Drawing) -> int:
    """The label in brackets behind a node's name, quoted or not; where it ends."""
    text = span.text
    if here >= len(text) or text[here] not in _CLOSERS:
        return here
    end = _closing(text, here)
    start, stop = here + 1, end - 1
    while start < stop and text[start] in _EDGES and text[stop - 1] in _EDGES and '"' in text[start:stop]:
        start, stop = start + 1, stop - 1
    while not _whole(text[start:stop]) and start < stop:
        start, stop = start + 1, stop - 1
    if text[start:stop].startswith('"') and text[start:stop].endswith('"'):
        start, stop = start + 1, stop - 1
    drawing.labels[name] = _part(span, start, stop)
    return end


def _whole(label: str) -> bool:
    """Whether what is inside a bracket is the label and no further bracket of the node's shape, `((x))`."""
    return not (label[:1] in _CLOSERS and label[-1:] == _CLOSERS[label[:1]] and _closing(label, 0) == len(label))


def _closing(text: str, here: int) -> int:
    """Behind the bracket that closes the one at `here`; brackets in quotes are none."""
    depth, quoted = 0, False
    for place in range(here, len(text)):
        letter = text[place]
        if letter == "\n" and not quoted:
            break
        if letter == '"':
            quoted = not quoted
        elif not quoted and (letter in "[({" or place == here):
            depth += 1
        elif not quoted and letter in "])}":
            depth -= 1
            if depth == 0:
                return place + 1
    raise Unreadable(f"the bracket of {text[here:].split(chr(10))[0]!r} is not closed")


def _part(span: Span, start: int, end: int) -> Span:
    return span.source.span(span.start + start, span.start + end)
