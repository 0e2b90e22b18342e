"""The steps of a derivative as they are shown: sentences with their formulas, each formula verified."""

from collections.abc import Iterator

from chainrule.algebra.chain import transposed
from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.reverse import Backpropagation, backpropagate
from chainrule.errors import VerificationError
from chainrule.explanation.facts_used import facts_used
from chainrule.explanation.simplifications import simplifications, told
from chainrule.explanation.steps import Sentence, sentences
from chainrule.explanation.words import Mention, Words
from chainrule.graph import build
from chainrule.graph.build import is_zero
from chainrule.graph.node import Apply, Named, Node, Variable, postorder
from chainrule.graph.walk import expand, opaque
from chainrule.solving.answer import Formula, StepText
from chainrule.solving.context import Context, as_formula, tree_formula
from chainrule.solving.forms import DerivativeForms
from chainrule.solving.forward import written_body
from chainrule.solving.layout import axes
from chainrule.solving.parts import Expressed
from chainrule.solving.reasons import SIMPLEX_REASON, SYMMETRY_REASONS, direction_reason
from chainrule.solving.requests import DerivativeRequest
from chainrule.solving.seeded import Seeded, seeded
from chainrule.syntax.tree import Bracket, Derivative, Tree

LONGEST_MENTION = 40
"""A formula of more characters of plain text is not put into a sentence: a word stands for it."""

MOST_MENTIONED = 20
"""A term of more nodes has a longer formula than that, and none is made to see it."""


def derivative_steps(
    context: Context, request: DerivativeRequest, forms: DerivativeForms, symbol: Formula
) -> tuple[StepText, ...]:
    """How a derivative was found. Raises VerificationError where its own formula cannot be verified."""
    found: list[StepText] = []
    if not request.of.shape:
        swept = context.differentiator.sweep(request.of)
        found += swept_steps(context, swept, _first_by(request), request.of.symbol)
    has_two = request.is_reached and (len(request.by) > 1 or request.of.shape)
    again = list(seeded_steps(context, request)) if has_two else []
    found += again
    last = _last_words(context, request, forms, bool(found), bool(again))
    if last is not None:
        rule, because = last
        result = as_formula(context.gate.show(forms.intermediate, axes(request)))
        found.append(StepText(rule, symbol, result, because))
    return tuple(found)


def _first_by(request: DerivativeRequest) -> Named | Variable:
    """What is differentiated by first: with a Hessian times a direction the order does not matter, and is the other one."""
    return request.wholes[-1 if request.is_hvp else 0]


def declared_steps(context: Context, forms: DerivativeForms) -> tuple[StepText, ...]:
    """One step for each fact of an input that the result rests on: the equation that it is."""

    def show(node: Node) -> Tree | None:
        try:
            return context.gate.show(normal_form(node)).tree
        except VerificationError:
            return None

    found: list[StepText] = []
    symbols = list(context.network.names)
    for use in sorted(facts_used(forms.found, show), key=lambda use: symbols.index(use.variable.symbol)):
        symbol = context.symbol(use.variable.symbol)
        before, after = context.formula(use.before), context.formula(use.after)
        because = use.because(by_value=(use.variable.symbol, use.fact) in context.network.proven)
        found.append(StepText("declared", before, after, f"{symbol.text}{because}", words=(symbol, because)))
    return tuple(found)


def _last_words(
    context: Context, request: DerivativeRequest, forms: DerivativeForms, has_steps: bool, again: bool
) -> tuple[str, str] | None:
    """The rule and the sentence of the step to the result, where the sweep did not end with it. again: whether a second
    sweep is shown.
    """
    if not request.is_reached:
        return "constant", "Nothing on the way depends on the variable."
    if request.symmetric is not None:
        return "symmetric", SYMMETRY_REASONS[request.symmetric]
    if request.simplex:
        return "simplex", SIMPLEX_REASON
    if not request.is_whole:
        expressed = next((each for each in request.by if isinstance(each, Expressed)), None)
        return ("part", _part_reason(request)) if expressed is None else ("expression", _expressed_reason(context, expressed))
    if request.direction is not None:
        return "direction", direction_reason(request)
    if len(request.by) > 1 or request.of.shape:
        return "read off", _read_off(request) if again else "Every entry is differentiated by the chain rule."
    if forms.backprop is not forms.intermediate:
        reasons = simplifications(expand(forms.backprop, context.differentiator.is_cotangent))
        return "substitute", "The derivatives on the right are put in and simplified." + told(reasons)
    if has_steps:
        return None
    if is_zero(forms.closed):
        return "constant", "The local derivatives on the way are zero."
    return "list", "Its entries are the derivatives by the entries of the list."


def _expressed_reason(context: Context, by: Expressed) -> str:
    """Why the derivative by a function of a name is that by the name, divided."""
    function, name = context.symbol(by.symbol).text, context.symbol(by.of.symbol).text
    return f"By the chain rule the derivative by {name} is that by {function} times the derivative of {function} by {name}."


def _part_reason(request: DerivativeRequest) -> str:
    """Why the derivative of a part, or by one, is found from that of the whole."""
    if request.output is None:
        return "The derivative by a part of an array is that part of the derivative by the whole."
    if all(isinstance(each, Named | Variable) for each in request.by):
        return "The derivative of a part of an array is that part of the derivative of the whole."
    return "The derivative of a part by a part is that part of the derivative of the whole by the whole."


