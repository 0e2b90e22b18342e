r"""What a quantity means, said instead of its name: "the information lost when $Q$ is used for $P$", "how uncertain is $X$, in
bits", "how far apart are $P$ and $Q$ in total variation". Each saying leads to the plain words for it.

In `plain`, `<p>` stands for what the saying has there, and a bracket is left out where the saying has nothing for it.
"""

import re
from dataclasses import dataclass
from itertools import product

from chainrule.sheets.information.nouns import EACH


@dataclass(frozen=True)
class Saying:
    """A pattern over the words of a sentence, `$` for a formula, and the plain words.

    measured: only in a sentence that names a unit, as the words mean other things too.
    """

    pattern: re.Pattern[str]
    plain: str
    measured: bool = False


_THING = r"(?:the|a|an|this|that) (?:[a-z]+ ){0,2}?(?:die|coin|source|one|dice|spinner|model|distribution)"
_NAMED = rf"(?:(?:(?:the|true|real|actual|model|data|source|random|variable|distribution) )*\$|{_THING})"
_P, _Q, _V, _W, _X, _Y, _Z = (rf"(?P<{name}>{_NAMED})" for name in "pqvwxyz")
_WHAT = r"(?P<what>what is|what are|compute|calculate|find|determine|give|state|evaluate|estimate|report)(?: the| an?)?"
_PER = rf"(?: (?:per|/) (?:{'|'.join(sorted(EACH))}))?"
_ON_AVERAGE = r"(?: ,)?(?: on average| in expectation)?(?: ,)?"
_COUNT = rf"(?P<n>bits|nats){_PER}"
_MEASURE = rf"(?:(?: ,| \()? in (?P<u>bits|nats){_PER}(?: \))?)?(?: ,)?"
_UNITS = "[ in <n>][ in <u>]"

_FOR = (
    r"(?:for|instead of|in place of|to (?:approximate|model|represent|describe|stand for)|as an? (?:approximation"
    r"|model) (?:of|for|to))"
)
_REPLACING = (
    rf"(?:when|if|by) {_Q} (?:is|was|being) used {_FOR} {_P}",
    rf"(?:by|in|when|if) (?:using|(?:we|one|you) (?:use|uses)) {_Q} {_FOR} {_P}",
    rf"(?:by|in|when|if) (?:approximating|modelling|(?:we|one|you) (?:approximates?|models?)) {_P} (?:by|with|using) {_Q}",
    rf"(?:when|if) {_P} is (?:approximated|modelled|modeled|replaced) (?:by|with) {_Q}",
)
"""Q takes the place of P."""
_LOST = (
    rf"how much information{_MEASURE} is lost{_ON_AVERAGE}",
    rf"how much information is lost{_ON_AVERAGE}{_MEASURE}",
    rf"how many {_COUNT}(?: of information)? (?:is|are) lost{_ON_AVERAGE}",
    rf"how many {_COUNT}(?: of information)? (?:do|does) (?:we|one|you) lose{_ON_AVERAGE}",
    rf"{_WHAT} (?:expected |average )?(?:information (?:(?:that is |which is )?lost|loss)|loss of information){_MEASURE}",
)

_CODE = (
    r"(?:a|an|the|that) (?:(?:optimal|ideal|best|perfect) )*code(?: (?:that|which) (?:is|was))?"
    rf"(?: (?:designed|optimi[sz]ed|optimal|built|made|ideal|meant|matched|constructed|best))* (?:for|to) {_Q}"
)
_DRAWN = r"(?:(?:the |an? )?(?:samples?|symbols?|messages?|outcomes?|draws?|data|letters?|results?)(?: drawn)? (?:from|of) )?"
_WITH = r"(?:with|using|by|by means of)"
_VERB = r"(?:cod|encod|compress|transmitt?)"
_CODING = (
    rf"(?:for|of|when|by|in) {_VERB}ing {_DRAWN}{_P} {_WITH} {_CODE}",
    rf"(?:to|when (?:we|you|one)|if (?:we|you|one)) {_VERB}e?s? {_DRAWN}{_P} {_WITH} {_CODE}",
    rf"(?:when|if) {_DRAWN}{_P} (?:is|are) {_VERB}ed {_WITH} {_CODE}",
    rf"(?:for|of|when|by|in|if) (?:using|(?:we|you|one) uses?) {_CODE} (?:to {_VERB}e?|for(?: {_VERB}ing)?) {_DRAWN}{_P}",
)
"""P is coded with a code for Q."""
_SPENT = (
    r"(?: (?:do|does|are|is|must|will|would)(?: (?:we|one|you|it|be))?(?: (?:have|has) to)?"
    r" (?:needed|need|required|require|pay|paid|wasted|waste|spent|spend|used|use|cost)(?: extra)?)"
)
_MORE = r"(?:extra|additional|wasted|excess|unnecessary|more)"
_LENGTH = r"(?:cost|code length|codeword length|message length|length|coding cost|number of (?P<n>bits|nats))"
_EXTRA = (
    rf"how many {_MORE} {_COUNT}{_ON_AVERAGE}{_SPENT}{_ON_AVERAGE}",
    rf"{_WHAT} (?:expected |average |mean )?{_MORE} {_LENGTH}{_PER}{_MEASURE}",
)
_WHOLE = (
    rf"how many {_COUNT}{_ON_AVERAGE}{_SPENT}{_ON_AVERAGE}",
    rf"{_WHAT} (?:expected |average |mean )?{_LENGTH}{_PER}{_MEASURE}",
)

