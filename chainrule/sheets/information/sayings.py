r"""What a quantity means, said instead of its name: "the information lost when $Q$ is used for $P$", "how uncertain is $X$, in
bits", "how far apart are $P$ and $Q$ in total variation". Each saying leads to the plain words for it.

In `plain`, `<truth>` stands for what the saying has there, and a bracket is left out where the saying has nothing for it.
"""

import re
from dataclasses import dataclass
from itertools import product
from typing import Literal

from chainrule.sheets.information.nouns import EACH


@dataclass(frozen=True)
class Saying:
    """A pattern over the words of a sentence, `$` for a formula, and the plain words.

    needs: what must be there, as the words mean other things too. unit: the sentence names one. quantity: the group "asked"
    begins with one of information theory, else only leads to a table. compared: the sentence names one, or
    "more" has a formula.
    """

    pattern: re.Pattern[str]
    plain: str
    needs: Literal["unit", "quantity", "compared", ""] = ""


NAMES = ("truth", "model", "source", "subject", "one", "another", "holder")
"""The groups of patterns that are names of distributions or variables, or nouns for these."""
_THING = r"(?:the|a|an|this|that) (?:[a-z]+ ){0,2}?(?:die|coin|source|one|dice|spinner|model|distribution)"
_NAMED = rf"(?:(?:(?:the|true|real|actual|model|data|source|random|variable|distribution) )*\$|{_THING})"
_TRUTH, _MODEL, _SOURCE, _SUBJECT, _ONE, _ANOTHER, _HOLDER = (rf"(?P<{name}>{_NAMED})" for name in NAMES)
_WHAT = r"(?:what is|what are|compute|calculate|find|determine|give|state|evaluate|estimate|report)(?: the| an?)?"
_PER = rf"(?: (?:per|/) (?:{'|'.join(sorted(EACH))}))?"
_ON_AVERAGE = r"(?: ,)?(?: on average| in expectation)?(?: ,)?"
_COUNT = rf"(?P<count>bits|nats){_PER}"
_MEASURE = rf"(?:(?: ,| \()? in (?P<unit>bits|nats){_PER}(?: \))?)?(?: ,)?"
_UNITS = "[ in <count>][ in <unit>]"

