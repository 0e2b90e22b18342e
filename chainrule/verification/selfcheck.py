"""The product held to its own tables: operations, rules of simplification, textbook derivatives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from time import perf_counter

from chainrule.evaluation.cases import cases
from chainrule.ops.table import constructions, operations
from chainrule.verification.operations import all_faults
from chainrule.verification.rules import check_rules, every_rule
from chainrule.verification.terms import random_term, telling_terms
from chainrule.verification.textbook import identities, identity_faults

RANDOM_TERMS = 300
DEPTHS = (2, 3)
SEED = 1


@dataclass(frozen=True)
class Checked:
    """One table that was gone over: what was checked, in how many seconds, and what does not hold."""

    table: str
    counted: str
    seconds: float
    faults: tuple[str, ...]


def self_check() -> Iterator[Checked]:
    """One result a table, as each is done."""
    for table, check in _TABLES.items():
        start = perf_counter()
        counted, faults = check()
        yield Checked(table, counted, perf_counter() - start, tuple(faults))


def _operations() -> tuple[str, list[str]]:
    every = [(record, cases(record)) for record in operations()]
    made = constructions()
    faults = [fault for record, own in every for fault in all_faults(record, own)]
    faults += [fault for construction in made for fault in all_faults(construction, [])]
    count = sum(len(own) for _, own in every)
    return f"{len(every)} operations on {count} kinds of shapes, {len(made)} constructions", faults


def _rules() -> tuple[str, list[str]]:
    """A rule that was of no use to any term is a fault: nothing was checked of it."""
    random = Random(SEED)
    terms = [*telling_terms(), *(random_term(random, DEPTHS[k % len(DEPTHS)]) for k in range(RANDOM_TERMS))]
    check = check_rules(terms)
    untried = [f"the rule {name} was of no use to any term" for name in check.untried]
    counted = f"{len(every_rule())} rules, used {sum(check.uses.values())} times on {len(terms)} terms"
    return counted, [*check.faults, *untried]


def _textbook() -> tuple[str, list[str]]:
    every = identities()
    return f"{len(every)} derivatives", [fault for identity in every for fault in identity_faults(identity)]


_TABLES: dict[str, Callable[[], tuple[str, list[str]]]] = {
    "operations": _operations,
    "rules": _rules,
    "textbooks": _textbook,
}
