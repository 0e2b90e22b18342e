r"""The posterior that a text names and leaves to Bayes' rule: "the prior is $P = (0.5, 0.5)$, the symptom has probability 0.1
under $A$ and 0.4 under $B$; compute the posterior $Q$".
"""

import re
from collections.abc import Sequence
from fractions import Fraction

from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.given_lists import value_of
from chainrule.sheets.information.listing import placed
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated
from chainrule.syntax.tree import Bracket, Relation, Tree

_PRIOR = re.compile(
    r"\bpriors?(?: (?:distribution|belief|probabilities|is|are|over|of|the|hypotheses|classes|conditions))* (?P<at>\$)"
)
_LIKELIHOOD = re.compile(r"\blikelihoods?(?: (?:vector|values|is|are|of|the|data|observation|hypotheses|given|by))* (?P<at>\$)")
_POSTERIOR = re.compile(r"\bposterior(?: (?:distribution|probabilities|belief|vector))* (?P<at>\$)")
_UNDER = re.compile(r"(?P<chance>\$|\d*\.\d+) (?:under|given|if|for|in case of) (?P<label>\$|[a-z])(?= [,.;]| and|$)")
_JOINED = re.compile(
    r"(?:(?: ,)?(?: and)?(?: with)?(?: probability)? (?:\$|\d*\.\d+) (?:under|given|if|for|in case of) (?:\$|[a-z]))+"
)


_MORE = words(
    "two twice several times again second repeated independent observations symptoms tests updates sequentially predictive not"
    " no absent negative"
)
"""With one of these more is observed than once, or something else."""


def with_posterior(sentences: Sequence[Sentence], taken: Sequence[Tree]) -> list[Stated]:
    """What the text says of it; nothing where the prior or the likelihood is not told once. taken: what is defined besides."""
    texts = [(each, _said(each)) for each in sentences]
    if any(isinstance(token, Word) and token.text in _MORE for each in sentences for token in each.tokens):
        return []
    priors = [found for each, said in texts for math in _behind(_PRIOR, each, said) if (found := _list(math))]
    likelihoods = [found for each, said in texts for math in _behind(_LIKELIHOOD, each, said) if (found := _list(math))]
    likelihoods += [found for index in range(len(texts)) if (found := _spoken(texts, index))]
    names = [math for each, said in texts for math in _behind(_POSTERIOR, each, said) if _is_name(math)]
    heads = {key(tree) for math in names for tree in trees(math)}
    if len(priors) != 1 or len(likelihoods) != 1 or len(heads) != 1 or heads & set(taken) or heads & _defined(sentences):
        return []
    (prior,), (likelihood,) = priors, likelihoods
    weights = [p * q for p, q in zip(prior, likelihood, strict=False)]
    if len(prior) != len(likelihood) or sum(prior) != 1 or sum(weights) == 0 or not all(0 <= q <= 1 for q in likelihood):
        return []
    entries = [each / sum(weights) for each in weights]
    name = names[0]
    body = ", ".join(f"\\frac{{{each.numerator}}}{{{each.denominator}}}" for each in entries)
    return [Stated(name, placed(f"{name.text} = ({body})", name.span), name.span)]


def _said(sentence: Sentence) -> str:
    return " ".join(token.text if isinstance(token, Word) else "$" for token in sentence.tokens)


def _behind(pattern: re.Pattern[str], sentence: Sentence, said: str) -> list[Math]:
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    return [formulas[said[: match.start("at")].count("$")] for match in pattern.finditer(said)]


def _list(math: Math) -> list[Fraction]:
    """The numbers of `P = (0.5, 0.5)`."""
    match statements(math):
        case (Relation(operators=("=",), sides=(_, Bracket(kind="(" | "[", items=items))),):
            values = [number(each) for each in items]
            found = [value for value in values if value is not None]
            return found if len(found) == len(values) > 1 else []
        case _:
            return []


def _spoken(texts: Sequence[tuple[Sentence, str]], index: int) -> list[Fraction]:
    """The numbers of "has probability 0.1 under $A$, 0.4 under $B$", for hypotheses that the text lists in this order."""
    sentence, said = texts[index]
    run = _JOINED.search(said)
    before = said[: run.start()] if run is not None else ""
    if run is None or not run.group().startswith(" probability ") or len(_UNDER.findall(run.group())) < 2:
        return []
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    at = before.count("$")
    chances: list[Fraction | None] = []
    labels: list[str] = []
    for match in _UNDER.finditer(run.group()):
        for name in ("chance", "label"):
            text = match[name]
            if text == "$":
                text, at = formulas[at].text.strip(), at + 1
            if name == "chance":
                chances.append(value_of(text))
            else:
                labels.append(text)
    listed = [token.text.strip() for each, _ in texts[:index] for token in each.tokens]
    places = [listed.index(each) for each in labels if each in listed]
    found = [value for value in chances if value is not None]
    ordered = len(places) == len(labels) and places == sorted(places) and len(set(labels)) == len(labels)
    return found if ordered and len(found) == len(chances) else []


def _is_name(math: Math) -> bool:
    found = trees(math)
    return len(found) == 1 and could_be_name(found[0])


def _defined(sentences: Sequence[Sentence]) -> set[Tree]:
    formulas = [token for each in sentences for token in each.tokens if not isinstance(token, Word) and not token.illustration]
    return {key(tree.sides[0]) for math in formulas for tree in trees(math) if isinstance(tree, Relation)}
