"""Layers by their kinds and numbers. The counts are worked out by hand."""

import pytest

from chainrule.pipeline import solve_sheet
from chainrule.solving.answer import ProblemSolution
from chainrule.source import Source


def solve(text: str) -> ProblemSolution:
    (problem,) = solve_sheet(Source("sheet.md", text)).problems
    return problem


CONV = (
    "A colour image of size $32\\times 32$ with $3$ channels enters a convolutional layer with $16$ filters"
    " of size $5\\times 5$. "
)

MAPS = "A convolutional layer maps 64 input channels to 128 output channels with 3x3 kernels and without biases."
CNN = (
    "A CNN for 28x28 grey-scale images consists of a convolutional layer with 8 filters of size 3x3, a 2x2 max-pooling layer"
    " and a fully connected layer with 10 outputs."
)


TABLE = "A model has an embedding table for a vocabulary of 500 words with embedding dimension 50, followed by "
LANGUAGE = "A language model embeds 100 tokens in 16 dimensions and has a linear output layer from 16 to 100 units. "
SENTIMENT = (
    "A sentiment classifier has a word embedding for 1000 words of dimension 20. The embeddings are averaged and fed into a"
    " dense layer with 2 outputs. "
)
COUNT = "How many parameters does the model have in total?"
GATES = "A single LSTM layer has input size 10 and hidden size 16"
HEADS = (
    "A multi-head self-attention layer has model dimension $d = 64$ and $8$ heads. The query, key, value and output"
    " projections are each a $64 \\times 64$ matrix,"
)
DENSE = "a fully connected network with layer sizes"
UNTIED = "An untied autoencoder has layers $100 \\to 30 \\to 100$, with biases"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A convolutional layer has 32 filters of size 3x3 applied to an RGB image. How many parameters does it have?", 896),
        (CONV + "How many parameters does the convolutional layer have?", 16 * 75 + 16),
        ("How many weights and biases does a fully connected layer with 128 inputs and 64 outputs have in total?", 8256),
        ("An LSTM layer has input size 10 and hidden size 20. How many parameters does it have?", 4 * (200 + 400 + 20)),
        ("A GRU with 64 hidden units takes inputs of dimension 32. How many parameters does the GRU have?", 3 * 64 * 97),
        ("A simple RNN has 8 inputs and 16 hidden units. How many parameters does the RNN have?", 128 + 256 + 16),
        ("An embedding layer has a vocabulary of 10,000 words and embedding dimension 300. How many parameters has it?", 3e6),
        ("A batch normalization layer is applied to 64 channels. How many trainable parameters does it have?", 128),
        (f"{MAPS} How many parameters does it have?", 128 * 64 * 9),
        (f"{CNN} How many parameters does the network have?", 80 + 13 * 13 * 8 * 10 + 10),
        (
            "How many parameters has a conv layer with 64 filters of size 3 x 3 and 32 input channels without biases?",
            64 * 32 * 9,
        ),
        ("A dense layer maps 100 features to 10 classes. How many biases does it have?", 10),
        ("An autoencoder is a fully connected network 64-16-4-16-64. How many parameters does it have?", 2276),
        (TABLE + "a fully connected layer with bias from the 50-dimensional embedding to 4 classes. " + COUNT, 25000 + 204),
        (LANGUAGE + COUNT, 1600 + 1600 + 100),
        (SENTIMENT + COUNT, 20000 + 42),
        (TABLE + "an LSTM with 32 hidden units and a dense layer with 5 outputs. " + COUNT, 25000 + 4 * 32 * 83 + 165),
        ("An embedding matrix maps 200 words to vectors of dimension 8. How many parameters does it have?", 1600),
        (f"{UNTIED} in the encoder and in the decoder. Count its parameters.", 6130),
        ("A network has layers $9 \\to 3 \\to 9$ with biases in the hidden and the output layer. Count its parameters.", 66),
        ("A network has layers $9 \\to 3 \\to 9$ with no biases in the encoder and the decoder. Count its parameters.", 54),
        ("A fully connected network has layers of size 784, 128, 64 and 10. How many parameters does it have?", 109386),
        ("A network has 784 inputs, hidden layers of sizes 128 and 64, and 10 outputs. How many parameters has it?", 109386),
        (f"{GATES}, with one bias vector per gate. How many parameters does it have?", 4 * (160 + 256 + 16)),
        (f"{GATES}, with two bias vectors per gate. How many parameters does it have?", 4 * (160 + 256 + 32)),
        (f"{HEADS} with no bias. How many parameters does the layer have?", 4 * 64 * 64),
        ("A self-attention layer has query, key and value matrices of size 32x32 and no biases. Count its parameters.", 3072),
        (
            "A multi-head attention layer with biases has model dimension 512 and 8 heads of size 32. Count its parameters.",
            4 * 512 * 256 + 3 * 256 + 512,
        ),
        (CONV[:-2] + "; every filter has one bias. How many parameters does the layer have?", 16 * 75 + 16),
        ("A dense layer has $n = 10$ inputs and $m = 4$ outputs and no bias. How many parameters does it have?", 40),
        (f"How many trainable parameters, biases included, does {DENSE} $20$--$64$--$32$--$5$ have?", 3589),
        (f"How many parameters does {DENSE} 20--64--32--5 have?", 3589),
        (f"How many parameters (weights only) does {DENSE} $20-64-32-5$ have?", 3488),
        ("How many weights and biases are there in a fully connected network with layers of 10, 20 and 5 units?", 325),
        ("An MLP with layer sizes 3-4-2 and ReLU hidden units has biases. How many biases does it have?", 6),
    ],
)
def test_parameters(text: str, count: float) -> None:
    (answer,) = solve(text).answers
    assert answer.value == count


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ("What are the height and width of its output?", [28, 28]),
        ("What is the size of its output?", [28, 28, 16]),
        ("It has stride 2 and padding 2. What is the shape of the output?", [16, 16, 16]),
        ("A 2x2 max pooling layer follows. Give the height and width of the output.", [14, 14]),
    ],
)
def test_output(asked: str, size: list[float]) -> None:
    (answer,) = solve(CONV + asked).answers
    assert answer.value == size