_FOR = (
    r"(?:for|instead of|in place of|to (?:approximate|model|represent|describe|stand for)|as an? (?:approximation"
    r"|model) (?:of|for|to))"
)
_BY = r"(?:by|with|using)"
_REPLACING = (
    rf"(?:when|if|by) {_MODEL} (?:is|was|being) used {_FOR} {_TRUTH}",
    rf"(?:by|in|when|if) (?:using|(?:we|one|you) (?:use|uses)) {_MODEL} {_FOR} {_TRUTH}",
    rf"(?:by|in|when|if) (?:approximating|modelling|(?:we|one|you) (?:approximates?|models?)) {_TRUTH} {_BY} {_MODEL}",
    rf"(?:when|if) {_TRUTH} is (?:approximated|modelled|modeled|replaced) (?:by|with) {_MODEL}",
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
    rf"(?: (?:designed|optimi[sz]ed|optimal|built|made|ideal|meant|matched|constructed|best))* (?:for|to) {_MODEL}"
)
_DRAWN = r"(?:(?:the |an? )?(?:samples?|symbols?|messages?|outcomes?|draws?|data|letters?|results?)(?: drawn)? (?:from|of) )?"
_WITH = r"(?:with|using|by|by means of)"
_VERB = r"(?:cod|encod|compress|transmitt?)"
_CODING = (
    rf"(?:for|of|when|by|in) {_VERB}ing {_DRAWN}{_TRUTH} {_WITH} {_CODE}",
    rf"(?:to|when (?:we|you|one)|if (?:we|you|one)) {_VERB}e?s? {_DRAWN}{_TRUTH} {_WITH} {_CODE}",
    rf"(?:when|if) {_DRAWN}{_TRUTH} (?:is|are) {_VERB}ed {_WITH} {_CODE}",
    rf"(?:for|of|when|by|in|if) (?:using|(?:we|you|one) uses?) {_CODE} (?:to {_VERB}e?|for(?: {_VERB}ing)?) {_DRAWN}{_TRUTH}",
)
"""P is coded with a code for Q."""
_SPENT = (
    r"(?: (?:do|does|are|is|must|will|would)(?: (?:we|one|you|it|be))?(?: (?:have|has) to)?"
    r" (?:needed|need|required|require|pay|paid|wasted|waste|spent|spend|used|use|cost)(?: extra)?)"
)
_MORE = r"(?:extra|additional|wasted|excess|unnecessary|more)"
_LENGTH = r"(?:cost|code length|codeword length|message length|length|coding cost|number of (?P<count>bits|nats))"
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
_EXACT = r"(?:closed(?: - |-| )?form|analytic(?:al)?(?: form)?|explicit(?: form)?)(?: (?:expression|solution|formula|form))?"
_CLOSED = (
    rf"(?:(?:has|have|admits?|possess(?:es)?) (?:an? )?(?:simple )?{_EXACT}"
    rf"|can be (?:written|expressed|computed|given|evaluated|calculated|found|obtained) (?:in|analytically|explicitly|exactly"
    rf"|by an?)(?: {_EXACT})?)"
)
_STATING = (
    r"(?:(?: ,)?(?: and)? (?:state|give|write|find|derive|express|determine|compute|provide)(?: down)?"
    rf" (?:it|this|that|(?:this|that|its|the)(?: (?:form|expression|formula|{_EXACT}))))?"
)
_TELLS = r"(?:give|tell|carry|carrie|contain|provide|reveal|convey)s?(?: us| you)?"
_DISTANCE = r"(?P<distance>[a-zé]+(?: ?[-–]? ?[a-zé]+){0,3}?(?: distance| divergence| variation(?: distance)?| metric))"
_THEIR = r"(?: in| measured (?:in|by)| under| according to| as measured by| with respect to| by)(?: the)?"
_CLAIM = (
    r"(?: the(?: (?:chain rule|identity|relation|decomposition|formula|equality"
    r"|equation|claim))?)?(?: :)?"
)
_NUMBERS = r"(?: ,)? (?:numerically|(?:with|using|in|by)(?: (?:the|these|your|our|actual|concrete|explicit))* numbers)"
_CLAIMED = rf"(?:{_NUMBERS})?(?:(?: ,)? in (?P<measure>bits|nats))?(?: ,)?(?: that)?{_CLAIM}"
_CHECKED = (
    r"(?: numerically)?(?: ,)?(?: by (?:computing|calculating|evaluating|finding|stating|giving|reporting"
    r"|working out) (?:(?:both|each|the two) sides?"
    r"|(?P<sides>.+?)))?"
)
_BY_HOW = r"(?:by )?how (?:much|far|many (?P<count>bits|nats))"
_SIDE = r"(?:(?! [,:;]| i\.e| that is ).)+?"
"""One of two quantities that are set beside each other."""
_SHORT_OF = (
    r"(?:below|under|short of|away from|(?:smaller|lower|less|fewer) than"
    r"|(?:fall|falls|fell|stay|stays|remain|remains|lie|lies) (?:short of|below|under))"
)
_MUTUAL = f"what is the mutual information of <source> and <subject>{_UNITS}"
_INFORMATION = rf"(?:how much information{_MEASURE}|how many {_COUNT}(?: of information)?)"
_ENTROPY = f"what is the entropy of <subject>{_UNITS}"


def _sayings(leads: tuple[str, ...], ends: tuple[str, ...], plain: str) -> list[Saying]:
    """A saying for each beginning with each end."""
    return [_saying(f"{lead} {end}", plain) for lead, end in product(leads, ends)]


