"""Forgets who did what once the retention time is over, after a look at how much it is."""

from ui.forgetting.dialog import ForgetDialog

__all__ = ["ForgetDialog"]
