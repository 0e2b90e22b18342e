"""chainrule: a network or a loss as written on paper -> its graph, its forward pass and every derivative, checked.

    import chainrule as cr

    net = cr.parse("y = sigmoid(w x + b); L = (y - t)^2")
    print(net.derivative("L", wrt="w").text)

Importing the package loads nothing; each name is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainrule import ops as ops
    from chainrule.errors import ChainruleError as ChainruleError
    from chainrule.evaluation.data.measures import Measures as Measures
    from chainrule.evaluation.data.measures import info as info
    from chainrule.surface.derivative import Derivative as Derivative
    from chainrule.surface.entry import parse as parse
    from chainrule.surface.entry import solve as solve
    from chainrule.surface.entry import trace as trace
    from chainrule.surface.net import Net as Net
    from chainrule.surface.run import Run as Run

_HOMES: dict[str, str] = {
    **dict.fromkeys(("parse", "solve", "trace"), "chainrule.surface.entry"),
    **{name: f"chainrule.surface.{name.lower()}" for name in ("Derivative", "Net", "Run")},
    **dict.fromkeys(("Measures", "info"), "chainrule.evaluation.data.measures"),
    "ChainruleError": "chainrule.errors",
}

__all__ = ["ChainruleError", "Derivative", "Measures", "Net", "Run", "info", "ops", "parse", "solve", "trace"]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version  # slow to import, and the command never asks

        return version("chainrule")
    if name == "ops":
        return import_module("chainrule.ops")
    if name not in _HOMES:
        raise AttributeError(f"module 'chainrule' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
