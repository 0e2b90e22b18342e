r"""Variables whose values are said with their probabilities: "$X = 1$ with probability $p$, $X = 0$ with probability $1 - p$".

They are brought into "$X$ is $1$ with probability ...". The equations are no values of the variable then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, is_probability, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.refused import not_understood
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated
from chainrule.syntax.tree import Bracket, Juxtaposition, Relation, Tree
from chainrule.typesetting import latex

_CHANCES = words("probability probabilities chance")
_VERBS = words("is equals follows")


@dataclass
class ValuedOutcomes:
    """sentences: with the values alone. said: the equations for each variable, by its name."""

    sentences: list[Sentence]
    said: dict[Tree, list[Math]] = field(default_factory=dict[Tree, list[Math]])
    mixed: list[Math] = field(default_factory=list[Math])
    """The names of what is one distribution or another one, "$M$ is $P$ with probability 0.8"."""

    def settle(self, stated: Sequence[Stated]) -> list[Stated]:
        """What is stated, taking the equations; of a variable whose distribution was not read that it was not."""
        found: list[Stated] = []
        left = dict(self.said)
        for each in stated:
            head = each.tree.sides[0] if isinstance(each.tree, Relation) else each.tree
            own = [] if _lists_values(each.tree) else left.pop(key(head), [])
            found.append(replace(each, taken=(*each.taken, *own)))
        for name, maths in left.items():
            span = maths[0].span
            fault = not_understood(f"variable of {maths[0].text}", "with probability", span)
            found.append(Stated(replace(maths[0], name=latex(name)), replace(name, span=span), span, tuple(maths), fault=fault))
        for math in self.mixed:
            fault = not_understood(f"variable {math.text}", "with probability", math.span)
            (head,) = trees(math)
            found.append(Stated(math, replace(head, span=math.span), math.span, fault=fault))
        return found


def with_values(sentences: Sequence[Sentence]) -> ValuedOutcomes:
    """The sentences with the values of variables in the place of equations that have a probability behind them."""
    found = ValuedOutcomes([])
    lists = _lists_in(sentences)
    for sentence in sentences:
        found.mixed += _mixed(sentence.tokens, lists)
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


def _lists_in(sentences: Sequence[Sentence]) -> frozenset[Tree]:
    """The names that are given as lists, or have a distribution by a formula."""
    every = (tree for each in sentences for token in each.tokens if isinstance(token, Math) for tree in statements(token))
    pairs = ((tree.operators[0], *tree.sides[:2]) for tree in every if isinstance(tree, Relation))
    return frozenset(
        key(head)
        for operator, head, body in pairs
        if could_be_name(head) and (isinstance(body, Bracket) or operator in ("\\sim", "~", "∼"))
    )


def _mixed(tokens: Sequence[Word | Math], lists: frozenset[Tree]) -> list[Math]:
    """M of "$M$ is $P$ with probability 0.8" where P is one of these."""
    found: list[Math] = []
    for first, verb, second, place in zip(tokens, tokens[1:], tokens[2:], range(3, len(tokens)), strict=False):
        if isinstance(first, Math) and isinstance(second, Math) and isinstance(verb, Word) and verb.text in _VERBS:
            names = trees(second)
            of = trees(first)
            listed = len(of) == len(names) == 1 and could_be_name(of[0]) and could_be_name(names[0]) and key(names[0]) in lists
            found += [first] if listed and _has_chance(tokens, place) else []
    return found


def _lists_values(tree: Tree) -> bool:
    r"""Whether it says which values there are, `Y \in \{0, 1\}`, and not how likely they are."""
    return isinstance(tree, Relation) and tree.operators == ("\\in",)


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
    said = said[1:] if said[:1] in (["("], [")"]) else said
    formula = next((token for token in tokens[index : index + 5] if isinstance(token, Math)), None)
    defined = formula is not None and any(isinstance(tree, Relation) and _defines_chances(tree) for tree in statements(formula))
    return said[:1] == ["with"] and not _CHANCES.isdisjoint(said[1:4]) and not defined


def _defines_chances(tree: Relation) -> bool:
    """Whether it defines probabilities by a formula, `P(n) = ...`: they are said by it."""
    match tree.sides[0]:
        case Juxtaposition(items=(head, Bracket(kind="(", items=(argument,)))):
            return is_probability(head) and could_be_name(argument) and number(tree.sides[1]) is None
        case _:
            return False
