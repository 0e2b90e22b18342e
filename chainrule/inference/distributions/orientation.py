r"""Which random variable runs down a table and which across, as the words beside it say: "$X$ across the top", "rows: $Y$"."""

import re
from collections.abc import Sequence

from chainrule.inference.distributions.labels import variable_of
from chainrule.source import Span
from chainrule.syntax.tree import Name, Subscript, Tree

Axes = tuple[Tree, Tree]
"""The random variables of the rows and of the columns."""
_ROWS = r"rows?|down the (?:left(?: side)?|side)|on the left|vertical(?:ly)?|runs? down"
_COLUMNS = r"columns?|(?:across|along|on|at) the top|horizontal(?:ly)?|runs? across"
_AXIS = re.compile(rf"\b(?:(?P<rows>{_ROWS})|(?P<columns>{_COLUMNS}))\b(?!\s+(?:vectors?|stochastic)\b)", re.IGNORECASE)
_MATHS = re.compile(r"\$\$.*?\$\$|\\\[.*?\\\]|\$[^$]*\$|\\\(.*?\\\)", re.DOTALL)
_LETTER = re.compile(r"[$\\(\s]*([A-Za-z])\s*(?:(?:\\in\b|=|\\to\b).*?)?[$\\)\s]*", re.DOTALL)
_BARE = re.compile(r"(?<![\w'’(\ue000])[B-HJ-Z](?![\w'’(])")
_MARK = re.compile("\ue000(.)")
_BEHIND = re.compile(rf"\s*\(([^()]*\b(?:{_ROWS}|{_COLUMNS})\b[^()]*|\s*\ue000.\s*)\)", re.IGNORECASE)
_VALUES = re.compile("\ue000(.)\\s*\\(([^()]*)\\)")
"""What stands in brackets behind a letter, "the mood $M$ (happy or sad)"."""
_SENTENCE = re.compile(r"[.;?!](?=\s|$)|\n\s*\n")
_CLAUSE = re.compile(r",|[()]|\b(?:and|while|whereas|with|where|but)\b", re.IGNORECASE)
_OF_CELLS = re.compile(
    r"\b(?:not|nor|neither|probabilit\w*|distributions?|conditional\w*|sum\w*|add\w*|totals?|margin\w*)\b", re.IGNORECASE
)


def axes_in_words(text: str, variables: Axes) -> tuple[frozenset[Axes], bool]:
    """The variables of the rows and of the columns that words tell, several where they contradict each other.

    And whether all is clear that they say: not where a sentence has the name of one of the variables beside rows or columns,
    and is not understood. variables: those of the table.
    """
    names = {each.text.upper(): each for each in variables if isinstance(each, Name) and len(each.text) == 1}
    if len(names) < 2:
        return frozenset(), True
    found: set[Axes] = set()
    for sentence in _SENTENCE.split(_with_marks(text)):
        if _AXIS.search(sentence) is None or not any(letter.upper() in names for letter in _MARK.findall(sentence)):
            continue
        for clause in _clauses(sentence):
            told = list(_AXIS.finditer(clause))
            letters = {letter.upper() for letter in _MARK.findall(clause)} & set(names)
            if not told:
                continue
            if len(told) != 1 or len(letters) != 1 or _OF_CELLS.search(clause, told[0].start()):
                return frozenset(), False
            variable = names[letters.pop()]
            other = next(each for each in variables if each != variable)
            found.add((variable, other) if told[0]["rows"] else (other, variable))
    return frozenset(found), True


def variables_in_words(text: str, corner: str) -> Axes | None:
    """The letters that words give to the rows and columns of a table: "$O$ (rows) and $T$ (columns)", or to the word in its
    corner, "let $O$ be the outlook and $T$ the decision". None where they do not give two, or more than two.
    """
    rows: set[str] = set()
    columns: set[str] = set()
    for sentence in _SENTENCE.split(_with_marks(text)):
        clauses = [(clause, set(_MARK.findall(clause))) for clause in _clauses(sentence)]
        told = [(_AXIS.findall(clause), _AXIS.search(clause), letters) for clause, letters in clauses]
        for axes, first, letters in told:
            if len(axes) == len(letters) == 1 and first is not None:
                (rows if first["rows"] else columns).update(letters)
        every = set(_MARK.findall(sentence))
        own = [letters for clause, letters in clauses if corner and re.search(rf"(?i)\b{re.escape(corner)}\b", clause)]
        if len(every) == 2 and len(own) == 1 and len(own[0]) == 1:
            rows |= own[0]
            columns |= every - own[0]
    if len(rows) != 1 or len(columns) != 1 or rows == columns:
        return None
    return variable_of(Name(rows.pop())), variable_of(Name(columns.pop()))


def variables_of_labels(text: str, rows: Sequence[str], columns: Sequence[str]) -> Axes | None:
    """The two letters of the words that lead to a joint table, for its rows and its columns, where the words beside one letter
    are words of the labels, "Weather $W$ and whether one carries an umbrella $U$ have the joint distribution".
    """
    paragraphs = [each for each in re.split(r"\n\s*\n", text) if _MARK.search(_with_marks(each))]
    lead = next((each for each in paragraphs if re.search(r"\bjoint|\btable|\bfrequenc", each, re.IGNORECASE)), "")
    marked = _with_marks(lead)
    letters = list(dict.fromkeys(letter.upper() for letter in _MARK.findall(marked)))
    if len(letters) != 2 or re.search(r"\bjoint|\bfrequenc|\bprobabilit", text, re.IGNORECASE) is None:
        return None
    said = {letter: _words_of_clauses(marked, letter) for letter in letters}
    borders = [frozenset(_stem(word) for label in labels for word in label.split()) for labels in (rows, columns)]
    of = {letter: [bool(said[letter] & own - other) for own, other in (borders, borders[::-1])] for letter in letters}
    orders = [order for order in (letters, letters[::-1]) if of[order[0]][0] or of[order[1]][1]]
    if len(orders) != 1:
        return None
    first, second = orders[0]
    return variable_of(Name(first)), variable_of(Name(second))


