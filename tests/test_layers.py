"""The folders are the phases of the program, in reading order: each may import those before it and none after."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = [
    "source",
    "errors",
    "syntax",
    "graph",
    "ops",
    "evaluation",
    "probability",
    "algebra",
    "calculus",
    "inference",
    "typesetting",
    "verification",
    "codegen",
    "explanation",
    "drawing",
    "sheets",
    "solving",
    "documents",
    "pipeline",
    "surface",
    "cli",
]
ARRAY_LIBRARIES = {"numpy", "scipy", "opt_einsum", "jax", "jaxlib", "torch", "numba"}
ARRAY_LAYERS = {"evaluation", "probability", "codegen"}
LAZY_LIBRARIES = {"rich", "typst", "graphlay", "markdown_it", "mdit_py_plugins", "nbformat", "scipy", "jax", "torch", "numba"}
LAZY_LIBRARIES_OUTSIDE_CLI = {"click"}

Import = tuple[int, str, bool]  # line, dotted name, does importing the module run it


def breaches(module: str, code: str, *, package: bool = False) -> list[str]:
    """What a module's imports break. `package`: the code is that of an `__init__.py`."""
    layer = layer_of(module)
    if module == "chainrule":
        return []  # the public surface stands above all layers
    if layer not in LAYERS:
        return [f"{module}: {layer} is not in the order of layers"]
    context = module if package else module.rpartition(".")[0]
    found: list[str] = []
    lazy = LAZY_LIBRARIES if layer == "cli" else LAZY_LIBRARIES | LAZY_LIBRARIES_OUTSIDE_CLI
    for line, name, runs in imports(ast.parse(code), context):
        place = f"{module}:{line}: {name}"
        library = name.split(".")[0]
        if library == "chainrule" and (problem := order_problem(layer, name)):
            found.append(f"{place} {problem}")
        if library in ARRAY_LIBRARIES and layer not in ARRAY_LAYERS:
            found.append(f"{place} is an array library, which {layer} does without")
        if library in lazy and runs:
            found.append(f"{place} is slow to import: import it in the function that needs it")
    return found


def layer_of(module: str) -> str:
    """`chainrule.graph.node` -> `graph`; the empty string for the package itself."""
    return module.removeprefix("chainrule").removeprefix(".").split(".")[0]


def order_problem(layer: str, name: str) -> str | None:
    other = layer_of(name)
    if other.startswith("__"):
        return None  # chainrule.__version__ and the like
    if other not in LAYERS:
        return "is the public surface, or no layer; name the layer's own module"
    if LAYERS.index(other) > LAYERS.index(layer):
        return f"runs back: {other} comes after {layer}"
    return None


def imports(tree: ast.Module, context: str) -> Iterator[Import]:
    """Every import of a module, wherever it stands; `context` is the package that relative ones start from."""
    pending: list[tuple[ast.AST, bool]] = [(tree, True)]
    while pending:
        node, runs = pending.pop()
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name, runs) for alias in names)
            case ast.ImportFrom(names=names):
                yield from ((node.lineno, name, runs) for name in imported_names(node, context))
            case ast.Call(
                func=ast.Name("__import__" | "import_module") | ast.Attribute(attr="import_module"), args=[first, *_]
            ):
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield node.lineno, first.value, runs
            case _:
                pass
        pending.extend((child, runs and child_runs(node, child)) for child in ast.iter_child_nodes(node))


def imported_names(node: ast.ImportFrom, context: str) -> list[str]:
    """The modules meant: chainrule.graph by `from chainrule import graph` and by `from chainrule.graph import x`."""
    parts = context.split(".")
    base = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
    source = ".".join(part for part in (base, node.module) if part)
    return [f"chainrule.{alias.name}" for alias in node.names] if source == "chainrule" else [source]


