"""Forms that say something of the whole network, or of a layer that was just spoken of: biases, weights, losses, targets."""

from chainrule.inference.symbols import could_be_name, span_text
from chainrule.sheets.forms import words
from chainrule.sheets.networks.changed_parts import other_target
from chainrule.sheets.networks.heads import Line, read_head
from chainrule.sheets.networks.loss_words import unread_beside
from chainrule.sheets.networks.marks import function_letter
from chainrule.sheets.networks.named_activation import read_named_activation
from chainrule.sheets.networks.owners import owner_before, owner_behind
from chainrule.sheets.networks.parts import Activation, LossName, Whom
from chainrule.sheets.networks.saying import NETWORK, Saying
from chainrule.sheets.networks.symbols import base, names_of
from chainrule.sheets.notation import statements
from chainrule.sheets.sheet import Math
from chainrule.syntax.tree import Derivative, Relation, walk

_BEING = frozenset(("is", "be", "as", "denotes", "being", ",", ":", "=", "given", "by"))
_NOUNS = frozenset(("unit", "role", "layer", "network", "weight", "number", "size"))
"""What an activation before them is of: "a ReLU layer"."""
_USING = ("using", "with", "by", "on", "under", "via")
_TRAINED = ("trained", "training", "trains", "train", "fitted", "fit", "scored", "penalised", "penalized", "judged", "graded")
"""Words of a sentence that says behind one of those how a prediction is measured, where no noun calls it a loss."""


_BEHIND_A_LOSS = (
    words("and where with for when so which that in on per of is to at as using by we compute find") | set(".,;:?!)(") | {""}
)
"""What may stand behind the formula of a loss and leave it the whole of it."""
_HAVING = ("has", "have", "uses", "use")


def read_bias(saying: Saying, start: int, whom: Whom | None = None) -> int | None:
    """[no] bias FORMULAS: "no biases", "with bias $b$", "without a bias". Several are those of all layers."""
    line = saying.line
    here = start
    without = line.kind(here) == "no"
    here += without
    while line.kind(here) in ("article", "all", "list") or (without and line.kind(here) == "link"):
        here += 1
    if without and line.kind(here) == "role" and line.kind(here + 1) == "bias":
        whom, here = Whom("hidden" if line.value(here) == "hidden" else "output"), here + 1
        saying.add(whom, "bias", False, start, here + 1)
        return here + 1
    if (before := owner_before(line, start)) is not None and line.kind(before[1]) == "bias":
        saying.owner = before[0]
        return read_bias(saying, before[1], before[0])
    if line.kind(here) != "bias" or (here > start and not without and line.kind(start) != "all"):
        return None
    its = _of_it(saying, here, None)
    several = line.value(here) == "several" or line.text(here + 1) == "terms"
    here += 1
    while line.kind(here) == "list" or line.text(here) == "vector":
        here += 1
    if line.text(here) == "free":
        saying.add(NETWORK, "bias", False, start, here + 1)
        return here + 1
    of = its or (NETWORK if (several and not _has_own(line, start)) or whom is None else whom)
    if (placed := _placed_biases(saying, here, start, without=without)) is not None:
        return placed
    if without or _is_left_out(saying, here):
        saying.add(of, "bias", False, start, here + _is_left_out(saying, here) * 2)
        return here + _is_left_out(saying, here) * 2
    if line.kind(here) == "formula" and (end := saying.names(of, "biases", here)) is not None:
        saying.add(of, "bias", True, start, here)
        return end
    if (end := saying.initial(of, "bias-value", here, start)) is not None:
        return end
    before = start - 1 - (line.kind(start - 1) == "article" and line.text(start - 2) in _HAVING)
    if line.kind(before) == "link" and line.text(before) in ("with", *_HAVING):
        saying.add(of, "bias", True, start, here)
        return here
    return None


