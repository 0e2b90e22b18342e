r"""Letters of functions that words explain: "where $\phi$ is the softplus function"."""

from collections.abc import Iterator, Sequence

from chainrule.errors import Diagnostic
from chainrule.sheets.networks.description import Unclear, quoted, unclear, with_slope
from chainrule.sheets.networks.equations import Equation, apply_activation
from chainrule.sheets.networks.parts import Activation, Fact
from chainrule.sheets.networks.symbols import Known


def _named_function(fact: Fact, facts: Sequence[Fact], known: Known) -> str:
    """An activation of z. Raises Unclear where it has no name here, or no slope."""
    if not isinstance(fact.value, Activation) or any(each.slot == "beyond" and each.span == fact.span for each in facts):
        message = f"{quoted(fact.span)}: this function has no name here"
        raise unclear("unsupported-function", message, fact.span, "define the function by a formula")
    return apply_activation(with_slope(Activation(fact.value.name), fact.span, facts), "z", known)


def name_functions(facts: Sequence[Fact], known: Known, faults: list[Diagnostic]) -> Iterator[Equation]:
    r"""What letters of functions stand for, where words alone say it: `\phi(z) = \tanh(z)`.

    What a function is that has no name here is a fault, and nothing else is taken for it. Raises Unclear where words say two.
    """
    taken: dict[str, Fact] = {}
    for fact in facts:
        if fact.slot != "function" or not isinstance(fact.value, Activation):
            continue
        letter = fact.value.written
        if letter in taken and taken[letter].value != fact.value:
            message = f"{quoted(fact.span)} contradicts {quoted(taken[letter].span)}"
            raise unclear("contradictory-network", message, fact.span, "define the function by a formula")
        standard = letter == "\\sigma" and fact.value.name == "sigmoid" and not known.has(letter)
        if letter not in taken and not standard and not known.has_function(letter):
            try:
                right = _named_function(fact, facts, known)
            except Unclear as error:
                faults.append(error.diagnostic)
                right = "\\operatorname{unknown}(z)"  # so that nothing else is taken for it
            yield Equation(f"{letter}(z) = {right}", fact.span, shown=False)
        taken[letter] = fact
