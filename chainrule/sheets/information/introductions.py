"""The distributions that formulas define or words call so, with what is said of them where they are introduced."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeGuard

from chainrule.errors import Diagnostic
from chainrule.inference.literals import is_literal, number
from chainrule.inference.symbols import could_be_name, is_probability, key
from chainrule.probability.families.table import FAMILIES
from chainrule.probability.quantities import QUANTITIES
from chainrule.sheets.information.batches import find_batch, find_batch_in
from chainrule.sheets.information.binary_labels import is_binary, probability_of_the_correct, standing_beside
from chainrule.sheets.information.cards import has_deck
from chainrule.sheets.information.conditions import variables_in
from chainrule.sheets.information.known import Distributions, Known
from chainrule.sheets.information.listing import label_of, labels_of
from chainrule.sheets.information.members import find_members
from chainrule.sheets.information.mismatched_codes import find_code
from chainrule.sheets.information.nouns import TURNS
from chainrule.sheets.information.predictions import calls_it_loss
from chainrule.sheets.information.sequences import find_turns, find_turns_in
from chainrule.sheets.information.single_probabilities import of_singles, words_below
from chainrule.sheets.information.softmaxes import said_of_scores
from chainrule.sheets.information.spoken_events import with_events_said
from chainrule.sheets.information.standing import RELATING, STOPS, Standing, caption_before, subject_before
from chainrule.sheets.information.things import clause_of, lists_besides, subjects_in, things_in
from chainrule.sheets.information.variable_nouns import find_nouns
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.quantity_words import applied, heads_of, mentions_quantity
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Grid, Math, Stated
from chainrule.syntax.tree import Accent, Bracket, Call, Juxtaposition, Name, Prime, Relation, Subscript, Text, Tree, walk
from chainrule.typesetting import latex

_BERNOULLI = frozenset(next(family.spellings for family in FAMILIES if family.name == "bernoulli"))


def find_known(
    sentences: Sequence[Sentence],
    stated: Sequence[Stated] = (),
    notes: Sequence[Diagnostic] = (),
    tables: Sequence[Tree] = (),
    grids: Sequence[Grid] = (),
    before: Sequence[Sentence] = (),
) -> Distributions:
    """The distributions that formulas or tables define or words call so. notes: what is said of how words were read.

    before: what stands before all problems, which holds for one that has no distribution of its own.
    """
    own = _known_in_all(sentences, stated, notes, tables, grids)
    return own if own.all() or not before else _known_in_all((*before, *sentences), stated, notes, tables, grids)


def _known_in_all(
    read: Sequence[Sentence],
    stated: Sequence[Stated],
    notes: Sequence[Diagnostic],
    tables: Sequence[Tree],
    grids: Sequence[Grid],
) -> Distributions:
    """Those of some sentences."""
    found: dict[Tree, Known] = {}
    labels = {key(tree): labels_of(each.tree) for each in stated for tree in trees(each.name)}
    described, binary = set(labels), is_binary(read)
    phrases = {key(tree): _with_results(_letters(each.span.text)) for each in stated for tree in trees(each.name)}
    for sentence in read:
        for index, token in enumerate(sentence.tokens):
            if isinstance(token, Math) and not token.illustration:
                for each in _known_in(token, standing_beside(sentence.tokens, index, binary), described):
                    caption = caption_before(sentence.tokens, index) if each.defined else ""
                    said, end = _said_of(sentence, index)
                    named = replace(each, caption=caption, said=said | phrases.get(each.name, words_below(each.name)), end=end)
                    clause = clause_of(sentence.tokens, index) if each.defined else frozenset[str]()
                    named = replace(named, subject=subject_before(sentence.tokens, index), clause=clause)
                    named = replace(named, passing=bool(token.name) and mentions_quantity(sentence.tokens))
                    found[each.name] = _joined(found.get(each.name), named)
    listed = [tree for tree in written_in(read) if isinstance(tree, Relation) and _is_entry(tree)]
    counts = Counter(key(head) for tree in listed if (head := _head(tree)) is not None)
    found = {name: replace(each, defined=each.defined or counts[name] > 1) for name, each in found.items()}
    labels = _outcomes(listed) | labels
    found = {name: replace(each, labels=each.labels or labels.get(name, ())) for name, each in found.items()}
    known = [_by_accent(each, found) for each in found.values() if each.defined or each.standing]
    things = (*(thing for sentence in read for thing in things_in(sentence.tokens)), *subjects_in(read))
    known += of_singles(read, known, frozenset(word for each in read for word in _words_of(each)))
    variables = variables_in(read, (*tables, *(each.tree for each in stated)))
    tabled = _of_tables(tables, known, read)
    known = [*(each for each in known if all(each.name != other.name for other in tabled)), *tabled]
    spoken = tuple((each.span.end, _words_of(each), _equates(each)) for each in read if _states(each))
    repeated = frozenset(key(tree) for each in stated if each.repeated for tree in trees(each.name))
    softmax = next((made for each in stated if (made := _softmax(each))), None)
    families = {key(tree) for each in stated if _is_bernoulli(each.tree) for tree in trees(each.name)}
    known = [replace(e, binary=e.binary or e.name in families) for e in _without_scores(known, read, softmax)]
    return Distributions(
        known,
        things=things,
        spoken=spoken,
        repeated=repeated,
        softmax=softmax,
        correct=probability_of_the_correct(read),
        loss=calls_it_loss(read),
        turns=find_turns(read) or find_turns_in(grids, read),
        batch=find_batch_in(grids, read) or find_batch(read),
        cards=has_deck(read),
        heads=_defined_heads(read),
        bodies=_bodies(read),
        events=with_events_said(read, _events(read)),
        members=find_members((*(each.tree for each in stated), *written_in(read))),
        code=find_code(read),
        chances={key(tree): _chances(each.tree) for each in stated for tree in trees(each.name)},
        variables=variables,
        nouns=find_nouns(read, variables),
        unread=any(each.fault for each in stated) or any(note.severity == "error" for note in notes),
    )


def _without_scores(known: Sequence[Known], read: Sequence[Sentence], softmax: tuple[Math, Math] | None) -> list[Known]:
    """Those that are no scores of a softmax."""
    scores = {key(tree) for tree in trees(softmax[1])} if softmax is not None else set[Tree]()
    scores |= {key(part.arguments[0]) for tree in written_in(read) for part in walk(tree) if _is_softmax(part)}
    owners = said_of_scores(read)
    return [replace(e, said=e.said | owners.get(e.name, frozenset())) for e in known if e.name not in scores]


def _events(sentences: Iterable[Sentence]) -> dict[str, tuple[str, ...]]:
    """The outcomes of variables whose probabilities the text gives one by one, `P(X = 1) = 0.5`, with these probabilities."""
    found: dict[str, tuple[str, ...]] = {}
    for tree in written_in(sentences):
        match tree.sides[0] if isinstance(tree, Relation) and _is_entry(tree) else None:
            case Juxtaposition(items=(_, Bracket(items=(Relation(operators=("=",), sides=(_, outcome)),)))) as event:
                label = latex(outcome)
                found[label] = tuple(dict.fromkeys((*found.get(label, ()), latex(event))))
            case _:
                pass
    return found


def _states(sentence: Sentence) -> bool:
    """Whether a sentence asks for nothing."""
    return sentence.end != "?" and not mentions_quantity(sentence.tokens)


def _outcomes(entries: Iterable[Relation]) -> dict[Tree, tuple[str, ...]]:
    """The outcomes of distributions whose probabilities the text gives one by one, `P(mat) = 0.5`."""
    found: dict[Tree, tuple[str, ...]] = {}
    for entry in entries:
        match entry.sides[0]:
            case Juxtaposition(items=(head, Bracket(kind="(", items=(outcome,)))) if label := label_of(outcome):
                found[key(head)] = tuple(dict.fromkeys((*found.get(key(head), ()), label)))
            case _:
                pass
    return found


def _bodies(sentences: Iterable[Sentence]) -> dict[Tree, Tree]:
    """What formulas compute names from; none that is computed in two ways."""
    found: dict[Tree, set[Tree]] = {}
    for tree in written_in(sentences):
        if isinstance(tree, Relation) and tree.operators == ("=",) and could_be_name(tree.sides[0]):
            found.setdefault(key(tree.sides[0]), set()).add(tree.sides[1])
    single = {name: bodies.pop() for name, bodies in found.items() if len(bodies) == 1}
    return {name: body for name, body in single.items() if not is_literal(body) and not isinstance(body, Bracket | Call)}


def _of_tables(tables: Iterable[Tree], known: Sequence[Known], sentences: Sequence[Sentence]) -> list[Known]:
    """What tables of one variable define; all that is said of them may be said anywhere."""
    said = frozenset(word for each in sentences if not mentions_quantity(each.tokens) for word in _words_of(each))
    called = {each.name: each for each in known if not each.defined}
    names = {each.name for each in known} - called.keys()
    found: list[Known] = []
    for tree in tables:
        head = _head(tree)
        labels = labels_of(tree)
        if head is None or key(head) in names or not labels or not sentences:
            continue
        if (own := called.get(key(head))) is not None:
            found.append(replace(own, defined=True, labels=labels))
            continue
        at = head.span or sentences[0].span
        math = Math(at, sentences[0].place, display=False, name=latex(head))
        end = max((part.span.end for part in walk(tree) if part.span is not None), default=at.end)
        found.append(Known(key(head), math, None, defined=True, labels=labels, said=said, end=max(at.end, end)))
    return found


def _defined_heads(sentences: Iterable[Sentence]) -> frozenset[str]:
    formulas = (token for sentence in sentences for token in sentence.tokens if isinstance(token, Math))
    return frozenset(head for math in formulas if any(isinstance(t, Relation) for t in trees(math)) for head in heads_of(math))


def _is_bernoulli(tree: Tree) -> bool:
    """Whether a statement is `X \\sim \\mathrm{Bernoulli}(p)`, in any spelling."""
    member = tree.sides[1] if isinstance(tree, Relation) and tree.operators[0] in ("\\sim", "~", "∼") else None
    names = [part.text for part in walk(member) if isinstance(part, Name | Text)] if member is not None else []
    return not _BERNOULLI.isdisjoint(names)


def _is_chance(tree: Tree) -> bool:
    """Whether it is an equation for one number between 0 and 1."""
    value = number(tree.sides[1]) if isinstance(tree, Relation) and tree.operators[0] in ("=", ":=") else None
    return value is not None and 0 <= value <= 1


def _is_softmax(tree: Tree) -> TypeGuard[Call]:
    """Whether it is the softmax of something, which is no distribution itself."""
    return isinstance(tree, Call) and tree.function == Name("softmax") and len(tree.arguments) == 1


def _softmax(stated: Stated) -> tuple[Math, Math] | None:
    """The probabilities that are stated as the softmax of scores, and these."""
    match stated.tree:
        case Relation(sides=(_, Call(function=Name(text="softmax"), arguments=(scores,)))):
            return stated.name, replace(stated.name, name=latex(scores))
        case _:
            return None


def _words_of(sentence: Sentence) -> frozenset[str]:
    families = (_family_words(token) for token in sentence.tokens if isinstance(token, Math))
    return _letters(sentence.span.text).union(*families)


def _letters(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+(?:['\-][a-z]+)*", text.lower()))


def _with_results(said: frozenset[str]) -> frozenset[str]:
    """ "smoothed" beside "smoothing"."""
    return said | {f"{word[:-3]}ed" for word in said if word.endswith("ing")}


def _equates(sentence: Sentence) -> bool:
    return any(isinstance(tree, Relation) for t in sentence.tokens if isinstance(t, Math) for tree in trees(t))


def _said_of(sentence: Sentence, index: int) -> tuple[frozenset[str], int]:
    """The words of the sentence of a formula and where it ends; its clause where the sentence asks, or introduces several."""
    tokens = sentence.tokens
    formula = tokens[index]
    family = _family_words(formula) if isinstance(formula, Math) else frozenset[str]()
    both = len({token.text for token in tokens if isinstance(token, Word)} & (TURNS | {"prior", "posterior"})) > 1
    several = both or len(things_in(tokens, equated=True)) > 1 or mentions_quantity(tokens) or lists_besides(tokens, index)
    ends = [i for i, t in enumerate(tokens) if several and isinstance(t, Word) and (t.text in STOPS or t.text in RELATING)]
    first = max((i + 1 for i in ends if i < index), default=0)
    last = min((i for i in ends if i > index), default=len(tokens))
    return family | {token.text for token in tokens[first:last] if isinstance(token, Word)}, tokens[last - 1].span.end


def _family_words(math: Math) -> frozenset[str]:
    """ "normal" and "gaussian" for a formula with the family's symbol."""
    written = frozenset(re.findall(r"[A-Za-z]+", math.text))
    return frozenset[str]().union(*(_words_by_symbol().get(symbol, ()) for symbol in written))


