r"""Words that make another derivative or another entry of what is written, and are not carried out: "with $z$ held fixed" where
z is computed, "where $W$ is constrained to be diagonal", "indices start at 0". The tasks that they are about are refused.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from chainrule.inference.literals import read_literal
from chainrule.inference.symbols import TRANSPOSES, could_be_name, key
from chainrule.sheets.clauses import Request, Tokens, trimmed
from chainrule.sheets.forms import DERIVATIVE_NOUNS
from chainrule.sheets.notation import look, statements
from chainrule.sheets.sentences import Sentence
from chainrule.sheets.sheet import Math, Task
from chainrule.syntax.tree import (
    Bracket,
    Juxtaposition,
    Matrix,
    Name,
    Number,
    Relation,
    Subscript,
    Superscript,
    Tree,
    transform,
    walk,
)

_AS = r"(?:as )?(?:being )?(?:an? )?(?:fixed|constants?|frozen)(?: number| value)?"
_LIST = r"\$(?:(?: ,)?(?: and)? \$)*"
_HOLDING = r"(?:holding|keeping|treating|regarding|considering|viewing|taking|hold|keep|treat|regard|consider)"
_IS_HELD = r"(?:(?:is|are|be|being|to be) )?(?:held|kept|treated|regarded|considered|viewed|taken)"
_HELD = re.compile(
    rf"{_LIST} (?:{_IS_HELD}|stays?|remains?) (?:to be )?{_AS}\b"
    rf"|\b{_HOLDING} {_LIST} {_AS}\b"
    rf"|\b(?:with|for|at) (?:an? )?(?:fixed|constant|frozen) {_LIST}"
    rf"|\bwithout (?:differentiating|backpropagating) through {_LIST}"
)
_WHILE_HELD = re.compile(
    rf"(?:[(,] )?(?:(?:and|while|when|by) )?{_HOLDING} {_LIST} {_AS}(?![^ ])(?: \))?"
    rf"|(?:[(,] )?(?:with|where|while|when) {_LIST} (?:{_IS_HELD} )?{_AS}(?![^ ])(?: \))?"
    rf"|(?<![^ ])(?:with|for|at) (?:an? )?(?:fixed|constant) {_LIST}"
)
"""What a request for a derivative says of letters that are held: where nothing computes them, they are."""
_STRUCTURE = (
    r"(?:diagonal|symmetric|antisymmetric|skew-symmetric|triangular|upper triangular|lower triangular|orthogonal|orthonormal"
    r"|unitary|sparse|tied|shared|equal|low-rank|rank|positive definite|circulant|toeplitz|banded)"
)
_CONSTRAINED = re.compile(
    rf"\b(?:constrained|restricted|forced|required|limited) to (?:be|stay|remain)?(?: (?:an?|of|the|the same))* ?{_STRUCTURE}\b"
)
_FROM_ZERO = (
    r"(?:(?:start|begin|run|go|count|number|index)(?:s|ed|ing|ning|red|bered)? (?:\w+ )?(?:from|at|with) (?:0|zero|\$0\$)"
    r"|(?:are )?(?:counted|numbered|indexed) (?:starting )?(?:from|at|with) (?:0|zero|\$0\$))"
)
_PLACES = re.compile(
    rf"\b(?:indices|indexes|index|indexing|entries|components|elements|arrays|vectors|we) (?:\w+ ){{0,3}}?{_FROM_ZERO}"
    r"|\b(?:zero|0)[- ]based(?: \w+)? (?:indices|indexing|indexes)\b|\b(?:zero|0)[- ]indexed\b"
)
_ZERO_BASED = re.compile(r"\b(?:zero|0)[- ](?:based|indexed)\b")
_UPHILL = re.compile(r"\b(?:maximi[sz](?:e|es|ed|ing|ation)|gradient[- ]ascent)\b(?!.*\bminimi[sz])")
"""What is done by steps against those of descent, unless it is said as what is minimised."""
_POINT = re.compile(
    r"\bat (?:an? |the |that |this )?(?:points? )?(?:where |with |given by |of |for which )?\$(?:(?: ,| and)* \$)*"
)
_DERIVATIVES = frozenset(("derivative", "backward", "descent", "express-backprop", "express-intermediate", "claim"))
_NUMBERS = frozenset((Name("\\pi"), Name("e")))
_REFUSED = frozenset(("unknown", "stray"))


def without_restricted(tasks: Sequence[Task], sentences: Iterable[Sentence]) -> list[Task]:
    """The tasks, those unknown that such words are about: all where indices are meant, else the derivatives."""
    listed = list(sentences)
    found = list(tasks)
    for sentence in listed:
        said = _spelled(sentence)
        if _CONSTRAINED.search(said) or any(_is_computed(math, listed) for math in _held(sentence, said)):
            found = refused(found, sentence, lambda task: task.form in _DERIVATIVES)
        if any(_follows(math, listed) for math in _placed(sentence, said)):
            span = sentence.span
            found = refused(found, sentence, lambda task, of=span: of.start <= task.span.start < of.end)
        if _UPHILL.search(said):
            found = refused(found, sentence, lambda task: task.form == "descent")
        numbered = _PLACES.search(said) is not None
        if (numbered and any(_entries(listed))) or (_ZERO_BASED.search(said) and any(_picked(listed))):
            found = refused(found, sentence, lambda _: True)
    return found


def without_held(request: Request) -> Request:
    """A request for a derivative without "keeping $p$ fixed", of which `without_restricted` says whether it can be."""
    derived = request.verb == "differentiate" or any(
        look(token) == "derivatives" if isinstance(token, Math) else token.text in DERIVATIVE_NOUNS for token in request.tokens
    )
    return replace(request, tokens=_let(request.tokens), before=_let(request.before)) if derived else request


def _let(tokens: Tokens) -> Tokens:
    said = " ".join("$" if isinstance(token, Math) else token.text for token in tokens)
    kept = list(tokens)
    for match in reversed([*_WHILE_HELD.finditer(said)]):
        first = said[: match.start()].count(" ")
        del kept[first : first + match.group().count(" ") + 1]
    return trimmed(tuple(kept))


def refused(tasks: Sequence[Task], sentence: Sentence, concerns: Callable[[Task], bool]) -> list[Task]:
    """The tasks of the part of a sentence, or of all parts where it is in none, unknown where it is about them."""
    part = sentence.place.part
    text = " ".join(sentence.span.text.split())
    note = f'what "{text if len(text) <= 80 else text[:77] + "..."}" says is not understood'

    def is_meant(task: Task) -> bool:
        within = part is None or task.part == part or (task.part or "").startswith(f"{part}.")
        return within and task.form not in _REFUSED and concerns(task)

    return [replace(task, form="unknown", note=note) if is_meant(task) else task for task in tasks]


def _spelled(sentence: Sentence) -> str:
    words = [
        "$0$" if isinstance(t, Math) and t.text.strip() == "0" else "$" if isinstance(t, Math) else t.text
        for t in sentence.tokens
    ]
    return " ".join(words)


def _held(sentence: Sentence, said: str) -> Iterator[Math]:
    """The formulas of a sentence that are held fixed."""
    formulas = [token for token in sentence.tokens if isinstance(token, Math) and token.text.strip() != "0"]
    for match in _HELD.finditer(said):
        at = re.sub(r"\$0\$", "", said[: match.start()]).count("$")
        yield from formulas[at : at + match.group().count("$")]


def _placed(sentence: Sentence, said: str) -> Iterator[Math]:
    """The formulas of a sentence that say where something is asked for: "at the point where $x = 1$ and $y = 2$"."""
    said = said.replace("$0$", "$")
    formulas = [token for token in sentence.tokens if isinstance(token, Math)]
    for match in _POINT.finditer(said):
        before = said[: match.start()].count("$")
        yield from formulas[before : before + match.group().count("$")]


def _follows(math: Math, sentences: Sequence[Sentence]) -> bool:
    """Whether a number of a point is computed from what the text speaks of, `y = 2x`: there it is no definition of y."""
    sides = [tree.sides for tree in statements(math) if isinstance(tree, Relation) and could_be_name(tree.sides[0])]
    chains = [values[-1:] if all(map(could_be_name, values[:-1])) else values for _, *values in sides]  # `x = y = 1`
    read = (transform(side, _unturned) for values in chains for side in values)
    names = {key(part) for side in read for part in walk(side) if could_be_name(part)}
    others = (token for each in sentences for token in each.tokens if isinstance(token, Math) and token is not math)
    told = {key(part) for other in others for tree in statements(other) for part in walk(tree) if could_be_name(part)}
    return not {name for name in names if name not in _NUMBERS}.isdisjoint(told)


def _is_computed(math: Math, sentences: Sequence[Sentence]) -> bool:
    """Whether a formula is about a name that an equation of the text computes from others."""
    names = {key(t.sides[0] if isinstance(t, Relation) else t) for t in statements(math)}
    return any(
        isinstance(tree, Relation) and set(tree.operators) == {"="} and key(tree.sides[0]) in names
        and read_literal(tree.sides[-1]) is None and any(map(could_be_name, walk(tree.sides[-1])))
        for tree in _statements(sentences)
    )  # fmt: skip


def _statements(sentences: Sequence[Sentence]) -> Iterator[Tree]:
    for token in (token for sentence in sentences for token in sentence.tokens):
        if isinstance(token, Math) and not token.plain:
            yield from statements(token)


def _heads(sentences: Sequence[Sentence]) -> dict[Tree, Tree]:
    """The names that equations define, with what is on their right."""
    found = [t for t in _statements(sentences) if isinstance(t, Relation) and t.operators[:1] == ("=",)]
    return {key(tree.sides[0]): tree.sides[-1] for tree in found}


def _entries(sentences: Sequence[Sentence]) -> Iterator[Tree]:
    """The entries by number of arrays that the text gives, `x_1` of `x = (1, 2, 3)`."""
    heads = _heads(sentences)
    for part in (part for tree in _statements(sentences) for part in walk(tree)):
        if not isinstance(part, Subscript) or key(part) in heads:
            continue
        numbered = any(isinstance(item, Number | Juxtaposition) for item in part.items)
        if numbered and isinstance(heads.get(key(part.base)), Bracket | Matrix):
            yield part


def _picked(sentences: Sequence[Sentence]) -> Iterator[Tree]:
    r"""The entries that a letter with a number picks, `\hat y_c` with `c = 1`."""
    heads = _heads(sentences)
    numbered = {name for name, value in heads.items() if isinstance(name, Name) and isinstance(value, Number)}
    for part in (part for tree in _statements(sentences) for part in walk(tree)):
        if isinstance(part, Subscript) and key(part) not in heads and any(key(item) in numbered for item in part.items):
            yield part


def _unturned(part: Tree) -> Tree:
    """The list of `(1, 2)^T`, whose T is no name."""
    return part.base if isinstance(part, Superscript) and part.exponent in TRANSPOSES else part
