"""Requests about distributions in the plainest words: everything that may be put in several ways is put in one."""

from collections.abc import Sequence

from chainrule.sheets.clauses import Request
from chainrule.sheets.information.appositives import without_appositives
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.moments import with_moments
from chainrule.sheets.information.numbers_asked import with_numbers
from chainrule.sheets.information.phrasing import plainly


def put_plainly(requests: Sequence[Request], known: Distributions, about: bool) -> list[Request]:
    """The requests of a sentence, each naming its quantity once and by its name. about: the text speaks of distributions."""
    if not about:
        return [with_numbers(each, known) for each in requests]
    return with_moments([with_numbers(without_appositives(plainly(each), known), known) for each in requests], known)
