"""Reports an absence: of a person, or of a whole squad."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from PySide6.QtCore import QDate, Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from planner import messages
from planner.domain.ids import SquadId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Shift
from planner.domain.spans import DAY, Span, day_span, instant
from planner.domain.weeks import IsoWeek
from planner.errors import InputError
from planner.services.repair.absences import check_absence
from planner.words import N_, _, clock, full_date, weekday_name
from ui.folding import folded
from ui.repair.words import moment
from ui.widgets import label, set_property, sorted_by_name, text_button

_REST, _TODAY, _TOMORROW, _WEEK = range(4)
_QUICK = {
    _REST: N_("Rest of the shift"),
    _TODAY: N_("Today"),
    _TOMORROW: N_("Today and tomorrow"),
    _WEEK: N_("The week"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Who is away, and when: a person or a squad."""

    staff: StaffId | None = None
    squad: SquadId | None = None
    span: Span


class AbsenceDialog(QDialog):
    """Asks who is away, and from when to when; never why.

    Parameters
    ----------
    shifts
        Of the week that is shown.
    now
        When it is reported.
    """

    def __init__(
        self, plan: Plan, shifts: Iterable[Shift], now: datetime, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Report an absence"))
        self._plan, self._now = plan, now.replace(second=0, microsecond=0)
        self._shifts = tuple(shifts)
        who = self._make_who()
        self.start, self.end = _MomentEdit(_("From")), _MomentEdit(_("To"))
        for edit in (self.start, self.end):
            edit.changed = self._judge
        self.quick = {key: text_button(_(text)) for key, text in _QUICK.items()}
        for key, button in self.quick.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked, chosen=key: self.choose(chosen))
        self.problem = label("", "muted", wraps=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.button = buttons.addButton(
            _("Report and plan"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.button.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        hint = _("The cause is not asked for, and kept nowhere.")
        layout.addWidget(label(hint, "muted", wraps=True))
        layout.addLayout(who, stretch=1)
        layout.addLayout(_row(*self.quick.values()))
        layout.addLayout(self._make_times())
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.setMinimumWidth(520)
        self._offer()
        self.choose(_TODAY)
        self.search.setFocus()

    def away(self) -> Away | None:
        """Return what was chosen; nothing while it is not whole."""
        chosen, span = self._chosen(), self._span()
        if not chosen or span is None or self._problem_of(span):
            return None
        if self.person.isChecked():
            return Away(staff=StaffId(chosen), span=span)
        return Away(squad=SquadId(chosen), span=span)

    def select(self, chosen: str) -> None:
        """Choose a person or a squad by id."""
        for row in range(self.names.count()):
            if self.names.item(row).data(Qt.ItemDataRole.UserRole) == chosen:
                self.names.setCurrentRow(row)

    def choose(self, quick: int) -> None:
        """Fill in a usual time: it begins now."""
        zone = self._plan.zone
        today = self._now.astimezone(zone).date()
        end = {
            _REST: self._end_of_shift() or day_span(today, zone).end,
            _TODAY: day_span(today, zone).end,
            _TOMORROW: day_span(today + DAY, zone).end,
            _WEEK: IsoWeek.of(today).span(zone).end,
        }[quick]
        self.start.show_moment(self._now.astimezone(zone))
        self.end.show_moment(end.astimezone(zone))
        self._judge()

    def _chosen(self) -> str:
        """Return the id of whoever is chosen, if anybody is."""
        if self.names.currentRow() < 0 or self.names.currentItem().isHidden():
            return ""
        chosen: str = self.names.currentItem().data(Qt.ItemDataRole.UserRole)
        return chosen

    def _end_of_shift(self) -> datetime | None:
        """Return when the shift of whoever is chosen ends: the one that goes on, or the next."""
        chosen = self._chosen()
        ends = [
            shift.span.end
            for shift in self._shifts
            if shift.span.end > self._now
            and chosen in {shift.staff, self._plan.staff_by_id[shift.staff].squad}
        ]
        return min(ends, default=None)

    def _make_who(self) -> QVBoxLayout:
        self.person = QRadioButton(_("A person"))
        self.person.setChecked(True)
        self.squad = QRadioButton(_("A whole squad"))
        self.squad.setEnabled(bool(self._plan.squads))
        kinds = QButtonGroup(self)
        kinds.addButton(self.person)
        kinds.addButton(self.squad)
        self.person.toggled.connect(self._offer)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search person or squad"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.names = QListWidget()
        self.names.setAccessibleName(_("Who is away"))
        self.names.setMinimumHeight(190)
        self.names.currentRowChanged.connect(self._judge)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addLayout(_row(self.person, self.squad))
        column.addWidget(self.search)
        column.addWidget(self.names, stretch=1)
        return column

    def _make_times(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, (text, edit) in enumerate(((_("From"), self.start), (_("To"), self.end))):
            grid.addWidget(label(text, "section"), row, 0)
            grid.addWidget(edit.day, row, 1)
            grid.addWidget(edit.time, row, 2)
        grid.setColumnStretch(3, 1)
        return grid

    def _span(self) -> Span | None:
        zone = self._plan.zone
        start, end = self.start.moment(), self.end.moment()
        if start is None or end is None:
            return None
        return Span(instant(*start, zone), instant(*end, zone))

    def _problem_of(self, span: Span) -> str:
        """Return why nobody can be away for that time; nothing when somebody can."""
        try:
            check_absence(span, self._plan.zone)
        except InputError as error:
            return messages.sentence(error)
        return ""

    def _told(self, at: datetime) -> str:
        """Return a moment, with its year where that is not to be taken for granted."""
        zone = self._plan.zone
        day = at.astimezone(zone).date()
        if day.year == self._now.astimezone(zone).year:
            return moment(at, zone)
        return f"{weekday_name(day)} {full_date(day)} {clock(at, zone)}"

    @Slot()
    def _offer(self) -> None:
        self.names.clear()
        if self.person.isChecked():
            people = sorted_by_name(self._plan.staff, lambda member: member.display_name)
            entries = [(str(member.id), member.display_name) for member in people]
        else:
            entries = [(str(squad.id), squad.name) for squad in self._plan.squads]
        for chosen, name in entries:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, chosen)
            self.names.addItem(item)
        self._narrow()

    @Slot()
    def _narrow(self) -> None:
        wanted = folded(self.search.text().strip()).letters
        shown = []
        for row in range(self.names.count()):
            item = self.names.item(row)
            item.setHidden(wanted not in folded(item.text()).letters)
            if not item.isHidden():
                shown.append(row)
        if wanted and self.names.currentRow() not in shown:
            self.names.setCurrentRow(shown[0] if shown else -1)
        self._judge()

    @Slot()
    def _judge(self) -> None:
        span = self._span()
        if span is None:
            said = _("Write times as 06:05.")
        elif problem := self._problem_of(span):
            said = problem
        elif self.away() is None:
            is_found = any(not self.names.item(n).isHidden() for n in range(self.names.count()))
            is_all = is_found or not self.search.text()
            said = _("Choose who is away.") if is_all else _("Nobody fits the search.")
        else:
            start, end = (self._told(at) for at in (span.start, span.end))
            said = _("Away from {start} to {end}.", start=start, end=end)
        self.problem.setText(said)
        self.button.setEnabled(self.away() is not None)


class _MomentEdit:
    """A day and a time of day; ``changed`` is called when either is another."""

    def __init__(self, name: str) -> None:
        self.changed: Callable[[], None] = lambda: None
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName(_("{name}, day", name=name))
        self.day.setMinimumWidth(150)
        self.day.setStyleSheet("QDateEdit::drop-down { border: none; width: 24px; }")
        self.time = QLineEdit()
        self.time.setMaxLength(5)
        self.time.setFixedWidth(80)
        self.time.setAccessibleName(_("{name}, time", name=name))
        self.day.dateChanged.connect(self._tell)
        self.time.textChanged.connect(self._tell)

    def show_moment(self, at: datetime) -> None:
        """Show a local moment."""
        self.day.setDate(QDate(at.year, at.month, at.day))
        self.time.setText(at.strftime("%H:%M"))

    def moment(self) -> tuple[date, time] | None:
        """Return the local day and time; nothing when the time cannot be read."""
        match = re.fullmatch(r"([01]?\d|2[0-3])[:.]?([0-5]\d)", self.time.text().strip())
        set_property(self.time, "wrong", match is None)
        if match is None:
            return None
        chosen = self.day.date()
        day = date(chosen.year(), chosen.month(), chosen.day())
        return day, time(int(match[1]), int(match[2]))

    def _tell(self) -> None:
        self.changed()


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row
