"""Words that make another thing of what they stand beside, pick one of several, deny or restrict it, or ask something else.

Beside a formula that says completely what is asked, all other words can only describe it: "the new cell state $c_t$", "the
information lost, $D(P \\| Q)$". What a word may do is told by kinds: the classes below, words of mathematics and grammar, are
closed enough to be listed; nouns and adjectives of what a text is about are not. An unknown participle, superlative or adverb
is taken for operative, as are words behind "un-", "non-" or "re-".
"""

import re
from collections.abc import Sequence

from chainrule.sheets.forms import words

DENYING = words(
    "no not never none neither nor cannot without except excluding excluded ignoring ignored neglecting neglected omitting"
    " omitted dropping dropped removing removed deleting deleted missing absent lacking unless instead rather only merely"
    " but otherwise else anything nothing fake false wrong incorrect non hypothetical counterfactual alleged supposed sans"
    " off barring save"
)
_CONDITIONS = words(
    "if when whenever where whose once until till while as like after before during given giving assuming supposing suppose"
    " conditioned conditional conditionally conditioning knowing subject provided at under per by via using with than since"
    " because so that which who what how why whether although though despite"
)
_ARITHMETIC = words(
    "twice thrice half halved halves double doubled triple tripled quadruple quarter third times square squares squared"
    " root roots cube cubed power powers exponent exponential exponentiated logarithm logarithmic log ln inverse reciprocal"
    " negative negated opposite minus plus less more fewer sum sums summed total totals together difference differences"
    " ratio ratios quotient product products fraction fractions percentage percent proportion proportional multiple"
    " multiples multiplied divided added subtracted factor constant coefficient coefficients numerator denominator remainder"
    " modulo modulus absolute sign signed unsigned magnitude size length norm norms rank trace determinant transpose"
    " transposed adjoint conjugate eigenvalue eigenvalues eigenvector eigenvectors spectrum diagonal off-diagonal inner"
    " outer cross digit digits decimal decimals integer whole count counts number numbers dimension dimensions shape shapes"
    " complement complementary negation floor ceiling ceil real imaginary fractional phase argument parity sorted"
)
_STATISTICS = words(
    "average averaged averages averaging mean means median mode modes expected expectation variance variances deviation"
    " moment moments covariance correlation quantile percentile range spread span skewness kurtosis cumulative running"
    " effective net gross overall marginal joint independent dependent relative normalised normalized unnormalised"
    " unnormalized standardised standardized centred centered scaled rescaled weighted unweighted weighting smoothed"
    " truncated rounded clipped masked mixed mixture sampled resampled empirical estimator approximation approximate"
    " approximated approximately rough exact probability probabilities likelihood log-likelihood odds confidence accuracy"
    " rate rates efficiency redundancy tail tails survival rms rmse standard uncertainty stochastic aggregate grand"
    " incremental discount discounted undiscounted leftover balance crude naive quick cheap smooth monte-carlo"
    " bootstrap jackknife shrinkage interval intervals"
)
_ANALYSIS = words(
    "derivative derivatives gradient gradients slope slopes curvature differentiate differential hessian jacobian partial"
    " subgradient respect wrt integral antiderivative limit limits limiting asymptotic bound bounds bounded upper lower"
    " least most maximum maximal maximise maximize maximiser maximizer minimum minimal minimise minimize minimiser minimizer"
    " argmax argmin extremum optimum optimal optimised optimized stationary critical equilibrium fixed solution solutions"
    " zero zeros domain leading dominant asymptote series sequence expansion convergence error-bound convexity max min arg"
    " sup inf supremum infimum supremal infimal saturation onset peak trough cutoff threshold boundary border origin"
    " interior dual primal shadow directional elasticity elasticities linear quadratic cubic taylor numeric numerically"
)
_CHOOSING = words(
    "smallest largest biggest worst best top bottom highest lowest winning runner-up chosen selected picked other others"
    " another different same first second third fourth fifth last next previous former latter left right middle central"
    " leftmost rightmost one either each every all both any some several many few two three four five six seven eight nine"
    " ten true correct main principal single row rows column columns entry entries component components element elements"
    " coordinate coordinates item items part parts piece pieces subset index indices position remaining rest rests set sets"
    " list table domain support argument arguments positive nonzero non-zero nonnegative non-negative nonpositive"
    " non-positive active inactive dead distinct unique common duplicate duplicates majority minority outlier outliers"
)
_CHANGES = words(
    "change changes changed changing increase increases increased decrease decreases decreased reduction gain excess extra"
    " additional residual surplus deficit gap waste wasted improvement increment reverse reversed swapped exchanged"
    " interchanged symmetric symmetrised symmetrized adjusted corrected modified regularised regularized penalised penalized"
    " perturbed shifted update updates updated step steps iteration iterations epoch epochs descent ascent momentum decay"
)
_TIMES = words(
    "new old initial final current original starting subsequent earlier later now then again already past future stale"
    " fresh terminal eventual ultimate preliminary interim long-run short-run steady steady-state transient stable"
)
_CASES = words(
    "held held-out holdout hold-out out-of-sample in-sample leave-one-out validation dev adversarial noisy clean dropout"
    " perfect potential apparent trivial null naive lookahead look-ahead ensemble population counterpart twin clone copy"
    " mirror neighbour neighbours neighbor neighbors neighbouring neighboring rival opponent competitor loser winner"
    " champion backup baseline reference benchmark placebo oracle ideal ground-truth nominal virtual pseudo quasi dummy"
    " random typical blank empty generic arbitrary ground ground-state large small huge tiny sparse dense discrete binary"
    " hard soft uniform generalisation generalization irreducible bayes free"
)
"""Which data, model or state is meant, of which a text may have several."""
_RELATING = words(
    "also respectively compare compared comparing comparison larger smaller greater higher equal equals equality inequality"
    " symmetry identity property definition alternative equivalent analogous similar dissimilar converse contrary versus"
    " against between verify show prove explain express sketch plot does do did is are was were be will would can could may"
    " might must should code program graph"
)
_DESCRIBING = words(
    "hidden predicted resulting obtained desired learned learnt trained computed estimated observed required requested"
    " stated asked called so-called rectified activated gated embedded shared matched paired received measured reported"
    " following corresponding encoding embedding training scoring pooling routing modelling modeling input-output forget"
    " output-layer need feed seed weed speed breed bed red interest forest request harvest guest chest rest-state early"
    " daily family assembly reply supply anomaly universal unit string spring king ring wing thing evening morning building"
    " variable table visible observable learnable trainable differentiable housing clothing meeting claimed assumed believed"
    " advertised published quoted announced specified lost incurred suffered inherent transmitted conveyed carried needed"
)
"""Of the words that look like operative ones these are none."""
OPERATIVE = frozenset[str]().union(
    DENYING, _CONDITIONS, _ARITHMETIC, _STATISTICS, _ANALYSIS, _CHOOSING, _CHANGES, _TIMES, _CASES, _RELATING
)
MAKING_OTHERS = (DENYING | _CONDITIONS | _ARITHMETIC | _STATISTICS | _ANALYSIS) - words(
    "that which who what so than like as most least"
)
"""Those that make another thing of a formula which they lead to, "half of it: $x$", whatever else the words before it tell."""
CALLING = OPERATIVE - DENYING - _CONDITIONS - _ANALYSIS - words("twice thrice half halves double triple root roots third times")
"""Those that a thing may be called where a formula says what it is: "the next iterate $w_1 = w_0 - g$"."""
_KINDS = words("divergence distance entropy metric discrepancy")
_NAMING = words("the a an this that its their our of resulting corresponding above following both two and &")
_LOOKS_OPERATIVE = re.compile(
    r".+(?:ed|ing|est|ly|fold|less|wise|[ai]ble)$|(?:un|non|re|anti|half|semi|free|sub|super|hyper|meta|multi|ex)$|un.+(?:al|n)$"
)
_WORD = re.compile(r"[a-z]+(?:['’]s?)?(?:-[a-z]+(?:['’]s?)?)*")


def is_descriptive(word: str) -> bool:
    """Whether a word beside a formula can do nothing but say what the formula is."""
    if word in _DESCRIBING:
        return True
    if _WORD.fullmatch(word) is None or word in OPERATIVE:
        return False
    parts = [part.removesuffix("'").removesuffix("'s").removesuffix("’s") for part in word.split("-")]
    return all(part in _DESCRIBING or (part not in OPERATIVE and _LOOKS_OPERATIVE.fullmatch(part) is None) for part in parts)


def qualifies_kind(said: Sequence[str]) -> bool:
    """Whether a word before the name of a kind makes another one of it: "the Wasserstein divergence" is not any divergence."""
    kinds = [i for i, word in enumerate(said) if word in _KINDS]
    return any(said[i - 1] not in _NAMING for i in kinds if i > 0)
