r"""Losses and divergences that words describe with their parameters, as formulas.

"the Jensen-Shannon divergence of $p$ and $q$ with weights 0.3 and 0.7", "the focal loss with $\gamma = 2$ at $p = 0.9$",
"the KL term of a VAE with $\mu = ...$ and $\log \sigma^2 = ...$", "$\mathrm{softmax}(z)$ at temperature 2", "$H(y, q)$ with
label smoothing 0.1".
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from chainrule.errors import ChainruleError
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.information.softmaxes import heated_again, owners_of_scores, scores_in
from chainrule.sheets.named_losses import with_named_losses
from chainrule.sheets.notation import statements
from chainrule.sheets.sentences import Sentence, Word, span_of
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Bracket, Name, Number, Relation, Tree, walk
from chainrule.typesetting import latex

_NUMBER = r"#\d+(?:\.\d+)?|\d+(?:\.\d+)?"


@dataclass(frozen=True)
class _Text:
    """A sentence as words, `#k` standing for the formula at token k, and the equations of the whole text."""

    tokens: tuple[Word | Math, ...]
    equations: Mapping[Tree, Tree]
    scores: str
    """The only name that the text calls its logits, "" where there is none."""
    words: frozenset[str] = frozenset()
    """Those of the whole text."""
    normals: tuple[str, ...] = ()
    """Its Gaussians in symbols, without spaces."""
    owned: Mapping[str, str] = field(default_factory=dict[str, str])
    """The logits of the teacher, of the student."""

    @property
    def said(self) -> str:
        return " ".join(f"#{i}" if isinstance(token, Math) else token.text for i, token in enumerate(self.tokens))

    def formula(self, mark: str) -> str:
        """The LaTeX of `#3`, or of a number among the words; "" of a formula that is an equation."""
        if not mark.startswith("#"):
            return mark
        math = self.tokens[int(mark[1:])]
        found = statements(math) if isinstance(math, Math) else ()
        try:
            return latex(found[0]) if len(found) == 1 and not isinstance(found[0], Relation) else ""
        except ChainruleError:  # a table that no formula prints
            return ""

    def equation(self, mark: str) -> tuple[str, Tree] | None:
        r"""The left side of `\epsilon = 0.1`, and the right one."""
        math = self.tokens[int(mark[1:])] if mark.startswith("#") else None
        match statements(math) if isinstance(math, Math) else ():
            case (Relation(operators=("=",), sides=(left, right)),):
                return latex(left), right
            case _:
                return None


_Rule = tuple[re.Pattern[str], Callable[[_Text, re.Match[str]], str]]


def with_losses(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences with formulas in the place of such words. What is not told in full stays as it is, and is refused."""
    sentences = with_named_losses(sentences)
    equations: dict[Tree, Tree] = {}
    for tree in _equations(sentences):
        equations.setdefault(key(tree.sides[0]), tree.sides[1])
    scores = {name for sentence in sentences for name in scores_in(sentence.tokens)}
    said = frozenset(token.text for each in sentences for token in each.tokens if isinstance(token, Word))
    of = next(iter(scores)) if len(scores) == 1 else ""
    formulas = ("".join(t.text.split()) for each in sentences for t in each.tokens if isinstance(t, Math))
    normals = tuple(each for each in formulas if _NORMAL.search(each))
    whole = _Text((), equations, of, said, normals, dict(pair for each in sentences for pair in owners_of_scores(each.tokens)))
    found: list[Sentence] = []
    for sentence in sentences:
        found.append(_read(heated_again(sentence, found), whole))
    return found


def _equations(sentences: Sequence[Sentence]) -> Iterator[Relation]:
    for token in (token for sentence in sentences for token in sentence.tokens):
        for tree in statements(token) if isinstance(token, Math) and not token.illustration else ():
            if isinstance(tree, Relation) and tree.operators == ("=",):
                yield tree


