"""Derivatives of functions that are written by hand, apart from the package: by a step along the imaginary axis.

f(x + ih) = f(x) + ih f'(x) + O(h^2) where f is analytic, so nothing is subtracted and the imaginary part has all its digits
(Squire and Trapp, SIAM Review 40, 1998). A second derivative is a difference of first ones, of eighth order. A function may
have branches, as `relu`: the real part chooses. `np.abs` and `np.linalg.slogdet` are not analytic; `absolute` and `logdet` are.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

TINY = 1e-30
APART = 1e-3
EIGHTH_ORDER = ((1, 4 / 5), (2, -1 / 5), (3, 4 / 105), (4, -1 / 280))

Function = Callable[[Any], Any]


def along(function: Function, point: Any, direction: Any) -> Any:
    """The derivative at a point along a direction, which has its shape."""
    return np.imag(function(np.asarray(point) + 1j * TINY * np.asarray(direction))) / TINY


def change_along(derivative: Function, point: Any, direction: Any) -> Any:
    """The same of what is a derivative itself."""
    point, step = np.asarray(point), APART * np.asarray(direction)
    return sum(w * (derivative(point + k * step) - derivative(point - k * step)) for k, w in EIGHTH_ORDER) / APART


def whole(function: Function, point: Any, by: Callable[[Function, Any, Any], Any] = along) -> Any:
    """The derivative by every entry: the dimensions of the value, then those of the point."""
    shape = np.shape(point)
    directions = np.eye(int(np.prod(shape))).reshape((-1, *shape))
    columns = [by(function, point, direction) for direction in directions]
    return np.stack(columns, axis=-1).reshape((*np.shape(columns[0]), *shape))


def absolute(a: Any) -> Any:
    return np.where(np.real(a) < 0, -a, a)


def relu(a: Any) -> Any:
    return np.where(np.real(a) > 0, a, 0)


def sigmoid(a: Any) -> Any:
    return 1 / (1 + np.exp(-a))


def softmax(a: Any) -> Any:
    return np.exp(a) / np.exp(a).sum()


def logdet(a: Any) -> Any:
    """log |det a|."""
    return np.log(np.linalg.det(a) ** 2) / 2
