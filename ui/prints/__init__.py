"""Print-outs of a published week: look, save, print."""

from ui.prints.dialog import PrintsDialog

__all__ = ["PrintsDialog"]
