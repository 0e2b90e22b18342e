"""Numbers that words give: "all weights are 0.5", "the biases are zero", "input (1, 2)", "target 1"."""

import re
from collections.abc import Iterator, Sequence, Set

from chainrule.inference.ranks import SCALAR
from chainrule.sheets.networks.description import quoted, unclear
from chainrule.sheets.networks.equations import Equation, is_small
from chainrule.sheets.networks.literals import numbers_of
from chainrule.sheets.networks.naming import Symbols
from chainrule.sheets.networks.orientation import Arrangement
from chainrule.sheets.networks.parts import Fact, SlotName
from chainrule.sheets.networks.symbols import Known, base
from chainrule.syntax.tree import Tree

_GENERAL = frozenset(("network", "all"))
_WEIGHTS = frozenset(("w", "W", "v", "V", "u", "U"))
_BEFORE = 12
_EACH = re.compile(r"\b(?:every|each|any)\s+$", re.IGNORECASE)


def given_values(
    facts: Sequence[Fact], symbols: Symbols, arrangement: Arrangement, known: Known, target: str
) -> Iterator[Equation]:
    """The values of weights, biases, input and target that the words give; what a formula gives too is left to it.

    Raises Unclear: `sizes-not-told` where one number stands for an array whose size nothing tells, `weights-unclear` where
    a list of numbers is not one of that array's entries, `contradictory-network` where two are given.
    """
    for fact in facts:
        if fact.slot == "value" and fact.of.role in ("input", "target"):
            name = symbols.inputs if fact.of.role == "input" else target
            if name and not _is_given(symbols.keys.get(name), str(fact.value), known):
                yield Equation(f"{name} = {fact.value}", fact.span, shown=False)
    yield from _filled("weight-value", symbols.weights, facts, symbols, arrangement, known)
    yield from _filled("bias-value", symbols.biases, facts, symbols, arrangement, known)


def values_of_all(facts: Sequence[Fact], known: Known, used: Set[Tree]) -> Iterator[Equation]:
    """The one number that words give all weights, or all biases, of a network in formulas. used: the names in those.

    Raises Unclear where they give two, or other ones to some layers.
    """
    letters: dict[SlotName, Set[str]] = {"weight-value": _WEIGHTS, "bias-value": frozenset(("b", "B"))}
    for slot, bases in letters.items():
        stated = [fact for fact in facts if fact.slot == slot]
        names = [name for name in known.free() if name in used and base(name) in bases and name not in known.values]
        if not stated or not names or (len(names) > 1 and not any(map(_is_of_all, stated))):
            continue
        fact = stated[0]
        literal = numbers_of(str(fact.value))
        if literal is None or (len(names) > 1 and SCALAR not in literal.kinds):
            continue
        others = [each for each in stated if each.of.role not in _GENERAL or each.value != fact.value]
        if others:
            message = f"of which weights or biases {quoted(others[0].span)} is said is not understood"
            raise unclear("weights-unclear", message, others[0].span, "give each its value by name")
        for name in names:
            shape = known.shapes.get(name, ())
            if all(isinstance(length, int) for length in shape):
                text = _array(fact, known.spelled(name), shape)
                yield Equation(f"{known.spelled(name)} = {text}", fact.span, shown=False)


def _is_of_all(fact: Fact) -> bool:
    """Whether it says of more than one thing what its value is, "all weights", "every weight"."""
    before = fact.span.source.text[max(fact.span.start - _BEFORE, 0) : fact.span.start]
    return re.match(r"(?:all|each|every|weights|biases)\b", fact.span.text) is not None or _EACH.search(before) is not None


def _is_given(name: Tree | None, text: str, known: Known) -> bool:
    """Whether a formula gives a name these numbers. Others may be those of another part; in one they are a contradiction."""
    value, said = known.values.get(name) if name is not None else None, numbers_of(text)
    if value is None or said is None:
        return value is not None
    return [n for row in value.rows for n in row] == [n for row in said.rows for n in row]


def _filled(
    slot: SlotName, names: Sequence[str], facts: Sequence[Fact], symbols: Symbols, arrangement: Arrangement, known: Known
) -> Iterator[Equation]:
    """The weights, or the biases, that have no value of their own."""
    stated = [fact for fact in facts if fact.slot == slot]
    layers = 1 if symbols.entries else len(names)
    for index, name in enumerate(names):
        tree = symbols.keys.get(name)
        layer = 0 if symbols.entries else index
        fact = _meant([each for each in stated if _is_meant(each, layer, layers)])
        if not name or (tree is not None and tree in known.values):
            continue
        units = [each for each in stated if each.of.role == "unit"] if (layer, layers) == (0, 2) else []
        if units:
            text = _by_unit(units, fact, name, _shape(slot, name, index, arrangement), arrangement.rows)
            yield Equation(f"{name} = {text}", units[0].span, shown=False)
        if fact is None or units:
            continue
        if symbols.entries and slot == "weight-value":
            text = _entry(fact, index, len(names))
        else:
            text = _array(fact, name, _shape(slot, name, index, arrangement))
        yield Equation(f"{name} = {text}", fact.span, shown=False)


