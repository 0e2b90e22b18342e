"""The answer to "the derivative of r with respect to x": three forms, steps, numbers, check and code."""

from collections.abc import Sequence

from chainrule.algebra.normal_form import normal_form
from chainrule.algebra.steady import at_edges
from chainrule.calculus.jacobian import derivative_node
from chainrule.errors import EvaluationError, VerificationError
from chainrule.graph.build import is_zero
from chainrule.graph.node import Named, Node
from chainrule.solving.answer import Answer, Check, Forms, Formula, StepText, Value, Where
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.enclosed import certain_number, certain_slopes
from chainrule.solving.entries import refuse_entries_apart, refuse_open_members
from chainrule.solving.forms import DerivativeForms
from chainrule.solving.forward import written_body
from chainrule.solving.layout import axes, is_turned, show
from chainrule.solving.reasons import LAYOUT_CONVENTIONS, LAYOUT_REASONS, SIMPLEX_CONVENTION, SYMMETRY_CONVENTIONS
from chainrule.solving.requests import DerivativeRequest
from chainrule.verification.derivative import check_derivative
from chainrule.verification.gate import conventions

LARGEST_ERROR = 1e-6
"""A derivative that differs more from the numeric one is not shown."""


def answer_derivative(context: Context, request: DerivativeRequest, part: str | None) -> Answer:
    """The answer. Raises VerificationError where a form cannot be verified, DerivativeError where there is none."""
    target, by = request.of, request.by
    forms = forms_of(context, request)
    shown = shown_forms(context, request, forms)
    facts = facts_of(context, forms)
    needs = context.needs(forms.closed)
    computed = computed_form(request, forms)
    value = _reached(context, forms) if needs else _value(context, target, computed)
    wrt = tuple(context.spelled(v) for v in by)
    name = "d" * len(by) + "_".join(["", *map(_plain, wrt)])
    return Answer(
        part=part,
        span=request.span,
        kind="derivative",
        asked=request.asked,
        symbol=tree_formula(request.symbol),
        of=context.spelled(target if request.output is None else request.output),
        wrt=wrt[0] if len(wrt) == 1 else wrt,
        formula=shown.intermediate,
        forms=shown,
        where=names_in(context, forms),
        shape=shape_of(context, forms.closed),
        layout=request.layout,
        conventions=conventions_of(context, request, forms, facts),
        value=value,
        needs=tuple(context.symbol(node.symbol) for node in needs) if value is None else (),
        code=context.code(f"d{_plain(context.spelled(target))}_{name}", computed, needs),
        steps=steps_of(context, request, forms, facts),
        check=checked(context, request, forms.closed),
    )


def forms_of(context: Context, request: DerivativeRequest) -> DerivativeForms:
    """The three forms of what is asked for.

    Raises DerivativeError where there is none, NameFault where a name may be an entry of an array.
    """
    refuse_open_members(context.network, request)
    refuse_entries_apart(context.network, request)
    forms = context.differentiator.forms(request.of, request.wholes, request.direction)
    if request.is_whole:
        return forms
    parts = [normal_form(request.taken(form)) for form in (forms.backprop, forms.intermediate, forms.closed)]
    return DerivativeForms(*parts, found=tuple(map(request.taken, forms.found)))


def computed_form(request: DerivativeRequest, forms: DerivativeForms) -> Node:
    """The closed form as its numbers and programs are made of it: with its limits where an outcome is absent."""
    return at_edges(forms.closed, request.of, request.wholes)


def shown_forms(context: Context, request: DerivativeRequest, forms: DerivativeForms) -> Forms:
    """The verified texts of the three forms. Raises VerificationError."""
    closed, _ = context.readable(forms.closed)
    return Forms(*(show(context, request, form) for form in (forms.backprop, forms.intermediate, closed)))


def _value(context: Context, target: Named, computed: Node) -> Value | None:
    """The number. Raises a ChainruleError `not-a-number` where the quantity itself has no value: log at -1 has no slope."""
    context.number(target)
    return context.number(computed)


def _reached(context: Context, forms: DerivativeForms) -> Value | None:
    """The number where inputs have none, from the values that the text says quantities have."""
    if not context.network.reached:
        return None
    found = context.number(forms.closed)
    return context.number(forms.intermediate) if found is None else found


def _plain(spelling: str) -> str:
    return "".join(c for c in spelling if c.isalnum())


def shape_of(context: Context, node: Node) -> tuple[int | str, ...]:
    sizes = context.network.sizes
    return tuple(d.size(sizes) if d.symbols <= set(sizes) else str(d) for d in node.shape)


