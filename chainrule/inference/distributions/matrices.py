r"""Matrices of two random variables: joint ones, channels `P(Y \mid X) = [...]`, and `W` with `W_{xy} = P(y \mid x)`.

In the form that is left a joint matrix has a row for each value of the first variable, a channel one for each of its input.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from chainrule.errors import Diagnostic, ShapeError
from chainrule.inference.distributions.grids import Reading
from chainrule.inference.distributions.heads import spoken_of
from chainrule.inference.distributions.labels import read_unlabelled, table_head, variable_of
from chainrule.inference.distributions.labels import said as text_of
from chainrule.inference.distributions.orientation import axes_in_words, variables_in_words, words_beside
from chainrule.inference.distributions.stochastic import value_at
from chainrule.inference.literals import Rows, number, rows_of
from chainrule.inference.symbols import could_be_name, is_conditional, is_probability, key, span_text
from chainrule.source import Source
from chainrule.syntax.tree import Bracket, Juxtaposition, Matrix, Name, Relation, Subscript, Tree, walk

EQUALS = ("=", ":=")


def with_links(statements: Sequence[Tree]) -> tuple[list[Tree], list[Tree]]:
    r"""The statements with `P(Y \mid X) = [...]` for `W = P(Y \mid X) = [...]`, `P(Y \mid X) = W` and `W_{xy} = P(y \mid x)`.

    And those of them whose rows are as they have to be, by the letters of an entry.
    """
    split = [part for statement in statements for part in _split(statement)]
    bodies = {key(s.sides[0]): _as_matrix(s.sides[1]) for s in split if isinstance(s, Relation) and _is_matrix(s)}
    found: list[Tree] = []
    settled: list[Tree] = []
    replaced: set[Tree] = set()
    for statement in split:
        by_letters = _by_letters(statement, bodies)
        name, linked = by_letters or _by_name(statement, bodies) or (statement, statement)
        found.append(linked)
        if by_letters is not None:
            settled.append(linked)
        if linked is not statement and is_probability(name):
            replaced.add(name)
    left = [each for each in found if not (isinstance(each, Relation) and _is_matrix(each) and key(each.sides[0]) in replaced)]
    return left, settled


def _split(statement: Tree) -> Iterator[Tree]:
    r"""`W = P(Y \mid X) = [...]` as two equations with the matrix, where one side alone is a distribution of two variables."""
    match statement:
        case Relation(operators=operators, sides=(first, second, body)) if set(operators) <= {*EQUALS} and rows_of(body):
            if (_variables(first) is None) == (_variables(second) is None):
                yield statement
            else:
                yield Relation(operators[:1], (first, body), span=statement.span)
                yield Relation(operators[:1], (second, body), span=statement.span)
        case _:
            yield statement


def _is_matrix(statement: Relation) -> bool:
    """Whether a name alone is said to be a matrix."""
    head, body = statement.sides[0], statement.sides[1]
    matrix = _as_matrix(body) if statement.operators[0] in EQUALS and could_be_name(head) else None
    return isinstance(matrix, Matrix) and len(matrix.rows[0]) > 1


def _as_matrix(body: Tree) -> Tree:
    """A list of rows, `[[1, 0], [0, 1]]`, as a matrix; any other tree as it is."""
    try:
        listed = rows_of(body) if isinstance(body, Bracket) else None
    except ShapeError:  # rows of different lengths, which is said where the list is read
        return body
    return body if listed is None or len(listed[0]) < 2 else Matrix(listed[0], span=body.span)


def _by_name(statement: Tree, bodies: Mapping[Tree, Tree]) -> tuple[Tree, Tree] | None:
    r"""The W of `P(Y \mid X) = W`, and the equation with its matrix."""
    match statement:
        case Relation(operators=(operator,), sides=(head, name)) if operator in EQUALS and key(name) in bodies:
            return (key(name), replace(statement, sides=(head, bodies[key(name)]))) if _variables(head) else None
        case _:
            return None


def _by_letters(statement: Tree, bodies: Mapping[Tree, Tree]) -> tuple[Tree, Tree] | None:
    r"""The W of `W_{xy} = P(y \mid x)`, and the equation of `P(Y \mid X)` with its matrix, or this one turned round."""
    match statement:
        case Relation(operators=(operator,), sides=(Subscript(base=name, items=items), head)) if operator in EQUALS:
            body = bodies.get(key(name))
            letters = _letters(items)
            named = _at_letters(head, letters) if len(letters) == 2 else None
            if named is None or not isinstance(body, Matrix):
                return None
            whole, by_row = named
            rows = body.rows if by_row else tuple(zip(*body.rows, strict=True))
            return key(name), replace(statement, sides=(whole, replace(body, rows=rows)))
        case _:
            return None


def _letters(items: Iterable[Tree]) -> tuple[Tree, ...]:
    """The i and j of `W_{ij}` and `W_{i, j}`, also between bars."""
    parts = [part for item in items for part in (item.items if isinstance(item, Juxtaposition) else (item,))]
    return tuple(map(key, parts)) if all(isinstance(part, Name) for part in parts) else ()


def _at_letters(head: Tree, letters: tuple[Tree, ...]) -> tuple[Tree, bool] | None:
    r"""`P(Y \mid X)` for `P(Y = j \mid X = i)` at these letters, and whether the first letter is the one of its rows."""
    match head:
        case Juxtaposition(items=(name, Bracket(kind="(", items=(_, _) as items) as bracket)) if is_probability(name):
            pairs = [item.sides if isinstance(item, Relation) and len(item.sides) == 2 else (item, item) for item in items]
        case _:
            return None
    values = [key(value) for _, value in pairs]
    if set(values) != set(letters) or len(set(letters)) < 2 or not all(could_be_name(variable) for variable, _ in pairs):
        return None
    variables = tuple(variable_of(variable) for variable, _ in pairs)
    whole = replace(head, items=(name, replace(bracket, items=variables)))
    of_rows = values[1] if "|" in bracket.separators else values[0]
    return whole, letters[0] == of_rows


def _variables(head: Tree) -> tuple[Tree, ...] | None:
    """The two random variables of a head."""
    letter = head.items[0] if isinstance(head, Juxtaposition) else head
    named = table_head(head) if is_probability(letter) else None
    return named[1] if named is not None and len(named[1]) == 2 else None


def with_head(statements: Sequence[Tree]) -> tuple[list[Tree], list[Diagnostic]]:
    r"""The statements with `p(x, y) = [...]` for the one matrix that stands alone, if its numbers sum to 1 and the text speaks
    of a joint distribution that no formula gives, or its words say what its rows and columns are; and what is said of it.
    """
    alone = [each for each in statements if isinstance(each, Matrix) and each.environment != "array" and _is_joint(each)]
    if len(alone) != 1:
        return list(statements), []
    (matrix,) = alone
    defined = {key(each.sides[0]) for each in statements if isinstance(each, Relation) and each.operators[0] in EQUALS}
    spoken = spoken_of([each for each in statements if not isinstance(each, Relation)])
    said: list[Diagnostic] = []
    head = None if spoken is None or key(spoken) in defined else spoken
    if head is None or is_conditional(head) or len(_variables(head) or ()) != 2:
        axes = variables_in_words(words_beside(matrix.span), "")
        if axes is None:
            return list(statements), []
        letter = Name("p", span=Source("matrix", "p").span())
        head = Juxtaposition((letter, Bracket("(", axes, (",",))), span=matrix.span)
        said.append(Diagnostic("note", "table-named", "this joint distribution is called p here", matrix.span))
    whole = Relation(("=",), (head, matrix), span=matrix.span)
    return [whole if each is matrix else each for each in statements], said


def _is_joint(matrix: Matrix) -> bool:
    """Whether it has rows and columns of probabilities that sum to 1."""
    values = [number(cell) for row in matrix.rows for cell in row]
    whole = sum((value for value in values if value is not None), Fraction(0)) == 1
    return whole and all(value is not None and value >= 0 for value in values) and len(matrix.rows) > 1 < len(matrix.rows[0])


def oriented(head: Tree, body: Tree) -> Reading | None:
    """A matrix that is said to be of two random variables; None for anything else."""
    variables, listed = _variables(head), _table(head, body)
    if variables is None or listed is None:
        return None
    if is_conditional(head):
        return _channel(head, body, listed, variables)
    if not isinstance(body, Matrix) or read_unlabelled(head, body) is None:
        return None
    first, second = variables
    axes, clear = axes_in_words(words_beside(body.span), (first, second))
    reading = Reading(body.span)
    if not clear or len(axes) > 1:
        reading.refuse_axes()
        return reading
    if not axes:
        rest = f"the values of {text_of(first)}, its columns for those of {text_of(second)}"
        reading.note("variables-by-place", f"the rows of this matrix are taken for {rest}")
    return _defined(reading, head, body, listed, turned=(second, first) in axes)


def _table(head: Tree, body: Tree) -> Rows | None:
    """The rows of a matrix that is computed from nothing in its head; None of any other tree."""
    try:
        listed = rows_of(body)
    except ShapeError:  # rows of different lengths, which is said where the matrix is read
        return None
    bracket = head.items[1] if isinstance(head, Juxtaposition) else None
    written = bracket.items if isinstance(bracket, Bracket) else ()
    if listed is None or len(listed[0]) < 2 or len(listed[0][0]) < 2 or any(part in written for part in walk(body)):
        return None
    return listed[0]


def _channel(head: Tree, body: Tree, rows: Rows, variables: tuple[Tree, ...]) -> Reading | None:
    """A channel with a row for each input: what sums to 1 tells it, and the words where rows and columns do."""
    target, condition = variables
    down, across = _sum_to_one(rows), _sum_to_one(tuple(zip(*rows, strict=True)))
    reading = Reading(body.span)
    if not down and not across:
        message = f"neither the rows nor the columns of {span_text(head.span)} sum to 1"
        hint = f"give a distribution of {text_of(target)} for each value of {text_of(condition)}"
        reading.diagnostics.append(Diagnostic("error", "not-normalised", message, body.span, hint))
        return reading
    axes, clear = axes_in_words(words_beside(body.span), (target, condition))
    possible = {axes for axes, fits in (((condition, target), down), ((target, condition), across)) if fits}
    told = possible & axes if axes else possible
    alike = rows == tuple(zip(*rows, strict=True))
    if len(axes) > 1 or not told or (len(told) > 1 and not alike) or not (clear or len(possible) == 1):
        reading.refuse_axes()
        return reading
    return _defined(reading, head, body, rows, turned=(condition, target) not in told)


def _defined(reading: Reading, head: Tree, body: Tree, rows: Rows, *, turned: bool) -> Reading:
    whole = Matrix(tuple(zip(*rows, strict=True)), span=body.span) if turned else body
    reading.statements.append(Relation(("=",), (head, whole), span=body.span))
    return reading


def _sum_to_one(rows: Rows) -> bool:
    """Whether every row does, whatever the values of the letters in it are."""
    names = {part for row in rows for cell in row for part in walk(cell) if isinstance(part, Name)}
    values: dict[Tree, Fraction] = {name: Fraction(1, 7 + 2 * at) for at, name in enumerate(sorted(names, key=repr))}
    sums = [[value_at(cell, values) for cell in row] for row in rows]
    return all(None not in row and sum(value for value in row if value is not None) == 1 for row in sums)
