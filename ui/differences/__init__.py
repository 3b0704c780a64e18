"""What differs between two rosters of a week, as versions and proposals show it."""

from ui.differences.tree import DifferencesTree

__all__ = ["DifferencesTree"]
