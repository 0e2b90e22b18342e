"""Arrays made of the entries of others: concatenation, vec, the Kronecker product. Their derivatives are selections."""

from collections.abc import Sequence

from chainrule.errors import ShapeError
from chainrule.graph import build
from chainrule.graph.dimension import Dimension, Shape, dimension, shape_text
from chainrule.graph.node import Add, Apply, Contract, Node
from chainrule.graph.operation import Operation, Property
from chainrule.ops.construction import Construction
from chainrule.ops.properties import WHOLE
from chainrule.syntax.tree import Matrix, Name, Product, Tree


def concatenate(nodes: Sequence[Node]) -> Node:
    """Vectors one after another, scalars among them as vectors of one entry; or matrices of as many columns, rows below rows.

    Raises ShapeError `concatenated-shapes` where the ranks do not go together, and for no node at all.
    """
    ranks = {len(node.shape) for node in nodes}
    if not nodes or (len(ranks) > 1 and ranks != {0, 1}) or max(ranks) > 2:
        found = " and ".join(dict.fromkeys(shape_text(node.shape) for node in nodes)) or "nothing"
        raise ShapeError("concatenated-shapes", f"{found} cannot be joined: vectors go with vectors, matrices with matrices")
    operation = VSTACK if 2 in ranks else CONCATENATE
    every = [node if node.shape else build.stack([node]) for node in nodes]
    result = every[-1]
    for node in every[-2::-1]:
        result = build.apply(operation, node, result)
    return result


def concatenate_columns(nodes: Sequence[Node]) -> Node:
    """Matrices of as many rows side by side; a vector is a column. Raises ShapeError as `concatenate` does."""
    columns = [build.broadcast(n, (*n.shape, dimension(1)), (0,)) if len(n.shape) == 1 else n for n in nodes]
    return build.transpose(concatenate([build.transpose(column) for column in columns]))


def vec(matrix: Node) -> Node:
    """(m, n) -> (m n). The columns one below the other."""
    return build.apply(VEC, matrix)


def kron(left: Node, right: Node) -> Node:
    """(m, n), (p, q) -> (m p, n q). Every entry of the left matrix times the right one."""
    return build.apply(KRON, left, right)


def unvec(vector: Node, rows: Dimension, columns: Dimension) -> Node:
    """(m n) -> (m, n). The matrix whose columns, one below the other, are the vector: vec undone."""
    places = build.selection(rows * columns, (rows, columns), 0, (1, rows))
    return build.contract([vector, places], [(0,), (0, 1, 2)], (1, 2))


def _joined(upper: Node, lower: Node) -> Node:
    total = upper.shape[0] + lower.shape[0]
    return build.add(build.placed(upper, 0, total), build.placed(lower, upper.shape[0], total))


def _upper_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    return build.part(y_bar, 0, arguments[0].shape[0])


def _lower_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    upper, lower = arguments
    return build.part(y_bar, upper.shape[0], lower.shape[0])


def _vec_definition(x: Node) -> Node:
    m, n = x.shape
    return build.contract([x, build.selection(m * n, (m, n), 0, (1, m))], [(0, 1), (2, 0, 1)], (2,))


def _vec_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    m, n = arguments[0].shape
    before = _before_vec(y_bar, (m, n))
    if before is not None:
        return before
    return unvec(y_bar, m, n)


def _before_vec(node: Node, shape: Shape) -> Node | None:
    """The matrix of that shape of which the node is vec; None where it is not written as one."""
    match node:
        case Apply(operation=operation, arguments=(matrix,)) if operation is VEC and matrix.shape == shape:
            return matrix
        case Add(terms=terms):
            found = [(coefficient, _before_vec(term, shape)) for coefficient, term in terms]
            known = [(coefficient, matrix) for coefficient, matrix in found if matrix is not None]
            return build.linear(known, shape) if len(known) == len(found) else None
        case Contract(factors=factors, indices=indices, output=(0,), extents=(_,)):
            # Numbers times a vector: the only index is that of the vector and of the result.
            arrays = [k for k, own in enumerate(indices) if own]
            matrix = _before_vec(factors[arrays[0]], shape) if len(arrays) == 1 else None
            return None if matrix is None else build.multiply(*(f for f in factors if not f.shape), matrix)
        case _:
            return None


def _kron_selections(left: Node, right: Node) -> tuple[Node, Node]:
    """Row i p + k and column j q + l of the product stand for row i and k, column j and l of the factors."""
    (m, n), (p, q) = left.shape, right.shape
    return build.selection(m * p, (m, p), 0, (p, 1)), build.selection(n * q, (n, q), 0, (q, 1))


def _kron_definition(left: Node, right: Node) -> Node:
    return build.contract([left, right, *_kron_selections(left, right)], [(0, 1), (2, 3), (4, 0, 2), (5, 1, 3)], (4, 5))


def _kron_left_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    selections = _kron_selections(*arguments)
    return build.contract([y_bar, arguments[1], *selections], [(4, 5), (2, 3), (4, 0, 2), (5, 1, 3)], (0, 1))


def _kron_right_pullback(y_bar: Node, y: Node, arguments: tuple[Node, ...]) -> Node:
    selections = _kron_selections(*arguments)
    return build.contract([arguments[0], y_bar, *selections], [(0, 1), (4, 5), (4, 0, 2), (5, 1, 3)], (2, 3))


