"""One program of several: their functions under names of their own, and a `main` that prints every result."""

import ast
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from chainrule.codegen.identifiers import Identifiers


@dataclass(frozen=True)
class Part:
    """A generated program, whose last statement is its entry, a function.

    parameters: the symbol of each parameter of the entry. label, unit: what is printed beside its result.
    """

    source: str
    parameters: Mapping[str, str]
    label: str
    unit: str = ""


def combined(parts: Sequence[Part]) -> tuple[str, dict[str, str]]:
    """The text of a program that prints each part's label, result and unit, and the symbols of the parameters of `main`.

    `main` takes what a part has no value for, each symbol once.
    """
    identifiers = Identifiers()
    whole = identifiers.take("main")
    imports: dict[str, None] = {}
    texts: dict[str, str] = {}
    printed: list[str] = []
    symbols: dict[str, str] = {}
    split = [_split(part.source) for part in parts]
    entries = [identifiers.take(named[-1][0]) for _, named in split]
    for part, entry, (heads, (*helpers, (own, text))) in zip(parts, entries, split, strict=True):
        imports |= dict.fromkeys(heads)
        names: dict[str, str] = {}
        for name, helper in helpers:
            names[name] = found = _free(name, _renamed(helper, names), texts, {whole, *entries})
            texts[found] = _renamed(helper, names)
        texts[entry] = _renamed(text, names).replace(f"def {own}(", f"def {entry}(", 1)
        passed = {part.parameters[key]: key for key in _positional(text)}
        symbols |= {symbol: identifiers.take(key) for symbol, key in passed.items() if symbol not in symbols}
        unit = f", {part.unit!r}" if part.unit else ""
        printed.append(f"    print({f'{part.label} ='!r}, {entry}({', '.join(symbols[s] for s in passed)}){unit})")
    main = "\n".join([f"def {whole}({', '.join(symbols.values())}):", '    """Print every result."""', *printed])
    start = [] if symbols else ['if __name__ == "__main__":\n    main()']
    text = "\n\n\n".join(["\n".join(_in_order(imports)), *texts.values(), main, *start])
    return f"{text}\n", {name: symbol for symbol, name in symbols.items()}


def _split(source: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The imports of a program, and in their order the names and texts of its functions and of the values beside them."""
    heads: list[str] = []
    named: list[tuple[str, str]] = []
    for node in ast.parse(source).body:
        text = ast.get_source_segment(source, node) or ""
        match node:
            case ast.Import() | ast.ImportFrom():
                heads.append(text)
            case ast.FunctionDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                named.append((name, text))
            case _:
                raise TypeError(f"no such statement in a generated program: {text}")
    return heads, named


def _positional(function: str) -> list[str]:
    node = ast.parse(function).body[0]
    assert isinstance(node, ast.FunctionDef)
    return [argument.arg for argument in node.args.args]


def _free(name: str, text: str, taken: Mapping[str, str], reserved: Collection[str]) -> str:
    """The name for what a function needs: another one where something different has it already."""
    found, number = name, 1
    while found in reserved or (found in taken and taken[found] != _renamed(text, {name: found})):
        number += 1
        found = f"{name}_{number}"
    return found


def _renamed(text: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\b[A-Za-z_]\w*\b", lambda word: names.get(word[0], word[0]), text)


def _in_order(imports: Mapping[str, None]) -> list[str]:
    """The standard library before NumPy, a line between them."""
    own = sorted(text for text in imports if "numpy" not in text)
    return [*own, *([""] if own else []), *(text for text in imports if "numpy" in text)]
