"""Mistakes of statements: each `## title` in statements.md is a text, and below it all that is said of it, word by word."""

from pathlib import Path

import pytest

from chainrule.errors import ChainruleError
from chainrule.solving.reading import read_symbol
from tests.errors.test_names import FORM, error_of
from tests.inference.networks import network_of

TEXT = (Path(__file__).parent / "statements.md").read_text(encoding="utf-8")
CASES = FORM.findall(TEXT)


def test_every_mistake_has_the_form() -> None:
    assert len(CASES) == TEXT.count("\n## ") >= 15


@pytest.mark.parametrize(("title", "notation", "text", "said"), CASES, ids=[case[0] for case in CASES])
def test_what_is_said(title: str, notation: str, text: str, said: str) -> None:
    _, found = network_of(text, "latex" if notation == "latex" else "plain")
    assert title
    assert "\n\n".join(str(error_of(each)) for each in found if each.severity != "note") == said


def test_what_depends_on_a_mistake_names_its_cause_and_its_line() -> None:
    network, _ = network_of("a = b + 1\nb = a + 1\nc = 2 a", "plain")
    with pytest.raises(ChainruleError) as caught:
        network.find(read_symbol("c", "task"))
    assert caught.value.code == "broken-definition"
    assert str(caught.value.message) == (
        "the definition of c could not be used: b is computed from a, and that from b (line 2)"
    )
