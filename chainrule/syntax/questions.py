r"""Signs that are more tokens than one: `D(P \| Q) = ?`, where what stands before is asked for, and `X \perp\!\!\!\perp Y`."""

from chainrule.source import Source
from chainrule.syntax.symbols import RELATION_TEXTS
from chainrule.syntax.tokens import Token

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
