"""Requests for entropies and divergences: "the KL divergence between $P$ and $Q$ in bits", "Calculate $H(X)$ and $I(X; Y)$".

As with every form, all words between the verb and what it asks for must be known; else the request is none of these.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from chainrule.inference.literals import number
from chainrule.inference.symbols import key
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import FIND, words
from chainrule.sheets.information.appositives import disagreement
from chainrule.sheets.information.argument_formulas import is_event, probability_in
from chainrule.sheets.information.asked import Argument, Asked, Group
from chainrule.sheets.information.batches import ask_of_batch
from chainrule.sheets.information.binary_labels import labels_asked
from chainrule.sheets.information.coding_questions import recognise_coding
from chainrule.sheets.information.described_notations import with_notations_alone
from chainrule.sheets.information.earlier import without_place
from chainrule.sheets.information.given_events import conditioned, of_joint
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.label_phrases import ORDINALS
from chainrule.sheets.information.laws_of import without_laws
from chainrule.sheets.information.leading_clauses import unread_lead
from chainrule.sheets.information.members import are_same
from chainrule.sheets.information.nouns import NOUNS
from chainrule.sheets.information.orders import completed, directed, measured_on, with_model
from chainrule.sheets.information.others import asked_of
from chainrule.sheets.information.outcome_words import with_outcome
from chainrule.sheets.information.reading import read_information
from chainrule.sheets.information.scene import variables_of, with_owner, without_scene
from chainrule.sheets.information.sequences import ask_of_turns
from chainrule.sheets.information.spoken_events import ONLY_EVENT
from chainrule.sheets.information.standing import standing_of
from chainrule.sheets.information.suppositions import supposes_otherwise
from chainrule.sheets.information.unknown_nouns import with_known_noun
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Notation, joins_letters, notations_of, parts_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Place, Role, Task
from chainrule.sheets.units import units_in

_VERBS = FIND - {"differentiate"} | words("report express estimate do perform show deduce conclude")
_ROWS = {quantity.name: quantity for quantity in QUANTITIES}
_CONDITIONS = words("given under")
_RELATING = words("given under relative from to on")
"""What joins two distributions to one quantity of both; an entropy of one distribution has none of it."""
_EACH = words("distributions both variables two marginals")
_PRONOUNS = words("its it this that")
_OUTCOMES = words("outcome word token symbol letter character event")
_ONE_THROW = words("toss throw roll flip coin die single draw")


def recognise_information(request: Request, known: Distributions, about: bool) -> list[Task]:
    """The tasks of a request that asks only for such quantities, words of its scene left out; none for any other.

    about: the problem speaks of distributions, so that `H(X)` is an entropy and not a function.
    """
    request = with_owner(request, known.for_request(request.place.part, request.span)) if about else request
    found = _recognised(request, known, about)
    own = None if found or not about else without_scene(request, known.for_request(request.place.part, request.span))
    found = found if own is None else _recognised(own, known, about)
    alone = None if found or not about else with_notations_alone(request)
    return found if alone is None else _recognised(alone, known, about)


def _recognised(request: Request, known: Distributions, about: bool) -> list[Task]:
    request = without_laws(request)
    turns = known.turns if known.turns is not None and request.verb in _VERBS | {"how"} else None
    turns = None if turns is not None and known.single() and not turns.tabled else turns
    if turns is not None and (asked := ask_of_turns(request, turns)):
        return asked
    if known.batch is not None and request.verb in _VERBS and (asked := ask_of_batch(request, known.batch)):
        return asked
    coding = recognise_coding(request, known.for_request(request.place.part, request.span))
    if request.verb == "how" or coding:
        return coding
    if request.verb not in _VERBS or supposes_otherwise(request, known) or unread_lead(request):
        return []
    known = known.for_request(request.place.part, request.span)
    placed = without_place(request, known)
    if placed is None:
        return []
    placed, labels = labels_asked(placed) if known.standing("estimated") is not None else (placed, ())
    reading = read_information(with_outcome(placed, known).tokens, request.place, known.own_nouns())
    if not all(_is_told(argument, known) for group in reading.groups for argument in group.arguments):
        return []
    asked = [(group, each) for group in reading.groups for each in group.quantities]
    if asked and reading.unknown and about and (named := with_known_noun(placed, known, reading.unknown)) is not None:
        return [replace(task, note=named[1]) for task in _recognised(named[0], known, about) if not task.note]
    if not asked or not reading.complete or not (reading.sure or about):
        return []
    if labels:
        found = [_for_labels(request, each, labels, known) if not group.arguments else [] for group, each in asked]
        return (
            [replace(task, unit=unit) for tasks in found for task in tasks for unit in reading.units_of(0) or (None,)]
            if all(found)
            else []
        )
    found = [_tasks(request, group, each, known) if _is_clear(request, group, each, known) else [] for group, each in asked]
    if not all(found):
        return []
    happened = [role.math for role in reading.others if is_event(role.math) and known.is_variable(role.math)]
    found = [conditioned(request, tasks, happened, known) for tasks in found]
    reading.others = [role for role in reading.others if role.math not in happened]
    if not all(found):
        return []
    if reading.both:
        found = [[each for task in tasks for each in (task, _reversed(task))] for tasks in found]
    before: Sequence[str | None] = units_in(pieces_of(request.before)) or (None,)
    others = tuple(reading.others)
    return [
        replace(task, unit=unit, roles=task.roles + others)
        for place, tasks in enumerate(found)
        for task in tasks
        for unit in reading.units_of(place) or before
    ]


def what_is_missing(request: Request, known: Distributions) -> tuple[str, str]:
    """The row and what is not known of a request that names a quantity and is none of these; "" twice for any other."""
    pieces = pieces_of(request.tokens)
    named = [quantity_at(pieces, index) for index in range(len(pieces))]
    quantity = next((each.quantity for each in named if each is not None), None)
    if quantity is None:
        return "", ""
    if clash := disagreement(request):
        return quantity.name, clash
    if lead := unread_lead(request):
        return quantity.name, f'what "{lead}" says is not understood'
    known = known.for_request(request.place.part, request.span)
    if without_place(request, known) is None:
        return quantity.name, "a name in it was said anew since the part that it refers to"
    reading = read_information(request.tokens, request.place)
    if reading.unknown:
        said = ", ".join(f'"{word}"' for word in dict.fromkeys(reading.unknown))
        return quantity.name, f"what {said} says of the {quantity.title} is not understood"
    several = quantity.distributions > 1 or quantity.joint
    if not several and (single := known.single()) and known.is_repeated(single[0]):
        return quantity.name, f"it is not clear whether the {quantity.title} of one throw or of all throws together is asked"
    what = "which distributions" if several else "which distribution"
    names = ", ".join(math.text for math in known.all())
    return quantity.name, f"it is not clear of {what} the {quantity.title} is asked" + (f"; there are {names}" if names else "")


def _is_told(argument: Argument, known: Distributions) -> bool:
    """Whether nouns that only the text has name one of its distributions."""
    captioned = any(" " in noun for noun in argument.nouns)
    return captioned or NOUNS.issuperset(argument.nouns) or argument.math is not None or bool(known.named_by(argument.nouns))


def _is_clear(request: Request, group: Group, asked: Asked, known: Distributions) -> bool:
    """Whether words that stand for the only distribution cannot mean another thing that the text speaks of."""
    if asked.notation is not None or asked.quantity is None or asked.quantity.distributions != 1 or asked.quantity.joint:
        return True
    said = [token.text if isinstance(token, Word) else "" for token in request.tokens]
    meant = any(one in ("this", "that") and other in _OUTCOMES for one, other in pairwise(said))
    told = known.told() or known.outcome(ONLY_EVENT)
    if asked.quantity.name == "surprisal" and meant and any(each.math is None for each in group.arguments) and not told:
        return False
    single = known.single()
    pronoun = not _PRONOUNS.isdisjoint(said)
    plain = [argument.nouns for argument in group.arguments if _is_plain(argument) and _place(argument) is None]
    plain = [nouns for nouns in plain if known.single() or not known.named_by(nouns)]
    bare = not group.arguments
    if (bare and "marginal" in said and known.is_joint()) or (known.more and not known.all() and (plain or bare)):
        return False
    if single and known.is_repeated(single[0]) and all(_ONE_THROW.isdisjoint(nouns) for nouns in plain) and (plain or bare):
        return False
    if single:
        fits = all(known.fits(single[0], nouns) for nouns in plain)
        return fits and not ((bare or (pronoun and plain)) and not asked.plural and not known.is_nearest(single[0]))
    if known.all():
        beside = not (isinstance(first := request.written[0], Word) and first.text == request.verb)
        return asked.plural or beside or not (plain or bare)
    return all(known.fits_unnamed(nouns, pronoun) for nouns in plain) and (not bare or known.fits_unnamed((), pronoun))


def _tasks(request: Request, group: Group, asked: Asked, known: Distributions) -> list[Task]:
    """The tasks for one quantity; none where what it is of is not known."""
    order = (Role("order", asked.order),) if asked.order else ()
    task = Task("information", request.place.part, request.span, request.text, order)
    if asked.notation is not None and asked.binary and not (asked.defined or known.defines(asked.notation)):
        return _binary(replace(task, quantity="entropy"), [Argument(math) for math in parts_of(asked.notation)[0]], known)
    if asked.notation is not None and _is_of_others(asked.notation, group, known):
        return []
    if asked.notation is not None:
        name = asked.quantity.name if asked.quantity else asked.notation.quantity
        beside = tuple(Role("mention", a.math) for a in group.arguments if a.math)
        found = _of_notation(task, asked, asked.notation, name)
        return [replace(found, roles=(*found.roles, *beside))]
    assert asked.quantity is not None
    task = replace(task, quantity=asked.quantity.name)
    if asked.quantity.name == "surprisal" and asked.plural and not group.arguments and (two := known.both_outcomes()):
        both = any(isinstance(token, Word) and token.text in ("both", "two") for token in request.tokens)
        if both:
            return [_with(task, (Math(request.span, request.place, display=False, name=each),)) for each in two]
    if not group.arguments and asked.plural and asked.quantity.distributions == 1 and not asked.quantity.joint:
        return [_with(task, (math,)) for math in known.all()] or [replace(task, every=True)]
    if asked.quantity.name == "cross_entropy" and not group.arguments and len(known.correct) == 1 and not known.all():
        note = "of a one-hot label the cross-entropy is the surprisal of what is correct"
        return [_with(replace(task, quantity="surprisal"), known.correct, note)]
    if not group.arguments:
        later = known.more and not known.all()
        return [] if later else _of_two_outcomes(task, known) if asked.binary else [_of_the_problem(task, asked, known)]
    if asked.binary:
        return _binary(task, group.arguments, known)
    return _of_arguments(task, asked.quantity, group, asked.reverse, known)


def _is_of_others(notation: Notation, group: Group, known: Distributions) -> bool:
    """Whether words say that a notation is of other distributions than it has, "the entropy $H(P)$ of $Q$"."""
    own = notation.arguments
    named = [math for argument in group.arguments if (math := argument.math) is not None and known.is_named(math)]
    defined = {each.name for each in known.known if each.defined}
    if not defined.issuperset(map(key, own)):
        return False
    return not all(any(are_same(tree, each, known.members) for tree in trees(math) for each in own) for math in named)


def _of_notation(task: Task, asked: Asked, notation: Notation, name: str) -> Task:
    """The task of a notation: of its arguments where the row is known and the notation is the sheet's own, `JS(P, Q)`."""
    row = _ROWS.get(name)
    if asked.quantity is None and len(notation.arguments) == 1 and number(notation.arguments[0]) is not None:
        return _with(task, (notation.math,))
    task = replace(task, quantity=name)
    if row is None or not (row.order or asked.defined or joins_letters(notation)):
        return _with(task, (notation.math,))
    of, below = parts_of(notation)
    if row.order and asked.order is None and below is not None:
        task = replace(task, roles=(*task.roles, Role("order", below)))
    written = (Role("notation", notation.math),) if of else ()
    return _with(replace(task, roles=(*task.roles, *written)), of or (notation.math,))


