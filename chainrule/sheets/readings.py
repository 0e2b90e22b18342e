"""One request read word by word: the role of each formula, and the words around what is asked."""

from dataclasses import dataclass, field

from chainrule.sheets.changing_words import CHANGING, changes_next, is_input, only_orders
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import CONTEXT, DERIVATIVE_NOUNS, FIND, METHOD, NEUTRAL, ORDERS, QUANTITY, SWEEPING
from chainrule.sheets.given_names import names_given
from chainrule.sheets.groups import COMPUTED, VARIABLES, group_of, is_head
from chainrule.sheets.manners import is_known_manner
from chainrule.sheets.notation import count, is_number, lists_points, look
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Group, GroupName, Math, Role, RoleName

_RESPECT = frozenset(("w.r.t.", "w.r.t", "w. r. t.", "w. r. t", "wrt", "regarding"))
_SEPARATORS = frozenset((",", "and", "&", "or"))
_EXPLANATION = frozenset(("where", "whose"))
_LIST_WORDS = NEUTRAL | QUANTITY | frozenset(("of", "in"))
_PLACES = frozenset(
    ("to", "part", "parts", "problem", "exercise", "question", "least", "most", "of", "equation", "eq", "figure")
)
_POSSESSIVE = frozenset(("its", "their"))
_PRONOUNS = frozenset(("it", "them"))
_FORM_NOUNS = frozenset(["matrix", "matrices", "vector", "vectors", "function", "scalar", "total", "value", "values"])
"""Nouns that say of what kind a derivative is: "the gradient vector"."""
_POINTS = (
    NEUTRAL
    | QUANTITY
    | METHOD
    | CONTEXT
    | _PRONOUNS
    | frozenset(["point", "points", "same", "specified", "where", "time", "graph", "to", "of"])
    | frozenset(["part", "parts", "problem", "exercise", "question", "general", "generic", "arbitrary", "any"])
)
"""Words that may stand behind "at", "for", "if" and the like: any other one may change what is asked, "at 3", "if doubled"."""
_DIGITS = frozenset(("decimal", "decimals", "digits", "figures"))
_ROUNDED = _DIGITS | frozenset(
    ("rounded", "round", "to", "place", "places", "significant", "two", "three", "four", "five", "six")
)
_LONGEST_REMARK = 12


@dataclass
class Reading:
    """What `read_request` finds. `words` stand around what is asked, `text` is every word before an explanation."""

    roles: list[Role] = field(default_factory=list[Role])
    groups: list[Group] = field(default_factory=list[Group])
    words: list[str] = field(default_factory=list[str])
    text: list[str] = field(default_factory=list[str])
    derivative: bool = False
    """A gradient or derivative is asked for in words."""
    order: int = 1
    """Of that derivative."""
    directional: bool = False
    """It is one along a direction."""
    sweeping: bool = False
    """All of them are asked for."""
    reference: bool = False
    """It is that of something asked for before: "its gradient"."""
    listed: bool = False
    """A quantity is asked for in words in a list with other things: "the loss and ..."."""
    context: bool = False
    """It says for which values: "at ..."."""
    complete: bool = True
    """False if a list names something in words that is not understood: "with respect to $W$ and the offset"."""

    def formulas(self, *names: RoleName) -> list[Math]:
        return [role.math for role in self.roles if role.name in names]

    def named(self, role: RoleName) -> list[GroupName]:
        return [group.name for group in self.groups if group.role == role]

    def mentions(self, phrase: str) -> bool:
        return f" {phrase} " in f" {' '.join(self.text)} "


@dataclass
class _Member:
    """The member of a list that is being read: its nouns, and whether it has a formula."""

    nouns: list[str] = field(default_factory=list[str])
    filled: bool = False


