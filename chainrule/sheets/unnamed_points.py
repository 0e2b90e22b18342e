r"""Points that are given without the names of the arguments: "the gradient of $f$ at $(1, 2)$", "the derivative of $f$ at 3".

The arguments of the function say what the numbers are: the point becomes `x = 1, y = 2`. So does "at $x_0 = 3$" become `x = 3`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import words
from chainrule.sheets.notation import statements
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Juxtaposition,
    Number,
    Product,
    Quotient,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    walk,
)
from chainrule.typesetting import latex


@dataclass(frozen=True)
class Functions:
    """The arguments of each function that the text defines, and all names in its equations.

    one: the only one, where nothing else is computed.
    """

    arguments: Mapping[Tree, tuple[Tree, ...]]
    names: frozenset[Tree]
    one: Tree | None = None


NO_FUNCTIONS = Functions({}, frozenset())
_AROUND = words("the a given point points value values position location input guess iterate")
_ORIGIN = "origin"
_STARTING = words("starting beginning start begin starts initialised initialized")
_FROM = words("at from with")
_FIRST = words("initial starting")
_START = re.compile(
    r"(?<!\S)(?:at|for|in|with) (?:the|these|this|its|our) (?P<which>starting|initial|given|current|present|above) "
    r"(?:points?|values?|parameters?|parameter values|weights?|position|guess|setting)(?= [,.;]|$)"
)
_START_OF_STEPS = re.compile(
    r"(?<!\S)(?:(?:at|in) the (?:very )?(?:start|beginning|outset)(?: of (?:the )?(?:training|descent|steps|optimi[sz]ation))?"
    r"|at initiali[sz]ation|initially|(?:to|at) (?:begin|start) with"
    r"|before (?:any|the first|taking any|making any) (?:steps?|updates?|training|iterations?))(?= [,.;?]|$)"
)
_SENTENCE_ENDS = re.compile(r"[.?!](?:\s+|$)|\n\s*\n")
_GIVEN_THING = re.compile(
    r"(?<!\S)(?:with|for|under|using|on) (?:this|these|the given|the above|the stated) (?P<thing>[a-z-]+)$"
)
"""What a formula above gives, "with this mask"."""
_WHERE_STEPS_LEAD = ("current", "present")
_BEHIND = words(", . ; and using by with in as to , : for w.r.t. wrt respectively")


def find_functions(sentences: Iterable[Sentence]) -> Functions:
    """The functions that formulas define with names as arguments, `f(x, y) = ...`; none that is defined twice otherwise."""
    found: dict[Tree, tuple[Tree, ...]] = {}
    names: set[Tree] = set()
    computed: set[Tree] = set()
    for math in (token for sentence in sentences for token in sentence.tokens if isinstance(token, Math)):
        for tree in statements(math):
            if isinstance(tree, Relation) and not is_literal(tree.sides[-1]):
                names.update(key(part) for part in walk(tree) if could_be_name(part))
            head = tree.sides[0] if isinstance(tree, Relation) and tree.operators[0] in ("=", ":=") else None
            if head is not None and isinstance(tree, Relation) and not is_literal(tree.sides[-1]):
                computed.add(key(head) if could_be_name(head) else (head_of(head) or (head,))[0])
            if head is not None and (taken := head_of(head)) is not None and found.setdefault(taken[0], taken[1]) != taken[1]:
                found[taken[0]] = ()
    known = {name: arguments for name, arguments in found.items() if arguments}
    return Functions(known, frozenset(names), next(iter(known)) if len(known) == 1 and computed == set(known) else None)


def head_of(tree: Tree) -> tuple[Tree, tuple[Tree, ...]] | None:
    """The f and the x, y of `f(x, y)`."""
    match tree:
        case Juxtaposition(items=(name, Bracket(kind="(", items=items))) if all(map(could_be_name, (name, *items))):
            return key(name), tuple(map(key, items))
        case _:
            return None


def with_named_points(request: Request, functions: Functions) -> Request:
    """The request at a point with names; as it is where it has no other point, or nothing tells what its numbers are."""
    at = next((i for i, token in enumerate(request.tokens) if isinstance(token, Word) and token.text == "at"), None)
    if at is None or not functions.arguments:
        return request
    start = at + 1
    while start < len(request.tokens) and isinstance(token := request.tokens[start], Word) and token.text in _AROUND:
        start += 1
    arguments = _arguments(request.tokens[:at], functions)
    end = _end(request.tokens, start)
    point = _point(request.tokens[start:end], request, arguments, functions.names)
    if not point and _is_own(request.tokens[start:end], arguments):
        return replace(request, tokens=(*request.tokens[:at], *request.tokens[end:]))
    if not point or _goes_on(request.tokens[end:]):
        return request
    listed = tuple(token for token in request.tokens[start:end] if isinstance(token, Math))
    tokens = (*request.tokens[: at + 1], *point, *request.tokens[end:])
    return replace(request, tokens=tokens, points=point, listed=listed)


def with_named_start(sentence: Sentence, functions: Functions) -> tuple[Sentence, tuple[Role, ...]]:
    """The sentence with the names of the arguments at "starting from $(1, 2)$", where the text defines one function; and the
    formula that stood there.
    """
    said = [token.text if isinstance(token, Word) else "" for token in sentence.tokens]
    at = next((i for i in range(1, len(said)) if _starts_at(said, i)), None)
    known = set(functions.arguments.values())
    if at is None or len(known) != 1:
        return sentence, ()
    start = next((i for i in range(at + 1, len(said)) if said[i] not in _AROUND), len(said))
    end = _end(sentence.tokens, start)
    written = sentence.tokens[start:end]
    request = Request("", sentence.tokens, (), sentence.place, sentence.tokens)
    point = _point(written, request, known.pop(), functions.names)
    listed = tuple(Role("listed", token) for token in written if isinstance(token, Math))
    tokens = (*sentence.tokens[:start], *point, *sentence.tokens[end:])
    return (replace(sentence, tokens=tokens), listed) if point else (sentence, ())


def _starts_at(said: Sequence[str], index: int) -> bool:
    """Whether a point begins behind this word, "starting with", "from", "the initial point"."""
    word, before = said[index], said[index - 1]
    return (word in _FROM and before in _STARTING) or word == "from" or (before in _FIRST and word in _AROUND)


def without_start(request: Request, given: Set[Tree], before: Sequence[Task]) -> Request:
    """The request without "at the starting point", where the values of the text are those of that point.

    given: the names that have a number; with an `x_0` among them it is that one. before: the tasks before it;
    steps among them lead elsewhere.
    """
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in request.tokens)
    found = _START.search(said)
    moved = any(task.form in ("descent", "unknown") for task in before)
    if found is not None and moved and found["which"] in _WHERE_STEPS_LEAD:
        return request
    found = found or _START_OF_STEPS.search(said) or _given_thing(request, said, moved)
    if found is None:
        return request
    if any(isinstance(name, Subscript) and name.items == (Number(Fraction(0)),) for name in given):
        return request
    first = said[: found.start()].count(" ")
    tokens = request.tokens[:first] + request.tokens[first + len(found[0].split()) :]
    return replace(request, tokens=tokens) if tokens else request


def _given_thing(request: Request, said: str, moved: bool) -> re.Match[str] | None:
    """ "with this mask" where a sentence of the text before says in a formula what the mask is."""
    found = _GIVEN_THING.search(said)
    if found is None or moved or not is_descriptive(found["thing"]):
        return None
    above = _SENTENCE_ENDS.split(request.span.source.text[: request.span.start].lower())
    thing = re.compile(rf"\b{re.escape(found['thing'])}\b")
    return found if any("=" in each and thing.search(each) for each in above) else None


def _arguments(tokens: Tokens, functions: Functions) -> tuple[Tree, ...]:
    """Those of the one function that the formulas before a point are of; where none stand there, of the only one there is."""
    if not any(isinstance(token, Math) for token in tokens):
        only = set(functions.arguments.values())
        return only.pop() if len(only) == 1 and len(functions.arguments) == 1 else ()
    trees = [tree for token in tokens if isinstance(token, Math) for tree in statements(token)]
    named = {key(part) for tree in trees for part in walk(tree) if could_be_name(part)}
    found = {arguments for name, arguments in functions.arguments.items() if name in named}
    return found.pop() if len(found) == 1 else ()


def _end(tokens: Tokens, start: int) -> int:
    """Where the numbers of a point end that begin here; the start where none stand there."""
    if start >= len(tokens):
        return start
    first = tokens[start]
    end = start + 1
    if isinstance(first, Word) and first.text == "(":
        closing = (i for i in range(start, len(tokens)) if isinstance(token := tokens[i], Word) and token.text == ")")
        end = next(closing, start) + 1
    elif isinstance(first, Word) and first.text in ("-", "−"):
        end = start + 2
    if end < len(tokens) and isinstance(behind := tokens[end], Word) and behind.text not in _BEHIND:
        return start
    return end


def _point(tokens: Tokens, request: Request, arguments: Sequence[Tree], others: Set[Tree]) -> tuple[Math, ...]:
    """The equations of a point; none where the numbers are not those of the arguments. others: names that equations are of."""
    if not tokens or not arguments:
        return ()
    if len(arguments) > 1 and [token.text for token in tokens if isinstance(token, Word)] == [_ORIGIN]:
        names, zeros = ", ".join(map(latex, arguments)), ", ".join("0" for _ in arguments)
        return (Math(span_of(tokens), request.place, False, name=f"({names}) = ({zeros})"),)
    values = _values(tokens, request, arguments, others)
    equal = zip(arguments, values, strict=True) if len(values) == len(arguments) else ()
    return tuple(replace(value, name=f"{latex(name)} = {value.text}") for name, value in equal)


def _goes_on(behind: Tokens) -> bool:
    """Whether a list of letters goes on behind a point, "at $u$ and $v$", which is none of one point."""
    match behind:
        case (Word(text="and" | ","), Math() as math, *_):
            found = statements(math)
            return len(found) == 1 and could_be_name(found[0])
        case _:
            return False


def _is_own(tokens: Tokens, arguments: Sequence[Tree]) -> bool:
    """Whether a point is the argument itself, by its letter, which says nothing more."""
    found = [tree for token in tokens if isinstance(token, Math) for tree in statements(token)]
    return len(tokens) == len(found) == 1 and could_be_name(found[0]) and key(found[0]) in arguments


def _is_point(tree: Tree, arguments: Sequence[Tree], others: Set[Tree]) -> bool:
    """Whether a name that is given a value is one of the argument, `x_0`, or that of a point which no equation is of."""
    entry = isinstance(tree, Subscript) and arguments == (key(tree.base),)
    return entry or (_is_another(tree, arguments) and key(tree) not in others)


def _is_another(tree: Tree, arguments: Sequence[Tree]) -> bool:
    """Whether a tree is a name, and not that of the one argument: the q of "the gradient of $F$ at $q$"."""
    name = tree.base if isinstance(tree, Subscript) and not could_be_name(tree) else tree
    return len(arguments) == 1 and could_be_name(name) and key(name) not in arguments


def _is_made_of_others(tree: Tree, arguments: Sequence[Tree]) -> bool:
    """Whether a tree is computed from names, and not from the one argument: the a + 1 of "the derivative of $f$ at $a + 1$"."""
    if len(arguments) != 1 or not isinstance(tree, Sum | Juxtaposition | Product | Quotient | Superscript | Call):
        return False
    return arguments[0] not in {key(part) for part in walk(tree) if could_be_name(part)} and not is_literal(tree)


def _values(tokens: Tokens, request: Request, arguments: Sequence[Tree], others: Set[Tree]) -> list[Math]:
    """The numbers, one for each argument; the whole list for one argument that is a vector."""
    span, first = span_of(tokens), tokens[0]
    whole = first if isinstance(first, Math) and len(tokens) == 1 else Math(span, request.place, False, plain=True)
    found = statements(whole)
    if whole.illustration or len(found) != 1:
        return []
    match found[0]:
        case Relation(operators=("=",), sides=(name, value)) if value.span and _is_point(name, arguments, others):
            return [replace(whole, span=value.span)] if is_literal(value) else []
        case tree if whole is first and (_is_another(tree, arguments) or _is_made_of_others(tree, arguments)):
            return [whole]
        case tree if not is_literal(tree):
            return []
        case Bracket(kind="(", items=items) if len(arguments) == len(items) > 1:
            return [replace(whole, span=item.span) for item in items if item.span is not None]
        case tree if len(arguments) == 1 and not isinstance(tree, Relation):
            return [whole] if not isinstance(tree, Bracket) or len(tree.items) > 1 else []
        case _:
            return []
