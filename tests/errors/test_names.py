"""Mistakes of meaning: each `## title` in names.md is a text, and below it everything that is said of it, word by word."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from chainrule.errors import ChainruleError, Diagnostic
from chainrule.solving.requests import read_derivative
from chainrule.source import Source
from chainrule.syntax.tokens import Notation
from chainrule.syntax.tree import Derivative
from tests.inference.networks import network_of, statements_of

FORM = re.compile(r"## ([^\n]*)\n```(latex|plain)\n(.*?)\n```\n```text\n(.*?)\n```\n", re.DOTALL)
CASES = FORM.findall((Path(__file__).parent / "names.md").read_text(encoding="utf-8"))


def test_every_mistake_has_the_form() -> None:
    text = (Path(__file__).parent / "names.md").read_text(encoding="utf-8")
    assert len(CASES) == text.count("\n## ") >= 20


@pytest.mark.parametrize(("title", "notation", "text", "said"), CASES, ids=[case[0] for case in CASES])
def test_what_is_said(title: str, notation: Notation, text: str, said: str) -> None:
    assert title
    assert "\n\n".join(map(str, faults(text, notation))) == said


def faults(text: str, notation: Notation) -> Iterator[ChainruleError]:
    """The errors in the order in which they are found, then those of the derivatives that are asked for."""
    network, said = network_of(text, notation)
    yield from (error_of(each) for each in said if each.severity == "error")
    for tree in statements_of(Source("text", text), notation):
        if isinstance(tree, Derivative):
            try:
                list(read_derivative(network, tree))
            except ChainruleError as error:
                yield error


def error_of(said: Diagnostic) -> ChainruleError:
    return ChainruleError(said.code, said.message, said.span, said.hint)
