"""The situational picture: when and where it happens, what is proposed, who could learn it."""

from ui.situation.page import SituationPage

__all__ = ["SituationPage"]
