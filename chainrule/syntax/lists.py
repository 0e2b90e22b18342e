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
    Text,
    Tree,
)

# The letters that run over a list of whole numbers; what other letters are said to equal is one value.
_INDICES = frozenset({*"ijklmnst", "\\ell"})
_SAID_OF_EACH = frozenset({"\\in", "\\sim", "<", ">", "\\le", "\\ge", "\\ne"})


def join_list(
    trees: list[Tree], running: frozenset[str] = frozenset()
) -> tuple[list[Tree], list[Diagnostic], list[tuple[Tree, Diagnostic]]]:
    """The statements that a list of formulas between commas makes, what is said of them, and the left sides of those refused.

    Refused are statements that cannot be told apart. running: letters that are known to run over several values.
    """
    joined: list[Tree] = []
    diagnostics: list[Diagnostic] = []
    lost: list[tuple[Tree, Diagnostic]] = []
    before: list[Tree] = []
    waiting = [_run(tree) for tree in reversed(_bounded_together(trees))]
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
        statements, said = _join(before, tree, after, running)
        joined += statements
        diagnostics += said
        lost += [(tree.sides[0], each) for each in said if each.severity == "error"]
        before = []
    return [each for tree in joined + _quantified_names(before) for each in _said_of_all(tree)], diagnostics, lost


def _bounded_together(trees: list[Tree]) -> list[Tree]:
    r"""`1 \le i, j \le n` is said of i and of j: a comma between a number, letters and an end."""
    bounded: list[Tree] = []
    for tree in trees:
        first = bounded[-1] if bounded else None
        if (
            isinstance(first, Relation)
            and isinstance(tree, Relation)
            and len(first.operators) == len(tree.operators) == 1
            and {*first.operators, *tree.operators} <= {"\\le", "\\leq", "<=", "<"}
            and isinstance(first.sides[0], Number)
            and is_name(first.sides[1])
            and is_name(tree.sides[0])
        ):
            both, span = (*first.operators, *tree.operators), _over(first, tree)
            low, high = first.sides[0], tree.sides[1]
            bounded[-1:] = [Relation(both, (low, name, high), span=span) for name in (first.sides[1], tree.sides[0])]
        else:
            bounded.append(tree)
    return bounded


def _own(before: list[Tree], relation: Relation, after: list[Tree]) -> int:
    """How many bare formulas between two relations belong to the first: all but the names that the second is said of."""
    if relation.operators == ("=",) and len(after) == sum(map(is_name, before)):
        return len(after)
    own = len(after)
    while own and is_name(after[own - 1]) and not (own > 1 and isinstance(after[own - 2], Dots)):
        own -= 1
    return own


def _join(
    before: list[Tree], relation: Relation, after: list[Tree], running: frozenset[str]
) -> tuple[list[Tree], list[Diagnostic]]:
    """One relation with the bare formulas on both its sides."""
    names = [tree for tree in before if is_name(_quantified(tree))]
    others = [tree for tree in before if not is_name(_quantified(tree))]
    single = len(relation.operators) == 1 and is_name(_quantified(relation.sides[0]))
    operator = relation.operators[0]
    if (
        single
        and operator in ("=", "\\in")
        and (any(isinstance(tree, Dots) for tree in after) or _counts(relation, after, running))
    ):
        return [*others, *(_range(relation, after, name) for name in (*names, relation.sides[0]))], []
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


def _range(relation: Relation, after: list[Tree], name: Tree) -> Tree:
    r"""`i = 1, \dots, n` is i \in \{1, \dots, n\}."""
    span = _over(name, after[-1])
    items = (relation.sides[1], *after)
    values = Bracket("{", items, (",",) * len(after), span=_over(relation.sides[1], after[-1]))
    return Relation(("\\in",), (name, values), span=span)


def _counts(relation: Relation, after: list[Tree], running: frozenset[str]) -> bool:
    r"""Whether the letter runs over whole numbers: `t = 1, 2, 3`, `\forall i = 1, 2`, and `x = 0, 1` of a running letter."""
    name = _quantified(relation.sides[0])
    values = [tree.value for tree in (relation.sides[1], *after) if isinstance(tree, Number) and tree.value.denominator == 1]
    if not after or len(values) <= len(after) or relation.operators != ("=",):
        return False
    if isinstance(name, Name) and name.text in running and len(set(values)) == len(values):
        return len(values) > 2 or _apart(relation, after[0])
    runs = name is not relation.sides[0] or (isinstance(name, Name) and name.text in _INDICES)
    return runs and (len(values) > 2 or values[1] == values[0] + 1)


def _apart(relation: Relation, behind: Tree) -> bool:
    """Whether there is space behind the comma, as there is none in a number."""
    before = relation.sides[-1].span
    between = before.source.text[before.end : behind.span.start] if before and behind.span else ""
    return between.lstrip() not in ("", ",")


def _run(tree: Tree) -> Tree:
    r"""`l = 1..L`, `i \in 1..n` and `(i = 1, \ldots, n)` are ranges already."""
    if isinstance(tree, Bracket) and tree.kind == "(" and len(tree.items) > 1 and isinstance(tree.items[0], Relation):
        first, *after = tree.items
        joined, said = _join([], tree.items[0], after, frozenset())
        whole = len(joined) == 1 and not said and set(tree.separators) == {","} and joined[0] is not first
        return joined[0] if whole else tree
    match tree:
        case Relation(operators=("=" | "\\in",), sides=(name, Juxtaposition(items=(first, Dots() as dots, last)) as values)):
            listed = Bracket("{", (first, dots, last), (",", ","), span=values.span)
            return Relation(("\\in",), (name, listed), span=tree.span)
        case _:
            return tree


def _quantified_names(bare: list[Tree]) -> list[Tree]:
    r"""`\forall i, j` is one piece of prose."""
    if not bare or _quantified(bare[0]) is bare[0] or not all(map(is_name, bare[1:])):
        return bare
    span = _over(bare[0], bare[-1])
    return [Text(span.text if span else "", span=span)]


def _said_of_all(tree: Tree) -> list[Tree]:
    r"""Without its quantifier where a range follows it; a quantifier alone is prose."""
    if isinstance(tree, Relation) and tree.operators[0] == "\\in" and (name := _quantified(tree.sides[0])) is not tree.sides[0]:
        if len(tree.operators) == 1:
            return [Relation(tree.operators, (name, *tree.sides[1:]), span=tree.span)]
        return [Text(tree.span.text if tree.span else "", span=tree.span)]
    head = tree.sides[0] if isinstance(tree, Relation) else tree
    if isinstance(head, Juxtaposition) and head.items[0] == Name("\\forall"):
        return [Text(tree.span.text if tree.span else "", span=tree.span)]
    return [tree]


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
