r"""Requests that set quantities beside each other: "their average", "by how much do they differ?", "Which is larger?", "the
ratio of the entropy of $P$ to that of $Q$", "Subtract (b) from (a)".

Each becomes the value of a formula, `H(P) - H(Q)`, or a comparison of two values.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chainrule.inference.symbols import could_be_name
from chainrule.probability.quantities import QUANTITIES
from chainrule.sheets.clauses import Request, Tokens, trimmed
from chainrule.sheets.forms import COMBINING, FIND, words
from chainrule.sheets.information.amounts import amount_in
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.others import asked_of
from chainrule.sheets.information.plain_statements import COUNTS
from chainrule.sheets.information.requests import recognise_information
from chainrule.sheets.information.written import formula_of
from chainrule.sheets.notation import is_number, look, trees
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import mentions_quantity, notations_of, pieces_of
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.sheets.units import units_in, without_units

_MEASURED = ("information", "value")
_MORE = r"(?:larger|greater|bigger|higher|more|largest|greatest|biggest|highest|most)(?: one)?"
_LESS = r"(?:smaller|lower|less|fewer|smallest|lowest|least)(?: one)?"
_EXTREME = rf"(?:the )?(?:{_MORE}|{_LESS})"
_NOUN = r"(?:results?|answers?|values?|quantit(?:y|ies)|numbers?|entrop(?:y|ies)|divergences?|distances?|loss(?:es)?|ones?)"
_COUNT = r"(?:two|three|four|five|[2-5])"
_PREVIOUS = r"(?:previous|preceding|last|above|earlier|foregoing)"
_THEM = (
    rf"(?:them|these|those|both|(?:the|these|those|both|your)(?: {_PREVIOUS})?(?: {_COUNT})?(?: {_PREVIOUS})? {_NOUN}"
    rf"|(?:the|these|those)(?: {_PREVIOUS})? {_COUNT})"
)
_MADE = re.compile(rf"(?:(?P<average>average)|(?:add(?: up)?|sum(?: up)?|total)) {_THEM}(?: up| together)?$")
_FROM = re.compile(
    r"subtract the (?P<what>first|former|second|latter)(?: one)? from the (?P<whom>first|former|second|latter)(?: one)?$"
)
_CALLED = re.compile(r" \( (?:the |an? )?(?:[a-zé-]+ ){1,3}(?:divergence|distance|entropy|information|gain) \)$")
"""What a sum or an average is called: the words before it say what it is."""
_LABEL = r"(?:part |question |exercise )?(?:\( )?(?P<{}>[a-z]|[ivx]+|\d{{1,2}})(?: \))?"
_FIRST, _SECOND = _LABEL.format("first"), _LABEL.format("second")
_THOSE = rf"(?:(?:the |your |that )?(?:{_NOUN} |that )?(?:in|from|of|to) )?(?:parts |questions )?"
_PARTS = re.compile(rf"{_THOSE}{_FIRST} (?:and|to|from) {_THOSE}{_SECOND}$")
_NAMED = re.compile(
    r"(?:is |are |also |then )*(?P<article>the |their |an? )?(?:absolute )?"
    r"(?P<kind>difference|gap|ratio|quotient|sum|average|mean|arithmetic mean)(?: value)?(?: (?:between|of) (?P<of>.*))?$"
)
_DIFFER = re.compile(
    rf"(?:by )?(?:how )?much (?:do|does|did) (?P<whom>they|{_THEM}) differ(?: from (?:each other|one another))?$|by how much$"
)
_WHICH = re.compile(
    rf"(?P<whom>(?:{_NOUN} )?(?:of {_THEM} )?)(?:is|are|was) {_EXTREME}"
    r"(?P<by> (?:, )?(?:and )?by how much)?(?: [,:] (?P<of>.+))?$"
)
_HAS = re.compile(rf"(?P<who>.*?)(?:has|have) {_EXTREME} (?P<what>[^$,]+?)(?: [,:])?(?: (?P<names>\$ or \$))?$")
_OVER = re.compile(rf"(?:much|many (?:bits|nats)) {_MORE} is (?P<one>.*) than (?P<other>.*)$")
_THAN = re.compile(rf"(?P<one>.*) {_EXTREME} than (?P<other>.*)$")
_AGREE = re.compile(
    rf"(?P<whom>they|{_THEM}) (?:(?:numerically|exactly) )?"
    r"(?:agree|coincide|match|differ|equal|(?:the )?same|identical|different)(?: (?:with )?(?:each other|one another))?$"
)
_SUBTRACT = re.compile(rf"subtract {_THOSE}{_SECOND} from {_THOSE}{_FIRST}$")
_COMPARES = re.compile(r"(?:does|do|did|would) (?P<one>.+?) compare (?:with|to|against) (?P<other>.+)$")
_SPLITS = words("and to , or")
_WHO = words("distribution distributions source sources variable variables random of the two which one these those them and $")
_ASKING = words("which does do")
_PICKED = words("outcome outcomes event events symbol symbols letter letters class classes word words token tokens side face")
"""What has one probability, and no distribution."""
_ROOT = re.compile(r"(?:is )?(?:the )?(?:positive )?square root of (?P<of>.+)$")
_RESULT = re.compile(
    r"(?:it|that|(?:the|this|that|your) (?:last |previous )?(?:result|answer|value|number|divergence|figure))"
    r"(?:(?: ,)? (?:in order )?to (?:get|obtain|find|arrive at|compute|form) (?:the )?(?P<name>[^$]+))?"
)
"""The last result; the name of what is made of it says nothing more."""
_FORMS = {
    "root": "\\sqrt{{{}}}",
    "difference": "{} - {}",
    "distance": "\\left|{} - {}\\right|",
    "ratio": "\\frac{{{}}}{{{}}}",
}
_UNSIGNED = {"difference": "distance"}
"""Results that were asked for before have no order of their own."""
_SINGULAR = {"entropies": "entropy", "losses": "loss"} | {each + "s": each for each in ("divergence", "distance")}
_IT = words("it that this")
_THESE = words("them these those they it results values numbers answers surprisals")
_BESIDE_FORMULA = words("the a an plain usual ordinary standard simple value of , :")
_RESULTS = words("results answers values quantities numbers result answer value quantity number")


def _is_thing(word: str) -> bool:
    """Whether a word may stand for one of two distributions, "which policy", "which of the two horses"."""
    return word in _WHO or (is_descriptive(word) and word not in _PICKED)


def _titled(noun: str) -> frozenset[str]:
    return frozenset(row.name for row in QUANTITIES if noun in re.split(r"\W+", row.title.lower()))


_APART = _titled("divergence") | _titled("distance")
_SENSES = {
    "entropy": (frozenset(("entropy",)), _titled("entropy")),
    "divergence": (_titled("divergence"), _APART),
    "distance": (_titled("distance"), _APART),
    "loss": (frozenset(("cross_entropy", "surprisal")),),
}
"""The rows that a noun means, in its narrow sense and in its wide one."""
_ALIKE = {"gap": "difference", "quotient": "ratio", "mean": "average", "arithmetic mean": "average"}


@dataclass(frozen=True)
class _Related:
    """What is asked of several results; `kind` is a key of the forms, "sum", "average" or "comparison"."""

    kind: str
    of: Sequence[Task]


def recognise_related(request: Request, before: Sequence[Task], known: Distributions, about: bool) -> list[Task]:
    """The tasks of a request that asks how quantities are related and nothing else; none for any other.

    It is unknown where it is not clear which quantities are meant, or where they are measured in several units.
    """
    if combined := _combined(request, before, known, about):
        return combined
    tokens = trimmed(without_units(request.tokens))
    reader = _Reader(replace(request, verb="compute"), tokens, before, known, about)
    found = reader.read(request.verb)
    return [_task(request, each) for each in found]


def _combined(request: Request, before: Sequence[Task], known: Distributions, about: bool) -> list[Task]:
    """ "Average them to get the entropy": that quantity, in the unit of the results that it is made of."""
    lead = [token.text if isinstance(token, Word) else "$" for token in request.before]
    verbs = [i for i, word in enumerate(lead) if word in COMBINING]
    units = {task.unit for task in _since_others(before)[-1:]}
    if lead[-1:] != ["to"] or not verbs or _THESE.isdisjoint(lead[verbs[-1] :]) or len(units) != 1 or "$" in lead[verbs[-1] :]:
        return []
    if before[-1].form == "unknown":
        return [Task("unknown", request.place.part, request.span, request.text, note="it is not clear which results are meant")]
    (unit,) = units
    return [replace(task, unit=task.unit or unit) for task in recognise_information(request, known, about)]


@dataclass(frozen=True)
class _Reader:
    request: Request
    tokens: Tokens
    before: Sequence[Task]
    known: Distributions
    about: bool

    def read(self, verb: str) -> list[_Related]:
        said = _CALLED.sub("", " ".join(token.text if isinstance(token, Word) else "$" for token in self.tokens))
        if verb in ("what", "compute") and (match := _FROM.match(said)):
            pair, later = self._last("the two"), [match[name] in ("second", "latter") for name in ("what", "whom")]
            return self._made("difference", pair and (pair if later == [True, False] else pair[::-1] if later[1] else ()))
        if verb in ("what", "compute") and (match := _MADE.match(said)):
            return self._made("average" if match["average"] else "sum", self._last(said.partition(" ")[2]))
        if match := _DIFFER.match(said):
            return self._made("distance", self._last(match["whom"] or ""))
        if verb == "which" and (match := _WHICH.match(said)):
            of = self._last(match["whom"]) if match["of"] is None else self._own(match, "of")
            both = self._made("comparison", of)
            return [*both, *self._made("distance", of)] if match["by"] else both
        if verb in _ASKING and (match := _HAS.match(said)) and all(map(_is_thing, match["who"].split())):
            if verb != "which" and "$" not in match["who"]:
                return []
            return self._made("comparison", self._of_distributions(match))
        if verb == "how" and (match := _OVER.match(said)):
            return self._made("difference", self._each(match))
        if verb in ("do", "are") and (match := _AGREE.match(said)):
            return self._made("comparison", self._last(match["whom"]))
        if verb in ("is", "are") and (match := _THAN.match(said)):
            return self._made("comparison", self._each(match))
        if verb == "how" and (match := _COMPARES.match(said)):
            return self._made("comparison", self._each(match))
        if verb in ("what", "compute") and (match := _SUBTRACT.match(said)):
            return self._made("difference", self._of_parts(match))
        return self._named(said) if verb in FIND else []

    def _named(self, said: str) -> list[_Related]:
        if match := _ROOT.match(said):
            if _RESULT.fullmatch(match["of"]):
                return self._made("root", self._last_one())
            found = self._recognised(self._slice(match, "of")) if mentions_quantity(self.tokens) else []
            return self._made("root", found) if len(found) == 1 else []
        match = _NAMED.match(said)
        if match is None:
            return []
        kind, of = _ALIKE.get(match["kind"], match["kind"]), match["of"]
        if of is not None and not re.fullmatch(_THEM, of):
            if parts := _PARTS.match(of):
                return self._made(_UNSIGNED.get(kind, kind), self._of_parts(parts))
            return self._made(kind, self._own(match, "of"))
        bare = of is None and match["article"] != "their " and kind not in ("difference", "ratio")
        return [] if bare else self._made(_UNSIGNED.get(kind, kind), self._last(of or ""))

    def _made(self, kind: str, of: Sequence[Task] | None) -> list[_Related]:
        """None: these words are not of quantities; no tasks: it is not clear of which."""
        return [] if of is None else [_Related(kind, of)]

    def _slice(self, match: re.Match[str], name: str) -> Tokens:
        start, end = match.span(name)
        first = match.string[:start].count(" ")
        return self.tokens[first : first + match.string[start:end].count(" ") + 1]

    def _last(self, whom: str) -> Sequence[Task] | None:
        """The results before that words mean, "the two entropies"; None where there is none before, none at all where it is not
        clear which are meant.
        """
        results = [each for task in _since_others(self.before) for each in _each_of(task)]
        if not any(task.form in _MEASURED for task in results):
            return None
        last = results[-1]
        beside = [task for task in results if task.span == last.span and task.part == last.part]
        noun, count = _noun_in(whom), _count_in(whom)
        scopes = [results] if noun and (noun in _RESULTS or count is None) else [results, beside] if noun else [beside, results]
        found = (_fitting(scope, noun, count) for scope in scopes if len(scope) > 1)
        chosen = next((each for each in found if each), list[Task]())
        return chosen if all(task.form in _MEASURED for task in chosen) else ()

    def _of_parts(self, match: re.Match[str]) -> Sequence[Task] | None:
        """The results of two parts, each of which asked for one."""
        found: list[Task] = []
        for label in (match["first"], match["second"]):
            own = [task for task in self.before if (task.part or "").rpartition(".")[2] == label and not task.related]
            if len(own) != 1 or own[0].form not in _MEASURED:
                return ()
            found += own
        return found

    def _own(self, match: re.Match[str], name: str) -> Sequence[Task] | None:
        """The quantities that the request itself names: all together, or each by itself."""
        tokens = self._slice(match, name)
        found = self._recognised(tokens)
        if len(found) > 1:
            return found
        for index, token in enumerate(tokens):
            if isinstance(token, Word) and token.text in _SPLITS:
                pair = self._pair(tokens[:index], tokens[index + 1 :], meant=True)
                if pair is not None:
                    return pair
        return None

    def _each(self, match: re.Match[str]) -> Sequence[Task] | None:
        return self._pair(self._slice(match, "one"), self._slice(match, "other"), meant=True)

    def _pair(self, one: Tokens, other: Tokens, *, meant: bool = False) -> Sequence[Task] | None:
        """Two quantities; the second one may be "that of $Q$". meant: "it" is the last result."""
        first = self._last_one() if meant and _is_it(one) else self._recognised(one)
        said = [token.text for token in other[:2] if isinstance(token, Word)]
        if len(first) == 1 and said == ["that", "of"] and len(other) == 3 and isinstance(name := other[2], Math):
            second = asked_of(first[0], [name])
        else:
            second = self._last_one() if meant and _is_it(other) else self._recognised(other)
        if len(first) == len(second) == 1:  # an amount is in the unit of what it is set beside
            first, second = ([replace(one, unit=one.unit or two.unit)] for (one,), (two,) in ((first, second), (second, first)))
        return (*first, *second) if len(first) == len(second) == 1 else None

    def _recognised(self, tokens: Tokens) -> list[Task]:
        asked = replace(self.request, tokens=tokens, before=(), written=tokens)
        if len(tokens) == 1 and isinstance(math := tokens[0], Math) and not self.about:
            return [Task("value", self.request.place.part, math.span, math.text, (Role("asked", math),))]
        found = recognise_information(asked, self.known, self.about) if tokens else []
        return found or amount_in(tokens, self.request.place) or self._own_formula(tokens)

    def _own_formula(self, tokens: Tokens) -> list[Task]:
        """A formula that says all, behind words that name no other quantity: "the plain cross-entropy $-\\ln p_t$"."""
        formulas = [token for token in tokens if isinstance(token, Math)]
        words_of = [token.text for token in tokens if isinstance(token, Word)]
        plain = all(word in _BESIDE_FORMULA or is_descriptive(word) for word in words_of)
        whole = len(formulas) == 1 and tokens[-1] is formulas[0] and look(formulas[0]) == "other" and plain
        if not whole or could_be_name(trees(formulas[0])[0]) or is_number(formulas[0]):
            return []
        return [Task("value", self.request.place.part, formulas[0].span, formulas[0].text, (Role("asked", formulas[0]),))]

    def _last_one(self) -> Sequence[Task]:
        """The result that "it" means: the last one, where its sentence asks for no other."""
        results = _since_others(self.before)
        last = [each for each in results if results and each.span == results[-1].span and each.part == results[-1].part]
        return last if len(last) == 1 and last[0].form in _MEASURED else ()

    def _of_distributions(self, match: re.Match[str]) -> Sequence[Task] | None:
        """ "which has the larger entropy, $P$ or $Q$": of the names, else of the two that there are."""
        what = self._slice(match, "what")
        if not mentions_quantity(what):
            return None
        who = [token for token in self._slice(match, "who") if isinstance(token, Math)] if match["who"] else []
        names = [token for token in self._slice(match, "names") if isinstance(token, Math)] if match["names"] else who
        names = names or list(self.known.for_request(self.request.place.part, self.request.span).all())
        found = [task for name in names for task in self._recognised((*what, _of(name), name))]
        return found if len(names) == len(found) == 2 else ()


def _is_it(tokens: Tokens) -> bool:
    return bool(tokens) and all(isinstance(token, Word) and token.text in _IT for token in tokens)


def _since_others(before: Sequence[Task]) -> list[Task]:
    """The last tasks with results that nothing else was asked between."""
    found: list[Task] = []
    for task in reversed(before):
        if task.form not in (*_MEASURED, "unknown", "derivative") and not task.related:
            break
        found += [] if task.related else [task]
    return found[::-1]


def _noun_in(whom: str) -> str:
    """The noun of "the two entropies" without its plural; "" for "they", "the two"."""
    nouns = [word for word in whom.split() if re.fullmatch(_NOUN, word) and not word.startswith("one")]
    return _SINGULAR.get(nouns[0], nouns[0]) if nouns else ""


def _count_in(whom: str) -> int | None:
    """How many are said: 2 for "both"; None where words say nothing of it."""
    said = [word for word in whom.split() if re.fullmatch(rf"both|{_COUNT}", word)]
    counts = [2 if word == "both" else COUNTS.get(word) or int(word) for word in said]
    return counts[0] if counts else None


def _fitting(results: Sequence[Task], noun: str, count: int | None) -> list[Task]:
    """Those that a noun means, by its narrow sense or by its wide one; none where both senses fit, or neither does."""
    if noun in _SENSES:
        senses = [[task for task in results if (rows := _rows_of(task)) and rows <= rows_of] for rows_of in _SENSES[noun]]
        doubted = [task for task in results if (rows := _rows_of(task)) & _SENSES[noun][-1] and not rows <= _SENSES[noun][-1]]
    else:
        senses, doubted = [list(results)], list[Task]()
    found = [sense for sense in senses if len(sense) > 1 and count in (None, len(sense))]
    counted = count is not None and found[:1] == senses[:1]
    clear = (counted or not doubted) and all(len(sense) == len(found[0]) for sense in found)
    return found[0] if found and clear else []


def _rows_of(task: Task) -> frozenset[str]:
    """The quantities that a task may ask for; none for another formula."""
    if task.quantity:
        return frozenset((task.quantity,))
    notations = [found for math in task.math("asked") for found in notations_of(math)]
    return frozenset(row.name for found in notations for row in found.rows) if len(notations) == 1 else frozenset()


def _each_of(task: Task) -> list[Task]:
    """The values that one task asks for, one by one."""
    asked = [role for role in task.roles if role.name == "asked"]
    others = tuple(role for role in task.roles if role.name != "asked")
    return [replace(task, roles=(role, *others)) for role in asked] if task.form == "value" and len(asked) > 1 else [task]


def _of(name: Math) -> Word:
    return Word("of", name.span)


def _task(request: Request, related: _Related) -> Task:
    """The task for a relation of results; unknown where their number, a formula or a unit does not fit."""
    formulas = [formula_of(task) for task in related.of]
    counted = [token.text for token in request.tokens[1:2] if isinstance(token, Word) and token.text in ("bits", "nats")]
    own = units_in(pieces_of((*request.before, *request.tokens))) or (counted if request.verb == "how" else [])
    units = set(own) or {task.unit for task in related.of}
    if request.place.part is not None and related.of and related.of[0].unit:
        units -= {None}  # a part that says no unit goes on in that of the parts before it
    fits = len(formulas) == 1 + (related.kind != "root") or (len(formulas) > 2 and related.kind in ("sum", "average"))
    task = Task("unknown", request.place.part, request.span, request.text)
    if not fits or "" in formulas:
        return replace(task, note="it is not clear which results are meant")
    if len(units) > 1:
        return replace(task, note="the results are in different units")
    if len(set(formulas)) < len(formulas):
        return replace(task, note="both would be the same, so another one is meant")
    unit = next(iter(units))
    if related.kind == "comparison":
        roles = tuple(Role("asked", Math(request.span, request.place, False, name=each)) for each in formulas)
        return replace(task, form="comparison", roles=roles, unit=unit, related=True)
    total = " + ".join(formulas)
    whole = {"sum": total, "average": f"\\frac{{1}}{{{len(formulas)}}} ({total})"}.get(related.kind)
    asked = Math(request.span, request.place, False, name=whole or _FORMS[related.kind].format(*formulas))
    unit = None if related.kind == "ratio" else unit
    return replace(task, form="value", roles=(Role("asked", asked),), unit=unit, related=True)
