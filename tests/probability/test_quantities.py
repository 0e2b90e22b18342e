"""The table of quantities: every row computes, is told from the others, and prints as it is read."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.signature import read_signature
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Subscript, Superscript, Tree

ROWS = {quantity.name: quantity for quantity in QUANTITIES}
every_row = pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda q: q.name)
P, Q = Name("P"), Name("Q")

NAMES = {
    *("entropy", "cross_entropy", "perplexity", "cross_perplexity", "surprisal", "renyi_entropy", "tsallis_entropy"),
    *("kl", "jensen_shannon", "jensen_shannon_distance", "jeffreys", "renyi", "alpha_divergence", "total_variation"),
    *("hellinger", "squared_hellinger", "bhattacharyya_coefficient", "bhattacharyya", "chi_squared"),
    *("max_divergence", "min_entropy"),
    *("joint_entropy", "conditional_entropy", "mutual_information", "conditional_mutual_information"),
}


def test_the_rows() -> None:
    assert len(QUANTITIES) == len(ROWS)
    assert ROWS.keys() == NAMES


@every_row
def test_a_row_is_complete(quantity: Quantity) -> None:
    assert quantity.title
    assert quantity.source
    assert quantity.words
    assert _word(quantity.head) in quantity.heads
    assert all(word == word.lower() and "-" not in word and word.strip() == word for word in quantity.words)
    assert bool(quantity.separators) == (quantity.distributions > 1 or quantity.joint)
    assert len(set(quantity.separators)) == len(quantity.separators)


def test_a_word_names_one_row() -> None:
    words = [word for quantity in QUANTITIES for word in quantity.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("entropy", "entropy"),
        ("cross entropy", "cross_entropy"),
        ("relative entropy", "kl"),
        ("kullback leibler divergence", "kl"),
        ("jensen shannon divergence", "jensen_shannon"),
        ("jensen shannon distance", "jensen_shannon_distance"),
        ("symmetric kl divergence", "jeffreys"),
        ("total variation distance", "total_variation"),
        ("hellinger distance", "hellinger"),
        ("squared hellinger distance", "squared_hellinger"),
        ("bhattacharyya coefficient", "bhattacharyya_coefficient"),
        ("bhattacharyya distance", "bhattacharyya"),
        ("chi squared divergence", "chi_squared"),
        ("renyi divergence", "renyi"),
        ("renyi entropy", "renyi_entropy"),
        ("tsallis entropy", "tsallis_entropy"),
        ("alpha divergence", "alpha_divergence"),
        ("perplexity", "perplexity"),
        ("mutual information", "mutual_information"),
        ("joint entropy", "joint_entropy"),
        ("conditional entropy", "conditional_entropy"),
        ("self information", "surprisal"),
    ],
)
def test_what_a_word_names(word: str, name: str) -> None:
    [found] = [quantity for quantity in QUANTITIES if word in quantity.words]
    assert found.name == name


def test_rows_of_one_head_differ_in_what_stands_in_the_bracket() -> None:
    """H(P) and H(P, Q), H(X, Y) and H(X | Y), H_2(P) and H(P)."""
    for one, other in combinations(QUANTITIES, 2):
        if _word(one.head) == _word(other.head) and one.order == other.order and one.joint == other.joint:
            parted = one.distributions != other.distributions or not set(one.separators[:1]) & set(other.separators)
            assert parted or "|" in other.separators  # I(X; Y | Z) has two signs


@every_row
def test_its_operation_takes_what_the_row_says(quantity: Quantity) -> None:
    """The numbers of (1/2, 1/2) and (1/4, 3/4), or of two fair coins that are one."""
    arrays = (
        [np.diag([0.5, 0.5])] if quantity.joint else [np.array([0.5, 0.5]), np.array([0.25, 0.75])][: quantity.distributions]
    )
    variables = [build.variable(f"x_{k}", array.shape) for k, array in enumerate(arrays)]
    order = [build.constant(2)] if quantity.order else []
    assert len(read_signature(quantity.operation.signature).arguments) == len(variables) + len(order)
    [found] = evaluate([build.apply(quantity.operation, *variables, *order)], dict(zip(variables, arrays, strict=True)))
    np.testing.assert_allclose(found, EXPECTED[quantity.name], rtol=4e-15, atol=1e-16)


LOG2, LOG3 = np.log(2), np.log(3)
AFFINITY = (1 + np.sqrt(3)) / np.sqrt(8)
EXPECTED = {
    "entropy": LOG2,
    "cross_entropy": 2 * LOG2 - LOG3 / 2,
    "perplexity": 2,
    "cross_perplexity": 4 / np.sqrt(3),
    "surprisal": [LOG2, LOG2],
    "renyi_entropy": LOG2,
    "min_entropy": LOG2,
    "max_divergence": LOG2,
    "tsallis_entropy": 1 / 2,
    "kl": LOG2 - LOG3 / 2,
    "jensen_shannon": (2 * np.log(4 / 3) + 2 * np.log(4 / 5) + np.log(2 / 3) + 3 * np.log(6 / 5)) / 8,
    "jensen_shannon_distance": np.sqrt((2 * np.log(4 / 3) + 2 * np.log(4 / 5) + np.log(2 / 3) + 3 * np.log(6 / 5)) / 8),
    "jeffreys": LOG3 / 4,
    "renyi": np.log(4 / 3),
    "alpha_divergence": 1 / 6,
    "total_variation": 1 / 4,
    "hellinger": np.sqrt(1 - AFFINITY),
    "squared_hellinger": 1 - AFFINITY,
    "bhattacharyya_coefficient": AFFINITY,
    "bhattacharyya": -np.log(AFFINITY),
    "chi_squared": 1 / 3,
    "joint_entropy": LOG2,
    "conditional_entropy": 0,
    "mutual_information": LOG2,
    "conditional_mutual_information": LOG2,  # the operation that its terms are made of
}


@pytest.mark.parametrize(
    ("name", "order", "head", "separators"),
    [
        ("kl", None, Subscript(Name("D"), (Name("KL"),)), ("||",)),
        ("cross_entropy", None, Name("H"), (",",)),
        ("hellinger", None, Subscript(Name("d"), (Name("H"),)), (",",)),
        ("squared_hellinger", None, Superscript(Subscript(Name("d"), (Name("H"),)), Number(Fraction(2))), (",",)),
        ("renyi", Number(Fraction(2)), Subscript(Name("D"), (Number(Fraction(2)),)), ("||",)),
        ("conditional_entropy", None, Name("H"), ("|",)),
        ("mutual_information", None, Name("I"), (";",)),
    ],
)
def test_how_it_is_written(name: str, order: Tree | None, head: Tree, separators: tuple[str, ...]) -> None:
    assert ROWS[name].notation((P, Q), order) == Juxtaposition((head, Bracket("(", (P, Q), separators)))


def test_one_argument_has_no_separator() -> None:
    assert ROWS["entropy"].notation((P,)) == Juxtaposition((Name("H"), Bracket("(", (P,))))


def _word(tree: Tree) -> str:
    """A head as the table spells it: "D_KL"."""
    match tree:
        case Name(text=text):
            return text
        case Number(value=value):
            return str(value)
        case Subscript(base=base, items=(item,)):
            return f"{_word(base)}_{_word(item)}"
        case Superscript(base=base, exponent=exponent):
            return f"{_word(base)}^{_word(exponent)}"
        case _:
            raise AssertionError(tree)
