r"""Expectations under a vector of probabilities, as sums: `\mathbb{E}_{x \sim p}[f(x)]`, `\mathbb{E}_p[\log \frac{p}{q}]`.

Those of tables and of members of families are read in `distributions/`, where their outcomes are known.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from chainrule.errors import Diagnostic
from chainrule.inference.distributions.notation import MEANS
from chainrule.inference.symbols import could_be_name, is_pi, is_probability, key, span_text
from chainrule.syntax.tree import (
    BigOperator,
    Bracket,
    Call,
    Font,
    Juxtaposition,
    Name,
    Product,
    Relation,
    Subscript,
    Tree,
    transform,
    walk,
)

DRAWN = ("\\sim", "∼", "~")


def with_sums(statements: Iterable[Tree], known: Collection[Tree]) -> tuple[Sequence[Tree], Sequence[Diagnostic]]:
    """The statements with the sum in the place of each expectation, and what is said of it. known: the distributions that are
    no mere vectors.
    """
    listed, notes = list(statements), list[Diagnostic]()
    known = {*known, *_labelled(listed)}
    taken = any(isinstance(s, Relation) and any(part in MEANS for part in walk(s.sides[0])) for s in listed)

    def put(part: Tree) -> Tree:
        if isinstance(part, BigOperator):
            made = as_sum(part, known) or part
        else:
            made = _in_product(part, known) if isinstance(part, Juxtaposition) and not taken else part
        if made is not part:
            message = f"{span_text(part.span)} is read as a sum over the outcomes"
            notes.append(
                Diagnostic("note", "expectation-is-sum", message, part.span, "give the distribution if it is none of outcomes")
            )
        return made

    return [transform(statement, put) for statement in listed], notes


def _labelled(statements: Iterable[Tree]) -> Iterator[Tree]:
    """The P of `P = \\{A: 0.6, B: 0.4\\}`."""
    for statement in statements:
        match statement:
            case Relation(operators=("=",), sides=(name, Bracket(items=(Relation(operators=(":",)), *_)))):
                yield key(name)
            case _:
                pass


def as_sum(tree: BigOperator, known: Collection[Tree] = ()) -> Tree | None:
    """The sum that an expectation is; None where it is of something else."""
    return _sum(tree.lower, tree.body, tree, known) if tree.operator == "E" and tree.upper is None else None


def _in_product(tree: Juxtaposition, known: Collection[Tree]) -> Tree:
    """`E_p[f]`, which is a factor with a bracket behind it where nothing says that E is an expectation."""
    items = list(tree.items)
    for place in range(len(items) - 1, 0, -1):
        head, body = items[place - 1 : place + 1]
        if isinstance(head, Subscript) and _plain(head.base) in MEANS and len(head.items) == 1 and _is_square(body):
            summed = _sum(head.items[0], body, tree, known)
            items[place - 1 : place + 1] = [head, body] if summed is None else [summed]
    if len(items) == len(tree.items):
        return tree
    return items[0] if len(items) == 1 else Juxtaposition(tuple(items), span=tree.span)


def _plain(head: Tree) -> Tree:
    return head.body if isinstance(head, Font) and head.kind in ("mathrm", "operatorname") else head


def _is_square(tree: Tree) -> bool:
    return isinstance(tree, Bracket) and tree.kind == "[" and len(tree.items) == 1


def _sum(lower: Tree | None, body: Tree, whole: Tree, known: Collection[Tree]) -> Tree | None:
    match lower:
        case Relation(operators=(operator,), sides=(Name() as letter, name)) if operator in DRAWN:
            name = _without_letter(name, letter)
        case Tree() as name if is_probability(name) or is_pi(name):
            letter = next(_letters(body, name), None)
        case _:
            return None
    if not could_be_name(name) or key(name) in known:
        return None
    inside = body.items[0] if isinstance(body, Bracket) and len(body.items) == 1 else body
    grouped = Bracket("(", (inside,), span=inside.span)
    if letter is None or letter not in walk(inside):
        return Call(Name("sum"), (Product("\\odot", (name, grouped), span=body.span),), span=whole.span)
    entries = any(isinstance(part, Subscript) and letter in part.items for part in walk(inside))
    at_letter = Subscript(name, (letter,)) if entries else Juxtaposition((name, Bracket("(", (letter,))), span=name.span)
    return BigOperator("sum", letter, None, Product("\\cdot", (at_letter, grouped), span=body.span), span=whole.span)


def _without_letter(tree: Tree, letter: Tree) -> Tree:
    """The p of `x \\sim p(x)`."""
    match tree:
        case Juxtaposition(items=(name, Bracket(kind="(", items=(argument,)))) if argument == letter:
            return name
        case _:
            return tree


def _letters(body: Tree, name: Tree) -> Iterator[Tree]:
    """The x of the `p(x)` in a formula."""
    for part in walk(body):
        match part:
            case Juxtaposition(items=(head, Bracket(kind="(", items=(Name() as letter,)), *_)) if head == name:
                yield letter
            case _:
                pass
