"""What a base roster gives one of its members, week by week."""

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner import clock
from planner.domain.plan import Plan
from planner.domain.roster import Shift
from planner.domain.rotation import roll_out
from planner.domain.shifts import BaseRoster
from planner.domain.weeks import IsoWeek
from planner.services.records.bundles import Bundle
from planner.services.records.names import reference_name
from planner.words import _, clock_span
from ui.records.choices import weekday
from ui.records.line_edit import CalmCombo
from ui.widgets import label

_ROW_PX = 30
_MOST_WEEKS = 52


class RotaPreview(QWidget):
    """A table of the coming weeks, for a member that is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._plan = Plan()
        self._bundle: Bundle | None = None
        self.member = CalmCombo()
        self.member.setAccessibleName(_("Preview for"))
        self.member.currentIndexChanged.connect(self._draw)
        above = QHBoxLayout()
        above.addWidget(label(_("Preview for"), "section"))
        above.addWidget(self.member, stretch=1)
        self.table = QTableWidget(0, 7)
        self.table.setAccessibleName(_("Preview of the roll-out"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setHorizontalHeaderLabels([weekday(day, is_short=True) for day in range(1, 8)])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setMinimumSectionSize(40)
        self.table.horizontalHeader().setFixedHeight(_ROW_PX)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.nothing = label("", "muted", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(above)
        layout.addWidget(self.table)
        layout.addWidget(self.nothing)

    def show_bundle(self, plan: Plan, bundle: Bundle | None) -> None:
        """Show what a base roster comes to as it is written; nothing when it cannot be read."""
        self._plan, self._bundle = plan, bundle
        members = bundle.inside.get("base_roster_members", ()) if bundle is not None else ()
        chosen = self.member.currentIndex()
        self.member.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.member.clear()
        for member in members:
            self.member.addItem(reference_name(plan, "staff", member.staff or ""))
        self.member.setCurrentIndex(min(max(chosen, 0), len(members) - 1))
        self.member.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self._draw()

    @Slot()
    def _draw(self) -> None:
        bundle, at = self._bundle, self.member.currentIndex()
        roster = bundle.record if bundle is not None else None
        can_roll = (
            isinstance(roster, BaseRoster)
            and at >= 0
            and 1 <= (roster.n_weeks or 0) <= _MOST_WEEKS
            and roster.first_monday is not None
        )
        self.table.setVisible(can_roll)
        self.nothing.setVisible(not can_roll)
        if bundle is None or roster is None or not can_roll:
            self.nothing.setText(_("Name the weeks, their beginning and a member to see it."))
            return
        plan = replace(
            self._plan,
            base_rosters=(roster,),
            base_roster_shifts=tuple(
                replace(one, base_roster=roster.id) for one in bundle.inside["base_roster_shifts"]
            ),
            base_roster_members=(
                replace(bundle.inside["base_roster_members"][at], base_roster=roster.id),
            ),
        )
        first = IsoWeek.of(clock.now().astimezone(plan.zone).date())
        self.table.setRowCount(roster.n_weeks)
        self.table.setFixedHeight(_ROW_PX * (roster.n_weeks + 1) + 2)
        for row in range(roster.n_weeks):
            self._draw_week(plan, row, first.shifted(row))

    def _draw_week(self, plan: Plan, row: int, week: IsoWeek) -> None:
        monday = week.monday
        name = _("W. {week}, {day}/{month}", week=week.week, day=monday.day, month=monday.month)
        self.table.setVerticalHeaderItem(row, QTableWidgetItem(name))
        shifts = roll_out(plan, week)
        for column, day in enumerate(week.days):
            there = [shift for shift in shifts if shift.day == day]
            item = QTableWidgetItem(" ".join(_code(plan, shift) for shift in there) or "–")
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setToolTip("\n".join(_times(plan, shift) for shift in there))
            self.table.setItem(row, column, item)


def _code(plan: Plan, shift: Shift) -> str:
    kind = plan.shift_type_by_id.get(shift.shift_type) if shift.shift_type else None
    return kind.code if kind is not None else ""


def _times(plan: Plan, shift: Shift) -> str:
    kind = plan.shift_type_by_id.get(shift.shift_type) if shift.shift_type else None
    times = ", ".join(clock_span(part.start, part.end, plan.zone) for part in shift.parts)
    return f"{kind.name} {times}" if kind is not None else times
