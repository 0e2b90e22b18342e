"""Requests about distributions in the plainest words: everything that may be put in several ways is put in one."""

from collections.abc import Sequence

from chainrule.sheets.clauses import Request
from chainrule.sheets.information.answer_forms import without_forms
from chainrule.sheets.information.appositions import without_appositions
from chainrule.sheets.information.appositives import without_appositives
from chainrule.sheets.information.described_distributions import without_descriptions
from chainrule.sheets.information.explained import explained
from chainrule.sheets.information.independence_questions import with_independence
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.marginals import with_marginals
from chainrule.sheets.information.moments import with_moments
from chainrule.sheets.information.numbers_asked import with_numbers
from chainrule.sheets.information.phrasing import plainly
from chainrule.sheets.information.said_values import with_said_value
from chainrule.sheets.information.scales import without_scale


def put_plainly(requests: Sequence[Request], known: Distributions, about: bool) -> list[Request]:
    """The requests of a sentence, each naming its quantity once and by its name. about: the text speaks of distributions."""
    requests = [with_said_value(each, known) if about else each for each in requests]
    asked = without_forms([plainly(with_independence(each)) if about else with_independence(each) for each in requests])
    asked = [without_appositions(each, known, about) for each in asked]
    if not about:
        return [with_numbers(each, known) for each in asked]
    plain = [explained(without_appositives(without_descriptions(each), known)) for each in asked]
    asked = [with_marginals(without_scale(each), known) for each in plain]
    return with_moments([with_numbers(each, known) for each in asked], known)
