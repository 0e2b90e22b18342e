"""Random expressions as recipes, which are read in two ways: as text for chainrule, and as a function for JAX.

A recipe knows its operation, what it is made of and its shape in letters. No way to read it knows of the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

Shape = tuple[str, ...]
SIZES = {"n": 3, "m": 4, "2": 2, "n+m": 7, "nm": 12}
VARIABLES: dict[Shape, str] = {
    (): "abc", ("n",): "xyp", ("m",): "uvq", ("n", "n"): "AB", ("m", "m"): "C", ("m", "n"): "MK",
}  # fmt: skip
SHAPES: dict[str, Shape] = {name: shape for shape, names in VARIABLES.items() for name in names}
POSITIVE = "abpq"


@dataclass(frozen=True)
class Recipe:
    """`said`: what an operation takes beside recipes, such as the place of an entry or a number."""

    op: str
    shape: Shape
    parts: tuple["Recipe", ...] = ()
    said: tuple[Any, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The variables in it, each once."""
        own = (self.said[0],) if self.op == "variable" else ()
        return tuple(dict.fromkeys((*own, *(name for part in self.parts for name in part.names))))


UNARY: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "exp": ("exp({})", jnp.exp),
    "sin": ("sin({})", jnp.sin),
    "cos": ("cos({})", jnp.cos),
    "tanh": ("tanh({})", jnp.tanh),
    "arctan": ("arctan({})", jnp.arctan),
    "sigmoid": ("sigma({})", jax.nn.sigmoid),
    "softplus": ("log(1 + exp({}))", lambda x: jnp.logaddexp(x, 0.0)),
    "relu": ("relu({})", lambda x: jnp.where(x > 0, x, 0.0)),
    "abs": ("abs({})", jnp.abs),
    "log": ("log(2 + {}.^2)", lambda x: jnp.log(2 + x * x)),
    "sqrt": ("sqrt(1 + {}.^2)", lambda x: jnp.sqrt(1 + x * x)),
    "negative": ("(-{})", jnp.negative),
    "square": ("{}.^2", jnp.square),
    "cube": ("{}.^3", lambda x: x * x * x),
    "reciprocal": ("(1 ./ (2 + cos({})))", lambda x: 1 / (2 + jnp.cos(x))),
    "two": ("2.^({})", lambda x: 2.0**x),
    "logistic": ("(1 ./ (1 + exp(-{})))", lambda x: 1 / (1 + jnp.exp(-x))),
}
"""Of any shape, entry by entry; a recipe stands in place of the braces in parentheses where it needs them."""

OF_VECTOR: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "softmax": ("softmax({})", jax.nn.softmax),
    "written softmax": ("(exp({0}) / sum(exp({0})))", jax.nn.softmax),
    "log softmax": ("logsoftmax({})", jax.nn.log_softmax),
    "centred": ("({0} - mean({0}))", lambda x: x - jnp.mean(x)),
    "unit": ("({0} / norm2({0}))", lambda x: x / jnp.sqrt(jnp.sum(x * x))),
}

TO_NUMBER: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "sum": ("sum({})", jnp.sum),
    "squares": ("norm2({})^2", lambda x: jnp.sum(x * x)),
    "norm": ("norm2({})", lambda x: jnp.sqrt(jnp.sum(x * x))),
    "norm1": ("norm1({})", lambda x: jnp.sum(jnp.abs(x))),
    "own product": ("tr({0} * {0}')", lambda x: jnp.sum(x * x)),
}

VECTOR_TO_NUMBER: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "logsumexp": ("logsumexp({})", jax.nn.logsumexp),
    "written logsumexp": ("log(sum(exp({})))", lambda x: jnp.log(jnp.sum(jnp.exp(x)))),
    "mean": ("mean({})", jnp.mean),
    "own inner": ("{0}' * {0}", lambda x: jnp.dot(x, x)),
}

SQUARE_TO_NUMBER: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "trace": ("tr({})", jnp.trace),
    "det": ("det({0}*{0}' + eye)", lambda a: jnp.linalg.det(a @ a.T + jnp.eye(len(a)))),
    "logdet": ("logdet({0}*{0}' + eye)", lambda a: jnp.linalg.slogdet(a @ a.T + jnp.eye(len(a)))[1]),
}

