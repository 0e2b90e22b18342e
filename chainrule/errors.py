"""What can go wrong, one class a stage, each with the place in the person's text, a code and a way out."""

from dataclasses import dataclass
from typing import Literal

from chainrule.source import Span

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Repair:
    """What to write in place of a stretch of the text; where that is empty, what to insert."""

    span: Span
    text: str


@dataclass(frozen=True)
class Diagnostic:
    """Something said about the person's text without stopping: an error, a warning or a note.

    repairs: what to change so that the text says what was read.
    """

    severity: Severity
    code: str
    message: str
    span: Span | None = None
    hint: str | None = None
    repairs: tuple[Repair, ...] = ()


class ChainruleError(Exception):
    """Every error of this package: `span` (or None), `code`, `message`, `hint` (or None)."""

    def __init__(self, code: str, message: str, span: Span | None = None, hint: str | None = None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span
        self.hint = hint

    def __str__(self) -> str:
        place = "" if self.span is None else f"{self.span.where}: "
        lines = [f"{place}{self.message} [{self.code}]"]
        if self.span is not None:
            lines.append(self.span.excerpt())
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)

    def diagnostic(self) -> Diagnostic:
        """The same, to be listed among others."""
        return Diagnostic("error", self.code, self.message, self.span, self.hint)


class SyntaxFault(ChainruleError):
    """The text could not be read as mathematics."""


class NameFault(ChainruleError):
    """A symbol is undefined, defined twice, or used in two meanings."""


class ShapeError(ChainruleError):
    """Dimensions do not fit together."""


class EvaluationError(ChainruleError):
    """A value is missing, or a computation has no finite answer."""


class DerivativeError(ChainruleError):
    """There is no derivative to give: no rule, or nothing depends on what was asked for."""


class VerificationError(ChainruleError):
    """No printed form survived being read back and evaluated."""


class SheetError(ChainruleError):
    """A document cannot be read at all."""


class CodeError(ChainruleError):
    """No program can be generated for an expression."""


class DrawingError(ChainruleError):
    """A graph could not be drawn."""