@pytest.mark.parametrize(
    "text",
    [
        "A convolutional layer has 20 filters of size 5x5. How many parameters does it have?",  # the channels that come in
        "A depthwise convolutional layer has 32 filters of size 3x3 applied to an RGB image. How many parameters does it have?",
        (
            "A transposed convolutional layer has 3 input channels and 8 filters of size 3x3. "
            "How many parameters does the convolutional layer have?"
        ),
        "A convolutional layer has 3 input channels and 8 filters of size 3x3 in 2 groups. How many parameters does it have?",
        (
            "A convolutional layer has 8 filters of size 3x3 on an RGB image; half of the filters are frozen. "
            "How many trainable parameters does it have?"
        ),
        (
            "A dense layer has 10 inputs and 5 outputs. It is followed by a dense layer with 20 inputs and 3 outputs. "
            "How many parameters do they have in total?"
        ),
        "A fully connected layer has 10 inputs and 5 outputs. How many parameters does it have if the outputs are doubled?",
        "Two convolutional layers have 3 input channels and 8 filters of size 3x3. How many parameters do they have?",
        "A bidirectional LSTM layer has input size 10 and hidden size 20. How many parameters does it have?",
        f"{GATES} and one bias per layer. How many parameters does it have?",
        CONV + "Every second filter has a bias. How many parameters does the layer have?",
        "A multi-head attention layer has model dimension 512 and 8 heads. How many parameters does it have?",
        "A multi-head attention layer has model dimension 60, 8 heads and no bias. How many parameters does it have?",
        "An attention layer has 8 heads, no biases and query and key matrices of size 8x8. How many parameters does it have?",
    ],
)
def test_what_changes_a_layer_is_refused(text: str) -> None:
    problem = solve(text)
    assert not problem.answers
    assert any(d.severity == "error" for d in problem.diagnostics)


@pytest.mark.parametrize(
    "text",
    [
        "An embedding layer with a vocabulary of 500 words and dimension 50 is shared with the output layer.",
        "An embedding table for 500 words with dimension 50 is frozen and followed by a dense layer to 4 classes.",
        TABLE + "a dense layer from the 40-dimensional embedding to 4 classes.",
        TABLE + "nothing. Three embeddings are concatenated. Then comes a dense layer with 4 outputs.",
        f"{UNTIED} in the encoder.",
    ],
)
def test_embeddings_that_are_used_otherwise_are_not_counted(text: str) -> None:
    problem = solve(f"{text} {COUNT}")
    assert not problem.answers
    assert [d for d in problem.diagnostics if d.severity == "error"]
