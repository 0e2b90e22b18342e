"""A solved sheet, as a person gets it."""

from dataclasses import dataclass
from pathlib import Path

from chainrule.solving.answer import Solution


@dataclass(frozen=True)
class Solved:
    """A solved sheet; `solution` has the problems and their answers as data."""

    solution: Solution

    def save(self, path: str | Path) -> None:
        """Write it as Markdown, with its pictures beside it."""
        from chainrule.documents.markdown import save

        save(self.solution, Path(path))
