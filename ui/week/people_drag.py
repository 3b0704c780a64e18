"""A shift dragged to another person or day in the grid of people."""

from datetime import date

from PySide6.QtCore import QPoint
from typing_extensions import override

from planner.domain import edits
from planner.domain.ids import ShiftId, StaffId
from ui.editor import Editor, Make
from ui.week.day_drag import Hint
from ui.week.grid_drag import GridDrag
from ui.week.grids import PeopleGrid


class PeopleDrag(GridDrag[ShiftId, tuple[StaffId, date]]):
    """Moves a shift with its duties to whom and when it is dropped on."""

    def __init__(self, grid: PeopleGrid, editor: Editor) -> None:
        self._grid = grid
        super().__init__(grid, editor)

    @override
    def take(self, at: QPoint) -> ShiftId | None:
        bar = self._grid.shift_at(at)
        return None if bar is None else bar.shift

    @override
    def target(self, at: QPoint) -> tuple[StaffId, date] | None:
        return self._grid.person_at(at)

    @override
    def change(self, taken: ShiftId, target: tuple[StaffId, date]) -> Make | None:
        plan, roster = self._editor.plan, self._editor.roster
        if plan is None or roster is None:
            return None
        found = next((one for one in roster.shifts if one.id == taken), None)
        if found is None or (found.staff, found.day) == target:
            return None
        return lambda before: edits.move_shift(plan, before, found, *target)

    @override
    def mark(self, at: QPoint | None, hint: Hint | None) -> None:
        self._grid.mark(at, hint)

    @override
    def drop(self, taken: ShiftId, target: tuple[StaffId, date], make: Make) -> None:
        self._editor.edit("move-shift", make, shift=taken, staff=target[0])
        self._grid.select_person(*target)
