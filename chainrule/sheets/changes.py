"""Sentences that change what was given, "Suppose the input is doubled": none is carried out, so nothing behind it is answered.

What is computed from the values before the change would be the answer to another question.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.sheets.notation import trees
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Task
from chainrule.syntax.tree import BigOperator, Name, Product, Relation, Subscript, Sum, Tree, walk

_CHANGED = (
    r"doubled|halved|tripled|quadrupled|negated|swapped|interchanged|replaced|removed|deleted|zeroed|clipped|merged"
    r"|exchanged|masked|sorted|reordered|rearranged|permuted|combined|lumped|pooled|standardi[sz]ed|rescaled|shifted"
    r"|increased|decreased|dropped out|held fixed|held constant|treated as a constant|perturbed|disabled"
)
_BE = r"(?:is|are|be|been|being|gets|get|was|were)"
_DONE = "increase|decrease|double|halve|swap|remove|replace|clip|merge|exchange|discard|mask|rescale|permute|lump"
_GIVEN = (
    r"(?:weights?|bias(?:es)?|inputs?|targets?|labels?|learning rate|rate|temperature|parameters?|probabilit(?:y|ies)|value)"
)
_ANEW = (
    rf"\b{_BE} (?:\w+ )?(?:changed|altered|raised|lowered|reduced|reset) (?:from \S+ )?(?:to|by) (?:[-−\d]|zero|one|a factor)"
    rf"|\b(?:we|you|one|they|somebody) (?:now |then )?(?:{_DONE}|change|alter) (?:the|this|our|its|\$)"
    rf"|^(?:now |then )?(?:the|our|its) (?:\w+ )?{_GIVEN}(?: \$)?"
    r" (?:doubles?|halves|triples?|changes? (?:to|from) \S+)(?: [.;])?$"
    rf"|^now (?:the|our|its) (?:\w+ )?{_GIVEN}(?: \$)? (?:is|are|equals|becomes) [-−\d]"
)
"""A given thing that gets another value in a sentence of its own."""
_LEARNT = r"(?:learn|learns|learned|told|tells? (?:you|us|me)|reveals?) (?:\w+ ){0,2}that\b"
_LEFT_OUT = (
    r"\b(?:row|column|outcome|entry|token|word|class|logit|letter|symbol)s? [^.]*\b(?:ignored|misprint|not counted|skipped)\b"
)
_CHANGES = re.compile(
    rf"\b{_BE} (?:\w+ )?(?:{_CHANGED})\b|\b{_BE} (?:then|now|instead) (?:set|made|bent|changed|moved|given|taken)\b"
    rf"|\b(?:now|then|next) \$? ?(?:the \w+ )?{_BE} (?:{_CHANGED})\b|^(?:{_DONE}) |{_LEARNT}|{_LEFT_OUT}|{_ANEW}"
    rf"|\b(?:loss|cost|objective|error)(?: \$)? {_BE} (?:then |now )?(?:multiplied|scaled) by (?:\d|a factor|two|three)"
    r"|\b(?:use|take|minimi[sz]e) (?:half|twice|double) (?:of )?(?:the|this) (?:loss|cost|objective|gradients?|\$)"
    rf"|\b(?:rows?|columns?|examples|features|inputs|data) {_BE} (?:then |first |now )?(?:cent(?:er|re)d|whitened|reversed)\b"
    rf"|\blabels? {_BE} flipped\b|\b(?:is|are) now [a-z]+ so that\b"
)
_RENAMED = re.compile(r"\b(?:replaced|approximated|modelled|modeled) (?:by|with|as) (?:[a-z-]+ ){0,4}\$")
_MEANINGS = re.compile(r"\bdegrees?\b(?! of)|\bhard[ -](?:sigmoid|tanh)\b|\bstraight-through\b|\bstop[- ]gradients?\b")
"""Words that give signs and functions a meaning that they do not have here."""
_CONVOLUTION = re.compile(r"\bconvolution\b")
"""A word that gives products such a meaning, unless the text writes the sum out."""
_REFUSED = frozenset(("unknown", "stray"))
_INPUT = re.compile(r"\binputs? ?[(\[] ?[-−]?\d")
_VALUES = frozenset(("value", "forward"))


def without_changed(tasks: Sequence[Task], sentences: Iterable[Sentence]) -> list[Task]:
    """The tasks, those behind a change unknown: of its part, or of all parts where it stands before them."""
    sentences = [replace(each, tokens=each.said or each.tokens) for each in sentences]
    found = list(tasks)
    if any(_computes(token) for sentence in sentences for token in sentence.tokens if isinstance(token, Math)):
        note = "the input stands among the words; write it as a formula, $x = (1, 2)$"
        found = [replace(t, form="unknown", note=note) if _INPUT.search(t.text) and t.form in _VALUES else t for t in found]
    for sentence in sentences:
        said, asks = _spelled(sentence), any(_stands_in(task, sentence) for task in tasks if task.form != "unknown")
        meant = _MEANINGS.search(said) or (_CONVOLUTION.search(said) and not _is_written_out(sentence, sentences))
        if not meant and (asks or not _CHANGES.search(said) or _names_result(sentence, sentences)):
            continue
        note = f'what "{_shown(sentence)}" says is not understood'
        part = sentence.place.part
        lone = part is not None and not any(_is_in(task, part) for task in tasks if task.form not in _REFUSED)
        behind = [_is_behind(task, sentence, None if lone else part) for task in found]
        found = [replace(t, form="unknown", note=note) if late else t for t, late in zip(found, behind, strict=True)]
    return found


def _is_written_out(sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether formulas say what a convolution is, `x_{i+j-1}` in a sum: here, else anywhere, and no product is meant by it."""
    everywhere = [tree for each in sentences for tree in _formulas(each)]
    if any(isinstance(part, Product) and part.operator == "*" for tree in everywhere for part in walk(tree)):
        return False
    own = any(_computes(token) for token in sentence.tokens if isinstance(token, Math))
    sums = (
        part for tree in (_formulas(sentence) if own else everywhere) for part in walk(tree) if isinstance(part, BigOperator)
    )
    return any(isinstance(part, Subscript) and any(map(_adds_indices, part.items)) for each in sums for part in walk(each.body))