@cache
def _words_by_symbol() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for family in FAMILIES:
        symbols = frozenset(part for spelling in family.spellings for part in re.findall(r"[A-Za-z]+", spelling))
        for symbol in symbols - {"mathcal", "mathrm"}:
            found[symbol] = found.get(symbol, frozenset()) | _letters(" ".join((*family.words, family.name)))
    return found


def _joined(before: Known | None, now: Known) -> Known:
    """What is said of one name at two places; where it is defined is its place."""
    if before is None:
        return now
    standing = before.standing or now.standing
    place = now if now.defined and not before.defined else before
    passing = before.passing and now.passing
    return replace(place, standing=standing, said=before.said | now.said, parts=(*before.parts, *now.parts), passing=passing)


def _by_accent(known: Known, all_known: dict[Tree, Known]) -> Known:
    r"""`\hat{y}` and `\hat{y}'` beside `y` are estimates of it, where the words say nothing."""
    match known.name:
        case (
            Accent(kind="hat", body=body)
            | Prime(base=Accent(kind="hat", body=body))
            | Subscript(base=Accent(kind="hat", body=body))
        ) if not known.standing and body in all_known:
            return replace(known, standing="estimated")
        case name if not known.standing and any(_is_hat_of(name, each) for each in all_known):
            return replace(known, standing="true")
        case _:
            return known


