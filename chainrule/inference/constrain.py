"""The ranks of every part of a resolved tree: one constraint for each operation."""

from dataclasses import dataclass, field

from chainrule.errors import ShapeError, SyntaxFault
from chainrule.graph.signature import Pattern, read_signature
from chainrule.inference.literals import FLAT, rows_of
from chainrule.inference.ranks import (
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
from chainrule.inference.resolved import Applied, Entry, Filled, Indexed, SizeName, Summed, Tabled, Transposed
from chainrule.inference.symbols import Symbol, span_text, two_digits
from chainrule.syntax.tree import Bracket, Matrix, Number, Product, Quotient, Sum, Superscript, Tree, walk

POWER: Table = frozenset((k, SCALAR, k) for k in ANY) | {(SCALAR, k, k) for k in ANY} | {(k, k, k) for k in ANY}
QUOTIENT = ELEMENTWISE
GROUPED: Table = EQUAL | {(SCALAR, VECTOR), (SCALAR, MATRIX)}
"""`[a]`: a bracket around a, or a list of one entry."""
ENTRY_OF_TWO_DIGITS: Table = frozenset({(VECTOR, SCALAR), (MATRIX, SCALAR)})
"""`x_{12}` is the twelfth entry of a vector, and the entry 1, 2 of a matrix."""
INNER: Table = frozenset({(VECTOR, VECTOR, SCALAR), (MATRIX, MATRIX, SCALAR)})


@dataclass
class Typing:
    """The unknown ranks of names and of parts of trees (by identity), with the constraints between them.

    flat: those of brackets of one row or column.
    """

    ranks: Ranks = field(default_factory=Ranks)
    names: dict[Tree, Unknown] = field(default_factory=dict[Tree, Unknown])
    parts: dict[int, Unknown] = field(default_factory=dict[int, Unknown])
    trees: list[Tree] = field(default_factory=list[Tree])
    flat: list[Unknown] = field(default_factory=list[Unknown])

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
            case Number():
                self._only(own, (SCALAR,), tree)
            case Sum(terms=terms):
                self._fold(ELEMENTWISE, terms, own, tree)
            case Product(operator=operator, factors=factors):
                table = {"": PRODUCT, "odot": ELEMENTWISE, "inner": INNER}[operator]
                self._fold(table, factors, own, tree)
            case Quotient(numerator=above, denominator=below):
                self._require(QUOTIENT, (above, below), own, tree)
            case Superscript(base=base, exponent=exponent):
                self._require(POWER, (base, exponent), own, tree)
            case Transposed(body=body):
                table = TRANSPOSED_LIST if rows_of(body) is not None else TRANSPOSED
                self._require(table, (body,), own, tree)
            case Entry(body=body, positions=positions):
                if two_digits(positions):
                    self._require(ENTRY_OF_TWO_DIGITS, (body,), own, tree)
                    return
                kept = sum(p is None for p in positions)
                self._only(own, (OF_RANK[kept],), tree)
                if len(positions) not in OF_RANK:
                    raise ShapeError("no-such-entry", f"{span_text(tree.span)}: an array has at most two indices", tree.span)
                self._only(self.constrain(body), (OF_RANK[len(positions)],), tree)
            case Indexed(body=body, letters=letters):
                self._only(own, (SCALAR,), tree)
                self._only(self.constrain(body), (OF_RANK.get(len(letters), MATRIX),), tree)
            case Summed(body=body):
                self._only(own, (SCALAR,), tree)
                self._only(self.constrain(body), (SCALAR,), tree)
                # `w^\top x_i` means that the x_i are vectors, a batch; it must not be read with scalars.
                for part in walk(body):
                    if isinstance(part, Transposed):
                        self._only(self.constrain(part.body), (VECTOR, ROW, MATRIX), part)
            case Tabled(indices=indices, body=body):
                self._only(own, (OF_RANK.get(len(indices), MATRIX),), tree)
                self._only(self.constrain(body), (SCALAR,), tree)
            case SizeName():
                self._only(own, (SCALAR,), tree)
            case Filled(kind=kind):
                self._only(own, (MATRIX,) if kind == "identity" else (VECTOR,) if kind == "unit" else (VECTOR, MATRIX), tree)
            case Applied():
                self._applied(tree, own)
            case Bracket() | Matrix():
                self._list(tree, own)
            case _:
                raise SyntaxFault("unsupported-notation", f"chainrule cannot compute with {span_text(tree.span)}", tree.span)

    def _only(self, unknown: Unknown, kinds: tuple[str, ...], where: Tree) -> None:
        self.ranks.restrict(unknown, frozenset(kinds), where)

    def _require(self, table: Table, below: tuple[Tree, ...], own: Unknown, where: Tree) -> None:
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
        if function.elementwise:
            left = arguments[0] if arguments else own
            if len(arguments) == 1:
                self.ranks.require(EQUAL, (left, own), tree)
            for i, right in enumerate(arguments[1:], 2):
                result = own if i == len(arguments) else self.ranks.unknown(ANY)
                self.ranks.require(ELEMENTWISE, (left, right, result), tree)
                left = result
            return
        whole = self.ranks.unknown(ANY)
        for pattern, argument in zip(signature.arguments, arguments, strict=False):
            self._match(pattern, argument, whole, tree)
        self._match(signature.result, own, whole, tree)

    def _match(self, pattern: Pattern, unknown: Unknown, whole: Unknown, where: Tree) -> None:
        if pattern is None:
            self.ranks.require(EQUAL, (whole, unknown), where)
        elif len(pattern) == 1:
            self._only(unknown, (VECTOR, ROW), where)
        else:
            self._only(unknown, (OF_RANK[len(pattern)],), where)

    def _list(self, tree: Bracket | Matrix, own: Unknown) -> None:
        if isinstance(tree, Bracket) and len(tree.items) == 1 and not isinstance(tree.items[0], Bracket):
            self._require(GROUPED, tree.items, own, tree)
            return
        table = rows_of(tree)
        if table is None:
            raise SyntaxFault("unreadable-list", f"chainrule cannot compute with {span_text(tree.span)}", tree.span)
        rows, kinds = table
        for row in rows:
            for entry in row:
                self._only(self.constrain(entry), (SCALAR,), entry)
        self._only(own, tuple(kinds), tree)
        if kinds == FLAT:
            self.flat.append(own)


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
