r"""What is said of a vector of probabilities beside its gradient: "on the simplex", "subject to $\sum_i q_i = 1$".

The words become one before a sentence is read, wherever they stand; the task says so, and `solving/` projects the gradient.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from chainrule.inference.literals import number
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request
from chainrule.sheets.forms import DERIVATIVE_NOUNS
from chainrule.sheets.notation import look, statements, trees
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import BigOperator, Derivative, Number, Relation, Subscript, Tree, walk

CONSTRAINED = "(simplex)"
"""The word that stands for such words."""
_SIMPLEX = r"(?:the )?(?:tangent (?:space|plane) (?:of|to) )?(?:the )?(?:(?:probability|unit|standard) )*simplex"
_WHO = r"(?:, )?(?:(?:when|where|with|if|as|while|for) (?:\$ )?(?:(?:is|are|being|stays?|lies?|lying|remains?|kept) )?)?"
_TO_ZERO = r"so that (?:its|the|their|all(?: its)?) (?:entries|components|elements) (?:sum|add up) to (?:0|zero)"
_WHAT_IT_DOES = (
    r"(?:(?: ,| \()* (?:(?:that is|i\.?e\.?|namely|which means|so)(?: ,)? )?(?:with (?:its|the|their) (?:mean|average)"
    r"(?: of (?:the|its) (?:gradient|entries|components))? (?:subtracted|removed)(?: from (?:each|every) (?:entry|component))?"
    r"|(?:by )?subtracting (?:its|the|their) (?:mean|average)"
    r"(?: from (?:each|every) (?:entry|component))?"
    r"|(?:subtract|remove) (?:its|the|their) (?:mean|average)(?: of (?:the|its) (?:gradient|entries|components))?"
    r"(?: from (?:each|every|all)(?: its| the| of its| of the)? (?:entry|component|entries|components))?"
    r"|after (?:its|the|their) (?:mean|average) (?:has been|is|was) (?:subtracted|removed)"
    r"(?: from (?:each|every|all)(?: its| the)? (?:entry|component|entries|components))?"
    r"|(?:the )?(?:ordinary |plain |usual |full )?gradient (?:minus|less) (?:its mean|the mean of its (?:entries|components))"
    r"(?: (?:in|from) (?:each|every) (?:entry|component))?)"
    rf"(?:(?: ,)? {_TO_ZERO})?(?: \))?|(?: ,| \()? {_TO_ZERO}(?: \))?)?"
)
"""What a projection onto the simplex does, in words."""
_ON = re.compile(
    rf"{_WHO}(?:(?:constrained|restricted|confined|limited|projected) (?:to|onto|on|over)|onto|on|over|along|in|within)"
    rf" {_SIMPLEX}(?:(?: of all)? \$)?{_WHAT_IT_DOES}"
)
_SUM = (
    r"(?:(?:that )?\$|(?:that )?(?:the )?(?:\$|probabilities|entries|components)(?: of \$)? sum(?:s|ming)? to (?:1|one)"
    r"|sum \( \w+ \) = 1)"
)
_SUBJECT = re.compile(
    rf"(?:, )?(?:subject to|(?:under|with|given) the constraint|constrained (?:to|by|so))(?: the constraint)? {_SUM}"
)
_FREE = re.compile(
    r"(?:[,;] )?(?:\( )?(?:(?:treat(?:ing)?|regard(?:ing)?|consider(?:ing)?|tak(?:e|ing)) (?:all )?"
    r"(?:(?:the )?(?:two |three |four |five |\$ )?(?:entries|components|probabilities|elements|coordinates)"
    r" of )?\$ as (?:an? )?(?:free|independent"
    r"|unconstrained)"
    r"(?: (?:variables?|parameters?|vector|and independent|numbers?))?"
    r"|(?:(?:again|still|once more|as before) )?with (?:(?:all|the|its) )*(?:independent|free"
    r"|unconstrained) (?:entries|components|probabilities|coordinates|elements)(?: of \$)?"
    r"|(?:(?:again|still|once more|as before) )?with (?:all )?(?:the |its )(?:entries|components|probabilities|coordinates"
    r"|elements)(?: of \$)? (?:(?:regarded|treated|taken|considered) as|being) (?:independent|free|unconstrained)"
    r"(?: variables?| parameters?)?"
    r"|(?:without|ignoring|not using|disregarding) (?:the |any )?(?:simplex |sum |normali[sz]ation )?constraint"
    r"(?: that (?:they|it|the entries|its entries|the probabilities) sums? to (?:1|one))?)(?: \))?(?= |$)"
)
"""Words that say that a gradient is not projected, as it is anyway."""
_TANGENT = r"(?:the )?(?:simplex's )?tangent (?:space|plane)(?: \( .+ \))?|(?:the )?simplex"
_PROJECTED = re.compile(
    r"(?:(?:[,;] )?(?:and )?(?:then )?(?:also )?|^)"
    r"(?:(?:its|the) projection|project(?: (?:it|(?:the|your|this|that) (?:result|gradient|vector)|this|that))?)"
    r"(?: (?:of|from|in|found in) (?:part )?\( ?(?P<label>[a-z]|[ivx]+|\d{1,2}) ?\))?"
    rf"(?: \$)? (?:of it )?(?:on|onto|to) (?:{_SIMPLEX}|{_TANGENT}){_WHAT_IT_DOES}(?: [.?])?$"
)
"""What asks for the projection of a gradient besides the gradient: ", and then its projection onto the simplex"."""
_LEFT = frozenset(("simplex", "constrained", "constraint", "restricted"))
_OUTRIGHT = ("project",)
_THEN = frozenset(("then", "now", "next", "finally", "also", "and", "please", ","))


def with_constraint(sentence: Sentence) -> Sentence:
    """The sentence with one word for such words, where it asks for a derivative; as it is where it says none of them."""
    if not _differentiates(sentence.tokens):
        return sentence
    sentence = _without_freedom(sentence)
    found = _find(sentence.tokens)
    if found is None:
        return sentence
    start, end = found
    tokens = (*sentence.tokens[:start], Word(CONSTRAINED, span_of(sentence.tokens[start:end])), *sentence.tokens[end:])
    first = tokens[0]
    if isinstance(first, Word) and first.text in _OUTRIGHT:
        tokens = (replace(first, text="compute"), *tokens[1:])
    return replace(sentence, tokens=tokens)


def with_projections(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences with a second request for a gradient, projected, for words behind it that ask for its projection."""
    found: list[Sentence] = []
    for sentence in sentences:
        said = " ".join("$" if isinstance(token, Math) else token.text for token in sentence.tokens)
        match = _PROJECTED.search(said)
        at = said[: match.start()].count(" ") if match is not None else 0
        before = sentence if at else found[-1] if found else None
        if match is not None and match["label"] and not at:
            before = _of_part(found, match["label"])
        kept = before.tokens[: at or None] if before is not None else ()
        if match is None or before is None or not kept or not _differentiates(kept):
            found.append(_as_request(sentence) if found and _differentiates(found[-1].tokens) else sentence)
            continue
        end = len(kept) - (isinstance(kept[-1], Word) and kept[-1].text in ".?;,")
        word = Word(CONSTRAINED, span_of(sentence.tokens[at:]))
        plain = [replace(sentence, tokens=kept)] if at else []
        found += [*plain, replace(sentence, tokens=(*kept[:end], word))]
    return found


