"""The tasks of a problem: its requests, each recognised by the table of forms or listed as unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from chainrule.errors import Diagnostic
from chainrule.inference.symbols import key
from chainrule.sheets.asked_of_each import Stem, asked_there, find_stems
from chainrule.sheets.blanks import with_asked
from chainrule.sheets.changes import without_changed
from chainrule.sheets.classifiers import Classifier, find_classifier, with_classifier, with_probabilities
from chainrule.sheets.clauses import Request, Tokens, find_requests, trimmed
from chainrule.sheets.constraints import with_constraint, with_projections
from chainrule.sheets.described import Given, find_given
from chainrule.sheets.elided_verbs import GOES_ON, verbs_apart, with_verb
from chainrule.sheets.functions import with_functions
from chainrule.sheets.implied_requests import combines, is_question, lists_names, seems_to_ask, with_implied
from chainrule.sheets.information.appositives import without_appositives
from chainrule.sheets.information.columns import with_columns
from chainrule.sheets.information.comparisons import compared_apart, recognise_comparison, shows_again
from chainrule.sheets.information.complements import with_complements
from chainrule.sheets.information.converted import recognise_converted
from chainrule.sheets.information.declared_logarithms import only_declares
from chainrule.sheets.information.differentiated import names_derivative, with_notation
from chainrule.sheets.information.distributions import find_distributions
from chainrule.sheets.information.earlier import refer_to_earlier
from chainrule.sheets.information.exchanged import ask_exchanged
from chainrule.sheets.information.generators import with_generators
from chainrule.sheets.information.introductions import find_known
from chainrule.sheets.information.judged import recognise_judged
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.logarithms import rules_above, units_of_logarithms, unread_logarithms
from chainrule.sheets.information.loss_phrases import with_losses
from chainrule.sheets.information.marginals import with_entropy_of_law
from chainrule.sheets.information.moments import asks_in_words, writes_moment
from chainrule.sheets.information.plain_requests import put_plainly
from chainrule.sheets.information.posteriors import with_posterior
from chainrule.sheets.information.predictions import with_predictions
from chainrule.sheets.information.related import recognise_related
from chainrule.sheets.information.replaced_things import ask_with_other_thing
from chainrule.sheets.information.requests import recognise_information, what_is_missing
from chainrule.sheets.information.result_letters import with_earlier_units, with_letters
from chainrule.sheets.information.rewording import reword
from chainrule.sheets.information.said_beside import settled
from chainrule.sheets.information.spoken_events import ask_of_event
from chainrule.sheets.information.subject import (
    claims_any,
    measures_amounts,
    measures_any,
    names_distributions,
    speaks_of_quantities,
    writes_quantity,
)
from chainrule.sheets.information.suppositions import common_names
from chainrule.sheets.information.symmetry import joined, recognise_symmetry
from chainrule.sheets.information.unread_changes import without_nameless, without_unread_changes
from chainrule.sheets.leads import announces, asked_by, breaks_off, implied, is_remark, leads, lists_derivatives, says_nothing
from chainrule.sheets.meant_results import with_result
from chainrule.sheets.named_formulas import Names, find_named, with_named
from chainrule.sheets.natural_units import without_natural_units
from chainrule.sheets.network_questions import find_whole, recognise_whole, with_parts, without_named_loss
from chainrule.sheets.notation import trees
from chainrule.sheets.own_functions import with_own_function
from chainrule.sheets.passes import with_passes
from chainrule.sheets.point_lists import Asked, at_points
from chainrule.sheets.points import not_at_points, unread_points, with_own_points, with_points
from chainrule.sheets.pronouns import Defined, find_defined, with_meant
from chainrule.sheets.quantity_words import notations_of, pieces_of
from chainrule.sheets.references import asks_of_steps, resolve
from chainrule.sheets.remarks import recognise_plainly
from chainrule.sheets.restrictions import without_held, without_restricted
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Grid, Item, Math, Role, Stated, Task
from chainrule.sheets.spoken_cases import without_cases
from chainrule.sheets.stated_descents import without_open
from chainrule.sheets.tables import is_read, read_tables
from chainrule.sheets.training_words import without_unread_training
from chainrule.sheets.unclear_units import without_unclear_units
from chainrule.sheets.unit_rules import find_unit_rules, unit_of_all
from chainrule.sheets.units import UnitRule, defined_units, units_in, with_spoken_units, with_units
from chainrule.sheets.unnamed_points import NO_FUNCTIONS, Functions, find_functions, with_named_start, without_start
from chainrule.sheets.values_elsewhere import without_elsewhere
from chainrule.sheets.values_of_all import with_values_of_all


@dataclass
class _Lead:
    """A sentence that items of a list complete, each to a request of its own; `own` is where its last request's tasks are.

    `here` is the block and part that were completed last. An announcing lead asks for nothing but what the items say.
    """

    sentence: Sentence
    own: slice
    here: tuple[int, str | None]
    request: Request
    announces: bool
    open: bool
    """It ends where something must follow, "with respect to:"."""
    used: bool = False


@dataclass
class _Finder:
    known: Distributions
    about: bool
    """The problem speaks of distributions."""
    names: Names = field(default_factory=dict[tuple[str, ...], str])
    """Words that the text gives to its formulas."""
    functions: Functions = NO_FUNCTIONS
    """Those that the text defines."""
    defined: Sequence[Defined] = ()
    """The formulas that are defined with a name, in the order of the text."""
    classifier: Classifier = field(default_factory=Classifier)
    given: Given = field(default_factory=Given)
    tasks: list[Task] = field(default_factory=list[Task])
    lead: _Lead | None = None

    def take(self, sentence: Sentence) -> None:
        requests = self._requests(sentence)
        started, listed = with_named_start(sentence, self.functions)
        if whole := find_whole(started, find_requests(started) if listed else requests, self.tasks):
            self.tasks.append(replace(whole, roles=(*whole.roles, *listed)))
            return
        lead = self.lead if self.lead and _belongs(self.lead, sentence) else None
        if requests:
            if lead and lead.announces:
                self._use(lead)
            first = len(self.tasks)
            found = at_points(requests)
            self._add(found[:-1], first)
            last = len(self.tasks)
            self._add(found[-1:], first)
            self.tasks[first:] = with_units(self.tasks[first:], unit_of_all(sentence))
            if lead is None or leads(sentence):
                here, own = (sentence.place.block, sentence.place.part), slice(last, len(self.tasks))
                self.lead = _Lead(sentence, own, here, requests[-1], announces(requests[-1]), leads(sentence))
        elif lead and not is_remark(sentence) and (lead.open or lead.announces or lists_derivatives(sentence)):
            if (sentence.place.block, sentence.place.part) != lead.here:
                self._complete(lead, sentence)
        elif self._asks_in_part(sentence, lead) or self._asks_further(sentence):
            self._read_item((implied("compute", sentence),), sentence)
        elif others := self._of_others(sentence) or self._not_understood(sentence):
            self.tasks.extend(others)
        elif lead is None and not (self.lead and self.lead.announces):
            self.lead = None

    def ask_there(self, stem: Stem, end: Sentence) -> None:
        """Ask the question above a part behind it."""
        first = len(self.tasks)
        asked = asked_there(stem, self._requests(replace(stem.of(end), place=end.place)), end)
        self._add(at_points(list(asked)), first)
        said = " ".join(stem.sentence.span.text.split())
        self.tasks[first:] = [replace(task, span=end.span, text=said) for task in self.tasks[first:]]

    def _requests(self, sentence: Sentence) -> list[Request]:
        """The requests of a sentence, in plain words where the problem speaks of distributions."""
        found = find_requests(with_constraint(sentence))
        found = [replace(each, written=sentence.said) for each in found] if sentence.said else found
        found = [without_named_loss(without_cases(each), self.given.computed) for each in found]
        found = [without_start(without_elsewhere(r, self.given.numbers), self.given.numbers, self.tasks) for r in found]
        found = [with_meant(each, () if i else self.defined, self.tasks) for i, each in enumerate(found)]
        requests = [with_own_function(with_generators(request, self.tasks), self.functions) for request in found]
        return put_plainly(compared_apart(requests, self.tasks), self.known, self.about)

    def _add(self, found: Iterable[Asked], first: int) -> None:
        """Recognise requests; the tasks of their sentence begin at `first`."""
        for asked in found:
            before = len(self.tasks)
            if asked.unread:
                self.tasks += [unread_points(request, asked.unread) for request in asked.requests]
                continue
            for request in (request for point in asked.points for request in point):
                self._add_one(request, first, before)
            if asked.points and not any(task.form == "unknown" for task in self.tasks[before:]):
                continue
            del self.tasks[before:]
            for request in asked.requests:
                self._add_one(request, first, len(self.tasks))
            if asked.points:
                self.tasks[before:] = not_at_points(self.tasks[before:], asked.requests[-1])

    def _add_one(self, written: Request, first: int, earlier: int) -> None:
        """Recognise one request; it may refer to the tasks before `earlier`."""
        before = len(self.tasks)
        names = [each.name for each in self.known.known if each.defined and key(each.name) not in self.given.numbers]
        written = with_probabilities(written, self.classifier, names) if self.about and not self.known.softmax else written
        written = with_entropy_of_law(written, self.tasks, self.known) if self.about else written
        written = with_letters(with_predictions(written, self.known), self.tasks, self.known) if self.about else written
        request = with_functions(with_named(with_result(without_held(written), self.tasks), self.names))
        if other := recognise_whole(request, self.tasks):
            self.tasks.append(other)
            return
        if again := self._of_results(request, self.tasks[:earlier]):
            unit = again[0].unit if again[0].related else None  # "... and their average, in bits"
            self.tasks[first:] = [replace(task, unit=task.unit or unit) for task in self.tasks[first:]]
            self.tasks.extend(again)
        elif symmetry := recognise_symmetry(request, self.tasks):
            self._add_symmetry(symmetry)
        elif again := ask_exchanged(request, self.tasks[:earlier]):
            self.tasks.extend(again)
        else:
            asked = request if self.known.softmax is not None else with_classifier(request, self.classifier)
            asked = with_notation(asked, self.known) if self.about else asked
            common = self.known, self.about, self.given, self.tasks
            silent = says_nothing(request, self.tasks) or shows_again(request, self.tasks)
            for task in () if silent else recognise_plainly(asked, *common):
                self.tasks.extend(resolve(task, self.tasks, self.tasks[first:], self.given.numbers))
        if written.listed or written.points:
            self.tasks[before:] = with_own_points(self.tasks[before:], written)

    def _of_results(self, request: Request, before: Sequence[Task]) -> list[Task]:
        """The tasks of a request that refers to earlier results or sets quantities beside each other."""
        again = ask_of_event(request, self.tasks, self.known) or recognise_converted(request, self.tasks)
        again = again or ask_with_other_thing(request, before, self.known)
        again = again or ([] if recognise_symmetry(request, self.tasks) else recognise_comparison(request, self.tasks))
        again = again or (recognise_judged(request, self.tasks, self.known) if self.about else [])
        return again or recognise_related(request, before, self.known, self.about) or refer_to_earlier(request, before)

    def _asks_in_part(self, sentence: Sentence, lead: _Lead | None) -> bool:
        """What can only be asked for, as it stands in a part of its own."""
        if sentence.place.part is None or sentence.end == GOES_ON:
            return sentence.end == GOES_ON
        listed = lists_derivatives(sentence) or names_derivative(sentence) or self._lists_quantities(sentence)
        listed = listed or (lead is None and lists_names(sentence, self.given.computed))
        return listed or self._names_quantities(sentence)

    def _asks_further(self, sentence: Sentence) -> bool:
        """ "And its perplexity?" behind a question; "Entropy of $P$?" anywhere."""
        found = self._quantities_in(sentence) if sentence.end == "?" and not sentence.place.heading else []
        first = sentence.tokens[0]
        joined = isinstance(first, Word) and first.text in ("and", "also", "what") and bool(self.tasks)
        return bool(found) and (joined or all(task.math("asked") for task in found))

    def _of_others(self, sentence: Sentence) -> list[Task]:
        """ "And of $Q$?", "By how much do they differ?" behind a question: never is it passed over."""
        first, *rest = sentence.tokens
        if not isinstance(first, Word) or not self.tasks or sentence.place.heading:
            return []
        joins = first.text in ("and", "now", "then", "also")
        asked = Request(first.text, trimmed(tuple(rest)), (), sentence.place, sentence.tokens)
        whole = replace(asked, verb="what", tokens=trimmed(sentence.tokens)) if not joins else replace(asked, verb="what")
        found = self._of_results(whole, self.tasks) or ask_exchanged(whole, self.tasks)
        if found or sentence.end != "?" or first.text not in ("and", "now"):
            return found
        return refer_to_earlier(asked, self.tasks) or [Task("unknown", asked.place.part, asked.span, asked.text)]

    def _not_understood(self, sentence: Sentence) -> list[Task]:
        """A question, "Also its perplexity.", or a part that only names a quantity, of which nothing is understood."""
        asks = seems_to_ask(sentence, bool(self.tasks)) if self.about else asks_of_steps(sentence, self.tasks)
        if sentence.place.heading or not (asks or is_question(sentence) or combines(sentence, bool(self.tasks))):
            return []
        written = trimmed(sentence.tokens) or sentence.tokens
        asked = Request(written[0].text, written, (), sentence.place, written)
        quantity, missing = what_is_missing(asked, self.known)
        return [Task("unknown", asked.place.part, asked.span, asked.text, quantity=quantity, note=missing)]

    def _names_quantities(self, sentence: Sentence) -> bool:
        """A part that only names quantities and what they are of: "the entropy of $P$ in bits"."""
        if sentence.place.heading or sentence.end == "?":
            return False
        found = self._quantities_in(sentence)
        return bool(found) and all(task.math("asked") for task in found)

    def _quantities_in(self, sentence: Sentence) -> list[Task]:
        asked = Request("compute", trimmed(sentence.tokens), (), sentence.place, sentence.tokens)
        return recognise_information(without_appositives(asked, self.known), self.known, self.about)

    def _lists_quantities(self, sentence: Sentence) -> bool:
        """Nothing but entropies and divergences."""
        formulas = [token for token in sentence.tokens if isinstance(token, Math) and not token.illustration]
        found = [notations_of(math) for math in formulas]
        sure = all(notation.sure for notations in found for notation in notations)
        return sentence.only_formulas and bool(found) and all(found) and (sure or self.about)

    def _add_symmetry(self, task: Task) -> None:
        """One question may be asked twice in other words; it is of the two distributions that there are."""
        pair = self.known.for_request(task.part, task.span).pair() if not task.math("asked") else ()
        last = next((t for t in reversed(self.tasks) if t.form == "information" and t.part == task.part), task)
        task = replace(task, roles=(*task.roles, *(Role("asked", math) for math in pair)), unit=task.unit or last.unit)
        both = joined(self.tasks[-1], task) if self.tasks else None
        self.tasks[len(self.tasks) - (both is not None) :] = [both or task]

    def _use(self, lead: _Lead) -> None:
        """The last request of a lead is what its items make of it, unless it stands for itself: no longer a task of its own."""
        if not lead.used:
            lead.used = True
            replaced = lead.open or lead.announces
            self.tasks[lead.own] = [task for task in self.tasks[lead.own] if not (replaced or task.form == "unknown")]

    def _complete(self, lead: _Lead, sentence: Sentence) -> None:
        """Read the lead with this item behind it."""
        self._use(lead)
        lead.here = (sentence.place.block, sentence.place.part)
        if lead.open and not lead.announces:
            self._read_item(lead.sentence.tokens, sentence)
        else:
            first = len(self.tasks)
            asking = asked_by(lead.request, sentence, announced=lead.announces)
            self._read_item((*lead.request.before, *asking), sentence)
            units = units_in(pieces_of(lead.request.tokens)) if lead.announces else ()
            self.tasks[first:] = with_units(self.tasks[first:], [UnitRule(None, units, again=False)] if units else [])

    def _read_item(self, before: Tokens, sentence: Sentence) -> None:
        """An item as the end of a sentence that begins with other words."""
        whole = Sentence(before + sentence.tokens, sentence.place, sentence.end)
        first = len(self.tasks)
        start = sentence.tokens[0].span.start
        asked = [request for request in self._requests(whole) if request.written[-1].span.start >= start]
        self._add(at_points(asked), first)
        self.tasks[first:] = [replace(task, span=sentence.span) for task in self.tasks[first:]]


@dataclass(frozen=True)
class Said:
    """What the words of a problem ask and state, and what is said of how they were read."""

    tasks: tuple[Task, ...]
    stated: tuple[Stated, ...]
    diagnostics: tuple[Diagnostic, ...]


def find_tasks(items: Iterable[Item]) -> tuple[Task, ...]:
    """What the problem asks, in reading order."""
    return read_words(items).tasks


def read_words(items: Iterable[Item], before: Iterable[Item] = (), grids: Sequence[Grid] = ()) -> Said:
    """What the sentences of a problem ask and state. before: what stands before all problems. grids: the tables."""
    around = find_sentences(before)
    found = with_projections([with_passes(with_asked(each)) for each in find_sentences(items)])
    found = without_natural_units(with_implied([*map(with_verb, found)]), around)
    written = [reword(each, grids) for each in with_losses(with_values_of_all(found))]
    speaking = any(map(speaks_of_quantities, written))
    about = speaking or names_distributions(written) or measures_amounts(written, around) or any(map(asks_in_words, written))
    about = about or claims_any(written)
    of_moments = about or any(map(writes_moment, written))
    asking = speaking or of_moments or any(map(writes_quantity, written))
    read = read_tables(grids)
    tables = [tree for table in read for tree in table.statements]
    written, gained = with_columns(written, tables) if asking else (written, [])
    sentences, stated, notes = find_distributions(written, tables) if asking else (written, [], [])
    names = [key(tree) for each in stated for tree in trees(each.name)]
    complements = [*with_complements(sentences, tables, names), *with_posterior(sentences, names)] if asking else []
    tables, stated = [*tables, *(each.tree for each in complements)], [*stated, *complements]
    about = about or measures_any(written, [each.name for each in stated]) or (of_moments and bool(stated))
    if not about:
        sentences, stated, notes = written, [], []
    known = find_known(sentences, stated, notes, tables, grids, around) if about else Distributions()
    finder = _Finder(
        replace(known, common=common_names(sentences)) if about else known,
        about,
        find_named((*around, *sentences)),
        find_functions((*around, *sentences)),
        find_defined(sentences),
        classifier=find_classifier((*around, *sentences)),
        given=find_given((*around, *sentences)),
    )
    last = len(sentences) > 1 and sentences[-1].place.block != sentences[-2].place.block and not sentences[-1].place.heading
    rules = find_unit_rules(sentences, closing=last) if about else [(each, None) for each in sentences]
    stems, asked = find_stems(sentences, about), None
    for sentence, rule in rules:
        stem = any(sentence is each.sentence for each in stems)
        if rule is None and not only_declares(sentence) and not stem and not is_read(sentence.span, read):
            pieces = verbs_apart(sentence, asked)
            for piece in pieces:
                finder.take(piece)
            asked = replace(asked, end=sentence.end) if asked and pieces[-1].end == GOES_ON else sentence
        for stem in stems:
            if any(sentence is end for end in stem.ends):
                finder.ask_there(stem, sentence)
    own = [*(rule for _, rule in rules if rule), *units_of_logarithms(sentences)]
    above = rules_above(around) if about and not own else []
    defined = defined_units(sentences) if about else {}
    tasks = with_units(finder.tasks, own or above)
    tasks = [replace(task, unit=task.unit or defined.get(task.quantity)) for task in tasks]
    tasks = with_parts(without_unclear_units(with_spoken_units(tasks, sentences), [*around, *sentences]), written)
    tasks = with_earlier_units(tasks) if about else tasks
    unread = unread_logarithms([*around, *written]) if about else []
    tasks = without_restricted(without_changed(tasks, written), [*around, *written])
    tasks = without_open(without_unread_training(tasks, written, around, grids), finder.given.numbers)
    tasks = without_nameless(without_unread_changes(tasks, sentences, stated), sentences, stated) if about else tasks
    tasks = settled(tasks, [*around, *sentences], finder.known.variables, grids)
    return Said(with_points(tasks, written), tuple(stated), (*gained, *notes, *unread))


def _belongs(lead: _Lead, sentence: Sentence) -> bool:
    """The sentence stands in a list under the lead, in a labelled part of its part, or, of "Then find, in bits," between
    parts, in one of those behind it.
    """
    place, outer = sentence.place, lead.sentence.place
    part, own = place.part or "", outer.part or ""
    if place.heading or part == own:
        return not place.heading and place.nesting > outer.nesting
    between = breaks_off(lead.sentence) and bool(part and own) and not (lead.here[1] or "").startswith(f"{own}.")
    beside = between and part.rpartition(".")[0] == own.rpartition(".")[0]
    return place.nesting > outer.nesting or (bool(part) and part.startswith(f"{own}." if own else "")) or beside