def _has_own(line: Line, start: int) -> bool:
    """Whether units, or a layer, are said to have these: "the output units have no biases"; what "has" biases is one thing."""
    before = start - 1 - (line.kind(start - 1) == "article")
    verb, owner = line.text(before), line.text(before - 1)
    agrees = verb not in ("has", "uses") or not owner.endswith("s")
    return verb in _HAVING and line.kind(before - 1) in ("unit", "layer") and agrees


def _placed_biases(saying: Saying, here: int, start: int, *, without: bool) -> int | None:
    """ "no biases in the output layer", "has biases only in the hidden layer": the layers that have them, or have none."""
    line = saying.line
    before = start - 1
    while line.kind(before) == "article":
        before -= 1
    having = line.kind(before) == "link" and line.text(before) in ("with", "has", "have", "uses", "use", "having", "using")
    if not without and not having:
        return None
    while line.text(here) == "only":
        here += 1
    if line.kind(here) != "place":
        return None
    found: list[Whom] = []
    end = here
    while (owner := owner_behind(line, here, saying.owner)) is not None:
        found.append(owner[0])
        here = end = owner[1]
        while line.kind(here) == "separator":
            here += 1
    whole = here + 1
    while line.kind(whole) in ("article", "all"):
        whole += 1
    if not found and line.kind(whole) in ("layer", "network"):
        found, end = [NETWORK], whole + 1
    if not found and (behind := _behind_all_layers(line, here)):
        found, end = [NETWORK], behind
    if not found:
        saying.add(NETWORK, "beyond", "biases in part", start, here + 1)
        return here + 1
    if not without and "only" in [line.text(i) for i in range(before, end + 1)]:
        saying.add(NETWORK, "bias", False, start, end)
    for whom in found:
        saying.add(whom, "bias", not without, start, end)
    return end


def _behind_all_layers(line: Line, start: int) -> int:
    """Behind "in the encoder and in the decoder", "in the hidden and the output layer", which are all; 0 for other places."""
    here = start
    for nouns in (("encoder", "hidden"), ("decoder", "output")):
        while line.kind(here) in ("place", "article", "all", "separator") or line.text(here) == "and":
            here += 1
        if line.text(here) not in nouns:
            return 0
        here += 1 + (line.kind(here + 1) == "layer")
    return here


def _is_left_out(saying: Saying, here: int) -> bool:
    """Biases "are omitted", "are ignored"."""
    return saying.line.kind(here) == "link" and saying.line.kind(here + 1) == "no"


def read_weights(saying: Saying, start: int, whom: Whom | None = None) -> int | None:
    """weights FORMULAS: "weights $W_1$, $W_2$", "the weight matrix $W$"."""
    line = saying.line
    every = line.kind(start) == "all" and line.text(start + 1) == "parameters"
    if every:
        saying.initial(NETWORK, "bias-value", start + 2, start)
        return saying.initial(NETWORK, "weight-value", start + 2, start)
    if (before := owner_before(line, start)) is not None and line.kind(before[1]) == "weight":
        saying.owner = before[0]
        return read_weights(saying, before[1], before[0])
    if line.kind(start) == "those":
        return _read_those(saying, start)
    if line.kind(start) != "weight":
        return None
    whom, here = _of_it(saying, start, whom), start + 1
    while line.kind(here) == "list":
        here += 1
    both = line.kind(here) == "separator" and line.kind(here + 1) == "bias"
    if not both:
        while line.kind(here) in ("colon", "mark") or line.text(here) in ("given", "by", "are", "is"):
            here += 1
    owner = owner_behind(line, here, saying.owner)
    if owner is None and line.text(here) == "from" and (source := read_head(line, here + 1)) is not None:
        saying.numbers.append(line.span(start, source.end))  # "the weights from the first input": a column of the matrix
        return source.end
    of, named = owner or (whom or NETWORK, here)
    while owner is not None and line.kind(named) in ("link", "colon", "article"):
        named += 1
    if line.kind(named) == "formula" and not both:
        end = saying.names(of, "weights", named)
        if end is not None:
            return end
    end = saying.initial(whom or NETWORK, "weight-value", here + 2 * both, start)
    if end is not None and both:
        saying.initial(whom or NETWORK, "bias-value", here + 2, start)
    return end