@dataclass
class _Reader:
    reading: Reading
    mode: RoleName
    member: _Member = field(default_factory=_Member)
    waiting: list[list[str]] = field(default_factory=list[list[str]])
    """The nouns of the members so far that have no formula; formulas may follow for them, "the weights and biases $W$, $b$"."""
    formulas: int = 0
    """So many formulas this list has."""
    described: int = 0
    """So many of its members have nouns and a formula."""
    explained: bool = False
    """An explanation has begun: "where ..."."""
    point: bool = False
    """The formulas after "at" are being read."""
    strict: bool = True
    """What is given stands behind another word than "in", which says how an answer is written."""
    outer: RoleName | None = None
    """What the formulas before "in closed form" are; one behind "and" is that too."""

    def read(self, tokens: Tokens) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if isinstance(token, Math):
                self._take_formula(token, tokens, index)
                index += 1
            elif length := _enumerator(tokens, index):
                self._end_member()
                index += length
            elif length := _remark(tokens, index):
                index += length
            else:
                index += self._take_word(token.text, tokens, index)
        self._end_list()

    def _take_formula(self, math: Math, tokens: Tokens, index: int) -> None:
        if math.illustration:
            self.reading.roles.append(Role("illustration", math))
            return
        if self.outer is not None and look(math) != "definition" and _word(tokens, index - 1) in _SEPARATORS:
            self.mode = self.outer
        self.outer = None
        self.reading.roles.append(Role(self._role_of(math, tokens, index), math))
        if self.waiting and not self.member.nouns and not self.formulas:
            self._settle(mixed=True)
        self.formulas += count(math)
        self.described += bool(self.member.nouns) and not self.member.filled
        self.member = _Member(filled=True)

    def _role_of(self, math: Math, tokens: Tokens, index: int) -> RoleName:
        r"""Derivatives are asked for even in lists of other things: "for $x = 1$ and $\frac{dL}{dw}$"."""
        seen = look(math)
        if self.mode == "asked" and seen == "other" and _names_result(tokens, index):
            return "mention"
        if self.mode == "wrt" and seen == "derivatives":
            return "asked"
        if self.mode == "given":
            after_given = index > 1 and _word(tokens, index - 1) in ("and", ",") and isinstance(tokens[index - 2], Math)
            if seen == "derivatives" and after_given and not self.explained:
                return "asked"
            before = tokens[index - 2] if after_given and seen == "other" and index + 1 == len(tokens) else None
            behind = isinstance(before, Math) and look(before) == "definition"  # "at $x = 1$ and $g(0)$"
            if (self.point and is_number(math)) or lists_points(math) or (behind and not self.explained):
                self.reading.complete = False
            given: RoleName = "point" if self.point and self._is_derivative() else "given"
            return given if seen == "definition" else "mention"
        return self.mode

    def _is_derivative(self) -> bool:
        """Whether a derivative is asked for, in words or as a formula."""
        return self.reading.derivative or any(look(math) == "derivatives" for math in self.reading.formulas("asked"))

    def _take_word(self, word: str, tokens: Tokens, index: int) -> int:
        """Note a word and what it changes; how many tokens it takes."""
        if word in _EXPLANATION:
            self.explained = True
        strict = self.mode == "given" and self.strict and not self.explained
        if strict and word not in _POINTS and not (is_input(tokens, index) or names_given(tokens, index)):
            self.reading.complete = False
        if self.mode == "given" and self._is_derivative() and _is_parameter(word, tokens, index):
            self.reading.complete = False
        if not self.explained:
            self.reading.text.append(word)
        if self.mode == "asked":
            self._note_derivative(word, tokens, index)
        if changes_next(tokens, index):
            self.reading.complete = False
        if word in _RESPECT:
            return self._turn("wrt", 1)
        if word == "with" and _word(tokens, index + 1) == "respect":
            self.reading.text += ["respect", "to"]
            return self._turn("wrt", 3)
        if length := self._direction(word, tokens, index):
            return self._turn("direction", length)
        if word == "as" and (_word(tokens, index + 1), _word(tokens, index + 2)) == ("well", "as"):
            self._end_member()
            return 3
        if word in _PRONOUNS and self.mode == "of" and not self.formulas:
            self.reading.reference = True
            return 1
        if word == "of" and _word(tokens, index + 1) in _PRONOUNS and self.reading.derivative:
            self.reading.reference = True
            return 2
        turned = self._mode_after(word, tokens, index)
        if turned is not None:
            if word == "in" and not (self.explained or is_known_manner(tokens, index, derived=self.reading.derivative)):
                self.reading.complete = False
            self.outer = (self.outer if self.mode == "given" else self.mode) if word == "in" else None
            self.reading.context = self.reading.context or turned == "given"
            self.point = word == "at"
            self.strict = word != "in"
            return self._turn(turned, 1)
        self._note(word)
        return 1

    def _direction(self, word: str, tokens: Tokens, index: int) -> int:
        """The length of what a direction stands behind: "in the direction of $v$", "along $v$", and of a Hessian-vector
        product "with $v$"; 0 for anything else.
        """
        length = _direction_words(tokens, index)
        if word == "with":
            length = any(each in ("hessian-vector", "jacobian-vector") for each in self.reading.text)
        elif self.mode == "given" and not (length > 1 or self.reading.directional):
            length = 0
        return length if self._is_derivative() and _leads_to_formula(tokens, index + length) else 0

    def _note_derivative(self, word: str, tokens: Tokens, index: int) -> None:
        """What the words around a derivative say of it; the derivative of a derivative in words is not understood."""
        reading = self.reading
        if word in _POSSESSIVE:
            reading.reference = True
        if word in SWEEPING:
            reading.sweeping = True
        if word == "directional":
            reading.directional = True
        if word in ORDERS and (word != "second" or _leads_to_derivative(tokens, index + 1)):
            reading.order = 2
        elif word == "second":
            reading.complete = False
        if word in DERIVATIVE_NOUNS:
            if reading.derivative and "of" in reading.words:
                reading.complete = False
            reading.derivative = True

    def _mode_after(self, word: str, tokens: Tokens, index: int) -> RoleName | None:
        """What the formulas after a connective are; None if the word changes nothing."""
        reading = self.reading
        bare = reading.derivative and not reading.formulas("asked")
        if word in ("of", "by", "for", "at", "on") and bare and self.mode in ("asked", "of"):
            named = _leading_group(tokens, index + 1)
            if named in VARIABLES and not reading.formulas("wrt") and not reading.named("wrt"):
                return "wrt"
            if named is not None and word == "of" and self.mode == "asked":
                return "of"
        follows = word in ("of", "by") and _leads_to_formula(tokens, index + 1)
        free = self.mode == "asked" or (self.mode == "wrt" and not reading.formulas("of") and not reading.named("of"))
        if word == "of" and reading.derivative and follows and free:
            return "of"
        if word == "by" and reading.derivative and follows and (self.mode == "wrt" or not reading.formulas("wrt")):
            return "wrt"
        if word == "to" and not self.explained and _word(tokens, index + 1) in FIND:
            return "asked"
        if word == ":" and self.mode == "given" and not reading.formulas("asked", "of", "wrt"):
            return "asked"
        if word in ("at", "for") and self.mode == "asked" and _leading_group(tokens, index + 1) == "nodes":
            return None
        if word == "for" and self.mode == "asked" and _word(tokens, index - 1).startswith(("expression", "formula")):
            return None
        return "given" if word in CONTEXT else None

    def _turn(self, mode: RoleName, length: int) -> int:
        self._end_list()
        self.mode = mode
        return length

    def _note(self, word: str) -> None:
        if self.mode == "asked":
            self.reading.words.append(word)
        elif self.mode in ("of", "wrt"):
            if word == "twice":
                self.reading.order = 2
            elif word not in _LIST_WORDS:
                self.reading.complete = False
        if word in _SEPARATORS or word == ":":
            self.reading.listed = self.reading.listed or (self.mode == "asked" and group_of(self.member.nouns) in COMPUTED)
            self._end_member()
        elif word in QUANTITY and self.mode in ("asked", "of", "wrt") and not self.member.filled:
            self.member.nouns.append(word)

    def _end_member(self) -> None:
        """A noun without a formula may be that of one further on, unless a formula stands before it."""
        if self.member.nouns and not self.member.filled:
            self.waiting.append(self.member.nouns)
            if self.formulas:
                self._settle(mixed=True)
        self.member = _Member()

    def _end_list(self) -> None:
        self._end_member()
        if self.waiting and self.formulas < len(self.waiting) + self.described:
            self._settle()
        self.waiting, self.formulas, self.described = [], 0, 0

    def _settle(self, mixed: bool = False) -> None:
        """The nouns that wait name something by themselves; `mixed`: in a list with formulas.

        Nouns alone that name nothing, "the gradient vector" or "the network", may do so only where nothing else is asked for.
        """
        found: list[GroupName | None] = [group_of(nouns) for nouns in self.waiting]
        self.reading.groups.extend(Group(self.mode, group) for group in found if group is not None)
        other = [nouns for nouns, group in zip(self.waiting, found, strict=True) if group is None]
        alone = self.mode == "asked" and not mixed and len(other) == len(found)
        kind_only = self.reading.derivative and all(_FORM_NOUNS.issuperset(nouns) for nouns in other)
        if other and not (alone or kind_only):
            self.reading.complete = False
        self.waiting = []


