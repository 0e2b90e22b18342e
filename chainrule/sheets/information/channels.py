r"""Channels in words: "a binary symmetric channel with crossover probability 0.1 and uniform input" is `P(Y \mid X) = \{...\}`.

The input is X and the output Y where the words give no letters. In a question "the input", "the output" and "the capacity of
the channel" are put as formulas; the capacity of these channels has a closed form, that of a Z-channel in terms of the best
probability of a 1 at the output.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import exp, log

from chainrule.errors import Diagnostic
from chainrule.sheets.information.chances import Chance, chance_at
from chainrule.sheets.information.family_phrases import complement
from chainrule.sheets.information.listing import listed, placed
from chainrule.sheets.information.outcome_labels import number_label
from chainrule.sheets.information.outcome_lists import clauses_at, with_rest
from chainrule.sheets.quantity_words import Piece, mentions_quantity, pieces_of
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math, Stated
from chainrule.source import Span

_KINDS = {
    "symmetric": (
        r"(?:binary symmetric channel(?: \( bsc \))?|bsc|(?:(?:noisy|binary|communication|memoryless) )*channel"
        r"(?= (?:that |which )?(?:randomly )?(?:flips|inverts) (?:each|every|a|the|any) (?:transmitted |sent |input )?"
        r"(?:bit|symbol)\b))"
    ),
    "erasure": (
        r"(?:(?:binary )?erasure channel(?: \( bec \))?|bec|(?:(?:noisy|binary|communication|memoryless) )*channel"
        r"(?= (?:that |which )?(?:randomly )?erases (?:each|every|a|the|any) (?:transmitted |sent |input )?bit\b))"
    ),
    "z": r"(?:binary )?z channel",
}
_AROUND = (
    r"(?:with|of|whose|having|has|and|the|a|an|its|that|which|crossover|flip|flipping|bit|error|transition|erasure|failure"
    r"|probability|rate|parameter|equal|to|is|flips?|erases?|flipped|inverted|erased|are|where|each|every|symbols?|inputs?|output|bits|independently|1|0|turns|turned|into"
    r"|received|as|it|them|inverts?|randomly|transmitted|sent|any|always|transmits|sends|delivers"
    r"|correctly|perfectly|faithfully|changes|zero|one|but|never|passes|an?|,|=|\(|:)"
)
_OF_OTHERS = {"symmetric": r" eras(?:es?|ed)\b", "erasure": r" (?:flip|invert)", "z": r" (?:eras(?:es?|ed)|flip|invert)\b"}
"""What a channel of the kind does not do."""
_BEFORE_VALUE = frozenset(("probability", "rate", "parameter", "is", "=", "of", "(", ":", "to"))
_INPUT = r"(?:(?:channel )?inputs?(?: (?:bits?|symbols?))?(?: \$)?)"
_FAIR = r"(?:uniform|uniformly distributed|equiprobable|equally likely|(?:a )?fair(?: bits?)?|unbiased)"
_ZERO_OR_ONE = r"(?:0 (?:or|and) 1|zero (?:or|and) one|1 (?:or|and) 0)"
_UNIFORM = re.compile(
    r"(?: (?:and|with|for|under|where|if|when|,|a|an|the|both|two))*"
    rf" (?:{_FAIR} {_INPUT}"
    rf"(?: distribution)?|(?:both )?{_INPUT} (?:is|are|were|being)"
    rf" (?:(?:made|chosen|instead|now) )*(?:{_FAIR}|used equally often"
    rf"|(?:either )?{_ZERO_OR_ONE} (?:each )?with (?:equal|the same) probability"
    rf"|{_ZERO_OR_ONE} with probability (?:1 / 2|0.5|half) each)"
    rf"|{_FAIR} (?:bits?|symbols?)(?: \\$)? (?:is|are) (?:sent|transmitted|put in|fed in)"
    rf"|(?:both )?{_INPUT} {_ZERO_OR_ONE} (?:is|are|were|being) (?:equiprobable|equally likely|used equally often))(?= |$)"
    r"(?! (?:only|on|at|during|when|whenever|if|unless|except|while|until|after|before|given|in (?!bits|nats|base|terms)))"
)
"""What is uniform in a case alone, "only at night", is not uniform."""
_LETTERS = {
    "input": (
        r" (?:channel )?input (?:is |be |called )*(?P<at>\$)",
        r" (?:bit|symbol|digit|signal|message|letter) (?P<at>\$)(?= (?:[^.;]* )?(?:sent|transmitted|passed|put|fed)(?: |$))",
        r" (?:sends|transmits|sending|transmitting) (?:a |the )?(?:bit |symbol )?(?P<at>\$)",
    ),
    "output": (
        r" (?:channel )?output (?:is |be |called )*(?P<at>\$)",
        r" (?:sees|observes|receives|obtains|reads|gets) (?:a |the )?(?:bit |symbol )?(?P<at>\$)",
        r" (?P<at>\$) (?:be|is|denotes?) the (?:received|observed|channel)(?: (?:bit|symbol|letter|output))?(?= |$)",
        r" (?P<at>\$) (?:be|is|denotes?) the output(?= |$)",
        r" (?:received|observed|delivered) (?:as |bit |symbol |signal |letter )*(?:is )?(?P<at>\$)",
    ),
}
_SENDING = re.compile(
    r" (?:(?:the|each|its) )?(?:(?:channel )?input(?: bit| symbol)?|source|sender|transmitter|(?:transmitted|sent) bit)"
    r" (?:is|equals|sends|emits|produces|transmits|generates|puts in)(?: (?:either )?(?:a|an|the))?(?: (?:bit|symbol|digit))?"
    r"(?= (?:0|1|zero|one|\$) (?:with|has) )"
)
"""Who puts in a bit: what follows are those that are put in, with their probabilities."""
_CODED = re.compile(r" (?:\w*coded|\w*coding|coders?|codes?|encoders?|repeat\w*|repetition|parity|twice|times)(?= |$)")
"""With one of these what a source sends may not be what the channel gets."""
_ENDS = ("", ",", ".", ";", ":", ")", "and", "so", "through", "over", "into")
_CHAINED = re.compile(
    r" (?:in (?:a row|series|cascade|tandem|succession)|cascad\w*|followed by|(?:another|second|identical) channel"
    r"|(?:two|three|four|several|both) (?:\w+ )?channels)(?= |$)"
)
"""With one of these a bit may pass through more than the one channel."""
_LETTER = {side: [re.compile(each) for each in patterns] for side, patterns in _LETTERS.items()}
_NAMED_HERE = re.compile(r"(?P<letter>[A-Z])(?:\s*(?:=|\\in(?![a-z])).*)?")
_VALUE = re.compile(r"(?P<letter>[A-Za-z])\s*=\s*(?P<value>[01])")
_INTACT = re.compile(
    r"(?: ,)?(?: and| but)? (?:otherwise|else) (?:it )?(?:is )?(?:delivers?|delivered|transmits?|transmitted|passes|passed"
    r"|leaves|left|arrives|received|gets through|comes through|forwards|forwarded)(?: it| them| the (?:bit|symbol|input))?"
    r"(?: on)?(?: intact| correctly| unchanged| unaltered| perfectly| faithfully| untouched| through"
    r"| without (?:an? )?errors?)*(?= |$)"
)
"""What happens to what is not erased, which the kind of the channel says."""
_DONE = re.compile(
    r" (?:flips?|flipped|flipping|erases?|erased|inverts?|inverted|corrupts?|corrupted|garbles?|garbled|loses|lost"
    r"|drops?|dropped|changes|changed|swaps?|swapped|reverses|reversed|crossover|noise|noisy|errors?)(?= |$)"
)
"""What a channel may do besides."""
_SIDE = re.compile(r" (?:(?:the|its) )?(?:channel )?(?P<side>input|output)(?: \$)?(?= |$)")
_CAPACITY = re.compile(
    r" (?:(?:the|its) )?(?:(?:channel|shannon|information) )?capacity"
    r"(?: (?:of|for) (?:(?:the|this|that|such a) )?channel)?(?= |$)"
)
_UNIT = re.compile(r" (?:nats?|base|log\w*|everything|all)(?= |$)")
"""Words that may say in which unit amounts of information are; where there is none a capacity is in bits."""
_TURNED = re.compile(
    r" (?:0|zero) (?:is )?(?:turned|received|flipped|changed|turns|read)"
    r"| (?:turns|turning|flips|flipping|changes|changing|corrupts|confuses) (?:an? |the |each |every )?(?:0|zero)"
    r"(?: (?:into|to)| with|$)"
)


@dataclass(frozen=True)
class _Channel:
    kind: str
    chance: Chance
    input: str
    output: str


@dataclass(frozen=True)
class Channels:
    """The sentences with formulas for what is asked of a channel, what is stated of it, and what is said."""

    sentences: tuple[Sentence, ...]
    stated: tuple[Stated, ...] = ()
    notes: tuple[Diagnostic, ...] = ()


def with_channels(sentences: Sequence[Sentence]) -> Channels:
    """The channel that a text describes; as it is where it describes none, or several."""
    found = [(at, *place) for at, sentence in enumerate(sentences) for place in _described(pieces_of(sentence.tokens))]
    if len(found) != 1:
        return Channels(tuple(sentences))
    at, kind, chance, start, end = found[0]
    texts = [_said(pieces_of(sentence.tokens)) for sentence in sentences]
    if any(map(_CHAINED.search, texts)) or _does_more(sentences, texts, at, end):
        return Channels(tuple(sentences))
    names = [_name(sentences, texts, side, default) for side, default in (("input", "X"), ("output", "Y"))]
    channel = _Channel(kind, chance, *names)
    span = span_of(_tokens(sentences[at], start, end))
    turned = kind == "z" and any(_TURNED.search(text) for text in texts)
    stated = [_stated(sentences[at], span, f"P({names[1]} \\mid {names[0]})", _rows(channel, turned=turned))]
    notes = [Diagnostic("note", "channel-read", _message(channel, turned=turned), span)]
    read: list[Sentence] = []
    coded = any(map(_CODED.search, texts))
    for place, sentence in enumerate(sentences):
        cut = [(start, end, "")] if place == at else []
        uniform = _UNIFORM.search(texts[place])
        if uniform is not None:
            cut.append((*_pieces_at(texts[place], uniform), ""))
            said = span_of(_tokens(sentence, *cut[-1][:2]))
            stated.append(_stated(sentence, said, f"P({names[0]})", "\\{0: 1/2, 1: 1/2\\}"))
        unit = " bits" not in texts[place] and not any(_UNIT.search(text) for text in texts)
        put = _put(sentence, [*cut, *_asked(sentence, texts[place], channel, cut)], in_bits=unit)
        put, given = _with_input(put, channel) if not coded else (put, None)
        stated += [given] if given is not None else []
        read.append(put)
    return Channels(tuple(read), tuple(stated), tuple(notes))


def _with_input(sentence: Sentence, channel: _Channel) -> tuple[Sentence, Stated | None]:
    """What is put in, "the source sends $x = 0$ with probability 0.6 and 1 otherwise", as a statement."""
    pieces = pieces_of(sentence.tokens)
    match = _SENDING.search(_said(pieces)) if sentence.end != "?" else None
    if match is None:
        return sentence, None
    start, end = _pieces_at(_said(pieces), match)
    first, behind = pieces[start].index, pieces[end].index
    tokens = tuple(_as_value(token, channel) for token in sentence.tokens[behind:])
    shown = pieces_of(tokens)
    clauses = clauses_at(shown, 0)
    rows = [(number_label(label), chance) for label, chance in with_rest(clauses) or ()]
    if sorted(label for label, _ in rows) != ["0", "1"]:
        return sentence, None
    if _text(shown, clauses[-1].end) not in _ENDS:
        return sentence, None
    last = behind + shown[clauses[-1].end - 1].index + 1
    span = span_of(sentence.tokens[first:last])
    taken = tuple(
        old for old, new in zip(sentence.tokens[behind:], tokens, strict=True) if old != new and isinstance(old, Math)
    )
    labels, chances = zip(*sorted(rows), strict=True)
    stated = replace(_stated(sentence, span, f"P({channel.input})", listed(labels, chances).removeprefix("= ")), taken=taken)
    name = Math(span, sentence.place, False, name=channel.input)
    return replace(sentence, tokens=(*sentence.tokens[:first], name, *sentence.tokens[last:])), stated


def _as_value(token: Word | Math, channel: _Channel) -> Word | Math:
    """The 0 of `x = 0`, x the letter of the input."""
    value = _VALUE.fullmatch(token.text.strip()) if isinstance(token, Math) else None
    if value is None or value["letter"].upper() != channel.input or not isinstance(token, Math):
        return token
    return replace(token, name=value["value"])


def _said(pieces: Sequence[Piece]) -> str:
    """The words, each behind a space."""
    return "".join(f" {_word(piece) or ('$' if piece.math is not None else '-')}" for piece in pieces)


def _text(pieces: Sequence[Piece], index: int) -> str:
    return _word(pieces[index]) if index < len(pieces) else ""


def _word(piece: Piece) -> str:
    """The word; of a formula that is a bit this."""
    return piece.text or (text if piece.math is not None and (text := piece.math.text.strip()) in ("0", "1") else "")


def _described(pieces: Sequence[Piece]) -> list[tuple[str, Chance, int, int]]:
    """The kind of each channel with its one parameter, and the pieces that say so."""
    text = _said(pieces)
    found: list[tuple[str, Chance, int, int]] = []
    for kind, pattern in _KINDS.items():
        for match in re.finditer(rf"(?<!erasure)(?<!symmetric) {pattern}(?= |$)", text):
            end = text[: match.end()].count(" ")
            here = end
            while here < len(pieces) and (re.fullmatch(_AROUND, _word(pieces[here]) or "-") or _is_named(pieces, here)):
                here += 1
                into = pieces[here - 1].text == "to" and pieces[here - 2].text not in ("equal", "equals", "set")
                chance = chance_at(pieces, here) if pieces[here - 1].text in _BEFORE_VALUE and not into else None
                other = re.search(_OF_OTHERS[kind], _said(pieces[end:here])) is not None
                if chance is not None and chance.text not in ("a",) and not other:
                    closed = here + chance.length
                    closed += closed < len(pieces) and pieces[closed].text == ")"
                    found.append((kind, chance, _opening(pieces, text[: match.start()].count(" ")), closed))
                    break
    return found


def _is_named(pieces: Sequence[Piece], index: int) -> bool:
    """Whether it is the letter of "the input $A$"."""
    return pieces[index].math is not None and pieces[index - 1].text in ("input", "output", "inputs")


def _opening(pieces: Sequence[Piece], start: int) -> int:
    """Where the article and the "of" in front begin."""
    for before in (("a", "an", "the"), ("of", "for", "over", "through", "across")):
        start -= start > 0 and pieces[start - 1].text in before
    return start


def _name(sentences: Sequence[Sentence], texts: Sequence[str], side: str, default: str) -> str:
    """The letter behind "the input" or "the output"."""
    for sentence, text in zip(sentences, texts, strict=True):
        for match in (found for pattern in _LETTER[side] for found in pattern.finditer(text)):
            math = pieces_of(sentence.tokens)[text[: match.end("at")].count(" ") - 1].math
            if math is not None and (named := _NAMED_HERE.fullmatch(math.text.strip())) is not None:
                return named["letter"]
    return default


def _does_more(sentences: Sequence[Sentence], texts: Sequence[str], at: int, end: int) -> bool:
    """Whether words behind the description say of other things with a probability that the channel does."""
    behind = [(sentences[at], _INTACT.sub(" ", _said(pieces_of(sentences[at].tokens)[end:])))]
    behind += [(each, text) for each, text in zip(sentences[at + 1 :], texts[at + 1 :], strict=True)]
    return any(
        _DONE.search(text) is not None and each.end != "?" and not mentions_quantity(each.tokens) and _has_chance(each, text)
        for each, text in behind
    )


def _has_chance(sentence: Sentence, text: str) -> bool:
    """Whether these words, the last ones of a sentence, say a probability, or what happens otherwise."""
    if " otherwise" in text or " else " in text:
        return True
    pieces = pieces_of(sentence.tokens)
    start = len(pieces) - text.count(" ")
    return any(chance_at(pieces, index) is not None for index in range(max(start, 0), len(pieces)))


def _rows(channel: _Channel, *, turned: bool) -> str:
    """The probability of every output for every input."""
    p, q = channel.chance.text, complement(channel.chance.text)
    cells = {
        "symmetric": {("0", "0"): q, ("1", "0"): p, ("0", "1"): p, ("1", "1"): q},
        "erasure": {("0", "0"): q, ("e", "0"): p, ("1", "0"): "0", ("0", "1"): "0", ("e", "1"): p, ("1", "1"): q},
        "z": {("0", "0"): "1", ("1", "0"): "0", ("0", "1"): p, ("1", "1"): q},
    }[channel.kind]
    if turned:
        cells = {("0", "0"): q, ("1", "0"): p, ("0", "1"): "0", ("1", "1"): "1"}
    return f"\\{{{', '.join(f'({y}, {x}): {value}' for (y, x), value in cells.items())}\\}}"


def _message(channel: _Channel, *, turned: bool) -> str:
    said = {
        "symmetric": "each of its inputs 0 and 1 is flipped",
        "erasure": "each of its inputs 0 and 1 is erased, which is the output e",
        "z": f"its input {int(not turned)} is received as {int(turned)}, the other without error",
    }[channel.kind]
    return f"{said}, with probability {channel.chance.text}; the input is called {channel.input}, the output {channel.output}"


def _asked(sentence: Sentence, text: str, channel: _Channel, cut: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """What stands for a formula in a question, with the formula."""
    capacity = _capacity(channel)
    asked = _CAPACITY.finditer(text) if capacity is not None else ()
    found = [(*_pieces_at(text, match), capacity or "") for match in asked]
    if found or mentions_quantity(sentence.tokens):
        sides = {"input": channel.input, "output": channel.output}
        found += [(*_pieces_at(text, match), sides[match["side"]]) for match in _SIDE.finditer(text)]
    taken = [*cut]
    kept: list[tuple[int, int, str]] = []
    for start, end, name in found:
        if not any(start < last and first < end for first, last, _ in taken):
            kept.append((start, end, name))
            taken.append(kept[-1])
    return kept


def _capacity(channel: _Channel) -> str | None:
    """The capacity as a formula; None where the probability is no number."""
    value = channel.chance.value
    if value is None:
        return None
    p, q = channel.chance.text, complement(channel.chance.text)
    if channel.kind == "symmetric":
        return f"\\log 2 - H_b({p})"
    if channel.kind == "erasure" or value in (0, 1):
        return f"({q}) H_b(0.5)"
    best = _best_output(value)
    return f"H_b({best!r}) - {best / float(1 - value)!r} H_b({p})"


def _best_output(value: Fraction) -> float:
    """How often a Z-channel that reaches its capacity puts out a 1; its entropy changes least there."""
    p = float(value)
    entropy = -p * log(p) - (1 - p) * log(1 - p)
    return 1 / (1 + exp(entropy / (1 - p)))


def _pieces_at(text: str, match: re.Match[str]) -> tuple[int, int]:
    return text[: match.start()].count(" "), text[: match.end()].count(" ")


def _tokens(sentence: Sentence, start: int, end: int) -> tuple[Word | Math, ...]:
    pieces = pieces_of(sentence.tokens)
    return sentence.tokens[pieces[start].index : pieces[end - 1].index + 1]


def _stated(sentence: Sentence, span: Span, head: str, body: str) -> Stated:
    tree = placed(f"{head} = {body}", span)
    return Stated(Math(span, sentence.place, False, name=head), tree, span)


def _put(sentence: Sentence, places: Sequence[tuple[int, int, str]], *, in_bits: bool) -> Sentence:
    """The sentence with formulas in the place of these pieces, none where there is no name. in_bits: a capacity is."""
    pieces = pieces_of(sentence.tokens)
    tokens = list(sentence.tokens)
    for start, end, name in sorted(places, reverse=True):
        first, last = pieces[start].index, pieces[end - 1].index + 1
        span = span_of(tuple(sentence.tokens[first:last]))
        unit = [Word("in", span), Word("bits", span)] if in_bits and "H_b" in name else []
        tokens[first:last] = [Math(span, sentence.place, False, name=name), *unit] if name else []
    return replace(sentence, tokens=tuple(tokens)) if tokens else sentence
