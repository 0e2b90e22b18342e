"""The tables in docs/families.md, from the families and the closed forms of the package.

`python -m tests.families_table`, or `make families`, writes them between the two marks; tests/probability/test_families.py
fails where they are stale, and tests/probability/test_examples.py where an example is not what mpmath says it is.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

from chainrule.algebra.matrix_form import matrix_form
from chainrule.algebra.normal_form import normal_form
from chainrule.graph import build
from chainrule.graph.facts import NO_FACTS, Fact
from chainrule.graph.node import Node
from chainrule.ops.arithmetic import square
from chainrule.probability.cells.cell import ORDER, Cell, Condition
from chainrule.probability.cells.table import cell
from chainrule.probability.families.domains import DOMAINS
from chainrule.probability.families.family import Family, Parameter, Parametrisation
from chainrule.probability.families.table import FAMILIES
from chainrule.probability.integration.estimate import ANSWERS, IMAGES, LARGEST
from chainrule.probability.measure import measure
from chainrule.probability.quantities import Quantity
from chainrule.syntax.tree import Bracket, Juxtaposition, Number, Subscript, Superscript, Tree
from chainrule.typesetting.latex import latex
from chainrule.typesetting.numbers import digits
from tests.probability.examples import (
    DENSITIES,
    OVER_NUMBERS,
    QUANTITIES_OF_FAMILIES,
    Example,
    Pair,
    pairs_of_one_family,
    pairs_of_two_families,
    written,
)
from tests.probability.points import distribution

PAGE = Path(__file__).parent.parent / "docs" / "families.md"
START, END = "<!-- tables: written by `make families` from the table in the package -->", "<!-- end of the tables -->"


def with_tables(page: str) -> str:
    """The page with the tables as the package has them."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    parts = [*_index(), "", *_overview(), "", *_families(), *_across()]
    return "\n".join([before + START, "", *parts, END + after])


def _row(*items: str) -> str:
    return f"| {' | '.join(items)} |"


def _title(family: Family) -> str:
    return f"{family.title[0].upper()}{family.title[1:]}"


def _linked(title: str) -> str:
    return f"[{title}](#{title.lower().replace(' ', '-')})"


def _index() -> Iterator[str]:
    """A row a family: where it is on the page, how it is written, its parameters, its outcomes."""
    yield _row("family", "written", "parameters", "outcomes")
    yield _row(*("---",) * 4)
    for family in FAMILIES:
        symbols = [parameter.symbol for parameter in family.parameters]
        told = ", ".join(f"{_named(parameter)} ${latex(parameter.symbol)}$" for parameter in family.parameters)
        outcomes = f"${latex(family.support.notation(*symbols))}$"
        yield _row(_linked(_title(family)), f"${_notation(family)}$", told, outcomes)


def _notation(family: Family) -> str:
    symbols = [parameter.symbol for parameter in family.parameters]
    return latex(_head(family, symbols)) if symbols else written(family, ())


def _head(family: Family, symbols: list[Tree]) -> Tree:
    return Juxtaposition((family.letter, Bracket("(", tuple(symbols), (",",) * (len(symbols) - 1))))


def _named(parameter: Parameter) -> str:
    """What prose calls it; "from 2 to 5" has no noun for its ends."""
    return next(word for word in parameter.words if word not in ("from", "to"))


def _overview() -> Iterator[str]:
    """How each quantity of two members of one family is computed."""
    yield _row("", *(_linked(_title(family)) for family in FAMILIES))
    yield _row(*("---",) * (len(FAMILIES) + 1))
    for quantity in QUANTITIES_OF_FAMILIES:
        yield _row(quantity.title, *(_method(quantity, family) for family in FAMILIES))


def _method(quantity: Quantity, family: Family) -> str:
    if cell(quantity.name, family, family if quantity.distributions == 2 else None) is not None:
        return "closed"
    if family.support.kind not in OVER_NUMBERS or quantity.name not in {*ANSWERS, *IMAGES}:
        return ""
    if quantity.name in LARGEST:
        return "search"
    return "sum" if family.support.discrete else "integral"


def _families() -> Iterator[str]:
    pairs = {pair.family: pair for pair in pairs_of_one_family()}
    for family in FAMILIES:
        yield f"## {_title(family)}"
        yield ""
        yield from _described(family)
        yield ""
        if family in pairs:
            yield from _examples(pairs[family])


def _described(family: Family) -> Iterator[str]:
    symbols = [parameter.symbol for parameter in family.parameters]
    yield f"${_notation(family)}$ on ${latex(family.support.notation(*symbols))}${_density(family)}."
    yield f'Written {", ".join(f"`{word}`" for word in family.spellings)}; in words "{family.words[0]}".'
    yield ""
    for count, given in enumerate(family.parametrisations):
        if given.parameters:
            yield f"- {_given(given, first=not count)}"
    if family.ordered:
        first, second = (latex(symbol) for symbol in symbols)
        yield f"- ${first}$ is {'not above' if family.support.discrete else 'below'} ${second}$."
    if family.convention:
        yield f"- {family.convention[0].upper()}{family.convention[1:]}."


def _density(family: Family) -> str:
    formula = DENSITIES.get(family.name)
    return "" if formula is None else f", with $p(x) = {_cell(formula)}$"


def _given(given: Parametrisation, *, first: bool) -> str:
    """Its parameters with their domains, and when it is taken."""
    told = [f"the {_named(p)} ${latex(p.symbol)}$, which {DOMAINS[p.domain][1]}" for p in given.parameters]
    said = f": {given.said}" if given.said else ""
    letters = [f"`{letter}`" for letter in given.parameters[-1].says]
    when = "" if first else f", where it is written so{' or is the letter ' + ' or '.join(letters) if letters else ''}"
    return f"{'Given by' if first else 'Or by'} {', and '.join(told)}{said}{when}."


def _across() -> Iterator[str]:
    yield "## Between two families"
    yield ""
    yield "These have closed forms. Of any other two families over numbers, both discrete or both continuous, the number is"
    yield "summed or integrated."
    yield ""
    for pair in pairs_of_two_families():
        yield f"### {_title(pair.family)} and {pair.other.title}"
        yield ""
        yield from _examples(pair)


def _examples(pair: Pair) -> Iterator[str]:
    yield pair.told
    yield ""
    yield _row("quantity", "asked", "number", "closed form", "holds where")
    yield _row(*("---",) * 5)
    for example in pair.examples:
        form = example.form
        shown = f"none: {example.method}" if form is None else f"${_printed(form.construction.build(*_arguments(form)))}$"
        where = "" if form is None else _where(form)
        yield _row(example.quantity.title, f"${_cell(example.asked)}$", _number(pair, example), shown, where)
    yield ""
    yield from _sources(pair.examples)


def _sources(examples: Iterable[Example]) -> Iterator[str]:
    sources = dict.fromkeys(example.form.source for example in examples if example.form is not None)
    if sources:
        yield f"Sources: {'; '.join(sources)}."
        yield ""


def _number(pair: Pair, example: Example) -> str:
    given = (distribution(pair.family, *pair.points[0]), distribution(pair.other, *pair.points[1]))
    found = measure(example.quantity.name, *given[: example.quantity.distributions], order=example.order)
    return f"{digits(found.value, 6)}{' nats' if example.quantity.logarithmic else ''}"


def _cell(text: str) -> str:
    """LaTeX in a column of a table, which a bar would end."""
    return text.replace("|", "\\vert ")


def _printed(node: Node) -> str:
    return _cell(latex(matrix_form(normal_form(node))))


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


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
