r"""Definitions of functions: `\sigma(a) = \frac{1}{1 + e^{-a}}` defines a function, `L(y, \hat y) = ...` a quantity.

A quantity with a head can be called too: `L(0.5)` is its value there, through everything that depends on the parameter.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.errors import ChainruleError, NameFault, SyntaxFault
from chainrule.graph import build
from chainrule.graph.operation import Operation
from chainrule.inference.counting import starts_of
from chainrule.inference.expression import read_resolved
from chainrule.inference.functions import is_elementwise, recognise, recognise_array
from chainrule.inference.ranges import range_in
from chainrule.inference.resolved import (
    Applied,
    Entry,
    Filled,
    Function,
    Indexed,
    Macro,
    Summed,
    Tabled,
    Transposed,
    replace_symbols,
)
from chainrule.inference.statements import Definition, head_parts
from chainrule.inference.sums import read_elements
from chainrule.inference.symbols import Symbol, could_be_name, key, span_text
from chainrule.inference.uses import ARGUMENT, uses
from chainrule.ops.table import operations, spellings
from chainrule.syntax.tree import Derivative, Name, Product, Relation, Tree, children, walk

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

DEEPEST = 80
"""How deep a function's body may be once the quantities in it are written out."""


def functions_among(definitions: Sequence[Definition], statements: Sequence[Tree], alone: Collection[Tree]) -> list[Definition]:
    """The definitions that are of functions alone, each after those it calls as far as there is such an order.

    A definition with a head is of a function if its name is one of the table's, if an equation applies it to anything but
    just that head, or if a function is computed from it with a parameter of its own: `f(a) = g(a) + 1`. It is a quantity all
    the same if the text uses it as one or asks for its derivative.
    """
    headed = {d.name: d for d in definitions if d.parameters}
    quantities = {name for name in headed if name in alone} | set(_asked_for(statements))
    renamed = {name for name, d in headed.items() if d.parameters == (ARGUMENT,)}
    found: set[Tree] = renamed | {name for name in headed if isinstance(name, Name) and name.text in spellings()}
    for use in (use for statement in statements if isinstance(statement, Relation) for use in uses(statement)):
        definition = headed.get(use.name)
        if definition is not None and not (use.plain and is_head(use.arguments, definition)):
            found.add(use.name)
    called: dict[Tree, list[Tree]] = {}
    waiting: list[Tree] = list(found)
    while waiting:
        name = waiting.pop()
        parameters = set(_head(headed[name]))
        inner = [use for use in uses(headed[name].body) if use.name in headed]
        called[name] = [use.name for use in inner]
        for use in inner:
            if use.name not in found and parameters & {part for a in use.arguments for part in walk(a)}:
                found.add(use.name)
                waiting.append(use.name)
    alone_functions = [d.name for d in definitions if d.name in found - (quantities - renamed)]
    return [headed[name] for name in _called_first(alone_functions, called)]


def _asked_for(statements: Sequence[Tree]) -> list[Tree]:
    """What is differentiated, and what stands for itself with its head: `\\frac{df}{dx}`, `L(w)`, but not a bare `\\sigma`."""
    derivatives = [part.of for s in statements for part in walk(s) if isinstance(part, Derivative) and part.of is not None]
    mentioned = [s for s in statements if not isinstance(s, Relation | Derivative) and head_parts(s)[1] is not None]
    names = [key(head_parts(tree)[0]) for tree in (*derivatives, *mentioned) if could_be_name(head_parts(tree)[0])]
    return [name for name in names if not (isinstance(name, Name) and name.text in spellings())]


def _head(definition: Definition) -> tuple[Tree, ...]:
    return tuple(key(p) for p in definition.parameters or ())


def is_head(arguments: Sequence[Tree], definition: Definition) -> bool:
    """Whether arguments are just the parameters, those behind a semicolon written or not."""
    parameters = _head(definition)
    return tuple(arguments) in (parameters, parameters[: len(parameters) - definition.optional])


