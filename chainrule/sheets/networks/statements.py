"""Which sentences say what a network is: not those that say what is not so, or not here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chainrule.sheets.networks.ellipses import spelled_out
from chainrule.sheets.networks.grammar import read_facts
from chainrule.sheets.networks.parts import Activation, Fact, LossName, SlotName
from chainrule.sheets.networks.saying import Saying
from chainrule.sheets.sentences import Sentence, Word, find_sentences
from chainrule.sheets.sheet import Item, Math, Task
from chainrule.source import Span

_SILENT = frozenset(("if", "unless", "whether", "instead", "rather", "except", "recall", "replace", "replaced", "not"))
"""A sentence with one of these says what is not so, or not here."""
_CHANGING = _SILENT - {"if", "whether", "recall"}
_LAYERED = frozenset(
    (
        *("hidden", "layer", "layers", "deep", "multilayer", "intermediate", "middle", "latent", "block", "blocks"),
        *("autoencoder", "autoencoders", "code"),
    )
)
_EXCEPTING = frozenset(("except", "unless"))
_PARTS = frozenset(("weight", "weights", "bias", "biases", "activation", "activations", "layer", "layers"))
_FROZEN = frozenset(("frozen", "freeze", "freezes", "froze", "freezing", "untrained", "untrainable"))
_KEPT = frozenset(("kept", "held", "keep", "hold", "keeps", "training"))
_TRAINED = frozenset(
    (
        "train",
        "trains",
        "trained",
        "trainable",
        "learned",
        "learnt",
        "update",
        "updates",
        "updated",
        "optimised",
        "optimized",
        "tuned",
    )
)
_TRAINING = frozenset(
    ("rate", "epoch", "epochs", "step", "steps", "iterations", "momentum", "decay", "times", "update", "updates")
)
_IN_PART = frozenset(("not", "only", "except", "never", "without", "but", "alone"))
_LAYERS = frozenset(("depth", "sizes", "hidden-layers"))
_ANEW = frozenset(("value", "weight-value", "bias-value", "loss", "loss-formula"))
_SETTING: frozenset[SlotName] = frozenset(
    (
        "bias-mentioned",
        "weights",
        "biases",
        "activation",
        "bias",
        "residual",
        "units",
        "weight-value",
        "bias-value",
        "value",
        "depth",
        "sizes",
        "hidden-layers",
    )
)
"""What a sentence that is not read may change."""
_NO_BIAS = re.compile(
    r"\bnot (?=(?:have|use|include|contain) (?:a |an |any |the )?bias)|(?<=bias )(?:is|are) not |(?<=biases )are not "
)
_SUPPOSED = re.compile(
    r"^(?:if|suppose|assume) (?:now )?(?:the|our|its|a|(?:we|you) (?:use|take|choose) (?:the|as)?) ?"
    r"(?:loss|cost|objective|error)(?: function)?(?: is| equals| :)? (?=\$(?: ,| $|$))"
)
"""A loss that holds behind the comma; where no other is spoken of it is the loss."""
ABOUT_IT = frozenset(("shape", "count"))
"""Tasks that are about a network and compute nothing with it."""
NEEDING = ABOUT_IT | frozenset(("derivative", "backward", "descent", "value", "forward", "graph", "claim", "information"))
"""Tasks that need a network."""
_SIZING = frozenset(("depth", "sizes", "hidden-layers", "units"))
"""A question about a network says what it is only with one of these: "how many parameters does a 3-2-1 network have"."""


@dataclass
class Said:
    """What sentences say. loose: activations of no layer. plain: no word speaks of layers.

    unread: sentences that change something and are not understood. untaken: the words by which a sentence that speaks of layers
    is not read. untrained: sentences that say what is not trained. numbers: those beside weights or biases that are not read.
    losses: sentences about a loss that say what is not so, or not here.
    """

    facts: list[Fact] = field(default_factory=list[Fact])
    loose: list[Span] = field(default_factory=list[Span])
    unread: list[Span] = field(default_factory=list[Span])
    untaken: list[Span] = field(default_factory=list[Span])
    untrained: list[Span] = field(default_factory=list[Span])
    numbers: list[Span] = field(default_factory=list[Span])
    losses: list[Span] = field(default_factory=list[Span])
    plain: bool = True


def say(items: Sequence[Item], tasks: Sequence[Task], lent: Sequence[Item] = ()) -> Said:
    """What the sentences of a problem say of its network. lent: what earlier ones said, which holds where it says no other."""
    unknown = [task.span for task in tasks if task.form == "unknown"]
    asked = [task.span for task in tasks if task.form in NEEDING]
    about = [task.span for task in tasks if task.form in ABOUT_IT]
    said = Said()
    for sentence in (each for each in find_sentences(lent) if each.place.part is None):
        _hear(sentence, said, (), (), ())
    taken, said.facts, said.untaken = said.facts, [], []
    for sentence in find_sentences(items):
        _hear(sentence, said, unknown, asked, about)
    if taken:  # "the network of Problem 1 without the hidden layer" is another one
        said.unread += said.untaken
    said.facts[:0] = [fact for fact in taken if not any(_replaces(own, fact) for own in said.facts)]
    functions = [fact.value for fact in said.facts if fact.slot == "function"]
    letters = {each.written: each.name for each in functions if isinstance(each, Activation)}
    said.facts = [_without_letter(fact, letters) for fact in said.facts]
    return said


def _replaces(own: Fact, fact: Fact) -> bool:
    """Whether a fact takes the place of one that an earlier problem stated: another number for the same, another loss."""
    of_all = own.of.role in ("network", "all") and own.slot in ("weight-value", "bias-value")
    return own.slot == fact.slot and own.slot in _ANEW and (own.of == fact.of or of_all)


def _hear(sentence: Sentence, said: Said, unknown: Sequence[Span], asked: Sequence[Span], about: Sequence[Span]) -> None:
    """Take up what one sentence says. unknown, asked, about: where tasks stand, by what becomes of them."""
    if _overlaps(sentence, unknown):
        return
    sentence = spelled_out(sentence)
    saying = read_facts(sentence)
    facts = saying.facts
    if _overlaps(sentence, about) and not any(fact.slot in _SIZING for fact in facts):
        return
    said.plain = said.plain and _LAYERED.isdisjoint(part for t in sentence.tokens for part in _pieces(t))
    words = _silencing(sentence)
    answered = _overlaps(sentence, asked)
    if not answered and gives_parts(saying):
        said.numbers += saying.numbers
    if not words and (sentence.end != "?" or answered):
        said.facts += [_as_asked(fact) for fact in facts] if answered else facts
        said.loose += saying.loose
    elif _changes(sentence, words, facts, answered):
        said.unread.append(sentence.span)
    if words and any(fact.slot == "loss-formula" for fact in facts):
        said.losses.append(sentence.span)
    if words and any(fact.slot in _LAYERS or fact.of.role in ("hidden", "layer", "output") for fact in facts):
        said.untaken.append(_words_from(sentence, words))
    if trains_in_part(sentence):
        said.untrained.append(sentence.span)


def _as_asked(fact: Fact) -> Fact:
    """A loss that a task names: the words around it are the task's."""
    return replace(fact, value=replace(fact.value, unread=None)) if isinstance(fact.value, LossName) else fact


