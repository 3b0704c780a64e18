"""The user's manual, page by page, in a window of its own."""

from ui.help.window import HelpWindow

__all__ = ["HelpWindow"]
