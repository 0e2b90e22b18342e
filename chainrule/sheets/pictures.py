"""What a picture is called: the file behind `![caption](file)`, `![caption][label]` or `<img src="file">`."""

import re

_IN_BRACKETS = re.compile(r"!\[(?P<caption>[^\[\]]*)\](?:\((?P<target>.*)\)|\[(?P<label>.*)\])", re.DOTALL)
_TITLE = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*')\s*\Z")
_ATTRIBUTE = re.compile(
    r"\b(?P<name>src|alt)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))", re.IGNORECASE
)


def figure_name(written: str) -> str:
    """The file that a picture refers to, without `attachment:`; its caption where the picture itself is in the text."""
    match = _IN_BRACKETS.fullmatch(written)
    if match is None:
        found = {m["name"].lower(): m["double"] or m["single"] or m["bare"] or "" for m in _ATTRIBUTE.finditer(written)}
        return _named(found.get("src", ""), found.get("alt", ""))
    if match["target"] is None:
        return match["label"].strip() or match["caption"].strip() or "without a name"
    return _named(_TITLE.sub("", match["target"].strip()).strip("<>"), match["caption"])


def _named(target: str, caption: str) -> str:
    name = target.strip().removeprefix("attachment:")
    return name if name and not name.startswith("data:") else caption.strip() or "without a name"
