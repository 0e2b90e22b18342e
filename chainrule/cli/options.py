"""What the commands take: how their options are read, and the options that several of them have."""

import click

from chainrule.errors import ChainruleError

Pairs = dict[str, str]


def divided(text: str, separator: str = ",") -> list[str]:
    """The pieces between those commas that are in no brackets, without the space around them."""
    pieces, depth = [""], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == separator and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += character
    return [piece.strip() for piece in pieces]


def read_pairs(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> Pairs:
    """`y=1,x=[0.5, 2]` as a mapping from symbol to text; an option that is repeated adds to it."""
    pairs: Pairs = {}
    for piece in (piece for text in texts if text for piece in divided(text)):
        symbol, value = _pair(piece)
        if symbol in pairs:
            raise click.BadParameter(f"{symbol} is given twice")
        pairs[symbol] = value
    return pairs


def read_shapes(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """`A=m,n`, once for each symbol; nothing after the sign is a scalar."""
    shapes: dict[str, tuple[str, ...]] = {}
    for text in texts:
        symbol, equals, dimensions = (piece.strip() for piece in text.partition("="))
        sizes = tuple(divided(dimensions)) if dimensions else ()
        if not (symbol and equals and all(sizes)):
            raise click.BadParameter(f"{text!r} is not of the form SYMBOL=SIZE,SIZE, such as A=m,n")
        if symbol in shapes:
            raise click.BadParameter(f"{symbol} is given twice")
        shapes[symbol] = sizes
    return shapes


def read_symbols(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> list[str]:
    """`x,W`; an option that is repeated adds to it."""
    symbols = [symbol for text in texts for symbol in divided(text)]
    if not all(symbols):
        raise click.BadParameter(f"{', '.join(texts)!r} is not a list of symbols, such as x,W")
    return symbols


def read_columns(context: click.Context, parameter: click.Parameter, text: str | None) -> list[str]:
    """No, one or two columns of data."""
    columns = [] if text is None else read_symbols(context, parameter, (text,))
    if len(columns) > 2 and not context.params.get("joint"):
        raise click.BadParameter("there are columns of P and of Q, and no third")
    return columns


def read_unit_option(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    """A unit of information in one spelling."""
    if text is None:
        return None
    from chainrule.solving.information.units import read_unit

    try:
        return read_unit(text)
    except ChainruleError as error:
        raise click.BadParameter(f"{error.message}; {error.hint}") from error


def read_figures(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> Pairs:
    """`6=network.tex`, once for each problem."""
    files: Pairs = {}
    for text in texts:
        number, equals, file = (piece.strip() for piece in text.partition("="))
        if not (number and equals and file):
            raise click.BadParameter(f"{text!r} is not of the form ID=FILE, such as 6=network.tex")
        if number in files:
            raise click.BadParameter(f"the figure of problem {number} is given twice")
        files[number] = file
    return files


def _pair(piece: str) -> tuple[str, str]:
    """Divided at the first equals sign that is in no brackets."""
    symbol, *values = divided(piece, "=")
    if not (symbol and len(values) == 1 and values[0]):
        raise click.BadParameter(f"{piece!r} is not of the form SYMBOL=VALUE, such as x=0.5")
    return symbol, values[0]


at_option = click.option(
    "--at",
    callback=read_pairs,
    multiple=True,
    metavar="SYMBOL=VALUE,...",
    help="Values, such as y=1,x=0.5; once or for each symbol.",
)
unit_option = click.option(
    "--unit",
    callback=read_unit_option,
    metavar="bits|nats|BASE",
    help="What entropies and divergences are measured in; nats unless the text says otherwise.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
level_option = click.option(
    "--level", type=click.Choice(["brief", "normal", "all"]), default="normal", show_default=True, help="How much is explained."
)
