"""The PNG reader, on pictures packed by hand with each of the five row filters."""

import struct
import zlib
from pathlib import Path

import pytest

from tests.system.png import SIGNATURE, pixels_drawn, read_pixels


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def grey_png(path: Path, width: int, rows: list[bytes]) -> Path:
    """Grey picture; each row is its filter's number and then its filtered bytes."""
    header = struct.pack(">IIBBBBB", width, len(rows), 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(rows))
    path.write_bytes(SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b""))
    return path


@pytest.mark.parametrize(
    ("second_row", "expected"),
    [
        (bytes([0, 10, 20, 30]), [10, 20, 30]),  # as it is
        (bytes([1, 10, 20, 30]), [10, 30, 60]),  # + left
        (bytes([2, 10, 20, 30]), [15, 27, 39]),  # + above, which is 5, 7, 9
        (bytes([3, 10, 20, 30]), [12, 29, 49]),  # + half of left + above, rounded down
        (bytes([4, 10, 20, 250]), [15, 35, 29]),  # + Paeth: 5, then 15, then 35; 250 + 35 wraps to 29
    ],
)
def test_each_filter_is_undone(tmp_path: Path, second_row: bytes, expected: list[int]) -> None:
    path = grey_png(tmp_path / "grey.png", 3, [bytes([0, 5, 7, 9]), second_row])
    assert read_pixels(path) == [[(5,), (7,), (9,)], [(value,) for value in expected]]


def test_the_pixels_drawn_leaves_out_the_commonest_colour(tmp_path: Path) -> None:
    path = grey_png(tmp_path / "grey.png", 4, [bytes([0, 9, 9, 9, 9]), bytes([0, 9, 9, 1, 2])])
    assert pixels_drawn(path) == 2


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"<svg/>")
    with pytest.raises(AssertionError, match="not a PNG"):
        read_pixels(path)
