r"""Networks in words: "a hidden layer of 3 tanh units and a softmax output" becomes equations, which are read like all others.

    sentences -> marks -> facts -> Description -> names, sizes -> equations in LaTeX -> statements

A sentence is cut into marks (`vocabulary.py`, `marks.py`), and these forms are tried from left to right (`grammar.py`,
`remarks.py`); words that are in no form say nothing:

    NETWORK    [NUMBER layer] [SIZES] ACTIVATION* network DETAIL*       a two-layer ReLU network, a 2-3-1 network
    LAYER      [NUMBER] [ordinal] ACTIVATION* (hidden | output | input) (layer | unit) DETAIL*
    DETAIL     of NUMBER ACTIVATION* units | ACTIVATION | [no] bias | weights NAMES | NAME | with a residual connection
    PLACED     ACTIVATION (in | at | for | of ...) LAYER                tanh in the hidden layer
    MODEL      logistic regression, linear regression, softmax regression
    BIAS       [no | without] biases [NAMES | are NUMBER]               no biases, all biases are zero
    WEIGHTS    weights (NAMES | are all NUMBERS) [in LAYER]             weights $W_1$, $W_2$; every weight equals 0.5
    LOSS       [half] LOSS loss [NAME] | (loss is | minimise) FORMULA   half the squared error, the hinge loss
    FUNCTION   LETTER is ACTIVATION | ACTIVATION function LETTER        where $\phi$ is the softplus function
    SLOPE      slope (NAME | NUMBER)                                    leaky ReLU with slope 0.1
    TARGET     target (NAME | NUMBER)                                   the label $t$, target 1
    RESIDUAL   residual connection [around LAYER]

An activation of a network is that of its hidden layers ("throughout", "in all layers": of every layer), and of the output
where that is the only layer. An n-layer network has n layers of weights. What the words leave out (an activation, the number
of layers, the loss that is asked for) and what contradicts itself is an error at its words. Formulas win: where one says how
something is computed, the words describe nothing, but for a loss that they name and the one layer that formulas leave out.
"""

from chainrule.sheets.networks.read import InWords, read_network

__all__ = ["InWords", "read_network"]