ROWS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "row sums": ("sum({}, axis=1)", lambda a: jnp.sum(a, 1)),
    "row means": ("mean({}, axis=1)", lambda a: jnp.mean(a, 1)),
    "row logsumexps": ("logsumexp({}, axis=1)", lambda a: jax.nn.logsumexp(a, 1)),
    "row norms": ("norm({}, axis=1)", lambda a: jnp.sqrt(jnp.sum(a * a, 1))),
    "times ones": ("{} * vector(1)", lambda a: jnp.sum(a, 1)),
}
COLUMNS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "column sums": ("sum({}, axis=0)", lambda a: jnp.sum(a, 0)),
    "column logsumexps": ("logsumexp({}, axis=0)", lambda a: jax.nn.logsumexp(a, 0)),
}
OF_MATRIX: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "softmax of rows": ("softmax({}, axis=1)", lambda a: jax.nn.softmax(a, 1)),
    "softmax of columns": ("softmax({}, axis=0)", lambda a: jax.nn.softmax(a, 0)),
}
OF_SQUARE: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "second power": ("{}^2", lambda a: a @ a),
    "third power": ("{}^3", lambda a: a @ a @ a),
    "inverse": ("inv({0}*{0}' + eye)", lambda a: jnp.linalg.inv(a @ a.T + jnp.eye(len(a)))),
    "shifted": ("({} + eye)", lambda a: a + jnp.eye(len(a))),
    "diagonal of it": ("diag(diag({}))", lambda a: jnp.diag(jnp.diag(a))),
}


BINARY: dict[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "add": ("{} + {}", lambda x, y: x + y),
    "subtract": ("{} - {}", lambda x, y: x - y),
    "hadamard": ("{} .* {}", lambda x, y: x * y),
    "quotient": ("{} ./ (3 + sin({}))", lambda x, y: x / (3 + jnp.sin(y))),
    "ratio": ("{} ./ {}", lambda x, y: x / y),
    "scaled": ("{} * {}", lambda a, x: a * x),
    "over": ("{} / {}", lambda x, a: x / a),
    "inner": ("{}' * {}", jnp.dot),
    "outer": ("{} * {}'", jnp.outer),
    "times": ("{} * {}", lambda x, y: x @ y),
    "frobenius": ("tr({}' * {})", lambda x, y: jnp.sum(x * y)),
    "joined": ("[{}; {}]", lambda x, y: jnp.concatenate([x, y])),
    "shift": ("{} + {}", lambda x, a: x + a),
    "kronecker": ("kron({}, {})", jnp.kron),
    "solved": ("inv({0}*{0}' + eye) * {1}", lambda a, x: jnp.linalg.solve(a @ a.T + jnp.eye(len(a)), x)),
    "diagonal times": ("diag({}) * {}", lambda x, y: (x * y.T).T),
    "power": ("(1 + {}^2)^{}", lambda a, b: (1 + a * a) ** b),
}

TABLES = (UNARY, OF_VECTOR, TO_NUMBER, VECTOR_TO_NUMBER, SQUARE_TO_NUMBER, ROWS, COLUMNS, OF_MATRIX, OF_SQUARE, BINARY)
MEANINGS = {name: meaning for table in TABLES for name, meaning in table.items()}
LOOSE = {"add", "subtract", "hadamard", "quotient", "ratio", "scaled", "over", "inner", "outer", "times", "shift", "solved"}
LOOSE |= {"diagonal times", "own inner", "times ones", "form"}


def text(recipe: Recipe) -> str:
    """As a person might write it in plain text."""
    parts = [f"({text(p)})" if p.op in LOOSE or (p.op == "number" and p.said[0] < 0) else text(p) for p in recipe.parts]
    match recipe.op:
        case "variable":
            return recipe.said[0]
        case "number":
            return str(recipe.said[0])
        case "transpose":
            return f"({parts[0]})'" if recipe.parts[0].op == "transpose" else f"{parts[0]}'"
        case "form":
            return f"{parts[0]}' * {parts[1]} * {parts[2]}"
        case "diag" | "vec":
            return f"{recipe.op}({parts[0]})"
        case "diagonal":
            return f"diag({parts[0]})"
        case "entry":
            return f"{parts[0]}_{{{','.join(str(k + 1) for k in recipe.said)}}}"
        case "row":
            return f"{parts[0]}_{{{recipe.said[0] + 1},*}}"
        case "column":
            return f"{parts[0]}_{{*,{recipe.said[0] + 1}}}"
        case "slice":
            return f"{parts[0]}_{{{recipe.said[0] + 1}:{recipe.said[0] + 2}}}"
        case op:
            inside = [f"({t})" if _powered(p) else t for t, p in zip(parts, recipe.parts, strict=True)]
            return MEANINGS[op][0].format(*inside)


