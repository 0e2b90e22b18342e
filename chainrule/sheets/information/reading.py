"""A request for entropies and divergences read word by word: what is asked, of which distributions, in which unit."""

from dataclasses import dataclass, field, replace

from chainrule.inference.symbols import key
from chainrule.probability.quantities import QUANTITIES, Quantity
from chainrule.sheets.clauses import Tokens
from chainrule.sheets.forms import NEUTRAL, words
from chainrule.sheets.information.argument_formulas import arguments_in, defined_quantity, is_order, is_tuple, is_value
from chainrule.sheets.information.asked import Argument, Asked, Group, Reading
from chainrule.sheets.information.directions import REVERSE, both_directions, forward_and_reverse
from chainrule.sheets.information.nouns import BESIDE, EACH, NOUNS
from chainrule.sheets.information.qualifiers import length_of_given
from chainrule.sheets.information.remarks import aside_at, turn_at
from chainrule.sheets.information.special_rows import LIMITS, at_infinity, has_joint_row, jointly, row_names
from chainrule.sheets.information.standing import caption_at
from chainrule.sheets.notation import is_number, lists_points, look, statements, trees
from chainrule.sheets.quantity_words import Named, Notation, Piece, head_text, notations_of, pieces_of, quantity_at
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Place, Role
from chainrule.sheets.units import unit_at, units_in
from chainrule.syntax.tree import Relation

_LINKS = words("between of for from on about")
_RELATIVE = (("with", "respect", "to"), ("relative", "to"), ("w.r.t.",), ("w.r.t",), ("wrt",), ("given",), ("under",))
_SEPARATORS = words("to and & , versus vs vs. against from as ( )")
_GIVENS = words("if when using where with assuming via based setting let treating by at")
_TERMS = (("in", "terms", "of"), ("as", "function", "of"))
_AS_FUNCTION = ("as", "a", "function", "of")
_ANOTHER = words("forward average total")
"""Behind a quantity these say something of it only before the name of another one."""
QUOTES = ('"', "“", "”", "'", "‘")
_HAPPENING = words("event outcome result message symbol letter")
_OCCURRING = words("has occurs happens probability")
"""Behind "an event that" these lead to its probability."""
_ENTROPIES = frozenset(("conditional_entropy", "joint_entropy"))
_ROWS = {quantity.name: quantity for quantity in QUANTITIES}


def read_information(tokens: Tokens, place: Place, own: frozenset[str] = frozenset()) -> Reading:
    """The quantities of information theory in a request and what they are of. own: nouns of the text's distributions."""
    reader = _Reader(tokens, place, pieces_of(tokens), NOUNS | own)
    reader.read()
    return reader.reading


