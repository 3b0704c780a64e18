"""What the user does to people's shifts in the grid: by mouse, keyboard and menu."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu
from typing_extensions import override

from planner.domain import edits
from planner.domain.ids import StaffId
from planner.domain.roster import Roster, Shift
from planner.domain.shifts import ShiftType
from planner.services.roster.views import PersonRow
from planner.words import _, weekday_name
from ui.editor import Editor
from ui.week.code_field import CodeField
from ui.week.grids import PeopleGrid
from ui.week.models import HOURS_COLUMN
from ui.week.people_drag import PeopleDrag


@dataclass(frozen=True, slots=True)
class Copied:
    """Shifts that were copied, by how many rows and days they lie from the first cell."""

    shifts: tuple[tuple[int, int, Shift], ...]


class PeopleEditing(QObject):
    """Turns gestures on the grid into edits.

    Attributes
    ----------
    menu_actions
        Actions that the menu of a cell ends with.
    """

    note_asked = Signal(object, object)
    """Day, and the ``ShiftId`` or nothing, whose note the user wants to write."""

    def __init__(self, grid: PeopleGrid, editor: Editor) -> None:
        super().__init__(grid)
        self._grid = grid
        self._editor = editor
        self._copied: Copied | None = None
        self.field = CodeField(grid.viewport())
        self.field.given.connect(self._put)
        self.field.left.connect(grid.setFocus)
        grid.installEventFilter(self)
        grid.viewport().installEventFilter(self)
        self.drag = PeopleDrag(grid, editor)
        grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        grid.customContextMenuRequested.connect(self._open_menu)
        self.menu_actions: list[QAction] = []

    # Commands ------------------------------------------------------------------------------------

    def remove(self) -> None:
        """Take the shifts of the selected cells away."""
        ids = {shift.id for shift in self._selected_shifts()}
        self._editor.edit(
            "remove-shifts", lambda roster: edits.remove_shifts(roster, ids), n=len(ids)
        )

    def copy(self) -> None:
        """Remember the shifts of the selected cells."""
        cells = sorted((index.row(), index.column()) for index in self._cells())
        if not cells:
            return
        top, left = min(row for row, _ in cells), min(column for _, column in cells)
        found = tuple(
            (row - top, column - left, shift)
            for row, column in cells
            for shift in self._shifts_in(row, column)
        )
        self._copied = Copied(found) if found else self._copied

    def paste(self) -> None:
        """Put copies of what was copied where the current cell is, on days that are free."""
        plan, copied, index = self._editor.plan, self._copied, self._grid.currentIndex()
        if plan is None or copied is None or not self._cells():
            return
        rows, days = self._grid.people.rows, self._grid.people.days

        def paste(roster: Roster) -> Roster:
            for down, right, shift in copied.shifts:
                row, column = index.row() + down, index.column() + right
                if row < len(rows) and column < len(days):
                    by = (days[column].day - shift.day).days
                    staff = rows[row].staff
                    roster = edits.copy_shifts(plan, roster, [shift], staff=staff, days=by)
            return roster

        self._editor.edit("paste-shifts", paste)

    def copy_week(self, last: Roster) -> None:
        """Put what the people shown worked in another week on their free days."""
        plan = self._editor.plan
        if plan is None:
            return
        people = [row.staff for row in self._grid.people.rows]
        self._editor.edit("copy-week", lambda roster: edits.copy_week(plan, roster, last, people))

    def lock(self) -> None:
        """Lock the shifts of the selected cells with their duties, or free them when all are."""
        shifts = self._selected_shifts()
        roster = self._editor.roster
        if roster is None or not shifts:
            return
        ids = {shift.id for shift in shifts}
        keys = {(done.duty, done.staff) for done in edits.duties_of(roster, shifts)}
        is_locked = not all(shift.is_locked for shift in shifts)
        self._editor.edit(
            "lock" if is_locked else "unlock",
            lambda before: edits.lock(before, ids, keys, is_locked=is_locked),
        )

    def selected_days(self) -> frozenset[tuple[StaffId, date]]:
        """Return the people and days of the selected cells."""
        places = (self._place_of(index.row(), index.column()) for index in self._cells())
        return frozenset(place for place in places if place is not None)

    def chosen_person(self) -> tuple[StaffId, date] | None:
        """Return the one person of whom cells are selected, and the first of their days."""
        chosen = self.selected_days()
        return min(chosen, key=lambda one: one[1]) if len({one for one, _ in chosen}) == 1 else None

    def current_shifts(self) -> list[Shift]:
        """Return the shifts of the current cell."""
        index = self._grid.currentIndex()
        return self._shifts_in(index.row(), index.column()) if index.isValid() else []

    def write_note(self) -> None:
        """Ask for the note of the shift in the current cell, or of its day."""
        index = self._grid.currentIndex()
        if not self._is_day(index.column()) or not self._cells():
            return
        shifts = self._shifts_in(index.row(), index.column())
        day = self._grid.people.days[index.column()].day
        self.note_asked.emit(day, shifts[0].id if shifts else None)

    def type_code(self, text: str = "") -> None:
        """Open the field for a code over the current cell, which is selected if no other is."""
        self._grid.select_current()
        index, plan = self._grid.currentIndex(), self._editor.plan
        if plan is None or not self._is_day(index.column()):
            return
        row, day = self._grid.people.rows[index.row()], self._grid.people.days[index.column()].day
        types = self._types_of(row, day)
        refusal = (
            _("There is no shift with that code for this person and day.")
            if types
            else _(
                "{employer} has no shift type for {day}; add one under Data, Shift types, or "
                "tick the weekday in one that is there.",
                employer=plan.employer_by_id[row.employer].name,
                day=weekday_name(day, is_short=False),
            )
        )
        self.field.begin(self._grid.visualRect(index), types, text, refusal)

    @Slot(object)
    def _put(self, kind: ShiftType) -> None:
        plan = self._editor.plan
        if plan is None:
            return
        rows, days = self._grid.people.rows, self._grid.people.days
        cells = [
            (rows[index.row()].staff, days[index.column()].day)
            for index in self._cells()
            if kind in self._types_of(rows[index.row()], days[index.column()].day)
        ]

        def put(roster: Roster) -> Roster:
            for staff, day in cells:
                roster = edits.put_shift(plan, roster, staff, day, kind.id)
            return roster

        self._editor.edit("put-shift", put, shift_type=kind.id)

    # Gestures ------------------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonDblClick and watched is self._grid.viewport():
            self.type_code()
            return True
        if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._press_key(event)
        return super().eventFilter(watched, event)

    def _press_key(self, event: QKeyEvent) -> bool:
        if self.field.isVisible():
            return False
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if held == Qt.KeyboardModifier.NoModifier and event.key() == Qt.Key.Key_F2:
            self.type_code()
            return True
        text = event.text()
        if held == Qt.KeyboardModifier.NoModifier and text.strip() and text.isprintable():
            self.type_code(text)
            return True
        return False

    # The menu ------------------------------------------------------------------------------------

    @Slot(QPoint)
    def _open_menu(self, at: QPoint) -> None:
        index = self._grid.indexAt(at)
        if not index.isValid() or not self._is_day(index.column()):
            return
        if not self._grid.selectionModel().isSelected(index):
            self._grid.setCurrentIndex(index)
        menu = self.make_menu()
        menu.exec(self._grid.viewport().mapToGlobal(at))
        menu.deleteLater()

    def make_menu(self) -> QMenu:
        """Return the menu of the current cell."""
        index = self._grid.currentIndex()
        row = self._grid.people.rows[index.row()]
        menu = QMenu(self._grid)
        shifts = menu.addMenu(_("Set shift"))
        for kind in self._types_of(row, self._grid.people.days[index.column()].day):
            action = shifts.addAction(f"{kind.code}  {kind.name}")
            action.setData(kind)
            action.triggered.connect(self._put_from_menu)
        shifts.setEnabled(not shifts.isEmpty() and self._editor.roster is not None)
        menu.addSeparator()
        for action in self.menu_actions:
            menu.addAction(action)
        return menu

    @Slot()
    def _put_from_menu(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._put(action.data())

    # The grid ------------------------------------------------------------------------------------

    def _cells(self) -> list[QModelIndex]:
        """Return the cells that are seen to be selected: no other is ever changed."""
        if not self._grid.isVisible():
            return []
        indexes = self._grid.selectionModel().selectedIndexes()
        return [index for index in indexes if self._is_day(index.column())]

    def _selected_shifts(self) -> list[Shift]:
        return [
            shift
            for index in self._cells()
            for shift in self._shifts_in(index.row(), index.column())
        ]

    def _shifts_in(self, row: int, column: int) -> list[Shift]:
        place = self._place_of(row, column)
        return [] if place is None else list(self._shifts_of(*place))

    def _shifts_of(self, staff: StaffId, day: date) -> Iterator[Shift]:
        roster = self._editor.roster
        if roster is not None:
            yield from (one for one in roster.shifts if (one.staff, one.day) == (staff, day))

    def _place_of(self, row: int, column: int) -> tuple[StaffId, date] | None:
        if not self._is_day(column):
            return None
        return self._grid.people.rows[row].staff, self._grid.people.days[column].day

    @staticmethod
    def _is_day(column: int) -> bool:
        return 0 <= column < HOURS_COLUMN

    def _types_of(self, row: PersonRow, day: date) -> list[ShiftType]:
        plan = self._editor.plan
        if plan is None:
            return []
        weekday = str(day.isoweekday())
        return [
            kind
            for kind in plan.shift_types
            if kind.employer == row.employer and weekday in kind.weekdays
        ]
