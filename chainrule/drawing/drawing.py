"""A finished picture, as a person gets it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Drawing:
    """A picture of a network, shown by Jupyter."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | Path) -> None:
        """Write the SVG."""
        Path(path).write_text(self.svg, encoding="utf-8")