def _read(sentence: Sentence, whole: _Text) -> Sentence:
    for pattern, build in _RULES:
        text = replace(whole, tokens=sentence.tokens)
        said = text.said
        found = ((match, build(text, match)) for match in pattern.finditer(said) if _is_whole(said, match))
        match, made = next(((match, made) for match, made in found if made), (None, ""))
        if match is None:
            continue
        first = said[: match.start()].count(" ")
        end = first + match.group().count(" ") + 1
        given = [i for i in range(first, end) if _is_equation(sentence.tokens[i])]
        words = sentence.tokens[first : min(given, default=end)]
        math = Math(span_of(words), sentence.place, display=False, name=made)
        kept = [part for i in given for part in (Word("with", sentence.tokens[i].span), sentence.tokens[i])]
        sentence = replace(sentence, tokens=(*sentence.tokens[:first], math, *kept, *sentence.tokens[end:]))
    return sentence


def _is_whole(said: str, match: re.Match[str]) -> bool:
    """Whether it begins and ends with a word."""
    return (match.start() == 0 or said[match.start() - 1] == " ") and said[match.end() : match.end() + 1] in ("", " ")


def _is_equation(token: Word | Math) -> bool:
    """Whether it goes on saying what it says: "with $\\gamma = 2$ and $p = 0.9$"."""
    return isinstance(token, Math) and any(isinstance(tree, Relation) for tree in statements(token))


def _weighted(text: _Text, match: re.Match[str]) -> str:
    """The mixture's entropy less the mean of the entropies, as a mean of divergences."""
    first, second = (text.formula(match[name]) for name in ("p", "q"))
    weights = [text.formula(match[name]) for name in ("a", "b") if match[name]]
    if match["w"] and (given := text.equation(match["w"])) is not None:
        weights = [latex(item) for item in given[1].items] if isinstance(given[1], Bracket) else []
    if not first or not second or len(weights) != 2 or not all(weights) or not _is_whole_of(weights):
        return ""
    return jensen_shannon(first, second, *weights)


def _is_whole_of(weights: Sequence[str]) -> bool:
    """Whether weights that are numbers sum to 1."""
    return not all(_DECIMAL.fullmatch(weight) for weight in weights) or sum(map(Fraction, weights)) == 1


_DECIMAL = re.compile(r"\d+(?:\.\d+)?(?:/\d+)?")


def _subscripted(text: _Text, match: re.Match[str]) -> str:
    r"""`JS_\pi(P, Q)` of weights that are given: a list of two, or the weight of the first."""
    found = _WEIGHTED.fullmatch(text.formula(match.group()))
    if found is None:
        return ""
    given = next((body for name, body in text.equations.items() if latex(name) == found["w"]), None)
    if isinstance(given, Bracket) and len(given.items) == 2:
        weights = [*map(latex, given.items)]
        return jensen_shannon(found["p"], found["q"], *weights) if _is_whole_of(weights) else ""
    return jensen_shannon(found["p"], found["q"], found["w"], f"1 - {found['w']}") if isinstance(given, Number) else ""


_WEIGHTED = re.compile(
    r"(?:\\(?:mathrm|operatorname|text)\{)?(?:J ?S ?D?|JSD?)\}?_\{?(?P<w>\\?\w+)\}?\s*(?:\\left)?\(\s*(?P<p>[^(),|\\]+?)\s*"
    r"(?:,|\\\||\\parallel|\|\|?)\s*(?P<q>[^(),|\\]+?)\s*(?:\\right)?\)"
)


def jensen_shannon(first: str, second: str, one: str, other: str) -> str:
    """The divergence of two distributions from their mixture with these weights, in the mean."""
    mixture = f"({one}) {first} + ({other}) {second}"
    return f"({one}) D_{{KL}}({first} \\parallel {mixture}) + ({other}) D_{{KL}}({second} \\parallel {mixture})"


