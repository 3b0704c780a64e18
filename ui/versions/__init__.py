"""Versions of a week, and what differs between any two of them."""

from ui.versions.dialog import VersionsDialog

__all__ = ["VersionsDialog"]
