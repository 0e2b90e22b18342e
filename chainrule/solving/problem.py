"""One problem solved: its tasks in order, each by the file of its form; what fails is said and the rest goes on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from chainrule.errors import ChainruleError, Diagnostic, NameFault
from chainrule.graph.node import Named, Node, Variable
from chainrule.graph.walk import inputs, named_quantities
from chainrule.inference.derivatives import written_out
from chainrule.inference.distributions.information import Information
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, key, span_text
from chainrule.sheets import Task
from chainrule.sheets.notation import statements
from chainrule.solving.answer import POINT, Answer, TaskRecord, Where
from chainrule.solving.claims import require_equal
from chainrule.solving.context import Context, tree_formula
from chainrule.solving.counts import answer_counts
from chainrule.solving.derivatives import answer_derivative
from chainrule.solving.descent import stepped, wanted_values
from chainrule.solving.directions import read_along
from chainrule.solving.entries import members_of
from chainrule.solving.expressions import Own, own_text
from chainrule.solving.figures import Pictures
from chainrule.solving.forward import answer_value, written_body
from chainrule.solving.graph import answer_graph
from chainrule.solving.groups import only_loss
from chainrule.solving.identities import answer_sameness, stated
from chainrule.solving.independence import independence
from chainrule.solving.information.answers import Wanted, answer_information
from chainrule.solving.information.checks import check_distributions
from chainrule.solving.information.claims import answer_identity, is_identity, unit_of_claim
from chainrule.solving.information.comparison import comparison_answer
from chainrule.solving.information.heads import notation_in_words
from chainrule.solving.information.laws import law_of
from chainrule.solving.information.measured import value_in_unit
from chainrule.solving.information.parametrised import with_parametrisations
from chainrule.solving.information.symmetry import asks_of_metric, symmetry_answer
from chainrule.solving.information.tasks import (
    STANDARD,
    Measure,
    as_asked,
    at_outcome,
    exchanged,
    notations_of,
    order_said,
    own_notations,
    quantity_in,
    root_of,
    unit_for,
    unit_not_taken,
    unit_taken_over,
)
from chainrule.solving.information.units import NATS
from chainrule.solving.iterates import Descents
from chainrule.solving.parts import array_of_entry, find_part, with_letters
from chainrule.solving.programs import answer_program
from chainrule.solving.reading import ProblemText
from chainrule.solving.requests import DerivativeRequest, find, names_in
from chainrule.solving.shapes import answer_shapes, other_shapes
from chainrule.solving.stationary import answers_of_curvature
from chainrule.solving.tasks import derivatives, trees_of, written_derivatives
from chainrule.solving.valueless import is_unevaluated, report_missing, report_valueless
from chainrule.solving.versions import Meant, Versions
from chainrule.solving.whole_derivatives import with_whole
from chainrule.source import Span
from chainrule.syntax.tree import Derivative, Relation, Tree
from chainrule.typesetting import latex, unicode

_OF_THE_NETWORK = ("graph", "forward", "value", "derivative", "backward")
"""What a task can ask of the network without naming a quantity."""


@dataclass
class Solver:
    """The answers of one problem as they grow: one for each kind and symbol at one point."""

    context: Context
    text: ProblemText
    pictures: Pictures = field(default_factory=Pictures)
    answers: list[Answer] = field(default_factory=list[Answer])
    records: list[TaskRecord] = field(default_factory=list[TaskRecord])
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])
    measure: Measure = STANDARD
    named: list[Tree] = field(default_factory=list[Tree])
    """The names that expressions of tasks got, with what they stand for."""
    versions: Versions | None = None
    """The text part by part; None where it has no parts."""
    descents: Descents = field(default_factory=Descents)
    open: bool = False

    def __post_init__(self) -> None:
        self.own = Own(self.text)

    def solve(self, task: Task) -> None:
        """Answer one task; a part of it that fails is left open with an error. What it alone says holds for it alone."""
        common = self.context, self.text, self.own
        try:
            self._enter(task)
            makes = [partial(self._at_points, make) for make in self._answers(task)]
        except ChainruleError as error:
            makes = []
            self._report(error, task.span)
        self.attempt(makes, task.part, task.text, task.span)
        self._say_once(other_shapes([self.answers[i] for i in self.records[-1].answers], task))
        self.named.extend(self.own.definitions)
        self._say_once(self.context.network.reader.notes)
        self.context, self.text, self.own = common

    def _at_points(self, make: Callable[[], Answer]) -> Answer:
        """An answer with the points that it was asked at, which hold for its task alone."""
        answer = make()
        points = tuple(f"{POINT}{unicode(point)}" for point in self.own.points)
        return replace(answer, conventions=(*answer.conventions, *points)) if points else answer

    def _enter(self, task: Task) -> None:
        """Go on with what holds for one task: what its part says, its point, its own expressions and its directions."""
        if self.versions is not None:
            before, said = self.context.network, self.text.diagnostics
            self.text, self.context = self.versions.holding_in(task.part, task.span, Meant.of(task, self.text))
            self.diagnostics.extend(d for d in self.text.diagnostics if d not in said)
            self._say_of(self.context.network, before)
        self.context, self.text = self.descents.put_in(self.context, self.text, task)
        self.text.refuse_derived(task.math("asked", "of"))
        if task.again or task.form == "information":
            self.text.require_used(task)
        self.own = own_text(self.context.network, self.text, task, self.named)
        text = self.own.text
        if text is self.text and not task.math("direction"):
            return
        network = self.context.network if text is self.text else text.network(text.more)
        self._say_of(network, self.context.network)
        self.context, self.text = Context(with_letters(network, self.own.free)), text

    def _say_of(self, network: Network, before: Network) -> None:
        """What is said of a network, and was not of the one before."""
        said = {(d.code, d.message) for d in before.diagnostics}
        self.diagnostics.extend(d for d in network.diagnostics if (d.code, d.message) not in said)

    def attempt(self, makes: Sequence[Callable[[], Answer]], part: str | None, asked: str, span: Span) -> None:
        """Make the answers of one task; it is open where there are none or one fails."""
        found: list[int] = []
        for make in makes:
            try:
                found.append(self._add(make()))
            except ChainruleError as error:
                self._report(error, span)
        answers, statements = [self.answers[i] for i in dict.fromkeys(found)], self.text.statements
        valueless = [d for each in answers for d in report_valueless(self.context, statements, each, span)]
        self._say_once([*valueless, *(d for each in answers for d in report_missing(self.context, each, asked))])
        unused = any(is_unevaluated(self.context, statements, each) for each in answers)
        if not makes or len(found) < len(makes) or valueless or unused:
            self.open = True
        self.records.append(TaskRecord(part, asked, span, tuple(dict.fromkeys(found))))

    def _report(self, error: ChainruleError, span: Span) -> None:
        """Say what failed: at the picture that may hold what is missing, else at the error's own place, else at the task."""
        if not self.pictures.explain(error, span):
            diagnostic = error.diagnostic()
            written = diagnostic.span is not None and diagnostic.span.source.name != ""  # what words stand for has no place
            self.diagnostics.append(diagnostic if written else replace(diagnostic, span=span))

    def _add(self, answer: Answer) -> int:
        for i, before in enumerate(self.answers):
            if _result(before) == _result(answer):
                return i
        self.answers.append(answer)
        return len(self.answers) - 1

    def _answers(self, task: Task) -> Iterator[Callable[[], Answer]]:
        """One function for each answer of a task."""
        if task.form in _OF_THE_NETWORK:
            self._require_equations(task)
        match task.form:
            case "graph":
                yield lambda: answer_graph(self.context, task.text, task.span, task.part)
            case "express-backprop" | "express-intermediate" if (
                found := [answer for answer in self.answers if answer.kind == "derivative"]
            ) and not task.math("asked"):
                yield from (lambda answer=answer: answer for answer in found)
            case "derivative" | "backward" | "express-backprop" | "express-intermediate":
                yield from with_whole(self._derivative, self.context, derivatives(self.context, self.text, task), task)
            case "claim":
                yield from self._claims(task)
            case "forward" | "value":
                yield from self._values(task)
            case "information":
                yield from self._information(task)
            case "symmetry":
                yield from self._symmetry(task)
            case "comparison":
                yield lambda: self._comparison(task)
            case "descent":
                yield from self._descent(task)
            case "shape":
                yield from answer_shapes(self.context, self.text, task)
            case "count":
                yield from answer_counts(self.context, self.text, task)
            case "convexity":
                yield from answers_of_curvature(self.context, self.text, task)
            case "code":
                yield lambda: answer_program(self.answers, self.records, task)
            case _:
                return

    def _require_equations(self, task: Task) -> None:
        """Raise NameFault where nothing is computed, so that there is no graph, forward pass or output to speak of."""
        network = self.context.network
        named = task.math("asked", "of", "wrt")
        if not named and not network.broken and not any(network.quantities()):
            raise NameFault("no-equations", "no equation says how anything is computed", task.span)

    def _derivative(self, wanted: DerivativeRequest, task: Task) -> Answer:
        for variable in wanted.wholes:
            said = independence(self.context, wanted.of, variable, wanted.span or task.span)
            self.diagnostics.extend(() if said is None else (said,))
        answer = answer_derivative(self.context, wanted, task.part)
        brought = tuple(Where(tree_formula(d.sides[0]), tree_formula(d.sides[1])) for d in self.own.definitions)
        answer = replace(answer, where=(*brought, *answer.where))
        trees = [*trees_of(self.text, task.math("asked", "of")), *(q.symbol for q in named_quantities([wanted.of]))]
        return with_parametrisations(self.context.network, answer, trees)

    def _claims(self, task: Task) -> Iterator[Callable[[], Answer]]:
        """The derivative on the left of each claim, once the right side was found to be the same."""
        spelled = [tree for math in task.math("asked") for tree in statements(math)]  # without names for expressions
        claims = [law_of(self.context.network, task)] if task.law else trees_of(self.text, task.math("asked"))
        for tree, said in zip(claims, spelled if len(spelled) == len(claims) else claims, strict=True):
            assert isinstance(tree, Relation)
            if is_identity(self.context.network, tree):
                unit = unit_of_claim(self.text.statements, tree, task, self.measure)
                yield lambda tree=tree, unit=unit: self._identity(tree, unit, task)
                continue
            left, right, *_ = tree.sides
            written = written_out(self.context.network.reader, left)
            if not isinstance(written, Derivative) or len(tree.sides) > 2:
                yield lambda tree=tree: answer_sameness(self.text, tree, task)
                continue
            found = list(written_derivatives(self.context, task, left, written))
            if len(found) != 1:
                raise NameFault("no-variable", f"{span_text(left.span)} does not say by which variable it is", left.span)
            because = require_equal(self.context, found[0], right, answer := self._derivative(found[0], task))
            yield lambda answer=answer: replace(answer, conventions=(*answer.conventions, "the claim holds"))
            yield lambda said=said, because=because: stated(said, task, holds=True, because=because)

    def _identity(self, tree: Relation, unit: str, task: Task) -> Answer:
        answer = answer_identity(self.context, tree, unit, task.span, task.part, self.text.statements)
        return with_parametrisations(self.context.network, answer, [tree])

    def _values(self, task: Task) -> Iterator[Callable[[], Answer]]:
        """The quantities asked for; a forward pass gives every quantity on the way too."""
        network = self.context.network
        asked = [(tree, written_out(network.reader, tree)) for tree in trees_of(self.text, task.math("asked"))]
        trees = [tree for _, tree in asked if not isinstance(tree, Derivative)]
        named = task.named("asked")
        entries = bool(trees) and all(could_be_name(tree) and key(tree) not in network.names for tree in trees)
        if task.form == "value" or entries:
            for written, whole in asked:
                tree = at_outcome(network, whole, task)
                if (found := quantity_in(network, tree)) is not None:
                    yield lambda found=found: self._measured(*found, task)
                    continue
                if not isinstance(tree, Derivative) and read_along(network, written) is None:
                    yield lambda tree=tree, of=whole: as_asked(network, self._value(tree, task), tree, of)
                    continue
                asks = written_derivatives(self.context, task, written, tree)
                yield from with_whole(self._derivative, self.context, asks, task)
            if "loss" in named:
                yield lambda: self._in_words(only_loss(network, task.span), task)
            if "nodes" not in named:
                return
        names = [] if named else [name for tree in trees for name in names_in(tree)]
        later = self.versions.stated_later(network.equations, task) if self.versions else ()
        wanted = [find(network, name) for name in names] or [q for name, q in network.quantities() if name not in later]
        make = self._quantity if names else self._in_words
        for quantity in named_quantities(wanted):
            if quantity not in network.lists:
                yield lambda q=quantity: make(q, task)

    def _information(self, task: Task) -> Iterator[Callable[[], Answer]]:
        """The quantities of information that a task asks for; what only looks like one, `H_f(x)` for a Hessian, as it is."""
        network = self.context.network
        trees = trees_of(self.text, task.math("asked"))
        if not task.quantity and trees and all(quantity_in(network, tree) is None for tree in trees):
            written = [isinstance(written_out(network.reader, tree), Derivative) for tree in trees]
            yield from self._answers(replace(task, form="derivative" if all(written) else "value"))
            return
        own = own_notations(network, task)
        for tree in own:
            yield lambda tree=tree: as_asked(network, self._value(tree, task), tree, tree)
        for tree, found in [] if own else notations_of(network, task):
            yield lambda tree=tree, found=found: self._measured(tree, found, task)

    def _measured(self, tree: Tree, found: Information, task: Task) -> Answer:
        """One quantity of information. What is no distribution is refused, or normalised where that was asked for."""
        statements = self.text.statements
        checked = check_distributions(self.context, found, statements, self.measure.normalize)
        self._say_once(checked.said)
        unit = unit_for(self.context.network, statements, found.quantity, task, self.measure, tree)
        if (self.measure.unit or task.unit or NATS) != NATS and (root := root_of(tree, found)) is not None:
            return self._value(root, task)
        asked = span_text(tree.span) if tree.span is not None and tree.span != task.span else latex(tree)
        order = order_said(tree, found.quantity, task)
        self._say_once([Diagnostic("note", "order-of-the-text", order, task.span)] if order else [])
        taken_over = unit_taken_over(self.context.network, statements, found.quantity, task, self.measure)
        said = (*checked.conventions, task.note, order, unit_not_taken(found.quantity, task), taken_over)
        wanted = Wanted(checked.information, notation_in_words(tree), unit, asked, task.span, task.part, said)
        return answer_information(self.context, wanted)

    def _descent(self, task: Task) -> Iterator[Callable[[], Answer]]:
        """The derivatives of the first step, and the values after all steps; of a task that refers to steps those before it."""
        found, context = self.descents.read(self.context.network, self.text, task)
        asked = self.context.symbol(found.target.symbol).latex
        moved = () if task.again or task.order > 1 else found.moved
        for wanted in [DerivativeRequest(found.target, (variable,), asked, task.span) for variable in moved]:
            yield lambda wanted=wanted: self._derivative(wanted, task)
        self.context = context
        for value in wanted_values(found, self.text, task):
            yield lambda value=value: stepped(self._quantity(value, task), found)

    def _comparison(self, task: Task) -> Answer:
        """Which of two quantities is the larger one."""
        (one,), (other,) = (statements(math) for math in task.math("asked"))
        first, second = (self._compared(tree, task) for tree in (one, other))
        return comparison_answer(first, second, (one, other), task.span, task.verdict)

    def _compared(self, tree: Tree, task: Task) -> Answer:
        found = quantity_in(self.context.network, tree)
        return self._value(tree, task) if found is None else self._measured(*found, task)

    def _say_once(self, found: Sequence[Diagnostic]) -> None:
        """Diagnostics that were not said of another place; an error leaves the problem open."""
        said = {(d.code, d.message) for d in self.diagnostics}
        self.diagnostics.extend(d for d in found if (d.code, d.message) not in said and not _is_of_no_formula(d))
        self.open = self.open or any(d.severity == "error" for d in found)

    def _symmetry(self, task: Task) -> Iterator[Callable[[], Answer]]:
        """Both directions of a divergence, and what they say. Raises NameFault where the text defines it itself."""
        if own_notations(self.context.network, task):
            message = "the text defines this itself, and whether its own definition is symmetric is not decided"
            raise NameFault("own-definition", message, task.span, "ask for its values in both directions")
        for tree, found in notations_of(self.context.network, task):
            reverse = exchanged(tree)
            other = self.context.network.information(reverse)
            if other is None or len(found.distributions) != 2:
                raise NameFault("no-reverse", f"the {found.quantity.title} has no other direction", task.span)
            first, second = self._measured(tree, found, task), self._measured(reverse, other, task)
            yield from (lambda first=first: first, lambda second=second: second)
            ways = notation_in_words(tree), notation_in_words(reverse)
            yield lambda a=first, b=second, w=ways, f=found: symmetry_answer(a, b, *w, f, metric=asks_of_metric(task.text))

    def _quantity(self, quantity: Named, task: Task) -> Answer:
        answer = answer_value(self.context, quantity, quantity.symbol, self.context.spelled(quantity), task.span, task.part)
        return with_parametrisations(self.context.network, answer, [quantity.symbol])

    def _in_words(self, quantity: Named, task: Task) -> Answer:
        """The value of a quantity that the task does not name.

        Raises NameFault where it lacks numbers while arrays are given that no equation uses: then the network that was
        asked about is not among the equations.
        """
        answer = self._quantity(quantity, task)
        network = self.context.network
        used = set(inputs(node for _, node in network.quantities()))
        unused = [node for name, node in network.inputs() if name in network.values and node.shape and node not in used]
        if answer.needs and unused:
            names = ", ".join(self.context.spelled(node) for node in unused)
            message = f"no equation says how {names} are used, so the network asked about is not known"
            raise NameFault("unused-values", message, task.span, "write the network as equations")
        return answer

    def _in_unit(self, node: Node, answer: Answer, tree: Tree, task: Task) -> Answer:
        required, unit = task.unit is not None and not task.common, self.measure.unit or task.unit
        return value_in_unit(self.context, node, answer, tree, unit, required=required)

    def _value(self, tree: Tree, task: Task) -> Answer:
        """The value of a name, of what an equation in the task defines, or of any expression over the names."""
        network = self.context.network
        name = array_of_entry(network, next(names_in(tree)) if isinstance(tree, Relation) else tree)
        listed = members_of(network, name)
        whole = listed is None and could_be_name(name) and find_part(network, name) is None
        reached = self.descents.at(name, network)
        node: Node = reached or (find(network, name) if whole else network.read(listed or name, of_text=True))
        symbol = node.symbol if isinstance(node, Named | Variable) else name
        answer = answer_value(self.context, node, symbol, span_text(tree.span), task.span, task.part)
        body = written_body(self.context, node) if answer.value is None else None
        if body is not None and (found := quantity_in(network, body)) is not None:  # of families: its closed form
            return replace(self._measured(*found, task), asked=answer.asked, symbol=answer.symbol, of=answer.of)
        return with_parametrisations(network, self._in_unit(node, answer, name, task), [tree])


def _is_of_no_formula(said: Diagnostic) -> bool:
    """Whether it is a note on how a formula is read that stands for words of the sheet."""
    return said.severity == "note" and said.span is not None and said.span.source.name == ""


def _result(answer: Answer) -> tuple[object, ...]:
    """What tells two answers apart: the same derivative at two points is two, and so is that of two expressions."""
    points = tuple(said for said in answer.conventions if said.startswith(POINT))
    return answer.kind, answer.symbol, answer.formula, answer.value, answer.needs, answer.unit, points
