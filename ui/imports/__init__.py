"""The import assistant: a source, a look at what it would do, and only then the import."""

from ui.imports.assistant import ImportAssistant

__all__ = ["ImportAssistant"]