def _powered(recipe: Recipe) -> bool:
    """What a power or a transpose behind it would not take whole."""
    return recipe.op in ("square", "cube", "two", "transpose", "second power", "third power", "squares", "power", "negative")


def function(recipe: Recipe, values: Mapping[str, Any], met: list[Any] | None = None) -> Any:
    """Its value by JAX; every value on the way is put in `met`."""
    parts = [function(part, values, met) for part in recipe.parts]
    match recipe.op:
        case "variable":
            found = values[recipe.said[0]]
        case "number":
            found = jnp.asarray(float(recipe.said[0]))
        case "transpose":
            found = parts[0].T
        case "form":
            found = parts[0] @ parts[1] @ parts[2]
        case "diag" | "diagonal":
            found = jnp.diag(parts[0])
        case "vec":
            found = parts[0].T.reshape(-1)
        case "entry":
            found = parts[0][recipe.said]
        case "row":
            found = parts[0][recipe.said[0]]
        case "column":
            found = parts[0][:, recipe.said[0]]
        case "slice":
            found = parts[0][recipe.said[0] : recipe.said[0] + 2]
        case op:
            found = MEANINGS[op][1](*parts)
    if met is not None:
        met.append(found)
    return found


def point(seed: int) -> dict[str, np.ndarray]:
    """Values for all variables, those that stand for scales above zero."""
    random = np.random.default_rng(seed)
    values = {name: random.uniform(-1.3, 1.3, [SIZES[d] for d in shape]) for name, shape in SHAPES.items()}
    return {name: np.abs(value) + 0.3 if name in POSITIVE else value for name, value in values.items()}


