"""The pictures of a solved sheet, drawn by real renderers."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.system.png import pixels_drawn

ROOT = Path(__file__).parent.parent.parent
COMMAND = Path(sys.executable).parent / "chainrule"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">{}</svg>'


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The SVG files that stand beside the solution of the example sheet."""
    solution = tmp_path_factory.mktemp("solution") / "solution.md"
    subprocess.run([COMMAND, "solve", ROOT / "examples" / "backprop.md", "-o", solution], check=True, timeout=120)
    return sorted(solution.parent.rglob("*.svg"))


def test_a_solution_has_a_picture_for_each_graph_asked_for(pictures: list[Path]) -> None:
    assert len(pictures) >= 1


def test_each_picture_is_drawn(pictures: list[Path], render: Callable[[Path], Path]) -> None:
    for picture in pictures:
        count = pixels_drawn(render(picture))
        assert count > 1000, f"{picture.name}: only {count} pixels differ from the background"


def test_a_blank_picture_is_seen_to_be_blank(tmp_path: Path, render: Callable[[Path], Path]) -> None:
    blank = tmp_path / "blank.svg"
    blank.write_text(SVG.format(""))
    assert pixels_drawn(render(blank)) == 0


def test_the_pixels_drawn_is_the_area_painted(tmp_path: Path) -> None:
    quarter = tmp_path / "quarter.svg"
    quarter.write_text(SVG.format('<rect width="20" height="10" fill="#1a6"/>'))
    png = tmp_path / "quarter.png"
    subprocess.run(["rsvg-convert", "--output", str(png), str(quarter)], check=True, timeout=60)
    assert pixels_drawn(png) == 20 * 10
