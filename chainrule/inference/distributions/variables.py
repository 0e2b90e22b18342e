r"""Random variables: the X and Y of `H(X, Y)`, `H(Y \mid X)`, `I(X; Y)`, and which distribution they have together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.inference.distributions.joints import (
    BY_PLACE,
    chained,
    condition_of,
    drawn,
    given_joints,
    independent,
    marginals,
    of_products,
    of_tables,
    unnamed,
    with_function,
)
from chainrule.inference.distributions.labels import RANDOM, letter_of, variable_of
from chainrule.inference.distributions.marginals import Joint
from chainrule.inference.distributions.stochastic import Group, is_random, names_in
from chainrule.inference.symbols import Symbol, could_be_name, is_probability, key, letter, span_text
from chainrule.source import Span
from chainrule.syntax.tree import Name, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


_TRUE, _COMPARED = Name("p"), Name("q")


def is_variable(reader: Reader, tree: Tree) -> bool:
    r"""Whether a tree is a random variable of the text, and no distribution itself: no name, one computed from others, or the X
    of `X = \{0: 1/2, 1: 1/2\}` beside `P(Y \mid X)`.
    """
    variables = variables_in(reader)
    if not could_be_name(tree) or variable_of(tree) not in variables:
        return False
    definition = reader.bodies.get(key(tree)) if reader.knows(tree) else None
    inside = [] if definition is None else [part for part in walk(definition.body) if could_be_name(part)]
    own_table = is_random(tree) and key(tree) in reader.tables
    return not reader.knows(tree) or own_table or (len(inside) > 0 and all(part in variables for part in inside))


def variables_in(reader: Reader) -> Group:
    """The random variables that have a distribution, or of which the text says how they depend on others."""
    if unnamed(reader) is not None:
        return frozenset(BY_PLACE)
    named = (variable for table in reader.tables.values() for variable in table.variables)
    return frozenset((*named, *filter(is_random, reader.families), *reader.dependence.variables))


def distribution_of_variables(reader: Reader, variables: Iterable[Tree], span: Span | None, of: Tree | None = None) -> Joint:
    """The distribution of some variables, in the order of its table. of: the letter that the text asks for, q of `q(x)`.

    Raises NameFault where the text does not give it, or gives it twice.
    """
    wanted = frozenset(map(variable_of, variables))
    asked = None if of is None else letter_of(of)
    found = _found(reader, wanted, span, of=asked)
    if unnamed(reader) is not None and found:
        message = "in the pairs of this joint distribution the first is taken for the value of X, the second for that of Y"
        reader.note("variables-by-place", message, found[0].body, "name them, p(x, y) = ...")
    if not found:
        raise _not_given(wanted, span)
    own = [joint for joint in of_tables(reader) if wanted <= frozenset(joint.variables)]
    if len(found) == 1 and asked is None and _letter(found[0]) == _TRUE and any(_is_compared_with(joint) for joint in own):
        message = f"{_listed(wanted)} is taken to have the distribution p: q is what it is compared with"
        reader.note("true-distribution", message, found[0].body, "write the distribution that is meant, H(q)")
    if len(found) > 1:
        message = f"the text has more than one distribution of {_listed(wanted)}"
        raise NameFault("two-distributions", message, span, "name the one meant")
    return found[0]


def only_distribution(reader: Reader, tree: Tree) -> Tree | None:
    """The distribution of a variable of which nothing is said, where it is the one variable of the text, and the text has one
    distribution alone; else None.
    """
    letters = {Name(text) for text in reader.letters if text in RANDOM}
    if not is_random(tree) or reader.knows(tree) or variables_in(reader) or not letters <= {tree}:
        return None
    tables = [name for name, table in reader.tables.items() if len(table.labels) == 1 and not table.variables]
    listed = [name for name, lengths in reader.lengths.items() if is_probability(name) and len(lengths) == 1]
    families = [name for name in reader.families if could_be_name(name)]
    names = tuple(dict.fromkeys((*tables, *listed, *families)))
    return names[0] if len(names) == 1 and is_probability(names[0]) else None  # N of "$N$ is the number" is no other variable


def _found(
    reader: Reader, wanted: Group, span: Span | None, used: Group = frozenset(), of: Tree | None = None
) -> Sequence[Joint]:
    """The distributions of these variables: given ones before marginals of others, these before what has to be put together.

    used: the conditional tables that are multiplied already. of: the letter that is asked for; where a distribution of them
    has it no other one is meant, and q is never meant by p.
    """
    everything = (of_tables(reader), of_products(reader))
    own_letter = [[j for j in known if _letter(j) == of and wanted <= frozenset(j.variables)] for known in everything]
    not_other = [[j for j in known if of is None or {of, _letter(j)} != {_TRUE, _COMPARED}] for known in everything]
    fitting = own_letter if of is not None and any(own_letter) else not_other
    for known in fitting:
        own = [joint for joint in known if frozenset(joint.variables) == wanted]
        if own and (of or not _is_compared(own, reader, wanted)):
            return _true(own)
    single = drawn(reader, next(iter(wanted))) if len(wanted) == 1 else None
    if single is not None:
        return [single]
    for known in fitting:
        wider = _true([joint for joint in known if wanted < frozenset(joint.variables)])
        least = [j for j in wider if not any(frozenset(other.variables) < frozenset(j.variables) for other in wider)]
        found = [each for joint in least for each in marginals(joint, wanted)]
        if found:
            return found
    if of and any(wanted <= frozenset(joint.variables) for known in everything for joint in known):
        return []  # one of another letter
    products = _chained(reader, wanted, span, used)
    if products:
        return _true(products)
    made = _put_together(reader, wanted, span)
    return [] if made is None else [made]


def _chained(reader: Reader, wanted: Group, span: Span | None, used: Group) -> list[Joint]:
    """The distributions that conditional tables make with those of their conditions."""
    found: list[Joint] = []
    for name, table in reader.tables.items():
        condition = frozenset(condition_of(name))
        if not condition or name in used or not wanted <= frozenset(table.variables):
            continue
        inner = _one(_found(reader, condition, span, used | {name}))
        joint = None if inner is None else chained(inner, name, table)
        if joint is not None:
            found += [joint] if frozenset(joint.variables) == wanted else marginals(joint, wanted)
    return found


def _put_together(reader: Reader, wanted: Group, span: Span | None) -> Joint | None:
    """The distribution of variables that are independent, or functions of others; None where the text does not say so."""
    for variable, body in reader.dependence.functions:
        if variable in wanted:
            others = wanted - {variable} | {name for name in names_in(body) if is_random(name)}
            inner = _one(_found(reader, others, span)) if variable not in others else None
            whole = None if inner is None else with_function(inner, variable, body)
            chosen = [] if whole is None else [whole] if frozenset(whole.variables) == wanted else marginals(whole, wanted)
            return _one(chosen)
    for groups in reader.dependence.independent:
        parts = [wanted & group for group in groups if wanted & group]
        if len(parts) < 2 or frozenset().union(*parts) != wanted:
            continue
        joints = [_one(_found(reader, part, span)) for part in parts]
        known = [joint for joint in joints if joint is not None]
        if len(known) < len(parts):
            return None
        whole: Joint | None = known[0]
        for other in known[1:]:
            whole = None if whole is None else independent(whole, other, span)
        return whole
    return None


def _one(found: Sequence[Joint]) -> Joint | None:
    return found[0] if len(found) == 1 else None


def _not_given(wanted: Group, span: Span | None) -> NameFault:
    message = f"the distribution of {_listed(wanted)} is not given"
    if len(wanted) == 1:
        (variable,) = wanted
        hint = f"give it as a table, P({_said(variable)}) = {{0: 1/2, ...}}, or a family, {_said(variable)} \\sim Ber(0.3)"
        return NameFault("no-distribution", message, span, hint)
    hint = "give it as a table, p(X, Y) = {(0, 0): 1/2, ...}, or say that they are independent, X \\perp Y"
    return NameFault("no-joint-distribution", message, span, hint)


def _true(found: Sequence[Joint]) -> Sequence[Joint]:
    """Of distributions p and q of the same variable the one called p: q is what it is compared with."""
    true = [joint for joint in found if _letter(joint) == _TRUE]
    return true if len(true) == 1 and all(joint in true or _is_compared_with(joint) for joint in found) else found


def _is_compared(own: Sequence[Joint], reader: Reader, wanted: Group) -> bool:
    """Whether these have other letters, q or `p_\\theta`, beside a joint distribution p that says how the variables are
    distributed.
    """
    wider = [joint for joint in of_tables(reader) if wanted < frozenset(joint.variables)]
    others = [name for joint in own if (name := _letter(joint)) is not None and is_probability(name)]
    return len(others) == len(own) and _TRUE not in others and any(_letter(joint) == _TRUE for joint in wider)


def _is_compared_with(joint: Joint) -> bool:
    r"""Whether it has the letter q, with marks or without, `q_\phi`."""
    own = _letter(joint)
    base = None if own is None else letter(own)
    return isinstance(base, Name) and base.text.lower() == "q"


def _letter(joint: Joint) -> Tree | None:
    """The letter of the tables that a distribution is computed from; None where they have several."""
    parts = [joint.body] if isinstance(joint.body, Symbol) else walk(joint.body)
    letters = {letter_of(part.name) for part in parts if isinstance(part, Symbol)}
    return letters.pop() if len(letters) == 1 else None


def product_of(reader: Reader, one: Joint, other: Joint, span: Span | None) -> Joint | None:
    """`p(x) p(y)`, the product of the distributions of two variables, in the order of their joint table.

    None where one is of two variables itself.
    """
    if len(one.variables) != 1 or len(other.variables) != 1:
        return None
    if any(joint.variables == (*other.variables, *one.variables) for joint in given_joints(reader)):
        one, other = other, one
    return independent(one, other, span)


def _listed(wanted: Group) -> str:
    return " and ".join(sorted(map(_said, wanted)))


def _said(variable: Tree) -> str:
    return variable.text if isinstance(variable, Name) else span_text(variable.span)
