r"""Which letters d are differentials: those of `\frac{dL}{dw}`, `\frac{d}{dx}`, `dL/dw`. A d anywhere else is a variable."""

from chainrule.syntax.pairing import CLOSING
from chainrule.syntax.symbols import ACCENT_COMMANDS, FONT_COMMANDS
from chainrule.syntax.tokens import Token


def mark_differentials(tokens: list[Token], partners: list[int]) -> list[Token]:
    r"""The same tokens, with the d of a derivative made the command `\d`."""
    if "d" not in [token.text for token in tokens]:
        return tokens
    marked: set[int] = set()
    for i, token in enumerate(tokens):
        if token.text == "\\frac":
            marked.update(_of_fraction(tokens, partners, i))
        elif _is_d(tokens, i) and i not in marked:
            marked.update(_of_slash(tokens, partners, i))
    return [token._replace(kind="command", text="\\d") if i in marked else token for i, token in enumerate(tokens)]


def _of_fraction(tokens: list[Token], partners: list[int], i: int) -> list[int]:
    if not (_has(tokens, i + 1, "{") and partners[i + 1] > 0 and _is_d(tokens, i + 2)):
        return []
    below = partners[i + 1] + 1
    if not (_has(tokens, below, "{") and partners[below] > 0 and _opens_differential(tokens, below + 1)):
        return []
    marked = [i + 2]
    at = below + 1
    while at < partners[below]:
        if _opens_differential(tokens, at):
            marked.append(at)
            at += 1
        at = max(at + 1, partners[at] + 1)
    return marked


def _of_slash(tokens: list[Token], partners: list[int], i: int) -> list[int]:
    at = i + 1
    if _has(tokens, at, "^"):
        at = _after_token(tokens, partners, at + 1)
    if not _has(tokens, at, "/"):
        if _opens_variable(tokens, at):
            at = _before_bracket(tokens, _after_scripted(tokens, partners, at))
        elif not _has(tokens, at, "("):
            return []
        if _has(tokens, at, "(") and partners[at] > 0:
            at = partners[at] + 1
    return [i, at + 1] if _has(tokens, at, "/") and _opens_differential(tokens, at + 1) else []


def _after_scripted(tokens: list[Token], partners: list[int], at: int) -> int:
    while at < len(tokens) and (tokens[at].text in ACCENT_COMMANDS or tokens[at].text in FONT_COMMANDS):
        at += 1
    at = _after_token(tokens, partners, at)
    while at < len(tokens) and tokens[at].text in ("_", "^", "'"):
        at = at + 1 if tokens[at].text == "'" else _after_token(tokens, partners, at + 1)
    return at


def _before_bracket(tokens: list[Token], at: int) -> int:
    """Behind the capital letters that spell a name in front of a bracket, the L of `KL(q)`."""
    end = at
    while end < len(tokens) and tokens[end].kind == "letter" and tokens[end].text.isupper():
        end += 1
    return end if _has(tokens, end, "(") else at


def _after_token(tokens: list[Token], partners: list[int], at: int) -> int:
    if at < len(tokens) and tokens[at].text in CLOSING:
        return max(at, partners[at]) + 1
    return at + 1


def _has(tokens: list[Token], at: int, text: str) -> bool:
    return at < len(tokens) and tokens[at].text == text


def _is_d(tokens: list[Token], at: int) -> bool:
    return _has(tokens, at, "d") and tokens[at].kind == "letter"


def _opens_differential(tokens: list[Token], at: int) -> bool:
    return _is_d(tokens, at) and _opens_variable(tokens, at + 1)


def _opens_variable(tokens: list[Token], at: int) -> bool:
    if at >= len(tokens):
        return False
    token = tokens[at]
    if token.kind in ("letter", "word", "function"):
        return True
    return token.text == "{" or token.text in ACCENT_COMMANDS or token.text in FONT_COMMANDS
