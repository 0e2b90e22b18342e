"""Mistakes with functions: each `## title` in functions.md is a text, and below it everything that is said of it."""

from pathlib import Path

import pytest

from tests.errors.test_names import FORM, faults
from tests.inference.networks import network_of

TEXT = (Path(__file__).parent / "functions.md").read_text(encoding="utf-8")
CASES = FORM.findall(TEXT)


def test_every_mistake_has_the_form() -> None:
    assert len(CASES) == TEXT.count("\n## ") >= 20


@pytest.mark.parametrize(("title", "notation", "text", "said"), CASES, ids=[case[0] for case in CASES])
def test_what_is_said(title: str, notation: str, text: str, said: str) -> None:
    assert title
    assert "\n\n".join(map(str, faults(text, "latex" if notation == "latex" else "plain"))) == said


NOTES = [
    (
        r"y = f(A x)",
        "opaque-function",
        (
            "nothing defines f: it is read as a function of each entry of its argument, with the derivative f'; "
            "what needs it has a formula, but no number and no code"
        ),
        r"define it, f(a) = ...; for a product write f \cdot (...)",
    ),
    (
        r"y = a(b + c)",
        "read-as-product",
        "nothing defines a, and a before a parenthesis is read as a factor",
        "define it, a(x) = ..., if it is a function",
    ),
    (
        r"y = H(z)",
        "letter-is-step",
        "nothing defines H: it is read as the unit step, 1 where its argument is positive and 0 elsewhere",
        "define H(a) = ... to say otherwise",
    ),
    (
        r"y = \sin^{-1}(x)",
        "inverse-function",
        r"\sin^{-1} is read as the inverse function arcsin, not as one over the value",
        r"write \frac{1}{\sin(x)} for that",
    ),
    (
        r"f(a) = a^3 + a, y = f^2(x)",
        "power-of-function",
        "f^2(..) is read as the power of the value, not as f applied repeatedly",
        "write f(f(x)) for that",
    ),
    (
        r"y = \log x z",
        "bare-argument",
        r"\log x z is read as \log(x z)",
        r"write \log(x) with parentheses to end the argument there",
    ),
    (
        r"u = w x, L(w) = u^2, J = L(2)",
        "through-quantities",
        "L is called with its argument put into u too",
        None,
    ),
]


@pytest.mark.parametrize(("text", "code", "message", "hint"), NOTES, ids=[note[1] for note in NOTES])
def test_what_is_noted(text: str, code: str, message: str, hint: str | None) -> None:
    _, said = network_of(text)
    assert [(d.message, d.hint) for d in said if d.code == code] == [(message, hint)]
    assert all(d.severity == "note" for d in said)