def child_runs(node: ast.AST, child: ast.AST) -> bool:
    """False for the body of a function and of `if TYPE_CHECKING`: importing the module does not run them."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return child not in node.body
    if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
        return child not in node.body
    return not isinstance(node, ast.Lambda)


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / "chainrule").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def test_each_module_imports_only_the_layers_before_it() -> None:
    found = [
        breach
        for module, path in modules()
        for breach in breaches(module, path.read_text(encoding="utf-8"), package=path.name == "__init__.py")
    ]
    assert not found, "\n".join(found)


def test_the_package_is_found() -> None:
    assert {"chainrule", "chainrule.source", "chainrule.syntax.tree"} <= {module for module, _ in modules()}


@pytest.mark.parametrize(
    ("module", "code", "breach"),
    [
        ("chainrule.graph.node", "import chainrule.calculus", "calculus comes after graph"),
        ("chainrule.graph.node", "import chainrule.calculus.reverse as r", "calculus comes after graph"),
        ("chainrule.graph.node", "from chainrule.calculus import reverse", "calculus comes after graph"),
        ("chainrule.graph.node", "from chainrule import source, calculus", "calculus comes after graph"),
        ("chainrule.graph.node", "from ..calculus import reverse", "calculus comes after graph"),
        ("chainrule.graph.node", "from .. import calculus", "calculus comes after graph"),
        ("chainrule.graph.node", "def f():\n    from chainrule import cli", "cli comes after graph"),
        ("chainrule.graph.node", "if TYPE_CHECKING:\n    from chainrule.ops import table", "ops comes after graph"),
        ("chainrule.graph.node", "try:\n    import chainrule.ops\nexcept ImportError: pass", "ops comes after graph"),
        ("chainrule.graph.node", "importlib.import_module('chainrule.ops.exp')", "ops comes after graph"),
        ("chainrule.source", "from chainrule import errors", "errors comes after source"),
        ("chainrule.pipeline", "import chainrule.cli", "cli comes after pipeline"),
        ("chainrule.documents.page", "from chainrule import parse", "public surface"),
        ("chainrule.documents.page", "import chainrule", "public surface"),
        ("chainrule.misc.thing", "", "not in the order"),
        ("chainrule.graph.node", "import numpy as np", "array library"),
        ("chainrule.calculus.reverse", "def f():\n    from numpy.linalg import det", "array library"),
        ("chainrule.codegen.torch", "import torch", "slow to import"),
        ("chainrule.documents.terminal", "from rich.table import Table", "slow to import"),
        ("chainrule.drawing.layout", "class A:\n    import graphlay", "slow to import"),
        ("chainrule.sheets.markdown", "import markdown_it.token", "slow to import"),
        ("chainrule.cli", "import typst", "slow to import"),
        ("chainrule.pipeline", "import click", "slow to import"),
        ("chainrule.drawing.layout", "if TYPE_CHECKING:\n    pass\nelse:\n    import graphlay", "slow to import"),
    ],
)
def test_a_breach_is_reported(module: str, code: str, breach: str) -> None:
    found = breaches(module, code)
    assert len(found) == 1, found
    assert breach in found[0]


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("chainrule.graph.node", "import math\nfrom chainrule.source import Span\nfrom chainrule.graph.walk import postorder"),
        ("chainrule.graph.node", "from . import walk\nfrom .walk import postorder\nfrom ..errors import ChainruleError"),
        ("chainrule.evaluation.run", "import numpy as np"),
        ("chainrule.codegen.torch", "def f():\n    import torch"),
        ("chainrule.documents.terminal", "def f():\n    from rich.table import Table"),
        (
            "chainrule.documents.terminal",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from rich.table import Table",
        ),
        ("chainrule.cli", "import click\nfrom chainrule import __version__, pipeline"),
        ("chainrule", "from chainrule.pipeline import parse"),
    ],
)
def test_what_is_allowed_is_not_reported(module: str, code: str) -> None:
    assert breaches(module, code) == []


def test_relative_imports_of_a_package_start_from_itself() -> None:
    assert breaches("chainrule.graph", "from .walk import postorder\nfrom ..errors import ChainruleError", package=True) == []
    assert len(breaches("chainrule.graph", "from ..ops import table", package=True)) == 1
