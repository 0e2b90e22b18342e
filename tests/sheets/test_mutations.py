"""A damaged problem is answered or named, at once, and the one before it stays as it was."""

import pytest

from .mutations import FORMATS, run


@pytest.mark.parametrize("name", FORMATS)
def test_damage_is_named_and_stays_where_it_is(name: str) -> None:
    assert [f"{found.fault}: {found.text}" for found in run(name, 60, seed=1)] == []
