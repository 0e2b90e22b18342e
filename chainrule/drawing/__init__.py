"""A computational graph as a picture: `painter.draw(picture.Picture(...))` is an SVG document."""
