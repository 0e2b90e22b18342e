r"""Losses by name as equations. Which factor each has is said with it.

squared error: the sum of the squares, no factor, one half where the words say so. mean squared error: the mean over the
outputs. cross-entropy: of a softmax output the sum of `-y \log \hat y`, of a sigmoid output that of two classes. logistic
loss: of a sigmoid output the same, of a linear one `\log(1 + e^{-y \hat y})` for labels -1 and 1.
"""

from dataclasses import dataclass

from chainrule.sheets.networks.description import quoted, unclear
from chainrule.sheets.networks.parts import LossName
from chainrule.source import Span


@dataclass(frozen=True)
class Output:
    """What a loss is of. size: of the output, None where nothing tells. activation: "" where it is not known from words."""

    name: str
    target: str
    size: int | str | None
    activation: str = ""

    @property
    def scalar(self) -> bool:
        return self.size == 1


def loss_formula(loss: LossName, output: Output, span: Span) -> tuple[str, str]:
    """The right-hand side, and its convention in words. Raises Unclear (`loss-unclear`) where the name does not settle it."""
    y, p = output.target, output.name
    match loss.name.rstrip("?"):
        case "squared":
            return _squared(loss, output)
        case "mean-squared":
            return _mean_squared(loss, output)
        case "absolute":
            return f"|{y} - {p}|" if output.scalar else f"\\|{y} - {p}\\|_1", "the sum of the absolute errors"
        case "mean-absolute" if output.scalar:
            return f"|{y} - {p}|", "of one output, so the mean is it itself"
        case "cross-entropy" | "binary" | "logistic" as name:
            return _cross_entropy(name, output, span)
        case "hinge":
            _require_scalar(output, "the hinge loss", span)
            return f"\\max(0, 1 - {y} {p})", "for labels -1 and 1"
        case "huber" | "smooth-l1" as name:
            _require_scalar(output, "the Huber loss", span)
            return _huber(output, "1" if name == "smooth-l1" else "\\delta")
        case _:
            raise unclear("loss-unclear", f"{quoted(span)} of several outputs is not written out", span, "write its formula")


def _squared(loss: LossName, output: Output) -> tuple[str, str]:
    y, p = output.target, output.name
    half = "\\frac{1}{2} " if loss.factor else ""
    said = "with the factor 1/2 that the words give" if loss.factor else "the plain sum of squares, without a factor 1/2"
    return (f"{half}({y} - {p})^2" if output.scalar else f"{half}\\|{y} - {p}\\|^2"), said


def _mean_squared(loss: LossName, output: Output) -> tuple[str, str]:
    y, p = output.target, output.name
    if output.scalar:
        half = "\\frac{1}{2} " if loss.factor else ""
        return f"{half}({y} - {p})^2", "of one output and one example, so the mean is the square itself"
    half = "\\frac{1}{2} " if loss.factor else ""
    return f"{half}\\mathrm{{MSE}}({y}, {p})", "the mean over the outputs"


def _cross_entropy(name: str, output: Output, span: Span) -> tuple[str, str]:
    y, p = output.target, output.name
    if name != "binary" and output.activation == "softmax":
        row = f"{{{y}}}^\\top" if "^" in y else f"{y}^\\top"
        return f"-{row} \\log {p}", "the sum over the classes"
    if name == "logistic" and output.activation == "linear":
        _require_scalar(output, "the logistic loss", span)
        return f"\\log(1 + e^{{-{y} {p}}})", "for labels -1 and 1"
    if output.activation == "sigmoid" or (name == "binary" and output.activation in ("", "formula")):
        _require_scalar(output, "the binary cross-entropy", span)
        return f"-({y} \\log {p} + (1 - {y}) \\log(1 - {p}))", "of two classes, for labels 0 and 1"
    message = f"{quoted(span)} of an output that is neither a softmax nor a sigmoid is not one formula"
    raise unclear("loss-unclear", message, span, "name the activation of the output, or write the formula of the loss")


def _require_scalar(output: Output, what: str, span: Span) -> None:
    if output.size not in (None, 1):
        message = f"{what} of {output.size} outputs may be their sum or their mean"
        raise unclear("loss-unclear", message, span, "write the formula of the loss")


def _huber(output: Output, delta: str) -> tuple[str, str]:
    error = f"{output.target} - {output.name}"
    inner, outer = f"\\frac{{1}}{{2}} ({error})^2", f"{delta} (|{error}| - \\frac{{1}}{{2}} {delta})"
    cases = f"\\begin{{cases}} {inner} & \\text{{if }} |{error}| \\le {delta} \\\\ {outer} & \\text{{otherwise}} \\end{{cases}}"
    return cases, f"quadratic up to {'1' if delta == '1' else 'delta'}, linear beyond"
