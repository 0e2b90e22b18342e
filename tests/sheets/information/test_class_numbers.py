"""Which class a number means; expected values by hand: the softmax of (2, 1, 0) has the logarithms 2 - s, 1 - s and -s."""

from math import exp, log

import pytest

from chainrule.sheets.information.class_numbers import Numbering, places_of
from tests.sheets.information.answers import refusals, values

S = log(exp(2) + exp(1) + 1)
LOGITS = "The logits are [2, 1, 0]. "
ASKS = " Compute the cross-entropy loss."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The true class is 0.", S - 2),
        ("The true class is 3.", S),
        ("The true class is 2 of 3.", S - 1),
        ("The true class is the second.", S - 1),
        ("The true class is 1 (zero-based).", S - 1),
        ("The true class is 2 (counting from 0).", S),
        ("The classes are numbered from 0. The true class is 2.", S),
        ("The classes are numbered from one. The true class is 2.", S - 1),
        ("The true class is 1. Class indices start at 0.", S - 1),
        ("The classes are 0, 1 and 2. The true class is 1.", S - 1),
        ("The classes are labelled 1 to 3. The true class is 1.", S - 2),
        (r"The classes are $0, 1, \dots, 2$. The true class is 1.", S - 1),
        ("The digits are 0, 2 and 5. The true label is 2.", S - 1),
        ("The true class is 3 for this image.", S),
        ("The true class is 3, and the scores come from a network.", S),
    ],
)
def test_a_number_that_is_certain(text: str, expected: float) -> None:
    assert values(LOGITS + text + ASKS) == [pytest.approx(expected, rel=1e-12)]


@pytest.mark.parametrize(
    "text",
    [
        "The true class is 1.",
        "The true class is 2.",
        "The layers are numbered from 0. The true class is 1.",
        "The classes are numbered from 0. The true class is 3.",
        "The classes are numbered from 1. The true class is 0.",
        "The classes are numbered from 2. The true class is 3.",
        "The classes are numbered from 0. The classes are 1, 2 and 3. The true class is 2.",
        "The classes are labelled 1 to 4. The true class is 2.",
        "The digits are 0, 2 and 5. The true label is 3.",
        "The true class is 2 or 3.",
        "The true class is the second or third.",
        "The true class is 3, 2 or 0.",
        "The true class is 3 in 80% of cases.",
        "In 80% of cases the true class is 3.",
        "The true class is usually 3.",
        "The true class is 3, with probability 0.9.",
        "The true class is 3 with label smoothing 0.1.",
        "The true class is 3 (in most cases).",
        "The true class is 3 if it rains.",
        "The true class is not 3.",
    ],
)
def test_a_number_that_is_not_is_refused(text: str) -> None:
    assert refusals(LOGITS + text + ASKS)


def test_a_named_class_is_the_only_one() -> None:
    given = r"A model outputs $q = \{cat: 0.25, dog: 0.75\}$ and the label is cat"
    assert values(f"{given}. Find the cross-entropy.") == [pytest.approx(log(4))]
    assert refusals(f"{given} or dog. Find the cross-entropy.")


@pytest.mark.parametrize(
    ("numbers", "numbering", "places"),
    [
        (("1", "3"), Numbering(), [0, 2]),
        (("1", "0"), Numbering(), [1, 0]),
        (("1", "2"), Numbering(), []),
        (("0", "3"), Numbering(), []),
        (("1", "2"), Numbering(first=0), [1, 2]),
        (("1", "x"), Numbering(first=0), []),
        (("5", "2"), Numbering(names=(0, 2, 5)), [2, 1]),
        (("0", "1"), Numbering(names=(0, 1)), []),
        (("0", "1"), Numbering(unclear=True), []),
    ],
)
def test_places_of_three_classes(numbers: tuple[str, ...], numbering: Numbering, places: list[int]) -> None:
    assert places_of(numbers, 3, numbering) == places
