r"""What is asked of layers that words describe: "How many parameters does the convolutional layer have?", "the size of its output"."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import FIND
from chainrule.sheets.layer_kinds.kinds import LayerUnclear, counted
from chainrule.sheets.layer_kinds.words import SENSITIVE, Mention, read_row, speaks_of_layers, spell, take_up
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Counted, LayerCount, Task

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
    named = any(name.startswith("head ") for name, _ in found)
    if asked is None or not (named or asked in ("height-width", "shape")):
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
    if not any(task.form == "count" for task in tasks):
        return [*tasks]
    return [_with_layers(task, sentences) if task.form == "count" else task for task in tasks]


def _with_layers(task: Task, sentences: Sequence[Sentence]) -> Task:
    own = task.counted
    if own is None and (task.roles or task.layers or task.every):
        return task
    mentions: list[Mention] = []
    try:
        question = _described(task, sentences, mentions)
        if not any(mention.kind for mention in mentions) and own is None:
            return task
        layers = counted(_meant(question, mentions))
    except LayerUnclear as error:
        return replace(task, form="unknown", counted=None, note=str(error)) if own is not None else task
    if not layers:
        return replace(task, form="unknown", counted=None, note="no layer is described by its kind") if own else task
    what = own.what if own is not None else next(iter(task.named("asked")), "parameters")
    return replace(task, counted=Counted(what, "", tuple(layers), together=own is None or not question))


def _described(task: Task, sentences: Sequence[Sentence], mentions: list[Mention]) -> list[Mention]:
    """Add what the sentences before and around a task say of layers; the layers that its own sentence names.

    Raises LayerUnclear where a sentence may say something of them and is not understood.
    """
    question: list[Mention] = []
    for sentence in sentences:
        part, own = sentence.place.part, task.part or ""
        inside = part is None or own == part or own.startswith(f"{part}.")
        if not inside or sentence.place.heading:
            continue
        said = spell(sentence.tokens)
        asks = sentence.span.start < task.span.end and task.span.start < sentence.span.end
        if sentence.end == "?" and not asks:
            continue
        found = read_row(said, asks=asks)
        if found is not None:
            new: list[Mention] = []
            if asks and any(name.startswith(("head ", "say ")) for name, _ in found):
                held = take_up(found, new)
                question = new
            else:
                held = asks or take_up(found, mentions)
            if not held:
                raise LayerUnclear(f'"{said}" says something of a layer twice')
        elif not asks and SENSITIVE.search(said) and not _is_task(sentence):
            raise LayerUnclear(f'what "{said}" says of the layers is not understood')
    return question


def _is_task(sentence: Sentence) -> bool:
    """Whether a sentence is a question of its own, and says nothing."""
    return sentence.end == "?"


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


def speaks(sentences: Sequence[Sentence]) -> bool:
    """Whether layers of a kind are spoken of."""
    return any(speaks_of_layers(spell(sentence.tokens)) for sentence in sentences)


__all__ = ["LayerCount", "recognise_layers", "with_layers"]
