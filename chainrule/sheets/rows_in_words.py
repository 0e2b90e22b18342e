r"""Vectors that words call the rows or columns of a matrix: "$x_i^\top$ is the $i$-th row of $X$"."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence

from chainrule.inference.index_form import INDEX_LETTERS
from chainrule.inference.symbols import TRANSPOSES, could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.networks.equations import Equation
from chainrule.sheets.networks.written import read_equations
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Item, Math
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Name, Number, Relation, Subscript, Superscript, Tree, walk
from chainrule.typesetting import latex

_DOUBTS = words("if when whenever unless whether not no never cannot without would suppose should must show prove")
_ENDING = words(". ; : )")
_AS_VECTOR = re.compile(
    r"^(?:[,(] )?(?:(?:written|taken|seen|viewed|regarded|treated|understood|read|considered|turned) )?(?:as|into) (?:an? )?"
    r"(?:(?:column|row) ?-?(?: vector)?|vector)(?= |$)(?: \))?"
)
"""A vector has no orientation of its own: "row $i$ of $E$ as a column vector"."""
_MULTIPLES = words("of twice half times minus plus less over by than")
"""Before the vector: it is not the row, but something made of it is."""
_GOING_ON = words("and with where for per so let here while i.e. e.g. compute calculate find determine derive")
"""What may stand behind the matrix: another thing is said there."""
_VECTORS = "(?: vectors?)?"
_NUMBERED = rf"(?:the )?(?P<index>\$) (?:- )?(?:th|st|nd|rd) (?P<axis>row|column){_VECTORS}"
_PLACED = r"(?:the )?(?P<axis>row|column) (?:number )?(?P<index>\$)"
_WHOLE = r"(?:of|in) (?:the (?:(?:data|design|weight|input|embedding) )?matrix )?(?P<whole>\$)"
_IS = "(?:is|be|being|denotes?|means|stands for)"
_HAVING = "(?:whose|(?:with|has|having)(?: the)?)"
_CALLED = r"(?: (?:called|named|denoted(?: by)?|written|given by))?"
_ROWS = tuple(
    form
    for part in (_NUMBERED, _PLACED)
    for form in (
        rf"(?P<name>\$) {_IS} {part} {_WHOLE}",
        rf"{part} (?:, )?(?P<name>\$) {_WHOLE}",
        rf"{part} {_WHOLE} (?:is|be){_CALLED} (?P<name>\$)",
        rf"(?:denote by|write|call) (?P<name>\$)(?: for)? {part} {_WHOLE}",
        rf"(?:denote|call) {part} {_WHOLE} (?:by )?(?P<name>\$)",
        rf"(?P<whole>\$)(?: ,)? {_HAVING} {part}(?: (?:is|being))?{_CALLED} (?P<name>\$)",
    )
)
_LIST = r"(?P<name>\$(?:(?: ,| and| , and) \$)*)"
_NOUNS = (
    r"(?:the )?(?:(?:word|token|input|output|embedding|data|training|weight|feature|key|query|value) )*"
    r"(?:vectors|embeddings|examples|inputs|samples|points|tokens|words|features|codes|representations|keys|queries|values)"
)
_HOLDS = "(?:(?:which|that) )?(?:holds|has|contains|stores|stacks|collects|consists of|is made of)"
_LISTED = tuple(
    re.compile(rf"(?<!\S){row}(?!\S)", re.IGNORECASE)
    for row in (
        rf"(?P<whole>\$)(?: ,)? {_HAVING} (?P<axis>row|column)s{_VECTORS}(?: are)?{_CALLED} {_LIST}",
        rf"(?:the|its) (?P<axis>row|column)s{_VECTORS} {_WHOLE} (?:are|be){_CALLED} (?:{_NOUNS} )?{_LIST}",
        rf"{_LIST} (?:are|be|denote) the (?P<axis>row|column)s{_VECTORS} {_WHOLE}",
        rf"(?P<whole>\$)(?: ,)? {_HOLDS} (?:one|a) (?P<axis>row|column){_VECTORS} (?P<name>\$)(?= (?:per|for (?:each|every)) )",
        rf"(?P<whole>\$)(?: ,)? {_HOLDS} the (?:{_NOUNS} )?{_LIST} (?:as|in) (?:its )?(?P<axis>row|column)s",
        rf"(?:each|every) (?P<axis>row|column){_VECTORS} (?P<name>\$) {_WHOLE}",
        rf"the (?P<axis>row|column)s{_VECTORS} {_LIST} {_WHOLE}",
    )
)
"""What names all rows at once, "the matrix $E$ whose rows are $e_1, \\dots, e_4$", "$E$ holds one row $e_k$ per word"."""
_ROW_WORDS = words("row rows column columns embedding embeddings")
_UNIT_WORDS = words("unit basis standard canonical identity coordinate one-hot onehot hot indicator indicators")
UNIT = Name("e")
_PHRASES = tuple(re.compile(rf"(?<!\S){row}(?!\S)", re.IGNORECASE) for row in _ROWS)


def find_rows(items: Iterable[Item]) -> list[Tree]:
    r"""Equations `x_i = X_{i,*}` for what the sentences say, each at its sentence; `x_1 = X_{1,*}` of numbers."""
    listed = list(items)
    maths = [item for item in listed if isinstance(item, Math) and not item.illustration]
    found: list[Tree] = []
    for sentence in find_sentences(listed):
        said = list(_matches(sentence, (*_PHRASES, *_LISTED)))
        for match, formulas, words_said in said:
            if not _is_whole(words_said, match):
                continue
            numbered = list(_numbered(match, formulas, words_said, maths, sentence.span))
            name, index, whole = (_tree(formulas, words_said, match, group) for group in ("name", "index", "whole"))
            found += numbered or _equation(name, index, whole, match["axis"], sentence.span)
    return found


def _numbered(match: re.Match[str], formulas: Sequence[Math], said: str, maths: Sequence[Math], span: Span) -> Iterator[Tree]:
    """An equation for each row that formulas have by its number, where the matrix is given, and no running index is used."""
    whole, name = (_tree(formulas, said, match, group) for group in ("whole", "name"))
    name = name.base if isinstance(name, Superscript) and name.exponent in TRANSPOSES else name
    if whole is None or not isinstance(name, Subscript) or not could_be_name(whole):
        return
    start = said.count("$", 0, match.start("name"))
    listed = formulas[start : start + match["name"].count("$")]
    naming = [math for math in listed if not any(isinstance(tree, Relation) for tree in statements(math))]
    trees = [tree for math in maths if math not in naming for tree in statements(math)]
    heads = {key(tree.sides[0]) for tree in trees if isinstance(tree, Relation) and could_be_name(tree.sides[0])}
    members = {part for tree in trees for part in walk(tree) if isinstance(part, Subscript) and part.base == name.base}
    if key(whole) not in heads or not all(isinstance(item, Number) for part in members for item in part.items):
        return
    for part in sorted(members, key=latex):
        if key(part) not in heads and len(part.items) == 1:
            place = latex(part.items[0])
            places = f"{place},*" if match["axis"].lower() == "row" else f"*,{place}"
            yield from read_equations([Equation(f"{latex(part)} = {latex(whole)}_{{{places}}}", span, shown=False)])


def changed_rows(sentence: Sentence) -> Iterator[tuple[list[Tree], Span]]:
    """The names of rows of which a sentence says more, "the $i$-th row of $X$, normalised"."""
    for match, maths, said in _matches(sentence):
        name = _tree(maths, said, match, "name")
        if name is not None and not _is_whole(said, match):
            base = name.base if isinstance(name, Superscript) else name
            yield [key(base.base if isinstance(base, Subscript) else base)], sentence.span


def unread_rows(sentences: Sequence[Sentence], defined: Container[Tree]) -> Iterator[tuple[list[Tree], Span]]:
    """The e of `e_k` that sentences about rows name in other words than those that are read: it is no unit vector there."""
    if defined_as_rows := {key(name) for each in sentences for name in _names_of_rows(each)}:
        defined_as_rows |= {key(name.base) for name in defined_as_rows if isinstance(name, Subscript)}
    for sentence in sentences:
        said = {token.text.lower() for token in sentence.tokens if isinstance(token, Word)}
        if said.isdisjoint(_ROW_WORDS) or not said.isdisjoint(_UNIT_WORDS):
            continue
        trees = (tree for token in sentence.tokens if isinstance(token, Math) for tree in statements(token))
        named = {tree for tree in trees if isinstance(tree, Subscript) and tree.base == UNIT}
        if named and UNIT not in defined and UNIT not in defined_as_rows and not any(key(each) in defined for each in named):
            yield [UNIT], sentence.span


def _names_of_rows(sentence: Sentence) -> Iterator[Tree]:
    for match, maths, said in _matches(sentence, (*_PHRASES, *_LISTED)):
        name = _tree(maths, said, match, "name")
        if name is not None:
            yield name.base if isinstance(name, Superscript) else name


def _is_whole(said: str, match: re.Match[str]) -> bool:
    """Whether nothing around the words makes something else of the vector, or of the row."""
    before, behind = said[: match.start()].lower().split(), _AS_VECTOR.sub("", said[match.end() :].strip().lower()).split()
    return _MULTIPLES.isdisjoint(before[-1:]) and _ends(behind)


def _ends(behind: list[str]) -> bool:
    """Whether nothing stands behind the matrix, or something else begins there."""
    if behind[:1] and behind[0].lower() in _ENDING:
        return True
    if behind[:1] in (["be"], ["is"]):  # "be an example", and not "be normalised"
        return behind[1:2] in (["a"], ["an"], ["the"], ["one"])
    rest = behind[1:] if behind[:1] in ([","], ["("]) else behind
    if rest[:1] == ["with"]:  # "with $n$ columns", and not "with a 1 in front"
        return rest[1:2] == ["$"]
    return not rest or rest[0].lower() in _GOING_ON or (rest is not behind and rest[0] == "$")


def _matches(
    sentence: Sentence, phrases: Sequence[re.Pattern[str]] = _PHRASES
) -> Iterator[tuple[re.Match[str], list[Math], str]]:
    if sentence.end == "?" or any(isinstance(token, Word) and token.text in _DOUBTS for token in sentence.tokens):
        return
    said = " ".join("$" if isinstance(token, Math) else token.span.text for token in sentence.tokens)
    maths = [token for token in sentence.tokens if isinstance(token, Math)]
    for phrase in phrases:
        yield from ((match, maths, said) for match in phrase.finditer(said))


def _tree(maths: Sequence[Math], said: str, match: re.Match[str], group: str) -> Tree | None:
    r"""What is named by a formula; of `X = ...` and `X \in ...` it is the left side. None where it has no such group."""
    if group not in match.groupdict():
        return None
    math = maths[said.count("$", 0, match.start(group))]
    found = statements(math)
    first = found[0] if found else None
    return first.sides[0] if isinstance(first, Relation) and first.operators[0] in ("=", "\\in") else first


def _places(name: Tree | None) -> tuple[Tree, ...]:
    """What numbers a vector: the i of `x_i` and of `x^{(i)}`."""
    if isinstance(name, Superscript) and isinstance(name.exponent, Bracket) and name.exponent.kind == "(":
        return name.exponent.items
    return name.items if isinstance(name, Subscript) else ()


def _equation(name: Tree | None, index: Tree | None, whole: Tree | None, axis: str, span: Span) -> Iterator[Tree]:
    if isinstance(name, Superscript) and name.exponent in TRANSPOSES:
        name = name.base
    places = _places(name)
    index = places[0] if index is None and len(places) == 1 and places[0] in INDEX_LETTERS else index
    fits = isinstance(index, Name) and places == (index,)
    if name is None or index is None or whole is None or not fits or not could_be_name(whole):
        return
    places = f"{latex(index)},*" if axis == "row" else f"*,{latex(index)}"
    yield from read_equations([Equation(f"{latex(name)} = {latex(whole)}_{{{places}}}", span, shown=False)])
