"""The answer to "the derivative of r with respect to x": three forms, steps, numbers, check and code."""

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.jacobian import derivative_node, entries
from chainrule.errors import EvaluationError, VerificationError
from chainrule.explanation.steps import Sentence, sentences
from chainrule.graph.build import is_zero
from chainrule.graph.node import Named, Node, Variable, postorder
from chainrule.solving.answer import Answer, Check, Forms, Formula, StepText, Value, Where
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.forms import DerivativeForms
from chainrule.solving.forward import written_body
from chainrule.solving.requests import DerivativeRequest
from chainrule.syntax.tree import Bracket, Derivative
from chainrule.verification.derivative import check_derivative
from chainrule.verification.gate import conventions

LARGEST_ERROR = 1e-6
"""A derivative that differs more from the numeric one is not shown."""


def answer_derivative(context: Context, request: DerivativeRequest, part: str | None) -> Answer:
    """The answer. Raises VerificationError where a form cannot be verified, DerivativeError where there is none."""
    target, by = request.of, request.by
    forms = _taken(request, context.differentiator.forms(target, request.wholes))
    symbol = tree_formula(request.symbol)
    shown = Forms(context.formula(forms.backprop), context.formula(forms.intermediate), context.formula(forms.closed))
    needs = context.needs(forms.closed)
    wrt = tuple(context.spelled(v) for v in by)
    name = "d" * len(by) + "_".join(["", *map(_plain, wrt)])
    return Answer(
        part=part,
        span=request.span,
        kind="derivative",
        asked=request.asked,
        symbol=symbol,
        of=context.spelled(target if request.output is None else request.output),
        wrt=wrt[0] if len(wrt) == 1 else wrt,
        formula=shown.intermediate,
        forms=shown,
        where=_where(context, forms),
        shape=shape_of(context, forms.closed),
        layout="gradient",
        conventions=conventions([target]) + _independent(forms),
        value=_value(context, target, forms) if not needs else None,
        needs=tuple(context.symbol(node.symbol) for node in needs),
        code=context.code(f"d{_plain(context.spelled(target))}_{name}", forms.closed, needs),
        steps=_steps(context, request, forms, symbol),
        check=_check(context, request, forms.closed),
    )


def _taken(request: DerivativeRequest, forms: DerivativeForms) -> DerivativeForms:
    """The forms of the part that is asked for."""
    if not request.is_part:
        return forms
    parts = (forms.backprop, forms.intermediate, forms.closed)
    return DerivativeForms(*(normal_form(request.taken(form)) for form in parts))


def _value(context: Context, target: Named, forms: DerivativeForms) -> Value | None:
    """The number. Raises a ChainruleError `not-a-number` where the quantity itself has no value: log at -1 has no slope."""
    context.number(target)
    return context.number(forms.closed)


def _plain(spelling: str) -> str:
    return "".join(c for c in spelling if c.isalnum())


def shape_of(context: Context, node: Node) -> tuple[int | str, ...]:
    sizes = context.network.sizes
    return tuple(d.size(sizes) if d.symbols <= set(sizes) else str(d) for d in node.shape)


def _independent(forms: DerivativeForms) -> tuple[str, ...]:
    return ("nothing on the way depends on this variable, so the derivative is zero",) if is_zero(forms.closed) else ()


def _where(context: Context, forms: DerivativeForms) -> tuple[Where, ...]:
    invented = context.differentiator.invented_in((forms.backprop, forms.intermediate, forms.closed))
    return tuple(Where(tree_formula(n.symbol), _meaning(context, n)) for n in invented)


def _meaning(context: Context, invented: Named) -> Formula:
    """As the person wrote it where they did, else verified."""
    written = written_body(context, invented)
    return tree_formula(written) if written is not None else context.formula(context.differentiator.meaning(invented))


def _steps(context: Context, request: DerivativeRequest, forms: DerivativeForms, symbol: Formula) -> tuple[StepText, ...]:
    swept = context.differentiator.sweep(request.of) if not request.of.shape else None
    first = request.wholes[0]
    found: list[StepText] = []
    for sentence in sentences(swept, first, normal_form) if swept is not None else ():
        try:
            before = _contribution(context, request.of, sentence)
            upstream, local = _factors(context, sentence)
            found.append(StepText(sentence.rule, before, context.formula(sentence.after), sentence.because, upstream, local))
        except VerificationError:
            # A step in between may have no matrix reading although the result has one.
            continue
    result = context.formula(forms.intermediate)
    if len(request.by) > 1 or request.of.shape:
        again = "The gradient is differentiated once more." if len(request.by) > 1 else "Every entry is differentiated."
        found.append(StepText("differentiate again", symbol, result, again))
    elif request.is_part:
        found.append(
            StepText("part", symbol, result, "The derivative by a part of an array is that part of the derivative by it.")
        )
    elif forms.backprop is not forms.intermediate:
        found.append(StepText("substitute", symbol, result, "The derivatives on the right are put in and simplified."))
    elif not found and is_zero(forms.closed):
        found.append(StepText("constant", symbol, result, "Nothing on the way depends on the variable."))
    elif not found:
        found.append(StepText("list", symbol, result, "Its entries are the derivatives by the entries of the list."))
    return tuple(found)


def _factors(context: Context, sentence: Sentence) -> tuple[Formula | None, Formula | None]:
    """Upstream and local derivative where they can be said apart."""
    if sentence.upstream is None or sentence.local is None:
        return None, None
    return context.formula(sentence.upstream), context.formula(sentence.local)


def _contribution(context: Context, target: Named, sentence: Sentence) -> Formula:
    """The derivative by the node of a sentence, or its share through one quantity, as the left side of an equation."""
    at = sentence.at
    inner = at.symbol if isinstance(at, Named | Variable) else Bracket("(", (context.gate.show(normal_form(at)).tree,))
    whole = tree_formula(Derivative("partial", target.symbol, (inner,)))
    if not isinstance(sentence.through, Named):
        return whole
    through = tree_formula(sentence.through.symbol)
    return Formula(
        f"\\left.{whole.latex}\\right|_{{{through.latex}}}",
        f"{whole.text} through {through.text}",
        f"{whole.unicode} through {through.unicode}",
    )


def _check(context: Context, request: DerivativeRequest, closed: Node) -> Check:
    """Raises VerificationError where the closed form differs from the numeric derivative."""
    last = request.wholes[-1]
    if not {last, *entries(last)} & set(postorder(request.of)):
        return Check("no path from the variable to the quantity", 0.0)
    target = request.of if len(request.by) == 1 else derivative_node(request.of, request.wholes[:1])
    try:
        checked = check_derivative(target, last, closed, context.values(), context.network.sizes, request.taken)
    except EvaluationError as error:
        raise VerificationError(
            "unverified", f"no numeric derivative to compare with: {error.message}", request.span
        ) from error
    if checked.max_rel_err > LARGEST_ERROR:
        message = f"the derivative found differs from the numeric one by {checked.max_rel_err:.1e}; it is not shown"
        raise VerificationError("unverified", message, request.span)
    method = checked.method if checked.at_given else f"{checked.method} at a random point"
    return Check(method, checked.max_rel_err)
