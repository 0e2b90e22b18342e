"""What a text says beside its requests, and what that makes of the tasks that were read: the last word on them."""

from collections.abc import Sequence

from chainrule.sheets.information.conditions import without_conditions
from chainrule.sheets.information.done_to_values import without_done_to_values
from chainrule.sheets.information.function_units import with_units_of_functions
from chainrule.sheets.information.other_mixtures import without_other_mixtures
from chainrule.sheets.information.said_otherwise import without_said_otherwise
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Grid, Task
from chainrule.syntax.tree import Tree


def settled(
    tasks: Sequence[Task], sentences: Sequence[Sentence], variables: frozenset[Tree], grids: Sequence[Grid]
) -> list[Task]:
    """The tasks as conditions, mixtures, participles and units of functions leave them; a label of a table says nothing."""
    said = [each for each in sentences if not any(grid.span.start <= each.span.start < grid.span.end for grid in grids)]
    open_ones = without_other_mixtures(without_conditions(without_said_otherwise(tasks, said), said, variables), said)
    return with_units_of_functions(without_done_to_values(open_ones, said), said)
