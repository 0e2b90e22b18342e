r"""The variables of a joint distribution one by one, in words: "the marginal entropies", "the entropies of both variables",
"the marginal distributions of $X$ and $Y$", "the conditional distribution of $Y$ given $X = 1$".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import FIND, words
from chainrule.sheets.information.argument_formulas import is_event
from chainrule.sheets.information.conditions import of_one_variable
from chainrule.sheets.information.known import Distributions
from chainrule.sheets.information.scene import only_two
from chainrule.sheets.notation import trees
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math, Task
from chainrule.source import Span

_VERBS = FIND | words("list show state obtain derive work")
_COUNT = r"(?:the |both |two |each |all |their |its )*"
_LAW = r"(?:probability )?(?:distributions?|laws?|pmfs?|probabilities|probability mass functions?|mass functions?|tables?)"
_ENTROPIES = re.compile(
    rf"(?P<before>(?:.* )?){_COUNT}(?:marginal|individual) entropies(?! (?:of|for|\$))(?P<after>.*)"
    rf"|(?P<front>(?:.* )?)entropies of {_COUNT}(?:(?:random )?variables|marginals|marginal {_LAW})"
    r"(?! (?:of|for|\$))(?P<rest>.*)"
)
_MARGINALS = re.compile(
    rf"(?:down |out |is |are )?{_COUNT}(?:marginals|marginal|marginal {_LAW})(?: (?:of|for) {_COUNT}(?:(?:random )?variables"
    r"|\$(?: (?:,|and|, and) \$)*))?"
)
_CONDITIONAL = re.compile(rf"(?:down |out |is |are )?(?:the )?conditional {_LAW} of \$ (?:given|given that|when|if|for) \$")


def with_marginals(request: Request, known: Distributions) -> Request:
    """The request with each variable in symbols; as it is where it says something else."""
    if request.verb not in _VERBS | {"what"}:
        return request
    said = " ".join(token.text if isinstance(token, Word) else "$" for token in request.tokens)
    both = only_two(known)
    if both and (match := _ENTROPIES.fullmatch(said)):
        before, after = match["before"] or match["front"] or "", match["after"] or match["rest"] or ""
        return replace(
            request, tokens=(*_first(request.tokens, before), *_entropies(request, both), *_last(request.tokens, after))
        )
    formulas = [token for token in request.tokens if isinstance(token, Math)]
    if _MARGINALS.fullmatch(said) and (names := _variables(formulas, known) if formulas else both):
        return _asked(request, [f"P({name})" for name in names])
    if _CONDITIONAL.fullmatch(said) and (names := _variables(formulas[:1], known)) and _is_value(formulas[1], known):
        span = formulas[0].span.to(formulas[1].span)
        made = Math(span, request.place, display=False, name=f"P({names[0]} \\mid {formulas[1].text})")
        return replace(request, verb="compute", tokens=(made,))
    return request


def with_entropy_of_law(request: Request, before: Sequence[Task], known: Distributions) -> Request:
    """ "Its entropy" behind a request for the distribution of one variable, `P(Y)`, as that of this one."""
    said = [token.text if isinstance(token, Word) else "$" for token in request.tokens]
    law = of_one_variable(before[-1]) if before and "its" in said else None
    if law is None or any(before[-1].span.end <= each.math.span.start < request.span.start for each in known.known):
        return request
    at = said.index("its")
    if said[at + 1 : at + 2] != ["entropy"] or "$" in said[at:] or said[at + 2 : at + 3] in (["of"], ["relative"], ["given"]):
        return request
    inside = law.text[law.text.index("(") + 1 : law.text.rindex(")")]
    entropy = Math(law.span.to(request.tokens[at].span), request.place, display=False, name=f"H({inside})")
    return replace(request, tokens=(*request.tokens[:at], entropy, *request.tokens[at + 2 :]))


def _first(tokens: Tokens, said: str) -> Tokens:
    return tokens[: len(said.split())]


def _last(tokens: Tokens, said: str) -> Tokens:
    return tokens[len(tokens) - len(said.split()) :]


def _entropies(request: Request, names: list[str]) -> Iterator[Word | Math]:
    """ "The entropies of $X$ and $Y$"."""
    for word in ("the", "entropies", "of", names[0], "and", names[1]):
        span = request.span
        yield Math(span, request.place, display=False, name=word) if word in names else Word(word, span)


def _variables(formulas: list[Math], known: Distributions) -> list[str]:
    """The variables that the formulas name; [] where one is something else."""
    found = [(math, trees(math)) for math in formulas]
    plain = all(len(each) == 1 and could_be_name(each[0]) and known.is_variable(math) for math, each in found)
    return [math.text.strip() for math in formulas] if plain else []


def _is_value(math: Math, known: Distributions) -> bool:
    return is_event(math) and known.is_variable(math)


def _asked(request: Request, names: list[str]) -> Request:
    places = [token.span for token in request.tokens if isinstance(token, Math)]
    whole = request.span
    places = places or [Span(whole.source, whole.start + place, whole.end) for place in range(len(names))]
    made = (Math(span, request.place, display=False, name=name) for span, name in zip(places, names, strict=True))
    return replace(request, verb="compute", tokens=tuple(made))
