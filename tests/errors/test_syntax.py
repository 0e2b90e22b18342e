"""Mistakes of writing: each `## title` in syntax.md is a text, and below it what is said of it and what is read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from chainrule.errors import SyntaxFault
from chainrule.inference.vocabulary import vocabulary
from chainrule.source import Source
from chainrule.syntax.parser import parse_statements
from chainrule.syntax.tokens import Notation
from tests.errors.test_names import FORM

TEXT = (Path(__file__).parent / "syntax.md").read_text(encoding="utf-8")
CASES = FORM.findall(TEXT)


def test_every_mistake_has_the_form() -> None:
    assert len(CASES) == TEXT.count("\n## ") >= 50
    assert len({text for _, _, text, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("title", "notation", "text", "said"), CASES, ids=[case[0] for case in CASES])
def test_what_is_said_and_that_nothing_else_is_lost(title: str, notation: Notation, text: str, said: str) -> None:
    assert title
    assert "\n\n".join(answer(text, notation)) == said


def answer(text: str, notation: Notation) -> Iterator[str]:
    """Each error as a person sees it, and the statements that are left, as they are written."""
    reading = parse_statements(Source("text", text).span(), vocabulary(), notation)
    for each in reading.diagnostics:
        if each.severity == "error":
            yield str(SyntaxFault(each.code, each.message, each.span, each.hint))
    written = [re.sub(r"\s+", " ", statement.span.text) for statement in reading.statements if statement.span]
    yield "read: " + (" | ".join(written) or "nothing")