def _adds_indices(item: Tree) -> bool:
    return isinstance(item, Sum) and sum(isinstance(part, Name) for part in walk(item)) > 1


def _formulas(sentence: Sentence) -> list[Tree]:
    return [tree for token in sentence.tokens if isinstance(token, Math) for tree in trees(token)]


def _names_result(sentence: Sentence, sentences: Iterable[Sentence]) -> bool:
    """What becomes of it has a name and a formula of its own, "$y$ is replaced by $y' = 2 y$", and nothing else is computed
    from what it was.
    """
    said = _spelled(sentence)
    match = _RENAMED.search(said)
    if match is None or len(_CHANGES.findall(said)) != 1:
        return False
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    at = said[: match.end() - 1].split().count("$")
    before, made = formulas[:at][-1:], formulas[at]
    defined = [tree.sides for tree in trees(made) if isinstance(tree, Relation) and tree.operators == ("=",)]
    changed = [tree.sides[0] if isinstance(tree, Relation) else tree for math in before for tree in trees(math)]
    if len(defined) != 1 or len(changed) != 1 or is_literal(defined[0][1]) or defined[0][0] in (*walk(defined[0][1]), *changed):
        return False
    others = (token for each in sentences for token in each.tokens if isinstance(token, Math) and token is not made)
    bodies = (side for math in others for tree in trees(math) if isinstance(tree, Relation) for side in tree.sides[1:])
    return not any(changed[0] in walk(body) for body in bodies)


def _computes(math: Math) -> bool:
    """Whether a formula says how something is computed: then a network is not in words, where inputs are read in them too."""
    return any(isinstance(tree, Relation) and not is_literal(tree.sides[-1]) for tree in trees(math))


def _stands_in(task: Task, sentence: Sentence) -> bool:
    return sentence.span.start <= task.span.start < sentence.span.end


def _is_in(task: Task, part: str) -> bool:
    return task.part == part or (task.part or "").startswith(f"{part}.")


def _is_behind(task: Task, change: Sentence, part: str | None) -> bool:
    """part: the part in which the change holds; None for all behind it, as where it is all that its part says."""
    return (part is None or _is_in(task, part)) and task.span.start >= change.span.start and task.form not in _REFUSED


def _spelled(sentence: Sentence) -> str:
    return " ".join(token.text if isinstance(token, Word) else "$" for token in sentence.tokens)


def _shown(sentence: Sentence) -> str:
    text = " ".join(sentence.span.text.split())
    return text if len(text) <= 80 else text[:77] + "..."
