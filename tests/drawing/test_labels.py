import pytest

from chainrule.drawing.labels import Face, Label, Outline, typeset
from chainrule.errors import DrawingError


def outline(source: str, face: Face = "inline", size: float = 20.0) -> Outline:
    return typeset([Label("it", source, face, size, "#123456")], "p").outlines[0]


def refusal(source: str, face: Face = "inline") -> DrawingError:
    good = Label("the good one", "x", "inline", 20.0, "#000000")
    with pytest.raises(DrawingError) as caught:
        typeset([good, Label("the bad one", source, face, 20.0, "#000000"), good], "p")
    return caught.value


def test_labels_come_back_in_order() -> None:
    labels = [Label("it", "x " * count, "inline", 20.0, "#000000") for count in (1, 5, 3)]
    widths = [label.size.width for label in typeset(labels, "p").outlines]
    assert widths[0] < widths[2] < widths[1]


def test_no_labels_need_no_symbols() -> None:
    assert typeset([], "p").symbols == ""


def test_a_glyph_used_twice_is_defined_once() -> None:
    label = Label("it", "x x", "inline", 20.0, "#000000")
    result = typeset([label, label], "p")
    assert result.symbols.count("<symbol") == 1
    assert result.outlines[0] == result.outlines[1]
    assert result.outlines[0].svg.count('xlink:href="#p-0"') == 2


def test_size_and_colour_are_those_asked_for() -> None:
    small, large = outline("x", size=10.0), outline("x", size=30.0)
    assert large.size.width == pytest.approx(3 * small.size.width, rel=0.01)
    assert 'fill="#123456"' in small.svg
    assert 'stroke="#123456"' in outline("1/2").svg


def test_display_is_larger_than_inline() -> None:
    assert outline("a/b", "display").size.height > 1.2 * outline("a/b", "inline").size.height


def test_cells_of_matrices_are_as_large_as_other_numbers() -> None:
    assert outline("mat(7)").size.height >= outline("7").size.height
    assert outline("mat(7; 7)").size.height > 1.8 * outline("7").size.height


@pytest.mark.parametrize("face", ["heading", "text", "code"])
def test_plain_text_is_taken_as_it_stands(face: Face) -> None:
    for text in ("#x", "*a*", "$x$", "_b_", '"q"', "\\", "@ref", "// no comment", "[", "<b>"):
        drawn = outline(text, face).svg
        assert drawn.count("<use") == len(text.replace(" ", "")), text


def test_a_long_heading_is_broken_into_lines() -> None:
    one, many = outline("word", "heading"), outline("word " * 200, "heading")
    assert many.size.width <= 900
    assert many.size.height > 5 * one.size.height
    assert outline("w" * 1000, "heading").size.width <= 900


def test_emoji_in_a_heading_are_left_out() -> None:
    assert outline("a \U0001f389", "heading").svg.count("<use") == 1


def test_the_error_names_the_label() -> None:
    error = refusal("foobar")
    assert error.code == "label-not-typeset"
    assert error.message == "the bad one cannot be typeset: unknown variable: foobar in 'foobar'"


@pytest.mark.parametrize("source", ["x $ y", '"', 'x", mode: "code") + ("', "x $ + $ y"])
def test_a_label_cannot_end_its_own_markup(source: str) -> None:
    assert refusal(source).message.startswith("the bad one cannot be typeset: un")


def test_brackets_and_a_backslash_at_the_end_stay_in_their_label() -> None:
    label = Label("it", "x)) ] } (\\", "inline", 20.0, "#000000")
    assert len(typeset([label, label], "p").outlines) == 2


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('#read("x")', "#"),
        ('#import "@preview/cetz:0.3.0"', "#"),
        ('std.read("pyproject.toml")', "std"),
        ("a // b", "//"),
        ("a /* b */ c", "/*"),
        ('/* " */ #read("x") /* " */', "/*"),
        ('"\\"" #read("x")', "#"),
    ],
)
def test_code_is_refused(source: str, found: str) -> None:
    error = refusal(source)
    assert error.message == f"the bad one has {found!r}, which is not mathematics in Typst"


def test_what_only_looks_like_code_is_not_refused() -> None:
    assert outline('"#"').svg.count("<use") == 1
    assert outline("\\#").svg.count("<use") == 1
    assert outline('"std"').svg.count("<use") == 3
    assert outline("mat(delim: #none, 1)").svg.count("<use") == 1
    assert outline('a "//" b').svg.count("<use") == 4


def test_a_label_is_not_endless() -> None:
    assert refusal("x" * 20_001).code == "label-too-long"
    assert refusal("sqrt(" * 2_000 + "x" + ")" * 2_000).code == "label-not-typeset"
