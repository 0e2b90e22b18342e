"""Sentences to requests: where a verb asks for something, and where one verb asks for several things."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from chainrule.sheets.forms import (
    BACKWARD_PASS,
    CONTEXT,
    DERIVATIVE_NOUNS,
    DOCUMENT,
    FIND,
    NEUTRAL,
    PREPARING,
    PRONOUNS,
    QUESTIONS,
    REFERENCES,
    RELATIONS,
    SAME_VERBS,
    TASK_NOUNS,
    VERBS,
    WANTING,
    words,
)
from chainrule.sheets.notation import look
from chainrule.sheets.quantity_words import mentions_notation, mentions_quantity, notations_of, pieces_of
from chainrule.sheets.second_arguments import lacks_second
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math, Place
from chainrule.sheets.units import units_in, without_units
from chainrule.sheets.verb_places import PARTICIPLES, follows_condition, reports
from chainrule.source import Span

Tokens = tuple[Word | Math, ...]

_BEFORE_A_VERB = words(
    ", : ( ) ] - – — and then please also now next finally hence thus first second third lastly you or again explicitly i.e."
    " simultaneously jointly manually analytically symbolically numerically additionally furthermore moreover subsequently"
)
_PLACES = words("first second third next")
_DETERMINERS = words("the a an this that each every its his her our their your one both")
"""Between one of these and a place stands a noun, "before the second draw"."""
_OBJECTS = _DETERMINERS - {"that", "one"} | words("all any these those my it them")
"""What a verb may stand before, where an adjective may not: "correct this code", not "correct class"."""
_SUBJECTS = words("we it they this which that the a an each our there here network networks layer layers")
_CLOSING = words(", . : ; ? ! )")
_AFTER_A_DEFINITION = ("", ".", ",", ";", "so", "where", "and", "for")
_SAID_AGAIN = words("that which i.e. i.e namely =")
"""Behind one of these what stands before is said again."""
_PLAINLY = NEUTRAL | REFERENCES | words("again once twice more further partially")
_RESULTS = words("result results answer answers expression")
_PRODUCED = words("predicted obtained computed produced returned incurred received reached achieved")
_STANDING_BETWEEN = words("and respect against relative between versus vs compared over than")
"""Behind one of these a noun is what something is set beside, and nothing that is asked."""
_COUNTED = words("two three four five six")
_LEAD_OUT = words("then also the its their a an finally hence both all every each")


@dataclass(frozen=True)
class Request:
    """A verb and what it asks for. `before` is what the sentence says first; `written` is where the request stands.

    points: the one of several points at which it is asked. listed: the formulas that list all of them.
    """

    verb: str
    tokens: Tokens
    before: Tokens
    place: Place
    written: Tokens
    points: tuple[Math, ...] = ()
    listed: tuple[Math, ...] = ()

    @property
    def span(self) -> Span:
        return span_of(self.written)

    @property
    def text(self) -> str:
        """The words as written, formulas in `$`."""
        pieces = [f"${t.span.text}$" if isinstance(t, Math) and not t.name else t.span.text for t in self.written]
        closed = [False, *(_touch(one, other) for one, other in pairwise(self.written))]
        return (
            "".join(word if word in _CLOSING or not i or closed[i] else f" {word}" for i, word in enumerate(pieces))
            .replace("( ", "(")
            .strip()
        )


def _touch(one: Word | Math, other: Word | Math) -> bool:
    """Nothing stands between two words, as at the dash of "Kullback-Leibler"."""
    return isinstance(one, Word) and isinstance(other, Word) and one.span.end == other.span.start


def find_requests(sentence: Sentence) -> list[Request]:
    """The requests of a sentence in order; none if it only states something."""
    starts = [index for index in range(len(sentence.tokens)) if _asks(sentence, index)]
    kept: list[int] = []
    for index in starts:
        purpose = index > 0 and _text(sentence.tokens[index - 1]) == "to"
        if not (purpose and kept) or _specified(sentence, kept[-1], index):
            kept.append(index)
    kept = [index for index, after in zip(kept, [*kept[1:], None], strict=False) if not _said_again(sentence, index, after)]
    if sentence.end == "?" and [*map(_text, sentence.tokens[:2])] in (["where", "is"], ["where", "does"]):
        kept = [0, *kept]
    ends = [*kept[1:], len(sentence.tokens)]
    found = (each for index, end in zip(kept, ends, strict=False) for each in _coordinated(sentence, index, end, kept[0]))
    return [_by_its_result(replace(request, verb=SAME_VERBS.get(request.verb, request.verb))) for request in found]


def _by_its_result(request: Request) -> Request:
    r"""The request for what formulas behind a colon say differentiating gives: "differentiate it: $\partial f / ..$"."""
    start = next((i for i, token in enumerate(request.tokens) if isinstance(token, Math)), 0)
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    ahead = request.tokens[:start]
    if request.verb != "differentiate" or [*map(_text, ahead)][-1:] != [":"]:
        return request
    if not all(look(formula) == "derivatives" for formula in formulas):
        return request
    others = tuple(token for token in ahead if _text(token) not in _PLAINLY)
    return replace(request, verb="compute", tokens=(*others, *request.tokens[start:]))


def _said_again(sentence: Sentence, index: int, after: int | None) -> bool:
    """What the next request asks in other words: "how many bits are wasted, i.e. what is ..."."""
    ends = [] if after is None else [_text(token) for token in sentence.tokens[index:after]]
    said = [word for word in ends if word != ","]
    again = said[-1:] == ["i.e."] or said[-2:] == ["that", "is"] or said[-3:] == ["in", "other", "words"]
    return again or _specified(sentence, index, after)


def _specified(sentence: Sentence, index: int, after: int | None) -> bool:
    """A backward pass followed by the derivatives it is for: "perform the backward pass and compute ..."."""
    if after is None or _text(sentence.tokens[after]) not in FIND:
        return False
    words = " ".join(_text(token) for token in sentence.tokens[index:after])
    backward = any(phrase in words for phrase in BACKWARD_PASS) and "forward" not in words
    return backward and any(_is_derivative(token) for token in sentence.tokens[after:])


def _text(token: Word | Math) -> str:
    return token.text if isinstance(token, Word) else ""


def _asks(sentence: Sentence, index: int) -> bool:
    """The token is a verb of request, at a place where one can stand."""
    word = _text(sentence.tokens[index])
    imperative = word == "do" and "not" not in map(_text, sentence.tokens[index + 1 : index + 2])
    statement = sentence.end != "?" and ((word in QUESTIONS and not imperative) or (word in PRONOUNS and index > 0))
    taken = word in ("take", "move") and not {"step", "steps"}.isdisjoint(map(_text, sentence.tokens[index:]))
    steps = taken or _takes_derivative(sentence.tokens[index:]) or _asks_where(sentence, index)
    if (word not in VERBS and not steps) or statement or _defines(sentence.tokens[index:]):
        return False
    if index and _text(sentence.tokens[0]) == "how" and _goes_on(sentence.tokens[1 : index + 1]):
        return False
    if word in ("correct", "label") and index + 1 < len(sentence.tokens) and not _has_object(word, sentence.tokens, index + 1):
        return False
    if word in ("say", "tell") and not {"whether", "if", "which"} & {*map(_text, sentence.tokens[index + 1 : index + 2])}:
        return False
    if word == "fix" and any(isinstance(token, Math) and look(token) == "definition" for token in sentence.tokens[index:]):
        return False
    if word == "count" and any(_text(token)[:1].isdigit() for token in sentence.tokens[index + 1 : index + 2]):
        return False
    if word in PREPARING and _prepares(sentence.tokens[index + 1 :]):
        return False
    if index == 0:
        return True
    before = sentence.tokens[index - 1]
    if _goes_on_asking(sentence.tokens[:index], word, "".join(map(_text, sentence.tokens[index + 1 : index + 2]))):
        return False
    if _text(before) == "to":
        return _is_wanted(sentence.tokens[: index - 1])
    if _text(before) in ("and", "or") or isinstance(before, Math):
        return _text(sentence.tokens[0]) not in _SUBJECTS or _text(sentence.tokens[0]) == "each"
    if _is_behind_code(before, sentence.tokens[index]):
        return True
    if _text(before) in _PLACES and index > 1 and _text(sentence.tokens[index - 2]) in _DETERMINERS:
        return False
    return follows_condition(sentence.tokens, index) or _text(before) in _BEFORE_A_VERB


def _asks_where(sentence: Sentence, index: int) -> bool:
    """ "..., and where does it vanish?" """
    said = [*map(_text, sentence.tokens[max(index - 1, 0) : index + 2])]
    return said[1:2] == ["where"] and said[0] in ("and", ",") and said[2:] in (["does"], ["do"], ["is"], ["are"])


def _goes_on_asking(before: Tokens, word: str, behind: str) -> bool:
    """Whether a verb belongs to the question before it: "how many bits of $X$ are", "what do you obtain", "what loss $L$ does",
    "what value $y$ is predicted".
    """
    said = [*map(_text, before)]
    if said[-2:-1] in (["do"], ["did"]) and said[-1] in ("you", "we") and word in FIND:
        return True
    if not isinstance(before[-1], Math):
        return False
    if (said[0] == "if" and word in QUESTIONS) or said[:2] == ["how", "many"]:
        return True
    if word not in ("does", "do") and (word not in ("is", "are") or behind not in _PRODUCED):
        return False
    asks = max((i for i, text in enumerate(said) if text in ("what", "which")), default=len(said))
    return asks < len(said) - 1 and VERBS.isdisjoint(said[asks + 1 :]) and "," not in said[asks:]


def _takes_derivative(tokens: Tokens) -> bool:
    """ "Take the derivative of", "take the square of your result": it is to be computed."""
    said = [*map(_text, tokens)]
    noun = next((word for word in said[1:5] if word not in _LEAD_OUT | {"partial", "second", "first"}), "")
    of = said.index("of") + 1 if "of" in said else len(said)
    results = of < len(said) and (not _RESULTS.isdisjoint(said) or said[of] in ("it", "this", "that"))
    return said[:1] == ["take"] and (noun in DERIVATIVE_NOUNS or results)


def _has_object(verb: str, tokens: Tokens, index: int) -> bool:
    """Whether something is to be labelled, and "label" is no noun as in "Label smoothing with ...", "the input and label $y$",
    or corrected, and "correct" no adjective as in "the correct class".
    """
    behind = tokens[index]
    if verb == "label" and isinstance(behind, Math):
        return look(behind) != "definition" and (index == 1 or not VERBS.isdisjoint(map(_text, tokens[: index - 1])))
    return isinstance(behind, Math) or behind.text in _OBJECTS or (verb == "correct" and behind.text in DOCUMENT)


def _goes_on(behind_how: Tokens) -> bool:
    """The last of these words is the verb of "how surprising, in bits, is snow", or belongs to it, "do you get"."""
    *before, verb = map(_text, behind_how)
    compares = verb == "compare" and before[:1] in (["does"], ["do"], ["did"]) and len(before) > 1
    first = verb in QUESTIONS and "and" not in before and QUESTIONS.isdisjoint(before) and FIND.isdisjoint(before)
    return compares or (first and all(before)) or (before[-1:] in (["you"], ["we"]) and not QUESTIONS.isdisjoint(before[-2:-1]))


def _is_behind_code(before: Word | Math, verb: Word | Math) -> bool:
    """Code ends here, and a verb with a capital begins a sentence."""
    between = verb.span.source.text[before.span.end : verb.span.start]
    return isinstance(verb, Word) and verb.capital and "`" in between


def _defines(tokens: Tokens) -> bool:
    """ "write $q = x + y$, so that ...", "define $q = x + y$": this says what is, and asks nothing."""
    if _text(tokens[0]) not in ("write", "define", "set", "denote", "estimate") or len(tokens) < 2:
        return False
    defined = any(isinstance(token, Math) and look(token) == "definition" for token in tokens)
    if defined and (_text(tokens[0]) == "define" or (_text(tokens[0]), _text(tokens[1])) == ("estimate", ":")):
        return True
    formula, following = tokens[1], _text(tokens[2]) if len(tokens) > 2 else ""
    measured = following == "in" and bool(units_in(pieces_of(tokens[2:4])))
    return isinstance(formula, Math) and look(formula) == "definition" and (following in _AFTER_A_DEFINITION or measured)


def _prepares(rest: Tokens) -> bool:
    """ "... to compute", "...: compute the gradient": what is asked follows."""
    for index, token in enumerate(rest[1:], 1):
        word, before = _text(token), _text(rest[index - 1])
        if before == "to" and word in VERBS:
            return True
        if before in (":", ",", "and") and word in FIND and any(_is_derivative(later) for later in rest[index:]):
            return True
    return False


def _is_derivative(token: Word | Math) -> bool:
    return look(token) == "derivatives" if isinstance(token, Math) else token.text in DERIVATIVE_NOUNS


def _is_wanted(before: Tokens) -> bool:
    """ "Use the chain rule to compute", "we want to find"; not "it is used to compute"."""
    if not before:
        return False
    said = " ".join(_text(token) for token in before)
    backward = any(phrase in said for phrase in BACKWARD_PASS)
    verbs = (verb for token, verb in pairwise(before) if isinstance(token, Math) or _text(token) in _BEFORE_A_VERB)
    starts = [before[0], *verbs]
    return backward or any(_text(verb) in PREPARING for verb in starts) or any(_text(token) in WANTING for token in before)


def _coordinated(sentence: Sentence, start: int, end: int, first: int) -> Iterator[Request]:
    """One request for each thing that the verb asks for: "compute the loss $L$ and the gradient of ..."."""
    tokens = sentence.tokens
    cuts = [start + 1]
    for index in range(start + 2, end - 1):
        separates = _text(tokens[index]) in (",", "and", ":", "&") or _text(tokens[index - 1]) == "well"
        bare = _text(tokens[start]) in FIND and _text(tokens[index + 1]) in DERIVATIVE_NOUNS
        passes = _text(tokens[index - 1]) in ("forward", "backward", "reverse")
        other = bare or _begins_another(tokens[index + 1 : min(end, index + 7)])
        other = other or _begins_expression(tokens[start + 1 : index], tokens[index + 1 : end])
        other = other or _begins_other_kind(tokens[cuts[-1] : index], tokens[index + 1 : end])
        other = other or _begins_relation(tokens[index + 1 : end])
        other = other or reports(tokens[index + 1 : end])
        other = other or _begins_derivative(tokens[cuts[-1] : index], tokens[index + 1 : end])
        other = other or (_is_relation(tokens[cuts[-1] : index]) and mentions_quantity(tokens[index + 1 : end]))
        other = other and not lacks_second(tokens[cuts[-1] : index])
        if separates and not passes and other and not _is_given(tokens[cuts[-1] : index], tokens[index + 1 : end]):
            cuts.append(index + 1)
    cuts = _uncut(tokens, cuts, end)
    for cut, stop in zip(cuts, [*cuts[1:], end], strict=True):
        asked = trimmed(tokens[cut:stop])
        written = (tokens[start], *asked) if cut == start + 1 else asked
        verb = "compute" if _takes_derivative(tokens[start:end]) else _text(tokens[start])
        if cut > start + 1 and _text(asked[0]) in PARTICIPLES:
            verb, asked = PARTICIPLES[_text(asked[0])], asked[1:]
        yield Request(verb, asked, tokens[:first], sentence.place, written or (tokens[start],))


def _uncut(tokens: Tokens, cuts: list[int], end: int) -> list[int]:
    """Without the cuts between quantities of information theory, which may be of the same distributions, and behind a unit."""
    kept = cuts[:1]
    for cut, stop in zip(cuts[1:], [*cuts[2:], end], strict=False):
        if all(_text(token) in (",", ":", "and") for token in without_units(tokens[kept[-1] : cut])):
            continue
        several = mentions_quantity(tokens[kept[-1] : cut]) and mentions_quantity(tokens[cut:stop])
        if not several or any(_is_expression(token) for token in tokens[cut:stop]):
            kept.append(cut)
    return kept


def _is_expression(token: Word | Math) -> bool:
    """A formula with entropies in it that says by itself what is asked: "the perplexity $2^{H(P)}$"."""
    if not isinstance(token, Math) or token.illustration or look(token) != "other" or notations_of(token):
        return False
    return mentions_notation(token)


def _begins_expression(before: Tokens, following: Tokens) -> bool:
    """Such a formula is next, behind another quantity; not where a unit behind both is that of both."""
    first = next((token for token in following if isinstance(token, Math)), None)
    again = _text(following[0]) in _SAID_AGAIN
    if first is None or again or not _is_expression(first) or not mentions_quantity(before):
        return False
    said = {_text(token) for token in before} & CONTEXT
    return said <= {"in", "for"} and bool(units_in(pieces_of(before)) or not units_in(pieces_of(following)))


def _begins_other_kind(before: Tokens, following: Tokens) -> bool:
    """A derivative is next behind an entropy, "$H(P)$ in bits and $\\frac{dy}{dw}$", or the other way round."""
    first, last = following[0], next((token for token in reversed(before) if isinstance(token, Math)), None)
    if isinstance(first, Math) and look(first) == "derivatives":
        return _is_quantity(last) or mentions_quantity(before)
    derived = isinstance(last, Math) and look(last) == "derivatives" and not mentions_quantity(before)
    return derived and (_is_quantity(first) or mentions_quantity(following[:3]))


def _begins_derivative(before: Tokens, following: Tokens) -> bool:
    """A derivative is next behind the value at which something is asked, "$F$ at $p = 0.3$, and $dF/dp$ there"."""
    first, given = following[0], trimmed(before)
    context = {_text(token) for token in given} & CONTEXT
    valued = given[-1:] and isinstance(given[-1], Math) and look(given[-1]) == "definition"
    derived = isinstance(first, Math) and look(first) == "derivatives"
    derived = derived and not any(isinstance(token, Math) and look(token) == "definition" for token in following)
    return bool(valued) and derived and set[str]() < context <= words("at for when if with")


def _begins_relation(following: Tokens) -> bool:
    """ "their average", "the difference between the two": something that is made of what stands before."""
    said = [_text(token) for token in following[:6]]
    said = said[1:] if said[:1] in (["then"], ["also"], ["finally"]) else said[:5]
    if said[1:2] == [] or said[1] not in RELATIONS or said[0] not in ("their", "the"):
        return False
    of_these = said[3:4] in (["them"], ["these"], ["both"]) or said[4:5] == ["two"]
    return said[0] == "their" or (said[2:3] in (["of"], ["between"]) and of_these)


def _is_relation(asked: Tokens) -> bool:
    """Nothing but such words: behind "their average," a quantity is another one."""
    return _begins_relation(asked) and all(_text(token) in RELATIONS | _LEAD_OUT | {"value"} for token in asked)


def _is_quantity(token: Word | Math | None) -> bool:
    return isinstance(token, Math) and bool(notations_of(token))


def _is_given(before: Tokens, following: Tokens) -> bool:
    r"""Whether a name with its value is next behind another one, "for the label $y = 1$ and the output $p = 0.4$"."""
    formula = next((token for token in following[:6] if isinstance(token, Math)), None)
    lead = [*map(_text, following[: following.index(formula)])] if formula is not None else []
    behind = before[-1:] and isinstance(before[-1], Math) and look(before[-1]) == "definition"
    giving = bool(behind) and not CONTEXT.isdisjoint(map(_text, before)) and "respect" not in lead
    return giving and formula is not None and look(formula) == "definition" and CONTEXT.isdisjoint(lead)


def _begins_another(following: Tokens) -> bool:
    """Nouns of a task before the next formula, connective or comma."""
    lead = False
    counted = any(_text(token) in _COUNTED for token in following[1:2])
    for token in following if counted else following[:5]:
        word = _text(token)
        if word in TASK_NOUNS:
            return lead
        if word in _LEAD_OUT:
            lead = True
        elif not word.isalpha() or word in CONTEXT or word in _STANDING_BETWEEN:
            return False
    return False


def trimmed(tokens: Tokens) -> Tokens:
    """Without the marks and the "and" at the end."""
    end = len(tokens)
    while end and _text(tokens[end - 1]) in (".", ",", ":", ";", "?", "!", "and", "&"):
        end -= 1
    return tokens[:end]
