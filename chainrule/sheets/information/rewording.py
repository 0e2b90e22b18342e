"""Sentences that say what a quantity means, in the plain words for it: see `sayings.py`."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.forms import CONTEXT, words
from chainrule.sheets.information.sayings import NAMES, SAYINGS, Saying
from chainrule.sheets.notation import look, trees
from chainrule.sheets.quantity_words import mentions_quantity, notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Grid, Math, Place
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Prime, Relation

_TokenList = tuple[Word | Math, ...]
_NUMBERS = {"second-order": "2", "third-order": "3", "fourth-order": "4"}
_NORMS = ("L_1", "L^1", "\\ell_1", "\\ell^1", "L_{1}", "\\ell_{1}")
_LEADING = words("of to that which whose and between")
"""Behind one of these a quantity is no longer what is asked for."""
_PIECE = re.compile(r"\[(?P<inside>[^\]]*)\]|<(?P<group>\w+)>|(?P<word>[^\s<>\[\]]+)")
_DIGITS = re.compile(
    r"(?<!\S)(?:, )?(?:and )?(?:\( )?(?:(?:rounded|round|correct|accurate|precise)(?: off)? )?(?:(?:it|your answers?"
    r"|the result) )?"
    r"(?:(?:giving|reporting|stating|rounding) (?:it|your answers?|the (?:result|answer)s?) )?"
    r"(?:to|with|up to) (?:at least )?(?:\d|one|two|three|four|five|six|seven|eight) "
    r"(?:decimals?(?: (?:places?|digits?))?|significant (?:figures?|digits?)|digits|(?:places|digits) after the"
    r" (?:decimal )?point)"
    r"(?: of precision)?(?: \))?(?!\S)"
)


_MOST = 8
"""So often a saying is looked for in one sentence."""


def reword(sentence: Sentence, grids: Sequence[Grid] = ()) -> Sentence:
    """The sentence in plain words; as it is where it has none of the sayings, or leads to a table, "The pmf of $X$ is"."""
    tokens = sentence.tokens
    if sentence.end != "?" and any(each.above and 0 <= each.above.end - tokens[-1].span.end <= 1 for each in grids):
        return sentence
    for saying in SAYINGS:
        done = 0
        for _ in range(_MOST):
            found = _replaced(tokens, saying, sentence.place, done)
            if found is None:
                break
            tokens, done = found
    tokens = _without_digits(tokens)
    return sentence if tokens == sentence.tokens else replace(sentence, tokens=tokens, said=sentence.tokens)


def _replaced(tokens: _TokenList, saying: Saying, place: Place, done: int) -> tuple[_TokenList, int] | None:
    """The tokens with the plain words for the first such saying behind those that are done, and how many are done then; None
    where there is none, or it is of anything but names.
    """
    said, starts = _spelled(tokens)
    match = saying.pattern.search(said, starts[done])
    if match is None:
        return None
    places = {name: _places(starts, *match.span(name)) for name in match.groupdict() if match[name]}
    if not all(_FITS[name](tokens[i]) for name in places if name in _FITS for i in places[name]):
        return None
    if not _has_what_it_needs(saying, tokens, {name: tokens[at.start : at.stop] for name, at in places.items()}):
        return None
    inside = _places(starts, *match.span())
    at = tokens[inside[0]].span
    anchor = Span(at.source, at.start, at.start)
    made = tuple(_made(saying.plain, tokens, places, anchor, place))
    return (*tokens[: inside[0]], *made, *tokens[inside[-1] + 1 :]), inside[0] + len(made)


def _has_what_it_needs(saying: Saying, tokens: _TokenList, groups: Mapping[str, _TokenList]) -> bool:
    match saying.needs:
        case "unit":
            return any(isinstance(token, Word) and token.text in ("bits", "nats") for token in tokens)
        case "compared":
            return mentions_quantity(tokens) or _has_formulas(groups["more"]) or _is_of_result(groups["more"], groups["less"])
        case "quantity":
            return _begins_with_quantity(groups["asked"])
        case "":
            return True


def _is_of_result(more: _TokenList, less: _TokenList) -> bool:
    """Whether one side is "it" and the other one a formula or a number of bits."""
    meant = [all(isinstance(each, Word) and each.text in ("it", "that", "this") for each in side) for side in (more, less)]
    measured = [
        _has_formulas(side) or bool({"bits", "nats"} & {each.text for each in side if isinstance(each, Word)})
        for side in (more, less)
    ]
    return (meant[0] and measured[1]) or (meant[1] and measured[0])


def _begins_with_quantity(tokens: _TokenList) -> bool:
    r"""Whether words name a quantity, "the average entropy of $X$", "the value of $H(P)$"; not "the pmf of $X$"."""
    pieces = pieces_of(tokens)
    for index, piece in enumerate(pieces):
        if quantity_at(pieces, index) is not None:
            return True
        if piece.math is not None:
            return bool(notations_of(piece.math))
        if piece.text in _LEADING or piece.text in CONTEXT:
            return (
                piece.text == "of"
                and pieces[index - 1].text in ("value", "values")
                and _begins_with_quantity(tokens[pieces[index].index + 1 :])
            )
    return False


def _made(plain: str, tokens: _TokenList, places: dict[str, range], anchor: Span, place: Place) -> Iterator[Word | Math]:
    for piece in _PIECE.finditer(plain):
        if piece["word"]:
            yield Word(piece["word"], anchor)
        elif piece["group"]:
            yield from (_as_number(tokens[i], place) for i in places.get(piece["group"], ()))
        elif all(name in places for name in re.findall(r"<(\w+)>", piece["inside"])):
            yield from _made(piece["inside"], tokens, places, anchor, place)


def _as_number(token: Word | Math, place: Place) -> Word | Math:
    """ "second-order" as the number that it says."""
    number = _NUMBERS.get(token.text) if isinstance(token, Word) else None
    return token if number is None else Math(token.span, place, display=False, name=number)


def _without_digits(tokens: _TokenList) -> _TokenList:
    """Without "to 4 decimals" in a request for something: no answer is another for it. "The entropy of $X$ rounded to 2
    decimals" may be of what rounding makes of X.
    """
    said, starts = _spelled(tokens)
    match = _DIGITS.search(said)
    if match is None:
        return tokens
    inside = _places(starts, *match.span())
    kept = (*tokens[: inside[0]], *tokens[inside[-1] + 1 :])
    rounded, before = tokens[inside[0]], tokens[inside[0] - 1]
    of_name = isinstance(before, Math) and _is_name(before) and isinstance(rounded, Word) and rounded.text == "rounded"
    if of_name and mentions_quantity(kept):
        return tokens
    asking = mentions_quantity(kept) or any(isinstance(token, Math) for token in kept)
    return kept if asking and match.start() > 0 else tokens


def _spelled(tokens: _TokenList) -> tuple[str, list[int]]:
    """The words with `$` for formulas, and where each begins."""
    words = ["$" if isinstance(token, Math) else token.text for token in tokens]
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    return " ".join(words), starts


def _places(starts: Sequence[int], start: int, end: int) -> range:
    """The tokens that begin between these places."""
    found = [index for index, at in enumerate(starts[:-1]) if start <= at < end]
    return range(found[0], found[-1] + 1) if found else range(0)


def _has_formulas(tokens: Sequence[Word | Math]) -> bool:
    return any(isinstance(token, Math) for token in tokens)


def _is_name(token: Word | Math) -> bool:
    """Whether a formula is a name, or lists the probabilities of one, so that nothing else is said of it, `Y = 1`."""
    found = trees(token) if isinstance(token, Math) else ()
    match found:
        case (Relation(operators=("=",), sides=(name, Bracket())),):
            return could_be_name(name)
        case _:
            return isinstance(token, Word) or (len(found) == 1 and could_be_name(found[0]))


def _is_usual_factor(token: Word | Math) -> bool:
    """The factor of the Hellinger distance that is at most one."""
    text = "".join(token.text.split()) if isinstance(token, Math) else ""
    return text.replace("{", "").replace("}", "").replace("\\dfrac", "\\frac") in _USUAL


def _is_norm(token: Word | Math) -> bool:
    return isinstance(token, Math) and "".join(token.text.split()) in _NORMS


_USUAL = ("1/\\sqrt2", "\\frac1\\sqrt2", "2^-1/2", "1/√2", "1/sqrt(2)", "\\tfrac1\\sqrt2")


def _is_chi_squared(token: Word | Math) -> bool:
    return isinstance(token, Math) and "".join(token.text.split()) in ("\\chi^2", "\\chi^{2}", "χ²", "χ^2")


def _is_equation(token: Word | Math) -> bool:
    return isinstance(token, Math) and look(token) == "definition"


def _is_divergence(token: Word | Math) -> bool:
    """Whether it is a divergence of two distributions, in symbols."""
    return isinstance(token, Math) and [notation.quantity for notation in notations_of(token)] == ["kl"]


def _is_slope(token: Word | Math) -> bool:
    """Whether it is a derivative at a number, `f'(2)`, which says all that is asked."""
    match trees(token) if isinstance(token, Math) else ():
        case (Juxtaposition(items=(Prime(), Bracket(kind="(", items=(point,)))),):
            return is_literal(point)
        case _:
            return False


_FITS: dict[str, Callable[[Word | Math], bool]] = {
    **dict.fromkeys(NAMES, _is_name),
    "norm": _is_norm,
    "chi_squared": _is_chi_squared,
    "usual": _is_usual_factor,
    "equation": _is_equation,
    "shown": _is_equation,
    "slope": _is_slope,
    "divergence": _is_divergence,
}
"""What the groups of a saying must be, by their names."""
