r"""A computed name with an argument behind it, `H(x)` where `H = W^T a` and `a = \mathrm{ReLU}(x)`: the value of H, no product.

What the argument must be for that is known from the formulas alone; a name that has a number is a factor, `w(x)`. Where a
text has the value `H(x)`, and where `H(2x)` stands by itself, `H(2x)` is a value too, and elsewhere it is a product.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from chainrule.errors import SyntaxFault
from chainrule.inference.define import with_argument
from chainrule.inference.symbols import could_be_name, join_spans, key, span_text
from chainrule.inference.uses import uses
from chainrule.syntax.tree import Bracket, Juxtaposition, Name, Number, Subscript, Superscript, Tree, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader
    from chainrule.inference.statements import Definition

_QUANTITIES = frozenset("HDISh")
_LOGARITHMS = frozenset(("log", "ln", "lg", "log_2", "log2", "\\log", "\\ln", "\\lg"))


def called_as_values(statements: Sequence[Tree], bodies: Mapping[Tree, "Definition"]) -> Iterator[Tree]:
    """The computed names that stand before names that they are computed from, or by themselves before a formula of these or
    before as many numbers as these are, `C(2, 3)`.
    """
    for use in (use for statement in statements for use in uses(statement)):
        named = use.name in bodies and bool(use.arguments) and all(map(could_be_name, use.arguments))
        if named and _needed(use.name, bodies).issuperset(use.arguments):
            yield use.name
    for statement in statements:
        match statement:
            case Juxtaposition(items=(item, Bracket(kind="(", items=arguments))) if could_be_name(item) and key(item) in bodies:
                inputs = _needed(key(item), bodies) - bodies.keys()
                inside = [key(part) for each in arguments for part in walk(each) if could_be_name(part)]
                of_numbers = 1 < len(arguments) == len(inputs) and not inside
                if of_numbers or (inside and inputs.issuperset(inside)):
                    yield key(item)
            case _:
                pass


def _needed(name: Tree, bodies: Mapping[Tree, "Definition"]) -> set[Tree]:
    """The names that the formula of a name has, through all others."""
    found: set[Tree] = set()
    waiting = [name]
    while waiting:
        names = {key(part) for part in walk(bodies[waiting.pop()].body) if could_be_name(part)}
        waiting += [each for each in names - found if each in bodies]
        found |= names
    return found


def value_at(reader: "Reader", item: Tree, bracket: Bracket) -> Tree | None:
    """The value of a computed name where the arguments are what it is computed from; None where the two are factors.

    What is no name takes the place of the one name that all is computed from. Raises SyntaxFault where an argument is another
    one, and where a quantity of information is of several and only some are given.
    """
    name = reader.known(item) if could_be_name(item) else None
    arguments = bracket.items
    if name is None or name not in reader.bodies or bracket.kind != "(":
        return None
    if not _could_be_arguments(reader, name, arguments):
        return None
    if any(separator != "," for separator in bracket.separators):
        return None  # the notation of a divergence, `D(Q \\| P)`
    used = _used(reader, name)
    names = [reader.known(each) or key(each) for each in arguments if could_be_name(each)]
    inputs = [each for each in used if each not in reader.bodies]
    if len(names) == len(arguments) and used.issuperset(names) and not _lacks_inputs(reader, name, names, inputs):
        return reader.name(item)
    replaced = _replaced(reader, inputs, arguments[0]) if not names and len(arguments) == 1 else None
    if replaced is not None:
        return with_argument(reader.bodies[name], replaced, reader.read(arguments[0]), reader)
    said, what = span_text(join_spans((item, bracket))), span_text(item.span)
    message = f"{said} is the value of {what} for another argument, and nothing says which name of its formula that is"
    hint = f"write the arguments in the formula of {what}, {what}(..) = .., or a dot for a product"
    raise SyntaxFault("value-at-argument", message, bracket.span, hint)


def _replaced(reader: "Reader", inputs: Sequence[Tree], argument: Tree) -> Tree | None:
    """The one input in an argument, `2x`, or, where it has no names, the only one that there is."""
    inside = {reader.known(part) or key(part) for part in walk(argument) if could_be_name(part)}
    inside = {each for each in inside if _may_be_quantity(reader, each)}
    meant = inside if inside else set(inputs)
    return next(iter(meant)) if len(meant) == 1 and meant.issubset(inputs) else None


def _lacks_inputs(reader: "Reader", name: Tree, names: Sequence[Tree], inputs: Iterable[Tree]) -> bool:
    """Whether a quantity of information, `H = -\\sum_i P_i \\log Q_i`, needs more inputs than its arguments and theirs."""
    base = name.base if isinstance(name, Subscript) else name
    if not (isinstance(base, Name) and base.text in _QUANTITIES and _has_logarithm(reader, name)):
        return False
    given = set(names).union(*(_used(reader, each) for each in names if each in reader.bodies))
    needed = {each for each in inputs if reader.knows(each) and each not in reader.numbers}
    return not needed <= given


def _has_logarithm(reader: "Reader", name: Tree) -> bool:
    bodies = [reader.bodies[each].body for each in (name, *_used(reader, name)) if each in reader.bodies]
    return any(isinstance(part, Name) and part.text in _LOGARITHMS for body in bodies for part in walk(body))


def _could_be_arguments(reader: "Reader", name: Tree, arguments: tuple[Tree, ...]) -> bool:
    """Whether they are names, or one number, or, of a name that is called somewhere, anything without it: not `p(1 - p)`.

    Several numbers are a vector.
    """
    if name in reader.called and any(could_be_name(each) or not _mentions(reader, each, name) for each in arguments):
        return True
    if len(arguments) == 1 and isinstance(arguments[0], Number):
        return True
    return bool(arguments) and all(could_be_name(each) and key(each) not in reader.indices for each in arguments)


def _mentions(reader: "Reader", tree: Tree, name: Tree) -> bool:
    return any(could_be_name(part) and reader.known(part) == name for part in walk(tree))


def _used(reader: "Reader", name: Tree) -> set[Tree]:
    """The names that the formula of a name needs, through all others. A power counts as its base alone."""
    found: set[Tree] = set()
    waiting = [name]
    while waiting:
        parts = [part for part in walk(reader.bodies[waiting.pop()].body) if could_be_name(part)]
        names = {reader.known(part) or key(part) for part in parts if _may_be_quantity(reader, part)}
        waiting += [each for each in names - found if each in reader.bodies]
        found |= names
    return found


def _may_be_quantity(reader: "Reader", part: Tree) -> bool:
    if reader.knows(part):
        return True
    if isinstance(part, Superscript):
        return False
    return not (isinstance(part, Name) and (part.text in reader.table or part.text == "e"))
