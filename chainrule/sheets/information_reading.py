"""A request for entropies and divergences read word by word: what is asked, of which distributions, in which unit."""

from dataclasses import dataclass, field, replace

from chainrule.inference.symbols import could_be_name
from chainrule.probability.families import FAMILIES
from chainrule.probability.quantities import Quantity
from chainrule.sheets.arguments import caption_at
from chainrule.sheets.clauses import Tokens
from chainrule.sheets.forms import METHOD, NEUTRAL, words
from chainrule.sheets.manners import is_known_manner
from chainrule.sheets.notation import look, statements, trees
from chainrule.sheets.quantity_words import (
    Named,
    Notation,
    Piece,
    head_text,
    notations_of,
    pieces_of,
    quantity_at,
)
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Place, Role
from chainrule.sheets.units import unit_at
from chainrule.syntax.tree import Bracket, Name, Number, Quotient, Relation

_LINKS = words("between of for from on")
_RELATIVE = (("with", "respect", "to"), ("relative", "to"), ("w.r.t.",), ("w.r.t",), ("wrt",), ("given",), ("under",))
_SEPARATORS = words("to and & , versus vs vs. against from as ( )")
_FAMILIES = frozenset(part for family in FAMILIES for phrase in family.words for part in phrase.replace("-", " ").split())
NOUNS = (_FAMILIES - words("on over with the of")) | words(
    "gaussians normals exponentials bivariate univariate multivariate diagonal toss throw roll flip draw die coin source"
    " experiment message letter text fair loaded biased unfair bent i.e. distribution distributions probability"
    " probabilities mass function functions random variable variables vector vectors label labels true target targets"
    " estimated estimate predicted prediction predictions model model's models network network's one hot data class classes"
    " outcome outcomes event events two both first second source sources pmf pmfs pair sample empirical approximating"
    " approximation reference marginal marginals example single discrete continuous output outputs shannon shannon's base"
    " actual real ground truth categorical softmax estimates third fourth fifth"
)
"""Nouns that only introduce a distribution."""
_BESIDE = NOUNS | words(
    "forward total average information loss between individual own again following numerical amount distillation divergence"
    " distance"
)
_GIVENS = words("using where with assuming via based setting let treating by at")
_TERMS = (("in", "terms", "of"), ("as", "function", "of"))
_REVERSE = words("reverse reversed backward")
_REMARK = (
    METHOD
    | NEUTRAL
    | words("i.e. e.g. shannon step reverse directly definition log sum equal weights square root squared")
    | words("divergence distance of entropy that which no bias")
)
_LONGEST_REMARK = 10
_VARIANCE = tuple(f"the second {noun} {verb} the variance" for noun in ("parameter", "argument") for verb in ("being", "is"))


@dataclass
class Argument:
    """A formula, or the words for a distribution that has none there; `joint` is what stands before it: "to", "given"."""

    math: Math | None = None
    nouns: list[str] = field(default_factory=list[str])
    joint: str = ""


@dataclass
class Asked:
    """One quantity that is asked for, in words or symbols or both."""

    quantity: Quantity | None
    notation: Notation | None = None
    plural: bool = False
    reverse: bool = False
    order: Math | None = None
    binary: bool = False
    """Of two Bernoulli distributions that are given by their probabilities."""
    defined: bool = False
    """The formula that names it defines a letter of the sheet's own, `S(P) = ...`."""


@dataclass
class Group:
    """Quantities of the same distributions, and the word that joins those to them."""

    quantities: list[Asked] = field(default_factory=list[Asked])
    link: str = ""
    arguments: list[Argument] = field(default_factory=list[Argument])


@dataclass
class Reading:
    """What a request asks, in order. `complete`: every word is known. `sure`: words or a head say so that mean nothing else."""

    groups: list[Group] = field(default_factory=list[Group])
    units: list[str] = field(default_factory=list[str])
    others: list[Role] = field(default_factory=list[Role])
    both: bool = False
    """In both directions."""
    complete: bool = True
    sure: bool = False


