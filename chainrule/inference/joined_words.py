r"""Names of several letters that a text defines, `num = x + sigy`: their letters side by side are that name everywhere.

So an answer carries the name, and not the product of its letters.
"""

from collections.abc import Iterable, Sequence

from chainrule.inference.statements import head_parts
from chainrule.inference.symbols import join_letters, letter
from chainrule.syntax.tree import Juxtaposition, Name, Relation, Tree, transform


def words_of(statements: Iterable[Tree]) -> list[str]:
    """The words that stand as letters side by side on the left of an equals sign, longest first."""
    heads = (tree.sides[0] for tree in statements if isinstance(tree, Relation))
    names = (letter(head_parts(head)[0]) for head in heads if isinstance(head, Juxtaposition))
    found = {name.text for name in names if isinstance(name, Name) and len(name.text) > 1 and name.text.isalpha()}
    return sorted(found, key=lambda word: (-len(word), word))


def with_words(tree: Tree, words: Sequence[str]) -> Tree:
    """The tree with these names in the place of their letters."""

    def joined(part: Tree) -> Tree:
        if not isinstance(part, Juxtaposition):
            return part
        items: list[Tree] = []
        at = 0
        while at < len(part.items):
            found = ((word, join_letters(part.items[at : at + len(word)], word)) for word in words)
            word, name = next(((word, name) for word, name in found if name is not None), ("", part.items[at]))
            items.append(name)
            at += len(word) or 1
        return items[0] if len(items) == 1 else Juxtaposition(tuple(items), span=part.span)

    return transform(tree, joined)