def _read_off(request: DerivativeRequest) -> str:
    """How the derivative of an array follows from the sweep over its inner product with a fixed one."""
    *before, last = (*((request.of,) if request.of.shape else ()), *request.wholes)
    if not last.shape or not any(each.shape for each in before):
        return "That is the derivative asked for."
    if len(before) == 1 and len(before[0].shape) == len(last.shape) == 1:
        return "For every fixed vector this is the transpose of the derivative asked for times that vector: so it is read off."
    return "For every fixed array this is linear in it, and its coefficients are the derivative asked for."


def swept_steps(context: Context, swept: Backpropagation, by: Node, above: Tree) -> Iterator[StepText]:
    """The steps of one reverse sweep. above: what the target is called."""
    for sentence in sentences(swept, by, normal_form):
        try:
            before, after = _contribution(context, above, sentence), context.formula(sentence.after)
        except VerificationError:
            # A step in between may have no reading although the result has one.
            continue
        upstream = _shown(context, sentence.upstream)
        local = None if upstream is None else _shown(context, sentence.local)
        words = spelled(context, sentence.because)
        because = "".join(part.text if isinstance(part, Formula) else part for part in words)
        yield StepText(sentence.rule, before, after, because, upstream, local, words)


def seeded_steps(context: Context, request: DerivativeRequest) -> Iterator[StepText]:
    """The steps of the sweep that differentiates an array: the gradient of its inner product with a fixed one."""
    sweep = seeded(context.network, request)
    if sweep is None:
        return
    body = _shown(context, sweep.target.body)
    if body is None:
        return
    words = spelled(context, _set_up(request, sweep))
    because = "".join(part.text if isinstance(part, Formula) else part for part in words)
    yield StepText("differentiate again", tree_formula(sweep.target.symbol), body, because, words=words)
    yield from swept_steps(context, backpropagate(sweep.target, [sweep.by]), sweep.by, sweep.target.symbol)


def _set_up(request: DerivativeRequest, sweep: Seeded) -> Words:
    """Why the inner product with a fixed array is differentiated."""
    s, u = Mention(sweep.target, "it"), None if sweep.seed is None else Mention(sweep.seed, "a fixed array")
    order = len(request.by) - 1
    what = "gradient" if not request.of.shape and _first_by(request).shape else "derivative"
    what = what if order == 1 else f"derivative of order {order}, which is found in the same way,"
    if u is None:
        return (f"The {what} is differentiated once more; it is called ", s, " here.")
    if len(request.by) > 1:
        return (f"The {what} is differentiated once more: ", s, " is its inner product with ", u, ", which is held fixed.")
    of = Mention(request.of, "the array")
    return ("To differentiate every entry of ", of, " at once, ", s, " is its inner product with ", u, ", which is held fixed.")


def spelled(context: Context, words: Words) -> tuple[str | Formula, ...]:
    """The sentence with a formula for each quantity that has a short one."""
    parts = [word if isinstance(word, str) else _mentioned(context, word) for word in words]
    first = parts[0]
    if isinstance(words[0], Mention) and isinstance(first, str):
        parts[0] = first[:1].upper() + first[1:]
    return tuple(parts)


def _mentioned(context: Context, mention: Mention) -> str | Formula:
    if mention.manner == "function":
        return _function(mention)
    if len(postorder(mention.node, into=opaque)) > MOST_MENTIONED:
        return mention.otherwise
    formula = _shown(context, mention.node, mention.manner == "turned")
    if mention.manner == "defined" and formula is not None:
        formula = _defined(context, mention.node, formula)
    return formula if formula is not None and len(formula.text) <= LONGEST_MENTION else mention.otherwise


def _function(mention: Mention) -> str | Formula:
    assert isinstance(mention.node, Apply)
    function = mention.node.operation.function
    return tree_formula(function) if function is not None and mention.node.operation.tree is None else mention.otherwise


def _defined(context: Context, node: Node, symbol: Formula) -> Formula:
    """The equation of a named quantity, or its name alone where that is long."""
    assert isinstance(node, Named)
    written = written_body(context, node)
    body = tree_formula(written) if written is not None else _shown(context, node.body)
    if body is None or len(body.text) + len(symbol.text) + 3 > LONGEST_MENTION:
        return symbol
    return Formula(f"{symbol.latex} = {body.latex}", f"{symbol.text} = {body.text}", f"{symbol.unicode} = {body.unicode}")


def _shown(context: Context, node: Node | None, turned: bool = False) -> Formula | None:
    """The verified text of a node or of its transpose; None where there is none."""
    if node is None:
        return None
    try:
        if turned and len(node.shape) == 2:
            return context.formula(build.transpose(node))
        shown = context.gate.show(node)
    except VerificationError:
        return None
    return tree_formula(transposed(shown.tree)) if turned else tree_formula(shown.tree)


def _contribution(context: Context, above: Tree, sentence: Sentence) -> Formula:
    """The derivative by the node of a sentence, or its share through one quantity, as the left side of an equation."""
    at = sentence.at
    inner = at.symbol if isinstance(at, Named | Variable) else Bracket("(", (context.gate.show(at).tree,))
    whole = tree_formula(Derivative("partial", above, (inner,)))
    through = _shown(context, sentence.through)
    if through is None:
        return whole
    return Formula(
        f"\\left.{whole.latex}\\right|_{{{through.latex}}}",
        f"{whole.text} through {through.text}",
        f"{whole.unicode} through {through.unicode}",
    )
