"""One request read word by word: the role of each formula, and the words around what is asked."""

from dataclasses import dataclass, field

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import CONTEXT, DERIVATIVE_NOUNS, FIND, NEUTRAL, QUANTITY
from chainrule.sheets.notation import look
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Role, RoleName

_RESPECT = frozenset(("w.r.t.", "w.r.t", "w. r. t.", "w. r. t", "wrt", "regarding"))
_SEPARATORS = frozenset((",", "and", "&", "or"))
_EXPLANATION = frozenset(("where", "whose"))
_LIST_WORDS = NEUTRAL | QUANTITY | frozenset(("of", "in"))


@dataclass
class Reading:
    """What `read_request` finds. `words` stand around what is asked, `text` is every word before an explanation."""

    roles: list[Role] = field(default_factory=list[Role])
    words: list[str] = field(default_factory=list[str])
    text: list[str] = field(default_factory=list[str])
    derivative: bool = False
    """A gradient or derivative is asked for in words."""
    complete: bool = True
    """False if a list names something in words where a formula is needed: "with respect to $W$ and the bias"."""

    def formulas(self, *names: RoleName) -> list[Math]:
        return [role.math for role in self.roles if role.name in names]

    def mentions(self, phrase: str) -> bool:
        return f" {phrase} " in f" {' '.join(self.text)} "


@dataclass
class _Reader:
    reading: Reading
    mode: RoleName
    named: bool = False
    """The member of a list that is being read has a noun and no formula yet."""
    filled: bool = False
    """That member has its formula."""
    skipped: bool = False
    """The members of the list so far are nouns without a formula."""
    explained: bool = False
    """An explanation has begun: "where ..."."""

    def read(self, tokens: Tokens) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if isinstance(token, Math):
                self._take_formula(token, tokens, index)
                index += 1
            else:
                index += self._take_word(token.text, tokens, index)
        self._end_member()

    def _take_formula(self, math: Math, tokens: Tokens, index: int) -> None:
        if math.illustration:
            self.reading.roles.append(Role("illustration", math))
            return
        self.reading.roles.append(Role(self._role_of(math, tokens, index), math))
        if self.skipped and not self.named:
            self.reading.complete = False
        self.named, self.filled, self.skipped = False, True, False

    def _role_of(self, math: Math, tokens: Tokens, index: int) -> RoleName:
        r"""Derivatives are asked for even in lists of other things: "for $x = 1$ and $\frac{dL}{dw}$"."""
        seen = look(math)
        if self.mode == "wrt" and seen == "derivatives":
            return "asked"
        if self.mode == "given":
            after_given = index > 1 and _word(tokens, index - 1) in ("and", ",") and isinstance(tokens[index - 2], Math)
            if seen == "derivatives" and after_given and not self.explained:
                return "asked"
            return "given" if seen == "definition" else "mention"
        return self.mode

    def _take_word(self, word: str, tokens: Tokens, index: int) -> int:
        """Note a word and what it changes; how many tokens it takes."""
        if word in _EXPLANATION:
            self.explained = True
        if not self.explained:
            self.reading.text.append(word)
        if word in DERIVATIVE_NOUNS and self.mode == "asked":
            self.reading.derivative = True
        if word in _RESPECT:
            return self._turn("wrt", 1)
        if word == "with" and _word(tokens, index + 1) == "respect":
            self.reading.text += ["respect", "to"]
            return self._turn("wrt", 3)
        if word == "as" and (_word(tokens, index + 1), _word(tokens, index + 2)) == ("well", "as"):
            self._end_member()
            return 3
        turned = self._mode_after(word, tokens, index)
        if turned is not None:
            return self._turn(turned, 1)
        self._note(word)
        return 1

    def _mode_after(self, word: str, tokens: Tokens, index: int) -> RoleName | None:
        """What the formulas after a connective are; None if the word changes nothing."""
        follows = word in ("of", "by") and _leads_to_formula(tokens, index + 1)
        free = self.mode == "asked" or (self.mode == "wrt" and not self.reading.formulas("of"))
        if word == "of" and self.reading.derivative and follows and free:
            return "of"
        if word == "by" and self.reading.derivative and follows and not self.reading.formulas("wrt"):
            return "wrt"
        if word == "to" and not self.explained and _word(tokens, index + 1) in FIND:
            return "asked"
        if word == ":" and self.mode == "given" and not self.reading.formulas("asked", "of", "wrt"):
            return "asked"
        if word == "for" and self.mode == "asked" and _word(tokens, index - 1).startswith(("expression", "formula")):
            return None
        return "given" if word in CONTEXT else None

    def _turn(self, mode: RoleName, length: int) -> int:
        self._end_member()
        self.mode, self.skipped = mode, False
        return length

    def _note(self, word: str) -> None:
        if self.mode == "asked":
            self.reading.words.append(word)
        elif self.mode in ("of", "wrt") and word not in _LIST_WORDS:
            self.reading.complete = False
        if word in _SEPARATORS:
            self._end_member()
        elif word in QUANTITY and self.mode in ("asked", "of", "wrt") and not self.filled:
            self.named = True

    def _end_member(self) -> None:
        """A noun without a formula is allowed before one with a formula: "the weights and biases $W$, $b$"."""
        if self.named and self.reading.formulas(self.mode):
            self.reading.complete = False
        self.skipped = self.skipped or self.named
        self.named = self.filled = False


def _word(tokens: Tokens, index: int) -> str:
    token = tokens[index] if 0 <= index < len(tokens) else None
    return token.text if isinstance(token, Word) else ""


def _leads_to_formula(tokens: Tokens, index: int) -> bool:
    """Only words that introduce a formula stand between here and the next one."""
    while index < len(tokens):
        token = tokens[index]
        if isinstance(token, Math):
            return True
        if token.text not in _LIST_WORDS:
            return False
        index += 1
    return False


def read_request(request: Request) -> Reading:
    """The roles of all formulas of a request; those before its verb can only be givens."""
    reading = Reading()
    first: RoleName = "asked"
    if request.verb == "differentiate":
        reading.derivative, first = True, "of"
    context = next((i for i, _ in enumerate(request.before) if _word(request.before, i) in CONTEXT), len(request.before))
    before = Reading()
    _Reader(before, "given").read(request.before[context:])
    reading.roles.extend(role for role in before.roles if role.name != "asked")
    _Reader(reading, first).read(request.tokens)
    return reading
