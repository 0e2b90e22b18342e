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


FIND = words(
    "compute find derive calculate determine evaluate obtain give what work differentiate get write state provide answer report"
    " quantify"
)
"""Verbs that ask for a quantity; "what" is for "what is", "answer" for "answer the following"."""

DO = FIND | words("perform do run carry execute complete make conduct")
RUN = words("run evaluate execute compute apply perform do")
BACKWARD = DO | words("apply implement backpropagate")
DRAW = words("draw sketch construct build make create produce give plot show provide")
CODE = words("write give provide show produce make create develop implement code program add include")
EXPRESS = words("express write rewrite state give represent")

VERBS = (
    FIND
    | DO
    | DRAW
    | EXPRESS
    | words(
        "prove verify demonstrate confirm establish explain describe discuss apply implement compare simplify estimate list"
        " update train backpropagate minimize minimise maximize maximise optimize optimise check justify decide argue interpret"
        " count summarize summarise define repeat label annotate mark identify solve propose design code program"
        " redo convert expand factor correct fix format reformat clean tidy edit proofread"
        " improve repair suggest predict classify deduce conclude say tell"
        " why which how is are does do can will would"
    )
)
"""Words that, where a sentence or clause begins, make it a request or a question."""

SAME_VERBS = {"redo": "repeat", "say": "decide", "tell": "decide"}
"""Verbs that ask for the same as others."""

QUESTIONS = words("is are does do can will would why which how")
"""Words that ask only in a sentence that ends with a question mark."""

PRONOUNS = words("which how why")
"""Words that ask at the beginning of a sentence or in a question, and join clauses elsewhere."""

CLAIM = words("show prove verify check demonstrate confirm establish")
"""Verbs that ask whether a formula holds."""

COMBINING = words("average weight combine sum add")
"""What they make of results has a name: "average them to get the entropy"."""

PREPARING = words("use apply using recall backpropagate") | COMBINING
"""Verbs that say how; what is asked follows in a clause with "to"."""

ANNOUNCING = words(
    "following question questions task tasks exercise exercises problem problems part parts subquestion subquestions item items"
)
"""Nouns of a request that only announces others: "Answer the following questions"."""

WANTING = words("want asked need task goal aim wish like have required objective try able ready your")
"""One of these before "to compute" makes it a request."""

NEUTRAL = words(
    "the a an this that's these those following value values numerical numeric expression expressions formula formulas"
    " all each both every and or & , : ( ) - its their given exact resulting corresponding explicit analytic"
    " analytical analytically symbolic closed form closed-form below above then now also first finally out"
    " is are will be up us you me please desired required quantity quantities explicitly step-by-step manually"
    " again numerically network's model's trainable learnable other remaining down"
)
"""Words that change nothing about what is asked."""

QUANTITY = words(
    "loss cost error objective function output outputs prediction predictions predicted estimate hidden state states"
    " activation activations vector vectors matrix matrices scalar scalars layer layers unit units neuron neurons"
    " network weight weights bias biases parameter parameters input inputs variable variables intermediate"
    " pre-activation pre-activations preactivation preactivations weighted sum sums total final logit logits score"
    " scores model training sample target label number numbers symbol result results node nodes gate gates intermediates"
)
"""Nouns that only introduce the formula behind them: "the loss $L$"."""

ORDERS = words("second second-order hessian hessians hessian-vector mixed twice")
"""Words that make a derivative one of second order."""

DERIVATIVE_NOUNS = words(
    "gradient gradients derivative derivatives partials differentiate jacobian jacobians hessian hessians"
    " hessian-vector jacobian-vector subgradient subgradients"
)
DERIVATIVE = DERIVATIVE_NOUNS | ORDERS | words("partial first-order order local directional product products projected simplex")
SWEEPING = words("all every each gradients derivatives partials jacobians")
"""One of these asks for the derivatives by every input, where nothing says by what."""

METHOD = NEUTRAL | words(
    "backpropagation backprop back-propagation bptt backward pass through time chain rule hand method algorithm use using apply"
    " applying by via with detail in"
)
"""A remark in parentheses with only these words says how, and changes nothing."""

FORWARD = NEUTRAL | words(
    "forward pass forward-pass propagation through network's output outputs prediction predictions predicted on neural"
    " full complete single one entire whole step of network model hidden layer layers final this to compute obtain"
    " passes backward find get calculate determine evaluate produce neuron neurons unit units node nodes gate gates"
)
"""Words that may stand in a request for a forward pass."""

CONTEXT = words(
    "for at when if given with using assuming where via from based knowing evaluated taking setting let as in by such"
    " suppose under while whose after before since because respectively"
)
"""Words after which formulas are givens or descriptions, no longer what is asked."""

REFUSED = words(
    "such that which minimizes minimises maximizes maximises minimizing minimising vanishes satisfies until not after without"
    " descent epoch epochs iteration iterations update updates updated"
)
"""Words before any "where" that turn a request into another one: "find $x$ such that ...", "the loss after one update"."""

