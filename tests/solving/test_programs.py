"""Code for what was answered: the program is run, and what it prints is compared with numbers by hand."""

import subprocess
import sys
from math import log, log2
from pathlib import Path

import mpmath
import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import Answer, ProblemSolution
from chainrule.source import Source

SHEET = """# Problem 1
Let $P = (0.5, 0.25, 0.25)$ and $Q = (0.25, 0.25, 0.5)$.

a) Compute $D_{KL}(P \\| Q)$ in bits. Write Python code for it.

b) Let $y = w^2 + 1$ with $w = 3$. Compute $y$ and $\\frac{dy}{dw}$.

c) WORDS
"""


def solved(words: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", SHEET.replace("WORDS", words))).problems
    return problem


def programs(problem: ProblemSolution) -> list[Answer]:
    return [answer for answer in problem.answers if answer.kind == "code"]


def printed(answer: Answer, folder: Path) -> dict[str, float]:
    assert answer.code is not None
    path = folder / "program.py"
    path.write_text(answer.code.numpy)
    lines = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True).stdout.splitlines()
    return {line.split(" = ")[0]: float(line.split(" = ")[1].split()[0]) for line in lines}


@pytest.mark.parametrize(
    "words",
    ["Implement all of this in Python.", "Give a NumPy implementation.", "Write the code version.", "Provide a program."],
)
def test_the_program_of_a_part_and_of_the_problem(words: str, tmp_path: Path) -> None:
    problem = solved(words)
    assert (problem.status, [d for d in problem.diagnostics if d.severity == "error"]) == ("solved", [])
    of_part, of_all = programs(problem)
    divergence = 0.5 * log2(2) + 0.25 * log2(1) + 0.25 * log2(0.5)
    assert printed(of_part, tmp_path) == pytest.approx({"D_KL(P || Q)": divergence}, rel=1e-12)
    expected = {"D_KL(P || Q)": divergence, "y": 10, "dy/dw": 6}
    assert printed(of_all, tmp_path) == pytest.approx(expected, rel=1e-12)


def test_a_number_that_an_earlier_part_has_is_printed_too(tmp_path: Path) -> None:
    parts = "a) Compute $y$.\n\nb) Compute $y$ and $\\frac{dy}{dw}$. Write Python code for it.\n"
    text = f"# Problem 1\n$y = w^2$, $w = 3$.\n\n{parts}"
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    (answer,) = programs(problem)
    assert printed(answer, tmp_path) == {"y": 9, "dy/dw": 6}


def test_the_unit_is_printed() -> None:
    code = programs(solved("Stop."))[0].code
    assert code is not None
    assert "'bits'" in code.numpy


def test_other_languages_are_not_written() -> None:
    problem = solved("Write Julia code for it.")
    assert problem.status == "partial"
    assert [d.code for d in problem.diagnostics if d.severity == "error"] == ["task-not-understood"]


def test_nothing_to_program() -> None:
    (problem,) = solve_sheet(Source("sheet.md", "# Problem 1\nLet $x = 1$.\n\nWrite code for it.\n")).problems
    assert [d.code for d in problem.diagnostics] == ["nothing-to-program"]


def test_what_has_no_value_is_a_parameter(tmp_path: Path) -> None:
    text = "# Problem 1\n$H = -p \\log p - (1-p) \\log(1-p)$. Compute $\\frac{dH}{dp}$. Write a program.\n"
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    (answer,) = programs(problem)
    assert answer.code is not None
    assert [need.latex for need in answer.needs] == ["p"]
    assert list(answer.code.parameters.values()) == ["p"]
    path = tmp_path / "program.py"
    path.write_text(answer.code.numpy + "\n\nmain(0.3)\n")
    out = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True).stdout
    assert float(out.split(" = ")[1]) == pytest.approx(log(0.7 / 0.3), rel=1e-12)


def test_what_a_helper_needs_is_computed_once_behind_the_imports(tmp_path: Path) -> None:
    """The entropies of Poisson distributions have no closed form; their programs need the logarithm of the gamma function."""
    text = "# Problem 1\n$X \\sim \\mathrm{Poi}(3)$, $Y \\sim \\mathrm{Poi}(5)$. Compute $H(X)$ and $H(Y)$. Write code.\n"
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    (answer,) = programs(problem)
    assert answer.code is not None
    assert answer.code.numpy.count("\n_log_gamma = ") == 1
    assert printed(answer, tmp_path) == pytest.approx({"H(X)": poisson_entropy(3), "H(Y)": poisson_entropy(5)}, rel=1e-12)


def poisson_entropy(rate: int) -> float:
    masses = [mpmath.exp(-rate) * mpmath.mpf(rate) ** k / mpmath.factorial(k) for k in range(120)]
    return float(-mpmath.fsum(mass * mpmath.log(mass) for mass in masses))


def test_quantities_with_names_of_the_program_s_own(tmp_path: Path) -> None:
    text = "# Problem 1\nLet $main = w^2 + 1$ with $w = 3$. Compute $main$ and $\\frac{d main}{dw}$. Write code.\n"
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    (answer,) = programs(problem)
    assert sorted(printed(answer, tmp_path).values()) == [6.0, 10.0]
