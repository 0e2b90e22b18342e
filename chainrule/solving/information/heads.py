r"""The head of a quantity as it is printed: letters side by side are one word, as the KL of `KL(P \parallel Q)`."""

import re
from dataclasses import replace
from itertools import takewhile

from chainrule.inference.distributions.notation import bracket_of_call, head_word, is_plainly_quantity
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Name, Subscript, Tree, transform

BARS = "||"
_MARKUP = re.compile(r"\\[A-Za-z]+|[{}\s]")


def in_words(tree: Tree) -> Tree:
    """A formula with the heads of its quantities as words; what is written like nothing but a quantity has one."""
    return transform(tree, lambda part: _joined(part) if isinstance(part, Juxtaposition) else part)


def notation_in_words(notation: Tree) -> Tree:
    """A quantity by itself, whose head is known to be one: `JSD(P, Q)`, and `H (P, Q)` without the space."""
    match notation:
        case Juxtaposition(items=(*head, Bracket() as bracket)) if len(head) > 1 and all(map(_is_capital, head)):
            word = "".join(item.text for item in head if isinstance(item, Name))
            return Juxtaposition((Name(word), replace(bracket, span=None)), span=notation.span)
        case Call(function=head) if BARS in bracket_of_call(notation).separators:
            return notation_in_words(Juxtaposition((head, bracket_of_call(notation)), span=notation.span))
        case Juxtaposition(items=(head, Bracket() as bracket)):
            inside = replace(transform(bracket, _as_written), span=None)
            return Juxtaposition((_below_in_words(head), inside), span=notation.span)
        case _:
            return notation


def _joined(product: Juxtaposition) -> Tree:
    items: list[Tree] = []
    for item in product.items:
        if isinstance(item, Bracket) and items:
            _join_before(items, item)
        items.append(item)
    return product if tuple(items) == product.items else replace(product, items=tuple(items))


def _join_before(items: list[Tree], bracket: Bracket) -> None:
    """The head at the end of the items as a word, where it is the head of a quantity of what is in the bracket."""
    if is_plainly_quantity(items[-1], bracket):
        items[-1] = _below_in_words(items[-1])
    letters = list(takewhile(_is_letter, reversed(items)))[::-1]
    words = ("".join(letter.text for letter in letters[k:] if isinstance(letter, Name)) for k in range(len(letters) - 1))
    found = next((word for word in words if BARS in bracket.separators and is_plainly_quantity(Name(word), bracket)), None)
    if found is not None:
        items[-len(found) :] = [Name(found)]


def _below_in_words(head: Tree) -> Tree:
    """`D_{KL}` with KL as a word."""
    match head:
        case Subscript(base=Name(), items=(Juxtaposition() as letters,)) if (word := head_word(letters)) and word.isalpha():
            return replace(head, items=(Name(word),))
        case _:
            return head


def _as_written(tree: Tree) -> Tree:
    r"""The family `\mathrm{Exp}(\lambda)` in the person's letters: the parser knows its word as the function exp."""
    match tree:
        case Call(function=Name(text=text, span=span)) if span is not None:
            word = _MARKUP.sub("", span.text)
            return replace(tree, function=Name(word, span=span)) if word != text and word.lower() == text else tree
        case _:
            return tree


def _is_letter(tree: Tree) -> bool:
    return isinstance(tree, Name) and len(tree.text) == 1 and tree.text.isalpha()


def _is_capital(tree: Tree) -> bool:
    return isinstance(tree, Name) and tree.text.isalpha() and tree.text.isupper()
