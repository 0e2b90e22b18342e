"""Pictures that would have to be read: where a task needs what nothing in the text defines, it may be in one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chainrule.errors import ChainruleError, Diagnostic
from chainrule.sheets import Figure
from chainrule.source import Span

_SYMBOL = ("undefined-symbol", "unknown-symbol")
_FORMULA = ("no-formula",)
_NETWORK = ("no-equations", "unused-values")
"""What an error finds missing, by its code: a symbol, what a derivative is of, all equations."""


@dataclass
class Pictures:
    """The pictures of a problem whose content nobody has given, and what is missing because of them."""

    figures: Sequence[Figure] = ()
    missing: dict[Figure, dict[str, None]] = field(default_factory=dict[Figure, dict[str, None]])

    def explain(self, error: ChainruleError, task: Span) -> bool:
        """Whether a picture may hold what the task lacks; it is then reported there.

        That is the picture last before the task, else the first one after it: what is drawn behind all tasks of a
        problem, beside a picture before them, is no part of what is given.
        """
        wanted = _wanted(error)
        if wanted is None or not self.figures:
            return False
        before = [figure for figure in self.figures if figure.span.start < task.start]
        self.missing.setdefault(before[-1] if before else self.figures[0], {})[wanted] = None
        return True

    def diagnostics(self, problem: str) -> list[Diagnostic]:
        """An error at each picture that is needed. problem: the number by which `--figure` knows the problem."""
        hint = f"give its content as equations: --figure {problem}=FILE, or a fenced `equations` block in the sheet"
        return [
            Diagnostic("error", "missing-figure", _message(figure, list(wanted)), figure.span, hint)
            for figure, wanted in self.missing.items()
        ]


def _wanted(error: ChainruleError) -> str | None:
    if error.code in _NETWORK:
        return "the network"
    if error.code in _SYMBOL and error.span is not None:
        return error.span.text
    if error.code in _FORMULA:
        return "what is differentiated" if error.span is None else f"what is differentiated in {error.span.text}"
    return None


def _message(figure: Figure, wanted: Sequence[str]) -> str:
    said = "; ".join(" ".join(each.split()) for each in wanted)
    why = f" ({figure.why})" if figure.why else ""
    return f"the picture {figure.name} cannot be read{why}, and nothing else defines what the tasks need: {said}"