def _below(upper: Tree, lower: Tree) -> Tree:
    """One below the other; a column of several entries takes no brackets of its own."""
    return Matrix((*_rows(upper), *_rows(lower)))


def _rows(tree: Tree) -> tuple[tuple[Tree, ...], ...]:
    is_column = isinstance(tree, Matrix) and all(len(row) == 1 for row in tree.rows)
    return tree.rows if isinstance(tree, Matrix) and is_column else ((tree,),)


def _beside(left: Tree, right: Tree) -> Tree:
    """Side by side; a row of several entries takes no brackets of its own."""
    return Matrix(((*_entries(left), *_entries(right)),))


def _entries(tree: Tree) -> tuple[Tree, ...]:
    return tree.rows[0] if isinstance(tree, Matrix) and len(tree.rows) == 1 else (tree,)


def _kron_tree(left: Tree, right: Tree) -> Tree:
    return Product("\\otimes", (left, right))


CONCATENATE = Operation(
    name="concatenate",
    arguments=("u", "v"),
    signature="m n -> m+n",
    because="Each part of a concatenation receives its own part of the upstream gradient.",
    value=lambda xp, u, v: xp.concatenate((u, v)),
    definition=_joined,
    pullbacks=(_upper_pullback, _lower_pullback),
    spellings=("concatenate", "concat"),
    function=Name("concat"),
    tree=_below,
    numpy=lambda u, v: f"np.concatenate(({u}, {v}))",
    properties=WHOLE | {Property.ARRANGES, Property.LINEAR},
    source="Magnus and Neudecker, Matrix Differential Calculus, 3rd ed., chapter 8: partitioned arguments",
    example=("concatenate([1, 2], [3])", (1.0, 2.0, 3.0)),
)

VSTACK = Operation(
    name="vstack",
    arguments=("A", "B"),
    signature="m,k n,k -> m+n,k",
    because="Each block of a partitioned matrix receives its own block of the upstream gradient.",
    value=lambda xp, a, b: xp.concatenate((a, b)),
    definition=_joined,
    pullbacks=(_upper_pullback, _lower_pullback),
    spellings=("vstack",),
    function=Name("vstack"),
    tree=_below,
    turned=_beside,
    numpy=lambda a, b: f"np.vstack(({a}, {b}))",
    properties=WHOLE | {Property.ARRANGES, Property.LINEAR},
    source="Magnus and Neudecker, Matrix Differential Calculus, 3rd ed., chapter 8: partitioned arguments",
    example=("vstack([[1, 2]], [[3, 4]])", ((1.0, 2.0), (3.0, 4.0))),
)

VEC = Operation(
    name="vec",
    arguments=("X",),
    signature="m,n -> m*n",
    because="vec moves every entry to a place of its own: the upstream gradient is put back into the shape of the matrix.",
    value=lambda xp, x: xp.reshape(x, -1, order="F"),
    definition=_vec_definition,
    pullbacks=(_vec_pullback,),
    spellings=("vec",),
    function=Name("vec"),
    numpy=lambda x: f"np.reshape({x}, -1, order='F')",
    properties=WHOLE | {Property.ARRANGES, Property.LINEAR},
    source="Magnus and Neudecker, Matrix Differential Calculus, 3rd ed., 2.4",
    example=("vec([[1, 2], [3, 4]])", (1.0, 3.0, 2.0, 4.0)),
)

KRON = Operation(
    name="kron",
    arguments=("A", "B"),
    signature="m,n p,q -> m*p,n*q",
    because="Every entry of one factor multiplies the whole other factor: its gradient is that block of the upstream gradient "
    "times the other factor, summed.",
    value=lambda xp, a, b: xp.kron(a, b),
    definition=_kron_definition,
    pullbacks=(_kron_left_pullback, _kron_right_pullback),
    spellings=("kron",),
    function=Name("kron"),
    tree=_kron_tree,
    turned=_kron_tree,
    numpy=lambda a, b: f"np.kron({a}, {b})",
    properties=WHOLE | {Property.TURNS, Property.MULTILINEAR, Property.ARRANGES},
    source="Petersen and Pedersen, The Matrix Cookbook, 10.2; Magnus and Neudecker, 2.2",
    example=("kron([[1, 2]], [[3, 4]])", ((3.0, 4.0, 6.0, 8.0),)),
)

UNVEC = Construction(
    name="unvec",
    arguments=("b", "shape"),
    signature="m*n m,n -> m,n",
    build=lambda vector, shape: unvec(vector, *shape.shape),
    spellings=("unvec",),
    sizes=2,
    example=("unvec([1, 2, 3, 4, 5, 6], 2, 3)", ((1.0, 3.0, 5.0), (2.0, 4.0, 6.0))),
)

HSTACK = Construction(
    name="hstack",
    arguments=("A", "B"),
    signature="m,k m,n -> m,k+n",
    build=lambda left, right: concatenate_columns([left, right]),
    spellings=("hstack",),
    example=("hstack([[1], [2]], [[3], [4]])", ((1.0, 3.0), (2.0, 4.0))),
)
