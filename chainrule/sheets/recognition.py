"""A request against the table of forms."""

from dataclasses import replace
from itertools import pairwise

from chainrule.inference.statements import head_parts
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.constraints import is_constrained, without_constraint
from chainrule.sheets.forms import (
    CLAIM,
    DOCUMENT,
    EDIT,
    EXPRESS,
    FIND,
    FORMS,
    NEUTRAL,
    QUANTITY,
    REFERENCES,
    REFUSED,
    VERBS,
    Form,
    Need,
    words,
)
from chainrule.sheets.groups import COMPUTED, VARIABLES
from chainrule.sheets.information.argument_formulas import is_event
from chainrule.sheets.information.claims import claim_of_quantities, law_in_words
from chainrule.sheets.information.introduced import without_names
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.measured import with_measure, without_measure
from chainrule.sheets.information.qualifiers import unread_qualifiers
from chainrule.sheets.information.requests import recognise_information, what_is_missing
from chainrule.sheets.network_phrases import put_plainly
from chainrule.sheets.notation import declares, is_claim, is_operator, look, statements, states_identity
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.programs import without_program
from chainrule.sheets.quantity_words import pieces_of, states_quantity
from chainrule.sheets.readings import Reading, read_request
from chainrule.sheets.references import asks_again, without_part
from chainrule.sheets.said_numbers import without_number
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import FormName, Group, Math, Role, Task
from chainrule.sheets.units import units_in
from chainrule.syntax.tree import Relation

FORM_OF = {form.name: form for form in reversed(FORMS)}
_QUANTITIES = ("definition", "other")


def recognise(request: Request, known: Distributions | None = None, about: bool = False) -> list[Task]:
    """A task for each form that fits; an unknown one if none does, or if a formula that is asked for fits none.

    known: the distributions of the problem. about: it speaks of distributions.
    """
    if _is_stray(request):
        return [_task("stray", request, ())]
    if (computed := without_program(request)) is not None:
        tasks = recognise(computed, known, about)
        return tasks if any(task.form == "unknown" for task in tasks) else [*tasks, _task("code", request, ())]
    if information := recognise_information(request, known or Distributions(), about):
        return information
    request = put_plainly(without_number(request))
    written = request
    if happened := [t for t in request.tokens if known and isinstance(t, Math) and is_event(t) and known.is_variable(t)]:
        said = ", ".join(math.text for math in happened)
        return [replace(_unknown(request, read_request(request)), note=f"what {said} says of it is not understood")]
    if unread := unread_qualifiers(without_constraint(request)):
        said = ", ".join(f'"{word}"' for word in unread)
        return [replace(_unknown(request, read_request(request)), note=f"what {said} says of it is not understood")]
    simplex = is_constrained(request)
    if simplex is None:
        return [replace(_unknown(request, read_request(request)), note="what it says of a constraint is not understood")]
    request, units = without_measure(without_names(without_part(without_constraint(request))))
    reading = read_request(request)
    if (claim := claim_of_quantities(request) or _claim(request, about)) is not None:
        task = _task("claim", request, (Role("asked", claim),))
        return [replace(task, unit=unit) for unit in units] or [task]
    if about and (law := law_in_words(request)) is not None:
        return [replace(law, unit=unit) for unit in units] or [law]
    asked = reading.formulas("asked")
    found: list[Form] = []
    taken: list[Math] = []
    tasks: list[Task] = []
    for form in FORMS if REFUSED.isdisjoint(reading.text) else ():
        if found and form.family != found[0].family:
            break
        offered = [math for math in asked if math not in taken]
        if any(before.name in (form.name, "repeat") or (before.name, offered) == ("forward", []) for before in found):
            continue
        if _fits(form, request, reading, offered):
            mine = _asked_by(form, offered, reading.derivative)
            taken += mine if form.family == "result" else []
            found.append(form)
            task = _task(form.name, request, _roles(form, reading, mine), _groups(form, reading), reading.order)
            unit = (units_in(pieces_of(written.tokens)) or (None,))[0] if form.name == "repeat" else None
            tasks.append(replace(task, directional=reading.directional, unit=unit, simplex=simplex))
    results = bool(found) and found[0].family == "result"
    passes = {form.name for form in found} >= {"forward", "backward"}.intersection(reading.words)
    complete = found and (not results or (len(taken) == len(asked) and passes))
    measured = with_measure(tasks, units) if complete else []
    if measured:
        return measured
    quantity, missing = what_is_missing(written, known or Distributions()) if about else ("", "")
    unknown = _unknown(request, reading)
    return [replace(unknown, quantity=quantity, note=missing)]


