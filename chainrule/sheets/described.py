r"""Formulas whose words only describe them: "the new cell state $c_t$", "the matrix of attention weights $A$ of this head".

A name that an equation of the text computes says by itself what is asked, and so does a derivative in symbols. Words beside it
can make another thing of it only as `operative_words` tells; a preposition before it makes it a part of something else, unless
what stands before that holds what it names.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import CONTEXT, DERIVATIVE_NOUNS, FIND, words
from chainrule.sheets.notation import look, statements
from chainrule.sheets.operative_words import CALLING, is_descriptive
from chainrule.sheets.quantity_words import mentions_quantity, notations_of
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.shown_words import words_of
from chainrule.syntax.tree import Bracket, Relation, Tree

_VERBS = FIND - {"differentiate"} | words("predict")
_PLAIN = words("the a an this that these those its their our your is are value values numerical both")
_PREPOSITIONS = words("of for in on from to between within inside over across behind")
_PLACED = words("for in on over across within inside")
_DEFINITE = words("the this that these those its their our your")
"""Behind such a preposition a word without one of these is a unit, a mode or any case: "in joules", "for large weights"."""
_SEPARATING = words(", and or & : i.e. ( ) - – —")
_GETTING = (["get"], ["obtain"], ["find"], ["compute"])
_AUXILIARIES = words("does do")
_PASSIVE = words("is are")
_HOLDING = words("matrix vector array tensor value values output outputs state pair tuple")
"""Behind "of" stands what such a thing holds, and a name behind that is its own: "the matrix of attention weights $A$"."""
AFRESH = words("new")
"""What a step of a recurrence makes is new; so is what a step of descent makes of a name that it has before."""
_LONGEST = 6


@dataclass(frozen=True)
class Given:
    """The names that the equations of a text give a number or a list of numbers, and those that they compute from others."""

    numbers: Set[Tree] = frozenset()
    computed: Set[Tree] = frozenset()


def find_given(sentences: Iterable[Sentence]) -> Given:
    maths = (token for sentence in sentences for token in sentence.tokens if isinstance(token, Math))
    equations = [tree for math in maths for tree in statements(math) if isinstance(tree, Relation)]
    return Given(
        frozenset(key(tree.sides[0]) for tree in equations if is_literal(tree.sides[-1])),
        frozenset(key(tree.sides[0]) for tree in equations if _computes(tree)),
    )


def _computes(tree: Relation) -> bool:
    defines = set(tree.operators) <= {"=", ":="} and could_be_name(tree.sides[0])
    return defines and not any(is_literal(side) or could_be_name(side) for side in tree.sides[1:])


def with_formulas_alone(request: Request, computed: Set[Tree], *, afresh: bool) -> Request | None:
    """The request for its formulas and for which values; None where its words may say more.

    computed: the names that equations compute. afresh: no step of descent stands before it.
    """
    request = _without_getting(request)
    end = next((i for i in range(len(request.tokens)) if _gives_values(request.tokens, i)), len(request.tokens))
    asked = request.tokens[:end]
    formulas = [token for token in asked if isinstance(token, Math)]
    if request.verb not in _VERBS or not formulas or not all(_is_complete(math, computed) for math in formulas):
        return None
    if mentions_quantity(asked) or not _only_described(asked, afresh):
        return None
    lead = (Word("is", formulas[0].span),) if request.verb == "what" else ()
    joined = [part for math in formulas for part in (Word("and", math.span), math)][1:]
    tokens: Tokens = (*lead, *joined, *request.tokens[end:])
    return None if tokens == request.tokens else replace(request, tokens=tokens)


def _without_getting(request: Request) -> Request:
    """The question without "do you get for" before its formulas."""
    said = [token.text if isinstance(token, Word) else "$" for token in request.tokens]
    if (
        request.verb != "what"
        or said[:2] not in (["do", "you"], ["do", "we"])
        or said[2:3] not in _GETTING
        or said[3:4] != ["for"]
    ):
        return request
    again = {i for i in range(4, len(said)) if said[i] == "for" and said[i - 1] in _SEPARATING and said[i + 1 : i + 2] == ["$"]}
    return replace(request, tokens=tuple(token for i, token in enumerate(request.tokens) if i > 3 and i not in again))


def _gives_values(tokens: Tokens, index: int) -> bool:
    """Whether what follows says for which values: "for $x = 2$", "at the point $(1, 2)$"."""
    word = tokens[index]
    return isinstance(word, Word) and word.text in CONTEXT and any(isinstance(token, Math) for token in tokens[index:])


def _is_complete(math: Math, computed: Set[Tree]) -> bool:
    """Whether a formula says all of what is asked."""
    if math.illustration:
        return False
    found = statements(math)
    named = bool(found) and all(could_be_name(tree) and key(tree) in computed for tree in found)
    return look(math) == "derivatives" or named or _defines(math) or _is_expression(math)


def _is_expression(math: Math) -> bool:
    """Whether a formula is made of names and says all that is asked, `f'(w_0)`; quantities of information have words."""
    found = statements(math)
    other = look(math) == "other" and bool(found) and not notations_of(math)
    return other and not any(isinstance(tree, Relation | Bracket) or could_be_name(tree) or is_literal(tree) for tree in found)


def _shown_by(math: Math) -> frozenset[str]:
    """The words for an expression that it says itself, "the residual vector $X w - y$"."""
    return words_of(statements(math)[0]) if _is_expression(math) else frozenset()


def _defines(math: Math) -> bool:
    """Whether a formula says what it is that it names, `w_1 = w_0 - g`."""
    found = statements(math)
    return len(found) == 1 and isinstance(found[0], Relation) and _computes(found[0])


def _only_described(tokens: Tokens, afresh: bool) -> bool:
    """Whether each word before, between and behind the formulas describes one of them."""
    formulas = [token for token in tokens if isinstance(token, Math)]
    free = (AFRESH if afresh else frozenset[str]()) | (
        DERIVATIVE_NOUNS if all(look(math) == "derivatives" for math in formulas) else frozenset[str]()
    )
    start = 0
    for index, token in enumerate(tokens):
        if isinstance(token, Math):
            own = free | (CALLING - DERIVATIVE_NOUNS if _defines(token) else _shown_by(token))
            if not _names(_said(tokens[start:index]), own, first=start == 0):
                return False
            start = index + 1
    return all(_is_about(part) or (i > 0 and _is_name(part, free)) for i, part in enumerate(_parts(_said(tokens[start:]))))


def _said(tokens: Tokens) -> list[str]:
    return [token.text for token in tokens if isinstance(token, Word)]


def _parts(said: Sequence[str]) -> list[list[str]]:
    """The words between commas and "and"."""
    found: list[list[str]] = [[]]
    for word in said:
        if word in _SEPARATING:
            found.append([])
        else:
            found[-1].append(word)
    return found


def _names(said: Sequence[str], free: Set[str], *, first: bool) -> bool:
    """Whether the words before a formula call it something, "the score $s$", "the score of the unit, $s$", behind what is said
    of the one before it.
    """
    *others, last = _parts(said)
    for index, part in enumerate(others):
        if not (_is_about(part) or ((first or index > 0) and _is_name(part, free))):
            return False
    if last[-2:] in (["value", "of"], ["values", "of"]):
        last = last[:-2]
    if "of" in last:
        held = last.index("of")
        if last[held - 1 : held] == [] or last[held - 1] not in _HOLDING or held + 1 == len(last):
            return False
        last = [*last[:held], *last[held + 1 :]]
    return _PREPOSITIONS.isdisjoint(last) and _is_name(last, free - DERIVATIVE_NOUNS)


def _is_name(part: Sequence[str], free: Set[str]) -> bool:
    """Whether words can but call something what a formula is."""
    nouns = [word for word in part if word not in _PREPOSITIONS | _PLAIN | free]
    return len(nouns) <= _LONGEST and all(map(is_descriptive, nouns))


def _is_about(part: Sequence[str]) -> bool:
    """Whether words behind a formula say what it is about: nothing, "of the cell in this layer", "does the model incur", "is
    predicted by the model".
    """
    if not part:
        return True
    nouns = [word for word in part[part[0] in _AUXILIARIES :] if word not in _PREPOSITIONS | _PLAIN]
    leads = part[0] in _PREPOSITIONS | _AUXILIARIES and all(b in _DEFINITE for a, b in pairwise(part) if a in _PLACED)
    return leads and bool(nouns) and len(nouns) <= _LONGEST and all(map(is_descriptive, nouns))
