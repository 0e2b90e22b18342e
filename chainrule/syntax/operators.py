r"""The rows of infix operators: how a chain of operators of one binding power becomes a tree."""

from chainrule.source import Span
from chainrule.syntax.reader import PRODUCT, RELATION, SUM, Chain, Infix, Reader
from chainrule.syntax.symbols import PRODUCT_TEXTS, RELATION_TEXTS
from chainrule.syntax.tree import Juxtaposition, Number, Product, Quotient, Relation, Sum, Tree, walk


def build_relation(reader: Reader, chain: Chain) -> Tree:
    """A chain of relations. `w := w - g`, whose left side is needed on its right, gives w a new value, as an arrow does."""
    operators = [token.text for token in chain.operators]
    spellings = [reader.source.text[token.start : token.end] for token in chain.operators]
    if len({"==", "="} & {*spellings}) + (":=" in spellings) > 1:
        message = "a comparison stands inside a definition"
        reader.fail("comparison-in-definition", message, span_of(reader, chain), "write it in brackets, as in 1[x == y]")
    assigned = operators[0] == "=" and spellings[0].startswith((":", "\\coloneqq"))
    if assigned and any(part == chain.operands[0] for side in chain.operands[1:] for part in walk(side)):
        operators[0] = "\\leftarrow"
    return Relation(tuple(operators), tuple(chain.operands), span=span_of(reader, chain))


def build_sum(reader: Reader, chain: Chain) -> Tree:
    """A sum; where a sign opened it there are as many operators as operands."""
    signs = tuple(-1 if token.text == "-" else 1 for token in chain.operators)
    if len(signs) < len(chain.operands):
        signs = (1, *signs)
    return Sum(signs, tuple(chain.operands), span=span_of(reader, chain))


def build_product(reader: Reader, chain: Chain) -> Tree:
    """A chain of one operator. Mixed with others, `\\odot` does not associate, which is said."""
    operator, factors = chain.operators[0], tuple(chain.operands)
    first = factors[0]
    if isinstance(first, Product) and _do_not_associate(first, operator.text):
        message = f"{first.operator} and {operator.text} stand side by side; they were read from the left"
        reader.warn("ambiguous-product", message, span_of(reader, chain), "write parentheses")
    return Product(operator.text, factors, span=span_of(reader, chain))


def _do_not_associate(first: Product, operator: str) -> bool:
    """Whether `a * b` before another operator is more than a multiple of b, so that the order matters."""
    several = sum(not isinstance(factor, Number) for factor in first.factors) > 1
    return several and bool({first.operator, operator} & {"\\odot", ".*", "\\otimes"})


def build_quotient(reader: Reader, chain: Chain) -> Tree:
    """One slash; what is juxtaposed after its denominator is a factor of its own, with a warning."""
    numerator, denominator = chain.operands
    span = span_of(reader, chain)
    following = reader.token
    if isinstance(denominator, Juxtaposition):
        message = f"{span.text} was read with all of {text_of(denominator)} under the slash"
        reader.warn("ambiguous-slash", message, span, "write parentheses or \\frac")
    elif reader.starts_factor() and following.text not in ("\\sum", "\\prod"):
        both_numbers = isinstance(numerator, Number) and isinstance(denominator, Number)
        if not (both_numbers and following.spaced):
            message = f"{span.text} was read as one factor; what follows it multiplies it and is not under the slash"
            reader.warn("ambiguous-slash", message, span, "write parentheses or \\frac")
    return Quotient(numerator, denominator, inline=True, operator=chain.operators[0].text, span=span)


def build_juxtaposition(reader: Reader, chain: Chain) -> Tree:
    """Factors after a slash's denominator: `1/2 x` is (1/2) x."""
    items: list[Tree] = []
    for operand in chain.operands:
        items.extend(operand.items if isinstance(operand, Juxtaposition) else (operand,))
    return reader.juxtaposed(items, span_of(reader, chain).start)


def text_of(tree: Tree) -> str:
    return tree.span.text if tree.span else ""


def span_of(reader: Reader, chain: Chain) -> Span:
    first, last = chain.operands[0].span, chain.operands[-1].span
    if first is None or last is None:
        raise AssertionError("what is read has a span")
    start = min(first.start, chain.operators[0].start) if chain.operators[0].text else first.start
    return Span(reader.source, start, last.end)


INFIXES = (
    {text: Infix(RELATION, build_relation) for text in RELATION_TEXTS}
    | {text: Infix(PRODUCT, build_product) for text in PRODUCT_TEXTS}
    | {"+": Infix(SUM, build_sum), "-": Infix(SUM, build_sum)}
    | {"/": Infix(PRODUCT, build_quotient), "./": Infix(PRODUCT, build_quotient)}
    | {"": Infix(PRODUCT, build_juxtaposition)}
)
