r"""The letter x written for a cross: `2 x 3`, `\mathbb{R}^{m x n}`, `ℝ²ˣ³`."""

from chainrule.syntax.tokens import Token

_GROUPS = {"{": "}", "(": ")"}
_REACH = 30  # tokens of one exponent


def read_crosses(tokens: list[Token], partners: list[int]) -> list[Token]:
    """The same tokens, with x made a cross between two numbers, and between two sizes in the exponent of a space."""
    letters = [i for i, token in enumerate(tokens) if token.text == "x" and token.kind == "letter"]
    if not letters:
        return tokens
    spaces = _spaces(tokens, partners)
    crosses = {i for i in letters if 0 < i < len(tokens) - 1 and (_between(tokens, i, ("number",)) or i in spaces)}
    return [token._replace(kind="command", text="\\times") if i in crosses else token for i, token in enumerate(tokens)]


def _spaces(tokens: list[Token], partners: list[int]) -> set[int]:
    """The places between two sizes in the exponents of spaces."""
    places: set[int] = set()
    for i, token in enumerate(tokens):
        if token.text != "^" or not i or partners[i + 1 : i + 2] in ([], [-1]) or tokens[i + 1].text not in _GROUPS:
            continue
        if _is_space(tokens, i - 1) and partners[i + 1] - i < _REACH:
            places.update(j for j in range(i + 3, partners[i + 1] - 1) if _between(tokens, j, ("number", "letter", "word")))
    return places


def _is_space(tokens: list[Token], last: int) -> bool:
    r"""Whether what ends here is `\mathbb{R}`, `\mathbb R`, or an R behind a sign that a space follows."""
    first = last - 2 if tokens[last].text == "}" and last > 1 else last
    letter = tokens[first + 1] if first < last else tokens[last]
    before = tokens[first - 1].text if first else ""
    return letter.text == "R" and before in ("\\mathbb", "\\in", "\\to", ":")


def _between(tokens: list[Token], i: int, kinds: tuple[str, ...]) -> bool:
    return tokens[i - 1].kind in kinds and tokens[i + 1].kind in kinds
