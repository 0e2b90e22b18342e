r"""Formulas whose words only describe them: "the new cell state $c_t$", "the matrix of attention weights $A$ of this head".

A name that an equation of the text computes says by itself what is asked, and so does a derivative in symbols. Words beside it
can make another thing of it only as `operative_words` tells; a preposition before it makes it a part of something else, unless
what stands before that holds what it names.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import CONTEXT, FIND, words
from chainrule.sheets.notation import look, statements
from chainrule.sheets.operative_words import is_descriptive
from chainrule.sheets.quantity_words import mentions_quantity
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Task
from chainrule.syntax.tree import Relation, Tree

_VERBS = FIND - {"differentiate"} | words("predict")
_PLAIN = words("the a an this that these those its their our your is are value values numerical and or & , : ( ) - – — both")
_PREPOSITIONS = words("of for in on from to between within inside over across behind")
_AUXILIARIES = words("does do")
_HOLDING = words("matrix vector array tensor value values output outputs state pair tuple")
"""Behind "of" stands what such a thing holds, and a name behind that is its own: "the matrix of attention weights $A$"."""
_AFRESH = words("new")
"""What a step of a recurrence makes is new; so is what a step of descent makes of a name that it has before."""
_UPDATED = frozenset(("descent", "repeat"))
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


def with_formulas_alone(request: Request, computed: Set[Tree], before: Sequence[Task]) -> Request | None:
    """The request for its formulas and for which values; None where its words may say more.

    computed: the names that equations compute. before: the tasks that stand before it.
    """
    end = next((i for i in range(len(request.tokens)) if _gives_values(request.tokens, i)), len(request.tokens))
    asked = request.tokens[:end]
    formulas = [token for token in asked if isinstance(token, Math)]
    if request.verb not in _VERBS or not formulas or not all(_is_complete(math, computed) for math in formulas):
        return None
    afresh = not any(task.form in _UPDATED for task in before)
    if mentions_quantity(asked) or not _only_described(asked, afresh):
        return None
    lead = (Word("is", formulas[0].span),) if request.verb == "what" else ()
    joined = [part for math in formulas for part in (Word("and", math.span), math)][1:]
    tokens: Tokens = (*lead, *joined, *request.tokens[end:])
    return None if tokens == request.tokens else replace(request, tokens=tokens)


def _gives_values(tokens: Tokens, index: int) -> bool:
    """Whether what follows says for which values: "for $x = 2$", "at the point $(1, 2)$"."""
    word = tokens[index]
    return isinstance(word, Word) and word.text in CONTEXT and any(isinstance(token, Math) for token in tokens[index:])


def _is_complete(math: Math, computed: Set[Tree]) -> bool:
    """Whether a formula says all of what is asked."""
    if math.illustration:
        return False
    found = statements(math)
    return look(math) == "derivatives" or (bool(found) and all(could_be_name(tree) and key(tree) in computed for tree in found))


def _only_described(tokens: Tokens, afresh: bool) -> bool:
    """Whether each word before, between and behind the formulas describes one of them."""
    start = 0
    for index, token in enumerate(tokens):
        if isinstance(token, Math):
            if not _names(tokens[start:index], token, afresh):
                return False
            start = index + 1
    return _is_about(tokens[start:])


def _names(phrase: Tokens, math: Math, afresh: bool) -> bool:
    """Whether the words right before a formula call it something, behind what is said of the one before it."""
    said = [token.text for token in phrase if isinstance(token, Word)]
    parts = max((i for i, word in enumerate(said) if word in (",", "and", "or", ":")), default=-1) + 1
    if parts and not _is_about(phrase[: parts - 1]):
        return False
    if said[-2:] in (["value", "of"], ["values", "of"]):
        said = said[:-2]
    nouns = [word for word in said[parts:] if word not in _PLAIN]
    if "of" in nouns:
        held = nouns.index("of")
        if not nouns[held - 1 : held] or nouns[held - 1] not in _HOLDING or held + 1 == len(nouns):
            return False
        nouns = [word for i, word in enumerate(nouns) if i != held]
    plain = [word for word in nouns if not (afresh and word in _AFRESH)]
    return len(nouns) <= _LONGEST and all(map(is_descriptive, plain)) and _PREPOSITIONS.isdisjoint(nouns)


def _is_about(phrase: Tokens) -> bool:
    """Whether words behind a formula say what it is about: nothing, "of the cell in this layer", "does the model incur"."""
    said = [token.text for token in phrase if isinstance(token, Word) and token.text not in ("(", ")", ",", "–", "-")]
    if not said:
        return True
    nouns = [word for word in said[said[0] in _AUXILIARIES :] if word not in _PREPOSITIONS | _PLAIN]
    return (
        said[0] in _PREPOSITIONS | _AUXILIARIES and bool(nouns) and len(nouns) <= _LONGEST and all(map(is_descriptive, nouns))
    )
