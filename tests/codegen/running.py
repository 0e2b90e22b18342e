"""Runs generated programs, with warnings as errors."""

import inspect
import warnings
from collections.abc import Callable
from types import FunctionType
from typing import Any

from chainrule.codegen.straightline import Program


def entry(program: Program) -> Callable[..., Any]:
    """The last function that the program defines."""
    space: dict[str, Any] = {}
    exec(compile(program.source, "<generated>", "exec"), space)
    return [value for value in space.values() if isinstance(value, FunctionType)][-1]


def run(program: Program, *arguments: Any, **keywords: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return entry(program)(*arguments, **keywords)


def positional(program: Program) -> list[str]:
    parameters = inspect.signature(entry(program)).parameters.values()
    return [p.name for p in parameters if p.kind is not inspect.Parameter.KEYWORD_ONLY]


def defaults(program: Program) -> dict[str, Any]:
    parameters = inspect.signature(entry(program)).parameters.values()
    return {p.name: p.default for p in parameters if p.default is not inspect.Parameter.empty}


def body(program: Program) -> list[str]:
    """The lines of the entry that compute something."""
    lines = program.source[program.source.rindex("\ndef ") :].strip().splitlines()[2:]
    return [line.strip() for line in lines if "np.asarray" not in line and "np.errstate" not in line]
