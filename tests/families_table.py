"""The tables in docs/families.md, from the families and the closed forms of the package.

`python -m tests.families_table`, or `make families`, writes them between the two marks; tests/probability/test_families.py
fails where they are stale.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from chainrule.algebra.matrix_form import matrix_form
from chainrule.algebra.normal_form import normal_form
from chainrule.graph import build
from chainrule.graph.facts import NO_FACTS, Fact
from chainrule.graph.node import Node
from chainrule.ops.arithmetic import square
from chainrule.probability.cell import ORDER, Cell, Condition
from chainrule.probability.cells import CELLS, cell
from chainrule.probability.families import FAMILIES
from chainrule.probability.family import Family, Parameter
from chainrule.probability.measure import measure
from chainrule.probability.numeric import ANSWERS, IMAGES
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.syntax.tree import Bracket, Juxtaposition, Number, Subscript, Superscript, Tree
from chainrule.typesetting.latex import latex
from chainrule.typesetting.numbers import digits
from tests.probability.points import POINTS, distribution

PAGE = Path(__file__).parent.parent / "docs" / "families.md"
START, END = "<!-- tables: written by `make families` from the table in the package -->", "<!-- end of the tables -->"
NUMBERED = [quantity for quantity in QUANTITIES if not quantity.joint and quantity.name != "surprisal"]
OF_NUMBERS = ("integers", "interval", "categories")


def with_tables(page: str) -> str:
    """The page with the tables as the package has them."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return "\n".join([before + START, "", *_overview(), "", *_families(), *_across(), END + after])


def _row(*items: str) -> str:
    return f"| {' | '.join(items)} |"


def _overview() -> Iterator[str]:
    """How each quantity of two members of one family is computed."""
    yield _row("", *(family.title for family in FAMILIES))
    yield _row(*("---",) * (len(FAMILIES) + 1))
    for quantity in NUMBERED:
        yield _row(quantity.title, *(_method(quantity, family) for family in FAMILIES))


def _method(quantity: Quantity, family: Family) -> str:
    other = family if quantity.distributions == 2 else None
    if cell(quantity.name, family, other) is not None:
        return "closed"
    if family.support.kind not in OF_NUMBERS or quantity.name not in {*ANSWERS, *IMAGES}:
        return ""
    return "sum" if family.support.discrete else "integral"


def _families() -> Iterator[str]:
    for family in FAMILIES:
        yield f"## {family.title[0].upper()}{family.title[1:]}"
        yield ""
        symbols = [parameter.symbol for parameter in family.parameters]
        head = (
            Juxtaposition((family.letter, Bracket("(", tuple(symbols), (",",) * (len(symbols) - 1))))
            if symbols
            else family.letter
        )
        yield f"${latex(head)}$ on ${latex(family.support.notation(*symbols))}$. {_ways(family)}"
        yield ""
        told = "; ".join(
            [*[given.said for given in family.parametrisations if given.said][:1], *filter(None, [family.convention])]
        )
        if told:
            yield f"{told[0].upper()}{told[1:]}."
            yield ""
        yield from _forms(
            [made for (_, first, second), made in CELLS.items() if first == family.name and second in ("", first)]
        )


def _ways(family: Family) -> str:
    ways = [", ".join(p.name for p in given.parameters) for given in family.parametrisations if given.parameters]
    said = f"Given by {'; or by '.join(ways)}. " if ways else ""
    return f"{said}Written {', '.join(f'`{word}`' for word in family.spellings)}."


def _across() -> Iterator[str]:
    yield "## Between two families"
    yield ""
    yield from _forms([made for made in CELLS.values() if made.other not in (None, made.family)], pairs=True)


def _forms(cells: list[Cell], *, pairs: bool = False) -> Iterator[str]:
    if not cells:
        return
    yield _row(*(("P", "Q") if pairs else ()), "quantity", "closed form", "where", "example", "source")
    yield _row(*("---",) * (7 if pairs else 5))
    for made in cells:
        assert not pairs or made.other is not None
        titles = (made.family.title, made.other.title) if pairs and made.other is not None else ()
        title = next(quantity.title for quantity in QUANTITIES if quantity.name == made.quantity)
        form = f"${_printed(made.construction.build(*_arguments(made)))}$"
        yield _row(*titles, title, form, _where(made), _example(made), made.source)
    yield ""


def _printed(node: Node) -> str:
    return latex(matrix_form(normal_form(node))).replace("|", "\\vert ")


def _where(made: Cell) -> str:
    return ", ".join(f"${_said(condition, made)}$" for condition in made.conditions)


def _said(condition: Condition, made: Cell) -> str:
    node = condition.build(*_arguments(made))
    sign = {">": "\\succ" if len(node.shape) == 2 else ">", ">=": "\\ge", "=": "="}[condition.sign]
    return f"{_printed(node)} {sign} 0"


def _arguments(made: Cell) -> list[Node]:
    two = made.other is not None
    found = [_variable(parameter, 1 if two else 0) for parameter in made.family.parameters]
    found += [_variable(parameter, 2) for parameter in (made.other.parameters if made.other is not None else ())]
    return [*found, build.variable(ORDER.symbol)] if len(found) < len(made.construction.arguments) else found


def _variable(parameter: Parameter, count: int) -> Node:
    symbol = parameter.symbol
    if isinstance(symbol, Superscript):
        return square(_input(symbol.base, parameter, count))
    return _input(symbol, parameter, count)


def _input(symbol: Tree, parameter: Parameter, count: int) -> Node:
    numbered = Subscript(symbol, (Number(Fraction(count)),)) if count else symbol
    shape = {"scalar": (), "vector": ("n",), "matrix": ("n", "n")}[parameter.rank]
    positive = parameter.domain in ("positive", "positive probability", "positive vector")
    return build.variable(numbered, shape, frozenset({Fact.POSITIVE}) if positive else NO_FACTS)


def _example(made: Cell) -> str:
    """The quantity of two members, as numbers."""
    given = [(made.family, POINTS[made.family.name][0])]
    if made.other is not None:
        given.append((made.other, POINTS[made.other.name][1]))
    order = Fraction(1, 2) if len(_arguments(made)) > sum(len(family.parameters) for family, _ in given) else None
    found = measure(made.quantity, *(distribution(family, *values) for family, values in given), order=order)  # pyright: ignore[reportArgumentType]
    said = "; ".join(", ".join(map(_number, values)) for _, values in given if values)
    return f"{said}{'; α = 1/2' if order else ''}: {digits(found.value, 6)}"


def _number(value: object) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_number, value))})"
    assert isinstance(value, int | Fraction)
    return f"{float(value):g}"


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