def _meant(facts: Sequence[Fact]) -> Fact | None:
    """What is said of one layer, else what is said of all. Raises Unclear where two numbers are."""
    own = [fact for fact in facts if fact.of.role not in _GENERAL] or facts
    for fact in own[1:]:
        if fact.value != own[0].value:
            message = f"{quoted(fact.span)} contradicts {quoted(own[0].span)}"
            raise unclear("contradictory-network", message, fact.span, "say which layer each is for, or write equations")
    return own[0] if own else None


def _shape(slot: SlotName, name: str, index: int, arrangement: Arrangement) -> tuple[object, ...]:
    before, after = arrangement.sizes[index : index + 2]
    if slot == "bias-value":
        return (after,) if after != 1 else ()
    if is_small(name):
        return (before,) if before != 1 else ()
    return (before, after) if arrangement.rows else (after, before)


def _is_meant(fact: Fact, index: int, count: int) -> bool:
    """Whether a fact speaks of the layer at an index."""
    match fact.of.role:
        case "input":
            return index == 0
        case "output":
            return index == count - 1
        case "hidden":
            return index < count - 1 and fact.of.number in (None, index + 1)
        case "layer":
            return fact.of.number == index + 1
        case "unit":
            return False
        case _:
            return True


def _entry(fact: Fact, index: int, count: int) -> str:
    """The number of one of several weights that have names."""
    literal = numbers_of(str(fact.value))
    if literal is None or SCALAR in literal.kinds:
        return str(fact.value)
    numbers = [number for row in literal.rows for number in row]
    if len(numbers) != count:
        raise unclear("weights-unclear", f"{quoted(fact.span)} are {len(numbers)} numbers for {count} weights", fact.span)
    return str(numbers[index])


def _array(fact: Fact, name: str, shape: tuple[object, ...]) -> str:
    """A number, a list or a matrix of one number in every place; a list of numbers where it goes one way only."""
    text = str(fact.value)
    literal = numbers_of(text)
    if literal is not None and SCALAR not in literal.kinds:
        numbers = [str(number) for row in literal.rows for number in row]
        return _listed(fact, name, numbers, shape)
    if not all(isinstance(size, int) for size in shape):
        message = f"{quoted(fact.span)}, and nothing tells the shape of {name}"
        raise unclear("sizes-not-told", message, fact.span, "say how many inputs and units there are")
    sizes = [size for size in shape if isinstance(size, int)]
    if not sizes:
        return text
    row = [text] * sizes[-1]
    if len(sizes) == 1:
        return f"[{', '.join(row)}]"
    return _matrix([row] * sizes[0])


def _by_unit(units: Sequence[Fact], other: Fact | None, name: str, shape: tuple[object, ...], columns: bool) -> str:
    """The array whose rows, or columns, words give unit by unit. other: what is said of the units that they leave out.

    Raises Unclear: `unsupported-network` where they leave one out, `weights-unclear` where they give it more or fewer numbers
    than it has.
    """
    lengths = [size for size in shape if isinstance(size, int)]
    if len(lengths) < len(shape) or not lengths:
        message = f"{quoted(units[0].span)}, and nothing tells the shape of {name}"
        raise unclear("sizes-not-told", message, units[0].span, "say how many inputs and units there are")
    count, width = (lengths[-1], lengths[0]) if columns else (lengths[0], lengths[-1])
    rows: list[list[str]] = []
    for unit in range(1, count + 1):
        own = [each for each in units if each.of.number == unit] or [each for each in units if each.of.number is None]
        fact = _meant(own) or other
        if fact is None:
            message = f"the text gives {name} for some hidden units and not for hidden unit {unit}"
            raise unclear("unsupported-network", message, units[0].span, "give the numbers of every unit")
        rows.append(_row(fact, width if len(shape) == 2 else 1))
    beyond = next((each for each in units if (each.of.number or 0) > count), None)
    if beyond is not None:
        raise unclear("contradictory-network", f"there are {count} hidden units", beyond.span)
    if len(shape) == 1:
        return f"[{', '.join(row[0] for row in rows)}]"
    return _matrix([list(column) for column in zip(*rows, strict=True)] if columns else rows)


def _row(fact: Fact, width: int) -> list[str]:
    literal = numbers_of(str(fact.value))
    numbers = [str(number) for row in literal.rows for number in row] if literal is not None else [str(fact.value)]
    if literal is None or SCALAR in literal.kinds:
        numbers *= width if fact.of.role != "unit" or width == 1 else 1
    if len(numbers) != width:
        message = f"{quoted(fact.span)}: {len(numbers)} numbers where a unit has {width}"
        raise unclear("weights-unclear", message, fact.span, "give a number for each input of the unit")
    return numbers


def _listed(fact: Fact, name: str, numbers: Sequence[str], shape: tuple[object, ...]) -> str:
    if shape == (len(numbers),):
        return f"[{', '.join(numbers)}]"
    if shape == (1, len(numbers)):
        return _matrix([numbers])
    if shape == (len(numbers), 1):
        return _matrix([[number] for number in numbers])
    message = f"{quoted(fact.span)} are {len(numbers)} numbers, and it is not said which entry of {name} each is"
    raise unclear("weights-unclear", message, fact.span, f"write {name} as a matrix, or its entries")


def _matrix(rows: Sequence[Sequence[str]]) -> str:
    body = " \\\\ ".join(" & ".join(row) for row in rows)
    return f"\\begin{{bmatrix}} {body} \\end{{bmatrix}}"
