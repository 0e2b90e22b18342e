"""What a text says of labelled distributions, for the tests of tables."""

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.labels import Table
from chainrule.inference.literals import Exact
from chainrule.inference.network import Network
from chainrule.syntax.tokens import Notation
from chainrule.typesetting import plain
from tests.inference.networks import network_of


def read(text: str, notation: Notation = "latex") -> tuple[dict[str, tuple[Table, Exact | None]], list[Diagnostic]]:
    """The tables of a text by name, with their values where they are numbers, and everything that is said."""
    network, said = network_of(text, notation)
    return tables_of(network), list(said)


def tables_of(network: Network) -> dict[str, tuple[Table, Exact | None]]:
    return {plain(name): (table, network.values.get(name)) for name, table in network.reader.tables.items()}


def labels(table: Table) -> list[list[str]]:
    return [[plain(label) for label in axis] for axis in table.labels]


def variables(table: Table) -> list[str]:
    return [plain(variable) for variable in table.variables]


def added(table: Table) -> list[str]:
    return [plain(label) for label in table.added]


def codes(said: list[Diagnostic]) -> list[str]:
    return [each.code for each in said]