def _is_stray(request: Request) -> bool:
    """Whether the sheet itself is to be edited: "fix the formatting of this notebook"."""
    said = {token.text if isinstance(token, Word) else "" for token in request.tokens}
    about = not DOCUMENT.isdisjoint(said) and said <= DOCUMENT | NEUTRAL | words("any of in code sheet text file cell up")
    return request.verb in EDIT and about


def _claim(request: Request, about: bool) -> Math | None:
    """The formula of "show that $\\nabla f = ...$", where nothing else is said than what its names are."""
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    said = {token.text for token in _without_names_of(request.tokens) if isinstance(token, Word)}
    plain = request.verb in CLAIM and (NEUTRAL | words("that holds indeed for any where with")).issuperset(said)
    where = [i for i, token in enumerate(request.tokens) if isinstance(token, Word) and token.text in ("where", "with")]
    explained = {token for i in where for token in request.tokens[i + 1 : i + 2] if isinstance(token, Math)}
    if not plain or not formulas:
        return None
    if not all(declares(math) or (math in explained and look(math) == "definition") for math in formulas[1:]):
        return None
    claim = formulas[0]
    of_quantity = about and states_quantity(claim)
    return claim if is_claim(claim) or of_quantity or states_identity(claim) else None


def _without_names_of(tokens: Tokens) -> Tokens:
    """The tokens without what the last formula is called behind it, "... where $s(x) = ...$ is the logistic function"."""
    last = max((i for i, token in enumerate(tokens) if isinstance(token, Math)), default=len(tokens))
    behind = [token.text for token in tokens[last + 1 :] if isinstance(token, Word)]
    defined = any(isinstance(token, Math) and look(token) == "definition" for token in tokens[last : last + 1])
    calls = defined and behind[:2] in (["is", "the"], ["is", "a"]) and all(map(is_descriptive, behind[2:]))
    return tokens[: last + 1] if calls else tokens


def _task(
    name: FormName,
    request: Request,
    roles: tuple[Role, ...],
    groups: tuple[Group, ...] = (),
    order: int = 1,
    nearest: FormName | None = None,
) -> Task:
    return Task(name, request.place.part, request.span, request.text, roles, nearest, groups, order)


def _fits(form: Form, request: Request, reading: Reading, offered: list[Math]) -> bool:
    if request.verb not in form.verbs:
        return False
    spoken = form.phrases and not any(reading.mentions(phrase) for phrase in form.phrases)
    if spoken and not (form.name == "backward" and request.verb == "backpropagate"):
        return False
    if form.words is not None and not reading.complete:
        return False
    if form.family == "graph" and _asks_more(request, reading):
        return False
    if form.name == "forward" and any(look(math) == "other" and not _is_named(math) for math in offered):
        return False
    if form.words is not None and not (form.words | _introducing(reading, offered)).issuperset(reading.words):
        return False
    return any(_has(need, request, reading, offered) for need in form.needs)


def _is_named(math: Math) -> bool:
    """Whether a formula is a name, or a list of names, and no expression, "the prediction $p \\cdot q$"."""
    return all(isinstance(tree, Relation) or could_be_name(head_parts(tree)[0]) for tree in statements(math))


def _asks_more(request: Request, reading: Reading) -> bool:
    """Whether a request for a graph goes on with what no graph shows: derivatives, "and then ...", "to obtain ..."."""
    said = [token.text if isinstance(token, Word) else "$" for token in request.tokens]
    further = any(one == "to" and other in FIND for one, other in pairwise(said)) or "then" in said
    return further or any(look(math) == "derivatives" for math in reading.formulas("asked"))


