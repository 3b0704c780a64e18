"""Taking a week, or the whole plan, out of the program."""

from ui.exports.dialog import ExportDialog

__all__ = ["ExportDialog"]
