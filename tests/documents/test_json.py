import copy
import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from chainrule.documents.json import dumps, report, schema
from chainrule.errors import EvaluationError
from chainrule.solving.answer import Answer, Check
from tests.documents.solutions import GRADIENT, LOSS, SLOPE, SOLUTION, solution_with

ROOT = Path(__file__).parent.parent.parent
VALIDATOR = jsonschema.Draft202012Validator(schema())
DIVERGENCE = replace(LOSS, kind="divergence", unit="nats")
HESSIAN = replace(SLOPE, wrt=("w", "x"))


def answer_of(answer: Answer) -> dict[str, Any]:
    return json.loads(dumps(solution_with(answer)))["problems"][0]["answers"][0]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("answer", [LOSS, SLOPE, GRADIENT, DIVERGENCE, HESSIAN], ids=lambda answer: answer.kind)
def test_reports_keep_to_the_schema(answer: Answer) -> None:
    VALIDATOR.validate(json.loads(dumps(solution_with(answer))))


def test_a_sheet_is_one_line_of_ascii() -> None:
    line = dumps(SOLUTION)
    assert line.isascii()
    assert "\n" not in line
    VALIDATOR.validate(json.loads(line))


def test_a_problem() -> None:
    first, second = report(SOLUTION)["problems"]
    assert {key: first[key] for key in ("id", "title", "line", "status", "equations")} == {
        "id": "1",
        "title": "A squared error",
        "line": 3,
        "status": "partial",
        "equations": ["e = t - w x", "L = e^2"],
    }
    assert first["graph"]["nodes"][0] == {"symbol": "x", "op": None, "value": 2.0, "named": True}
    assert first["graph"]["nodes"][4] == {"symbol": "L", "op": "square", "value": 4.0, "named": True}
    assert first["graph"]["edges"] == [["t", "e"], ["w", "e"], ["x", "e"], ["e", "L"]]
    assert [(task["part"], task["line"], task["answers"]) for task in first["tasks"]] == [
        ("a", 10, [0]),
        ("b", 11, [1]),
        ("c", 12, []),
    ]
    assert second["diagnostics"] == [
        {
            "severity": "error",
            "code": "unclosed",
            "line": 16,
            "column": 12,
            "message": "a parenthesis is not closed",
            "hint": None,
        }
    ]


def test_a_derivative() -> None:
    assert answer_of(SLOPE) == {
        "part": "b",
        "line": 11,
        "kind": "derivative",
        "asked": "\\frac{\\partial L}{\\partial w}",
        "symbol": "\\frac{\\partial L}{\\partial w}",
        "of": "L",
        "wrt": "w",
        "latex": "-2 e x",
        "text": "-2 e x",
        "forms": {
            "backprop": "\\frac{\\partial L}{\\partial e} \\cdot (-x)",
            "intermediate": "-2 e x",
            "closed": "-2 (t - w x) x",
        },
        "where": [],
        "shape": [],
        "layout": "gradient",
        "conventions": [],
        "value": -8.0,
        "unit": None,
        "needs": [],
        "code": {
            "numpy": "def dL_dw(*, x=2.0, w=0.5, t=3.0):\n    return -2 * (t - w * x) * x\n",
            "parameters": {"x": "x", "w": "w", "t": "t"},
        },
        "steps": [
            {
                "rule": "power",
                "before": "\\frac{\\partial L}{\\partial e}",
                "after": "2 e",
                "because": "The square differentiates to twice its argument.",
            },
            {
                "rule": "product",
                "before": "\\frac{\\partial L}{\\partial w}",
                "after": "\\frac{\\partial L}{\\partial e} \\cdot (-x)",
                "because": "w enters e by -w x.",
            },
        ],
        "check": {"method": "complex step", "max_rel_err": 3e-16},
    }


def test_what_only_some_answers_have() -> None:
    gradient = answer_of(GRADIENT)
    assert gradient["line"] is None
    assert gradient["text"] == "δ vᵀ"
    assert gradient["where"] == [{"symbol": "\\delta", "latex": "g \\odot 1[z > 0]"}]
    assert gradient["shape"] == [2, "n"]
    assert gradient["conventions"] == ["relu'(0) = 0"]
    assert gradient["code"] is None
    assert answer_of(replace(SLOPE, value=None, needs=(GRADIENT.symbol,)))["needs"] == ["\\frac{\\partial L}{\\partial A}"]
    assert answer_of(HESSIAN)["wrt"] == ["w", "x"]
    assert answer_of(DIVERGENCE)["unit"] == "nats"


