"""What words say of quantities and numbers that makes something else of what is asked: a quantity that is said to be
another one, "perplexity means the entropy in bits", a number for one place and another one elsewhere, "$p = 0.7$ on weekdays
and 0.4 on weekends", what is computed from rounded numbers, and a distribution under a condition. Nothing is made of it: it is
refused.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chainrule.inference.literals import is_literal, number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import find_requests
from chainrule.sheets.forms import words
from chainrule.sheets.notation import is_number, statements
from chainrule.sheets.quantity_words import pieces_of, quantity_at
from chainrule.sheets.restrictions import refused
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Task
from chainrule.syntax.tree import Name, Relation, Tree, walk

_MEANS = re.compile(
    r" (?:(?:is|are) (?:here |always |now )?(?:defined|understood|taken|meant) (?:as|to be|to mean|by)|means?|denotes?"
    r"|stands for|refers? to|is (?:here|now)|here (?:is|means?|denotes?|refers? to)|we mean|is meant|is|are) (?!not |no )"
)
_FIRM = re.compile(r"means?|meant|denotes?|stands|refers?|defined|understood|taken|here|now")
_ARITHMETIC = words(
    "half twice double doubled halved sum sums larger smaller largest smallest maximum minimum square squared root without"
    " order negative reciprocal inverse exponential logarithm exp log power product ratio difference times plus minus percent"
)
"""Words of a definition that make a number of another one; those of the usual definition of a quantity are below."""
_USUAL = {
    "perplexity": words("exponential exp power"),
    "jensen_shannon": words("half sum average mixture"),
    "total_variation": words("half sum largest maximum difference"),
    "hellinger": words("root square half sum squared difference without"),
    "chi_squared": words("square squared sum ratio difference"),
    "kl": words("sum logarithm log ratio difference"),
    "cross_entropy": words("sum negative logarithm log minus"),
    "entropy": words("sum negative logarithm log minus"),
    "surprisal": words("negative logarithm log minus inverse reciprocal"),
    "mutual_information": words("sum difference logarithm log ratio product"),
    "conditional_entropy": words("difference sum minus"),
    "joint_entropy": words("sum"),
    "bhattacharyya": words("sum root square product negative logarithm log"),
    "renyi_entropy": words("order logarithm log sum power"),
    "renyi": words("order logarithm log sum power"),
    "jensen_shannon_distance": words("root square half sum"),
    "jeffreys": words("sum"),
    "cross_perplexity": words("exponential exp power"),
    "squared_hellinger": words("square half sum squared difference without"),
    "bhattacharyya_coefficient": words("sum root square product"),
    "min_entropy": words("negative logarithm log largest maximum minus order"),
    "conditional_mutual_information": words("difference sum"),
}
_MIDDLE = words("mixture midpoint middle mean average $")
"""What the halves of the Jensen-Shannon divergence are taken to."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PLACE = r"(?:on|in|at|during|for|by) (?:the )?(?!each|every|all|both|any)[a-z]+(?: [a-z]+)?"
_ELSEWHERE = re.compile(rf"(?P<given>\$) {_PLACE} (?:, )?(?:and |but |while )+(?P<other>#|\$) (?:{_PLACE}|otherwise|else)\b")
_ROUNDED = re.compile(
    r"\$ (?:, )?(?:(?:which|that|and|then|now|is|are|be) )*rounded (?:up|down|off|to)\b|\bround \$ (?:up|down|off|to)\b"
)
_OF_ROUNDED = re.compile(
    r"\b(?:with|using|from|for|where|use) (?:the |your |this |that )?(?:[a-z]+ )?\$ (?:, )?(?:is |being )?rounded\b"
    r"|\b(?:with|using|from|use|of) (?:the |your |these |this |all )*(?:\w+ )?rounded (?!to\b)[a-z]+"
    r"|\bround \$ (?:up|down|off|to)\b.* (?:and|then|before) "
)
_UNDER = re.compile(
    r"\b(?:under the condition(?: that)?|given(?: that)?|conditional on|conditionally on|conditioned on|provided(?: that)?"
    r"|if|when|in case) \$"
)
_DISTRIBUTED = re.compile(
    r"\b(?:uniform(?:ly)?|distributed|distribution|bernoulli|binomial|geometric|poisson|normal|gaussian|exponential)\b"
)
_NUMERIC = frozenset(("value", "forward", "derivative", "backward", "descent", "information", "comparison", "claim"))


def without_said_otherwise(tasks: Sequence[Task], sentences: Iterable[Sentence]) -> list[Task]:
    """The tasks, those unknown of which something is said that is not carried out."""
    listed = [replace(each, tokens=each.said or each.tokens) for each in sentences]
    found = list(tasks)
    for sentence in listed:
        said = _spelled(sentence)
        asks = bool(find_requests(sentence)) or sentence.end == "?"
        if not asks and (quantity := _said_to_be_another(sentence)):
            found = refused(found, _everywhere(sentence), lambda task, of=quantity: task.quantity == of)
        rounds = not asks and any(_computed(sentence, said, each, listed) for each in _ROUNDED.finditer(said))
        if rounds or _OF_ROUNDED.search(said) or any(_differs(sentence, said, each) for each in _ELSEWHERE.finditer(said)):
            found = refused(found, sentence, lambda task, of=sentence: task.form in _NUMERIC and _is_behind(task, of))
        for name in () if asks else _conditions(sentence, said, listed):
            found = refused(found, sentence, lambda task, of=name: task.form == "information" and not _speaks_of(task, of))
    return found


