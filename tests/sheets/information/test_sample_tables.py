"""Tables with a sample in every row: labels beside predictions; values by hand."""

from math import log

import pytest

from tests.sheets.information.answers import notes, refusals, units, values

TWO = "| patient | y | predicted p |\n|:--|:-:|--:|\n| A | 1 | 0.5 |\n| B | 0 | 0.75 |\n\n"
ROWS = "| 1 | 0.5 | 0.25 | 0.25 | A |\n| 2 | 0.5 | 0.25 | 0.25 | C |\n\n"
THREE = f"| image | A | B | C | true class |\n|---|---|---|---|---|\n{ROWS}"


@pytest.mark.parametrize(
    "header",
    [
        "patient | y | predicted p",
        "email | label | prediction",
        "sample | true label $y$ | $\\hat{y}$",
        "example | target | predicted probability",
        "item | $\\hat{p}$ | actual",
    ],
)
def test_headers_of_labels_and_predictions(header: str) -> None:
    rows = ("A | 0.5 | 1", "B | 0.75 | 0") if header.endswith("actual") else ("A | 1 | 0.5", "B | 0 | 0.75")
    table = "\n".join(f"| {row} |" for row in (header, "---|---|---", *rows))
    text = f"{table}\n\nCompute the mean binary cross-entropy in bits."
    assert values(text) == [pytest.approx(1.5)]
    assert units(text) == ["bits"]


@pytest.mark.parametrize("what", ["over these two patients", "of the batch", "over the patients", "over all samples"])
def test_what_the_samples_are_called(what: str) -> None:
    assert values(f"{TWO}Compute the mean binary cross-entropy {what}, in nats.") == [pytest.approx(1.5 * log(2))]


def test_probabilities_of_all_classes() -> None:
    text = f"Predicted probabilities of the classes A, B, C:\n\n{THREE}Report the mean cross-entropy loss of the batch in bits."
    assert values(text) == [pytest.approx(1.5)]
    assert not [each for each in notes(text) if "is not read" in each]


@pytest.mark.parametrize(
    "text",
    [
        f"The predictions are halved before use.\n\n{TWO}Compute the mean binary cross-entropy in bits.",
        f"The softmax is applied to these predicted scores:\n\n{THREE}Compute the mean cross-entropy in bits.",
        f"{TWO}Compute the mean binary cross-entropy over the first patient in bits.",
        f"{TWO}Compute the mean binary cross-entropy over three patients in bits.",
        f"{THREE}Compute the mean cross-entropy for B in bits.",
        f"{THREE}Compute the mean cross-entropy over the images of class A in bits.",
        TWO.replace("predicted p", "logit") + "Compute the mean binary cross-entropy in bits.",
        TWO.replace("patient", "weight").replace("A", "3").replace("B", "2") + "Compute the mean binary cross-entropy in bits.",
        TWO.replace("patient", "size").replace("A", "0.5").replace("B", "2") + "Compute the mean binary cross-entropy in bits.",
        TWO.replace("predicted p", "weight") + "Compute the mean binary cross-entropy in bits.",
        TWO.replace("0.75", "1.75") + "Compute the mean binary cross-entropy in bits.",
        TWO.replace("0.75", "0.5") + "Compute the mean binary cross-entropy in bits.",
        THREE.replace("| C |\n\n", "| D |\n\n") + "Compute the mean cross-entropy in bits.",
        THREE.replace("0.5 |", "0.75 |") + "Compute the mean cross-entropy in bits.",
    ],
)
def test_what_is_no_batch(text: str) -> None:
    assert refusals(text)
