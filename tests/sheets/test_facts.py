"""Facts that sentences state, and those that only sound so."""

import pytest

from chainrule.graph.facts import Fact
from chainrule.sheets import read_sheet
from chainrule.sheets.facts import find_facts
from chainrule.source import Source


def stated(text: str) -> set[tuple[str, Fact]]:
    (problem,) = read_sheet(Source("sheet.md", text)).problems
    found, _ = find_facts(problem.items, problem.tasks)
    return {(each.math.span.text, each.fact) for each in found if isinstance(each.fact, Fact)}


def notes(text: str) -> list[str]:
    (problem,) = read_sheet(Source("sheet.md", text)).problems
    return [note.code for note in find_facts(problem.items, problem.tasks)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let $f = x^\\top A x$, where $A$ is symmetric.", {("A", Fact.SYMMETRIC)}),
        ("Given a symmetric matrix $A$ and any $x$, this holds.", {("A", Fact.SYMMETRIC)}),
        ("Let $x$ be given, with a symmetric matrix $A$ and any $b$.", {("A", Fact.SYMMETRIC)}),
        ("For symmetric $A$ this is short.", {("A", Fact.SYMMETRIC)}),
        ("Let $A$ and $B$ be symmetric.", {("A", Fact.SYMMETRIC), ("B", Fact.SYMMETRIC)}),
        ("We use symmetric matrices $A$, $B$ and $C$.", {(name, Fact.SYMMETRIC) for name in "ABC"}),
        ("Let $x$ be given, $A$ is symmetric.", {("A", Fact.SYMMETRIC)}),
        ("Let $A$ be a real symmetric $n \\times n$ matrix.", {("A", Fact.SYMMETRIC)}),
        ("the symmetric $n \\times n$ matrix $A$", {("A", Fact.SYMMETRIC)}),
        ("Let $S$ be symmetric and positive definite.", {("S", Fact.SYMMETRIC), ("S", Fact.POSITIVE_DEFINITE)}),
        ("Let $A$ be symmetric and $f = x^\\top A x$.", {("A", Fact.SYMMETRIC)}),
        ("where $t$ is a one-hot vector", {("t", Fact.SUM_ONE)}),
        ("where $t$ is a probability distribution over the classes", {("t", Fact.SUM_ONE)}),
        ("with the true distribution $t$", {("t", Fact.SUM_ONE)}),
        ("The entries of $t$ sum to one.", {("t", Fact.SUM_ONE)}),
        ("Let $W$ be an orthogonal matrix.", {("W", Fact.ORTHOGONAL)}),
        ("Given a unit vector $u$, ...", {("u", Fact.UNIT_NORM)}),
        ("where $u$ has norm one", {("u", Fact.UNIT_NORM)}),
        ("with a diagonal matrix $D$", {("D", Fact.DIAGONAL)}),
    ],
)
def test_what_is_stated(text: str, expected: set[tuple[str, Fact]]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "$A$ is not symmetric.",
        "$A$ is not necessarily symmetric.",
        "Do not assume that $A$ is symmetric.",
        "We never suppose that $A$ is orthogonal.",
        "Recall that $A$ is symmetric if $A = A^\\top$.",
        "Without assuming that $W$ is orthogonal, find it.",
        "$A$ is skew symmetric.",
        "$A$ is skew-symmetric.",
        "Is $A$ symmetric?",
        "Show that $A$ is symmetric.",
        "Prove that the matrix $A$ is orthogonal.",
        "The vector $u$ is orthogonal to $v$.",
        "The function $f$ is symmetric about the origin.",
        "The hidden unit $h$ is active.",
        "a normal distribution $N$",
        "The diagonal $d$ is long.",
        "The probability $p$ is small.",
    ],
)
def test_what_is_not(text: str) -> None:
    assert stated(text) == set()


def test_a_condition_is_noted_and_not_used() -> None:
    text = "Let $f = x^\\top A x$. If $A$ is symmetric, the gradient is shorter."
    assert stated(text) == set()
    assert notes(text) == ["unused-fact"]


def test_where_after_a_request_states_it() -> None:
    text = "Show that $f$ is convex, where $A$ is positive definite."
    assert stated(text) == {("A", Fact.POSITIVE_DEFINITE)}


FIRST = "Let $f = x^\\top A x$.\n\n(a) Compute $\\frac{\\partial f}{\\partial x}$.\n\n"


def test_what_a_later_part_says_does_not_hold_for_the_parts_before() -> None:
    text = FIRST + "(b) Compute $\\frac{\\partial f}{\\partial A}$ for symmetric $A$."
    assert stated(text) == set()
    assert notes(text) == ["unused-fact"]


def test_what_stands_behind_the_request_in_one_paragraph_holds_for_it() -> None:
    text = "Compute $\\frac{\\partial f}{\\partial x}$ for $f = x^\\top A x$. Here $A$ is symmetric."
    assert stated(text) == {("A", Fact.SYMMETRIC)}
