r"""Lists that words call a distribution and that are none: "the target is a distribution as well: $p = (0.2, 0.5, 0.4)$"."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from chainrule.errors import Diagnostic, ShapeError
from chainrule.inference.literals import read_literal
from chainrule.inference.symbols import could_be_name, span_text
from chainrule.sheets.notation import statements
from chainrule.sheets.phrases import said_by
from chainrule.sheets.sentences import find_sentences
from chainrule.sheets.sheet import Item, Math
from chainrule.syntax.tree import Relation, Tree

CALLED = "called-distribution"
_KIND = (
    r"(?:distributions?|probability vector|pmf|probability mass function|soft (?:labels?|targets?)"
    r"|(?:class|target|label) probabilities)"
)
_BETWEEN = (
    r"(?:(?:is|are|as|by|be|being|of|over|on|for|the|its|this|these|all|our|that|given|called|named|denoted|classes|class|labels"
    r"|outcomes|words|tokens|symbols|letters|states|actions|three|four|five|two|six|well|too|following|:|,|=|\() )*"
)
_BEFORE = re.compile(rf"(?<!no )(?<!unnormalised )(?<!unnormalized )\b{_KIND} {_BETWEEN}(?P<list>\$)")
_BEHIND = re.compile(
    rf"(?P<list>\$) (?:is|be|denotes?) (?:the |an? |our |its )?(?:(?!not |no |never )[a-z-]+ ){{0,2}}?{_KIND}\b"
    r"(?! (?:of|with) \$)"
)
_TINY = Fraction(1, 10**12)


def report_called(items: Iterable[Item]) -> Iterator[Diagnostic]:
    """A warning for each list of shares that words call a distribution, and that does not sum to 1."""
    for sentence in find_sentences(items):
        said = said_by(sentence.tokens)
        maths = [token for token in sentence.tokens if isinstance(token, Math)]
        places = {match.start("list") for form in (_BEFORE, _BEHIND) for match in form.finditer(said)}
        for math in (maths[said.count("$", 0, place)] for place in sorted(places)):
            for tree in statements(math)[:1]:
                total = _total(tree)
                if total is not None and abs(total - 1) > _TINY:
                    message = (
                        f"{span_text(math.span)} sums to {float(total):.15g}, not to 1, and the text calls it a distribution"
                    )
                    hint = "correct a number, or divide the entries by their sum"
                    yield Diagnostic("warning", CALLED, message, math.span, hint)


def _total(tree: Tree) -> Fraction | None:
    """The sum of a list of shares that a name is given; None for anything else."""
    if not isinstance(tree, Relation) or tree.operators != ("=",) or not could_be_name(tree.sides[0]):
        return None
    try:
        literal = read_literal(tree.sides[1])
    except ShapeError:
        return None
    entries = [entry for row in literal.rows for entry in row] if literal is not None and 1 in _sizes(literal.rows) else []
    return sum(entries, Fraction(0)) if len(entries) > 1 and all(0 <= entry <= 1 for entry in entries) else None


def _sizes(rows: tuple[tuple[Fraction, ...], ...]) -> tuple[int, int]:
    return len(rows), len(rows[0]) if rows else 0
