r"""`\overset{a}{b}`, `\underset{a}{b}`, `\substack{a \\ b}`, `{a \over b}`: rewritten before brackets are paired.

`{a \over b}` is `{\frac{a}{b}}`. Over or under a relation stands a comment (`\stackrel{\text{def}}{=}` is `=`), above and below
an operator a limit (`\underset{w}{\min}` is `\min_{w}`); the lines of `\substack` are a list.
"""

from chainrule.syntax.symbols import BIG_WORDS, RELATION_TEXTS
from chainrule.syntax.tokens import Token

_OVER = {"\\over": "\\frac", "\\choose": "\\binom"}
_STACKS = frozenset({"\\overset", "\\underset", "\\substack", *_OVER})
_REACH = 200  # tokens in one argument, so that the time stays linear
_BIG = frozenset({"\\sum", "\\prod", "\\mathbb"})


def unstack(tokens: list[Token]) -> list[Token]:
    """The tokens without stacks; one that has no reading becomes a fault where it stands."""
    if _STACKS.isdisjoint([token.text for token in tokens]):
        return tokens
    tokens = _without_over(tokens)
    unstacked: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.text not in _STACKS or token.text in _OVER or token.kind != "command":
            unstacked.append(token)
            i += 1
            continue
        written, i = _substack(tokens, i) if token.text == "\\substack" else _stack(tokens, i)
        unstacked += written
    return unstacked


def _without_over(tokens: list[Token]) -> list[Token]:
    r"""`{a \over b}` as `{\frac{a}{b}}`; one outside braces stays, to be refused."""
    opened: list[int] = []
    halves: dict[int, int] = {}  # the brace that is open at an \over -> that \over
    closes: dict[int, int] = {}
    for i, token in enumerate(tokens):
        if token.text == "{" and token.kind == "symbol":
            opened.append(i)
        elif token.text == "}" and opened:
            closes[opened.pop()] = i
        elif token.text in _OVER and opened:
            halves.setdefault(opened[-1], i)
    written: dict[int, list[Token]] = {}
    for brace, over in halves.items():
        if brace in closes:
            here, end = tokens[brace], tokens[closes[brace]]
            command = tokens[over]._replace(text=_OVER[tokens[over].text], start=here.start, end=here.end)
            written[brace] = [here, command, here]
            written[over] = [end, here]
            written[closes[brace]] = [end, end]
    return [new for i, token in enumerate(tokens) for new in written.get(i, [token])]


def _stack(tokens: list[Token], i: int) -> tuple[list[Token], int]:
    """One `\\overset` or `\\underset` with its two arguments, and where to go on."""
    token, first = tokens[i], _argument_end(tokens, i + 1)
    above = _inside(tokens[i + 1 : first])
    second = _argument_end(tokens, first) if above else first
    base = unstack(_inside(tokens[first:second]))
    refused = [token._replace(kind="fault", text="unsupported-notation"), *tokens[i + 1 : second]]
    if not base:
        return refused, max(i + 1, second)
    end = tokens[second - 1].end
    if len(base) == 1 and base[0].text in RELATION_TEXTS and [each.text for each in above] not in (["!"], ["?"]):
        return [base[0]._replace(start=token.start, end=end)], second
    if base[0].text in _BIG or (base[0].kind in ("function", "word") and base[0].text in BIG_WORDS | {"arg"}):
        script = "^" if token.text == "\\overset" else "_"
        opening = Token("symbol", script, above[0].start, above[0].start), Token("symbol", "{", above[0].start, above[0].start)
        return [*base, *opening, *above, Token("symbol", "}", above[-1].end, above[-1].end)], second
    return refused, second


def _substack(tokens: list[Token], i: int) -> tuple[list[Token], int]:
    end = _argument_end(tokens, i + 1)
    lines = _inside(tokens[i + 1 : end])
    comma = [each._replace(kind="symbol", text=",") if each.text == "\\\\" else each for each in lines]
    return (comma, end) if comma else ([tokens[i]._replace(kind="fault", text="unsupported-notation")], i + 1)


def _argument_end(tokens: list[Token], i: int) -> int:
    """Where the argument that begins here ends: one token, or a group in braces."""
    if i >= len(tokens) or tokens[i].text != "{":
        return min(i + 1, len(tokens))
    depth = 0
    for j in range(i, min(i + _REACH, len(tokens))):
        depth += {"{": 1, "}": -1}.get(tokens[j].text, 0) if tokens[j].kind == "symbol" else 0
        if depth == 0:
            return j + 1
    return i


def _inside(group: list[Token]) -> list[Token]:
    """An argument without its braces."""
    return group[1:-1] if len(group) > 1 and group[0].text == "{" else group
