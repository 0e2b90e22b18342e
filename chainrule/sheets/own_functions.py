r"""Requests that do not say of what, where only one thing can be meant: "Find the gradient and the Hessian.", "Is it convex?"
of the one function that the text defines; and of functions with a name of their own, "the derivative of tanh at 0.5".
"""

from dataclasses import replace

from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import DERIVATIVE_NOUNS, words
from chainrule.sheets.notation import trees
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.sheets.unnamed_points import Functions, with_named_points
from chainrule.syntax.tree import Name, Relation, Tree
from chainrule.typesetting import latex

_LIBRARY = {
    "tanh": "\\tanh", "sin": "\\sin", "cos": "\\cos", "exp": "\\exp", "ln": "\\ln", "arctan": "\\arctan", "log": "\\log",
    "sigmoid": "\\mathrm{sigmoid}", "logistic": "\\mathrm{sigmoid}", "relu": "\\mathrm{relu}", "gelu": "\\mathrm{gelu}",
    "softplus": "\\mathrm{softplus}", "softmax": "\\mathrm{softmax}",
}  # fmt: skip
"""Words of functions, with how a formula writes them."""
_VECTORS = ("softmax",)
_OF_THEM = words("function functions activation")
_BEFORE = words("the logistic hyperbolic standard")
_LETTERS = ("x", "u", "t", "v")
_BEHIND = words("and or in at with w.r.t. wrt w.r.t by for , . ; : using as matrix vector evaluated explicitly manually")
_AHEAD = words(
    "is are the a first second partial total full whole first-order second-order order - matrix explicit also then both"
)
"""Words before the noun that say which derivative it is."""
_IT = (("it",), ("this", "function"), ("the", "function"), ("this",))
_KINDS = words("convex concave")


def with_own_function(request: Request, functions: Functions) -> Request:
    """The request with what it is of, and with names at its point; as it is where several things could be meant."""
    return with_named_points(_of_one(_of_library(request, functions), functions.one), functions)


def _of_one(request: Request, function: Tree | None) -> Request:
    """The request with the one function of the text where it does not say of what; as it is where there is none."""
    if function is None:
        return request
    tokens = request.tokens
    said = [_text(token) for token in tokens]
    phrase = next((each for each in _IT if tuple(said[: len(each)]) == each), None)
    named = phrase is not None and any(isinstance(token, Math) for token in tokens[len(phrase) : len(phrase) + 1])
    if request.verb in ("is", "decide", "show") and phrase is not None and not named and not _KINDS.isdisjoint(said):
        return replace(request, tokens=(_formula(request, tokens[0], function), *tokens[len(phrase) :]))
    nouns = [index for index, word in enumerate(said) if word in DERIVATIVE_NOUNS]
    if len(nouns) != 1 or "of" in said or not {"its", "their"}.isdisjoint(said):
        return request
    end = nouns[0] + 1
    if end < len(tokens) and said[end] not in _BEHIND:
        return request
    if any(isinstance(token, Math) for token in tokens[:end]) or any(word not in _AHEAD for word in said[: nouns[0]]):
        return request
    of = Word("of", tokens[nouns[0]].span)
    return replace(request, tokens=(*tokens[:end], of, _formula(request, tokens[nouns[0]], function), *tokens[end:]))


def _formula(request: Request, at: Word | Math, function: Tree) -> Math:
    return Math(at.span, request.place, display=False, name=latex(function))


def _text(token: Word | Math) -> str:
    return token.text if isinstance(token, Word) else ""


def _of_library(request: Request, functions: Functions) -> Request:
    """ "the derivative of tanh at 0.5" with a formula for the function, and a letter at the point."""
    said = [_text(token) for token in request.tokens]
    noun = next((i for i, word in enumerate(said) if word in DERIVATIVE_NOUNS), None)
    if noun is None or said[noun + 1 : noun + 2] != ["of"]:
        return request
    start = noun + 2
    while start < len(said) and said[start] in _BEFORE and (said[start] != "logistic" or said[start + 1] == "sigmoid"):
        start += 1
    name = _LIBRARY.get(said[start]) if start < len(said) else None
    end = start + 1
    while end < len(said) and said[end] in _OF_THEM:
        end += 1
    if name is None or (end < len(said) and said[end] not in ("at", "with", "w.r.t.", "wrt", ",", "in", "by", "")):
        return request
    if end < len(said) and said[end] == "" and said[end - 1] not in _OF_THEM:
        return request
    behind = request.tokens[end:]
    letter = _letter(behind, said[start] in _VECTORS, functions)
    if letter is None:
        return request
    ahead, span = request.tokens[noun + 1].span, request.tokens[start].span
    of = Math(span, request.place, display=False, name=f"{name}({latex(letter)})")
    by = (*(Word(word, span) for word in ("with", "respect", "to")), Math(ahead, request.place, False, name=latex(letter)))
    told = not {"respect", "w.r.t.", "wrt", "by"}.isdisjoint(said[end:])
    asked = replace(request, tokens=(*request.tokens[:start], of, *(() if told else by), *behind))
    return with_named_points(asked, Functions({letter: (letter,)}, functions.names))


def _letter(behind: Tokens, vector: bool, functions: Functions) -> Tree | None:
    """The letter that the function is of: that of the point "at $z = (0, 0)$", or of "with respect to $z$", else a free one."""
    formulas = [token for token in behind if isinstance(token, Math)]
    named = [tree.sides[0] if isinstance(tree, Relation) else tree for math in formulas for tree in trees(math)]
    letters = list(dict.fromkeys(key(name) for name in named if could_be_name(name)))
    if letters:
        return letters[0] if len(letters) == 1 and letters[0] not in functions.names else None
    free = (Name(each) for each in (("z", *_LETTERS) if vector else _LETTERS))
    return next((name for name in free if name not in functions.names), None)
