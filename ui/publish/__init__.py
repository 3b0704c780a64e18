"""Publishing: what has to be decided first."""

from ui.publish.review import PublishDialog

__all__ = ["PublishDialog"]
