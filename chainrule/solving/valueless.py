"""Answers without a value: quantities of which the text says what they are of, and inputs to which it gives no number."""

import re
from collections.abc import Iterable, Iterator, Sequence

from chainrule.errors import Diagnostic
from chainrule.graph.node import Variable
from chainrule.graph.walk import inputs
from chainrule.inference.declarations import read_facts
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, is_probability, key, span_text
from chainrule.solving.answer import Answer
from chainrule.solving.context import Context
from chainrule.solving.requests import names_in
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Subscript, Tree, walk

_NUMBER_ASKED = re.compile(
    r"\b(?:the (?:number|(?:numerical )?value)s?|numerical(?:ly)?|as a (?:number|decimal)|decimals)\b", re.IGNORECASE
)
"""Words that ask for a number and no formula."""


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


def report_missing(context: Context, answer: Answer, asked: str) -> Iterator[Diagnostic]:
    """The inputs of an answer that lack a value, each at its first use, where the text gives values to more of them, or, of
    a value, to as many.

    An answer that was asked for as a number is not given then, which is an error; else it is a formula, which is a note.
    """
    network, missing = context.network, {need.latex for need in answer.needs}
    if answer.kind not in ("value", "derivative") or answer.value is not None or not missing:
        return
    lacking = {name: node for name, node in network.inputs() if context.spelled(node) in missing}
    given = set(network.values) & {node.symbol for node in _inputs_of(network, answer)}
    if len(given) < len(lacking) + (answer.kind == "derivative"):
        return
    wanted = _NUMBER_ASKED.search(asked) is not None
    for name, node in lacking.items():
        spelled = context.spelled(node)
        rest = "and a number is asked for" if wanted else "so what needs it stays a formula"
        message = f"no value is given for {spelled}, {rest}"
        hint = f"write ${spelled} = ...$ into the text, or give the value with --at"
        yield Diagnostic("error" if wanted else "note", "no-value", message, _first_use(network, name), hint)


def _inputs_of(network: Network, answer: Answer) -> Iterable[Variable]:
    """The inputs that the quantity of an answer is computed from."""
    spelled = {network.spellings.get(name): node for name, node in network.quantities()}
    found = spelled.get(answer.of or answer.symbol.latex)
    return inputs([found]) if found is not None else ()


def _first_use(network: Network, name: Tree) -> Span | None:
    bodies = (equation.body for equation in network.equations)
    places = (part.span for body in bodies for part in walk(body) if could_be_name(part) and key(part) == name)
    return min((span for span in places if span is not None), key=lambda span: span.start, default=None)


def is_unevaluated(context: Context, statements: Sequence[Tree], answer: Answer) -> bool:
    """Whether it has no number although the text gives one for each input that could be used, as of two different ones."""
    network, missing = context.network, {need.latex for need in answer.needs}
    if answer.value is not None or not missing:
        return False
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
