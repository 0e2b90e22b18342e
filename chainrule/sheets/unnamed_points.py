r"""Points that are given without the names of the arguments: "the gradient of $f$ at $(1, 2)$", "the derivative of $f$ at 3".

The arguments of the function say what the numbers are: the point becomes `x = 1, y = 2`. So does "at $x_0 = 3$" become `x = 3`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import words
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Subscript, Tree, walk
from chainrule.typesetting import latex

Functions = Mapping[Tree, tuple[Tree, ...]]
"""The arguments of each function that the text defines."""
_AROUND = words("the a given point points value values position location input")
_ORIGIN = "origin"
_BEHIND = words(", . ; and using by with in as to , : for w.r.t. wrt respectively")


def find_functions(sentences: Iterable[Sentence]) -> Functions:
    """The functions that formulas define with names as arguments, `f(x, y) = ...`; none that is defined twice otherwise."""
    found: dict[Tree, tuple[Tree, ...]] = {}
    for math in (token for sentence in sentences for token in sentence.tokens if isinstance(token, Math)):
        for tree in statements(math):
            head = tree.sides[0] if isinstance(tree, Relation) and tree.operators[0] in ("=", ":=") else None
            if head is not None and (taken := _head_of(head)) is not None and found.setdefault(taken[0], taken[1]) != taken[1]:
                found[taken[0]] = ()
    return {name: arguments for name, arguments in found.items() if arguments}


def _head_of(tree: Tree) -> tuple[Tree, tuple[Tree, ...]] | None:
    """The f and the x, y of `f(x, y)`."""
    match tree:
        case Juxtaposition(items=(name, Bracket(kind="(", items=items))) if all(map(could_be_name, (name, *items))):
            return key(name), tuple(map(key, items))
        case _:
            return None


def with_named_points(request: Request, functions: Functions) -> Request:
    """The request at a point with names; as it is where it has no other point, or nothing tells what its numbers are."""
    at = next((i for i, token in enumerate(request.tokens) if isinstance(token, Word) and token.text == "at"), None)
    if at is None or not functions:
        return request
    start = at + 1
    while start < len(request.tokens) and isinstance(token := request.tokens[start], Word) and token.text in _AROUND:
        start += 1
    arguments = _arguments(request.tokens[:at], functions)
    end = _end(request.tokens, start)
    point = _point(request.tokens[start:end], request, arguments)
    if not point:
        return request
    listed = tuple(token for token in request.tokens[start:end] if isinstance(token, Math))
    tokens = (*request.tokens[: at + 1], *point, *request.tokens[end:])
    return replace(request, tokens=tokens, points=point, listed=listed)


def _arguments(tokens: Tokens, functions: Functions) -> tuple[Tree, ...]:
    """Those of the one function that the formulas before a point are of."""
    trees = [tree for token in tokens if isinstance(token, Math) for tree in statements(token)]
    named = {key(part) for tree in trees for part in walk(tree) if could_be_name(part)}
    found = {arguments for name, arguments in functions.items() if name in named}
    return found.pop() if len(found) == 1 else ()


def _end(tokens: Tokens, start: int) -> int:
    """Where the numbers of a point end that begin here; the start where none stand there."""
    if start >= len(tokens):
        return start
    first = tokens[start]
    end = start + 1
    if isinstance(first, Word) and first.text == "(":
        closing = (i for i in range(start, len(tokens)) if isinstance(token := tokens[i], Word) and token.text == ")")
        end = next(closing, start) + 1
    elif isinstance(first, Word) and first.text in ("-", "−"):
        end = start + 2
    if end < len(tokens) and isinstance(behind := tokens[end], Word) and behind.text not in _BEHIND:
        return start
    return end


def _point(tokens: Tokens, request: Request, arguments: Sequence[Tree]) -> tuple[Math, ...]:
    """The equations of a point; none where the numbers are not those of the arguments."""
    if not tokens or not arguments:
        return ()
    if len(arguments) > 1 and [token.text for token in tokens if isinstance(token, Word)] == [_ORIGIN]:
        names, zeros = ", ".join(map(latex, arguments)), ", ".join("0" for _ in arguments)
        return (Math(span_of(tokens), request.place, False, name=f"({names}) = ({zeros})"),)
    values = _values(tokens, request, arguments)
    equal = zip(arguments, values, strict=True) if len(values) == len(arguments) else ()
    return tuple(replace(value, name=f"{latex(name)} = {value.text}") for name, value in equal)


def _values(tokens: Tokens, request: Request, arguments: Sequence[Tree]) -> list[Math]:
    """The numbers, one for each argument; the whole list for one argument that is a vector."""
    span, first = span_of(tokens), tokens[0]
    whole = first if isinstance(first, Math) and len(tokens) == 1 else Math(span, request.place, False, plain=True)
    found = statements(whole)
    if whole.illustration or len(found) != 1:
        return []
    match found[0]:
        case Relation(operators=("=",), sides=(Subscript(base=base), value)) if arguments == (key(base),) and value.span:
            return [replace(whole, span=value.span)] if is_literal(value) else []
        case tree if not is_literal(tree):
            return []
        case Bracket(kind="(", items=items) if len(arguments) == len(items) > 1:
            return [replace(whole, span=item.span) for item in items if item.span is not None]
        case tree if len(arguments) == 1 and not isinstance(tree, Relation):
            return [whole] if not isinstance(tree, Bracket) or len(tree.items) > 1 else []
        case _:
            return []