def read_information(tokens: Tokens, place: Place) -> Reading:
    """The quantities of information theory in a request and what they are of."""
    reader = _Reader(tokens, place, pieces_of(tokens))
    reader.read()
    return reader.reading


@dataclass
class _Reader:
    tokens: Tokens
    place: Place
    pieces: list[Piece]
    reading: Reading = field(default_factory=Reading)
    argument: Argument = field(default_factory=Argument)
    givens: bool = False
    """What follows says how, or what is given."""
    reverse: bool = False
    """The quantity that comes is the reverse one."""

    def read(self) -> None:
        index = 0
        while index < len(self.pieces):
            piece = self.pieces[index]
            if piece.math is not None:
                self._take_formula(piece.math)
                index += 1
            else:
                index += self._take_word(piece.text, index)
        self._end_argument()

    def _text(self, index: int) -> str:
        return self.pieces[index].text if 0 <= index < len(self.pieces) else ""

    @property
    def _group(self) -> Group:
        if not self.reading.groups:
            self.reading.groups.append(Group())
        return self.reading.groups[-1]

    def _take_word(self, word: str, index: int) -> int:
        """Note a word and what it changes; how many pieces it takes."""
        after_and = bool(self.reading.units) and self._text(index - 1) in ("and", ",", "or", "&")
        if unit := unit_at(self.pieces, index, tail=after_and):
            self.reading.units.append(unit.name)
            return unit.length
        if tuple(self._text(index + i) for i in range(3)) in _TERMS or tuple(self._text(index + i) for i in range(4)) == (
            "as",
            "a",
            "function",
            "of",
        ):
            self._end_argument()
            self.givens = True
            return 3
        if length := self._aside(word, index):
            return length
        named = quantity_at(self.pieces, index)
        if named is not None and not self.givens:
            return self._take_name(named)
        if self.givens:
            if word == "in" and not is_known_manner(self.tokens, self.pieces[index].index):
                self.reading.complete = False
            return 1
        if word in _REVERSE:
            self.reverse = True
            return 1
        if length := self._link(word, index):
            return length
        if self._group.link and (caption := caption_at(self.tokens, self.pieces[index].index)):
            self.argument.nouns.append(caption)
            return 2
        known = NEUTRAL | _BESIDE if not self._group.link else NEUTRAL | NOUNS
        if word in _SEPARATORS and self._group.link:
            self._end_argument()
            self.argument.joint = word
        elif word in _GIVENS:
            self._end_argument()
            self.givens = True
        elif word in NOUNS and self._group.link:
            self.argument.nouns.append(word)
        elif word not in known:
            self.reading.complete = False
        return 1

    def _aside(self, word: str, index: int) -> int:
        """What says more of a quantity than its name and what it is of: how many pieces it takes, else 0."""
        said = self._remark(index) or self._convention(index) or self._order(index) or self._both(index)
        return said or self._outcome(word, index)

    def _take_name(self, named: Named) -> int:
        """A quantity named in words; behind arguments it begins a group of its own."""
        self._end_argument()
        if self._group.link or self._group.arguments:
            self.reading.groups.append(Group())
        asked = Asked(named.quantity, plural=named.plural, reverse=self.reverse, binary=named.binary)
        self._group.quantities.append(asked)
        self.reading.sure, self.reverse = True, False
        return named.length

    def _link(self, word: str, index: int) -> int:
        """`between`, `of`, `with respect to`: what the quantities are of follows. How many pieces it takes, else 0."""
        group = self._group
        if not group.quantities:
            return 0
        for phrase in _RELATIVE:
            if tuple(self._text(index + i) for i in range(len(phrase))) == phrase and group.link:
                self._end_argument()
                self.argument.joint = phrase[0] if len(phrase) == 1 and phrase[0] in ("given", "under") else "relative"
                return len(phrase)
        if word not in _LINKS:
            return 0
        self._end_argument()
        again = self._text(index - 1) in ("and", ",") and len(group.arguments) > 0
        if group.link and again:
            fresh = [replace(asked, notation=None) for asked in group.quantities]
            self.reading.groups.append(Group(fresh, word))
            self.argument.joint = ""
        elif group.link:
            self.argument.joint = word
        else:
            group.link = word
        return 1

    def _remark(self, index: int) -> int:
        """A remark in parentheses that only says how: how many pieces it takes, else 0. "In a)" is of another part."""
        if self._text(index) != "(":
            return 0
        for end in range(index + 1, min(index + _LONGEST_REMARK, len(self.pieces))):
            if self._text(end) == ")":
                other = self._text(end - 1) == "weights" and self._text(end - 2) != "equal"
                return 0 if other or self._text(end - 1) == "a" else end + 1 - index
            if self._text(end) not in _REMARK:
                return 0
        return 0

    def _convention(self, index: int) -> int:
        """`the second parameter being the variance`, as it is read anyway: how many pieces it takes, else 0."""
        length = 6 + (self._text(index) == "where")
        said = " ".join(self._text(index + i) for i in range(length)).removeprefix("where ")
        return length if said in _VARIANCE else 0

    def _both(self, index: int) -> int:
        """`in both directions`: how many pieces it takes, else 0."""
        here = index + (self._text(index) in ("in", "for"))
        if self._text(here) != "both" or self._text(here + 1) not in ("directions", "ways", "orders"):
            return 0
        self.reading.both = True
        return here + 2 - index

    def _outcome(self, word: str, index: int) -> int:
        """What a surprisal is of: `outcome A`, `probability 0.25`. How many pieces it takes, else 0."""
        rows = [asked.quantity.name for asked in self._group.quantities if asked.quantity]
        if rows != ["surprisal"] or not self._group.link:
            return 0
        if word == "with" and self._text(index + 1) == "probability":
            return 1
        if word == "event" and self._text(index + 1) in ("with", "of", "that"):
            return 1
        nouns = ("outcome", "event", "symbol", "letter", "probability")
        if word in nouns and index + 1 < len(self.pieces) and unit_at(self.pieces, index + 1) is None:
            token = self.tokens[self.pieces[index + 1].index]
            number = self._number(index + 1) if word == "probability" else None
            if isinstance(token, Word) and token.text[:1].isalnum() and (number or word != "probability"):
                place = self.place if number is None else number[0].place
                self._take_arguments(number[0] if number else Math(token.span, place, False, plain=True))
                return 1 + (number[1] if number else 1)
        return 0

    def _order(self, index: int) -> int:
        """`of order 2`, `order $\\alpha = 2$`: how many pieces it takes, else 0."""
        here = index
        while self._text(here) in ("of", "with", "for", "parameter", "at") and here < index + 2:
            here += 1
        if self._text(here) not in ("order", "alpha", "parameter") or not self._ordered():
            return 0
        here += 1
        while self._text(here) in ("=", "parameter", "alpha"):
            here += 1
        math = self._number(here)
        if math is None:
            return 0
        self._ordered()[-1].order = math[0]
        return here + math[1] - index

    def _ordered(self) -> list[Asked]:
        return [asked for asked in self._group.quantities if asked.quantity is not None and asked.quantity.order]

    def _number(self, index: int) -> tuple[Math, int] | None:
        """A formula, or a number among words, and its length."""
        if index >= len(self.pieces):
            return None
        piece = self.pieces[index]
        if piece.math is not None:
            return piece.math, 1
        if not piece.text[:1].isdigit():
            return None
        length = 3 if self._text(index + 1) == "/" and self._text(index + 2).isdigit() else 1
        first, last = self.tokens[piece.index], self.tokens[self.pieces[index + length - 1].index]
        return Math(first.span.to(last.span), self.place, False, plain=True), length

    def _take_formula(self, math: Math) -> None:
        if math.illustration:
            self.reading.others.append(Role("illustration", math))
            return
        notations = notations_of(math) or _defined_quantity(math)
        if self.givens and not (notations and look(math) != "definition"):
            self.reading.others.append(Role("given" if look(math) == "definition" else "mention", math))
        elif notations:
            self._take_notations(notations, defined=look(math) == "definition")
        elif self._ordered() and self._ordered()[-1].order is None and _is_order(math):
            self._ordered()[-1].order = math
        elif self._group.link:
            self._take_arguments(math)
        elif self._is_head(math):
            self.reading.others.append(Role("mention", math))
        else:
            self.reading.complete = False

    def _is_head(self, math: Math) -> bool:
        """A letter for the quantity that was just named: "the entropy $H$ of"."""
        heads = [head_text(tree) for tree in statements(math)]
        rows = [asked.quantity for asked in self._group.quantities if asked.quantity]
        return bool(rows) and all(any(head in row.heads for row in rows) for head in heads)

    def _take_arguments(self, math: Math) -> None:
        for part in _arguments_in(math):
            if self.argument.math is not None:
                self._end_argument()
            self.argument.math = part

    def _end_argument(self) -> None:
        if self.argument.math is not None or self.argument.nouns:
            self._group.arguments.append(self.argument)
        self.argument = Argument()

    def _take_notations(self, notations: list[Notation], defined: bool) -> None:
        """A quantity in symbols: what words before it named, or one of its own."""
        self.givens = False
        self._end_argument()
        for notation in notations:
            waiting = [
                a for a in self._group.quantities if a.notation is None and (not a.quantity or a.quantity in notation.rows)
            ]
            if waiting and len(self._group.quantities) == 1:
                waiting[0].notation, waiting[0].defined = notation, defined and not notation.sure
            else:
                if self._group.link:
                    self.reading.groups.append(Group())
                self._group.quantities.append(Asked(None, notation, defined=defined and not notation.sure))
            self.reading.sure = self.reading.sure or notation.sure
        self.reverse = False


