r"""Derivatives by an entry at any place, or by the whole, of what a sum with numbers as ends takes entry by entry."""

from math import log

import pytest

from tests.sheets.information.answers import solved, values

SUM = r"Let $E = \sum_{i=1}^{3} w_i x_i$. "
KL = r"Let $\mathrm{KL}(p\|q) = \sum_{i=1}^{3} p_i \log \frac{p_i}{q_i}$. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SUM + "Find the derivative of $E$ with respect to $w_i$.", "x_i"),
        (SUM + "Find the derivative of $E$ with respect to $w_k$.", "x_k"),
        (SUM + "Find the derivative of $E$ with respect to $w_2$.", "x_2"),
        (SUM + "Find the derivative of $E$ with respect to $w$.", "x"),
        (SUM + r"Find $\frac{\partial E}{\partial w_j}$.", "x_j"),
        (KL + r"Find the derivative of $\mathrm{KL}(p\|q)$ with respect to $q_k$.", "-p_k/q_k"),
        (KL + r"Find $\frac{\partial}{\partial q_i} \mathrm{KL}(p\|q)$.", "-p_i/q_i"),
    ],
)
def test_by_an_entry_at_any_place(text: str, expected: str) -> None:
    problem = solved(text)
    assert not [each.message for each in problem.diagnostics if each.severity == "error"]
    assert [each.formula.text for each in problem.answers] == [expected]


def test_numbers_said_later() -> None:
    asked = "\n\n(a) Derive the partial derivative with respect to $q_i$.\n\n(b) Evaluate $\\mathrm{KL}(p\\|q)$ at "
    text = KL + asked.replace("derivative with", "derivative of $\\mathrm{KL}(p\\|q)$ with") + "$p = (0.5, 0.25, 0.25)$"
    found = values(text + " and $q = (0.2, 0.4, 0.4)$.")
    assert found == [None, pytest.approx(0.5 * log(2.5) + 0.5 * log(0.625))]


def test_entries_with_names_of_their_own_stay_names() -> None:
    text = r"Let $w_1 = 2$, $w_2 = 3$, $x_1 = 5$, $x_2 = 7$ and $E = \sum_{i=1}^{2} w_i x_i$. "
    assert values(text + "Compute $E$ and the derivative of $E$ with respect to $w_2$.") == [31.0, 7.0]
