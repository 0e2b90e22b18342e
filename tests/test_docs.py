"""Every `python` block of the pages runs, the blocks of a page after each other, and prints what the page says it prints.

What a line prints stands behind it after `# ->`, or in the `text` block that follows.
"""

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
MARK = "# ->"


@dataclass(frozen=True)
class Example:
    """A block's code, its line on the page, and the lines that it prints."""

    code: str
    line: int
    prints: list[str]


def examples(text: str) -> Iterator[Example]:
    fences = [token for token in MarkdownIt().parse(text) if token.type == "fence" and token.map is not None]
    for fence, following in zip(fences, [*fences, None][1:], strict=True):
        if fence.info != "python" or fence.map is None:
            continue
        said = [line.partition(MARK)[2].strip() for line in fence.content.splitlines() if MARK in line]
        if following is not None and following.info == "text":
            said += following.content.splitlines()
        yield Example(fence.content, fence.map[0] + 2, said)


def check(text: str, name: str) -> None:
    """Run the blocks of a page in one namespace."""
    space: dict[str, object] = {"__name__": "__main__"}
    for example in examples(text):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("\n" * (example.line - 1) + example.code, name, "exec"), space)
        assert printed.getvalue().rstrip("\n").splitlines() == example.prints, f"{name}:{example.line}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_a_page(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    check(page.read_text(encoding="utf-8"), page.name)


def test_the_page_on_python_has_examples() -> None:
    assert len(list(examples((ROOT / "docs" / "python.md").read_text(encoding="utf-8")))) >= 10


@pytest.mark.parametrize(
    "text",
    [
        "```python\nprint(1)  # -> 2\n```",
        "```python\nprint(1)\n```\n\n```text\n2\n```",
        "```python\nprint(1)\n```",
        "```python\nx = 1  # -> 1\n```",
    ],
)
def test_an_example_that_prints_something_else_is_found(text: str) -> None:
    with pytest.raises(AssertionError, match="page:2"):
        check(text, "page")


def test_blocks_of_a_page_share_their_names_and_other_languages_are_left_alone() -> None:
    check("```python\nx = 1\n```\n\n```sh\nfalse\n```\n\n```python\nprint(x)  # -> 1\n```\n\n```text\n```", "page")
