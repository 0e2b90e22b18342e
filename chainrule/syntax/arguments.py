r"""What a command takes: `{..}` or one token, as in `\frac12` and `\hat y`."""

from chainrule.syntax.brackets import read_group
from chainrule.syntax.messages import spelled
from chainrule.syntax.reader import Reader
from chainrule.syntax.tokens import Token
from chainrule.syntax.tree import Name, Tree


def argument(reader: Reader, command: Token, digit: bool = False) -> Tree:
    """The next argument of a command; with `digit`, a number without braces is a single digit."""
    token = reader.token
    if token.text == "{" and token.kind == "symbol":
        return read_group(reader, reader.advance())
    if token.kind in ("stop", "right", "end", "prose") or not reader.starts_factor():
        name = spelled(reader.source, command)
        hint = f"give {name} its argument in braces"
        reader.fail("missing-argument", f"{name} lacks an argument", reader.over(command), hint)
    if digit and token.kind == "number" and len(token.text) > 1:
        message = f"{spelled(reader.source, command)} without braces takes single digits"
        reader.fail("ambiguous-digits", message, reader.over(token), "write \\frac{..}{..}")
    return single(reader)


def single(reader: Reader) -> Tree:
    """One token with what it takes itself; a function's name stands for itself here."""
    token = reader.token
    if token.kind in ("function", "word"):
        reader.advance()
        return Name(token.text, span=reader.over(token))
    reader.enter()
    tree = reader.atom()
    reader.depth -= 1
    return tree
