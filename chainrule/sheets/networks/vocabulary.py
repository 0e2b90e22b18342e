"""The words that descriptions of networks are made of: one table, a row a phrase, hyphens read as spaces."""

from collections.abc import Iterable

ACTIVATIONS = {
    "relu": ("relu", "relus", "re lu", "rectified linear unit", "rectified linear units", "rectified linear", "rectifier"),
    "sigmoid": ("sigmoid", "sigmoidal", "logistic sigmoid", "sigmoid function", "logistic function", "logistic"),
    "tanh": ("tanh", "hyperbolic tangent"),
    "softmax": ("softmax", "soft max"),
    "linear": (
        "linear",
        "identity",
        "no activation",
        "no activation function",
        "no nonlinearity",
        "no non linearity",
        "without activation",
        "without an activation",
        "without activation function",
        "without nonlinearity",
        "without a nonlinearity",
    ),
    "softplus": ("softplus",),
    "elu": ("elu",),
    "gelu": ("gelu",),
    "silu": ("silu", "swish"),
    "leaky_relu": (
        "leaky relu",
        "leaky relus",
        "leaky rectified linear unit",
        "leaky rectified linear units",
        "leaky rectifier",
    ),
}
"""The activations by their operation; "linear" is none."""

LOSSES = {
    "squared": (
        "squared error",
        "square error",
        "squared errors",
        "squared loss",
        "square loss",
        "quadratic loss",
        "quadratic cost",
        "quadratic error",
        "l 2 loss",
        "l 2 error",
        "l 2 cost",
        "l 2",
        "sum of squared errors",
        "sum of squares",
        "sum squared error",
        "squared euclidean distance",
        "squared difference",
        "least squares",
        "sse",
    ),
    "mean-squared": ("mean squared error", "mean square error", "mean squared loss", "mean squared", "mse"),
    "absolute": ("absolute error", "absolute loss", "l 1 loss", "l 1 error", "absolute difference"),
    "mean-absolute": ("mean absolute error", "mae"),
    "cross-entropy": (
        "cross entropy",
        "categorical cross entropy",
        "cross entropy loss",
        "negative log likelihood",
        "nll",
    ),
    "binary": ("binary cross entropy", "bce", "log loss", "logarithmic loss"),
    "logistic": ("logistic loss",),
    "hinge": ("hinge loss", "hinge"),
    "huber": ("huber loss", "huber"),
    "smooth-l1": ("smooth l 1 loss", "smooth l 1"),
}
"""The losses by name."""

BEYOND = (
    "convolution",
    "convolutional",
    "convolutions",
    "pooling",
    "recurrent",
    "rnn",
    "lstm",
    "gru",
    "cnn",
    "attention",
    "transformer",
    "embedding",
    "dropout",
    "batch normalization",
    "batch normalisation",
    "batch norm",
    "batchnorm",
    "layer normalization",
    "layer normalisation",
    "layer norm",
    "encoder",
    "decoder",
    "tied weights",
    "weight sharing",
    "shared weights",
    "maxout",
    "prelu",
    "radial basis",
    "step function",
    "threshold",
    "heaviside",
)
"""What is said of networks and cannot be described by these words: it is refused by name."""

