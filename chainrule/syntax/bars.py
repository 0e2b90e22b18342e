r"""Which way a bar faces: `|x|` opens and closes, `p(y | x)` and `P \| Q` stand between, `f |_{x=0}` evaluates.

A bar where an operand is expected opens. One with a point below it evaluates, unless a bar of its kind is open. After an
operand it closes the last open bar of its kind; with none open it opens if an even number of its kind is left up to the
next comma or bracket (`2 |x|`), else it stands between. `||` is a norm bar, or two single ones where only that closes all
(`|x + |y||`). `<a, b>` gets the angle brackets it stands for in the same way.
"""

from chainrule.syntax.symbols import INFIX_TEXTS
from chainrule.syntax.tokens import Token

_OPENERS = frozenset({"(", "[", "{", "\\{", "\\langle", "\\lvert", "\\lVert"})
_CLOSERS = frozenset({")", "]", "}", "\\}", "\\rangle", "\\rvert", "\\rVert"})
_DIVIDERS = frozenset({",", ";", "\\\\", "&", "\\quad", "\\implies"})
_FACES = {"|": ("\\lvert", "\\rvert", "\\mid"), "\\|": ("\\lVert", "\\rVert", "\\parallel")}
_BARS = frozenset({"|", "\\|", "||", "\\rvert", "<"})
_NOT_OPERANDS = INFIX_TEXTS | _OPENERS | _DIVIDERS | {"^", "_", "\\mid", "\\parallel"}
_SCRIPTS = frozenset({"^", "_"})
_ANGLE_REACH = 200  # tokens between < and >, so that the time stays linear

Faces = dict[int, tuple[str, ...]]


def direct_bars(tokens: list[Token]) -> list[Token]:
    """The tokens with every bar replaced by its opening, closing, relating or evaluating form."""
    if _BARS.isdisjoint([token.text for token in tokens]):
        return tokens
    faces: Faces = {}
    frames: list[list[int]] = [[]]
    openers: list[str] = []
    for i, token in enumerate(tokens):
        if token.kind in ("left", "begin") or (token.text in _OPENERS and token.kind != "right"):
            frames.append([])
            openers.append(token.text)
        elif token.text == "\\rvert" and token.kind != "right" and openers[-1:] != ["\\lvert"] and _has_point(tokens, i):
            faces[i] = ("\\at",)
        elif token.kind in ("right", "end") or token.text in _CLOSERS:
            _resolve(tokens, frames.pop(), faces)
            frames = frames or [[]]
            del openers[-1:]
        elif token.text in _DIVIDERS:
            _resolve(tokens, frames[-1], faces)
            frames[-1].clear()
        elif token.text in _FACES or token.text == "||":
            frames[-1].append(i)
        elif token.text == "<" and token.kind == "symbol" and i not in faces:
            _direct_angle(tokens, i, faces)
    for frame in frames:
        _resolve(tokens, frame, faces)
    return [new for i, token in enumerate(tokens) for new in _facing(token, faces.get(i))]


def _has_point(tokens: list[Token], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].text == "_" and tokens[i + 1].kind == "symbol"


def _resolve(tokens: list[Token], bars: list[int], faces: Faces) -> None:
    """Decide the bars of one stretch between brackets and commas."""
    found, closed = _directed(tokens, bars, faces, single=False)
    if not closed and any(tokens[i].text == "||" for i in bars):
        again, closed = _directed(tokens, bars, faces, single=True)
        found = again if closed else found
    faces.update(found)


def _directed(tokens: list[Token], bars: list[int], faces: Faces, single: bool) -> tuple[Faces, bool]:
    """The bars from left to right, `||` as two bars or as one; and whether everything opened was closed."""
    left = {"|": 0, "\\|": 0}
    for i in bars:
        left[_kind(tokens[i])] += 1
    opened: list[str] = []
    found: Faces = {}
    for i in bars:
        kind = _kind(tokens[i])
        left[kind] -= 1
        scripted = i > 1 and tokens[i - 2].text in _SCRIPTS and tokens[i - 1].text not in _OPENERS
        after_operand = scripted or (bool(i) and _is_operand(tokens[i - 1], found.get(i - 1, faces.get(i - 1))))
        if tokens[i].text == "||" and (single or (after_operand and opened[-1:] == ["|"])):
            found[i] = _two_bars(opened, after_operand, single)
        elif not after_operand:
            found[i] = (_FACES[kind][0],)
            opened.append(kind)
        elif kind in opened:
            _close(opened, kind)
            found[i] = (_FACES[kind][1],)
        elif kind == "|" and _has_point(tokens, i):
            found[i] = ("\\at",)
        elif left[kind] % 2:
            found[i] = (_FACES[kind][0],)
            opened.append(kind)
        else:
            found[i] = (_FACES[kind][2],)
    return found, not opened


def _two_bars(opened: list[str], after_operand: bool, single: bool) -> tuple[str, ...]:
    """`|x||y|`, and `|x + |y||` where `||` is known to be two single bars."""
    if not after_operand:
        opened += ["|", "|"]
        return "\\lvert", "\\lvert"
    if single and opened.count("|") > 1:
        _close(opened, "|")
        _close(opened, "|")
        return "\\rvert", "\\rvert"
    return "\\rvert", "\\lvert"


def _close(opened: list[str], kind: str) -> None:
    while opened.pop() != kind:
        pass


def _direct_angle(tokens: list[Token], i: int, faces: Faces) -> None:
    r"""`<` where an operand is expected: an angle bracket if a `>` closes it around a list, or it is a superscript `^{<t>}`."""
    if i and _is_operand(tokens[i - 1], faces.get(i - 1)):
        return
    raised = i > 1 and tokens[i - 1].text == "{" and tokens[i - 2].text == "^"
    depth, listed = 0, raised
    for j in range(i + 1, min(i + _ANGLE_REACH, len(tokens))):
        token = tokens[j]
        if token.kind in ("left", "begin") or token.text in _OPENERS:
            depth += 1
        elif token.kind in ("right", "end") or token.text in _CLOSERS:
            depth -= 1
        elif depth == 0 and token.text == ",":
            listed = True
        elif depth == 0 and token.text == ">" and listed and _is_operand(tokens[j - 1], None):
            faces[i], faces[j] = ("\\langle",), ("\\rangle",)
            return
        if depth < 0 or token.text in ("<", ";", "\\\\", "&", "="):
            return


def _kind(token: Token) -> str:
    return "|" if token.text == "|" else "\\|"


def _is_operand(token: Token, faces: tuple[str, ...] | None) -> bool:
    text = faces[-1] if faces else token.text
    return token.kind not in ("function", "left", "begin", "prose") and text not in _NOT_OPERANDS


def _facing(token: Token, faces: tuple[str, ...] | None) -> list[Token]:
    if faces is None:
        return [token]
    return [token._replace(kind="command", text=text) for text in faces]
