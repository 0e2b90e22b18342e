"""The quantities of information theory: what each is called, how it is written, and which operation computes it.

One row each. How a person writes a quantity is read in `inference/`, how words name it in `sheets/`; both look it up here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chainrule.graph.operation import OPERATIONS, Operation
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
        return OPERATIONS[self.computed_by or self.name]

    def notation(self, arguments: Sequence[Tree], order: Tree | None = None) -> Tree:
        """How it is written of these distributions or random variables."""
        head = self.head if order is None else Subscript(self.head, (order,))
        separators = self.separators[:1] * (len(arguments) - 1)
        return Juxtaposition((head, Bracket("(", tuple(arguments), separators)))


def _below(head: str, below: str) -> Subscript:
    return Subscript(Name(head), (Name(below),))


QUANTITIES = (
    Quantity(
        "entropy",
        "entropy",
        ("entropy", "shannon entropy", "information entropy", "differential entropy"),
        Name("H"),
        ("H", "S", "h", "Ent", "entropy", "Entropy"),
        source="Cover and Thomas, Elements of Information Theory, 2.1",
    ),
    Quantity(
        "cross_entropy",
        "cross-entropy",
        ("cross entropy", "cross entropy loss", "categorical cross entropy"),
        Name("H"),
        ("H", "CE", "H_CE", "L_CE", "S"),
        (",", ";"),
        2,
        source="Goodfellow, Bengio, Courville, Deep Learning, 3.51",
    ),
    Quantity(
        "kl",
        "Kullback-Leibler divergence",
        ("kl divergence", "kullback leibler divergence", "kl", "kullback leibler", "relative entropy", "kl distance"),
        _below("D", "KL"),
        ("D_KL", "KL", "DKL", "D", "d_KL", "Dkl", "D_kl", "kl"),
        ("||", "|", ",", ";"),
        2,
        source="Cover and Thomas, Elements of Information Theory, 2.26",
    ),
    Quantity(
        "jensen_shannon",
        "Jensen-Shannon divergence",
        ("jensen shannon divergence", "js divergence", "jsd", "jensen shannon"),
        Name("JSD"),
        ("JSD", "JS", "D_JS", "D_JSD"),
        ("||", ",", "|", ";"),
        2,
        convention="the Jensen-Shannon divergence is the mean of the divergences to M = (P + Q)/2; its square root is not taken",
        source="Lin, Divergence measures based on the Shannon entropy, 1991",
    ),
    Quantity(
        "total_variation",
        "total variation distance",
        ("total variation distance", "total variation", "tv distance", "variational distance", "statistical distance"),
        Name("TV"),
        ("TV", "d_TV", "D_TV", "\\delta_TV", "\\delta", "\\Delta"),
        (",", "||", ";", "|"),
        2,
        logarithmic=False,
        convention="the total variation distance has the factor 1/2",
    ),
    Quantity(
        "mutual_information",
        "mutual information",
        ("mutual information",),
        Name("I"),
        ("I", "MI"),
        (";", ","),
        joint=True,
        source="Cover and Thomas, Elements of Information Theory, 2.28",
    ),
)
