"""Text of a person's sheet in Markdown: what it has of Markdown's own marks is made harmless."""

import re


def escape(text: str) -> str:
    """Plain text for Markdown: its marks are made harmless, formulas between dollars are kept."""
    pieces = re.split(r"(\$[^$]+\$)", re.sub(r"\s+", " ", text))
    return "".join(piece if i % 2 else escape_words(piece) for i, piece in enumerate(pieces))


def escape_words(text: str) -> str:
    """Text without formulas: dollars too are nothing but themselves."""
    return re.sub(r"([\\`*_\[\]<>$|~#&])", r"\\\1", re.sub(r"\s+", " ", text))


def code_span(text: str) -> str:
    """Text that is shown as it is, whatever backticks it holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