_CHANCES = frozenset(("p", "q", "p_t", "\\hat{p}", "\\hat{y}", "\\hat p", "\\hat y"))
"""The letters of a probability; a label is none."""


def _focal(text: _Text, match: re.Match[str]) -> str:
    """-(1 - p)^gamma log p, with the weight alpha where one is given."""
    said: dict[str, str] = {}
    for mark in re.findall(r"#\d+", match.group()):
        equation = text.equation(mark)
        name = equation[0] if equation else ""
        role = {"\\gamma": "gamma", "\\alpha": "alpha"}.get(name, "p" if name in _CHANCES else "")
        if not role or role in said:
            return ""
        said[role] = name
    for role in ("gamma", "p"):
        if (number := match.groupdict().get(role)) is not None:
            said[role] = text.formula(number)
    if not {"gamma", "p"} <= said.keys() or not all(said.values()):
        return ""
    weight = f"{said['alpha']} " if "alpha" in said else ""
    return f"-{weight}(1 - {said['p']})^{{{said['gamma']}}} \\log {said['p']}"


_SPREAD = re.compile(r"(?:\\log|\\ln)\s*\(?\s*(\\?\w+(?:_\w+)?)\s*\^\s*\{?2\}?\s*\)?|(\\sigma)|(\\sigma)\^\{?2\}?")
"""What a text gives for the spread of a Gaussian."""


def _encoded(text: _Text, match: re.Match[str]) -> str:
    r"""The same where the text says elsewhere what the encoder puts out, and says of no Gaussian how it is distributed."""
    names = [latex(name) for name in text.equations]
    means = [name for name in names if name in ("\\mu", "m")]
    spreads = [(name, found) for name in names if (found := _SPREAD.fullmatch(name))]
    others = [each for each in text.normals if not each.endswith(_STANDARD)]
    told = not {"standard", "unit"}.isdisjoint(text.words) or bool(text.normals) or "prior" not in text.words
    if text.words.isdisjoint(_ENCODERS) or len(means) != 1 or len(spreads) != 1 or others or not told:
        return ""
    if not _OTHERWISE.isdisjoint(text.words):
        return ""
    letter = next((group for group in spreads[0][1].groups() if group), "")
    whole = text.equations[Name(means[0])]
    covariance = f"\\mathrm{{diag}}({letter}^2)" if isinstance(whole, Bracket) else f"{letter}^2"
    unit = "I" if isinstance(whole, Bracket) else "1"
    return f"D_{{KL}}(\\mathcal{{N}}({means[0]}, {covariance}) \\parallel \\mathcal{{N}}(0, {unit}))"


_ENCODERS = frozenset(("encoder", "vae", "variational", "latent", "elbo", "encoder's", "vae's"))
_NORMAL = re.compile(r"(?:mathcal\{?N\}?|\bN|mathrm\{N\}|Normal|𝒩)(?:\\left)?\(")
_OTHERWISE = frozenset(
    ("beta-vae", "annealed", "annealing", "weighted", "full-covariance", "laplace", "uniform", "mixture", "vmf")
)
_STANDARD = ("\\mathcal{N}(0,I)", "\\mathcal{N}(0,1)", "\\mathcal{N}(\\mathbf{0},\\mathbf{I})", "\\mathcal{N}(\\mathbf{0},I)")


def _vae(text: _Text, match: re.Match[str]) -> str:
    r"""The divergence of a diagonal Gaussian from the standard one; \log \sigma^2 may be what is given."""
    names = [equation[0] for mark in re.findall(r"#\d+", match.group()) if (equation := text.equation(mark))]
    if len(names) != 2:
        return ""
    mean, spread = names
    deviation = _SPREAD.fullmatch(spread)
    letter = next((group for group in deviation.groups() if group), "") if deviation else ""
    whole = text.equations.get(Name(mean))
    if not letter or mean not in ("\\mu", "m"):
        return ""
    covariance = f"\\mathrm{{diag}}({letter}^2)" if isinstance(whole, Bracket) else f"{letter}^2"
    unit = "I" if isinstance(whole, Bracket) else "1"
    return f"D_{{KL}}(\\mathcal{{N}}({mean}, {covariance}) \\parallel \\mathcal{{N}}(0, {unit}))"