def _of_it(saying: Saying, start: int, whom: Whom | None) -> Whom | None:
    """The owner of "its weights": the one that the sentence spoke of before, if any."""
    return saying.owner if whom is None and saying.line.text(start - 1) in ("its", "their") else whom


def _read_those(saying: Saying, start: int) -> int | None:
    """those OWNER NUMBERS: "those of the output layer are 0.25", of the weights or biases that were spoken of before."""
    nouns = [kind for i in range(start) if (kind := saying.line.kind(i)) in ("weight", "bias")]
    if not nouns or owner_behind(saying.line, start + 1, saying.owner) is None:
        return None
    return saying.initial(NETWORK, "weight-value" if nouns[-1] == "weight" else "bias-value", start + 1, start)


def read_residual(saying: Saying, start: int) -> int | None:
    """residual connection [around LAYER]."""
    line = saying.line
    if line.kind(start) != "residual":
        return None
    here = start + 1
    while line.kind(here) in ("place", "link", "article"):
        here += 1
    if line.text(start + 1) == "from" or line.text(start + 1) == "between":
        saying.add(NETWORK, "beyond", "residual connection across layers", start, here)
        return here
    head = read_head(line, here) if here > start + 1 else None
    saying.add(head.whom if head else NETWORK, "residual", True, start, head.end if head else start + 1)
    return head.end if head else start + 1


def read_loss(saying: Saying, start: int) -> int | None:
    """[half] LOSS loss*: "half the squared error", "mean squared error", "the loss $J$"."""
    line = saying.line
    here = start
    factor = "half" if line.kind(here) == "half" else ""
    here += bool(factor)
    while factor and line.kind(here) in ("article", "link"):
        here += 1
    named = line.kind(here) == "loss"
    name = str(line.value(here))
    here += named
    if not named and (factor or line.kind(start) != "loss-noun"):
        return None
    first = here
    while line.kind(here) in ("loss-noun", "activation-noun"):
        here += 1
    sure = named and (here > first or len(line.text(first - 1)) > 3)
    if not factor and named:
        factor = "half" if _is_halved_behind(saying, here) else ""
    if named:
        unread = unread_beside(line, start, first, halved=bool(factor))
        saying.add(Whom("loss"), "loss", LossName(name if sure else f"{name}?", factor, unread), start, here)
    if line.kind(here) == "formula" and line.kind(here - 1) != "loss":
        return saying.names(Whom("loss"), "symbol", here) or _loss_formula(saying, here) or here
    return _loss_formula(saying, here) or here


def _is_halved_behind(saying: Saying, here: int) -> bool:
    """ "with a factor of one half", "with the factor 1/2", "halved"."""
    near = range(here, here + 6)
    texts = [saying.line.text(i) for i in near]
    written = any(texts[i : i + 3] == ["1", "/", "2"] for i in range(len(texts)))
    spoken = "half" in [saying.line.kind(i) for i in near]
    return "halved" in texts or ("factor" in texts[:5] and (spoken or written))


def read_minimised(saying: Saying, start: int) -> int | None:
    """minimise EXPRESSION: "training minimises $(y - \\hat y)^2$", "trained with $(y - \\hat y)^2$"."""
    line = saying.line
    trained = line.text(start) in _USING and any(line.text(i) in _TRAINED for i in range(start))
    math = line.value(start + 1)
    compares = isinstance(math, Math) and any(sign in math.text for sign in ("-", "−", "log", "max"))
    return _loss_formula(saying, start + 1) if (trained and compares) or line.kind(start) == "minimise" else None


