"""Dialect: one target of the printer. Its rows are a column of the table in `spellings`; here is what no row can say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chainrule.typesetting.precedence import Piece
from chainrule.typesetting.spellings import ACCENTS, BIG, CONSTRUCTS, FONTS, LEFT, MATRICES, OPERATORS, RIGHT, Target, spelling


@dataclass(frozen=True)
class Dialect:
    """The column of a target and its functions, which take and give printed text."""

    target: Target
    name: Callable[[str], str]  # the text of a Name on its own
    function: Callable[[str], str]  # the text of a Name that is applied
    operator: Callable[[str], str]  # the text of a word that runs over an index, `argmax`
    number: Callable[[str], tuple[str, bool]]  # a decimal without sign -> text, is it a product now
    accented: Callable[[str, Piece], str]  # the spelling of an accent, what is below it
    lettered: Callable[[str, str, str], str]  # a font's kind, its template, what is set in it
    script: Callable[[str, str, Piece], str]  # base, mark ("_", "^" or ".^"), what stands there
    bound: Callable[[str, str], str]  # mark, what stands under or over a big operator
    prime: Callable[[str, int], str]  # base, how many
    enclosed: Callable[[str, str, str], str]  # left, inside, right
    table: Callable[[str, str, int], str]  # the spelling of an environment, the rows, how many
    differential: Callable[[str, str, Sequence[str]], str]  # symbol, of, by -> the sign, with the space after it
    text: Callable[[str], str]
    stacks: bool  # has it fractions with a bar
    linear: bool  # is it text on a line, where `x[i]` is a subscript and bars face both ways
    letters: Callable[[str], str]  # letters side by side in a subscript

    def spell(self, construct: str, *parts: str) -> str:
        """A row of the constructs with the parts put in."""
        return CONSTRUCTS[construct].of(self.target).format(*parts)

    def sign(self, operator: str) -> str:
        """A product, relation or separator. Here and below: ChainruleError `no-spelling` for what the table has not."""
        return spelling(OPERATORS, operator, self.target, "operator")

    def accent(self, kind: str, body: Piece) -> str:
        return self.accented(spelling(ACCENTS, kind, self.target, "accent"), body)

    def font(self, kind: str, body: str) -> str:
        return self.lettered(kind, spelling(FONTS, kind, self.target, "font"), body)

    def matrix(self, environment: str, rows: Sequence[Sequence[str]]) -> str:
        frame = spelling(MATRICES, environment, self.target, "matrix")
        body = self.spell("next row").join(self.spell("next entry").join(row) for row in rows)
        return self.table(frame, body, len(rows))

    def bracket(self, kind: str, inside: str) -> str:
        return self.enclosed(LEFT[kind].of(self.target), inside, RIGHT[kind].of(self.target))

    def cases(self, rows: Sequence[tuple[str, str | None]]) -> str:
        printed = [self.spell("otherwise", value) if c is None else self.spell("case", value, c) for value, c in rows]
        return self.spell("cases", self.spell("next case").join(printed))

    def big(self, operator: str, lower: str | None, upper: str | None) -> str:
        """Operator ("sum", "max"), lower and upper bound -> the text before the body."""
        head = BIG[operator].of(self.target) if operator in BIG else self.operator(operator)
        return head + "".join(self.bound(mark, text) for mark, text in (("_", lower), ("^", upper)) if text is not None)
