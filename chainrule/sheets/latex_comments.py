r"""What LaTeX itself does not print is left out: comments, `\iffalse .. \fi`, what follows the document; and what is no text:
verbatim environments. Backticks, which are code in Markdown, become quotation marks."""

import re

from chainrule.errors import Diagnostic
from chainrule.sheets.latex_rewriting import Rewriting
from chainrule.source import Source

_UNREAD = r"verbatim\*?|Verbatim|lstlisting|minted|comment|filecontents\*?|alltt|thebibliography"
_MARK = re.compile(
    rf"\\begin\{{(?P<unread>{_UNREAD})\}}"
    r"|\\(?:verb|lstinline)\*?(?P<bar>[|!+/@\"'=])(?P<code>[^\n]*?)(?P=bar)"
    r"|(?P<false>\\iffalse(?![A-Za-z@]))|(?P<end>\\end\{document\})|\\."
    r"|(?P<line>^[ \t]*%[^\n]*(?:\n|\Z))|(?P<comment>%[^\n]*)|(?P<quotes>``)|(?P<quote>`)",
    re.MULTILINE,
)


def leave_comments_out(source: Source) -> tuple[Source, list[Diagnostic]]:
    """The text without comments and verbatim environments, and what was opened but never closed."""
    text, made = source.text, Rewriting(source)
    faults: list[Diagnostic] = []
    endless: set[str] = set()
    here = 0
    while match := _MARK.search(text, here):
        made.copy(here, match.start())
        here = match.end()
        if match["unread"] or match["false"]:
            here = _behind(source, match, faults, endless)
            made.put("\n", match.start(), here)
        elif match["bar"]:
            made.put("`", match.start(), match.end())
            made.copy(*match.span("code"))
            made.put("`", match.start(), match.end())
        elif match["quotes"] or match["quote"]:
            made.put('"' if match["quotes"] else "'", *match.span())
        elif match["end"]:
            made.copy(*match.span())
            return made.result(), faults
        elif not (match["line"] or match["comment"]):
            made.copy(*match.span())
    made.copy(here, len(text))
    return made.result(), faults


def _behind(source: Source, match: re.Match[str], faults: list[Diagnostic], endless: set[str]) -> int:
    """Where what is not read ends; an environment that is never closed ends at once, and the first one is reported."""
    closing = "\\fi" if match["false"] else f"\\end{{{match['unread']}}}"
    end = -1 if closing in endless else source.text.find(closing, match.end())
    if end >= 0:
        return end + len(closing)
    if closing in endless:
        return match.end()
    endless.add(closing)
    message = f"{match.group()} is never closed, so what follows is read as text."
    faults.append(Diagnostic("error", "unclosed-environment", message, source.span(*match.span()), f"close it with {closing}"))
    return match.end()
