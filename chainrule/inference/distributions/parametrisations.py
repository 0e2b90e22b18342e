r"""Which parametrisation of a family is meant: as names say, the text's own words, or a letter; else the first one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chainrule.errors import NameFault
from chainrule.inference.distributions.notation import head_word
from chainrule.inference.symbols import span_text
from chainrule.probability.families.family import Family, Parametrisation
from chainrule.source import Span
from chainrule.syntax.tree import Subscript, Tree, transform


@dataclass(frozen=True)
class Spoken:
    """What a sentence says of the last argument of some families.

    families: their names. parameters: the names of the parameter that it is; () where no parametrisation here is the one that
    is said. span: the sentence. agrees: it only says what holds without it too, "N(0, 4) with standard deviation 2".
    """

    families: frozenset[str]
    parameters: frozenset[str]
    span: Span
    agrees: bool = False

    def fault(self) -> NameFault:
        """What is said where it cannot be followed."""
        message = f"'{span_text(self.span)}' says another parametrisation than the one that is used here"
        hint = "name the parameters: N(0, \\sigma = 2), Exp(mean = 2), Gamma(shape = 2, scale = 3)"
        if "geometric" in self.families:
            hint = "the geometric distribution counts the trials here, from 1 on: put the other distribution in these terms"
        if "uniform" in self.families:
            message = f"'{span_text(self.span)}' speaks of outcomes that are counted, and the distribution is of an interval"
            hint = "write U\\{1, 6\\} for the whole numbers from 1 to 6, or describe the distribution in words"
        return NameFault("parametrisation", message, self.span, hint)


@dataclass(frozen=True)
class Used:
    """The parametrisation that a member was read in, as a sentence. against: the text's own words that say another one."""

    said: str
    against: Spoken | None = None


ONE_WAY = Used("")
"""Of what no author parametrises in another way."""


def spelling(name: Tree) -> str:
    r"""`\sigma^2` for `\sigma_1^2`: a name as the table of parameters has it."""
    bare = transform(name, lambda part: part.base if isinstance(part, Subscript) else part)
    return head_word(bare) or ""


def spoken_of(spoken: Sequence[Spoken], family: Family) -> Spoken | None:
    """What the text says of a family: what all its sentences leave. Raises NameFault where they leave nothing."""
    found = [each for each in spoken if family.name in each.families]
    if not found or not any(each.parameters for each in found):
        return found[0] if found else None
    left = frozenset[str].intersection(*(each.parameters for each in found))
    if not left:
        raise found[-1].fault()
    first = next((each for each in found if not each.agrees), found[0])
    return replace(first, parameters=left)


def _followed(spoken: Sequence[Spoken], family: Family, last: Tree | None) -> Spoken | None:
    """What the text says of a family, but for what only agrees where a letter tells it."""
    said = spoken_of(spoken, family)
    lettered = last is not None and any(_says(given, last) for given in family.parametrisations)
    return None if said is not None and said.agrees and lettered else said


def preferred(family: Family, last: Tree | None, spoken: Sequence[Spoken]) -> list[Parametrisation]:
    """The parametrisations in the order in which they are tried. last: the last argument, None where it has a name."""
    ways = list(family.parametrisations)
    if last is None:
        return ways
    said = _followed(spoken, family, last)
    if said is not None and said.parameters:
        return sorted(ways, key=lambda given: not _is_of(given, said))
    return sorted(ways, key=lambda given: not _says(given, last))


def used(family: Family, given: Parametrisation, last: Tree | None, spoken: Sequence[Spoken]) -> Used:
    """The sentence about the parametrisation that a member was read in.

    Raises NameFault where the text's words, or a letter, say another one.
    """
    if not given.parameters:
        against = spoken_of(spoken, family)
        return ONE_WAY if against is None or against.parameters else Used("", against)
    said = _followed(spoken, family, last)
    if said is not None and not said.parameters and "geometric" in said.families:
        if given.own:
            raise said.fault()
        return Used(f"{given.said}; counted from 0, as the text says, it has the same entropies and divergences", said)
    if last is None:
        several = len({each.said for each in family.parametrisations}) > 1
        return Used(given.said + (", as its name says" if several and given.said else ""))
    if said is None or (not said.parameters and _says(given, last)):
        told = given is not family.parametrisations[0] and _says(given, last)
        return Used(given.said + (f", as {spelling(last)} says" if told else ""))
    if not said.parameters:
        return Used(given.said, said)
    others = [each for each in family.parametrisations if each is not given]
    if not _is_of(given, said) or any(_says(other, last) for other in others):
        raise said.fault()
    return Used(f"{given.said}, as the text says" if given.said and not said.agrees else given.said)


def _is_of(given: Parametrisation, said: Spoken) -> bool:
    return bool(given.parameters) and given.parameters[-1].name in said.parameters


def _says(given: Parametrisation, last: Tree) -> bool:
    return bool(given.parameters) and spelling(last) in given.parameters[-1].says
