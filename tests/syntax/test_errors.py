r"""What is said about formulas that cannot be read, or can be read in two ways: code, place, message and hint."""

from collections.abc import Callable

import pytest

from chainrule.source import Source
from chainrule.syntax.parser import LONGEST, Reading, parse_statements
from chainrule.syntax.tree import Tree
from chainrule.syntax.vocabulary import Vocabulary

Read = Callable[[str, str], Reading]

# Formula, the characters it is about, code, message, hint.
ERRORS = [
    (r"\frac{a + b", "{", "unclosed-brace", "the brace opened at line 1, column 6 is never closed", "add }"),
    (r"f(x + 1", "(", "unclosed-parenthesis", "the parenthesis opened at line 1, column 2 is never closed", "add )"),
    (r"b = [0.1, c + 1", "[", "unclosed-bracket", "the bracket opened at line 1, column 5 is never closed", "add ]"),
    (r"P = \{A: 0.6, B = 0.3", r"\{", "unclosed-set", "the set opened at line 1, column 5 is never closed", r"add \}"),
    (r"|x", "|", "unclosed-bar", "the bar opened at line 1, column 1 is never closed", "add |"),
    (r"\|x", r"\|", "unclosed-norm", "the norm bar opened at line 1, column 1 is never closed", r"add \|"),
    (r"\left( x + 1", r"\left(", "unclosed-left", r"\left( at line 1, column 1 has no \right",
     r"add \right and a delimiter (\right. for none), or drop \left"),
    (r"\begin{bmatrix} 1 & 2", r"\begin{bmatrix}", "unclosed-environment",
     "the environment bmatrix opened at line 1, column 1 is never closed", r"add \end{bmatrix}"),
    (r"x = \begin{matrix} 1 \end{bmatrix}", r"\begin{matrix}", "unclosed-environment",
     "the environment matrix opened at line 1, column 5 is never closed", r"add \end{matrix}"),
    (r"x + \right)", r"\right)", "missing-operand", r"an operand is missing between + and \right)", None),
    (r"x \right)", r"\right)", "stray-close", r"\right) has no \left before it", r"add \left, or remove it"),
    (r"x + 1)", ")", "stray-close", ") closes nothing", "remove it, or add what it closes"),
    (r"\left( \right.", r"\right.", "mismatched-bracket", r"\left( at line 1, column 1 is closed by \right.",
     "close a bracket with its own kind"),
    (r"\left\{ \right.", r"\right.", "mismatched-bracket", r"\left\{ at line 1, column 1 is closed by \right.",
     "close a bracket with its own kind"),
    (r"\left( x \right]", r"\right]", "mismatched-bracket", r"\left( at line 1, column 1 is closed by \right]",
     "close a bracket with its own kind"),
    (r"\zzy x", r"\zzy", "unknown-command", r"\zzy is not a command known here", None),
    (r"\sigm(x)", r"\sigm", "unknown-command", r"\sigm is not a command known here", r"did you mean \sigma?"),
    (r"\sofmax(x)", r"\sofmax", "unknown-command", r"\sofmax is not a command known here", r"did you mean \softmax?"),
    (r"\begin{bmatrx} 1 \end{bmatrx}", r"\begin{bmatrx}", "unknown-environment", "the environment bmatrx is not known here",
     "did you mean bmatrix?"),
    (r"x \pm y", r"\pm", "unsupported-notation", r"\pm is not read", "write the two cases as two formulas"),
    (r"\frac{a}", r"\frac", "missing-argument", r"\frac lacks an argument", r"give \frac its argument in braces"),
    (r"\hat + 1", r"\hat", "missing-argument", r"\hat lacks an argument", r"give \hat its argument in braces"),
    (r"exp - x", "exp", "missing-argument", "exp stands without its argument", "write exp(..)"),
    (r"\frac{a}{}", "{", "empty-group", "the braces are empty", "write something between them, or drop them"),
    (r"x^{}", "{", "empty-group", "the script is empty", "write something in the braces, or drop it"),
    (r"x = y +", "+", "missing-operand", "the formula ends after +", "complete it"),
    (r"= 3", "=", "missing-operand", "nothing stands to the left of =", None),
    (r"a \cdot = b", "=", "missing-operand", r"an operand is missing between \cdot and =", None),
    (r"a & b", "&", "stray-ampersand", "& stands outside a matrix or an aligned environment", "remove it"),
    (r"x_1_2", "_", "double-subscript", "a second subscript follows the first", "put the first in braces"),
    (r"x^2^3", "^", "double-superscript", "a second superscript follows the first", "put what it belongs to in braces"),
    (r"x^2'", "'", "double-superscript", "a second superscript follows the first", "put what it belongs to in braces"),
    (r"x^{1,2}", "1,2", "comma-in-exponent", "an exponent is one expression, not a list", "use a subscript, or parentheses"),
    (r"0.5 0.3", "0.3", "adjacent-numbers", "the number 0.3 stands directly after 0.5",
     r"write \cdot or * for a product, a comma between two numbers"),
    (r"x2", "2", "adjacent-numbers", "the number 2 stands directly after x", "write x_2, x^2 or 2 x"),
    (r"10^{-3} 5", "5", "adjacent-numbers", "the number 5 stands directly after 10^{-3}",
     r"write \cdot or * for a product, a comma between two numbers"),
    (r"\begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix}", r"\begin{bmatrix} 1 & 2 \\ 3 \end{bmatrix}", "ragged-matrix",
     "the rows of the matrix have 2 and 1 entries", "give every row the same number of entries"),
    (r"\begin{bmatrix} 1 & \\ 3 & 4 \end{bmatrix}", r"\\", "empty-cell",
     "a cell of the bmatrix opened at line 1, column 1 is empty", "write 0 where an entry is zero"),
    (r"\begin{cases} 1 \\ 0 & x > 0 \end{cases}", r"\begin{cases} 1 \\ 0 & x > 0 \end{cases}", "incomplete-case",
     "every row of cases is a value and a condition",
     r"write value & \text{if } condition, and \text{otherwise} in the last row"),
    (r"\frac{\partial^2 f}{\partial x}", r"\frac{\partial^2 f}{\partial x}", "derivative-order",
     "the order above is 2, but below stand 1 variables", r"write \partial^2 f over \partial x \partial y"),
    (r"\partial f + 1", r"\partial", "stray-differential", r"\partial stands here without a second \partial to divide by",
     r"write \frac{\partial f}{\partial x}"),
    (r"\nabla^4 f", r"\nabla", "derivative-order", r"\nabla takes an order from 1 to 3", r"write \nabla_x f, or \nabla_x^2 f"),
    (r"\sum_{i=1}^n", r"\sum", "missing-body", r"nothing follows \sum", "write what it combines after it"),
    (r"\sum_{i=1, i \ne j}^n x_i", r"\sum", "unsupported-range", "a range with a condition or dots is not read",
     "write one index at a time, with its range"),
    (r"x = 1 \text{ if } n > 0", r"\text{ if }", "condition-outside-cases", "the condition “if” stands outside cases",
     r"write \begin{cases} .. & \text{if } .. \end{cases}"),
    (r"(x \text{ holds here})", r"\text{ holds here}", "text-in-formula", "the text “holds here” stands inside a formula",
     "move it before or after the formula"),
    (r"1e999999999", "1e999999999", "number-too-large", "the number has more than 400 digits",
     "give it a name, or work with its logarithm"),
    ("9" * 401, "9" * 401, "number-too-large", "the number has more than 400 digits",
     "give it a name, or work with its logarithm"),
    (r"p = 50%", "%", "bare-percent", "a bare % starts a comment in LaTeX", r"write \%"),
    (r"x § y", "§", "unexpected-character", "the character § has no meaning here", None),
    (r"y = 0,5", "y = 0,5", "ambiguous-list", "y = 0,5 can be a list or a number with a decimal comma",
     "write a decimal point, or brackets around the list"),
    (r"\left. f \right|_1", r"\right|", "missing-point", r"\right| needs the point at which it evaluates",
     r"write \right|_{x = 0}"),
    (r"\left. f \right|_{x=0}^{1}", r"\right|", "unsupported-notation",
     r"\right| with a value above and below, a difference, is not read", "write the two values and their difference"),
    (r"1/x \big|_{x=1}", r"\big|", "ambiguous-evaluation",
     r"it is not clear how much of what stands before it \big| evaluates", "write parentheses around what is evaluated"),
    (r"\frac123", "123", "ambiguous-digits", r"\frac without braces takes single digits", r"write \frac{..}{..}"),
    (r"f = \frac{\begin{aligned} a \end{aligned}}{2}", r"\begin{aligned}", "misplaced-environment",
     "the environment aligned stands inside a formula", "put whole equations into it"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "about", "code", "message", "hint"), ERRORS, ids=[row[0][:40] for row in ERRORS])
