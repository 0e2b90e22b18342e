r"""Words that change what formulas say, "$b$ is added to the first row", "$z = y$ minus one", "the edge is cut".

What is not among the words that are understood leaves the names without a value, which is said where they are needed.
"""

from collections.abc import Iterable, Iterator, Sequence

from chainrule.errors import Diagnostic
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.added_vectors import changed_additions
from chainrule.sheets.forms import words
from chainrule.sheets.notation import statements
from chainrule.sheets.rows_in_words import changed_rows, unread_rows
from chainrule.sheets.sentences import Sentence, Word, find_sentences, span_of
from chainrule.sheets.sheet import Diagram, Item, Math
from chainrule.source import Span
from chainrule.syntax.tree import Relation, Tree

_ARITHMETIC = words(
    "minus plus times divided multiplied percent squared cubed modulo mod hundred thousand million billion dozen"
)
_CONNECTIONS = words("edge edges arrow arrows connection connections link links arc arcs wire wires")
_COPULAS = words("is are was were gets get has have been being be")
_SHOWING = words("shown drawn labelled labeled marked directed annotated numbered given named called depicted pictured dashed")
_BY = words(
    "given denoted defined followed obtained computed produced described parametrised parameterised indexed"
    " generated induced specified"
)
"""Participles behind a formula that leave it as it is, "$y$ given by $x^2$"."""
_DONE = words(
    "doubled halved tripled quadrupled negated squared cubed clipped rounded truncated masked rescaled inverted perturbed mod"
    " modulo"
)
_BEFORE_DONE = words(", ( but then when if")
_THROUGH = (["followed", "by"], ["passed", "through"])
"""What leads to a function that is applied to a formula, unless a formula of the result stands soon behind."""
_NUMBERS = words("one two three four five six seven eight nine ten half")


def find_changes(items: Iterable[Item]) -> dict[Tree, Diagnostic]:
    """The names that words say something of that is not understood, each with what is said."""
    items = list(items)
    sentences = list(find_sentences(items))
    found: dict[Tree, Diagnostic] = {}
    for names, span in unread_rows(sentences, names_in(_vectors(items))):
        message = f"it is not understood what this says of rows or columns: {' '.join(span.text.split())}"
        fault = Diagnostic("error", "change-not-understood", message, span, "write it as a formula")
        found.update(dict.fromkeys(names, fault))
    for sentence in sentences:
        for names, span in (
            *_calculated(sentence),
            *((names_in(maths or _vectors(items)), span) for maths, span in changed_additions(sentence)),
            *changed_rows(sentence),
            *_cut(sentence, items),
        ):
            message = f"it is not understood how this changes what the formulas say: {' '.join(span.text.split())}"
            fault = Diagnostic("error", "change-not-understood", message, span, "write it as a formula")
            found.update(dict.fromkeys(names, fault))
    return found


def names_in(maths: Iterable[Math]) -> list[Tree]:
    """The names that formulas are, or define."""
    trees = (tree.sides[0] if isinstance(tree, Relation) else tree for math in maths for tree in statements(math))
    return [key(tree) for tree in trees if could_be_name(tree)]


def _vectors(items: Sequence[Item]) -> list[Math]:
    """The formulas of a text that define something."""
    maths = [item for item in items if isinstance(item, Math) and not item.illustration]
    return [math for math in maths if any(isinstance(tree, Relation) for tree in statements(math))]


def _calculated(sentence: Sentence) -> Iterator[tuple[list[Tree], Span]]:
    """Formulas that define a name, with words right behind them that calculate or say what is done to it."""
    tokens = sentence.tokens
    for at, token in enumerate(tokens[:-1]):
        behind = tokens[at + 1 : at + 9]
        if isinstance(token, Math) and not token.illustration and (_calculates(behind[:3]) or _is_done_to(behind)):
            defined = [tree for tree in statements(token) if isinstance(tree, Relation) and "=" in tree.operators]
            if defined:
                yield [key(tree.sides[0]) for tree in defined if could_be_name(tree.sides[0])], span_of(tokens[at : at + 2])


def _calculates(following: Sequence[Word | Math]) -> bool:
    """ "minus one", "percent", "increased by 2"."""
    first, *others = following
    if not isinstance(first, Word):
        return False
    if first.text in _ARITHMETIC:
        return True
    if len(others) < 2 or not (isinstance(others[0], Word) and others[0].text == "by") or first.text in _BY:
        return False
    amount = others[1]
    return first.text.isalpha() and (isinstance(amount, Math) or amount.text in _NUMBERS or amount.text[:1].isdigit())


def _is_done_to(following: Sequence[Word | Math]) -> bool:
    """ "doubled", ", halved", "(mod 7)", "followed by a ReLU"."""
    said = [token.text if isinstance(token, Word) else "" for token in following]
    said = said[1:] if said[0] in _BEFORE_DONE else said
    through = said[:2] in _THROUGH and not any(isinstance(token, Math) for token in following)
    return through or (said[:1] != [] and said[0] in _DONE)


def _cut(sentence: Sentence, items: Sequence[Item]) -> Iterator[tuple[list[Tree], Span]]:
    """What a sentence says is done to an edge of a drawing; all that the drawing defines depends on it."""
    drawn = [math for item in items if isinstance(item, Diagram) for math in item.formulas]
    said = [token.text if isinstance(token, Word) else "" for token in sentence.tokens]
    start = next((at for at, word in enumerate(said) if word in _CONNECTIONS), None)
    if not drawn or start is None:
        return
    for at in range(start + 1, len(said) - 1):
        behind = next((word for word in said[at + 1 :] if word not in _COPULAS), "")
        if said[at] in _COPULAS and behind.isalpha() and behind not in _SHOWING:
            yield names_in(drawn), sentence.span
            return
