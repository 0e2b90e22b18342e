"""Cases of an operation: variables of every kind of shape it takes, and random values in its domain, clear of its kinks."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from chainrule.evaluation.array import Array, Scalar
from chainrule.evaluation.run import compute
from chainrule.evaluation.sizes import array_shape
from chainrule.graph import build
from chainrule.graph.dimension import Shape
from chainrule.graph.node import Node, Variable
from chainrule.graph.operation import Operation
from chainrule.graph.signature import read_signature, size_of
from chainrule.ops.construction import Construction

SIZES: Mapping[str, int] = {"m": 2, "n": 3, "k": 4, "p": 5, "q": 6}
CLEAR_OF_KINKS = 0.05
TRIES = 1000
IMAGINARY = 0.01
DOMINANCE = 5.0
"""What stands more on the diagonal of a square matrix, so that it has an inverse and a positive determinant."""


@dataclass(frozen=True)
class Case:
    """One operation on variables of certain shapes, and a way to draw values for them."""

    record: Operation | Construction
    variables: tuple[Variable, ...]

    def draw(self, seed: int) -> dict[Node, Array | Scalar]:
        """Values inside the domain and clear of kinks. Raises AssertionError where none are found."""
        random = np.random.default_rng(seed)
        domains = self.record.domain if len(self.record.domain) > 1 else self.record.domain * len(self.variables)
        for _ in range(TRIES):
            values: dict[Node, Array | Scalar] = {
                v: random.uniform(low, high, [d.size(SIZES) for d in v.shape])[()] + _diagonal(v)
                for v, (low, high) in zip(self.variables, domains, strict=True)
            }
            if self._is_clear(values):
                return values
        raise AssertionError(f"no point of the domain of {self.record.name} is clear of its kinks")

    def _is_clear(self, values: Mapping[Node, Array | Scalar]) -> bool:
        if isinstance(self.record, Construction) or self.record.kink is None:
            return True
        gap = self.record.kink(*self.variables)
        return bool(np.all(np.abs(compute([gap], values, SIZES)[gap]) > CLEAR_OF_KINKS))

    def arrays(self, seed: int) -> list[Array | Scalar]:
        """The values in the order of the arguments."""
        return list(self.draw(seed).values())

    def draw_complex(self, seed: int) -> dict[Node, Array | Scalar]:
        """Such values with small imaginary parts."""
        parts = zip(self.draw(seed).items(), self.arrays(seed + 99), strict=True)
        return {variable: real + IMAGINARY * 1j * other for (variable, real), other in parts}

    @property
    def title(self) -> str:
        shapes = " ".join("".join(map(str, v.shape)) or "scalar" for v in self.variables)
        return f"{self.record.name} {shapes}".rstrip()


def weights(shape: Shape, seed: int) -> Array:
    """A random array of the shape, by which a result is projected."""
    return np.random.default_rng(seed).normal(size=array_shape(shape, SIZES))


def _diagonal(variable: Variable) -> Array | float:
    square = len(variable.shape) == 2 and variable.shape[0] == variable.shape[1]
    return DOMINANCE * np.eye(variable.shape[0].size(SIZES)) if square else 0.0


def cases(record: Operation | Construction) -> list[Case]:
    """The record on scalars, vectors and matrices where it takes any shape; elementwise also on scalars beside arrays."""
    patterns = read_signature(record.signature).arguments
    wholes: list[tuple[str, ...]] = [(), ("n",), ("m", "n")] if None in patterns else [()]
    if None in patterns and any(patterns):  # a whole shape beside matrices, as in solve: arrays that go with them
        wholes = [("n",), ("n", "m")]
    found = [[pattern if pattern is not None else whole for pattern in patterns] for whole in wholes]
    if record.elementwise and len(patterns) > 1:
        found += [[("n",) if i == k else () for i in range(len(patterns))] for k in range(len(patterns))]
    return [
        Case(record, tuple(build.variable(f"x_{k}", map(size_of, shape)) for k, shape in enumerate(shapes))) for shapes in found
    ]
