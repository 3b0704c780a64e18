"""A planner's own roster grid: choose the file, say what it means, look, and only then import."""

from ui.imports.grids.assistant import GridAssistant

__all__ = ["GridAssistant"]
