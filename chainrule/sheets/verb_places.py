r"""Where verbs ask for something that begin no clause: behind a condition, "With these numbers compute ...", and as participles
beside another task, "perform a backward pass, giving the gradients".
"""

from collections.abc import Sequence

from chainrule.sheets.forms import DERIVATIVE_NOUNS, words
from chainrule.sheets.notation import look
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math

_CONDITIONS = words("for given using with assuming at")
_CIRCUMSTANCES = words("after from following in on by through based as")
"""Behind one of these a bare verb may follow any word that is no plural: "From this obtain", "In a second step perform"."""
_IMPERATIVES = words("compute calculate find determine evaluate derive draw sketch perform obtain report")
_AGENTS = words(
    "we i they you it which that to not layers networks units neurons models nodes gates functions can must will"
    " should may might could would shall"
)
"""A sentence that begins with a condition goes on with a request, "for every weight compute ...", unless one of these acts."""
PARTICIPLES = {
    "giving": "give",
    "reporting": "report",
    "stating": "state",
    "computing": "compute",
    "calculating": "calculate",
    "finding": "find",
    "obtaining": "obtain",
}
"""To the verbs that they are of."""


def reports(following: Sequence[Word | Math]) -> bool:
    """Whether such a participle begins here and names what it asks for: derivatives, or a formula right behind it."""
    first, *behind = following[:4]
    if not isinstance(first, Word) or first.text not in PARTICIPLES or not behind:
        return False
    derived = any(t.text in DERIVATIVE_NOUNS if isinstance(t, Word) else look(t) == "derivatives" for t in behind)
    return derived or (isinstance(behind[0], Math) and look(behind[0]) == "other")


def follows_condition(tokens: Sequence[Word | Math], index: int) -> bool:
    """Whether the verb at this place is one of a request behind a condition that the sentence begins with."""
    said = [token.text if isinstance(token, Word) else "$" for token in tokens[: index + 1]]
    before, verb = said[-2:]
    pointed = index == 2 and before in ("this", "that", "it")
    first = _CONDITIONS if before.endswith("s") and not pointed else _CONDITIONS | _CIRCUMSTANCES
    asked = not {"how", "what", "which"}.isdisjoint(said)  # "how much does one report carry"
    acts = asked or (before in _AGENTS and not pointed)
    return said[0] in first and verb in _IMPERATIVES and not acts
