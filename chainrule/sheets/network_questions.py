"""Requests that are read as a row of phrases: for steps of gradient descent, shapes, counts of parameters, convexity, kinds of matrices."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.sheets.clauses import Request, trimmed
from chainrule.sheets.convexity_questions import recognise_convexity
from chainrule.sheets.descent import find_descent, recognise_descent, stated_steps
from chainrule.sheets.matrix_questions import recognise_matrix_question
from chainrule.sheets.parameter_counts import recognise_count, with_parts
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.shape_questions import recognise_shape
from chainrule.sheets.sheet import Task

__all__ = ["find_whole", "recognise_whole", "with_parts"]


def find_whole(sentence: Sentence, requests: Sequence[Request], before: Sequence[Task]) -> Task | None:
    """The one task that a whole sentence is; None for any other sentence. before: the tasks that stand before it."""
    if not requests:
        return stated_steps(sentence, before)
    if steps := find_descent(sentence, requests, before):
        return steps
    first = requests[0]
    whole = replace(first, tokens=trimmed(sentence.tokens[len(first.before) + 1 :]), written=trimmed(sentence.tokens))
    return recognise_shape(whole, before) or recognise_count(whole, before)


def recognise_whole(request: Request, before: Sequence[Task]) -> Task | None:
    """The task that a request is; None where it asks for anything else. before: the tasks that stand before it."""
    return (
        recognise_descent(request, before)
        or recognise_shape(request, before)
        or recognise_count(request, before)
        or recognise_convexity(request)
        or recognise_matrix_question(request, before)
    )
