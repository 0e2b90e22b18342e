"""A computational graph as a picture: `draw(Picture(...))` is an SVG document."""

from chainrule.drawing.painter import draw
from chainrule.drawing.picture import Box, Picture, Role, Wire

__all__ = ["Box", "Picture", "Role", "Wire", "draw"]
