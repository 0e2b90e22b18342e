"""A solution for programs: one line of JSON, and the schema that every such line keeps to."""

import json
import math
from importlib import resources
from importlib.metadata import version
from operator import attrgetter
from typing import Any

from chainrule.documents.numbers import not_a_number
from chainrule.errors import Diagnostic
from chainrule.solving.answer import Answer, GraphData, ProblemSolution, Solution, TaskRecord, Value
from chainrule.source import Span


def dumps(solution: Solution) -> str:
    """The report on one line, in ASCII. Raises EvaluationError for NaN."""
    return json.dumps(report(solution), allow_nan=False)


def report(solution: Solution) -> dict[str, Any]:
    """The solution as plain data, every key present. Raises EvaluationError for NaN."""
    return {
        "sheet": solution.source.name,
        "version": version("chainrule"),
        "problems": [_problem(problem, solution.source.name) for problem in solution.problems],
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of a report."""
    return json.loads(resources.files("chainrule.documents").joinpath("schema.json").read_text(encoding="utf-8"))


def _problem(problem: ProblemSolution, sheet: str) -> dict[str, Any]:
    return {
        "id": problem.id,
        "title": problem.title,
        "line": _line(problem.span),
        "status": problem.status,
        "equations": [equation.latex for equation in problem.equations],
        "graph": _graph(problem.graph),
        "tasks": [_task(task) for task in problem.tasks],
        "answers": [_answer(answer) for answer in problem.answers],
        "diagnostics": [_diagnostic(diagnostic, sheet) for diagnostic in problem.diagnostics],
    }


def _graph(graph: GraphData) -> dict[str, Any]:
    return {
        "nodes": [
            {"symbol": node.symbol.latex, "op": node.operation, "value": _value(node.value), "named": node.named}
            for node in graph.nodes
        ],
        "edges": [list(edge) for edge in graph.edges],
    }


def _task(task: TaskRecord) -> dict[str, Any]:
    return {"part": task.part, "asked": task.asked, "line": _line(task.span), "answers": list(task.answers)}


def _answer(answer: Answer) -> dict[str, Any]:
    forms, code, check = answer.forms, answer.code, answer.check
    return {
        "part": answer.part,
        "line": _line(answer.span),
        "kind": answer.kind,
        "asked": answer.asked,
        "symbol": answer.symbol.latex,
        "of": answer.of,
        "wrt": list(answer.wrt) if isinstance(answer.wrt, tuple) else answer.wrt,
        "latex": answer.formula.latex,
        "text": answer.formula.text,
        "forms": forms
        and {"backprop": forms.backprop.latex, "intermediate": forms.intermediate.latex, "closed": forms.closed.latex},
        "where": [{"symbol": where.symbol.latex, "latex": where.formula.latex} for where in answer.where],
        "shape": None if answer.shape is None else list(answer.shape),
        "layout": answer.layout,
        "conventions": list(answer.conventions),
        "value": _value(answer.value),
        "unit": answer.unit,
        "needs": [need.latex for need in answer.needs],
        "code": code and {"numpy": code.numpy, "parameters": dict(code.parameters)},
        "steps": [
            {
                "rule": step.rule,
                "before": step.before.latex,
                "after": step.after.latex,
                "because": step.reason(attrgetter("text")),
            }
            for step in answer.steps
        ],
        "check": check and {"method": check.method, "max_rel_err": _value(check.max_rel_err)},
    }


def _diagnostic(diagnostic: Diagnostic, sheet: str) -> dict[str, Any]:
    """Line and column are of the sheet, unless the message begins with another place: another file, or a notebook's cell."""
    span = diagnostic.span
    here = span is None or (span.source.name == sheet and not span.source.document.cells)
    other = "" if span is None or here else f"{span.where}: "
    return {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "line": _line(span),
        "column": span and span.column,
        "message": other + diagnostic.message,
        "hint": diagnostic.hint,
    }


def _line(span: Span | None) -> int | None:
    return None if span is None else span.line


def _value(value: Value | None) -> Any:
    """JSON has no infinities: they are strings."""
    if isinstance(value, list):
        return [_value(item) for item in value]
    if value is None or math.isfinite(value):
        return value
    if math.isnan(value):
        raise not_a_number()
    return "inf" if value > 0 else "-inf"
