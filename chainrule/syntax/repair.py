r"""A list that is never closed, `P = \{A: 0.6, B: 0.4`, read as closed at its end: a guess, and marked as one.

Only where no other end is possible: every item is a number, or a label with one, and nothing stands behind the last of them.
"""

from dataclasses import replace

from chainrule.errors import Diagnostic, Repair, SyntaxFault
from chainrule.source import Span
from chainrule.syntax.pairing import CLOSING
from chainrule.syntax.tokens import Kind, Token
from chainrule.syntax.tree import Bracket, Name, Relation, Tree, walk

_ENDING = (",", ";", ".")


def closed_at_end(tokens: list[Token], fault: SyntaxFault) -> list[Token] | None:
    """The tokens of a statement and a closer behind the last one; None where the fault is no bracket that is never closed."""
    opener = next((t for t in tokens if fault.span is not None and t.start == fault.span.start), None)
    if opener is None or opener.text not in CLOSING or not fault.code.startswith("unclosed-"):
        return None
    kept = list(tokens)
    while kept[-1].text in _ENDING:
        kept.pop()
    kind: Kind = "right" if opener.kind == "left" else "symbol"
    return [*kept, Token(kind, CLOSING[opener.text], kept[-1].end, kept[-1].end)]


def ends_in_list(tree: Tree) -> bool:
    """Whether a statement says that something is a list of numbers, or of labels with numbers."""
    last = tree.sides[-1] if isinstance(tree, Relation) and tree.operators[-1] == "=" else None
    if not isinstance(last, Bracket) or last.kind not in ("{", "[", "(") or len(last.items) < 2:
        return False
    return all(map(_is_labelled, last.items)) or all(map(_is_number, last.items))


def guess(fault: SyntaxFault, closer: Token) -> Diagnostic:
    """The warning beside a list that was read as closed."""
    written = f"\\right{closer.text}" if closer.kind == "right" else closer.text
    at = None if fault.span is None else Span(fault.span.source, closer.start, closer.start)
    repairs = () if at is None else (Repair(at, written),)
    message = f"{fault.message}; it is read as if {written} stood at its end, which is a guess"
    return replace(fault.diagnostic(), severity="warning", message=message, repairs=repairs)


def _is_labelled(item: Tree) -> bool:
    return isinstance(item, Relation) and item.operators == (":",) and _is_number(item.sides[1])


def _is_number(item: Tree) -> bool:
    return not isinstance(item, Relation) and not any(isinstance(part, Name) for part in walk(item))
