r"""What is to be shown of a quantity that words name: "Show that the entropy of $X$ is $1 - \ln \lambda$", "Verify that the KL
divergence between $p$ and $q$ equals 0.25 bits". It is the claim of an equation, `H(X) = 1 - \ln \lambda`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import CLAIM
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.notation import look, trees
from chainrule.sheets.quantity_words import Piece, notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Relation

_SPELLED = {
    "entropy": "H({})",
    "perplexity": "PP({})",
    "kl": "D_{{KL}}({} \\parallel {})",
    "cross_entropy": "H({}, {})",
    "mutual_information": "I({}; {})",
    "conditional_entropy": "H({} \\mid {})",
    "joint_entropy": "H({}, {})",
    "jensen_shannon": "JSD({} \\parallel {})",
}
_LEAD = re.compile(
    r"^(?:indeed )?(?:(?:that|numerically that|directly that) )?(?:(?:the|its) )?(?:(?:differential|shannon|exact) )*"
)
_OF = re.compile(r"^(?:of|between|for)((?: (?:the|an?|random|variable|variables|distribution|distributions|each))* \$)"
                 r"(?: (?:and|from|relative to|given)(?: the)? \$)?")  # fmt: skip
_IS = re.compile(r"^(?:(?:is|are)(?: (?:equal to|given by|exactly|precisely|simply|indeed))*|equals|=|amounts to|comes to)$")
_NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?(?: / \d+)?")
_UNITS = {"bit": "bits", "bits": "bits", "nat": "nats", "nats": "nats"}


def with_said_value(request: Request, known: Distributions) -> Request:
    """The request with the equation that it claims; as it is where it claims anything else."""
    if request.verb not in CLAIM:
        return request
    tokens = tuple(token for token in request.tokens if not (isinstance(token, Word) and token.text == "."))
    pieces = pieces_of(tokens)
    unit = _UNITS.get(pieces[-1].text) if pieces else None
    measured = unit is not None and len(pieces) > 1 and pieces[-2].text != "in"
    rest = pieces[:-1] if measured else pieces
    equation = _equation(request, tokens, rest, known)
    if equation is None:
        return request
    span = span_of(tokens)
    behind = () if not measured else (Word("in", tokens[-1].span), Word(unit or "", tokens[-1].span))
    that = Word("that", tokens[0].span)
    return replace(request, tokens=(that, Math(span, request.place, display=False, name=equation), *behind))


def _equation(request: Request, tokens: Sequence[Word | Math], pieces: Sequence[Piece], known: Distributions) -> str | None:
    said = _said(pieces)
    start = _LEAD.match(said)
    at = len(start.group().split()) if start is not None else 0
    last = pieces[-1].math if pieces else None
    if at + 1 == len(pieces) and last is not None and look(last) == "definition" and len(pieces) < len(request.tokens):
        return last.text if _is_measured(last) else None  # "$H(p) = 1.75$ bits"
    verb = next((i for i in range(len(pieces) - 1, at, -1) if _is_verb(pieces, i)), None)
    first = None if verb is None else _first_of(pieces, verb)
    value = None if verb is None else _value(tokens, pieces[verb + 1 :])
    left = None if first is None else _left(pieces[at:first], said, known.for_request(request.place.part, request.span))
    return f"{left} = {value}" if left is not None and value is not None else None


def _is_verb(pieces: Sequence[Piece], index: int) -> bool:
    return pieces[index].math is None and pieces[index].text in ("is", "equals", "=", "to", "by", "exactly", "precisely")


def _first_of(pieces: Sequence[Piece], last: int) -> int | None:
    """Where the words for "is" begin that end there."""
    starts = (i for i in range(max(0, last - 3), last + 1) if _IS.match(_said(pieces[i : last + 1])))
    return next(starts, None)


def _left(pieces: Sequence[Piece], said: str, known: Distributions) -> str | None:
    """What the words before "is" name, as a formula."""
    if len(pieces) == 1 and pieces[0].math is not None:
        return pieces[0].math.text if len(notations_of(pieces[0].math)) == 1 and look(pieces[0].math) != "definition" else None
    named = quantity_at(pieces, 0)
    if named is None or named.quantity.name not in _SPELLED or named.order or named.binary:
        return None
    rest = pieces[named.length :]
    spelled = _SPELLED[named.quantity.name]
    formulas = [piece.math for piece in rest if piece.math is not None]
    if not rest and spelled.count("{}") == 1 and (single := known.single()):
        return spelled.format(single[0].text)
    if len(formulas) == 1 and len(rest) == 1 and len(notations_of(formulas[0])) == 1:
        return formulas[0].text if look(formulas[0]) != "definition" else None
    if not rest and named.quantity.name == "jensen_shannon" and len(pair := known.pair()) == 2:  # the order is all the same
        return spelled.format(*(math.text for math in pair))
    directed = named.quantity.name == "kl" and _said(rest) == "from $ to $"
    match = directed or _OF.fullmatch(_said(rest))
    names = [_name_of(math) for math in formulas]
    if not match or None in names or len(names) != spelled.count("{}"):
        return None
    return spelled.format(*names)


def _name_of(math: Math) -> str | None:
    """The name that a formula is, or that it defines, `X \\sim \\mathrm{Exp}(\\lambda)`."""
    found = trees(math)
    tree = found[0] if len(found) == 1 else None
    side = tree.sides[0] if isinstance(tree, Relation) else tree
    if side is None or not could_be_name(side):
        return None
    return math.text if side is tree else (side.span.text if side.span is not None else None)


def _value(tokens: Sequence[Word | Math], pieces: Sequence[Piece]) -> str | None:
    if len(pieces) == 1 and (math := pieces[0].math) is not None:
        return math.text if look(math) != "definition" and not math.plain else None
    if not pieces or any(piece.math is not None for piece in pieces) or not _NUMBER.fullmatch(_said(pieces)):
        return None
    return "".join(_said(pieces).split()).replace("−", "-")


def _is_measured(math: Math) -> bool:
    """Whether an equation says what one quantity is, `H(p) = 1.75`."""
    match trees(math):
        case (Relation(operators=("=",), sides=(left, _)),) if left.span is not None:
            return bool(notations_of(replace(math, name=left.span.text)))
        case _:
            return False


def _said(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text or "$" for piece in pieces)
