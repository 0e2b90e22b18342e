r"""Distributions of one random variable in symbols, `P(X)`, `p(y \mid x = 1)`, as the lists of their probabilities."""

from dataclasses import replace
from math import fsum

from chainrule.errors import NameFault
from chainrule.inference.distributions.labels import Table, variable_of
from chainrule.inference.distributions.marginals import cells_of
from chainrule.inference.distributions.variables import distribution_of_variables, is_variable
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, is_probability, key, span_text
from chainrule.solving.answer import Answer
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree

_ROUNDING = 1e-9


def as_list(network: Network, tree: Tree) -> Tree:
    r"""`P(X)` of a variable of a joint distribution as the list of `P(X = 0), P(X = 1), ...`; any other formula as it is.

    Behind a bar the others may have values, `P(Y \mid X = 1)`. Raises NameFault where their distribution is not known.
    """
    match tree:
        case Juxtaposition(items=(name, Bracket(kind="(", items=(letter, *given)) as bracket)):
            pass
        case _:
            return tree
    reader = network.reader
    table = reader.tables.get(key(name))
    if table is not None and could_be_name(letter) and _lists_several(table):
        asked, of = span_text(letter.span), span_text(name.span)
        message = f"{of} lists outcomes of several variables, and does not tell which of them is {asked}"
        raise NameFault("unknown-variable", message, tree.span, "name them in the table, p(x, y)")
    of_own = table is not None and variable_of(letter) in table.variables
    plain_table = of_own and table is not None and len(table.variables) < 2 and not given
    unknown = table is None and is_probability(name) and not reader.knows(name) and key(name) not in reader.headed
    pairs = [item.sides for item in given if isinstance(item, Relation) and item.operators == ("=",)]
    variables = [letter, *(variable for variable, _ in pairs)]
    said = len(pairs) == len(given) and bracket.separators == ("|", ",", ",")[: len(given)]
    if plain_table or not (table or unknown) or not said or not all(is_variable(reader, each) for each in variables):
        return tree
    wanted = frozenset(map(variable_of, variables))
    if all(len(each.variables) < 2 or not wanted <= frozenset(each.variables) for each in reader.tables.values()):
        return tree
    joint = distribution_of_variables(reader, variables, tree.span, name if of_own else None)
    place = joint.variables.index(variable_of(letter))
    labels = dict.fromkeys(outcome[place] for outcome, _ in cells_of(joint) or ())
    events = [Relation(("=",), (letter, label), span=letter.span) for label in labels]
    entries = tuple(Juxtaposition((name, replace(bracket, items=(event, *given))), span=tree.span) for event in events)
    return Bracket("[", entries, (",",) * (len(entries) - 1), span=tree.span) if entries else tree


def normalised(written: Tree, listed: Tree, answer: Answer) -> Answer:
    """The answer. Raises NameFault where it is a distribution that a formula was listed as, and does not sum to 1."""
    probabilities = answer.value if isinstance(listed, Bracket) and not isinstance(written, Bracket) else None
    numbers = [each for each in probabilities if isinstance(each, float)] if isinstance(probabilities, list) else []
    if numbers and abs(fsum(numbers) - 1.0) > _ROUNDING:
        said = f"the probabilities of {span_text(written.span)} sum to {fsum(numbers):.12g}, not to 1"
        raise NameFault("not-normalised", said, written.span, "correct a number, or divide the entries by their sum")
    return answer


def _lists_several(table: Table) -> bool:
    """Whether its outcomes are pairs, or longer tuples, of which one variable alone is named."""
    listed = [label for axis in table.labels for label in axis if isinstance(label, Bracket)]
    return len(table.labels) == 1 and any(len(label.items) > len(table.variables) > 0 for label in listed)
