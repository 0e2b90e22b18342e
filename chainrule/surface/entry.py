"""Where a person begins: equations, a Python function, a problem sheet."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.errors import ChainruleError
from chainrule.inference.trace import Sizes, trace_network
from chainrule.solving.equations import read_equations
from chainrule.solving.reading import read_declarations, read_givens
from chainrule.source import Source
from chainrule.surface.net import Net

if TYPE_CHECKING:
    from chainrule.documents.solved import Solved


def parse(
    text: str,
    shapes: Mapping[str, Sequence[int | str]] | None = None,
    values: Mapping[str, object] | None = None,
    facts: Sequence[str] = (),
) -> Net:
    """The network of equations in LaTeX, plain text or Unicode, separated by `;`, commas or lines.

    shapes and values are keyed by symbol in any accepted spelling; facts are declared of inputs, "A symmetric", "sum(t) = 1".
    Raises ChainruleError where an equation cannot be read and where a fact is none or cannot be.
    """
    declared = {symbol: tuple(str(d) for d in shape) for symbol, shape in (shapes or {}).items()}
    given = {symbol: _written(value) for symbol, value in (values or {}).items()}
    read, network = read_equations(Source("text", text), [*read_givens(given), *read_declarations(declared)], facts=facts)
    for diagnostic in (*read.diagnostics, *network.diagnostics):
        if diagnostic.severity == "error":
            raise ChainruleError(diagnostic.code, diagnostic.message, diagnostic.span, diagnostic.hint)
    return Net(network, read.diagnostics)


def _written(value: object) -> str:
    """A number, nested list or array as it is written in plain text."""
    nested: object = getattr(value, "tolist", lambda: value)()
    return repr(list(nested) if isinstance(nested, tuple) else nested)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def trace(function: Callable[..., object], shapes: Mapping[str, Sizes] | None = None) -> Net:
    """The network of a Python function of nodes (operators and `ops`), called once."""
    return Net(trace_network(function, shapes))


def solve(
    sheet: str | Path,
    at: Mapping[str, str] | None = None,
    figures: Mapping[str, str | Path] | None = None,
    unit: str | None = None,
    normalize: bool = False,
) -> "Solved":
    """Solve a problem sheet. figures: files of equations that stand for missing pictures, by the number of the problem.

    unit: what entropies and divergences are measured in, "nats", "bits" or a base, "10"; None: what the text says, else nats.
    normalize: divide probabilities that do not sum to 1 by their sum.

    Raises SheetError where a file cannot be read, or where the sheet has no such problem, ChainruleError for an unknown unit.
    """
    from chainrule.documents.solved import Solved
    from chainrule.pipeline import solve_sheet
    from chainrule.sheets.files import read_source
    from chainrule.solving.information.tasks import Measure
    from chainrule.solving.information.units import read_unit

    drawn = {number: read_source(str(file)) for number, file in (figures or {}).items()}
    measure = Measure(None if unit is None else read_unit(unit), normalize)
    return Solved(solve_sheet(read_source(str(sheet)), at, drawn, measure))
