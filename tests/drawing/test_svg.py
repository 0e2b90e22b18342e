import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from chainrule.drawing.painter import describe, draw
from chainrule.drawing.picture import Box, Picture, Wire
from tests.drawing.examples import EXAMPLES

ROOT = Path(__file__).parent.parent.parent
SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
GREEN, RED = "#15803d", "#be123c"
TWO = Picture("T", (Box("x", "x", "input", "3", "6"), Box("y", "y = x^2", "output", "9", "1")), (Wire("x", "y", "2 x"),))


def used_colours(root: ElementTree.Element) -> set[str]:
    return {element.attrib[name] for element in root.iter() for name in ("fill", "stroke") if name in element.attrib}


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_drawing_stands_alone(name: str) -> None:
    root = ElementTree.fromstring(draw(EXAMPLES[name]))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "defs", "symbol", "g", "use", "path", "rect", "circle")
    }
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    links = [element.attrib[LINK] for element in root.iter(SVG + "use")]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    values = [value for element in root.iter() for value in element.attrib.values()]
    assert all(value.startswith("#") for value in links)
    assert not any(word in value for value in values for word in ("url(", "http", "data:", "file:"))


def test_two_drawings_on_one_page_share_no_id() -> None:
    first, second = (ElementTree.fromstring(draw(EXAMPLES[name])) for name in ("skips", "fans"))
    ids = [{element.attrib["id"] for element in root.iter() if "id" in element.attrib} for root in (first, second)]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_each_colour_is_there_if_it_has_a_meaning() -> None:
    both = used_colours(ElementTree.fromstring(draw(TWO)))
    assert {GREEN, RED} <= both
    bare = replace(TWO, boxes=tuple(replace(box, value=None, gradient=None) for box in TWO.boxes))
    wires_only = used_colours(ElementTree.fromstring(draw(bare)))
    assert RED in wires_only
    assert GREEN not in wires_only
    assert RED not in used_colours(ElementTree.fromstring(draw(replace(bare, wires=()))))


def test_the_legend_says_only_what_occurs() -> None:
    def dots(picture: Picture) -> list[str]:
        return [dot.attrib["fill"] for dot in ElementTree.fromstring(draw(picture)).iter(SVG + "circle")]

    assert dots(TWO) == [GREEN, RED]
    assert dots(Picture("", (Box("x", "x", "input", "3"),), ())) == [GREEN]
    assert dots(Picture("", (Box("x", "x", "input"),), ())) == []


def test_roles_have_different_colours() -> None:
    boxes = [Box("x", "x", role) for role in ("input", "parameter", "intermediate", "output")]
    frames = [list(ElementTree.fromstring(draw(Picture("", (box,), ()))).iter(SVG + "rect"))[-1] for box in boxes]
    assert len({(frame.attrib["fill"], frame.attrib["stroke"]) for frame in frames}) == 4


def test_the_same_picture_gives_the_same_bytes() -> None:
    code = (
        "import sys\nfrom tests.drawing.examples import EXAMPLES\nfrom chainrule.drawing.painter import draw\n"
        "sys.stdout.write(draw(EXAMPLES['network']))"
    )
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert draw(EXAMPLES["network"]) == draw(EXAMPLES["network"]) == other.stdout


def test_readers_who_cannot_see_it_are_told() -> None:
    root = ElementTree.fromstring(draw(replace(TWO, title="a < b & \x00 c")))
    assert root.attrib["role"] == "img"
    title, description = (root.find(SVG + tag) for tag in ("title", "desc"))
    assert title is not None
    assert description is not None
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    assert title.text == "a < b & \ufffd c"
    assert description.text == describe(TWO) == "Computational graph: x (input); y (output) from x."


def test_a_drawing_without_title_is_named_all_the_same() -> None:
    title = ElementTree.fromstring(draw(replace(TWO, title=""))).find(SVG + "title")
    assert title is not None
    assert title.text == "Computational graph"


def test_numbers_have_two_decimals_and_no_exponent() -> None:
    root = ElementTree.fromstring(draw(EXAMPLES["network"]))
    places = [
        frame.attrib[name]
        for frame in root.iter(SVG + "rect")
        for name in ("width", "height", "x", "y")
        if name in frame.attrib
    ]
    wires = [path.attrib["d"] for path in root if path.tag == SVG + "path"]
    numbers = [*places, *(number for wire in wires for number in re.split("[MLQZ ]+", wire) if number)]
    assert len(numbers) > 100
    assert [number for number in numbers if not re.fullmatch(r"-?\d+(\.\d{1,2})?", number)] == []


def test_drawing_is_quick() -> None:
    draw(TWO)
    start = time.process_time()
    draw(EXAMPLES["skips"])
    assert time.process_time() - start < 0.3


def test_importing_loads_no_engine() -> None:
    code = "import sys, chainrule.drawing\nprint([name for name in ('typst', 'graphlay', 'numpy') if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert found.stdout == "[]\n"
