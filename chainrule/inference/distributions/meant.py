r"""Whether `H(p)`, `D_2(P, Q)`, `I(x)` is a quantity of information, and no function or product: its arguments tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.inference.define import called_function
from chainrule.inference.distributions.arguments import outcome_of
from chainrule.inference.distributions.families import instance_of
from chainrule.inference.distributions.notation import Written
from chainrule.inference.distributions.stochastic import is_random
from chainrule.inference.distributions.variables import is_variable, only_distribution
from chainrule.inference.literals import read_literal
from chainrule.inference.symbols import could_be_name, is_bold, is_capital, is_pi, is_probability, key
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Name, Number, Relation, Subscript, Superscript, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


def is_meant(reader: Reader, found: Written) -> bool:
    """Whether a quantity is meant, and not a function that nobody defined, or a product."""
    first, *more = found.arguments
    if isinstance(first, Relation) and not more:
        return outcome_of(reader, first) is not None
    if found.plainly or (more and (found.head == Name("H") or _is_square(reader, found.head))):
        return True
    if could_be_name(found.head) and key(found.head) in reader.restated:
        return True
    if found.head == Name("H") or _has_own_order(reader, found):
        return _could_have_entropy(reader, first) or _mixes_probabilities(reader, first)
    if found.quantities[0].name == "surprisal":
        return outcome_of(reader, first) is not None
    return all(_is_distribution(reader, argument) for argument in found.arguments)


def _has_own_order(reader: Reader, found: Written) -> bool:
    r"""Whether a head is the H of an entropy with its order below, `H_2`, `H_\alpha`."""
    if found.order is None or not isinstance(found.head, Subscript) or found.head.base != Name("H"):
        return False
    greek = isinstance(found.order, Name) and found.order.text.startswith("\\")
    return greek or isinstance(found.order, Number) or reader.knows(found.order)


def _is_square(reader: Reader, head: Tree) -> bool:
    """Whether a head is `H^2` or `\\chi^2`, and the letter nothing else in the text."""
    return isinstance(head, Superscript) and not reader.knows(head.base) and called_function(reader, key(head.base)) is None


def _could_have_entropy(reader: Reader, tree: Tree) -> bool:
    definition = reader.bodies.get(key(tree)) if could_be_name(tree) else None
    if definition is not None and _is_softmax(reader, definition.body):
        return True
    if _is_distribution(reader, tree) or not could_be_name(tree):
        return _is_distribution(reader, tree) or _has_distribution(reader, tree) or _is_of_family(reader, tree)
    if is_random(tree) and not reader.knows(tree):
        return only_distribution(reader, tree) is not None
    return (
        is_probability(tree)
        or is_pi(tree)
        or ((is_capital(tree) or is_bold(tree)) and not reader.knows(tree))
        or _is_array(reader, tree)
    )


def _has_distribution(reader: Reader, tree: Tree) -> bool:
    """Whether a formula computes with a table or makes probabilities, `\\frac12 (P + Q)`, `\\mathrm{softmax}(z)`."""
    words = (part.text for part in walk(tree) if isinstance(part, Name))
    normalised = any(word in reader.table and reader.table[word].name == "softmax" for word in words)
    return normalised or any(could_be_name(part) and reader.known(part) in reader.tables for part in walk(tree))


def _is_of_family(reader: Reader, tree: Tree) -> bool:
    """Whether a formula is of a density or of a random variable, `p(0.3)`, `E[X]`: not a number for a unit step."""
    return any(could_be_name(part) and key(part) in reader.families for part in walk(tree))


def _is_softmax(reader: Reader, body: Tree) -> bool:
    """Whether a whole formula makes probabilities."""
    match body:
        case Call(function=Name(text=word)) | Juxtaposition(items=(Name(text=word), _)):
            return word in reader.table and reader.table[word].name == "softmax"
        case _:
            return False


def _mixes_probabilities(reader: Reader, tree: Tree) -> bool:
    r"""Whether a formula, or that of a name, is a sum with letters of probabilities in it: `w p + (1 - w) q`."""
    body = reader.bodies[key(tree)].body if could_be_name(tree) and key(tree) in reader.bodies else tree
    letters = [part for part in walk(body) if could_be_name(part) and is_probability(part)]
    return len(set(letters)) > 1 and not any(reader.known(part) in reader.numbers for part in letters)


def _is_array(reader: Reader, tree: Tree) -> bool:
    name = reader.known(tree)
    return name is not None and (name in reader.lengths or (not reader.strict and name in reader.indexed))


def _is_distribution(reader: Reader, tree: Tree) -> bool:
    """Whether a tree is sure to be a distribution: a table, a member of a family, or a list of numbers."""
    if key(tree) in reader.families or is_variable(reader, tree):
        return True
    if could_be_name(tree):
        return reader.known(tree) in reader.tables or (not reader.strict and _is_array(reader, tree))
    if instance_of(tree) is not None:
        return True
    literal = read_literal(tree) if isinstance(tree, Bracket) else None
    return literal is not None and len(literal.rows) > 1