@dataclass
class _Reader:
    tokens: Tokens
    place: Place
    pieces: list[Piece]
    nouns: frozenset[str]
    reading: Reading = field(default_factory=Reading)
    argument: Argument = field(default_factory=Argument)
    givens: bool = False
    """What follows says how, or what is given."""
    reverse: bool = False
    """The quantity that comes is the reverse one."""
    placed: Group | None = None
    """The group behind which parameters have values, "for $r = 1/2$ and $s = 1/4$"."""

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
        for group in self.reading.groups:
            group.quantities = [at_infinity(asked) for asked in group.quantities]
        if self.reverse:
            self.reading.complete = False
            self.reading.unknown.append("reverse")

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
            count = sum(len(group.quantities) for group in self.reading.groups)
            self.reading.units.append((count, unit.name))
            return unit.length
        if length := self._each(index):
            return length
        if word == "respectively" and len(units_in(self.pieces)) < 2:  # two are for one quantity each
            return 1
        if word == "as" and self._text(index + 1) == "well" and self._text(index + 2) != "as":
            return 2
        if word in ("each", "every") and self._group.link and not self.givens and self.argument.math is None:
            self.argument.every = True
            return 1
        said = tuple(self._text(index + i) for i in range(4))
        if said[:3] in _TERMS or said == _AS_FUNCTION:
            self._end_argument()
            self.givens = True
            return 3
        if length := self._aside(word, index):
            return length
        named = quantity_at(self.pieces, index)
        if named is not None and not self.givens:
            return self._take_name(named, index)
        if self.givens:
            return self._take_given(word, index)
        if word in REVERSE:
            self.reverse = True
            return 1
        if word == "that" and self._group.link and self._text(index + 1) in _HAPPENING:
            return 1
        if word == "that" and self._text(index + 1) in _LINKS and self._text(index - 1) in ("and", ","):
            return 1
        for_case = word == "case" and "for" in (self._group.link, self.argument.joint)
        if for_case and index + 1 < len(self.pieces) and self.pieces[index + 1].math:
            return 1
        if length := self._link(word, index):
            return length
        if self._group.link and (caption := caption_at(self.tokens, self.pieces[index].index)):
            self.argument.nouns.append(caption)
            return 2
        known = NEUTRAL | BESIDE if not self._group.link else NEUTRAL | self.nouns
        if word in _SEPARATORS and self._group.link:
            self._end_argument()
            self.argument.joint = word
        elif word in _GIVENS:
            self._end_argument()
            self.givens = True
        elif self._group.link and (word in self.nouns or (self.argument.math is None and turn_at(self.pieces, index))):
            self.argument.nouns.append(word)
        elif word not in known or self._asks_more(word, index) or (index > 0 and self.pieces[index].written == "A"):
            self.reading.complete = False
            self.reading.unknown.append(word)
        return 1

    def _take_given(self, word: str, index: int) -> int:
        """A word of what is given or of how it is done: any that is not known may change the value, "at temperature 2"."""
        length = length_of_given(self.tokens, self.pieces, index)
        if not length:
            self.reading.complete = False
            self.reading.unknown.append(word)
        return max(length, 1)

    def _each(self, index: int) -> int:
        """`per symbol` behind a unit: how many pieces it takes, else 0. It says which distribution is meant, if that is one."""
        noun = self._text(index + 1)
        rows = [asked.quantity for asked in self._group.quantities]
        if self._text(index) not in ("per", "/") or noun not in EACH or not self.reading.units or not rows:
            return 0
        if any(asked.is_joint for asked in self._group.quantities):
            return 0
        if all(row is not None and row.distributions == 1 for row in rows) and self.argument.math is None:
            self._group.link = self._group.link or "of"
            self.argument.nouns.append(noun)
        return 2

    def _asks_more(self, word: str, index: int) -> bool:
        """Behind a quantity, "and the forward one" and "and their average" ask for another one, which is not understood."""
        if not self._group.quantities or word not in _ANOTHER:
            return False
        of_all = word != "forward" and self._text(index - 1) == "on"
        return not of_all and quantity_at(self.pieces, index + 1) is None

    def _aside(self, word: str, index: int) -> int:
        """What says more of a quantity than its name and what it is of: how many pieces it takes, else 0."""
        said = aside_at(self.pieces, index, self._group.quantities)
        said = said or self._order(index) or self._both(index) or self._probability(index)
        return said or self._outcome(word, index)

    def _take_name(self, named: Named, index: int) -> int:
        """A quantity named in words; behind arguments it begins a group of its own."""
        self._end_argument()
        if self._group.link or self._group.arguments:
            self.reading.groups.append(Group())
        span = self.tokens[self.pieces[index].index].span
        order = Math(span, self.place, False, name=named.order) if named.order else None
        asked = Asked(named.quantity, plural=named.plural, reverse=self.reverse, binary=named.binary, order=order)
        self._group.quantities.append(asked)
        self.reading.sure, self.reverse = True, False
        return named.length

    def _link(self, word: str, index: int) -> int:
        """`between`, `of`, `with respect to`: what the quantities are of follows. How many pieces it takes, else 0."""
        group = self._group
        if not group.quantities:
            return int(word == "of" and self._text(index - 1) in ("value", "values"))
        for phrase in _RELATIVE:
            if tuple(self._text(index + i) for i in range(len(phrase))) == phrase and group.link:
                self._end_argument()
                self.argument.joint = phrase[0] if len(phrase) == 1 and phrase[0] in ("given", "under") else "relative"
                return len(phrase)
        if word not in _LINKS:
            return 0
        self._end_argument()
        again = self._text(index - 1) in ("and", ",", "that") and len(group.arguments) > 0
        if group.link and again:
            fresh = [replace(asked, notation=None) for asked in group.quantities]
            self.reading.groups.append(Group(fresh, word))
            self.argument.joint = ""
        elif group.link:
            self.argument.joint = word
        else:
            group.link = word
        return 1

    def _both(self, index: int) -> int:
        """`in both directions`, `the forward and the reverse` before a quantity: how many pieces it takes, else 0."""
        length = both_directions(self.pieces, index) or forward_and_reverse(self.pieces, index)
        self.reading.both = self.reading.both or length > 0
        return length

    def _probability(self, index: int) -> int:
        """The number among words that a binary entropy is of, `0.1`: how many pieces it takes, else 0."""
        binary = any(asked.binary for asked in self._group.quantities) and self._group.link and not self.givens
        number = self._number(index) if binary and self.pieces[index].math is None else None
        if number is None or number[0].place != self.place:
            return 0
        self._take_arguments(number[0])
        return number[1]

    def _outcome(self, word: str, index: int) -> int:
        """What a surprisal is of: `outcome A`, `probability 0.25`. How many pieces it takes, else 0."""
        rows = [asked.quantity.name for asked in self._group.quantities if asked.quantity]
        if rows != ["surprisal"] or not self._group.link:
            return 0
        if word == "with" and self._text(index + 1) == "probability":
            return 1
        if word in _HAPPENING and self._text(index + 1) in ("with", "of", "under", "that", "which", "whose", "having"):
            return 1
        if word in ("that", "which", "whose", "having") and self._text(index + 1) in _OCCURRING:
            return 1 + (self._text(index + 1) != "probability")
        nouns = ("outcome", "event", "symbol", "letter", "probability")
        if word not in nouns or index + 1 >= len(self.pieces) or unit_at(self.pieces, index + 1) is not None:
            return 0
        if word == "probability":
            number = self._number(index + 1)
            if number is None or number[0].place != self.place:
                return 0
            self._take_arguments(number[0])
            return 1 + number[1]
        return self._label(index + 1)

    def _label(self, index: int) -> int:
        """The outcome here, `A`, `"3"`, `no rain`: how many pieces it takes with the noun before it, else 0."""
        quoted = self._text(index) in QUOTES
        first = index + quoted
        last = first + (self._text(first) in ("no", "not"))
        if last >= len(self.pieces):
            return 0
        start, token = self.tokens[self.pieces[first].index], self.tokens[self.pieces[last].index]
        if not isinstance(token, Word) or not token.text[:1].isalnum():
            return 0
        self._take_arguments(Math(start.span.to(token.span), self.place, False, plain=True))
        self.argument.labelled = True
        return last + 2 - index + (quoted and self._text(last + 1) in QUOTES)

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
        last = self._ordered()[-1]
        if last.order is None:
            last.order = math[0]
        else:  # "of order 2 of $P$, and of order 3"
            self._group.quantities.append(replace(last, order=math[0]))
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
        if not piece.text.removeprefix("-")[:1].isdigit():
            return None
        length = 3 if self._text(index + 1) == "/" and self._text(index + 2).isdigit() else 1
        first, last = self.tokens[piece.index], self.tokens[self.pieces[index + length - 1].index]
        return Math(first.span.to(last.span), self.place, False, plain=True), length

    def _take_formula(self, math: Math) -> None:
        """Note a formula; what was made of an outcome in words, `R(six)`, is no quantity with this head."""
        if math.illustration:
            self.reading.others.append(Role("illustration", math))
            return
        rows = [asked.quantity.name for asked in self._group.quantities if asked.quantity]
        if self._group.link and math.name and rows == ["surprisal"] and not self.givens:
            self._take_arguments(math)
            return
        notations = notations_of(math) or defined_quantity(math)
        ordered = self._ordered()[-1:] if is_order(math) else []
        if ordered and ordered[0].order is None and look(math) == "definition":
            ordered[0].order = math
        elif self.givens and not (notations and look(math) != "definition"):
            if is_number(math) or lists_points(math):
                self.reading.complete = False
                self.reading.unknown.append(math.text)
            self.reading.others.append(Role("given" if look(math) == "definition" else "mention", math))
        elif notations:
            self._take_notations(notations, defined=look(math) == "definition")
        elif self._ordered() and self._ordered()[-1].order is None and is_order(math):
            self._ordered()[-1].order = math
        elif self.argument.joint == "for" and self._group.arguments and (is_value(math) or self._says_anew(math)):
            self.reading.others.append(Role("given", math))
            self.argument = Argument() if self._says_anew(math) else self.argument
        elif (self._group.link == "for" or self.placed is self._group) and self._is_of_parameter(math):
            self._group.link, self.placed = "", self._group
            self.reading.others.append(Role("given", math))
        elif self._group.link:
            self._take_arguments(math)
        elif self._is_head(math):
            self.reading.others.append(Role("mention", math))
        else:
            self.reading.complete = False

    def _is_of_parameter(self, math: Math) -> bool:
        """Whether "for $p = 0.1$" says what a parameter is: of a number there are surprisals and binary entropies alone."""
        asked = self._group.quantities
        bare = self.argument.math is None and not self.argument.nouns and not self._group.arguments
        of_number = any(each.binary or (each.quantity is not None and each.quantity.name == "surprisal") for each in asked)
        return bare and is_value(math) and not of_number

    def _says_anew(self, math: Math) -> bool:
        """`y = (0, 0, 1)` behind "for", of an argument that was named before."""
        named = {key(tree) for argument in self._group.arguments if argument.math for tree in trees(argument.math)}
        said = trees(math)
        return bool(said) and all(isinstance(tree, Relation) and key(tree.sides[0]) in named for tree in said)

    def _is_head(self, math: Math) -> bool:
        """A letter for the quantity that was just named: "the entropy $H$ of"."""
        heads = [head_text(tree) for tree in statements(math)]
        rows = [asked.quantity for asked in self._group.quantities if asked.quantity]
        return bool(rows) and all(any(head in row.heads for row in rows) for head in heads)

    def _take_arguments(self, math: Math) -> None:
        if is_tuple(math):
            if not all(map(has_joint_row, self._group.quantities)):
                self.reading.complete = False
                self.reading.unknown.append(math.text)
            self._group.quantities = [jointly(asked) for asked in self._group.quantities]
        for part in arguments_in(math):
            if self.argument.math is not None:
                self._end_argument()
            self.argument.math = part

    def _end_argument(self) -> None:
        if self.argument.math is not None or self.argument.nouns or self.argument.every:
            self._group.arguments.append(self.argument)
        self.argument = Argument()

    def _take_notations(self, notations: list[Notation], defined: bool) -> None:
        """A quantity in symbols: what words before it named, or one of its own."""
        self.givens = False
        self._end_argument()
        for notation in notations:
            fitting = {row.name for row in notation.rows}
            waiting = [
                a
                for a in self._group.quantities
                if a.notation is None
                and (not a.quantity or _names_for(a.quantity) & fitting or (a.binary and len(notation.arguments) == 1))
            ]
            if waiting and waiting == self._group.quantities[-1:]:
                waiting[0].notation, waiting[0].defined = notation, defined and not notation.sure
                if waiting[0].quantity and waiting[0].quantity not in notation.rows and not waiting[0].binary:
                    limit = LIMITS.get(waiting[0].quantity.name)
                    waiting[0].quantity = _ROWS[limit] if limit else None
            else:
                if self._group.link:
                    self.reading.groups.append(Group())
                self._group.quantities.append(Asked(None, notation, defined=defined and not notation.sure))
            self.reading.sure = self.reading.sure or notation.sure
        self.reverse = False


def _names_for(quantity: Quantity) -> frozenset[str]:
    """The rows of symbols that words for a quantity may stand before: "the entropy H(Y | X)" is the conditional one."""
    return frozenset(row_names(quantity)) | (_ENTROPIES if quantity.name == "entropy" else frozenset[str]())
