"""The quantities of information theory: what each is called, how it is written, and which operation computes it.

One row each. How a person writes a quantity is read in `inference/`, how words name it in `sheets/`; both look it up here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from chainrule.graph.operation import Operation
from chainrule.ops import find_operation
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Subscript, Superscript, Tree

Separator = Literal[",", ";", "|", "||"]
"""What stands between the arguments: "," of `H(P, Q)`, "||" of `D(P || Q)`, ";" of `I(X; Y)`, "|" of `H(Y | X)`."""


@dataclass(frozen=True)
class Quantity:
    """One quantity.

    name: of the row, and of the operation unless `computed_by` names another. title: as a sentence says it.
    words: how prose names it, in lower case, hyphens written as spaces. head: what stands before the bracket, as printed.
    heads: what people write there, fonts and braces left out, "D_KL" for `D_{\\mathrm{KL}}`.
    separators: those that its notation allows, the first one is printed. distributions: how many it is of.
    order: whether it has a real parameter, the alpha of a Renyi divergence, which stands below its head.
    logarithmic: measured in nats, bits or another base; else a plain number. joint: it is of a joint distribution, its
    arguments are random variables. convention: what is said beside an answer, where authors differ.
    """

    name: str
    title: str
    words: tuple[str, ...]
    head: Tree
    heads: tuple[str, ...]
    separators: tuple[Separator, ...] = ()
    distributions: int = 1
    order: bool = False
    logarithmic: bool = True
    joint: bool = False
    convention: str = ""
    computed_by: str = ""
    source: str = ""

    @property
    def operation(self) -> Operation:
        """The operation of vectors (n,) of probabilities, or of the matrix (n, m) of a joint distribution."""
        return find_operation(self.computed_by or self.name)

    def notation(self, arguments: Sequence[Tree], order: Tree | None = None) -> Tree:
        """How it is written of these distributions or random variables."""
        head = self.head if order is None else Subscript(self.head, (order,))
        separators = self.separators[:1] * (len(arguments) - 1)
        return Juxtaposition((head, Bracket("(", tuple(arguments), separators)))


def _below(head: str, below: str) -> Subscript:
    return Subscript(Name(head), (Name(below),))


BARS: tuple[Separator, ...] = ("||", "|", ",", ";")
COMMAS: tuple[Separator, ...] = (",", "||", ";", "|")

_ENTROPIES = (
    Quantity(
        "entropy",
        "entropy",
        ("entropy", "shannon entropy", "information entropy", "differential entropy", "entropy of information"),
        Name("H"),
        ("H", "S", "h", "Ent", "entropy", "Entropy", "H_b", "h_b", "h_2"),
        source="Cover and Thomas, Elements of Information Theory, 2.1",
    ),
    Quantity(
        "cross_entropy",
        "cross-entropy",
        ("cross entropy", "crossentropy", "cross entropy loss", "categorical cross entropy", "log loss"),
        Name("H"),
        ("H", "CE", "H_CE", "L_CE", "S", "XE", "CrossEntropy"),
        (",", ";", "||"),
        2,
        source="Goodfellow, Bengio, Courville, Deep Learning, 3.51",
    ),
    Quantity(
        "perplexity",
        "perplexity",
        ("perplexity",),
        Name("PP"),
        ("PP", "PPL", "Perp", "perplexity", "Perplexity", "ppl"),
        logarithmic=False,
        convention="the perplexity is the exponential of the entropy, the same in every base",
        source="Jelinek and others, Perplexity: a measure of the difficulty of speech recognition tasks, 1977",
    ),
    Quantity(
        "cross_perplexity",
        "perplexity of a model",
        ("cross perplexity", "perplexity of a model", "perplexity of the model", "model perplexity"),
        Name("PP"),
        ("PP", "PPL", "Perp", "perplexity", "Perplexity", "ppl"),
        (",", "||", ";"),
        2,
        logarithmic=False,
        convention="the perplexity of Q under P is the exponential of the cross-entropy, the same in every base",
        source="Jurafsky and Martin, Speech and Language Processing, 3.8",
    ),
    Quantity(
        "surprisal",
        "surprisal",
        ("surprisal", "self information", "information content", "shannon information", "surprisals"),
        Name("I"),
        ("I", "h", "s", "surprisal"),
        convention="the surprisal of an outcome is the negative logarithm of its probability",
        source="Cover and Thomas, Elements of Information Theory, 2.1",
    ),
    Quantity(
        "renyi_entropy",
        "Rényi entropy",
        ("renyi entropy", "rényi entropy"),
        Name("H"),
        ("H", "S", "R", "H_R"),
        order=True,
        convention="the Rényi entropy of order α is log(sum p^α) / (1 - α), and the entropy for α = 1",
        source="Rényi, On measures of entropy and information, 1961",
    ),
    Quantity(
        "min_entropy",
        "min-entropy",
        ("min entropy",),
        _below("H", "\\infty"),
        ("H_\\infty", "H_min"),
        convention="the min-entropy is the Rényi entropy of order infinity, -log of the largest probability",
        source="Rényi, On measures of entropy and information, 1961",
    ),
    Quantity(
        "tsallis_entropy",
        "Tsallis entropy",
        ("tsallis entropy", "havrda charvat entropy"),
        Name("S"),
        ("S", "T", "H_T", "S_T"),
        order=True,
        logarithmic=False,
        convention="the Tsallis entropy of order α is (1 - sum p^α) / (α - 1), and the entropy in nats for α = 1",
        source="Tsallis, Possible generalization of Boltzmann-Gibbs statistics, 1988",
    ),
)

_RELATIVE_ENTROPIES = (
    Quantity(
        "kl",
        "Kullback-Leibler divergence",
        (
            "kl divergence",
            "kullback leibler divergence",
            "kl",
            "kullback leibler",
            "relative entropy",
            "kl distance",
            "kullback leibler distance",
            "kld",
            "information divergence",
        ),
        _below("D", "KL"),
        ("D_KL", "KL", "DKL", "D", "d_KL", "Dkl", "D_kl", "kl", "KLD"),
        BARS,
        2,
        source="Cover and Thomas, Elements of Information Theory, 2.26",
    ),
    Quantity(
        "jensen_shannon",
        "Jensen-Shannon divergence",
        ("jensen shannon divergence", "js divergence", "jsd", "jensen shannon"),
        Name("JSD"),
        ("JSD", "JS", "D_JS", "D_JSD"),
        BARS,
        2,
        convention="the Jensen-Shannon divergence is the mean of the divergences to M = (P + Q)/2, without a root",
        source="Lin, Divergence measures based on the Shannon entropy, 1991",
    ),
    Quantity(
        "jensen_shannon_distance",
        "Jensen-Shannon distance",
        ("jensen shannon distance", "js distance", "jensen shannon metric"),
        _below("d", "JS"),
        ("d_JS", "d_JSD", "JSdist", "JSDistance"),
        COMMAS,
        2,
        logarithmic=False,
        convention="the Jensen-Shannon distance is the square root of the Jensen-Shannon divergence in nats",
        source="Endres and Schindelin, A new metric for probability distributions, 2003",
    ),
    Quantity(
        "jeffreys",
        "Jeffreys divergence",
        (
            "jeffreys divergence",
            "j divergence",
            "symmetric kl divergence",
            "symmetric kl",
            "symmetrised kl divergence",
            "symmetrized kl divergence",
            "symmetric kullback leibler divergence",
            "symmetrised kullback leibler divergence",
            "symmetrized kullback leibler divergence",
            "symmetrised kl",
            "symmetrized kl",
            "jeffreys distance",
        ),
        _below("D", "J"),
        ("D_J", "J", "D_Jeffreys", "KL_sym", "D_sym", "SKL", "Jeffreys"),
        BARS,
        2,
        convention="the Jeffreys divergence is the sum of the divergences in both directions, not their mean",
        source="Jeffreys, An invariant form for the prior probability in estimation problems, 1946",
    ),
    Quantity(
        "renyi",
        "Rényi divergence",
        ("renyi divergence", "rényi divergence", "renyi", "rényi"),
        Name("D"),
        ("D", "R", "D_R"),
        BARS,
        2,
        order=True,
        convention="the Rényi divergence of order α is log(sum p^α q^(1-α)) / (α - 1), and the KL divergence for α = 1",
        source="van Erven and Harremoës, Rényi divergence and Kullback-Leibler divergence, 2014",
    ),
    Quantity(
        "max_divergence",
        "max-divergence",
        ("max divergence",),
        _below("D", "\\infty"),
        ("D_\\infty", "D_max"),
        BARS,
        2,
        convention="the max-divergence is the Rényi divergence of order infinity, the largest log(p / q)",
        source="van Erven and Harremoës, Rényi divergence and Kullback-Leibler divergence, 2014",
    ),
    Quantity(
        "alpha_divergence",
        "alpha divergence",
        ("alpha divergence", "α divergence", "amari alpha divergence", "amari divergence"),
        Name("Amari"),
        ("Amari", "D_A", "Alpha"),
        BARS,
        2,
        order=True,
        logarithmic=False,
        convention="the alpha divergence of order α is (1 - sum p^α q^(1-α)) / (α (1 - α)): KL(P || Q) for α = 1, and "
        "KL(Q || P) for α = 0",
        source="Zhu and Rohwer, Information geometric measurements of generalisation, 1995",
    ),
)

_DISTANCES = (
    Quantity(
        "total_variation",
        "total variation distance",
        (
            "total variation distance",
            "total variation",
            "tv distance",
            "tv",
            "variational distance",
            "variation distance",
            "statistical distance",
            "total variational distance",
        ),
        Name("TV"),
        ("TV", "d_TV", "D_TV", "\\delta_TV", "\\delta", "\\Delta", "TVD", "TotalVariation"),
        COMMAS,
        2,
        logarithmic=False,
        convention="the total variation distance has the factor 1/2",
        source="Levin, Peres, Wilmer, Markov Chains and Mixing Times, proposition 4.2",
    ),
    Quantity(
        "hellinger",
        "Hellinger distance",
        ("hellinger distance", "hellinger"),
        _below("d", "H"),
        ("H", "d_H", "D_H", "Hel", "d_Hel", "HD", "h", "Hellinger"),
        COMMAS,
        2,
        logarithmic=False,
        convention="the Hellinger distance has the factor 1/√2, so that it is at most 1",
        source="Gibbs and Su, On choosing and bounding probability metrics, 2002",
    ),
    Quantity(
        "squared_hellinger",
        "squared Hellinger distance",
        ("squared hellinger distance", "squared hellinger", "hellinger divergence", "squared hellinger divergence"),
        Superscript(_below("d", "H"), Number(Fraction(2))),
        ("H^2", "d_H^2", "D_H^2", "Hel^2", "h^2", "SquaredHellinger"),
        COMMAS,
        2,
        logarithmic=False,
        convention="the squared Hellinger distance has the factor 1/2, so that it is at most 1",
        source="Gibbs and Su, On choosing and bounding probability metrics, 2002",
    ),
    Quantity(
        "bhattacharyya_coefficient",
        "Bhattacharyya coefficient",
        ("bhattacharyya coefficient", "hellinger affinity"),
        Name("BC"),
        ("BC", "\\rho"),
        COMMAS,
        2,
        logarithmic=False,
        source="Bhattacharyya, On a measure of divergence between two statistical populations, 1943",
    ),
    Quantity(
        "bhattacharyya",
        "Bhattacharyya distance",
        ("bhattacharyya distance", "bhattacharyya divergence", "bhattacharyya"),
        _below("D", "B"),
        ("D_B", "d_B", "BD", "D_BC", "Bhattacharyya"),
        COMMAS,
        2,
        source="Bhattacharyya, On a measure of divergence between two statistical populations, 1943",
    ),
    Quantity(
        "chi_squared",
        "chi-squared divergence",
        (
            "chi squared divergence",
            "chi square divergence",
            "chi squared distance",
            "chi square distance",
            "chi squared",
            "chi square",
            "χ² divergence",
            "χ2 divergence",
            "pearson divergence",
            "pearson chi squared divergence",
            "pearson chi square divergence",
        ),
        Superscript(Name("\\chi"), Number(Fraction(2))),
        ("\\chi^2", "D_\\chi^2", "d_\\chi^2", "CS", "ChiSquared"),
        BARS,
        2,
        logarithmic=False,
        convention="the chi-squared divergence is Pearson's, the sum of (p - q)²/q",
        source="Gibbs and Su, On choosing and bounding probability metrics, 2002",
    ),
)

_JOINT = (
    Quantity(
        "joint_entropy",
        "joint entropy",
        ("joint entropy",),
        Name("H"),
        ("H", "S", "h"),
        (",", ";"),
        joint=True,
        computed_by="entropy",
        source="Cover and Thomas, Elements of Information Theory, 2.8",
    ),
    Quantity(
        "conditional_entropy",
        "conditional entropy",
        ("conditional entropy", "equivocation"),
        Name("H"),
        ("H", "S", "h"),
        ("|",),
        joint=True,
        source="Cover and Thomas, Elements of Information Theory, 2.10",
    ),
    Quantity(
        "mutual_information",
        "mutual information",
        ("mutual information", "transinformation", "mutual info", "information gain"),
        Name("I"),
        ("I", "MI"),
        (";", ","),
        joint=True,
        source="Cover and Thomas, Elements of Information Theory, 2.28",
    ),
    Quantity(
        "conditional_mutual_information",
        "conditional mutual information",
        ("conditional mutual information",),
        Name("I"),
        ("I", "MI"),
        (";", "|"),
        joint=True,
        computed_by="mutual_information",
        source="Cover and Thomas, Elements of Information Theory, 2.60",
    ),
)

QUANTITIES = (*_ENTROPIES, *_RELATIVE_ENTROPIES, *_DISTANCES, *_JOINT)
"""Names and words are unique; of heads that several rows share, the number of arguments, the separator and an order tell."""

DIRECTED = frozenset(("kl", "cross_entropy", "cross_perplexity", "renyi", "max_divergence", "alpha_divergence", "chi_squared"))
"""The rows of two distributions that have another value with the two exchanged."""
