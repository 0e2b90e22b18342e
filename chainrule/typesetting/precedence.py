"""Piece: printed text with how tightly it holds together; the one place that decides about parentheses."""

from enum import IntEnum
from typing import NamedTuple


class Level(IntEnum):
    """How tightly a printed formula holds together, the loosest first."""

    RELATION = 0  # a = b
    SUM = 1  # a + b, -a, a negative number, cases
    PRODUCT = 2  # a * b, a / b on one line
    JUXTAPOSITION = 3  # a b, nabla L
    FACTOR = 4  # f(x), a stacked fraction, a sum over an index
    POWER = 5  # x^2
    NAME = 6  # x_i, f', W^{(1)}: a name with marks
    ATOM = 7  # x, 3, (a + b), an accented letter


class Piece(NamedTuple):
    """Printed text. `open`: it ends in a sum over an index, which would take in a factor written after it."""

    text: str
    level: Level
    open: bool = False
