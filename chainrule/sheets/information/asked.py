"""What a request for entropies and divergences says: the quantities, what they are of, in which unit."""

from dataclasses import dataclass, field

from chainrule.probability.quantities import Quantity
from chainrule.sheets.quantity_words import Notation
from chainrule.sheets.sheet import Math, Role


@dataclass
class Argument:
    """A formula, or the words for a distribution that has none there; `joint` is what stands before it: "to", "given".

    labelled: it is called an outcome, "the outcome 1", so that a number is its label and no probability.
    """

    math: Math | None = None
    nouns: list[str] = field(default_factory=list[str])
    joint: str = ""
    labelled: bool = False
    every: bool = False
    """ "Each", "each source": all that its words fit."""


@dataclass
class Asked:
    """One quantity that is asked for, in words or symbols or both."""

    quantity: Quantity | None
    notation: Notation | None = None
    plural: bool = False
    reverse: bool = False
    order: Math | None = None
    binary: bool = False
    """Of two Bernoulli distributions that are given by their probabilities."""
    defined: bool = False
    """The formula that names it defines a letter of the sheet's own, `S(P) = ...`."""

    @property
    def is_joint(self) -> bool:
        """Whether it may be of several variables together, so that "per symbol" would be a part of it."""
        if self.quantity is not None:
            return self.quantity.joint
        return self.notation is not None and len(self.notation.arguments) > 1 and "||" not in self.notation.mark


@dataclass
class Group:
    """Quantities of the same distributions, and the word that joins those to them."""

    quantities: list[Asked] = field(default_factory=list[Asked])
    link: str = ""
    arguments: list[Argument] = field(default_factory=list[Argument])


@dataclass
class Reading:
    """What a request asks, in order. `complete`: every word is known. `sure`: words or a head say so that mean nothing else."""

    groups: list[Group] = field(default_factory=list[Group])
    units: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """Each with the number of quantities that were asked before it."""
    others: list[Role] = field(default_factory=list[Role])
    both: bool = False
    """In both directions."""
    complete: bool = True
    unknown: list[str] = field(default_factory=list[str])
    """The words that are not known."""
    sure: bool = False

    def units_of(self, place: int) -> tuple[str, ...]:
        """The units of the quantity at this place: those of all, or of its own, "H(P) in bits and H(Q) in nats"."""
        ends = sorted({count for count, _ in self.units})
        total = sum(len(group.quantities) for group in self.groups)
        own = ends[:1] > [0] and len(ends) > 1 and ends[-1] == total
        end = next((end for end in ends if place < end), total) if own else None
        return tuple(dict.fromkeys(unit for count, unit in self.units if end is None or count == end))
