"""Lines for a terminal: how wide a text is, and where a long formula is broken."""

import unicodedata

_OPENING, _CLOSING = "([{⟨⌊⌈", ")]}⟩⌋⌉"


def columns(text: str) -> int:
    """How many columns of a terminal a line takes."""
    return len(text) if text.isascii() else sum(map(_character_columns, text))


def _character_columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(text: str) -> str:
    """The text with every character that could command a terminal replaced; tabs become a space."""
    return "".join("�" if _commands(c) else c for c in text.replace("\t", " "))


def _commands(character: str) -> bool:
    code = ord(character)
    return code < 32 or 127 <= code < 160 or code in (0x2028, 0x2029) or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069


def wrap(text: str, width: int) -> list[str]:
    """Breaks at spaces, outside the inmost brackets if it can and before an operator; a word is never broken."""
    if columns(text) <= width:
        return [text]
    pieces = _pieces(text)
    if len(pieces) == 1:
        return pieces
    lines: list[str] = []
    for piece in pieces:
        if lines and columns(lines[-1]) + 1 + columns(piece) <= width:
            lines[-1] += " " + piece
        else:
            lines.extend(wrap(piece, width))
    return lines


def _pieces(text: str) -> list[str]:
    """The text divided at those of its spaces that stand in the fewest brackets, an operator with what follows it."""
    depth, word, spaces = 0, 0, list[tuple[int, int]]()
    for place, character in enumerate(text):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth -= 1
        elif character == " ":
            if not _is_operator(text[word:place]):
                spaces.append((depth, place))
            word = place + 1
    if not spaces:
        return [text]
    least = min(depth for depth, _ in spaces)
    cuts = [place for depth, place in spaces if depth == least]
    return [text[start:end] for start, end in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True)]


def _is_operator(word: str) -> bool:
    return len(word) == 1 and unicodedata.category(word) in ("Sm", "Pd", "Po") and word != ","
