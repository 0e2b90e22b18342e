"""The ranks of every part of a resolved tree: one constraint for each operation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from chainrule.errors import ShapeError, SyntaxFault
from chainrule.graph.operation import Operation, Property
from chainrule.graph.signature import Pattern, read_signature
from chainrule.inference import derivatives, element_ranks, lists
from chainrule.inference.literals import rows_of
from chainrule.inference.ranks import (
    ADDED,
    ANY,
    ELEMENTWISE,
    EQUAL,
    MATRIX,
    OF_RANK,
    PRODUCT,
    ROW,
    SCALAR,
    SYMBOL,
    TRANSPOSED,
    TRANSPOSED_LIST,
    VECTOR,
    RankClash,
    Ranks,
    Table,
    Unknown,
)
from chainrule.inference.resolved import (
    Applied,
    Barred,
    Counted,
    DerivativeAt,
    Differentiated,
    Entry,
    Excepted,
    Filled,
    Function,
    Indexed,
    SizeName,
    Sliced,
    Summed,
    Tabled,
    Transposed,
)
from chainrule.inference.symbols import Symbol, span_text
from chainrule.ops.table import of_matrices
from chainrule.syntax.tree import Bracket, Matrix, Number, Product, Quotient, Sum, Superscript, Tree

POWER: Table = frozenset((k, SCALAR, k) for k in ANY) | {(SCALAR, k, k) for k in ANY} | {(k, k, k) for k in ANY}
QUOTIENT = ELEMENTWISE
INNER: Table = frozenset({(VECTOR, VECTOR, SCALAR), (MATRIX, MATRIX, SCALAR)})

BARS: Table = frozenset({(SCALAR, SCALAR), (VECTOR, VECTOR), (ROW, ROW), (MATRIX, SCALAR)})
"""The absolute value of a number or of the entries of a vector, the determinant of a matrix."""
TIMES: Table = PRODUCT - {(VECTOR, VECTOR, SCALAR)}
"""`\\times` between two vectors would be the cross product, which is none of these."""
TENSOR: Table = frozenset((SCALAR, k, k) for k in ANY) | {
    (VECTOR, SCALAR, VECTOR),
    (MATRIX, SCALAR, MATRIX),
    (VECTOR, VECTOR, MATRIX),
    (VECTOR, ROW, MATRIX),
    (MATRIX, MATRIX, MATRIX),
}
"""`\\otimes`: the outer product of vectors, the Kronecker product of matrices."""
OF_ENTRIES_OR_WHOLE: Table = EQUAL | {(VECTOR, SCALAR)}
"""`H(m)`: a function of each entry, or one of the whole vector."""
ENTRIES_OR_SUM: Table = EQUAL | {(kind, SCALAR) for kind in (VECTOR, ROW, MATRIX)}
"""The losses of all entries, or their sum."""
STAR: Table = PRODUCT | {(VECTOR, VECTOR, VECTOR)}
"""`a * b` of two vectors is inner, and elementwise where only a vector fits: `sum(a * b)`. With a transpose it is not."""
AT: Table = frozenset(row for row in PRODUCT if SCALAR not in row[:2])
"""`A @ x` is a product of arrays."""
PRODUCTS = {
    "": PRODUCT,
    "cdot": PRODUCT,
    "@": AT,
    "*": STAR,
    "odot": ELEMENTWISE,
    "inner": INNER,
    "times": TIMES,
    "otimes": TENSOR,
}


@dataclass
class Typing:
    """The unknown ranks of names and of parts of trees (by identity), with the constraints between them.

    flat: those of brackets of one row or column. bodies: the resolved trees of names. undecided: the parts, by identity, of
    which nothing tells whether they are a function of the entries of a vector or of the whole. along: as in `Names`.
    rows: what is given as one row.
    """

    ranks: Ranks = field(default_factory=Ranks)
    names: dict[Tree, Unknown] = field(default_factory=dict[Tree, Unknown])
    parts: dict[int, Unknown] = field(default_factory=dict[int, Unknown])
    trees: list[Tree] = field(default_factory=list[Tree])
    flat: list[Unknown] = field(default_factory=list[Unknown])
    bodies: dict[Tree, Tree] = field(default_factory=dict[Tree, Tree])
    undecided: set[int] = field(default_factory=set[int])
    along: Mapping[Tree, int] = field(default_factory=dict[Tree, int])
    rows: frozenset[Tree] = frozenset()

    def name(self, symbol: Tree) -> Unknown:
        """The rank of a name, free at first."""
        if symbol not in self.names:
            self.names[symbol] = self.ranks.unknown(SYMBOL)
        return self.names[symbol]

    def kind(self, tree: Tree) -> str:
        """The rank that was found for a part, once everything is settled."""
        (kind,) = self.parts[id(tree)].kinds
        return kind

    def constrain(self, tree: Tree) -> Unknown:
        """The unknown of a tree, with the constraints of everything in it. Raises ShapeError where none is possible."""
        if id(tree) in self.parts:
            return self.parts[id(tree)]
        self.trees.append(tree)  # keeps the identity alive
        unknown = self.name(tree.name) if isinstance(tree, Symbol) else self.ranks.unknown(ANY)
        self.parts[id(tree)] = unknown
        try:
            self._constrain(tree, unknown)
        except RankClash as clash:
            raise clash_error(clash, self, tree) from None
        return unknown

    def _constrain(self, tree: Tree, own: Unknown) -> None:
        match tree:
            case Symbol():
                pass
            case Number() | SizeName():
                self.only(own, (SCALAR,), tree)
            case Sum(terms=terms):
                filled = any(isinstance(term, Filled) for term in terms)  # ones added to a matrix are a matrix
                self._fold(ELEMENTWISE if filled else ADDED, terms, own, tree)
            case Product(operator=operator, factors=factors):
                turned = operator == "*" and any(isinstance(factor, Transposed) for factor in factors)
                self._fold(PRODUCT if turned else PRODUCTS[operator], factors, own, tree)
            case Quotient(numerator=above, denominator=below):
                self.require(QUOTIENT, (above, below), own, tree)
            case Superscript(base=base, exponent=exponent):
                self.require(POWER, (base, exponent), own, tree)
            case Transposed(body=body):
                table = TRANSPOSED_LIST if rows_of(body) is not None else TRANSPOSED
                self.require(table, (body,), own, tree)
            case Entry() | Indexed() | Summed() | Excepted() | Tabled():
                element_ranks.constrain_elements(self, tree, own)
            case Differentiated(of=of, by=by):
                self.require(derivatives.table(tree), (of, *by), own, tree)
            case DerivativeAt(body=body, hole=hole, argument=argument, order=order):
                self.parts[id(hole)] = self.constrain(argument)
                self.require(derivatives.BY_ONE if order == 1 else derivatives.BY_TWO, (body, *(hole,) * order), own, tree)
            case Filled(kind=kind, rank=rank, position=position):
                if isinstance(position, Symbol):
                    self.only(self.constrain(position), (SCALAR,), position)
                written = (OF_RANK[rank],) if rank is not None else (VECTOR, MATRIX)
                self.only(own, (MATRIX,) if kind == "identity" else (VECTOR,) if kind == "unit" else written, tree)
            case Sliced(body=body, ends=ends):
                self.only(self.constrain(body), (OF_RANK.get(len(ends), MATRIX),), tree)
                self.require(EQUAL, (body,), own, tree)
            case Counted(body=body):
                self.only(own, (VECTOR,), tree)
                self.only(self.constrain(body), (VECTOR,), tree)
            case Barred(body=body):
                self.require(BARS, (body,), own, tree)
            case Applied():
                self._applied(tree, own)
            case Bracket() | Matrix():
                lists.constrain_list(self, tree, own)
            case _:
                raise SyntaxFault("unsupported-notation", f"chainrule cannot compute with {span_text(tree.span)}", tree.span)

    def only(self, unknown: Unknown, kinds: tuple[str, ...], where: Tree) -> None:
        self.ranks.restrict(unknown, frozenset(kinds), where)

    def require(self, table: Table, below: tuple[Tree, ...], own: Unknown, where: Tree) -> None:
        self.ranks.require(table, (*(self.constrain(b) for b in below), own), where)

    def _fold(self, table: Table, parts: tuple[Tree, ...], own: Unknown, where: Tree) -> None:
        """left, right -> result, from the left; the last result is the whole's."""
        unknowns = [self.constrain(part) for part in parts]
        if len(unknowns) == 1:
            self.ranks.require(EQUAL, (unknowns[0], own), where)
            return
        left = unknowns[0]
        for i, right in enumerate(unknowns[1:], 2):
            result = own if i == len(unknowns) else self.ranks.unknown(ANY)
            self.ranks.require(table, (left, right, result), where)
            left = result

    def _applied(self, tree: Applied, own: Unknown) -> None:
        function = tree.function
        signature = read_signature(function.signature)
        if not len(signature.arguments) - len(function.defaults) <= len(tree.arguments) <= len(signature.arguments):
            message = f"{function.name} takes {len(signature.arguments)} arguments, not {len(tree.arguments)}"
            raise SyntaxFault("argument-count", message, tree.span)
        arguments = [self.constrain(argument) for argument in tree.arguments]
        if tree.of_vector is not None:
            self.ranks.require(OF_ENTRIES_OR_WHOLE, (arguments[0], own), tree)
            return
        if function.elementwise:
            left = arguments[0] if arguments else own
            if is_loss(function):
                entries = self.ranks.unknown(ANY)
                self.ranks.require(ENTRIES_OR_SUM, (entries, own), tree)
                own = entries
            if len(arguments) == 1:
                self.ranks.require(EQUAL, (left, own), tree)
            for i, right in enumerate(arguments[1:], 2):
                result = own if i == len(arguments) else self.ranks.unknown(ANY)
                self.ranks.require(ELEMENTWISE, (left, right, result), tree)
                left = result
            return
        if function in of_matrices():
            for argument in arguments:
                self.ranks.require(_of_vector_or_matrix(function), (argument, own), tree)
            return
        whole = self.ranks.unknown(ANY)
        for pattern, argument in zip(signature.arguments, arguments, strict=False):
            self._match(pattern, argument, whole, tree)
        self._match(signature.result, own, whole, tree)
        if ROW in own.kinds and signature.result is not None and all(ROW not in argument.kinds for argument in arguments):
            self.only(own, (VECTOR,), tree)  # only what a row goes into comes out as one

    def _match(self, pattern: Pattern, unknown: Unknown, whole: Unknown, where: Tree) -> None:
        if pattern is None:
            self.ranks.require(EQUAL, (whole, unknown), where)
        else:
            self.only(unknown, _kinds(pattern), where)


