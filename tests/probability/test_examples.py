"""Every example of docs/families.md, executed as the sheet that it is, against sums and integrals in mpmath."""

from pathlib import Path
from typing import Any

import mpmath as mp
import pytest

import chainrule as cr
from chainrule.typesetting.latex import latex
from tests.probability.exact import EXACT, exact_value
from tests.probability.exact_vectors import exact_vector_value
from tests.probability.examples import DENSITIES, ORDER, Example, Pair, pairs_of_one_family, pairs_of_two_families
from tests.probability.points import BY_NAME, OF_VECTORS, POINTS

PAIRS = [*pairs_of_one_family(), *pairs_of_two_families()]
DIGITS = 20
PAGE = (Path(__file__).parents[2] / "docs" / "families.md").read_text(encoding="utf-8")


def in_mpmath(value: Any) -> Any:
    return tuple(map(in_mpmath, value)) if isinstance(value, tuple) else mp.mpf(float(value))


def expected(pair: Pair, example: Example) -> float:
    with mp.workdps(DIGITS):
        return float(exact(pair, example))


def exact(pair: Pair, example: Example) -> Any:
    first = (pair.family.name, in_mpmath(pair.points[0]))
    second = (pair.other.name, in_mpmath(pair.points[1])) if example.quantity.distributions == 2 else None
    value = exact_vector_value if pair.family.name in OF_VECTORS else exact_value
    return value(example.quantity.name, first, second, in_mpmath(ORDER))


def run(source: str) -> float:
    """The number of a program, whose last function is its entry."""
    space: dict[str, Any] = {}
    exec(source, space)
    return list(space.values())[-1]()


def rows_behind(told: str) -> dict[str, str]:
    """The numbers of the table behind the sentence, by what is asked for."""
    assert PAGE.count(told) == 1, told
    table = PAGE.partition(told)[2].strip().partition("\n\n")[0]
    rows = [[item.strip() for item in row.strip("| ").split(" | ")] for row in table.splitlines()[2:]]
    return {asked.strip("$"): number for _, asked, number, *_ in rows}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.family.name}-{pair.other.name}")
def test_every_example_of_the_page_is_answered_with_its_number(pair: Pair, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.md"
    sheet.write_text(f"# Problem 1\n{pair.sheet}", encoding="utf-8")
    [problem] = cr.solve(str(sheet)).solution.problems
    assert problem.status == "solved"
    shown = rows_behind(pair.told)
    assert list(shown) == [example.asked for example in pair.examples]
    for example, answer in zip(pair.examples, problem.answers, strict=True):
        number = expected(pair, example)
        assert answer.value == pytest.approx(number, rel=1e-10), example.asked
        assert answer.unit == ("nats" if example.quantity.logarithmic else None)
        assert run(answer.code.numpy) == pytest.approx(number, rel=1e-9), example.asked
        said, _, unit = shown[example.asked].replace("∞", "inf").partition(" ")
        assert float(said) == pytest.approx(number, rel=1e-5)
        assert (unit or None) == answer.unit


@pytest.mark.parametrize("name", DENSITIES)
def test_the_density_on_the_page_is_that_of_mpmath(name: str) -> None:
    """Read as any other formula; what is beside it, the gamma function, is defined."""
    family, parameters = BY_NAME[name], POINTS[name][0]
    density = EXACT[name](*map(in_mpmath, parameters))
    places = density.outcomes[1:3] or (0.3, 0.7)
    given = {latex(p.symbol): float(v) for p, v in zip(family.parameters, parameters, strict=True)}
    values = {s.removesuffix("^2"): v**0.5 if s.endswith("^2") else v for s, v in given.items()}
    text = rf"\Gamma(a) = \exp(\operatorname{{lgamma}}(a)); f = {DENSITIES[name]}"
    for place in places:
        known = values | ({"x": float(place)} if "x" in DENSITIES[name] else {})
        assert cr.parse(text, values=known).at({})["f"] == pytest.approx(float(density.density(place)), rel=1e-12)
    assert DENSITIES[name].replace("|", r"\vert ") in PAGE
