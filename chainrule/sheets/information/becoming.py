r"""The only distribution of a problem that a later part gives other probabilities: "the policy becomes
$\mathrm{softmax}(z / T)$", "the source changes to $(0.6, 0.2, 0.2)$". In that part its name stands for these.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from typing import TypeGuard

from chainrule.inference.literals import is_literal
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.information.introductions import is_distribution
from chainrule.sheets.information.listing import placed
from chainrule.sheets.information.standing import standing_at
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated
from chainrule.syntax.tree import Call, Name, Relation, Tree, walk
from chainrule.typesetting import latex

BECOMING = re.compile(
    r"\b(?:becomes?|became|turns? into|turns? out to become|(?:is|are) now|now (?:is|are)"
    r"|(?:changes?|changed|drifts?|drifted|shifts?|shifted|moves?|(?:is|are) (?:updated|replaced)) (?:to|into|by)"
    r"|(?:is|are) (?:changed|updated|shifted|modified|set|reset) to) (?:(?:the )?(?:vector|distribution|probabilities) )?\$"
)
"""What stands before the new probabilities."""
_ARTICLES = words("the its this that our their an a it they so and then now")
_LONGEST = 4
_PLAIN = words(
    "the its this that our their a an of so and then now i.e. suppose assume say hence therefore thus distribution"
    " distributions probabilities probability it they vector pmf source law"
)
_LABELS = words("label labels target targets one-hot hard soft smoothed")
"""One thing, called now by one and now by another of these."""
_PARTS = words("of half twice in to for than by from with double both")
"""Behind one of these the noun is not what becomes something."""
_DIFFERENT = words("not no never loss error gradient sum average limit prior posterior joint marginal conditional other second")


def with_becoming(sentences: Sequence[Sentence]) -> tuple[list[Sentence], list[Stated]]:
    """The sentences with the name in the place of the new probabilities, and what they state."""
    found: list[Sentence] = []
    stated: list[Stated] = []
    for number, sentence in enumerate(sentences):
        if (heated := _heated(sentence, sentences[:number])) and sets_idle_temperature(sentence, sentences):
            stated.append(heated)
        match = BECOMING.search(_spelled(sentence)) if sentence.place.part is not None and sentence.end != "?" else None
        made = _stated(sentence, match, sentences[:number]) if match is not None else None
        if made is None:
            found.append(sentence)
            continue
        stated.append(made)
        at = next(i for i, token in enumerate(sentence.tokens) if token is made.taken[0])
        target = (Word("target", made.span),) if _is_label(made, sentences[:number]) else ()
        found.append(replace(sentence, tokens=(*sentence.tokens[:at], *target, made.name, *sentence.tokens[at + 1 :])))
    return found, stated


def sets_idle_temperature(sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether a sentence gives a temperature that no formula uses, "the temperature is raised to $T = 2$", beside a softmax."""
    given = _temperature(sentence)
    if given is None:
        return False
    others = [token for each in sentences if _temperature(each) is None for token in each.tokens if isinstance(token, Math)]
    written = [tree for math in others for tree in trees(math)]
    softmax = any(isinstance(part, Call) and part.function == Name("softmax") for tree in written for part in walk(tree))
    used = any(key(part) == key(given) for tree in written for part in walk(tree) if could_be_name(part))
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    own = [tree for math in formulas for tree in trees(math) if not (isinstance(tree, Relation) and tree.sides[0] == given)]
    return (
        softmax and not used and not any(key(part) == key(given) for tree in own for part in walk(tree) if could_be_name(part))
    )


def _temperature(sentence: Sentence) -> Tree | None:
    """T of "the temperature is raised to $T = 2$"; None for any other sentence, and for a question."""
    said = {token.text for token in sentence.tokens if isinstance(token, Word)}
    formulas = (token for token in sentence.tokens if isinstance(token, Math) and not token.illustration)
    given = [tree for math in formulas for tree in trees(math) if isinstance(tree, Relation) and is_literal(tree.sides[-1])]
    single = len(given) == 1 and len(given[0].sides) == 2 and could_be_name(given[0].sides[0])
    return given[0].sides[0] if "temperature" in said and single else None


def _heated(sentence: Sentence, before: Sequence[Sentence]) -> Stated | None:
    r"""`q = \mathrm{softmax}(z / T)` for the only softmax of names, where a part gives the temperature."""
    given = _temperature(sentence) if sentence.place.part is not None else None
    formulas = [token for each in before for token in each.tokens if isinstance(token, Math)]
    found = {key(tree.sides[0]): tree for math in formulas for tree in trees(math) if _is_of_softmax(tree)}
    if given is None or len(found) != 1:
        return None
    (tree,) = found.values()
    match tree:
        case Relation(sides=(name, Call(arguments=(scores,)))) if name.span is not None and given.span is not None:
            at = next(
                token for token in sentence.tokens if isinstance(token, Math) and given in (_side(t) for t in trees(token))
            )
            made = placed(f"{latex(name)} = \\mathrm{{softmax}}({latex(scores)} / {latex(given)})", at.span)
            return Stated(Math(at.span, at.place, display=False, name=latex(name)), made, at.span)
        case _:
            return None


