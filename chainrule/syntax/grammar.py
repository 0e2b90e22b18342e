"""The parser's tables, put together: which token opens what. A further notation is a row here."""

from chainrule.syntax import atoms, big_operators, brackets, derivatives, functions, matrices, points
from chainrule.syntax.operators import INFIXES, build_sum
from chainrule.syntax.reader import Atom, Grammar
from chainrule.syntax.scripts import read_scripts
from chainrule.syntax.symbols import ACCENT_COMMANDS, FONT_COMMANDS

_BY_KIND: dict[str, Atom] = {
    "number": atoms.read_number,
    "letter": big_operators.read_letter,
    "word": big_operators.read_word,
    "function": functions.read_function,
    "prose": atoms.read_prose,
    "fault": atoms.read_fault,
    "left": brackets.read_left,
    "begin": matrices.read_environment,
}

_BY_TEXT: dict[str, Atom] = {
    **dict.fromkeys(brackets.KINDS, brackets.read_bracket),
    **dict.fromkeys(ACCENT_COMMANDS, atoms.read_accent),
    **dict.fromkeys(FONT_COMMANDS, functions.read_font_or_function),
    "{": brackets.read_group,
    "\\frac": derivatives.read_fraction_or_derivative,
    "\\binom": atoms.read_binomial,
    "\\sqrt": atoms.read_root,
    "\\partial": derivatives.read_differential,
    "\\d": derivatives.read_differential,
    "\\nabla": derivatives.read_gradient,
    "\\pdv": derivatives.read_short_derivative,
    "\\dv": derivatives.read_short_derivative,
    "\\sum": big_operators.read_big_operator,
    "\\prod": big_operators.read_big_operator,
    "\\dots": atoms.read_dots,
    "\\boxed": atoms.read_wrapped,
    "\\underbrace": atoms.read_braced_note,
    "\\bf": atoms.read_bold_switch,
}

GRAMMAR = Grammar(_BY_KIND, _BY_TEXT, INFIXES, build_sum, read_scripts, points.read_point, points.evaluate_factors)
