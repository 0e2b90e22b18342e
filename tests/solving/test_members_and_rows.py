r"""Rows and columns that words name, members that a number picks, lengths with numbers, and letters with two meanings."""

import numpy as np
import pytest

from tests.solving.sheets import errors, solve

MEAN_FREE = r"For $x \in \mathbb{R}^n$ let $f = \frac1n \sum_i x_i^2$, $n = 2$. Take $x = (3, 1)$. "
ROWS = r"Let $E = \begin{pmatrix} 1 & 2 \\ 3 & 4 \\ 5 & 6 \end{pmatrix}$. "
SUM_OF_ROWS = r" Let $s = e_3 + e_1$ and $L = \|s\|^2$. Compute $s$. Compute $\frac{\partial L}{\partial E}$."
LAYER = (
    r"Let $X = [1, 2; 3, 4]$, $w = [1, 1]$, $x^{(i)} = X_{*,i}$, $z^{[1](i)} = w^\top x^{(i)}$"
    r" and $J = \sum_{i=1}^{2} (z^{[1](i)})^2$. "
)
COLUMNS = (
    r"Let $A = [1, 2; 0, 1]$, $y = [[3, 5]]$ and $J = \sum_{i=1}^{2} y^{(i)} (a^{(i)})^\top a^{(i)}$, where $a^{(i)}$"
    r" is the $i$-th column of $A$. "
)
ONE_ROW = r"Let $h = x W$ with $x \in \mathbb{R}^{1 \times 2}$, $x = [[1, 2]]$, $W = [1, 1; 1, 2]$, $y = [[1, 2]]$ and "
WORDS = r"Let $u_1 = (1, 0)$, $u_2 = (0, 2)$, $v = (3, 4)$ and $J = u_o^\top v + u_1^\top v$. "
ERRORS = r"Let $X = [1, 2; 3, 4]$, $w = (1, 2)$, $y = (1, 0)$, $e = X w - y$ and $L = e_1^2 + w_2$. "


def values(text: str) -> list[object]:
    problem = solve(text)
    assert errors(problem) == []
    return [answer.value for answer in problem.answers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A length that is a letter of the declaration and has a number.
        (MEAN_FREE + r"Compute $\frac{\partial f}{\partial x}$.", [[3.0, 1.0]]),
        # T is a matrix, and $x^T$ would be a power of it in plain text.
        (
            r"Let $T = [1, 0; 0, 1]$, $W = [1, 2; 3, 4]$, $a = W_{1,2} + T_{1,1}$, $L = a^2$. Compute $\partial L/\partial W$.",
            [[[0.0, 6.0], [0.0, 0.0]]],
        ),
        # A vector with the letter of unit vectors.
        (ERRORS + r"Compute $\partial L/\partial w$.", [[8.0, 17.0]]),
        *(
            (ROWS + words + SUM_OF_ROWS, [[6.0, 8.0], [[12.0, 16.0], [0.0, 0.0], [12.0, 16.0]]])
            for words in (
                "The matrix $E$ holds one row $e_k$ per word.",
                "The rows of $E$ are the word embeddings $e_1, e_2, e_3$.",
                "Here $e_i$ denotes row $i$ of $E$.",
                "Each row $e_k$ of $E$ is the embedding of a word.",
            )
        ),
        (LAYER + r"Compute $J$. Compute $\frac{\partial J}{\partial w}$.", [52.0, [32.0, 72.0]]),
        (COLUMNS + "Compute $J$.", [28.0]),
        # One example of three features; the index runs along the examples.
        (
            r"Let $x \in \mathbb{R}^{1 \times 3}$, $x = [[1, 2, 3]]$ and $J = \sum_{i=1}^{1} \|x^{(i)}\|^2$. Compute $J$.",
            [14.0],
        ),
        (
            r"Let $x \in \mathbb{R}^{m \times 3}$, $x = [[1, 2, 3]]$ and $J = \sum_{i=1}^{m} \|x^{(i)}\|^2$. Compute $J$.",
            [14.0],
        ),
        # A row that is given beside one that is computed.
        (
            ONE_ROW + r"$J = \sum_i (h_i - y_i)^2$. Compute $J$. Compute $\frac{\partial J}{\partial W}$.",
            [13.0, [[4, 6], [8, 12]]],
        ),
        (WORDS + "The observed word is $o = 2$. Compute $J$.", [11.0]),
        (WORDS + r"The observed word is $o = 2$. Compute $\frac{\partial J}{\partial u_2}$.", [[3.0, 4.0]]),
        (WORDS + r"Let $o = 1$. Compute $\frac{\partial J}{\partial u_1}$.", [[6.0, 8.0]]),
    ],
)
def test_members_rows_and_lengths(text: str, expected: list[object]) -> None:
    assert values(text) == [pytest.approx(np.array(each)) for each in expected]


def test_a_length_is_one_number() -> None:
    assert errors(solve(r"For $x \in \mathbb{R}^n$ let $f = \frac1n \sum_i x_i$, $n = 4$. Take $x = (3, 1)$. Compute $f$."))


@pytest.mark.parametrize("words", ["The matrix $E$ holds no row $e_k$ per word.", "Here $e_i$ is twice the $i$-th row of $E$."])
def test_other_vectors_than_rows(words: str) -> None:
    assert errors(solve(ROWS + words + SUM_OF_ROWS))


@pytest.mark.parametrize(
    "words",
    [
        "Embeddings $e_k$ are stored as rows.",
        "The embedding $e_k$ of word $k$ is looked up in $E$.",
        "$e_k$ belongs to row $k$ of $E$.",
    ],
)
def test_rows_in_words_that_are_not_read_are_no_unit_vectors(words: str) -> None:
    text = r"Let $E = [1, 2; 3, 4]$. {} Let $s = E e_1$. Compute $s$."
    assert errors(solve(text.replace("{}", words)))
    assert values(text.replace("{}", "The standard basis vector $e_k$ picks column $k$.")) == [
        pytest.approx(np.array([1.0, 3.0]))
    ]


@pytest.mark.parametrize("by", ["u_1", "u_2", "u_o"])
def test_a_member_without_number_may_be_one_with_a_number(by: str) -> None:
    text = r"Let $u_1 = (1, 0)$, $u_2 = (0, 2)$, $v = (3, 4)$, $J = u_o^\top v + \exp(u_1^\top v) + \exp(u_2^\top v)$. "
    assert errors(solve(text + rf"Compute $\frac{{\partial J}}{{\partial {by}}}$.")) == ["open-member"]


def test_an_example_of_a_layer_is_a_row_or_a_column() -> None:
    text = r"Let $Z^{[1]} = [1, 2; 3, 4]$ and $c = \frac12 \sum_{i=1}^{2} Z^{[1](i)}$. Compute $c$."
    assert "ambiguous-example" in errors(solve(text))
