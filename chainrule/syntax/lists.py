r"""Statements that a comma joins: `x, y \in S` is said of both, `x, y = 1, 2` goes by entry, `i = 1, \dots, n` is a range."""

from chainrule.errors import Diagnostic
from chainrule.source import Span
from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Dots,
    Font,
    Juxtaposition,
    Name,
    Number,
    Prime,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
)

_SAID_OF_EACH = frozenset({"\\in", "\\sim", "<", ">", "\\le", "\\ge", "\\ne"})


def join_list(trees: list[Tree]) -> tuple[list[Tree], list[Diagnostic]]:
    """The statements that a list of formulas between commas makes; those that cannot be told apart are refused."""
    joined: list[Tree] = []
    diagnostics: list[Diagnostic] = []
    before: list[Tree] = []
    waiting = list(reversed(trees))
    while waiting:
        tree = waiting.pop()
        if not isinstance(tree, Relation):
            before.append(tree)
            continue
        after: list[Tree] = []
        while waiting and not isinstance(waiting[-1], Relation):
            after.append(waiting.pop())
        if waiting:
            own = _own(before, tree, after)
            waiting += reversed(after[own:])
            del after[own:]
        statements, said = _join(before, tree, after)
        joined += statements
        diagnostics += said
        before = []
    return joined + before, diagnostics


def _own(before: list[Tree], relation: Relation, after: list[Tree]) -> int:
    """How many bare formulas between two relations belong to the first: all but the names that the second is said of."""
    if relation.operators == ("=",) and len(after) == sum(map(is_name, before)):
        return len(after)
    own = len(after)
    while own and is_name(after[own - 1]) and not (own > 1 and isinstance(after[own - 2], Dots)):
        own -= 1
    return own


def _join(before: list[Tree], relation: Relation, after: list[Tree]) -> tuple[list[Tree], list[Diagnostic]]:
    """One relation with the bare formulas on both its sides."""
    names = [tree for tree in before if is_name(tree)]
    others = [tree for tree in before if not is_name(tree)]
    single = len(relation.operators) == 1 and is_name(_quantified(relation.sides[0]))
    operator = relation.operators[0]
    if single and operator in ("=", "\\in") and any(isinstance(tree, Dots) for tree in after):
        return [*before, _range(relation, after)], []
    if single and names and operator == "=" and len(after) == len(names):
        lefts, rights = [*names, relation.sides[0]], [relation.sides[1], *after]
        pairs = [Relation(("=",), pair, span=relation.span) for pair in zip(lefts, rights, strict=True)]
        return [*others, *pairs], []
    if after and all(_is_number(tree) for tree in after) and "=" in relation.operators:
        return before, [_ambiguous(relation, after)]
    if single and operator in _SAID_OF_EACH:
        said = [Relation(relation.operators, (name, relation.sides[1]), span=_over(name, relation)) for name in names]
        return [*others, *said, relation, *after], []
    return [*before, relation, *after], [_separate(names[-1], relation)] if single and names and operator == "=" else []


def is_name(tree: Tree) -> bool:
    """Whether a tree can be a name: a letter or word with scripts, accents and fonts."""
    match tree:
        case Name():
            return True
        case Subscript() | Superscript() | Prime():
            return is_name(tree.base)
        case Accent() | Font():
            return is_name(tree.body)
        case _:
            return False


def _quantified(tree: Tree) -> Tree:
    r"""The i of `\forall i`."""
    if isinstance(tree, Juxtaposition) and tree.items[0] == Name("\\forall") and len(tree.items) == 2:
        return tree.items[1]
    return tree


def _is_number(tree: Tree) -> bool:
    return isinstance(tree, Number) or (isinstance(tree, Sum) and len(tree.terms) == 1 and isinstance(tree.terms[0], Number))


def _range(relation: Relation, after: list[Tree]) -> Tree:
    r"""`i = 1, \dots, n` is i \in \{1, \dots, n\}."""
    span = _over(relation, after[-1])
    items = (relation.sides[1], *after)
    return Relation(("\\in",), (relation.sides[0], Bracket("{", items, (",",) * len(after), span=span)), span=span)


def _over(first: Tree, last: Tree) -> Span | None:
    return first.span.to(last.span) if first.span and last.span else None


def _ambiguous(relation: Relation, after: list[Tree]) -> Diagnostic:
    span = _over(relation, after[-1])
    message = f"{span.text if span else ''} can be a list or a number with a decimal comma"
    return Diagnostic("error", "ambiguous-list", message, span, "write a decimal point, or brackets around the list")


def _separate(name: Tree, relation: Relation) -> Diagnostic:
    span = _over(name, relation)
    message = f"{span.text if span else ''} was read as two statements; the equation is not about the first name"
    return Diagnostic("warning", "ambiguous-list", message, span, "write one equation for each name")