def _is_hat_of(name: Tree, other: Tree) -> bool:
    r"""Whether it is `\hat{y}` or `\hat{y}_A` for `y`."""
    hat = Accent("hat", name)
    return other == hat or (isinstance(other, Subscript) and other.base == hat)


def _known_in(math: Math, standing: Standing, described: set[Tree]) -> list[Known]:
    found: list[Known] = []
    if not any(_head(tree) for tree in trees(math)):
        return []
    for tree in statements(math):
        head = _head(tree)
        if head is None or head.span is None:
            continue
        place = math if math.name else Math(head.span, math.place, False, plain=math.plain)
        value = number(tree.sides[-1]) if isinstance(tree, Relation) else None
        if value is not None and not 0 <= value <= 1 and key(head) not in described:
            continue  # a temperature or a size, and no probability
        standing = "" if _has_negative(tree) and key(head) not in described else standing  # weights of "the model"
        defined = key(head) in described or (isinstance(tree, Relation) and (is_distribution(tree) or bool(standing)))
        parts = (math.part,) if isinstance(tree, Relation) or key(head) in described else ()
        is_one = bool(standing) and _is_chance(tree)
        known = Known(key(head), place, math.part, standing, defined, _entries(tree, math), parts)
        found.append(replace(known, labels=labels_of(tree), number=is_one, binary=_is_bernoulli(tree) or is_one))
    return found


