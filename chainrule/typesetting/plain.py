"""Tree -> plain text that people type and read, and that our own parser reads back: `x z sigma'(p)`, `(a + b)/c`, `W_1^T`."""

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress

from chainrule.syntax.symbols import GREEK, UNICODE_GREEK
from chainrule.syntax.tree import Tree
from chainrule.typesetting.decimals import decimal_parts
from chainrule.typesetting.dialect import Dialect
from chainrule.typesetting.precedence import Level, Piece
from chainrule.typesetting.printer import typeset
from chainrule.typesetting.spellings import ACCENTS, LETTERS

_BARS = frozenset({"|", "||", "‖"})
_VARIABLE = re.compile(r"[A-Za-z]\w*", re.ASCII)
_INDICES = frozenset("ijklmnpqrst")
_WORD = re.compile(r"[A-Za-z0-9]+")
_GREEK = {name: letter for letter, name in UNICODE_GREEK.items()}
# How Unicode names the letters of a font; some were there before the block of mathematical letters.
_FONTS = {
    "mathbf": ["MATHEMATICAL BOLD"],
    "mathcal": ["MATHEMATICAL SCRIPT", "SCRIPT"],
    "mathbb": ["MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"],
    "mathfrak": ["MATHEMATICAL FRAKTUR", "BLACK-LETTER"],
    "mathsf": ["MATHEMATICAL SANS-SERIF"],
    "boldsymbol": ["MATHEMATICAL BOLD ITALIC"],
}


def plain(tree: Tree) -> str:
    """Plain text on one line. Raises what `typeset` raises."""
    return typeset(tree, PLAIN)


def _name(text: str) -> str:
    """A letter, a word, a Greek letter by its name."""
    return LETTERS[text].plain if text in LETTERS else word(text)


def word(text: str) -> str:
    r"""A word; what would be read as something else is `\text{..}`."""
    is_word = len(text) == 1 or (_WORD.fullmatch(text) and text[0].isalpha() and text not in GREEK and text != "in")
    return text if is_word or text[0] == "\\" else f"\\text{{{text}}}"


def _number(text: str) -> tuple[str, bool]:
    mantissa, exponent, percent = decimal_parts(text)
    return mantissa + (f"e{exponent}" if exponent is not None else "") + ("%" if percent else ""), False


def with_word(spelled: str, body: Piece) -> str:
    """`y_hat`, and `x_i_hat` over both, `(x + y)_hat`."""
    return (body.text if body.level >= Level.NAME else f"({body.text})") + spelled


def _lettered(kind: str, template: str, body: str) -> str:
    r"""The mathematical letter of Unicode if it has one for this letter, else the command: `𝐱`, `\mathbf{W x}`."""
    letter = _GREEK.get(body, body)
    if len(letter) == 1:
        name = unicodedata.name(letter, "").removeprefix("LATIN ").removeprefix("GREEK ").replace(" LETTER", "")
        for style in _FONTS[kind]:
            with suppress(KeyError):
                found = unicodedata.lookup(f"{style} {name}")
                if unicodedata.normalize("NFKC", found) == letter:
                    return found
    return template.format(body)


def script(base: str, mark: str, body: Piece) -> str:
    """`x_i`, `x_{i,j}`, `x^2`, `x^(a + b)`; what stands in parentheses already gets no others."""
    bare = len(body.text) == 1 or (_WORD.fullmatch(body.text) and body.text not in ACCENTS)
    if body.text in ("+", "-"):
        return f"{base}{mark}{{{body.text}}}"
    if mark == "_":
        return f"{base}_{body.text}" if bare else f"{base}_{{{body.text}}}"
    bare = bare or (body.level == Level.ATOM and body.text.startswith("("))
    return f"{base}{mark}{body.text}" if bare else f"{base}{mark}({body.text})"


def letters(run: str) -> str:
    """Letters side by side in a subscript: `W_hh` and `a_prev` are words, in `A_{i j}` each may be an index of its own."""
    in_words = run.isascii() and run not in GREEK and run not in ACCENTS and run != "in"
    return run if in_words and not _INDICES.issuperset(run.rstrip("0123456789")) else apart(run)


def apart(run: str) -> str:
    """The letters one by one, a number behind them as one."""
    return " ".join(re.findall(r"\d+|\D", run))


def differential(symbol: str, of: str, by: Sequence[str]) -> str:
    """`d` where `dr/dm` will be read as a derivative and not as a quotient of names, else `∂`."""
    simple = len(by) == 1 and all(_VARIABLE.fullmatch(text) for text in (of or "f", *by))
    short = any(len(re.split(r"[\d_]", text)[0]) == 1 or text in GREEK for text in by)
    return "d" if simple and short else "∂"


def _enclosed(left: str, inside: str, right: str) -> str:
    """Bars inside bars go into parentheses, as nobody can tell which way a bar faces."""
    if left in _BARS and not _BARS.isdisjoint(inside) and not _is_enclosed(inside):
        return f"{left}({inside}){right}"
    return f"{left}{inside}{right}"


def _is_enclosed(inside: str) -> bool:
    """Is all of it in one pair of parentheses?"""
    depth = 0
    for i, character in enumerate(inside):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return i == len(inside) - 1 and i > 0
    return False


def _table(bar: str, rows: str, count: int) -> str:
    """`[1, 2; 3, 4]`; one row is `[[1, 2]]`, since `[1, 2]` is a vector."""
    return f"{bar}[[{rows}]]{bar}" if count == 1 else f"{bar}[{rows}]{bar}"


PLAIN = Dialect(
    target="plain text",
    name=_name,
    function=lambda text: LETTERS[text].plain if text in LETTERS else text.removeprefix("\\"),
    operator=lambda text: text,
    number=_number,
    accented=with_word,
    lettered=_lettered,
    script=script,
    bound=lambda mark, text: f"{mark}{{{text}}}",
    prime=lambda base, count: base + "'" * count,
    enclosed=_enclosed,
    table=_table,
    differential=differential,
    text=lambda text: f"\\text{{{text}}}",
    stacks=False,
    linear=True,
    letters=letters,
)
