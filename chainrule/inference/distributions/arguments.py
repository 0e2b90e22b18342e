r"""The arguments of quantities: names of tables, vectors, mixtures, numbers that are the parameter of a Bernoulli."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.errors import NameFault
from chainrule.inference.distributions.labels import Table
from chainrule.inference.literals import ONE
from chainrule.inference.resolved import Applied, Filled
from chainrule.inference.symbols import Symbol, could_be_name, key, span_text
from chainrule.probability.family import Family
from chainrule.syntax.tree import Bracket, Juxtaposition, Matrix, Sum, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


@dataclass(frozen=True)
class Argument:
    """What one argument of a quantity is, its names known.

    symbol: as it is written. body: the resolved vector or matrix of its probabilities; None where the outcomes are not finitely
    many. table: what the outcomes are called, where the text says so. parameters: resolved, of the family, in its order.
    """

    symbol: Tree
    body: Tree | None
    table: Table | None = None
    family: Family | None = None
    parameters: tuple[Tree, ...] = ()


def read_argument(reader: Reader, tree: Tree) -> Argument:
    """The argument. Raises NameFault and SyntaxFault where it is nothing that could be one."""
    inside = _unwrapped(tree)
    whole = _without_outcome(reader, inside)
    body = reader.read(whole)
    return Argument(tree, body, table_of(reader, body))


def _unwrapped(tree: Tree) -> Tree:
    while isinstance(tree, Bracket) and tree.kind == "(" and len(tree.items) == 1:
        tree = tree.items[0]
    return tree


def _without_outcome(reader: Reader, tree: Tree) -> Tree:
    """`P` for `P(x)`, where x is any outcome."""
    if not (isinstance(tree, Juxtaposition) and len(tree.items) == 2):
        return tree
    name, bracket = tree.items
    plain = isinstance(bracket, Bracket) and bracket.kind == "(" and all(map(could_be_name, bracket.items))
    if plain and could_be_name(name) and key(name) in reader.tables and not reader.knows(tree):
        return name
    return tree


def table_of(reader: Reader, body: Tree) -> Table | None:
    """What the entries of a vector are called: as those of the tables it is computed from, entry by entry.

    Raises NameFault where it is computed from tables with other outcomes.
    """
    tables: dict[Tree, Table] = {}
    waiting, seen = [body], set[Tree]()
    while waiting:
        for part in walk(waiting.pop()):
            if not isinstance(part, Symbol) or part.name in seen:
                continue
            seen.add(part.name)
            if part.name in reader.tables:
                tables[part.name] = reader.tables[part.name]
            elif isinstance(body, Symbol) and part.name in reader.bodies and not reader.bodies[part.name].indices:
                waiting.append(reader.read(reader.bodies[part.name].body))
    found = list({table.labels: table for table in tables.values()}.values())
    if len(found) > 1:
        names = " and ".join(span_text(name.span) for name in tables)
        raise NameFault("different-outcomes", f"{names} have different outcomes", body.span)
    return found[0] if found else None


def is_number(reader: Reader, body: Tree) -> bool:
    """Whether a resolved tree is sure to be a number: all its names are, and nothing in it makes an array."""
    for part in walk(body):
        match part:
            case Symbol(name=name):
                if name not in reader.numbers:
                    return False
            case Bracket(kind="[") | Matrix() | Filled():
                return False
            case Applied(function=function) if function.signature.split("->")[1].strip() not in ("", ".", "S"):
                return False
            case _:
                pass
    return True


def bernoulli(body: Tree) -> Tree:
    """The probabilities of 0 and of 1, from that of 1."""
    return Bracket("[", (Sum((1, -1), (ONE, body), span=body.span), body), (",",), span=body.span)
