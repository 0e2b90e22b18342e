"""Sentences about layers as rows of phrases: heads, "a dense layer", and what is said of them, "32 filters", "stride 2"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from chainrule.inference.symbols import could_be_name
from chainrule.sheets.networks.vocabulary import NUMBERS
from chainrule.sheets.notation import trees
from chainrule.sheets.phrases import phrases_of, rows_of
from chainrule.sheets.sentences import Word
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Juxtaposition, Number, Product, Relation, Tree

_WORDS = {word: value for word, value in NUMBERS.items() if value}
_N = rf"(?:\d[\d,]*|{'|'.join(_WORDS)})"
_LIST = rf"(?:(?:{_N} (?:, and|,|and) )*{_N})"
_X = r"(?:x|×|by)"
_EMBEDDED = "(?:word|token|input|character|item|user|subword)"
_OWNER = r"(?:(?:output )?(?:filter|unit|neuron|node|channel|kernel|feature map)|output|gate)"
_ONE_BIAS = r"(?:one|1|an?|its own|an own)(?: own)? bias(?: (?:term|vector|value|parameter))?"
_LAYER = r"(?: layers?| cells?| units?| networks?)"
_HEADS = {
    "dense": r"(?:fully connected|dense|linear|affine|densely connected)(?: (?:neural network|output|hidden))? layers?",
    "convolution": r"(?:2 d |two dimensional )?(?:convolution(?:al)?|conv(?: 2 d)?)(?: neural network)?(?: layers?)?"
    r"(?! (?:neural )?networks?| net\b)",
    "convolution-1d": r"(?:1 d|one dimensional|temporal) (?:convolution(?:al)?|conv)(?: layers?)?",
    "lstm": rf"lstm{_LAYER}?|long short term memory(?: \( lstm \))?{_LAYER}?",
    "gru": rf"gru{_LAYER}?|gated recurrent unit(?: \( gru \))?(?: layers?)?",
    "recurrent": rf"(?:simple |vanilla |elman |plain )*(?:rnn|recurrent(?: neural)?){_LAYER}?",
    "embedding": rf"(?:{_EMBEDDED} )?embedding (?:layers?|matrix|(?:lookup )?table)|embeds?(?: each of)?"
    rf"|(?:{_EMBEDDED} )?embeddings?(?= (?:of|for|with|followed|has|have|that|,|\()| ?$)",
    "batch-norm": r"(?:batch (?:normali[sz]ation|norm)|batchnorm)(?: layers?)?",
    "layer-norm": r"(?:layer (?:normali[sz]ation|norm)|layernorm)(?: layers?)?",
    "attention": r"(?:multi head(?:ed)? |single head(?:ed)? |scaled dot product )*(?:self |cross )?attention"
    r"(?: (?:layers?|blocks?|modules?|mechanism))?",
    "pooling": r"(?:max|average|avg) pool(?:ing)?(?: layers?| operation)?",
    "flatten": r"flatten(?:ing)? (?:layer|operation)|flattened",
    "no-parameters": r"(?:relu|tanh|sigmoid|softmax|dropout) layers?|dropout(?: with (?:rate|probability) [\d.]+)?",
}
_ATTRIBUTES = {
    "image": rf"(?P<image_h>\d+) {_X} (?P<image_w>\d+)(?: {_X} (?P<image_c>\d+))?"
    r"(?: pixels?)?(?= (?:pixels?|rgb|grey|gray|colou?r|black|images?|inputs?|input volume|volumes?|tensors?"
    r"|feature maps?|pictures?|photos?)\b)"
    rf"|(?:images?|inputs?|input volumes?|feature maps?|pictures?|photos?|volumes?|tensors?) (?:is |are |has "
    rf"|have )?(?:of )?(?:a )?(?:the )?(?:size |shape |dimensions? )?"
    rf"\(?(?P<of_h>\d+) {_X} (?P<of_w>\d+)(?: {_X} (?P<of_c>\d+))?\)?(?: pixels)?"
    r"(?! (?:filters?|kernels?))",
    "colour": r"(?P<rgb>rgb|colou?r(?:ed)?)(?= (?:images?|inputs?|pictures?|photos?))"
    r"|(?P<grey>gr[ae]y ?scale|gr[ae]y|single channel|black and white)(?= (?:images?|inputs?|pictures?|photos?))",
    "channels_in": rf"(?P<channels_in>{_N}) (?:input (?:channels?|feature maps?)|channel (?=images?|inputs?))",
    "maps": rf"from (?:(?:the|an?) )?(?P<from>{_N})"
    rf"(?: dimensional (?:{_EMBEDDED} )?(?:embeddings?|vectors?|inputs?|representations?|features?|space)"
    r"| (?:input )?(?:channels?|units?|neurons?|inputs?|features|dimensions))?"
    rf" to (?:the )?(?P<to>{_N})(?: dimensional (?:vectors?|outputs?|space)"
    r"| (?:output )?(?:channels?|units?|neurons?|outputs?|features|classes|categories|labels|logits|scores|words|tokens"
    r"|dimensions))?",
    "maps_features": rf"(?:maps|mapping|transforms|transforming) (?P<maps_in>{_N})"
    rf"(?: (?:(?:input )?channels?|inputs?|(?:input )?features?|units?|values?|dimensions|words|tokens))?"
    rf" (?:in)?to (?P<maps_out>{_N})(?: (?:(?:output )?channels?|outputs?|(?:output )?features?|units?|values?"
    rf"|dimensions|classes))?",
    "ahead": rf"(?P<next_h>\d+) {_X} (?P<next_w>\d+)(?= (?:convolutions?|convolutional|conv|max|average|avg|pooling)\b)"
    rf"|(?P<next_units>{_N}) (?:units?|neurons?|nodes?)(?= (?:fully|dense|linear|lstm|gru|rnn|simple|recurrent))",
    "kernel": rf"(?P<kernel>\d+) {_X} (?P<kernel_w>\d+)(?= (?:filters?|kernels?|windows?)\b)"
    rf"|(?:filters?|kernels?|windows?)?(?: ?each)?(?: ?of)? ?size (?:is )?(?:of )?(?P<size>\d+) {_X} (?P<size_w>\d+)"
    r"|(?:kernel|filter|window|pool) (?:size|width|length) (?:is )?(?:of )?(?P<side>\d+)(?! x)",
    "filters": rf"(?P<filters>{_LIST})(?: (?P<filter_h>\d+) {_X} (?P<filter_w>\d+))?"
    r" (?:filters?|kernels?|output channels?|feature maps?|output feature maps?|filter kernels?)"
    r"(?: (?:each )?of (?:size|width|length) (?P<side_each>\d+)(?! x))?",
    "channels": rf"(?P<channels>{_N}) channels?",
    "stride": rf"(?:a )?stride (?:is )?(?:of )?(?P<stride>{_N})",
    "padding": rf"(?:zero )?padding (?:is )?(?:of )?(?P<padding>{_N})|(?P<unpadded>(?:no|without"
    rf"|valid)(?: zero)? padding)"
    r"|(?P<same>same padding)",
    "hidden": rf"(?P<hidden>{_LIST}) hidden (?:units?|neurons?|nodes?|states?|cells?)"
    rf"|(?:hidden|state) (?:state )?(?:size|dimension|width) (?:is )?(?:of )?(?P<hidden_size>{_N})"
    rf"|hidden state of (?:size|dimension) (?P<state_size>{_N})|(?P<state_dim>{_N}) dimensional (?:hidden )?states?",
    "inputs": rf"(?P<inputs>{_N})(?: input)? (?:inputs?|input (?:units?|features?|neurons?|nodes?|values?)"
    rf"|features)(?! maps?)"
    rf"|input(?: vectors?)?(?: is| has| of| with)*(?: size| dimension| dimensionality| width)(?: is"
    rf"| of)* (?P<input_size>{_N})"
    rf"|inputs? of (?:size|dimension|length) (?P<input_of>{_N})"
    rf"|(?P<input_dim>{_N}) dimensional (?:inputs?|input vectors?|vectors? as inputs?|feature vectors?)"
    rf"|inputs? (?:vectors )?(?:has|have|with) (?P<input_has>{_N}) (?:features|components|entries|dimensions)",
    "outputs": rf"(?P<outputs>{_LIST}) (?:outputs?|output (?:units?|neurons?|nodes?|values?|features)|units?"
    rf"|neurons?|nodes?|classes)"
    rf"|output (?:size|dimension|width) (?:is )?(?:of )?(?P<output_size>{_N})",
    "vocabulary": rf"(?:a )?vocabulary(?: size)?(?: is)?(?: of)?(?: size)? (?P<vocabulary>{_N})(?: (?:words|tokens"
    rf"|entries))?"
    rf"|(?P<tokens>{_N}) (?:different |distinct |possible )?(?:words|tokens|subwords|characters|symbols|items|users)",
    "dimension": rf"(?:(?:embedding|model) )?(?:dimension|size|width)(?: is)?(?: of)? (?P<dimension>{_N})"
    rf"|(?P<dimensional>{_N}) (?:dimensional (?:embeddings?|vectors?|word vectors?|embedding vectors?)|dimensions)"
    rf"|(?:vectors?|embeddings?) of (?:size|dimension|length) (?P<vector_size>{_N})",
    "projections": r"(?P<projections>(?:(?:quer(?:y|ies)|keys?|values?|outputs?)(?: ,| and| , and)? )+)"
    r"(?:projections?|(?:(?:projection|weight) )?matri(?:x|ces))(?: (?:are|is|have|has|each|all|an?|of|size|shape|dimension))*"
    r" (?P<proj_h>\d+) x (?P<proj_w>\d+)(?: (?:projection |weight )?matri(?:x|ces))?",
    "heads": rf"(?P<heads>{_N}) (?:attention )?heads?(?: (?:each )?(?:of|with|has|have) (?:size|dimension) (?P<head_dim>{_N}))?"
    rf"|(?:head (?:dimension|size)(?: is| of)*|each head (?:has|is of|uses) (?:size|dimension)) (?P<head_size>{_N})",
    "doubled": r"(?P<bias_vectors>two|2) bias vectors (?:per|for each|for every|in each|in every) gate",
    "biased": rf"(?:{_ONE_BIAS} (?:per|for each|for every|in each|in every) {_OWNER}|(?:each|every) {_OWNER} has {_ONE_BIAS}"
    r"|with (?:a )?bias(?:es)?(?: terms?)?(?: in every layer| everywhere)?|(?:a "
    r"|the )?bias(?:es)?(?: terms?)?(?: are| is)? included"
    r"|includ(?:ing|es) (?:a |the )?bias(?:es)?(?: terms?)?|(?:uses|has|have|use) (?:a "
    r"|one )?bias(?:es)?(?: terms?)?|and biases)",
    "unbiased": r"(?:(?:without|no|has no|have no|ignoring|ignore)(?: a| any| the| all)? bias(?:es)?(?: terms?)?"
    r"|bias(?:es)?(?: terms?)?(?: are| is) (?:not used|omitted|ignored|not included))",
}
_LINK = (
    r"(?:(?:this|the|each|that) layer|a|an|the|this|that|which|each|with|has|have|having|of|and|is|are|it|its|in"
    r"|on|to|as|by|then|,|:|;|\(|\)|\.|\?|contains?"
    r"|uses?|used|using|consists?|consisting|takes?|taking|receives?|process(?:es|ing)?|volumes?|tensors?|works?|acts?"
    r"|gets?|produces?|producing|gives?|computes?|enters?|applied|applies"
    r"|followed|fed|into|passed|through|connected|goes|come|comes|behind|after|single|one|there|follows?|placed"
    rf"|(?:first|second|third|last|final|another|next)(?= (?:{'|'.join(_HEADS.values())}))"
    r"|we|consider|let|suppose"
    r"|be|for|from|cnn|(?:convolutional |neural |small |simple |deep |image )*"
    r"(?:(?:language|text|sentiment|document|bag of words) )*"
    r"(?:network|networks|model|classifier|net)|(?:image )?classification"
    r"|input|inputs|output|images?|pictures?|photos?|channels?|filters?|kernels?|size|spatial|vectors?|finally|next|where"
    r"|all|given|relu|tanh|sigmoid|softmax|activations?|activation function|nonlinearity|sequence|sequences"
    rf"|embedding|now|(?:maps?|mapping)(?= (?:each of )?(?:(?:the|a) )?(?:{_N} )?(?:words?|tokens?|vocabulary)\b)"
    r"|(?:the )?(?:word |token )?embeddings(?: are| is) (?:averaged|summed)(?: and)?)"
)
_ASKED = {
    "height-width": r"(?:height and (?:the )?width|width and (?:the )?height|spatial (?:size|dimensions|extent"
    r"|resolution))"
    r"(?: of (?:the |its |this |each )?(?:resulting )?(?:output (?:volume|feature maps?|image)|outputs?|feature maps?))",
    "shape": r"(?:size|sizes|shape|dimensions?|dimensionality) of (?:the |its |this |each )?(?:resulting )?"
    r"(?:output (?:volume|tensor|feature maps?|image)|output|feature maps?)(?! (?:size|channels?))|output (?:shape"
    r"|volume)",
    "weights-and-biases": r"(?:weights? and (?:the )?bias(?:es)?|bias(?:es)? and (?:the )?weights?)(?: terms?)?",
    "parameters": r"(?:(?:trainable|learnable|learned|free|total|model) )*parameters",
    "weights": r"(?:trainable |learnable )?weights(?! (?:and|or|,))",
    "biases": r"bias(?:es| terms| parameters)(?! (?:and|or|,|are|is))",
    "asking": r"(?:how many|what is|what are|number of|total number of|count|give|find|compute|determine|calculate"
    r"|state|does|do|need"
    r"|needs|in total|altogether|in all|total|together|learn|learns|must|be|to be|learned|learnt|trained|whole"
    r"|entire|exactly)",
}
STATED = rows_of(
    {**{f"head {n}": p for n, p in _HEADS.items()}, **{f"say {n}": p for n, p in _ATTRIBUTES.items()}, "link": _LINK}
)
ASKED = rows_of(
    {
        "count": rf"(?P<count>{'|'.join(w for w, v in _WORDS.items() if v > 1)})(?= (?:fully|dense|conv|lstm|gru))",
        **{f"ask {n}": p for n, p in _ASKED.items()},
        **{f"head {n}": p for n, p in _HEADS.items()},
        **{f"say {n}": p for n, p in _ATTRIBUTES.items()},
        "link": _LINK,
    }
)
SENSITIVE = re.compile(
    r"\b(?:layers?|filters?|kernels?|channels?|bias\w*|strides?|padd\w+|units?|neurons?|parameters?|weights?"
    r"|shared?|frozen|tied|embeddings?(?= (?:are|is|were|vectors?|matri\w+|tables?)\b)|concat\w*"
    r"|images?|inputs?|outputs?|dilat\w+|group\w*|depth\w*|bidirectional|stack\w*|it|but|except|not)\b"
)
"""A sentence with one of these may change what a layer is."""


@dataclass
class Mention:
    """A layer as it is spoken of. kind: "" for what is said of the input before any layer. values: by what they are of."""

    kind: str
    words: str = ""
    values: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    bias: bool | None = None


def spell(tokens: Sequence[Word | Math]) -> str:
    r"""The words of a sentence, with formulas of numbers alone as words too, `$3 \times 3$` as "3 x 3"; others are "$"."""
    said: list[str] = []
    for token in tokens:
        if isinstance(token, Word):
            said.append(token.text.replace("$", "dollar"))
        else:
            numbers = [_numbers(tree) for tree in trees(token)]
            said.append(" x ".join(map(str, numbers[0])) if len(numbers) == 1 and numbers[0] else "$")
    joined = re.sub(r"(?<=[a-z0-9]) ?[-–] ?(?=[a-z])|(?<=[a-z])-(?=\d)", " ", " ".join(said).lower())
    joined = re.sub(r"[\"'‘’“”]", " ", joined)
    return re.sub(r"\s+", " ", joined).strip(" .")


def _numbers(tree: Tree) -> list[int]:
    match tree:
        case Number(value=value) if value.denominator == 1 and value > 0:
            return [int(value)]
        case Relation(operators=("=",), sides=(name, value)) if could_be_name(name):
            return _numbers(value)
        case Product(factors=factors) | Juxtaposition(items=factors):
            found = [_numbers(factor) for factor in factors]
            return [n for each in found for n in each] if all(len(each) == 1 for each in found) else []
        case _:
            return []


def read_row(said: str, *, asks: bool) -> list[tuple[str, re.Match[str]]] | None:
    """The phrases of a sentence; None where a word is in none of them. asks: it is a question."""
    return phrases_of(said, ASKED if asks else STATED)


def take_up(found: Iterable[tuple[str, re.Match[str]]], mentions: list[Mention]) -> bool:
    """Add the layers of a row of phrases, and what it says, to those before. False where something is said twice."""
    current = mentions[-1] if mentions else None
    pending: dict[str, list[int]] = {}
    for name, match in found:
        kind, _, what = name.partition(" ")
        if kind == "head":
            before = match.string[: match.start()].split()[-1:]
            said = " ".join(match[0].split())
            same = [each for each in mentions if each.kind == what]
            again = before in (["the"], ["this"]) or (said.startswith("embed") and not said.startswith("embedding"))
            if again and len(same) == 1:
                current = same[0]
                continue
            current = Mention(what, said, pending)
            pending = {}
            mentions.append(current)
        elif what == "ahead":
            pending.update((_SLOTS[slot], _values(text)) for slot, text in match.groupdict().items() if text)
        elif kind == "say":
            if current is None:
                current = Mention("")
                mentions.append(current)
            if not _say(current, what, match):
                return False
    return not pending


def _say(mention: Mention, what: str, match: re.Match[str]) -> bool:
    if what in ("biased", "unbiased", "doubled"):
        said = what != "unbiased"
        agreed = mention.bias in (None, said)
        mention.bias = said
        if what != "doubled" or not agreed:
            return agreed
    for slot, text in match.groupdict().items():
        if text is None:
            continue
        values = [1] if slot in ("rgb", "grey", "unpadded", "same") else _values(text)
        if slot == "projections":  # each by its first letter
            values = [len({word[0] for word in re.findall(r"[a-z]{3,}", text) if word != "and"})]
        if mention.values.setdefault(_SLOTS.get(slot, slot), values) != values:
            return False
    return True


_SLOTS = {
    "next_h": "kernel",
    "next_w": "kernel_w",
    "next_units": "outputs",
    "of_h": "image_h",
    "of_w": "image_w",
    "of_c": "image_c",
    "size": "kernel",
    "size_w": "kernel_w",
    "side": "kernel",
    "side_each": "kernel",
    "filter_h": "kernel",
    "filter_w": "kernel_w",
    "maps_in": "from",
    "maps_out": "to",
    "head_size": "head_dim",
    "hidden_size": "hidden",
    "state_size": "hidden",
    "state_dim": "hidden",
    "input_size": "inputs",
    "input_of": "inputs",
    "input_dim": "inputs",
    "input_has": "inputs",
    "output_size": "outputs",
    "tokens": "vocabulary",
    "dimensional": "dimension",
    "vector_size": "dimension",
}


def _values(text: str) -> list[int]:
    parts = re.findall(rf"\d+(?:,\d{{3}})+(?!\d)|\d+|{'|'.join(_WORDS)}", text)
    return [_WORDS[p] if p in _WORDS else int(p.replace(",", "")) for p in parts]
