"""Texts -> the network of a problem: every formula of it is read, in order."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from chainrule.errors import Diagnostic, NameFault, SyntaxFault
from chainrule.graph.facts import Fact
from chainrule.inference.build import build_network
from chainrule.inference.declarations import Added, Declaration, Declared, Ranked, read_facts
from chainrule.inference.distributions.parametrisations import Spoken
from chainrule.inference.fact_words import facts_of_words
from chainrule.inference.joined_words import doubtful, with_words
from chainrule.inference.literals import read_literal
from chainrule.inference.network import Network
from chainrule.inference.statements import Claim, Given, heads
from chainrule.inference.symbols import could_be_defined, could_be_name, key, span_text
from chainrule.inference.vocabulary import vocabulary
from chainrule.solving.information.units import to_base
from chainrule.solving.reparametrised import differentiated_by, reparametrised
from chainrule.solving.said_anew import without_said_anew
from chainrule.source import Source, Span
from chainrule.syntax.notation import notation_of
from chainrule.syntax.parser import Notation, Reading, parse_expression, parse_statements
from chainrule.syntax.patterns import WIDTH
from chainrule.syntax.symbols import OTHERS
from chainrule.syntax.tree import Bracket, Derivative, Dots, Juxtaposition, Quotient, Relation, Text, Tree, walk

if TYPE_CHECKING:
    from chainrule.sheets import Math, Task
    from chainrule.sheets.listed_examples import Examples
    from chainrule.sheets.pieces import Pieces

_PARTING = "|".join(map(re.escape, OTHERS["\\quad"].split()))
SPACE = re.compile(rf"(?:\s|~|\\!|{WIDTH}|(?:{_PARTING})(?![A-Za-z]))*")


@dataclass
class ProblemText:
    """The formulas of one problem as trees; `trees` finds those of one span again. spoken: sentences on parametrisations.

    running: letters of outcomes, `p(x)`, of which `x = 0, 1` lists the values. differentiated: by which names the task at
    hand does that; by_task: those of each task.
    """

    statements: list[Tree] = field(default_factory=list[Tree])
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])
    broken: dict[Tree, Diagnostic] = field(default_factory=dict[Tree, Diagnostic])
    trees: dict[Span, tuple[Tree, ...]] = field(default_factory=dict[Span, tuple[Tree, ...]])
    facts: list[Declared | Ranked | Added | Claim] = field(default_factory=list[Declared | Ranked | Added | Claim])
    more: tuple[Given | Declaration, ...] = ()
    spoken: list[Spoken] = field(default_factory=list[Spoken])
    running: frozenset[str] = frozenset()
    differentiated: frozenset[Tree] = frozenset()
    by_task: Mapping[Span, frozenset[Tree]] = field(default_factory=dict[Span, frozenset[Tree]])

    def add(self, span: Span, notation: Notation, *, defines: bool = True) -> None:
        """Read one formula. `defines`: what it says holds; an example in passing only has its mistakes reported."""
        known = replace(vocabulary(), running=self.running) if self.running else vocabulary()
        reading = parse_statements(span, known, notation)
        self.diagnostics.extend(reading.diagnostics)
        if defines:
            self.diagnostics.extend(_left_over(reading.statements))
        self.trees[span] = reading.statements
        if defines:
            self.statements.extend(reading.statements)
            self.broken.update(_lost(reading))

    def state(self, math: Span, fact: Fact | str | int, sentence: Span) -> None:
        """Take up what a sentence says of the names in a formula that was read: a fact, a rank, or where it is added."""
        for statement in self.trees.get(math, ()):
            left = statement.sides[0] if isinstance(statement, Relation) else statement
            names = left.items if isinstance(left, Bracket) else (left,)
            for name in (replace(key(name), span=name.span) for name in names if could_be_name(name)):
                match fact:
                    case Fact():
                        self.facts.append(Declared(key(name), fact, sentence, "warning"))
                    case str():
                        self.facts.append(Ranked(name, fact, sentence))
                    case int():
                        self.facts.append(Added(name, fact, sentence))

    def put_before(self, other: "ProblemText") -> None:
        """Let what another text says hold too, but for the names that this one defines itself."""
        stating = [statement for statement in self.statements if not read_facts(statement)]
        own = {name for statement in stating for name in heads(statement)} | set(self.broken)
        kept = [statement for statement in other.statements if not own & set(heads(statement))]
        kept = without_said_anew(kept, stating)
        formulas = (s for s in (*stating, *kept) if not could_be_name(s) and not read_facts(s))
        used = {key(part) for statement in formulas for part in walk(statement) if could_be_name(part)}
        self.statements[:0] = [s for s in kept if all(fact.unknown is None or fact.name in used for fact in read_facts(s))]
        self.diagnostics[:0] = other.diagnostics
        self.broken = {name: fault for name, fault in other.broken.items() if name not in own} | self.broken
        said = frozenset(name for each in self.spoken for name in each.families)
        self.spoken += [each for each in other.spoken if not each.families & said]
        self.facts[:0] = [fact for fact in other.facts if isinstance(fact, Claim) or fact.name in used]

    def network(self, more: Iterable[Given | Declaration] = (), asked: Iterable[Tree] = ()) -> Network:
        """The network of everything read so far. more: what is given elsewhere. asked: derivatives that are asked for there."""
        self.more = tuple(more)
        by = self.differentiated | differentiated_by(asked)
        given = (each.name for each in self.more if isinstance(each, Given))
        ever = frozenset(name for names in self.by_task.values() for name in names)
        own = reparametrised(self.statements, by, given, ever)
        network = build_network([*own.statements, *asked], self.more, self.broken, self.facts, self.spoken)
        return own.mark(network, by)

    def join(self, pieces: "Pieces") -> None:
        """Put a definition by cases in the place of the formulas that it was given in."""
        first, *others = pieces.formulas
        *before, old = self.trees[first.span]
        if pieces.fault is not None:
            self.broken[pieces.name] = pieces.fault
            self.diagnostics.append(pieces.fault)
            self.statements = [each for each in self.statements if each is not old]
            return
        gone = {id(tree) for math in others for tree in self.trees.get(math.span, ())}
        self.trees[first.span] = (*before, pieces.definition)
        kept = (each for each in self.statements if id(each) not in gone)
        self.statements = [pieces.definition if each is old else each for each in kept]

    def take_up(self, examples: "Examples") -> None:
        """Put the arrays of listed examples in the place of the formulas that they stood in."""
        gone = {id(tree) for math in examples.taken for tree in self.trees.get(math.span, ())}
        self.statements = [each for each in self.statements if id(each) not in gone] + examples.statements
        self.diagnostics.extend(examples.diagnostics)

    def set_base(self, spans: Iterable[Span], name: str, base: Fraction) -> None:
        r"""Read the `\log` or `\lg` of these formulas as the logarithm to a base that the text says."""
        self._change(spans, lambda tree: to_base(tree, name, base))

    def join_words(self, words: Sequence[str]) -> None:
        """Read letters side by side as one of these names, of which some equation defines each, `num = x + sigy`."""
        before = self._slashes()
        self._change(tuple(self.trees), lambda tree: with_words(tree, words))
        after = {span.start for span in self._slashes()}
        whole = {span for span in before if span.start not in after}
        self.diagnostics[:] = [d for d in self.diagnostics if d.code != "ambiguous-slash" or d.span not in whole]
        self.diagnostics.extend(doubtful(self.statements, words))

    def _slashes(self) -> set[Span]:
        """The quotients that are written with a slash and have a factor right behind them."""
        parts = (part for trees in self.trees.values() for tree in trees for part in walk(tree))
        pairs = (pair for part in parts if isinstance(part, Juxtaposition) for pair in pairwise(part.items))
        return {first.span for first, _ in pairs if isinstance(first, Quotient) and first.inline and first.span}

    def _change(self, spans: Iterable[Span], change: Callable[[Tree], Tree]) -> None:
        """Rewrite the formulas of these spans, wherever they are kept."""
        changed: dict[int, Tree] = {}
        for span in spans:
            trees = self.trees.get(span, ())
            self.trees[span] = tuple(map(change, trees))
            changed |= {id(old): new for old, new in zip(trees, self.trees[span], strict=True)}
        self.statements = [changed.get(id(statement), statement) for statement in self.statements]

    def refuse_derived(self, maths: "Iterable[Math]") -> None:
        """Raise NameFault `derived-variable` where formulas use a variable whose distribution is told in words not followed."""
        for tree in (tree for math in maths for tree in self.trees.get(math.span, ())):
            for fault in (self.broken.get(key(part)) for part in walk(tree) if could_be_name(part)):
                if fault is not None and fault.code in ("derived-variable", "description-not-understood"):
                    raise NameFault(fault.code, fault.message, fault.span, fault.hint)

    def require_used(self, task: "Task") -> None:
        """Raise NameFault `unused-given` where nothing uses what a task gives, so that its answer would be the old one."""
        asked = [tree for math in task.math("asked") for tree in self.trees.get(math.span, ())]
        for tree in (tree for math in task.math("given", "point") for tree in self.trees.get(math.span, ())):
            if not isinstance(tree, Relation):
                continue
            others = [part for each in (*self.statements, *asked) if each != tree for part in walk(each)]
            if could_be_name(tree.sides[0]) and key(tree.sides[0]) not in {key(part) for part in others if could_be_name(part)}:
                message = f"nothing in the text depends on {span_text(tree.sides[0].span)}, so that this would change nothing"
                raise NameFault("unused-given", message, tree.span, "write the distribution with this letter")

    def forget(self, code: str, tree: Tree) -> None:
        """Take back what was said of a formula that turned out to mean something else."""
        said = [d for d in self.diagnostics if d.code == code and d.span and tree.span and tree.span.start <= d.span.start]
        over = [d for d in said if d.span and tree.span and d.span.end <= tree.span.end]
        self.diagnostics[:] = [d for d in self.diagnostics if d not in over]

    def at_point(self, points: Sequence[Tree]) -> "ProblemText":
        """This text with values that hold for one task in the place of those that it has for the same names."""
        names = {key(name) for point in points for name in heads(point)}
        kept = [s for s in self.statements if not (_is_given(s) and names & set(heads(s)))]
        more = tuple(m for m in self.more if m.name not in names)
        return replace(self, statements=[*kept, *points], more=more)


def _is_given(tree: Tree) -> bool:
    return isinstance(tree, Relation) and len(tree.sides) == 2 and read_literal(tree.sides[1]) is not None


def _left_over(statements: Sequence[Tree]) -> list[Diagnostic]:
    r"""Expressions that nothing but space, or the comma of `0,5`, parts from the equation before them: `f = x^2 \quad y`.

    Behind a comma and a space they are values to compute.
    """
    found: list[Diagnostic] = []
    for before, tree in pairwise(statements):
        if not isinstance(before, Relation) or isinstance(tree, Relation | Text | Derivative | Dots):
            continue
        if before.span is None or tree.span is None:
            continue
        between = tree.span.source.text[before.span.end : tree.span.start]
        if SPACE.fullmatch(between) or between == ",":
            message = f"{span_text(tree.span)} stands beside an equation and is not used"
            hint = "write it into the equation, or in a formula of its own"
            found.append(Diagnostic("error", "left-over", message, tree.span, hint))
    return found


def _lost(reading: Reading) -> dict[Tree, Diagnostic]:
    """Every name that an unreadable equation would have defined."""
    found: dict[Tree, Diagnostic] = {}
    for tree, fault in reading.lost:
        found.update(dict.fromkeys(heads(Relation(("=",), (tree, tree))), fault))
    return found


def read_symbol(text: str, where: str) -> Tree:
    """A name that a person typed outside a sheet, in either notation. Raises NameFault for anything else."""
    source = Source(where, text)
    tree = parse_expression(source.span(), vocabulary(), notation_of(text))
    if not could_be_defined(tree):
        raise NameFault("not-a-name", f"{text} is not a name", source.span())
    return key(tree)


def read_variable(text: str, where: str) -> Tree:
    """What a person differentiates by: a name, or a part of one, `A_{*,j}`. Raises SyntaxFault where it cannot be read."""
    source = Source(where, text)
    return parse_expression(source.span(), vocabulary(), notation_of(text))


def read_givens(at: Mapping[str, str]) -> list[Given]:
    """Values typed outside a sheet, `{"y": "1", "x": "[1, -1]"}`. Raises SyntaxFault where one is not made of numbers."""
    return [_given(symbol, text) for symbol, text in at.items()]


def _given(symbol: str, text: str) -> Given:
    source = Source("--at", text)
    literal = read_literal(parse_expression(source.span(), vocabulary(), notation_of(text)))
    if literal is None:
        raise SyntaxFault("not-a-value", f"{text} is not a number or a list of numbers", source.span())
    return Given(read_symbol(symbol, "--at"), literal, None)


def read_declared(texts: Iterable[str]) -> list[Declared | Claim]:
    """Facts typed outside a sheet: "A symmetric", "W is orthogonal", "sum(t) = 1". Raises SyntaxFault for what is none."""
    return [fact for text in texts for fact in _declared(Source("--fact", text))]


def _declared(source: Source) -> list[Declared | Claim]:
    found = _in_words(source)
    if found:
        return list(found)
    notation = notation_of(source.text)
    (statement, *more) = parse_statements(source.span(), vocabulary(), notation).statements or (Text(source.text),)
    facts = read_facts(statement, primes=notation == "plain")
    if facts and not more:
        return list(facts)
    if more or not isinstance(statement, Relation) or set(statement.operators) != {"="}:
        hint = "write A symmetric, W orthogonal, X positive definite, u unit vector, or an equation such as sum(t) = 1"
        raise SyntaxFault("not-a-fact", f"{source.text} is not a fact", source.span(), hint)
    first, *rest = statement.sides
    return [Claim(first, side, source.span(), identity=True, declared=True) for side in rest]


def _in_words(source: Source) -> list[Declared]:
    """ "A, B symmetric", "W is orthogonal", "t sums to one": names, then words."""
    words = source.text.split()
    for at in range(1, len(words)):
        first, *rest = (word.lower() for word in words[at:])
        facts = facts_of_words(rest if first in ("is", "are") else [first, *rest])
        if facts and first not in ("a", "an", "and"):  # the a of `b and a positive` is a name
            names = [name for name in " ".join(words[:at]).replace(" and ", ",").split(",") if name.strip()]
            keys = [read_symbol(name.strip(), source.name) for name in names]
            return [Declared(key, fact, source.span()) for key in keys for fact in Fact if fact in facts]
    return []


def read_declarations(shapes: Mapping[str, tuple[str, ...]]) -> list[Declaration]:
    """Shapes typed outside a sheet, `{"A": ("m", "3")}`."""
    return [
        Declaration(read_symbol(symbol, "--shape"), tuple(int(d) if d.isdigit() else d for d in shape), None)
        for symbol, shape in shapes.items()
    ]
