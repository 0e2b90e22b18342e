r"""Derivatives inside formulas: `\delta = \frac{\partial L}{\partial z}`, `w - \eta \nabla_w L`, `J_f`, `H_f`, `D_x f`, `f_x`.

They are taken from the graph once it is there. A derivative of something that nothing defines is a symbol of its own.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.errors import NameFault, SyntaxFault
from chainrule.graph.operation import Operation, Property
from chainrule.inference.distributions.notation import is_plainly_quantity
from chainrule.inference.index_form import letters_of
from chainrule.inference.ranks import MATRIX, SCALAR, SYMBOL, VECTOR, Table
from chainrule.inference.resolved import Applied, Differentiated, Entry, Function
from chainrule.inference.symbols import Symbol, could_be_name, is_probability, join_spans, key, span_text
from chainrule.source import Span
from chainrule.syntax.tree import Bracket, Derivative, Juxtaposition, Matrix, Name, Prime, Subscript, Tree

if TYPE_CHECKING:
    from chainrule.inference.names import Names
    from chainrule.inference.resolve import Reader

ORDERS: Mapping[Tree, int] = {Name("J"): 1, Name("H"): 2}
r"""The letters of the Jacobian `J_f` and of the Hessian `H_f`."""
BY_ONE: Table = frozenset((SCALAR, k, k) for k in SYMBOL) | {
    (VECTOR, SCALAR, VECTOR),
    (VECTOR, VECTOR, MATRIX),
    (MATRIX, SCALAR, MATRIX),
}
"""what is differentiated, by what, the derivative."""
BY_TWO: Table = frozenset((SCALAR, SCALAR, k, k) for k in SYMBOL) | {
    (SCALAR, VECTOR, SCALAR, VECTOR),
    (SCALAR, MATRIX, SCALAR, MATRIX),
    (SCALAR, VECTOR, VECTOR, MATRIX),
}


def read_derivative(reader: "Reader", tree: Derivative) -> Tree:
    """The derivative of a defined quantity, or a symbol where nothing defines what is differentiated.

    Raises SyntaxFault where nothing is differentiated, or by something that is no name.
    """
    if tree.of is None:
        raise SyntaxFault("derivative-of-nothing", f"nothing follows {span_text(tree.span)} to differentiate", tree.span)
    own, known = key(tree), reader.known(tree)
    if known is not None:
        return Symbol(known, span=tree.span)
    target = reader.read(tree.of)
    if tree.symbol == "nabla" and isinstance(target, Applied) and _is_opaque(target.function):
        message = f"{span_text(tree.span)} is the gradient of a function that nothing defines"
        raise NameFault("undefined-function", message, tree.span, "define it, f(a) = ..., or write \\nabla L for a symbol")
    if isinstance(target, Symbol) and target.name not in reader.defined:
        message = f"nothing defines {span_text(tree.of.span)}, so {span_text(tree.span)} is read as a symbol"
        reader.note("derivative-as-symbol", message, tree)
        return Symbol(own, span=tree.span)
    if tree.by and all(isinstance(each, Bracket) and each.kind == "(" and len(each.items) > 1 for each in tree.by):
        return _together(reader, tree, target)
    by = tuple(reader.read(each) for each in tree.by or _parameters(reader, tree.of))
    if len(by) == 1 and isinstance(by[0], Entry) and isinstance(by[0].body, Symbol):
        return replace(by[0], body=Differentiated(target, (by[0].body,), span=tree.span), span=tree.span)
    if not by or not all(isinstance(each, Symbol) for each in by):
        message = f"{span_text(tree.span)} does not say by which quantity it is"
        raise SyntaxFault("derivative-by-nothing", message, tree.span, "write \\frac{\\partial L}{\\partial w} or \\nabla_w L")
    return Differentiated(target, by, span=tree.span)


def _together(reader: "Reader", tree: Derivative, target: Tree) -> Tree:
    r"""`\frac{\partial F}{\partial (x, y)}`: the gradient, Jacobian or Hessian by several numbers, written out.

    Raises SyntaxFault where the entries of what is differentiated are not known one by one.
    """
    listed = [tuple(reader.read(name) for name in each.items) for each in tree.by if isinstance(each, Bracket)]
    first, *more = listed
    own = reader.bodies[target.name].body if isinstance(target, Symbol) and target.name in reader.bodies else None
    entries = len(own.items) if isinstance(own, Bracket) and len(own.items) > 1 else 0
    if len(more) == 1 and not entries:
        rows = tuple(tuple(Differentiated(target, (a, b), span=tree.span) for b in more[0]) for a in first)
        return Matrix(rows, span=tree.span)
    if not more and entries:
        numbers = range(1, entries + 1)
        slopes = [Differentiated(target, (name,), span=tree.span) for name in first]
        return Matrix(tuple(tuple(Entry(s, (n,), span=tree.span) for s in slopes) for n in numbers), span=tree.span)
    if not more and isinstance(target, Symbol):
        return Bracket("[", tuple(Differentiated(target, (name,), span=tree.span) for name in first), span=tree.span)
    message = f"{span_text(tree.span)} is by several quantities, and what is differentiated is no list of numbers"
    raise SyntaxFault("derivative-by-several", message, tree.span, "ask for each of its entries")


def _is_opaque(function: Function) -> bool:
    return isinstance(function, Operation) and Property.OPAQUE in function.properties


def table(tree: Differentiated) -> Table:
    """The ranks of what is differentiated, of the variables and of the result. Raises SyntaxFault above second order."""
    if len(tree.by) > 2:
        raise SyntaxFault("order-too-high", f"{span_text(tree.span)} is of an order above 2", tree.span)
    return BY_ONE if len(tree.by) == 1 else BY_TWO


def _parameters(reader: "Reader", of: Tree) -> tuple[Tree, ...]:
    """What `\\nabla f` and `\\nabla f(x)` differentiate by: the one argument that is written or that the definition has."""
    if isinstance(of, Juxtaposition) and isinstance(of.items[-1], Bracket):
        own = of.items[-1].items
    else:
        own = reader.heads.get(key(of), ()) if could_be_name(of) else ()
    return own if len(own) == 1 else ()


def written_out(names: "Names", tree: Tree) -> Tree:
    r"""The tree, with what means a derivative as one: `\frac{d}{dx} f(x)`, `D_x f`; `J_f`, `H_f` and `J_f(x)` of a known f;
    `f'`, `f'(x)`, `J(f)` and `H(f)` where the text defines f(x).

    `D_x` means that only where D is no name of the text, `J_f` and `H_f` only where f has one argument in its head.
    """
    if isinstance(tree, Juxtaposition):
        return _behind_operator(names, tree)
    return _lettered(names, tree, ()) or _primed(names, tree, ()) or _subscripted(names, tree) or tree


def _behind_operator(names: "Names", tree: Juxtaposition) -> Tree:
    """An operator takes everything that stands behind it in its product."""
    for i, item in enumerate(tree.items[:-1]):
        rest = tree.items[i + 1 :]
        behind = rest[0] if len(rest) == 1 else Juxtaposition(rest, span=join_spans(rest))
        span = join_spans((item, *rest))
        found: Tree | None = None
        if isinstance(item, Derivative) and item.of is None:
            found = replace(item, of=behind, span=span)
        elif is_plainly_quantity(item, rest[0]) or _is_of_function(names, item, rest[0]):
            continue
        elif isinstance(item, Subscript) and item.base == Name("D") and len(item.items) == 1 and not names.knows(item):
            found = Derivative("partial", behind, item.items, span=span) if not names.knows(item.base) else None
        elif item == Name("D") and i == 0 and not names.knows(item):
            found = _total(names, rest, span)
        elif len(rest) == 1 and isinstance(behind, Bracket) and len(behind.items) > 1 and behind.kind == "(":
            found = _lettered(names, item, behind.items)
        elif len(rest) == 1 and isinstance(behind, Bracket) and len(behind.items) == 1:
            argument = behind.items
            found = _lettered(names, item, argument) or _primed(names, item, argument) or _of_function(names, item, argument[0])
        if found is not None:
            return found if i == 0 else replace(tree, items=(*tree.items[:i], found))
    return tree


def _is_of_function(names: "Names", head: Tree, behind: Tree) -> bool:
    """Whether `D_F(p, q)` is the divergence that a function F of the text makes."""
    pair = isinstance(behind, Bracket) and len(behind.items) == 2
    if isinstance(behind, Bracket) and pair and _lettered(names, head, behind.items) is not None:
        return False
    return pair and isinstance(head, Subscript) and len(head.items) == 1 and key(head.items[0]) in names.headed


def _total(names: "Names", rest: tuple[Tree, ...], span: Span | None) -> Derivative | None:
    """`D f`, `D f(x)` of an f with one argument in its head."""
    of, *arguments = rest
    if not could_be_name(of) or not names.knows(of) or len(arguments) > 1:
        return None
    head = names.heads.get(key(of), ())
    own = not arguments or (isinstance(arguments[0], Bracket) and [*map(key, arguments[0].items)] == [*map(key, head)])
    return Derivative("partial", of, head, span=span) if own and len(head) == 1 else None


def _lettered(names: "Names", tree: Tree, argument: tuple[Tree, ...]) -> Derivative | None:
    if not (isinstance(tree, Subscript) and tree.base in ORDERS and len(tree.items) == 1):
        return None
    (of,) = tree.items
    if names.knows(tree) or not could_be_name(of) or not names.knows(of):
        return None
    if key(of) in names.numbers and key(of) not in names.bodies:  # the order of an entropy, `H_\alpha(p)`
        return None
    head = names.heads.get(key(of), ())
    by = argument or head
    if len(by) > 1 and [*map(key, by)] == [*map(key, head)] and not (tree.base == Name("H") and is_probability(of)):
        by = (Bracket("(", by, (",",) * (len(by) - 1), span=tree.span),)
    return Derivative("partial", of, by * ORDERS[tree.base], span=tree.span) if len(by) == 1 else None


def _subscripted(names: "Names", tree: Tree) -> Derivative | None:
    """`f_x`, `f_{xy}` of an f that the text defines as f(x, y): by the letters of its arguments."""
    if not isinstance(tree, Subscript) or not could_be_name(tree.base) or names.knows(tree) or is_probability(tree.base):
        return None
    head = [*map(key, names.heads.get(key(tree.base), ()))]
    by = letters_of(tree, head)
    known = len(head) > 1 and all(key(each) in head and key(each) not in names.indices for each in by)
    return Derivative("partial", tree.base, by, span=tree.span) if known else None


def _of_function(names: "Names", letter: Tree, argument: Tree) -> Derivative | None:
    """`J(f)`, `H(f)` of an f with one argument in its head."""
    if letter not in ORDERS or names.knows(letter) or not could_be_name(argument):
        return None
    if letter == Name("H") and is_probability(argument) and key(argument) in names.families:  # the entropy of a density
        return None
    by = names.heads.get(key(argument), ())
    if len(by) == 1 and letter == Name("H") and is_probability(argument):
        raise refuse_hessian_of_density(argument)
    return Derivative("partial", argument, by * ORDERS[letter], span=argument.span) if len(by) == 1 else None


def refuse_hessian_of_density(argument: Tree) -> NameFault:
    """Of `H(p)` of a formula p(x) without a set of outcomes: it can be an entropy too."""
    said = span_text(argument.span)
    message = f"H({said}) can be the entropy of {said}, whose outcomes are not given, or its Hessian"
    hint = f"give the outcomes, x \\in \\{{0, 1\\}}, or name the family of a density; for the Hessian write \\nabla^2 {said}"
    return NameFault("entropy-or-hessian", message, argument.span, hint)


def _primed(names: "Names", tree: Tree, argument: tuple[Tree, ...]) -> Derivative | None:
    """`f'`, `L''(w)`: by the argument in the definition's head, unless the call has another one."""
    if not isinstance(tree, Prime) or not could_be_name(tree.base) or names.knows(tree):
        return None
    head = names.heads.get(key(tree.base), ())
    own = len(head) == 1 and (not argument or key(argument[0]) == key(head[0]))
    return Derivative("partial", tree.base, head * tree.count, span=tree.span) if own else None
