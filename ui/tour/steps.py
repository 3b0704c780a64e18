"""What the tour shows, in its order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtWidgets import QWidget

from planner.words import N_, _


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stop of the tour.

    Parameters
    ----------
    widget
        Returns what is pointed at, asked each time the step is shown; it may bring it to the front
        first. Nothing, or what is not visible, leaves the bubble alone in the middle.
    """

    title: str
    text: str
    widget: Callable[[], QWidget | None]


class Spot(Enum):
    """A part of the window that the tour stops at, in its order."""

    WEEK = auto()
    """Where the week is chosen."""
    GRID = auto()
    """People and days."""
    NEED = auto()
    """The need line."""
    ATTENTION = auto()
    """Gaps and findings."""
    VIEWS = auto()
    """Where people, places and other views are chosen."""
    GENERATE = auto()
    """The button that generates."""
    PUBLISH = auto()
    """The button that publishes."""
    HELP = auto()
    """The menu bar."""


_WORDS: Mapping[Spot, tuple[str, str]] = {
    Spot.WEEK: (
        N_("Which week"),
        N_("Step, type a number or pick a day. The mark says how far the week has come."),
    ),
    Spot.GRID: (
        N_("People and days"),
        N_(
            "A row for each person, with the hours at the far right. Drag a shift, type its code, "
            "copy and paste: every change is judged at once."
        ),
    ),
    Spot.NEED: (
        N_("The need line"),
        N_("Officers by hour against what is needed. Red is below the minimum."),
    ),
    Spot.ATTENTION: (
        N_("What needs attention"),
        N_(
            "Gaps, each with its reason, and findings. Choose one to see it in the grid, and ask "
            "who can take it."
        ),
    ),
    Spot.VIEWS: (
        N_("The same roster, seen otherwise"),
        N_("From the places’ side you see who comes to each school and selected place."),
    ),
    Spot.GENERATE: (
        N_("Generate"),
        N_("Makes a proposal. Take all of it or some of it; it can be undone."),
    ),
    Spot.PUBLISH: (
        N_("Publish, then print"),
        N_(
            "A published week has a number and is fixed. Only then are the schools’ sheets printed."
        ),
    ),
    Spot.HELP: (
        N_("Find your way"),
        N_("Ctrl+K finds every command, person, place and week. F1 opens the manual."),
    ),
}


def example_steps(places: Mapping[Spot, Callable[[], QWidget | None]]) -> tuple[Step, ...]:
    """Return the tour's steps in the language in force; ``places`` says what each points at."""
    return tuple(
        Step(title=_(title), text=_(text), widget=places[spot])
        for spot, (title, text) in _WORDS.items()
        if spot in places
    )
