"""Requests that are read as a row of phrases: for steps of descent, shapes, counts of parameters, convexity, matrices."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request, trimmed
from chainrule.sheets.convexity_questions import recognise_convexity
from chainrule.sheets.descent import find_descent, recognise_descent
from chainrule.sheets.descent_rates import with_rates
from chainrule.sheets.layer_kinds import recognise_layers, with_layers
from chainrule.sheets.matrix_questions import recognise_matrix_question
from chainrule.sheets.parameter_counts import recognise_count, with_roles
from chainrule.sheets.references import with_part_said
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.shape_questions import recognise_shape
from chainrule.sheets.sheet import Task
from chainrule.sheets.stated_descents import stated_steps

__all__ = ["find_whole", "recognise_whole", "with_parts"]


def find_whole(sentence: Sentence, requests: Sequence[Request], before: Sequence[Task]) -> Task | None:
    """The one task that a whole sentence is; None for any other sentence. before: the tasks that stand before it."""
    if not requests:
        return stated_steps(sentence, before)
    if steps := find_descent(sentence, requests, before):
        return steps
    first = requests[0]
    whole = replace(first, tokens=trimmed(sentence.tokens[len(first.before) + 1 :]), written=trimmed(sentence.tokens))
    return recognise_shape(whole, before) or recognise_count(whole, before) or recognise_layers(whole)


def recognise_whole(request: Request, before: Sequence[Task]) -> Task | None:
    """The task that a request is; None where it asks for anything else. before: the tasks that stand before it."""
    return (
        recognise_descent(request, before)
        or recognise_shape(request, before)
        or recognise_count(request, before)
        or recognise_convexity(request)
        or recognise_matrix_question(request, before)
    )


def with_parts(tasks: Sequence[Task], sentences: Sequence[Sentence]) -> list[Task]:
    """The counts with the layers that words describe, and with what words say each name is; the descents with their steps;
    all with the part whose formulas they mean.
    """
    read = with_roles(with_layers(with_rates(tasks, sentences), sentences), sentences)
    return [*map(with_part_said, read)]
