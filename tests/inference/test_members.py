"""Names with an index: which family they belong to, what a number in the place of the index makes of them, ranges."""

import pytest

from chainrule.inference.members import index_of, members, put_index
from chainrule.inference.ranges import range_of
from chainrule.inference.vocabulary import vocabulary
from chainrule.source import Source
from chainrule.syntax.parser import parse_expression, parse_statements
from chainrule.syntax.tree import Name, Tree
from chainrule.typesetting import latex


def read(text: str) -> Tree:
    return parse_expression(Source("text", text).span(), vocabulary(), "latex")


INDICES = [("2", (None, 2)), ("t", (Name("t"), 0)), ("t - 1", (Name("t"), -1)), ("1 + t", (Name("t"), 1))]


@pytest.mark.parametrize(("text", "expected"), INDICES)
def test_indices(text: str, expected: tuple[Tree | None, int]) -> None:
    assert index_of(read(text)) == expected


@pytest.mark.parametrize("text", ["2 t", "t - s", "t + 0.5", "true", "0.5", "-t"])
def test_what_is_no_index(text: str) -> None:
    assert index_of(read(text)) is None


def test_the_members_of_one_family() -> None:
    families = {each.family for text in ("h_t", "h_{t-1}", "h_{3}", "h_{t+1}") for each in members(read(text))}
    assert len(families) == 1
    assert {each.number for text in ("h_{t-1}", "h_3") for each in members(read(text))} == {-1, 3}


def test_a_name_with_two_indices_is_in_two_families_and_an_entry_in_that_of_the_whole() -> None:
    found = [(latex(each.family), each.number, each.layer) for each in members(read("h_i^{(2)}"))]
    assert len(found) == 3
    assert [number for _, number, _ in found] == [0, 2, 2]
    assert [layer for _, _, layer in found] == [False, True, True]
    (whole,) = members(read("h^{(1)}"))
    assert whole.family == [each.family for each in members(read("h_i^{(2)}"))][2]


PUT = [
    ("h_{t-1} + x_t", 3, "h_{2} + x_{3}"),
    ("W^{(t+1)} a^{(t)}", 1, "W^{(2)} a^{(1)}"),
    ("\\frac{h_t}{t}", 4, "\\frac{h_{4}}{4}"),
    ("h_s + t_s", 4, "h_s + t_s"),
    ("\\hat{y}_t + \\hat{t} + t_t", 2, "\\hat{y}_2 + \\hat{t} + t_2"),
    ("\\sum_{t=1}^{3} x_t + y_t", 2, "\\sum_{t=1}^{3} x_t + y_2"),
]


@pytest.mark.parametrize(("text", "value", "expected"), PUT)
def test_a_number_in_the_place_of_the_index(text: str, value: int, expected: str) -> None:
    assert put_index(read(text), Name("t"), value) == read(expected)


RANGES = [
    (r"t = 1, \ldots, 3", {}, [1, 2, 3]),
    (r"t \in \{1, 2\}", {}, [1, 2]),
    (r"t = 1, 2, \ldots, T", {Name("T"): 4}, [1, 2, 3, 4]),
    (r"t = 0, \ldots, T - 1", {Name("T"): 3}, [0, 1, 2]),
    (r"1 \le t \le T", {Name("T"): 2}, [1, 2]),
    (r"0 \le t < 3", {}, [0, 1, 2]),
]


@pytest.mark.parametrize(("text", "integers", "expected"), RANGES)
def test_ranges(text: str, integers: dict[Tree, int], expected: list[int]) -> None:
    (statement,) = parse_statements(Source("text", text).span(), vocabulary(), "latex").statements
    found = range_of(statement, integers)
    assert found is not None
    assert found[0] == Name("t")
    assert list(found[1] or ()) == expected


def test_a_range_with_an_open_end_has_no_numbers() -> None:
    (statement,) = parse_statements(Source("text", r"t = 1, \ldots, T").span(), vocabulary(), "latex").statements
    assert range_of(statement, {}) == (Name("t"), None)


@pytest.mark.parametrize("text", ["x = 2", r"x \in \mathbb{R}", r"a < b", r"x \in \{a + b, c\}"])
def test_what_is_no_range(text: str) -> None:
    for statement in parse_statements(Source("text", text).span(), vocabulary(), "latex").statements:
        assert range_of(statement, {}) is None
