r""" "It" for the formula that the text has just defined: "The loss is $\mathrm{FL}(p) = ...$. Evaluate it at $p = 0.9$." """

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request, find_requests, trimmed
from chainrule.sheets.forms import words
from chainrule.sheets.information.argument_formulas import defined_quantity
from chainrule.sheets.meant import thing_meant
from chainrule.sheets.notation import look, statements, trees
from chainrule.sheets.quantity_words import pieces_of
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math, Task
from chainrule.sheets.units import units_in, without_units
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree

_VERBS = words("evaluate compute calculate determine find")
_NOUNS = ("expression", "formula", "function")
_PHRASES = (("it",), ("this",), ("that",), *((article, noun) for article in ("this", "the") for noun in _NOUNS))
_CONDITIONS = [(word,) for word in ("at", "for", "with", "when", "where", "if")]
_RESULT = r"(?:result|expression|formula|answer|quantity|divergence|entropy|function|loss)"
_VALUE = re.compile(
    rf"(?:is |does |do |was )?(?:the |your )?(?:(?:numerical )?values? of (?:it|this|that|(?:this|the|that|your) {_RESULT})"
    rf"|its (?:numerical )?value|value (?:does|do|will) (?:it|this|that) (?:take|have|give|get|become)"
    rf"|(?:it|this|that) (?:give|equal|become|evaluate to|come to|amount to)"
    rf"|{_RESULT}(?: (?:from|in|of) (?:part )?(?:\( )?(?P<part>[a-z]|[ivx]+|\d)(?: \))?)?)"
    r"(?= numerically| at | for | when | if | with )"
)
r"""What asks for a value of what was asked before: "is its value for $p = 0.3$", "does this give at $p = 0.3$"."""
_STATED = re.compile(
    r"(?:(?:the|its|their|this|an?) [a-z '\-]*?|\$ )(?:is|equals|reads|are|is given by|is defined as|is defined by) (?::)? ?\$"
)
r"""What says of one thing by which formula it is found, "The redundancy is $\log_2 4 - H(P)$"."""
_MEASURED = re.compile(
    r"(?:(?: ,)?(?: (?:with|where) (?:\$|the entropy|the entropies|entropies)(?: (?:is|are))?(?: (?:measured|given|taken))?)?"
    r" in (?P<unit>bits|nats))?(?: , (?:where|with) \$ (?:is|are|denotes|being|the) [^$]*)?(?: [.,:;])?"
)
"""What may stand behind the formula."""
_BARE = ((), ("numerically",), ("here",), ("by", "hand"))
"""What may stand behind "it" beside a unit."""


@dataclass(frozen=True)
class Defined:
    """A formula that a sentence defines, `\\mathrm{FL}(p)`; alone: it is the only one of its sentence."""

    head: Span
    part: str | None
    alone: bool
    stated: bool = False
    """A sentence states it that says nothing else: only what asks right behind it, in the same part, means it."""
    name: str = ""
    """The left side of what it states, "" of a formula alone."""
    unit: tuple[Word | Math, ...] = ()
    """The words that say in which unit the quantities in it are."""
    words: tuple[Word | Math, ...] = ()
    """The words for it where it is no formula alone."""


def find_defined(sentences: Iterable[Sentence]) -> list[Defined]:
    """What sentences that ask nothing else of it define, in order of the text."""
    found: list[Defined] = []
    for sentence in sentences:
        asked = min((request.written[0].span.start for request in find_requests(sentence)), default=sentence.span.end)
        formulas = [t for t in sentence.tokens if isinstance(t, Math) and not t.illustration and t.span.start < asked]
        heads = [(math, head) for math in formulas for tree in statements(math) if (head := _head(tree)) is not None]
        found += [Defined(head, math.part, len(heads) == 1) for math, head in heads]
        found += [] if heads else _stated(sentence, asked)
    return found


