"""Whether a formula that a person typed is LaTeX or plain text."""

import re

from chainrule.syntax.tokens import Notation

_BRACED = re.compile(r"\{[^{}]*\}")
_PLAIN_SIGN = re.compile(r"(?<![\^_])\*|\.[*/^]|\baxis *=")
"""What matrix languages write beside `A_{*,j}`; a star of a name, `w^*`, is not among it."""


def notation_of(text: str) -> Notation:
    """LaTeX where there is a backslash, or a brace and none of the signs that plain text alone has; else plain text."""
    plainly = "{" not in text or _PLAIN_SIGN.search(_BRACED.sub("", text)) is not None
    return "plain" if plainly and "\\" not in text else "latex"
