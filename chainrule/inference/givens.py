"""Values and declared shapes: each name has one, and those of a list `x = [x_1, x_2]` go to its entries."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from chainrule.errors import ChainruleError, Diagnostic, ShapeError
from chainrule.inference.declarations import Declaration
from chainrule.inference.entry_lists import entries_of, is_entry_list
from chainrule.inference.gathered import Gathered
from chainrule.inference.literals import FLAT, Literal
from chainrule.inference.ranks import OF_RANK, SCALAR, VECTOR
from chainrule.inference.statements import (
    Definition,
    Given,
    Item,
    sort_statement,
)
from chainrule.inference.steps import defined_name
from chainrule.inference.symbols import entry_position, key, span_text, two_digits
from chainrule.syntax.tree import Subscript, Tree


def give(
    items: Sequence[Item], found: Gathered, definitions: Mapping[Tree, Definition], zero_based: Container[Tree] = ()
) -> None:
    """Values; those of a declared list `x = [x_1, x_2]` go to its entries. A name with two values has none."""
    conflicting: set[Tree] = set()
    for item in (i for i in items if isinstance(i, Given)):
        definition = definitions.get(item.name)
        if definition is not None and not is_entry_list(definition.body):
            code, message = "given-and-defined", f"{span_text(item.span)}: this name already has a formula"
            if definition.parameters:
                code, message = "two-meanings", f"{span_text(item.span)}: {span_text(item.name.span)} is a function too"
            else:
                found.overruled.append(item)
            found.diagnostics.append(Diagnostic("warning", code, f"{message}, so the number is not used", item.span))
            continue
        try:
            spread = _spread(item, definition)
        except ShapeError as error:
            found.diagnostics.append(error.diagnostic())
            continue
        for given in spread:
            before = found.givens.get(given.name)
            if before is not None and before.literal.rows != given.literal.rows:
                conflicting.add(given.name)
                where = f" and in line {before.span.line}" if before.span else ""
                said = span_text(given.name.span) or span_text(given.span).partition("=")[0].strip()
                message = f"{said} is given two values, here{where}"
                hint = "results that need it are shown as formulas; give the value with --at"
                found.diagnostics.append(Diagnostic("error", "two-values", message, given.span, hint))
            found.givens[given.name] = given
    conflicting.update(_entries_apart(found, zero_based))
    for name in conflicting:
        del found.givens[name]


def _entries_apart(found: Gathered, zero_based: Container[Tree]) -> Iterator[Tree]:
    """Entries that are given a number that the list or matrix they are of does not have there, and those arrays.

    One that is given the number that it has there is that entry, and no input of its own.
    """
    for name, given in list(found.givens.items()):
        whole = found.givens.get(name.base) if isinstance(name, Subscript) else None
        if whole is None or not isinstance(name, Subscript) or SCALAR not in given.literal.kinds:
            continue
        there = _entry_of(whole.literal, name, whole.name in zero_based)
        if there == given.literal.rows[0][0]:
            del found.givens[name]
        elif there is not None:
            message = f"{span_text(given.span)}: {span_text(whole.span)} says otherwise"
            found.diagnostics.append(Diagnostic("error", "two-values", message, given.span, "give one of them another name"))
            yield from (name, whole.name)


def _entry_of(whole: Literal, name: Subscript, is_zero_based: bool) -> Fraction | str | None:
    """The entry that a name is by its form, in words where there is none; None for `w_0`, which is another name than w's."""
    positions = entry_position(name.items)
    rows = whole.rows
    if SCALAR in whole.kinds or positions is None:
        return None
    if VECTOR in whole.kinds:
        flat = [number for row in rows for number in row]
        (*more, at) = positions if not is_zero_based else [at + 1 for at in positions]
        if more or at == 0:
            return None
        return flat[at - 1] if at <= len(flat) else "no entry"
    i, j = positions if len(positions) == 2 else divmod(positions[0], 10) if two_digits(positions) else (0, 0)
    if 0 in (i, j):
        return None
    return rows[i - 1][j - 1] if i <= len(rows) and j <= len(rows[0]) else "no entry"