def _of_part(sentences: Sequence[Sentence], label: str) -> Sentence | None:
    """The only sentence of a part that asks for a derivative."""
    own = [each for each in sentences if (each.place.part or "").rpartition(".")[2] == label and _differentiates(each.tokens)]
    return own[0] if len(own) == 1 else None


def _as_request(sentence: Sentence) -> Sentence:
    """The sentence with another verb for "project", so that it asks for something, which is not understood."""
    tokens = sentence.tokens
    at = next((i for i, token in enumerate(tokens) if not (isinstance(token, Word) and token.text in _THEN)), 0)
    verb = tokens[at]
    if not (isinstance(verb, Word) and verb.text == "project"):
        return sentence
    return replace(sentence, tokens=(*tokens[:at], replace(verb, text="compute"), *tokens[at + 1 :]))


def _without_freedom(sentence: Sentence) -> Sentence:
    """The sentence without "(treat the entries of $q$ as free variables)", where q is what is differentiated by."""
    said = " ".join("$" if isinstance(token, Math) else token.text for token in sentence.tokens)
    match = _FREE.search(said)
    if match is None or (match.start() > 0 and said[match.start() - 1] != " "):
        return sentence
    start, end = said[: match.start()].count(" "), said[: match.end()].count(" ") + 1
    kept = (*sentence.tokens[:start], *sentence.tokens[end:])
    names = {key(tree) for token in sentence.tokens[start:end] if isinstance(token, Math) for tree in trees(token)}
    by = _by(kept)
    whole = by | {key(name.base) for name in by if isinstance(name, Subscript)}  # q of q_i
    names = {key(name.base) if isinstance(name, Subscript) and key(name.base) in by else name for name in names}
    return replace(sentence, tokens=kept) if kept and names <= whole else sentence


