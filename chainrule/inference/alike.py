r"""One array in two spellings: the entries `x_k` of `\mathbf{x}` or `\vec{x}`, and `[A]_{ij}` for the entries of A."""

from collections.abc import Iterable, Iterator, Sequence

from chainrule.inference.symbols import could_be_name
from chainrule.syntax.tree import Accent, Bracket, Font, Name, Relation, Subscript, Tree, children, transform, walk

_EQUALS = frozenset(("=", ":="))
BOLD = ("mathbf", "boldsymbol", "bm")


def with_one_spelling(statements: Iterable[Tree]) -> Sequence[Tree]:
    """The statements with entries spelled as the arrays they are of.

    `x_k` belongs to the bold x where the plain letter stands nowhere else, and nothing defines or lists `x_k` itself.
    """
    plain = [transform(each, _without_square) for statement in statements for each in _apart_from_space(statement)]
    marked = {_letter(part): part for statement in plain for part in walk(statement) if _letter(part) is not None}
    apart = {name for statement in plain for name in _apart(statement)}
    joined = {letter: whole for letter, whole in marked.items() if letter not in apart}
    if not joined:
        return plain

    def spell(part: Tree) -> Tree:
        if isinstance(part, Subscript) and part.base in joined:
            return Subscript(joined[part.base], part.items, span=part.span)
        return part

    return [transform(statement, spell) for statement in plain]


def _apart_from_space(statement: Tree) -> Sequence[Tree]:
    r"""`z = W x \in \mathbb{R}^3` as the equation `z = W x` and what is declared of z."""
    if not isinstance(statement, Relation) or len(statement.sides) < 3 or statement.operators[-1] not in ("\\in", "∈"):
        return (statement,)
    name, *_, space = statement.sides
    if not set(statement.operators[:-1]) <= _EQUALS or not could_be_name(name):
        return (statement,)
    equation = Relation(statement.operators[:-1], statement.sides[:-1], span=statement.span)
    return equation, Relation(("\\in",), (name, space), span=statement.span)


def _without_square(tree: Tree) -> Tree:
    """`[A]_{ij}` as `(A)_{ij}`; `[z]_+` stays."""
    if isinstance(tree, Subscript) and isinstance(tree.base, Bracket) and tree.base.kind == "[" and len(tree.base.items) == 1:
        (item,) = tree.base.items
        if not isinstance(item, Relation | Bracket) and tree.items != (Name("+"),):
            base = item if isinstance(item, Name | Font | Accent) else Bracket("(", (item,), span=tree.base.span)
            return Subscript(base, tree.items, span=tree.span)
    return tree


def _letter(tree: Tree) -> Tree | None:
    """The small letter that is written bold or with an arrow."""
    vector = (isinstance(tree, Font) and tree.kind in BOLD) or (isinstance(tree, Accent) and tree.kind == "vec")
    body = tree.body if vector and isinstance(tree, Font | Accent) else None
    return body if isinstance(body, Name) and len(body.text) == 1 and body.text.islower() else None


def _apart(tree: Tree) -> Iterator[Tree]:
    """Letters that stand without bold by themselves, on a left side or in a list."""
    if isinstance(tree, Relation | Bracket):
        sides = tree.sides[:-1] if isinstance(tree, Relation) else tree.items if len(tree.items) > 1 else ()
        yield from (side.base for side in sides if isinstance(side, Subscript))
    if isinstance(tree, Name):
        yield tree
    elif _letter(tree) is None:
        inside = tree.items if isinstance(tree, Subscript) and isinstance(tree.base, Name) else children(tree)
        for child in inside:
            yield from _apart(child)
