r"""Text to trees: `parse_statements` for whatever stands in a formula or sheet, `parse_expression` for one expression.

>>> from chainrule.source import Source
>>> from chainrule.syntax.vocabulary import Vocabulary
>>> reading = parse_statements(Source("net", "p = \\max(0, n), \\quad r = x +").span(), Vocabulary.of(["max"]), "latex")
>>> len(reading.statements), [diagnostic.code for diagnostic in reading.diagnostics]
(1, ['missing-operand'])
"""

from dataclasses import dataclass

from chainrule.errors import Diagnostic, SyntaxFault
from chainrule.source import Source, Span
from chainrule.syntax.bars import direct_bars
from chainrule.syntax.brackets import conditional
from chainrule.syntax.crosses import read_crosses
from chainrule.syntax.differentials import mark_differentials
from chainrule.syntax.grammar import GRAMMAR
from chainrule.syntax.lists import join_list
from chainrule.syntax.messages import stray, unclosed
from chainrule.syntax.pairing import pair
from chainrule.syntax.questions import with_both_signs, without_doubles, without_questions
from chainrule.syntax.reader import Reader
from chainrule.syntax.repair import closed_at_end, ends_in_list, guess
from chainrule.syntax.segments import Segment, cut, without_layout
from chainrule.syntax.stacks import unstack
from chainrule.syntax.tokenizer import tokenize
from chainrule.syntax.tokens import Notation, Token
from chainrule.syntax.tree import Text, Tree
from chainrule.syntax.vocabulary import Vocabulary
from chainrule.syntax.zero_based import shows_numpy

LONGEST = 200_000


@dataclass(frozen=True)
class Reading:
    """What a text says: its statements in order, and what was wrong, repaired or open to another reading.

    `lost`: the left sides of equations that could not be read, each with the error; nobody may take them for free inputs.
    """

    statements: tuple[Tree, ...]
    diagnostics: tuple[Diagnostic, ...]
    lost: tuple[tuple[Tree, Diagnostic], ...] = ()


@dataclass(frozen=True)
class _Context:
    """What all statements of a text share."""

    source: Source
    vocabulary: Vocabulary
    notation: Notation
    zero_based: bool


def parse_statements(span: Span, vocabulary: Vocabulary, notation: Notation) -> Reading:
    """Every statement that can be read; one that cannot is lost alone, and a diagnostic of severity "error" says why."""
    span = _undelimited(span)
    try:
        _check_length(span)
    except SyntaxFault as fault:
        return Reading((), (fault.diagnostic(),))
    raw, diagnostics = tokenize(span, vocabulary, notation)
    tokens = _prepared(span.source, raw)
    partners = pair(tokens)
    segments, loose = cut(read_crosses(span.source, tokens, partners), partners, notation)
    text = _Context(span.source, vocabulary, notation, shows_numpy(span, notation))
    diagnostics += [_loose(span.source, token).diagnostic() for token in loose]
    statements: list[Tree] = []
    listed: list[Tree] = []
    lost: list[tuple[Tree, Diagnostic]] = []
    for segment in segments:
        if segment.separator != "," or segment.text:
            lost += _take_list(text, listed, statements, diagnostics)
        try:
            listed.append(_read(text, segment, diagnostics))
        except SyntaxFault as fault:
            diagnostics.append(fault.diagnostic())
            lost += _left_side(text, segment, fault)
            lost += _take_list(text, listed, statements, diagnostics)
    lost += _take_list(text, listed, statements, diagnostics)
    diagnostics.sort(key=lambda diagnostic: diagnostic.span.start if diagnostic.span else 0)
    return Reading(tuple(statements), tuple(diagnostics), tuple(lost))


def parse_expression(span: Span, vocabulary: Vocabulary, notation: Notation) -> Tree:
    """The one expression, relation or list entry that the whole span is; SyntaxFault if it is anything else."""
    span = _undelimited(span)
    _check_length(span)
    tokens = _prepared(span.source, tokenize(span, vocabulary, notation)[0])
    if not tokens:
        raise SyntaxFault("empty-formula", "there is no formula here", span)
    tokens = read_crosses(span.source, tokens, pair(tokens))
    text = _Context(span.source, vocabulary, notation, shows_numpy(span, notation))
    return _parse(text, without_layout(tokens, aligned=False), [])


