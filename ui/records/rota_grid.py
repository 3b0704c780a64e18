"""A base roster: weeks down, weekdays across, codes in the cells, and what it comes to."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from planner.domain.plan import Plan
from planner.domain.shifts import BaseRosterShift
from planner.errors import InputError
from planner.services.records.bundles import Bundle
from planner.words import _
from ui.records.choices import weekday
from ui.records.editors import Editor
from ui.records.inner_table import InnerEditor
from ui.records.line_edit import PlainEdit, mark
from ui.records.offers import blank_record
from ui.records.problem_label import ProblemLabel
from ui.records.rota_codes import ShiftCodes
from ui.records.rota_preview import RotaPreview
from ui.records.sentences import fault_text
from ui.records.specs import InnerSpec
from ui.widgets import label

_SET = "base_roster_shifts"
_MOST_WEEKS = 52

_Day = tuple[int, int]
"""Week and weekday."""


class RotaGrid(InnerEditor):
    """Edits the shifts of each week; weeks come and go with the number that the form says."""

    def __init__(self, spec: InnerSpec) -> None:
        super().__init__(spec)
        self.cells: dict[_Day, PlainEdit] = {}
        self._codes = ShiftCodes(Plan())
        self._old: dict[_Day, tuple[BaseRosterShift, ...]] = {}
        self._weeks: Editor | None = None
        self._host = QWidget()
        self._grid = QGridLayout(self._host)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(4)
        for day in range(1, 8):
            self._grid.addWidget(label(weekday(day, is_short=True), "small"), 0, day)
            self._grid.setColumnStretch(day, 1)
        self.problem = ProblemLabel()
        self._legend = label("", "small", wraps=True)
        self._legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.rolled_out = RotaPreview()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self._host, self.problem, self._legend, self.rolled_out):
            layout.addWidget(part)

    @override
    def follow(self, editors: dict[str, Editor]) -> None:
        self._weeks = editors["n_weeks"]
        self._weeks.changed.connect(self._show_weeks)

    @override
    def show_bundle(self, bundle: Bundle) -> None:
        shifts: tuple[BaseRosterShift, ...] = bundle.inside.get(_SET, ())
        kinds = {kind.id: kind for kind in self._plan.shift_types}
        members = bundle.inside.get("base_roster_members", ())
        employers = {kinds[one.shift_type].employer for one in shifts if one.shift_type in kinds}
        people = self._plan.staff_by_id
        employers |= {people[one.staff].employer for one in members if one.staff in people}
        self._codes = ShiftCodes(self._plan, employers)
        self._old = {}
        for shift in shifts:
            day = (shift.week, shift.weekday)
            self._old[day] = (*self._old.get(day, ()), shift)
        for cell in self.cells.values():
            cell.blockSignals(True)  # noqa: FBT003 - Qt's signature
            cell.setText("")
            cell.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._show_weeks(max((week for week, _day in self._old), default=0))
        for day, there in self._old.items():
            cell = self.cells[day]
            cell.blockSignals(True)  # noqa: FBT003 - Qt's signature
            cell.setText(self._codes.text(one.shift_type for one in there))
            cell.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.problem.say("")
        shown = [kind for kind in self._plan.shift_types if kind.employer in employers]
        self._legend.setText(
            "   ".join(
                f"{self._codes.code(kind)} {kind.name}" for kind in shown or self._plan.shift_types
            )
        )

    @override
    def read(self) -> tuple[Any, ...] | None:
        self.problem.say("")
        found: list[BaseRosterShift] = []
        is_whole = True
        for day, cell in self.cells.items():
            mark(cell, is_wrong=False)
            if cell.isHidden():
                continue
            try:
                found += self._shifts(day)
            except InputError as error:
                self._say(day, fault_text(error.code, error.values))
                is_whole = False
        return tuple(found) if is_whole else None

    @override
    def peek(self) -> tuple[Any, ...] | None:
        shown = [day for day, cell in self.cells.items() if not cell.isHidden()]
        try:
            return tuple(one for day in shown for one in self._shifts(day))
        except InputError:
            return None

    @override
    def show_problem(self, number: int, field: str, text: str) -> None:
        shown = [day for day, cell in self.cells.items() if not cell.isHidden()]
        days = [day for day in shown for _one in self._shifts(day)]
        self._say(days[number], text)

    @override
    def first_wrong(self) -> QWidget | None:
        return next((cell for cell in self.cells.values() if cell.styleSheet()), None)

    @override
    def state(self) -> object:
        return tuple(
            (day, text)
            for day, cell in self.cells.items()
            if not cell.isHidden() and (text := " ".join(cell.text().split()))
        )

    @override
    def preview(self, bundle: Bundle | None) -> None:
        self.rolled_out.show_bundle(self._plan, bundle)

    def _shifts(self, day: _Day) -> list[BaseRosterShift]:
        week, number = day
        blank = blank_record(self._plan, _SET)
        old = {one.shift_type: one for one in self._old.get(day, ())}
        return [
            old.get(kind) or replace(blank, week=week, weekday=number, shift_type=kind)
            for kind in self._codes.read(self.cells[day].text())
        ]

    def _say(self, day: _Day, text: str) -> None:
        mark(self.cells[day], is_wrong=True)
        said = _("Week {week}, {day}: {text}", week=day[0], day=weekday(day[1]), text=text)
        self.problem.say(" ".join(part for part in (self.problem.text(), said) if part))

    def _show_weeks(self, n_least: int = 0) -> None:
        try:
            wanted = self._weeks.value() if self._weeks else None
        except InputError:
            return
        n_weeks = min(max(wanted or 0, n_least), _MOST_WEEKS)
        there = len(self.cells) // 7
        for week in range(there + 1, n_weeks + 1):
            self._add_week(week)
        for week in range(1, max(there, n_weeks) + 1):
            for column in range(8):
                item = self._grid.itemAtPosition(week, column)
                inside = item.widget() if item is not None else None
                if inside is not None:
                    inside.setVisible(week <= n_weeks)

    def _add_week(self, week: int) -> None:
        self._grid.addWidget(label(_("Week {n}", n=week), "muted"), week, 0)
        for day in range(1, 8):
            cell = PlainEdit()
            cell.setMinimumWidth(40)
            cell.setAccessibleName(_("Week {n}", n=week) + f", {weekday(day)}")
            cell.textChanged.connect(self.changed)
            self.cells[week, day] = cell
            self._grid.addWidget(cell, week, day)