def _loss_formula(saying: Saying, here: int) -> int | None:
    """LINK* EXPRESSION of targets and predictions, which says what the loss is."""
    line = saying.line
    start, changed = here, False
    while line.kind(here) in ("link", "colon", "article", "loss-noun"):
        here += 1
    if line.text(here - 1) in ("is", "equals"):
        while line.kind(here) not in ("", "formula", "loss") and line.text(here).isalpha():
            here += 1
            changed = True
    math = line.value(here)
    found = statements(math) if line.kind(here) == "formula" and isinstance(math, Math) and not math.illustration else ()
    if len(found) != 1 or isinstance(found[0], Relation | Derivative) or could_be_name(found[0]):
        return None
    if not any(could_be_name(part) for part in walk(found[0])):
        return None
    if changed or line.text(here + 1) not in _BEHIND_A_LOSS:
        saying.add(Whom("loss"), "beyond", "words beside its formula", start, here + 1 + (not changed))
        return None
    saying.add(Whom("loss"), "loss-formula", (found[0],), here, here + 1)
    return here + 1


def read_target(saying: Saying, start: int) -> int | None:
    """target LINK* (FORMULA | VALUE): "the target $t$", "true label 1"."""
    line = saying.line
    if line.kind(start) != "target":
        return None
    here = start + 1
    while saying.is_skipped(here) or line.kind(here) == "unit":
        here += 1
    if line.kind(here) == "formula" and (end := saying.names(Whom("target"), "symbol", here)) is not None:
        return end
    literal = saying.literal(here)
    if literal is None:
        return None
    text, end = literal
    saying.add(Whom("target"), "value", text, start, end)
    if (other := other_target(line, end)) is not None:
        saying.add(Whom("target"), "beyond", "another target", start, other)
    return end


def read_function(saying: Saying, start: int) -> int | None:
    r"""LETTER is ACTIVATION, ACTIVATION function LETTER: "where $\phi$ is the softplus function", "the tanh function $g$"."""
    line = saying.line
    here = start + 1
    if line.kind(start) == "formula":
        letter = start
        while line.text(here) in _BEING or line.kind(here) == "article":
            here += 1
        activation, end = here, here + 1
        named = here > start + 1 and line.kind(here) in ("activation", "beyond")
    else:
        activation = start
        while line.kind(here) == "activation-noun":
            here += 1
        letter, end = here, here + 1
        named = line.kind(start) == "activation" and here > start + 1
    math = line.value(letter)
    written = function_letter(math) if named and isinstance(math, Math) else ""
    if not written or line.kind(end) in _NOUNS or math is None:
        return None
    if line.kind(activation) == "beyond":
        saying.add(NETWORK, "beyond", str(line.value(activation)), start, end)
    saying.add(NETWORK, "function", Activation(str(line.value(activation)), written), start, end)
    return end if letter == start else None


def read_slope(saying: Saying, start: int) -> int | None:
    r"""slope (NUMBER | NAME), and `\alpha` right behind "leaky ReLU"."""
    line = saying.line
    here = start + (line.kind(start) == "slope")
    leaky = any(line.value(i) == "leaky_relu" for i in range(max(0, start - 4), start))
    if here == start and not (leaky and line.kind(start) == "formula"):
        return None
    while here > start and saying.is_skipped(here):
        here += 1
    if (literal := saying.literal(here)) is not None and here > start:
        saying.add(NETWORK, "slope", literal[0], start, literal[1])
        return literal[1]
    math = line.value(here)
    names = names_of(math) if isinstance(math, Math) else ()
    if len(names) != 1 or (here == start and base(names[0]) != "\\alpha"):
        return None
    saying.add(NETWORK, "slope", span_text(names[0].span), start, here + 1)
    return here + 1


REMARKS = (
    read_named_activation,
    read_slope,
    read_minimised,
    read_bias,
    read_residual,
    read_weights,
    read_loss,
    read_target,
)
"""What is said beside layers, tried from the first to the last."""
