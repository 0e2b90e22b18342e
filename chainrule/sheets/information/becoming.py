r"""The only distribution of a problem that a later part gives other probabilities: "the policy becomes $\mathrm{softmax}(z / T)$",
"the source changes to $(0.6, 0.2, 0.2)$". In that part its name stands for these.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.introductions import is_distribution
from chainrule.sheets.information.listing import placed
from chainrule.sheets.notation import trees
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated
from chainrule.syntax.tree import Relation, Tree

BECOMING = re.compile(
    r"\b(?:becomes?|became|turns? into|turns? out to become|(?:is|are) now|now (?:is|are)"
    r"|(?:changes?|changed|drifts?|drifted|shifts?|shifted|moves?|is updated|are updated|is replaced|are replaced) (?:to|into|by)"
    r"|(?:is|are) (?:changed|updated|shifted|modified|set|reset) to) (?:(?:the )?(?:vector|distribution|probabilities) )?\$"
)
"""What stands before the new probabilities."""
_SUBJECT = re.compile(r"(?:^|[,;:.] |\b(?:so|that|and|then|now|i\.e\.|hence|if|when|suppose|assume|say) )(?P<nouns>(?:[a-z'-]+ )+)$")
_PLAIN = words(
    "the its this that our their a an of so and then now i.e. suppose assume say hence therefore thus distribution distributions"
    " probabilities probability it they vector pmf source law"
)
_DIFFERENT = words("not no never loss error gradient sum average limit prior posterior joint marginal conditional other second")


def with_becoming(sentences: Sequence[Sentence]) -> tuple[list[Sentence], list[Stated]]:
    """The sentences with the name in the place of the new probabilities, and what they state."""
    found: list[Sentence] = []
    stated: list[Stated] = []
    for number, sentence in enumerate(sentences):
        match = BECOMING.search(_spelled(sentence)) if sentence.place.part is not None and sentence.end != "?" else None
        made = _stated(sentence, match, sentences[:number]) if match is not None else None
        if made is None:
            found.append(sentence)
            continue
        stated.append(made)
        tokens = tuple(made.name if token is made.taken[0] else token for token in sentence.tokens)
        found.append(replace(sentence, tokens=tokens))
    return found, stated


def _stated(sentence: Sentence, match: re.Match[str], before: Sequence[Sentence]) -> Stated | None:
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    made = formulas[match.group(0).count("$") + _spelled(sentence)[: match.start()].count("$") - 1]
    defining = [(each, name) for each in before for name in _defined_in(each)]
    names = {key(name) for _, name in defining}
    if len(names) != 1 or any(each.place.part == sentence.place.part for each, _ in defining):
        return None
    nouns = _subject(_spelled(sentence)[: match.start()])
    said = {token.text for each, _ in defining for token in each.tokens if isinstance(token, Word)}
    if not nouns or not _DIFFERENT.isdisjoint(nouns) or not nouns <= _PLAIN | said:
        return None
    spelled = next(name for _, name in defining).span
    if spelled is None or made.illustration or made.plain or made.name:
        return None
    tree = placed(f"{spelled.text} = {made.text}", made.span)
    if not isinstance(tree, Relation) or len(tree.sides) != 2 or not is_distribution(tree):
        return None
    name = Math(made.span, made.place, display=False, name=spelled.text)
    return Stated(name, tree, made.span, (made,))


def _subject(before: str) -> frozenset[str]:
    """The noun with its article that stands before the verb."""
    match = _SUBJECT.search(before.lower())
    return frozenset(match["nouns"].split()) if match is not None else frozenset()


def _defined_in(sentence: Sentence) -> list[Tree]:
    """The names of the distributions that formulas of a sentence define."""
    formulas = (token for token in sentence.tokens if isinstance(token, Math) and not token.illustration)
    equations = (tree for math in formulas for tree in trees(math) if isinstance(tree, Relation) and len(tree.sides) == 2)
    return [tree.sides[0] for tree in equations if is_distribution(tree) and could_be_name(tree.sides[0])]


def _spelled(sentence: Sentence) -> str:
    return " ".join(token.text if isinstance(token, Word) else "$" for token in sentence.tokens)