TASK_NOUNS = DERIVATIVE_NOUNS | words(
    "loss cost output prediction entropy cross-entropy divergence graph pass accuracy error update"
    " updates code norm trace determinant inverse eigenvalues mean variance likelihood log-likelihood"
    " minimiser minimizer maximiser maximizer"
)
"""After "and the", one of these begins something else that is asked."""

RELATIONS = words("difference gap ratio quotient sum average mean")
"""Nouns for what is made of several results."""

EDIT = words("correct fix format reformat clean tidy edit proofread improve repair")
DOCUMENT = words("markdown latex formatting format typo typos spelling grammar notebook rendering document layout")
"""To edit one of these is an instruction about the sheet, not a question in it: "fix the formatting"."""

REFERENCES = DERIVATIVE_NOUNS | words("them it each both all answer answers result results")
"""What "express ..." and "evaluate ..." may refer back to."""

AROUND = NEUTRAL | QUANTITY | DERIVATIVE | words("of for to on")
"""Words that may stand around the formulas that are asked for."""

Need = Literal["derivatives", "derivative-words", "quantities", "reference", "repeat", "nothing", "bare"]
r"""What must be there besides the words.

derivatives: formulas such as `\partial L / \partial w`. derivative-words: a derivative asked for in words that say of what, by
what, or "all". quantities: other formulas, or quantities named in words. reference: words that refer to the derivatives asked
for before. repeat: words that refer to what was asked before, and where to evaluate it, or nothing else, "evaluate both".
nothing: no derivative. bare: no formula.
"""


@dataclass(frozen=True)
class Form:
    """A form of task.

    It may begin with one of `verbs`; one of `phrases` must occur (if there are any) and nothing but `words` (if given)
    around what is asked; one of `needs` must be there. Only forms of one `family` are found in one request.
    `example` names no symbol; `pattern` is the same with places for those of a sheet, "" where there are none.
    """

    name: FormName
    family: Literal["graph", "express", "result", "code"]
    verbs: frozenset[str]
    phrases: tuple[str, ...]
    words: frozenset[str] | None
    needs: tuple[Need, ...]
    example: str
    pattern: str = ""


_GRAPHS = tuple(
    f"{kind} graph" for kind in ("computational", "computation", "compute", "expression", "dataflow", "data-flow", "evaluation")
)
_BOTH_PASSES = ("forward and backward", "forward and a backward", "forward and the backward", "backward and forward")
BACKWARD_PASS = ("backward pass", "backward-pass", "backpropagation", "backprop", "back-propagation", "backward propagation")

_OF_CODE = (
    NEUTRAL
    | REFERENCES
    | words(
        "code version versions program script implementation function functions python python3 numpy snippet runnable"
        " executable in for of with using use computation computations calculation calculations solution solutions part problem"
        " exercise question this into as does do so"
    )
)

FORMS = (
    Form(
        "graph",
        "graph",
        DRAW,
        (*_GRAPHS, "graph of the network", "graph of the computation"),
        None,
        ("nothing",),
        "Draw the computational graph.",
    ),
    Form(
        "graph",
        "graph",
        DRAW - {"plot", "show"},
        ("graph", "circuit"),
        NEUTRAL | words("graph circuit diagram of network function expression"),
        ("bare",),
        "Draw the graph.",
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
        "backward",
        "result",
        BACKWARD,
        (*BACKWARD_PASS, *_BOTH_PASSES),
        FORWARD | words("backward backward-pass backpropagation backprop back-propagation error gradients derivatives all"),
        ("bare",),
        "Perform the backward pass.",
    ),
    Form(
        "repeat",
        "result",
        FIND,
        (),
        NEUTRAL | REFERENCES | words("point values your"),
        ("repeat",),
        "Compute the loss and evaluate it at the given values.",
    ),
    Form(
        "derivative",
        "result",
        FIND | words("express list"),
        (),
        AROUND,
        ("derivatives", "derivative-words"),
        "Compute the gradient of the loss with respect to all parameters.",
        "Compute the gradient of ${of}$ with respect to ${wrt}$.",
    ),
    Form(
        "forward",
        "result",
        DO,
        (
            "forward pass",
            "forward-pass",
            "forward propagation",
            "output",
            "outputs",
            "prediction",
            "predictions",
            *_BOTH_PASSES,
        ),
        FORWARD,
        ("quantities", "nothing"),
        "Perform the forward pass.",
    ),
    Form(
        "forward",
        "result",
        RUN,
        ("network", "model", "graph", "circuit"),
        NEUTRAL | words("network neural model graph circuit computational computation whole entire full on forward once"),
        ("bare",),
        "Evaluate the network at the given values.",
    ),
    Form("value", "result", FIND, (), AROUND, ("quantities",), "Compute the loss.", "Compute ${asked}$."),
    Form(
        "code",
        "code",
        CODE,
        ("code", "program", "script", "implementation", "python", "numpy"),
        _OF_CODE,
        ("bare",),
        "Write code for it.",
    ),
    Form("code", "code", words("implement code program"), (), _OF_CODE, ("bare",), "Implement it."),
)
"""In the order in which they are tried; a formula taken by one is not offered to the next."""
