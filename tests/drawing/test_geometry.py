from chainrule.drawing.geometry import Rectangle, Size, centred, hull, parts, straightened


def test_rectangles_that_touch_do_not_meet() -> None:
    a = Rectangle(0, 0, 10, 10)
    assert a.meets(Rectangle(9, 9, 20, 20))
    assert not a.meets(Rectangle(10, 0, 20, 10))
    assert not a.meets(Rectangle(0, 10, 10, 20))
    assert a.grown(1).meets(Rectangle(10, 0, 20, 10))


def test_a_line_meets_what_it_runs_through() -> None:
    a = Rectangle(0, 0, 10, 10)
    assert a.meets(Rectangle(-5, 5, 15, 5))
    assert a.meets(Rectangle(5, -5, 5, 15))
    assert not a.meets(Rectangle(-5, 10, 15, 10))


def test_centred_moved_and_hull() -> None:
    a = centred((10, 20), Size(4, 6))
    assert a == Rectangle(8, 17, 12, 23)
    assert (a.centre, a.width, a.height) == ((10, 20), 4, 6)
    assert a.moved(1, -1) == Rectangle(9, 16, 13, 22)
    assert hull([a, Rectangle(0, 18, 9, 30)]) == Rectangle(0, 17, 12, 30)


def test_the_parts_of_a_route() -> None:
    route = ((0.0, 0.0), (5.0, 0.0), (5.0, -3.0))
    assert list(parts(route)) == [Rectangle(0, 0, 5, 0), Rectangle(5, -3, 5, 0)]


def test_straightened_drops_points_that_bend_nothing() -> None:
    assert straightened([(0, 0), (0, 0), (5, 0), (9, 0), (9, 4), (9, 4)]) == ((0, 0), (9, 0), (9, 4))


def test_straightened_turns_what_is_nearly_straight_and_nothing_else() -> None:
    assert straightened([(0, 0), (5, 0.6), (5.4, 9)]) == ((0, 0), (5, 0), (5, 9))
    assert straightened([(0, 0), (5, 2)]) == ((0, 0), (5, 2))
