r"""Members of families written in place: `\mathcal{N}(\mu, \sigma^2)`, `\mathrm{Bin}(2, 0.4)`, `\mathcal{N}(z; 0, 1)`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from chainrule.errors import NameFault, SyntaxFault
from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.inference.distributions.labels import Table
from chainrule.inference.distributions.normals import as_vector, is_vector, of_vectors
from chainrule.inference.distributions.notation import head_word
from chainrule.inference.distributions.parametrisations import ONE_WAY, Used, preferred, spelling, used
from chainrule.inference.resolved import Applied, Filled
from chainrule.inference.symbols import Symbol, could_be_name, is_bold, is_capital, join_letters, join_spans, key, span_text
from chainrule.probability.families.family import Family, Parameter, Parametrisation, closed_form
from chainrule.probability.families.normal import NORMAL_DIAGONAL, NORMAL_FULL
from chainrule.probability.families.table import spelled
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Dots,
    Font,
    Juxtaposition,
    Matrix,
    Name,
    Number,
    Relation,
    Tree,
    walk,
)

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader


class OwnFormula(Protocol):
    """What makes a distribution that is no word with parameters."""

    def member(self, reader: Reader) -> Member: ...


@dataclass(frozen=True)
class Instance:
    """A family's name in front of its parameters. named: those written `N = 2`; places: those written by themselves, in order.

    braces: the bracket is a set, `\\mathcal{U}\\{1, 6\\}`. formula: of a density that the text gives itself, or of a mixture.
    """

    tree: Tree
    word: str
    families: tuple[Family, ...]
    places: tuple[Tree, ...]
    named: tuple[tuple[Tree, Tree], ...]
    braces: bool
    formula: OwnFormula | None = None


@dataclass(frozen=True)
class Member:
    """A member of a family, names known. parameters: resolved, in the order of the family. body: the vector of its
    probabilities where its outcomes are known and not too many, else None; table: what these are called. parametrisation: the
    one that it is read in.
    """

    family: Family
    parameters: tuple[Tree, ...]
    body: Tree | None = None
    table: Table | None = None
    parametrisation: Used = ONE_WAY


def instance_of(tree: Tree, *, plainly: bool = False) -> Instance | None:
    """What a tree is as a member of a family. plainly: a distribution has to stand here, so that `N(0, 1)` is one too."""
    head, bracket = parts_of(tree)
    if head is None or bracket is None:
        return None
    written = head_word(head) or ""
    word = written.removeprefix("\\")  # plain `Gamma` is the letter too
    families = spelled().get(word, ())
    sure = isinstance(head, Font) or len(word) == len(written) > 1
    if not families or not (sure or plainly) or bracket.kind not in "([{":
        return None
    items = _without_variable(bracket)
    plain = len(items) > 1 and bracket.kind != "{" and not any(isinstance(item, Relation) for item in items)
    if plain and all([p.rank for p in given.parameters] == ["vector"] for f in families for given in f.parametrisations):
        items = (Bracket("[", items, (",",) * (len(items) - 1), span=bracket.span),)
    named = tuple((item.sides[0], item.sides[1]) for item in items if isinstance(item, Relation) and item.operators == ("=",))
    places = tuple(item for item in items if not isinstance(item, Relation))
    if len(named) + len(places) < len(items):
        return None
    return Instance(tree, word, families, places, named, bracket.kind == "{")


def parts_of(tree: Tree) -> tuple[Tree | None, Bracket | None]:
    """The head and the bracket of `\\mathrm{Bin}(2, 0.4)`; a word of the vocabulary has become a call."""
    match tree:
        case Juxtaposition(items=(head, Bracket() as bracket)):
            return head, bracket
        case Juxtaposition(items=(*letters, Bracket() as bracket)):
            word = "".join(item.text if isinstance(item, Name) else " " for item in letters)
            return join_letters(letters, word), bracket
        case Call(function=Name(text=text) as head, arguments=arguments):
            large = any(letter.isupper() for letter in span_text(head.span))
            word = Name(text.capitalize(), span=head.span) if large else head
            return word, Bracket("(", arguments, (",",) * (len(arguments) - 1), span=tree.span)
        case _:
            return None, None


def _without_variable(bracket: Bracket) -> tuple[Tree, ...]:
    """The parameters: in `\\mathcal{N}(z; \\mu, 1)` the z is what the density is of."""
    marked = bracket.separators[:1] in ((";",), ("|",)) and could_be_name(bracket.items[0])
    return bracket.items[1:] if marked else bracket.items


def read_vector(reader: Reader, item: Tree, bracket: Bracket) -> Tree | None:
    """The probabilities of `\\mathrm{Bin}(2, 0.4)` where a value stands; None where it is no member of a family.

    Raises NameFault where its outcomes are not finitely many.
    """
    instance = instance_of(Juxtaposition((item, bracket), span=join_spans((item, bracket))))
    if instance is None or (could_be_name(item) and reader.knows(item)):
        return None
    member = read_member(reader, instance)
    if member.body is None:
        subject = span_text(instance.tree.span) or f"the {member.family.title} distribution"
        message = f"{subject} is a distribution, and no number or array"
        hint = "name it, P = ..., and write the quantity that is meant, H(P)"
        raise NameFault("distribution-as-value", message, instance.tree.span, hint)
    return member.body


def outcomes_of(instance: Instance, integers: Mapping[Tree, int]) -> Table | None:
    """The outcomes of a member, where they are told by numbers and by names with whole numbers as values.

    None where a set has gaps, which is an error where the member is read.
    """
    try:
        instance = _by_its_ends(instance)
    except NameFault:
        return None
    for family in _preferred(instance):
        for given in family.parametrisations:
            values = _in_order(instance, given.parameters)
            if values is None:
                continue
            if family.support.kind != "integers":
                return None
            counted = (_counted(value, p, integers) for value, p in zip(values, given.parameters, strict=True))
            nodes = tuple(_stand_in(tree, p, k) for k, (tree, p) in enumerate(zip(counted, given.parameters, strict=True)))
            return _table(family, given, nodes)
    return None


def _table(family: Family, given: Parametrisation, nodes: tuple[Node, ...]) -> Table | None:
    outcomes = None if family.mass is None else family.support.outcomes(_own_nodes(given, nodes))
    return None if outcomes is None else Table((tuple(Number(Fraction(k), str(k)) for k in outcomes),))


def read_member(reader: Reader, instance: Instance) -> Member:
    """The member. Raises NameFault where a parameter is missing or none of the family's, SyntaxFault for too many."""
    if instance.formula is not None:
        return instance.formula.member(reader)
    instance = _by_its_ends(instance)
    fits: list[tuple[Family, Parametrisation, tuple[Tree, ...]]] = []
    open_ranks: list[tuple[Family, Parametrisation, tuple[Tree, ...]]] = []
    last = last_place(instance)
    for family in _preferred(instance):
        for given in preferred(family, last, reader.spoken):
            values = _in_order(instance, given.parameters)
            if values is not None:
                read = tuple(_read(reader, value, p) for value, p in zip(values, given.parameters, strict=True))
                normal = _normal_of_vectors(reader, family, given, read)
                if normal is not None:
                    found, parameters, way = normal
                    return Member(found, parameters, parametrisation=used(found, way, last, reader.spoken))
                if all(_fits(reader, tree, p) for tree, p in zip(read, given.parameters, strict=True)):
                    fits.append((family, given, read))
                elif all(_could_fit(reader, tree, p) for tree, p in zip(read, given.parameters, strict=True)):
                    open_ranks.append((family, given, read))
    if not fits and not open_ranks:
        raise _no_parameters(instance)
    family, given, read = (fits or open_ranks)[0]
    member = _finite(family, given, read, _own(given, read), instance)
    return replace(member, parametrisation=used(family, given, last, reader.spoken))