def conventions_of(
    context: Context, request: DerivativeRequest, forms: DerivativeForms, facts: Sequence[StepText]
) -> tuple[str, ...]:
    """What is taken at kinks, how the answer is read, and which facts it uses. Raises VerificationError."""
    used = (f"uses: {step.because.rpartition(', as ')[0]}" for step in facts)
    return (*conventions([request.of]), *_reading(context, request, forms), *used)


def facts_of(context: Context, forms: DerivativeForms) -> tuple[StepText, ...]:
    """One step for each fact of an input that the derivative rests on."""
    from chainrule.solving.steps import declared_steps  # many modules, which a formula alone does without

    return declared_steps(context, forms)


def _reading(context: Context, request: DerivativeRequest, forms: DerivativeForms) -> tuple[str, ...]:
    """How to read the answer: what an array of higher rank says, the layout, what is symmetric."""
    said = [LAYOUT_CONVENTIONS[request.layout]] if is_turned(request) else []
    said += [SYMMETRY_CONVENTIONS[request.symmetric]] if request.symmetric is not None else []
    said += [SIMPLEX_CONVENTION] if request.simplex else []
    if not request.is_reached:
        return (*said, "nothing on the way depends on this variable, so the derivative is zero")
    if is_zero(forms.closed):
        return tuple(said)
    if not is_turned(request):
        said += [
            context.gate.show(form, axes(request)).note for form in (forms.intermediate, context.readable(forms.closed)[0])
        ]
    return tuple(dict.fromkeys(each for each in said if each))


def steps_of(
    context: Context, request: DerivativeRequest, forms: DerivativeForms, facts: Sequence[StepText]
) -> tuple[StepText, ...]:
    """How it is found. Raises VerificationError where its own formula cannot be verified."""
    from chainrule.solving.steps import derivative_steps

    steps = derivative_steps(context, request, forms, tree_formula(request.symbol))
    return (*steps, *facts, *_layout_step(context, request, forms))


def _layout_step(context: Context, request: DerivativeRequest, forms: DerivativeForms) -> tuple[StepText, ...]:
    """The last step where the layout prints the transpose of what the steps before it have found."""
    if not is_turned(request):
        return ()
    shown = show(context, request, forms.intermediate)
    return (StepText("layout", context.formula(forms.intermediate), shown, LAYOUT_REASONS[request.layout]),)


def names_in(context: Context, forms: DerivativeForms) -> tuple[Where, ...]:
    """The invented names and what they stand for."""
    invented = context.differentiator.invented_in((forms.backprop, forms.intermediate, forms.closed))
    _, shared = context.readable(forms.closed)
    meanings = [(n, _meaning(context, n)) for n in invented] + [(n, context.formula(n.body)) for n in shared]
    return tuple(Where(tree_formula(n.symbol), meaning) for n, meaning in meanings)


def _meaning(context: Context, invented: Named) -> Formula:
    """As the person wrote it where they did, else verified."""
    written = written_body(context, invented)
    return tree_formula(written) if written is not None else context.formula(context.differentiator.meaning(invented))


def checked(context: Context, request: DerivativeRequest, closed: Node) -> Check:
    """The comparison with a numeric derivative. Raises VerificationError where the closed form differs from it."""
    last = request.wholes[-1]
    if not request.is_reached:
        return Check("no path from the variable to the quantity", 0.0)
    target = derivative_node(request.of, request.wholes[:-1])
    try:
        found = check_derivative(
            target, last, closed, context.values(), context.network.sizes, request.taken, request.direction
        )
    except EvaluationError as error:
        message = f"no numeric derivative to compare with: {error.message}"
        return _checked_with_many_digits(context, request, closed, message)
    if found.max_rel_err > LARGEST_ERROR:
        message = f"the derivative found differs from the numeric one by {found.max_rel_err:.1e}; it is not shown"
        return _checked_with_many_digits(context, request, closed, message)
    method = found.method if found.at_given else f"{found.method} at a random point"
    return Check(method, found.max_rel_err)


def _checked_with_many_digits(context: Context, request: DerivativeRequest, closed: Node, message: str) -> Check:
    """The comparison of a gradient with differences of many digits, where double precision has too few for one.

    Raises VerificationError, with the message, where there is none, and where they differ.
    """
    exact, sizes = context.exact_values(), context.network.sizes
    plain = request.is_whole and len(request.wholes) == 1 and request.direction is None
    slopes = certain_slopes(request.of, request.wholes[0], exact, sizes) if plain else None
    found = certain_number(closed, exact, sizes) if slopes is not None else None
    if slopes is None or found is None or slopes.keys() != found.keys():
        raise VerificationError("unverified", message, request.span)
    error = max(abs(found[place] - slope) / (abs(slope) if found[place] else 1.0) for place, slope in slopes.items())
    if error > LARGEST_ERROR:
        raise VerificationError("unverified", message, request.span)
    return Check("central differences with many digits", error)
