r"""The value of a LaTeX formula, read by itself: nothing of the package's parser, inference or printing is used.

Symbols are looked up as they are spelled, the longest first. A vector is a column; neighbours are multiplied as
matrices, and a 1 x 1 result is a number. `\odot` binds looser than neighbours and tighter than plus.
"""

import re
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np

Array = Any


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


FUNCTIONS: dict[str, Callable[..., Array]] = {
    "\\sigma": sigmoid,
    "\\sigma'": lambda x: sigmoid(x) * (1 - sigmoid(x)),
    "\\sigma''": lambda x: sigmoid(x) * (1 - sigmoid(x)) * (1 - 2 * sigmoid(x)),
    "\\tanh": np.tanh,
    "\\tanh'": lambda x: 1 - np.tanh(x) ** 2,
    "\\exp": np.exp,
    "\\log": np.log,
    "\\max": np.maximum,
    "\\operatorname{diag}": lambda x: np.diag(x[:, 0]),
}
RELATIONS = {">": np.greater, "<": np.less, "\\ge": np.greater_equal, "\\le": np.less_equal}


def latex_value(text: str, symbols: Mapping[str, Array]) -> Array:
    """The value, a vector in one dimension. `symbols`: from spelling to number, vector or matrix. Raises SyntaxError."""
    columns = {_dense(name): _column(np.asarray(value, dtype=float)) for name, value in symbols.items()}
    reader = _Reader(_dense(text), columns)
    found = reader.sum()
    if reader.rest:
        raise SyntaxError(f"{reader.rest} is not understood in {text}")
    return found[:, 0] if np.ndim(found) == 2 and found.shape[1] == 1 else found


def _dense(text: str) -> str:
    return re.sub(r"\s|\\left|\\right|\\,", "", text)


def _column(value: Array) -> Array:
    return value.reshape(-1, 1) if value.ndim == 1 else value if value.ndim else float(value)


class _Reader:
    def __init__(self, text: str, symbols: Mapping[str, Array]):
        self.rest = text
        self.symbols = symbols

    def take(self, *words: str) -> str | None:
        """The longest of the words that the text goes on with, taken off it."""
        found = max((word for word in words if self.rest.startswith(word)), key=len, default=None)
        self.rest = self.rest[len(found) :] if found else self.rest
        return found

    def need(self, word: str) -> None:
        if self.take(word) is None:
            raise SyntaxError(f"{word} is missing before {self.rest!r}")

    def sum(self) -> Array:
        total = -self.elementwise() if self.take("-") else self.elementwise()
        while sign := self.take("+", "-"):
            term = self.elementwise()
            if np.shape(total) != np.shape(term):
                raise SyntaxError("terms of different shapes are added")
            total = total + term if sign == "+" else total - term
        return total

    def elementwise(self) -> Array:
        product = self.product()
        while self.take("\\odot"):
            other = self.product()
            if np.shape(product) != np.shape(other):
                raise SyntaxError("an elementwise product of different shapes")
            product = product * other
        return product

    def product(self) -> Array:
        """Numbers scale; arrays are multiplied from left to right."""
        factors = [self.power()]
        while self.rest and not self.rest.startswith(("+", "-", ")", "]", "}", ",", "\\odot", *RELATIONS)):
            self.take("\\cdot")
            factors.append(self.power())
        scalar = float(np.prod([f for f in factors if not np.ndim(f)]))
        arrays = [f for f in factors if np.ndim(f)]
        if not arrays:
            return scalar
        whole = scalar * reduce(np.matmul, arrays)
        return float(whole[0, 0]) if whole.shape == (1, 1) else whole

    def power(self) -> Array:
        base = self.atom()
        while self.take("^"):
            if self.take("\\top"):
                base = np.transpose(base)
            else:
                exponent = self.group() if self.rest.startswith("{") else float(self.number() or "nan")
                if np.ndim(base):
                    raise SyntaxError("a power of an array")
                base = base**exponent
        return base

    def atom(self) -> Array:
        name = self.take(*self.symbols)
        if name:
            return self.symbols[name]
        if self.take("\\frac"):
            return self.group() / self.group()
        if self.take("\\sqrt"):
            return np.sqrt(self.group())
        if self.rest.startswith("{"):
            return self.group()
        if self.take("("):
            return self.closed(")")
        if self.take("\\mathbb{1}["):
            left = self.sum()
            relation = RELATIONS[self.take(*RELATIONS) or "none"]
            return np.where(relation(left, self.closed("]")), 1.0, 0.0)[()]
        if function := self.take(*FUNCTIONS):
            return self.applied(function)
        if digits := self.number():
            return float(digits)
        raise SyntaxError(f"{self.rest!r} is not understood")

    def applied(self, function: str) -> Array:
        self.need("(")
        arguments = [self.sum()]
        while self.take(","):
            arguments.append(self.sum())
        self.need(")")
        return FUNCTIONS[function](*arguments)

    def closed(self, bracket: str) -> Array:
        inner = self.sum()
        self.need(bracket)
        return inner

    def group(self) -> Array:
        self.need("{")
        return self.closed("}")

    def number(self) -> str | None:
        match = re.match(r"\d+(\.\d+)?", self.rest)
        return self.take(match.group()) if match else None