def _own(given: Parametrisation, read: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """The family's own parameters of those that are given."""
    return tuple(Applied(form, read, span=join_spans(read)) for form in given.own) or read


def last_place(instance: Instance) -> Tree | None:
    """The last argument where it has no name of a parameter before it."""
    if not instance.places or any(_is_behind(name, instance.places[-1]) for name, _ in instance.named):
        return None
    return instance.places[-1]


def _is_behind(name: Tree, place: Tree) -> bool:
    return name.span is None or place.span is None or name.span.start > place.span.start


def _normal_of_vectors(
    reader: Reader, family: Family, given: Parametrisation, read: tuple[Tree, ...]
) -> tuple[Family, tuple[Tree, ...], Parametrisation] | None:
    """What a normal distribution is whose covariance is a matrix, or whose mean is 0 beside more than one variance.

    With how it is given: a matrix is a covariance, several numbers are what one number would be.
    """
    if family.name not in ("normal", "normal_full") or len(read) != 2:
        return None
    ranks = rank_of(reader, read[0]), rank_of(reader, read[1])
    found = of_vectors(reader, *read, ranks)
    if found is None or ranks[1] != "vector" or family.name != "normal":
        return None if found is None else (*found, NORMAL_FULL.parametrisations[0])
    way = NORMAL_DIAGONAL.parametrisations[family.parametrisations.index(given)]
    return found[0], _own(way, found[1]), way


def _by_its_ends(instance: Instance) -> Instance:
    """`\\mathcal{U}\\{1, \\dots, 6\\}` by its ends; anything else as it is. Raises NameFault for a set with gaps."""
    if not instance.braces or not any(family.name == "discrete_uniform" for family in instance.families):
        return instance
    plain = [item for item in instance.places if not isinstance(item, Dots)]
    if len(plain) < len(instance.places):
        return _with_places(instance, (plain[0], plain[-1]))
    numbers = [item.value if isinstance(item, Number) else None for item in plain]
    if len(plain) > 2 and None not in numbers:
        first = numbers[0] or Fraction(0)
        if numbers != [first + k for k in range(len(numbers))]:
            raise NameFault("unknown-family", f"{span_text(instance.tree.span)} is over a set with gaps", instance.tree.span)
        return _with_places(instance, (plain[0], plain[-1]))
    return instance


def _with_places(instance: Instance, places: tuple[Tree, ...]) -> Instance:
    return Instance(instance.tree, instance.word, instance.families, places, (), instance.braces)


def _preferred(instance: Instance) -> Sequence[Family]:
    """The families of a word in the order in which they are tried: two ends in round brackets are those of an interval."""
    if instance.braces or len(instance.places) + len(instance.named) != 2:
        return instance.families
    return sorted(instance.families, key=lambda family: family.support.kind == "integers")


def _in_order(instance: Instance, parameters: Sequence[Parameter]) -> tuple[Tree, ...] | None:
    """The values of these parameters in their order; None where the instance does not give just them."""
    if len(instance.places) + len(instance.named) != len(parameters):
        return None
    found: dict[int, Tree] = {}
    for name, value in instance.named:
        word = spelling(name)
        at = [k for k, parameter in enumerate(parameters) if word in parameter.letters and k not in found]
        if not at:
            return None
        found[at[0]] = value
    open_places = (k for k in range(len(parameters)) if k not in found)
    found.update(zip(open_places, instance.places, strict=True))
    return tuple(found[k] for k in range(len(parameters)))


def _read(reader: Reader, tree: Tree, parameter: Parameter) -> Tree:
    """The resolved value. A whole number that a name is given stands for the name where it counts outcomes."""
    found = reader.read(_counted(tree, parameter, reader.integers))
    return as_vector(found) if parameter.rank == "vector" else found


def _counted(tree: Tree, parameter: Parameter, integers: Mapping[Tree, int]) -> Tree:
    value = integers.get(key(tree)) if parameter.domain in ("count", "integer") and could_be_name(tree) else None
    return tree if value is None else Number(Fraction(value), str(value), span=tree.span)


def _fits(reader: Reader, tree: Tree, parameter: Parameter) -> bool:
    """Whether a value can have the rank of a parameter, as far as its writing tells."""
    return parameter.rank == rank_of(reader, tree)


def _could_fit(reader: Reader, tree: Tree, parameter: Parameter) -> bool:
    """Whether a value fits a parameter, or is a name of which nothing tells that it is no vector: the alpha of a Dirichlet."""
    vector = isinstance(tree, Symbol) and parameter.rank == "vector" and rank_of(reader, tree) == "scalar"
    known = isinstance(tree, Symbol) and (tree.name in reader.numbers or tree.name in reader.integers)
    return _fits(reader, tree, parameter) or (vector and not known)


def rank_of(reader: Reader, tree: Tree) -> str:
    """What a parameter is by its writing: the identity and capitals are matrices, lists and bold letters vectors."""
    kinds = {_kind(reader, part) for part in walk(tree)}
    return next((kind for kind in ("matrix", "vector") if kind in kinds), "scalar")


def _kind(reader: Reader, part: Tree) -> str:
    match part:
        case Matrix():
            return "vector" if is_vector(part) else "matrix"
        case Filled(kind="identity"):
            return "matrix"
        case Bracket(kind="[", items=rows) if rows and all(isinstance(row, Bracket) and row.kind == "[" for row in rows):
            return "matrix"
        case Filled() | Bracket(kind="["):
            return "vector"
        case Applied(function=function) if function.name == "diag":
            return "matrix"
        case Symbol(name=name):
            lengths = reader.lengths.get(name)
            if name in reader.numbers or name in reader.integers:
                return "scalar"
            if lengths is not None:
                return "matrix" if len(lengths) == 2 else "vector"
            if is_capital(name):
                return "matrix"
            return "vector" if is_bold(name) or name in reader.tables else "scalar"
        case _:
            return "scalar"


def _finite(
    family: Family, given: Parametrisation, read: tuple[Tree, ...], own: tuple[Tree, ...], instance: Instance
) -> Member:
    """The member with the vector of its probabilities, where its outcomes are known in numbers."""
    if family.support.kind == "categories":
        return Member(family, own, own[0])
    stand_ins = tuple(_stand_in(tree, p, k) for k, (tree, p) in enumerate(zip(read, given.parameters, strict=True)))
    table = _table(family, given, stand_ins)
    if table is None:
        return Member(family, own)

    @lru_cache(maxsize=1)  # every outcome of a joint distribution asks for it
    def vector(*nodes: Node) -> Node:
        found = family.probabilities(_own_nodes(given, nodes))
        assert found is not None  # the parameters that count outcomes are numbers
        return found

    made = closed_form(f"{family.name} probabilities", given.parameters, "vector", vector)
    return Member(family, own, Applied(made, read, span=instance.tree.span), table)


def _own_nodes(given: Parametrisation, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(form.build(*nodes) for form in given.own) or nodes


def _stand_in(tree: Tree, parameter: Parameter, position: int) -> Node:
    """A number as itself, anything else as an input."""
    if isinstance(tree, Number):
        return build.constant(tree.value)
    shape = {"scalar": (), "vector": ("n",), "matrix": ("n", "n")}[parameter.rank]
    return build.variable(f"{parameter.name} {position}", shape)


def _no_parameters(instance: Instance) -> NameFault | SyntaxFault:
    title = " or ".join(dict.fromkeys(family.title for family in instance.families))
    ways = dict.fromkeys(
        ", ".join(parameter.name for parameter in given.parameters)
        for family in instance.families
        for given in family.parametrisations
    )
    message = f"{span_text(instance.tree.span)} does not give the parameters of a {title} distribution"
    return NameFault("unknown-parameters", message, instance.tree.span, f"they are {'; or '.join(ways)}")
