"""The promise page: what was promised, planned and delivered, and where it is reported."""

from ui.promise.page import PromisePage

__all__ = ["PromisePage"]
