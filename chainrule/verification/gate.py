"""The gate: a formula is shown only if it was printed, read back by our own parser and found to mean the graph it came from.

Named quantities are leaves here: each is a variable of its own, at random sizes (all different) and points. A vector
is printed as a column, so a formula that reads as a row fails.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial

from chainrule.algebra.index_notation import index_form
from chainrule.algebra.kronecker_form import as_matrix, kronecker_form
from chainrule.algebra.matrix_form import Writer
from chainrule.algebra.measure import TOP
from chainrule.algebra.reduction import UNIT
from chainrule.algebra.symmetry import is_symmetric
from chainrule.errors import ChainruleError, VerificationError
from chainrule.evaluation.array import Array
from chainrule.evaluation.compare import compare
from chainrule.evaluation.run import evaluate
from chainrule.evaluation.sample import Point, sample
from chainrule.graph import build
from chainrule.graph.dimension import Shape
from chainrule.graph.facts import NO_FACTS, Fact
from chainrule.graph.node import Apply, Named, Node, Variable, postorder
from chainrule.graph.walk import leaves, substitute
from chainrule.inference.distributions.formulas import are_equal
from chainrule.inference.network import Network
from chainrule.inference.powers import is_array
from chainrule.inference.symbols import key, letter, without_fonts
from chainrule.inference.vocabulary import vocabulary
from chainrule.source import Source
from chainrule.syntax.parser import Notation, parse_expression
from chainrule.syntax.tree import (
    Bracket,
    Font,
    Juxtaposition,
    Name,
    Number,
    Product,
    Quotient,
    Relation,
    Subscript,
    Superscript,
    Tree,
    transform,
    walk,
)
from chainrule.typesetting import latex, plain, unicode

TOLERANCE = 1e-9
_BOLD = (Font("mathbf", UNIT), Font("boldsymbol", UNIT))
"""The letter of unit vectors where e is another quantity."""
POINTS = (1, 2)
"""Seeds of the points at which a formula is compared."""


Axes = tuple[tuple[Tree, int], ...]
"""The arrays whose entries the axes of an array count, in order, each by its symbol and its rank."""


@dataclass(frozen=True)
class Shown:
    """A formula that passed: its tree, in LaTeX, in plain text and in Unicode text; `note`: how to read it, if not as usual."""

    tree: Tree
    latex: str
    plain: str
    unicode: str
    note: str = ""


@dataclass
class Gate:
    """Prints formulas over the names of one network and checks each; what has passed is remembered.

    spelling: how the person spelled exact numbers, `{3/5: "0.6"}`.
    """

    network: Network
    spelling: Mapping[Fraction, str] = field(default_factory=dict[Fraction, str])
    passed: dict[tuple[Node, Axes], Shown] = field(default_factory=dict[tuple[Node, Axes], Shown])
    writer: Writer = field(init=False)

    def __post_init__(self) -> None:
        taken = set(map(letter, self.network.names))
        clear = {UNIT: UNIT not in map(without_fonts, taken), **{bold: bold not in taken for bold in _BOLD}}
        self.writer = Writer(self.spelling, next((unit for unit, is_free in clear.items() if is_free), UNIT))

    def show(self, node: Node, axes: Axes = ()) -> Shown:
        """The verified text of a node, its named leaves as they are called. `axes`: what the note says of an array of
        rank three or more.

        As a matrix where it is one, an array of rank four as a matrix that acts on vec where that says it, else in index
        notation. Raises VerificationError `unverified` where a text does not mean the node, and what index notation raises.
        """
        if (node, axes) not in self.passed:
            self.passed[node, axes] = self._verified(node, axes)
        return self.passed[node, axes]

    def _verified(self, node: Node, axes: Axes) -> Shown:
        matrix = self._as_matrix(node) if len(node.shape) <= 2 or _is_of_vec(axes) else None
        try:
            return self._checked(node, axes, matrix)
        except VerificationError:
            if matrix is None or len(node.shape) <= 2:
                raise
            # The matrix that acts on vec may not read back, as vec(I) does not: nothing says how large I is.
            return self._checked(node, axes, None)

    def _checked(self, node: Node, axes: Axes, matrix: Tree | None) -> Shown:
        """The text of that matrix form, or of index notation, where it means the node."""
        tree, letters = (matrix, ()) if matrix is not None else index_form(node, self.network.names, self.spelling)
        note = index_note(letters, axes) if matrix is None else vec_note(axes) if len(node.shape) > 2 else ""
        tree = tree if letters else as_counted(tree, self.network.reader.zero_based)
        shown = Shown(tree, latex(tree), plain(self._with_marks(tree)), unicode(tree), note)
        texts: list[tuple[str, Notation]] = [(shown.latex, "latex"), (shown.plain, "plain")]
        if shown.unicode != shown.plain:
            texts.append((shown.unicode, "plain"))
        self.verify(as_matrix(node) if matrix is not None and len(node.shape) > 2 else node, texts, letters)
        return shown

    def _with_marks(self, tree: Tree) -> Tree:
        """The tree with transposes that plain text writes `x^⊤` where `x^T` would be a power: where T is a number, and where
        it is an array but x is not known to be one.
        """
        symbol, reader = Name("T"), self.network.reader
        if symbol not in self.network.names:
            return tree
        bases = [part.base for part in walk(tree) if isinstance(part, Superscript) and part.exponent == TOP]
        if self.network.names[symbol].shape and all(is_array(reader, base) for base in bases):
            return tree
        return transform(tree, _marked)

    def _as_matrix(self, node: Node) -> Tree | None:
        """The tree in matrix form, of the matrix that acts on vec for an array of rank four; None where there is none."""
        form = node if len(node.shape) <= 2 else kronecker_form(node)
        try:
            return None if form is None else self.writer.form(form)
        except VerificationError as error:
            if error.code != "no-matrix-form":
                raise
            return None

    def verify(self, node: Node, texts: Iterable[tuple[str, Notation]], letters: tuple[Tree, ...] = ()) -> None:
        """Raise VerificationError unless every text, read back, has the node's shape, orientation and values.

        letters: the text is one entry, in these indices.
        """
        stand_ins: dict[Node, Variable] = {n: _stand_in(n) for n in leaves(build.named("root", node))}
        names = {variable.symbol: variable for variable in stand_ins.values()}
        expected = substitute(node, stand_ins)
        found: dict[Node, str] = {}
        for tree, text in _parsed(texts, t_is_a_name=Name("T") in {*self.network.names, *names}).items():
            found.setdefault(self._read(text, tree, names, expected.shape, letters), text)
        found.pop(expected, None)
        if found:
            _compare(expected, found)

    def _read(self, text: str, tree: Tree, names: Mapping[Tree, Node], shape: Shape, letters: tuple[Tree, ...]) -> Node:
        network = self.network
        try:
            node = network.read_entry(tree, letters, shape, names) if letters else network.read(tree, names, shape)
        except ChainruleError as error:
            raise _unverified(text, f"it does not read back: {error.message}") from error
        if node.shape != shape:
            raise _unverified(text, "it reads back with another shape")
        return node


def verify_over_outcomes(tree: Tree, names: Sequence[Tree], order: Tree | None) -> None:
    """Raise VerificationError unless the texts of a sum over outcomes are read back, with the values of the tree.

    names: of the distributions in it. order: of the quantity, where it is a name. Their outcomes have no end, so the texts are
    compared at random tables of three outcomes.
    """
    texts: list[tuple[str, Notation]] = [(latex(tree), "latex"), (plain(tree), "plain"), (unicode(tree), "plain")]
    for read, text in _parsed(texts, t_is_a_name=True).items():
        if not are_equal(tree, read, names, order):
            raise _unverified(text, "read back it has other values")


def as_counted(tree: Tree, from_zero: Container[Tree]) -> Tree:
    """The tree with the entries of some arrays counted from 0, as the text counts them: formulas are written from 1."""

    def change(part: Tree) -> Tree:
        if not isinstance(part, Subscript) or key(part.base) not in from_zero:
            return part
        return replace(part, items=tuple(map(_one_less, part.items)))

    return transform(tree, change) if from_zero else tree


def _one_less(item: Tree) -> Tree:
    if isinstance(item, Relation) and item.operators == (":",):
        return replace(item, sides=tuple(map(_one_less, item.sides)))
    if isinstance(item, Juxtaposition):
        return replace(item, items=tuple(map(_one_less, item.items)))
    return Number(item.value - 1, str(item.value - 1)) if isinstance(item, Number) else item


def _is_of_vec(axes: Axes) -> bool:
    """Whether an array may act on vec of a matrix: a vector or a matrix by a matrix, or nothing is known of its axes."""
    return not axes or [rank for _, rank in axes] in ([1, 2], [2, 2])


def index_note(letters: tuple[Name, ...], axes: Axes) -> str:
    """`entry (i, j, k): i counts y, j and k count A`."""
    if not letters:
        return ""
    counted: list[str] = []
    rest = [letter.text for letter in letters]
    for symbol, rank in axes:
        own, rest = rest[:rank], rest[rank:]
        if own:
            counted.append(f"{' and '.join(own)} count{'s' if len(own) == 1 else ''} {plain(symbol)}")
    said = f": {', '.join(counted)}" if counted else ""
    return f"entry ({', '.join(letter.text for letter in letters)}){said}"


def vec_note(axes: Axes) -> str:
    """What a matrix acts on that stands for an array of rank four."""
    if len(axes) != 2:
        return "acts on vec of the variable, whose columns are stacked"
    rows, columns = (plain(symbol) for symbol, _ in axes)
    if axes[0][1] == 1:
        return f"acts on vec({columns}) and gives {rows}: columns are stacked"
    if rows == columns:
        return f"acts on vec({columns}), whose columns are stacked"
    return f"acts on vec({columns}) and gives vec({rows}): columns are stacked"


def _stand_in(leaf: Named | Variable) -> Variable:
    """A variable of its own for a leaf, with what was declared of it; for a symmetric quantity a symmetric one."""
    own = leaf.facts if isinstance(leaf, Variable) else frozenset({Fact.SYMMETRIC}) if is_symmetric(leaf) else NO_FACTS
    return build.variable(leaf.symbol, leaf.shape, own)


def _parsed(texts: Iterable[tuple[str, Notation]], t_is_a_name: bool) -> dict[Tree, str]:
    """The trees of some texts, each with the first text it was read from: what differs in spelling alone is one tree."""
    found: dict[Tree, tuple[Tree, str]] = {}
    for text, notation in texts:
        try:
            tree = parse_expression(Source("formula", text).span(), vocabulary(), notation)
        except ChainruleError as error:
            raise _unverified(text, f"it does not read back: {error.message}") from error
        found.setdefault(transform(tree, partial(_spelled_once, t_is_a_name=t_is_a_name)), (tree, text))
    return dict(found.values())


def _spelled_once(tree: Tree, t_is_a_name: bool) -> Tree:
    r"""The same for `a \odot b` and `a .* b`, for `A^\top` and `A^T`, for a fraction and a quotient on one line."""
    match tree:
        case Product(operator=".*"):
            return replace(tree, operator="\\odot")
        case Superscript(exponent=Name("T")) if not t_is_a_name:
            return replace(tree, exponent=TOP)
        case Quotient(operator="/"):
            return Quotient(_inside(tree.numerator), _inside(tree.denominator))
        case _:
            return tree


def _marked(tree: Tree) -> Tree:
    """A transpose with a mark that is no letter."""
    return replace(tree, exponent=Name("⊤")) if isinstance(tree, Superscript) and tree.exponent == TOP else tree


def _inside(tree: Tree) -> Tree:
    """What stands in parentheses."""
    return tree.items[0] if isinstance(tree, Bracket) and tree.kind == "(" and len(tree.items) == 1 else tree


def _compare(expected: Node, found: Mapping[Node, str]) -> None:
    """Raise VerificationError unless all have the values expected, at random sizes and points."""
    nodes = [expected, *found]
    for seed in POINTS:
        try:
            point = sample(nodes, seed)
        except ChainruleError as error:
            raise _unverified(next(iter(found.values())), error.message) from error
        right, *values = (point.found[n] if n in point.found else _value(n, point) for n in nodes)
        for text, value in zip(found.values(), values, strict=True):
            if not compare(value, right) <= TOLERANCE:
                raise _unverified(text, "read back it has other values")


def _value(node: Node, point: Point) -> Array:
    return evaluate([node], point.values, point.sizes)[0]


def _unverified(text: str, why: str) -> VerificationError:
    return VerificationError("unverified", f"no printed form could be verified: {why} ({text[:200]})")


def conventions(roots: Iterable[Node]) -> tuple[str, ...]:
    """What is taken at the kinks of the operations below the roots, and how they are meant where books differ."""
    operations = [n.operation for n in postorder(*roots) if isinstance(n, Apply)]
    return tuple(dict.fromkeys(said for each in operations for said in (each.at_kink, each.convention) if said))