def _defined_quantity(math: Math) -> list[Notation]:
    """The quantity on the left of `D(P \\| Q) = \\sum ...`, which the formula defines."""
    found: list[Notation] = []
    if not any(isinstance(tree, Relation) for tree in trees(math)):
        return found
    for tree in statements(math):
        if isinstance(tree, Relation) and set(tree.operators) == {"="} and (left := tree.sides[0]).span is not None:
            found += notations_of(Math(left.span, math.place, False, plain=math.plain))
    return found


def probability_in(math: Math) -> str:
    r"""What a formula for one probability is: p of `p = 0.8`, `\hat{y}`, a number; "" for a list."""
    found = statements(math)
    if len(found) != 1:
        return ""
    match found[0]:
        case Relation(operators=("=",), sides=(name, value)) if could_be_name(name) and name.span:
            return name.span.text if isinstance(value, Number | Quotient | Name) else ""
        case Number() as tree:
            return math.text if tree.span else ""
        case tree:
            return math.text if could_be_name(tree) else ""


def _is_order(math: Math) -> bool:
    r"""`\alpha = 2`, `\alpha \to 1`, `\alpha`."""
    heads = [tree.sides[0] if isinstance(tree, Relation) else tree for tree in trees(math)]
    return len(heads) == 1 and head_text(heads[0]) in ("\\alpha", "α", "q", "\\lambda")


def _arguments_in(math: Math) -> list[Math]:
    """Each name of `P, Q` and of `(P, Q)`; a definition is one."""
    found = statements(math)
    if len(found) == 1 and isinstance(found[0], Bracket) and found[0].kind == "(" and all(map(could_be_name, found[0].items)):
        found = found[0].items
    if len(found) < 2 or any(tree.span is None for tree in found):
        return [math]
    return [Math(tree.span, math.place, False, plain=math.plain) for tree in found if tree.span]
