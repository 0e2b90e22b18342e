"""Numbers that a divergence in an equation takes for probabilities, and that are none, are warned of."""

import pytest

import chainrule as cr


def said(text: str) -> list[str]:
    return [each.message for each in cr.parse(text).diagnostics if each.code == "not-normalised"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p = [.5, .6]; q = [.5, .5]; L = KL(p||q)", ["p = [.5, .6] sums to 1.1, not to 1"]),
        ("p = [.5, .5]; q = [.5, .4]; L = KL(p||q)", ["q = [.5, .4] sums to 0.9, not to 1"]),
        ("p = [.5, .6]; q = [.5, .4]; L = KL(p||q)", ["p = [.5, .6] sums to 1.1", "q = [.5, .4] sums to 0.9"]),
        ("p = [1.5, -0.5]; q = [.5, .5]; L = KL(p||q)", ["p = [1.5, -0.5] has a negative entry"]),
        ("p = [.5, .5]; L = KL(p||[.3, .6])", ["the list of 2 numbers sums to 0.9"]),
    ],
)
def test_what_does_not_sum_to_one_is_said(text: str, expected: list[str]) -> None:
    found = said(text)
    assert len(found) == len(expected)
    assert all(start in message and "Kullback-Leibler" in message for start, message in zip(expected, found, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "p = [.5, .5]; q = [.25, .75]; L = KL(p||q)",
        "p = [1/3, 1/3, 1/3]; q = [.1, .2, .7]; L = KL(p||q)",
        "p = [.5, .6]; q = [.5, .5]; L = sum(p * q)",
        "z = [1, 2]; p = [0, 1]; L = KL(p||softmax(z))",
        "L = KL(p||q)",
    ],
)
def test_what_sums_to_one_or_is_no_distribution_is_not(text: str) -> None:
    assert said(text) == []


def test_the_warning_is_at_the_numbers() -> None:
    text = "q = [.5, .5]; p = [.5, .6]; L = KL(p||q)"
    (warning,) = [each for each in cr.parse(text).diagnostics if each.code == "not-normalised"]
    assert warning.severity == "warning"
    assert warning.span is not None
    assert warning.span.text == "p = [.5, .6]"
