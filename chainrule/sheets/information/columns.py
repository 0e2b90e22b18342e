r"""Variables that tables name with words: "the entropy of Play given Outlook" is of $\text{Play}$ and $\text{Outlook}$."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chainrule.errors import Diagnostic
from chainrule.inference.symbols import span_text
from chainrule.sheets.forms import words
from chainrule.sheets.quantity_words import mentions_quantity, pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Relation, Tree

_BEFORE = words("the a an attribute attributes feature features variable variables column columns target class label \" ' “ ‘")
_BEHIND = words("\" ' ” ’ row column")


def with_columns(sentences: Sequence[Sentence], tables: Iterable[Tree]) -> tuple[list[Sentence], list[Diagnostic]]:
    """The questions with formulas for the words that head a table, and what is said of the target of an information gain.

    What is gained about is the last column, where a question names one other alone.
    """
    tables = list(tables)
    named = [names for table in tables if (names := _variables(table))]
    own = {said: name for table in tables for said, name in _distributions(table)}
    if len(named) != 1 and (named or not own):
        return list(sentences), []
    last = named[0][-1] if named else ""
    spelled = {tuple(name.lower().split()): name for name in named[0]} if named else own
    read: list[Sentence] = []
    notes: list[Diagnostic] = []
    for sentence in sentences:
        if not mentions_quantity(sentence.tokens):
            read.append(sentence)
            continue
        tokens, found = _replaced(sentence, spelled)
        if last and len(found) == 1 and found[0].name != _formula(last) and _asks_for_gain(tokens):
            at = tokens.index(found[0])
            target = replace(found[0], name=_formula(last))
            tokens[at + 1 : at + 1] = [Word("and", found[0].span), target]
            message = f"the information gained by {found[0].span.text} is that about {last}, the last column of the table"
            notes.append(Diagnostic("note", "last-column", message, found[0].span))
        read.append(replace(sentence, tokens=tuple(tokens)))
    return read, notes


def _variables(table: Tree) -> tuple[str, ...]:
    """The variables of a table, if one of them is a word."""
    match table:
        case Relation(sides=(Juxtaposition(items=(_, Bracket(items=items))), _)):
            names = tuple(item.text for item in items if isinstance(item, Name))
            return names if len(names) == len(items) and any(len(name) > 1 for name in names) else ()
        case _:
            return ()


def _distributions(table: Tree) -> Iterator[tuple[tuple[str, ...], str]]:
    """The words of a distribution that a table names with words, and its name."""
    match table:
        case Relation(sides=(Name(text=text, span=span), Bracket(kind="{"))) if len(text) > 1 and text[0].isalpha():
            yield tuple(span_text(span).lower().split()) or (text.lower(),), text
        case _:
            pass


def _formula(name: str) -> str:
    return f"\\text{{{name}}}" if len(name) > 1 else name


def _replaced(sentence: Sentence, spelled: dict[tuple[str, ...], str]) -> tuple[list[Word | Math], list[Math]]:
    """The tokens with formulas for the words, and these."""
    tokens: list[Word | Math] = []
    found: list[Math] = []
    here = 0
    while here < len(sentence.tokens):
        length, name = _at(sentence.tokens[here:], spelled)
        if not length:
            tokens.append(sentence.tokens[here])
            here += 1
            continue
        first, last = sentence.tokens[here], sentence.tokens[here + length - 1]
        span: Span = first.span.to(last.span)
        math = Math(span, sentence.place, False, name=_formula(name))
        while tokens and isinstance(before := tokens[-1], Word) and before.text in _BEFORE and len(tokens) > 1:
            tokens.pop()
        here += length
        following = sentence.tokens[here] if here < len(sentence.tokens) else None
        here += isinstance(following, Word) and following.text in _BEHIND
        tokens.append(math)
        found.append(math)
    return tokens, found


def _at(tokens: Sequence[Word | Math], spelled: dict[tuple[str, ...], str]) -> tuple[int, str]:
    """How many tokens are the words of a variable, and which; 0 where they are of none. A letter is one in capitals alone."""
    for said, name in sorted(spelled.items(), key=lambda each: -len(each[0])):
        here = tokens[: len(said)]
        same = tuple(token.text if isinstance(token, Word) else "" for token in here) == said
        if same and (len(name) > 1 or here[0].span.text == name):
            return len(said), name
    return 0, ""


def _asks_for_gain(tokens: Sequence[Word | Math]) -> bool:
    pieces = pieces_of(tokens)
    named = (quantity_at(pieces, index) for index in range(len(pieces)))
    return any(each is not None and each.quantity.name == "mutual_information" for each in named)
