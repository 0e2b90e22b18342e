r"""One verb with several objects that cannot be read as one: "the entropy of $p$, $H(q)$ and $D(p \| q)$", "$z$ together with
the loss $L$", "first $z$, next $h$, and finally $L$".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request, Tokens, trimmed
from chainrule.sheets.forms import CONTEXT, FIND, words
from chainrule.sheets.notation import look
from chainrule.sheets.quantity_words import mentions_quantity, notations_of, pieces_of, quantity_at
from chainrule.sheets.second_arguments import lacks_second
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Task
from chainrule.sheets.units import without_units

_ASKING = (FIND - {"differentiate"}) | {"what"}
_ORDER = r"(?:then|also|next|finally|lastly|from (?:it|this|that|them|there)|but|both|as well)"
_BETWEEN = re.compile(
    r"(?: ?(?:,|;|&|/|–|\band\b))+(?: (?:with|from) (?:it|this|that|them))?(?: ?,)? "
    r"|,? (?:as well as|along with|together with|followed by|in addition to|besides|but also) "
)
_LEADING = re.compile(rf"(?:(?:first|not only|{_ORDER}|(?:\( )?[a-z0-9]{{1,3}} \)) )+")
_OF = words("of between respect from to by against for")


def conjuncts(request: Request) -> list[Request]:
    """A request for each object of a verb that asks for values, where each says by itself what it is; else none."""
    said = "".join("$ " if isinstance(token, Math) else f"{token.text} " for token in request.tokens)
    if request.verb not in _ASKING or said.count(" ") != len(request.tokens):
        return []
    cuts = [0, *(edge for match in _BETWEEN.finditer(said) if not _of_two(said, match) for edge in match.span()), len(said)]
    parts: list[Tokens] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        lead = _LEADING.match(said, start, end)
        first, last = len(said[: lead.end() if lead else start].split()), len(said[:end].split())
        parts.append(trimmed(request.tokens[first:last]))
    if len(parts) < 2 or not all(map(_stands_alone, parts)):
        return []
    if not all(_says_what(part, parts[:i]) for i, part in enumerate(parts)):
        return []
    return [replace(request, tokens=part, written=part if i else request.written) for i, part in enumerate(parts)]


def _of_two(said: str, match: re.Match[str]) -> bool:
    """An "and" that belongs to "between $p$ and $q$"."""
    return said[: match.start()].rstrip().endswith("between $")


def with_last_unit(tasks: list[Task]) -> list[Task]:
    """The tasks of conjuncts in the unit behind the last, where it is the only one: "$H(p)$, the entropy of $q$ in bits"."""
    alone = bool(tasks) and not any(task.unit for task in tasks[:-1])
    return [replace(task, unit=tasks[-1].unit) for task in tasks] if alone else tasks


def _stands_alone(part: Tokens) -> bool:
    """It has a formula that gives nothing, no circumstances, and both things that a divergence is of."""
    formulas = [token for token in part if isinstance(token, Math)]
    if not formulas or lacks_second(part) or any(look(math) == "definition" for math in formulas):
        return False
    pieces = pieces_of(part)
    named = [found for index in range(len(pieces)) if (found := quantity_at(pieces, index)) is not None]
    one = len(formulas) == 1 and not notations_of(formulas[0])
    if one and any(found.quantity.distributions == 2 for found in named):
        return False
    return CONTEXT.isdisjoint(token.text for token in without_units(part) if isinstance(token, Word))


def _says_what(part: Tokens, before: Sequence[Tokens]) -> bool:
    """It is not only a name, of which what stands before may be asked: "the entropy of $p$, $q$"."""
    formulas = [token for token in part if isinstance(token, Math)]
    said = {token.text for each in before for token in each if isinstance(token, Word)}
    free = said.isdisjoint(_OF) and not any(map(mentions_quantity, before))
    return free or mentions_quantity(part) or all(look(math) == "derivatives" or notations_of(math) for math in formulas)
