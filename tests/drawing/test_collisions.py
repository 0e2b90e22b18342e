from itertools import pairwise

import pytest
from hypothesis import given, settings

from chainrule.drawing.picture import Box, Picture, Wire
from chainrule.drawing.scene import place
from tests.drawing.collisions import Drawing, collisions, confusions, sample
from tests.drawing.examples import EXAMPLES, pictures


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_collides(name: str) -> None:
    drawing = Drawing(place(EXAMPLES[name]))
    assert list(collisions(drawing)) == []
    assert list(confusions(drawing)) == []


@given(pictures())
@settings(max_examples=60)
def test_nothing_collides_in_random_pictures(picture: Picture) -> None:
    assert list(collisions(Drawing(place(picture)))) == []


def test_a_picture_is_broken_into_rows_when_it_is_too_wide() -> None:
    scene = place(EXAMPLES["chain"])
    assert scene.size.width < 2000
    assert len({placed.rectangle.centre[1] for placed in scene.boxes}) > 1


def test_a_box_has_room_for_all_its_wires() -> None:
    scene = place(EXAMPLES["star"])
    tips = sorted(placed.route[-1][1] for placed in scene.wires)
    assert min(b - a for a, b in pairwise(tips)) > 8


def plain_drawing() -> Drawing:
    """x, y and z in a row, and wires from x to y and from y to z; each test spoils it in one way."""
    boxes = tuple(Box(key, key, "input") for key in "xyz")
    return Drawing(place(Picture("", boxes, (Wire("x", "y", "1"), Wire("y", "z", "2")))))


def test_the_check_finds_nothing_in_a_plain_drawing() -> None:
    assert list(collisions(plain_drawing())) == []
    assert list(confusions(plain_drawing())) == []


def test_the_check_finds_boxes_and_labels_that_overlap() -> None:
    drawing = plain_drawing()
    drawing.boxes["y"] = drawing.boxes["x"]
    assert "box x overlaps box y" in list(collisions(drawing))
    drawing = plain_drawing()
    drawing.labels[0] = drawing.boxes["x"]
    assert "box x overlaps label of wire 0" in list(collisions(drawing))


def test_the_check_finds_wires_through_boxes_and_under_labels() -> None:
    drawing = plain_drawing()
    drawing.points[0], drawing.routes[0] = drawing.points[1], drawing.routes[1]
    found = list(collisions(drawing))
    assert "wire 0 does not begin at the right side of box x" in found
    assert "wire 0 passes under the label of wire 1" in found
    assert "the label of wire 0 is beside it" in found
    assert list(confusions(drawing)) == ["wires 0 and 1 run along each other"]


def test_the_check_finds_a_wire_through_a_box_that_is_not_its_end() -> None:
    drawing = plain_drawing()
    (start, _), (_, end) = drawing.points[0][[0, -1]], drawing.points[1][[0, -1]]
    drawing.points[0] = sample(((start[0], start[1]), (end[0], end[1])))
    drawing.ends[0] = ("x", "z")
    assert "wire 0 from x to z passes through box y" in list(collisions(drawing))


def test_the_check_finds_what_is_cut_off_or_outside() -> None:
    drawing = plain_drawing()
    drawing.canvas = (0.0, 0.0, drawing.boxes["z"][2] - 1, 1000.0)
    drawing.lines["x"] = drawing.lines["y"]
    drawing.header.clear()
    assert list(collisions(drawing)) == ["box z is cut off", "a line of box x is outside"]
