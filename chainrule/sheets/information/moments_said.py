r"""What formulas beside members of families say of arguments: `\sigma = 2`, `\mathrm{Var}(X) = 4`, `E[T] = \theta = 10`."""

from collections.abc import Iterator, Sequence

from chainrule.inference.distributions.families import Instance
from chainrule.inference.distributions.notation import DEVIATIONS, MEANS, VARIANCES
from chainrule.inference.literals import number
from chainrule.sheets.information.parameter_words import Given, number_of
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import BigOperator, Bracket, Call, Font, Juxtaposition, Name, Number, Relation, Superscript, Tree

_SIGMA, _LAMBDA = Name("\\sigma"), Name("\\lambda")
_NORMAL, _EXPONENTIAL = frozenset(("normal",)), frozenset(("exponential",))


def said_by_formulas(sentence: Sentence, members: Sequence[tuple[int, Instance]]) -> Iterator[tuple[str, Given]]:
    """The kind of parameter and its value, where one member alone can be meant; letters are said of numbers alone."""
    if len({id(member) for _, member in members}) != 1:
        return
    (_, member) = members[0]
    numeric = all(place.span is not None and number_of("".join(place.span.text.split())) is not None for place in member.places)
    for math in (token for token in sentence.tokens if isinstance(token, Math) and not token.illustration):
        for tree in statements(math):
            if not isinstance(tree, Relation) or set(tree.operators) != {"="}:
                continue
            value = tree.sides[-1]
            for kind in (kind for side in tree.sides[:-1] if (kind := _kind(side, member, numeric=numeric))):
                if number(value) is not None and value.span is not None:
                    yield kind, Given("".join(value.span.text.split()))


def _kind(side: Tree, member: Instance, *, numeric: bool) -> str:
    """What a left side is of the member; "" where it is nothing of it."""
    names = frozenset(family.name for family in member.families)
    match side:
        case Name() if side == _SIGMA and names & _NORMAL:
            return "standard deviation" if numeric else ""
        case Superscript(base=base, exponent=Number(value=power)) if base == _SIGMA and power == 2 and names & _NORMAL:
            return "variance" if numeric else ""
        case Name() if side == _LAMBDA and names & _EXPONENTIAL:
            return "rate" if numeric else ""
        case Juxtaposition(items=(head, Bracket(items=(_,)))) | Call(function=head, arguments=(_,)):
            plain = head.body if isinstance(head, Font) and head.kind in ("mathrm", "operatorname") else head
            found = (
                (kind, heads)
                for kind, heads in (("mean", MEANS), ("variance", VARIANCES), ("standard deviation", DEVIATIONS))
                if plain in heads
            )
            return next((kind for kind, _ in found), "")
        case BigOperator(operator="E", lower=None):
            return "mean"
        case _:
            return ""
