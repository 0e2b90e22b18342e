"""Nouns that a text gives to its variables: the weather of "the weather ($W$)", "$W$ is the weather", "the weather $W$"."""

from collections.abc import Iterable, Mapping, Sequence, Set

from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Tokens
from chainrule.sheets.forms import VERBS, words
from chainrule.sheets.notation import trees
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math, Place
from chainrule.syntax.tree import Tree

_LINKS = words("is be denote denotes denoting")
_ARTICLES = words("the a an its")
_ENDS = words(", . and ; (")
_LEADS = _ARTICLES | words("between and of about of, from given on")
_NO_NOUNS = VERBS | words(
    "variable variables random distribution source entropy information outcome value of and or joint that it this conditional"
    " between in for with from as probability probabilities number sum total result"
)


def find_nouns(sentences: Iterable[Sentence], variables: Set[Tree]) -> dict[str, str]:
    """The noun of each variable; none that is said of two."""
    found: dict[str, set[str]] = {}
    for sentence in sentences:
        for index, token in enumerate(sentence.tokens):
            if not isinstance(token, Math) or token.illustration or len(trees(token)) != 1:
                continue
            (name,) = trees(token)
            noun = _noun_of(sentence.tokens, index) if could_be_name(name) and key(name) in variables else ""
            if noun:
                found.setdefault(noun, set()).add(token.text.strip())
    single = {noun: next(iter(names)) for noun, names in found.items() if len(names) == 1}
    return {noun: name for noun, name in single.items() if list(single.values()).count(name) == 1}


def _noun_of(tokens: Sequence[Word | Math], index: int) -> str:
    said = [token.text if isinstance(token, Word) else "$" for token in tokens]
    noun = ""
    if said[index - 1 : index] == ["("] and said[index + 1 : index + 2] == [")"] and index > 1:
        noun = said[index - 2]
    elif index > 1 and said[index - 2] in _ARTICLES:
        noun = said[index - 1]
    else:  # "$W$ is the weather", "$W$ is the weather and $T$ the traffic"
        linked = index + 1 < len(said) and said[index + 1] in _LINKS
        joined = said[index - 1 : index] == ["and"] and index > 1
        the = index + 1 + linked
        ends = said[the + 2 : the + 3]
        whole = said[the : the + 1] == ["the"] and the + 1 < len(said) and (not ends or ends[0] in _ENDS)
        noun = said[the + 1] if whole and (linked or joined) else ""
    return noun if noun.isalpha() and noun not in _NO_NOUNS else ""


def with_variables(tokens: Tokens, nouns: Mapping[str, str], place: Place) -> Tokens:
    """The words of a request with the variables in the place of such nouns, where nothing stands beside them."""
    made: list[Word | Math] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        article = isinstance(token, Word) and token.text in _ARTICLES
        noun = tokens[index + article] if index + article < len(tokens) else None
        behind = tokens[index + article + 1] if index + article + 1 < len(tokens) else None
        before = made[-1] if made else None
        led = article or (isinstance(before, Word) and before.text in _LEADS)
        plain = not isinstance(behind, Math) and led
        if isinstance(noun, Word) and noun.text in nouns and plain:
            made.append(Math(span_of((token, noun)), place, False, name=nouns[noun.text]))
            index += 1 + article
        else:
            made.append(token)
            index += 1
    return tuple(made)
