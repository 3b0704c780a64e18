"""Whoever does a duty, dragged to another one in the grid of places."""

from dataclasses import replace

from PySide6.QtCore import QPoint
from typing_extensions import override

from planner.domain.changing_places import change_places
from planner.domain.duties import Duty
from planner.services.roster.views import PlaceDuty
from planner.words import _
from ui.editor import Editor, Make
from ui.week import words
from ui.week.day_drag import Hint
from ui.week.grid_drag import GridDrag
from ui.week.grids import PlacesGrid


class PlacesDrag(GridDrag[PlaceDuty, PlaceDuty]):
    """Lets people change places: those of the duty that is dragged with those it is dropped on."""

    def __init__(self, grid: PlacesGrid, editor: Editor) -> None:
        self._grid = grid
        super().__init__(grid, editor)

    @override
    def take(self, at: QPoint) -> PlaceDuty | None:
        shown = self._grid.duty_at(at)
        return shown if shown is not None and shown.names else None

    @override
    def target(self, at: QPoint) -> PlaceDuty | None:
        return self._grid.duty_at(at)

    @override
    def change(self, taken: PlaceDuty, target: PlaceDuty) -> Make | None:
        mine, theirs = self._duty(taken), self._duty(target)
        if mine is None or theirs is None or mine == theirs:
            return None
        return lambda roster: change_places(roster, mine, theirs)

    @override
    def told(self, taken: PlaceDuty, target: PlaceDuty, hint: Hint) -> Hint:
        """Return a hint that begins with who goes where."""
        mine, theirs = words.place_duty_people(taken), words.place_duty_people(target)
        if target.names:
            who = _("{mine} and {theirs} change places", mine=mine, theirs=theirs)
        else:
            who = _("{mine} goes there", mine=mine)
        return replace(hint, text=f"{who}. {hint.text}")

    @override
    def mark(self, at: QPoint | None, hint: Hint | None) -> None:
        self._grid.mark(at, hint)

    @override
    def drop(self, taken: PlaceDuty, target: PlaceDuty, make: Make) -> None:
        command = "change-places" if target.names else "move-people"
        self._editor.edit(command, make, duty=target.duty)
        self._grid.select_duty(target.duty)

    def _duty(self, shown: PlaceDuty) -> Duty | None:
        working = self._editor.working
        if working is None:
            return None
        return next((duty for duty in working.duties if duty.id == shown.duty), None)