def letters_of_pair(text: str) -> Axes | None:
    """The only two letters of the words that lead to a joint table, "the joint distribution of the outlook $O$ and the decision
    $T$"; which of them is that of the rows is not told.
    """
    paragraphs = [marked for each in re.split(r"\n\s*\n", text) if _MARK.search(marked := _with_marks(each))]
    lead = next((each for each in paragraphs if re.search(r"\bjoint|\bfrequenc", each, re.IGNORECASE)), "")
    letters = list(dict.fromkeys(_MARK.findall(lead)))
    if len(letters) != 2 or len({letter.upper() for letter in letters}) != 2:
        return None
    first, second = letters
    return variable_of(Name(first)), variable_of(Name(second))


def _clauses(sentence: str) -> list[str]:
    """The clauses of a sentence; a letter alone belongs to what stands before it, "whether we played, $T$"."""
    found: list[str] = []
    for clause in _CLAUSE.split(sentence):
        alone = _MARK.search(clause) is not None and not re.search(r"\w", _MARK.sub("", clause))
        if alone and found and found[-1].strip() and _MARK.search(found[-1]) is None:
            found[-1] += clause
        else:
            found.append(clause)
    return found


def _words_of_clauses(marked: str, letter: str) -> frozenset[str]:
    """The words of the clauses that have this letter and no other one, and of the brackets behind it."""
    clauses = [clause for sentence in _SENTENCE.split(marked) for clause in _clauses(sentence)]
    own = [clause for clause in clauses if {each.upper() for each in _MARK.findall(clause)} == {letter}]
    own += [match[2] for match in _VALUES.finditer(marked) if match[1].upper() == letter]
    return frozenset(_stem(word) for clause in own for word in re.findall(r"[A-Za-z]{2,}", clause))


def _stem(word: str) -> str:
    return word.lower()[:5]


def lettered(corner: Axes | None, text: str) -> Axes | None:
    """The variables that a corner has words for, under the letters that the text gives to both: "let $W$ be the weather"."""
    if corner is None:
        return None
    found = [_letter_of(each, text) for each in corner]
    rows, columns = found
    return corner if rows is None or columns is None or rows == columns else (rows, columns)


def letter_of(word: Tree | None, text: str) -> Tree | None:
    """The letter that the text gives to a word of a border, "played = yes"; what it is where it gives none."""
    return None if word is None else _letter_of(word, text) or word


def _letter_of(word: Tree, text: str) -> Tree | None:
    """The one letter in the clauses that have a word; None for a letter in its place, and where there are several."""
    if not isinstance(word, Name) or len(word.text) < 2:
        return None
    clauses = (clause for sentence in _SENTENCE.split(_with_marks(text)) for clause in _clauses(sentence))
    letters = {
        letter
        for clause in clauses
        if re.search(rf"(?i)\b{re.escape(word.text)}\b", clause) and len(own := set(_MARK.findall(clause))) == 1
        for letter in own
    }
    return variable_of(Name(letters.pop())) if len(letters) == 1 else None


def _with_marks(text: str) -> str:
    """The words with their letters marked."""
    return _BEHIND.sub(r" \1 ", _BARE.sub(lambda match: "\ue000" + match[0], _MATHS.sub(_marked, text)))


def _marked(match: re.Match[str]) -> str:
    """The letter of a formula that is one, marked; nothing for any other formula."""
    letter = _LETTER.fullmatch(match[0])
    return " " if letter is None else f" \ue000{letter[1]} "


def letter_of_labels(labels: tuple[Tree, ...], variables: Axes) -> Tree | None:
    """The one of two random variables whose letter all labels of an axis carry: X for `x_1`, `x_2`."""
    bases = {variable_of(label.base) if isinstance(label, Subscript) else None for label in labels}
    return next((each for each in variables if bases == {each}), None)


def words_beside(span: Span | None) -> str:
    """The paragraph of a formula, with its neighbours where it is a formula alone."""
    if span is None:
        return ""
    text = span.source.text
    start, end = _paragraph(text, span.start, span.end)
    if re.search(r"[^\W\d_]{2,}", _MATHS.sub(" ", text[start:end])) is None:
        start, end = _paragraph(text, max(start - 3, 0), min(end + 3, len(text)))
    return text[start:end]


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    before, behind = text.rfind("\n\n", 0, start), text.find("\n\n", end)
    return (0 if before < 0 else before + 2), (len(text) if behind < 0 else behind)


def words_around(grid: Span, around: Span) -> str:
    """The words of a problem before a table, and behind it where they belong to no other table."""
    text = around.source.text
    before = re.split(r"(?m)^[ \t>]*\|.*$", text[around.start : grid.start])[-1]
    behind = text[grid.end : around.end]
    return before + "\n\n" + ("" if re.search(r"(?m)^[ \t>]*\|", behind) else behind)
