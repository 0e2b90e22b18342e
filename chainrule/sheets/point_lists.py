r"""Several points for one request: "for $p = 0.1$, $0.5$ and $0.9$", "at T = 1, 2 and 10", "for $\alpha \in \{0.5, 2\}$",
"of orders 0, 1 and $\infty$". The request is asked once at each of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chainrule.inference.symbols import key
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import NEUTRAL, QUANTITY, words
from chainrule.sheets.information.argument_formulas import is_order
from chainrule.sheets.listed_values import Assigned, ListReader
from chainrule.sheets.notation import look, statements
from chainrule.sheets.quantity_words import at_order, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.source import Span
from chainrule.syntax.tree import Name, Relation, Subscript, Tree, walk

_CONTEXT = words("for at when if with given using taking setting where under evaluated letting as")
AROUND = (
    NEUTRAL
    | QUANTITY
    | words("of points point different various several three four five two probability probabilities at for")
    | words("temperature temperatures order orders cases case settings choices choice successively turn either")
    | words("success failure crossover transition flip noise level levels rate rates bias biases")
)
_LEADING = words(", first once both")
_ORDERS = words("order orders")


@dataclass(frozen=True)
class _Found:
    """Points at the tokens from `start` to `end`; `orders`: they are orders of a quantity, without a name."""

    start: int
    end: int
    points: Sequence[Sequence[Assigned]]
    orders: bool = False


@dataclass(frozen=True)
class Asked:
    """Requests of one sentence, and the same at each of the points that are named behind them, if there are any."""

    requests: tuple[Request, ...]
    points: tuple[tuple[Request, ...], ...] = ()
    unread: str = ""
    """What is listed there and cannot be read."""


def at_points(requests: Sequence[Request]) -> list[Asked]:
    r"""The requests of a sentence in order, each list with its points: in "the entropy and $\frac{dH}{dp}$ for $p = 0.1$ and
    $0.5$" those behind the last are of both.
    """
    found: list[Asked] = []
    waiting: list[Request] = []
    for request in requests:
        begins = request.written[0]
        if isinstance(begins, Word) and begins.text == request.verb:
            found += [Asked((each,)) for each in waiting]
            waiting = []
        if unread := _unread_in(request):
            found += [Asked((*waiting, request), unread=unread)]
            waiting = []
            continue
        points = _at_each_point(request)
        if not points:
            waiting.append(request)
            continue
        own = [each for each in waiting if points[0].points and not _gives(each)]
        found += [Asked((each,)) for each in waiting if each not in own]
        both = ((*(_appended(replace(each, listed=at.listed), at.points) for each in own), at) for at in points)
        found.append(Asked((*own, request), tuple(both)))
        waiting = []
    return [*found, *(Asked((each,)) for each in waiting)]


def _gives(request: Request) -> bool:
    return any(isinstance(token, Math) and look(token) == "definition" for token in request.tokens)


def _at_each_point(request: Request) -> list[Request]:
    for behind in (True, False):
        tokens = request.tokens if behind else request.before
        found = _find(tokens, request)
        if found is None:
            continue
        rest = (*tokens[: found.start], *tokens[found.end :])
        bare = replace(request, tokens=rest) if behind else replace(request, before=rest)
        listed = tuple(token for token in tokens[found.start : found.end] if isinstance(token, Math))
        bare = replace(bare, listed=listed)
        if found.orders:
            return [_with_order(bare, found.start, each.value) for (each,) in found.points]
        return [_at(bare, point) for point in found.points]
    return []


def _at(request: Request, point: Sequence[Assigned]) -> Request:
    """The request at a point: an order below the head of a quantity or in words is put there, all else is given."""
    if len(point) == 1:
        tokens = tuple(_at_order(request.tokens, point[0]))
        if tokens != request.tokens:
            return replace(request, tokens=tokens)
        if is_order(point[0].equation) and _lacks_order(request.tokens):
            return _with_order(request, len(request.tokens), point[0].value)
    return _appended(request, [each.equation for each in point])


def _appended(request: Request, point: Sequence[Math]) -> Request:
    return replace(request, tokens=(*request.tokens, _word("at", point[0]), *point), points=tuple(point))


def _with_order(request: Request, index: int, value: Math) -> Request:
    said = (_word("order", value), value)
    return replace(request, tokens=(*request.tokens[:index], *said, *request.tokens[index:]))


def _word(text: str, at: Math) -> Word:
    return Word(text, Span(at.span.source, at.span.start, at.span.start))


def _at_order(tokens: Tokens, each: Assigned) -> Iterator[Word | Math]:
    """The tokens with the value in the place of the order that stands below the head of a quantity, or behind "order"."""
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        if not isinstance(token, Math):
            yield token
        elif isinstance(before, Word) and before.text == "order" and [key(tree) for tree in statements(token)] == [each.name]:
            yield each.value
        else:
            yield at_order(token, each.name, each.value)


def _lacks_order(tokens: Tokens) -> bool:
    """Whether words name a quantity that has an order, and say none."""
    pieces = pieces_of(tokens)
    named = [found for index in range(len(pieces)) if (found := quantity_at(pieces, index))]
    said = any(piece.text in _ORDERS for piece in pieces)
    return any(found.quantity.order and not found.order for found in named) and not said


def _lists(tokens: Tokens, request: Request) -> Iterator[tuple[int, ListReader]]:
    """Where values may be listed, behind "for", "at", "of orders" and their like, and what is read there."""
    for start, token in enumerate(tokens):
        word = token.text if isinstance(token, Word) else ""
        if word not in _CONTEXT | _ORDERS or _defines(tokens, start):
            continue
        first = start + 1
        while first < len(tokens) and _is_around(tokens[first]) and not _is_equated(tokens, first):
            first += 1
        reader = ListReader(tokens, request.place, first, name=Name("") if word in _ORDERS else None)
        reader.read()
        yield start, reader


def _is_equated(tokens: Tokens, index: int) -> bool:
    """The `a` of "a = 2 or 3"."""
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    return isinstance(behind, Word) and behind.text == "="


def _unread_in(request: Request) -> str:
    """What is listed and cannot be read: a value that is none, or points behind the list that are of something else."""
    for tokens in (request.tokens, request.before):
        first: frozenset[Tree] = frozenset()
        end = 0
        for start, reader in _lists(tokens, request):
            if start < end:
                continue
            if (unread := reader.unread()) and not _is_index(reader, request):
                return unread
            names = frozenset(each.name for each in reader.found)
            asks = any(
                isinstance(token, Math) and not token.illustration and look(token) != "definition"
                for token in tokens[end:start]
            )
            if first and names and (names & first or asks):
                return " ".join(each.equation.text for each in reader.found)
            if len(reader.found) > len(names) and not first:
                first = names
            end = reader.end
    return ""


def _is_index(reader: ListReader, request: Request) -> bool:
    r"""Whether it is the index of what is asked for, `\frac{\partial L}{\partial z_i}` for `i = 1, \ldots, 3`."""
    token = reader.tokens[reader.end] if reader.end < len(reader.tokens) else None
    heads = [tree.sides[0] for tree in statements(token) if isinstance(tree, Relation)] if isinstance(token, Math) else []
    formulas = [math for math in (*request.tokens, *request.before) if isinstance(math, Math) and math is not token]
    parts = [part for math in formulas for tree in statements(math) for part in walk(tree)]
    below = {key(item) for part in parts if isinstance(part, Subscript) for each in part.items for item in walk(each)}
    return any(key(head) in below for head in heads)


def _find(tokens: Tokens, request: Request) -> _Found | None:
    """The first list of points."""
    for start, reader in _lists(tokens, request):
        orders = isinstance(begins := tokens[start], Word) and begins.text in _ORDERS
        points = _points(reader.found)
        words_alone = not orders and not any(isinstance(token, Math) for token in tokens[start : reader.end])
        if len(points) > 1 or (points and words_alone):
            while start and isinstance(before := tokens[start - 1], Word) and before.text in _LEADING:
                start -= 1
            return _Found(start, reader.end, points, orders and points[0][0].name == Name(""))
    return None


def _is_around(token: Word | Math) -> bool:
    return isinstance(token, Word) and token.text in AROUND


def _points(found: Sequence[Assigned]) -> Sequence[Sequence[Assigned]]:
    """The values by points: each is one where all are of one name; else a point is the names in their order, once each."""
    names = list(dict.fromkeys(each.name for each in found))
    width = len(names)
    groups = [found[i : i + width] for i in range(0, len(found), width)] if width else []
    return groups if all([each.name for each in group] == names for group in groups) else []


def _defines(tokens: Tokens, start: int) -> bool:
    """ "where $P(k) = k/6$ for $k = 1, 2, 3$": what follows belongs to the definition."""
    before = next((t for t in reversed(tokens[:start]) if isinstance(t, Math) or t.text != ","), None)
    return isinstance(before, Math) and any(isinstance(tree, Relation) for tree in statements(before))