_KNOWN = r"(?: (?:is|are|was|were|has been|have been) (?:known|given|observed|revealed|seen|told))?"
_GIVEN = (
    r"(?:given|knowing|(?:when|once|if|after)(?: we (?:know|observe|see)| observing| seeing| learning)?"
    r"|conditioned (?:up)?on|conditional (?:up)?on|conditionally on)"
)
_LEFT = r"(?:(?:remaining|residual|average|conditional|leftover) )*"
_TELLS = r"(?:give|tell|carry|contain|provide|reveal|convey)s?(?: us| you)?"
_DISTANCE = r"(?P<d>[a-zé]+(?: ?[-–]? ?[a-zé]+){0,3}?(?: distance| divergence| variation(?: distance)?| metric))"
_THEIR = r"(?: in| measured (?:in|by)| under| according to| as measured by| with respect to| by)(?: the)?"
_CLAIMED = (
    r"(?: numerically)?(?: that)?(?: the(?: (?:chain rule|identity|relation|decomposition|formula|equality"
    r"|equation|claim))?)?(?: :)?"
)
_CHECKED = (
    r"(?: numerically)?(?: ,)?(?: by (?:computing|calculating|evaluating|finding) (?:(?:both|each|the two) sides?"
    r"|(?P<c>.+?)))?"
)
_MUTUAL = f"what is the mutual information of <x> and <y>{_UNITS}"
_INFORMATION = rf"(?:how much information|how many {_COUNT}(?: of information)?)"
_ENTROPY = f"what is the entropy of <y>{_UNITS}"


def _sayings(leads: tuple[str, ...], ends: tuple[str, ...], plain: str) -> list[Saying]:
    """A saying for each beginning with each end."""
    return [_saying(f"{lead} {end}", plain) for lead, end in product(leads, ends)]


