r"""Words that make the parameter of a Bernoulli or a binomial distribution the probability of 0: "0.2 being the probability of
failure". It is that of 1 here, so what they are of is refused, unless the number is what is left of 1 anyway.
"""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

VALUE = r"(?:\$[^$]*\$|-?\d+(?:\.\d+)?(?: / \d+)?)"
OF_SUCCESSES = frozenset(("bernoulli", "binomial"))
_FAILURE = (
    r"(?:(?:being|getting|obtaining|observing|seeing|having|drawing|a|an|the|value|outcome|result|label|class|it|is|are|equals?"
    r"|\$[A-Z]\$) )*(?:zero|0|\$0\$|\$[A-Z]=0\$|failures?|failing|fails|tails?|no success|not succeeding)\b"
)
_CHANCE = rf"(?:(?:probability|chance) (?:of|for|that) {_FAILURE}|failure (?:probability|rate))"
_IN_EACH = (
    r"(?: (?:in|on|at|for|per|of) (?:(?:each|every|any|a|one|single|the) )*"
    r"(?:trials?|toss|tosses|draws?|throws?|flips?|attempts?))?"
)
_IS = (
    r"(?: (?:,|here|is|are|being|denotes?|means?|gives?|as|to be|represents?|stands for|equals?|equal to|=|of|the|its|their"
    r"|a|an))*"
)
_VALUED = (
    re.compile(rf"(?P<value>{VALUE}){_IS} {_CHANCE}"),
    re.compile(rf"{_CHANCE}{_IN_EACH}{_IS} (?P<value>{VALUE})"),
    re.compile(rf"(?:probability|chance)(?: (?:=|equal to|:))? (?P<value>{VALUE}) (?:of|for) {_FAILURE}"),
)
_PARAMETER = re.compile(
    rf"\b(?:parameter|argument|number in (?:the )?(?:parentheses|brackets))s?(?: \$[^$]*\$)?{_IS} {_CHANCE}"
)


def says_failure(text: str, written: Sequence[str], numbers: Mapping[str, Fraction]) -> bool:
    """Whether words make one of these parameters the probability of 0. text: with formulas in `$`. written: without blanks."""
    if written and _PARAMETER.search(text):
        return True
    known = {number for each in written if (number := numbers.get(each, number_of(each))) is not None}
    for match in (match for pattern in _VALUED for match in pattern.finditer(text)):
        value = match["value"].strip("$").replace(" ", "").rpartition("=")[2]
        number = numbers.get(value, number_of(value))
        if (value in written or number in known) and number != Fraction(1, 2):
            return True
    return False


def number_of(text: str) -> Fraction | None:
    """A number or a fraction of numbers as it is written without blanks."""
    found = re.fullmatch(r"\\[td]?frac\{?(\d+)\}?\{?(\d+)\}?", text)
    try:
        return Fraction("/".join(found.groups()) if found else text)
    except (ValueError, ZeroDivisionError):
        return None
