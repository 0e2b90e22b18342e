"""Solutions made by hand, as solving would give them."""

from dataclasses import replace

from chainrule.drawing.picture import Box, Picture, Wire
from chainrule.errors import Diagnostic
from chainrule.solving.answer import (
    Answer,
    Check,
    Code,
    Forms,
    Formula,
    GraphData,
    GraphNode,
    ProblemSolution,
    Solution,
    StepText,
    TaskRecord,
    Where,
    Worked,
)
from chainrule.source import Source, Span

TEXT = """# Two problems

## Problem 1: A squared error

$$ e = t - w x $$
$$ L = e^2 $$

with $x = 2$, $w = 0.5$ and $t = 3$.

a) Compute $L$.
b) Compute $\\frac{\\partial L}{\\partial w}$.
c) What is the meaning of $L$ to a *goat*?

## Problem 2: A layer

$$ h = relu(A v $$
"""
SOURCE = Source("two.md", TEXT)


def span(text: str) -> Span:
    start = TEXT.index(text)
    return SOURCE.span(start, start + len(text))


def formula(latex: str, text: str | None = None) -> Formula:
    return Formula(latex, latex if text is None else text, latex if text is None else text)


E_, L = formula("e"), formula("L")
DL_DW = formula("\\frac{\\partial L}{\\partial w}", "∂L/∂w")
DL_DE = formula("\\frac{\\partial L}{\\partial e}", "∂L/∂e")
BACKPROP = formula("\\frac{\\partial L}{\\partial e} \\cdot (-x)", "∂L/∂e · (-x)")

LOSS = Answer(
    part="a",
    span=span("Compute $L$"),
    kind="value",
    asked="L",
    symbol=L,
    of=None,
    wrt=None,
    formula=formula("e^2", "e²"),
    shape=(),
    value=4.0,
    code=Code("def L(*, x=2.0, w=0.5, t=3.0):\n    e = t - w * x\n    return e**2\n", {"x": "x", "w": "w", "t": "t"}),
    worked=(
        Worked(E_, formula("t - w x", "t - w x"), formula("3 - 0.5 \\cdot 2", "3 - 0.5 · 2"), formula("2")),
        Worked(L, formula("e^2", "e²"), formula("2^2", "2²"), formula("4")),
    ),
)

SLOPE = Answer(
    part="b",
    span=span("Compute $\\frac{\\partial L}{\\partial w}$"),
    kind="derivative",
    asked="\\frac{\\partial L}{\\partial w}",
    symbol=DL_DW,
    of="L",
    wrt="w",
    formula=formula("-2 e x"),
    forms=Forms(
        BACKPROP,
        formula("-2 e x"),
        formula("-2 (t - w x) x"),
    ),
    shape=(),
    layout="gradient",
    value=-8.0,
    code=Code("def dL_dw(*, x=2.0, w=0.5, t=3.0):\n    return -2 * (t - w * x) * x\n", {"x": "x", "w": "w", "t": "t"}),
    steps=(
        StepText("power", DL_DE, formula("2 e"), "The square differentiates to twice its argument."),
        StepText(
            "product", DL_DW, formula("\\frac{\\partial L}{\\partial e} \\cdot (-x)", "∂L/∂e · (-x)"), "w enters e by -w x."
        ),
    ),
    check=Check("complex step", 3e-16),
)

FIRST = ProblemSolution(
    id="1",
    title="A squared error",
    span=span("## Problem 1"),
    status="partial",
    equations=(formula("e = t - w x"), formula("L = e^2", "L = e²")),
    graph=GraphData(
        (
            GraphNode(formula("x"), None, 2.0, True),
            GraphNode(formula("w"), None, 0.5, True),
            GraphNode(formula("t"), None, 3.0, True),
            GraphNode(E_, "-", 2.0, True),
            GraphNode(L, "square", 4.0, True),
        ),
        (("t", "e"), ("w", "e"), ("x", "e"), ("e", "L")),
    ),
    tasks=(
        TaskRecord("a", "L", span("Compute $L$"), (0,)),
        TaskRecord("b", "\\frac{\\partial L}{\\partial w}", span("Compute $\\frac{\\partial L}{\\partial w}$"), (1,)),
        TaskRecord("c", "the meaning of $L$", span("What is the meaning of $L$ to a *goat*?"), ()),
    ),
    answers=(LOSS, SLOPE),
    diagnostics=(
        Diagnostic("warning", "unknown-task", "this asks for nothing known", span("What is the meaning"), "ask for a value"),
    ),
    draw=lambda: Picture(
        "A squared error",
        (
            Box("w", "w", "parameter", "0.5", "-8"),
            Box("e", "e = t - w x", "intermediate", "2", "4"),
            Box("L", "L = e^2", "output", "4", "1"),
        ),
        (Wire("w", "e", "-8"), Wire("e", "L", "4")),
    ),
)

GRADIENT = Answer(
    part=None,
    span=None,
    kind="derivative",
    asked="\\nabla_A L",
    symbol=formula("\\frac{\\partial L}{\\partial A}", "∂L/∂A"),
    of="L",
    wrt="A",
    formula=formula("\\delta v^\\top", "δ vᵀ"),
    forms=Forms(*[formula("\\delta v^\\top", "δ vᵀ")] * 3),
    where=(Where(formula("\\delta", "δ"), formula("g \\odot 1[z > 0]", "g ⊙ 1[z > 0]")),),
    shape=(2, "n"),
    layout="gradient",
    conventions=("relu'(0) = 0",),
    value=[[0.1 + 0.2, -1.0 / 3.0], [0.0, 2e-9]],
    check=Check("central differences", 0.0),
)

SECOND = ProblemSolution(
    id="2",
    title="A layer with $A$",
    span=span("## Problem 2"),
    status="unsolved",
    equations=(),
    graph=GraphData(),
    tasks=(),
    answers=(),
    diagnostics=(Diagnostic("error", "unclosed", "a parenthesis is not closed", span("(A v"), None),),
)

SOLUTION = Solution(SOURCE, (FIRST, SECOND))


def solution_with(*answers: Answer) -> Solution:
    """One problem with these answers, each asked for by a task of its own."""
    tasks = tuple(TaskRecord(answer.part, answer.asked, answer.span, (i,)) for i, answer in enumerate(answers))
    return Solution(SOURCE, (replace(SECOND, status="solved", tasks=tasks, answers=answers, diagnostics=()),))