def _reversed(task: Task) -> Task:
    """The same of its distributions in the other order."""
    asked = [role for role in task.roles if role.name == "asked"]
    if len(asked) == 1 and (notations := notations_of(asked[0].math)):
        (made,) = asked_of(task, parts_of(notations[0])[0][::-1]) or [task]
        return made
    others = tuple(role for role in task.roles if role.name != "asked")
    return replace(task, roles=(*asked[::-1], *others), reverse=not asked)


def _with(task: Task, of: Sequence[Math], note: str = "") -> Task:
    return replace(task, roles=(*(Role("asked", math) for math in of), *task.roles), note=note)


def _of_the_problem(task: Task, asked: Asked, known: Distributions) -> Task:
    """ "Compute the cross-entropy loss": of the distributions that the text has for it, if it tells."""
    quantity = asked.quantity
    assert quantity is not None
    if quantity.name == "surprisal" and not known.all() and (event := known.outcome(ONLY_EVENT)):
        return _with(task, (Math(task.span, Place(task.part, 0), False, name=event),))
    single = variables_of(task, quantity, known) if quantity.joint else known.single()
    of = known.pair() if quantity.distributions == 2 else single
    told = len(of) != 2 or [known.called(math) for math in of] == ["true", "estimated"]
    made = _with(task, of[::-1] if asked.reverse else of)
    return replace(made, reverse=asked.reverse and not of, every=asked.plural, untold=not told)


