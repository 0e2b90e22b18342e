"""What is known of names while trees are read, and how a tree is looked up among them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from chainrule.errors import Diagnostic, Severity, SyntaxFault
from chainrule.inference.distributions.families import Instance
from chainrule.inference.distributions.labels import Table
from chainrule.inference.distributions.notation import Signature
from chainrule.inference.distributions.parametrisations import Spoken
from chainrule.inference.distributions.stochastic import NOTHING_SAID, Dependence
from chainrule.inference.ranges import AxisRange
from chainrule.inference.resolved import Function, Macro
from chainrule.inference.statements import Definition
from chainrule.inference.symbols import key, letter, loose, span_text, without_fonts
from chainrule.syntax.tree import Name, Tree

MOST_PARTS = 50_000
"""A problem is refused if functions put in and sums written out make it larger than this."""


@dataclass
class Names:
    """The names of one problem.

    defined: names that are defined, given or declared, each with itself or the name it stands for.
    indexed: those of them that are vectors or matrices as far as literals, lists and declarations tell.
    heads: the parameters in the head of a quantity's definition, `L(y, \\hat y)`.
    headed: the definitions that have a head and can be called; bodies: those of the quantities.
    functions: what the sheet applies and what it means, as far as it was asked for; `table`: the words of the operation table.
    letters: the one-letter names that occur by themselves. indices: those of the sums around, each with its first value.
    applied: letters that stand before a parenthesis somewhere, `\\sigma(z)`; the others are numbers, `2 \\sigma^2`.
    elements: of letters that are an array and something else too, the name of the array, `L_i` for L.
    arrays: names that a sum over an index runs along. batches: those of them written `x^{(i)}`; zero_based: those along which
    a sum counts from 0. lengths: of arrays, as far as they are numbers. ranges: how far the text says that an index goes.
    alone: names that stand somewhere without a parenthesis behind them. called: computed names with an argument behind them.
    mapped: names that the text calls functions, `f : A \\to B`; whether they are of one number with a number as value.
    limits: names up to which sums run; integers: given names that are whole numbers.
    tables: what the outcomes of distributions such as `p = \\{A: 0.6, B: 0.4\\}` are called.
    families: names that are members of a family, `P \\sim \\mathcal{N}(0, 1)`.
    expressions: what is written as an expression and given a value, `\\log \\sigma^2`, with the name that it has.
    inverted: these, and those whose name is not put wherever they stand: as what a derivative is by they have it too.
    dependence: which random variables are independent, or functions of others.
    spoken: what sentences of the text say of the parametrisation of families.
    restated: heads of quantities of information whose formula the text gives: of other arguments they mean that too.
    own: quantities that the text defines otherwise, under a head that is no name, `\\chi^2(P, Q) = ...`, with their functions.
    numbers: names that are sure to be scalars: they are given one number, or are so declared.
    along: of vectors that are added to matrices the axis along which they lie: 1 of a row, and what words say.
    has_matmul: the text has `@` for matrix products, so `*` is elementwise in it, as in NumPy.
    strict: what has two meanings is refused; formulas of our own are read as we print them. barred: bars around a matrix are
    its determinant, as in every formula of the text.
    """

    defined: Mapping[Tree, Tree]
    indexed: frozenset[Tree] = frozenset()
    heads: Mapping[Tree, tuple[Tree, ...]] = field(default_factory=dict[Tree, tuple[Tree, ...]])
    functions: dict[Tree, Function | Macro] = field(default_factory=dict[Tree, Function | Macro])
    table: Mapping[str, Function] = field(default_factory=dict[str, Function])
    letters: frozenset[str] = frozenset()
    applied: frozenset[str] = frozenset()
    arrays: frozenset[Tree] = frozenset()
    indices: Mapping[Tree, int] = field(default_factory=dict[Tree, int])
    elements: Mapping[Tree, Tree] = field(default_factory=dict[Tree, Tree])
    batches: frozenset[Tree] = frozenset()
    zero_based: frozenset[Tree] = frozenset()
    lengths: Mapping[Tree, tuple[int, ...]] = field(default_factory=dict[Tree, tuple[int, ...]])
    ranges: Mapping[Tree, tuple[AxisRange, ...]] = field(default_factory=dict[Tree, tuple[AxisRange, ...]])
    limits: frozenset[Tree] = frozenset()
    integers: Mapping[Tree, int] = field(default_factory=dict[Tree, int])
    notes: list[Diagnostic] = field(default_factory=list[Diagnostic])
    spent: list[int] = field(default_factory=lambda: [0])
    tables: Mapping[Tree, Table] = field(default_factory=dict[Tree, Table])
    families: Mapping[Tree, Instance] = field(default_factory=dict[Tree, "Instance"])
    expressions: Mapping[Tree, Tree] = field(default_factory=dict[Tree, Tree])
    inverted: Mapping[Tree, Tree] = field(default_factory=dict[Tree, Tree])
    dependence: Dependence = NOTHING_SAID
    spoken: tuple[Spoken, ...] = ()
    restated: frozenset[Tree] = frozenset()
    own: Mapping[Signature, Name | None] = field(default_factory=dict[Signature, Name | None])
    numbers: frozenset[Tree] = frozenset()
    along: Mapping[Tree, int] = field(default_factory=dict[Tree, int])
    has_matmul: bool = False
    strict: bool = False
    barred: bool = False
    headed: Mapping[Tree, Definition] = field(default_factory=dict[Tree, Definition])
    bodies: Mapping[Tree, Definition] = field(default_factory=dict[Tree, Definition])
    alone: frozenset[Tree] = frozenset()
    called: frozenset[Tree] = frozenset()
    mapped: Mapping[Tree, bool] = field(default_factory=dict[Tree, bool])
    pending: list[Tree] = field(default_factory=list[Tree])

    def operation(self, word: str) -> Function:
        return self.table[word]

    def note(self, code: str, message: str, tree: Tree, hint: str | None = None, severity: Severity = "note") -> None:
        """Say once how something was read."""
        if all((note.code, note.message) != (code, message) for note in self.notes):
            self.notes.append(Diagnostic(severity, code, message, tree.span, hint))

    def lose(self, name: Tree) -> None:
        """Let a function that could not be made be a name, so that it is read as nothing else."""
        self.headed = {each: definition for each, definition in self.headed.items() if each != name}
        self.bodies = {each: definition for each, definition in self.bodies.items() if each != name}
        self.defined = {**self.defined, name: name}

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
    def alike(self) -> dict[Tree, list[Tree]]:
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

    def spells_product(self, word: str) -> bool:
        """Whether a word that is no name is letters side by side: each stands alone in the text too, or it is `Wx`, a capital
        and a small letter, or `BX`, two capitals of which one stands alone.
        """
        if len(word) < 2 or not word.isalpha():
            return False
        known = [c in self.letters for c in word]
        pair = len(word) == 2 and word[0].isupper() and (word[1].islower() or any(known))
        return pair or all(known)

    @cached_property
    def has_gradients(self) -> bool:
        """Whether the text has names such as `dW` and no d."""
        return Name("d") not in self.defined and any(len(word) == 2 for word in self.words.get("d", ()))

    def known_or_alike(self, tree: Tree) -> Tree | None:
        """The known name, or the only one that differs from it in font alone."""
        known = self.known(tree)
        alike = self.alike.get(without_fonts(key(tree)), [])
        return known if known is not None or len(alike) != 1 else self.defined[alike[0]]

    def knows(self, tree: Tree) -> bool:
        return self.known(tree) is not None
