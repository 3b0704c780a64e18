"""Sends what was published to schools and staff, and keeps who has it."""

from ui.sending.dialog import SendDialog

__all__ = ["SendDialog"]
