"""The derivatives that textbooks state, each beside the one that is found here: its value, a numeric one, its printed form."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from chainrule.algebra.normal_form import normal_form
from chainrule.calculus.jacobian import derivative_node
from chainrule.errors import ChainruleError
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import sample
from chainrule.graph.node import Named, Node, Variable
from chainrule.inference.build import build_network
from chainrule.inference.declarations import Declaration
from chainrule.inference.network import Network
from chainrule.inference.vocabulary import vocabulary
from chainrule.source import Source
from chainrule.syntax.parser import parse_expression, parse_statements
from chainrule.syntax.tree import Name, Tree
from chainrule.verification.derivative import check_derivative
from chainrule.verification.gate import Gate

TOLERANCE, NUMERIC = 1e-9, 1e-6
POINTS = (1, 2, 3)
_NAME = "f"
_COLUMNS = 5


@dataclass(frozen=True)
class Identity:
    """A row of identities.md, in plain text: the derivative of a quantity by variables in order, and where a book has it."""

    book: str
    quantity: str
    by: tuple[str, ...]
    derivative: str
    shapes: tuple[tuple[str, tuple[str, ...]], ...]
    number: str

    @property
    def title(self) -> str:
        return f"{self.book}, {self.number}: d({self.quantity})/d{' d'.join(self.by)}"


def identities() -> list[Identity]:
    """Those that come with the package."""
    return read_identities(resources.files("chainrule.verification").joinpath("identities.md").read_text(encoding="utf-8"))


def read_identities(text: str) -> list[Identity]:
    """The rows of the tables below each heading. Raises ValueError for a row of another form."""
    found: list[Identity] = []
    book = ""
    for line in text.splitlines():
        if line.startswith("## "):
            book = line.removeprefix("## ")
        elif line.startswith("|") and not line.startswith(("| quantity ", "|---")):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if len(cells) != _COLUMNS:
                raise ValueError(f"not {_COLUMNS} cells: {line}")
            quantity, by, derivative, shapes, number = cells
            variables = tuple(each.strip() for each in by.split(","))
            found.append(Identity(book, quantity, variables, derivative, tuple(map(_shape, shapes.split())), number))
    return found


def _shape(text: str) -> tuple[str, tuple[str, ...]]:
    """`A=m,n`, and `b=` for a scalar."""
    symbol, _, sizes = text.partition("=")
    return symbol, tuple(filter(None, sizes.split(",")))


def identity_faults(identity: Identity) -> Iterator[str]:
    """What does not hold of an identity; one that cannot be read is a fault."""
    try:
        yield from _faults(identity)
    except ChainruleError as error:
        yield f"{identity.title}: {error.message} [{error.code}]"


def _faults(identity: Identity) -> Iterator[str]:
    network = _read(identity)
    target = network.find(Name(_NAME))
    by = [_variable(network, symbol) for symbol in identity.by]
    found = normal_form(derivative_node(target, by))
    stated = network.read(_tree(identity.derivative), None, found.shape)
    if stated.shape != found.shape:
        yield f"{identity.title}: the shape is not that of {identity.derivative}"
        return
    for seed in POINTS:
        point = sample([target, found, stated], seed)
        if not compare(*evaluate([found, stated], point.values, point.sizes)) <= TOLERANCE:
            yield f"{identity.title}: the value is not that of {identity.derivative}"
    before = target if len(by) == 1 else derivative_node(target, by[:-1])
    if not check_derivative(before, by[-1], found, {}, {}).max_rel_err <= NUMERIC:
        yield f"{identity.title}: the value is not that of the numeric derivative"
    Gate(network).show(found)


def _read(identity: Identity) -> Network:
    reading = parse_statements(Source("identity", f"{_NAME} = {identity.quantity}").span(), vocabulary(), "plain")
    declared = [Declaration(_tree(symbol), shape, None) for symbol, shape in identity.shapes]
    network = build_network(reading.statements, declared)
    for diagnostic in (*reading.diagnostics, *network.diagnostics):
        if diagnostic.severity == "error":
            raise ChainruleError(diagnostic.code, diagnostic.message, diagnostic.span, diagnostic.hint)
    return network


def _tree(text: str) -> Tree:
    return parse_expression(Source("identity", text).span(), vocabulary(), "plain")


def _variable(network: Network, symbol: str) -> Named | Variable:
    node: Node = network.find(_tree(symbol))
    assert isinstance(node, Named | Variable)
    return node