def _is_behind(task: Task, sentence: Sentence) -> bool:
    return task.span.source != sentence.span.source or task.span.start >= sentence.span.start


def _said_to_be_another(sentence: Sentence) -> str:
    """The quantity that a sentence defines in words alone, and not as it is usually defined; "" where it defines none."""
    pieces = pieces_of(sentence.tokens)
    said = "".join(f" {piece.text or '$'}" for piece in pieces) + " "
    verb = _MEANS.search(said)
    if verb is None or any(isinstance(token, Math) and any(map(_equates, statements(token))) for token in sentence.tokens):
        return ""
    start = said[: verb.start()].count(" ")
    named = next(((i, one) for i in range(start) if (one := quantity_at(pieces, i))), None)
    lead = [piece.text for piece in pieces[: named[0]]] if named else []
    if named is None or not set(lead) <= {"the", "by", "here", "in", "this", "course", "sheet", "exercise", ",", "a", "an"}:
        return ""
    quantity = named[1].quantity.name
    behind = pieces[start + len(verb.group().split()) :]
    articles = next((i for i, piece in enumerate(behind) if piece.text not in ("the", "a", "an", "its", "of")), len(behind))
    other = quantity_at(behind, articles)
    said_behind = {piece.text for piece in behind}
    firm = _FIRM.search(verb.group()) is not None
    if other is not None and firm and other.quantity.name != quantity:
        return quantity
    if quantity == "jensen_shannon" and "half" in said_behind and said_behind.isdisjoint(_MIDDLE):
        return quantity
    made = said_behind & _ARITHMETIC - _USUAL.get(quantity, frozenset())
    mentions = any(quantity_at(behind, i) for i in range(len(behind)))
    return quantity if made and (firm or mentions or {"half", "twice", "without", "double"} & made) else ""


def _equates(tree: Tree) -> bool:
    return isinstance(tree, Relation) and "=" in tree.operators


def _at(sentence: Sentence, said: str, place: int) -> Word | Math:
    return sentence.tokens[said[:place].count(" ")]


def _given(token: Word | Math) -> tuple[Tree, Tree] | None:
    """A name and its number."""
    found = statements(token) if isinstance(token, Math) else ()
    match found:
        case (Relation(operators=("=",), sides=(name, value)),) if could_be_name(name) and is_literal(value):
            return key(name), value
        case _:
            return None


def _differs(sentence: Sentence, said: str, match: re.Match[str]) -> bool:
    """Whether a name has one number in one place and another elsewhere; "$p = 0.7$ for heads and 0.3 for tails" is one coin."""
    given = _given(_at(sentence, said, match.start("given")))
    other = _at(sentence, said, match.start("other"))
    if given is None or (isinstance(other, Math) and not is_number(other)):
        return False
    one, two = number(given[1]), other.text.strip()
    whole = one is not None and _NUMBER.fullmatch(two) is not None and abs(float(one) + float(two) - 1) < 1e-9
    return not whole


def _computed(sentence: Sentence, said: str, match: re.Match[str], sentences: Sequence[Sentence]) -> bool:
    """Whether what is rounded is computed; a number that was measured is as it stands."""
    token = _at(sentence, said, match.start() + match.group().index("$"))
    if not isinstance(token, Math) or _given(token) is not None or is_number(token):
        return False
    names = {key(tree) for tree in statements(token) if could_be_name(tree)}
    numbers = {given[0] for each in sentences for t in each.tokens if (given := _given(t))}
    return not (names and names <= numbers)


def _conditions(sentence: Sentence, said: str, sentences: Sequence[Sentence]) -> Iterator[Tree]:
    """The variables that have one value alone where a distribution is said, "$X$ is uniform on $A$ given $Y = 1$"."""
    drawn = (tree for t in sentence.tokens if isinstance(t, Math) for tree in statements(t) if isinstance(tree, Relation))
    if not _DISTRIBUTED.search(sentence.span.text.lower()) and not any("\\sim" in tree.operators for tree in drawn):
        return
    for match in _UNDER.finditer(said):
        found = _given(_at(sentence, said, match.end() - 1))
        if found is None or not (isinstance(found[0], Name) and found[0].text.isupper()):
            continue
        name, value = found
        others = [given for each in sentences for t in each.tokens if (given := _given(t)) and given[0] == name]
        used = (t for t in sentence.tokens if isinstance(t, Math) and _given(t) is None)
        inside = any(key(part) == name for t in used for tree in statements(t) for part in walk(tree))
        if not inside and all(key(other) == key(value) for _, other in others):
            yield name


def _speaks_of(task: Task, name: Tree) -> bool:
    return isinstance(name, Name) and re.search(rf"(?<![A-Za-z\\]){re.escape(name.text)}(?![A-Za-z])", task.text) is not None


def _everywhere(sentence: Sentence) -> Sentence:
    return replace(sentence, place=replace(sentence.place, part=None))


def _spelled(sentence: Sentence) -> str:
    return " ".join(
        "$" if isinstance(t, Math) else "#" if _NUMBER.fullmatch(t.text) else t.text for t in sentence.tokens
    )  # fmt: skip
