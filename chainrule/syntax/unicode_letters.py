"""Letters beyond ASCII taken apart: an accent over a letter, a letter in another font."""

import unicodedata
from functools import cache

from chainrule.syntax.symbols import COMBINING, UNICODE_LETTERS

# The words of a character's Unicode name that tell its font, the longer before those that they contain.
_FONT_WORDS = (
    ("DOUBLE-STRUCK", "\\mathbb"),
    ("SANS-SERIF", "\\mathsf"),
    ("FRAKTUR", "\\mathfrak"),
    ("BLACK-LETTER", "\\mathfrak"),
    ("SCRIPT", "\\mathcal"),
    ("BOLD ITALIC", "\\boldsymbol"),
    ("BOLD", "\\mathbf"),
)


def letter_name(character: str) -> str | None:
    r"""The name that one letter stands for ("x", "\\alpha"); None where it is no letter known here."""
    if character.isascii():
        return character if character.isalpha() else None
    return UNICODE_LETTERS.get(character)


def take_apart(text: str) -> tuple[list[str], str] | None:
    r"""("\hat" commands from the outside in, the bare letter) of a letter with accents or font; None if it has neither.

    >>> take_apart("ŷ")
    (['\\hat'], 'y')
    >>> take_apart("𝐱")
    (['\\mathbf'], 'x')
    """
    base, *marks = unicodedata.normalize("NFD", text)
    if any(mark not in COMBINING for mark in marks):
        return None
    commands = [f"\\{COMBINING[mark]}" for mark in reversed(marks)]
    plain = unicodedata.normalize("NFKC", base)
    if plain != base and len(plain) == 1 and letter_name(base) is None:
        name = unicodedata.name(base, "")
        fonts = [command for words, command in _FONT_WORDS if words in name]
        commands += ["\\mathbf"] * ("BOLD" in name and fonts[0] not in ("\\mathbf", "\\boldsymbol")) + fonts[:1]
        base = plain
    elif not commands:
        return None
    return commands, base


@cache
def vulgar_fraction(character: str) -> tuple[str, ...]:
    """Numerator and denominator of `½`; empty for any other character."""
    if "VULGAR FRACTION" not in unicodedata.name(character, ""):
        return ()
    above, _, below = unicodedata.normalize("NFKC", character).partition("⁄")
    return (above, below) if below else ()
