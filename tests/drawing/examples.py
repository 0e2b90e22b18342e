"""Pictures to test with: some of each kind that people draw, and random ones."""

from hypothesis import strategies as st

from chainrule.drawing.picture import Box, Picture, Role, Wire


def matrix(*rows: str) -> str:
    return f'mat(delim: "[", {"; ".join(rows)})'


def skips() -> Picture:
    """Scalars; x and y are used again at the end."""
    formulas = {"m": "m = x y", "n": "n = m + z", "p": "p = tanh(n)", "r": "r = p x - y"}
    inputs = tuple(Box(name, name, "input", "0.25", f"frac(partial r, partial {name}) = 1.75") for name in "xyz")
    others = tuple(Box(key, text, "output" if key == "r" else "intermediate", "-1.5", "0.5") for key, text in formulas.items())
    wires = ("xm", "ym", "mn", "zn", "np", "pr", "xr", "yr")
    return Picture("Skips: r = tanh(xy + z)x − y", inputs + others, tuple(Wire(*ends, "arrow.l 0.125") for ends in wires))


def network(layers: int = 2) -> Picture:
    """A network with matrices as values; several rows from about four layers on."""
    boxes = [Box("h0", "bold(x)", "input", matrix("1", "-2"))]
    wires: list[Wire] = []
    for k in range(1, layers + 1):
        weights = matrix("0.25, 0.5", "-1.5, 0.75")
        boxes += [
            Box(f"W{k}", f"W^(({k}))", "parameter", weights, weights),
            Box(f"b{k}", f"b^(({k}))", "parameter", matrix("0.5", "-0.5"), matrix("0.125", "0.0625")),
            Box(f"z{k}", f"z^(({k})) = W^(({k})) h^(({k - 1})) + b^(({k}))", "intermediate", matrix("1.5", "-2.25")),
            Box(f"h{k}", f"h^(({k})) = sigma(z^(({k})))", "output" if k == layers else "intermediate", "0.75"),
        ]
        wires += [
            Wire(f"h{k - 1}", f"z{k}", f"W^(({k}) top) delta^(({k}))" if k > 1 else None),
            Wire(f"W{k}", f"z{k}", f"delta^(({k})) h^(({k - 1}) top)"),
            Wire(f"b{k}", f"z{k}", f"delta^(({k}))"),
            Wire(f"z{k}", f"h{k}", "dot.o sigma'"),
        ]
    return Picture(f"A network of {layers} layers", tuple(boxes), tuple(wires))


def fans() -> Picture:
    """Twelve boxes, most of them used several times."""
    uses = {
        0: (3, 4, 5, 11),
        1: (4, 6),
        2: (5,),
        3: (7, 9),
        4: (7, 8, 11),
        5: (8,),
        6: (9,),
        7: (10,),
        8: (10,),
        9: (11,),
        10: (11,),
    }
    boxes = tuple(Box(f"v{k}", f"v_{k} = f_{k}(dots)", "intermediate", f"{k}.5", f"0.{k}") for k in range(12))
    pairs = [(a, b) for a, targets in uses.items() for b in targets]
    return Picture("Fans", boxes, tuple(Wire(f"v{a}", f"v{b}", f"0.{a}{b}") for a, b in pairs))


def chain(length: int = 30) -> Picture:
    boxes = tuple(Box(f"a{k}", f"a_{k} = sin(a_{k - 1})", "intermediate", f"0.{k}") for k in range(length))
    return Picture("A chain", boxes, tuple(Wire(f"a{k}", f"a{k + 1}", f"cos(a_{k})") for k in range(length - 1)))


def star(points: int = 14) -> Picture:
    """One box that uses many."""
    boxes = (Box("f", "f", "output", "1"), *(Box(f"x{k}", f"x_{k}", "input") for k in range(points)))
    return Picture("", boxes, tuple(Wire(f"x{k}", "f", "2") for k in range(points)))


def long_formula() -> Picture:
    terms = " + ".join(f"alpha_{k} x^{k}" for k in range(20))
    boxes = (Box("x", "x", "input", "2", "1"), Box("f", f"f = {terms}", "output", terms, "1"))
    return Picture("A long title, " * 20, boxes, (Wire("x", "f", terms),))


EXAMPLES: dict[str, Picture] = {
    "skips": skips(),
    "network": network(),
    "deep network": network(6),
    "fans": fans(),
    "chain": chain(),
    "star": star(),
    "single": Picture("One box", (Box("x", "x", "input", "3"),), ()),
    "apart": Picture("", (Box("x", "x", "input", code="x = 3"), Box("y", "y^2/(1 + y)", "output", "4", "1")), ()),
    "twice": Picture(
        "x · x", (Box("x", "x", "input"), Box("y", "y = x x", "output")), (Wire("x", "y", "3"), Wire("x", "y", "3"))
    ),
    "long formula": long_formula(),
    "no labels": Picture(
        "y", tuple(Box(k, k, "input") for k in "abcd"), tuple(Wire(*p) for p in ("ab", "ac", "bd", "cd", "ad"))
    ),
}

ROLES: tuple[Role, ...] = ("input", "parameter", "intermediate", "output")
FORMULAS = ("x", "z = W x + b", "L = 1/2 sum_i (y_i - hat(y)_i)^2", "h = sigma(W^((2)) upright(bold(h)) + b^((2)))")
NUMBERS = (None, "1", "-0.0625", matrix("0.1, -0.2", "0.3, 0.4"), matrix("1", "2", "3", "4"))
GRADIENTS = (None, "1", "arrow.l 0.6457", "W^((2) top) delta^((2))", "frac(partial L, partial x)")


@st.composite
def pictures(draw: st.DrawFn, most: int = 14) -> Picture:
    """Acyclic graphs of up to `most` boxes, each computed from at most three earlier ones."""
    count = draw(st.integers(1, most))
    boxes: list[Box] = []
    wires: list[Wire] = []
    for k in range(count):
        label, role = draw(st.sampled_from(FORMULAS)), draw(st.sampled_from(ROLES))
        boxes.append(Box(str(k), label, role, draw(st.sampled_from(NUMBERS)), draw(st.sampled_from(NUMBERS))))
        sources = draw(st.lists(st.integers(0, k - 1), max_size=3, unique=True)) if k else []
        wires += [Wire(str(source), str(k), draw(st.sampled_from(GRADIENTS))) for source in sources]
    return Picture("Random", tuple(boxes), tuple(wires))