class Recipes:
    """Draws recipes from a source of random numbers."""

    def __init__(self, random: Random):
        self.random = random

    def draw(self, shape: Shape, depth: int) -> Recipe:
        """A recipe of that shape, at most so many operations deep."""
        if depth <= 0 and shape in VARIABLES:
            return self.variable(shape)
        makes = [self.of_any, self.of_any]
        makes += {0: [self.number] * 5, 1: [self.vector] * 4, 2: [self.matrix] * 4}[len(shape)]
        if shape not in VARIABLES:
            return self.uncommon(shape, depth)
        return self.random.choice(makes)(shape, depth - 1)

    def variable(self, shape: Shape) -> Recipe:
        return Recipe("variable", shape, (), (self.random.choice(VARIABLES[shape]),))

    def constant(self) -> Recipe:
        return Recipe("number", (), (), (self.random.choice([2, 3, -1, 0.5, -2, 1]),))

    def size(self) -> str:
        return self.random.choice("nm")

    def drawn_from(self, table: Mapping[str, Any], shape: Shape, *parts: Recipe) -> Recipe:
        return Recipe(self.random.choice(list(table)), shape, parts)

    def of_any(self, shape: Shape, depth: int) -> Recipe:
        """What works entry by entry, sums, and a number in front."""
        random = self.random
        if random.random() < 0.3:
            return self.drawn_from(UNARY, shape, self.draw(shape, depth))
        op = random.choice(["add", "subtract", "hadamard", "quotient", "scaled", "scaled", "over", "ratio", "shift"])
        if op == "scaled":
            front = self.constant() if random.random() < 0.5 else self.draw((), depth - 1)
            return Recipe(op, shape, (front, self.draw(shape, depth)))
        if op in ("over", "shift"):
            other = self.variable(()) if op == "over" else self.draw((), depth - 1)
            below = self.constant() if random.random() < 0.3 else other
            return Recipe(op, shape, (self.draw(shape, depth), below))
        if op == "hadamard" and not shape:
            op = "scaled"
        return Recipe(op, shape, (self.draw(shape, depth), self.draw(shape, depth)))

    def number(self, shape: Shape, depth: int) -> Recipe:
        random, n = self.random, self.size()
        match random.randrange(10):
            case 0:
                return self.drawn_from(TO_NUMBER | VECTOR_TO_NUMBER, (), self.draw((n,), depth))
            case 1:
                return self.drawn_from(TO_NUMBER, (), self.draw(random.choice([("m", "n"), ("n", "n"), ("n", "m")]), depth))
            case 2:
                return Recipe("inner", (), (self.draw((n,), depth), self.draw((n,), depth)))
            case 3:
                square = self.draw((n, n), depth)
                return Recipe(random.choice(list(SQUARE_TO_NUMBER)), (), (square,))
            case 4:
                m = self.size()
                return Recipe("form", (), (self.draw((n,), depth - 1), self.draw((n, m), depth), self.draw((m,), depth - 1)))
            case 5:
                shape = (n, self.size())
                return Recipe("frobenius", (), (self.draw(shape, depth), self.draw(shape, depth)))
            case 6:
                table = random.choice([("n+m",), ("2",), ("nm",)])
                return self.drawn_from(TO_NUMBER | VECTOR_TO_NUMBER, (), self.draw(table, depth))
            case 7:
                shape = random.choice([("n",), ("m",), ("n", "n"), ("m", "n")])
                place = tuple(random.randrange(SIZES[d]) for d in shape)
                return Recipe("entry", (), (self.variable(shape),), place)
            case 8:
                return Recipe("power", (), (self.draw((), depth - 1), self.variable(())))
            case _:
                return self.drawn_from(VECTOR_TO_NUMBER, (), self.draw((n,), depth))

    def vector(self, shape: Shape, depth: int) -> Recipe:
        (n,) = shape
        random, m = self.random, self.size()
        match random.randrange(9):
            case 0 | 1:
                return Recipe("times", shape, (self.draw((n, m), depth), self.draw((m,), depth)))
            case 2:
                return self.drawn_from(OF_VECTOR, shape, self.draw(shape, depth))
            case 3:
                return self.drawn_from(ROWS, shape, self.draw((n, m), depth))
            case 4:
                return self.drawn_from(COLUMNS, shape, self.draw((m, n), depth))
            case 5:
                return Recipe("diagonal", shape, (self.draw((n, n), depth),))
            case 6:
                return Recipe("solved", shape, (self.draw((n, m), depth), self.draw(shape, depth)))
            case 7:
                matrix = random.choice([s for s in VARIABLES if len(s) == 2 and n in s])
                op, other = ("row", matrix[0]) if matrix[1] == n else ("column", matrix[1])
                return Recipe(op, shape, (self.variable(matrix),), (random.randrange(SIZES[other]),))
            case _:
                return Recipe("diagonal times", shape, (self.draw(shape, depth), self.draw(shape, depth)))

    def matrix(self, shape: Shape, depth: int) -> Recipe:
        rows, columns = shape
        between = self.size()
        match self.random.randrange(9):
            case 0 | 1:
                return Recipe("times", shape, (self.draw((rows, between), depth), self.draw((between, columns), depth)))
            case 2:
                return Recipe("transpose", shape, (self.draw((columns, rows), depth),))
            case 3:
                return Recipe("outer", shape, (self.draw((rows,), depth), self.draw((columns,), depth)))
            case 4:
                return self.drawn_from(OF_MATRIX, shape, self.draw(shape, depth))
            case 5 if rows == columns:
                return self.drawn_from(OF_SQUARE, shape, self.draw(shape, depth))
            case 6 if rows == columns:
                return Recipe("diag", shape, (self.draw((rows,), depth),))
            case 7:
                return Recipe("diagonal times", shape, (self.draw((rows,), depth), self.draw(shape, depth)))
            case _:
                return Recipe("solved", shape, (self.draw((rows, between), depth), self.draw(shape, depth)))

    def uncommon(self, shape: Shape, depth: int) -> Recipe:
        """Of a shape that no variable has: parts, joined vectors, vec, Kronecker products, a transpose."""
        match shape:
            case ("2",):
                n = self.size()
                return Recipe("slice", shape, (self.variable((n,)),), (self.random.randrange(SIZES[n] - 1),))
            case ("n+m",):
                return Recipe("joined", shape, (self.draw(("n",), depth - 1), self.draw(("m",), depth - 1)))
            case ("nm",):
                if self.random.random() < 0.5:
                    return Recipe("vec", shape, (self.draw(("m", "n"), depth - 1),))
                vector = Recipe("vec", shape, (self.variable(("m", "n")),))
                return Recipe("times", shape, (self.draw(("nm", "nm"), depth - 1), vector))
            case ("nm", "nm"):
                return Recipe("kronecker", shape, (self.draw(("n", "n"), depth - 1), self.draw(("m", "m"), depth - 1)))
            case (rows, columns):
                if depth > 1 and self.random.random() < 0.5:
                    return self.matrix(shape, depth - 1)
                return Recipe("transpose", shape, (self.draw((columns, rows), depth - 1),))
            case _:
                raise AssertionError(shape)
