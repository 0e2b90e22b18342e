"""Contractions as NumPy text: `W @ x`, `np.outer(a, b)`, `v[:, None] * W`, sums, diagonals; einsum for what is none of them.

Every factor is an expression with the index each of its axes runs over. Indices that two factors share are removed pair by
pair; what is left over and not in the output is summed by einsum; the rest is broadcast to the output.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_letters

from chainrule.codegen.expression import Expression, Precedence, aligned, transposed
from chainrule.codegen.scope import Scope
from chainrule.errors import CodeError

Indices = tuple[int, ...]


@dataclass(frozen=True)
class Factor:
    """An array and the index each of its axes runs over."""

    array: Expression
    own: Indices


def reduced(factors: Iterable[Factor], core: Indices, scope: Scope) -> list[Factor]:
    """Factors with no index outside `core`, whose broadcast product is the contraction; `core` is in the output's order."""
    waiting = list(factors)
    waiting = [_without_repeats(f, k, waiting, core) for k, f in enumerate(waiting)]
    while True:
        uses = Counter(i for f in waiting for i in f.own)
        waiting = [_summed_alone(f, uses, core) for f in waiting]
        found = _pair_of(waiting, core)
        if found is None:
            break
        k, m, how = found
        left, right = waiting[k], waiting[m]
        new = _multiplied(left, right, scope) if how == "entries" else _matrix_product(left, right, core, scope)
        waiting[k] = new
        del waiting[m]
    arrays = [f for f in waiting if f.own]
    if any(i not in core for f in arrays for i in f.own):
        return [f for f in waiting if not f.own] + [_einsum(arrays, core, scope)]
    return waiting


def broadcast(factors: Sequence[Factor], core: Indices, scope: Scope) -> Expression:
    """The product of factors over parts of `core`, as an array over `core`."""
    scalars = [f.array for f in factors if not f.own]
    arrays = [f for f in factors if f.own]
    if [f.own for f in arrays] in ([core[:1], core[1:]], [core[1:], core[:1]]) and len(core) == 2:
        first, second = sorted(arrays, key=lambda f: core.index(f.own[0]))
        if first.array.denominator is None and second.array.denominator is None:
            a, b = scope.shortened((first.array, second.array))
            return scope.multiplied([*scalars, Expression(f"np.outer({a.text}, {b.text})")])
    return scope.multiplied([*scalars, *(_spread_out(f, core) for f in arrays)] or [Expression("1.0")])


def _spread_out(factor: Factor, target: Indices) -> Expression:
    below = factor.array.denominator
    turned = aligned(factor.array, factor.own, target)
    if below is None or turned is factor.array:
        return turned
    below = aligned(below, factor.own, target)
    return Expression(f"1.0 / {below.within(Precedence.SIGN)}", Precedence.PRODUCT, (), below)


def _without_repeats(factor: Factor, place: int, factors: Sequence[Factor], core: Indices) -> Factor:
    """The diagonal of an array with an index twice; the trace of a matrix whose index nothing else has."""
    own = tuple(dict.fromkeys(factor.own))
    if own == factor.own:
        return factor
    if len(factor.own) == 2:
        elsewhere = own[0] in core or any(own[0] in f.own for k, f in enumerate(factors) if k != place)
        name = "diagonal" if elsewhere else "trace"
        return Factor(Expression(f"np.{name}({factor.array.text})"), own if elsewhere else ())
    return Factor(Expression(f"np.einsum({_letters([factor.own], own)}, {factor.array.text})"), own)


def _summed_alone(factor: Factor, uses: Counter[int], core: Indices) -> Factor:
    """The sum over the axes whose index neither another factor nor the output has."""
    gone = [axis for axis, i in enumerate(factor.own) if uses[i] == 1 and i not in core]
    if not gone:
        return factor
    kept = tuple(i for axis, i in enumerate(factor.own) if axis not in gone)
    axes = "" if not kept else f"axis={gone[0] if len(gone) == 1 else tuple(gone)}"
    array = factor.array
    if array.precedence is Precedence.ATOM:
        return Factor(Expression(f"{array.text}.sum({axes})"), kept)
    return Factor(Expression(f"np.sum({', '.join(part for part in (array.text, axes) if part)})"), kept)


