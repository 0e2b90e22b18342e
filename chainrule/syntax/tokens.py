"""Token: a piece of a formula in its one canonical spelling, with its place in the source."""

from typing import Literal, NamedTuple

Notation = Literal["latex", "plain"]

Kind = Literal[
    "number",
    "letter",
    "word",
    "function",
    "prose",
    "command",
    "symbol",
    "left",
    "right",
    "begin",
    "end",
    "method",
    "fault",
    "stop",
]


class Token(NamedTuple):
    r"""`text` is canonical: `≤`, `\leq` and `<=` are all `\le`.

    Kinds: "letter" is a name of one letter or command ("x", "\\alpha"), "word" a name of several letters, "function" a word
    of the vocabulary (`text` is its canonical name), "prose" the content of a `\text` with spaces, "command" and "symbol"
    everything with a meaning of its own, "left" and "right" a delimiter after `\left` or `\right`, "begin" and "end" an
    environment (`text` is its name), "method" the `.sum` of `x.sum()` (`text` is its name), "fault" what cannot be read
    (`text` is the code), "stop" the end.
    """

    kind: Kind
    text: str
    start: int
    end: int
    spaced: bool = False
