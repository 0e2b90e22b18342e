"""The cases of the textbooks: what a file says, and the derivative of its quantity by steps, with NumPy alone.

A case is `## title (number in the book)`, a text in a fence, and below it

NAME SHAPE KIND, ...           the inputs, KIND being nothing or one of KINDS, of which random values are drawn
sizes given                    the sizes are numbers: no input of the derivative shows them
facts FACT; FACT               what is declared of them
d OF / d NAME, NAME            what is asked for; `along V` behind it for a directional derivative,
                               `symmetric HOW` for a matrix whose entries are tied, a part `X_{i,j}` for a name
part EXPRESSION                the part's entries of D, the derivative by the whole; i and j count from 0
quantity EXPRESSION            the quantity OF
book EXPRESSION                the derivative as the book states it
closed TEXT, text TEXT         the closed form and that in named quantities
! CODE not expressible: REASON in place of these, the error that refuses it
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy.linalg import expm

import chainrule as cr
from tests.textbooks import steps

HERE = Path(__file__).parent
SIZES = {"n": 3, "m": 4, "p": 5, "q": 6, "d": 7, "k": 8}
INDICES = {"i": 1, "j": 2, "k": 0}

KINDS = {
    "": lambda a: a,
    "positive": lambda a: np.abs(a) + 0.3,
    "small": lambda a: a / 4,
    "unit": lambda a: 0.9 * np.tanh(a),
    "definite": lambda a: a @ a.T + np.eye(len(a)),
    "symmetric": lambda a: a + a.T,
    "orthogonal": lambda a: np.linalg.qr(a)[0],
    "distribution": lambda a: np.abs(a) / np.abs(a).sum(),
}


WORDS = {
    "__builtins__": {},
    "np": np,
    "sum": sum,
    "eye": np.eye,
    "ones": np.ones,
    "tr": np.trace,
    "inv": np.linalg.inv,
    "det": np.linalg.det,
    "logdet": steps.logdet,
    "power": np.linalg.matrix_power,
    "diag": np.diag,
    "outer": np.outer,
    "kron": np.kron,
    "tensor": np.einsum,
    "norm": lambda a: np.sqrt((a * a).sum()),
    "expm": expm,
    "relu": steps.relu,
    "sigmoid": steps.sigmoid,
    "softmax": steps.softmax,
}
"""What stands in an expression beside the names of its case."""


@dataclass(frozen=True)
class Case:
    title: str
    text: str
    lines: tuple[str, ...]

    def said(self, word: str) -> str:
        """What the line with that first word says; nothing if there is none."""
        [found] = [line.removeprefix(word + " ") for line in self.lines if line.startswith(word + " ")] or [""]
        return found

    @cached_property
    def asked(self) -> tuple[str, tuple[str, ...], str, str]:
        """Of what, by what, along what, symmetric how."""
        found = re.fullmatch(r"(\w+) / d (.*?)(?: along (\w+))?(?: symmetric (.*))?", self.said("d"))
        assert found is not None, self.title
        return found[1], tuple(re.split(r", (?![^{]*\})", found[2])), found[3] or "", found[4] or ""

    @cached_property
    def inputs(self) -> dict[str, tuple[tuple[str, ...], str]]:
        """Shape and kind of every input."""
        found = re.findall(r"(\w+) \(([\w, ]*)\) ?([a-z]*)(?:, |$)", self.lines[0])
        return {name: (tuple(re.findall(r"\w+", shape)), kind) for name, shape, kind in found}

    @cached_property
    def values(self) -> dict[str, Any]:
        """A random point, with the sizes, which all differ, and the indices."""
        random = np.random.default_rng(len(self.title))
        drawn = {
            name: KINDS[kind](random.normal(size=[SIZES.get(d) or int(d) for d in shape]))
            for name, (shape, kind) in self.inputs.items()
        }
        used = {d for shape, _ in self.inputs.values() for d in shape}
        return {**INDICES, **{d: size for d, size in SIZES.items() if d in used}, **drawn}

    @cached_property
    def derivative(self) -> cr.Derivative:
        """The derivative by chainrule. Raises ChainruleError where it is refused."""
        of, by, along, symmetric = self.asked
        given = self.values if self.said("sizes") else {}
        shapes = {name: [given.get(d, d) for d in shape] for name, (shape, _) in self.inputs.items() if name != along}
        facts = [fact for fact in self.said("facts").split("; ") if fact]
        net = cr.parse(self.text, shapes=shapes, **({"facts": facts} if facts else {}))
        if along:
            return net.hvp(of, by[0], along) if len(by) > 1 else net.directional(of, by[0], along)
        return net.derivative(of, by, **({"symmetric": symmetric} if symmetric else {}))

    @cached_property
    def expected(self) -> Any:
        """The derivative of the quantity by steps: by the first name, and that by the second one."""
        _, by, direction, symmetric = self.asked
        function: Function = partial(evaluated, self.said("quantity"))
        for place, part in enumerate(by):
            name = part.partition("_{")[0] if self.said("part") else part
            last = place == len(by) - 1
            function = derivative(function, name, direction if last else "", symmetric, again=place > 0)
        found = function(self.values)
        return evaluated(self.said("part"), {**self.values, "D": found}) if self.said("part") else found


Function = Callable[[Mapping[str, Any]], Any]


def derivative(function: Function, name: str, direction: str, symmetric: str, *, again: bool) -> Function:
    """By a variable, output dimensions first, or along a direction; of tied entries through those on and above the diagonal.

    again: of what is a derivative itself.
    """
    by = steps.change_along if again else steps.along

    def derived(values: Mapping[str, Any]) -> Any:
        def moved(a: Any) -> Any:
            return function({**values, name: tied(a) if symmetric else a})

        if direction:
            return by(moved, values[name], values[direction])
        found = steps.whole(moved, values[name], by)
        if not symmetric:
            return found
        free = np.triu(found) + np.triu(found, 1).T
        return (free + np.diag(np.diag(free))) / 2 if symmetric == "project" else free

    return derived


def tied(a: Any) -> Any:
    return np.triu(a) + np.triu(a, 1).T


def evaluated(expression: str, values: Mapping[str, Any]) -> Any:
    """The value of an expression in the words above alone."""
    return eval(expression, {**WORDS, **values})


def read_cases() -> Iterator[Case]:
    """The cases of all files."""
    for path in sorted(HERE.glob("*.md")):
        for block in path.read_text(encoding="utf-8").split("\n## ")[1:]:
            title, _, rest = block.partition("\n")
            fenced = re.fullmatch(r"\n```plain\n(.*?)\n```\n(.*)", rest, re.DOTALL)
            assert fenced is not None, title
            yield Case(f"{path.stem}: {title}", fenced[1], tuple(line for line in fenced[2].splitlines() if line.strip()))