_ROWS: dict[str, dict[str, str]] = {
    "role": {
        "input": "input inputs",
        "hidden": "hidden",
        "output": "output outputs",
    },
    "layer": {"one": "layer", "several": "layers"},
    "unit": {
        "one": "unit neuron node feature",
        "several": "units neurons nodes features classes",
    },
    "network": {
        "": "network networks net nets mlp perceptron mlps nn ffnn model classifier regressor autoencoder autoencoders",
    },
    "activation-noun": {"": "activation activations nonlinearity nonlinearities non-linearity function functions"},
    "all": {"": "all each every everywhere throughout both"},
    "slope": {"": "slope leak leakage"},
    "bias": {"one": "bias offset", "several": "biases offsets"},
    "weight": {"": "weight weights"},
    "those": {"": "those"},
    "no": {"": "no without ignore ignoring omit omitting omitted neglect neglecting drop dropping"},
    "size": {"": "size width dimension dimensions dimensional dim sized sizes widths"},
    "target": {"": "target targets label labels ground-truth truth"},
    "loss-noun": {"": "loss cost objective criterion error"},
    "place": {"": "in at on for after behind across around"},
    "minimise": {"": "minimise minimises minimising minimised minimize minimizes minimizing minimized"},
    "followed": {"": "followed then"},
    "link": {
        "": "with of using having has have uses use used that which whose is are applies apply applied consists"
        " consisting contains containing comprising by activated employs employing as its their it being be takes taking"
        " gives giving named called denoted denotes collected into respectively given written initialised initialized"
        " initialise initialize set equal equals value values constant to over now"
    },
    "article": {
        "": "a an the fully connected dense feedforward feed forward neural artificial simple small only additional deep"
        " shallow standard multilayer following element-wise elementwise pointwise scalar vector own any"
    },
    "list": {"": "matrix matrices vectors terms term parameters parameter"},
    "mark": {"": "( ) [ ]"},
    "colon": {"": ": ="},
    "separator": {"": ", and & ;"},
    "dash": {"": "- – — − → ->"},
}
NUMBERS = {
    word: value
    for value, group in enumerate(
        (
            "",
            "one single",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        )
    )
    for word in group.split()
}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1}
MODELS = {
    "logistic regression": "sigmoid",
    "linear regression": "linear",
    "softmax regression": "softmax",
    "multinomial logistic regression": "softmax",
    "linear classifier": "linear",
    "linear model": "linear",
    "linear predictor": "linear",
    "logistic classifier": "sigmoid",
    "softmax classifier": "softmax",
}
"""Networks of one layer that have a name, with their activation."""
RESIDUALS = ("residual connection", "residual connections", "skip connection", "skip connections", "shortcut connection")
ROWS = ("row vector", "row vectors", "one example per row", "examples as rows", "examples are rows", "each row is an example")


def _spelled(table: "dict[str, dict[str, str]]") -> dict[tuple[str, ...], tuple[str, object]]:
    return {
        tuple(word.split("-")) if len(word) > 2 else (word,): (kind, value)
        for kind, values in table.items()
        for value, group in values.items()
        for word in group.split()
    }


def _phrases(kind: str, rows: Iterable[tuple[str, object]]) -> dict[tuple[str, ...], tuple[str, object]]:
    return {tuple(phrase.split()): (kind, value) for phrase, value in rows}


PHRASES: dict[tuple[str, ...], tuple[str, object]] = {
    **_spelled(_ROWS),
    **_phrases("number", ((word, value) for word, value in NUMBERS.items())),
    **_phrases("ordinal", ((word, value) for word, value in ORDINALS.items())),
    **_phrases("activation", ((p, name) for name, phrases in ACTIVATIONS.items() for p in phrases)),
    **_phrases("loss", ((p, name) for name, phrases in LOSSES.items() for p in phrases)),
    **_phrases("article", (("multi layer", ""),)),
    **_phrases("model", MODELS.items()),
    **_phrases("residual", ((p, True) for p in RESIDUALS)),
    **_phrases("rows", ((p, True) for p in ROWS)),
    **_phrases("beyond", ((p, p) for p in BEYOND)),
    **_phrases("no", ((p, "") for p in ("not have", "not use", "not include", "not contain", "not used", "not included"))),
    **_phrases("half", ((p, "half") for p in ("half", "half the", "one half", "one half of the", "half of the", "halved"))),
    **_phrases(
        "target",
        (
            (p, "")
            for p in (
                "ground truth",
                "true label",
                "true value",
                "true output",
                "desired output",
                "target output",
                "target value",
                "true class",
                "correct label",
            )
        ),
    ),
}
"""Every phrase with its kind and what it means."""
LONGEST = max(map(len, PHRASES))