def _is_of_softmax(tree: Tree) -> TypeGuard[Relation]:
    match tree:
        case Relation(operators=("=",), sides=(name, Call(function=Name(text="softmax"), arguments=(scores,)))):
            return could_be_name(name) and could_be_name(scores)
        case _:
            return False


def _side(tree: Tree) -> Tree | None:
    return tree.sides[0] if isinstance(tree, Relation) else None


def _stated(sentence: Sentence, match: re.Match[str], before: Sequence[Sentence]) -> Stated | None:
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    made = formulas[match.group(0).count("$") + _spelled(sentence)[: match.start()].count("$") - 1]
    nouns = _subject(_spelled(sentence)[: match.start()])
    defining = [(each, name) for each in before for name in _defined_in(each)]
    inside = {key(part) for tree in trees(made) for part in walk(tree) if could_be_name(part)}
    own = [(each, name) for each, name in defining if key(name) in inside]
    defining = own or _meant(defining, nouns - _PLAIN)
    names = {key(name) for _, name in defining}
    if len(names) != 1 or any(each.place.part == sentence.place.part for each, _ in defining):
        return None
    said = {token.text for each, _ in defining for token in each.tokens if isinstance(token, Word)}
    if not nouns or not _DIFFERENT.isdisjoint(nouns) or not nouns <= _PLAIN | _with_labels(said):
        return None
    spelled = next(name for _, name in defining).span
    if spelled is None or made.illustration or made.plain or made.name:
        return None
    called = f"{spelled.text}'" if own else spelled.text
    tree = placed(f"{called} = {made.text}", made.span)
    if not isinstance(tree, Relation) or len(tree.sides) != 2 or not (own or is_distribution(tree)):
        return None
    name = Math(made.span, made.place, display=False, name=called)
    return Stated(name, tree, made.span, (made,))


def _is_label(made: Stated, before: Sequence[Sentence]) -> bool:
    """Whether what is made anew is a label that has one name before and another one now."""
    spelled = made.name.name.removesuffix("'")
    said = (standing_at(each.tokens, i) for each in before for i, t in enumerate(each.tokens) if _names(t, spelled))
    return made.name.name != spelled and "true" in said


def _names(token: Word | Math, spelled: str) -> bool:
    trees_of = trees(token) if isinstance(token, Math) and not token.illustration else ()
    heads = [tree.sides[0] if isinstance(tree, Relation) else tree for tree in trees_of]
    return any(head.span is not None and head.span.text == spelled for head in heads)


def _meant(defining: list[tuple[Sentence, Tree]], nouns: frozenset[str]) -> list[tuple[Sentence, Tree]]:
    """Of several distributions those of which these nouns are said right before their names."""
    if len({key(name) for _, name in defining}) < 2:
        return defining
    return [(each, name) for each, name in defining if nouns and nouns <= _with_labels(_said_before(each, name))]


def _with_labels(said: Set[str]) -> Set[str]:
    return said if _LABELS.isdisjoint(said) else said | _LABELS


def _said_before(sentence: Sentence, name: Tree) -> set[str]:
    said: set[str] = set()
    for token in sentence.tokens:
        if isinstance(token, Word):
            said.add(token.text)
        elif name.span is not None and token.span.start <= name.span.start < token.span.end:
            return said
        else:
            said = set()
    return set()


def _subject(before: str) -> frozenset[str]:
    """The noun with its article that stands before the verb."""
    said = before.lower().split()[-_LONGEST:]
    first = next((i for i in range(len(said) - 1, -1, -1) if said[i] in _ARTICLES), None)
    if first and said[first - 1] in _PARTS:
        return frozenset()
    return frozenset(said[first:]) if first is not None else frozenset()


def _defined_in(sentence: Sentence) -> list[Tree]:
    """The names of the distributions that formulas of a sentence define."""
    formulas = (token for token in sentence.tokens if isinstance(token, Math) and not token.illustration)
    equations = (tree for math in formulas for tree in statements(math) if isinstance(tree, Relation) and len(tree.sides) == 2)
    return [tree.sides[0] for tree in equations if is_distribution(tree) and could_be_name(tree.sides[0])]


def _spelled(sentence: Sentence) -> str:
    return " ".join(token.text if isinstance(token, Word) else "$" for token in sentence.tokens)
