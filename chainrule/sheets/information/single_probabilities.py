r"""Distributions whose probabilities are given one by one, `p_1 = 0.5, p_2 = 0.5`, `\pi_{old}(a) = 0.5, \pi_{old}(b) = 0.5`."""

import re
from collections.abc import Sequence

from chainrule.inference.distributions.indexed_entries import singles_of
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.known import Known
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Relation, Subscript, Text, Tree
from chainrule.typesetting import latex

_OWN_EVENTS = words("fail fails failed succeed succeeds works breaks defective faulty coins hits misses wins survives detects")
"""With one of these each of several probabilities is that of an event of its own: "the switches fail with $p_1 = 0.2, ...$"."""


def of_singles(sentences: Sequence[Sentence], known: Sequence[Known], said: frozenset[str]) -> list[Known]:
    """The distributions whose probabilities are given by their index, `p_1 = 0.5, p_2 = 0.5`, or their outcome, and sum to 1.

    said: the words of the text.
    """
    if not _OWN_EVENTS.isdisjoint(said) or len({"heads", "tails"} & said) == 1:
        return []
    formulas = [token for each in sentences for token in each.tokens if isinstance(token, Math) and not token.illustration]
    groups = singles_of([tree for math in formulas for tree in statements(math)])
    names = {each.name for each in known}
    found = [each for each in _of_outcomes(sentences) if each.name not in names]
    for name, group in groups.items():
        values = [value for each in group if (value := number(each.value)) is not None]
        at = next((side.base.span for side in group[0].statement.sides if isinstance(side, Subscript)), None)
        place = next((math.place for math in formulas if at is not None and math.span.start <= at.start < math.span.end), None)
        if len(values) > 1 and sum(values) == 1 and name not in names and at is not None and place is not None:
            math = Math(at, place, display=False, name=latex(name))
            found.append(
                Known(
                    name,
                    math,
                    math.part,
                    defined=True,
                    parts=(math.part,),
                    end=group[-1].statement.span.end if group[-1].statement.span else at.end,
                )
            )
    return found


def _of_outcomes(sentences: Sequence[Sentence]) -> list[Known]:
    """Those of a letter that is no P, each with the words of its sentence and those below its name."""
    found: dict[Tree, list[tuple[Tree, Relation, Math, Sentence]]] = {}
    for sentence in sentences:
        for math in (token for token in sentence.tokens if isinstance(token, Math) and not token.illustration):
            for tree in statements(math):
                match tree:
                    case Relation(operators=("=",), sides=(Juxtaposition(items=(head, Bracket(items=(Name() | Text(),)))), _)):
                        found.setdefault(key(head), []).append((head, tree, math, sentence))
                    case _:
                        pass
    known: list[Known] = []
    for name, group in found.items():
        head, _, math, sentence = group[0]
        values = [value for _, tree, _, _ in group if (value := number(tree.sides[1])) is not None]
        if could_be_name(head) and head.span is not None and len(values) == len(group) > 1 and sum(values) == 1:
            place = Math(head.span, math.place, display=False, name=latex(head))
            said = words_below(name) | {token.text for token in sentence.tokens if isinstance(token, Word)}
            known.append(Known(name, place, math.part, defined=True, parts=(math.part,), said=said, end=sentence.span.end))
    return known


def words_below(name: Tree) -> frozenset[str]:
    r"""The words below a name, the "old" of `\pi_{old}`."""
    below = latex(name).partition("_")[2] if isinstance(name, Subscript) else ""
    spelled = re.sub(r"\\(?:text|mathrm|textrm|operatorname|mathit)\b|[\s{}]", "", below).lower()
    return frozenset((spelled,)) if spelled.isalpha() and len(spelled) > 2 else frozenset()
