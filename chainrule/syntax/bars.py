r"""Which way a bar faces: `|x|` opens and closes, `p(y | x)` and `P \| Q` stand between.

A bar where an operand is expected opens. After an operand it closes the open bar of its kind; with none open it
opens if an even number of its kind is left up to the next comma or bracket (`2 |x|`), else it stands between.
"""

from chainrule.syntax.symbols import INFIX_TEXTS
from chainrule.syntax.tokens import Token

_OPENERS = frozenset({"(", "[", "{", "\\{", "\\langle", "\\lvert", "\\lVert"})
_CLOSERS = frozenset({")", "]", "}", "\\}", "\\rangle", "\\rvert", "\\rVert"})
_DIVIDERS = frozenset({",", ";", "\\\\", "&", "\\quad", "\\implies"})
_FACES = {"|": ("\\lvert", "\\rvert", "\\mid"), "\\|": ("\\lVert", "\\rVert", "\\parallel")}
_NOT_OPERANDS = INFIX_TEXTS | _OPENERS | _DIVIDERS | {"^", "_", "\\mid", "\\parallel"}


def direct_bars(tokens: list[Token]) -> list[Token]:
    """The tokens with every bar replaced by its opening, closing or relating form."""
    if not any(token.text in _FACES or token.text == "||" for token in tokens):
        return tokens
    faces: dict[int, tuple[str, ...]] = {}
    frames: list[list[int]] = [[]]
    for i, token in enumerate(tokens):
        if token.kind in ("left", "begin") or (token.text in _OPENERS and token.kind != "right"):
            frames.append([])
        elif token.kind in ("right", "end") or token.text in _CLOSERS:
            _resolve(tokens, frames.pop(), faces)
            frames = frames or [[]]
        elif token.text in _DIVIDERS:
            _resolve(tokens, frames[-1], faces)
            frames[-1].clear()
        elif token.text in _FACES or token.text == "||":
            frames[-1].append(i)
    for frame in frames:
        _resolve(tokens, frame, faces)
    return [new for i, token in enumerate(tokens) for new in _facing(token, faces.get(i))]


def _resolve(tokens: list[Token], bars: list[int], faces: dict[int, tuple[str, ...]]) -> None:
    """Decide the bars of one stretch between brackets and commas, from left to right."""
    left = {"|": 0, "\\|": 0}
    for i in bars:
        left[_kind(tokens[i])] += 1
    opened: list[str] = []
    for i in bars:
        kind = _kind(tokens[i])
        left[kind] -= 1
        if i and tokens[i].text == "||" and opened and opened[-1] == "|" and _is_operand(tokens[i - 1], faces.get(i - 1)):
            faces[i] = ("\\rvert", "\\lvert")  # |x||y|
        elif not i or not _is_operand(tokens[i - 1], faces.get(i - 1)):
            faces[i] = (_FACES[kind][0],)
            opened.append(kind)
        elif kind in opened:
            del opened[opened.index(kind) :]
            faces[i] = (_FACES[kind][1],)
        elif left[kind] % 2:
            faces[i] = (_FACES[kind][0],)
            opened.append(kind)
        else:
            faces[i] = (_FACES[kind][2],)


def _kind(token: Token) -> str:
    return "|" if token.text == "|" else "\\|"


def _is_operand(token: Token, faces: tuple[str, ...] | None) -> bool:
    text = faces[-1] if faces else token.text
    return token.kind not in ("function", "left", "begin", "prose") and text not in _NOT_OPERANDS


def _facing(token: Token, faces: tuple[str, ...] | None) -> list[Token]:
    if faces is None:
        return [token]
    return [token._replace(kind="command", text=text) for text in faces]
