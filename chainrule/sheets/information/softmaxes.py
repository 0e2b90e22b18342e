r"""Probabilities that words leave to the reader: those of "logits $z = (2, 1, 0)$" are $\mathrm{softmax}(z)$."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chainrule.errors import Diagnostic
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.given_lists import list_at
from chainrule.sheets.information.listing import placed
from chainrule.sheets.notation import statements
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import Piece, pieces_of, quantity_at
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math, Stated
from chainrule.syntax.tree import Bracket, Name, Relation, Tree, walk
from chainrule.typesetting import latex

_SCORES = words("logits logit scores score")
_BETWEEN = words("are is : = the of vector be given by as and has produces outputs")
_COUNTS = words("next two three four five six seven eight nine ten that which these raw predicted computed produced")
_LONGEST = 10
"""So many words may stand between "scores" and the formula: "the scores that come out for this picture are"."""
_FUNCTIONS = words(r"\ln \log \exp \sqrt ln log exp sqrt")
_OTHERWISE = words("sigmoid temperature temperatures hinge margin")
"""Where the text has one of these, scores may be used in another way."""
_PROBABILITIES = ("q", "p", "r", "q'", "p'", "r'")
_NAMES = ("z", "s", "v", "z'", "s'", "v'")


@dataclass(frozen=True)
class Softmax:
    """The sentences with names for the probabilities, what is stated, what is said of it, and how many entries there are."""

    sentences: tuple[Sentence, ...]
    stated: tuple[Stated, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    size: int = 0


@dataclass(frozen=True)
class _Scores:
    """Tokens [first, end) of a sentence are the scores: a formula with a name, else these numbers."""

    sentence: int
    first: int
    end: int
    values: tuple[str, ...]
    name: str = ""


def with_softmax(sentences: Sequence[Sentence], used: frozenset[str]) -> Softmax:
    """The probabilities that a text means which gives scores, asks for a cross-entropy or a softmax, and writes none itself."""
    found = list(_scores(sentences)) if _means_softmax(sentences) else []
    if len(found) != 1:
        return Softmax(tuple(sentences))
    (scores,) = found
    sentence = sentences[scores.sentence]
    inside = sentence.tokens[scores.first : scores.end]
    span = span_of(inside)
    name = scores.name or next(each for each in _NAMES if each not in used)
    made = next(each for each in _PROBABILITIES if each not in used)
    argument, result = (Math(span, sentence.place, False, name=each) for each in (name, made))
    stated = [Stated(argument, placed(f"{name} = ({', '.join(scores.values)})", span), span)] if not scores.name else []
    stated.append(Stated(result, placed(f"{made} = \\mathrm{{softmax}}({name})", span), span))
    before = inside if scores.name else (argument,)
    tokens = (*sentence.tokens[: scores.first], *before, Word("prediction", span), result, *sentence.tokens[scores.end :])
    kept = [replace(each, tokens=tokens) if each is sentence else each for each in sentences]
    message = f"the probabilities are the softmax of the scores {name}, called {made} here"
    note = Diagnostic("note", "named-distribution", message, span)
    return Softmax(tuple(kept), tuple(stated), (note,), len(scores.values))


def _means_softmax(sentences: Sequence[Sentence]) -> bool:
    said: set[str] = set()
    asked = False
    for each in sentences:
        pieces = pieces_of(each.tokens)
        said.update(piece.text for piece in pieces)
        if any(piece.math is not None and "softmax" in piece.math.text for piece in pieces):
            return False
        named = (quantity_at(pieces, index) for index in range(len(pieces)))
        asked = asked or any(found is not None and found.quantity.distributions == 2 for found in named)
    return (asked or "softmax" in said) and said.isdisjoint(_OTHERWISE)


def _scores(sentences: Sequence[Sentence]) -> Iterator[_Scores]:
    for place, sentence in enumerate(sentences):
        pieces = pieces_of(sentence.tokens)
        for index, piece in enumerate(pieces):
            here = _behind(pieces, index + 1) if piece.text in _SCORES else len(pieces)
            if here >= len(pieces):
                continue
            math = pieces[here].math
            if math is not None and (named := _named(math)) is not None:
                yield _Scores(place, pieces[here].index, pieces[here].index + 1, *named)
            elif listed := list_at(pieces, here):
                yield _Scores(place, pieces[here].index, pieces[listed[1] - 1].index + 1, tuple(listed[0]))


def _behind(pieces: Sequence[Piece], start: int) -> int:
    """Where the formula or the number begins to which words that only describe lead."""
    here = start
    while here < len(pieces) and pieces[here].math is None and here - start < _LONGEST:
        word = pieces[here].text
        word = "for" if word == "one" and pieces[here - 1].text == "for" else word  # "for one image"
        if word not in _BETWEEN | _COUNTS and not (is_descriptive(word) and word not in _SCORES):
            break
        here += 1
    return here


def _named(math: Math) -> tuple[tuple[str, ...], str] | None:
    """The entries and the name of `z = [2, 1, 0]`."""
    match statements(math):
        case (Relation(operators=("=",), sides=(name, Bracket(kind="(" | "[", items=items))),) if could_be_name(name):
            values = tuple(each.span.text for each in items if each.span is not None and _is_constant(each))
            whole = len(values) == len(items) > 1 and name.span is not None
            return (values, name.span.text) if whole and name.span is not None else None
        case _:
            return None


def _is_constant(tree: Tree) -> bool:
    r"""Whether an entry is a number, or made of one, `\ln 2`."""
    names = {part.text for part in walk(tree) if isinstance(part, Name)}
    return number(tree) is not None or (bool(names) and names <= _FUNCTIONS)


def scores_in(tokens: Sequence[Word | Math]) -> Iterator[str]:
    """The names behind "logits", "the logits are" and "the scores for this token are"."""
    pieces = pieces_of(tokens)
    for index, piece in enumerate(pieces):
        here = _behind(pieces, index + 1) if piece.text in _SCORES else len(pieces)
        math = pieces[here].math if here < len(pieces) else None
        for tree in statements(math) if math is not None else ():
            name = tree.sides[0] if isinstance(tree, Relation) else tree
            if could_be_name(name):
                yield latex(key(name))


def owners_of_scores(tokens: Sequence[Word | Math]) -> Iterator[tuple[str, str]]:
    """Whose logits formulas are: "the teacher has the logits $t = ...$ and the student $s = ...$"."""
    owner = before = ""
    logits = False
    for token in tokens:
        if isinstance(token, Word):
            plain = token.text.removesuffix("'s").removesuffix("’s")
            owner = plain if plain in _OWNERS and before not in _OWNERS else owner
            before = plain
            logits = logits or token.text in ("logits", "scores", "logit")
        elif logits and owner and len(found := statements(token)) == 1 and isinstance(found[0], Relation):
            yield owner, latex(key(found[0].sides[0]))
            owner = ""


_OWNERS = words("teacher student model network classifier policy")


def said_of_scores(sentences: Sequence[Sentence]) -> dict[Tree, frozenset[str]]:
    r"""Whose scores they are, for the names of the probabilities that are made of them, `p = \mathrm{softmax}(t / T)`."""
    owners = {name: owner for each in sentences for owner, name in owners_of_scores(each.tokens)}
    formulas = (token for each in sentences for token in each.tokens if isinstance(token, Math) and not token.illustration)
    softened = (math for math in formulas if "softmax" in math.text or "softmax" in math.name)
    equations = (tree for math in softened for tree in statements(math) if isinstance(tree, Relation) and len(tree.sides) == 2)
    made = [(key(tree.sides[0]), found) for tree in equations if (found := _OF_SCORES.match(latex(tree.sides[1])))]
    return {name: frozenset((owners[found[1]],)) for name, found in made if found[1] in owners}


_OF_SCORES = re.compile(r"\\(?:mathrm|operatorname)\{softmax\}\((\S+?)(?: / .+)?\)$")


def heated_again(sentence: Sentence, before: Sequence[Sentence]) -> Sentence:
    """ "And at temperature $T = 2$?" behind a question for probabilities at another one, with these probabilities."""
    match = _AGAIN.fullmatch(_spelled(sentence.tokens))
    asked = before[-1] if match is not None and before else None
    made = (
        next((token for token in asked.tokens if isinstance(token, Math) and token.name), None) if asked is not None else None
    )
    found = _DIVIDED.fullmatch(made.name) if made is not None else None
    said = [token.text for token in asked.tokens if isinstance(token, Word)] if asked is not None else []
    if match is None or made is None or found is None or not _ONLY_ASKING.issuperset(said):
        return sentence
    at = span_of(sentence.tokens[: match.group()[: match.start("t")].count(" ")])
    own = next((t for i, t in enumerate(sentence.tokens) if match["of"] == f"#{i}"), None)
    temperature = sentence.tokens[match.group()[: match.start("t")].count(" ")]
    if own is not None:
        kept = (own, Word("for", at), temperature)
    else:
        again = Math(at, sentence.place, display=False, name=f"\\mathrm{{softmax}}({found[1]})")
        kept = (again, Word("at", at), Word("temperature", at), temperature)
    return replace(sentence, tokens=(Word("what", at), Word("is", at), *kept, *sentence.tokens[-1:]))


_AGAIN = re.compile(
    r"(?:and|now)(?: what about)? (?:at|for|with) (?:a |the )?temperature (?:of )?(?P<t>#\d+|\d+(?:\.\d+)?)"
    r"(?: ,?(?: )?(?:i\.?e\.?|that is|namely) (?P<of>#\d+))?(?: \?)?"
)
_DIVIDED = re.compile(r"\\(?:mathrm|operatorname)\{softmax\}\((\S+) / \(.+\)\)")
_ONLY_ASKING = words("what is are compute find calculate determine give , . ? for with at")


def _spelled(tokens: Sequence[Word | Math]) -> str:
    return " ".join(f"#{i}" if isinstance(token, Math) else token.text for i, token in enumerate(tokens))
