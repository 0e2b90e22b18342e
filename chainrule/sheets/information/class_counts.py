r"""Examples of several classes that are counted, "a node of the tree contains 9 yes and 5 no", and splits of them,
"splitting on wind gives a left child with 6 yes and 2 no and a right one with 3 yes and 3 no".

The class is a variable with these relative frequencies, and what an example is sorted by another: the information gain of the
split is their mutual information. A split is read only where its children have all examples of the node between them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chainrule.errors import Diagnostic
from chainrule.sheets.clauses import find_requests
from chainrule.sheets.forms import words
from chainrule.sheets.information.listing import placed, spell
from chainrule.sheets.information.outcome_lists import COUNTED
from chainrule.sheets.operative_words import OPERATIVE, is_descriptive
from chainrule.sheets.quantity_words import mentions_quantity
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Stated

_COUNT = rf"(?:\d+|{'|'.join(COUNTED)})"
_THING = (
    r"(?:examples?|instances?|samples?|(?:data )?points?|records?|observations?|cases|items|e-?mails?|customers?|patients?"
    r"|ones?|objects?|rows|applicants?|loans?|days|fruits?|animals?|students?|people|persons?|messages|documents|images)"
)
_OF_CLASS = r"(?:(?:of|from|in|with|labell?ed|belonging to) )(?:(?:the|an?) )?(?:(?:class|label|category|type|kind) )?"
_LABEL = r"(?P<label>(?!(?:and|or|of|the|in|with|to|from|are|is|at|on)\b)(?:[a-z][\w-]*|\d|[+−-]))"
_ITEM = (
    rf"(?P<count>{_COUNT}) (?:(?:training |of the )?{_THING} )?(?:{_OF_CLASS})?(?:[\"“'‘] )?{_LABEL}(?: [\"”'’])?"
    rf"(?: {_THING})?(?= |$)"
)
_GROUP = re.compile(rf"(?<!\S){_ITEM}(?:(?: ,)?(?: and)? {_ITEM.replace('?P<count>', '').replace('?P<label>', '')})*")
_CHILD = r"(?:child|children|branch|node|subset|leaf|side|half|group|part|child node|leaf node|daughter|successor)"
_NAMED = re.compile(
    rf"(?:^| )(?:the|an?|its) (?P<name>[a-z][\w-]*) {_CHILD}(?: (?:node|then|which|that|has|with|contains|containing|holds|gets"
    r"|receives|of|is|left|only))* $"
)
_CONTEXT = words("node nodes tree trees split splits splitting leaf class classes labels attribute feature classified")
_AROUND = words(
    "a an the of on by and while whereas which that after using then in at into with is are has have left right first second"
    " one other two it its this these them there from to for as total set belonging class when , ; : ( ) . both each where"
    " training we split splits splitting attribute part half remaining root all given no yes"
)
_NODE = (
    r"(?: (?:of|for|at|in) (?:(?:the|this|that|its) )?(?:class(?: labels?| variable| distribution)?|labels?"
    r"|target(?: variable)?|decision|(?:(?:root|parent|current|whole|entire|full|original) )?"
    r"(?:node|root|parent|data ?set|data|set"
    r"|training (?:set|data)|sample|examples|collection)))"
)
_END = r"(?= , | \. | \? | \) |(?: ,)? in (?:bits|nats)\b| and |$| \.$| \?$)"
_BEFORE = r"(?: before (?:the |any |this )?split(?:ting)?)?"
_TESTED = r"(?:attribute|feature|variable|test|question)"
_ENTROPY = re.compile(rf"\bentropy(?P<of>{_NODE}{{1,3}}){_BEFORE}{_END}")
_OF_CHILD = re.compile(rf"\bentropy (?:of|in|at) (?P<of>the (?P<name>[a-z][\w-]*) {_CHILD}(?: node)?){_END}")
_CHILDREN = rf"{_CHILD}(?:s|es|ren)?(?: nodes?)?"
_EACH = r"(?:(?:each|both)(?: of the)?|the two|the(?= (?:children|branches|leaves|subsets))|every)(?: (?:two|resulting))?"
_OF_EACH = re.compile(rf"\bentropy (?:of|in|at) (?P<of>{_EACH} {_CHILDREN}){_END}")
_WEIGHTED = r"(?:weighted|expected|conditional|remaining)"
_AFTER = re.compile(
    rf"\b(?:average |mean )?{_WEIGHTED}(?: average| mean)? entropy (?P<of>(?:of|after|over|in) (?:the |this )?(?:two )?"
    rf"(?:split(?:ting)?|child(?:ren)?(?: nodes)?|branches|subsets|leaves)(?: on [a-z]\w*)?){_END}"
)
_GAIN = re.compile(
    r"\binformation gain(?P<of>(?: (?:of|from|for|by|achieved by|obtained by|obtained from|due to|resulting from|when|through)"
    r"(?: (?:the|this|that))?(?: split(?:ting)?)?(?: (?:on|by|of|with))?"
    rf"(?: (?:the|this))?(?: {_TESTED})?(?: (?P<name>[a-z]\w*))?)?)"
    rf"(?: {_TESTED})?{_END}"
)
_TESTING = re.compile(
    rf"\bsplit(?:s|ting)?(?: it| them| the (?:node|root|data|set))? (?:on|by) (?:the )?(?:{_TESTED} )?[a-z]\w*"
)
_UNIT = re.compile(r"\b(?:nats?|base|ln|log\w*|bits? per)\b")

_Counts = dict[str, int]


@dataclass(frozen=True)
class Counted:
    """The sentences with formulas for what is asked of such nodes, and what is stated of them."""

    sentences: tuple[Sentence, ...]
    stated: tuple[Stated, ...] = ()
    notes: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class _Split:
    name: str
    """The variable of what the examples are sorted by."""
    children: tuple[tuple[str, _Counts], ...]
    words: frozenset[str]


def with_class_counts(sentences: Sequence[Sentence]) -> Counted:
    """The node and the splits that a text counts; as it is where it counts none, or says more of them than is understood."""
    texts = [_spelled(each) for each in sentences]
    said = {word for text in texts for word in text.split()}
    stating = [at for at, each in enumerate(sentences) if _states(each)]
    groups = {at: found for at in stating if (found := _groups(texts[at]))}
    if not groups or _CONTEXT.isdisjoint(said) or not any("entropy" in text or "information gain" in text for text in texts):
        return Counted(tuple(sentences))
    first = min(groups)
    root = groups[first][0][1]
    letters = [letter for letter in "CYSTABDEFG" if letter not in _letters(sentences)]
    rest = [(at, *each) for at in sorted(groups) for each in groups[at][at == first :]]
    splits = _splits(root, rest, letters[1:], texts)
    if (
        splits is None
        or len(root) < 2
        or not all(_is_plain(texts[at], groups.get(at, ()), root) for at in stating if at >= first)
    ):
        return Counted(tuple(sentences))
    asking = [texts[at] for at in range(len(texts)) if at not in stating]
    if not all(_is_understood(text, letters[0], splits) for text in asking):
        return Counted(tuple(sentences))
    bits = not any(map(_UNIT.search, texts))
    read = [
        _stating(each, letters[0], root, splits, first=at == first) if at in groups else _asking(each, letters[0], splits, bits)
        for at, each in enumerate(sentences)
    ]
    stated = _stated(sentences[first], letters[0], root, splits)
    total = sum(root.values())
    message = f"the class {letters[0]} has the relative frequencies of {total} examples" + "".join(
        f"; {each.name} is what a split sorts them by" for each in splits
    )
    return Counted(tuple(read), stated, (Diagnostic("note", "counts-read", message, sentences[first].span),))


def _spelled(sentence: Sentence) -> str:
    """A word a token."""
    said = (token.text if isinstance(token, Word) else "".join(token.text.split()) for token in sentence.tokens)
    return " ".join(text or "-" for text in said)


def _states(sentence: Sentence) -> bool:
    return sentence.end != "?" and not mentions_quantity(sentence.tokens) and not find_requests(sentence)


def _letters(sentences: Iterable[Sentence]) -> set[str]:
    return {letter for each in sentences for token in each.tokens if isinstance(token, Math) for letter in token.text}


def _groups(text: str) -> list[tuple[str, _Counts, tuple[int, int]]]:
    """The counts in a sentence, each with what it is called and where it stands."""
    found: list[tuple[str, _Counts, tuple[int, int]]] = []
    for match in _GROUP.finditer(text):
        items = [(each["label"], _number(each["count"])) for each in re.finditer(_ITEM, match.group())]
        counts = dict(items)
        if len(counts) == len(items) > 1:
            named = _NAMED.search(text[: match.start()])
            found.append((named["name"] if named else "", counts, match.span()))
    return found


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else COUNTED[text]


def _splits(
    root: _Counts, rest: Sequence[tuple[int, str, _Counts, tuple[int, int]]], letters: Sequence[str], texts: Sequence[str]
) -> tuple[_Split, ...] | None:
    """The splits whose children have all examples between them; None where any counts are left over."""
    found: list[_Split] = []
    children: list[tuple[str, _Counts]] = []
    places: set[int] = set()
    for at, name, counts, _ in rest:
        if not counts.keys() <= root.keys():
            return None
        children.append((name or f"{len(children) + 1}", counts))
        places.add(at)
        summed = {label: sum(each.get(label, 0) for _, each in children) for label in root}
        if summed == root and len(children) > 1:
            named = [each for each, _ in children]
            if len(set(named)) < len(named) or len(found) == len(letters):
                return None
            said = frozenset(word for place in places for word in texts[place].split())
            found.append(_Split(letters[len(found)], tuple(children), said))
            children, places = [], set()
    return None if children else tuple(found)


def _is_plain(text: str, groups: Sequence[tuple[str, _Counts, tuple[int, int]]], root: _Counts) -> bool:
    """Whether what a sentence says besides changes none of the counts."""
    total = str(sum(root.values()))
    for _, _, (start, end) in reversed(groups):
        text = text[:start] + text[end:]
    text = _TESTING.sub(" ", text)
    return all(
        word in _AROUND or word == total or is_descriptive(word) or not word[0].isalnum() for word in text.lower().split()
    )


def _stating(sentence: Sentence, of: str, root: _Counts, splits: Sequence[_Split], *, first: bool) -> Sentence:
    name = Math(sentence.span, sentence.place, False, name=of if first or not splits else splits[0].name)
    return replace(sentence, tokens=(name,))


def _stated(sentence: Sentence, of: str, root: _Counts, splits: Sequence[_Split]) -> tuple[Stated, ...]:
    total = sum(root.values())
    made: list[tuple[str, str]] = []
    for split in splits:
        cells = (
            f"({spell(child)}, {spell(label)}): {counts.get(label, 0)}/{total}"
            for child, counts in split.children
            for label in root
        )
        made.append((f"P({split.name}, {of})", ", ".join(cells)))
    if not splits:
        made.append((f"P({of})", ", ".join(f"{spell(label)}: {count}/{total}" for label, count in root.items())))
    span = sentence.span
    return tuple(
        Stated(Math(span, sentence.place, False, name=head), placed(f"{head} = \\{{{cells}\\}}", span), span)
        for head, cells in made
    )


def _asking(sentence: Sentence, of: str, splits: Sequence[_Split], bits: bool) -> Sentence:
    """A question with formulas for the quantities that it names."""
    text = _spelled(sentence)
    found = [(match.span("of" if match.re is _GAIN else 0), formula) for match, formula in _asked(text, of, splits)]
    tokens = list(sentence.tokens)
    ends = {bound for (start, end), _ in found for bound in (start, end)}
    unit = bits and " bits" not in text
    for (start, end), formulas in sorted(found, reverse=True):
        first, last = text[:start].count(" ") + (start == end or text[start] == " "), text[:end].count(" ") + 1
        span = tokens[min(first, last - 1)].span
        made: list[Word | Math] = []
        for formula in formulas:
            made += [Word("and", span)] if made else []
            made.append(Math(span, sentence.place, False, name=formula))
        made += [Word("in", span), Word("bits", span)] if unit else []
        tokens[first:last] = made
    return replace(sentence, tokens=tuple(tokens), said=sentence.said or sentence.tokens) if ends else sentence


def _is_understood(text: str, of: str, splits: Sequence[_Split]) -> bool:
    """Whether every quantity that a question names is one of a node or of a split: else it may be taken for another."""
    places = [match.span() for match, _ in _asked(text, of, splits)]
    named = re.finditer(r"\b(?:entropy|entropies|information|uncertainty|impurity|perplexity)\b", text)
    return all(any(start <= match.start() < end for start, end in places) for match in named)


def _asked(text: str, of: str, splits: Sequence[_Split]) -> list[tuple[re.Match[str], list[str]]]:
    """The places of what is asked in a question, each with the formulas of it."""
    found: list[tuple[re.Match[str], list[str]]] = [(match, [f"H({of})"]) for match in _ENTROPY.finditer(text)]
    single = splits[0] if len(splits) == 1 else None
    if single is not None:
        names = [name for name, _ in single.children]
        given = {name: f"H({of} \\mid {single.name} = {spell(name)})" for name in names}
        children = [(match, [given[match["name"]]]) for match in _OF_CHILD.finditer(text) if match["name"] in given]
        each = [(match, list(given.values())) for match in _OF_EACH.finditer(text) if match["of"].split()[1] not in given]
        after = [(match, [f"H({of} \\mid {single.name})"]) for match in _AFTER.finditer(text)]
        found = [*after, *found, *children, *each]
    for match in _GAIN.finditer(text):
        fitting = [each for each in splits if match["name"] is None or match["name"] in each.words]
        if len(fitting) == 1 and (match["name"] is not None or len(splits) == 1):
            found.append((match, [f"I({fitting[0].name}; {of})"]))
    kept: list[tuple[re.Match[str], list[str]]] = []
    for match, formulas in found:
        before = text[: match.start()].split()[-1:]
        if match.re is not _AFTER and not OPERATIVE.isdisjoint(before):
            continue
        if not any(match.start() < other.end() and other.start() < match.end() for other, _ in kept):
            kept.append((match, formulas))
    return kept
