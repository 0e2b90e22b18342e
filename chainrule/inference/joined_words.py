r"""Names of several letters that a text defines, `num = x + sigy`: their letters side by side are that name everywhere.

So an answer carries the name, and not the product of its letters.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chainrule.errors import Diagnostic
from chainrule.inference.literals import is_literal
from chainrule.inference.statements import head_parts
from chainrule.inference.symbols import join_letters, key, letter
from chainrule.syntax.tree import Juxtaposition, Name, Product, Quotient, Relation, Tree, transform


def words_of(statements: Iterable[Tree]) -> list[str]:
    """The words that stand as letters side by side on the left of an equals sign, longest first.

    `PV = nRT` beside `P = 2` and `V = 3` is an equation between products.
    """
    equations = [tree for tree in statements if isinstance(tree, Relation)]
    defined = {key(tree.sides[0]) for tree in equations}
    named = [(_word(tree.sides[0]), tree) for tree in equations]
    names = {w for w, tree in named if not (_can_be_products(tree) and all(Name(each) in defined for each in w))}
    return sorted(names - {""}, key=lambda word: (-len(word), word))


def _can_be_products(tree: Relation) -> bool:
    """Whether the letters on the left may be factors: there is no number on the right, and `TV(P, Q)` has arguments."""
    return not is_literal(tree.sides[-1]) and head_parts(tree.sides[0])[1] is None


def _word(head: Tree) -> str:
    name = letter(head_parts(head)[0]) if isinstance(head, Juxtaposition) else None
    return name.text if isinstance(name, Name) and len(name.text) > 1 and name.text.isalpha() else ""


def doubtful(statements: Iterable[Tree], words: Sequence[str]) -> Iterator[Diagnostic]:
    """What is said of words whose letters are all names with equations too: `kx = 3` beside `k = 5` and `x = 2`."""
    heads = {key(tree.sides[0]): tree.sides[0].span for tree in statements if isinstance(tree, Relation)}
    for word in words:
        if Name(word) in heads and all(Name(each) in heads for each in word):
            letters = ", ".join(dict.fromkeys(word))
            message = f"{word} is read as one name, although {letters} are names too"
            product = " \\cdot ".join(word)
            hint = f"write {product} for the product, \\text{{{word}}} for the name"
            yield Diagnostic("warning", "name-or-product", message, heads[Name(word)], hint)


def with_words(tree: Tree, words: Sequence[str]) -> Tree:
    """The tree with these names in the place of their letters; letters that are no such name before "=" are a product."""
    head = tree.sides[0] if isinstance(tree, Relation) and _can_be_products(tree) else None
    if isinstance(tree, Relation) and isinstance(head, Juxtaposition) and _word(head) not in ("", *words):
        product = Product("\\cdot", head.items, span=head.span)
        tree = replace(tree, sides=(product, *tree.sides[1:]))

    def joined(part: Tree) -> Tree:
        if not isinstance(part, Juxtaposition):
            return part
        items: list[Tree] = []
        at = 0
        while at < len(part.items):
            name, length = _first(part.items[at:], words)
            items.append(name)
            at += length
        return items[0] if len(items) == 1 else Juxtaposition(tuple(items), span=part.span)

    return transform(tree, joined)


def _first(items: Sequence[Tree], words: Sequence[str]) -> tuple[Tree, int]:
    """What the first of these factors is, with those behind it that belong to its name, and how many they are.

    A slash takes the first letter of a name alone: `1/den` was read as `1/d` before e and n.
    """
    first = items[0]
    if isinstance(first, Quotient) and first.inline:
        below, length = _first((first.denominator, *items[1:]), words)
        span = first.span.to(below.span) if first.span and below.span else first.span
        return (first, 1) if length == 1 else (replace(first, denominator=below, span=span), length)
    found = ((join_letters(items[: len(word)], word), len(word)) for word in words)
    return next(((name, length) for name, length in found if name is not None), (first, 1))
