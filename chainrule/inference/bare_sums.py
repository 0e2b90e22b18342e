r"""Sums that do not say what they run over: `\sum y_i \log p_i` has one index, `\sum (y - \hat{y})^2` has none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from chainrule.errors import Diagnostic
from chainrule.inference.bounds import index_of
from chainrule.inference.index_form import INDEX_LETTERS, form_of
from chainrule.inference.symbols import is_probability, span_text
from chainrule.syntax.tree import BigOperator, Bracket, Call, Juxtaposition, Name, Tree, children, transform, walk


def with_indices(statements: Iterable[Tree]) -> tuple[Sequence[Tree], list[Diagnostic]]:
    """The statements with an index below every bare sum of one index, and a sum over all entries where there is none.

    Of two indices nothing tells which one is meant: those sums are left as they are, and refused where they are read.
    """
    notes: list[Diagnostic] = []

    def settle(tree: Tree) -> Tree:
        if not isinstance(tree, BigOperator) or tree.lower is not None or tree.upper is not None or tree.operator != "sum":
            return tree
        letters = _free(tree.body) or _outcomes(tree.body)
        if len(letters) > 1:
            return tree
        said = f"over {letters[0].text}" if letters else "over all entries"
        notes.append(Diagnostic("note", "bare-sum", f"{span_text(tree.span)} is read as the sum {said}", tree.span))
        if letters:
            return replace(tree, lower=letters[0])
        return Call(Name("sum"), (tree.body,), span=tree.span)

    return [transform(statement, settle) for statement in statements], notes


def _free(body: Tree) -> list[Name]:
    """The indices in a body that no sum inside it runs over."""
    return [letter for letter in sorted(INDEX_LETTERS, key=lambda name: name.text) if _is_free(body, letter)]


def _outcomes(body: Tree) -> list[Name]:
    """The letters of outcomes in a body, the x of `P(x) \\log P(x)`."""
    factors = (pair for part in walk(body) if isinstance(part, Juxtaposition) for pair in pairwise(part.items))
    inside = [behind.items for head, behind in factors if isinstance(behind, Bracket) and is_probability(head)]
    letters = (item for items in inside for item in items if isinstance(item, Name) and len(item.text) == 1)
    return list(dict.fromkeys(letter for letter in letters if letter.text.islower()))


def _is_free(tree: Tree, letter: Name) -> bool:
    if isinstance(tree, BigOperator) and index_of(tree) == letter:
        return False
    return form_of(tree, {letter}) is not None or any(_is_free(child, letter) for child in children(tree))
