"""What the tests generated from the table share: arguments of every operation at random points of its domain."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from chainrule.evaluation.run import compute
from chainrule.graph import build
from chainrule.graph.node import Node, Variable
from chainrule.graph.operation import Operation
from chainrule.graph.signature import read_signature
from chainrule.ops.construction import Construction

SIZES = {"m": 2, "n": 3, "k": 4, "p": 5, "q": 6}
CLEAR_OF_KINKS = 0.05


@dataclass(frozen=True)
class Case:
    """One operation on variables of certain shapes, and a way to draw values for them."""

    record: Any
    variables: tuple[Variable, ...]

    def draw(self, seed: int) -> dict[Node, Any]:
        """Values inside the domain and clear of kinks."""
        random = np.random.default_rng(seed)
        domains = self.record.domain if len(self.record.domain) > 1 else self.record.domain * len(self.variables)
        for _ in range(1000):
            values = {
                v: random.uniform(low, high, [d.size(SIZES) for d in v.shape])[()] + _diagonal(v)
                for v, (low, high) in zip(self.variables, domains, strict=True)
            }
            if self._is_clear(values):
                return values
        raise AssertionError(f"no point of the domain of {self.record.name} is clear of its kinks")

    def _is_clear(self, values: dict[Node, Any]) -> bool:
        if isinstance(self.record, Construction) or self.record.kink is None:
            return True
        gap = self.record.kink(*self.variables)
        return bool(np.all(np.abs(compute([gap], values, SIZES)[gap]) > CLEAR_OF_KINKS))

    def arrays(self, seed: int) -> list[Any]:
        return list(self.draw(seed).values())


def _diagonal(variable: Variable) -> Any:
    """What makes a square matrix invertible, with a positive determinant."""
    square = len(variable.shape) == 2 and variable.shape[0] == variable.shape[1]
    return 5.0 * np.eye(variable.shape[0].size(SIZES)) if square else 0.0


def cases(record: Operation | Construction) -> list[Case]:
    """The record on scalars, vectors and matrices where it takes any shape; elementwise also on scalars beside arrays."""
    patterns = read_signature(record.signature).arguments
    wholes: list[tuple[str, ...]] = [(), ("n",), ("m", "n")] if None in patterns else [()]
    if None in patterns and any(patterns):  # a whole shape beside matrices, as in solve: arrays that go with them
        wholes = [("n",), ("n", "m")]
    found = [[pattern if pattern is not None else whole for pattern in patterns] for whole in wholes]
    if record.elementwise and len(patterns) > 1:
        found += [[("n",) if i == k else () for i in range(len(patterns))] for k in range(len(patterns))]
    return [Case(record, tuple(build.variable(f"x_{k}", shape) for k, shape in enumerate(shapes))) for shapes in found]


def parse_example(text: str) -> tuple[str, list[Any]]:
    """The word and the arguments of an example such as "relu(-3)" or "softmax([0, 0])"."""
    word, bracket, rest = text.partition("(")
    arguments = ast.literal_eval(f"({rest[:-1]},)") if bracket else ()
    return word, [np.asarray(a, dtype=float)[()] for a in arguments]


def run_code(operation: Operation) -> Callable[..., Any]:
    """The operation's NumPy text as a function."""
    assert operation.numpy is not None
    source = f"import math\nimport numpy as np\n{operation.numpy_helpers}\n"
    source += f"def entry({', '.join(operation.arguments)}):\n    return {operation.numpy(*operation.arguments)}\n"
    space: dict[str, Any] = {}
    exec(source, space)
    return space["entry"]
