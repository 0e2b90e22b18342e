r"""Amounts of information that words give, for what is set beside a quantity: "the maximum $\log_2 5$", "the 3 bits of a fair
die", "1 bit".
"""

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Tokens
from chainrule.sheets.forms import words
from chainrule.sheets.notation import look, trees
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Place, Role, Task
from chainrule.syntax.tree import Relation

_LEADING = words("the a its this that maximum maximal largest greatest highest possible upper bound limit value of entropy")
_UNITS = {"bit": "bits", "bits": "bits", "nat": "nats", "nats": "nats"}


def amount_in(tokens: Tokens, place: Place) -> list[Task]:
    """The task for the value of a formula or a number of bits that the words give; none where they say anything else."""
    rest = list(tokens)
    while rest and isinstance(rest[0], Word) and rest[0].text in _LEADING:
        rest = rest[1:]
    if not rest:
        return []
    first, *behind = rest
    said = [token.text if isinstance(token, Word) else "" for token in behind]
    unit = _UNITS.get(said[0]) if said else None
    if said and (unit is None or (len(said) > 1 and (said[1] != "of" or "" in said))):
        return []
    if isinstance(first, Math):
        found = trees(first)
        plain = (
            look(first) == "other" and len(found) == 1 and not isinstance(found[0], Relation) and not could_be_name(found[0])
        )
        math = first if plain else None
    else:
        numeric = first.text.replace(".", "", 1).isdigit()
        math = Math(first.span, place, display=False, name=first.text) if numeric else None
    if math is None:
        return []
    return [Task("value", place.part, math.span, math.text, (Role("asked", math),), unit=unit)]
