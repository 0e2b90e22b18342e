"""Descriptions that are not worked out: each is an error at its words."""

from chainrule.errors import Diagnostic
from chainrule.sheets.sheet import Math
from chainrule.source import Span


def not_worked_out(name: Math, what: str, span: Span) -> Diagnostic:
    """The error for a variable that is made of what is described in a way that is not followed."""
    message = f"{name.text} is derived from something else ({what}), and its distribution is not worked out here"
    return Diagnostic("error", "derived-variable", message, span, f"give its distribution: {name.text} = {{0: 0.5, 1: 0.5}}")


def not_understood(what: str, unread: str, span: Span) -> Diagnostic:
    """The error for words that change a distribution in a way that is not followed."""
    message = f'what "{unread}" says of the {what} is not understood, and its distribution is not worked out'
    return Diagnostic("error", "description-not-understood", message, span, "give its distribution: P = {1: 0.5, 2: 0.5}")