def _words_from(sentence: Sentence, words: frozenset[str]) -> Span:
    """The word that says that something is not so, and two behind it."""
    at = next(i for i, token in enumerate(sentence.tokens) if isinstance(token, Word) and token.text in words)
    return sentence.tokens[at].span.to(sentence.tokens[min(at + 2, len(sentence.tokens) - 1)].span)


def gives_parts(saying: Saying) -> bool:
    """Whether a sentence gives numbers to weights or biases: it speaks of them, and not of how they are trained."""
    line = saying.line
    marks = range(len(line.marks))
    named = any(line.kind(i) in ("weight", "bias", "those") and line.kind(i - 1) != "number" for i in marks)
    return named and not any(line.text(i) in _TRAINING for i in marks)


def trains_in_part(sentence: Sentence) -> bool:
    """ "The first layer is frozen", "only the last layer is trained"."""
    said = {part for token in sentence.tokens for part in _pieces(token)}
    frozen = not said.isdisjoint(_FROZEN) or ("fixed" in said and not said.isdisjoint(_KEPT))
    in_part = frozen or (not said.isdisjoint(_TRAINED) and not said.isdisjoint(_IN_PART))
    return in_part and not said.isdisjoint(_PARTS | _LAYERED)


def _without_letter(fact: Fact, letters: Mapping[str, str]) -> Fact:
    """An activation that the text names by a letter and in words, "the tanh function $\\phi$", by its word."""
    value = fact.value
    if fact.slot == "activation" and isinstance(value, Activation) and value.name == "formula" and value.written in letters:
        return replace(fact, value=Activation(letters[value.written]))
    return fact


def _pieces(token: Word | Math) -> list[str]:
    return token.text.split("-") if isinstance(token, Word) else []


def _changes(sentence: Sentence, words: frozenset[str], facts: Sequence[Fact], answered: bool) -> bool:
    """Whether a sentence that is not read says what the network is in some case, or in a task that is answered."""
    tokens = {token.text for token in sentence.tokens if isinstance(token, Word)}
    setting = any(fact.slot in _SETTING for fact in facts)
    excepted = not words.isdisjoint(_EXCEPTING) and not tokens.isdisjoint(_PARTS)
    return excepted or (setting and (answered or not words.isdisjoint(_CHANGING)))


def _overlaps(sentence: Sentence, spans: Iterable[Span]) -> bool:
    span = sentence.span
    return any(each.start < span.end and span.start < each.end for each in spans)


def _silencing(sentence: Sentence) -> frozenset[str]:
    """The words by which a sentence does not say what is so here; "does not have biases" says it."""
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in sentence.tokens)
    return _SILENT.intersection(_NO_BIAS.sub("", _SUPPOSED.sub("", said)).split())
