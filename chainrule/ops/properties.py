"""The usual sets of properties, so that a record says one word."""

from chainrule.graph.operation import Property

SMOOTH = frozenset({Property.ELEMENTWISE, Property.ANALYTIC})
"""Elementwise; the value holds for complex arguments too, away from kinks."""

LOSS = SMOOTH | {Property.LOSS}
"""A loss of each example, whose sum is the loss of all."""

ACTIVATION = SMOOTH | {Property.ACTIVATION}

PRIMED = ACTIVATION | {Property.PRIMED}

WHOLE = frozenset({Property.ANALYTIC})
"""Of arrays as a whole: softmax, a norm, a loss."""
