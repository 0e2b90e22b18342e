"""Any text is a sheet: damaged sheets, hostile texts, and large ones in time that grows with their length."""

import gc
import random
import time
from itertools import pairwise

import pytest

from chainrule.sheets import Prose, Sheet, read_sheet
from chainrule.source import Source

from .test_cases import CASES, split_case

FRAGMENTS = (
    *(
        "$",
        "$$",
        "\\[",
        "\\)",
        "\n",
        "\n\n",
        "# ",
        "> ",
        "- ",
        "1. ",
        "(a) ",
        "|",
        "```\n",
        "`",
        "\\begin{align}",
        "\\end{align}",
    ),
    *(
        "<!--",
        "-->",
        "![](",
        "compute ",
        " with respect to ",
        ":",
        "?",
        " and the gradient of ",
        "e.g. (",
        "\r\n",
        "\t",
        "\0",
        "ß",
        "𝛼",
    ),
)


def check_sheet(sheet: Sheet) -> None:
    """Spans are places of the source, in reading order and apart from one another."""
    source = sheet.source
    assert sheet.problems
    for items in (sheet.preamble, *(problem.items for problem in sheet.problems)):
        for before, after in pairwise(items):
            assert before.span.end <= after.span.start
        for item in items:
            assert 0 <= item.span.start <= item.span.end <= len(source.text)
            assert len(item.span.source.text) == len(source.text)
            read = zip(item.span.text, source.text[item.span.start : item.span.end], strict=True)
            assert all(here == there or (here, there) == (" ", ">") for here, there in read)
    for problem in sheet.problems:
        for task in problem.tasks:
            assert 0 <= task.span.start < task.span.end <= len(source.text)
            assert all(0 <= role.math.span.start <= role.math.span.end <= len(source.text) for role in task.roles)


def mutate(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice([0, 0, 1, 2, 10]))
        text = text[:start] + chance.choice(["", *FRAGMENTS]) + text[end:]
    return text


def test_damaged_sheets_are_read() -> None:
    chance = random.Random(20)
    texts = [split_case(path)[0].text for path in CASES]
    for count in range(2000):
        text = mutate(texts[count % len(texts)], chance)
        check_sheet(read_sheet(Source("damaged.md", text)))


def test_fragments_in_any_order_are_read() -> None:
    chance = random.Random(21)
    for _ in range(300):
        text = "".join(chance.choice([*FRAGMENTS, "x", "a = b", " ", "{"]) for _ in range(chance.randrange(60)))
        check_sheet(read_sheet(Source("fragments.md", text)))


REPEATED = {
    "formulas": "a $x$ and $$y$$ ",
    "items": "- $x$ and\n",
    "numbered": "1. (a) $x$\n",
    "dollars": "$",
    "unclosed": "\\[ \\( $ $$ ",
    "environments": "\\begin{align}",
    "quotes": "> $\n> a\n> $\n",
    "problems": "# Problem 1\nCompute $x$.\n",
    "requests": "compute $x$ and the gradient of $y$ with respect to $z$, ",
    "purposes": "to compute ",
    "comments": "<!-- ",
    "examples": "(e.g. ",
    "ticks": "` `` ```",
    "paragraph": "word\n",
    "nesting": "> - ",
    "tables": "P = {A: 0.5, B: 0.5, ",
    "divergences": "the KL divergence between P and Q in bits and ",
    "families": "a binomial distribution with p = 0.3 and the entropy of ",
    "notations": "compute H(P, Q) and $D_{KL}(P \\| Q)$. ",
}


@pytest.mark.parametrize("text", REPEATED.values(), ids=REPEATED)
def test_time_grows_with_length(text: str) -> None:
    """Six times the text takes about six times as long; if it took 36 times as long, this would fail."""
    small, large = (text * (size // len(text)) for size in (4_000, 24_000))
    read_sheet(Source("warm.md", small))
    quick, slow = (min(seconds(each) for _ in range(2)) for each in (small, large))
    assert slow < 15 * quick + 0.1


def seconds(text: str) -> float:
    """How long a text takes, with no collection of what other tests left behind in between."""
    gc.disable()
    start = time.process_time()
    read_sheet(Source("large.md", text))
    took = time.process_time() - start
    gc.enable()
    return took


def test_empty_documents_are_one_problem() -> None:
    for text in ("", "\n", "   ", "\0"):
        sheet = read_sheet(Source("empty.md", text))
        assert [(problem.id, problem.title, problem.line) for problem in sheet.problems] == [("1", "", 1)]
        assert sheet.problems[0].tasks == ()
        assert all(isinstance(item, Prose) for item in sheet.problems[0].items)
