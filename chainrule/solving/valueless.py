"""Quantities of information without a value, of which the text says what they are of: never is that passed over."""

from collections.abc import Iterator, Sequence

from chainrule.errors import Diagnostic
from chainrule.inference.declarations import read_facts
from chainrule.inference.symbols import could_be_name, is_probability, key, span_text
from chainrule.solving.answer import Answer
from chainrule.solving.context import Context
from chainrule.solving.requests import names_in
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Subscript, Tree


def report_valueless(context: Context, statements: Sequence[Tree], answer: Answer, span: Span) -> Iterator[Diagnostic]:
    """Why an answer has no value although the text says its inputs, or has no inputs that are missing."""
    if answer.kind != "divergence" or answer.value is not None:
        return
    missing = {need.latex for need in answer.needs}
    if not missing:
        message = f"{answer.symbol.text} has no value, and nothing is missing that the text could give"
        yield Diagnostic("error", "no-value", message, span, "write the probabilities as a table, P = {0: 0.5, 1: 0.5}")
    for name, node in context.network.inputs():
        said = next((each for each in statements if _says(each, name)), None) if context.spelled(node) in missing else None
        if said is not None:
            message = f"{span_text(said.span)} is not understood as a distribution: over which outcomes it is is not said"
            hint = "say of which outcomes it is, k = 1, 2, 3, ..., or write a table, P = {0: 0.5, 1: 0.5}"
            yield Diagnostic("error", "formula-not-used", message, said.span or span, hint)


def is_unevaluated(context: Context, statements: Sequence[Tree], answer: Answer) -> bool:
    """Whether it has no number although the text gives one for each input that could be used, as of two different ones."""
    if answer.value is not None:
        return False
    network, missing = context.network, {need.latex for need in answer.needs}
    given = (tree for tree in statements if isinstance(tree, Relation) and set(tree.operators) == {"="})
    names = {key(name) for tree in given if not read_facts(tree) for name in names_in(tree)}
    unused = {context.spelled(node) for name, node in network.inputs() if name in names - network.values.keys()}
    return not missing.isdisjoint(unused)


def _says(statement: Tree, name: Tree) -> bool:
    """Whether a statement says what a distribution is at an outcome, `P(k) = ...` or `p_k = ...`: the name is P or k."""
    match statement:
        case Relation(operators=("=",), sides=(Juxtaposition(items=(head, Bracket(kind="(", items=(letter,)))), _)):
            outcome = is_probability(head) and could_be_name(letter) and key(letter) == name
            return could_be_name(head) and (key(head) == name or outcome)
        case Relation(operators=("=",), sides=(Subscript(base=head), _)):
            return could_be_name(head) and key(head) == name
        case _:
            return False
