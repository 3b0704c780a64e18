"""Every command, person, place and week, found by typing a few letters."""

from ui.palette.palette import CommandPalette
from ui.palette.targets import Target

__all__ = ["CommandPalette", "Target"]
