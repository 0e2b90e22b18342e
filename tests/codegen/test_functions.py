"""Value functions as text: what they call comes along, and every name stands for one function."""

from collections import defaultdict

import numpy as np
import pytest

from chainrule.codegen.functions import functions_text
from chainrule.graph.operation import OPERATIONS, generated_name
from chainrule.ops.information.divergences import kl_value


def test_what_is_called_stands_in_front() -> None:
    texts = functions_text(kl_value)
    names = [text.split("(")[0].split()[-1] for text in texts]
    assert names[-1] == "_kl"
    assert names.index("_contrast") < names.index("_log_ratio") < names.index("_kl")
    assert not any("xp" in text or "Any" in text for text in texts)


def test_it_computes_what_the_function_computes() -> None:
    space: dict[str, object] = {"np": np, "math": __import__("math")}
    exec("".join(functions_text(kl_value)), space)
    found = space["_kl"]([0.5, 0.5, 0.0], [0.25, 0.75, 0.0])  # pyright: ignore[reportCallIssue]
    assert found == pytest.approx(0.5 * np.log(2) + 0.5 * np.log(2 / 3), rel=1e-15)


def test_no_two_functions_have_one_name() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for operation in OPERATIONS.values():
        for function in operation.numpy_functions:
            assert operation.numpy is not None
            assert generated_name(function) in operation.numpy(*operation.arguments), operation.name
            for text in functions_text(function):
                found[text.split("(")[0].split()[-1]].add(text)
    helpers = "".join({operation.numpy_helpers for operation in OPERATIONS.values()})
    assert not any(f"def {name}(" in helpers for name in found)
    assert not {name for name, texts in found.items() if len(texts) > 1}
