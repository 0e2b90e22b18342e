r"""Sentences that say what a logarithm is: "logs are binary", "we use base-2 logs", `\log := \log_2`, "(log base 2)".

A sentence is read as a whole, else clause by clause. What speaks of the base of a logarithm and is not read is known as such.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chainrule.inference.literals import number
from chainrule.sheets.forms import NEUTRAL, words
from chainrule.sheets.notation import trees
from chainrule.sheets.quantity_words import Piece, pieces_of
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket, Call, Name, Number, Relation, Subscript, Tree

NAMES = ("log", "lg")
EQUALS = frozenset({"=", ":=", "\\leftarrow", "\\equiv", "\\triangleq", "\\coloneqq", "≡", "\\doteq", "\\coloneq", "≔"})
_PLAIN = r"logarithms?|logs?"
_NUMBERS = {"two": 2, "three": 3, "ten": 10}
_KINDS = {"natural": 0, "naperian": 0, "napierian": 0, "binary": 2, "dyadic": 2, "dual": 2, "ternary": 3} | {
    "common": 10,
    "decimal": 10,
    "decadic": 10,
    "briggsian": 10,
}
_VALUE = r"(?:\d+|e|two|three|ten)"
_BETWEEN = (
    rf"(?:(?:of|for|all|every|each|the|our|these|this|its|a|{_PLAIN}|\\log|is|are|be|being|taken|as|to|always|=|:|\$b|b) )*"
)
_BASE = re.compile(
    rf"\b(?:base|bases|basis) {_BETWEEN}(?P<value>{_VALUE})(?= |$)"
    rf"|(?<!\S)(?P<before>{_VALUE}) (?:as|is) (?:the |a |its |their )?(?:base|basis)(?= |$)"
)
_KIND = re.compile(rf"(?<!\S)(?P<kind>{'|'.join(_KINDS)})(?= |$)")
_NAMED = re.compile(rf"(?<!\S)(?:\\log_(?P<base>\d+|e)|(?P<ln>\\ln|ln)|(?P<symbol>\\log|\\lg|lg)|(?P<plain>{_PLAIN}))(?= |$)")
_SUBSCRIPT = re.compile(r"(?<!\S)(?:log|lg) ?_? ?(?P<base>2|3|10)(?= |$)")
_AROUND = NEUTRAL | words(
    "= := ≡ : ; , . ( ) ! \\ * † ‡ § - – — [ ] \" ' we i you one here throughout everywhere always in on of for to with by from"
    " as at let set write writing read use uses used using take takes taken adopt assume assumed"
    " work works worked compute computed mean means meaning meant denote denotes denoted denoting"
    " is are be being stand stands refers refer refered referred call"
    " called have has understood interpreted short shorthand abbreviation abbreviates abbreviate abbreviated"
    " stated specified"
    " noted said mentioned indicated given otherwise unless convention conventions notation notations usual usually custom"
    " customary standard sheet worksheet homework assignment exam exercise exercises problem problems question questions"
    " course lecture lectures class text document section chapter part parts notes note remark hint reminder recall remember"
    " please keep it they symbol sign letter word function so that thus therefore everything answers answer results result"
    " calculations calculation computations computation every our any such only simply just than whenever wherever where"
    " information theory book"
)
_ASKED = r"(?:asked for|asked|requested|required|wanted|mentioned|specified|stated|given|demanded)"
_UNLESS = re.compile(
    r"(?: ,)? unless"
    rf" (?:(?:bits|nats|another (?:base|unit)|other units|a unit|something else) (?:is|are) (?:explicitly )?{_ASKED}"
    r"|(?:the |a )?(?:question|part|problem|exercise|task) (?:asks for|says|mentions|demands) (?:bits|nats|another unit"
    r"|otherwise))"
    r"(?= \.|$)"
)
_BREAKS = frozenset({",", ";", ":", "(", ")", "and", "while", "whereas", "but", "—", "–", "."})
_DENYING = words(
    "not never except instead if no without don't unlike rather change changing changed convert conversion whether"
)


@dataclass(frozen=True)
class Declared:
    """The base of the logarithm of that name, "log" or "lg"; None is the natural one."""

    name: str
    base: Fraction | None


def unit_of(declared: Declared) -> str:
    """The unit of entropies in that logarithm."""
    base = declared.base
    return "nats" if base is None else "bits" if base == 2 else f"base {base}"


def declared_logarithms(sentence: Sentence, *, aside: bool = False) -> list[Declared]:
    r"""What a sentence says of logarithms. aside: it says other things too, and only an equation, `\log = \log_2`, is one."""
    stated = [found for token in sentence.tokens if isinstance(token, Math) for found in _stated(token)]
    return stated or (_whole(sentence) or [] if aside else _read(sentence)[0])


def only_declares(sentence: Sentence) -> bool:
    r"""Whether a sentence says nothing but what a logarithm is, "Write $\log$ for $\log_2$"."""
    said = {token.text for token in sentence.tokens if not isinstance(token, Math)}
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    every = _whole(sentence) or _each_clause(sentence)
    return bool(every) or (bool(formulas) and said <= _AROUND and all(map(states_logarithm, formulas)))


def _each_clause(sentence: Sentence) -> bool:
    r"""Whether each clause declares something, "\log for \log_{10} and \lg for \log_2", or says of \ln what that is."""
    clauses = [clause for clause in _clauses(_said(sentence)) if clause and clause != ["."]]
    read = [_read_clause(clause) for clause in clauses if not _unless([clause])]
    return any(read) and all(each is not None for each in read)


def is_unread(sentence: Sentence) -> bool:
    """Whether a sentence speaks of the base of a logarithm, and it is not understood which one it is."""
    return not declared_logarithms(sentence) and not _read(sentence)[1]


def states_logarithm(math: Math) -> bool:
    r"""Whether a formula is `\lg = \log_2`, which defines nothing else."""
    return bool(_stated(math))


def _stated(math: Math) -> list[Declared]:
    if math.illustration:
        return []
    match trees(math):
        case (Relation(operators=(operator,), sides=(left, right)),) if operator in EQUALS:
            found = _of_base(left, right)
            return [] if found is None else [found]
        case _:
            return []


def _of_base(left: Tree, right: Tree) -> Declared | None:
    match left, right:
        case Call(function=one, arguments=of), Call(function=other, arguments=again) if of == again:
            return _of_base(one, other)
        case Name(text=name), Subscript(base=Name("log"), items=(Number(value=base),)) if name in NAMES and base > 1:
            return Declared(name, base)
        case Name(text=name), Name("ln") | Subscript(base=Name("log"), items=(Name("e"),)) if name in NAMES:
            return Declared(name, None)
        case _:
            return None


def _whole(sentence: Sentence) -> list[Declared] | None:
    return _read_clause(_said(sentence))


def _read(sentence: Sentence) -> tuple[list[Declared], bool]:
    """What is declared, and whether all that speaks of a base is understood."""
    whole = _whole(sentence)
    if whole is not None:
        return whole, True
    words_said = _said(sentence)
    clauses = [clause for clause in _clauses(words_said) if clause]
    speaking = [clause for clause in clauses if _speaks(clause)]
    if not speaking:
        return [], not _speaks(words_said)
    read = [_read_clause(clause) for clause in speaking]
    denied = _DENYING & {word for clause in clauses for word in clause} - _unless(clauses)
    if denied or any(each is None for each in read):
        return [], False
    return [each for one in read for each in one or ()], True


def _unless(clauses: Sequence[Sequence[str]]) -> set[str]:
    """Words of denial in "if not stated otherwise"."""
    plain = [clause for clause in clauses if {"otherwise", "unless"} & set(clause) and set(clause) <= _AROUND | _DENYING]
    return {word for clause in plain for word in clause}


def _clauses(said: Sequence[str]) -> Iterator[list[str]]:
    clause: list[str] = []
    for word in said:
        if word in _BREAKS:
            yield clause
            clause = []
        else:
            clause.append(word)
    yield clause


def _said(sentence: Sentence) -> list[str]:
    """The words without "unless bits are asked for", as that is always so."""
    return _UNLESS.sub("", " ".join(_spelled(pieces_of(sentence.tokens)))).split()


def _spelled(pieces: Sequence[Piece]) -> Iterator[str]:
    r"""The words, and formulas as far as they are logarithms, `\log`, `\log_2`, `\log x`, or numbers."""
    for piece in pieces:
        yield piece.text if piece.math is None else _spelling(piece.math)


def _spelling(math: Math) -> str:
    found = trees(math)
    return _name_of(found[0]) if len(found) == 1 else "$"


def _name_of(tree: Tree) -> str:
    match tree:
        case Name(text="log" | "lg" | "ln" as text):
            return f"\\{text}"
        case Subscript(base=Name("log"), items=(Number(value=base),)) if base.denominator == 1:
            return f"\\log_{base}"
        case Subscript(base=Name("log"), items=(Name("e"),)):
            return "\\log_e"
        case Call(function=function, arguments=(Name() | Bracket(items=(Name(),)),)):
            return _name_of(function)
        case Name("e" | "b" as text):
            return text
        case _:
            value = number(tree)
            return "$" if value is None else str(value)


def _joined(clause: Sequence[str]) -> str:
    r"""The words, `\log_2` for "log 2"."""
    said = " ".join(clause)
    return said if "base" in clause else _SUBSCRIPT.sub(lambda match: f"\\log_{match['base']}", said)


def _speaks(clause: Sequence[str]) -> bool:
    """Whether words speak of the base of a logarithm."""
    said = _joined(clause)
    named = list(_NAMED.finditer(said))
    based = any(match["base"] or match["ln"] for match in named)
    return (
        _BASE.search(said) is not None
        or (bool(named) and _KIND.search(said) is not None)
        or (based and any(match["symbol"] or match["plain"] for match in named))
        or (bool(named) and bool({"base", "basis", "bases"} & set(clause)))
    )


def _read_clause(clause: Sequence[str]) -> list[Declared] | None:
    """What a clause of nothing else declares; None where it is no such clause."""
    if not _speaks(clause):
        return None
    said = _joined(clause)
    bases = [_value(match["value"] or match["before"]) for match in _BASE.finditer(said)]
    rest = _BASE.sub(" ", said)
    bases += [_KINDS[match["kind"]] for match in _KIND.finditer(rest)]
    rest = _KIND.sub(" ", rest)
    named = list(_NAMED.finditer(said))
    rest = _NAMED.sub(" ", rest)
    if not _AROUND.issuperset(rest.split()):
        return None
    bases += [_value(match["base"]) for match in named if match["base"]]
    natural = [match for match in named if match["ln"]]
    symbols = list(dict.fromkeys(match["symbol"].removeprefix("\\") for match in named if match["symbol"]))
    bases += [0] if natural and (symbols or any(match["plain"] for match in named)) and not bases else []
    if natural and not symbols and set(bases) == {0}:  # it says of ln what that is
        return []
    paired = any(match["base"] for match in named)
    if len(set(bases)) != 1 or (len(symbols) > 1 and paired) or (natural and set(bases) != {0}):
        return None
    (base,) = set(bases)
    return [Declared(name, Fraction(base) if base else None) for name in symbols or ("log",)]


def _value(text: str) -> int:
    return 0 if text == "e" else _NUMBERS.get(text) or int(text)
