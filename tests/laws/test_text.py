"""What is printed of random expressions: valid input again, with the same value; the same text in whatever order they were
written; a normal form that is one.
"""

from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import chainrule as cr
from chainrule.algebra.normal_form import normal_form
from chainrule.errors import EvaluationError
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph.build import is_zero
from chainrule.graph.node import Named, Node, postorder
from chainrule.graph.walk import expand, inputs
from chainrule.inference.network import Network
from chainrule.pipeline import read_equations
from chainrule.solving.reading import read_declarations
from chainrule.source import Source
from chainrule.syntax.tree import Name
from chainrule.verification.gate import Gate
from tests.laws.laws import Case, cases, close
from tests.laws.recipes import SHAPES, Recipe, text
from tests.laws.rewrites import shuffled

randoms = st.randoms(use_true_random=False)


def network(recipe: Recipe) -> tuple[Network, Node]:
    """The network of a recipe, and the recipe as a graph in which no quantity has a name."""
    shapes = read_declarations({name: SHAPES[name] for name in recipe.names})
    _, found = read_equations(Source("text", f"F = {text(recipe)}"), shapes)
    [named] = [node for symbol, node in found.quantities() if symbol == Name("F")]
    assert isinstance(named, Named)
    return found, expand(named.body)


@settings(max_examples=30)
@given(cases())
def test_what_is_printed_is_valid_input_again(case: Case) -> None:
    """In LaTeX, plain text and Unicode text, of the expression in closed form."""
    read, node = network(case.recipe)
    form = normal_form(node)
    assume(not any(is_zero(part) and part.shape for part in postorder(form)))  # zeros do not say how many they are
    assume({d for part in postorder(form) for d in part.shape} <= {d for v in inputs([form]) for d in v.shape})
    shown = Gate(read).show(form)
    expected = case.net.at(case.values)["F"]
    used = {v.symbol.text for v in inputs([form]) if isinstance(v.symbol, Name)}
    shapes = {name: SHAPES[name] for name in used}
    for printed in {shown.latex, shown.plain, shown.unicode}:
        again = cr.parse(f"G = {printed}", shapes={**shapes, "G": case.recipe.shape})
        close(again.at({name: case.values[name] for name in used})["G"], expected, printed)


@settings(max_examples=20)
@given(cases(), randoms)
def test_the_plain_text_of_a_derivative_is_valid_input(case: Case, random: Random) -> None:
    """Beside the formula it is the derivative of, which it may mention."""
    name = random.choice([n for n in case.recipe.names if len(SHAPES[n]) + len(case.recipe.shape) < 3] or [""])
    assume(name)
    derivative = case.net.derivative("F", name)
    assume("entry" not in " ".join(derivative.conventions))
    shape = (*case.recipe.shape, *SHAPES[name])
    again = cr.parse(f"F = {text(case.recipe)}; G = {derivative.forms.closed.text}", shapes={**case.shapes, "G": shape})
    close(again.at(case.values)["G"], derivative.at(case.values), derivative.text)


@settings(max_examples=40)
@given(cases(), randoms)
def test_the_text_does_not_depend_on_the_order_of_terms_and_factors(case: Case, random: Random) -> None:
    read, node = network(case.recipe)
    _, other = network(shuffled(case.recipe, random))
    gate = Gate(read)
    assert gate.show(normal_form(other)).plain == gate.show(normal_form(node)).plain


@settings(max_examples=60)
@given(cases(depth=3))
def test_a_normal_form_is_its_own_and_keeps_the_value(case: Case) -> None:
    _, node = network(case.recipe)
    form = normal_form(node)
    assert normal_form(form) is form
    try:
        at = sample([node, form], seed=1)
    except EvaluationError:  # such as abs(diag(x)), which is at its kink wherever x is
        assume(False)
        raise
    before, after = evaluate([node, form], at.values, at.sizes)
    close(after, before, text(case.recipe))
