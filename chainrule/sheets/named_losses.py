r"""Losses by name of what words say they are of: "the loss is the cross-entropy of $\mathrm{softmax}(z)$ with the target $y$",
"the hinge loss for the label $y = -1$ and the score $s = 0.3$".

A loss is written out only where the words tell which is the target and which the prediction, each once.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chainrule.errors import ChainruleError, Diagnostic
from chainrule.inference.symbols import could_be_name
from chainrule.sheets.networks.equations import Equation
from chainrule.sheets.networks.symbols import base
from chainrule.sheets.networks.vocabulary import LOSSES
from chainrule.sheets.networks.written import read_equations
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, find_sentences, span_of
from chainrule.sheets.sheet import Item, Math
from chainrule.syntax.tree import Accent, Name, Relation, Tree, walk
from chainrule.typesetting import latex

_NAMES = {
    phrase.replace(" 1", "1").replace(" 2", "2"): name
    for name, phrases in LOSSES.items()
    for phrase in phrases
    if name in ("squared", "mean-squared", "absolute", "cross-entropy", "binary", "logistic", "hinge", "huber")
}
_PHRASE = "|".join(sorted((re.escape(phrase).replace("\\ ", "[ -]") for phrase in _NAMES), key=len, reverse=True))
_LOSS = rf"(?P<half>half (?:of )?(?:the )?)?(?P<loss>{_PHRASE})(?: loss| cost| error)?"
_VALUE = r"(?:#\d+|[-−]?\d+(?:\.\d+)?)"
_TARGET = (
    r"(?:(?:one-hot|true|correct|desired|binary|ground-truth) )*(?:target|label|ground truth|true value|actual value"
    r"|correct value|observed value|observation|true class)(?: value| vector| label| output)?"
)
_SCORE = r"(?:(?:model(?:'s)?|raw|predicted|network(?:'s)?) )*(?:prediction|predicted value|estimate|score|output|forecast)"
_IS = r"(?: (?:of|is|=|:|was|equals|being))*"
_END = (
    r"(?= |$)(?! (?:units?|neurons?|nodes?|layers?|classes|inputs?|outputs?|values|dimension\w*|[x×*+/^-]|times|plus|minus)\b)"
)
_PLURAL = re.compile(r"\b(?:targets|labels|predictions|scores|outputs|estimates|observations|forecasts|samples|examples)\b")
_GIVEN = re.compile(
    rf"(?P<target>(?:\ba |\bthe |\ban )?{_TARGET}){_IS} (?P<y>{_VALUE}){_END}"
    rf"|(?:\ba |\bthe |\ban )?{_SCORE}{_IS} (?P<p>{_VALUE}){_END}"
)
_GIVEN_ONE = rf"(?:a |the |an )?(?:{_TARGET}|{_SCORE}){_IS} [-−]?\d+(?:\.\d+)?"
_STATED = re.compile(
    rf"(?:the|our|its) (?:training |per-example )?(?:loss|cost|objective|error)(?: function)?(?: (?P<name>#\d+))? (?:is|be) "
    rf"(?:then |defined as |given by |taken to be )?(?:the )?{_LOSS} (?:of|between) "
    rf"(?:the )?(?P<first_role>(?:{_TARGET}|{_SCORE}|output|probabilities) )?(?P<first>#\d+) (?:with|and|for|against|to|from) "
    rf"(?:respect to )?(?:the |a |an )?(?P<second_role>{_TARGET} )?(?P<second>#\d+)(?= [.,;]|$)"
)
_ASKED = re.compile(
    rf"(?:the |its |this )?{_LOSS}(?: of (?:this|the) (?:prediction|example|sample))?(?= [.,?]|$| for | when | if | with )"
)
_VERBS = frozenset(("what", "compute", "calculate", "find", "evaluate", "determine", "give"))


@dataclass(frozen=True)
class _Form:
    """The formula of a loss of a target and a prediction, and its convention in words."""

    text: str
    said: str


def find_named_losses(items: Iterable[Item]) -> tuple[list[Tree], list[Diagnostic]]:
    """The equations `L = ...` of sentences that say what the loss is, and notes of how they are read."""
    listed = list(items)
    maths = [item for item in listed if isinstance(item, Math)]
    if not maths:
        return [], []
    equations: list[Equation] = []
    for sentence in find_sentences(listed):
        match = _STATED.search(_said(sentence)) if sentence.end != "?" else None
        pair = None if match is None else _pair(sentence, match)
        if match is None or pair is None:
            continue
        name = _formula(sentence, match["name"]) if match["name"] else _free(maths)
        form = _form(match, *pair)
        if name and form is not None:
            equations.append(Equation(f"{name} = {form.text}", sentence.span))
    notes = [Diagnostic("note", "network-in-words", f"the loss is read as {e.text}", e.span) for e in equations]
    return list(read_equations(equations)), notes


def with_named_losses(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences with a formula where one asks for such a loss, whose target and prediction the text gives, each once."""
    if not any(_LOSS_WORD.search(_said(sentence)) for sentence in sentences):
        return [*sentences]
    given = [(sentence, match) for sentence in sentences for match in _GIVEN.finditer(_said(sentence))]
    targets = [value for sentence, match in given if match["y"] and (value := _formula(sentence, match["y"]))]
    scores = [value for sentence, match in given if match["p"] and (value := _formula(sentence, match["p"]))]
    several = any(_PLURAL.search(_said(sentence)) for sentence in sentences)
    if several or len(targets) != 1 or len(scores) != 1:
        return [*sentences]
    return [_asked(sentence, targets[0], scores[0]) for sentence in sentences]


