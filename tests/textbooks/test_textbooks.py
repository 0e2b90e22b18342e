"""Identities of textbooks: the numbers against steps and against the book's own formula, the text letter by letter."""

import re
from collections import Counter
from types import FunctionType
from typing import Any

import numpy as np
import pytest

from chainrule.errors import ChainruleError
from tests.textbooks.reading import Case, evaluated, read_cases

CASES = list(read_cases())
REFUSED = [case for case in CASES if case.said("!")]
every_identity = pytest.mark.parametrize("case", [c for c in CASES if c not in REFUSED], ids=lambda case: case.title)


def program_value(case: Case) -> Any:
    """What the generated program computes at the case's values."""
    space: dict[str, Any] = {}
    exec(compile(case.derivative.code(), "<generated>", "exec"), space)
    entry = [value for value in space.values() if isinstance(value, FunctionType)][-1]
    return entry(*(case.values[name] for name in case.derivative.needs))


def test_the_books_are_there() -> None:
    counted = Counter(case.title.partition(":")[0] for case in CASES)
    assert set(counted) == {"eight_inputs", "giles_2008", "matrix_cookbook", "parr_howard", "wikipedia_matrix_calculus"}
    assert counted["matrix_cookbook"] >= 110
    assert len({case.title for case in CASES}) == len(CASES)


@every_identity
def test_the_program_computes_the_derivative(case: Case) -> None:
    found = program_value(case)
    assert np.shape(found) == np.shape(case.expected)
    np.testing.assert_allclose(found, case.expected, rtol=1e-9, atol=1e-9)


@every_identity
def test_the_formula_of_the_book_is_right(case: Case) -> None:
    stated = evaluated(case.said("book"), case.values)
    np.testing.assert_allclose(stated, case.expected, rtol=1e-9, atol=1e-9)


@every_identity
def test_the_text(case: Case) -> None:
    forms = case.derivative.forms
    assert forms is not None
    expected = {"closed": case.said("closed"), "text": case.said("text")}
    found = {"closed": forms.closed.text, "text": case.derivative.text}
    assert {k: found[k] for k, said in expected.items() if said} == {k: said for k, said in expected.items() if said}


@every_identity
def test_the_text_is_in_matrix_form(case: Case) -> None:
    """No sum over an index, no delta and no index but one of the question, for what is a number, a vector or a matrix."""
    text = case.derivative.text
    matrix = not re.search(r"sum_|delta_\{", text) and indices(text) <= indices(case.text + case.said("d"))
    assert matrix or np.ndim(case.expected) > 2, text


def indices(text: str) -> set[str]:
    """The letters that stand for an index in a text."""
    return {letter for below in re.findall(r"_(\{[^}]*\}|\w\b)", text) for letter in re.findall(r"\b[i-n]\b", below)}


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.title)
def test_what_cannot_be_expressed_is_refused(case: Case) -> None:
    with pytest.raises(ChainruleError) as caught:
        _ = case.derivative.text
    assert caught.value.message
    assert caught.value.code == case.said("!").partition(" ")[0]
