"""The parameters and the outputs of layers that words describe by their kinds: 32 * 3 * 3 * 3 + 32 = 896."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod

from chainrule.errors import NameFault
from chainrule.sheets import Task
from chainrule.sheets.sheet import LayerCount
from chainrule.solving.answer import Answer, Formula, Value, Worked
from chainrule.solving.context import tree_formula
from chainrule.syntax.tree import Bracket, Number, Product, Sum, Tree

_TITLES = {
    "shape": "size of the output",
    "height-width": "height and width of the output",
}


def answer_layers(task: Task) -> Iterator[Answer]:
    """The one answer of a task about such layers. Raises NameFault where the words do not tell the size of what goes in."""
    counted = task.counted
    if counted is None or not counted.layers:
        return
    layers = counted.layers if counted.together else counted.layers[-1:]
    if counted.what in _TITLES:
        yield _size(task, counted.what, layers[-1])
    else:
        yield _count(task, counted.what, layers)


def _spelled(layer: LayerCount) -> str:
    """Its words, with abbreviations in capitals."""
    return " ".join(word.upper() if word in ("lstm", "gru", "rnn", "cnn") else word for word in layer.words.split())


def _titled(words: str) -> Formula:
    return Formula(f"\\text{{{words}}}", words, words)


def _size(task: Task, what: str, layer: LayerCount) -> Answer:
    output = layer.output[:2] if what == "height-width" else layer.output
    if not output or None in output or (what == "height-width" and len(layer.output) != 3):
        message = f"nothing says how large what goes into the {_spelled(layer)} is"
        raise NameFault("size-not-told", message, task.span, "say it: an image of size 32 x 32")
    numbers = [n for n in output if n is not None]
    first, *_ = numbers
    notes = ("height, width and number of channels",) if len(numbers) == 3 else ()
    formula: Tree = (
        Bracket("(", tuple(map(_number, numbers)), (",",) * (len(numbers) - 1)) if len(numbers) > 1 else _number(first)
    )
    value: Value = [float(n) for n in numbers] if len(numbers) > 1 else float(first)
    return _answer(task, f"{_TITLES[what]} of the {_spelled(layer)}", formula, value, (*layer.notes, *notes))


def _count(task: Task, what: str, layers: Sequence[LayerCount]) -> Answer:
    """The worked sum of the entries of all weights, biases, or both."""
    worked: list[Worked] = []
    trees: list[Tree] = []
    total = 0
    for layer in layers:
        products = (*(layer.weights if what != "biases" else ()), *(layer.biases if what != "weights" else ()))
        own = sum(map(prod, products))
        total += own
        trees += [_product(factors) for factors in products]
        if len(layers) > 1 and products:
            worked.append(Worked(_titled(_spelled(layer)), tree_formula(_sum(products)), None, tree_formula(_number(own))))
    formula = Sum((1,) * len(trees), tuple(trees)) if len(trees) > 1 else trees[0] if trees else _number(0)
    notes = dict.fromkeys(note for layer in layers for note in layer.notes)
    name = f"number of {what}" + (f" of the {_spelled(layers[0])}" if len(layers) == 1 else "")
    return _answer(task, name, formula, float(total), tuple(notes), tuple(worked))


def _answer(
    task: Task, name: str, formula: Tree, value: Value, notes: tuple[str, ...], worked: tuple[Worked, ...] = ()
) -> Answer:
    return counted(task, _titled(name), formula, value, conventions=notes, worked=worked)


def counted(
    task: Task,
    title: Formula,
    formula: Tree,
    value: Value | None,
    needs: tuple[Formula, ...] = (),
    conventions: tuple[str, ...] = (),
    worked: tuple[Worked, ...] = (),
) -> Answer:
    """The answer to a question of how many, or of sizes in a list."""
    return Answer(
        part=task.part,
        span=task.span,
        kind="value",
        asked=title.latex,
        symbol=title,
        of=None,
        wrt=None,
        formula=tree_formula(formula),
        shape=(len(value),) if isinstance(value, list) else (),
        value=value,
        needs=needs,
        conventions=conventions,
        worked=worked,
    )


def _number(value: int) -> Tree:
    return Number(Fraction(value))


def _product(factors: Sequence[int]) -> Tree:
    trees = tuple(map(_number, factors))
    return trees[0] if len(trees) == 1 else Product("\\cdot", trees)


def _sum(products: Sequence[Sequence[int]]) -> Tree:
    trees = tuple(map(_product, products))
    return trees[0] if len(trees) == 1 else Sum((1,) * len(trees), trees)
