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
    EvaluatedAt,
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
from chainrule.typesetting.joining import has_bar, is_applied, is_indicator, needs_dot
from chainrule.typesetting.precedence import Level, Piece

Items = TypeVar("Items", bound=Sequence[object])
ENCLOSED = Level.ATOM + 1  # nothing holds together so tightly: always in parentheses
BARS = frozenset({"|", "||"})
MARKS = frozenset({"sqrt", "binom", "factorial"})
"""Functions that are written otherwise."""
TRANSPOSES = (Name("\\top"), Name("T"))
TIGHT_RELATIONS = frozenset({"=", "<", ">", ":"})


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
                return Piece(dialect.accent(kind, self.show(body)), Level.ATOM)
            case Font(kind, body):
                return Piece(dialect.font(kind, self.show(body).text), Level.ATOM)
            case Text(text):
                return Piece(dialect.text(text), Level.ATOM)
            case Dots():
                return Piece(dialect.spell("dots"), Level.ATOM)
            case Bracket():
                return self.bracket(tree)
            case Matrix(rows, environment):
                printed = [[self.show(entry).text for entry in row] for row in _some(rows, tree)]
                return Piece(dialect.matrix(environment, printed), Level.ATOM)
            case Prime() | Subscript() | Superscript():
                return self.marked(tree, applied)
            case Call(function, arguments):
                return self.call(function, arguments)
            case BigOperator(operator, lower, upper, body):
                return self.big_operator(operator, lower, upper, body)
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
            case Derivative() | EvaluatedAt():
                return self.differentiated(tree)
            case Sum(signs, terms):
                return self.sum(signs, _some(terms, tree))
            case CasesTree(rows):
                pairs = [(self.show(value).text, condition and self.show(condition).text) for value, condition in rows]
                return Piece(dialect.cases(_some(pairs, tree)), Level.SUM)
            case Relation(operators, sides):
                return self.relation(operators, _some(sides, tree))
            case _:
                raise TypeError(f"not a kind of Tree: {type(tree).__name__}")

    def bracket(self, tree: Bracket) -> Piece:
        """Two pairs of bars directly around one another would be one norm, so the inner one is enclosed."""
        match tree:
            case Bracket("|", (Bracket("|") as inner,)):
                return Piece(self.dialect.bracket("|", self.within(ENCLOSED, self.show(inner)).text), Level.ATOM)
            case Bracket(kind, items, separators):
                lone = kind == "{" and len(items) == 1 and not isinstance(items[0], Relation)
                return Piece(self.dialect.bracket("one" if lone else kind, self.listed(items, separators)), Level.ATOM)

    def within(self, level: int, piece: Piece, last: bool = True) -> Piece:
        """The piece, in parentheses if it holds together less tightly than `level` or would take in what follows."""
        if piece.level >= level and (last or not piece.open):
            return piece
        return Piece(self.dialect.bracket("(", piece.text), Level.ATOM)

    def factors(self, trees: Sequence[Tree], level: Level) -> list[Piece]:
        last = len(trees) - 1
        return [self.within(level, self.show(each), i == last) for i, each in enumerate(trees)]

    def marked(self, tree: Prime | Subscript | Superscript, applied: bool) -> Piece:
        match tree:
            case Prime(base, count):
                return Piece(self.dialect.prime(self.base(base, "'", applied), count), Level.NAME)
            case Subscript(base, items):
                return Piece(self.dialect.script(self.base(base, "_", applied), "_", self.index(items)), Level.NAME)
            case Superscript(Superscript(base, Bracket(kind="[") as layer), Bracket(kind="(" | "<") as example):
                marks = Piece(self.show(layer).text + self.show(example).text, Level.JUXTAPOSITION)
                return Piece(self.dialect.script(self.base(base, "^", applied), "^", marks), Level.NAME)
            case Superscript(base, exponent, operator):
                # Only a function value that is an array is transposed, so softmax(z)^T needs no parentheses.
                mark = "T" if operator == "^" and exponent in TRANSPOSES else operator
                text = self.dialect.script(self.base(base, mark, applied), operator, self.show(exponent))
                return Piece(text, Level.NAME if isinstance(exponent, Bracket) else Level.POWER)

    def base(self, tree: Tree, mark: str, applied: bool = False) -> str:
        """What carries a mark: a name with marks is grouped without showing it, looser things get parentheses.

        Only a subscripted name that is primed or raised needs no grouping: it is written, and read, subscript first.
        """
        piece = self.show(tree, applied)
        if mark == "T" and _is_word(tree):
            return piece.text
        if piece.level == Level.NAME and not (isinstance(tree, Subscript) and mark != "_"):
            return self.dialect.spell("group", piece.text)
        return self.within(Level.NAME, piece).text

    def index(self, items: Sequence[Tree]) -> Piece:
        """Subscripts; how letters such as `hh`, `ij`, `prev` stand side by side is for the dialect to say."""
        match items:
            case (Juxtaposition(letters),) if run := _run_of_letters(letters):
                return Piece(self.dialect.letters(run), Level.JUXTAPOSITION)
            case (Relation() as slice,):
                return self.relation(slice.operators, slice.sides, tight=True)
            case (only,):
                return self.show(only)
            case _:
                shown = [self.index((each,)).text if isinstance(each, Juxtaposition) else self.bound(each) for each in items]
                return Piece(", ".join(shown), Level.RELATION)

    def listed(self, items: Iterable[Tree], separators: Sequence[str] = ()) -> str:
        """Items with what stands between them: `,` where nothing is said. Bars in items beside a bar are enclosed."""
        text = ""
        barred = any(separator in BARS for separator in separators)
        for i, item in enumerate(items):
            separator = separators[i - 1] if i and i <= len(separators) else ","
            between = self.dialect.sign(separator) + " "
            shown = self.show(item)
            if barred and self.dialect.linear and has_bar(shown.text):
                shown = self.within(ENCLOSED, shown)
            text += ((" " if separator in BARS else "") + between if i else "") + shown.text
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
        text = self.dialect.spell("fraction", numerator, denominator)
        return Piece(text, Level.FACTOR if self.dialect.stacks else Level.PRODUCT)

    def quotient(self, numerator: Tree, denominator: Tree, operator: str, inline: bool) -> Piece:
        if self.dialect.stacks and not inline:
            return self.ratio(self.show(numerator).text, self.show(denominator).text)
        above = self.within(Level.FACTOR, self.show(numerator), last=False)
        match denominator:
            case Juxtaposition((left, right)) if is_indicator(left, right):
                level = Level.POWER  # b/1[n > 0] is (b/1)[n > 0]
            case _:
                level = Level.POWER if self.dialect.stacks else Level.FACTOR
        below = self.within(level, self.show(denominator))
        return Piece(self.dialect.spell(operator, above.text, below.text), Level.PRODUCT, below.open)

    def call(self, function: Tree, arguments: Sequence[Tree]) -> Piece:
        match function, arguments:
            case Name("factorial"), (only,):
                return Piece(self.base(only, "!") + "!", Level.POWER)
            case (Name("sqrt" as text), (_,)) | (Name("binom" as text), (_, _)):
                return Piece(self.dialect.spell(text, *(self.show(each).text for each in arguments)), Level.FACTOR)
            case _:
                inside = self.listed(arguments)
        head = self.within(Level.POWER, self.show(function, applied=True)).text
        return Piece(head + self.dialect.bracket("(", inside), Level.FACTOR)

    def juxtaposition(self, items: Sequence[Tree]) -> Piece:
        """Side by side; where two items would run together, or read as a call, the dot stands between them.

        One name with its argument holds together as a call does.
        """
        shown = [
            piece._replace(text=self.dialect.spell("indicator")) if is_indicator(item, following) else piece
            for item, following, piece in zip(items, (*items[1:], None), self.factors(items, Level.FACTOR), strict=True)
        ]
        text, level = shown[0].text, Level.JUXTAPOSITION
        for left, right, piece in zip(items, items[1:], shown[1:], strict=False):
            if needs_dot(left, right, text, piece.text):
                text += f" {self.dialect.spell('dot')} {piece.text}"
                level = Level.PRODUCT
            elif is_applied(left, right, self.dialect.linear):
                text += piece.text
                level = Level.FACTOR if len(items) == 2 else level
            else:
                text += f" {piece.text}"
        return Piece(text, level, shown[-1].open)

    def sum(self, signs: Sequence[int], terms: Sequence[Tree]) -> Piece:
        """Terms with their signs; only the first may be a negative number without parentheses."""
        text = ""
        for i, (sign, term) in enumerate(zip(signs, terms, strict=True)):
            bare = i == 0 and sign > 0 and isinstance(term, Number)
            text += (" - " if sign < 0 else " + ") if i else "-" if sign < 0 else ""
            text += self.within(Level.SUM if bare else Level.PRODUCT, self.show(term)).text
        return Piece(text, Level.SUM)

    def relation(self, operators: Sequence[str], sides: Sequence[Tree], tight: bool = False) -> Piece:
        text = ""
        for i, side in enumerate(sides):
            if i:
                operator = operators[i - 1]
                space = "" if tight and operator in TIGHT_RELATIONS else " "
                text += ("" if operator == ":" else space) + self.dialect.sign(operator) + space
            text += self.within(Level.SUM, self.show(side)).text
        return Piece(text, Level.RELATION)

    def big_operator(self, operator: str, lower: Tree | None, upper: Tree | None, body: Tree) -> Piece:
        """What it runs over is the product that follows; an expectation has it in brackets."""
        head = self.dialect.big(operator, lower and self.bound(lower), upper and self.bound(upper))
        if operator == "E":
            level = Level.RELATION if isinstance(body, Bracket) and body.kind in ("(", "[", "{") else ENCLOSED
            return Piece(head + self.within(level, self.show(body)).text, Level.FACTOR)
        level = Level.PRODUCT if isinstance(body, Product) else Level.JUXTAPOSITION
        return Piece(f"{head} {self.within(level, self.show(body)).text}", Level.FACTOR, open=True)

    def bound(self, tree: Tree) -> str:
        """Under or over a big operator, or in a subscript: `i=1`, `1:m`."""
        return (
            self.relation(tree.operators, tree.sides, tight=True).text if isinstance(tree, Relation) else self.show(tree).text
        )

    def differentiated(self, tree: Derivative | EvaluatedAt) -> Piece:
        match tree:
            case Derivative("nabla", of, by):
                return self.nabla(of, by)
            case Derivative(symbol, of, by):
                return self.derivative(symbol, of, _some(by, tree))
            case EvaluatedAt(body, at):
                linear, shown = self.dialect.linear, self.show(body)
                held = self.within(ENCLOSED if linear and has_bar(shown.text) else Level.NAME if linear else 0, shown)
                text = self.dialect.spell("evaluated at", held.text, self.listed(_some(at, tree)))
                return Piece(text, Level.PRODUCT if linear else Level.FACTOR)

    def nabla(self, of: Tree | None, by: Sequence[Tree]) -> Piece:
        """`nabla_x L`, `nabla_x^2 L`, `nabla_x nabla_y L`."""
        nabla = self.dialect.spell("nabla")
        heads: list[str] = []
        for variable, run in groupby(by):
            times = len(list(run))
            head = self.dialect.script(nabla, "_", self.index((variable,)))
            heads.append(head if times == 1 else self.power(head, times))
        head = " ".join(heads or [nabla])
        if of is None:
            return Piece(head, Level.JUXTAPOSITION)
        return Piece(f"{head} {self.within(Level.NAME, self.show(of)).text}", Level.JUXTAPOSITION)

    def power(self, base: str, exponent: int) -> str:
        return self.dialect.script(base, "^", Piece(str(exponent), Level.ATOM))

    def derivative(self, symbol: str, of: Tree | None, by: Sequence[Tree]) -> Piece:
        """The fraction of differentials, equal variables side by side gathered into a power."""
        above = "" if of is None else self.within(Level.NAME, self.show(of)).text
        runs = [(each, self.within(Level.NAME, self.show(each)).text, len(list(run))) for each, run in groupby(by)]
        d = self.dialect.differential(symbol, above, [text for _, text, _ in runs])
        order = d if len(by) == 1 else self.power(d.strip(), len(by)) + " "
        below = [d + (text if times == 1 else self.power(self.base(each, "^"), times)) for each, text, times in runs]
        denominator = " ".join(below)
        if not self.dialect.stacks and len(below) > 1:
            denominator = self.dialect.bracket("(", denominator)
        return self.ratio((order + above).strip(), denominator)


def _is_word(tree: Tree) -> bool:
    """Is it the value of a function that is written as a word with its arguments in parentheses?"""
    return (
        isinstance(tree, Call)
        and isinstance(tree.function, Name)
        and tree.function.text.isalpha()
        and tree.function.text not in MARKS
    )


def _run_of_letters(items: Sequence[Tree]) -> str:
    """The letters side by side, of one alphabet, also before a number, `h1`; empty if anything else is among them."""
    *before, last = items
    number = last.text or str(last.value) if isinstance(last, Number) and before else ""
    run = before if number.isdecimal() else items
    letters = [item.text for item in run if isinstance(item, Name) and len(item.text) == 1 and item.text.isalpha()]
    return "".join(letters) + number if len(letters) == len(run) and (not number or number.isdecimal()) else ""


def _some(items: Items, tree: Tree) -> Items:
    """The items, of which there must be at least one: nothing is ever printed as nothing."""
    if not items:
        raise ChainruleError("empty-formula", f"a {type(tree).__name__} of nothing cannot be printed", tree.span)
    return items
