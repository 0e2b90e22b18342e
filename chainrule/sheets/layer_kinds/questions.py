"""What is asked of layers that words describe: "How many parameters does the LSTM have?", "the size of its output"."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import FIND
from chainrule.sheets.layer_kinds.kinds import LayerUnclear, counted
from chainrule.sheets.layer_kinds.words import SENSITIVE, Mention, read_row, spell, take_up
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Counted, Group, Task

_VERBS = FIND | frozenset(("how", "count", "what", "which"))
_ASKED = ("height-width", "shape", "parameters", "weights", "biases")


def recognise_layers(request: Request) -> Task | None:
    """The task that asks for the parameters, or the output, of layers of a kind that is named, or of "it"."""
    if request.verb not in _VERBS:
        return None
    said = spell(request.written)
    found = read_row(said, asks=True)
    if found is None:
        return None
    asked = _asked([name for name, _ in found])
    if asked is None:
        return None
    return Task("count", request.place.part, request.span, request.text, counted=Counted(asked, said))


def _asked(names: Sequence[str]) -> str | None:
    """The one thing that is asked for; None where nothing is, or two things are."""
    asked = {name.removeprefix("ask ") for name in names if name.startswith("ask ") and name != "ask asking"}
    asked = {"parameters" if name == "weights-and-biases" else name for name in asked}
    return next(iter(asked)) if len(asked) == 1 and asked <= set(_ASKED) else None


def with_layers(tasks: Sequence[Task], sentences: Sequence[Sentence]) -> list[Task]:
    """The counts of parameters with the layers that sentences describe by their kind and their numbers.

    What asks for such layers and cannot be told from the words is not understood; other counts stay as they are.
    """
    if not any(task.form in ("count", "shape") for task in tasks):
        return [*tasks]
    stated = [each for each in sentences if not any(_overlap(each, task) for task in tasks)]
    return [_with_layers(task, stated, sentences) if _may_be_of_layers(task) else task for task in tasks]


def _may_be_of_layers(task: Task) -> bool:
    """Whether it counts parameters, or asks how large the output is."""
    return task.form == "count" or (task.form == "shape" and task.groups == (Group("asked", "output"),))


def _overlap(sentence: Sentence, task: Task) -> bool:
    return sentence.span.start < task.span.end and task.span.start < sentence.span.end


def _with_layers(task: Task, stated: Sequence[Sentence], sentences: Sequence[Sentence]) -> Task:
    own = task.counted
    if own is None and (task.roles or task.layers or task.every):
        return task
    mentions: list[Mention] = []
    try:
        question = _asked_of([each for each in sentences if _overlap(each, task)])
        _describe(task, stated, mentions)
        if not any(mention.kind for mention in mentions) and own is None:
            return task
        layers = counted(_meant(question, mentions))
    except LayerUnclear as error:
        if own is not None:
            return replace(task, form="unknown", counted=None, note=str(error))
        return replace(task, note=str(error)) if any(mention.kind for mention in mentions) else task
    if not layers:
        return replace(task, form="unknown", counted=None, note="no layer is described by its kind") if own else task
    what = own.what if own is not None else next(iter(task.named("asked")), "parameters")
    what = "shape" if what == "output" else what
    return replace(
        task, form="count", counted=Counted(what, "", tuple(layers), together=not any(mention.kind for mention in question))
    )


def _asked_of(sentences: Sequence[Sentence]) -> list[Mention]:
    """The layers that a question names. Raises LayerUnclear where its words are not understood."""
    found: list[Mention] = []
    for sentence in sentences:
        row = read_row(spell(sentence.tokens), asks=True)
        if row is None or not take_up(row, found):
            raise LayerUnclear(f'"{spell(sentence.tokens)}" is not understood of layers')
    return found


def _describe(task: Task, stated: Sequence[Sentence], mentions: list[Mention]) -> None:
    """Add what sentences that hold in a task's part say of layers.

    Raises LayerUnclear where a sentence may say something of them and is not understood.
    """
    own = task.part or ""
    for sentence in stated:
        part = sentence.place.part
        if sentence.place.heading or sentence.end == "?" or not (part is None or own == part or own.startswith(f"{part}.")):
            continue
        said = spell(sentence.tokens)
        found = read_row(said, asks=False)
        if found is None and (SENSITIVE.search(said) or "$" in said):
            raise LayerUnclear(f'what "{said}" says of the layers is not understood')
        if found is not None and not take_up(found, mentions):
            raise LayerUnclear(f'"{said}" says something of a layer twice')


def _meant(question: Sequence[Mention], mentions: Sequence[Mention]) -> list[Mention]:
    """The layers that a question means: those that it describes itself, the ones that it names, else all of the text.

    Raises LayerUnclear where it names one of several.
    """
    named = [mention for mention in question if mention.kind]
    if not named:
        return [*mentions, *question]
    if any(mention.values for mention in named) or not any(mention.kind for mention in mentions):
        return [*mentions, *question] if all(not mention.kind for mention in mentions) else [*question]
    wanted = [mention for mention in mentions if mention.kind == named[0].kind]
    if len(named) > 1 or len(wanted) != 1:
        raise LayerUnclear(f'it is not clear which layer "{named[0].words}" is')
    end = next(i for i, mention in enumerate(mentions) if mention is wanted[0])
    return [*mentions[: end + 1]]
