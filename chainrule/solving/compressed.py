r"""A derivative as it is stored: its factors, `V^\top V` and `I` of `V^\top V \otimes I`, and systems solved with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chainrule.algebra.kronecker_form import kronecker_factors
from chainrule.errors import EvaluationError
from chainrule.evaluation.array import Array, ArrayLike
from chainrule.evaluation.linear import solve, solve_kronecker
from chainrule.evaluation.run import evaluate
from chainrule.graph import build
from chainrule.graph.node import Add, Contract, Node
from chainrule.solving.answer import Value
from chainrule.solving.context import Context


@dataclass(frozen=True, eq=False, repr=False)
class Factor:
    """One factor: a text that is verified when it is asked for, and a number."""

    _context: Context
    node: Node

    @property
    def latex(self) -> str:
        """The factor in LaTeX. Raises VerificationError where no text can be verified."""
        return self._context.formula(self.node).latex

    @property
    def text(self) -> str:
        """The same in plain text."""
        return self._context.formula(self.node).text

    @property
    def value(self) -> Value | None:
        """The number at the given values; None while one is missing."""
        return self._context.number(self.node)

    def __repr__(self) -> str:
        return self.text


Factors = tuple[tuple[Factor, ...], ...]


def factors(context: Context, node: Node) -> Factors:
    """The terms of a sum, each as its factors: of an array of rank four B and A of the Kronecker product of B and A, which
    acts on vec; of a matrix those of its matrix product, `X^T`, `diag(d)`, `X`; else the term is its only factor. A number
    or a scalar in front belongs to the first one.
    """
    return tuple(tuple(Factor(context, each) for each in term) for term in _terms(node))


def _terms(node: Node) -> Iterator[tuple[Node, ...]]:
    pairs = kronecker_factors(node)
    if pairs:
        yield from ((build.scale(number, left), right) for number, left, right in pairs)
        return
    for number, term in node.terms if isinstance(node, Add) else ((1, node),):
        first, *rest = _chain(term) if isinstance(term, Contract) and len(term.shape) == 2 else (term,)
        yield build.scale(number, first), *rest


def _chain(node: Contract) -> tuple[Node, ...]:
    """The matrices whose product a contraction is, from the index of its rows to that of its columns; else itself."""
    at, end = node.output
    left = list(zip(node.factors, node.indices, strict=True))
    scalars = [factor for factor, own in left if not own]
    found: list[Node] = []
    while True:
        here = [factor for factor, own in left if own == (at,)]
        if here:
            found.append(build.contract(here, [(0,)] * len(here), (0, 0)))
        edges = [(factor, own) for factor, own in left if len(own) == 2 and at in own]
        left = [(factor, own) for factor, own in left if own and own != (at,) and (factor, own) not in edges]
        if len(edges) != 1 or at == end:
            break
        [(matrix, own)] = edges
        found.append(matrix if own[0] == at else build.transpose(matrix))
        at = own[0] if own[1] == at else own[1]
    if left or edges or at != end or len(set(node.output)) < 2 or not found:
        return (node,)
    return build.multiply(*scalars, found[0]), *found[1:]


def solve_system(
    node: Node, ranks: Sequence[int], right: ArrayLike, values: Mapping[Node, ArrayLike], sizes: Mapping[str, int]
) -> Array:
    """H (i..., j...), b (i...) -> s (j...) with H s = b. With one Kronecker product two small systems are solved.

    ranks: of the arrays that the axes of H count; i... are those of the first of two, j... those of the other.

    Raises EvaluationError where a value is missing, the right side does not fit or the system has no one solution.
    """
    if len(ranks) not in (0, 2) or len(set(ranks)) > 1:
        raise EvaluationError("not-a-system", "a system has a second derivative by one variable, or a square Jacobian")
    pairs = kronecker_factors(node)
    if pairs is None or len(pairs) != 1:
        return solve(evaluate([node], values, sizes)[0], right)
    [(number, *both)] = pairs
    left, other = (None if _is_identity(each) else evaluate([each], values, sizes)[0] for each in both)
    return solve_kronecker(left, other, right) / float(number)


def _is_identity(node: Node) -> bool:
    return isinstance(node, Contract) and not node.factors and node.output == (0, 0)
