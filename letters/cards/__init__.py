"""Share cards: the picture that stands for a letter where its link is shared.

Words and Pillow, no Django: `drawing` makes the picture, `wrapping` its lines, `faces` finds a font for
each letter, `order` puts writing from right to left in its place.
"""

from typing import Final

DESIGN: Final = 1
"""Moves with every change of what is drawn: all cards are then drawn anew."""
WIDTH: Final = 1200
HEIGHT: Final = 630
"""In pixels: what networks ask for."""