def _of_arguments(task: Task, quantity: Quantity, group: Group, reverse: bool, known: Distributions) -> list[Task]:
    if quantity.name == "surprisal" and (outcomes := _outcomes(task, group, known)) is not None:
        return [_with(task, (math,)) for math in outcomes]
    if any(each.labelled and each.math is not None and each.math.text[:1].isdigit() for each in group.arguments):
        return []
    if quantity.name == "surprisal" and (places := [_place(a) for a in group.arguments]) != [None] * len(places):
        match group.arguments, places:
            case [_, Argument(math=Math() as named, joint="of" | "under")], [int(place), None]:
                return [_with(task, (math,)) for math in known.entry(place, named)]
            case _:
                pass
        entries = [math for place in places if place is not None for math in known.entry(place)]
        return [_with(task, (math,)) for math in entries] if len(entries) == len(places) else []
    if quantity.distributions == 1 and len(group.arguments) == 1 and _is_plain(group.arguments[0]) and not known.single():
        return [_with(task, known.named_by(group.arguments[0].nouns))]
    found = [_resolved_beside(argument, group, known) for argument in group.arguments]
    of = [math for maths in found for math in maths]
    in_words = any(argument.math is None for argument in group.arguments)
    if not all(found) or (quantity.distributions == 2 and len(of) == 2 and of[0] == of[1] and in_words):
        return []
    joints = [argument.joint for argument in group.arguments[1:]]
    if quantity.name == "entropy" and joints == ["given"]:
        return of_joint(replace(task, quantity="conditional_entropy"), of)
    if quantity.joint:
        return of_joint(task, of)
    if quantity.name == "perplexity" and joints == ["on"] and len(of) == 2:
        return [_with(replace(task, quantity="cross_perplexity"), of[::-1], measured_on(of))]
    if quantity.distributions == 1:
        return [] if _RELATING.intersection(joints) else [_with(task, (math,)) for math in of]
    if _CONDITIONS.intersection(joints):
        return []
    if len(of) == 1:
        of = completed(of[0], known) or (with_model(of[0], known) if group.link == "on" else [])
    if len(of) != 2:
        return []
    ordered, note = directed(quantity, of, group.link, joints, known)
    task = replace(task, untold=any(len(maths) > 1 for maths in found))
    return [_with(task, ordered[::-1] if reverse else ordered, note)]


