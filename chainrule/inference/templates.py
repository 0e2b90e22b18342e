r"""Definitions with an index, `h_t = \tanh(W h_{t-1} + U x_t)` and `a^{(l)} = \sigma(z^{(l)})`, written out for its numbers.

The numbers come from a range in the text, `t = 1, \ldots, 3`, else from the members that the text asks for, back to one that
it gives. Where there are none, the definition is one step: `h_t` is computed from the inputs `h_{t-1}` and `x_t`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from chainrule.errors import Diagnostic, ShapeError
from chainrule.inference.layers import arrays_of_entries, is_marked, layered, mark_layers, unmark_layers
from chainrule.inference.literals import read_literal
from chainrule.inference.members import Member, Range, indexed_names, members, put_index
from chainrule.inference.names import MOST_PARTS
from chainrule.inference.ranges import range_of
from chainrule.inference.statements import head_parts
from chainrule.inference.steps import Line, base_of, defined_name, explicit_names, mark_steps
from chainrule.inference.symbols import key, span_text
from chainrule.syntax.tree import BigOperator, Derivative, Name, Relation, Sum, Tree, transform, walk

EQUALS = frozenset({"=", ":="})
MOST_STEPS = MOST_TERMS = 64


@dataclass(frozen=True)
class Unrolled:
    """The statements with definitions written out. names: further names that are known by themselves, `h_{t-1}`, or stand
    for another, `h_T` for `h_3`; broken: those that cannot be told."""

    statements: list[Tree]
    names: dict[Tree, Tree] = field(default_factory=dict[Tree, Tree])
    broken: dict[Tree, Diagnostic] = field(default_factory=dict[Tree, Diagnostic])
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])


def unroll(statements: Sequence[Tree], integers: Mapping[Tree, int]) -> Unrolled:
    """Write out every definition with an index. integers: names that are given as whole numbers."""
    bases = layered(statements)
    lines = mark_steps([mark_layers(statement, bases) for statement in statements])
    result = Unrolled([])
    for letter in dict.fromkeys(letter for line in lines for letter in sorted(line.letters, key=repr)):
        lines = _Unroller(lines, letter, integers, result).run()
    entries = bool(arrays_of_entries(bases))
    result.statements.extend(unmark_layers(line.tree, bracketed=entries) for line in lines)
    own = {key(part) for line in lines for part in walk(line.tree) if is_marked(part)}
    own_names = {unmark_layers(name): unmark_layers(name, bracketed=entries) for name in own} if bases else {}
    result.names.update({name: name for name in own_names.values()} | own_names if not entries else own_names)
    for name in list(result.names) if bases else ():
        result.names[unmark_layers(name)] = unmark_layers(result.names.pop(name), bracketed=entries)
    if bases:
        said = ", ".join(span_text(base.span) for base in bases)
        message = f"the superscripts of {said} count layers and are no powers"
        result.diagnostics.append(Diagnostic("note", "layers", message, next(iter(bases)).span))
    return result


@dataclass
class _Template:
    """A definition with the index; `range` are its numbers, None where they are demanded one by one.

    families: that of its name, and for an entry `h_i^{(t)}` that of the whole.
    """

    at: int
    tree: Relation
    member: Member
    families: tuple[Tree, ...]
    range: Range | None
    inside: tuple[Member, ...]


class _Unroller:
    """One letter of all definitions."""

    def __init__(self, lines: list[Line], letter: Tree, integers: Mapping[Tree, int], result: Unrolled):
        self.lines, self.letter, self.result = lines, letter, result
        self.integers = integers
        found = {i: range_of(line.tree, integers) for i, line in enumerate(lines)}
        self.ranges = {i: each[1] for i, each in found.items() if each is not None and each[0] == letter}
        self.templates = list(self._templates())
        self.families: dict[Tree, list[_Template]] = {}
        for template in self.templates:
            for family in template.families:
                self.families.setdefault(family, []).append(template)
        own = {template.at for template in self.templates}
        self.others = [(i, line.tree) for i, line in enumerate(lines) if i not in own and i not in self.ranges]
        names = [name for _, tree in self.others for name in explicit_names(tree)]
        self.explicit = {(m.family, m.number) for name in names for m in members(name) if m.letter is None}
        self.made: dict[int, set[int]] = {template.at: set() for template in self.templates}
        self.spent = 0

    def names(self, tree: Tree) -> Iterator[tuple[Tree, Mapping[Tree, Range]]]:
        """The names with indices in a tree, and what the sums around them run over."""
        return indexed_names(tree, self.integers)

    def _templates(self) -> Iterator[_Template]:
        for i, line in enumerate(self.lines):
            name = defined_name(line.tree)
            if self.letter not in line.letters or name is None or not isinstance(line.tree, Relation):
                continue
            names = [each for side in line.tree.sides[1:] for each in self.names(side)]
            inside = tuple(m for name_in, bound in names if self.letter not in bound for m in members(name_in))
            own = [member for member in members(name) if member.letter == self.letter]
            if own:
                yield _Template(i, line.tree, own[0], tuple(m.family for m in own), self._range(i), inside)

    def _range(self, at: int) -> Range | None:
        """The range behind a definition, else the last one before it."""
        behind = [i for i in self.ranges if i > at]
        before = [i for i in self.ranges if i < at]
        return self.ranges[min(behind)] if behind else self.ranges[max(before)] if before else None

    def run(self) -> list[Line]:
        if not self.templates:
            return self.lines
        demanded = list(self._demanded())
        fits = self._make(demanded)
        numbered = fits and any(self.made.values())
        cells = not fits or not numbered or self._asked_by_letter()
        self.shifts = self._shifts() if cells and fits else set[int]()
        self._tell_names(cells)
        if not fits:
            return self.lines
        if numbered:
            self._tell_range()
        elif any(self._is_step(template) for template in self.templates):
            self._tell_cell()
        return self._written(cells)

    def _is_step(self, template: _Template) -> bool:
        """Whether it is computed from members of another step."""
        own = [m for m in template.inside if m.letter == self.letter and m.family in self.families]
        return any(m.number != template.member.number for m in own)

    def _demanded(self) -> Iterator[tuple[Tree, int]]:
        """The members that the text asks for, and those that its numbered inputs feed."""
        for _, tree in self.others:
            for name, bound in self.names(tree):
                for member in members(name):
                    if member.family in self.families:
                        yield from ((member.family, n) for n in self._numbers(member, bound))
        inputs: dict[Tree, set[int]] = {}
        for family, number in self.explicit:
            inputs.setdefault(family, set()).add(number)
        for _, tree in self.others:
            length = _length(tree)
            name = defined_name(tree)
            if length and name is not None:
                inputs.setdefault(key(name), set()).update(range(1, length + 1))
        for template in self.templates:
            for m in template.inside:
                if m.letter == self.letter and m.family not in self.families and template.range is None:
                    numbers = inputs.get(m.family) or inputs.get(base_of(m.family) or m.family, set())
                    yield from ((template.member.family, n - m.number + template.member.number) for n in sorted(numbers))

    def _numbers(self, member: Member, bound: Mapping[Tree, Range]) -> Iterator[int]:
        if member.letter is None:
            yield member.number
        elif member.letter in bound:
            yield from (n + member.number for n in bound[member.letter][:MOST_PARTS])
        elif member.letter in self.integers:
            yield self.integers[member.letter] + member.number

    def _make(self, demanded: list[tuple[Tree, int]]) -> bool:
        """Find every value that each definition is wanted for. False where they are too many."""
        waiting = list(demanded)
        for template in self.templates:
            if template.range is not None:
                if len(template.range) > MOST_PARTS:
                    return self._refuse_size(template)
                waiting += [(template.member.family, value + template.member.number) for value in template.range]
        seen: set[tuple[Tree, int]] = set()
        while waiting:
            family, number = waiting.pop()
            if (family, number) in seen or (family, number) in self.explicit:
                continue
            seen.add((family, number))
            self._refuse_beyond(family, number)
            for template in self.families.get(family, ()):
                value = number - template.member.number
                if (number < 1 or self._is_behind(template, value)) if template.range is None else value not in template.range:
                    continue
                self.made[template.at].add(value)
                self.spent += sum(1 for _ in walk(template.tree))
                if self.spent > MOST_PARTS:
                    return self._refuse_size(template)
                for m in template.inside:
                    if m.family in self.families and m.letter in (self.letter, None):
                        waiting.append((m.family, m.number + (value if m.letter else 0)))
        return True

    def _is_behind(self, template: _Template, value: int) -> bool:
        r"""Whether a definition that goes up, `\delta^{(l)} = W^{(l+1)\top} \delta^{(l+1)}`, is past the last number."""
        own = [m for m in template.inside if m.family in self.families and m.letter == self.letter]
        if all(m.number <= template.member.number for m in own):
            return False
        for m in template.inside:
            numbers = [number for family, number in self.explicit if family == m.family and family not in self.families]
            if m.letter == self.letter and numbers and value + m.number > max(numbers):
                return True
        return value + template.member.number > max((number for _, number in self.explicit), default=0)

    def _refuse_beyond(self, family: Tree, number: int) -> None:
        """Say of a member that it lies behind the end of every range that its definitions have."""
        templates = self.families[family]
        ends = [max(t.range) + t.member.number if t.range else None for t in templates]
        if any(end is None or number <= end for end in ends):
            return
        for name, bound in (each for _, tree in self.others for each in self.names(tree)):
            for m in members(name):
                if m.family == family and number in self._numbers(m, bound) and key(name) not in self.result.broken:
                    letter, last = span_text(self.letter.span), max(max(t.range) for t in templates if t.range)
                    message = f"there is no {span_text(name.span)}: {letter} goes to {last}"
                    error = Diagnostic("error", "index-out-of-range", message, name.span, f"let {letter} go farther")
                    self.result.diagnostics.append(error)
                    self.result.broken[key(name)] = error

    def _refuse_size(self, template: _Template) -> bool:
        text = span_text(template.tree.span)
        error = Diagnostic("error", "too-large", f"{text} becomes too large when it is written out", template.tree.span)
        self.result.diagnostics.append(error)
        for each in self.templates:
            name = key(head_parts(each.tree.sides[0])[0])
            self.result.broken[name] = error
        for _, tree in self.others:
            for name, _ in self.names(tree):
                if any(m.family in self.families for m in members(name)):
                    self.result.broken[key(name)] = error
        return False

    def _shifts(self) -> set[int]:
        """The steps that are wanted as they stand: this one, and those to the farthest that the text speaks of."""
        shifts = {0}
        for _, tree in self.others:
            for name, bound in self.names(tree):
                for m in members(name):
                    for template in self.families.get(m.family, ()) if m.letter == self.letter not in bound else ():
                        away = max(-MOST_STEPS, min(MOST_STEPS, m.number - template.member.number))
                        shifts.update(range(1, away + 1) if away > 0 else range(away + 1, 0))
        return shifts

    def _asked_by_letter(self) -> bool:
        """Whether a formula or a derivative that is no definition with the index speaks of `h_t` itself."""
        for _, tree in self.others:
            asks = defined_name(tree) is not None or any(isinstance(part, Derivative) for part in walk(tree))
            for name, bound in self.names(tree) if asks else ():
                if any(m.letter == self.letter not in bound and m.family in self.families for m in members(name)):
                    return self.letter not in self.integers
        return False

    def _tell_names(self, cells: bool) -> None:
        """Names that could be taken for something else: `h_{t-1}`, `h_T`; and those that nothing says the number of."""
        for line in self.lines:
            for name, bound in self.names(line.tree):
                for m in members(name):
                    if cells and self._is_own(m, bound):
                        self.result.names[key(name)] = key(name)
                    elif m.letter is not None and m.letter != self.letter and m.family in self.families:
                        self._tell_end(name, m, bound)

    def _is_own(self, member: Member, bound: Mapping[Tree, Range]) -> bool:
        """Whether a member with the letter has to be told to be a name; `x_t` is one unless x is an array."""
        told = member.number != 0 or member.layer or member.family in self.families
        return member.letter == self.letter and member.letter not in bound and told

    def _tell_end(self, name: Tree, member: Member, bound: Mapping[Tree, Range]) -> None:
        letter = member.letter
        if letter in bound or letter is None:
            return
        if letter in self.integers:
            self.result.names[key(name)] = key(put_index(name, letter, self.integers[letter]))
        elif isinstance(letter, Name) and letter.text.isupper():
            message = f"nothing says which number {span_text(letter.span)} is, so {span_text(name.span)} is not known"
            hint = f"give it a value: {span_text(letter.span)} = 2"
            error = Diagnostic("error", "open-range", message, name.span, hint)
            self.result.diagnostics.append(error)
            self.result.broken[key(name)] = error

    def _tell_range(self) -> None:
        numbers = sorted({n for made in self.made.values() for n in made})
        letter = span_text(self.letter.span)
        listed = ", ".join(map(str, numbers)) if len(numbers) < 4 else f"{numbers[0]}, ..., {numbers[-1]}"
        message = f"the definitions with the index {letter} are written out for {letter} = {listed}"
        self.result.diagnostics.append(Diagnostic("note", "written-out", message, self.templates[0].tree.span))

    def _tell_cell(self) -> None:
        letter = span_text(self.letter.span)
        message = f"{letter} has no numbers here, so this is one step; what it takes from the step before is an input"
        hint = f"say how far it goes, {letter} = 1, \\ldots, 3, to have it written out"
        self.result.diagnostics.append(Diagnostic("note", "one-step", message, self.templates[0].tree.span, hint))

    def _written(self, cells: bool) -> list[Line]:
        """All lines, the definitions written out in groups of those that stand together."""
        written: list[Line] = []
        group: list[_Template] = []
        by_line = {template.at: template for template in self.templates}

        def flush() -> None:
            written.extend(self._cell(t.at, shift) for shift in sorted(self.shifts) for t in group)
            each = sorted((value, t.at) for t in group for value in self.made[t.at])
            written.extend(self._instance(at, value) for value, at in each)
            group.clear()

        for i, line in enumerate(self.lines):
            if i in by_line:
                group.append(by_line[i])
            elif i not in self.ranges:
                flush()
                written.append(line)
        flush()
        return [replace(line, tree=self._summed(line.tree)) for line in self._declared(written, cells)]

    def _cell(self, at: int, shift: int) -> Line:
        """The definition as it stands, some steps on."""
        line = self.lines[at]
        tree = put_index(line.tree, self.letter, shift, self.letter) if shift else line.tree
        names = [key(name) for name, bound in self.names(tree) if any(self._is_own(m, bound) for m in members(name))]
        self.result.names.update(zip(names, names, strict=True))
        return Line(tree, line.letters - {self.letter})

    def _instance(self, at: int, value: int) -> Line:
        line = self.lines[at]
        tree = put_index(line.tree, self.letter, value)
        return Line(tree, line.letters - {self.letter})

    def _summed(self, tree: Tree) -> Tree:
        """The tree with the sums over members that were written out written out too."""

        def change(part: Tree) -> Tree:
            if not isinstance(part, BigOperator) or part.operator != "sum":
                return part
            for name, bound in self.names(part):
                for m in members(name):
                    if m.letter in bound and m.family in self.families:
                        return self._terms(part, m.letter, bound[m.letter]) if m.letter is not None else part
            return part

        return transform(tree, change)

    def _terms(self, tree: BigOperator, letter: Tree, numbers: Range) -> Tree:
        if not 0 < len(numbers) <= MOST_TERMS:
            return tree
        terms = tuple(put_index(tree.body, letter, n) for n in numbers)
        return Sum((1,) * len(terms), terms, span=tree.span)

    def _declared(self, written: list[Line], cells: bool) -> Iterator[Line]:
        """The lines with `h_t \\in \\mathbb{R}^n` said of every member."""
        used = {m: None for line in written for name, _ in self.names(line.tree) for m in members(name)}
        for line in written:
            tree = line.tree
            own = None
            if isinstance(tree, Relation) and tree.operators == ("\\in",):
                own = next((m for m in members(tree.sides[0]) if m.letter == self.letter), None)
            if own is None:
                yield line
                continue
            for m in used:
                if m.family == own.family and m.letter is None and (m.family, m.number) not in self.explicit:
                    yield Line(put_index(tree, self.letter, m.number - own.number))
                elif m.family == own.family and m.letter == self.letter and cells:
                    yield Line(put_index(tree, self.letter, m.number - own.number, self.letter))


def _length(statement: Tree) -> int:
    """How many entries the list has that an equation gives; 0 for anything else."""
    if defined_name(statement) is None or not isinstance(statement, Relation):
        return 0
    try:
        literal = read_literal(statement.sides[-1])
    except ShapeError:
        return 0  # it is reported where the statement is sorted
    return len(literal.rows) if literal is not None and len(literal.rows[0]) == 1 and len(literal.rows) > 1 else 0