def _prepared(source: Source, tokens: list[Token]) -> list[Token]:
    """The tokens with every sign one token that says how it is meant."""
    return direct_bars(unstack(without_doubles(with_both_signs(source, without_questions(source, tokens)))))


def _undelimited(span: Span) -> Span:
    r"""Without the dollar signs or `\[ .. \]` around the whole."""
    text = span.text
    body = text.strip()
    for opener, closer in (("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)")):
        inner = body[len(opener) : -len(closer)]
        single = opener not in inner.replace("\\\\", "  ")  # a row break is no bracket
        if body.startswith(opener) and body.endswith(closer) and len(body) > len(opener + closer) and single:
            start = span.start + text.index(opener) + len(opener)
            return Span(span.source, start, start + len(inner))
    return span


def _check_length(span: Span) -> None:
    if span.end - span.start > LONGEST:
        message = f"the formula has {span.end - span.start:,} characters; {LONGEST:,} are read at most"
        raise SyntaxFault("too-long", message, Span(span.source, span.start, span.start + 1), "give it in parts")


def _loose(source: Source, token: Token) -> SyntaxFault:
    return unclosed(source, token) if token.kind == "begin" else stray(source, token)


def _take_list(
    text: _Context, listed: list[Tree], statements: list[Tree], diagnostics: list[Diagnostic]
) -> list[tuple[Tree, Diagnostic]]:
    """End a list of statements between commas; what of it is lost."""
    if not listed:
        return []
    joined, said, lost = join_list(listed, text.vocabulary.running)
    statements += joined
    diagnostics += said
    listed.clear()
    return lost


def _read(text: _Context, segment: Segment, diagnostics: list[Diagnostic]) -> Tree:
    if segment.text:
        return Text(segment.text.text, span=Span(text.source, segment.text.start, segment.text.end))
    try:
        return _parse(text, segment.tokens, diagnostics)
    except SyntaxFault as fault:
        tree = _closed(text, segment.tokens, fault, diagnostics)
        if tree is None:
            raise
        return tree


def _closed(text: _Context, tokens: list[Token], fault: SyntaxFault, diagnostics: list[Diagnostic]) -> Tree | None:
    """The statement with its unclosed list closed, and a warning; None where that would be more than one guess."""
    closed = closed_at_end(tokens, fault)
    if closed is None:
        return None
    said: list[Diagnostic] = []
    try:
        tree = _parse(text, closed, said)
    except SyntaxFault:
        return None
    if not ends_in_list(tree):
        return None
    diagnostics += [*said, guess(fault, closed[-1])]
    return tree


def _left_side(text: _Context, segment: Segment, fault: SyntaxFault) -> list[tuple[Tree, Diagnostic]]:
    """What stands before the first equals sign of a statement that could not be read, if that much can be."""
    sign = next((i for i, token in enumerate(segment.tokens) if token.text == "="), None)
    if not sign:
        return []
    try:
        return [(_parse(text, segment.tokens[:sign], []), fault.diagnostic())]
    except SyntaxFault:
        return []


def _parse(text: _Context, tokens: list[Token], diagnostics: list[Diagnostic]) -> Tree:
    """One statement; its warnings are added only if it can be read, and its notes only once a text."""
    partners = pair(tokens)
    tokens = mark_differentials(tokens, partners)
    reader = Reader(text.source, tokens, partners, text.vocabulary, text.notation, GRAMMAR, text.zero_based)
    tree = conditional(reader, reader.expression())
    if reader.token.kind != "stop":
        raise stray(text.source, reader.token)
    said = {diagnostic.code for diagnostic in diagnostics if diagnostic.severity == "note"}
    diagnostics += [diagnostic for diagnostic in reader.diagnostics if diagnostic.code not in said]
    return tree
