"""Binary classification in words: "predicts probability 0.8 for the positive class", "when the label is 0"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from chainrule.inference.literals import number
from chainrule.inference.symbols import key
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import words
from chainrule.sheets.information.family_phrases import Phrase, number_at
from chainrule.sheets.information.given_lists import value_of
from chainrule.sheets.information.standing import STOPS, Standing, standing_at, standing_of
from chainrule.sheets.notation import statements, trees
from chainrule.sheets.quantity_words import Piece, pieces_of
from chainrule.sheets.sentences import Sentence, Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Name, Relation

_BINARY = words("binary bce logistic positive")
_LABELS = words("label class target outcome truth")
_CONDITIONS = words("when if whenever for")
_BETWEEN = words("of is = : be equal to equals a an the class label was for positive 1")
_POSITIVE = re.compile(r"(?:for|to|of|that|in) (?:the |it is |an? )*(?:positive|class 1|label 1|1|one)\b")
_NEGATIVE = re.compile(
    r"(?:for|to|of|that|in|on) (?:(?:the|it|is|a|an|being|class|label|outcome) )*"
    r"(?:negative|0|zero|not|no|other|false|opposite)\b"
)
_OTHER = re.compile(r"(?:for|to|of|that|in|on) (?:the )?\w+")
_VALUE = r"(?:[a-z]=)?[01]"
_CASE = (
    r"(?:when|if|for|where|in case|with) (?:(?:the|a|an|true|actual|correct|real|target|label|labels|class|outcome|it|one|is|="
    r"|equals|of) )*"
)
_CASES = re.compile(
    rf"(?:^| )(?P<cases>{_CASE}{_VALUE}(?:(?: ,)?(?: and| or)? (?:{_CASE})?{_VALUE})*)(?P<unit>(?: ,)? in (?:bits|nats))?$"
)
_GIVES = r"(?:assigns?|assigned|gives?|gave|puts?|places|predicts?|outputs|has|with|at)"
_CORRECT = re.compile(
    rf"(?:^|\b(?:{_GIVES}|(?:{_GIVES} )?(?:a|an)|{_GIVES} the|predicted|softmax) )probability (?:of )?(?P<chance>\S+)"
    r" (?:to|for|on) (?:the |its )?(?:correct|true|right|actual) (?:\w+ )?(?:class|label|answer|token|word|category|outcome)\b"
)
_BEHIND_CORRECT = re.compile(
    r"(?: (?:of|for|on|in) (?:a|an|the|this|that|one|its) (?:single |given |next )?(?:example|sample|image|input|instance"
    r"|picture|word|token|sentence|document|email|question|case|data point))?"
    r"(?: [.;:])*(?:(?: ,)?(?: and)?(?: (?:spreads|shares|splits|divides|distributes))?"
    r" the (?:rest|remainder|remaining)\b[^\d.;]*)?"
    r"(?:(?: [,.;:])*(?: and)? (?:what|how|compute|find|calculate|determine|give|evaluate)\b\D*(?:base \d+\D*)?)?$"
)
"""What may follow "the correct class": of which example, what the other classes get, and a request without numbers."""
_SEVERAL = words("average averaged mean total sum")


def is_binary(sentences: Iterable[Sentence]) -> bool:
    """Whether the text speaks of labels that are 0 or 1."""
    return any(piece.text in _BINARY for sentence in sentences for piece in pieces_of(sentence.tokens))


def find_binary(pieces: Sequence[Piece], start: int) -> Phrase | None:
    """The distribution of 0 and 1 that a prediction or a label here is: a number behind words that say which."""
    found = _number(pieces, start)
    if found is None or (chance := value_of(found[0])) is None or not 0 <= chance <= 1:
        return None
    text, length = found
    index = start - 1
    while index > 0 and _text(pieces, index) in _BETWEEN and not (_text(pieces, index) in _LABELS and _is_label(pieces, index)):
        index -= 1
    named = _text(pieces, index)
    alone = named in ("prediction", "output") and chance.denominator > 1
    predicted = alone or (named == "probability" and standing_of(_clause(pieces, start)) == "estimated")
    if predicted and not _is_of_another(pieces, start + length):
        what = f"distribution of 0 and 1 in which 1 has the probability {text}"
    elif (
        named in _LABELS
        and chance in (0, 1)
        and _CONDITIONS.isdisjoint(_clause(pieces, start))
        and _is_label(pieces, index)
        and index < start - 1
    ):
        what = f"distribution of the label {text}"
    else:
        return None
    return Phrase(start, start + length, f"\\sim \\mathrm{{Bernoulli}}(p = {text})", what, sure=True)


def _number(pieces: Sequence[Piece], start: int) -> tuple[str, int] | None:
    """The number here and its length, in words or as a formula."""
    math = pieces[start].math
    if math is None:
        return number_at(pieces, start)
    found = statements(math)
    return (math.text, 1) if len(found) == 1 and number(found[0]) is not None else None


def _is_label(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a noun stands for the true label."""
    return _text(pieces, index) in ("label", "target") or standing_of([_text(pieces, index - 1)]) == "true"