def declare(items: Iterable[Item], found: Gathered) -> None:
    """Shapes. A name with two has none that could be relied on: it is broken."""
    for item in (i for i in items if isinstance(i, Declaration)):
        before = found.declarations.setdefault(item.name, item)
        error: Diagnostic | None = None
        if len(item.shape) not in OF_RANK:
            message = f"{span_text(item.span)}: chainrule works with at most two dimensions"
            error = Diagnostic("error", "unsupported-rank", message, item.span)
        elif before.dimensions != item.dimensions:
            where = f" and in line {before.span.line}" if before.span else ""
            message = f"{span_text(item.name.span)} is declared with two shapes, here{where}"
            error = Diagnostic("error", "two-shapes", message, item.span)
        if error is not None:
            found.diagnostics.append(error)
            found.broken[item.name] = error
    for name in found.broken:
        found.declarations.pop(name, None)
        found.givens.pop(name, None)
    for name, given in found.givens.items():
        if name in found.declarations and _is_listed_row(given.literal, found.declarations[name]):
            row = tuple(number for numbers in given.literal.rows for number in numbers)
            found.givens[name] = replace(given, literal=Literal((row,), FLAT))


def _is_listed_row(literal: Literal, declared: Declaration) -> bool:
    """Whether a list is the one row of what is declared as a matrix, `[0.4, 0.9]` of a 1 x 2 matrix."""
    listed = literal.kinds == frozenset((VECTOR,)) and not literal.column
    return declared.is_row and listed and declared.dimensions[1].number in (None, len(literal.rows))


def _spread(given: Given, definition: Definition | None) -> list[Given]:
    if definition is None:
        return [given]
    names = [key(entry) for entry in entries_of(definition.body)]
    numbers = [number for row in given.literal.rows for number in row]
    if len(names) != len(numbers):
        where = f" (line {definition.span.line})" if definition.span else ""
        message = f"{span_text(given.span)}: {len(numbers)} numbers for a list of {len(names)} entries{where}"
        raise ShapeError("shape-clash", message, given.span)
    return [Given(n, Literal(((v,),), frozenset((SCALAR,))), given.span) for n, v in zip(names, numbers, strict=True)]


def lengths_of(quantities: Iterable[Definition], found: Gathered) -> dict[Tree, tuple[int, ...]]:
    """How long the names are that are sure to be arrays, by declarations, literals and lists; 0 where that is no number."""
    lengths = {name: tuple(d.number or 0 for d in declared.dimensions) for name, declared in found.declarations.items()}
    for name, given in found.givens.items():
        rows = given.literal.rows
        lengths[name] = (len(rows),) if len(rows[0]) == 1 else (len(rows), len(rows[0]))
    lengths |= {d.name: (len(entries_of(d.body)),) for d in quantities if is_entry_list(d.body)}
    return {name: own for name, own in lengths.items() if name in found.declarations or own != (1,)}


def rows_among(found: Gathered) -> dict[Tree, int]:
    """The names that are declared or given as a row, each with the axis along which a row lies."""
    declared = (name for name, declaration in found.declarations.items() if declaration.is_row)
    given = (name for name, given in found.givens.items() if given.literal.is_row)
    return dict.fromkeys((*declared, *given), 1)


def whole_values(givens: Mapping[Tree, Given]) -> dict[Tree, int]:
    single = {name: given.literal.rows[0][0] for name, given in givens.items() if given.literal.rows[0][1:] == ()}
    return {
        name: int(value) for name, value in single.items() if value.denominator == 1 and len(givens[name].literal.rows) == 1
    }


def whole_numbers(statements: Sequence[Tree], more: Sequence[Given | Declaration]) -> dict[Tree, int]:
    """The names that the text or `more` gives as whole numbers; a statement that cannot be read gives none."""
    items: list[Item | Given | Declaration] = []
    for statement in statements:
        with suppress(ChainruleError):
            items.extend(sort_statement(statement)[0] if defined_name(statement) is not None else ())
    return whole_values({item.name: item for item in (*items, *more) if isinstance(item, Given)})
