r"""Noun phrases that stand beside a formula and only name it: "the redundancy $D(P \| Q)$", "the soft target $y = 0.3$".

A formula with its arguments, or with its value, says by itself what it is. An article and nouns directly before it can only
call it something, unless one of the words makes another thing of it: "the normalized uncertainty $H(P)$", "half the loss".
"""

import re

from chainrule.sheets.changing_words import CHANGING
from chainrule.sheets.forms import CONTEXT, DERIVATIVE, REFUSED, RELATIONS, VERBS, words

_ARTICLES = words("the a an its their this that these our")
_MAKING = (
    CHANGING
    | RELATIONS - {"gap"}
    | (DERIVATIVE - words("first local product"))
    | (REFUSED - {"which", "that"})
    | words(
        "half twice thrice double triple quarter third negative minus inverse reciprocal opposite reverse relative normal"
        " square root power exponential logarithm log absolute modulus mean average total overall cumulative median"
        " percentage percent fraction proportion share part rate per maximum minimum maximal minimal largest smallest max"
        " min upper lower bound limit limiting variance deviation moment derivative change changes increase decrease rest"
        " complement conditional joint marginal new old other another different same previous next again not no and or but"
        " if of to from between in on by for as at with than whether where less more times plus over under about against"
        " mixture efficiency argmax argmin expectation empirical estimator error distribution distributions law"
        " probability probabilities random variable vector number numbers order base surplus deficit missing"
    )
)
_VALUES = words("probability probabilities mean rate vector number order random variable error variance second third new other")
"""These may name what has a value beside them."""
_DONE = words("smoothing clipping masking scaling weighting pruning sharpening")
"""What is done with probabilities has such a value too, "with label smoothing $\\epsilon = 0.1$": it makes others of them."""
_KEPT = words("so-called remaining coding unexpected shared underlying matching")
"""Of the words that end like a change these make none."""
_CHANGED = re.compile(r".+(?:ed|ing|fold|less|wise)$")
_LONGEST = 4


def names_formula(said: str, valued: bool = False) -> bool:
    """Whether words can do nothing but name the formula behind them. valued: the formula says which value it has."""
    first, *rest = said.split() or [""]
    nouns = rest if first in _ARTICLES else [first, *rest]
    return 0 < len(nouns) <= _LONGEST and all(_is_noun(each, valued) for each in nouns)


def _is_noun(word: str, valued: bool) -> bool:
    if not word.replace("-", "").isalpha() or word in CONTEXT | _ARTICLES or word in VERBS - words("estimate label"):
        return False
    if valued and (word in _VALUES or _CHANGED.match(word)):
        return word not in CHANGING | _DONE
    return word not in _MAKING and (word in _KEPT or _CHANGED.match(word) is None)