def _word(tokens: Tokens, index: int) -> str:
    token = tokens[index] if 0 <= index < len(tokens) else None
    return token.text if isinstance(token, Word) else ""


def _is_parameter(word: str, tokens: Tokens, index: int) -> bool:
    """Whether a number stands behind a noun that nothing has read: "with momentum 0.9", "with a penalty of 2"."""
    before = _word(tokens, index - 1 - (_word(tokens, index - 1) in ("of", "=", "is")))
    known = NEUTRAL | QUANTITY | METHOD | CONTEXT | _PLACES
    return word.replace(".", "").isdigit() and before.isalpha() and before not in known


def _enumerator(tokens: Tokens, index: int) -> int:
    """`(i)`, `(b)`, `(2)` in front of a member of a list: how many tokens it takes, else 0."""
    opening, name, closing = (_word(tokens, index + i) for i in range(3))
    known = len(name) == 1 or name.strip("ivx") == ""
    return 3 if opening == "(" and closing == ")" and name.isalnum() and known and index + 3 < len(tokens) else 0


def _remark(tokens: Tokens, index: int) -> int:
    """A remark in parentheses that only says how, "(using backpropagation)": how many tokens it takes, else 0."""
    if _word(tokens, index) != "(":
        return 0
    for end in range(index + 1, min(index + _LONGEST_REMARK, len(tokens))):
        word = _word(tokens, end)
        if word == ")":
            counts = any(_word(tokens, i) in _DIGITS or _word(tokens, i).isdigit() for i in range(index, end))
            return end + 1 - index if not counts or any(_word(tokens, i) in _DIGITS for i in range(index, end)) else 0
        if word not in METHOD and word not in _ROUNDED and not word.isdigit():
            return 0
    return 0


