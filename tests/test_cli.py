import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner, Result

from chainrule import cli
from chainrule.cli import commands
from chainrule.cli.options import divided
from chainrule.errors import ChainruleError, Diagnostic, SheetError, SyntaxFault
from chainrule.solving.answer import Solution
from chainrule.solving.information.tasks import Measure
from chainrule.solving.requests import Manner
from chainrule.source import Source
from chainrule.verification import selfcheck
from chainrule.verification.selfcheck import Checked
from tests.documents.solutions import FIRST, SLOPE, SOLUTION, solution_with

SOLVED = solution_with(SLOPE)
Sheet = Callable[[str, Solution | ChainruleError], str]


@dataclass
class Pipeline:
    """Stands for the pipeline: remembers what it was called with, and answers from what the test puts in."""

    solutions: dict[str, Solution | ChainruleError] = field(default_factory=dict[str, "Solution | ChainruleError"])
    diagnostics: tuple[Diagnostic, ...] = ()
    calls: list[tuple[object, ...]] = field(default_factory=list[tuple[object, ...]])

    def solve_sheet(self, source: Source, at: Mapping[str, str], figures: Mapping[str, Source], measure: Measure) -> Solution:
        self.calls.append((source, at, figures, measure))
        solution = self.solutions[Path(source.name).name]
        if isinstance(solution, ChainruleError):
            raise solution
        return replace(solution, source=source)

    def check_sheet(self, source: Source) -> tuple[Diagnostic, ...]:
        self.calls.append((source,))
        return self.diagnostics

    def solve_equations(
        self,
        text: str,
        wrt: list[str],
        of: str | None,
        shapes: Mapping[str, tuple[str, ...]],
        at: Mapping[str, str],
        manner: Manner,
        facts: tuple[str, ...],
        unit: str | None,
    ) -> Solution:
        self.calls.append((text, wrt, of, shapes, at, manner, facts, unit))
        solution = self.solutions["equations"]
        if isinstance(solution, ChainruleError):
            raise solution
        return solution


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    fake, module = Pipeline(), ModuleType("chainrule.pipeline")
    for name in ("solve_sheet", "check_sheet", "solve_equations"):
        setattr(module, name, getattr(fake, name))
    monkeypatch.setitem(sys.modules, "chainrule.pipeline", module)
    return fake


@pytest.fixture
def sheet(
    tmp_path: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, Solution | ChainruleError], str]:
    monkeypatch.chdir(tmp_path)

    def write(name: str, solution: Solution | ChainruleError) -> str:
        (tmp_path / name).write_text(f"text of {name}\n", encoding="utf-8")
        pipeline.solutions[name] = solution
        return name

    return write


