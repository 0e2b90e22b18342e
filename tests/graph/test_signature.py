"""Shapes of results from signatures, and the errors where arguments do not fit."""

import pytest

from chainrule.errors import ShapeError
from chainrule.graph.dimension import DimensionClash, dimension
from chainrule.graph.operation import Operation, Property
from chainrule.graph.signature import Signature, read_signature, result_shape

M, N, TWO = dimension("m"), dimension("n"), dimension(2)


def operation(signature: str, *properties: Property) -> Operation:
    names = tuple("abc"[: len(signature.split("->")[0].split())])
    made = Operation("f", names, signature, "", properties=frozenset(properties), made_by=(lambda: made, ()))
    return made


def test_reading_signatures() -> None:
    assert read_signature("m,n n -> m") == Signature((("m", "n"), ("n",)), ("m",))
    assert read_signature("S . -> S") == Signature((None, ()), None)
    assert read_signature("-> .") == Signature((), ())
    assert read_signature("S -> ") == Signature((None,), ())


@pytest.mark.parametrize(
    ("signature", "shapes", "result"),
    [
        ("m,n n -> m", [(M, N), (N,)], (M,)),
        ("n -> n,n", [(TWO,)], (TWO, TWO)),
        ("n -> .", [(N,)], ()),
        ("S -> .", [(M, N)], ()),
        ("S S -> S", [(M, N), (M, N)], (M, N)),
        ("S -> S", [()], ()),
        ("-> .", [], ()),
    ],
)
def test_results(signature: str, shapes: list[tuple[object, ...]], result: tuple[object, ...]) -> None:
    assert result_shape(operation(signature), tuple(shapes)) == result


def test_elementwise_operations_take_scalars_beside_arrays() -> None:
    lifted = operation("S S S -> S", Property.ELEMENTWISE)
    assert result_shape(lifted, ((), (N,), ())) == (N,)
    assert result_shape(lifted, ((), (), ())) == ()


@pytest.mark.parametrize(
    ("signature", "shapes", "code", "message"),
    [
        ("S -> S", [], "argument-count", "f takes 1 argument, not 0"),
        ("n n -> .", [(N,)], "argument-count", "f takes 2 arguments, not 1"),
        ("n -> n", [()], "argument-rank", "f wants its argument a to have 1 dimensions; it is scalar"),
        ("n n -> .", [(N,), (M,)], "argument-shape", "f wants its argument b to be (n), but it is (m)"),
        ("n,n -> .", [(M, N)], "argument-shape", "f wants its argument a to be (m, m), but it is (m, n)"),
        ("S S -> S", [(N,), (M,)], "argument-shape", "f wants its argument b to be (n), but it is (m)"),
        ("S S -> .", [(), (M,)], "argument-shape", "f wants its argument b to be scalar, but it is (m)"),
    ],
)
def test_what_does_not_fit(signature: str, shapes: list[tuple[object, ...]], code: str, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        result_shape(operation(signature), tuple(shapes))
    assert (caught.value.code, caught.value.message) == (code, message)


def test_a_clash_carries_both_dimensions() -> None:
    with pytest.raises(DimensionClash) as caught:
        result_shape(operation("S S -> S", Property.ELEMENTWISE), ((M, N), (M, TWO)))
    assert (caught.value.left, caught.value.right) == (N, TWO)