def _introducing(reading: Reading, offered: list[Math]) -> frozenset[str]:
    """Nouns such as "loss" are no request without a formula or a meaning of their own, but may stand before one."""
    return QUANTITY if offered or reading.named("asked") else frozenset()


def _has(need: Need, request: Request, reading: Reading, offered: list[Math]) -> bool:
    match need:
        case "derivatives":
            return any(look(math) == "derivatives" or (reading.derivative and is_operator(math)) for math in offered)
        case "derivative-words":
            said = reading.formulas("of", "wrt") or reading.groups or reading.reference or reading.sweeping
            return reading.derivative and bool(said)
        case "quantities":
            named = reading.named("asked")
            quantities = bool(named) or any(look(math) in _QUANTITIES for math in offered)
            return quantities and not reading.derivative and set(named) <= COMPUTED
        case "nothing":
            return not reading.derivative and set(reading.named("asked")) <= COMPUTED
        case "reference":
            return not REFERENCES.isdisjoint(reading.text)
        case "repeat":
            refers = not REFERENCES.isdisjoint(reading.words) and not offered and not reading.groups
            placed = reading.context or asks_again(request.verb, reading.text)
            return refers and placed and not reading.reference and not reading.formulas("of", "wrt")
        case "bare":
            return not reading.formulas("asked", "of", "wrt")


def _asked_by(form: Form, offered: list[Math], derivative: bool) -> list[Math]:
    """Derivatives are for the form of that name and for "express", other formulas for values; a graph asks for none."""
    if form.family == "graph":
        return []
    wanted = ("derivatives",) if form.name == "derivative" or form.family == "express" else _QUANTITIES
    spoken = form.name == "derivative" and derivative
    return [math for math in offered if look(math) in wanted or (spoken and look(math) == "other" and is_operator(math))]


def _in_words(form: Form, reading: Reading) -> bool:
    """Whether a derivative is asked for in words: beside one in symbols only where they say of what and by what."""
    if form.name != "derivative" or not reading.derivative:
        return False
    return not reading.formulas("asked") or bool(reading.formulas("of") and reading.formulas("wrt"))


def _roles(form: Form, reading: Reading, mine: list[Math]) -> tuple[Role, ...]:
    """The roles that count for this form."""
    kept: list[Role] = []
    for role in reading.roles:
        if role.name in ("of", "wrt") and not _in_words(form, reading):
            kept.append(Role("mention", role.math))
        elif role.name != "asked" or role.math in mine:
            kept.append(role)
    return tuple(kept)


def _groups(form: Form, reading: Reading) -> tuple[Group, ...]:
    """What the words name; "the loss gradient" is of the loss, "the weight gradients" are by the weights."""
    if form.name == "backward":
        return (Group("wrt", "nodes"),)
    if form.family != "result":
        return ()
    if not reading.derivative:
        return tuple(reading.groups)
    if not _in_words(form, reading):
        return ()
    return tuple(
        group if group.role != "asked" else Group("wrt" if group.name in VARIABLES else "of", group.name)
        for group in reading.groups
    )


def _unknown(request: Request, reading: Reading) -> Task:
    return _task("unknown", request, tuple(reading.roles), nearest=_nearest(request, reading))


def _nearest(request: Request, reading: Reading) -> FormName | None:
    """The form that shares most with the request: a derivative, a phrase, else the verb."""
    if reading.derivative or any(look(math) == "derivatives" for math in reading.formulas("asked")):
        return "express-backprop" if request.verb in EXPRESS - FIND else "derivative"
    for form in FORMS:
        if any(reading.mentions(word) for phrase in form.phrases for word in phrase.split() if _telling(word)):
            return form.name
    return "value" if request.verb in FIND else None


def _telling(word: str) -> bool:
    """Not "of", "the" or "compute", which bring no form near."""
    return word not in VERBS and word not in NEUTRAL and word != "of"
