"""Factorial and binomial coefficient, by gamma functions where their arguments are not whole. They are given no derivative."""

import math

from chainrule.graph import build
from chainrule.graph.node import Node
from chainrule.graph.operation import Operation, Property
from chainrule.syntax.tree import Name


def binomial(n: Node, k: Node) -> Node:
    """S S -> S. n! / (k! (n - k)!)."""
    return build.apply(BINOMIAL, n, k)


def _coefficient(n: float, k: float) -> float:
    if not (math.isfinite(n) and math.isfinite(k)):
        return math.nan
    if n == int(n) and k == int(k) and n >= 0:
        try:
            return float(math.comb(int(n), int(k))) if 0 <= k <= n else 0.0
        except OverflowError:
            return math.inf
    if n <= -1:
        return math.nan
    above, below = math.lgamma(n + 1), 0.0
    sign = 1.0
    for x in (k + 1, n - k + 1):
        if x <= 0 and x == int(x):
            return 0.0
        below += math.lgamma(x)
        sign *= -1.0 if x < 0 and math.floor(x) % 2 else 1.0
    return sign * math.exp(above - below)


BINOMIAL = Operation(
    name="binomial",
    arguments=("n", "k"),
    signature="S S -> S",
    because="The binomial coefficient counts: it has no derivative here.",
    value=lambda xp, n, k: xp.vectorize(_coefficient, otypes=[float])(n, k)[()],
    spellings=("binom", "binomial"),
    function=Name("binom"),
    numpy=lambda n, k: f"_binomial({n}, {k})",
    numpy_helpers='''
@np.vectorize
def _binomial(n, k):
    """The binomial coefficient n over k, exact for whole numbers."""
    if n == int(n) and k == int(k) and n >= 0:
        return float(math.comb(int(n), int(k))) if 0 <= k <= n else 0.0
    if n <= -1:
        return math.nan
    size, sign = math.lgamma(n + 1), 1.0
    for x in (k + 1, n - k + 1):
        if x <= 0 and x == int(x):
            return 0.0
        size -= math.lgamma(x)
        sign *= -1.0 if x < 0 and math.floor(x) % 2 else 1.0
    return sign * math.exp(size)
''',
    domain=((3.0, 6.0), (0.5, 2.5)),
    properties=frozenset({Property.ELEMENTWISE}),
    source="Abramowitz and Stegun, 6.1.21",
    example=("binom(5, 2)", 10.0),
)


def _factorial(n: float) -> float:
    if not math.isfinite(n) or (n < 0 and n == int(n)):
        return math.nan
    try:
        return math.gamma(n + 1)
    except OverflowError:
        return math.inf


FACTORIAL = Operation(
    name="factorial",
    arguments=("n",),
    signature="S -> S",
    because="The factorial counts: it has no derivative here.",
    value=lambda xp, n: xp.vectorize(_factorial, otypes=[float])(n)[()],
    spellings=("factorial",),
    function=Name("factorial"),
    numpy=lambda n: f"_factorial({n})",
    numpy_helpers='''
@np.vectorize
def _factorial(n):
    """n!, which is infinite from 171 on."""
    return math.gamma(n + 1.0) if n < 170.62 else math.inf
''',
    domain=((0.0, 6.0),),
    properties=frozenset({Property.ELEMENTWISE}),
    source="Abramowitz and Stegun, 6.1.5",
    example=("factorial(5)", 120.0),
)
