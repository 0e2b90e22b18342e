"""Events that words give a probability, "Event A has probability 0.18", and what is asked of one after another."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request, find_requests
from chainrule.sheets.information.argument_formulas import probability_in
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


_NOUN = r"(?:event|outcome|message|symbol|letter|word|token|result)"
_NUMBER = r"(?P<probability>\$\d+|\d*\.\d+|\d+ / \d+)(?= [.,;:?]| (?:and|while|but)(?! not)|$)"
_ONLY = (
    re.compile(
        r"^(?:(?:[Ss]uppose|[Aa]ssume|[Ii]magine|[Cc]onsider)(?: that)? )?"
        rf"(?:(?:[Aa]n?|[Oo]ne|[Tt]he) (?:[a-z]+ )?{_NOUN}|[Ss]omething)"
        rf" (?:(?:that |which )?(?:has|(?:occurs|happens|appears|comes) with|of|with)) (?:an? |the )?"
        rf"(?:[a-z]+ )?(?:probability|chance)(?: of)? {_NUMBER}"
    ),
    re.compile(
        rf"^(?:(?:[Ss]uppose|[Aa]ssume|[Ii]f)(?: that)? )?(?:[Tt]he |the )?probability of (?:an?|one|the) (?:[a-z]+ )?{_NOUN}"
        rf" (?:is|equals) {_NUMBER}"
    ),
)
"""One event, the only thing that a text gives a probability."""
ONLY_EVENT = ""
"""What it is called among the events with letters."""


def _only_event(sentences: Sequence[Sentence]) -> dict[str, tuple[str, ...]]:
    said = [" ".join(f"${i}" if isinstance(t, Math) else t.span.text for i, t in enumerate(s.tokens)) for s in sentences]
    telling = [
        i for i, text in enumerate(said) if re.search(r"(?i)\b(?:probabilit|chance|odds|percent|frequen|likely)|%", text)
    ]
    found = [match for i in telling for pattern in _ONLY if (match := pattern.match(said[i])) is not None]
    counted = len(re.findall(r"(?i)\b(?:probabilit\w+|chances?)\b", said[telling[0]])) if telling else 0
    if len(telling) != 1 or len(found) != 1 or counted != 1:
        return {}
    if not all(each.end == "?" or find_requests(each) for each in sentences[telling[0] + 1 :]):
        return {}  # what is said behind it may be meant
    at = found[0]["probability"]
    token = sentences[telling[0]].tokens[int(at[1:])] if at.startswith("$") else None
    probability = probability_in(token) if isinstance(token, Math) else at.replace(" ", "")
    return {ONLY_EVENT: (probability,)} if probability else {}


def with_events_said(sentences: Iterable[Sentence], events: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The events with those to which words give a probability, each by its letter."""
    sentences = list(sentences)
    found = dict(events)
    for sentence in sentences:
        said = " ".join(f"${i}" if isinstance(t, Math) else t.span.text for i, t in enumerate(sentence.tokens))
        for match in _GIVEN.finditer(said):
            name, probability = (_written(match[each], sentence) for each in ("name", "probability"))
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), probability)))
    return found or _only_event(sentences)


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
