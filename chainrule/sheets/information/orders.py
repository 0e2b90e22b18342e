"""The order of the two distributions of a quantity, and the other one of a pair where words name one."""

from collections.abc import Sequence

from chainrule.probability.quantities import Quantity
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.sheet import Math


def completed(math: Math, known: Distributions) -> list[Math]:
    """The loss of a prediction is that relative to the label: the other one of the pair, if the words tell which it is."""
    match known.called(math):
        case "true":
            other = known.standing("estimated") or known.only_other(math)
            return [math, other] if other else []
        case "estimated":
            other = known.standing("true")
            return [other, math] if other else []
        case _:
            return []


def with_model(math: Math, known: Distributions) -> list[Math]:
    """What "the perplexity of the model on $p$" is of: the only model is the other one."""
    model = known.standing("estimated")
    return [math, model] if model is not None and model != math and known.called(math) == "" else []


def directed(
    quantity: Quantity, of: Sequence[Math], link: str, joints: Sequence[str], known: Distributions
) -> tuple[Sequence[Math], str]:
    """The distributions in the order of the notation, and what is said of how the words were read."""
    first, second = (" ".join(math.text.split()) for math in of)
    joint = joints[-1] if joints else ""
    if quantity.name == "cross_entropy":
        if joint == "on":
            return of[::-1], measured_on(of)
        modelled = known.called(of[1]) == "estimated" and known.called(of[0]) != "estimated"
        if joint == "relative" and modelled:
            return of, f"the expectation is taken over {first}, which {second} is a model of"
        if joint == "relative":
            return of[::-1], f"the cross-entropy of {first} relative to {second} takes the expectation over {second}"
        standings = [known.called(math) for math in of]
        if standings == ["estimated", "true"]:
            return of[::-1], f"the cross-entropy takes the expectation over the true distribution {second}"
    if quantity.name == "kl" and (link == "from" or joint == "from"):
        words = f"from {first} to {second}" if link == "from" else f"of {first} from {second}"
        return (
            of,
            f'the divergence "{words}" is read as the one that takes the expectation over {first}; some authors reverse it',
        )
    return of, ""


def measured_on(of: Sequence[Math]) -> str:
    """What is said of "the perplexity of $q$ on $p$"."""
    model, data = (" ".join(math.text.split()) for math in of)
    return f"{model} on {data}: the expectation is taken over {data}"