_CASE = re.compile(rf"(?:for|with|given|when|if|at) (?:{_GIVEN_ONE})(?: ,)? and (?:{_GIVEN_ONE}) ,")
"""The two values as a circumstance, "for a prediction of 2.5 and a target of 4,"."""
_LOSS_WORD = re.compile(rf"\b(?:{_PHRASE})\b")


def _asked(sentence: Sentence, target: str, score: str) -> Sentence:
    said = _said(sentence)
    words = [token.text for token in sentence.tokens if isinstance(token, Word)]
    matches = list(_ASKED.finditer(said))
    if len(matches) != 1 or _VERBS.isdisjoint(words):
        return sentence
    (match,) = matches
    before = said[: match.start()].split()
    form = _form(match, target, score)
    if form is None or not before or before[-1] not in (*_VERBS, "is"):
        return sentence
    end = len(before) + len(match[0].split())
    first = len(before) - 1 if before[-1] != "is" else len(before) - 2
    if _CASE.fullmatch(" ".join(before[:first])):
        sentence, before, end = replace(sentence, tokens=sentence.tokens[first:]), before[first:], end - first
    math = Math(span_of(sentence.tokens[len(before) : end]), sentence.place, display=False, name=form.text)
    return replace(sentence, tokens=(*sentence.tokens[: len(before)], math, *sentence.tokens[end:]))


def _said(sentence: Sentence) -> str:
    return " ".join(f"#{i}" if isinstance(token, Math) else token.text for i, token in enumerate(sentence.tokens))


def _formula(sentence: Sentence, mark: str) -> str:
    """The LaTeX of `#3`, of an equation its left side, or a number; "" of anything else."""
    if not mark.startswith("#"):
        return mark.replace("−", "-")
    tree = _tree(sentence, mark)
    try:
        return latex(tree) if tree is not None else ""
    except ChainruleError:
        return ""


def _tree(sentence: Sentence, mark: str) -> Tree | None:
    math = sentence.tokens[int(mark[1:])]
    match statements(math) if isinstance(math, Math) else ():
        case (Relation(operators=("=",), sides=(left, _)),):
            return left if could_be_name(left) else None
        case (Relation(),):
            return None
        case (tree,):
            return tree
        case _:
            return None


def _pair(sentence: Sentence, match: re.Match[str]) -> tuple[str, str] | None:
    """The target and the prediction; None where the words do not tell which is which."""
    trees = [_tree(sentence, match[name]) for name in ("first", "second")]
    if any(tree is None for tree in trees):
        return None
    first, second = (_formula(sentence, match[name]) for name in ("first", "second"))
    told = [_is_target(tree, match[f"{name}_role"]) for tree, name in zip(trees, ("first", "second"), strict=True)]
    if not first or not second or told.count(True) != 1:
        return None
    return (second, first) if told[1] else (first, second)


def _is_target(tree: Tree | None, role: str | None) -> bool:
    """By the word before it, else by its letter."""
    if role is not None:
        return re.match(_TARGET, role) is not None
    return (
        tree is not None
        and could_be_name(tree)
        and base(tree) in ("y", "t")
        and not any(isinstance(p, Accent) for p in walk(tree))
    )


def _form(match: re.Match[str], y: str, p: str) -> _Form | None:
    """The formula of the named loss; None where the name does not settle it."""
    name = _NAMES[match["loss"].replace("-", " ")]
    half = "\\frac{1}{2} " if match["half"] else ""
    p, y = _factor(p), _factor(y)
    number = re.fullmatch(r"\(?-?[\d.]+\)?", y) is not None
    probable = re.match(r"\(?(?:\\sigma|\\mathrm\{sigmoid\}|\\operatorname\{sigmoid\})", p) is not None
    squared = f"({p} - {y})^2" if number else f"\\| {p} - {y} \\|^2"
    binary = f"-{y} \\log {p} - (1 - {y}) \\log(1 - {p})"
    match name:
        case "squared":
            return _Form(half + squared, "the sum of the squares")
        case "mean-squared" if not number:
            return _Form(f"{half}\\mathrm{{MSE}}({y}, {p})", "the mean over the entries")
        case "absolute" if number:
            return _Form(f"|{p} - {y}|", "")
        case "binary":
            return _Form(binary, "labels 0 and 1")
        case "cross-entropy" if probable:
            return _Form(binary, "labels 0 and 1")
        case "cross-entropy" if "softmax" in p:
            return _Form(f"-{y}^\\top \\log {p}", "the sum over the classes")
        case "hinge" if not half:
            return _Form(f"\\max(0, 1 - {y} {p})", "labels -1 and 1")
        case "logistic" if not half and not probable and y in ("1", "(-1)"):
            return _Form(f"\\log(1 + e^{{-{y} {p}}})", "labels -1 and 1")
        case _:
            return None


def _factor(text: str) -> str:
    """In brackets where it is a negative number, or a sum."""
    plain = re.fullmatch(r"[\w.]+|\\?[A-Za-z]+|.*\)|\\hat\{?\s?\w\}?|.*\}", text) is not None
    return text if plain else f"({text})"


def _free(maths: Sequence[Math]) -> str:
    """A letter for the loss that no formula has."""
    used = {name.text for math in maths for tree in statements(math) for name in walk(tree) if isinstance(name, Name)}
    return next((letter for letter in ("L", "J", "E", "\\ell") if letter not in used), "")
