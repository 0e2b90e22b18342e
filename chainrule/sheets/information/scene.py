"""Words of the scene behind a quantity that change nothing: "the cross-entropy loss of this example", "the mutual information
between the two colours in this case".

The sample that a label and a prediction are of, and the two things that the only two random variables are of, can mean nothing
else than these. A noun of several samples, or one of a whole that has parts, is none of them.
"""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.symbols import key
from chainrule.probability.quantities import Quantity
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import CONTEXT, words
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.variable_nouns import with_variables
from chainrule.sheets.notation import trees
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import Named, Piece, notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Place, Task
from chainrule.sheets.units import unit_at
from chainrule.syntax.tree import Tree
from chainrule.typesetting import latex

_LINKS = words("of for on at in")
_ONE = words("this that the our a an single one given training test")
_SAMPLES = words("example sample instance observation item input case datum point data")
_SEVERAL = words(
    "batch batches dataset corpus text document sequence sentence epoch models code distribution distributions classes class"
    " label labels layer teacher student source predictions letter word symbol token pixel pixels game match week month day"
    " images examples samples instances cases patients documents texts sentences networks classifiers"
)
"""What is measured of one of these may be that of several samples, or of another thing."""
_CASES = (
    *((lead, that, noun) for lead in ("in", "for") for that in ("this", "that") for noun in ("case", "situation", "setting")),
    ("in", "this", "example"),
    ("in", "this", "scenario"),
)
_LEADS = _LINKS | words("does")
_SEEING = words("seeing observing knowing learning reading taking performing doing running making")
_LOOKS = words("any result results outcome outcomes of value")
_KNOWING = words(
    "is are was were has have been we you one know knows known see seen observe observed learn learned learnt told"
)
_TESTS = words("test observation measurement examination experiment exam look")
_DONE = words("smoothing change update transformation coding encoding rounding merging training")
"""Before one of these a variable may have another distribution than later."""
_LABELS = words("label labels target targets")
_HARD = words("hard one-hot unsmoothed original")
_SOFT = words("soft smoothed softened smooth")
_TWO = words("the two both these those random discrete variable variables")
_ARTICLES = words("the its a an")
_SIDES = (("input", "output"), ("output", "input"))
_ENDS = words(", . ; : ? ( )")
_SYMMETRIC = ("mutual_information", "joint_entropy")


def without_scene(request: Request, known: Distributions) -> Request | None:
    """The request without such words; None where it has none, or they may change what is asked."""
    plain = _without_case(_without_before(request.tokens, known))
    tokens = with_variables(_without_kinds(plain, known), known.nouns, request.place)
    pieces = pieces_of(tokens)
    named = _quantities(pieces)
    made = None
    if len(named) == 1:
        (at, found), row = named[0], named[0][1].quantity
        start, end = _phrase(pieces, at + found.length)
        said = [piece.text for piece in pieces[start:end]]
        if row.name in _SYMMETRIC and said[:1] in (["between"], ["of"]):
            if (pair := _named_pair(pieces, start, known)) > end:
                end = pair
            made = _of_variables(replace(request, tokens=tokens), pieces, (start, end), known)
        elif row.distributions == 2 and not row.joint and said[:1] and said[0] in _LEADS and _is_sample(said[1:], known):
            made = _cut(tokens, pieces, start, end)
    tokens = made or tokens
    return None if tokens == request.tokens else replace(request, tokens=tokens)


def _quantities(pieces: Sequence[Piece]) -> list[tuple[int, Named]]:
    """The quantities that words name, each with its place."""
    found: list[tuple[int, Named]] = []
    index = 0
    while index < len(pieces):
        if (named := quantity_at(pieces, index)) is not None:
            found.append((index, named))
        index += named.length if named is not None else 1
    return found


def _without_case(tokens: Tokens) -> Tokens:
    """Without "in this case" at the end or before a unit."""
    said = [token.text if isinstance(token, Word) else "$" for token in tokens]
    for index in range(1, len(said) - 2):
        if tuple(said[index : index + 3]) in _CASES:
            return (*tokens[:index], *tokens[index + 3 :])
    return tokens


