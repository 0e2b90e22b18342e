"""Reading trees once the names are known: names, calls, products, transposes and powers are told apart here.

`Reader.read(tree)` gives a resolved tree (`inference/resolved.py`). Nothing is decided from text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from chainrule.errors import Diagnostic, NameFault, SyntaxFault
from chainrule.inference import calls, indexing, sums
from chainrule.inference.resolved import NAME_OF_EULER, Applied, Filled, Function, Macro, SizeName, Transposed
from chainrule.inference.symbols import (
    TRANSPOSES,
    Symbol,
    could_be_name,
    is_bold,
    is_capital,
    is_layer,
    key,
    letter,
    loose,
    span_text,
    without_fonts,
)
from chainrule.syntax.tree import (
    Accent,
    BigOperator,
    Bracket,
    Call,
    CasesTree,
    Derivative,
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
    Tree,
)

ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
LINEAR = ("", "*", "\\cdot", "@", "\\times", "·", "⋅", "×")
ELEMENTWISE = ("\\odot", "\\circ", ".*", "⊙", "∘")
MOST_PARTS = 50_000
"""A problem is refused if functions put in and sums written out make it larger than this."""
OPPOSITE = {">": "\\le", "<": "\\ge", "\\le": ">", "\\ge": "<", "=": "\\ne", "\\ne": "="}
COMPARISONS = {
    ">": "greater",
    "<": "less",
    "\\ge": "greater_equal",
    "\\geq": "greater_equal",
    "\\le": "less_equal",
    "\\leq": "less_equal",
    ">=": "greater_equal",
    "<=": "less_equal",
    "=": "equal",
    "==": "equal",
    "\\ne": "not_equal",
    "\\neq": "not_equal",
    "!=": "not_equal",
}


@dataclass
class Reader:
    """What is known of names while trees are read.

    defined: names that are defined, given or declared, each with itself or the name it stands for.
    indexed: those of them that are vectors or matrices as far as literals, lists and declarations tell.
    heads: the parameters in the head of a quantity's definition, `L(y, \\hat y)`.
    functions: what the sheet defines as functions; `table`: the words of the operation table.
    letters: the one-letter names that occur by themselves. indices: those of the sums around.
    applied: letters that stand before a parenthesis somewhere, `\\sigma(z)`; the others are numbers, `2 \\sigma^2`.
    arrays: names that a sum over an index runs along. templates: those of definitions such as `h^{(l)} = ...`.
    limits: names up to which sums run; integers: given names that are whole numbers.
    strict: what has two meanings is refused; formulas of our own are read as we print them.
    """

    defined: Mapping[Tree, Tree]
    indexed: frozenset[Tree] = frozenset()
    heads: Mapping[Tree, tuple[Tree, ...]] = field(default_factory=dict[Tree, tuple[Tree, ...]])
    functions: Mapping[Tree, Function | Macro] = field(default_factory=dict[Tree, Function | Macro])
    table: Mapping[str, Function] = field(default_factory=dict[str, Function])
    letters: frozenset[str] = frozenset()
    applied: frozenset[str] = frozenset()
    arrays: frozenset[Tree] = frozenset()
    templates: frozenset[Tree] = frozenset()
    indices: frozenset[Tree] = frozenset()
    limits: frozenset[Tree] = frozenset()
    integers: Mapping[Tree, int] = field(default_factory=dict[Tree, int])
    notes: list[Diagnostic] = field(default_factory=list[Diagnostic])
    spent: list[int] = field(default_factory=lambda: [0])
    strict: bool = False

    def read(self, tree: Tree) -> Tree:
        """The resolved tree. Raises NameFault or SyntaxFault at the part that has no meaning."""
        match tree:
            case Number() | Symbol() | Applied() | Filled():
                return tree
            case Font(kind="mathbf" | "mathbb", body=Number(value=value)) if value in (0, 1) and tree not in self.defined:
                return Filled("ones" if value == 1 else "zeros", span=tree.span)
            case Name() | Accent() | Font() | Prime() | Subscript():
                return self.name(tree)
            case Derivative() if key(tree) in self.defined:
                return Symbol(key(tree), span=tree.span)
            case Superscript():
                return self._superscript(tree)
            case Call():
                return calls.read_call(self, tree)
            case BigOperator():
                return sums.read_sum(self, tree)
            case Juxtaposition(items=items):
                factors = calls.read_juxtaposition(self, items)
                return factors[0] if len(factors) == 1 else Product("", tuple(factors), span=tree.span)
            case Sum(terms=terms):
                return replace(tree, terms=tuple(self.read(term) for term in terms))
            case Product():
                return self._product(tree)
            case Quotient(operator=operator):
                above, below = self.read(tree.numerator), self.read(tree.denominator)
                return Quotient(above, below, operator=operator, span=tree.span)
            case Bracket():
                return self._bracket(tree)
            case Matrix(rows=rows):
                return replace(tree, rows=tuple(tuple(self.read(entry) for entry in row) for row in rows))
            case CasesTree(rows=rows):
                return self._cases(tree, rows)
            case Relation():
                return self.indicator(tree)
            case _:
                raise SyntaxFault("unsupported-notation", f"chainrule cannot compute with {_kind(tree)} here", tree.span)

    def operation(self, word: str) -> Function:
        return self.table[word]

    def note(self, code: str, message: str, tree: Tree, hint: str | None = None) -> None:
        if all((note.code, note.message) != (code, message) for note in self.notes):
            self.notes.append(Diagnostic("note", code, message, tree.span, hint))

    def charge(self, parts: int, tree: Tree) -> None:
        """Count what writing out adds to a problem. Raises SyntaxFault where it is too much."""
        self.spent[0] += parts
        if self.spent[0] > MOST_PARTS:
            raise SyntaxFault("too-large", f"{span_text(tree.span)} becomes too large when it is written out", tree.span)

    def known(self, tree: Tree) -> Tree | None:
        """The name that a tree stands for, if it is a known one, in either notation."""
        own = key(tree)
        if own in self.defined:
            return self.defined[own]
        return self._spelled_loosely.get(loose(own))

    @cached_property
    def _spelled_loosely(self) -> dict[Tree, Tree]:
        return {loose(name): name for name in self.defined}

    @cached_property
    def _without_fonts(self) -> dict[Tree, list[Tree]]:
        found: dict[Tree, list[Tree]] = {}
        for name in self.defined:
            found.setdefault(without_fonts(name), []).append(name)
        return found

    @cached_property
    def words(self) -> dict[str, list[str]]:
        """The names of several letters by their first, longest first."""
        letters = {base.text: None for base in map(letter, self.defined) if isinstance(base, Name)}
        words = [text for text in letters if len(text) > 1 and text.isalpha()]
        found: dict[str, list[str]] = {}
        for word in sorted(words, key=len, reverse=True):
            found.setdefault(word[0], []).append(word)
        return found

    def known_or_alike(self, tree: Tree) -> Tree | None:
        """The known name, or the only one that differs from it in font alone."""
        known = self.known(tree)
        alike = self._without_fonts.get(without_fonts(key(tree)), [])
        return known if known is not None or len(alike) != 1 else self.defined[alike[0]]

    def knows(self, tree: Tree) -> bool:
        return self.known(tree) is not None

    def name(self, tree: Tree) -> Tree:
        """A name, an entry of one, a transpose by prime, a constant, or letters that stand for a product."""
        own = key(tree)
        indexed = sums.read_indexed(self, tree) if isinstance(tree, Subscript) and self.indices else None
        if indexed is not None:
            return indexed
        known = self.known(tree)
        if known is not None:
            return Symbol(known, span=tree.span)
        self._refuse_template(tree)
        if own in self.limits:
            return SizeName(span_text(tree.span), span=tree.span)
        if own in self.indices:
            raise SyntaxFault("index-as-number", f"the index {span_text(tree.span)} stands here as a number", tree.span)
        if isinstance(tree, Subscript):
            found = self._subscript(tree)
            if found is not None:
                return found
        alike = self._without_fonts.get(without_fonts(own), [])
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

    def _refuse_template(self, tree: Tree) -> None:
        """Raise NameFault for `h^{(2)}` where the text defines `h^{(l)}` for every l, which is not instantiated."""
        if isinstance(tree, Subscript | Superscript) and tree.base in self.templates:
            message = f"{span_text(tree.span)} belongs to a definition with an index, which chainrule does not instantiate"
            raise NameFault("indexed-definition", message, tree.span, "write the definitions out, one for each index")

    def _bare_name(self, tree: Name) -> Tree:
        text = tree.text
        if text == "e":
            return Applied(self.operation("exp"), (ONE,), span=tree.span)
        if text in ("\\pi", "π") and "\\pi" in self.table:
            return Applied(self.operation("\\pi"), (), span=tree.span)
        if text == "I":
            return Filled("identity", span=tree.span)
        if (text in self.table and (text in self.applied or not text.startswith("\\"))) or tree in self.functions:
            raise SyntaxFault("function-without-argument", f"the function {text} stands here without an argument", tree.span)
        if len(text) > 1 and text.isalpha() and not text.startswith("\\") and all(c in self.letters for c in text):
            self.note("letters-multiplied", f"{text} is nowhere defined and is read as the product of its letters", tree)
            return Product("", tuple(self.read(each) for each in _letters(tree)), span=tree.span)
        return Symbol(tree, span=tree.span)

    def _subscript(self, tree: Subscript) -> Tree | None:
        bars = indexing.bars_with_order(tree)
        return self._norm(bars, tree.items) if bars is not None else indexing.read_subscript(self, tree)

    def _prime(self, tree: Prime) -> Tree:
        inside = self.name(tree.base)
        if tree.count == 1 and isinstance(inside, Symbol | Transposed):
            return Transposed(inside, of_prime=True, span=tree.span)
        raise SyntaxFault(
            "unreadable-prime", f"the prime in {span_text(tree.span)} is neither a derivative nor a transpose", tree.span
        )

    def _superscript(self, tree: Superscript) -> Tree:
        base, exponent = tree.base, tree.exponent
        known = self.known(tree)
        if known is not None:
            return Symbol(known, span=tree.span)
        if exponent in TRANSPOSES and (exponent != Name("T") or Name("T") not in self.defined or self._is_array(base)):
            return Transposed(self.read(base), span=tree.span)
        if isinstance(exponent, Juxtaposition) and len(exponent.items) == 2 and exponent.items[1] in TRANSPOSES:
            return Transposed(self.read(Superscript(base, exponent.items[0], span=tree.span)), span=tree.span)
        if could_be_name(tree):
            return self.name_with_layer(tree)
        if is_layer(exponent) and not isinstance(exponent, Bracket):
            raise SyntaxFault("unreadable-power", f"{span_text(tree.span)} is neither a name nor a power", tree.span)
        if base == NAME_OF_EULER and not self.knows(base):
            two = "the matrix exponential or the exponentials of the entries" if self.strict else ""
            return Applied(self.operation("exp"), (self.read(exponent),), no_matrix=two, span=tree.span)
        if isinstance(exponent, Sum) and exponent.signs == (-1,) and exponent.terms[0] in TRANSPOSES:
            raise SyntaxFault("unsupported-power", f"chainrule does not invert matrices yet: {span_text(tree.span)}", tree.span)
        if exponent in (Name("*"), Name("\\dagger"), Name("\\dag"), Name("\\ast"), Name("+")):
            raise SyntaxFault("unsupported-power", f"the mark in {span_text(tree.span)} has no meaning here", tree.span)
        return Superscript(self.read(base), self.read(exponent), tree.operator, span=tree.span)

    def _is_array(self, tree: Tree) -> bool:
        """Whether a base is known to be an array, or written like one, so that `^T` is a transpose though T is a name too."""
        known = self.known_or_alike(tree) if could_be_name(tree) else None
        given = known is not None and known in self.indexed
        return not could_be_name(tree) or given or is_bold(tree) or is_capital(tree)

    def name_with_layer(self, tree: Superscript) -> Tree:
        """`W^{(1)}`, `y^*`: a name; if it is not defined, an input; `x_1^{(2)}`, an entry of a known `x^{(2)}`."""
        self._refuse_template(tree)
        return indexing.read_layered_entry(self, tree) or Symbol(key(tree), span=tree.span)

    def _product(self, tree: Product) -> Tree:
        if tree.operator in ("\\circ", "∘") and any(calls.is_function_name(self, factor) for factor in tree.factors):
            message = f"chainrule does not read compositions such as {span_text(tree.span)}"
            raise SyntaxFault("unsupported-composition", message, tree.span, "write the inner function as an argument: f(g(x))")
        factors = tuple(self.read(factor) for factor in tree.factors)
        if tree.operator in LINEAR:
            return Product("", factors, span=tree.span)
        if tree.operator in ELEMENTWISE:
            return Product("odot", factors, span=tree.span)
        raise SyntaxFault("unsupported-operator", f"chainrule does not know the product {tree.operator} yet", tree.span)

    def _bracket(self, tree: Bracket) -> Tree:
        if tree.kind == "||":
            return self._norm(tree, ())
        items = tuple(self.read(item) for item in tree.items)
        if len(items) == 1 and isinstance(tree.items[0], Relation):
            return items[0]
        if tree.kind == "|" and len(items) == 1:
            two = "the determinant or the absolute values of the entries" if self.strict else ""
            return Applied(self.operation("abs"), items, no_matrix=two, span=tree.span)
        if tree.kind == "<" and len(items) == 2:
            return Product("inner", items, span=tree.span)
        if tree.kind in "({" and len(items) == 1:
            return items[0]
        if tree.kind in "([" and items:
            return Bracket("[", items, span=tree.span)
        raise SyntaxFault("unreadable-bracket", f"chainrule cannot compute with {span_text(tree.span)}", tree.span)

    def _norm(self, bracket: Bracket, which: tuple[Tree, ...]) -> Tree:
        inside = tuple(self.read(item) for item in bracket.items)
        order = which[0] if which else TWO
        words: dict[Tree, str] = {TWO: "norm", Name("F"): "norm", ONE: "norm1"}
        if len(inside) != 1 or order not in words:
            raise SyntaxFault("unsupported-norm", "chainrule knows the norms 1, 2 and F", bracket.span)
        plain_order = not which or order == Name("F") or not self.strict
        two = "" if plain_order else "the norm of its entries or of the operator"
        return Applied(
            self.operation(words[order]),
            inside,
            no_matrix=two,
            span=bracket.span,
        )

    def indicator(self, relation: Relation) -> Tree:
        """`n > 0` as the number 1 or 0; a chain `a < b < c` is the product of its links."""
        links: list[Tree] = []
        for operator, left, right in zip(relation.operators, relation.sides, relation.sides[1:], strict=False):
            if operator not in COMPARISONS:
                raise SyntaxFault("unsupported-condition", f"{operator} is no comparison of numbers", relation.span)
            sides = (self.read(left), self.read(right))
            links.append(Applied(self.operation(COMPARISONS[operator]), sides, span=relation.span))
        return links[0] if len(links) == 1 else Product("odot", tuple(links), span=relation.span)

    def _cases(self, tree: CasesTree, rows: tuple[tuple[Tree, Tree | None], ...]) -> Tree:
        if any(condition is None for _, condition in rows[:-1]):
            raise SyntaxFault("early-otherwise", "only the last row of a definition by cases can be the otherwise", tree.span)
        if rows and rows[-1][1] is not None and not _is_complete(rows):
            message = "the last row of a definition by cases is taken wherever none before it holds"
            self.note("cases-not-complete", message, tree)
        result: Tree | None = None
        for value, condition in reversed(rows):
            if condition is None or result is None:
                # The last row applies where none before it does; people write its condition out all the same.
                result = self.read(value)
                continue
            result = Applied(self.operation("where"), (self.read(condition), self.read(value), result), span=tree.span)
        if result is None:
            raise SyntaxFault("empty-cases", "a definition by cases needs at least one row", tree.span)
        return result


def _letters(word: Name) -> list[Name]:
    """The letters of a word as names, each at its own place."""
    span = word.span
    if span is None or span.text != word.text:
        return [Name(letter, span=span) for letter in word.text]
    return [Name(letter, span=span.source.span(span.start + i, span.start + i + 1)) for i, letter in enumerate(word.text)]


def _kind(tree: Tree) -> str:
    return f"this {type(tree).__name__.removesuffix('Tree').lower()}"


def _is_complete(rows: tuple[tuple[Tree, Tree | None], ...]) -> bool:
    """Whether two conditions leave nothing out as they are written: `x > 0` and `x \\le 0`, or `x < 0`."""
    if len(rows) != 2:
        return False
    first, last = rows[0][1], rows[1][1]
    if (
        not (isinstance(first, Relation) and isinstance(last, Relation))
        or len(first.operators) != 1
        or first.sides != last.sides
    ):
        return False
    opposite = OPPOSITE.get(first.operators[0])
    return last.operators[0] == opposite or {first.operators[0], last.operators[0]} in ({">", "<"}, {"\\ge", "\\le"})
