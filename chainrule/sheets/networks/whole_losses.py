r"""Losses that formulas give in full, $J(\theta) = \frac12 \|X\theta - y\|^2$: the method's name is no second network."""

from collections.abc import Sequence

from chainrule.inference.statements import Definition
from chainrule.inference.symbols import could_be_name, key
from chainrule.sheets.networks.parts import Fact
from chainrule.sheets.networks.symbols import Known, base, is_loss, is_prediction, is_target
from chainrule.sheets.networks.vocabulary import MODELS
from chainrule.syntax.tree import Juxtaposition, Superscript, Tree, walk

_DATA = frozenset(("x", "X", "\\phi", "\\Phi"))
_STRUCTURE = frozenset(("depth", "units", "activation", "hidden-layers", "sizes", "present"))


def is_said_in_full(facts: Sequence[Fact], known: Known) -> bool:
    """Whether words only name a method, "linear regression", and a loss is a formula of parameters times data."""
    structure = [fact for fact in facts if fact.slot in _STRUCTURE]
    named = bool(structure) and all(" ".join(fact.span.text.lower().split()) in MODELS for fact in structure)
    return named and any(_is_of_parameters(known.defined[name]) for name in known.defined if is_loss(name))


def _is_of_parameters(loss: Definition) -> bool:
    """Whether a product in it has data beside another name, or what the loss is a function of: `w^T x`, `A w` in $J(w)$."""
    own = {key(p) for p in loss.parameters or () if not is_prediction(p) and not is_target(p)}
    for part in walk(loss.body):
        factors = _factors(part) if isinstance(part, Juxtaposition) else set[Tree]()
        if len(factors) > 1 and any(base(name) in _DATA or name in own for name in factors):
            return True
    return False


def _factors(product: Juxtaposition) -> set[Tree]:
    """The names that are factors of a product, a transposed one too."""
    bare = [item.base if isinstance(item, Superscript) else item for item in product.items]
    return {key(item) for item in bare if could_be_name(item)}
