r"""Tree -> Unicode text as on paper, that our own parser reads back as plain text: `σ(W⁽¹⁾ x + b)`, `∂L/∂w`, `‖x‖₂²`.

What Unicode has no raised or lowered letter for is written as in plain text, and so are long scripts, which nobody can read.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chainrule.syntax.symbols import SUBSCRIPTS, SUPERSCRIPTS
from chainrule.syntax.tree import Tree
from chainrule.syntax.unicode_letters import letter_name, take_apart
from chainrule.typesetting.plain import PLAIN, differential, letters, script, with_word, word
from chainrule.typesetting.precedence import Piece
from chainrule.typesetting.printer import typeset
from chainrule.typesetting.spellings import ACCENTS, LETTERS

LONGEST = 6
"""Characters of a script that is raised or lowered."""

# A raised T is read as a transpose, so the letter T stays on the line.
_RAISED = {letter: raised for raised, letter in SUPERSCRIPTS.items() if letter != "T"} | {"⊤": "ᵀ"}
_LOWERED = {letter: lowered for lowered, letter in SUBSCRIPTS.items()}
_RUN_OF_LETTERS = re.compile(r"[^\W\d_]\w|\d[^\W\d_]")
_TRANSPOSED_LAYER = re.compile(r"(?<=\)) ?T$")
_TWO_LETTERS = re.compile(r"[A-Za-z] [A-Za-z]")
_WORD_OF = {row.unicode: row.plain for row in ACCENTS.values()}


def unicode(tree: Tree) -> str:
    """Unicode text on one line. Raises what `typeset` raises."""
    return typeset(tree, UNICODE)


def _name(text: str) -> str:
    return LETTERS[text].unicode if text in LETTERS else word(text)


def _accented(mark: str, body: Piece) -> str:
    """A combining character over one letter that is read so, `ŷ`; over anything else the word, `(x + y)_hat`."""
    word = _WORD_OF[mark]
    if len(body.text) == 1 and body.text.isalpha():
        commands, letter = take_apart(body.text) or ([], body.text)
        accented = unicodedata.normalize("NFC", body.text + mark)
        if len(commands) < 2 and take_apart(accented) == ([f"\\{word[1:]}", *commands], letter) and letter_name(letter):
            return accented
    return with_word(word, body)


def _script(base: str, mark: str, body: Piece) -> str:
    if mark == ".^":
        return script(base, mark, body)
    small = _small(body.text, _LOWERED if mark == "_" else _RAISED)
    if small is not None:
        return base + small
    if mark == "_" and _TWO_LETTERS.fullmatch(body.text):
        body = body._replace(text=letters(body.text.replace(" ", "")))
    return script(base, mark, body)


def _small(text: str, letters: Mapping[str, str]) -> str | None:
    """The text raised or lowered; None where it is long or a character has no such form. Letters become factors, not words."""
    if _RUN_OF_LETTERS.search(text):
        return None
    text = _TRANSPOSED_LAYER.sub("⊤", text).replace(" ", "")
    if len(text) > LONGEST or not all(character in letters for character in text):
        return None
    return "".join(letters[character] for character in text)


def _prime(base: str, count: int) -> str:
    return base + "′" * count


def _bound(mark: str, text: str) -> str:
    small = _small(text, _LOWERED if mark == "_" else _RAISED)
    if small is not None:
        return small
    return f"{mark}{text}" if len(text) == 1 and text.isalnum() else f"{mark}{{{text}}}"


def _differential(symbol: str, of: str, by: Sequence[str]) -> str:
    return "∂" if symbol == "partial" else differential(symbol, of, by)


def _letters(run: str) -> str:
    """Two are lowered one by one."""
    return " ".join(run) if len(run) == 2 else letters(run)


UNICODE = replace(
    PLAIN,
    target="Unicode",
    name=_name,
    function=_name,
    accented=_accented,
    script=_script,
    bound=_bound,
    prime=_prime,
    differential=_differential,
    letters=_letters,
)