_TWO = frozenset(("teacher", "student"))


def _tempered(text: _Text, match: re.Match[str]) -> str:
    r"""`\mathrm{softmax}(z / T)` for `\mathrm{softmax}(z)` at a temperature, for the name of it, and for "the softmax"."""
    of = match["of"] or match["scores"]
    names = {part for body in text.equations.values() for part in walk(body)}
    if match["words"] and "softmax" not in match["words"] and Name("softmax") in names:
        return ""  # these have a name
    owner = match["owner"] or ""
    generic = len(text.owned) < 2 and not _TWO.intersection((owner, *text.owned))
    own = text.owned.get(owner, "") if owner and text.owned and not generic else text.scores if len(text.owned) < 2 else ""
    scores = text.formula(of) if of and match["words"] else own
    formula = f"\\mathrm{{softmax}}({scores})" if match["words"] and scores else text.formula(match["of"] or "")
    said = text.equation(match["t"])
    temperature = said[0] if said else text.formula(match["t"])
    if not formula or not temperature:
        return ""
    for name, body in text.equations.items():
        spelled = latex(name)
        if could_be_name(name) and _SOFTMAX.search(latex(body)):
            formula = re.sub(rf"(?<![\w\\]){re.escape(spelled)}(?![\w_])", lambda _, b=body: latex(b), formula)
    if said and f"/ {temperature})" in formula.replace("/", "/ ").replace("  ", " "):
        return formula  # it is divided already: "$q = softmax(z / T)$ at temperature $T = 2$"
    divided, count = _SOFTMAX.subn(lambda found: f"{found[1]}({found[2]} / ({temperature}))", formula)
    return divided if count == 1 and "/" not in _SOFTMAX.findall(formula)[0][1] else ""


_SOFTMAX = re.compile(r"(\\(?:mathrm|operatorname|text)\{softmax\}|softmax)\s*(?:\\left)?\(([^()]*?)(?:\\right)?\)")


def _smoothed(text: _Text, match: re.Match[str]) -> str:
    r"""`H((1 - \epsilon) y + \epsilon / K, q)` for `H(y, q)`, y a list of K numbers."""
    said = text.equation(match["e"])
    amount = said[0] if said else text.formula(match["e"])
    heads = re.fullmatch(r"(.*)\(\s*([^(),]+?)\s*,\s*([^()]+?)\s*\)", text.formula(match["of"]))
    if not amount or heads is None:
        return ""
    label = next((body for name, body in text.equations.items() if latex(name) == heads[2]), None)
    if not isinstance(label, Bracket) or not all(isinstance(item, Number) for item in label.items):
        return ""
    return f"{heads[1]}((1 - {amount}) {heads[2]} + \\frac{{{amount}}}{{{len(label.items)}}}, {heads[3]})"