def with_owner(request: Request, known: Distributions) -> Request:
    """ "The entropy of the teacher" for "the teacher's own entropy", where one of several distributions is the teacher's."""
    tokens = request.tokens
    for index, token in enumerate(tokens):
        owner = token.text.removesuffix("'s").removesuffix("’s") if isinstance(token, Word) else ""
        behind = tokens[index + 1 :]
        behind = behind[1:] if behind and isinstance(behind[0], Word) and behind[0].text == "own" else behind
        named = quantity_at(pieces_of(behind), 0) if owner and isinstance(token, Word) and owner != token.text else None
        if named is None or named.quantity.distributions != 1 or not known.named_by([owner]):
            continue
        end = pieces_of(behind)[named.length - 1].index + 1
        of = (Word("of", token.span), Word("the", token.span), replace(token, text=owner))
        return replace(request, tokens=(*tokens[:index], *behind[:end], *of, *behind[end:]))
    return request


def _without_before(tokens: Tokens, known: Distributions) -> Tokens:
    """Without "before the test" behind the entropy of one of several variables: nothing is known of the others then."""
    pieces = pieces_of(tokens)
    at = next((i for i, piece in enumerate(pieces) if piece.text == "before" and i > 1), len(pieces))
    end = at + 1
    while end < len(pieces) and not _ends(pieces, end, at):
        end += 1
    end += end < len(pieces) and pieces[end].math is not None and pieces[end - 1].text in _SEEING
    said = [piece.text for piece in pieces[at + 1 : end] if piece.math is None]
    last = at - 1
    while last > 0 and pieces[last].math is None and pieces[last].text in (",", "in", "bits", "nats"):
        last -= 1
    of = pieces[last].math if at < len(pieces) else None
    named = [row.quantity.name for i in range(min(at, len(pieces))) if (row := quantity_at(pieces, i)) is not None]
    variable = of is not None and any(key(tree) in known.variables for tree in trees(of)) and len(known.variables) > 1
    nouns = [word for word in said if word not in _ONE | _SEEING | _LOOKS | _KNOWING]
    seen = not said or said[0] in _SEEING | {"the", "any", "a", "this", "we", "you", "one"}
    if named != ["entropy"] or not variable or not seen or not all(word in _TESTS or known.was_said(word) for word in nouns):
        return tokens
    return (*tokens[: pieces[at].index], *tokens[pieces[end - 1].index + 1 :]) if _DONE.isdisjoint(nouns) else tokens


def _without_kinds(tokens: Tokens, known: Distributions) -> Tokens:
    """Without "with the hard label" behind a quantity in symbols whose first distribution is one, as the text has it."""
    said = [token.text if isinstance(token, Word) else "$" for token in tokens]
    index = 1
    while index + 3 < len(said):
        math, adjective = tokens[index - 1], said[index + 2]
        plain = said[index] in ("with", "for", "using") and said[index + 1] in ("the", "a") and said[index + 3] in _LABELS
        notations = notations_of(math) if isinstance(math, Math) else []
        told = adjective in _HARD or any(_is_one_hot(each.name, known) for each in known.known)
        plain = plain and told and adjective in _HARD | _SOFT and said[index + 4 : index + 5] != ["$"]
        if plain and len(notations) == 1 and _is_one_hot(notations[0].arguments[0], known) == (adjective in _HARD):
            tokens = (*tokens[:index], *tokens[index + 4 :])
            said = [*said[:index], *said[index + 4 :]]
        index += 1
    return tokens


def _is_one_hot(name: Tree, known: Distributions) -> bool:
    entries = next((each.entries for each in known.known if each.name == key(name)), ())
    return bool(entries) and all(entry.text.strip() in ("0", "1", "0.0", "1.0") for entry in entries)


