r"""Definitions of functions: `\sigma(a) = \frac{1}{1 + e^{-a}}` defines a function, `L(y, \hat y) = ...` a quantity."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chainrule.errors import ChainruleError, NameFault, SyntaxFault
from chainrule.graph import build
from chainrule.inference.functions import is_elementwise, recognise
from chainrule.inference.network import read_resolved
from chainrule.inference.resolve import Reader
from chainrule.inference.resolved import Function, Macro
from chainrule.inference.statements import Definition
from chainrule.inference.symbols import Symbol, could_be_name, key, span_text
from chainrule.ops.table import operations, spellings
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Name, Prime, Superscript, Tree, walk


@dataclass(frozen=True)
class _Use:
    """A name applied to arguments."""

    name: Tree
    arguments: tuple[Tree, ...]
    plain: bool
    """Whether no prime and no power stands between the name and its arguments."""


def functions_among(definitions: Sequence[Definition], statements: Sequence[Tree]) -> list[Definition]:
    """The definitions that are of functions, each after those it calls as far as there is such an order.

    A definition with a head is of a function if its name is one of the table's, if it is applied to anything but just that
    head, or if a function is computed from it with a parameter of its own: `f(a) = g(a) + 1`.
    """
    headed = {d.name: d for d in definitions if d.parameters}
    found: set[Tree] = {name for name in headed if isinstance(name, Name) and name.text in spellings()}
    for use in (use for statement in statements for use in _uses(statement)):
        definition = headed.get(use.name)
        if definition is not None and not (use.plain and use.arguments == _head(definition)):
            found.add(use.name)
    called: dict[Tree, list[Tree]] = {}
    waiting: list[Tree] = list(found)
    while waiting:
        name = waiting.pop()
        parameters = set(_head(headed[name]))
        uses = [use for use in _uses(headed[name].body) if use.name in headed]
        called[name] = [use.name for use in uses]
        for use in uses:
            if use.name not in found and parameters & {part for a in use.arguments for part in walk(a)}:
                found.add(use.name)
                waiting.append(use.name)
    return [headed[name] for name in _called_first([d.name for d in definitions if d.name in found], called)]


def _head(definition: Definition) -> tuple[Tree, ...]:
    return tuple(key(p) for p in definition.parameters or ())


def _uses(tree: Tree) -> Iterator[_Use]:
    for part in walk(tree):
        if isinstance(part, Call):
            yield from _use(part.function, part.arguments)
        elif isinstance(part, Juxtaposition):
            for item, following in zip(part.items, part.items[1:], strict=False):
                if isinstance(following, Bracket) and following.kind in "([" and following.items:
                    yield from _use(item, following.items)


def _use(item: Tree, arguments: tuple[Tree, ...]) -> Iterator[_Use]:
    base = item
    while isinstance(base, Prime) or (isinstance(base, Superscript) and not could_be_name(base)):
        base = base.base
    if could_be_name(base):
        yield _Use(key(base), tuple(key(a) for a in arguments), base is item)


def _called_first(names: Sequence[Tree], called: Mapping[Tree, Sequence[Tree]]) -> list[Tree]:
    """The names, each after those it calls; names that call each other in the order they are met."""
    done: dict[Tree, None] = {}
    met: set[Tree] = set()
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
    return list(done)


def define_function(definition: Definition, reader: Reader, later: Container[Tree]) -> Function | Macro:
    """The function of a definition: an elementwise operation where it has one parameter and nothing else in it, else a macro.

    later: functions that are defined after this one, itself included. Raises ChainruleErrors where the body cannot be read.
    """
    parameters = _head(definition)
    for use in _uses(definition.body):
        if use.name in later and use.name not in parameters:
            message = f"the function {span_text(definition.name.span)} is computed from itself"
            raise NameFault("cyclic-definition", message, definition.span, "give the function inside another name")
    if not all(could_be_name(p) for p in parameters):
        raise SyntaxFault(
            "unreadable-head", f"the parameters of {span_text(definition.name.span)} are not names", definition.span
        )
    inner = replace(reader, defined={**reader.defined, **{p: p for p in parameters}}, notes=[])
    body = inner.read(definition.body)
    others = {part.name for part in walk(body) if isinstance(part, Symbol)} - set(parameters)
    if len(parameters) == 1 and not others:
        variable = build.variable(parameters[0])
        try:
            node = read_resolved(body, {parameters[0]: variable})
        except ChainruleError:
            # The parameter is not a scalar: the body is put in wherever the function is called.
            return Macro(definition.name, parameters, body)
        if is_elementwise(node, variable):
            return recognise(definition.name, variable, node, operations())
    return Macro(definition.name, parameters, body)
