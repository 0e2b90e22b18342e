"""Programs for quantities of distributions that have no closed form: a sum over integers, or an integral by Gauss rules."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chainrule.codegen.identifiers import Identifiers
from chainrule.codegen.literal import literal
from chainrule.codegen.numpy import numpy_program
from chainrule.codegen.quadrature_text import CORNERS, DIFFERENCE, INTEGRAL, LARGEST, SPREAD, SUM, TIMES, WINDOW
from chainrule.codegen.straightline import Program
from chainrule.codegen.summands import Term, term_of
from chainrule.errors import CodeError
from chainrule.graph import build
from chainrule.graph.node import Node, Variable
from chainrule.graph.walk import leaves
from chainrule.ops.activation import SOFTPLUS
from chainrule.ops.arithmetic import exp, log
from chainrule.ops.ratios import log1p
from chainrule.probability.distribution import Distribution
from chainrule.probability.families.family import Family, Point
from chainrule.probability.integration.estimate import Estimate, Question
from chainrule.probability.integration.halves import Halves
from chainrule.probability.integration.law import Chart
from chainrule.syntax.tree import Name

SLOPES = {"x": "0.0", "integers": "0.0", "log x": "u", "logit x": "-np.logaddexp(0.0, -u) - np.logaddexp(0.0, u)"}
"""log(dx/du) where the integral is over u."""
SUBSTITUTED = {"x": "x", "log x": "u = log(x)", "logit x": "u = log(x / (1 - x))"}
OWN = "none is written for a density that is given by a formula, or for a mixture"
CALLED = {"_times(": TIMES, "_difference(": DIFFERENCE}


@dataclass(frozen=True)
class Density:
    """The function of a program that computes a log density, by du, and how it is called there."""

    source: str
    call: str


def summed_program(
    quantity: str,
    distributions: Sequence[Distribution],
    question: Question,
    found: Estimate,
    given: Mapping[Node, Any],
    divisor: str,
) -> Program:
    """The function of that name that sums or integrates what `found` is the number of.

    question: the distributions in numbers. given: as `numpy_program` has it. divisor: text by which the number is divided.
    Raises CodeError `no-code` for what is no member of a family over numbers, or is over a set that moves with a parameter.
    """
    identifiers = Identifiers()
    keywords: dict[Node, str] = {}
    if not math.isfinite(found.value):
        return Program(_infinite(quantity, found), {})
    region = question.region
    if region is None:
        return Program(_constant(quantity, found.value, divisor), {})
    if isinstance(region, Halves):
        raise CodeError("no-code", OWN)
    made = [
        _density(letter, distribution, region.chart, given, identifiers, keywords)
        for letter, distribution in zip("pq", distributions, strict=False)
    ]
    term = term_of(quantity, question, found.value)
    if term.of_largest and region.chart != "integers":
        raise CodeError("no-code", "none is written for the largest value of a density")
    defaults = [f"{key}={literal(given[node])}" for node, key in keywords.items()]
    low, high = repr(region.low), repr(region.high)
    body = _body(made, term, region.chart, low, high, divisor)
    signature = ", ".join(["*", *defaults] if defaults else [])
    entry = f"def {Identifiers().take(quantity)}({signature}):\n" + "".join(f"    {line}\n" if line else "\n" for line in body)
    method = LARGEST if term.of_largest else SUM if region.chart == "integers" else INTEGRAL
    helpers = [WINDOW, method, *([SPREAD] if term.of_logs else [])]
    helpers += [text for name, text in CALLED.items() if name in term.text]
    helpers += [CORNERS] if term.has_corners and region.chart != "integers" else []
    parts = [*dict.fromkeys(part for each in made for part in _parts(each.source)), *(text.strip() for text in helpers), entry]
    return Program("import math\n\nimport numpy as np\n\n\n" + "\n\n\n".join(parts), {k: n for n, k in keywords.items()})


def _infinite(name: str, found: Estimate) -> str:
    sign = "" if found.value > 0 else "-"
    reason = "".join(c for c in found.reason if c.isascii() and c not in '\\"')
    return f'import math\n\n\ndef {Identifiers().take(name)}():\n    """-> scalar: {reason}."""\n    return {sign}math.inf\n'


def _constant(name: str, value: float, divisor: str) -> str:
    imports = "import math\n\n\n" if "math." in divisor else ""
    text = f"{value!r}{divisor}"
    return f'{imports}def {Identifiers().take(name)}():\n    """-> scalar: no outcome is in both."""\n    return {text}\n'


def _density(
    letter: str,
    distribution: Distribution,
    chart: Chart,
    given: Mapping[Node, Any],
    identifiers: Identifiers,
    keywords: dict[Node, str],
) -> Density:
    family = distribution.family
    if family is not None and family.law is not None and (family.density is None or distribution.total != 1.0):
        raise CodeError("no-code", OWN)
    if family is None or family.density is None:
        raise CodeError("no-code", "a table beside a distribution without end is summed, and no program is written for it")
    if any(end is not None and leaves(build.named("end", end)) for end in family.support.ends(distribution.parameters)):
        raise CodeError("no-code", "the ends of the sum or integral move with a parameter")
    u = build.variable(Name("u"), ("points",))
    root = build.lift(_log_density(family, distribution.parameters, chart, u), u.shape)
    program = numpy_program(f"log {letter}", root, [u], given)
    passed: list[str] = []
    for key, node in program.parameters.items():
        if node is not u:
            assert isinstance(node, Variable)
            if node not in keywords:
                keywords[node] = identifiers.take(node.symbol)
            passed.append(f"{key}={keywords[node]}")
    return Density(program.source, f"log_{letter}({', '.join(['u', *passed])})")


def _log_density(family: Family, parameters: tuple[Node, ...], chart: Chart, u: Node) -> Node:
    """By du."""
    one = build.constant(1)
    match chart:
        case "log x":
            x = exp(u)
            point, slope = Point(x, u, log1p(build.scale(-1, x))), u
        case "logit x":
            below, above = (build.scale(-1, build.apply(SOFTPLUS, build.scale(sign, u))) for sign in (-1, 1))
            point, slope = Point(exp(below), below, above), build.add(below, above)
        case _:
            return family.log_density(Point(u, log(u), log(build.subtract(one, u))), *parameters)
    return build.add(family.log_density(point, *parameters), slope)


def _parts(source: str) -> list[str]:
    """The functions of a program, without its imports."""
    return [part for part in source.split("\n\n\n") if not part.startswith("import") or "def " in part]


def _body(made: Sequence[Density], term: Term, chart: Chart, low: str, high: str, divisor: str) -> list[str]:
    whole = chart == "integers"
    counted = "largest" if term.of_largest else "sum" if whole else f"integral over {SUBSTITUTED[chart]}"
    second = made[-1].call
    lines = [
        f'"""-> scalar: the {counted}."""',
        f"low, high = {low}, {high}",
        'with np.errstate(all="ignore"):',
        f"    windows = [_window(lambda u: {made[0].call}, low, high)"
        + (f", _window(lambda u: {second}, low, high)]" if len(made) > 1 else "]"),
        "",
        "    def terms(u):",
        f"        lp, lq, slope = {made[0].call}, {second}, {SLOPES[chart]}",
        f"        return {term.text}",
        "",
    ]
    method = "_largest" if term.of_largest else "_sum" if whole else "_integral"
    if term.of_logs:
        lines += ["    windows = _spread(terms, windows, low, high)", f"    total = _log_total(terms, {method}, windows)"]
    else:
        if term.has_corners and not whole:
            lines += [f"    windows += _corners(lambda u: {made[0].call} > {second}, windows)"]
        lines += [f"    total = {method}(terms, windows)"]
    return [*lines, f"    return float({term.outer}){divisor} + 0.0" if divisor else f"    return float({term.outer}) + 0.0"]
