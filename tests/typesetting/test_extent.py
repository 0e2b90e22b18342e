"""Deep, large and shared trees: a named error instead of a crash, and elision."""

import pytest

from chainrule.errors import ChainruleError
from chainrule.syntax.tree import Call, Dots, Juxtaposition, Matrix, Name, Product, Sum, Tree
from chainrule.typesetting import elide, latex, plain, typst
from chainrule.typesetting.extent import MAX_DEPTH

from .trees import a, neg, num, power, total, x


def nested(depth: int) -> Tree:
    """exp(exp(...(x)...)), of `depth` levels: each adds a Call, whose function is a level of its own."""
    tree: Tree = x
    for _ in range(depth - 1):
        tree = Call(Name("exp"), (tree,))
    return tree


def doubled(times: int) -> Tree:
    """x + x, that plus itself, ...: a small object that would print 2^times letters."""
    tree: Tree = x
    for _ in range(times):
        tree = Sum((1, 1), (tree, tree))
    return tree


@pytest.mark.parametrize("target", [latex, plain, typst])
def test_the_deepest_tree_prints(target) -> None:
    assert target(nested(MAX_DEPTH)).count("exp(") == MAX_DEPTH - 1


@pytest.mark.parametrize("target", [latex, plain, typst])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 100_000])
def test_a_deeper_tree_is_refused(target, depth: int) -> None:
    with pytest.raises(ChainruleError) as caught:
        target(nested(depth))
    assert caught.value.code == "too-deep"
    assert caught.value.message == f"the formula is nested more than {MAX_DEPTH} levels deep"


def test_depth_of_every_kind_of_nesting_fits_the_stack() -> None:
    tree: Tree = x
    for step in range(MAX_DEPTH - 1):
        tree = [lambda t: power(t, 2), neg, lambda t: Matrix(((t,),)), lambda t: Product("\\cdot", (a, t))][step % 4](tree)
    assert latex(tree).count("bmatrix") == 2 * ((MAX_DEPTH - 1 + 1) // 4)


def test_a_small_tree_that_prints_large_is_refused() -> None:
    with pytest.raises(ChainruleError) as caught:
        latex(doubled(60))
    assert caught.value.code == "too-long"


def test_sharing_within_bounds_is_printed_in_full() -> None:
    assert latex(doubled(3)) == "((x + x) + (x + x)) + ((x + x) + (x + x))"


def test_what_is_small_is_not_elided() -> None:
    tree = total(a, power(x, 2))
    assert elide(tree) == tree


def test_a_long_sum_keeps_its_beginning_and_its_end() -> None:
    tree = Sum((1,) * 99 + (-1,), tuple(Name(letter) for letter in "abcdefghij" * 10))
    assert latex(elide(tree, width=5)) == r"a + b + c + \ldots - j"


def test_long_products_too() -> None:
    letters = tuple(Name(letter) for letter in "abcdefghij")
    assert latex(elide(Juxtaposition(letters), width=4)) == r"a b \ldots j"
    assert latex(elide(Product("\\cdot", letters), width=4)) == r"a \cdot b \cdot \ldots \cdot j"


def test_a_chain_of_100_000_is_elided_and_printed() -> None:
    text = latex(elide(nested(100_000)))
    assert text.startswith(r"\exp(\exp(")
    assert r"\ldots" in text
    assert len(text) < 1000


def test_what_prints_exponentially_large_is_elided() -> None:
    text = latex(elide(doubled(100), limit=50))
    assert text.count(r"\ldots") >= 8
    assert len(text) < 500


def test_the_limit_bounds_what_is_left() -> None:
    for limit in (5, 20, 100):
        tree = elide(doubled(20), limit=limit)
        assert latex(tree).count("+") < limit


def test_names_survive_where_everything_else_is_cut() -> None:
    tree = elide(Matrix(tuple((total(num(i), nested(9)),) for i in range(3))), limit=12)
    assert isinstance(tree, Matrix)
    assert all(Dots() in row or isinstance(row[0], Sum) for row in tree.rows)
