"""Files have at most 400 lines and functions of the package at most 60, docstrings included."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE_LINES = 400
FUNCTION_LINES = 60


def long_functions(code: str, limit: int = FUNCTION_LINES) -> Iterator[str]:
    """The functions and methods of a module that have more lines than the limit, nested ones too."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno is not None:
            lines = node.end_lineno - node.lineno + 1
            if lines > limit:
                yield f"{node.lineno}: {node.name} has {lines} lines"


def long_file(code: str, limit: int = FILE_LINES) -> Iterator[str]:
    lines = len(code.splitlines())
    if lines > limit:
        yield f"1: the file has {lines} lines"


def python_files(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_files_are_small() -> None:
    files = python_files("chainrule", "tests", "benchmarks")
    assert Path(__file__) in files
    found = [f"{path}:{problem}" for path in files for problem in long_file(path.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)


def test_functions_are_small() -> None:
    files = python_files("chainrule")
    assert ROOT / "chainrule" / "source.py" in files
    found = [f"{path}:{problem}" for path in files for problem in long_functions(path.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)


def test_the_limits_are_counted_in_lines() -> None:
    code = "def outer():\n    def inner():\n        a\n        b\n    async def other():\n        c\n"
    assert list(long_functions(code, limit=6)) == []
    assert list(long_functions(code, limit=5)) == ["1: outer has 6 lines"]
    assert list(long_functions(code, limit=2)) == ["1: outer has 6 lines", "2: inner has 3 lines"]
    assert list(long_functions("class A:\n    def method(self):\n        a\n", limit=1)) == ["2: method has 2 lines"]
    assert list(long_file("a\nb\n", limit=2)) == []
    assert list(long_file("a\nb\nc", limit=2)) == ["1: the file has 3 lines"]
