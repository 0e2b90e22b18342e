"""The sentence beside a step, chosen for the structure of its node: what the rule says of these very quantities."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.algebra.powers import base_and_exponent
from chainrule.explanation.product_reasons import reason_of_product
from chainrule.explanation.words import Mention, Words, filled, listed, noun
from chainrule.graph import build
from chainrule.graph.node import Add, Apply, Constant, Contract, Named, Node, Stack, Variable, operands
from chainrule.graph.step import Step
from chainrule.syntax.tree import Name, Prime

ARTICLE = "a"
"""The one letter that is a word too."""


MOST_PATHS = 6
"""Of a quantity that is used in more places their number is said, not their names."""


@dataclass(frozen=True)
class Surroundings:
    """What a sentence may refer to: the named quantity a term stands in, the cotangents, and which terms stand in sums."""

    owners: Mapping[Node, Named]
    cotangents: Mapping[Node, Node]
    added: frozenset[Node]


def reason(step: Step, around: Surroundings) -> Words:
    """The sentence of one edge of the reverse sweep."""
    assert step.argument is not None
    operand = operands(step.node)[step.argument]
    upstream = _upstream(step, around)
    match step.node:
        case Contract():
            place = _place(step.node, around)
            return reason_of_product(step.node, step.argument, place, upstream, step.node in around.added)
        case Add(terms=terms):
            return _of_sum(step.node, operand, terms[step.argument][0], _place(step.node, around), upstream)
        case Stack():
            sentence = "{a} is entry {k} of a list, so it receives that entry of {g}."
            return filled(sentence, a=(Mention(operand, "this"),), k=str(step.argument + 1), g=upstream)
        case Apply():
            return _of_operation(step.node, step.argument, operand, step.local, upstream)
        case _:
            return (step.because,)


def reason_of_uses(node: Node, through: Sequence[Node]) -> Words:
    """Why the contributions to a node add up; `through` are the quantities it is used in, one for each use."""
    if len(set(through)) > MOST_PATHS:
        return (Mention(node, "This"), f" is used in {len(through)} places, so the contributions of all of them add up.")
    places: list[Words] = []
    for place, count in Counter(through).items():
        times = {1: "in ", 2: "twice in "}.get(count, f"{count} times in ")
        places.append((times, Mention(place, "a formula")))
    return filled("{a} is used {all}, so the contributions add up.", a=(Mention(node, "This"),), all=listed(places))


def _upstream(step: Step, around: Surroundings) -> Words:
    """What the upstream gradient is called; nothing where it is the number one."""
    if isinstance(step.before, Constant) and step.before.value == 1:
        return ()
    owner = around.owners.get(step.node)
    if owner is not None and around.cotangents.get(owner) is step.before:
        return (f"the {noun(owner)} by ", Mention(owner, "it"))
    return (f"the upstream {noun(step.node)}",)


def _place(node: Node, around: Surroundings) -> Mention:
    """`z = W x + b` where the node is all of z or a term of it, else the node itself."""
    owner = around.owners.get(node)
    if owner is None:
        return Mention(node, "this formula")
    whole = owner.body
    if whole is node or (isinstance(whole, Add) and any(term is node for _, term in whole.terms)):
        return Mention(owner, "this formula", "defined")
    return Mention(node, "this formula")


def _of_sum(node: Add, operand: Node, coefficient: Fraction, place: Mention, upstream: Words) -> Words:
    if coefficient == 1:
        received = "each term receives {g} as it is, and so does {a}." if upstream else "the {d} by each term is 1, as by {a}."
        sentence = "In the sum {y} " + received
    elif coefficient == -1:
        sentence = "In {y} there is a minus before {a}, so " + (
            "it receives minus {g}." if upstream else "the {d} by it is -1."
        )
    else:
        sentence = "In {y} the number {c} stands before {a}, so the {d} by it is {c}" + (" times {g}." if upstream else ".")
    return filled(
        sentence,
        y=(place,),
        a=(Mention(operand, "this term"),),
        c=(Mention(build.constant(coefficient), str(coefficient)),),
        d=noun(operand),
        g=upstream,
    )


def _of_operation(node: Apply, k: int, operand: Node, local: Node | None, upstream: Words) -> Words:
    rule = node.operation.reason(k)
    told = _of_power(node, k) or _of_prime(node) or (rule, *_letters(rule, node))
    if local is None or not node.shape:
        return told
    sentence = "{f} acts entry by entry, so {g} is multiplied by {local} entry by entry{summed}. {rule}"
    return filled(
        sentence,
        f=(Mention(node, f"the {node.operation.name}", "function"),),
        g=upstream,
        local=(Mention(local, "the derivative"),),
        summed="" if operand.shape else ", and the entries are added up",
        rule=told,
    )


def _of_power(node: Apply, k: int) -> Words:
    """A square, a root and a denominator in their own words."""
    base, exponent = base_and_exponent(node)
    if k or base is node or not isinstance(exponent, Constant):
        return ()
    if exponent.value == -1:
        return filled("The derivative of one over {b} is minus one over its square.", b=(Mention(base, "the denominator"),))
    named = {Fraction(2): "a square is twice what is squared", Fraction(1, 2): "a root is one over twice the root"}
    return (f"The derivative of {named[exponent.value]}.",) if exponent.value in named else ()


def _of_prime(node: Apply) -> Words:
    """f' is kept, so that its derivative is f''."""
    function = node.operation.function
    if not isinstance(function, Prime):
        return ()
    return ("It is a derivative itself, and is differentiated once more.",)


def _letters(sentence: str, node: Apply) -> Words:
    """What the letters in the operation's own sentence stand for here."""
    meant: list[Words] = []
    for letter, argument in zip(node.operation.arguments, node.arguments, strict=True):
        said = re.search(rf"(?<![\w']){re.escape(letter)}(?![\w'])", sentence)
        own = isinstance(argument, Named | Variable) and argument.symbol == Name(letter)
        if said and not own and len(letter) == 1 and letter != ARTICLE:
            meant.append((f"{letter} is ", Mention(argument, "the argument")))
    return filled(" Here {all}.", all=listed(meant)) if meant else ()
