r"""Readable ASCII identifiers: `W1` for W^{(1)}, `y_hat` for \hat{y}, `dL_dz1` for \frac{\partial L}{\partial z^{(1)}}."""

import builtins
import keyword
import unicodedata
from itertools import count, groupby

from chainrule.syntax.tree import (
    Accent,
    Bracket,
    Call,
    Derivative,
    Font,
    Juxtaposition,
    Name,
    Number,
    Prime,
    Subscript,
    Superscript,
    Text,
    Tree,
    children,
)

RESERVED = frozenset({*keyword.kwlist, *keyword.softkwlist, *dir(builtins), "np", "numpy", "math"})
SIGNS = {"*": "star", ":": "all", "'": "prime", "+": "plus", "-": "minus"}
LONGEST = 40


class Identifiers:
    """Identifiers given out so far, all different and none reserved. None starts with an underscore: helper functions do."""

    def __init__(self) -> None:
        self._taken: set[str] = set(RESERVED)
        self._temporaries = count(1)

    def take(self, symbol: Tree | str) -> str:
        """A new identifier for a symbol or a name."""
        wanted = _valid(_ascii(symbol) if isinstance(symbol, str) else words(symbol))
        if wanted in RESERVED:
            wanted += "_"
        found = wanted
        numbers = count(2)
        while found in self._taken:
            found = f"{wanted.rstrip('_')}_{next(numbers)}"
        self._taken.add(found)
        return found

    def temporary(self) -> str:
        """The next of t1, t2, ... that is free."""
        found = next(name for name in (f"t{k}" for k in self._temporaries) if name not in self._taken)
        self._taken.add(found)
        return found


def words(symbol: Tree) -> str:
    """The symbol's letters and digits, joined as a programmer would."""
    match symbol:
        case Name(text=text) | Text(text=text):
            return _ascii(text)
        case Number(value=value, text=text):
            return _ascii(text or str(value))
        case Font(body=body):
            return words(body)
        case Accent(kind=kind, body=body):
            return f"{words(body)}_{_ascii(kind)}"
        case Prime(base=base, count=times):
            return words(base) + "_prime" * times
        case Subscript(base=base, items=items):
            return _joined(words(base), "_".join(words(item) for item in items))
        case Superscript(base=base, exponent=exponent):
            return _joined(words(base), words(exponent))
        case Juxtaposition(items=items):
            parts = [words(item) for item in items]
            return ("" if all(len(part) == 1 for part in parts) else "_").join(parts)
        case Derivative(of=of, by=by):
            return _derivative(of, by)
        case Bracket() | Call() | _:
            return "_".join(part for part in map(words, children(symbol)) if part)


def _derivative(of: Tree | None, by: tuple[Tree, ...]) -> str:
    """dL_dx, d2L_dx_dy, d2L_dx2."""
    order = str(len(by)) if len(by) > 1 else ""
    above = f"d{order}{words(of) if of else ''}"
    below = [(words(tree), len(list(same))) for tree, same in groupby(by)]
    return "_".join([above, *(f"d{name}{times if times > 1 else ''}" for name, times in below)])


def _joined(base: str, script: str) -> str:
    """z1, W_hh, W1_2: digits go straight behind a letter."""
    if not script:
        return base
    return base + script if script[0].isdigit() and not base[-1:].isdigit() else f"{base}_{script}"


def _ascii(text: str) -> str:
    return "".join(map(_ascii_character, text.removeprefix("\\")))


def _ascii_character(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else SIGNS.get(character, "_")
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if c.isascii() and c.isalnum())
    return plain or f"u{ord(character):x}"


def _valid(wanted: str) -> str:
    """An identifier: runs of underscores made one, none at the ends, a letter in front."""
    parts = "".join(c if c.isascii() and c.isalnum() else " " for c in wanted).split()
    text = "_".join(parts)[:LONGEST].rstrip("_")
    return text if text[:1].isalpha() else f"v{text}"