def test_an_error_names_what_is_wrong_and_where(
    formula: str, about: str, code: str, message: str, hint: str | None, read: Read
) -> None:
    reading = read(formula, "latex")
    (error,) = reading.diagnostics
    assert error.span is not None
    assert (error.severity, error.code, error.message, error.hint) == ("error", code, message, hint)
    assert error.span.text == about
    assert not reading.statements


# Formula, how it is read, the characters the warning is about, code, message.
WARNINGS = [
    (r"sigma'(a)", r"(jux (' \sigma) (( a))", "sigma", "missing-backslash",
     r"sigma has no backslash; it was read as \sigma"),
    (r"frac{a}{b}", "(frac a b)", "frac", "missing-backslash", r"frac has no backslash; it was read as \frac"),
    (r"2 theta", r"(jux 2 \theta)", "theta", "missing-backslash", r"theta has no backslash; it was read as \theta"),
    (r"sqrt{x}", "(call sqrt x)", "sqrt", "missing-backslash", r"sqrt has no backslash; it was read as \sqrt"),
    (r"1/2x", "(jux (/ 1 2) x)", "1/2", "ambiguous-slash",
     "1/2 was read as one factor; what follows it multiplies it and is not under the slash"),
    (r"a / b c", "(jux (/ a b) c)", "a / b", "ambiguous-slash",
     "a / b was read as one factor; what follows it multiplies it and is not under the slash"),
    (r"x/f(y)", "(/ x (jux f (( y)))", "x/f(y)", "ambiguous-slash", "x/f(y) was read with all of f(y) under the slash"),
    (r"\log x / y", "(/ (call log x) y)", "x", "ambiguous-slash",
     "the function was read with x alone as its argument, without the slash after it"),
    (r"\log(x)^2", "(^ (call log x) 2)", r"\log(x)^2", "ambiguous-power", r"\log(x)^2 was read as the power of \log(x)"),
    (r"x^10", "(^ x 10)", "10", "unbraced-script",
     "without braces LaTeX takes only the first character of 10; all of it was read"),
    (r"x^-1", "(^ x (-1))", "-1", "unbraced-script",
     "without braces LaTeX takes only the first character of -1; all of it was read"),
    (r"\eta = 1e-3", r"(\eta = 1/1000)", "1e-3", "ambiguous-number", "1e-3 was read as one number"),
    (r"a \cdot b \odot c", r"(\odot (\cdot a b) c)", r"a \cdot b \odot c", "ambiguous-product",
     r"\cdot and \odot stand side by side; they were read from the left"),
    (r"\nabla_y L x", r"(d:nabla (jux L x) y)", "L x", "ambiguous-gradient",
     r"\nabla was read as the derivative of all of L x"),
    (r"2 f |_{x=0}", "(at (jux 2 f) (x = 0))", "2 f", "ambiguous-evaluation", "all of 2 f was read as what | evaluates"),
    (r"x, y = 3", "x ; (y = 3)", "x, y = 3", "ambiguous-list",
     "x, y = 3 was read as two statements; the equation is not about the first name"),
    (r"b = [0.1, -0.2", "(b = ([ 1/10 (-1/5)))", "[", "unclosed-bracket",
     "the bracket opened at line 1, column 5 is never closed; it is read as if ] stood at its end, which is a guess"),
    (r"P = \{A: 0.6, B: \frac{2}{5},", "(P = ({ (A : 3/5) (B : (frac 2 5))))", r"\{", "unclosed-set",
     r"the set opened at line 1, column 5 is never closed; it is read as if \} stood at its end, which is a guess"),
    (r"P = \left\{A: 0.6, B: 0.4", "(P = ({ (A : 3/5) (B : 2/5)))", r"\left\{", "unclosed-left",
     r"\left\{ at line 1, column 5 has no \right; it is read as if \right\} stood at its end, which is a guess"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "tree", "about", "code", "message"), WARNINGS, ids=[row[0] for row in WARNINGS])
