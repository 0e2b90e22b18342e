r"""Definitions of functions: `\sigma(a) = \frac{1}{1 + e^{-a}}` defines a function, `L(y, \hat y) = ...` a quantity."""

from collections.abc import Sequence
from dataclasses import replace

from chainrule.errors import ChainruleError, SyntaxFault
from chainrule.graph import build
from chainrule.inference.functions import is_elementwise, recognise
from chainrule.inference.network import read_resolved
from chainrule.inference.resolve import Reader
from chainrule.inference.resolved import Function, Macro
from chainrule.inference.statements import Definition
from chainrule.inference.symbols import Symbol, could_be_name, key, span_text
from chainrule.ops.table import operations, spellings
from chainrule.syntax.tree import Bracket, Call, Juxtaposition, Name, Prime, Tree, walk


def is_function(definition: Definition, statements: Sequence[Tree]) -> bool:
    """Whether a definition with a head is of a function: its name is one of the table's, or it is called otherwise."""
    if not definition.parameters:
        return False
    name = definition.name
    if isinstance(name, Name) and name.text in spellings():
        return True
    head = tuple(key(p) for p in definition.parameters)
    return any(_calls_otherwise(part, name, head) for statement in statements for part in walk(statement))


def _calls_otherwise(tree: Tree, name: Tree, head: tuple[Tree, ...]) -> bool:
    if isinstance(tree, Call):
        function = tree.function.base if isinstance(tree.function, Prime) else tree.function
        return key(function) == name and tuple(key(a) for a in tree.arguments) != head
    if not isinstance(tree, Juxtaposition):
        return False
    for item, following in zip(tree.items, tree.items[1:], strict=False):
        base = item.base if isinstance(item, Prime) else item
        called = could_be_name(base) and key(base) == name
        arguments = following.items if isinstance(following, Bracket) and following.kind in "([" else ()
        if called and arguments and (tuple(key(a) for a in arguments) != head or isinstance(item, Prime)):
            return True
    return False


def define_function(definition: Definition, reader: Reader) -> Function | Macro:
    """The function of a definition: an elementwise operation where it has one parameter and nothing else in it, else a macro.

    Raises ChainruleErrors where the body cannot be read.
    """
    parameters = tuple(key(p) for p in definition.parameters or ())
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