def _resolved_beside(argument: Argument, group: Group, known: Distributions) -> Sequence[Math]:
    """The formulas of an argument; words beside a formula mean another one than that, "from this distribution to $Q$"."""
    found = _resolved(argument, known)
    others = [trees(each.math) for each in group.arguments if each.math is not None]
    if argument.math is not None or (found and not any(trees(math) in others for math in found)):
        return found
    named = [each for each in known.all() if trees(each) in others]
    return _resolved(argument, known.without(named[0])) if len(named) == 1 else found


def _outcomes(task: Task, group: Group, known: Distributions) -> list[Math] | None:
    """The probabilities of the outcomes that words name, "the outcome tails", "this outcome"; None where they name none."""
    found: list[Math] = []
    for argument in group.arguments:
        math, span = argument.math, argument.math.span if argument.math is not None else task.span
        label = math.text if math is not None else known.told() if argument.nouns == ["outcome"] else ONLY_EVENT
        notation = known.outcome(label) if label or _OUTCOMES.issuperset(argument.nouns) else ""
        if not notation:
            return None
        found.append(Math(span, Place(task.part, 0), False, name=notation))
    return found or None


def _binary(task: Task, arguments: Sequence[Argument], known: Distributions) -> list[Task]:
    """The entropy or cross-entropy of Bernoulli distributions, of which the words give the probabilities: numbers, no vectors.

    What the text calls a distribution is one already.
    """
    row = _ROWS[task.quantity]
    of = [argument.math for argument in arguments if argument.math is not None]
    names = [probability_in(math) for math in of]
    if row.distributions == 1 and len(of) == 1 and known.is_named(of[0]) and not known.is_number(of[0]):
        return [_with(task, of)]
    if not of or len(of) != len(arguments) or (len(of) != row.distributions > 1) or not all(names):
        return []
    made = [replace(math, name=f"\\mathrm{{Bern}}({name})") for math, name in zip(of, names, strict=True)]
    many = "a Bernoulli distribution" if row.distributions == 1 else "two Bernoulli distributions"
    note = f"the binary {row.title} is that of {many}"
    return [_with(task, made, note)] if row.distributions > 1 else [_with(task, (math,), note) for math in made]


