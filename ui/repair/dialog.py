"""The desk of a sick call: plans, the call list, and the sheets that changed."""

from collections.abc import Callable, Collection
from datetime import datetime

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from planner.domain.calls import CallEntry, CallState
from planner.domain.ids import StaffId
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.publish.outdated import Outdated, changed_sheets
from planner.services.repair import calls, repairs
from planner.services.repair.calls import Call
from planner.services.repair.repairs import RepairProgress
from planner.services.repair.values import RepairPlan
from planner.words import _, ngettext
from ui.jobs import Job, Runner
from ui.repair import words
from ui.repair.call_page import CallPage
from ui.repair.plans_page import PlansPage
from ui.widgets import EmptyState, divider, label, text_button
from ui.widgets.notes import NoteList

PLANS_TAB, CALLS_TAB, SHEETS_TAB = range(3)
_SIZE = QSize(1120, 740)
_ANSWERS = {
    CallState.ASKED: calls.mark_asked,
    CallState.ACCEPTED: calls.accept_call,
    CallState.DECLINED: calls.decline_call,
}


class RepairDialog(QDialog):
    """Repairs a week: shows plans, takes one over, and keeps what people say.

    Parameters
    ----------
    now
        What began before it stays as it is.
    tab
        What is shown first; only with the plans' the engine begins at once.
    """

    changed = Signal()
    """The draft, or the call list, is another one than before."""
    failed = Signal(object)
    """The exception that a service raised."""
    planned = Signal()
    """The engine has ended, and its plans are shown."""
    listed = Signal()
    """The call list and the sheets that changed are shown anew."""

    def __init__(
        self,
        open_plan: OpenPlan,
        week: IsoWeek,
        now: datetime,
        runner: Runner,
        parent: QWidget | None = None,
        *,
        tab: int = PLANS_TAB,
    ) -> None:
        super().__init__(parent)
        title = _("Repair {week}", week=week)
        self.setWindowTitle(title)
        self._open_plan, self._week, self._now, self._runner = open_plan, week, now, runner
        self._planning: Job | None = None
        self.plans = PlansPage(open_plan.plan)
        self.plans.stop_asked.connect(self.stop)
        self.plans.again_asked.connect(self.plan_again)
        self.plans.taken.connect(self._take)
        self.calls = CallPage()
        self.calls.answered.connect(self._answer)
        self.calls.again_asked.connect(self.plan_again)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Steps of the repair"))
        self.tabs.setExpanding(False)
        for text in (_("Plans"), _("Call list"), _("Sheets that changed")):
            self.tabs.addTab(text)
        self.pages = QStackedWidget()
        for page in (self.plans, self.calls, self._make_sheets()):
            self.pages.addWidget(page)
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        heading = label(title, "heading")
        since = label(
            _(
                "What began before {moment} stays as it is.",
                moment=words.moment(now, open_plan.plan.zone),
            ),
            "muted",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, margins in ((heading, (16, 14, 16, 0)), (since, (16, 2, 16, 6))):
            part.setContentsMargins(*margins)
            layout.addWidget(part)
        layout.addWidget(self.tabs)
        layout.addWidget(divider())
        layout.addWidget(self.pages, stretch=1)
        layout.addWidget(divider())
        layout.addLayout(self._make_foot())
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self.tabs.setCurrentIndex(tab)
        if tab == PLANS_TAB:
            self.plan_again()
        else:
            self.plans.end()
        self._read_lists()

    def _make_sheets(self) -> QStackedWidget:
        self.sheets = NoteList(_("Sheets that changed"))
        self.no_sheets = EmptyState(
            "circle-check",
            _("No sheet has changed"),
            _("What was published still holds, or nothing has been published yet."),
        )
        self._sheets_page = QStackedWidget()
        self._sheets_page.addWidget(self.no_sheets)
        self._sheets_page.addWidget(self.sheets)
        return self._sheets_page

    def _make_foot(self) -> QHBoxLayout:
        self.message = label("", "muted", wraps=True)
        close = text_button(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.addWidget(self.message, stretch=1)
        foot.addWidget(close)
        return foot

    @Slot()
    def plan_again(self) -> None:
        """Look for plans anew."""
        if self._planning is not None:
            return
        open_plan, week, now = self._open_plan, self._week, self._now
        self.tabs.setCurrentIndex(PLANS_TAB)
        self.plans.begin()

        def work(job: Job) -> tuple[RepairPlan, ...]:
            return repairs.repair_plans(
                open_plan,
                week,
                now,
                on_plans=job.report,
                on_progress=job.report,
                should_stop=job.should_stop,
            )

        job = Job(work)
        job.progressed.connect(self._take_progress)
        job.done.connect(self._end_planning)
        job.failed.connect(self._fail_planning)
        self._planning = job
        self._runner.start(job)

    @Slot()
    def stop(self) -> None:
        """Ask the engine to end."""
        if self._planning is not None:
            self._planning.stop()
            self.plans.show_stopping()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    @override
    def reject(self) -> None:
        self.stop()
        super().reject()

    def _run(self, work: Callable[[], object], receive: Callable[..., None]) -> None:
        job = Job(lambda _job: work())
        job.done.connect(receive)
        job.failed.connect(self._fail)
        self._runner.line_up(job)

    def _read_lists(self) -> None:
        open_plan, week = self._open_plan, self._week

        def read() -> tuple[tuple[Call, ...], Outdated]:
            return calls.call_list(open_plan, week), changed_sheets(open_plan, week)

        self._run(read, self._show_lists)

    @Slot(object)
    def _show_lists(self, found: tuple[tuple[Call, ...], Outdated]) -> None:
        listed, outdated = found
        self.calls.show_calls(listed, self._open_plan.plan.zone)
        notes = tuple(words.outdated_notes(outdated))
        self.sheets.fill(notes)
        self._sheets_page.setCurrentWidget(self.sheets if notes else self.no_sheets)
        n_open = sum(call.entry.state.is_open for call in listed)
        self.tabs.setTabText(CALLS_TAB, _with_count(_("Call list"), n_open))
        self.tabs.setTabText(SHEETS_TAB, _with_count(_("Sheets that changed"), len(notes)))
        self.listed.emit()

    @Slot(object)
    def _take_progress(self, told: RepairProgress | tuple[RepairPlan, ...]) -> None:
        if isinstance(told, RepairProgress):
            self.plans.show_progress(told)
        else:
            self.plans.show_plans(told)

    @Slot(object)
    def _end_planning(self, found: tuple[RepairPlan, ...]) -> None:
        self._planning = None
        self.plans.show_plans(found)
        self.plans.end(ngettext("{n} plan to choose from", "{n} plans to choose from", len(found)))
        self.planned.emit()

    @Slot(object)
    def _fail_planning(self, error: Exception) -> None:
        self._planning = None
        self.plans.end()
        self.failed.emit(error)

    @Slot(object, object)
    def _take(self, plan: RepairPlan, parts: Collection[StaffId]) -> None:
        self.setEnabled(False)
        self._run(lambda: calls.accept_repair(self._open_plan, plan, parts), self._taken)

    @Slot(object)
    def _taken(self, entries: tuple[CallEntry, ...]) -> None:
        self._wake()
        self.plans.show_plans(())
        self.plans.end()
        self.message.setText(
            ngettext(
                "Taken over; {n} person to call.", "Taken over; {n} people to call.", len(entries)
            )
        )
        self.tabs.setCurrentIndex(CALLS_TAB if entries else SHEETS_TAB)
        self._tell_change()

    @Slot(object, object)
    def _answer(self, entry: CallEntry, state: CallState) -> None:
        self._run(lambda: _ANSWERS[state](self._open_plan, entry), self._tell_change)

    @Slot()
    def _tell_change(self) -> None:
        self.changed.emit()
        self._read_lists()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._wake()
        self.failed.emit(error)

    def _wake(self) -> None:
        """Let the dialog be used again; what had the keyboard lost it when it was held up."""
        if not self.isEnabled():
            self.setEnabled(True)
            self.tabs.setFocus()


def _with_count(text: str, n: int) -> str:
    return f"{text} ({n})" if n else text
