import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.documents.wrapping import columns, printable, wrap


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("σ(z⁽¹⁾)", 7), ("ŷ", 1), ("y\u0302", 1), ("数学", 4), ("", 0)])
def test_columns(text: str, width: int) -> None:
    assert columns(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("a + b", 5, ["a + b"]),
        ("a + b", 4, ["a", "+ b"]),
        ("aaa + bbb - ccc", 11, ["aaa + bbb", "- ccc"]),
        ("f(a + b) + g(c + d)", 12, ["f(a + b)", "+ g(c + d)"]),
        ("f(aaa, bbb, ccc)", 8, ["f(aaa,", "bbb,", "ccc)"]),
        ("[1, 2, 3, 4]", 8, ["[1, 2,", "3, 4]"]),
        ("(a b) (c d)", 6, ["(a b)", "(c d)"]),
        ("abcdefgh", 3, ["abcdefgh"]),
        ("W · x ⊙ y = z", 5, ["W · x", "⊙ y", "= z"]),
    ],
)
def test_lines_break_outside_brackets_and_before_operators(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(
    st.lists(st.sampled_from(["a", "bb", "+", "-", "(cc", "d)", "[e,", "f]", "σ(g)", "="]), max_size=30), st.integers(-5, 30)
)
def test_wrapping_changes_spaces_only(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = wrap(text, width)
    assert " ".join(lines) == text
    for line in lines:
        *before, _ = line.split(" ")
        assert columns(line) <= width or set(before) <= set("+-=")  # one word, and the operators before it


def test_a_long_text_is_wrapped_in_linear_time() -> None:
    text = " + ".join(["(a b)"] * 20_000)
    assert "".join(wrap(text, 80)).replace(" ", "") == text.replace(" ", "")


def test_what_commands_a_terminal_is_replaced() -> None:
    assert printable("a\x1b[31mb\x07\x9b\u202ec\td\n") == "a�[31mb���c d�"
    assert printable("∂L/∂ŷ y\u0302") == "∂L/∂ŷ y\u0302"