def _of_two_outcomes(task: Task, known: Distributions) -> list[Task]:
    """The binary cross-entropy of the label and the prediction that the text has."""
    pair = known.pair()
    if len(pair) != 2 or not all(map(known.is_binary, pair)) or [known.called(math) for math in pair] != ["true", "estimated"]:
        return []
    return [_with(task, [_as_bernoulli(math, known) for math in pair])]


def _for_labels(request: Request, asked: Asked, labels: Sequence[str], known: Distributions) -> list[Task]:
    """The cross-entropy of a prediction for each of these labels, 0 or 1."""
    prediction = known.standing("estimated")
    row = asked.quantity.name if asked.quantity is not None else ""
    if row != "cross_entropy" or asked.notation is not None or prediction is None or not known.is_binary(prediction):
        return []
    task = Task("information", request.place.part, request.span, request.text, quantity=row)
    made = [Math(request.span, request.place, False, name=f"\\mathrm{{Bern}}({label})") for label in labels]
    return [_with(task, (label, _as_bernoulli(prediction, known))) for label in made]


def _as_bernoulli(math: Math, known: Distributions) -> Math:
    """The distribution: itself, or of 0 and 1 where it is the probability of 1."""
    return replace(math, name=f"\\mathrm{{Bern}}({math.text})") if known.is_number(math) else math


def _resolved(argument: Argument, known: Distributions) -> Sequence[Math]:
    """The formula of an argument, or those that its words mean."""
    if argument.math is not None:
        return (argument.math,)
    if captions := [noun for noun in argument.nouns if " " in noun]:
        return known.captioned(captions[0]) if len(captions) == 1 else ()
    standing = standing_of(argument.nouns)
    if standing:
        only = known.standing(standing)
        return (only,) if only and known.fits(only, argument.nouns) else ()
    if argument.every:
        return known.all() if all(known.fits(math, argument.nouns) for math in known.all()) else ()
    if found := _EACH.intersection(argument.nouns):
        return known.all() if len(known.all()) == 2 or found.isdisjoint(("both", "two")) else ()
    single = known.single()
    if not single:
        return known.named_by(argument.nouns)
    return single if known.fits(single[0], argument.nouns) else ()


def _place(argument: Argument) -> int | None:
    """Which outcome "the first outcome" is; None for anything else."""
    said = [noun for noun in argument.nouns if noun not in _OUTCOMES]
    return ORDINALS[said[0]] - 1 if argument.math is None and len(said) == 1 and said[0] in ORDINALS else None


def _is_plain(argument: Argument) -> bool:
    """ "of the source": words that tell nothing of which distribution it is."""
    named = argument.every or _EACH.intersection(argument.nouns) or any(" " in noun for noun in argument.nouns)
    return argument.math is None and not standing_of(argument.nouns) and not named
