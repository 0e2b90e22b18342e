"""Requests for code: "write a Python function that computes $L$" asks for $L$ and for a program of it."""

from collections.abc import Callable
from dataclasses import replace

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import BACKWARD_PASS, CODE, NEUTRAL, REFERENCES, words
from chainrule.sheets.sentences import Word

LANGUAGES = words("python python3 numpy")
_PROGRAMS = words("code program script implementation function functions snippet")
_ABOUT = words(
    "a an the some any short simple small little complete working runnable vectorised vectorized version of and own your"
)
_WRITING = words("implement program code")
_BY = words("in with using by as via through and or also")
_COMPUTE = words("compute calculate evaluate find determine return give output implement print show")
_COMPUTES = words("computes calculates evaluates finds determines returns gives outputs implements prints shows")
_COMPUTING = words("computing calculating evaluating finding determining printing showing")
_PRINTS = words("and prints print printing outputs it them result results the value values answer")


def without_program(request: Request) -> Request | None:
    """What a request for code wants computed, as a request; None where it asks for no code, or says not of what."""
    tokens = _without_end(request.tokens, _PRINTS.__contains__, needs=words("prints print printing"))
    if request.verb in _WRITING:
        rest = _without_end(tokens, (_BY | _ABOUT | LANGUAGES | _PROGRAMS).__contains__, needs=LANGUAGES | _PROGRAMS)
        sweep = any(phrase in " ".join(map(_text, rest)) for phrase in BACKWARD_PASS)
        return None if _is_empty(rest) or (sweep and rest == tokens) else _computing(request, rest)
    start = _begin(tokens) if request.verb in CODE else 0
    if start:
        return None if _is_empty(tokens[start:]) else _computing(request, tokens[start:])
    rest = _without_end(tokens, (_BY | _ABOUT | LANGUAGES | _PROGRAMS).__contains__, needs=LANGUAGES | _PROGRAMS)
    asked = rest != tokens and not _is_empty(rest) and _text(tokens[len(rest)]) in _BY
    return replace(request, tokens=rest) if asked else None


def _computing(request: Request, tokens: Tokens) -> Request:
    return replace(request, verb="compute", tokens=tokens)


def _begin(tokens: Tokens) -> int:
    """How many tokens say that a program is to be written: "a Python function that computes"; 0 where none do."""
    texts = [_text(token) for token in tokens]
    end = next((k for k, text in enumerate(texts) if text not in _ABOUT | LANGUAGES | _PROGRAMS | {"in"}), len(texts))
    if not _PROGRAMS.intersection(texts[:end]):
        return 0
    match texts[end : end + 2]:
        case ["to", verb] if verb in _COMPUTE:
            return end + 2
        case ["that" | "which", verb] if verb in _COMPUTES:
            return end + 2
        case ["for", verb] if verb in _COMPUTING:
            return end + 2
        case ["for", *_]:
            return end + 1
        case [verb, *_] if verb in _COMPUTING:
            return end + 1
        case _:
            return end if texts[end - 1] == "of" else 0


def _without_end(tokens: Tokens, is_said: Callable[[str], bool], needs: frozenset[str]) -> Tokens:
    """The tokens up to the last ones that are all said so, if one of those needed is among them."""
    end = len(tokens)
    while end and isinstance(tokens[end - 1], Word) and is_said(_text(tokens[end - 1])):
        end -= 1
    return tokens[:end] if needs.intersection(map(_text, tokens[end:])) else tokens


def _is_empty(tokens: Tokens) -> bool:
    """Nothing but "it" and the like is left."""
    return all(isinstance(token, Word) and token.text in NEUTRAL | REFERENCES | {"for", "of"} for token in tokens)


def _text(token: object) -> str:
    return token.text if isinstance(token, Word) else ""