_WEIGHTS = rf"(?:(?P<a>{_NUMBER}) (?:and|,) (?P<b>{_NUMBER})|(?P<w>#\d+))"
_GAMMA = rf"(?:#\d+|(?:gamma|focusing parameter) (?:= )?(?P<gamma>{_NUMBER}))"
_CHANCE = rf"(?:a |the )?(?:predicted |true-class )?(?:probability|prediction) (?:of )?(?P<p>{_NUMBER})"
_OWNER = r"(?:(?:the|its|this|our) )?(?:{}(?:teacher|student|model|network|classifier|policy){}(?:'s|’s)? )?"
_PREDICTED = (
    r"(?:(?:softmax|softened|soft|output|class|predicted|resulting|corresponding|token|next-token|word|action|sampling) )*"
    r"(?:softmax(?: probabilities| distribution| outputs?)?|probabilities|distribution|outputs?|predictions?)"
)
_SPOKEN = rf"(?P<words>{_OWNER.format('(?P<owner>', ')')}{_PREDICTED}(?: of (?P<scores>#\d+))?)"
_BESIDE = rf"(?:{_OWNER.format('', '')}{_PREDICTED} )?"
_KL = r"(?:kl|kullback-leibler|kullback - leibler)(?: divergence)?"
_TERM = r"(?:regulari[sz]ation )?(?:term|part|regulari[sz]er|penalty|loss|contribution)"
_OBJECTIVE = (
    r"(?:negative )?(?:(?:vae|variational autoencoder|variational|elbo|evidence lower bound)(?: 's)?"
    r"(?: (?:loss|objective|elbo|cost|bound|lower bound))?(?: function)?|(?:loss|objective)(?: function)?)"
)
_GAUSSIAN = r"(?:(?:standard|unit) (?:multivariate )?(?:normal|gaussian))"
_PRIOR = rf"(?:the |a |an |its )?(?:{_GAUSSIAN}(?: prior| distribution)?(?: #\d+)?|prior #\d+|prior)"
_POSTERIOR = (
    r"(?:the |this |its )?(?:(?:approximate|variational|encoder|encoder's|encoded|gaussian) )*"
    r"(?:posterior|distribution)(?: #\d+)?"
)
_RULES: tuple[_Rule, ...] = (
    (re.compile(r"#\d+"), _subscripted),
    (
        re.compile(
            r"(?:the )?(?:knowledge )?(?:distillation|student|contrastive|regulari[sz]ed|smoothed|focal) loss (?P<of>#\d+)"
        ),
        lambda text, match: text.formula(match["of"]),
    ),
    (
        re.compile(
            r"(?:the )?(?:(?:weighted|generali[sz]ed) )?(?:jensen-shannon divergence|js divergence|jsd) (?:of|between)"
            r" (?P<p>#\d+) (?:and|,|from) (?P<q>#\d+) ,? ?with (?:the )?(?:mixture |mixing )?(?:weights?|proportions)"
            rf" {_WEIGHTS}(?: respectively)?"
        ),
        _weighted,
    ),
    (
        re.compile(
            rf"(?:the )?focal loss with {_GAMMA}(?: (?:and|,) #\d+)*(?: (?:at|for|and|,) #\d+| (?:at|for|of) {_CHANCE})?"
        ),
        _focal,
    ),
    (
        re.compile(
            r"(?:the )?(?:kl|kullback-leibler)(?: divergence)? (?:term|part|regulari[sz]er|penalty|loss) of (?:a |the )?"
            r"(?:vae|variational autoencoder)(?: ,)? (?:with|for|at) #\d+ (?:and|,) #\d+"
        ),
        _vae,
    ),
    (
        re.compile(
            rf"(?:the |its )?(?:(?:closed-form|analytic|analytical) )?{_KL}(?: {_TERM})?"
            rf" (?:(?:of|in|for) (?:the |a |this |its )?{_OBJECTIVE}|(?:to|from|against|relative to|with respect to) {_PRIOR}"
            rf"|(?:between|from|of) {_POSTERIOR} (?:and|to|from|relative to) {_PRIOR})"
            rf"|(?:the |its )?(?:{_KL} {_TERM}|kl (?:regulari[sz]er|penalty))(?= \?| \.| in | and |$)"
        ),
        _encoded,
    ),
    (
        re.compile(rf"(?:{_BESIDE}(?P<of>#\d+)|{_SPOKEN}) (?:at|with|for) (?:a |the )?temperature (?:of )?(?P<t>{_NUMBER})"),
        _tempered,
    ),
    (
        re.compile(
            rf"(?P<of>#\d+) (?:with|under|after) label smoothing (?:with |of |by )?(?:(?:epsilon|eps) = )?(?P<e>{_NUMBER})"
        ),
        _smoothed,
    ),
)
