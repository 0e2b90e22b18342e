"""Nouns that may stand around a quantity of information theory and what it is of."""

from chainrule.probability.families.table import FAMILIES
from chainrule.sheets.forms import words

FAMILY_NOUNS = frozenset(part for family in FAMILIES for phrase in family.words for part in phrase.replace("-", " ").split())
TURNS = words("old new initial final previous updated current original earlier later")
"""These tell apart what a thing was and what it has become."""
NOUNS = (FAMILY_NOUNS - words("on over with the of")) | words(
    "gaussians normals exponentials bivariate univariate multivariate diagonal toss throw roll flip draw die coin source"
    " experiment message letter text fair loaded biased unfair bent i.e. distribution distributions probability"
    " probabilities mass function functions random variable variables vector vectors label labels true target targets"
    " estimated estimate predicted prediction predictions model model's models network network's one hot data class classes"
    " outcome outcomes event events two both first second source sources pmf pmfs pair sample empirical approximating"
    " approximation reference marginal marginals example single discrete continuous output outputs shannon shannon's base"
    " density densities colour color ball card draws result number shown drawn ensemble ensembles byte bytes sensor"
    " forecast weather day actual real ground truth categorical softmax estimates third fourth fifth code codes symbol"
    " symbols word token character characters observation trial spin mixture answer correct prediction's label's prior"
    " posterior smoothed soft held-out held out heldout"
    " classifier predictor teacher student policy filter"
)
"""Nouns that only introduce a distribution."""
EACH = words(
    "symbol letter character toss roll flip throw draw outcome event message token word sample observation day pixel trial spin"
    " byte digit experiment"
)
"""One of these may stand behind "bits per"."""
BESIDE = NOUNS | words(
    "forward total average information loss between individual own again following numerical amount distillation divergence"
    " distance ordinary usual plain"
)