def _called_first(names: Sequence[Tree], called: Mapping[Tree, Sequence[Tree]]) -> list[Tree]:
    """The names, each after those it calls; names that call each other in the order they are met."""
    done: dict[Tree, None] = {}
    met: set[Tree] = set()
    wanted = set(names)
    for first in names:
        path = [(first, iter(called[first]))] if first not in met else []
        met.add(first)
        while path:
            name, rest = path[-1]
            following = next((other for other in rest if other in called and other not in met), None)
            if following is None:
                done[name] = None
                path.pop()
            else:
                met.add(following)
                path.append((following, iter(called[following])))
    return [name for name in done if name in wanted]


def called_function(reader: "Reader", name: Tree) -> Function | Macro | None:
    """The function of that name that the text defines, made when it is first asked for; None where it defines none.

    Raises ChainruleErrors where its body cannot be read.
    """
    if name in reader.functions or name not in reader.headed:
        return reader.functions.get(name)
    definition = reader.headed[name]
    if name in reader.pending:
        message = f"the function {span_text(definition.name.span)} is computed from itself"
        raise NameFault("cyclic-definition", message, definition.span, "give the function inside another name")
    reader.pending.append(name)
    try:
        reader.functions[name] = _define_function(definition, reader)
    finally:
        reader.pending.pop()
    return reader.functions[name]


def _define_function(definition: Definition, reader: "Reader") -> Function | Macro:
    """An elementwise operation where there is one parameter and nothing else in the body, else a macro."""
    parameters = _head(definition)
    if not all(could_be_name(p) for p in parameters):
        raise SyntaxFault(
            "unreadable-head", f"the parameters of {span_text(definition.name.span)} are not names", definition.span
        )
    if len(set(parameters)) < len(parameters):
        message = f"the head of {span_text(definition.name.span)} has two parameters of one name"
        raise SyntaxFault("unreadable-head", message, definition.span)
    inner = replace(
        reader,
        defined={**reader.defined, **{p: p for p in parameters}},
        indexed=reader.indexed | set(parameters),
        headed={name: d for name, d in reader.headed.items() if name not in parameters},
        functions=reader.functions if not reader.functions.keys() & set(parameters) else {},
        indices={},
    )
    body = _written_out(read_body(definition, inner), definition, inner)
    _note_met_names(definition, inner)
    others = {part.name for part in walk(body) if isinstance(part, Symbol)} - set(parameters)
    if len(parameters) == 1 and not others and not is_of_array(body) and reader.mapped.get(definition.name) is not False:
        variable = build.variable(parameters[0])
        try:
            node = read_resolved(body, {parameters[0]: variable})
        except ChainruleError:
            # The parameter is not a scalar: the body is put in wherever the function is called.
            return Macro(definition.name, parameters, body)
        if is_elementwise(node, variable):
            return recognise(definition.name, variable, node, operations())
    if len(parameters) == 1 and not others:
        found = _known_array_function(definition.name, parameters[0], body)
        if found is not None:
            return found
    return Macro(definition.name, parameters, body, definition.optional)


def with_argument(definition: Definition, parameter: Tree, argument: Tree, reader: "Reader") -> Tree:
    """The resolved formula of a quantity with an argument in place of a name that it is computed from.

    Raises NameFault where it is computed from itself.
    """
    if definition.name in reader.pending:
        message = f"{span_text(definition.name.span)} is computed from itself"
        raise NameFault("cyclic-definition", message, definition.span, "give the quantity inside another name")
    reader.pending.append(definition.name)
    try:
        headed = replace(definition, parameters=(parameter,))
        body = _written_out(read_body(headed, reader), headed, reader)
    finally:
        reader.pending.pop()
    return replace_symbols(body, {parameter: argument})


