"""What the tests generated from the table share, beside what the package checks of itself: the code of an operation, run."""

from collections.abc import Callable
from typing import Any

from chainrule.codegen.functions import functions_text
from chainrule.evaluation.cases import SIZES, Case, cases
from chainrule.graph.operation import Operation
from chainrule.verification.operations import parse_example

__all__ = ["SIZES", "Case", "cases", "parse_example", "run_code"]


def run_code(operation: Operation) -> Callable[..., Any]:
    """The operation's NumPy text as a function."""
    assert operation.numpy is not None
    functions = "".join(text for each in operation.numpy_functions for text in functions_text(each))
    source = f"import math\nimport numpy as np\n{operation.numpy_helpers}\n{functions}\n"
    source += f"def entry({', '.join(operation.arguments)}):\n    return {operation.numpy(*operation.arguments)}\n"
    space: dict[str, Any] = {}
    exec(source, space)
    return space["entry"]
