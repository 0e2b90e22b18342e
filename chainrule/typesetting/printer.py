"""Tree -> text for any Dialect: one function, one `match` over the kinds; parentheses follow from precedence alone."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypeVar

from chainrule.errors import ChainruleError
from chainrule.syntax.tree import (
    Accent,
    BigOperator,
    Bracket,
    Call,
    CasesTree,
    Derivative,
    Dots,
    Font,
    Juxtaposition,
    Matrix,
    Name,
    Number,
    Prime,
    Product,
    Quotient,
    Relation,
    Subscript,
    Sum,
    Superscript,
    Text,
    Tree,
)
from chainrule.typesetting.decimals import decimal_text
from chainrule.typesetting.dialect import Dialect
from chainrule.typesetting.extent import check_extent
from chainrule.typesetting.joining import is_applied, needs_dot
from chainrule.typesetting.precedence import Level, Piece

Items = TypeVar("Items", bound=Sequence[object])
TIGHT_RELATIONS = frozenset({"=", "<", ">"})


def typeset(tree: Tree, dialect: Dialect) -> str:
    """The tree as text in one target.

    ChainruleError: `too-deep` and `too-long` (see `extent`), `no-spelling` for what the target cannot write,
    `empty-formula` for a sum, product or relation of nothing.
    """
    check_extent(tree)
    return Printer(dialect).show(tree).text


class Printer:
    """Prints for one dialect. `show` gives a Piece; `within` the text of a piece that must hold together tightly enough."""

    def __init__(self, dialect: Dialect):
        self.dialect = dialect

    def show(self, tree: Tree, applied: bool = False) -> Piece:
        """The tree as a piece; `applied`: it stands before the parentheses of a call."""
        dialect = self.dialect
        match tree:
            case Number():
                return self.number(tree)
            case Name(text):
                return Piece(dialect.function(text) if applied else dialect.name(text), Level.ATOM)
            case Accent(kind, body):
                return Piece(dialect.accent(kind, self.show(body).text), Level.ATOM)
            case Font(kind, body):
                return Piece(dialect.font(kind, self.show(body).text), Level.ATOM)
            case Text(text):
                return Piece(dialect.text(text), Level.ATOM)
            case Dots():
                return Piece(dialect.dots, Level.ATOM)
            case Bracket(kind, items, separators):
                return Piece(dialect.brackets[kind](self.listed(items, separators)), Level.ATOM)
            case Matrix(rows, environment):
                printed = [[self.show(entry).text for entry in row] for row in _some(rows, tree)]
                return Piece(dialect.matrix(environment, printed), Level.ATOM)
            case Prime(base, count):
                return Piece(self.base(base, "'", applied) + "'" * count, Level.NAME)
            case Subscript(base, items):
                return self.script(self.base(base, "_", applied), "_", self.listed(items), Level.NAME)
            case Superscript(base, exponent):
                parted = isinstance(exponent, Bracket)
                level = Level.NAME if parted else Level.POWER
                return self.script(self.base(base, "^", applied), "^", self.show(exponent).text, level, parted)
            case Call(function, arguments):
                return self.call(function, arguments)
            case BigOperator(operator, lower, upper, body):
                bounds = [bound and self.bound(bound) for bound in (lower, upper)]
                text = f"{dialect.big(operator, bounds[0], bounds[1])} {self.within(Level.JUXTAPOSITION, self.show(body)).text}"
                return Piece(text, Level.FACTOR, open=True)
            case Juxtaposition((only,)) | Product(_, (only,)) | Sum((1,), (only,)):
                return self.show(only, applied)
            case Juxtaposition(items):
                return self.juxtaposition(_some(items, tree))
            case Product(operator, factors):
                shown = self.factors(_some(factors, tree), Level.JUXTAPOSITION)
                sign = f" {dialect.sign(operator)} "
                return Piece(sign.join(piece.text for piece in shown), Level.PRODUCT, shown[-1].open)
            case Quotient(numerator, denominator, inline, operator):
                return self.quotient(numerator, denominator, operator, inline or operator != "/")
            case Derivative(symbol, of, by):
                return self.nabla(of, by) if symbol == "nabla" else self.derivative(symbol, of, _some(by, tree))
            case Sum(signs, terms):
                return self.sum(signs, _some(terms, tree))
            case CasesTree(rows):
                shown = [
                    (self.show(value).text, condition and self.show(condition).text) for value, condition in _some(rows, tree)
                ]
                return Piece(dialect.cases(shown), Level.SUM)
            case Relation(operators, sides):
                return self.relation(operators, _some(sides, tree))
            case _:
                raise TypeError(f"not a kind of Tree: {type(tree).__name__}")

    def within(self, level: Level, piece: Piece, last: bool = True) -> Piece:
        """The piece, in parentheses if it holds together less tightly than `level` or would take in what follows."""
        if piece.level >= level and (last or not piece.open):
            return piece
        return Piece(self.dialect.brackets["("](piece.text), Level.ATOM)

    def factors(self, trees: Sequence[Tree], level: Level) -> list[Piece]:
        last = len(trees) - 1
        return [self.within(level, self.show(each), i == last) for i, each in enumerate(trees)]

    def base(self, tree: Tree, mark: str, applied: bool = False) -> str:
        """What carries a mark: a name with marks is grouped without showing it, looser things get parentheses.

        Only a power of a subscripted name needs no grouping: it is written, and read, subscript first.
        """
        piece = self.show(tree, applied)
        bare = isinstance(tree, Subscript) and mark != "_"
        if piece.level == Level.NAME and not bare:
            return self.dialect.group(piece.text) if self.dialect.group else self.dialect.brackets["("](piece.text)
        return self.within(Level.NAME, piece).text

    def script(self, base: str, mark: str, body: str, level: Level, parted: bool = False) -> Piece:
        return Piece(self.dialect.script(base, mark, body, parted=parted), level)

    def listed(self, items: Iterable[Tree], separators: Sequence[str] = ()) -> str:
        """Items with what stands between them: `,` where nothing is said."""
        text = ""
        for i, item in enumerate(items):
            separator = separators[i - 1] if i and i <= len(separators) else ","
            text += (self.dialect.sign(separator) + " " if i else "") + self.show(item).text
        return text

    def number(self, tree: Number) -> Piece:
        """A number as its person spelled it, else as an integer or a fraction; a negative one holds like a sum."""
        decimal = decimal_text(tree)
        if decimal is not None:
            text, product = self.dialect.number(decimal)
            piece = Piece(text, Level.PRODUCT if product else Level.ATOM)
        else:
            size = abs(tree.value)
            piece = self.ratio(str(size.numerator), str(size.denominator))
        return Piece(f"-{piece.text}", Level.SUM) if tree.value < 0 else piece

    def ratio(self, numerator: str, denominator: str) -> Piece:
        if self.dialect.fraction:
            return Piece(self.dialect.fraction(numerator, denominator), Level.FACTOR)
        return Piece(f"{numerator}{self.dialect.quotients['/']}{denominator}", Level.PRODUCT)

    def quotient(self, numerator: Tree, denominator: Tree, operator: str, inline: bool) -> Piece:
        if self.dialect.fraction and not inline:
            return self.ratio(self.show(numerator).text, self.show(denominator).text)
        above, below = self.factors((numerator, denominator), Level.FACTOR)
        return Piece(f"{above.text}{self.dialect.quotients[operator]}{below.text}", Level.PRODUCT, below.open)

    def call(self, function: Tree, arguments: Sequence[Tree]) -> Piece:
        inside = self.listed(arguments)
        if isinstance(function, Name) and function.text in self.dialect.applied and len(arguments) == 1:
            return Piece(self.dialect.applied[function.text](inside), Level.FACTOR)
        head = self.within(Level.POWER, self.show(function, applied=True)).text
        return Piece(head + self.dialect.brackets["("](inside), Level.FACTOR)

    def juxtaposition(self, items: Sequence[Tree]) -> Piece:
        """Side by side; where two items would run together, or read as a call, the dot stands between them."""
        shown = self.factors(items, Level.FACTOR)
        text, level = shown[0].text, Level.JUXTAPOSITION
        for left, right, piece in zip(items, items[1:], shown[1:], strict=False):
            if needs_dot(left, right, text, piece.text):
                text += f" {self.dialect.dot} {piece.text}"
                level = Level.PRODUCT
            else:
                text += ("" if is_applied(left, right) else " ") + piece.text
        return Piece(text, level, shown[-1].open)

    def sum(self, signs: Sequence[int], terms: Sequence[Tree]) -> Piece:
        """Terms with their signs; only the first may be a negative number without parentheses."""
        text = ""
        for i, (sign, term) in enumerate(zip(signs, terms, strict=True)):
            bare = i == 0 and sign > 0 and isinstance(term, Number)
            piece = self.within(Level.SUM if bare else Level.PRODUCT, self.show(term))
            text += (" + " if sign > 0 else " - ") + piece.text if i else ("-" if sign < 0 else "") + piece.text
        return Piece(text, Level.SUM, open=piece.open)

    def relation(self, operators: Sequence[str], sides: Sequence[Tree], tight: bool = False) -> Piece:
        text = ""
        for i, side in enumerate(sides):
            space = "" if tight and i and operators[i - 1] in TIGHT_RELATIONS else " "
            text += (f"{space}{self.dialect.sign(operators[i - 1])}{space}" if i else "") + self.within(
                Level.SUM, self.show(side)
            ).text
        return Piece(text, Level.RELATION)

    def bound(self, tree: Tree) -> str:
        """Under or over a big operator: `i=1`."""
        return (
            self.relation(tree.operators, tree.sides, tight=True).text if isinstance(tree, Relation) else self.show(tree).text
        )

    def nabla(self, of: Tree | None, by: Sequence[Tree]) -> Piece:
        head = self.dialect.differentials["nabla"]
        if by:
            head = self.dialect.script(head, "_", self.listed(by), parted=False)
        if of is None:
            return Piece(head, Level.ATOM)
        return Piece(f"{head} {self.within(Level.NAME, self.show(of)).text}", Level.JUXTAPOSITION)

    def derivative(self, symbol: str, of: Tree | None, by: Sequence[Tree]) -> Piece:
        """The fraction of differentials, equal variables side by side gathered into a power."""
        d = self.dialect.differentials[symbol]
        above = d.strip() if len(by) == 1 else self.dialect.script(d.strip(), "^", str(len(by)), parted=False)
        if of is not None:
            above += ("" if above == d else " ") + self.within(Level.NAME, self.show(of)).text
        below: list[str] = []
        for variable, run in groupby(by):
            times = len(list(run))
            text = self.base(variable, "^") if times > 1 else self.within(Level.NAME, self.show(variable)).text
            below.append(d + (self.dialect.script(text, "^", str(times), parted=False) if times > 1 else text))
        if self.dialect.fraction is None and len(below) > 1:
            return self.ratio(above, self.dialect.brackets["("](" ".join(below)))
        return self.ratio(above, " ".join(below))


def _some(items: Items, tree: Tree) -> Items:
    """The items, of which there must be at least one: nothing is ever printed as nothing."""
    if not items:
        raise ChainruleError("empty-formula", f"a {type(tree).__name__} of nothing cannot be printed", tree.span)
    return items
