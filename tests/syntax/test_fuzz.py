"""Damaged formulas: whatever is deleted, inserted, doubled or swapped, there is a Reading, at once and without an exception."""

import random
import re
import time
from collections.abc import Callable, Iterator

import pytest

from chainrule.errors import SyntaxFault
from chainrule.source import Source
from chainrule.syntax.parser import Reading, parse_expression, parse_statements
from chainrule.syntax.tokens import Notation
from chainrule.syntax.tree import Tree, walk
from chainrule.syntax.vocabulary import Vocabulary

LATEX = [
    r"\begin{aligned} m &= x + y, \\ n &= m \cdot z, \\ p &= \max(0, n), \quad \text{where } r = xq + y. \end{aligned}",
    r"W^{(1)} = \begin{bmatrix} 0.1 & 0.3 \\ 0.2 & 0.4 \end{bmatrix}, \quad b^{(1)} = [0.1, -0.2]",
    r"\hat{y} = \sigma({W^{(2)}}^\top \mathbf{h} + b^{(2)}), \sigma(a) = \frac{1}{1 + e^{-a}}",
    r"\frac{\partial^2 L(y, \hat y)}{\partial w_1 \partial A_{*,j}} = \frac{dL}{dw} \cdot \nabla_W L",
    r"D_{KL}(P \parallel Q) = \sum_{x \in \mathcal{X}} P(x) \log \frac{P(x)}{Q(x)}",
    r"f(x) = \left\{ \begin{array}{ll} x & x > 0 \\ 0 & \text{otherwise} \end{array} \right.",
    r"L = \|y - \hat y\|_2^2 + \lambda \left| w' \right| - \mathbb{E}_{x \sim p}[\log p(x)]",
    r"\sqrt[3]{x} \binom{N}{k} x^{\odot 2} y^{\prime} \underbrace{a}_{b} \mathbb{1}[n > 0] 50\% 1{,}000",
    r"P = \{A: 0.6, B: 0.3\}, i = 1, \dots, n \text{ for } x, y \in \mathbb{R}^{m \times n} sigma'(a)",
    r"\left. \frac{dL}{dw} \right|_{w = 0, b = 1} + f(x) \Big|_{x=1} - |x + |y|| \cdot P(A \mid B, C) [0, 1)",
    r"w \stackrel{\text{def}}{=} \underset{x \in S}{\operatorname{argmin}} {a \over b}",
    r"\sum_{\substack{i=1 \\ j=2}} A[:, j] x_{h1}",
    r"a &= b \hspace{1cm} c \;\;\; d \\ &= 1,000 \quad (1) \\ x_i = 1{,}5 \forall i = 1, 2, 3 \text{if $x > 0$} \max{0, z} ½",
    r"\begin{array}{rcl} a &=& {W^{(2)}}{}^\top \\ c &=& \pdv{f}{x} \end{array}, t \in [0, 1), \exp -z, \nabla^2 f, a^{<t>}",
]
PLAIN = [
    "loss = -(y*log(p) + (1 - y)*log(1 - p))\ny_hat = sigmoid(W1 @ x + b_1)",
    "A = [1, 2; 3, 4], x = [[1, 2], [3, 4]]; z = x[i, 1].T .* y ./ w.^2",
    "dL/dw = ∂L/∂ŷ · ∂ŷ/∂w where np.exp(-x)**2 <= 1e-3",
    "∑_i xᵢ² + sum_(i=1)^n h⁽¹⁾ ⊙ 𝐱ᵀ √(x) ‖x‖ |y| ∇_W L 3! x'",
    "P = {A: 0.6, B: 0.3}\nx in R^n\n  + 2/3x if y",
    "w <- w - eta * np.sum((A @ x).mean() ** 2)  # a step\nx = np.array([[1., 2.], [3., 4.]], dtype=float).T",
    "{'A': 0.6} y = x if x > 0 else <a, b>; for t = 1 to T, i in 1..n, grad_w L, d(x^2)/dx, KL(P || Q), x[1:3]",
]
PIECES = [
    *"{}()[]|^_&,;.'=+-*/\\ $%!~:\n\t\x000e9dxαŷ²ᵀ⁽∑√∂‖𝐱́",
    "\\frac", "\\left(", "\\right)", "\\left\\{", "\\right.", "\\begin{aligned}", "\\end{aligned}", "\\begin{cases}",
    "\\end{bmatrix}", "\\begin{array}{ll}", "\\\\", "\\quad", "\\text{where }", "\\text{if }", "\\partial", "\\nabla", "\\sum_",
    "\\hat", "\\mathbb{E}", "\\|", "||", "\\mid", "\\{", "\\}", "max(", "e9999", "1e999999999", "\\sqrt[", "d/d",
    "...", "\\foo",
    "\\big|_{x=0}", "\\left.", "\\right|_{", "\\over", "\\underset", "\\substack{", "\\forall", "\\hspace{1em}", "\\;",
    "½", "<", ">", "1,000", "1..", "np.", ".sum(", ".T", "# ", " if ", " else ", "<- ", "\\pdv", "\\mathrel{:=}", "$", "{}^",
]  # fmt: skip
ROUNDS = 10_000


