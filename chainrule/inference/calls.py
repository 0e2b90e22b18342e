r"""Calls: `\sigma(p)`, `f(Wx)^2`, `\max(0, n)`, `\tanh^2 x`, `\sin^{-1} x`, found in juxtapositions and put together.

What is called is decided in `callee.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.errors import NameFault, SyntaxFault
from chainrule.graph.operation import Operation
from chainrule.inference import composition, conditions
from chainrule.inference.binomials import refuse_column
from chainrule.inference.callee import function_of, is_inverse, refuse_unapplied
from chainrule.inference.define import is_head
from chainrule.inference.derivatives import refuse_hessian_of_density
from chainrule.inference.distributions.entries import entry_of
from chainrule.inference.distributions.families import read_vector
from chainrule.inference.distributions.generated import read_generated
from chainrule.inference.distributions.masses import mass_in
from chainrule.inference.distributions.moments import moment_of_call, read_moment
from chainrule.inference.distributions.notation import bracket_of_call, spelled_head
from chainrule.inference.distributions.reading import read_quantity
from chainrule.inference.filled import read_filled, sized
from chainrule.inference.literals import is_literal
from chainrule.inference.probabilities import read_conditional
from chainrule.inference.resolved import Applied, DerivativeAt, Function, Hole, Macro, replace_symbols, with_own_indices
from chainrule.inference.symbols import (
    could_be_name,
    entry_position,
    is_conditional,
    is_probability,
    join_letters,
    join_spans,
    key,
    letter,
    span_text,
)
from chainrule.inference.uses import bracket_of
from chainrule.inference.values_at import value_at
from chainrule.ops.construction import Construction
from chainrule.ops.gamma import polygamma
from chainrule.source import Span
from chainrule.syntax.tree import (
    Bracket,
    Call,
    Derivative,
    Juxtaposition,
    Name,
    Number,
    Prime,
    Product,
    Quotient,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Tree,
    walk,
)

if TYPE_CHECKING:
    from chainrule.inference.resolve import Reader

MOST_COMPARED = 64
"""How many arguments max and min take."""
_OF_LISTS = ("softmax", "log_softmax", "logsumexp")
"""Functions of a vector that may have its entries as arguments, `softmax(2, 1, 0)`."""
HIGHEST_ORDER = 4
"""Of the derivatives that are written by primes on a function of matrices."""


def read_juxtaposition(reader: Reader, items: tuple[Tree, ...]) -> list[Tree]:
    """The factors of a juxtaposition, calls put together."""
    items = _joined_words(reader, items)
    factors: list[Tree] = []
    i = 0
    while i < len(items):
        item, following = items[i], items[i + 1] if i + 1 < len(items) else None
        refuse_column(item, following, reader.arrays | reader.indexed)
        called = _called(reader, item, following)
        if called is not None and following is not None:
            factors.append(_marked(reader, following, called) if bracket_of(following) is not None else called)
            i += 2
        else:
            factors.append(reader.read(item))
            i += 1
    return factors


def _called(reader: Reader, item: Tree, following: Tree | None) -> Tree | None:
    """What an item and what follows it are together; None where they are two factors."""
    bracket = bracket_of(following)
    if bracket is not None:
        bracket = _by_parameters(reader, item, bracket)
        indicator = conditions.read_indicator(reader, item, bracket)
        if indicator is not None:
            return indicator
        filled = read_filled(reader, Juxtaposition((item, bracket), span=join_spans((item, bracket))))
        if filled is not None:
            return filled
        whole = Juxtaposition((item, bracket), span=join_spans((item, bracket)))
        if is_probability(item) and (reader.knows(whole) or is_conditional(whole)):
            return read_conditional(reader, whole)
        if _is_own_head(reader, item, bracket):
            return reader.name(item)
        hessian = _hessian(reader, item, bracket)
        if hessian is not None:
            return hessian
        order = _polygamma_order(reader, item)
        if order is not None and len(bracket.items) == 1:
            return Applied(polygamma(order), (reader.read(bracket.items[0]),), span=whole.span)
        entry = entry_of(reader, item, bracket) if reader.tables else None
        if entry is not None:  # of `P(A)^2`; without a power it was found before
            return reader.read(entry)
        mass = mass_in(reader, item, bracket, whole.span) if reader.families else None
        if mass is not None:
            return mass
        quantity = (
            read_generated(reader, item, bracket)
            or read_quantity(reader, item, bracket)
            or read_moment(reader, item, bracket, whole.span)
        )
        if quantity is not None:
            return quantity
        vector = read_vector(reader, item, bracket)
        if vector is not None:
            return vector
        chain = composition.chain_of(reader, item)
        if chain is not None:
            return reader.read(composition.nested(chain, bracket.items, whole.span))
    found = function_of(reader, item, bracket or following)
    if found is None:
        _refuse_point(reader, item, bracket)
        return None if bracket is None or bracket_of(following) is None else value_at(reader, item, bracket)
    if following is None:
        raise refuse_unapplied(item)
    last = following if bracket is None else bracket
    return applied(reader, item, found, (following,) if bracket is None else bracket.items, join_spans((item, last)))


def _by_parameters(reader: Reader, item: Tree, bracket: Bracket) -> Bracket:
    """The arguments of `L(w = 3)` in the order of the head of L; a bracket that does not name all its parameters as it is."""
    definition = reader.headed.get(key(item)) if could_be_name(item) else None
    named = {key(i.sides[0]): i.sides[1] for i in bracket.items if isinstance(i, Relation) and i.operators == ("=",)}
    parameters = tuple(map(key, definition.parameters or ())) if definition is not None else ()
    if not parameters or set(parameters) != named.keys() or len(bracket.items) != len(parameters):
        return bracket
    return replace(bracket, items=tuple(named[parameter] for parameter in parameters))


def _refuse_point(reader: Reader, item: Tree, bracket: Bracket | None) -> None:
    """Raise SyntaxFault for `L(w = 0)` where L is a quantity: its value at a point, and no product with a condition."""
    points = bracket.items if bracket is not None and bracket.kind == "(" else ()
    equal = all(isinstance(each, Relation) and each.operators == ("=",) and could_be_name(each.sides[0]) for each in points)
    if points and equal and could_be_name(item) and reader.knows(item):
        said = span_text(join_spans((item, *points)))
        message = f"{said}) is the value of {span_text(item.span)} at a point, which cannot stand in a formula"
        hint = f"ask for {span_text(item.span)} at the point in words; write [a = b] for 1 where that holds, else 0"
        raise SyntaxFault("value-at-point", message, points[0].span, hint)


def _polygamma_order(reader: Reader, item: Tree) -> int | None:
    r"""The 5 of `\psi^{(5)}(x)`, where nothing of the text is called psi."""
    match item:
        case Superscript(base=Name("\\psi") as psi, exponent=Bracket("(", (Number(value=value),))):
            known = reader.knows(item) or reader.knows(psi) or key(psi) in reader.functions or key(item) in reader.functions
            return None if known or value.denominator != 1 else int(value)
        case _:
            return None


def _hessian(reader: Reader, item: Tree, bracket: Bracket) -> Tree | None:
    """`H(f)` where H is nothing and f a quantity of one argument."""
    if item != Name("H") or reader.knows(item):
        return None
    name = bracket.items[0] if len(bracket.items) == 1 else None
    parameters = reader.heads.get(key(name), ()) if name is not None and could_be_name(name) else ()
    if name is None or len(parameters) != 1:
        return None
    if is_probability(name) and key(name) in reader.families:
        return None
    if is_probability(name):
        raise refuse_hessian_of_density(name)
    return reader.read(Derivative("partial", name, parameters * 2, span=join_spans((item, bracket))))


def _marked(reader: Reader, following: Tree, whole: Tree) -> Tree:
    """What was called, with the power or subscript that stands behind its bracket: `\\sigma(x)^2` is the square of the call."""
    match following:
        case Superscript(base=base):
            return reader.read(replace(following, base=_marked(reader, base, whole)))
        case Subscript(base=base):
            return reader.read(replace(following, base=_marked(reader, base, whole)))
        case _:
            return whole


def _joined_words(reader: Reader, items: tuple[Tree, ...]) -> tuple[Tree, ...]:
    """Letters without space between them that spell a defined word: `loss` after `loss = ...`, `net_2` after `net_1`."""
    joined: list[Tree] = []
    i = 0
    while i < len(items):
        first = items[i]
        words = reader.words.get(first.text, ()) if isinstance(first, Name) else ()
        found = next((tree for w in words if (tree := join_letters(items[i : i + len(w)], w)) is not None), None)
        if found is None:
            found = spelled_head(reader, items[i:])
        if found is None and first == Name("d") and reader.has_gradients:
            found = _gradient(items[i : i + 2])
        joined.append(first if found is None else found)
        i += 1 if found is None else len(_text(found))
    return tuple(joined)


def _gradient(items: tuple[Tree, ...]) -> Tree | None:
    """`dZ` beside `dW = ...`, which is what people call derivatives in code; None where d stands by itself.

    Raises SyntaxFault where a Greek letter touches the d.
    """
    d, *rest = items
    if rest and _text(rest[0]).startswith("\\") and d.span and rest[0].span and d.span.end == rest[0].span.start:
        message = f"{span_text(join_spans(items))} is a product, or the name of a derivative as others in this text"
        raise SyntaxFault("ambiguous-name", message, join_spans(items), "write \\cdot between factors, or give it another name")
    return join_letters(items, f"d{_text(rest[0])}") if rest else None


def _text(tree: Tree) -> str:
    base = letter(tree)
    return base.text if isinstance(base, Name) else ""


def _is_own_head(reader: Reader, item: Tree, bracket: Bracket) -> bool:
    """`L(y, \\hat y)` where L was defined with just this head."""
    if not could_be_name(item) or not reader.knows(item):
        return False
    definition = reader.headed.get(key(item))
    return definition is not None and is_head([key(i) for i in bracket.items], definition)


def read_call(reader: Reader, tree: Call) -> Tree:
    """A call of a word of the vocabulary: `\\max(0, n)`, `\\tanh^2(x)`, `\\log_2 x`."""
    head = tree.function
    quantity = read_quantity(reader, head, bracket_of_call(tree)) or moment_of_call(reader, tree)
    if quantity is not None:
        return quantity
    logarithm = _to_base(reader, tree)
    if logarithm is not None:
        return logarithm
    found = function_of(reader, head, Bracket("(", tree.arguments))
    if found is None:
        if reader.knows(head) and len(tree.arguments) == 1:
            return Product("", (reader.name(head), reader.read(tree.arguments[0])), span=tree.span)
        raise NameFault("unknown-function", f"there is no function {span_text(head.span)}", head.span)
    read = applied(reader, head, found, tree.arguments, tree.span)
    _note_reach(reader, tree, read)
    return read


def _to_base(reader: Reader, tree: Call) -> Tree | None:
    """`\\log_2 x`, `\\log_b^2 x`: the quotient of two logarithms."""
    head = tree.function
    if isinstance(head, Superscript) and isinstance(head.exponent, Number):
        inside = _to_base(reader, Call(head.base, tree.arguments, span=tree.span))
        return None if inside is None else Superscript(inside, head.exponent, span=tree.span)
    if not (isinstance(head, Subscript) and head.base == Name("log") and len(head.items) == 1):
        return None
    logarithm = reader.operation("log")
    arguments = tuple(reader.read(a) for a in tree.arguments)
    base = Applied(logarithm, (reader.read(head.items[0]),), span=head.span)
    return Quotient(Applied(logarithm, arguments, span=tree.span), base, span=tree.span)


def _note_reach(reader: Reader, tree: Call, read: Tree) -> None:
    """Say how far a function without parentheses reaches, where more than one factor stands behind it."""
    (argument, *more) = tree.arguments or (None,)
    if more or argument is None or argument.span is None or tree.span is None or argument.span.end != tree.span.end:
        return
    if not isinstance(argument, Juxtaposition) or (isinstance(argument.items[0], Number) and len(argument.items) == 2):
        return
    several = isinstance(read, Applied) and isinstance(read.arguments[0], Product)
    if several and not isinstance(argument, Bracket):
        word, inside = span_text(tree.function.span), span_text(argument.span)
        message = f"{span_text(tree.span)} is read as {word}({inside})"
        hint = f"write {word}({span_text(argument.items[0].span)}) with parentheses to end the argument there"
        reader.note("bare-argument", message, tree, hint)


def applied(reader: Reader, head: Tree, function: Function | Macro, arguments: tuple[Tree, ...], span: Span | None) -> Tree:
    """A function on arguments, with the primes, the power or the `^{-1}` that its name has. span: of it all."""
    if isinstance(head, Superscript) and not _names_function(reader, head):
        return _raised(reader, head, function, arguments, span)
    if not arguments:
        raise refuse_unapplied(head)
    sizes = function.sizes if isinstance(function, Construction) else 0
    read = tuple(reader.read(argument) for argument in arguments[: len(arguments) - sizes])
    if sizes:
        read = (*read, sized(reader, "zeros", arguments[len(arguments) - sizes :], head))
    primes = head.count if isinstance(head, Prime) and not reader.knows(head) else 0
    if isinstance(function, Macro):
        return _expanded(reader, head, function, read, primes, span)
    if primes and isinstance(function, Operation) and function.primed is not None:
        if primes > HIGHEST_ORDER:
            raise SyntaxFault("order-too-high", f"{span_text(head.span)} is of an order above {HIGHEST_ORDER}", head.span)
        return Applied(function.primed(primes), read, span=span)
    if primes and isinstance(function, Operation) and not function.elementwise and len(read) == 1:
        hole = Hole()
        return DerivativeAt(Applied(function, (hole,), span=span), hole, read[0], primes, span=span)
    if function.name in ("max", "min") and len(read) != 2:
        return _extremum(reader, function, read, span)
    listed = function.name == "diag" or (function.name in _OF_LISTS and all(map(_is_entry, arguments)))
    if listed and len(read) > 1:
        read = (Bracket("[", read, (",",) * (len(read) - 1), span=join_spans(read)),)
    if head == Name("H") and function.name == "unit_step":
        return Applied(function, read, of_vector=reader.operation("entropy"), span=span)
    return Applied(function, read, primes, span=span)


def _is_entry(argument: Tree) -> bool:
    """Whether it can only be an entry of a list, a number or `z_1`."""
    return is_literal(argument) or (isinstance(argument, Subscript) and entry_position(argument.items) is not None)


def _names_function(reader: Reader, head: Superscript) -> bool:
    return could_be_name(head) and (reader.knows(head) or key(head) in reader.functions)


def _raised(
    reader: Reader, head: Superscript, function: Function | Macro, arguments: tuple[Tree, ...], span: Span | None
) -> Tree:
    """`\\tanh^2(x)`, `f^2(x)`: the power of the value; `\\sin^{-1}(x)`: the inverse function."""
    if is_inverse(head):
        inverse = function.inverse if isinstance(function, Operation) else ""
        if not inverse or isinstance(head.base, Prime):
            message = f"{span_text(head.span)} means the inverse function, which chainrule does not know"
            hint = "define it under a name of its own; for one over the value write \\frac{1}{f(x)}"
            raise SyntaxFault("unknown-inverse", message, head.span, hint)
        message = f"{span_text(head.span)} is read as the inverse function {inverse}, not as one over the value"
        reader.note("inverse-function", message, head, f"write \\frac{{1}}{{{span_text(head.base.span)}(x)}} for that")
        return applied(reader, replace(head.base, span=head.span), reader.operation(inverse), arguments, span)
    sign = isinstance(head.exponent, Sum) and head.exponent.signs == (-1,) and isinstance(head.exponent.terms[0], Number)
    if not sign and not isinstance(head.exponent, Number):
        message = f"{span_text(head.span)} can mean a power, a derivative or another function"
        raise SyntaxFault("ambiguous-power", message, head.span, "write the power outside: (f(x))^{n}")
    inside = applied(reader, head.base, function, arguments, span)
    if isinstance(function, Macro) or (isinstance(function, Operation) and function.made_by is not None):
        said = span_text(head.base.span)
        message = f"{span_text(head.span)}(..) is read as the power of the value, not as {said} applied repeatedly"
        reader.note("power-of-function", message, head, f"write {said}({said}(x)) for that")
    return Superscript(inside, reader.read(head.exponent), span=span)


def _expanded(reader: Reader, head: Tree, macro: Macro, read: tuple[Tree, ...], primes: int, span: Span | None) -> Tree:
    """The body of a function with the arguments put in; of L'(w) the derivative, taken where the argument is."""
    wanted = len(macro.parameters)
    if not wanted - macro.optional <= len(read) <= wanted:
        few = f"{wanted - macro.optional} to " if macro.optional else ""
        plural = "" if wanted == 1 else "s"
        message = f"{span_text(head.span)} takes {few}{wanted} argument{plural}, not {len(read)}"
        raise SyntaxFault("argument-count", message, span)
    if primes and len(read) != 1:
        message = f"{span_text(head.span)} has {len(read)} arguments: the prime does not say by which to differentiate"
        raise SyntaxFault("unsupported-prime", message, head.span, "write \\frac{\\partial f}{\\partial x}")
    if primes > 2:
        raise SyntaxFault("order-too-high", f"{span_text(head.span)} is of an order above 2", head.span)
    hole = Hole()
    whole = replace_symbols(
        with_own_indices(macro.body), dict(zip(macro.parameters, (hole,) if primes else read, strict=False))
    )
    reader.charge(sum(1 for _ in walk(whole)), head)
    return DerivativeAt(whole, hole, read[0], primes, span=span) if primes else whole


def _extremum(reader: Reader, function: Function, read: tuple[Tree, ...], span: Span | None) -> Tree:
    """The largest or smallest of three or more, or of the entries of one array."""
    if len(read) == 1:
        return Applied(reader.operation(f"a{function.name}"), read, span=span)
    if len(read) > MOST_COMPARED:
        raise SyntaxFault("too-large", f"{function.name} of {len(read)} values is too long: write a list", span)
    whole, *rest = read
    for other in rest:
        whole = Applied(function, (whole, other), span=span)
    return whole