def _is_of_another(pieces: Sequence[Piece], index: int) -> bool:
    """Whether what follows says of another class than the positive one, "for the negative class"."""
    said = " ".join(piece.text or "$" for piece in pieces[index : index + 6])
    return _OTHER.match(said) is not None and _POSITIVE.match(said) is None


def is_of_negative(behind: Sequence[Word | Math]) -> bool:
    """Whether what stands behind a probability says that it is that of 0, "for the negative class"."""
    return _NEGATIVE.match(" ".join(token.text if isinstance(token, Word) else "$" for token in behind[:8])) is not None


def standing_beside(tokens: Sequence[Word | Math], index: int, binary: bool) -> Standing:
    """What words say of a formula; binary: the text is of labels 0 and 1, where `y = 1` is one without a word for it, and a
    prediction for 0 is none for 1.
    """
    if binary and is_of_negative(tokens[index + 1 :]):
        return ""
    token = tokens[index]
    equations = [t for t in trees(token) if isinstance(t, Relation)] if binary and isinstance(token, Math) else []
    labelled = any(key(t.sides[0]) in (Name("y"), Name("t")) and number(t.sides[-1]) in (0, 1) for t in equations)
    return standing_at(tokens, index) or ("true" if labelled else "")


def _clause(pieces: Sequence[Piece], start: int) -> list[str]:
    said: list[str] = []
    for piece in reversed(pieces[max(0, start - 9) : start]):
        if piece.text in STOPS:
            break
        said.append(piece.text)
    return said


def labels_asked(request: Request) -> tuple[Request, tuple[str, ...]]:
    """The request without "when the true label is 1 and when it is 0", and these labels; as it is where it says none."""
    said = [token.text if isinstance(token, Word) else "".join(token.text.split()) for token in request.tokens]
    match = _CASES.search(" ".join(said))
    if match is None:
        return request, ()
    cases = match["cases"].split()
    labels = tuple(word[-1] for word in cases if re.fullmatch(_VALUE, word))
    unit = len((match["unit"] or "").split())
    kept = (*request.tokens[: len(said) - len(cases) - unit], *request.tokens[len(said) - unit :])
    return replace(request, tokens=kept), labels


def probability_of_the_correct(sentences: Iterable[Sentence]) -> tuple[Math, ...]:
    """The numbers of "assigns probability 0.1 to the correct class"; none where more is said of it, or a mean is asked."""
    found: list[Math] = []
    for sentence in sentences:
        said = [token.text if isinstance(token, Word) else "".join(token.text.split()) for token in sentence.tokens]
        if not _SEVERAL.isdisjoint(said):
            return ()
        for match in _CORRECT.finditer(" ".join(said)):
            if _BEHIND_CORRECT.match(" ".join(said)[match.end() :]) is None:
                return ()
            place = " ".join(said)[: match.start("chance")].count(" ")
            token = sentence.tokens[place]
            own = Math(token.span, sentence.place, False, plain=True) if isinstance(token, Word) else token
            found += [own] if value_of(match["chance"]) is not None else []
    return tuple(found)


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""
