r"""What words say is done to what the text gives: "smoothed with $\epsilon = 0.1$", "sharpened by squaring".

The participles that only say where something comes from, or how it is named, are known. With any other one what is asked behind
it would be of what was given before, so it is refused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chainrule.inference.literals import is_literal
from chainrule.sheets.forms import words
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Task
from chainrule.syntax.tree import Relation

_KNOWN = words(
    "given defined described denoted denotes called named labelled labeled modelled modeled approximated estimated predicted"
    " compared encoded coded encrypted parametrised parametrized parameterised parameterized trained learned generated produced"
    " created emitted computed calculated obtained measured observed determined specified characterised characterized"
    " represented written expressed summarised summarized indexed numbered ordered listed distributed assigned"
    " followed preceded caused"
    " explained fitted related connected associated provided supplied used shared returned reported received transmitted"
    " evaluated differentiated governed induced indicated chosen selected picked judged scored decided closed formed"
)
_THINGS = r"(?:\$|it|they|labels?|targets?|predictions?|distributions?|vectors?|of \w+|class \w+)"
_BEHIND = r"(?P<word>[a-z-]+ed) (?:(?:with|using|via) (?!probability)|by )"
_DONE = re.compile(rf" {_THINGS} (?:, (?:and |but |then )*|(?:is|are|was|were) (?:then |first |now |also )*){_BEHIND}")
_NAMED = re.compile(r" label smoothing ")
_SMOOTHED = "smoothed"


def without_done_to_values(tasks: Sequence[Task], sentences: Iterable[Sentence]) -> list[Task]:
    """The tasks, those of information unknown behind such words; a smoothing that the text calls label smoothing is read."""
    sentences = list(sentences)
    said = [_spelled(sentence) for sentence in sentences]
    known = _KNOWN | {_SMOOTHED} if any(map(_NAMED.search, said)) else _KNOWN
    found = list(tasks)
    for sentence, text in zip(sentences, said, strict=True):
        matches = [match for match in _DONE.finditer(text) if match["word"] not in known]
        done = next((each["word"] for each in matches if not _is_written(sentence, text[: each.end()].count(" "))), "")
        if done:
            note = f'what "{done}" says of what is given is not understood'
            found = [_refused(task, note) if _is_behind(task, sentence) else task for task in found]
    return found


def _is_written(sentence: Sentence, start: int) -> bool:
    """Whether a formula behind a colon says what is done, "$z$ is softened with a temperature $T$: $p_i = ...$"."""
    behind = sentence.tokens[start:]
    colon = next((i for i, token in enumerate(behind) if isinstance(token, Word) and token.text in (":", "as", "by")), None)
    made = [token for token in behind[colon or 0 :] if isinstance(token, Math)]
    equations = [tree for math in made for tree in statements(math) if isinstance(tree, Relation)]
    display = any(math.display for math in made)
    return (colon is not None or display) and any(not is_literal(tree.sides[-1]) for tree in equations)


def _refused(task: Task, note: str) -> Task:
    return replace(task, form="unknown", note=note) if task.form == "information" else task


def _is_behind(task: Task, sentence: Sentence) -> bool:
    part = sentence.place.part
    within = part is None or task.part == part or (task.part or "").startswith(f"{part}.")
    return within and task.span.start >= sentence.span.start


def _spelled(sentence: Sentence) -> str:
    return "".join(f" {token.text if isinstance(token, Word) else '$'}" for token in sentence.tokens) + " "