def _has_negative(tree: Tree) -> bool:
    """Whether a list of numbers is given one of which is negative, as no probability is."""
    body = tree.sides[-1] if isinstance(tree, Relation) else None
    values = [number(item) for item in body.items] if isinstance(body, Bracket) else []
    return any(value is not None and value < 0 for value in values)


def _head(tree: Tree) -> Tree | None:
    """P of `P = ...`, `P(x) = ...`, `P \\sim ...` and of `P` alone."""
    if isinstance(tree, Relation) and tree.operators[0] in ("=", ":=", "\\sim", "~", "∼"):
        tree = tree.sides[0]
    match tree:
        case Juxtaposition(items=(head, Bracket(kind="(", items=(argument,)))) if could_be_name(argument):
            return head if could_be_name(head) else None
        case _:
            return tree if could_be_name(tree) else None


def is_distribution(relation: Relation) -> bool:
    """A labelled set, numbers that sum to about one, a softmax, a function P(x) or a family."""
    head, body = relation.sides[0], relation.sides[1]
    if relation.operators[0] in ("\\sim", "~", "∼") or (isinstance(body, Call) and body.function == Name("softmax")):
        return True
    if isinstance(body, Bracket) and body.kind == "{":
        return all(isinstance(item, Relation) and item.operators == (":",) for item in body.items)
    if isinstance(body, Bracket):
        numbers = [value for item in body.items if (value := number(item)) is not None]
        return len(numbers) == len(body.items) > 1 and abs(sum(numbers) - 1) < 0.05 and min(numbers) >= 0
    return isinstance(head, Juxtaposition) and not is_literal(body) and not _is_quantity(head)


def _is_entry(relation: Relation) -> bool:
    """`P(A) = 0.7`: one probability of a distribution."""
    head, value = relation.sides[0], number(relation.sides[1])
    return isinstance(head, Juxtaposition) and is_probability(head.items[0]) and value is not None and 0 <= value <= 1


def written_in(sentences: Iterable[Sentence]) -> list[Tree]:
    """What the formulas say."""
    return [tree for each in sentences for t in each.tokens if isinstance(t, Math) and not t.illustration for tree in trees(t)]


def _is_quantity(head: Tree) -> bool:
    """Whether it is written as a quantity is, `h(x)`, so that the equation defines no distribution."""
    taken = applied(head)
    return taken is not None and any(taken[0] in row.heads for row in QUANTITIES)


def _chances(tree: Tree) -> tuple[str, ...]:
    """The same as their formulas."""
    body = tree.sides[-1] if isinstance(tree, Relation) else None
    items = body.items if isinstance(body, Bracket) else ()
    return tuple(latex(item.sides[-1] if isinstance(item, Relation) else item) for item in items)


def _entries(tree: Tree, math: Math) -> tuple[Math, ...]:
    """The probabilities in the order of a list or a labelled set."""
    body = tree.sides[-1] if isinstance(tree, Relation) else None
    items = body.items if isinstance(body, Bracket) else ()
    values = [item.sides[-1] if isinstance(item, Relation) else item for item in items]
    return tuple(Math(value.span, math.place, False, plain=math.plain) for value in values if value.span)
