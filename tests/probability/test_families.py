"""The families as data: names and words, supports, densities that sum to one, vectors of probabilities, and the page."""

from fractions import Fraction

import mpmath as mp
import numpy as np
import pytest

from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.signature import read_signature
from chainrule.probability.cells.table import CELLS, cell
from chainrule.probability.families.family import Family
from chainrule.probability.families.supports import MOST_OUTCOMES
from chainrule.probability.families.table import FAMILIES, spelled
from chainrule.probability.integration.laws import law_of
from tests.families_table import PAGE, with_tables
from tests.probability.exact import EXACT
from tests.probability.points import BY_NAME, OF_VECTORS, POINTS, distribution

every_family = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
F = Fraction


def constants(*values: object) -> tuple[build.Constant, ...]:
    return tuple(build.constant(F(str(value))) for value in values)


@every_family
def test_parametrisations_lead_to_the_own_parameters(family: Family) -> None:
    own, *others = family.parametrisations
    assert own.own == ()
    for given in others:
        assert [read_signature(form.signature).result for form in given.own] == [
            {"scalar": (), "vector": ("n",), "matrix": ("n", "n")}[p.rank] for p in family.parameters
        ]


def test_what_is_given_otherwise() -> None:
    ways = {
        ("normal", "deviation"): ((3, 2), (3, 4)),
        ("normal", "log variance"): ((3, 0), (3, 1)),
        ("exponential", "scale"): ((4,), (0.25,)),
        ("gamma", "scale"): ((3, 4), (3, 0.25)),
        ("discrete_uniform", "n"): ((6,), (1, 6)),
    }
    for (name, last), (values, expected) in ways.items():
        given = next(p for p in BY_NAME[name].parametrisations if p.parameters[-1].name == last)
        found = evaluate([form.build(*constants(*values)) for form in given.own], {})
        assert [float(value) for value in found] == list(expected)


@every_family
def test_the_density_is_that_of_the_books(family: Family) -> None:
    if family.name in (*OF_VECTORS, "categorical"):
        return
    for parameters in POINTS[family.name]:
        exact = EXACT[family.name](*(mp.mpf(F(p).numerator) / F(p).denominator for p in parameters))
        places = np.array(exact.outcomes[:12] or [0.26, 0.5, 0.7], dtype=float)
        law = law_of(distribution(family, *parameters), None, None)
        chart = "integers" if exact.outcomes else "x"
        found = law.at(chart, places).log
        expected = [float(mp.log(exact.density(mp.mpf(place) if not exact.outcomes else int(place)))) for place in places]
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-13)


def test_probabilities_of_finitely_many_outcomes_are_exact() -> None:
    half = build.constant(F(1, 2))
    binomial = BY_NAME["binomial"]
    assert binomial.support.outcomes(constants(2, "0.5")) == (0, 1, 2)
    vector = binomial.probabilities((build.constant(2), half))
    assert vector is build.stack(constants("0.25", "0.5", "0.25"))
    p = build.variable("p")
    [found] = evaluate([BY_NAME["bernoulli"].probabilities((p,))], {p: 0.0})  # pyright: ignore[reportArgumentType]
    assert found.tolist() == [1.0, 0.0]
    [found] = evaluate([binomial.probabilities((build.constant(3), p))], {p: 1.0})  # pyright: ignore[reportArgumentType]
    assert found.tolist() == [0.0, 0.0, 0.0, 1.0]
    die = BY_NAME["discrete_uniform"]
    assert die.probabilities(constants(1, 6)) is build.stack(constants(*[F(1, 6)] * 6))
    vector = build.variable("p", (3,))
    assert BY_NAME["categorical"].probabilities((vector,)) is vector
    assert BY_NAME["categorical"].support.outcomes((vector,)) == (1, 2, 3)


def test_outcomes_that_are_not_known_or_too_many_are_not_listed() -> None:
    n, p = build.variable("n"), build.variable("p")
    assert BY_NAME["binomial"].support.outcomes((n, p)) is None
    assert BY_NAME["binomial"].probabilities((n, p)) is None
    assert BY_NAME["binomial"].probabilities((build.constant(MOST_OUTCOMES), p)) is None
    assert BY_NAME["poisson"].support.outcomes((p,)) is None
    assert BY_NAME["normal"].probabilities((p, p)) is None


def test_words_mean_the_families_that_people_mean() -> None:
    assert [family.name for family in spelled()["N"]] == ["normal", "normal_diagonal", "normal_full", "standard_normal"]
    assert [family.name for family in spelled()["U"]] == ["discrete_uniform", "uniform"]
    assert [family.name for family in spelled()["Bin"]] == ["binomial"]
    assert all(words == words.lower() for family in FAMILIES for words in family.words)


def test_there_are_cells_where_there_are_closed_forms() -> None:
    assert cell("entropy", BY_NAME["poisson"]) is None
    assert cell("entropy", BY_NAME["binomial"]) is None
    assert cell("total_variation", BY_NAME["normal"], BY_NAME["normal"]) is None
    for name in BY_NAME:
        if name != "standard_normal":
            assert ("kl", name, name) in CELLS
    assert cell("kl", BY_NAME["normal_diagonal"], BY_NAME["standard_normal"]) is not None


def test_the_variational_term_by_log_variances_has_no_exponential_of_a_logarithm() -> None:
    r"""1/2 sum(exp(s) + mu^2 - 1 - s) stays finite where exp(s) is zero in double precision."""
    mean, s = build.variable("m", (2,)), build.variable("s", (2,))
    given = BY_NAME["normal_diagonal"].parametrisations[2]
    made = cell("kl", BY_NAME["normal_diagonal"], BY_NAME["standard_normal"])
    assert made is not None
    node = made.construction.build(*(form.build(mean, s) for form in given.own))
    [found] = evaluate([node], {mean: np.array([1.0, 0.0]), s: np.array([-800.0, 0.0])})
    assert float(found) == 0.5 * (1.0 - 1.0 + 800.0)


def test_the_page_has_the_tables_of_the_package() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_tables(page), "docs/families.md is stale: run `make families`"
