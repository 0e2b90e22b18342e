r"""What stands between backticks: mathematics, "Let `P = (0.5, 0.5)`", or a piece of a program, in which nothing is a formula.

It is a piece of a program where its paragraph speaks of one, and then all code in that paragraph is.
"""

import re

_CODE = re.compile(r"(`+)(?P<content>[^`\n]*)\1")
_PROGRAM = re.compile(
    r"\b(?:program|programs|code|script|scripts|run|runs|running|execute|executes|snippet|print|prints|printed|python|numpy"
    r"|pytorch|torch|jax|keras|tensorflow|matlab|julia|method|methods|module|library|package|import|imports|implement"
    r"|implements|implementation|implemented|notebook|cell|command|commands|terminal|shell|console|type in|calling|call"
    r"|syntax|keyword|string|strings|debug|compile|compiles|bug|api|framework|file|files|flag|flags|config"
    r"|hyperparameter|returns|docstring)\b|np\.|==|\bdef\b|\blambda \w+:|\w\.\w+\(",
    re.IGNORECASE,
)
_APART = ("", ",", ";")


def code_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places between backticks in text[start:end]."""
    return [match.span() for match in _CODE.finditer(text, start, end)]


def is_in_code(text: str, place: tuple[int, int], code: list[tuple[int, int]]) -> bool:
    """Whether what stands there belongs to a program, or is less than the whole of what its backticks enclose."""
    inside = next(((a, b) for a, b in code if a < place[0] < b), None)
    if inside is None:
        return False
    content = text[inside[0] : inside[1]]
    ticks = len(content) - len(content.lstrip("`"))
    before = text[inside[0] + ticks : place[0]].strip()
    behind = text[place[1] : inside[1] - ticks].strip()
    whole = place[1] <= inside[1] - ticks and before[-1:] in _APART and behind[:1] in _APART
    return not whole or not _is_in_sentence(text, inside) or _PROGRAM.search(_paragraph(text, inside)) is not None


def _is_in_sentence(text: str, place: tuple[int, int]) -> bool:
    """Whether words go on before or behind it, so that it is a part of what they say."""
    before, behind = text[: place[0]].rstrip(" \n*_"), text[place[1] :].lstrip(" \n*_")
    return before[-1:].isalnum() or before[-1:] in (",", ":", "(", "`") or behind[:1] in (",", ";") or behind[:1].islower()


def _paragraph(text: str, place: tuple[int, int]) -> str:
    first = text.rfind("\n\n", 0, place[0]) + 1
    last = text.find("\n\n", place[1])
    return text[first : last if last >= 0 else len(text)]
