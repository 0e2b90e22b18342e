"""Requests that are read as a row of phrases: for steps of descent, shapes, counts of parameters, convexity, matrices."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from chainrule.sheets.asked_further import asked_further
from chainrule.sheets.clauses import Request, trimmed
from chainrule.sheets.convexity_questions import recognise_convexity
from chainrule.sheets.descent import find_descent, recognise_descent
from chainrule.sheets.descent_rates import with_rates
from chainrule.sheets.layer_kinds import recognise_layers, with_layers
from chainrule.sheets.matrix_questions import recognise_matrix_question
from chainrule.sheets.networks.symbols import is_loss
from chainrule.sheets.networks.vocabulary import LOSSES
from chainrule.sheets.parameter_counts import recognise_count, with_roles
from chainrule.sheets.phrases import any_of, said_by
from chainrule.sheets.references import with_part_said
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.shape_questions import recognise_shape
from chainrule.sheets.sheet import Task
from chainrule.sheets.stated_descents import stated_steps
from chainrule.sheets.stationary_questions import recognise_stationary
from chainrule.syntax.tree import Tree

__all__ = ["find_whole", "recognise_whole", "with_parts", "without_named_loss"]

_LOSS = any_of(phrase for phrases in LOSSES.values() for phrase in phrases)
_USING = re.compile(
    rf"(?:using|with|under|taking|assuming) (?:the |a )?(?:{_LOSS})(?: (?:loss|cost|function|criterion))*"
    r"(?: as (?:the |its |our )?(?:loss|cost|objective|criterion)(?: function)?)? ,"
)


def without_named_loss(request: Request, computed: Set[Tree]) -> Request:
    """The request without "using binary cross-entropy," before its verb, which says of a network what its loss is.

    computed: the names that equations compute; where one is a loss the words may mean another one.
    """
    if any(is_loss(name) for name in computed) or not _USING.fullmatch(said_by(request.before).replace("-", " ")):
        return request
    return replace(request, before=())


def find_whole(sentence: Sentence, requests: Sequence[Request], before: Sequence[Task]) -> Task | None:
    """The one task that a whole sentence is; None for any other sentence. before: the tasks that stand before it."""
    if not requests:
        return stated_steps(sentence, before) or asked_further(sentence, before)
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
        or recognise_stationary(request)
        or recognise_matrix_question(request, before)
    )


def with_parts(tasks: Sequence[Task], sentences: Sequence[Sentence]) -> list[Task]:
    """The counts with the layers that words describe, and with what words say each name is; the descents with their steps;
    all with the part whose formulas they mean.
    """
    read = with_roles(with_layers(with_rates(tasks, sentences), sentences), sentences)
    return [*map(with_part_said, read)]
