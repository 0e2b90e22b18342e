r"""The Pratt parser's core: a cursor over tokens, operators by binding power, factors side by side.

Binding, from loose to tight: relations; + and -; products and `/`, all alike and from the left; juxtaposition; signs
inside a product; scripts and primes. So `a \odot W x` is `a \odot (W x)` and `-x^2` is `-(x^2)`. A slash takes one
factor on its right, together with a parenthesis that touches it: `1/2 (a + b)` is `(1/2)(a + b)` and `x/f(y)` is
`x/(f(y))`. Where a reader may see it differently (`1/2x`), the warning `ambiguous-slash` says how it was read.

The operators are gathered on a list instead of by recursion, so the depth of Python's stack grows with the nesting of brackets
alone, and that is limited.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NoReturn

from chainrule.errors import Diagnostic, Repair, SyntaxFault
from chainrule.source import Source, Span
from chainrule.syntax.adjacency import find_two_readings
from chainrule.syntax.messages import explain_adjacent, missing_operand
from chainrule.syntax.tokens import Notation, Token
from chainrule.syntax.tree import Bracket, Call, Derivative, Dots, Juxtaposition, Matrix, Name, Number, Quotient, Tree
from chainrule.syntax.vocabulary import Vocabulary

RELATION, SUM, PRODUCT, SIGN = 1, 2, 3, 4
DEEPEST = 100

_SLICES = frozenset({"*", "\\cdot"})
_BEFORE_NUMBERS = (Bracket, Call, Quotient, Matrix, Derivative, Dots)
_ENDS = frozenset({"}", ")", "]", ",", ""})
_LONE_IN_SCRIPTS = {"*": "*", "\\cdot": "*", ":": ":", "+": "+", "-": "-", "'": "\\prime"}


@dataclass(frozen=True)
class Infix:
    """An operator between two operands: how tightly it binds and how a chain of it becomes a tree."""

    power: int
    build: Callable[["Reader", "Chain"], Tree]


@dataclass
class Chain:
    """Operands read so far with operators of one binding power; for a leading sign there is an operator more."""

    power: int
    operators: list[Token]
    operands: list[Tree]
    build: Callable[["Reader", "Chain"], Tree]
    folds: int = 0  # how many products of other operators its first operand goes down into

    @property
    def is_slash(self) -> bool:
        return self.power == PRODUCT and self.operators[-1].text in ("/", "./")


Atom = Callable[["Reader", Token], Tree]


@dataclass(frozen=True)
class Grammar:
    """The rows the core is driven by: atoms by kind of token and by text, operators by text, scripts after a factor."""

    by_kind: Mapping[str, Atom]
    by_text: Mapping[str, Atom]
    infixes: Mapping[str, Infix]
    read_sign: Callable[["Reader", "Chain"], Tree]
    read_scripts: Callable[["Reader", Tree], Tree]
    read_point: Callable[["Reader", Tree, Token], Tree]
    evaluate_factors: Callable[["Reader", list[Tree]], list[Tree]]


class Reader:
    """Reads one statement's tokens; every read_... function of this folder takes it first."""

    def __init__(
        self,
        source: Source,
        tokens: list[Token],
        partners: list[int],
        vocabulary: Vocabulary,
        notation: Notation,
        grammar: Grammar,
        zero_based: bool = False,
    ):
        end = tokens[-1].end if tokens else 0
        self.source = source
        self.tokens = [*tokens, Token("stop", "", end, end)]
        self.partners = partners
        self.vocabulary = vocabulary
        self.plain = notation == "plain"
        self.grammar = grammar
        self.zero_based = zero_based  # square brackets of plain text hold indices of NumPy
        self.diagnostics: list[Diagnostic] = []
        self.index = 0
        self.token = self.tokens[0]
        self.depth = 0
        self.in_script = 0
        self.in_subscript = False
        self.stacked = 0

    # The cursor.

    def advance(self) -> Token:
        """Step over the current token and return it."""
        token = self.token
        self.index += 1
        self.token = self.tokens[self.index]
        return token

    def jump(self, index: int) -> None:
        """Go on from another token, past what is left out."""
        self.index = index
        self.token = self.tokens[index]

    def peek(self, distance: int = 1) -> Token:
        return self.tokens[min(self.index + distance, len(self.tokens) - 1)]

    def accept(self, text: str) -> bool:
        """Step over a symbol if it is the current one."""
        if self.token.text == text and self.token.kind in ("symbol", "command"):
            self.advance()
            return True
        return False

    def since(self, start: int) -> Span:
        """From an offset to the end of the last token."""
        return Span(self.source, start, self.tokens[self.index - 1].end if self.index else start)

    def over(self, token: Token) -> Span:
        return Span(self.source, token.start, token.end)

    def fail(self, code: str, message: str, span: Span, hint: str | None = None) -> NoReturn:
        raise SyntaxFault(code, message, span, hint)

    def warn(self, code: str, message: str, span: Span, hint: str | None = None, *repairs: Repair) -> None:
        self.diagnostics.append(Diagnostic("warning", code, message, span, hint, repairs))

    def note(self, code: str, message: str, span: Span, hint: str | None = None) -> None:
        """Said once a statement."""
        if code not in [diagnostic.code for diagnostic in self.diagnostics]:
            self.diagnostics.append(Diagnostic("note", code, message, span, hint))

    # Expressions.

    def expression(self, floor: int = 0) -> Tree:
        """Everything that binds tighter than `floor`."""
        self.enter()
        chains: list[Chain] = []
        while True:
            while self.at_sign():
                self.open_sign(chains, floor)
            left = self.denominator() if chains and chains[-1].is_slash else self.factors()
            infix = self.infix()
            power = infix.power if infix and infix.power > floor else 0
            while chains and chains[-1].power > power:
                left = self.close(chains.pop(), left)
            if infix is None or not power:
                self.depth -= 1
                return left
            self.push(chains, infix, left)

    def close(self, chain: Chain, last: Tree) -> Tree:
        chain.operands.append(last)
        return chain.build(self, chain)

    def at_sign(self) -> bool:
        """Whether a sign stands here that has an operand (`x^{+}` has none)."""
        token = self.token
        return token.text in ("-", "+") and token.kind == "symbol" and not (self.in_script and self.peek().text in _ENDS)

    def infix(self) -> Infix | None:
        """The operator here: by text, or after a slash's denominator the invisible one of juxtaposition."""
        token = self.token
        if token.kind in ("symbol", "command"):
            infix = self.grammar.infixes.get(token.text)
            if infix is not None:
                return infix
        return self.grammar.infixes[""] if self.starts_factor() else None

    def push(self, chains: list[Chain], infix: Infix, left: Tree) -> None:
        """Take the operator; a chain goes on with operators of its kind."""
        invisible = infix is self.grammar.infixes[""]
        operator = self.token._replace(text="") if invisible else self.token
        chain = chains.pop() if chains and chains[-1].power == infix.power else Chain(infix.power, [], [], infix.build)
        if infix.power == PRODUCT and chain.operators and (chain.operators[-1].text != operator.text or chain.is_slash):
            left = self.close(chain, left)
            chain = Chain(infix.power, [], [], infix.build, chain.folds + 1)
            if chain.folds + self.depth > DEEPEST:
                self.too_deep()
        chain.operators.append(operator)
        chain.operands.append(left)
        chains.append(chain)
        if not invisible:
            self.advance()

    def open_sign(self, chains: list[Chain], floor: int) -> None:
        """A sign before an operand: it opens a sum, or inside a product binds tighter than that."""
        outer = chains[-1].power if chains else floor
        chains.append(Chain(SUM if outer < SUM else SIGN, [self.advance()], [], self.grammar.read_sign))
        if len(chains) + self.depth > DEEPEST:
            self.too_deep()

    def factors(self) -> Tree:
        """Factors side by side: one tree, or a flat Juxtaposition."""
        start = self.token.start
        first = self.factor()
        items = [first]
        while True:
            if self.starts_factor():
                items.append(self.factor())
            elif self.token.text == "\\at" and self.token.kind == "command":
                items = self.grammar.evaluate_factors(self, items)
            else:
                return self.juxtaposed(items, start) if len(items) > 1 else items[0]

    def juxtaposed(self, items: list[Tree], start: int) -> Tree:
        """One tree, or a flat Juxtaposition; numbers side by side are refused."""
        if len(items) == 1:
            return items[0]
        for before, item in pairwise(items):
            if two_readings := find_two_readings(before, item):
                raise two_readings
            if isinstance(item, Number) and not isinstance(before, _BEFORE_NUMBERS) and not self.labels(before):
                self.fail("adjacent-numbers", *explain_adjacent(before, item))
        return Juxtaposition(tuple(items), span=self.since(start))

    def labels(self, before: Tree) -> bool:
        """Whether a number may follow here: `w_{h1}` is a label."""
        return self.in_subscript and isinstance(before, Name)

    def denominator(self) -> Tree:
        """What a slash takes on its right: one factor, and the parenthesis that touches a name."""
        start = self.token.start
        first = self.factor()
        if isinstance(first, Number) or self.token.text != "(" or self.token.spaced or first.span is None:
            return first
        if self.source.text[first.span.end - 1] in ")]}" and not self.plain:
            return first
        return self.juxtaposed([first, self.factor()], start)

    def factor(self) -> Tree:
        """An atom with its scripts and primes."""
        token = self.token
        reads = self.opener(token)
        if reads is None:
            return self.grammar.read_scripts(self, self.atom())
        self.advance()
        return self.grammar.read_scripts(self, reads(self, token))

    def atom(self) -> Tree:
        """What one token opens: a name, a number, a bracket, a fraction ..."""
        token = self.token
        reads = self.opener(token)
        if reads is not None:
            self.advance()
            return reads(self, token)
        if self.in_script and token.text in _LONE_IN_SCRIPTS:
            self.advance()
            return Name(_LONE_IN_SCRIPTS[token.text], span=self.over(token))
        return self.no_operand(token)

    def opener(self, token: Token) -> "Atom | None":
        """The row of the grammar that a token opens."""
        kind = token.kind
        return self.grammar.by_text.get(token.text) if kind in ("symbol", "command") else self.grammar.by_kind.get(kind)

    def starts_factor(self) -> bool:
        """Whether another factor follows without an operator between."""
        token = self.token
        if self.opener(token) is not None:
            return token.kind != "prose" or self.in_script > 0
        return bool(self.in_script) and token.text in _SLICES and self.peek().text in _ENDS

    # Refusals shared by all.

    def no_operand(self, token: Token) -> NoReturn:
        """Refuse a token that cannot open an operand."""
        before = self.tokens[self.index - 1] if self.index else None
        raise missing_operand(self.source, before, token)

    def enter(self) -> None:
        """One level deeper; the caller lowers `depth` again."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.too_deep()

    def too_deep(self) -> NoReturn:
        message = f"the formula is nested more than {DEEPEST} levels deep"
        self.fail("too-deep", message, self.over(self.token), "give its parts names of their own")
