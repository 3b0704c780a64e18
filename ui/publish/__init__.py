"""Publishing: what has to be decided first."""

from ui.publish.dialog import PublishDialog

__all__ = ["PublishDialog"]