def damaged(text: str, random_: random.Random) -> str:
    """The text with one to six changes, of characters or of whole tokens."""
    for _ in range(random_.randint(1, 6)):
        parts: list[str] = list(text) if random_.random() < 0.5 else re.findall(r"\\[A-Za-z]+|\w+|\s+|.", text, re.DOTALL)
        at, other = random_.randrange(len(parts) + 1), random_.randrange(len(parts) + 1)
        match random_.randrange(4):
            case 0:
                del parts[at : at + random_.randint(1, 3)]
            case 1:
                parts.insert(at, random_.choice(PIECES))
            case 2:
                parts[at:at] = parts[other : other + random_.randint(1, 8)]
            case _ if at < len(parts) and other < len(parts):
                parts[at], parts[other] = parts[other], parts[at]
            case _:
                parts.reverse()
        text = "".join(parts)
    return text


def damaged_formulas() -> Iterator[tuple[str, Notation]]:
    random_ = random.Random(20240607)
    rows: list[tuple[str, Notation]] = [(text, "latex") for text in LATEX] + [(text, "plain") for text in PLAIN]
    for _ in range(ROUNDS):
        text, notation = random_.choice(rows)
        yield damaged(text, random_), notation


def check(reading: Reading, source: Source) -> None:
    """What every reading must satisfy: spans inside the text, and messages that say something."""
    for diagnostic in reading.diagnostics:
        assert diagnostic.span is not None
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(source.text)
        assert diagnostic.message
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", diagnostic.code)
    for statement in reading.statements:
        assert statement.span is not None
        assert 0 <= statement.span.start <= statement.span.end <= len(source.text)


def test_damage_is_reported_and_nothing_else_happens(vocabulary: Vocabulary) -> None:
    began = time.perf_counter()
    errors = 0
    for text, notation in damaged_formulas():
        source = Source("damaged", text)
        reading = parse_statements(source.span(), vocabulary, notation)
        check(reading, source)
        errors += any(diagnostic.severity == "error" for diagnostic in reading.diagnostics)
    assert ROUNDS // 3 < errors < ROUNDS  # the damage is real, and not all of it fatal
    assert time.perf_counter() - began < 20


def expression_or_none(source: Source, vocabulary: Vocabulary, notation: Notation) -> Tree | None:
    try:
        return parse_expression(source.span(), vocabulary, notation)
    except SyntaxFault:
        return None


def test_an_expression_is_read_or_refused(vocabulary: Vocabulary) -> None:
    for text, notation in list(damaged_formulas())[:1000]:
        tree = expression_or_none(Source("damaged", text), vocabulary, notation)
        assert tree is None or tree.span is not None