def test_a_warning_says_how_it_was_read(
    formula: str, tree: str, about: str, code: str, message: str, read: Read, write: Callable[[Tree], str]
) -> None:
    reading = read(formula, "latex")
    (warning,) = reading.diagnostics
    assert warning.span is not None
    assert (warning.severity, warning.code, warning.message, warning.span.text) == ("warning", code, message, about)
    assert warning.hint
    assert " ; ".join(map(write, reading.statements)) == tree


def test_places_are_lines_and_columns(read: Read) -> None:
    reading = read("a = 1 \\\\\nb = \\sqrt{2\n", "latex")
    (error,) = reading.diagnostics
    assert error.span is not None
    assert (error.span.line, error.span.column) == (2, 10)
    assert "line 2, column 10" in error.message


def test_a_plain_exponent_that_may_go_on_is_named(read: Read, write: Callable[[Tree], str]) -> None:
    reading = read("e^2x", "plain")
    assert [(each.severity, each.code) for each in reading.diagnostics] == [("warning", "ambiguous-power")]
    assert write(reading.statements[0]) == "(jux (^ e 2) x)"


def test_what_is_too_deep_or_too_long_is_refused(read: Read, vocabulary: Vocabulary) -> None:
    deep = read("(" * 101 + "x" + ")" * 101, "latex")
    assert [error.code for error in deep.diagnostics] == ["too-deep"]
    assert deep.diagnostics[0].message == "the formula is nested more than 100 levels deep"
    assert not read("(" * 99 + "x" + ")" * 99, "latex").diagnostics
    long = parse_statements(Source("long", "x" * (LONGEST + 1)).span(), vocabulary, "latex")
    assert [error.code for error in long.diagnostics] == ["too-long"]
    assert long.diagnostics[0].message == "the formula has 200,001 characters; 200,000 are read at most"