def _by(tokens: Sequence[Word | Math]) -> set[Tree]:
    """What derivatives are by: what stands behind "with respect to", or below a stroke."""
    formulas = [tree for token in tokens if isinstance(token, Math) for tree in statements(token)]
    below = {key(name) for tree in formulas for part in walk(tree) if isinstance(part, Derivative) for name in part.by}
    return _moved(tokens) | below


def is_constrained(request: Request) -> bool | None:
    """Whether a request for a derivative says so; None where a constraint is left in it that is not understood."""
    said = {token.text for token in request.tokens if isinstance(token, Word)}
    if CONSTRAINED in said or "projected" in said:
        return True
    return False if said.isdisjoint(_LEFT) or not _differentiates((*request.tokens, Word(request.verb, request.span))) else None


def without_constraint(request: Request) -> Request:
    """The request for a derivative without that word."""
    kept = tuple(token for token in request.tokens if not (isinstance(token, Word) and token.text == CONSTRAINED))
    return request if len(kept) == len(request.tokens) else replace(request, tokens=kept)


def _differentiates(tokens: Sequence[Word | Math]) -> bool:
    return any(look(t) == "derivatives" if isinstance(t, Math) else t.text in DERIVATIVE_NOUNS for t in tokens)


def _find(tokens: Sequence[Word | Math]) -> tuple[int, int] | None:
    """The first and the last token, exclusively, of the words that say it; None where they are of another vector."""
    said = ["$" if isinstance(token, Math) else token.text for token in tokens]
    text = " ".join(said)
    for pattern in (_SUBJECT, _ON):
        for match in pattern.finditer(text):
            start, end = text[: match.start()].count(" "), text[: match.end()].count(" ") + 1
            whole = match.start() == 0 or text[match.start() - 1] == " "
            inside = [token for token in tokens[start:end] if isinstance(token, Math)]
            if whole and (match.end() == len(text) or text[match.end()] == " ") and _fits(inside, tokens):
                return start, end
    return None


def _fits(inside: Sequence[Math], tokens: Sequence[Word | Math]) -> bool:
    """Whether each formula among the words is a sum that is 1, or the name of what is differentiated by."""
    moved = _moved(tokens)
    said = [_summed(math) if look(math) == "definition" else set(map(key, trees(math))) for math in inside]
    return all(names and all(map(could_be_name, names)) and (not moved or not names.isdisjoint(moved)) for names in said)


def _summed(math: Math) -> set[Tree]:
    r"""The names in `\sum_i q_i = 1` and `\mathbf{1}^\top q = 1`; none of any other formula."""
    match statements(math):
        case (Relation(operators=("=",), sides=(left, right)),) if number(right) == 1 and not could_be_name(left):
            total = isinstance(left, BigOperator) and left.operator == "sum"
            ones = any(isinstance(part, Number) and part.value == 1 for part in walk(left))
            return {key(part) for part in walk(left) if could_be_name(part)} if total or ones else set()
        case _:
            return set()


def _moved(tokens: Sequence[Word | Math]) -> set[Tree]:
    """What stands behind "with respect to"."""
    said = ["$" if isinstance(token, Math) else token.text for token in tokens]
    places = (i + 1 for i, word in enumerate(said) if word in ("to", "w.r.t.", "w.r.t", "wrt", "by"))
    found = (tokens[i] for i in places if i < len(tokens))
    return {key(tree) for token in found if isinstance(token, Math) and look(token) != "definition" for tree in trees(token)}
