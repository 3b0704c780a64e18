"""Where and when presence is missing: the part of the window that managers look at."""

from ui.coverage.page import CoveragePage

__all__ = ["CoveragePage"]
