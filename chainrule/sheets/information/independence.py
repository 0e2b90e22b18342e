r"""Sentences that say that variables are independent, as the formula `X \perp Y`: "$X$ and $Y$ are independent"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeGuard

from chainrule.inference.distributions.labels import RANDOM
from chainrule.inference.distributions.stochastic import independent_groups
from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.information.argument_formulas import arguments_in
from chainrule.sheets.notation import trees
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Item, Math, Prose, Task
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Relation, Subscript, Tree, walk

_LIST = r"(?P<names>\$(?: ?(?:,|and|, and) \$)*)"
_SURELY = r"(?:(?:mutually|statistically|stochastically|jointly|all|also|now|two|both|random|discrete|variables|the|be|are) )*"
_SAID = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:^|.*? ){_LIST} (?:are|be) {_SURELY}independent(?! of| given| if)\b",
        rf"(?:^|.*? )(?P<one>\$) (?:is|be) {_SURELY}independent of (?P<other>\$)(?! given)",
        rf"(?:^|.*? )(?P<names>\$(?: ?(?:,|and|, and) \$)*) {_SURELY}independent(?! of| given| if)(?: |$)",
        rf"(?:^|.*? ){_LIST} (?:are|be) {_SURELY}(?:\w+ )?independently(?: |$)",
        rf"(?:^|.*? ){_LIST} (?:are|be) (?:the )?(?:outcomes|results|values) of (?:\w+ )?independent(?! of| given| if)\b",
        rf"(?:^|.*? )independent (?:random |discrete |continuous )*(?:variables?|sources|signals) {_LIST}",
    )
)
_SPOKEN = re.compile(r"independent|\bi\.?\s?i\.?\s?d\b", re.IGNORECASE)
_SIGN = re.compile(r"\\(?:overset|stackrel)\s*\{[^{}]*(?:\{\s*)?(?:i\.?\s?i\.?\s?d|ind)\b")
_IID = frozenset(("i.i.d.", "i.i.d", "iid"))
_DOUBTS = frozenset(("if", "whether", "not", "unless", "were", "never", "conditionally", "dependent"))
_DENYING = frozenset(
    ("false", "wrong", "fails", "untrue", "disprove", "cannot", "no", "would", "could", "might", "doesn't", "isn't", "don't")
)
_CLAIMING = frozenset(("claims", "claim", "claimed", "believes", "thinks", "conjecture", "conjectures", "says"))
_ASKING = frozenset(("are", "is", "check", "show", "decide", "determine", "prove", "verify", "when", "explain", "test"))


def find_independence(items: Iterable[Item]) -> list[Tree]:
    r"""`X \perp Y \perp Z` of the names that a sentence calls independent; a question or a condition states nothing."""
    listed = list(items)
    signs = [tree for item in listed if isinstance(item, Math) and not item.illustration for tree in _by_sign(item)]
    if not any(isinstance(item, Prose) and _SPOKEN.search(item.text) for item in listed):
        return signs
    return [*signs, *(tree for sentence in find_sentences(listed) if sentence.end != "?" for tree in _stated(sentence))]


def _by_sign(math: Math) -> list[Tree]:
    r"""Of `X_1, X_2 \overset{iid}{\sim} P`."""
    if _SIGN.search(math.text) is None:
        return []
    found = [tree.sides[0] for tree in trees(math) if isinstance(tree, Relation) and tree.operators == ("\\sim",)]
    counted = [name for name in found if isinstance(name, Subscript) and isinstance(name.items[0], Number)]
    names = [name for name in found if isinstance(name, Name)] + counted
    whole = len(names) == len(found) > 1
    return [Relation(("\\perp",) * (len(names) - 1), tuple(names), span=math.span)] if whole else []


def without_unstated(statements: Iterable[Tree], items: Iterable[Item], tasks: Iterable[Task]) -> list[Tree]:
    r"""The statements without those `X \perp Y` and `p(x, y) = p(x) p(y)` that their sentence denies, asks or supposes.

    What a task is to be solved under, "compute $H(X, Y)$ if $X \perp Y$", is stated.
    """
    listed = list(statements)
    if not any(independent_groups(each) for each in listed):
        return listed
    given = {math.span for task in tasks for math in task.math("given")}
    doubted = [
        math.span
        for sentence in find_sentences(items)
        if _is_doubtful(sentence)
        for math in sentence.tokens
        if isinstance(math, Math) and math.span not in given
    ]
    return [each for each in listed if not (independent_groups(each) and any(_stands_in(each, span) for span in doubted))]


def _is_doubtful(sentence: Sentence) -> bool:
    said = [token.text for token in sentence.tokens if isinstance(token, Word)]
    first = sentence.tokens[0]
    asked = sentence.end == "?" or (isinstance(first, Word) and first.text in _ASKING)
    return asked or bool((_DOUBTS | _DENYING | _CLAIMING).intersection(said))


def _stands_in(tree: Tree, span: Span) -> bool:
    own = tree.span
    return own is not None and own.source is span.source and span.start <= own.start < span.end


def with_variables(statements: Sequence[Tree]) -> list[Tree]:
    r"""The statements with `p_X(X) = \{...\}` for the table of a variable that is independent of another, so that `H(X, Y)` is
    of both, and no cross-entropy, or of which another one is a function, `Y = X^2`.
    """
    related = {key(side) for each in statements if _is_independence(each) for side in each.sides}
    related |= {name for each in statements for name in _computed_from(each)}
    return [_of_variable(each, related) for each in statements] if related else list(statements)


def _computed_from(tree: Tree) -> set[Tree]:
    r"""The random variables that another one is a function of: the X of `Y = X^2`, but not that of an entry, `X_1`."""
    match tree:
        case Relation(operators=("=",), sides=(Name(text=letter) as name, body)) if letter in RANDOM and not is_table(body):
            entries = {key(part.base) for part in walk(body) if isinstance(part, Subscript)}
            found = {key(part) for part in walk(body) if isinstance(part, Name) and part.text in RANDOM}
            return found - entries - {key(name)}
        case _:
            return set()


def is_table(tree: Tree) -> bool:
    r"""Whether it is `\{0: 0.5, 1: 0.5\}`, every outcome a number."""
    match tree:
        case Bracket(kind="{", items=(Relation(operators=(":",)), *_) as items):
            return all(isinstance(item, Relation) and number(item.sides[0]) is not None for item in items)
        case _:
            return False


def _is_independence(tree: Tree) -> TypeGuard[Relation]:
    return isinstance(tree, Relation) and set(tree.operators) == {"\\perp"}


def _of_variable(tree: Tree, independent: set[Tree]) -> Tree:
    match tree:
        case Relation(
            operators=("=",), sides=(Name() | Subscript() as name, Bracket(kind="{", items=(Relation(), *_)) as table)
        ) if key(name) in independent:
            head = Juxtaposition((Subscript(Name("p"), (name,)), Bracket("(", (name,))), span=name.span)
            return replace(tree, sides=(head, table))
        case _:
            return tree


def states_independence(sentence: Sentence) -> bool:
    """Whether a sentence says of names that they are independent."""
    return bool(_stated(sentence))


def _stated(sentence: Sentence) -> list[Tree]:
    said = [token.text if isinstance(token, Word) else "$" for token in sentence.tokens]
    said = ["independent" if word.replace(" ", "") in _IID else word for word in said]
    if not any(word.startswith("independent") for word in said) or _DOUBTS.intersection(said) or said[0] in _ASKING:
        return []
    text = " ".join(said)
    for pattern in _SAID:
        if match := pattern.match(text):
            spans = [match.span(group) for group in pattern.groupindex]
            formulas = [math for start, end in spans for math in _between(sentence, said, start, end)]
            parts = [part for math in formulas for part in arguments_in(math)]
            names = list(dict.fromkeys(_defined(tree) for part in parts for tree in trees(part)))  # `X, Y \sim P` has Y in both
            if len(names) > 1 and all(map(could_be_name, names)):
                return [Relation(("\\perp",) * (len(names) - 1), tuple(names), span=sentence.span)]
    return []


def _defined(tree: Tree) -> Tree:
    """The variable of a table, `X = \\{0: 0.5, 1: 0.5\\}`; any other formula as it is."""
    match tree:
        case Relation(operators=("=",), sides=(name, Bracket(kind="{"))) | Relation(operators=("\\sim",), sides=(name, _)):
            return name
        case _:
            return tree


def _between(sentence: Sentence, said: list[str], start: int, end: int) -> list[Math]:
    """The formulas in this stretch of the words."""
    found: list[Math] = []
    at = 0
    for word, token in zip(said, sentence.tokens, strict=True):
        if start <= at < end and isinstance(token, Math):
            found.append(token)
        at += len(word) + 1
    return found
