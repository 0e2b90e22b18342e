"""What is installed: the lock, the declared dependencies, the built wheel and the start of the command."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MODULE_NAMES = {"markdown-it-py": "markdown_it"}  # where a distribution is not called after its module
OPTIONAL = {"jax", "torch", "numba"}  # imported inside functions, where the reader asks for them


def distribution(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def locked(name: str) -> dict[str, str]:
    """Distribution -> its entry in a lock, with the hashes."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE))
    return {distribution(entry): entry for entry in entries}


def declared(group: str) -> set[str]:
    entries = PROJECT["dependency-groups"][group]
    return {distribution(entry) for entry in entries if isinstance(entry, str)}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-bench.lock"])
def test_every_locked_requirement_is_exact_and_hashed(name: str) -> None:
    for entry in locked(name).values():
        assert re.match(r"[a-z0-9-]+==[^ ]+ ", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-bench.lock"])
def test_locks_hold_no_addresses(name: str) -> None:
    assert not re.search(r"://|--index|--find-links|@ ", (ROOT / name).read_text(encoding="utf-8"))


def test_everything_declared_is_locked() -> None:
    core = {distribution(entry) for entry in PROJECT["project"]["dependencies"]}
    build = {distribution(entry) for entry in PROJECT["build-system"]["requires"]}
    assert core | build | declared("test") | declared("check") | declared("build") <= set(locked("requirements.lock"))
    assert declared("bench") <= set(locked("requirements-bench.lock"))


def test_the_package_imports_only_what_it_declares() -> None:
    core = {distribution(entry) for entry in PROJECT["project"]["dependencies"]}
    allowed = {MODULE_NAMES.get(name, name.replace("-", "_")) for name in core} | OPTIONAL | {"chainrule"}
    for path in (ROOT / "chainrule").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            libraries = {name.split(".")[0] for name in names} - sys.stdlib_module_names
            assert libraries <= allowed, f"{path}:{node} imports {libraries - allowed}"


def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    wheel = tmp_path / build_wheel(str(tmp_path))
    package = {path for path in (ROOT / "chainrule").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert "chainrule/py.typed" in packed
    assert packed == {path.relative_to(ROOT).as_posix() for path in package}


def test_the_changelog_opens_with_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert first
    assert first[1] == PROJECT["project"]["version"]


def test_the_command_starts_without_the_slow_libraries() -> None:
    slow = {"numpy", "scipy", "rich", "typst", "graphlay", "markdown_it", "jax"}
    code = f"import sys, chainrule.cli; print(sorted({slow!r} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
