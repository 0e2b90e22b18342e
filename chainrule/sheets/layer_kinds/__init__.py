"""Layers that words describe by their kind and their numbers, "a convolutional layer with 32 filters of size 3 x 3".

`words.py` reads a sentence as a row of phrases, every word in one of them; `kinds.py` has for each kind of layer what its
numbers make of it: how many weights and biases it has and how large its output is; `questions.py` reads what is asked of them.
"""

from chainrule.sheets.layer_kinds.questions import recognise_layers, with_layers

__all__ = ["recognise_layers", "with_layers"]
