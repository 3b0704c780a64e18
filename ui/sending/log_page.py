"""The log of a week: who got which version when, and by which way."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.distribution import RecipientKind
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.send.distribution_log import LogLine, log
from planner.words import N_, _
from ui.jobs import Job, Runner
from ui.sending import words
from ui.sending.table import dress, share_width
from ui.widgets import EmptyState

_HEADINGS = (
    N_("When"),
    N_("To"),
    N_("What"),
    N_("Version"),
    N_("Address"),
    N_("How"),
    N_("By"),
    N_("Answered"),
)
_WHAT = {RecipientKind.SCHOOL: N_("School’s sheet"), RecipientKind.STAFF: N_("Own week")}
_SHARES = (14, 18, 11, 8, 21, 20, 9, 14)


class LogPage(QWidget):
    """Lists every message of the week, the latest first."""

    failed = Signal(object)
    """The exception that a service raised."""
    listed = Signal()
    """The log is shown anew."""

    def __init__(self, open_plan: OpenPlan, week: IsoWeek, runner: Runner) -> None:
        super().__init__()
        self._open_plan, self._week, self._runner = open_plan, week, runner
        self.table = _Table()
        self.table.setAccessibleName(_("Log of the week"))
        self.table.setHorizontalHeaderLabels([_(heading) for heading in _HEADINGS])
        self.none = EmptyState(
            "send", _("Nothing was sent yet"), _("Each message of the week is kept here.")
        )
        self.states = QStackedWidget()
        self.states.addWidget(self.none)
        self.states.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self.states)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def read(self) -> None:
        """Read the log."""
        open_plan, week = self._open_plan, self._week
        job = Job(lambda _job: log(open_plan, week))
        job.done.connect(self._take_lines)
        job.failed.connect(self.failed)
        self._runner.line_up(job)

    @Slot(object)
    def _take_lines(self, lines: tuple[LogLine, ...]) -> None:
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for column, text in enumerate(self._texts(line)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        self.states.setCurrentWidget(self.table if lines else self.none)
        self.listed.emit()

    def _texts(self, line: LogLine) -> tuple[str, ...]:
        one, zone = line.dispatch, self._open_plan.plan.zone
        return (
            words.when_text(one.at, zone),
            line.name,
            _(_WHAT[one.kind]),
            str(one.version),
            one.address,
            words.way_text(one),
            one.by,
            words.when_text(one.answered_at, zone) if one.answered_at else "",
        )


class _Table(QTableWidget):
    def __init__(self) -> None:
        super().__init__(0, len(_HEADINGS))
        dress(self)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share_width(self, _SHARES)