@cache
def _of_vector_or_matrix(function: Function) -> Table:
    """The ranks of the argument and of the result where a word has a meaning for matrices too."""
    of_vector = _kinds(read_signature(function.signature).result)
    of_matrix = _kinds(read_signature(of_matrices()[function].signature).result)[0]
    rows = {(a, a if a in of_vector else of_vector[0]) for a in (VECTOR, ROW)}
    return frozenset(rows | {(MATRIX, of_matrix)})


def _kinds(pattern: Pattern) -> tuple[str, ...]:
    return (VECTOR, ROW) if pattern is not None and len(pattern) == 1 else (OF_RANK[len(pattern or ())],)


def is_loss(function: Function) -> bool:
    """Whether it is a loss of each entry, of which the sum may be meant."""
    return isinstance(function, Operation) and Property.LOSS in function.properties


def clash_error(clash: RankClash, typing: Typing, fallback: Tree) -> ShapeError:
    """What does not fit, in the person's words: the parts of the place of the clash with what each can be."""
    where = clash.constraint.where
    tree = where if isinstance(where, Tree) else fallback
    span = tree.span or fallback.span
    found: list[str] = []
    for part in _direct(tree):
        unknown = typing.parts.get(id(part))
        if unknown is not None and part.span is not None:
            found.append(f"{span_text(part.span)} is {_said(unknown.kinds)}")
    details = ": " + ", ".join(found) if found else ""
    return ShapeError("shape-clash", f"the shapes in {span_text(span) or 'this'} do not fit{details}", span)


def _direct(tree: Tree) -> tuple[Tree, ...]:
    match tree:
        case Sum(terms=parts) | Product(factors=parts) | Applied(arguments=parts):
            return parts
        case Quotient(numerator=above, denominator=below):
            return above, below
        case Superscript(base=base, exponent=exponent):
            return base, exponent
        case Transposed(body=body) | Entry(body=body):
            return (body,)
        case _:
            return (tree,)


def _said(kinds: frozenset[str]) -> str:
    words = {SCALAR: "a scalar", VECTOR: "a vector", ROW: "a row", MATRIX: "a matrix"}
    return " or ".join(words[k] for k in (SCALAR, VECTOR, ROW, MATRIX) if k in kinds)
