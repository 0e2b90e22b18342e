r""" "It" for the formula that the text has just defined: "The loss is $\mathrm{FL}(p) = ...$. Evaluate it at $p = 0.9$." """

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request, find_requests
from chainrule.sheets.forms import words
from chainrule.sheets.information.argument_formulas import defined_quantity
from chainrule.sheets.notation import look, statements
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Task
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree

_VERBS = words("evaluate compute calculate determine find")
_NOUNS = ("expression", "formula", "function")
_PHRASES = (("it",), ("this",), ("that",), *((article, noun) for article in ("this", "the") for noun in _NOUNS))
_CONDITIONS = [(word,) for word in ("at", "for", "with", "when", "where", "if")]


@dataclass(frozen=True)
class Defined:
    """A formula that a sentence defines, `\\mathrm{FL}(p)`; alone: it is the only one of its sentence."""

    head: Span
    part: str | None
    alone: bool


def find_defined(sentences: Iterable[Sentence]) -> list[Defined]:
    """What sentences that ask nothing else of it define, in order of the text."""
    found: list[Defined] = []
    for sentence in sentences:
        asked = min((request.written[0].span.start for request in find_requests(sentence)), default=sentence.span.end)
        formulas = [t for t in sentence.tokens if isinstance(t, Math) and not t.illustration and t.span.start < asked]
        heads = [(math, head) for math in formulas for tree in statements(math) if (head := _head(tree)) is not None]
        found += [Defined(head, math.part, len(heads) == 1) for math, head in heads]
    return found


def _head(tree: Tree) -> Span | None:
    """The left side of a definition of a function, `D_F(x, y) = ...`."""
    match tree:
        case Relation(operators=("=" | ":=",), sides=(Juxtaposition(items=(name, Bracket(kind="(", items=items))) as head, _)):
            named = could_be_name(name) and all(map(could_be_name, items))
            return head.span if named else None
        case _:
            return None


def with_meant(request: Request, defined: Sequence[Defined], tasks: Sequence[Task]) -> Request:
    """The request with the formula that "it" means; as it is where a result asked for before may be meant, or several formulas.

    What stands behind "at" holds for this request alone.
    """
    said = tuple(token.text if isinstance(token, Word) else "$" for token in request.tokens)
    phrase = next((each for each in _PHRASES if said[: len(each)] == each and said[len(each) :][:1] in _CONDITIONS), None)
    if request.verb not in _VERBS or phrase is None:
        return request
    before = [each for each in defined if each.head.end <= request.span.start and each.part in (None, request.place.part)]
    if not before or not before[-1].alone or any(task.part in (None, request.place.part) for task in tasks):
        return request
    head = before[-1].head
    behind = request.tokens[len(phrase) :]
    values = [token for token in behind if isinstance(token, Math) and look(token) == "definition"]
    points = tuple(math for math in values if not any(map(_head, statements(math))) and not defined_quantity(math))
    meant = Math(request.tokens[0].span, request.place, display=False, name=head.text)
    return replace(request, tokens=(meant, *behind), points=points)