def _note_met_names(definition: Definition, reader: "Reader") -> None:
    """Say where a function called in a body has a free name that is a parameter here: the parameter is what it gets."""
    parameters = set(_head(definition))
    for use in uses(definition.body):
        called = reader.functions.get(use.name)
        if not isinstance(called, Macro):
            continue
        met = [name for name in _mentions(called.body) if name in parameters and name not in called.parameters]
        if met:
            inner, outer = span_text(called.name.span), span_text(definition.name.span)
            message = f"{outer} is called with its argument put into {inner} too, which has {span_text(met[0].span)} in it"
            reader.note("through-quantities", message, definition.name)


def _known_array_function(name: Tree, parameter: Tree, body: Tree) -> Operation | None:
    """The operation that a function of a vector is, such as a softmax that is written out."""
    variable = build.variable(parameter, ("n",))
    try:
        node = read_resolved(body, {parameter: variable})
    except ChainruleError:
        return None
    return recognise_array(name, variable, node, operations())


def is_of_array(body: Tree) -> bool:
    """Whether a body is written for an array, `x^\\top x`, though it means something of a number too."""
    arrays = Transposed | Entry | Indexed | Summed | Tabled | Filled
    return any(
        isinstance(part, arrays)
        or (isinstance(part, Product) and part.operator == "inner")
        or (isinstance(part, Applied) and isinstance(part.function, Operation) and not part.function.elementwise)
        for part in walk(body)
    )


def read_body(definition: Definition, reader: "Reader") -> Tree:
    """The resolved right side of a quantity's definition, which may be entry by entry."""
    if not definition.indices:
        return reader.read(definition.body)
    body = read_elements(reader, definition.body, starts_of(definition, reader.ranges, reader.zero_based))
    own = [range_in(reader.ranges.get(index, ()), definition.span) for index in definition.indices]
    lengths = tuple(None if each is None else each.length for each in own)
    return Tabled(definition.indices, body, lengths, span=definition.body.span)


def _written_out(body: Tree, definition: Definition, reader: "Reader") -> Tree:
    """The body with the quantities put in that depend on a parameter: the `\\hat y` of `L(w) = (y - \\hat y)^2`."""
    parameters = _head(definition)
    bodies: dict[Tree, Tree] = {}
    waiting = _mentions(body)
    while waiting:
        name = waiting.pop()
        if name not in bodies and name not in parameters and name in reader.bodies:
            bodies[name] = read_body(reader.bodies[name], reader)
            waiting += _mentions(bodies[name])
    dependent = _dependent(bodies, parameters)
    if dependent.intersection(_mentions(body)):
        names = ", ".join(sorted(span_text(name.span) for name in dependent if name in bodies))
        said = span_text(definition.name.span)
        reader.note("through-quantities", f"{said} is called with its argument put into {names} too", definition.name)
    while put_in := dependent.intersection(_mentions(body)):
        whole = replace_symbols(body, {name: bodies[name] for name in put_in})
        reader.charge(sum(1 for _ in walk(whole)) - sum(1 for _ in walk(body)), definition.name)
        body = whole
        if _depth(body) > DEEPEST:
            message = f"{span_text(definition.name.span)} becomes too large when it is written out"
            raise SyntaxFault("too-large", message, definition.name.span)
    return body


def _mentions(tree: Tree) -> list[Tree]:
    return [part.name for part in walk(tree) if isinstance(part, Symbol)]


def _dependent(bodies: Mapping[Tree, Tree], parameters: Sequence[Tree]) -> set[Tree]:
    """The quantities among `bodies` that are computed from a parameter."""
    users: dict[Tree, list[Tree]] = {}
    for name, body in bodies.items():
        for mentioned in _mentions(body):
            users.setdefault(mentioned, []).append(name)
    found: set[Tree] = set()
    waiting = list(parameters)
    while waiting:
        for name in users.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _depth(tree: Tree) -> int:
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        here, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in children(here))
    return deepest
