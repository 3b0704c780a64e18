"""Why something is uncovered, and what would close it."""

from ui.reasons.dialog import GapsDialog

__all__ = ["GapsDialog"]
