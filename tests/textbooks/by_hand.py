"""What the answers of the exercise sheets are computed with, apart from the package: NumPy in double precision, by hand.

A module of `sheets/` has the name of its sheet and says in `answers()` what each problem and part is answered with, by symbol:
a number or an array; a Measured with its unit; an At for a formula without numbers; or a text, which is that of the formula or,
of a "statement on" a symbol, a part of what it says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.textbooks import steps

array = np.array


def grad(function: Callable[..., Any], place: int = 0) -> Callable[..., Any]:
    """The derivative by one argument; of an array it has the dimensions of the value first."""
    return lambda *args: steps.whole(_of_one(function, place, args), args[place])


def gradients(function: Callable[..., Any], *point: Any) -> list[Any]:
    """The derivatives by all arguments."""
    return [grad(function, place)(*point) for place in range(len(point))]


def hessian(function: Callable[..., Any], place: int = 0) -> Callable[..., Any]:
    """Twice by one argument."""
    return lambda *args: steps.whole(_of_one(grad(function, place), place, args), args[place], steps.change_along)


def _of_one(function: Callable[..., Any], place: int, args: tuple[Any, ...]) -> steps.Function:
    return lambda a: function(*args[:place], a, *args[place + 1 :])


@dataclass(frozen=True)
class At:
    """A formula by its value at a point: `inputs` by the names of the sheet."""

    inputs: Mapping[str, Any]
    value: Any


@dataclass(frozen=True)
class Measured:
    value: Any
    unit: str


Answers = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""By problem, by part ("" for a problem without parts), by symbol."""


def at(value: Callable[..., Any], inputs: Mapping[str, Any]) -> At:
    """The function of the inputs in their order."""
    return At(inputs, value(*inputs.values()))


def entropy(*p: float) -> float:
    """In nats, 0 log 0 being 0."""
    return -sum(float(x * np.log(x)) for x in p if x > 0)


def bits(nats: float) -> Measured:
    return Measured(float(nats / np.log(2.0)), "bits")


def nats(value: float) -> Measured:
    return Measured(float(value), "nats")


def kl(p: Any, q: Any) -> float:
    return float(sum(a * np.log(a / b) for a, b in zip(p, q, strict=True) if a > 0))
