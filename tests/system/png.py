"""Reading a PNG picture with the standard library alone, to see whether anything is drawn on it."""

import struct
import zlib
from collections import Counter
from pathlib import Path

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}  # by colour type: grey, RGB, grey with alpha, RGB with alpha

Pixel = tuple[int, ...]


def read_pixels(path: Path) -> list[list[Pixel]]:
    """The rows of pixels of a PNG with 8 bits a channel, not interlaced and without a palette.

    The format and its row filters: PNG specification (W3C), sections 5 and 9.
    """
    data = path.read_bytes()
    assert data.startswith(SIGNATURE), "not a PNG"
    header, body, position = b"", b"", len(SIGNATURE)
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        content = data[position + 8 : position + 8 + length]
        header = content if kind == b"IHDR" else header
        body += content if kind == b"IDAT" else b""
        position += 12 + length
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", header)
    assert (depth, interlace) == (8, 0), "8 bits a channel, not interlaced"
    step = CHANNELS[colour]
    raw, size = zlib.decompress(body), 1 + width * step
    rows: list[list[Pixel]] = []
    above = bytearray(width * step)
    for row in range(height):
        above = unfilter(raw[row * size], raw[row * size + 1 : (row + 1) * size], above, step)
        rows.append([tuple(above[i : i + step]) for i in range(0, len(above), step)])
    return rows


def unfilter(kind: int, line: bytes, above: bytearray, step: int) -> bytearray:
    """One row of bytes with the prediction that its filter made (0 to 4) added back."""
    result = bytearray(line)
    if kind == 0:
        return result
    for i, value in enumerate(line):
        left, corner = (result[i - step], above[i - step]) if i >= step else (0, 0)
        match kind:
            case 1:
                prediction = left
            case 2:
                prediction = above[i]
            case 3:
                prediction = (left + above[i]) // 2
            case _:
                prediction = paeth(left, above[i], corner)
        result[i] = (value + prediction) % 256
    return result


def paeth(left: int, above: int, corner: int) -> int:
    """Whichever of the three is nearest to left + above - corner; the first of equals."""
    return min((left, above, corner), key=lambda value: abs(left + above - corner - value))


def pixels_drawn(path: Path) -> int:
    """How many pixels differ from the commonest one, which is the background."""
    colours = Counter(pixel for row in read_pixels(path) for pixel in row)
    return colours.total() - max(colours.values())
