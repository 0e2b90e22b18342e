r"""`\left. f \right|_{x=0}`, `f \Big|_{x=0, y=1}`: the value of what stands before the bar at a point."""

from collections.abc import Sequence

from chainrule.syntax.brackets import items_until, open_partner
from chainrule.syntax.functions import is_applied
from chainrule.syntax.messages import spelled
from chainrule.syntax.reader import Reader
from chainrule.syntax.tokens import Token
from chainrule.syntax.tree import Bracket, Derivative, EvaluatedAt, Relation, Tree


def read_point(reader: Reader, body: Tree, bar: Token) -> Tree:
    """The point below the bar just stepped over, put on the body."""
    name = spelled(reader.source, bar)
    items = _equations(reader)
    if reader.token.text == "^":
        message = f"{name} with a value above and below, a difference, is not read"
        reader.fail("unsupported-notation", message, reader.over(bar), "write the two values and their difference")
    if not items or not all(isinstance(item, Relation) and item.operators == ("=",) for item in items):
        message = f"{name} needs the point at which it evaluates"
        reader.fail("missing-point", message, reader.over(bar), f"write {name}_{{x = 0}}")
    return EvaluatedAt(body, items, span=reader.since(body.span.start if body.span else bar.start))


def _equations(reader: Reader) -> tuple[Tree, ...]:
    """What stands below the bar: equations as they stand elsewhere, not names as in a subscript."""
    if not reader.accept("_") or reader.token.text != "{":
        return ()
    open_partner(reader, reader.advance())
    script, reader.in_script = reader.in_script, 0
    reader.enter()
    items, _ = items_until(reader, "}")
    reader.depth -= 1
    reader.in_script = script
    return items


def evaluate_factors(reader: Reader, items: list[Tree]) -> list[Tree]:
    """The factors side by side, with the bar that stands here put on those since the last such bar."""
    bar = reader.token
    done = next((i for i in range(len(items), 0, -1) if isinstance(items[i - 1], EvaluatedAt)), 0)
    factors = items[done:]
    if not factors:
        reader.fail(
            "unexpected-token", f"{spelled(reader.source, bar)} follows a point", reader.over(bar), "list both values in one"
        )
    start = factors[0].span.start if factors[0].span else bar.start
    body = reader.juxtaposed(factors, start)
    if not _is_one(factors) and body.span:
        message = f"all of {body.span.text} was read as what {spelled(reader.source, bar)} evaluates"
        reader.warn("ambiguous-evaluation", message, body.span, "write parentheses around what is evaluated")
    reader.advance()
    return [*items[:done], read_point(reader, body, bar)]


def _is_one(factors: Sequence[Tree]) -> bool:
    """Whether the factors are one thing: a name with its arguments, or a derivative with what it is of."""
    first = factors[0]
    operator = isinstance(first, Derivative) and first.of is None
    applied = is_applied(first) or all(isinstance(factor, Bracket) for factor in factors[1:])
    return len(factors) == 1 or operator or (applied and not isinstance(first, Bracket))
