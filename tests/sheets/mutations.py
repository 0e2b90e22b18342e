r"""Sheets of two problems in every format, the second one damaged: no exception, no hang, and the first answered as before.

`python -m tests.sheets.mutations 50000 [SEED]` runs so many and prints what went wrong; the tests run a few of each format.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from chainrule.errors import ChainruleError
from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution, Solution
from chainrule.source import Source

LIMIT = 5.0
"""Seconds of computing for one sheet."""
PROBLEMS = (
    r"Let $y = w x + b$, $L = (y - t)^2$, $x = 2$, $w = 0.5$, $b = 1$, $t = 3$. Compute $\frac{\partial L}{\partial w}$.",
    r"Let $P = (0.5, 0.25, 0.25)$ and $Q = (0.25, 0.5, 0.25)$. Compute $D_{KL}(P \parallel Q)$ in bits.",
    r"A network has two inputs, one hidden layer of three ReLU units and one sigmoid output. How many parameters does it have?",
    r"Let $h = \sigma(W x)$ with $W = \begin{bmatrix} 1 & -1 \\ 2 & 0 \end{bmatrix}$, $x = (1, 2)$. Perform the forward pass.",
    r"Let $f(x) = x^\top A x$. Find the gradient of $f$ with respect to $x$.",
    r"$X \sim \mathrm{Bin}(3, 0.2)$. What is the entropy of $X$ in bits?",
    r"Let $L = -\sum_i y_i \log p_i$ and $p = \mathrm{softmax}(z)$ with $y = (0, 1)$. Compute $\frac{\partial L}{\partial z}$.",
    r"Show that $\sigma'(x) = \sigma(x) (1 - \sigma(x))$.",
    r"Let $J(w) = \frac12 \|w - y\|^2$ and $y = (1, 1)$. Do one step of gradient descent with $\eta = 0.1$ from $w = (0, 0)$.",
    r"The joint distribution is $P(X=0, Y=0) = 0.5$, $P(X=0, Y=1) = 0.25$, $P(X=1, Y=1) = 0.25$. Compute $I(X; Y)$.",
    r"Is $f(x) = x^2 + e^x$ convex?",
    r"A fair die is rolled. What is the entropy of the outcome in bits?",
)
PIECES = (
    *"{}()[]|_^&,;.'=+-*/\\ $%#!~:<>\n\t\x00`é×αŷ²𝐱́\u202e",
    *(
        "$$",
        "\\[",
        "\\)",
        "\\(",
        "\\]",
        "\\frac",
        "\\begin{align}",
        "\\end{align}",
        "\\text{where }",
        "\\\\",
        "**",
        "(a) ",
        "1. ",
    ),
    *(
        "<!--",
        "-->",
        "| ",
        "```\n",
        "<script>",
        "not ",
        "twice ",
        "the gradient of ",
        "compute ",
        "with respect to ",
        "in bits",
    ),
    *(
        "e9999",
        "10^{400}",
        "2^{10^9}",
        "NaN",
        "\\infty",
        "\\sum_{i=1}^{10^9} ",
        "0.5",
        "-1",
        "W",
        "x",
        "f(",
        "\\item ",
        "\\def\\x{",
    ),
)


@dataclass(frozen=True)
class Found:
    """What went wrong with a sheet."""

    name: str
    text: str
    fault: str


def as_markdown(problems: list[str]) -> str:
    return "\n".join(f"# Problem {number}\n\n{text}\n" for number, text in enumerate(problems, 1))


def as_latex(problems: list[str]) -> str:
    body = "\n".join(f"\\section*{{Problem {number}}}\n{text}\n" for number, text in enumerate(problems, 1))
    return f"\\documentclass{{article}}\n\\begin{{document}}\n{body}\\end{{document}}\n"


def as_notebook(problems: list[str]) -> str:
    texts = [f"# Problem {number}\n\n{text}" for number, text in enumerate(problems, 1)]
    cells = [{"cell_type": "markdown", "metadata": {}, "source": text} for text in texts]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def as_text(problems: list[str]) -> str:
    return "\n".join(f"Problem {number}\n\n{text}\n" for number, text in enumerate(problems, 1))


FORMATS: Mapping[str, Callable[[list[str]], str]] = {
    "sheet.md": as_markdown,
    "sheet.tex": as_latex,
    "sheet.ipynb": as_notebook,
    "sheet.txt": as_text,
}


def run(name: str, count: int, seed: int) -> Iterator[Found]:
    """Damages so many sheets of one format."""
    chance = random.Random(f"{name} {seed}")
    for _ in range(count):
        intact, other = chance.choice(PROBLEMS), chance.choice(PROBLEMS)
        text = FORMATS[name]([intact, damaged(other, chance)])
        began = time.process_time()
        try:
            solution = solve_sheet(Source(name, text))
        except ChainruleError as error:
            yield Found(name, text, f"refused as a whole: {error.code}")
            continue
        except Exception as error:  # whatever reaches a person is looked for
            yield Found(name, text, f"{type(error).__name__}: {error}")
            continue
        if time.process_time() - began > LIMIT:
            yield Found(name, text, f"took {time.process_time() - began:.1f} s")
        first = [problem for problem in solution.problems if problem.id == "1"]
        if len(first) != 1 or _answers(first[0]) != _alone(name, intact):
            yield Found(name, text, "the intact problem has other answers")
        if _silent(solution):
            yield Found(name, text, "open without a word")


def damaged(text: str, chance: random.Random) -> str:
    """The text with one to four changes."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice([0, 0, 1, 2, 10]))
        text = text[:start] + chance.choice(["", *PIECES, text[end : end + 20]]) + text[end:]
    return text


@lru_cache(maxsize=256)
def _alone(name: str, intact: str) -> tuple[object, ...]:
    """The answers of the problem beside another one that is not damaged."""
    problems = solve_sheet(Source(name, FORMATS[name]([intact, "Let $a = 1$."]))).problems
    return _answers(next(problem for problem in problems if problem.id == "1"))


def _answers(problem: ProblemSolution) -> tuple[object, ...]:
    return tuple((a.kind, a.symbol.text, repr(a.value), a.unit, a.formula.text) for a in problem.answers)


def _silent(solution: Solution) -> list[ProblemSolution]:
    return [problem for problem in solution.problems if problem.status != "solved" and not problem.diagnostics]


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    began, faults = time.monotonic(), 0
    for name in FORMATS:
        for found in run(name, count // len(FORMATS), seed):
            faults += 1
            sys.stdout.write(f"--- {found.name}: {found.fault}\n{found.text}\n")
    sys.stdout.write(f"{count} sheets, {faults} faults, {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
