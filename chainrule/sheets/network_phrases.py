"""Questions about a network in plain words: "What does the model predict?", "the probability $p_2$ of class 2"."""

import re
from dataclasses import replace

from chainrule.sheets.clauses import Request, Tokens
from chainrule.sheets.forms import EXPRESS, FIND
from chainrule.sheets.networks.vocabulary import ORDINALS
from chainrule.sheets.notation import trees
from chainrule.sheets.phrases import said_by
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Number, Subscript

_MACHINE = r"(?:(?:the|this|our|your) (?:(?:trained|neural|whole|full) )*(?:network|model|neuron|perceptron|net|unit))"
_PREDICTS = re.compile(rf"does {_MACHINE} (?:predict|output|return|produce)(?= (?:for|at|when|if|with) |$)")
_EQUATIONS = re.compile(
    r"(?:down |are )?(?:the )?(?:backprop|backpropagation|back-propagation|backward pass|backward-pass)"
    r" (?:equations?|rules?|formulas?) (?:for|of) (?=(?:\$|the (?:\w+ )*)(?: (?:,|and|, and) \$| \$)*$)"
)
_PRIMED = re.compile(r"the (?:(?P<order>first|second) )?derivative \$")
_ORDERS = {None: 1, "first": 1, "second": 2}
_PASS = re.compile(
    r" (?:after|at the end of|resulting from) (?:the|this|one|a) (?:forward pass|forward-pass|forward propagation)$"
)
_THAT_POINT = re.compile(r" at (?:that|the latter|the above|this very|that same|this same) point$")
_PLAIN = r"(?:whole|entire|given|single|simple|small|training|trained|current|neural|output|hidden|convolutional|attention)"
_SCENE = re.compile(
    rf"(?<=\$) (?:of|for|on) (?:(?:the|this|our|that|its) (?:{_PLAIN} )*(?:convolution|layer|network|model|classifier|regressor"
    r"|cell|neuron|unit|filter|encoder|decoder|autoencoder|block|transformer|perceptron|predictor|regression|head|gru|lstm|rnn"
    r"|cnn|mlp|example|sample|observation|instance|image|sentence|sequence|pair)"
    r"|(?:this|our) (?!case|choice|value|step|setting|time|part|point|iteration|epoch|batch|update|scenario|purpose)[a-z]+)$"
)
"""Behind a name these say what it is about, which the name says already."""
_ON_EXAMPLE = re.compile(
    r"(?<=loss|cost) on (?:the|this) (?:(?:given|single|training) )*(?:example|sample|input|pair|data point)$"
)
_TAKES = re.compile(
    r"(?:numerical )?values? (?:does|do) (\$(?:(?: ,| and| , and) \$)*) (?:take|have|attain|assume)(?: on)?"
    r"(?= (?:at|for|here|there|when|if)|$)"
)
_HOW_LARGE = re.compile(r"(?:large|big|high|much) (?:is|are) (?=(?:the \w+ )?\$)")
_MISSED = re.compile(
    rf"by how much (?:does|is) (?:it|{_MACHINE}) (?:miss|off|wrong|deviate)(?: (?:it|the target))? , (?:i\.e\.|that is)(?: ,)?"
)
_PREDICTED = re.compile(
    r"(?:are |is )?(?:the |its )?(?:(?:model|network|classifier|neuron)'s )?(?:predicted|output) probabilit(?:y|ies)"
    r"(?: (?:of|for) (?:class 1|(?:the|this) (?:positive class|(?:training |data )?(?:point|example|sample|input))))?"
)
"""What a network puts out where that is a probability."""
_MEMBER = re.compile(
    r"(?<=\$) of (?:the )?(?:(?P<ordinal>[a-z]+) )?(?:class|category|label|component|entry|unit)(?: (?P<number>\d+))?$"
)


def put_plainly(request: Request) -> Request:
    """The request with "is the output" for what asks what a network predicts, and without words that only say again what is
    asked: "after the forward pass", "by how much does it miss, i.e.", "of class 2" behind $p_2$.
    """
    if _MISSED.fullmatch(said_by(request.before)):
        request = replace(request, before=())
    said = said_by(request.tokens)
    if request.verb in FIND and (match := _PRIMED.fullmatch(said)) and _primes(request.tokens[-1]) == _ORDERS[match["order"]]:
        return replace(request, tokens=request.tokens[-1:])
    if request.verb in EXPRESS | FIND and (match := _EQUATIONS.match(said)):
        last = request.tokens[-1].span
        how = tuple(Word(word, last) for word in ("using", "backpropagation", "rules"))
        return replace(request, verb="express", tokens=(*request.tokens[match[0].count(" ") :], *how))
    if request.verb == "what" and (match := _PREDICTS.match(said)):
        span = request.tokens[0].span
        plain = tuple(Word(word, span) for word in ("is", "the", "output"))
        return replace(request, tokens=(*plain, *request.tokens[match[0].count(" ") + 1 :]))
    if request.verb in FIND and _PREDICTED.fullmatch(said):
        span = request.tokens[-1].span
        return replace(
            request, tokens=(*request.tokens[: said.startswith(("is ", "are "))], Word("the", span), Word("output", span))
        )
    if said.endswith(" there") and request.verb in FIND:
        return replace(request, tokens=request.tokens[:-1] + _at_this_point(request))
    if (match := _THAT_POINT.search(said)) and request.verb in FIND:
        return replace(request, tokens=request.tokens[: said[: match.start()].count(" ") + 1] + _at_this_point(request))
    if request.verb in FIND and (match := _SCENE.search(said) or _ON_EXAMPLE.search(said)):
        return replace(request, tokens=request.tokens[: len(request.tokens) - match[0].count(" ")])
    if request.verb in ("what", "which") and (match := _TAKES.match(said)):
        length, behind = len(match[0].split()), len(match[0][match.end(1) :].split())
        asked = request.tokens[match[0].split().index("$") : length - behind]
        return replace(request, verb="what", tokens=(Word("is", request.tokens[0].span), *asked, *request.tokens[length:]))
    if request.verb == "how" and _HOW_LARGE.match(said):
        return replace(request, verb="what", tokens=request.tokens[1:])
    if match := _PASS.search(said):
        return replace(request, tokens=request.tokens[: len(request.tokens) - match[0].count(" ")])
    if (match := _MEMBER.search(said)) and _is_of(match, request.tokens[: len(request.tokens) - match[0].count(" ")]):
        return replace(request, tokens=request.tokens[: len(request.tokens) - match[0].count(" ")])
    return request


def _at_this_point(request: Request) -> Tokens:
    return tuple(Word(word, request.tokens[-1].span) for word in ("at", "this", "point"))


def _primes(token: Word | Math) -> int:
    """How often $s''(z)$ says that it is differentiated; 0 for what is no such call."""
    match = re.fullmatch(r"\w('{1,2})\(\w\)", token.text) if isinstance(token, Math) else None
    return len(match[1]) if match is not None else 0


def _is_of(match: re.Match[str], tokens: Tokens) -> bool:
    """Whether the last formula is the entry that the words behind it count, the $p_2$ of class 2."""
    number = int(match["number"]) if match["number"] else ORDINALS.get(match["ordinal"] or "", 0)
    if (match["number"] is None) == (match["ordinal"] is None) or not isinstance(tokens[-1], Math):
        return False
    match trees(tokens[-1]):
        case [Subscript(items=(Number(value=value),))] | (Subscript(items=(Number(value=value),)),):
            return value == number
        case _:
            return False
