"""Variables that words derive from throws: "the number of heads", "the larger of two dice", "1 if it is even, 0 otherwise".

The distributions of the simple ones are worked out, exactly. All others are refused: never is what is thrown itself taken.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod

from chainrule.sheets.forms import words
from chainrule.sheets.information.family_phrases import Phrase
from chainrule.sheets.information.listing import listed
from chainrule.sheets.information.outcome_labels import number_label
from chainrule.sheets.information.stopping import stopping_at
from chainrule.sheets.information.trials import Attempt, Trial, spelled
from chainrule.sheets.quantity_words import Piece, mentions_notation, quantity_at

_LEAD = r"(?:(?:the|a|an|their|its) )?"
_THROWN = "flips|tosses|throws|rolls|coins|dice|times"
_THROWS = rf"(?:{_THROWN})"
_SEEN = r"(?:obtained|seen|observed|shown|rolled|thrown|(?:that )?(?:come|came) up)"
_COUNT = re.compile(
    rf"(?:{_LEAD}(?:total |observed )?number of |counts? (?:the )?(?:number of )?(?:how many )?)(?P<face>[a-z]+)(?: {_SEEN})?"
    rf"(?: (?:in|among) (?:the |these |all the |all |both )?(?:(?P<count>\w+) )?{_THROWS})?"
)
_WAITED = re.compile(
    rf"{_LEAD}(?:total |required )?number of (?:independent |coin )?(?:{_THROWN}|trials)"
    r"(?: (?:required|needed|necessary|made|taken|used|performed|it takes|in total))*"
    r"(?: \( (?:the last one included|including the last(?: one)?|inclusive|the last one counted) \))?"
)
_TRIALS = ("trials", "attempts", "tries", "independent trials", "repetitions")
_SUCCEEDING = words(
    "succeed succeeds successful success score scores scoring hit hits win wins solve solves make makes pass passes catch"
    " catches arrive arrives delivered accepted found correct correctly right goal goals basket"
)
"""What calls a trial a success; of any other event the words do not tell whether it is one."""
_FIRST = re.compile(
    r"(?:the )?(?:total )?number of (?P<noun>[a-z]+(?: [a-z]+)??)"
    r"(?: (?:required|needed|necessary|made|taken|used|performed|it takes|in total))*"
    r" (?:until|up to and including|up to|till|to get|to obtain|to see|for)(?: and including)?(?: (?:the|her|his|its|their|a))?"
    r" first (?P<event>[a-z]+)(?: (?:occurs|appears|happens|is obtained|comes|inclusive))?"
)
_OF_ALL = (
    r"(?: of)?(?: (?:the|both|these|two|three|four|fair|six|sided|numbers|values|results|outcomes|number|value|result|one|dice"
    r"|rolls|throws|faces|shown|rolled|thrown|on|pips|spots|eyes|upper))*"
)
_COMBINED = re.compile(
    rf"{_LEAD}(?P<how>sum|total|larger|largest|greater|greatest|higher|highest|bigger|biggest|maximum|max|smaller|smallest"
    rf"|lesser|lower|lowest|minimum|min|absolute difference|absolute value of the difference|product)\b{_OF_ALL}"
)
_IF = (
    r"(?:1|one) (?:if|when|whenever|exactly when|in case) (?P<if>[^,;]*?)(?: ,)?(?: and| or| ,)* (?:0|zero) (?:otherwise|else)"
)
_IF_ELSE = r"(?:1|one) (?:if|when) (?P<else>[^,;]*?)(?: ,)?(?: and| ,)* (?:otherwise|else) (?:is |it is )?(?:0|zero)"
_THAT = (
    r"(?:be )?(?:the |an )?(?:indicates?|indicating|indicator(?: variable| function)?)(?: (?:of|for))?"
    r"(?: (?:the event|whether))?(?: that)? (?P<that>[^,;]+)"
)
_INDICATED = re.compile(rf"(?:(?:the )?values? )?(?:{_IF}|{_IF_ELSE}|{_THAT})")
_SUBJECT = re.compile(
    r"(?:(?:the |an? |it |its )?(?:number|outcome|result|face|roll|throw|toss|flip|die|coin|value|score|it)"
    r"(?: (?:shown|rolled|thrown|drawn))? )?(?:it )?(?:(?:is|was|are|shows?|being|comes up|lands|turns up|an?|the) )*"
)
_OUTCOME = re.compile(
    rf"{_LEAD}(?:whole |joint |combined )?(?:outcomes?|results?|sequence)(?: of (?:the |all |both )*(?:\S+ )?{_THROWS})?$"
)
_OTHER = re.compile(
    rf"{_LEAD}(?:number of (?:heads|tails|sixes|ones|throws|tosses|flips|rolls)|sum|total|larger|smaller|maximum|minimum|max"
    r"|min|difference|absolute|product|average|indicator|(?:1|one) (?:if|when)|indicat\w+|whether|parity|square|remainder"
    r"|greatest|largest|smallest|highest|lowest|ratio|quotient|how (?:many(?! (?:bits|nats|shannons|hartleys)\b)|often)"
    r"|counts?|(?:\d+|zero|two) (?:if|when))\b"
)
_ENDS = ("", ",", ".", ";", ":", ")", "?", "and")
_UNITS = (" in bits", " in nats", " in base", " in units")
_NOTED = tuple(f" is {word}" for word in ("recorded", "counted", "noted", "observed", "geometric"))
_NEVER = ("of", "to", "if", "or", "as", "in", "on", "at", "we")
_COMPARED: dict[str, Callable[[int, int], bool]] = {
    "more than": int.__gt__, "greater than": int.__gt__, "larger than": int.__gt__, "above": int.__gt__, "over": int.__gt__,
    "bigger than": int.__gt__, "exceeds": int.__gt__, "less than": int.__lt__, "smaller than": int.__lt__,
    "below": int.__lt__, "fewer than": int.__lt__, "lower than": int.__lt__, "at least": int.__ge__, "at most": int.__le__,
    "no more than": int.__le__, "not more than": int.__le__, "no less than": int.__ge__, "not less than": int.__ge__,
}  # fmt: skip
_LARGEST = {"larger", "largest", "greater", "greatest", "higher", "highest", "bigger", "biggest", "maximum", "max"}
_SMALLEST = {"smaller", "smallest", "lesser", "lower", "lowest", "minimum", "min"}
_MOST = 5000
"""So many outcomes of all throws are counted."""
_REACH = 40
_NEAR = 4
"""So near behind such a word stands what it is of."""


def find_derived(pieces: Sequence[Piece], start: int, trial: Trial | None) -> Phrase | None:
    """The variable that the words from here on derive from what is thrown; one without a body is not worked out."""
    behind_article = start + (pieces[start].text in ("the", "their"))
    if trial is None or pieces[start].math is not None or quantity_at(pieces, behind_article) is not None:
        return None
    named = _names_within(pieces, start)
    read = [*pieces[start : start + 1], *pieces[start + 1 + named : start + _REACH]]
    found = _derived(read, trial)
    if found is None or not named:
        return None if found is None else replace(found, start=start, end=start + found.end)
    return replace(found, start=start + 2, end=start + 1 + found.end)


def _names_within(pieces: Sequence[Piece], start: int) -> bool:
    """Whether a name stands within the words: "the number $N$ of heads"."""
    between = pieces[start : start + 3]
    return len(between) == 3 and between[0].text == "number" and between[1].math is not None and between[2].text == "of"


def _derived(pieces: Sequence[Piece], trial: Trial) -> Phrase | None:
    said = " ".join(map(_written, pieces))
    if (match := _INDICATED.match(said)) and (found := _indicated(match, trial)):
        return _phrase(said, match.end(), f"\\sim \\mathrm{{Bernoulli}}(p = {found})", "indicator")
    for pattern, make in ((_COUNT, _counted), (_COMBINED, _combined)):
        match = pattern.match(said)
        if match and _ends(said, match.end()) and (body := make(match, trial)):
            return _phrase(said, match.end(), body, _bare(match.group()))
    return _waited(pieces, said, trial) or _not_worked_out(pieces, said)


def _not_worked_out(pieces: Sequence[Piece], said: str) -> Phrase | None:
    """Another variable; not "the ratio $H(P) / H(Q)$" and "the difference between the entropies"."""
    match = _OTHER.match(said)
    following = range(said[: match.end()].count(" ") + 1, len(pieces))[:_NEAR] if match else ()
    formula = next((math for i in following if (math := pieces[i].math) is not None), None)
    measured = any(quantity_at(pieces, i) for i in following) or (formula is not None and mentions_notation(formula))
    return None if match is None or measured else _phrase(said, match.end(), "", _bare(match.group()))


def _waited(pieces: Sequence[Piece], said: str, trial: Trial) -> Phrase | None:
    """The number of throws until a face appears for the first time: geometric."""
    match = _WAITED.match(said)
    if match is None:
        return None
    end = match.group().count(" ") + 1
    stops = stopping_at(pieces, end, trial.faces)
    face, end = stops or (trial.until, end)
    told = trial.until == face or (trial.count == 1 and not trial.until)
    if not told or face not in trial.faces or not trial.chances or (stops is None and not _ends(said, match.end())):
        return None
    body = f"\\sim \\mathrm{{Geometric}}(p = {trial.chances[trial.faces.index(face)]})"
    return Phrase(0, end, body, _bare(match.group()), sure=True, derived=True)


def find_waited(pieces: Sequence[Piece], start: int, attempt: Attempt | None) -> Phrase | None:
    """The number of trials up to the first success: geometric. What is counted, and what ends it, must be of these trials."""
    if attempt is None or not attempt.chance or pieces[start].text not in ("the", "number"):
        return None
    named = _names_within(pieces, start + (pieces[start].text == "the"))
    first = start + 2 * named + (named and pieces[start].text == "the")
    said = " ".join(
        map(_written, (pieces[start], *pieces[first + 1 : start + _REACH]) if not named else pieces[first:][:_REACH])
    )
    match = _FIRST.match(said if not named else f"number {said}")
    if match is None or not _ends_waiting(said if not named else f"number {said}", match.end()):
        return None
    stems = {_root(word) for word in attempt.words}
    counted = match["noun"] in _TRIALS or all(_root(word) in stems for word in match["noun"].split())
    succeeds = not _SUCCEEDING.isdisjoint(attempt.words) if match["event"] == "success" else _root(match["event"]) in stems
    if not counted or not succeeds or _root(match["event"]) == _root(match["noun"].rpartition(" ")[2]):
        return None
    end = (start if not named else first - 1) + match.group().count(" ") + 1
    body = f"\\sim \\mathrm{{Geometric}}(p = {attempt.chance})"
    return Phrase(first if named else start, end, body, _bare(match.group()), sure=True, derived=True)


def _ends_waiting(said: str, end: int) -> bool:
    """Whether nothing behind says more than that the number is geometric."""
    return said[end:].strip().split(" ")[0] in _ENDS or said[end:].startswith(_NOTED)


def _root(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|e|s)$", "", word) if len(word) > 3 else word


def _bare(said: str) -> str:
    """Without the article, or what stands for it."""
    return re.sub(r"^(?:the|an?|their|its) ", "", said)


def _written(piece: Piece) -> str:
    """A word, or a formula without spaces."""
    return piece.text or (piece.math.text.replace(" ", "") if piece.math else "$")


def derives(pieces: Sequence[Piece]) -> bool:
    """Whether a sentence gives a value for each case, "1 if it is even": it states what holds, and is no condition."""
    said = " ".join(map(_written, pieces))
    return re.search(r"\b(?:1|one) (?:if|when|whenever)\b|\bindicat\w+ (?:whether|if)\b", said) is not None


def find_whole(pieces: Sequence[Piece], start: int, trial: Trial | None) -> Phrase | None:
    """ "the outcome" of several throws, all of them together."""
    if trial is None or trial.count == 1 or not pieces[start].text:
        return None
    for end in range(min(start + 7, len(pieces)), start, -1):
        said = " ".join(piece.text or "$" for piece in pieces[start:end])
        if _OUTCOME.match(said):
            return Phrase(start, end, _product(trial), _bare(said) + " of all throws", sure=True)
    return None


def _phrase(said: str, length: int, body: str, what: str) -> Phrase:
    return Phrase(0, said[:length].strip().count(" ") + 1, body, what, sure=True, derived=True)


def _ends(said: str, end: int) -> bool:
    """Whether nothing behind it says more of it."""
    behind = said[end:].split(" ")
    following = next((word for word in behind if word), "")
    named = following.startswith("\\") or (len(following) <= 2 and following.isalpha() and following not in _NEVER)
    return following in _ENDS or named or said[end:].startswith(_UNITS)


def _counted(match: re.Match[str], trial: Trial) -> str:
    """The number of heads, of sixes: binomial."""
    face = match["face"]
    one = next((each for each in trial.faces if each in (face, number_label(_singular(face)))), "")
    if not one or not trial.chances or trial.count is None or match["count"] not in (None, *spelled(trial.count)):
        return ""
    return f"\\sim \\mathrm{{Binomial}}(n = {trial.count}, p = {trial.chances[trial.faces.index(one)]})"


def _singular(word: str) -> str:
    return word.removesuffix("es") if word.endswith("xes") else word.removesuffix("s")


def _combined(match: re.Match[str], trial: Trial) -> str:
    """The sum, the largest, the smallest, the product, the absolute difference of all throws."""
    how = match["how"]
    if trial.thing != "die" or trial.count is None or trial.count < 2 or (" difference" in how and trial.count != 2):
        return ""
    named = re.search(r"\b(two|three|four)\b", match.group())
    if named and {"two": 2, "three": 3, "four": 4}[named[1]] != trial.count:
        return ""
    if how in ("sum", "total"):
        return _of_throws(trial, sum)
    if how in _LARGEST | _SMALLEST:
        return _of_throws(trial, max if how in _LARGEST else min)
    return _of_throws(trial, lambda values: prod(values) if how == "product" else abs(values[0] - values[1]))


def _of_throws(trial: Trial, make: Callable[[tuple[int, ...]], int]) -> str:
    """The distribution of a number that all throws make; "" where chances are no numbers, or too many."""
    rows: dict[int, Fraction] = {}
    for faces, chance in _throws(trial):
        value = make(tuple(int(face) for face in faces))
        rows[value] = rows.get(value, Fraction(0)) + chance
    return listed([str(value) for value in sorted(rows)], [str(rows[value]) for value in sorted(rows)]) if rows else ""


def _throws(trial: Trial) -> Iterator[tuple[tuple[str, ...], Fraction]]:
    """Every outcome of all throws with its probability; none where they cannot be counted."""
    chances = _numbers(trial.chances)
    if not chances or trial.count is None or len(chances) ** trial.count > _MOST:
        return
    for row in product(range(len(chances)), repeat=trial.count):
        yield tuple(trial.faces[place] for place in row), prod((chances[place] for place in row), start=Fraction(1))


def _numbers(chances: Iterable[str]) -> list[Fraction]:
    try:
        return [Fraction(chance.replace(" ", "")) for chance in chances]
    except (ValueError, ZeroDivisionError):
        return []


def _product(trial: Trial) -> str:
    rows = [str(chance) for _, chance in _throws(trial)]
    return listed([""] * len(rows), rows) if rows else ""


def _indicated(match: re.Match[str], trial: Trial) -> str:
    """The probability of what is indicated; "" where it is not understood."""
    said = (match["if"] or match["else"] or match["that"] or "").strip(" .?!")
    chances = _numbers(trial.chances)
    if not chances or trial.count != 1:
        return ""
    subject = _SUBJECT.match(said)
    holds = _event(said[subject.end() :] if subject else said, trial)
    rows = zip(trial.faces, chances, strict=True)
    return "" if holds is None else str(sum((chance for face, chance in rows if holds(face)), Fraction(0)))


def _event(said: str, trial: Trial) -> Callable[[str], bool] | None:
    """Which faces "even", "more than 4", "a six" mean."""
    word = number_label(said.strip())
    if word in trial.faces or (word + "s") in trial.faces:
        return lambda face: face in (word, word + "s")
    if trial.thing != "die":
        return None
    if word in ("even", "odd"):
        return lambda face: int(face) % 2 == (word == "odd")
    if word in ("prime", "a prime", "a prime number"):
        return lambda face: int(face) in (2, 3, 5, 7, 11, 13, 17, 19)
    before, _, last = word.rpartition(" ")
    number = number_label(last)
    if not number.isdigit():
        return None
    if before in ("divisible by", "a multiple of", "multiple of") and int(number):
        return lambda face: int(face) % int(number) == 0
    compared = _COMPARED.get(before)
    return None if compared is None else lambda face: compared(int(face), int(number))