def _pair_of(factors: Sequence[Factor], core: Indices) -> tuple[int, int, str] | None:
    """Two factors to multiply next, and how: equal index sets by entries, one shared index summed as a matrix product, a
    vector on a summed index of several factors by entries. The product with the fewest axes comes first.
    """
    holders: dict[int, list[int]] = {}
    for k, factor in enumerate(factors):
        for i in factor.own:
            holders.setdefault(i, []).append(k)
    found: list[tuple[int, int, int, int, str]] = []
    for i, held in holders.items():
        for a, k in enumerate(held):
            for m in held[a + 1 :]:
                left, right = factors[k].own, factors[m].own
                inner = i not in core and len(held) == 2 and set(left) & set(right) == {i} and max(len(left), len(right)) <= 2
                if inner:
                    found.append((len(left) + len(right) - 2, 1, k, m, "matrix"))
                elif set(left) == set(right) or (i not in core and len(held) > 2 and min(len(left), len(right)) == 1):
                    found.append((max(len(left), len(right)), 0, k, m, "entries"))
    if not found:
        return None
    _, _, k, m, how = min(found)
    return k, m, how


def _multiplied(left: Factor, right: Factor, scope: Scope) -> Factor:
    own = left.own if len(left.own) >= len(right.own) else right.own
    return Factor(scope.multiplied([_spread_out(left, own), _spread_out(right, own)]), own)


def _matrix_product(left: Factor, right: Factor, core: Indices, scope: Scope) -> Factor:
    """The two in the order and orientation with the fewest transposes, a matrix before a vector; for an inverse, solved."""
    (shared,) = set(left.own) & set(right.own)
    for inverse, other in ((left, right), (right, left)):
        if inverse.array.inverted is not None:
            return _solved(inverse, inverse.array.inverted, other, shared, scope)

    def cost(pair: tuple[Factor, Factor]) -> tuple[int, int]:
        first, second = pair
        turns = (first.own[-1] != shared) + (second.own[0] != shared)
        rest = [i for i in first.own + second.own if i != shared]
        wrong = sorted(rest) == sorted(core) and rest != list(core)
        return turns + wrong + 2 * (len(first.own) < len(second.own)), turns

    first, second = min([(left, right), (right, left)], key=cost)
    rest = tuple(i for i in first.own + second.own if i != shared)
    a = transposed(first.array, first.own, [*(i for i in first.own if i != shared), shared])
    b = transposed(second.array, second.own, [shared, *(i for i in second.own if i != shared)])
    a, b = scope.shortened((a, b))
    start = a.text if a.precedence is Precedence.MATMUL else a.within(Precedence.SIGN)
    return Factor(Expression(f"{start} @ {b.within(Precedence.SIGN)}", Precedence.MATMUL), rest)


def _solved(inverse: Factor, matrix: Expression, other: Factor, shared: int, scope: Scope) -> Factor:
    """The inverse of a matrix, or of its transpose, times an array: without the inverse."""
    (kept,) = (i for i in inverse.own if i != shared)
    rest = [i for i in other.own if i != shared]
    a = transposed(matrix, inverse.own, [kept, shared])
    b = transposed(other.array, other.own, [shared, *rest])
    a, b = scope.shortened((a, b))
    return Factor(Expression(f"np.linalg.solve({a.text}, {b.text})"), (kept, *rest))


def _einsum(factors: Sequence[Factor], core: Indices, scope: Scope) -> Factor:
    own = tuple(i for i in core if any(i in f.own for f in factors))
    arrays = scope.shortened(f.array for f in factors)
    optimize = ", optimize=True" if len(factors) > 2 else ""
    operands = ", ".join(array.text for array in arrays)
    return Factor(Expression(f"np.einsum({_letters([f.own for f in factors], own)}, {operands}{optimize})"), own)


def _letters(indices: Sequence[Indices], output: Indices) -> str:
    """The first argument of einsum: "ij,jk->ik", quoted."""
    number = {i: k for k, i in enumerate(dict.fromkeys(i for own in indices for i in own))}
    letters = "ijklmnopqrstuvwxyzabcdefgh" + ascii_letters[26:]
    if len(number) > len(letters):
        raise CodeError("too-many-indices", f"a product over {len(number)} indices at once has no NumPy code")
    words = ["".join(letters[number[i]] for i in own) for own in (*indices, output)]
    return f'"{",".join(words[:-1])}->{words[-1]}"'
