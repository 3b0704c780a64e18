"""The welcome page: what to begin with."""

from ui.welcome.page import WelcomePage

__all__ = ["WelcomePage"]
