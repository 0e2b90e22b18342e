from chainrule.drawing.faults import count_faults
from chainrule.drawing.geometry import Rectangle, Route

LEFT, RIGHT, FAR = Rectangle(0, 0, 40, 40), Rectangle(100, 0, 140, 40), Rectangle(200, 0, 240, 40)
STRAIGHT: Route = ((40, 20), (100, 20))
PLATE = Rectangle(60, 10, 80, 30)


def faults(routes: list[Route], plates: list[Rectangle | None], ends: list[tuple[int, int]] | None = None) -> int:
    return count_faults([LEFT, RIGHT, FAR], ends or [(0, 1)] * len(routes), routes, plates)


def test_a_plain_drawing_has_none() -> None:
    assert faults([STRAIGHT], [PLATE]) == 0


def test_wires_may_cross() -> None:
    assert faults([((40, 10), (100, 10)), ((40, 30), (70, 30), (70, -30), (300, -30))], [None, None]) == 0


def test_a_wire_through_or_along_a_box_counts() -> None:
    assert faults([((40, 20), (200, 20))], [None], [(0, 2)]) == 1
    assert faults([((40, 41), (200, 41))], [None], [(0, 2)]) == 1
    assert faults([((40, 44), (200, 44))], [None], [(0, 2)]) == 0
    assert faults([((20, 20), (100, 20))], [None]) == 1


def test_a_plate_on_a_box_or_on_a_strange_wire_counts() -> None:
    assert faults([STRAIGHT], [Rectangle(30, 10, 50, 30)]) == 1
    assert faults([STRAIGHT, ((40, 32), (100, 32))], [PLATE, None]) == 1
    assert faults([STRAIGHT, ((40, 34), (100, 34))], [PLATE, None]) == 0


def test_a_bend_under_the_own_plate_counts() -> None:
    assert faults([((40, 15), (70, 15), (70, 25), (100, 25))], [PLATE]) == 1


def test_wires_along_each_other_count() -> None:
    assert faults([STRAIGHT, ((40, 22), (100, 22))], [None, None]) == 1
    assert faults([STRAIGHT, ((40, 23), (100, 23))], [None, None]) == 0


def test_a_wire_aslant_counts() -> None:
    assert faults([((40, 20), (100, 30))], [None]) == 1


def test_boxes_on_each_other_count() -> None:
    assert count_faults([LEFT, LEFT.moved(10, 0)], [], [], []) == 1
