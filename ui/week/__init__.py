"""The week page: who works when and where, and what is missing."""

from ui.week.generate import GenerateChoices, GenerateDialog
from ui.week.page import WeekPage

__all__ = ["GenerateChoices", "GenerateDialog", "WeekPage"]
