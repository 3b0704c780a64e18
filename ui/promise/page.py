"""The page of the promise: kept or not, where it is reported, and what was agreed on."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from planner.domain.ids import PromiseId
from planner.domain.promises import Promise
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.promise.page import PromiseView, WeekLines, promise_view, week_lines
from planner.words import _
from ui.jobs import Job, Runner
from ui.promise import words
from ui.promise.agreeing import Agreeing
from ui.promise.agreement_panel import AgreementPanel
from ui.promise.measures_panel import MeasuresPanel
from ui.promise.report_panel import ReportPanel
from ui.promise.reporting import Reporting
from ui.promise.walks_panel import WalksPanel
from ui.widgets import (
    Chip,
    EmptyState,
    MessageBar,
    PartPage,
    TabbedPanels,
    YieldingRow,
    label,
    primary_button,
    text_button,
)

_FRAME_PX = 56
"""Of a choice beside its text: margins and the arrow."""

MEASURES_TAB, REPORT_TAB, WALKS_TAB, AGREEMENT_TAB = range(4)


class PromisePage(PartPage):
    """Shows what became of a promise, and keeps what is reported of it."""

    def __init__(self, open_plan: OpenPlan, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(open_plan, runner, parent)
        self._view: PromiseView | None = None
        self._lines: WeekLines | None = None
        self._wanted: PromiseId | None = None
        self._reading: Job | None = None
        self.reporting = Reporting(open_plan, runner, self)
        self.agreeing = Agreeing(open_plan, runner, self)
        self.bar = MessageBar()
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Promise"))
        self.choice.setMinimumContentsLength(20)
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.choice.activated.connect(self._choose)
        self.state, self.period = Chip(), label("", "muted")
        self.read_button = text_button(_("Read reports …"), "upload")
        self.read_button.clicked.connect(self.reporting.ask_file)
        self.write_button = text_button(_("Write a list …"), "download")
        self.write_button.clicked.connect(self._ask_list)
        self.report_back_button = text_button(_("Report-back …"), "circle-check")
        self.report_back_button.setToolTip(_("Look at the report-back on this promise"))
        self.report_back_button.clicked.connect(self._ask_report_back)
        self.measures, self.report = MeasuresPanel(), ReportPanel()
        self.walks, self.agreement = WalksPanel(), AgreementPanel()
        self._whole = TabbedPanels(
            _("Views of the promise"),
            (
                (_("Kept or not"), self.measures),
                (_("Report the week"), self.report),
                (_("Safety walks"), self.walks),
                (_("Agreement"), self.agreement),
            ),
        )
        self.tabs = self._whole.tabs
        self._make_states()
        self._connect()
        self._lay_out()
        self.setFocusProxy(self.tabs)

    def view(self) -> PromiseView | None:
        """Return what is shown; nothing before it has been read."""
        return self._view

    def lines(self) -> WeekLines | None:
        """Return the week that is shown; nothing before it has been read."""
        return self._lines

    @override
    def show_plan(self, open_plan: OpenPlan) -> None:
        super().show_plan(open_plan)
        self._view = self._lines = self._wanted = self._reading = None
        for commands in (self.reporting, self.agreeing):
            commands.show_plan(open_plan)
        self._states.setCurrentWidget(self._loading)

    @override
    @Slot()
    def refresh(self) -> None:
        open_plan, week, wanted = self._open_plan, self._week, self._wanted
        if week is None:
            return
        self.report.picker.show_week(week)

        def read(job: Job) -> PromiseView | None:
            job.report(week_lines(open_plan, week))
            # A later question stops this one, so that several reports in a row are not waited for.
            return None if job.should_stop() else promise_view(open_plan, wanted)

        if self._reading is not None:
            self._reading.stop()
        self._reading = Job(read)
        self._reading.progressed.connect(self._take_lines)
        self._reading.done.connect(self._take_view)
        self._reading.failed.connect(self._lose_view)
        self._runner.line_up(self._reading)

    def _make_states(self) -> None:
        make = primary_button(_("New promise …"), "plus")
        make.clicked.connect(self._ask_new)
        self._empty = EmptyState(
            "shield",
            _("No promise yet"),
            _(
                "Write down what the city and the police promise, each measure with a target "
                "that can be counted. Once it is signed, every week is held against it."
            ),
            make,
        )
        self._loading = EmptyState("clock", _("Reading the promise …"), "")
        self._lost = EmptyState("circle-alert", _("The promise could not be read"), "")
        self._states = QStackedWidget()
        for state in (self._loading, self._empty, self._lost, self._whole):
            self._states.addWidget(state)

    def _connect(self) -> None:
        self.measures.week_opened.connect(self._open_week)
        self.report.picker.picked.connect(self.week_picked)
        self.report.picker.refused.connect(self.failed)
        self.report.said.connect(self.reporting.report)
        self.report.as_planned.connect(self.reporting.report_as_planned)
        self.report.taken_back.connect(self.reporting.take_back)
        for commands in (self.reporting, self.agreeing):
            commands.told.connect(self._tell)
            commands.kept.connect(self._take_kept)
            commands.refused.connect(self.refresh)
            commands.failed.connect(self.failed)
        for panel in (self.report, self.walks):
            panel.spot_asked.connect(self.spot_asked)
        self.walks.record_asked.connect(self.record_asked)
        self.agreement.sign_asked.connect(self._ask_signing)
        self.agreement.revise_asked.connect(self._ask_revision)
        self.agreement.withdraw_asked.connect(self._ask_withdrawal)
        self.agreement.edit_asked.connect(self._ask_edit)

    def _lay_out(self) -> None:
        self._header = header = YieldingRow()
        header.setProperty("header", True)  # noqa: FBT003 - Qt's signature
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        header.row.setContentsMargins(12, 8, 12, 8)
        header.row.setSpacing(8)
        header.row.addWidget(self.choice, stretch=1)
        header.row.addWidget(self.state)
        header.row.addWidget(self.period)
        header.row.addStretch()
        header.row.addWidget(self.read_button)
        header.row.addWidget(self.write_button)
        header.row.addWidget(self.report_back_button)
        header.yield_in_order(
            self.period, self.write_button, self.read_button, self.report_back_button
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(header)
        layout.addWidget(self._states, stretch=1)

    @Slot()
    def _ask_report_back(self) -> None:
        self.report_back_asked.emit(self.choice.currentData() or "")

    @Slot(object)
    def _take_lines(self, lines: WeekLines) -> None:
        if self.sender() is self._reading:
            self._lines = lines
            self.report.show_week(lines, self._open_plan.plan.zone)

    @Slot(object)
    def _take_view(self, view: PromiseView) -> None:
        if self.sender() is not self._reading:
            return  # the answer to an earlier question
        self._view, found = view, view.found
        self.choice.clear()
        for promise in view.promises:
            self.choice.addItem(promise.name, promise.id)
        self._widen_choice()
        self.choice.setVisible(found is not None)
        self.state.setVisible(found is not None)
        self._header.want(self.period, is_wanted=found is not None)
        self.report_back_button.setEnabled(found is not None and found.is_signed)
        for button in (self.read_button, self.write_button):
            button.setEnabled(found is not None)
        if found is None:
            self._states.setCurrentWidget(self._empty)
            return
        self.choice.setCurrentIndex(self.choice.findData(found.promise.id))
        self.choice.setToolTip(found.promise.name)
        self.state.show_state(*words.state_of(found))
        self.period.setText(words.period(found))
        self._header.want(self.period, is_wanted=True)  # once its width is known
        self.measures.show_follow_up(found, self._week)
        self.walks.show_follow_up(found)
        self.agreement.show_view(view)
        self._states.setCurrentWidget(self._whole)

    def _widen_choice(self) -> None:
        """Let the names of the promises be read whole where there is room, and no wider."""
        names = [self.choice.itemText(n) for n in range(self.choice.count())]
        widest = max(map(self.choice.fontMetrics().horizontalAdvance, names), default=0)
        self.choice.setMaximumWidth(widest + _FRAME_PX)

    @Slot(object)
    def _lose_view(self, error: Exception) -> None:
        if self.sender() is self._reading:
            self._states.setCurrentWidget(self._lost)
            self.failed.emit(error)

    @Slot()
    def _choose(self) -> None:
        self._wanted = PromiseId(self.choice.currentData())
        self.refresh()

    @Slot(object)
    def _open_week(self, week: IsoWeek) -> None:
        self.tabs.setCurrentIndex(REPORT_TAB)
        self.week_picked.emit(week)

    @Slot()
    def _ask_edit(self) -> None:
        promise = self._promise()
        if promise is not None:
            self.record_asked.emit("promises", promise.id)

    @Slot()
    def _ask_new(self) -> None:
        self.record_asked.emit("promises", "")

    @Slot()
    def _ask_list(self) -> None:
        if self._week is not None:
            self.reporting.ask_list(self._week)

    @Slot()
    def _ask_signing(self) -> None:
        promise = self._promise()
        if promise is not None:
            self.agreeing.ask_signing(promise.id)

    @Slot()
    def _ask_revision(self) -> None:
        promise = self._promise()
        if promise is not None:
            self.agreeing.ask_revision(promise)

    @Slot()
    def _ask_withdrawal(self) -> None:
        promise = self._promise()
        if promise is not None:
            self.agreeing.ask_withdrawal(promise.id)

    def _promise(self) -> Promise | None:
        found = self._view.found if self._view is not None else None
        return found.promise if found is not None else None

    @Slot(str, str)
    def _tell(self, text: str, tone: str) -> None:
        if text:
            self.bar.say(text, tone)
        else:
            self.bar.hide()

    @Slot()
    def _take_kept(self) -> None:
        self.changed.emit()
        self.refresh()
