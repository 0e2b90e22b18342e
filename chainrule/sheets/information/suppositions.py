r"""What stands before a request with "if": what holds, "If $P = \mathrm{Poisson}(3)$, find $H(P)$", or a change of it."""

from collections.abc import Iterable

from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import words
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.notation import look, statements
from chainrule.sheets.quantity_words import notations_of
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Relation, Tree

_DOUBTS = words("if unless were had instead")
"""Before the verb these say that something else holds than the problem says."""
_ALTERING = words(
    "is are was be been becomes become has have would will replaced replace used use uses using swapped changed mixed but"
    " not no without only now also again same still except twice doubled halved other another were had instead unless"
)
"""Beside definitions these make a change of them."""
_USING = words("is are use uses used using")
_AGAIN = words("i.e. namely")


def supposes_otherwise(request: Request, known: Distributions) -> bool:
    """Whether words before the verb say that something else holds. Definitions behind "if" say only what does, where nothing
    outside of parts defines these names.
    """
    said = [token.text for token in request.before if isinstance(token, Word)]
    if _DOUBTS.isdisjoint(said) or _says_which_code(request, said):
        return False
    first, *rest = request.before
    if not (isinstance(first, Word) and first.text == "if" and said.count("if") == 1) or not rest:
        return True
    formulas = [token for token in rest if isinstance(token, Math)]
    if not (isinstance(rest[0], Math) and all(look(math) == "definition" for math in formulas) and _ALTERING.isdisjoint(said)):
        return True
    begin, end = rest[0].span.start, request.before[-1].span.end
    made = {name for math in formulas for name in _names(math)}
    return any(name in made and not begin <= at < end for name, at in known.common)


def _says_which_code(request: Request, said: list[str]) -> bool:
    """Whether "how many bits are needed if a code for $q$ is used" is said again by the request, "i.e. what is $H(p, q)$"."""
    again = said[-1] in _AGAIN and said[:2] == ["how", "many"] and not {"code", "codes"}.isdisjoint(said)
    names = all(could_be_name(tree) for token in request.before if isinstance(token, Math) for tree in statements(token))
    asked = any(isinstance(token, Math) and notations_of(token) for token in request.tokens)
    changes = not (_ALTERING - _USING).isdisjoint(said) or said.count("if") > 1
    return again and names and asked and not changes


def common_names(sentences: Iterable[Sentence]) -> tuple[tuple[Tree, int], ...]:
    """The names that formulas outside of parts define, each with its place."""
    every = (token for each in sentences if each.place.part is None for token in each.tokens)
    formulas = [token for token in every if isinstance(token, Math) and not token.illustration and look(token) == "definition"]
    return tuple((name, math.span.start) for math in formulas for name in _names(math))


def _names(math: Math) -> list[Tree]:
    """The names that a formula is or defines."""
    heads = (tree.sides[0] if isinstance(tree, Relation) else tree for tree in statements(math))
    return [key(head) for head in heads if could_be_name(head)]