def _phrase(pieces: Sequence[Piece], start: int) -> tuple[int, int]:
    """From the word that joins to the quantity what it is of, to where that ends; nothing where a formula stands in it."""
    end = start
    while end < len(pieces) and not _ends(pieces, end, start):
        end += 1
    return (start, end) if end == len(pieces) or pieces[end].math is None else (start, start)


def _ends(pieces: Sequence[Piece], index: int, start: int) -> bool:
    stops = CONTEXT | {",", ";", ":", "(", ")", "[", "?", ".", "and", "or"}
    return pieces[index].math is not None or (
        index > start and (pieces[index].text in stops or unit_at(pieces, index) is not None)
    )


def _is_sample(said: Sequence[str], known: Distributions) -> bool:
    """Whether the words are the one sample that the only label and prediction are of."""
    nouns = [word for word in said if word not in _ONE | _LINKS | {"-"}]
    if len(known.pair()) != 2 or known.batch is not None or known.turns is not None or not nouns:
        return False
    general = _SAMPLES.issuperset(nouns)
    parts = any(known.was_said(part) for part in ("pixel", "patch", "frame", "each", "every", "position"))
    return general or (not parts and _SEVERAL.isdisjoint(nouns) and all(map(is_descriptive, nouns)))


def variables_of(task: Task, quantity: Quantity, known: Distributions) -> tuple[Math, ...]:
    """The only two random variables that there are, for what is the same in both orders, "the mutual information"."""
    names = only_two(known) if quantity.name in _SYMMETRIC else []
    return tuple(Math(task.span, Place(task.part, 0), False, name=name) for name in names)


def only_two(known: Distributions) -> list[str]:
    """The only two random variables, x as X where letters in brackets are their values; [] where there are others."""
    letters = sorted({text.upper() if len(text := latex(name)) == 1 else text for name in known.variables})
    return letters if len(letters) == 2 else []


def _of_variables(request: Request, pieces: Sequence[Piece], at: tuple[int, int], known: Distributions) -> Tokens | None:
    """With the only two random variables in the place of "the two colours"."""
    (start, end), tokens, place = at, request.tokens, request.place
    said = [piece.text for piece in pieces[start + 1 : end]]
    rest = [word for word in said if word not in _TWO]
    two = not {"two", "both", "variables"}.isdisjoint(said)
    plain = len(rest) <= 1 and all(word.isalpha() and word.endswith("s") and known.was_said(word) for word in rest)
    both = only_two(known)
    if not ((two and plain) or "and" in said) or not both:
        return None
    span = tokens[pieces[start + 1].index].span.to(tokens[pieces[end - 1].index].span)
    one, other = both
    names = (Math(span, place, False, name=one), Word("and", span), Math(span, place, False, name=other))
    return (*tokens[: pieces[start + 1].index], *names, *tokens[pieces[end - 1].index + 1 :])


def _named_pair(pieces: Sequence[Piece], start: int, known: Distributions) -> int:
    """Where "between the input and the output" ends: the two nouns of which a sentence says that it gives the joint
    distribution, or what goes in and what comes out; else `start`.
    """
    nouns: list[str] = []
    index = start + 1
    while index < len(pieces) and (pieces[index].text in _ARTICLES | {"and"} or pieces[index].text.isalpha()):
        word = pieces[index].text
        if (word == "and" and len(nouns) != 1) or len(nouns) == 2:
            break
        nouns += [word] if word not in _ARTICLES | {"and"} else []
        index += 1
        if len(nouns) == 1 and index < len(pieces) and pieces[index].text != "and" and nouns[0] == word:
            return start
    ends = index == len(pieces) or pieces[index].text in _ENDS or unit_at(pieces, index) is not None
    joint = any("joint" in said and said.issuperset(nouns) for _, said, _ in known.spoken)
    sides = tuple(nouns) in _SIDES and all(map(known.was_said, nouns))
    return index if len(set(nouns)) == 2 and ends and not known.nouns and (joint or sides) else start


def _cut(tokens: Tokens, pieces: Sequence[Piece], start: int, end: int) -> Tokens:
    return (*tokens[: pieces[start].index], *tokens[pieces[end - 1].index + 1 :])
