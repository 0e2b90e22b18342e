"""Reading trees once the names are known: names, calls, products, transposes and powers are told apart here.

`Reader.read(tree)` gives a resolved tree (`inference/resolved.py`). Nothing is decided from text.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

from chainrule.errors import SyntaxFault
from chainrule.inference import (
    brackets,
    calls,
    composition,
    conditions,
    derivatives,
    dots,
    filled,
    indexed,
    indexing,
    inverted,
    keywords,
    powers,
    repeated,
    scope,
    slices,
    sums,
)
from chainrule.inference.binomials import refuse_column
from chainrule.inference.distributions.entries import with_entries
from chainrule.inference.library_words import in_signs
from chainrule.inference.literals import ONE
from chainrule.inference.names import Names
from chainrule.inference.resolved import Applied, Entry, Filled, SizeName, Transposed
from chainrule.inference.symbols import (
    Symbol,
    could_be_name,
    key,
    size_symbol,
    span_text,
    without_fonts,
)
from chainrule.inference.uses import COMPOSITIONS
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

LINEAR, DOT = ("",), ("\\cdot", "·", "⋅")
TIMES, TENSOR = ("\\times", "×"), ("\\otimes", "⊗")
ELEMENTWISE = ("\\odot", "\\circ", ".*", "⊙", "∘")
_BIG = {"E": "this expectation", "prod": "this product"}


MOST_FACTORS = 100
"""A product with signs between its factors has at most so many."""


@dataclass
class Reader(Names):
    """Reads trees, with what is known of names."""

    def read(self, tree: Tree) -> Tree:
        """The resolved tree. Raises NameFault or SyntaxFault at the part that has no meaning."""
        tree = derivatives.written_out(self, tree)
        found = self._of_special_form(tree)
        if found is not None:
            return found
        match tree:
            case Number() | Symbol() | Applied() | Filled() | Entry():
                return tree
            case Name() | Accent() | Font() | Prime() | Subscript():
                return self.name(tree)
            case Derivative():
                return derivatives.read_derivative(self, tree)
            case Superscript():
                return powers.read_superscript(self, tree)
            case Call():
                operator = sums.as_operator(tree)
                return calls.read_call(self, tree) if operator is None else sums.read_sum(self, operator)
            case BigOperator():
                return sums.read_sum(self, tree)
            case Juxtaposition():
                items = with_entries(self, tree).items if self.tables else tree.items
                factors = calls.read_juxtaposition(self, items)
                product = Product("", tuple(factors), span=tree.span)
                repeated.refuse_repeated(self, product)
                return factors[0] if len(factors) == 1 else product
            case Sum():
                whole = scope.reach(self, tree)
                return replace(whole, terms=tuple(self.read(term) for term in whole.terms))
            case Product():
                return self._product(tree)
            case Quotient(operator=operator):
                above, below = self.read(tree.numerator), self.read(tree.denominator)
                return Quotient(above, below, operator=operator, span=tree.span)
            case Bracket():
                return brackets.read_bracket(self, tree)
            case Matrix(rows=rows):
                return replace(tree, rows=tuple(tuple(self.read(entry) for entry in row) for row in rows))
            case CasesTree():
                return conditions.read_cases(self, tree)
            case Relation():
                return conditions.read_condition(self, tree)
            case _:
                raise SyntaxFault("unsupported-notation", f"chainrule cannot compute with {_kind(tree)} here", tree.span)

    def _of_special_form(self, tree: Tree) -> Tree | None:
        """What a tree means whose form says more than its kind; None for every other tree."""
        match tree:
            case Subscript() if slices.is_sliced(tree):
                return slices.read_sliced(self, tree)
            case Superscript() if self.expressions and (power := inverted.power_of(tree, self.expressions)) is not None:
                return self.read(power)
            case Call() if (name := inverted.name_of(tree, self.expressions)) is not None:
                return self.read(name)
            case Call() if not self.knows(tree.function) and (signs := in_signs(tree)) is not None:
                return self.read(signs)
            case Call() if (called := keywords.read_keywords(self, tree)) is not None:
                return called
            case Bracket() | Matrix() if dots.entries_of(tree) is not None:
                return dots.read_dots(self, tree)
            case Matrix(environment="vmatrix" | "Vmatrix" as bars):
                inside = replace(tree, environment="bmatrix")
                return self.read(Bracket("|" if bars == "vmatrix" else "||", (inside,), span=tree.span))
            case _:
                return filled.read_filled(self, tree)

    def name(self, tree: Tree) -> Tree:
        """A name, an entry of one, a transpose by prime, a constant, or letters that stand for a product."""
        own = key(tree)
        element = indexed.read_indexed(self, tree) if isinstance(tree, Subscript) and self.indices else None
        if element is not None:
            return element
        if own in self.indices:
            message = f"the index {span_text(tree.span)} stands here as a number, and how far it goes is none"
            hint = f"give its end a number, so that the terms are written out, or write a vector for {span_text(tree.span)}"
            raise SyntaxFault("index-as-number", message, tree.span, hint)
        known = self.known(tree)
        if known is not None:
            return Symbol(known, span=tree.span)
        if own in self.limits:
            return SizeName(size_symbol(tree), span=tree.span)
        if isinstance(tree, Subscript):
            found = self._subscript(tree)
            if found is not None:
                return found
        alike = self.alike.get(without_fonts(own), [])
        if len(alike) == 1:
            self.note(
                "font-ignored",
                f"{span_text(tree.span)} is read as {span_text(alike[0].span)}, which differs in font alone",
                tree,
            )
            return Symbol(self.defined[alike[0]], span=tree.span)
        if isinstance(tree, Prime):
            return self._prime(tree)
        if isinstance(tree, Name):
            return self._bare_name(tree)
        if not could_be_name(tree):
            raise SyntaxFault("unreadable-name", f"{span_text(tree.span)} is neither a name nor an entry of one", tree.span)
        return Symbol(own, span=tree.span)

    def _bare_name(self, tree: Name) -> Tree:
        text = tree.text
        if text == "e":
            return Applied(self.operation("exp"), (ONE,), span=tree.span)
        if text == "\\infty":
            raise SyntaxFault("unsupported-notation", "chainrule computes with finite numbers", tree.span)
        if text in ("\\pi", "π") and "\\pi" in self.table:
            return Applied(self.operation("\\pi"), (), span=tree.span)
        if (text in self.table and (text in self.applied or not text.startswith("\\"))) or tree in self.functions:
            raise SyntaxFault("function-without-argument", f"the function {text} stands here without an argument", tree.span)
        if self.spells_product(text):
            self.note("letters-multiplied", f"{text} is nowhere defined and is read as the product of its letters", tree)
            return Product("", tuple(self.read(each) for each in _letters(tree)), span=tree.span)
        return Symbol(tree, span=tree.span)

    def _subscript(self, tree: Subscript) -> Tree | None:
        marked = conditions.read_marked(self, tree)
        if marked is not None:
            return marked
        bars = indexing.bars_with_order(tree)
        return brackets.read_norm(self, bars, tree.items) if bars is not None else indexing.read_subscript(self, tree)

    def _prime(self, tree: Prime) -> Tree:
        inside = self.name(tree.base) if could_be_name(tree.base) else self.read(tree.base)
        if tree.count == 1 and (isinstance(inside, Symbol | Transposed) or not could_be_name(tree.base)):
            return Transposed(inside, of_prime=True, span=tree.span)
        raise SyntaxFault(
            "unreadable-prime", f"the prime in {span_text(tree.span)} is neither a derivative nor a transpose", tree.span
        )

    def _product(self, tree: Product) -> Tree:
        composed = composition.read_composition(self, tree) if tree.operator in COMPOSITIONS else None
        if composed is not None:
            return composed
        for first, second in pairwise(tree.factors):
            refuse_column(first, second, self.arrays | self.indexed)
        factors = tuple(self.read(factor) for factor in tree.factors)
        repeated.refuse_repeated(self, replace(tree, factors=factors))
        if tree.operator in LINEAR:
            return Product("", factors, span=tree.span)
        if tree.operator in ELEMENTWISE:
            return Product("odot", factors, span=tree.span)
        if tree.operator in DOT:
            return _pairs(factors, "cdot", tree)
        if tree.operator == "@":
            return Product("@", factors, span=tree.span)
        if tree.operator == "*":
            return _pairs(factors, "odot" if self.has_matmul else "*", tree)
        if tree.operator in TIMES:
            return Product("times", factors, span=tree.span)
        if tree.operator in TENSOR:
            return Product("otimes", factors, span=tree.span)
        message = f"chainrule does not compute with {tree.operator} here"
        raise SyntaxFault("unsupported-operator", message, tree.span, "write + for a sum, [a; b] for a concatenation")


def _pairs(factors: tuple[Tree, ...], operator: str, tree: Product) -> Tree:
    """Two by two, from the left: what a star or a dot means can differ from one to the next.

    Raises SyntaxFault where that would nest too deep.
    """
    if len(factors) > MOST_FACTORS:
        raise SyntaxFault("too-large", f"a product of {len(factors)} factors is too long", tree.span)
    result = factors[0]
    for factor in factors[1:]:
        result = Product(operator, (result, factor), span=tree.span)
    return result


def _letters(word: Name) -> list[Name]:
    """The letters of a word as names, each at its own place."""
    span = word.span
    if span is None or span.text != word.text:
        return [Name(letter, span=span) for letter in word.text]
    return [Name(letter, span=span.source.span(span.start + i, span.start + i + 1)) for i, letter in enumerate(word.text)]


def _kind(tree: Tree) -> str:
    """What a tree is called in a message."""
    match tree:
        case EvaluatedAt():
            return "this evaluation at a point"
        case Dots():
            return "dots"
        case Text():
            return "this text"
        case BigOperator(operator=operator):
            return _BIG.get(operator, f"this {operator}")
        case _:
            return f"this {type(tree).__name__.removesuffix('Tree').lower()}"