def _saying(pattern: str, plain: str, needs: Literal["unit", "quantity", "compared", ""] = "") -> Saying:
    return Saying(re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"), plain, needs)


_ASIDE = (
    r"(?:on the other hand|by contrast|in contrast|by comparison|in comparison|conversely|however|then|in turn|finally|now"
    r"|therefore|thus|accordingly|in particular|in addition|incidentally|by the way)"
)
"""What stands between commas behind a question word, and says nothing of what is asked."""
_ASKS = r"(?:(?:and|but|so|now) )?(?:what|which|how (?:large|big|much|many (?:bits|nats)|far|high|small))"

SAYINGS = (
    _saying(rf"^(?P<asks>{_ASKS}) , {_ASIDE} ,(?= )", "<asks>"),
    _saying(r"^(?P<asks>(?:(?:and|but|so|now) )?what) , in (?P<unit>bits|nats|shannons|hartleys) , (?P<verb>is"
            r"|are) (?P<asked>.+?)"
            r"(?P<end>(?: \?)?)$", "<asks> <verb> <asked> in <unit> <end>"),
    _saying(r"^(?P<asks>(?:(?:and|but|so|now|then) )?what) (?:would|will|might|must|should|could|can) (?P<asked>[^,]+?) be"
            r"(?P<rest>(?:(?! (?:if|were|had|without|instead|when|unless|after|once|like|used|good) ).)*)$",
            "<asks> is <asked> <rest>", needs="quantity"),
    _saying(r"(?:, )?(?:with|where|for|taking) (?P<subject>\$)(?: (?:is|being|as|taken as))?(?: the)? uniform(?: distribution)?"
            r"(?= [.?]|$)", "where <subject> is the uniform distribution"),
    _saying(r", (?P<subject>\$) being(?: the)? uniform(?: distribution)?(?= [.?]|$)",
            "where <subject> is the uniform distribution"),
    _saying(r"(?P<lead>for|with|and) uniform (?P<subject>\$)", "<lead> the uniform distribution <subject>"),
    *_sayings(_LOST, _REPLACING, f"what is the kl divergence of <truth> relative to <model>{_UNITS}"),
    *_sayings(_EXTRA, _CODING, f"what is the kl divergence of <truth> relative to <model>{_UNITS}"),
    *_sayings(_WHOLE, _CODING, f"what is the cross-entropy of <model> relative to <truth>{_UNITS}"),
    _saying(rf"(?:show|prove|verify|demonstrate|argue|explain)(?: that| why) (?P<asked>.+?) {_CLOSED}{_STATING}",
            "find <asked>", needs="quantity"),
    _saying(rf"(?P<quantity>kl divergence|relative entropy|cross-entropy){_MEASURE} (?:when|if|where) {_TRUTH} is the (?:true"
            rf"|data|target)"
            rf" (?:distribution|one|source)(?: ,)? and {_MODEL}(?: is)? (?:the|its|an?) (?:model|approximation|estimate"
            rf"|prediction)",
            "<quantity> between <truth> and <model>[ in <unit>]"),
    _saying(rf"how much uncertainty (?:about|of|in) {_SUBJECT} (?:remains|is left|is there){_MEASURE} {_GIVEN}"
            rf" {_SOURCE}{_KNOWN}",
            f"what is the entropy of <subject> given <source>{_UNITS}", needs="unit"),
    _saying(rf"{_LEFT}uncertainty (?:about|of|in) {_SUBJECT} {_GIVEN} {_SOURCE}{_KNOWN}",
            "entropy of <subject> given <source>", needs="unit"),
    _saying(rf"entropy of {_SUBJECT} {_GIVEN} {_SOURCE}{_KNOWN}", "entropy of <subject> given <source>"),
    _saying(rf"how many {_COUNT} of entropy {_SUBJECT} (?:has|have|contains|carries)", "the entropy of <subject> in <count>"),
    _saying(rf"how uncertain is {_SUBJECT}", _ENTROPY, needs="unit"),
    _saying(rf"how much (?:uncertainty|entropy) (?:does|do|has|is(?: there)? in) {_SUBJECT}(?: have| has| carry|"
            rf" contain)?", _ENTROPY,
            needs="unit"),
    _saying(rf"how many {_COUNT} of (?:entropy|uncertainty) (?:(?:does|do) {_SUBJECT} (?:have|carry|contain)"
            rf"|(?:has|have|(?:is|are)(?: there)? in) {_HOLDER})", "what is the entropy of [<subject>][<holder>] in <count>"),
    _saying(rf"uncertainty (?:of|in) {_SUBJECT}", "entropy of <subject>", needs="unit"),
    _saying(rf"(?:(?:average|expected|mean) )?information(?: content)? (?:(?:of|in|from) {_SOURCE}|(?:that |which )?{_ONE}"
            rf" {_TELLS}) (?:about|on) {_SUBJECT}", "mutual information of [<source>][<one>] and <subject>"),
    _saying(rf"(?:average|expected|mean) information(?: content)?{_PER} (?:of|in)(?: (?:an? )?(?:outcome|symbol|draw)"
            rf" (?:of|from))? {_SUBJECT}",
            "entropy of <subject>"),
    _saying(rf"{_INFORMATION} (?:does|do) {_SOURCE} {_TELLS} about {_SUBJECT}", _MUTUAL),
    _saying(rf"{_INFORMATION} about {_SUBJECT} (?:does|do) {_SOURCE} {_TELLS}", _MUTUAL),
    _saying(rf"{_INFORMATION} (?:does|do) {_SOURCE} and {_SUBJECT} (?:share|have in common)(?: with each other)?", _MUTUAL),
    _saying(rf"information (?:(?:that |which )?{_SOURCE} and {_SUBJECT} share|shared (?:by|between) {_ONE} and"
            rf" {_ANOTHER})", "mutual information of [<source>][<one>] and [<subject>][<another>]"),
    _saying(rf"(?:by )?how (?:much|many {_COUNT}) (?:does|will|would) (?:knowing|observing|learning|the knowledge of) {_SOURCE}"
            rf" (?:reduce|decrease|lower) (?:the |our )?(?:uncertainty|entropy) (?:about|of|in) {_SUBJECT}", _MUTUAL),
    _saying(r"(?:support|justify|back up|back|substantiate|confirm|underpin) (?:it|(?:your|this|the) (?:answer|claim|reply"
            r"|statement|decision|conclusion|verdict)) (?:with|by|using|via|through)(?: (?:computing|calculating|finding"
            r"|stating|the value of))? (?P<asked>.+)", "compute <asked>", needs="quantity"),
    _saying(r"(?:by )?how (?:much|many (?P<count>bits|nats)) (?:do|does) (?P<more>.+?) exceed (?P<less>.+?)(?P<end>(?: \?)?)$",
            "what is the difference between <more> and <less>[ in <count>]<end>", needs="compared"),
    _saying(r"by how (?:much|many (?P<count>bits|nats)) is (?P<more>.+?) (?:larger|greater|higher|more) than"
            r" (?P<less>.+?)(?P<end>(?: \?)?)$",
            "what is the difference between <more> and <less>[ in <count>]<end>", needs="compared"),
    _saying(rf"{_BY_HOW} (?:is|are|was|were|does|do|did) (?P<less>{_SIDE}) {_SHORT_OF} (?P<more>{_SIDE})(?P<end>(?: \?)?)$",
            "what is the difference between <more> and <less>[ in <count>]<end>", needs="compared"),
    _saying(rf"{_BY_HOW} (?:is|are|was|were) (?P<more>{_SIDE}) above (?P<less>{_SIDE})(?P<end>(?: \?)?)$",
            "what is the difference between <more> and <less>[ in <count>]<end>", needs="compared"),
    _saying(r"how (?:far|much) is (?P<more>.+?) above (?P<less>.+?)(?P<end>(?: \?)?)$",
            "what is the difference between <more> and <less><end>", needs="compared"),
    _saying(rf"how (?:far apart|different|close) are (?:{_TRUTH} and {_MODEL}|(?P<both>the two distributions))(?: ,)?{_THEIR}"
            rf" {_DISTANCE}",
            "what is the <distance> between [<truth> and <model>][<both>]"),
    _saying(rf"how (?:far apart|different|close)(?: ,)?{_THEIR} {_DISTANCE}"
            rf" are (?:the (?:two )?distributions )?{_TRUTH} and {_MODEL}",
            "what is the <distance> between <truth> and <model>"),
    _saying(rf"how far is {_TRUTH} from {_MODEL}(?: ,)?{_THEIR}"
            rf" {_DISTANCE.replace('| divergence', '')}", "what is the <distance> between <truth> and <model>"),
    _saying(r"(?:the|its) (?P<asked>perplexity|entropy|surprisal) (?:(?:that|which) )?(?:goes (?:along )?with"
            r"|corresponds to|belongs to|follows from"
            r"|results from|corresponding to|belonging to|resulting from|going with) (?:(?:this|that|the|your) (?:last |same )?"
            r"(?:value|entropy|number|result|answer|one|figure)|it|this|that)",
            "its <asked>"),
    _saying(rf"(?:what|how much) (?:surprise|surprisal|information){_MEASURE} (?:do|would|should|can|will"
            rf"|must) (?:you|we|one|i)"
            rf" expect(?: to (?:get|gain|see|receive|have))?(?: on average| in expectation)?",
            "what is the expected surprisal[ in <unit>]"),
    _saying(r"how much of (?:(?:your|the|this|that) (?:answer|result|value|number)(?: (?:to|of|from"
            r"|in) (?:part )?\( [a-z0-9]+ \))?|it"
            r"|this|that) is (?:due to |just |only )?(?P<asked>(?:the|its) .+)", "what is <asked>", needs="quantity"),
    _saying(r"(?P<distance>hellinger distance)(?: ,)?(?: \()? (?:with|using|including) the (?:usual |standard "
            r"|conventional |common )?"
            r"(?:normali[sz]ation |normali[sz]ing |leading |pre)?factor(?: of)? (?P<usual>\$)(?: \))?", "<distance>"),
    _saying(r"^(?:show|verify|check|prove|confirm|demonstrate) that (?P<asked>.+?) is an? (?:neat|nice|round|clean"
            r"|simple|pretty)"
            r" number of (?P<unit>bits|nats)(?:(?: ,)?(?: and)? (?:say|state|give|find|tell) (?:which(?: (?:one|number))?|it"
            r"|what it is|its value))?(?P<end>(?: [.?])?)$", "compute <asked> in <unit> <end>", needs="quantity"),
    _saying(r"what (?P<asked>(?:[a-z-]+ ){0,2}?(?:loss|cost|entropy|cross-entropy|divergence|distance|perplexity|surprisal"
            r"|probabilities))(?: ,)? (?:do|would|will|can|should) (?:you|we|one|i) (?:get|obtain|find|compute|calculate"
            r"|arrive at|end up with|have)", "what is the <asked>"),
    _saying(r"with (?:equal|the same|identical|even) (?:chances?|odds|likelihoods?|frequency|frequencies)",
            "with equal probability"),
    _saying(r"(?P<chi_squared>\$)(?: -)? ?-?(?P<kind>divergence|distance)", "chi-squared <kind>"),
    _saying(r"(?:half|one half|1 / 2)(?: of)?(?: the)? (?:l 1|(?P<norm>\$)) distance", "total variation distance"),
    _saying(r"(?P<order>(?:second|third|fourth)-order) r[eé]nyi (?P<kind>divergence|entropy)", "rényi <kind> of order <order>"),
    _saying(r"r[eé]nyi(?: -)? (?P<order>\d+(?:\.\d+)?) (?P<kind>divergence|entropy)", "rényi <kind> of order <order>"),
    _saying(r"neyman(?:'s)? (?P<kind>chi(?:-| - | )squared?)", "reverse <kind>"),
    _saying(r"(?P<quantity>cross-entropy(?: loss)?) (?:when|if|where|with|given|assuming) (?:the )?(?:true |correct |one-hot )?"
            r"(?:label|target)(?: vector)?(?: is| being)? (?P<equation>\$)", "<quantity> for the label <equation>"),
    _saying(rf"^(?:verify|check|confirm|show|demonstrate){_CLAIMED} (?P<equation>\$){_CHECKED}"
            r"(?:(?: ,)? in (?P<unit>bits|nats))?(?P<end>(?: [.?])?)$",
            "verify that <equation>[ and compute <sides>][ in <measure>][ in <unit>] <end>"),
    _saying(rf"(?:, )?so(?: that)?(?: (?:you|we|one) can (?:check|verify|confirm|test){_CLAIMED} (?P<shown>\$)"
            rf"|{_CLAIM} (?P<equation>\$) (?:can|may|could) be (?:checked|verified|confirmed|tested))",
            "and verify that [<equation>][<shown>][ in <measure>]"),
    _saying(r"(?:, )?(?:with|where|taking|measuring) (?:the )?(?:entropy|entropies|cross-entropy|(?:kl )?divergences?|mutual"
            r" information)(?: (?:is|are|being))?(?: (?:measured|taken|given|expressed))? in (?P<unit>bits|nats)",
            "in <unit>"),
    _saying(r", (?:i\.?e\.? )?the limit(?:ing case)?(?: (?:for|as|when|at))? (?P<limit>\$) (?P<kind>of the [a-zé -]+?"
            r" (?:divergence|entropy))",
            ", which is the limit <kind> for <limit>"),
    _saying(r", (?:i\.?e\.? )?the limit(?:ing case)?(?P<kind> of the [a-zé -]+? (?:divergence|entropy))?(?: (?:for|as"
            r"|when|at))? (?P<limit>\$)",
            ", which is the limit [<kind>] for <limit>"),
    _saying(r"(?:, )?(?:i\.?e\.?|that is|namely) (?P<preposition>for|at|with) (?P<equation>\$)", "<preposition> <equation>"),
    _saying(r"(?:information gain|bayesian surprise|gain in information) (?P<divergence>\$)", "<divergence>"),
    _saying(r"(?:the )?derivative (?P<slope>\$)", "<slope>"),
    _saying(r"^(?:compute )?(?:turn|convert|map|transform) (?:(?:the|these|those) (?:scores|logits|numbers|values)"
            r"|these|them|it) (?:in)?to"
            r" (?:an? (?:vector of )?)?(?:class )?(?:probabilities|probability (?:vector|distribution))(?: (?:with"
            r"|using|by|via|through)"
            r"(?: an?| the)? softmax(?: function)?)?(?P<end>(?: [.?])?$|(?: ,)? and(?: then| also)?(?= (?:give|find"
            r"|compute|calculate"
            r"|determine|state|report|evaluate|what)\b))", "compute the softmax probabilities <end>"),
    _saying(r"if the (?P<kind>true|correct|actual|right|target) (?P<noun>class|label|category|answer) (?:is|was|were"
            r"|turns out to be)",
            "when the <kind> <noun> is"),
    _saying(r"the softmax of (?:the|these) (?:scores|logits)(?! \$)", "the softmax probabilities"),
    _saying(r"^(?P<asked>[^:?]+?) : (?:please )?(?:compute|calculate|find|determine|evaluate|give|state|report|work out|derive)"
            r" (?:it|this|that|its value|this (?:quantity|number|value))(?P<how>(?: .+?)?)(?P<end>(?: [.?])?)$",
            "compute <asked> <how> <end>", needs="quantity"),
    _saying(r"^(?P<asked>(?:the|its) [^?]+?)(?: ,)? (?:is|equals|is equal to|comes to|amounts to)(?P<end>(?: :)?(?:"
            r" \?)?)$", "what is <asked> <end>", needs="quantity"),
)  # fmt: skip
"""In the order in which they are looked for; each counts once in a sentence."""
