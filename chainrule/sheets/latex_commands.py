r"""The commands and environments of LaTeX's text that a sheet is made of, as tables."""

import re

HEADINGS = {
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
    "subparagraph": 6,
}
"""Headings and the level that they have in Markdown."""

LISTS = {
    "enumerate": "enumerate",
    "compactenum": "enumerate",
    "inparaenum": "enumerate",
    "tasks": "enumerate",
    "itemize": "itemize",
    "compactitem": "itemize",
    "description": "itemize",
    "questions": "questions",
    "parts": "parts",
    "subparts": "subparts",
    "subsubparts": "subsubparts",
}
"""Environments that hold items; those from `questions` on are of the exam class."""

EXAM_ITEMS = {
    "question": "questions",
    "bonusquestion": "questions",
    "titledquestion": "questions",
    "part": "parts",
    "bonuspart": "parts",
    "subpart": "subparts",
    "bonussubpart": "subparts",
    "subsubpart": "subsubparts",
}
"""Commands that begin an item, and the environment they stand in."""

STRUCTURE = frozenset(f"\\{name}" for name in (*HEADINGS, *EXAM_ITEMS, "item", "begin", "end"))
"""Commands that keep their meaning whatever a document's layout defines."""

PROBLEM_WORDS = {
    "problem": "Problem",
    "prob": "Problem",
    "homeworkproblem": "Problem",
    "hwproblem": "Problem",
    "exercise": "Exercise",
    "exer": "Exercise",
    "exo": "Exercise",
    "question": "Question",
}
"""Environments, in small letters, that are one problem, and what its heading says."""

SAYS_PROBLEM = re.compile(r"\b(problem|exercise|question)\b", re.IGNORECASE)

SOLUTIONS = frozenset(("solution", "solutionorbox", "solutionorlines", "answer", "sol", "proof"))
"""Environments whose content answers the sheet."""

PICTURES = frozenset(("tikzpicture", "pspicture", "picture", "pgfpicture", "forest", "circuitikz"))
TABLES = frozenset(("tabular",))

BREAKS = frozenset(
    (
        *("par", "bigskip", "medskip", "smallskip", "newpage", "clearpage", "pagebreak", "hrule", "vfill", "maketitle"),
        *("hline", "filbreak", "tableofcontents", "appendix"),
    )
)
"""Commands that end a paragraph."""

DIMENSIONS = frozenset(
    ("itemsep", "parsep", "parskip", "parindent", "topsep", "vskip", "hskip", "kern", "baselineskip", "partopsep", "leftmargin")
)
"""Lengths, with their value behind them."""

NOTHING = frozenset(
    (
        *("noindent", "indent", "centering", "raggedright", "hfill", "hfil", "quad", "qquad", "small", "footnotesize"),
        *("scriptsize", "tiny", "normalsize", "large", "Large", "LARGE", "huge", "Huge", "itshape", "it", "em", "rm", "tt"),
        *("sffamily", "ttfamily", "rmfamily", "normalfont", "protect", "xspace", "displaystyle", "leavevmode", "null"),
        *(
            "sloppy",
            "nobreak",
            "allowbreak",
            "null",
            "doublespacing",
            "onehalfspacing",
            "singlespacing",
            "relax",
            "ignorespaces",
        ),
        *("linebreak", "printanswers", "noprintanswers", "addpoints", "nopointsinmargin", "pointsinrightmargin", "unskip"),
        *("upshape", "scshape", "slshape", "mdseries", "onecolumn", "twocolumn", "frenchspacing", "flushleft", "makeatletter"),
        *("makeatother", "ttfamily", "bgroup", "egroup", "begingroup", "endgroup", "firstpage", "listfiles"),
        *("else", "fi"),
    )
)
"""Commands that print nothing and take nothing."""

DROPPED = {
    **dict.fromkeys(("vspace", "hspace", "label", "cite", "citep", "citet", "usepackage"), 1),
    **dict.fromkeys(
        ("documentclass", "pagestyle", "thispagestyle", "bibliography", "bibliographystyle", "color", "fontsize"), 1
    ),
    **dict.fromkeys(
        ("title", "author", "date", "index", "refstepcounter", "stepcounter", "thanks", "markright", "hypersetup"), 1
    ),
    **dict.fromkeys(("usetikzlibrary", "graphicspath", "pointname", "qformat", "marksnotpoints", "arabic", "geometry"), 1),
    **dict.fromkeys(("setlength", "addtolength", "setcounter", "addtocounter", "markboth", "rule", "addcontentsline"), 2),
    **dict.fromkeys(
        (
            "lhead",
            "rhead",
            "chead",
            "lfoot",
            "rfoot",
            "cfoot",
            "fancyhead",
            "fancyfoot",
            "setlist",
        ),
        1,
    ),
    **dict.fromkeys(("theoremstyle", "numberwithin", "allowdisplaybreaks", "pointsinmargin", "newcounter", "newlength"), 1),
}
"""Commands that print nothing, and how many arguments go with them; an option before them goes too."""

BEFORE = {"href": 1, "textcolor": 1, "parbox": 1, "raisebox": 1, "colorbox": 1, "fcolorbox": 2, "scalebox": 1, "resizebox": 2}
"""Commands whose last argument is text, and how many stand before it."""

BOLD = frozenset(("textbf", "bf", "bfseries", "textsc"))
"""Words in bold may say Problem 3 or (a): the marks of Markdown are put around them."""

PLAIN = frozenset(
    (
        *("textit", "emph", "textrm", "textsf", "texttt", "textup", "textmd", "textnormal", "textsl", "underline", "mbox"),
        *("fbox", "makebox", "framebox", "centerline", "url", "uline", "text", "hbox", "boxed", "uppercase"),
        *("MakeUppercase", "textsuperscript", "enquote", "path", "so", "hl", "shortstack", "makecell"),
    )
)
"""Commands of which the argument is left."""

PARAGRAPHS = frozenset(("caption", "footnote", "marginpar", "footnotetext", "captionof"))
"""Commands whose argument becomes a paragraph."""

PRINTED = {
    "ldots": "...",
    "dots": "...",
    "textellipsis": "...",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "S": "§",
    "P": "¶",
    "ss": "ß",
    "textquotedblleft": '"',
    "textquotedblright": '"',
    "textquoteleft": "'",
    "textquoteright": "'",
    "textbackslash": "\\\\",
    "textendash": "–",
    "textemdash": "—",
    "textbar": "\\|",
    "textless": "<",
    "textgreater": ">",
    "copyright": "©",
    "ae": "æ",
    "oe": "œ",
    "o": "ø",
    "aa": "å",
    "l": "ł",
    "i": "i",
    "j": "j",
    "space": " ",
    "enspace": " ",
    "thinspace": " ",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textunderscore": "_",
    "slash": "/",
    "checkmark": "✓",
    "textdegree": "°",
}
"""Commands that print a sign."""
_TOKEN = r"\s*(?:\\[A-Za-z@]+|\\.|[^\s\\])"
COMPARISON = re.compile(
    rf"\\(?:(?:ifx|ifcat|if)(?![A-Za-z@]){_TOKEN}{_TOKEN}|(?:ifdefined|ifodd)(?![A-Za-z@]){_TOKEN}"
    r"|(?:ifnum|ifdim)(?![A-Za-z@])[^<>=\n]{0,40}[<>=]\s*(?:\d+|\\[A-Za-z@]+))"
)
"""A condition with what it compares, in which no macro is expanded."""


ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
WORD_ACCENTS = {"c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a"}
