r"""Joint distributions that sentences list: "the joint probabilities are 0.36 (red, red), 0.24 (red, blue), ...", "$(X, Y)$
takes the values (0,0), (0,1) and (1,1) with probabilities 0.5, 0.2 and 0.3".

Which variables they are of is said beside them, or by a table before: of these the first comes first.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from chainrule.sheets.information.listing import placed, spell
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Relation, Tree

_NUMBER = r"(?:\d+ ?/ ?\d+|\d*\.\d+|[01])"
_LABEL = r"[\"“”'‘’]?[^\W_][\w-]*[\"“”'‘’]?"
_PAIR = rf"[(\[] ?{_LABEL} ?, ?{_LABEL} ?[)\]]"
_AND = r"(?: ?[,;] ?(?:and )?| and )"
_ONE = rf"{_NUMBER} (?:(?:for|at|on) )?{_PAIR}"
_OTHER = rf"{_PAIR} ?(?::|=|with(?: a)? probability|has(?: a)? probability|with) ?{_NUMBER}"
_LISTS = (
    re.compile(rf"(?<![\w.]){_ONE}(?:{_AND}{_ONE})+"),
    re.compile(rf"{_OTHER}(?:{_AND}{_OTHER})+(?![\w/])"),
    re.compile(
        rf"{_PAIR}(?:{_AND}{_PAIR})+ ?,? (?:with|have|has) (?:the )?(?:joint |respective )?probabilities(?: of)?:? "
        rf"[(]?{_NUMBER}(?:{_AND}{_NUMBER})+[)]?(?: ?,? respectively)?(?![\w/])"
    ),
)
_SPOKEN = re.compile(r"\bjoint|\bprobabilit|\bpairs?\b")
_NAMES = (
    re.compile(r"\( ?(?P<one>[A-Z]) ?, ?(?P<two>[A-Z]) ?\)"),
    re.compile(r"(?<![\w(])(?P<one>[A-Z]) (?:and|,) (?P<two>[A-Z])(?![\w)])"),
)
_MARKS = (
    (re.compile(r"\\(?:text|mathrm|textit|mathit)\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\[dt]?frac\s*(?:\{(\d+)\}\{(\d+)\}|(\d)(\d))"), r"\1\3/\2\4"),
    (re.compile(r"\\(?:left|right|[,;:! ])"), " "),
)


@dataclass
class JointLists:
    """The sentences without these lists, and what they state."""

    sentences: list[Sentence] = field(default_factory=list[Sentence])
    stated: list[Stated] = field(default_factory=list[Stated])


def with_joint_lists(sentences: Sequence[Sentence], tables: Sequence[Tree]) -> JointLists:
    """The sentences with the lists taken out, each a statement. tables: what the tables of the text state."""
    found = JointLists()
    letter, order = _told_by(tables)
    letters: dict[str, None] = {}
    for sentence in sentences:
        said, starts = _spelled(sentence.tokens)
        found_at = (m for pattern in _LISTS if (m := pattern.search(said)) and m.start() in starts)
        match = next(found_at, None) if _SPOKEN.search(said) else None
        own = _named(said if match is None else said[: match.start()])
        letters = dict.fromkeys([*letters, *_letters(sentence.tokens)])
        if match is not None and (pairs := _pairs(match.group())) and (names := own or order or _pair(letters)):
            inside = [i for (i, start) in enumerate(starts) if match.start() <= start < match.end()]
            span = sentence.tokens[inside[0]].span.to(sentence.tokens[inside[-1]].span)
            found.stated.append(_stated(f"{letter}({', '.join(names)})", pairs, sentence, span))
            name = found.stated[-1].name
            tokens = (*sentence.tokens[: inside[0]], name, *sentence.tokens[inside[-1] + 1 :])
            found.sentences.append(replace(sentence, tokens=tokens))
        else:
            order = own or order
            found.sentences.append(sentence)
    return found if found.stated else JointLists(list(sentences))


def _told_by(tables: Sequence[Tree]) -> tuple[str, tuple[str, str] | None]:
    """The letter and the two variables of the only joint table, which a list may say anew."""
    heads = [tree.sides[0] for tree in tables if isinstance(tree, Relation)]
    match [each.items for each in heads if isinstance(each, Juxtaposition) and isinstance(each.items[1], Bracket)]:
        case [(Name(text=letter), Bracket(items=(Name(text=one), Name(text=two)), separators=(",",)))]:
            return letter, (one, two)
        case _:
            return "P", None


def _pair(letters: Iterable[str]) -> tuple[str, str] | None:
    match [*letters]:
        case [one, two]:
            return one, two
        case _:
            return None


def _letters(tokens: Sequence[Word | Math]) -> list[str]:
    """The capital letters that stand alone in formulas, as random variables do."""
    return [text for token in tokens if isinstance(token, Math) and len(text := token.text.strip()) == 1 and text.isupper()]


def _named(said: str) -> tuple[str, str] | None:
    """The two variables that words name side by side, the last ones; None where two orders are said."""
    found = [(match["one"], match["two"]) for pattern in _NAMES for match in pattern.finditer(said)]
    return found[-1] if len(set(found)) == 1 and found[0][0] != found[0][1] else None


def _spelled(tokens: Sequence[Word | Math]) -> tuple[str, list[int]]:
    """The words as they are written and the formulas without their marks, and where each token begins."""
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for token in tokens:
        text = token.span.text if isinstance(token, Word) else token.text
        for pattern, plain in _MARKS if isinstance(token, Math) else ():
            text = pattern.sub(plain, text)
        parts.append(" ".join(text.split()))
        starts.append(at)
        at += len(parts[-1]) + 1
    return " ".join(parts), starts


def _pairs(listed: str) -> list[tuple[str, str, str]]:
    """Both labels and the probability of each pair; none where a pair stands twice or they do not sum to 1."""
    labels = [re.findall(_LABEL, pair) for pair in re.findall(_PAIR, listed)]
    values = re.findall(rf"(?<![\w./]){_NUMBER}(?![\w.])", re.sub(_PAIR, " ; ", listed))
    chances = [value.replace(" ", "") for value in values]
    whole = len(labels) == len(chances) > 1 and sum(map(Fraction, chances)) == 1
    if not whole or any(len(pair) != 2 for pair in labels):
        return []
    found = [(_bare(one), _bare(two), chance) for (one, two), chance in zip(labels, chances, strict=True)]
    return found if len({(one, two) for one, two, _ in found}) == len(found) else []


def _bare(label: str) -> str:
    return label.strip("\"“”'‘’")


def _stated(head: str, pairs: Sequence[tuple[str, str, str]], sentence: Sentence, span: Span) -> Stated:
    cells = ", ".join(f"({spell(one)}, {spell(two)}): {chance}" for one, two, chance in pairs)
    return Stated(Math(span, sentence.place, False, name=head), placed(f"{head} = \\{{{cells}\\}}", span), span)
