"""The table in docs/reading.md, from the fixtures that have a `rule:` line.

`python -m tests.reading_table`, or `make reading`, writes it between its two marks;
tests/test_cases.py fails where it is stale.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.inference.test_cases import Case, read_cases

PAGE = Path(__file__).parent.parent / "docs" / "reading.md"
START, END = "<!-- table: written by `make reading` from tests/cases -->", "<!-- end of the table -->"
HEADER = ("written", "read as", "when", "what is said", "to say otherwise")


def with_table(page: str) -> str:
    """The page with the table as the fixtures have it."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    rows = [HEADER, ("---",) * len(HEADER), *rules()]
    return "\n".join([before + START, *(f"| {' | '.join(row)} |" for row in rows), END + after])


def rules() -> Iterator[tuple[str, ...]]:
    """A row for each rule, what is written alike beside each other, in the order of the fixtures."""
    cases = read_cases(Path(__file__).parent / "cases", "[0-9]*.md")
    found = [_row(case) for case in cases if _after(case, "rule: ")]
    first = {row[0]: i for i, row in reversed(list(enumerate(found)))}
    yield from sorted(found, key=lambda row: first[row[0]])


def _row(case: Case) -> tuple[str, ...]:
    [rule] = _after(case, "rule: ")
    written, read_as, when = (part.strip() for part in rule.split(" | "))
    said = dict.fromkeys(" ".join(said.split()[:2]) for said in _after(case, "! "))
    cells = (written, read_as, when, ", ".join(said), " ".join(_after(case, "force: ")))
    return tuple(cell.replace("|", "\\|") for cell in cells)  # a bar in a table needs a backslash, even in code


def _after(case: Case, word: str) -> list[str]:
    return [line.removeprefix(word) for line in case.expected if line.startswith(word)]


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
