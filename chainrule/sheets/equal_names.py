r"""Cases in which two letters of the text are the same, "the derivative vanishes at $q = p$", "compute $f$ for $z = x$".

Such an equation holds for what is said or asked there alone: elsewhere the letters are as free as they were.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chainrule.inference.literals import is_literal, number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.forms import words
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math, Role, Task
from chainrule.source import Span
from chainrule.syntax.tree import Derivative, Relation, Subscript, Superscript, Tree, walk

_CASES = words("at when if iff whenever unless once until for case")
_SUPPOSED = words("when if iff whenever unless once until")
_BETWEEN = words(
    "the a an point points special case cases particular only we you one set have take , and that which in or both"
)
_SUPPOSING = words("where let suppose assume")
_REFUSED = frozenset(("unknown", "stray"))
_MEASURED = frozenset(("value", "information", "claim", "symmetry", "comparison"))


def with_equal_names(tasks: Sequence[Task], sentences: Iterable[Sentence]) -> list[Task]:
    """The tasks, each with the cases that its own words say as its point; refused where a point is none for what is asked."""
    listed = list(sentences)
    cases = list(_cases(listed))
    found = [_in_case(task, [math for _, math in cases if _is_said_in(math, task)]) for task in tasks]
    computed = _computed(listed)
    return [_supposing(task, listed, computed) if task.form == "unknown" else task for task in found]


def spans_of_cases(sentences: Iterable[Sentence], tasks: Sequence[Task]) -> set[Span]:
    """The places of such equations, and of numbers for what is computed in what is only said, "we stop when $L = 0.1$"."""
    listed = list(sentences)
    computed = _computed(listed)
    stating = [each for each in listed if not any(_asks(each, task) for task in tasks)]
    said = ((each, i, t) for each in stating for i, t in enumerate(each.tokens) if isinstance(t, Math))
    numbers = {t.span for each, i, t in said if _gives(t, computed) and _stands_behind(each, i, _SUPPOSED)}
    return numbers | {math.span for _, math in _cases(listed)}


def _computed(sentences: Sequence[Sentence]) -> set[Tree]:
    """The names that formulas define by others."""
    found = (tree for each in sentences for t in each.tokens if isinstance(t, Math) for tree in statements(t))
    return {key(tree.sides[0]) for tree in found if isinstance(tree, Relation) and _defines(tree)}


def _gives(math: Math, names: set[Tree]) -> bool:
    """Whether a formula says a number for one of these names."""
    equations = (tree for tree in statements(math) if isinstance(tree, Relation) and tree.operators == ("=",))
    return any(key(tree.sides[0]) in names and is_literal(tree.sides[1]) for tree in equations)


def _asks(sentence: Sentence, task: Task) -> bool:
    return sentence.span.start <= task.span.start < sentence.span.end


def _supposing(task: Task, sentences: Sequence[Sentence], computed: set[Tree]) -> Task:
    """A question that is not understood, "what happens when $x = 0$", "for which $x$ is $f = 0$": what it supposes holds for
    it alone.
    """
    own = (each for each in sentences if _asks(each, task))
    inside = (
        (each, i, t) for each in own for i, t in enumerate(each.tokens) if task.span.start <= t.span.start < task.span.end
    )
    equations = [(each, i, t) for each, i, t in inside if isinstance(t, Math) and _is_equation(t)]
    said = [t for each, i, t in equations if _gives(t, computed) or _stands_behind(each, i, _SUPPOSED)]
    kept = tuple(role for role in task.roles if all(role.math.span != math.span for math in said))
    return replace(task, roles=(*kept, *(Role("point", math) for math in said)), again=True) if said else task


def _is_said_in(math: Math, task: Task) -> bool:
    """Whether a formula stands among the words of a task, or says something of it before them."""
    inside = task.span.source == math.span.source and task.span.start <= math.span.start < task.span.end
    return inside or any(role.math.span == math.span for role in task.roles)


def _in_case(task: Task, own: Sequence[Math]) -> Task:
    spans = {math.span for math in own}
    if not spans or task.form in _REFUSED:
        return task
    formulas = [part for math in task.math("asked", "wrt") for tree in statements(math) for part in walk(tree)]
    written = [name for part in formulas if isinstance(part, Derivative) for name in part.by]
    spoken = [tree for math in task.math("wrt") for tree in statements(math)]
    by = {key(part) for tree in (*written, *spoken) for part in walk(tree) if could_be_name(part)}
    names = {name for math in own for tree in statements(math) for name in _names(tree)}
    asked = any(role.math.span in spans for role in task.roles if role.name == "asked")
    if asked or not (task.form in _MEASURED or (task.form == "derivative" and by and by.isdisjoint(names))):
        said = ", ".join(math.text for math in own)
        return replace(
            task, form="unknown", note=f"whether {said} holds before or after it is differentiated is not understood"
        )
    kept = tuple(role for role in task.roles if role.math.span not in spans)
    return replace(task, roles=(*kept, *(Role("point", math) for math in own)), again=True)


def _cases(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Math]]:
    """Equations of two names behind "at", "when" and their like; both are used elsewhere, and the first is not defined there.

    Indices, "for $i = j$", are no quantities.
    """
    formulas = [token for each in sentences for token in each.tokens if isinstance(token, Math)]
    used: Counter[Tree] = Counter()
    defined: set[Tree] = set()
    for math in formulas:
        found = statements(math)
        parts = (part for tree in found for part in walk(tree) if isinstance(part, Subscript | Superscript))
        below = (part.items if isinstance(part, Subscript) else (part.exponent,) for part in parts)
        defined |= {key(name) for items in below for item in items for name in walk(item) if could_be_name(name)}
        used.update({key(part) for tree in found for part in walk(tree) if could_be_name(part)})
        defined |= {key(tree.sides[0]) for tree in found if isinstance(tree, Relation) and _defines(tree)}
    for sentence in sentences:
        for index, token in enumerate(sentence.tokens):
            if not isinstance(token, Math) or token.illustration or not _stands_behind(sentence, index):
                continue
            names = [name for tree in statements(token) for name in _names(tree)]
            if names and all(used[name] > 1 for name in names) and defined.isdisjoint(names[::2]):
                yield sentence, token


def _names(tree: Tree) -> tuple[Tree, ...]:
    """Both sides of `q = p`."""
    match tree:
        case Relation(operators=("=",), sides=(left, right)) if could_be_name(left) and could_be_name(right):
            return (key(left), key(right)) if key(left) != key(right) else ()
        case _:
            return ()


def _defines(tree: Relation) -> bool:
    """Whether it is an equation of a name with neither a number nor a name on the right."""
    match tree:
        case Relation(operators=("=" | ":=",), sides=(left, right)):
            return could_be_name(left) and not could_be_name(right) and number(right) is None
        case _:
            return False


def _stands_behind(sentence: Sentence, index: int, leading: frozenset[str] = _CASES) -> bool:
    """Whether such a word leads to this formula, be it the first one behind it or not."""
    supposes = isinstance(first := sentence.tokens[0], Word) and first.text in _SUPPOSING
    for token in reversed(sentence.tokens[:index]):
        word = token.text if isinstance(token, Word) else "$" if _is_equation(token) else ""
        if word in _CASES:
            return word in leading and not (word == "for" and supposes)
        if word != "$" and word not in _BETWEEN:
            return False
    return False


def _is_equation(math: Math) -> bool:
    return any(isinstance(tree, Relation) for tree in statements(math))