def run(*arguments: str, text: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(commands, arguments, input=text)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_solve_prints_the_page_and_says_what_is_open(sheet: Sheet, pipeline: Pipeline) -> None:
    solved, part = sheet("solved.md", SOLVED), sheet("part.md", SOLUTION)
    result = run("solve", solved)
    assert result.exit_code == 0
    assert result.stdout.startswith("── Problem 2")
    assert pipeline.calls == [(Source("solved.md", "text of solved.md\n"), {}, {}, Measure())]
    assert run("solve", part).exit_code == 1
    assert run("solve", part, solved).exit_code == 1


def test_solve_prints_one_line_of_json_a_sheet(sheet: Sheet) -> None:
    result = run("solve", "--json", sheet("a.md", SOLVED), sheet("b.md", SOLUTION))
    assert result.exit_code == 1
    assert [json.loads(line)["sheet"] for line in result.stdout.splitlines()] == ["a.md", "b.md"]
    assert result.stderr == ""


def test_an_unreadable_sheet_does_not_keep_the_others_from_being_solved(sheet: Sheet) -> None:
    bad = sheet("bad.md", SheetError("no-problem", "there is no problem in bad.md"))
    result = run("solve", "--json", "missing.md", bad, sheet("good.md", SOLVED))
    assert result.exit_code == 2
    assert [json.loads(line)["sheet"] for line in result.stdout.splitlines()] == ["good.md"]
    assert result.stderr.splitlines() == [
        "missing.md cannot be read: No such file or directory [unreadable-file]",
        "there is no problem in bad.md [no-problem]",
    ]


def test_a_dash_is_standard_input(sheet: Sheet, pipeline: Pipeline) -> None:
    sheet("<stdin>", SOLVED)
    assert run("solve", "-", text="Compute $L$.\r\n").exit_code == 0
    assert pipeline.calls == [(Source("<stdin>", "Compute $L$.\n"), {}, {}, Measure())]


def test_values_are_handed_on(sheet: Sheet, pipeline: Pipeline) -> None:
    run("solve", sheet("a.md", SOLVED), "--at", "y = 1, x=[0.5, 2],A_{1,j}=3,W_{i=1}=4")
    assert pipeline.calls[0][1] == {"y": "1", "x": "[0.5, 2]", "A_{1,j}": "3", "W_{i=1}": "4"}


def test_options_that_are_repeated_are_one_list(pipeline: Pipeline) -> None:
    pipeline.solutions["equations"] = SOLVED
    assert run("grad", "t q r", "--wrt", "t", "--wrt", "q,r", "--at", "t=2", "--at", "q=3,r=[1, 2]").exit_code == 0
    assert pipeline.calls[0][1] == ["t", "q", "r"]
    assert pipeline.calls[0][4] == {"t": "2", "q": "3", "r": "[1, 2]"}
    result = run("grad", "t q", "--wrt", "t", "--at", "t=2", "--at", "t=3")
    assert (result.exit_code, "t is given twice" in result.stderr) == (2, True)
    assert run("grad", "t q", "--wrt", "t", "--wrt", "").exit_code == 2
    assert len(pipeline.calls) == 1


@pytest.mark.parametrize("text", ["y", "=1", "y=", "y=1,", "y=1=2", "y=1,y=2"])
def test_values_that_cannot_be_read_are_refused(sheet: Sheet, pipeline: Pipeline, text: str) -> None:
    result = run("solve", sheet("a.md", SOLVED), "--at", text)
    assert result.exit_code == 2
    assert "--at" in result.stderr
    assert pipeline.calls == []


def test_solve_writes_markdown(sheet: Sheet, tmp_path: Path) -> None:
    result = run("solve", sheet("a.md", SOLUTION), "-o", "solution.md", "--level", "brief")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == "wrote solution.md, solution-problem-1.svg\n"
    text = (tmp_path / "solution.md").read_text(encoding="utf-8")
    assert text.startswith("# Solution of a.md\n")
    assert "1. The square" not in text
    result = run("solve", "a.md", "-o", "solution.md", "--json")
    assert json.loads(result.stdout)["sheet"] == "a.md"


def test_a_file_that_cannot_be_written(sheet: Sheet) -> None:
    result = run("solve", sheet("a.md", SOLVED), "-o", "no/such/folder/solution.md")
    assert result.exit_code == 2
    assert result.stderr == "no/such/folder/solution.md cannot be written: No such file or directory [unwritable-file]\n"


def test_figures_are_read_and_handed_on(sheet: Sheet, pipeline: Pipeline) -> None:
    name = sheet("a.md", SOLVED)
    Path("net=1.tex").write_text("y = x\n", encoding="utf-8")
    Path("b.txt").write_text("z = y\n", encoding="utf-8")
    assert run("solve", name, "--figure", "6=net=1.tex", "--figure", "2.1 = b.txt").exit_code == 0
    assert pipeline.calls[0][2] == {"6": Source("net=1.tex", "y = x\n"), "2.1": Source("b.txt", "z = y\n")}


def test_the_unit_and_what_does_not_sum_to_one_are_handed_on(sheet: Sheet, pipeline: Pipeline) -> None:
    name = sheet("a.md", SOLVED)
    assert run("solve", name).exit_code == 0
    assert run("solve", name, "--unit", "base 10", "--normalize").exit_code == 0
    assert [call[3] for call in pipeline.calls] == [Measure(None, False), Measure("base 10", True)]


@pytest.mark.parametrize("unit", ["metres", "1", "0", "-2"])
def test_an_unknown_unit_is_wrong_use(sheet: Sheet, pipeline: Pipeline, unit: str) -> None:
    result = run("solve", sheet("a.md", SOLVED), f"--unit={unit}")
    assert (result.exit_code, pipeline.calls) == (2, [])
    assert f"{unit} is no unit of information" in result.stderr


def test_a_figure_that_is_not_there(sheet: Sheet, pipeline: Pipeline) -> None:
    result = run("solve", sheet("a.md", SOLVED), "--figure", "6=none.tex")
    assert (result.exit_code, pipeline.calls) == (2, [])
    assert result.stderr == "none.tex cannot be read: No such file or directory [unreadable-file]\n"


def test_a_figure_of_an_unknown_problem_is_wrong_use(sheet: Sheet) -> None:
    Path("b.tex").write_text("y = x", encoding="utf-8")
    name = sheet("a.md", SheetError("unknown-problem", "there is no problem 9 in a.md", hint="its problems are 1, 2"))
    result = run("solve", name, "--figure", "9=b.tex")
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")
    assert "--figure: there is no problem 9 in a.md; its problems are 1, 2" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.md", "b.md", "--figure", "1=f.tex"], "--figure takes one sheet"),
        (["a.md", "--figure", "f.tex"], "'f.tex' is not of the form ID=FILE"),
        (["a.md", "--figure", "=f.tex"], "is not of the form ID=FILE"),
        (["a.md", "--figure", "1="], "is not of the form ID=FILE"),
        (["a.md", "--figure", "1=f.tex", "--figure", "1=g.tex"], "the figure of problem 1 is given twice"),
        (["a.md", "b.md", "-o", "c.md"], "-o takes one sheet"),
        (["a.md", "-o", "c.pdf"], "must end in .md"),
        (["a.md", "--level", "most"], "'most' is not one of"),
        ([], "Missing argument 'SHEET...'"),
    ],
)
def test_wrong_use_of_solve(pipeline: Pipeline, arguments: list[str], message: str) -> None:
    result = run("solve", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert pipeline.calls == []


def test_check(sheet: Sheet, pipeline: Pipeline) -> None:
    name = sheet("a.md", SOLVED)
    result = run("check", name)
    assert (result.exit_code, result.stdout) == (0, "a.md: 0 errors, 0 other remarks\n")
    warning = FIRST.diagnostics[0]
    pipeline.diagnostics = (warning,)
    assert run("check", name).exit_code == 0
    pipeline.diagnostics = (warning, replace(warning, severity="error"))
    result = run("check", name)
    assert result.exit_code == 1
    assert "  error: this asks for nothing known [unknown-task]\n    two.md:12:4\n" in result.stdout
    assert result.stdout.endswith("a.md: 1 error, 1 other remark\n")
    assert run("check", "missing.md").exit_code == 2


def test_grad_hands_everything_on(pipeline: Pipeline) -> None:
    pipeline.solutions["equations"] = SOLVED
    arguments = ["z = A x; L = z^2", "--wrt", "x, A_{*,j}", "--of", "L", "--shape", "A=m,n", "--shape", "b=", "--at", "x=0.5"]
    arguments += ["--order", "2", "--direction", "v", "--layout", "numerator", "--symmetric", "free entries"]
    arguments += ["--fact", "A orthogonal", "--simplex", "--unit", "2"]
    result = run("grad", *arguments)
    assert result.exit_code == 0
    assert "∂L/∂w = ∂L/∂e · (-x)" in result.stdout
    manner, facts = Manner(2, "v", "numerator", "free entries", simplex=True), ("A orthogonal",)
    shapes = {"A": ("m", "n"), "b": ()}
    assert pipeline.calls == [("z = A x; L = z^2", ["x", "A_{*,j}"], "L", shapes, {"x": "0.5"}, manner, facts, "bits")]
    assert json.loads(run("grad", *arguments, "--json").stdout)["problems"][0]["status"] == "solved"


def test_grad_takes_an_expression_that_begins_with_a_minus(pipeline: Pipeline) -> None:
    pipeline.solutions["equations"] = SOLVED
    assert run("grad", "-x^2", "--wrt", "x").exit_code == 0
    assert pipeline.calls[0][0] == "-x^2"


def test_the_status_of_grad(pipeline: Pipeline) -> None:
    pipeline.solutions["equations"] = SOLUTION
    assert run("grad", "x^2", "--wrt", "x").exit_code == 1
    source = Source("<equations>", "x +")
    pipeline.solutions["equations"] = SyntaxFault("unfinished", "something is missing after +", source.span(2, 3), "finish it")
    result = run("grad", "x +", "--wrt", "x", "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == ("<equations>:1:3: something is missing after + [unfinished]\n1 | x +\n  |   ^\nhint: finish it\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["x^2"],
        ["--wrt", "x"],
        ["x^2", "--wrt", "x,"],
        ["x^2", "--wrt", "x", "--shape", "A"],
        ["x^2", "--wrt", "x", "--shape", "A=m,"],
        ["x^2", "--wrt", "x", "--shape", "A=m", "--shape", "A=n"],
    ],
)
def test_wrong_use_of_grad(pipeline: Pipeline, arguments: list[str]) -> None:
    assert run("grad", *arguments).exit_code == 2
    assert pipeline.calls == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a,b", ["a", "b"]),
        ("a", ["a"]),
        ("", [""]),
        ("f(a, b), [c, {d, e}]", ["f(a, b)", "[c, {d, e}]"]),
        ("a), b", ["a)", "b"]),
    ],
)
def test_lists_are_divided_outside_brackets(text: str, pieces: list[str]) -> None:
    assert divided(text) == pieces


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
        (click.UsageError("no"), 2),
    ],
)
def test_main_ends_quietly(monkeypatch: pytest.MonkeyPatch, raised: BaseException, status: int) -> None:
    def fail(**_: object) -> None:
        raise raised

    monkeypatch.setattr(commands, "main", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == status


def test_main_gives_the_status_of_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["chainrule", "check", "missing.md"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "missing.md cannot be read: No such file or directory [unreadable-file]\n"


def test_a_terminal_without_greek_letters_is_no_obstacle() -> None:
    code = "from chainrule import cli; cli.commands.main = lambda **_: print('∂L'); cli.main()"
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert (result.returncode, result.stdout, result.stderr) == (0, "?L\n", "")


def test_a_reader_that_stops_early_ends_the_command_quietly() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    code = "from chainrule import cli; cli.main()"
    result = subprocess.run([sys.executable, "-c", code, "--help"], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert result.stderr == b""


@pytest.mark.parametrize(("faults", "status"), [((), 0), (("the rule powers changes the value of x",), 1)])
def test_selfcheck_says_what_it_checked(monkeypatch: pytest.MonkeyPatch, faults: tuple[str, ...], status: int) -> None:
    checked = [Checked("operations", "2 operations on 5 kinds of shapes", 0.25, ()), Checked("rules", "3 rules", 1.0, faults)]
    monkeypatch.setattr(selfcheck, "self_check", lambda: iter(checked))
    result = run("selfcheck")
    assert result.exit_code == status
    first, second, *said, last = result.stdout.splitlines()
    assert " ".join(first.split()) == "operations: 2 operations on 5 kinds of shapes: 0 faults, 0.2 s"
    assert " ".join(second.split()) == f"rules: 3 rules: {'1 fault' if faults else '0 faults'}, 1.0 s"
    assert [line.strip() for line in said] == list(faults)
    assert last == ("1 fault found" if faults else "everything holds")


def test_help_and_version() -> None:
    help_text = run("--help").stdout
    assert help_text.startswith("Usage: chainrule [OPTIONS] COMMAND [ARGS]...")
    assert [name for name in ("solve", "check", "grad", "selfcheck") if f"\n  {name} " not in help_text] == []
    assert run("--version").stdout == f"chainrule {version('chainrule')}\n"


def test_the_command_starts_without_reading_or_solving_anything() -> None:
    code = "import sys, chainrule.cli; print(*(name for name in sys.modules if name.startswith('chainrule.')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    others = [name for name in loaded if name.split(".")[1] != "cli"]
    assert sorted(others) == ["chainrule.errors", "chainrule.source"]


@pytest.mark.parametrize("more", [["--order", "0"], ["--order", "7"], ["--layout", "row"], ["--symmetric", "free"]], ids=str)
def test_what_is_no_way_to_differentiate_is_wrong_use(more: list[str], pipeline: Pipeline) -> None:
    result = run("grad", "x^2", "--wrt", "x", *more)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr
    assert pipeline.calls == []
