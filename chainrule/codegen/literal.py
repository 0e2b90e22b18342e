"""Values from a sheet as Python literals: short floats and tuples, which nothing can change."""

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, cast

from chainrule.errors import CodeError


def literal(value: Any) -> str:
    """A number as a float, a nested sequence or array as nested tuples. Raises CodeError `not-a-number`."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        parts = [literal(item) for item in cast("Iterable[Any]", value)]
        return f"({', '.join(parts)}{',' * (len(parts) == 1)})"
    if not isinstance(value, int | float | Fraction):
        raise CodeError("not-a-number", "a value must be made of numbers to be a default in code")
    try:
        nearest = float(value)
    except OverflowError:
        nearest = math.inf if value > 0 else -math.inf
    if math.isnan(nearest):
        raise CodeError("not-a-number", "a value that is not a number cannot be a default in code")
    return repr(nearest) if math.isfinite(nearest) else f"{'-' * (nearest < 0)}np.inf"
