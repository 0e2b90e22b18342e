"""In which unit the answers of the parts of one problem are."""

import pytest

from tests.sheets.information.answers import solved

TWO = "Let $P = (0.5, 0.25, 0.25)$ and $Q = (0.4, 0.4, 0.2)$. "


def units_of(text: str) -> list[tuple[str | None, str | None]]:
    problem = solved(text)
    assert not [each.message for each in problem.diagnostics if each.severity == "error"], text
    return [(answer.part, answer.unit) for answer in problem.answers]


@pytest.mark.parametrize(("first", "second"), [("nats", "bits"), ("bits", "nats")])
def test_a_sentence_between_parts_is_of_those_behind_it(first: str, second: str) -> None:
    parts = (
        f"First find, in {first},\n\n(a) $H(P)$,\n\n(b) $H(Q)$.\n\nThen find, in {second},\n\n(c) $H(P, Q)$,\n\n(d) $H(Q, P)$."
    )
    assert units_of(TWO + parts) == [("a", first), ("b", first), ("c", second), ("d", second)]


def test_the_unit_of_one_part_is_of_no_other() -> None:
    parts = "\n\n(a) Find $H(P)$ in bits.\n\n(b) Find $H(Q)$.\n\n(c) Compute, in base 10, $H(P, Q)$."
    assert units_of(TWO + parts) == [("a", "bits"), ("b", "nats"), ("c", "base 10")]
