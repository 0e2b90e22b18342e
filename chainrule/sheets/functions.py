"""Functions that words apply: "the softmax of $z$" is `\\mathrm{softmax}(z)`."""

from dataclasses import replace

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import words
from chainrule.sheets.notation import trees
from chainrule.sheets.sentences import Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket

_FUNCTIONS = words("softmax sigmoid")
_NOUNS = words("function probabilities output outputs distribution")
_ARGUMENTS = words("the logits logit scores activations vector")
_OTHERWISE = words("temperature temperatures row column rows columns scaled")
"""These make another function of it."""


def with_functions(request: Request) -> Request:
    """The request with formulas for such words; as it is where one of them may be more than that."""
    if any(isinstance(token, Word) and token.text in _OTHERWISE for token in (*request.before, *request.tokens)):
        return request
    tokens: list[Word | Math] = []
    index = 0
    while index < len(request.tokens):
        end = _end(request.tokens, index)
        if end == index:
            tokens.append(request.tokens[index])
        else:
            name, argument = request.tokens[index], request.tokens[end - 1]
            assert isinstance(name, Word)
            assert isinstance(argument, Math)
            inside = argument.text if argument.text[:1] + argument.text[-1:] in ("()",) else f"({argument.text})"
            span = span_of(request.tokens[index:end])
            tokens.append(Math(span, request.place, display=False, name=f"\\mathrm{{{name.text}}}{inside}"))
        index = max(end, index + 1)
    return request if len(tokens) == len(request.tokens) else replace(request, tokens=tuple(tokens))


def _end(tokens: Tokens, start: int) -> int:
    """Where "softmax of the logits $z$" ends; the start where nothing of this kind stands there."""
    index = start + 1
    if _text(tokens, start) not in _FUNCTIONS:
        return start
    index += _text(tokens, index) in _NOUNS
    if _text(tokens, index) != "of":
        return start
    index += 1
    while _text(tokens, index) in _ARGUMENTS:
        index += 1
    token = tokens[index] if index < len(tokens) else None
    return index + 1 if isinstance(token, Math) and _is_array(token) else start


def _is_array(math: Math) -> bool:
    """A name or a list."""
    found = trees(math)
    return len(found) == 1 and (could_be_name(found[0]) or isinstance(found[0], Bracket)) and not math.illustration


def _text(tokens: Tokens, index: int) -> str:
    token = tokens[index] if index < len(tokens) else None
    return token.text if isinstance(token, Word) else ""
