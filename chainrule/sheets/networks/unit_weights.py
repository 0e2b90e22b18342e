"""Weights that words name one by one, `w_1` and `w_2` into the first hidden unit, as the matrix and the list that they fill."""

from collections.abc import Callable, Sequence

from chainrule.inference.symbols import key
from chainrule.sheets.networks.description import quoted, unclear
from chainrule.sheets.networks.parts import Description, Fact
from chainrule.syntax.tree import Tree


def named_unit_weights(description: Description, spelled: Callable[[Tree], str]) -> tuple[str, ...]:
    """The weights of a hidden layer and of one output unit, `\\begin{bmatrix} w_1 & w_2 \\\\ w_3 & w_4 \\end{bmatrix}` and
    `[w_5, w_6]`; () where words name none unit by unit.

    Raises Unclear: `weights-unclear` where they leave a unit or a weight out.
    """
    facts = [fact for fact in description.facts if fact.slot == "weights" and isinstance(fact.value, tuple)]
    units = sorted((fact for fact in facts if fact.of.role == "unit"), key=lambda fact: fact.of.number or 0)
    if not units:
        return ()
    if any(fact.slot == "rows" for fact in description.facts):
        raise unclear("weights-unclear", "data are row vectors here", units[0].span, "write the weights as a matrix")
    rows = _rows(units, description.layers[0].units)
    listed = [fact for fact in facts if fact.of.role == "output"]
    if len(listed) != 1 or description.layers[-1].units not in (None, 1):
        message = f"{quoted(units[0].span)}, and which weights lead into the output is not said"
        raise unclear("weights-unclear", message, units[0].span, "name the weight of each hidden unit in the output")
    last = _names(listed[0])
    inputs = description.inputs if isinstance(description.inputs, int) else len(rows[0])
    wanted = [*((row, unit, inputs) for row, unit in zip(rows, units, strict=True)), (last, listed[0], len(rows))]
    for names, fact, count in wanted:
        if len(names) != count:
            message = f"{quoted(fact.span)}: {len(names)} weights for {count} numbers"
            raise unclear("weights-unclear", message, fact.span, "name a weight for each number that goes into the unit")
    placed = {name for names, *_ in wanted for name in names}
    other = next((fact for fact in facts if not placed.issuperset(_names(fact))), None)
    if other is not None:
        raise unclear("weights-unclear", f"{quoted(other.span)}: which unit each leads into is not said", other.span)
    body = " \\\\ ".join(" & ".join(map(spelled, row)) for row in rows)
    return f"\\begin{{bmatrix}} {body} \\end{{bmatrix}}", f"[{', '.join(map(spelled, last))}]"


def _rows(units: Sequence[Fact], count: int | str | None) -> list[tuple[Tree, ...]]:
    """The weights of every hidden unit, in the order of the units."""
    found = {fact.of.number: _names(fact) for fact in units}
    wanted = range(1, (count if isinstance(count, int) else len(found)) + 1)
    if set(found) != set(wanted) or len(found) != len(units):
        message = f"the text names the weights of hidden units {', '.join(str(fact.of.number) for fact in units)}"
        raise unclear("weights-unclear", message, units[0].span, f"name those of all {len(wanted)} units, each once")
    return [found[number] for number in wanted]


def _names(fact: Fact) -> tuple[Tree, ...]:
    assert isinstance(fact.value, tuple)
    return tuple(key(name) for name in fact.value if isinstance(name, Tree))
