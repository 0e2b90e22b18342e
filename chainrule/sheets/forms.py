r"""The forms of task that are understood: one row each, and the words that may stand around what is asked.

A form is recognised only if every word between the verb and what it asks for is known; "compute the
determinant of $A$" asks for no value of $A$, and a word that nobody listed may change the meaning as much.
"""

from dataclasses import dataclass
from typing import Literal

from chainrule.sheets.sheet import FormName


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


FIND = words("compute find derive calculate determine evaluate obtain give what work differentiate get write state provide")
"""Verbs that ask for a quantity; "what" is for "what is"."""

DO = FIND | words("perform do run carry execute complete make conduct")
DRAW = words("draw sketch construct build make create produce give plot show provide")
EXPRESS = words("express write rewrite state give represent")

VERBS = (
    FIND
    | DO
    | DRAW
    | EXPRESS
    | words(
        "prove verify explain describe discuss apply implement compare simplify estimate list update train"
        " backpropagate minimize minimise maximize maximise optimize optimise check justify decide argue interpret"
        " summarize summarise define repeat label annotate mark identify solve propose design code program"
        " convert expand factor correct suggest predict classify deduce conclude"
        " why which how is are does do can will would"
    )
)
"""Words that, where a sentence or clause begins, make it a request or a question."""

QUESTIONS = words("is are does do can will would why which how")
"""Words that ask only in a sentence that ends with a question mark."""

PRONOUNS = words("which how why")
"""Words that ask at the beginning of a sentence or in a question, and join clauses elsewhere."""

PREPARING = words("use apply using recall")
"""Verbs that say how; what is asked follows in a clause with "to"."""

WANTING = words("want asked need task goal aim wish like have required objective try able ready your")
"""One of these before "to compute" makes it a request."""

NEUTRAL = words(
    "the a an this that's these those following value values numerical numeric expression expressions formula formulas"
    " all each both every and or & , : ( ) - its their given exact resulting corresponding explicit analytic"
    " analytical analytically symbolic closed form closed-form below above then now also first finally out"
    " is are will be up us you me please desired required quantity quantities explicitly step-by-step manually"
)
"""Words that change nothing about what is asked."""

QUANTITY = words(
    "loss cost error objective function output outputs prediction predictions predicted estimate hidden state states"
    " activation activations vector vectors matrix matrices scalar scalars layer layers unit units neuron neurons"
    " network weight weights bias biases parameter parameters input inputs variable variables intermediate"
    " pre-activation pre-activations preactivation preactivations weighted sum sums total final logit logits score"
    " scores of model training sample target label number numbers symbol result results"
)
"""Nouns that only introduce the formula behind them: "the loss $L$"."""

DERIVATIVE = words("gradient gradients derivative derivatives partial partials differentiate first-order local")
DERIVATIVE_NOUNS = words("gradient gradients derivative derivatives partials differentiate")

FORWARD = NEUTRAL | words(
    "forward pass forward-pass propagation through network's output outputs prediction predictions predicted on neural"
    " full complete single one entire whole step of network model hidden layer layers final this to compute obtain"
    " find get calculate determine evaluate produce"
)
"""Words that may stand in a request for a forward pass."""

CONTEXT = words(
    "for at when if given with using assuming where via from based knowing evaluated taking setting let as in by such"
    " suppose under while whose after before since because respectively"
)
"""Words after which formulas are givens or descriptions, no longer what is asked."""

REFUSED = words("such that which minimizes minimises maximizes maximises minimizing minimising vanishes satisfies until not")
"""Words before any "where" that turn a request into another one: "find $x$ such that ..."."""

TASK_NOUNS = DERIVATIVE_NOUNS | words(
    "loss cost output prediction hessian jacobian entropy cross-entropy divergence graph pass accuracy error update"
    " updates code norm trace determinant inverse eigenvalues mean variance likelihood log-likelihood"
)
"""After "and the", one of these begins something else that is asked."""

REFERENCES = DERIVATIVE_NOUNS | words("them it each answer answers result results")
"""What "express ..." may refer back to."""

AROUND = NEUTRAL | QUANTITY | DERIVATIVE | words("of for to on")
"""Words that may stand around the formulas that are asked for."""

Need = Literal["derivatives", "of-and-wrt", "quantities", "reference", "nothing"]
r"""What must be there besides the words.

derivatives: formulas such as `\partial L / \partial w`. of-and-wrt: formulas in both roles. quantities: other formulas.
reference: words that refer to the derivatives asked for before.
"""


@dataclass(frozen=True)
class Form:
    """A form of task.

    It may begin with one of `verbs`; one of `phrases` must occur (if there are any) and nothing but `words` (if given)
    around what is asked; one of `needs` must be there. Only forms of one `family` are found in one request.
    """

    name: FormName
    family: Literal["graph", "express", "result"]
    verbs: frozenset[str]
    phrases: tuple[str, ...]
    words: frozenset[str] | None
    needs: tuple[Need, ...]
    example: str


FORMS = (
    Form(
        "graph",
        "graph",
        DRAW,
        ("computational graph", "computation graph", "compute graph", "graph of the network", "graph of the computation"),
        None,
        ("nothing",),
        "Draw the computational graph.",
    ),
    Form(
        "express-backprop",
        "express",
        EXPRESS,
        ("backpropagation", "backprop", "back-propagation", "back propagation", "chain rule"),
        None,
        ("derivatives", "reference"),
        "Express the derivatives using backpropagation rules.",
    ),
    Form(
        "express-intermediate",
        "express",
        EXPRESS,
        ("intermediate variables", "intermediate quantities", "intermediate values", "intermediate derivatives"),
        None,
        ("derivatives", "reference"),
        "Express the derivatives in intermediate variables.",
    ),
    Form(
        "derivative",
        "result",
        FIND | words("express list"),
        (),
        AROUND,
        ("derivatives", "of-and-wrt"),
        "Compute the gradient of $L$ with respect to $w$.",
    ),
    Form(
        "forward",
        "result",
        DO,
        ("forward pass", "forward-pass", "forward propagation", "output", "outputs", "prediction"),
        FORWARD,
        ("quantities", "nothing"),
        "Perform the forward pass for $x = [1, 2]$.",
    ),
    Form("value", "result", FIND, (), AROUND, ("quantities",), "Compute $L$."),
)
"""In the order in which they are tried; a formula taken by one is not offered to the next."""