OPENERS = [
    "(", "[", "{", "\\{", "|", "\\|", "\\left(", "\\frac{", "x^{", "x_{", "-", "\\hat", "\\hat{", "\\sqrt", "\\exp(", "\\exp ",
    "\\partial ", "\\nabla ", "\\sum_i ", "\\begin{bmatrix}", "\\begin{cases}", "\\begin{aligned}", "a = b + c * (",
    "\\mathbb{E}[",
    "\\frac{\\partial ", "x^", "x'^", "1/", "\\log_", "d", "a*b/", "a, ", "x_", "\\left\\{ \\begin{array}{l}", "\\underbrace{",
    "\\nabla_x ", "\\sum_{", "\\text{", "\\begin{", "\\stackrel{", "x!", "x^2'", "||", "\\mathbf ", "{\\rm ",
    "\\label{", "1e", "{}",
    "\\underset{", "\\underset{a}{", "\\substack{", "{a \\over ", "{a \\choose ", "\\pdv{",
    "<", "<a,", "f|_{",
    "\\left. f \\right|_{", "\\big|_{x=", "x.sum(", "np.array(", "x if y else ",
    "a \\text{ if } b \\text{ else } ",
    "\\forall i ",
    "i = 1, 2, ", "(i = 1, ", "\\;", "\\hspace{1cm}", "x \\in [", "½", "0.1.", "\\text{$", "|x + |",
    "E_{x \\sim ", "W^{(2)^", "x{}_",
    "&= ", "\\max{", "\\exp -", "\\hat{y_", "\\mathbf{\\hat{", "(a | ", "{'A': ", "\\left|\\left|",
    "\\left.", "d(", "dx/", "x[", "e^-", "f(x)/", "\\\\ (", "( \\\\", "& ", "\\quad ", "\\quad & ", "² ", "\\log\\left(",
    "\\left( \\right. ",
    "\\left\\{ \\right. ", "\\begin{cases} x \\end{cases} ", "\\left\\{ \\begin{aligned} ",
    "\\begin{matrix} \\end{matrix} ",
]  # fmt: skip


@pytest.mark.parametrize("notation", ["latex", "plain"])
def test_pieces_in_any_order_are_read_or_refused(notation: Notation, vocabulary: Vocabulary) -> None:
    random_ = random.Random(99)
    for _ in range(2000):
        source = Source("pieces", "".join(random_.choices(PIECES + OPENERS, k=random_.randint(1, 25))))
        check(parse_statements(source.span(), vocabulary, notation), source)


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("notation", ["latex", "plain"])
def test_deep_nesting_is_refused_in_linear_time(opener: str, notation: Notation, vocabulary: Vocabulary) -> None:
    text = (opener * (20_000 // len(opener) + 1))[:20_000]
    source = Source("deep", text)
    began = time.perf_counter()
    check(parse_statements(source.span(), vocabulary, notation), source)
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    ("before", "after"),
    [("(", ")"), ("[", "]"), ("\\frac{", "}{2}"), ("x^{", "}"), ("\\exp(", ")"), ("\\left(", "\\right)"), ("\\sqrt{", "}"),
     ("\\hat{", "}"), ("|", "|"), ("a = b + c \\cdot (", ")"), ("\\max(0, a \\cdot f(", "))"),
     ("\\begin{bmatrix}", "\\end{bmatrix}")],
)  # fmt: skip
def test_a_tree_is_never_deeper_than_the_stack(
    before: str, after: str, vocabulary: Vocabulary, write: Callable[[Tree | None], str]
) -> None:
    read = 0
    for depth in (10, 40, 90, 99, 100, 101, 150, 1000):
        reading = parse_statements(Source("deep", before * depth + "x" + after * depth).span(), vocabulary, "latex")
        codes = {diagnostic.code for diagnostic in reading.diagnostics}
        assert codes <= {"too-deep", "stray-close", "unclosed-bar", "unclosed-norm", "missing-operand"}
        if reading.statements:
            assert len(write(reading.statements[0])) > depth
            assert any(True for _ in walk(reading.statements[0]))
            read = depth
    assert read >= 40 or before == "|"
    assert read < 150 or before == "|"  # two bars are one norm
