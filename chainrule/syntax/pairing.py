"""Which bracket belongs to which, before anything is parsed, so that an unclosed one costs one statement only."""

from chainrule.syntax.symbols import INFIX_TEXTS
from chainrule.syntax.tokens import Token

CLOSING = {
    "(": ")", "[": "]", "{": "}", "\\{": "\\}", "\\lvert": "\\rvert", "\\lVert": "\\rVert", "\\langle": "\\rangle",
}  # fmt: skip
OPENING = {closer: opener for opener, closer in CLOSING.items()}
TABLES = frozenset({"matrix", "bmatrix", "pmatrix", "vmatrix", "Vmatrix", "Bmatrix", "smallmatrix", "array"})
CASES = frozenset({"cases", "dcases", "rcases"})
_BRACKETS = frozenset({*CLOSING, *OPENING, "\\\\"})
_BRACKET_KINDS = frozenset({"left", "right", "begin", "end"})
_REACH = 200  # no closer looks further out: deeper nesting is refused anyway, and this keeps the time linear
_CONTINUES = INFIX_TEXTS | {","}


def pair(tokens: list[Token]) -> list[int]:
    """For each bracket the index of its partner, -1 where it has none and for everything else.

    A brace closes over unclosed parentheses, and a row break over all brackets, unless what stands before or
    after it shows that the formula goes on (`(a + b \\\\ + c)`).
    """
    partners = [-1] * len(tokens)
    opened: list[int] = []
    for i, token in enumerate(tokens):
        if token.text not in _BRACKETS and token.kind not in _BRACKET_KINDS:
            continue
        if token.kind in ("left", "begin") or (token.text in CLOSING and token.kind in ("symbol", "command")):
            opened.append(i)
        elif token.kind in ("right", "end") or token.text in OPENING:
            _close(tokens, opened, i, partners)
        elif token.text == "\\\\" and opened and not _goes_on(tokens, i, tokens[opened[-1]]):
            while opened and tokens[opened[-1]].kind != "begin":
                opened.pop()
    return partners


def _close(tokens: list[Token], opened: list[int], i: int, partners: list[int]) -> None:
    depth = len(opened)
    while depth and len(opened) - depth < _REACH:
        depth -= 1
        opener = tokens[opened[depth]]
        if _fits(opener, tokens[i]) or _is_half_open(tokens, opened[depth], tokens[i]):
            partners[i], partners[opened[depth]] = opened[depth], i
            del opened[depth:]
            return
        if _holds(opener, tokens[i]):
            return


def _fits(opener: Token, closer: Token) -> bool:
    if closer.kind == "right":
        return opener.kind == "left"
    if closer.kind == "end":
        return opener.kind == "begin" and opener.text == closer.text
    if opener.kind in ("left", "begin"):
        return False
    return CLOSING[opener.text] == closer.text


def _is_half_open(tokens: list[Token], opener: int, closer: Token) -> bool:
    r"""Whether this is the interval of `x \in [0, 1)`."""
    ends = {"[": ")", "(": "]"}.get(tokens[opener].text)
    return ends == closer.text and closer.kind == "symbol" and opener > 0 and tokens[opener - 1].text == "\\in"


def _holds(opener: Token, closer: Token) -> bool:
    """Whether a closer of another kind must not reach past this opener."""
    if closer.kind == "end":
        return opener.kind == "begin"
    if closer.kind == "right":
        return opener.kind == "begin"
    return opener.kind in ("left", "begin") or opener.text == "{" or closer.text != "}"


def _goes_on(tokens: list[Token], i: int, opener: Token) -> bool:
    if i and tokens[i - 1].text == ";" and opener.text == "[":
        return True
    if i and (tokens[i - 1].text in _CONTINUES or tokens[i - 1].text in CLOSING):
        return True
    after = i + 1
    while after < len(tokens) and tokens[after].text in ("&", "\\quad", "\\\\"):
        after += 1
    return after < len(tokens) and (tokens[after].text in _CONTINUES or tokens[after].text in OPENING)