def _saying(pattern: str, plain: str, measured: bool = False) -> Saying:
    return Saying(re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"), plain, measured)


SAYINGS = (
    *_sayings(_LOST, _REPLACING, f"what is the kl divergence of <p> relative to <q>{_UNITS}"),
    *_sayings(_EXTRA, _CODING, f"what is the kl divergence of <p> relative to <q>{_UNITS}"),
    *_sayings(_WHOLE, _CODING, f"what is the cross-entropy of <q> relative to <p>{_UNITS}"),
    _saying(rf"(?P<r>kl divergence|relative entropy|cross-entropy){_MEASURE} (?:when|if|where) {_P} is the (?:true"
            rf"|data|target)"
            rf" (?:distribution|one|source)(?: ,)? and {_Q}(?: is)? (?:the|its|an?) (?:model|approximation|estimate"
            rf"|prediction)",
            "<r> between <p> and <q>[ in <u>]"),
    _saying(rf"how much uncertainty (?:about|of|in) {_Y} (?:remains|is left|is there){_MEASURE} {_GIVEN} {_X}{_KNOWN}",
            f"what is the entropy of <y> given <x>{_UNITS}", measured=True),
    _saying(rf"{_LEFT}uncertainty (?:about|of|in) {_Y} {_GIVEN} {_X}{_KNOWN}", "entropy of <y> given <x>", measured=True),
    _saying(rf"entropy of {_Y} {_GIVEN} {_X}{_KNOWN}", "entropy of <y> given <x>"),
    _saying(rf"how many {_COUNT} of entropy {_Y} (?:has|have|contains|carries)", "the entropy of <y> in <n>"),
    _saying(rf"how uncertain is {_Y}", _ENTROPY, measured=True),
    _saying(rf"how much (?:uncertainty|entropy) (?:does|do|has|is(?: there)? in) {_Y}(?: have| has| carry|"
            rf" contain)?", _ENTROPY,
            measured=True),
    _saying(rf"how many {_COUNT} of (?:entropy|uncertainty) (?:(?:does|do) {_Y} (?:have|carry|contain)"
            rf"|(?:has|have|(?:is|are)(?: there)? in) {_Z})", "what is the entropy of [<y>][<z>] in <n>"),
    _saying(rf"uncertainty (?:of|in) {_Y}", "entropy of <y>", measured=True),
    _saying(rf"(?:average|expected|mean) information(?: content)?{_PER} (?:of|in)(?: (?:an? )?(?:outcome|symbol|draw)"
            rf" (?:of|from))? {_Y}",
            "entropy of <y>"),
    _saying(rf"{_INFORMATION} (?:does|do) {_X} {_TELLS} about {_Y}", _MUTUAL),
    _saying(rf"{_INFORMATION} about {_Y} (?:does|do) {_X} {_TELLS}", _MUTUAL),
    _saying(rf"{_INFORMATION} (?:does|do) {_X} and {_Y} (?:share|have in common)(?: with each other)?", _MUTUAL),
    _saying(rf"information (?:(?:that |which )?{_X} and {_Y} share|shared (?:by|between) {_V} and"
            rf" {_W})", "mutual information of [<x>][<v>] and [<y>][<w>]"),
    _saying(rf"(?:by )?how (?:much|many {_COUNT}) (?:does|will|would) (?:knowing|observing|learning|the knowledge of) {_X}"
            rf" (?:reduce|decrease|lower) (?:the |our )?(?:uncertainty|entropy) (?:about|of|in) {_Y}", _MUTUAL),
    _saying(r"(?:by )?how (?:much|many (?P<n>bits|nats)) (?:do|does) (?P<a>.+?) exceed (?P<b>.+?)(?P<end>(?: \?)?)$",
            "what is the difference between <a> and <b>[ in <n>]<end>"),
    _saying(r"by how (?:much|many (?P<n>bits|nats)) is (?P<a>.+?) (?:larger|greater|higher|more) than"
            r" (?P<b>.+?)(?P<end>(?: \?)?)$",
            "what is the difference between <a> and <b>[ in <n>]<end>"),
    _saying(r"how (?:far|much) is (?P<a>.+?) above (?P<b>.+?)(?P<end>(?: \?)?)$",
            "what is the difference between <a> and <b><end>"),
    _saying(rf"how (?:far apart|different|close) are (?:{_P} and {_Q}|(?P<both>the two distributions))(?: ,)?{_THEIR}"
            rf" {_DISTANCE}",
            "what is the <d> between [<p> and <q>][<both>]"),
    _saying(rf"how far is {_P} from {_Q}(?: ,)?{_THEIR}"
            rf" {_DISTANCE.replace('| divergence', '')}", "what is the <d> between <p> and <q>"),
    _saying(r"(?P<chi>\$)(?: -)? ?-?(?P<k>divergence|distance)", "chi-squared <k>"),
    _saying(r"(?:half|one half|1 / 2)(?: of)?(?: the)? (?:l 1|(?P<l>\$)) distance", "total variation distance"),
    _saying(r"(?P<o>(?:second|third|fourth)-order) r[eé]nyi (?P<k>divergence|entropy)", "rényi <k> of order <o>"),
    _saying(r"r[eé]nyi(?: -)? (?P<o>\d+(?:\.\d+)?) (?P<k>divergence|entropy)", "rényi <k> of order <o>"),
    _saying(r"neyman(?:'s)? (?P<k>chi(?:-| - | )squared?)", "reverse <k>"),
    _saying(r"(?P<r>cross-entropy(?: loss)?) (?:when|if|where|with|given|assuming) (?:the )?(?:true |correct |one-hot )?"
            r"(?:label|target)(?: vector)?(?: is| being)? (?P<e>\$)", "<r> for the label <e>"),
    _saying(rf"^(?:verify|check|confirm|show|demonstrate){_CLAIMED} (?P<e>\$){_CHECKED}(?P<end>(?: [.?])?)$",
            "verify that <e>[ and compute <c>] <end>"),
    _saying(r", (?:i\.?e\.? )?the limit(?:ing case)?(?: (?:for|as|when|at))? (?P<t>\$) (?P<k>of the [a-zé -]+?"
            r" (?:divergence|entropy))",
            ", which is the limit <k> for <t>"),
    _saying(r", (?:i\.?e\.? )?the limit(?:ing case)?(?P<k> of the [a-zé -]+? (?:divergence|entropy))?(?: (?:for|as"
            r"|when|at))? (?P<t>\$)",
            ", which is the limit [<k>] for <t>"),
    _saying(r"(?:the )?derivative (?P<f>\$)", "<f>"),
    _saying(r"^(?P<a>(?:the|its) [^?]+?)(?: ,)? (?:is|equals|is equal to|comes to|amounts to)(?P<end>(?: :)?(?:"
            r" \?)?)$", "what is <a> <end>"),
)  # fmt: skip
"""In the order in which they are looked for; each counts once in a sentence."""
