import pytest

from chainrule.drawing.painter import draw
from chainrule.drawing.picture import Box, Picture, Wire
from chainrule.errors import DrawingError

X, Y, Z = (Box(key, key, "intermediate") for key in "xyz")


def refusal(picture: Picture) -> tuple[str, str]:
    with pytest.raises(DrawingError) as caught:
        draw(picture)
    return caught.value.code, caught.value.message


def test_an_unknown_key_is_named() -> None:
    message = "a wire from 'x' to 'q': there is no box 'q'"
    assert refusal(Picture("", (X,), (Wire("x", "q"),))) == ("unknown-box", message)
    message = "a wire from 'q' to 'x': there is no box 'q'"
    assert refusal(Picture("", (X,), (Wire("q", "x"),))) == ("unknown-box", message)


def test_keys_are_distinct() -> None:
    assert refusal(Picture("", (X, X), ())) == ("duplicate-box", "two boxes have the key 'x'")


def test_a_cycle_is_named() -> None:
    wires = (Wire("x", "y"), Wire("y", "z"), Wire("z", "y"))
    assert refusal(Picture("", (X, Y, Z), wires)) == ("cycle", "the wires form a cycle among 'y', 'z'")
    assert refusal(Picture("", (X,), (Wire("x", "x"),))) == ("cycle", "the wires form a cycle among 'x'")


def test_a_picture_has_boxes_and_boxes_have_labels() -> None:
    assert refusal(Picture("", (), ()))[0] == "empty-picture"
    assert refusal(Picture("", (Box("x", " ", "input"),), ())) == ("empty-label", "the label of box 'x' is empty")


def test_a_picture_is_not_endless() -> None:
    boxes = tuple(Box(str(k), "x", "input") for k in range(121))
    assert refusal(Picture("", boxes, ()))[0] == "picture-too-large"
    assert refusal(Picture("", (X, Y), (Wire("x", "y"),) * 241))[0] == "picture-too-large"


@pytest.mark.parametrize("part", ["label", "value", "gradient"])
def test_a_label_that_cannot_be_typeset_is_named(part: str) -> None:
    texts = {"label": "x", "value": "1", "gradient": "1", part: "foobar"}
    box = Box("x", texts["label"], "input", texts["value"], texts["gradient"])
    message = f"the {part} of box 'x' cannot be typeset: unknown variable: foobar in 'foobar'"
    assert refusal(Picture("", (Y, box), ())) == ("label-not-typeset", message)


def test_so_is_that_of_a_wire() -> None:
    code, message = refusal(Picture("", (X, Y), (Wire("x", "y", "foobar"),)))
    assert code == "label-not-typeset"
    assert message.startswith("the label of the wire from 'x' to 'y' cannot be typeset: unknown variable: foobar")
