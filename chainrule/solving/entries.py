r"""Names that may be entries of an array, `h_1` beside a vector h: a derivative to which that makes a difference is refused."""

from collections.abc import Iterator

from chainrule.errors import NameFault
from chainrule.graph.node import Named, Node, Variable, postorder
from chainrule.inference.entry_lists import entries_among, vector_of
from chainrule.inference.members import STEPS
from chainrule.inference.network import Network
from chainrule.inference.symbols import could_be_name, entry_position, key, span_text, two_digits
from chainrule.solving.requests import DerivativeRequest
from chainrule.syntax.tree import Name, Subscript, Tree
from chainrule.typesetting import plain


def refuse_open_members(network: Network, request: DerivativeRequest) -> None:
    """Raise NameFault `open-member` for a derivative by `u_2`, or by `u_o`, where both are in what is derived, `u_1` and `u_2`
    have values, and neither u_o nor o has one: u_o may be u_2.
    """
    inputs = [node for node in postorder(request.of) if isinstance(node, Variable) and isinstance(node.symbol, Subscript)]
    given = network.values.keys()
    for picked in inputs:
        items = picked.symbol.items if isinstance(picked.symbol, Subscript) else ()
        if picked.symbol in given or not (len(items) == 1 and isinstance(items[0], Name) and len(items[0].text) == 1):
            continue
        alike = [node for node in inputs if node is not picked and node.shape == picked.shape]
        numbers = [node for node in alike if _is_member(node.symbol, picked.symbol) and node.symbol in given]
        if numbers and not {picked, *numbers}.isdisjoint(request.wholes):
            said, other, letter = plain(picked.symbol), plain(numbers[0].symbol), items[0].text
            message = f"{said} may be {other} or another vector, as {letter} says, and the derivative depends on which it is"
            raise NameFault("open-member", message, request.span, f"give {letter} a number, or {said} a value")


def _is_member(symbol: Tree, picked: Tree) -> bool:
    """Whether a name is that of a number in a family, `u_2` beside `u_o`."""
    if not (isinstance(symbol, Subscript) and isinstance(picked, Subscript) and symbol.base == picked.base):
        return False
    return entry_position(symbol.items) is not None


def refuse_entries_apart(network: Network, request: DerivativeRequest) -> None:
    """Raise NameFault `entry-or-name` where a derivative by h takes `h_1` for something else than an entry of h, one by
    `h_1` takes h for something else than what it is an entry of, or one by what one of them is computed from takes the other
    one for an input.
    """
    for entry, array in _apart(network, list(postorder(request.of))):
        upstream: set[Node] = {array}
        if isinstance(entry, Variable) or isinstance(array, Variable):
            upstream.update(postorder(entry, array))
        if not upstream.isdisjoint(request.wholes) or entry in request.wholes:
            said, whole = (network.spellings.get(node.symbol) or span_text(node.symbol.span) for node in (entry, array))
            message = f"{said} may be an entry of {whole} or a name of its own, and the derivative depends on which it is"
            hint = f"write {whole} as the list of its entries, or {said} \\in \\mathbb{{R}} where it is no entry"
            raise NameFault("entry-or-name", message, request.span, hint)


def _apart(network: Network, nodes: list[Node]) -> Iterator[tuple[Named | Variable, Named | Variable]]:
    """The scalars among some nodes that are called like an entry of an array among them, which is not made of them."""
    named = {node.symbol: node for node in nodes if isinstance(node, Named | Variable)}
    for symbol, node in named.items():
        if not isinstance(symbol, Subscript) or node.shape or symbol in network.scalars:
            continue
        array = next((named[base] for base in _bases(symbol, network) if base in named), None)
        if array is not None and _is_place(symbol, array) and node not in postorder(array):
            yield node, array


def _bases(symbol: Subscript, network: Network) -> Iterator[Tree]:
    """What `w_{12}` may be an entry of: w, and W where nothing is called w."""
    yield symbol.base
    if isinstance(symbol.base, Name) and symbol.base not in network.names and len(symbol.base.text) == 1:
        yield Name(symbol.base.text.upper())


def _is_place(symbol: Subscript, array: Node) -> bool:
    positions = entry_position(symbol.items) or (0,)
    places = divmod(positions[0], 10) if len(array.shape) == 2 and two_digits(positions) else positions
    lengths = [length.number for length in array.shape]
    return len(places) == len(lengths) and all(
        at > 0 and (most is None or at <= most) for at, most in zip(places, lengths, strict=True)
    )


def members_of(network: Network, tree: Tree) -> Tree | None:
    """The list of s_1, s_2, ... where `s`, or `s_i`, is no name and they are what definitions of it compute; None otherwise."""
    if not could_be_name(tree) or key(tree) in network.names or key(tree) in network.broken:
        return None
    index = tree.items[0] if isinstance(tree, Subscript) and len(tree.items) == 1 else None
    base = key(tree.base) if isinstance(tree, Subscript) and index in STEPS else key(tree)
    computed = [name for name, node in network.names.items() if isinstance(node, Named)]
    entries = entries_among(computed, base)
    whole = vector_of(base, entries)
    return whole if whole is not None and len(whole.items) == len(entries) and base not in network.names else None