def _names_result(tokens: Tokens, index: int) -> bool:
    """ "the Hessian $H$ of $f$": the formula is a name for what is asked for, between its noun and "of" something."""
    noun = index - 1 - (_word(tokens, index - 1) in _FORM_NOUNS)
    of = _word(tokens, index + 1) == "of" and (_leads_to_formula(tokens, index + 2) or _leading_group(tokens, index + 2))
    return _word(tokens, noun) in DERIVATIVE_NOUNS and bool(of)


def _direction_words(tokens: Tokens, index: int) -> int:
    """`in the direction of`, `in direction`, `along`, `along the vector`: how many tokens it takes, else 0."""
    if _word(tokens, index) not in ("in", "along"):
        return 0
    noun = index + 1 + (_word(tokens, index + 1) in ("the", "a", "some", "any"))
    if _word(tokens, noun) not in ("direction", "directions"):
        return int(_word(tokens, index) == "along")
    return noun - index + (2 if _word(tokens, noun + 1) == "of" else 1)


def _leads_to_derivative(tokens: Tokens, index: int) -> bool:
    """Only words such as "order" and "partial" stand between "second" and the noun."""
    while _word(tokens, index) in ("-", "order", "partial", "mixed"):
        index += 1
    return _word(tokens, index) in DERIVATIVE_NOUNS


def _leading_group(tokens: Tokens, index: int) -> GroupName | None:
    """The group that the next words name, if no formula stands behind them."""
    nouns: list[str] = []
    while _word(tokens, index) in _LIST_WORDS and _word(tokens, index) not in _SEPARATORS:
        word = _word(tokens, index)
        nouns += [word] if word in QUANTITY else []
        index += 1
    stands_alone = index >= len(tokens) or isinstance(tokens[index], Word)
    return group_of(nouns) if stands_alone and any(is_head(noun) for noun in nouns) else None


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
    context = len(request.before) if only_orders(request.before) else context
    before = Reading()
    _Reader(before, "given").read(request.before[context:])
    reading.roles.extend(role for role in before.roles if role.name != "asked")
    reading.complete = before.complete and not any(_word(request.before, i) in CHANGING for i, _ in enumerate(request.before))
    _Reader(reading, first).read(request.tokens)
    if reading.derivative and reading.listed:
        reading.complete = False
    return reading
