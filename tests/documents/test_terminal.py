from dataclasses import replace
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from rich.console import Console

from chainrule.documents.outline import Level
from chainrule.documents.terminal import print_diagnostics, print_solution
from chainrule.documents.wrapping import columns
from chainrule.errors import Diagnostic
from chainrule.solving.answer import Answer, Formula, Solution, Table, Where
from chainrule.source import Source
from tests.documents.solutions import FIRST, GRADIENT, LOSS, SLOPE, SOLUTION, SOURCE, formula, solution_with


def page(solution: Solution, level: Level = "normal", width: int = 80) -> str:
    console = Console(file=StringIO(), width=width)
    print_solution(solution, level, console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def shown(answer: Answer, level: Level = "normal", width: int = 80) -> str:
    """An answer without the frame around it."""
    return page(solution_with(answer), level, width).split("\n", 3)[3].rstrip("\n")


def test_the_whole_page() -> None:
    assert (
        page(SOLUTION)
        == """\
── Problem 1: A squared error ───────────────────── partial, 1 of 3 tasks open ─

Equations
  e = t - w x
  L = e²

Graph
  inputs: x, w, t
  e ← -(t, w, x)
  L ← square(e)

a)
  e = t - w x = 3 - 0.5 · 2 = 2
  L = e² = 2² = 4

b)
  ∂L/∂w = ∂L/∂e · (-x)  (by backpropagation)
        = -2 e x  (in intermediate variables)
        = -2 (t - w x) x  (in closed form)
        = -8
    1. The square differentiates to twice its argument.
       ∂L/∂e = 2 e
    2. w enters e by -w x.
       ∂L/∂w = ∂L/∂e · (-x)
    checked by complex step, largest relative error 3e-16

c)
  open: What is the meaning of $L$ to a *goat*?

Remarks on the text
  warning: this asks for nothing known [unknown-task]
    two.md:12:4
    12 | c) What is the meaning of $L$ to a *goat*?
       |    ^^^^^^^^^^^^^^^^^^^
    hint: ask for a value

── Problem 2: A layer with $A$ ────────────────────────────────────── unsolved ─

Remarks on the text
  error: a parenthesis is not closed [unclosed]
    two.md:16:12
    16 | $$ h = relu(A v $$
       |            ^^^^

"""
    )


def test_a_matrix_of_values_with_names_and_conventions() -> None:
    assert (
        shown(GRADIENT)
        == """\
  ∂L/∂A = δ vᵀ  (in all three forms)
        ≈ ⎡ 0.3  -0.333333 ⎤
          ⎣   0       2e-9 ⎦
    where δ = g ⊙ 1[z > 0]
    convention: relu'(0) = 0
    checked by central differences, largest relative error 0"""
    )


def test_where_there_is_no_room_for_a_matrix_it_is_a_list() -> None:
    wide = replace(GRADIENT, forms=None, where=(), conventions=(), check=None, value=[[float(10**5 + j) for j in range(8)]] * 2)
    lines = shown(wide, width=60).split("\n")
    assert lines[1] == "        = [[100000, 100001, 100002, 100003, 100004, 100005,"
    assert lines[2] == "          100006, 100007],"
    assert max(map(columns, lines)) <= 60


def test_brief_leaves_the_forms_and_the_steps_away() -> None:
    assert (
        shown(SLOPE, "brief")
        == """\
  ∂L/∂w = -2 e x = -8
    checked by complex step, largest relative error 3e-16"""
    )


def test_all_adds_the_rules_and_the_code() -> None:
    lines = shown(SLOPE, "all").split("\n")
    assert lines[4] == "    1. The square differentiates to twice its argument. [power]"
    assert lines[8:10] == ["    def dL_dw(*, x=2.0, w=0.5, t=3.0):", "        return -2 * (t - w * x) * x"]


def test_code_that_is_asked_for_is_always_shown() -> None:
    assert shown(replace(LOSS, kind="code", worked=()), "brief").split("\n")[0] == "    def L(*, x=2.0, w=0.5, t=3.0):"


def test_a_graph_that_is_asked_for_is_listed_above() -> None:
    assert shown(replace(LOSS, kind="graph", worked=(), value=None, code=None)) == "  The graph is listed above."


def test_missing_numbers_are_named() -> None:
    answer = replace(SLOPE, value=None, needs=(formula("y"), formula("\\hat{y}", "ŷ")), steps=(), check=None)
    assert shown(answer, "brief") == "  ∂L/∂w = -2 e x\n    no number yet: y and ŷ are not given"


def test_a_statement_without_a_symbol_is_a_plain_line() -> None:
    answer = replace(LOSS, kind="statement", symbol=Formula("", "", ""), formula=formula("n = 3"), value=None, worked=())
    assert shown(answer) == "  n = 3"


def test_a_unit_is_named_behind_the_value() -> None:
    answer = replace(LOSS, kind="divergence", unit="nats", worked=(), value=0.25)
    assert shown(answer) == "  L = e² = 0.25  (in nats)"


def test_an_answer_of_an_earlier_part_is_referred_to() -> None:
    problem = replace(FIRST, tasks=(FIRST.tasks[0], replace(FIRST.tasks[0], part="b")), diagnostics=())
    assert "b)\n  L: shown above\n" in page(Solution(SOURCE, (problem,)))


def test_long_derivations_say_what_is_left_out() -> None:
    text = shown(replace(SLOPE, steps=SLOPE.steps * 20))
    assert "and 16 more steps, shown by --level all" in text
    assert "    40. w enters e by -w x. [product]" in shown(replace(SLOPE, steps=SLOPE.steps * 20), "all")


@pytest.mark.parametrize("width", [40, 57, 80])
def test_long_formulas_are_wrapped_before_operators(width: int) -> None:
    terms = " + ".join(f"w_{i} (x_{i} - μ_{i})" for i in range(12))
    long = formula(terms)
    answer = replace(
        GRADIENT,
        formula=long,
        forms=replace(SLOPE.forms, closed=long) if SLOPE.forms else None,
        where=(Where(formula("δ"), long),),
        conventions=("a sentence that goes on and on, and on, until it does not fit on one line of any terminal",),
    )
    lines = page(solution_with(answer), width=width).split("\n")
    assert max(map(columns, lines)) <= width
    assert not any(line.rstrip().endswith(" +") for line in lines)
    assert terms.replace(" ", "") in "".join(lines).replace(" ", "")


def test_a_symbol_that_takes_half_the_page_has_a_line_of_its_own() -> None:
    lines = shown(replace(SLOPE, symbol=formula("d" * 30), forms=None, steps=(), check=None), width=60).split("\n")
    assert lines == ["  " + "d" * 30, "      = -2 e x = -8"]


def test_there_is_colour_in_a_terminal_only() -> None:
    assert "\x1b" not in page(SOLUTION)
    terminal = Console(
        file=StringIO(), width=80, force_terminal=True, color_system="standard", no_color=False, legacy_windows=False
    )
    print_solution(SOLUTION, console=terminal)
    assert isinstance(terminal.file, StringIO)
    assert "\x1b[1;33m  warning: \x1b[0m" in terminal.file.getvalue()


def test_a_sheet_cannot_command_the_terminal() -> None:
    source = Source("evil\x1b]0;.md", "$ \x1b[2J [red]x[/red] $\n")
    problem = replace(
        FIRST,
        title="a\x1b[2Jb",
        tasks=(),
        answers=(),
        diagnostics=(Diagnostic("note", "odd", "[bold]this[/bold]", source.span(2, 8)),),
    )
    text = page(Solution(source, (problem,)))
    assert "\x1b" not in text
    assert "a�[2Jb" in text
    assert "[red]x[/red]" in text
    assert "[bold]this[/bold] [odd]" in text


def test_the_excerpt_of_a_long_line_is_a_window() -> None:
    source = Source("long.md", "x" * 500 + "HERE" + "y" * 500)
    console = Console(file=StringIO(), width=60)
    print_diagnostics([Diagnostic("error", "long", "too long", source.span(500, 504))], console)
    assert isinstance(console.file, StringIO)
    lines = console.file.getvalue().split("\n")
    assert lines[1] == "    long.md:1:501"
    assert max(map(columns, lines)) <= 60
    caret = lines[3].index("^^^^")
    assert lines[2][caret : caret + 4] == "HERE"


PLAIN_SLOPE = replace(
    SLOPE,
    symbol=Formula("\\frac{\\partial L}{\\partial w}", "dL/dw", "∂L/∂w"),
    formula=Formula("-2 \\sigma", "-2 sigma", "-2 σ"),
    forms=None,
    where=(Where(Formula("\\delta", "delta", "δ"), Formula("e^2", "e^2", "e²")),),
    needs=(Formula("\\eta", "eta", "η"),),
    value=None,
    check=None,
    steps=(
        replace(
            SLOPE.steps[0],
            before=Formula("\\hat y", "y_hat", "ŷ"),
            after=Formula("\\sigma", "sigma", "σ"),
            upstream=Formula("\\alpha", "alpha", "α"),
            local=Formula("\\beta", "beta", "β"),
        ),
    ),
)


def page_in(encoding: str, solution: Solution) -> str:
    written = BytesIO()
    console = Console(file=TextIOWrapper(written, encoding=encoding, errors="replace", write_through=True), width=80)
    print_solution(solution, console=console)
    return written.getvalue().decode(encoding)


def test_formulas_are_in_unicode_where_the_terminal_has_it() -> None:
    text = page_in("utf-8", solution_with(PLAIN_SLOPE))
    for line in ("∂L/∂w = -2 σ", "where δ = e²", "η is not given", "ŷ = σ", "Upstream α, local β."):
        assert line in " ".join(text.split())


def test_elsewhere_they_are_in_plain_text() -> None:
    text = " ".join(page_in("ascii", solution_with(PLAIN_SLOPE)).split())
    for line in ("dL/dw = -2 sigma", "where delta = e^2", "eta is not given", "y_hat = sigma", "Upstream alpha, local beta."):
        assert line in text
    assert "?" not in text.partition("Problem")[2].partition("where")[2]


def test_a_diagnostic_without_a_place() -> None:
    console = Console(file=StringIO(), width=80)
    print_diagnostics([Diagnostic("note", "logistic", "σ is the logistic sigmoid")], console)
    assert isinstance(console.file, StringIO)
    assert console.file.getvalue() == "  note: σ is the logistic sigmoid [logistic]\n"


def test_short_names_that_a_formula_brings_stand_on_one_line() -> None:
    names = tuple(Where(formula(name), formula(value)) for name, value in (("a_1", "2"), ("b_1", "3")))
    text = page(solution_with(replace(GRADIENT, where=names)))
    assert "    where a_1 = 2, b_1 = 3\n" in text
    long = tuple(Where(formula(name), formula("x + y + z + " * 4 + "u")) for name in ("a_1", "b_1"))
    text = page(solution_with(replace(GRADIENT, where=long)))
    assert text.count("    where ") == 2


def test_a_joint_distribution_stands_before_the_answers() -> None:
    cells = [("p(x, y)", "y = 0", "p(x)"), ("x = 0", "0.25", "0.25"), ("x = 1", "0.75", "0.75"), ("p(y)", "1", "1")]
    head, *rows, total = (tuple(map(formula, row)) for row in cells)
    text = page(Solution(SOURCE, (replace(FIRST, tables=(Table(head, tuple(rows), total),)),)))
    assert text.index("Equations") < text.index("Joint distribution") < text.index("a)")
    assert "    x = 0      0.25   0.25\n" in text
    assert "    p(y)       1      1\n" in text
