r"""Signs that are more tokens than one: `D(P \| Q) = ?`, where what stands before is asked for, `X \perp\!\!\!\perp Y`, and
`y = \pm 1`, one of the two labels or signs.
"""

from chainrule.source import Source
from chainrule.syntax.symbols import RELATION_TEXTS
from chainrule.syntax.tokens import Kind, Token

_ENDS = frozenset({",", ";", "\\\\", "\\quad", "&", "."})


def without_questions(source: Source, tokens: list[Token]) -> list[Token]:
    """The tokens without a relation to a question mark at the end of a statement; a mark anywhere else stays, to be refused."""
    marks = [i for i, token in enumerate(tokens) if token.kind == "fault" and source.text[token.start : token.end] == "?"]
    dropped: set[int] = set()
    for i in marks:
        at_end = i + 1 == len(tokens) or tokens[i + 1].text in _ENDS
        if i > 1 and at_end and tokens[i - 1].text in RELATION_TEXTS and tokens[i - 2].text not in _ENDS:
            dropped |= {i - 1, i}
    return [token for i, token in enumerate(tokens) if i not in dropped] if dropped else tokens


def without_doubles(tokens: list[Token]) -> list[Token]:
    r"""The tokens with one `\perp` for the two that are written for independence."""
    pairs = zip(tokens, [None, *tokens], strict=False)
    return [token for token, before in pairs if token.text != "\\perp" or before is None or before.text != "\\perp"]


def with_both_signs(source: Source, tokens: list[Token]) -> list[Token]:
    r"""The tokens with `y \in \{-1, 1\}` for `y = \pm 1`, and this set for `\pm 1` alone; in a sum it stays, to be refused."""
    found: list[Token] = []
    i = 0
    while i < len(tokens):
        token, number = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else tokens[i]
        behind = tokens[i + 2].text if i + 2 < len(tokens) else ","
        before = found[-1].text if found else "="
        both = token.kind == "fault" and source.text[token.start : token.end] in ("\\pm", "±") and number.text == "1"
        if not both or ((before, behind) != ("\\{", "\\}") and (before not in ("=", "\\in") or behind not in _ENDS)):
            found.append(token)
            i += 1
            continue
        if found and before == "=":
            found[-1] = found[-1]._replace(kind="command", text="\\in")
        signs: list[tuple[Kind, str]] = [("symbol", "-"), ("number", number.text), ("symbol", ","), ("number", number.text)]
        signs = signs if before == "\\{" else [("command", "\\{"), *signs, ("command", "\\}")]
        found += [Token(kind, text, token.start, number.end) for kind, text in signs]
        i += 2
    return found