def test_numbers_keep_all_their_digits() -> None:
    assert answer_of(GRADIENT)["value"] == [[0.1 + 0.2, -1.0 / 3.0], [0.0, 2e-9]]


def test_infinities_are_strings() -> None:
    value = [[math.inf, 1.0], [-math.inf, 2.0]]
    assert answer_of(replace(LOSS, value=value))["value"] == [["inf", 1.0], ["-inf", 2.0]]
    assert answer_of(replace(DIVERGENCE, value=math.inf))["value"] == "inf"
    assert answer_of(replace(LOSS, check=Check("differences", math.inf)))["check"]["max_rel_err"] == "inf"


@pytest.mark.parametrize("answer", [replace(LOSS, value=[1.0, math.nan]), replace(LOSS, check=Check("differences", math.nan))])
def test_nan_is_refused(answer: Answer) -> None:
    with pytest.raises(EvaluationError) as error:
        dumps(solution_with(answer))
    assert error.value.code == "not-a-number"


def _answers(data: Any) -> Any:
    return data["problems"][0]["answers"]


MUTANTS: dict[str, Callable[[Any], Any]] = {
    "a key too many": lambda data: data.update(extra=1),
    "no version": lambda data: data.pop("version"),
    "a line 0": lambda data: data["problems"][0].update(line=0),
    "a line in words": lambda data: data["problems"][0].update(line="3"),
    "an unknown status": lambda data: data["problems"][0].update(status="done"),
    "solved with an open task": lambda data: data["problems"][0].update(status="solved"),
    "an edge to nowhere": lambda data: data["problems"][0]["graph"]["edges"].append(["x"]),
    "a node twice": lambda data: data["problems"][0]["graph"]["nodes"].append(data["problems"][0]["graph"]["nodes"][0]),
    "a negative index": lambda data: data["problems"][0]["tasks"][0].update(answers=[-1]),
    "an unknown severity": lambda data: data["problems"][0]["diagnostics"][0].update(severity="fatal"),
    "a code in words": lambda data: data["problems"][0]["diagnostics"][0].update(code="Unknown task"),
    "no hint": lambda data: data["problems"][0]["diagnostics"][0].pop("hint"),
    "no value": lambda data: _answers(data)[0].pop("value"),
    "a value in words": lambda data: _answers(data)[0].update(value="4"),
    "null in a vector": lambda data: _answers(data)[0].update(value=[1.0, None]),
    "an unknown kind": lambda data: _answers(data)[0].update(kind="number"),
    "forms of a value": lambda data: _answers(data)[0].update(forms=_answers(data)[1]["forms"]),
    "a unit of a value": lambda data: _answers(data)[0].update(unit="nats"),
    "a divergence without a unit": lambda data: _answers(data)[0].update(kind="divergence"),
    "a derivative without forms": lambda data: _answers(data)[1].update(forms=None),
    "a derivative without a shape": lambda data: _answers(data)[1].update(shape=None),
    "a derivative by nothing": lambda data: _answers(data)[1].update(wrt=None),
    "an empty form": lambda data: _answers(data)[1]["forms"].update(closed=""),
    "two forms": lambda data: _answers(data)[1]["forms"].pop("closed"),
    "a step without a reason": lambda data: _answers(data)[1]["steps"][0].pop("because"),
    "a negative error": lambda data: _answers(data)[1]["check"].update(max_rel_err=-1.0),
    "an identifier in Greek": lambda data: _answers(data)[1]["code"]["parameters"].update({"δ": "\\delta"}),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_the_schema_refuses(name: str) -> None:
    data = json.loads(dumps(SOLUTION))
    mutant = copy.deepcopy(data)
    MUTANTS[name](mutant)
    assert mutant != data
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(mutant)


def objects(part: Any) -> list[dict[str, Any]]:
    """Every object in a schema that lists properties of its own."""
    if isinstance(part, list):
        return [found for item in part for found in objects(item)]
    if not isinstance(part, dict):
        return []
    own = [part] if part.get("type") == "object" and "properties" in part else []
    return own + [found for item in part.values() for found in objects(item)]


def test_the_schema_demands_every_key_and_no_other() -> None:
    found = objects(schema())
    assert len(found) == 12
    for part in found:
        assert set(part["required"]) == set(part["properties"])
        assert part["additionalProperties"] is False


def test_the_documented_example_keeps_to_the_schema() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    VALIDATOR.validate(json.loads(example))


def test_every_key_is_documented() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    keys = {key for part in objects(schema()) for key in part["properties"]}
    assert {key for key in keys if f"`{key}`" not in page and f'"{key}"' not in page} == set()
