r"""Variables whose values are said with their probabilities: "$X = 1$ with probability $p$, $X = 0$ with probability $1 - p$".

They are brought into "$X$ is $1$ with probability ...". The equations are no values of the variable then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.refused import not_understood
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated
from chainrule.syntax.tree import Bracket, Relation, Tree
from chainrule.typesetting import latex

_CHANCES = words("probability probabilities chance")


@dataclass
class ValuedOutcomes:
    """sentences: with the values alone. said: the equations for each variable, by its name."""

    sentences: list[Sentence]
    said: dict[Tree, list[Math]] = field(default_factory=dict[Tree, list[Math]])

    def settle(self, stated: Sequence[Stated]) -> list[Stated]:
        """What is stated, taking the equations; of a variable whose distribution was not read that it was not."""
        found: list[Stated] = []
        left = dict(self.said)
        for each in stated:
            head = each.tree.sides[0] if isinstance(each.tree, Relation) else each.tree
            own = left.pop(key(head), [])
            found.append(replace(each, taken=(*each.taken, *own)))
        for name, maths in left.items():
            span = maths[0].span
            fault = not_understood(f"variable of {maths[0].text}", "with probability", span)
            found.append(Stated(replace(maths[0], name=latex(name)), replace(name, span=span), span, tuple(maths), fault=fault))
        return found


def with_values(sentences: Sequence[Sentence]) -> ValuedOutcomes:
    """The sentences with the values of variables in the place of equations that have a probability behind them."""
    found = ValuedOutcomes([])
    for sentence in sentences:
        tokens: list[Word | Math] = []
        named: Tree | None = None
        for index, token in enumerate(sentence.tokens):
            sides = _sides(token) if isinstance(token, Math) and _has_chance(sentence.tokens, index + 1) else None
            if sides is None or not isinstance(token, Math) or sides[0].span is None or sides[1].span is None:
                tokens.append(token)
                continue
            name, value = sides
            found.said.setdefault(key(name), []).append(token)
            if named is None or named != key(name):
                tokens += [replace(token, span=name.span), Word("is", token.span)]
            tokens.append(replace(token, span=value.span))
            named = key(name)
        found.sentences.append(replace(sentence, tokens=tuple(tokens)) if named is not None else sentence)
    return found


def _sides(math: Math) -> tuple[Tree, Tree] | None:
    r"""X and 1 of `X = 1`, X and the set of `X \in \{1, 2\}`."""
    match statements(math):
        case (Relation(operators=("=",), sides=(name, value)),) if could_be_name(name):
            return (name, value) if number(value) is not None or could_be_name(value) else None
        case (Relation(operators=("\\in" | "∈",), sides=(name, Bracket(kind="{") as value)),) if could_be_name(name):
            return name, value
        case _:
            return None


def _has_chance(tokens: Sequence[Word | Math], index: int) -> bool:
    """Whether "with probability" stands here."""
    said = [token.text for token in tokens[index : index + 5] if isinstance(token, Word)]
    said = said[1:] if said[:1] == ["("] else said
    return said[:1] == ["with"] and not _CHANCES.isdisjoint(said[1:4])