def _stated(sentence: Sentence, asked: int) -> list[Defined]:
    r"""What a sentence says by a formula of something that it names, "The redundancy is $\log_2 4 - H(P)$"."""
    tokens = [token for token in sentence.tokens if token.span.start < asked]
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in tokens)
    match = _STATED.match(said)
    last = tokens[match.group().count(" ")] if match else None
    if not (isinstance(last, Math) and len(trees(last)) == 1) and (meant := thing_meant(sentence, tuple(tokens))):
        return [Defined(span_of(meant), sentence.place.part, alone=True, stated=True, words=meant)]
    if match is None or not isinstance(last, Math) or len(trees(last)) != 1:
        return []
    (tree,) = trees(last)
    others = [token for token in tokens if isinstance(token, Math) and token is not last and look(token) == "definition"]
    named = isinstance(tree, Relation) and tree.operators in (("=",), (":=",)) and could_be_name(tree.sides[0])
    head = tree.sides[0].span if isinstance(tree, Relation) and named else None
    unit = _MEASURED.fullmatch(said[match.end() :])
    if unit is None or not (named or look(last) == "other"):
        return []
    measured = trimmed(tuple(tokens))[-2:] if unit["unit"] else ()
    return [Defined(last.span, sentence.place.part, not others, True, head.text if head else "", measured)]


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
    made = _with_it(request, tasks)
    if made is not request and not any(isinstance(t, Word) and t.text in _NOUNS for t in request.tokens[:3]):
        return made  # a result asked for before is meant, and nothing that the text defines
    request = made
    said = tuple(token.text if isinstance(token, Word) else "$" for token in request.tokens)
    if (stated := _said_before(request, said, defined, tasks)) is not None:
        return stated
    if said[:1] in (("it",), ("this",)) and _may_mean_another(request, defined, tasks):
        return replace(request, tokens=(Word("whatever", request.span), *request.tokens))
    phrase = next((each for each in _PHRASES if said[: len(each)] == each and said[len(each) :][:1] in _CONDITIONS), None)
    if request.verb not in _VERBS or phrase is None:
        return request
    before = [
        each
        for each in defined
        if not each.stated and each.head.end <= request.span.start and each.part in (None, request.place.part)
    ]
    if not before or not before[-1].alone or any(task.part in (None, request.place.part) for task in tasks):
        return request
    head = before[-1].head
    asked = next((task for task in reversed(tasks) if task.span.start > head.start), None)
    if asked is not None and [math.text for math in asked.math("asked")] != [head.text]:
        return request  # what was asked for in the part before is meant
    behind = request.tokens[len(phrase) :]
    values = [token for token in behind if isinstance(token, Math) and look(token) == "definition"]
    points = tuple(math for math in values if not any(map(_head, statements(math))) and not defined_quantity(math))
    given = [key(tree.sides[0]) for math in points for tree in statements(math) if isinstance(tree, Relation)]
    points = points if len(set(given)) == len(given) else ()  # several points
    meant = Math(request.tokens[0].span, request.place, display=False, name=head.text)
    return replace(request, tokens=(meant, *behind), points=points)


def _may_mean_another(request: Request, defined: Sequence[Defined], tasks: Sequence[Task]) -> bool:
    """Whether a sentence between what was asked last and this request states something that "it" may mean."""
    last = max((task.span.start for task in tasks), default=-1)
    return any(each.stated and last < each.head.start and each.head.end <= request.span.start for each in defined)


def _with_it(request: Request, tasks: Sequence[Task]) -> Request:
    """ "Evaluate it for ..." in the place of "What is its value for ..." and its like; of the last part where it names one."""
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in request.tokens)
    match = _VALUE.match(said) if request.verb in _VERBS | {"what", "give", "state", "report"} else None
    last = next((task.part or "" for task in reversed(tasks)), "")
    if match is None or not tasks or (match["part"] and last.rpartition(".")[2] != match["part"]):
        return request
    if not all(_fits(noun, tasks[-1]) for noun in match.group().split()):
        return request
    rest = request.tokens[match.group().count(" ") + 1 :]
    verb = "evaluate" if request.verb in ("what", "give", "state", "report") else request.verb
    return replace(request, verb=verb, tokens=(Word("it", request.tokens[0].span), *rest))


def _fits(noun: str, task: Task) -> bool:
    """Whether what a task asks for can be called so: "the loss" is no derivative of it."""
    match noun:
        case "divergence" | "entropy":
            return task.form == "information"
        case "loss":
            return task.form == "information" or "loss" in task.named("asked")
        case "function":
            return task.form != "derivative"
        case _:
            return True


def _said_before(request: Request, said: Sequence[str], defined: Sequence[Defined], tasks: Sequence[Task]) -> Request | None:
    """The request with what the sentence before it states in the place of "it"; None where nothing stands there."""
    asks = request.verb in _VERBS or (request.verb == "what" and said[:1] == ("is",))
    behind = said[1 + (request.verb == "what") :]
    bare = said[len(said) - len(behind) - 1 : len(said) - len(behind)] in (("it",), ("this",), ("that",))
    before = [each for each in defined if each.head.end <= request.span.start]
    if not asks or not bare or not before or not before[-1].stated or not before[-1].alone:
        return None
    meant = before[-1].head
    between = any(task.span.start > meant.start for task in tasks)
    rest = request.tokens[len(said) - len(behind) :]
    left = tuple(token.text if isinstance(token, Word) else "$" for token in trimmed(without_units(rest)))
    if between or before[-1].part != request.place.part or (left not in _BARE and behind[:1] not in _CONDITIONS):
        return None
    if words := before[-1].words:
        return replace(request, verb="compute", tokens=(*(without_units(words) if units_in(pieces_of(rest)) else words), *rest))
    math = Math(meant, request.place, display=False, name=before[-1].name)
    return replace(request, verb="compute", tokens=(math, *rest, *(() if units_in(pieces_of(rest)) else before[-1].unit)))
