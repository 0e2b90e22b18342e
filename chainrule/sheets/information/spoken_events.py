"""Events that words give a probability, "Event A has probability 0.18", and what is asked of one after another."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.quantity_words import pieces_of
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Math, Role, Task

_GIVEN = re.compile(
    r"(?<!\S)(?:[Ee]vents?|outcomes?) (?P<name>[A-Z]|\$\d+) (?:that )?(?:has|(?:occurs|happens|appears)? ?with|of) (?:a |the )?"
    r"(?:probability|chance)(?: of)? (?P<probability>\$\d+|\d*\.\d+)(?= [.,;?]| (?:and|while|but|whereas) |$)"
)
_AGAIN = re.compile(
    r"(?:many|much)(?: (?:bits|nats))? (?:does|do|for|in)(?: the)?(?: event)? (?P<name>\S+)(?: (?:carry|have|contain|give))?"
)


def with_events_said(sentences: Iterable[Sentence], events: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The events with those to which words give a probability, each by its letter."""
    found = dict(events)
    for sentence in sentences:
        said = " ".join(f"${i}" if isinstance(t, Math) else t.span.text for i, t in enumerate(sentence.tokens))
        for match in _GIVEN.finditer(said):
            name, probability = (_written(match[each], sentence) for each in ("name", "probability"))
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), probability)))
    return found


def _written(said: str, sentence: Sentence) -> str:
    token = sentence.tokens[int(said[1:])] if said.startswith("$") else None
    return token.text.strip() if isinstance(token, Math) else said


def ask_of_event(request: Request, before: Sequence[Task], known: Distributions) -> list[Task]:
    """ "And how many does B?" behind a question for what another event carries; none for anything else."""
    pieces = pieces_of(request.tokens)
    said = " ".join("$" if isinstance(token, Math) else token.text for token in request.tokens)
    match = _AGAIN.fullmatch(said) if request.verb == "how" and before and before[-1].quantity == "surprisal" else None
    if match is None or before[-1].part != request.place.part:
        return []
    piece = pieces[said[: match.start("name")].count(" ")]
    notation = known.outcome(piece.math.text.strip() if piece.math is not None else piece.written or piece.text)
    if not notation:
        return []
    token = request.tokens[piece.index]
    asked = Role("asked", Math(token.span, request.place, display=False, name=notation))
    kept = tuple(role for role in before[-1].roles if role.name != "asked")
    return [replace(before[-1], span=request.span, text=request.text, roles=(asked, *kept))]
