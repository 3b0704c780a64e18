"""The coverage page: how much of the promise is planned, and where and when people are missing."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from planner.domain.weeks import IsoWeek
from planner.services.coverage.page import coverage_view
from planner.services.coverage.trend import CoverageTrend
from planner.services.coverage.views import CoverageView, TrendWeek
from planner.services.plans import OpenPlan
from planner.services.roster.views import WeekState
from planner.words import _
from ui.coverage import words
from ui.coverage.evening import EveningPanel
from ui.coverage.histogram import FairnessPanel
from ui.coverage.overview import Overview
from ui.coverage.tiles import Tiles
from ui.coverage.trend import TrendPanel
from ui.jobs import Job, Runner
from ui.widgets import Chip, EmptyState, PartPage, WeekPicker, YieldingRow, label, text_button

OVERVIEW_TAB, EVENING_TAB, FAIRNESS_TAB, TREND_TAB = range(4)


class CoveragePage(PartPage):
    """Says in a sentence how the week stands, shows it, and leads to the week."""

    def __init__(self, open_plan: OpenPlan, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(open_plan, runner, parent)
        self._view: CoverageView | None = None
        self._reading: Job | None = None
        self._trend = CoverageTrend(open_plan)
        self._trend_job: Job | None = None
        self._is_trend_wanted = False
        self.picker = WeekPicker()
        self.picker.picked.connect(self.week_picked)
        self.picker.refused.connect(self.failed)
        self.state = Chip()
        self.headline = label("", "heading", wraps=True)
        self.tiles = Tiles()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Views of the coverage"))
        self.tabs.setExpanding(False)
        for name in (
            _("Where and when"),
            _("Evenings and dusk"),
            _("Fairness"),
            _("Week by week"),
        ):
            self.tabs.addTab(name)
        self.overview, self.evening = Overview(), EveningPanel()
        self.fairness, self.trend = FairnessPanel(), TrendPanel()
        self._make_panels()
        self._states = self._make_states()
        self._lay_out()
        self.setFocusProxy(self.tabs)

    def view(self) -> CoverageView | None:
        """Return what is shown; nothing before the first week has come."""
        return self._view

    @override
    def show_plan(self, open_plan: OpenPlan) -> None:
        super().show_plan(open_plan)
        self._view = self._reading = None
        self._trend = CoverageTrend(open_plan)
        self._states.setCurrentWidget(self._loading)

    @override
    @Slot()
    def refresh(self) -> None:
        open_plan, week = self._open_plan, self._week
        if week is None:
            return
        self.picker.show_week(week)
        if self._view is None or self._view.week != week:
            self._states.setCurrentWidget(self._loading)
        self._reading = Job(lambda _job: coverage_view(open_plan, week))
        self._reading.done.connect(self._take_view)
        self._reading.failed.connect(self._lose_view)
        self._runner.line_up(self._reading)  # after the edits that are being kept
        self._read_trend()

    def _make_panels(self) -> None:
        self.overview.spot_asked.connect(self.spot_asked)
        self.overview.gap_asked.connect(self.gap_asked)
        self.evening.spot_asked.connect(self.spot_asked)
        self.trend.week_opened.connect(self.week_asked)
        self.trend.stop_asked.connect(self._stop_trend)
        self._panels = QStackedWidget()
        panels: tuple[QWidget, ...] = (self.overview, self.evening, self.fairness, self.trend)
        for number, panel in enumerate(panels):
            panel.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            is_long = panel is self.evening or panel is self.fairness
            name = self.tabs.tabText(number)
            self._panels.addWidget(_scrolled(panel, name) if is_long else panel)
        self.tabs.currentChanged.connect(self._show_tab)

    def _make_states(self) -> QStackedWidget:
        states = QStackedWidget()
        to_week = text_button(_("Go to the week"))
        to_week.clicked.connect(self._ask_week)
        self._empty = EmptyState(
            "grid-3x3",
            _("This week has no roster yet"),
            _("Coverage is shown as soon as the week has been generated or its roster imported."),
            to_week,
        )
        self._loading = EmptyState("clock", _("Reading the week …"), "")
        self._lost = EmptyState("circle-alert", _("The week could not be read"), "")
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        top = QVBoxLayout(head)
        top.setContentsMargins(14, 12, 14, 6)
        top.setSpacing(10)
        top.addWidget(self.headline)
        top.addWidget(self.tiles)
        column.addWidget(head)
        column.addWidget(self.tabs)
        column.addWidget(self._panels, stretch=1)
        self._whole = whole
        for state in (self._loading, self._empty, self._lost, whole):
            states.addWidget(state)
        return states

    def _lay_out(self) -> None:
        header = YieldingRow()
        header.setProperty("header", True)  # noqa: FBT003 - Qt's signature
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        header.row.setContentsMargins(12, 8, 12, 8)
        header.row.setSpacing(8)
        header.row.addWidget(self.picker)
        header.row.addWidget(self.picker.dates)
        header.row.addWidget(self.state)
        header.row.addStretch()
        header.yield_in_order(self.picker.dates, self.state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(header)
        layout.addWidget(self._states, stretch=1)

    @Slot(object)
    def _take_view(self, view: CoverageView) -> None:
        if self.sender() is not self._reading:
            return  # the answer to an earlier question
        self._view = view
        text, tone = words.STATES[view.state]
        self.state.show_state(_(text, version=view.version), tone)
        if view.state is WeekState.EMPTY:
            self._states.setCurrentWidget(self._empty)
            return
        self.headline.setText(words.headline(view))
        self.tiles.show_view(view)
        self.overview.show_view(view)
        self.evening.show_view(view)
        self.fairness.show_fairness(view.fairness)
        self._states.setCurrentWidget(self._whole)

    @Slot(object)
    def _lose_view(self, error: Exception) -> None:
        if self.sender() is self._reading:
            self._states.setCurrentWidget(self._lost)
            self.failed.emit(error)

    @Slot(int)
    def _show_tab(self, tab: int) -> None:
        self._panels.setCurrentIndex(tab)
        self._read_trend()

    def _read_trend(self) -> None:
        """Read the weeks around, if that is looked at; a reading that goes on is ended first."""
        week, trend = self._week, self._trend
        if week is None or self.tabs.currentIndex() != TREND_TAB:
            return
        if self._trend_job is not None:
            self._is_trend_wanted = True
            self._trend_job.stop()
            return

        def read(job: Job) -> tuple[IsoWeek, tuple[TrendWeek, ...]]:
            found = trend.around(week, on_progress=job.report, should_stop=job.should_stop)
            return week, found

        self._trend_job = job = Job(read)
        job.progressed.connect(self._take_trend_progress)
        job.done.connect(self._take_trend)
        job.failed.connect(self._lose_trend)
        self._runner.start(job)

    @Slot()
    def _stop_trend(self) -> None:
        if self._trend_job is not None:
            self._trend_job.stop()

    @Slot(object)
    def _take_trend_progress(self, progress: tuple[int, int]) -> None:
        self.trend.show_progress(*progress)

    @Slot(object)
    def _take_trend(self, found: tuple[IsoWeek, tuple[TrendWeek, ...]]) -> None:
        week, weeks = found
        self.trend.show_weeks(weeks, week)
        self._end_trend()

    @Slot(object)
    def _lose_trend(self, error: Exception) -> None:
        self.trend.fail()
        self.failed.emit(error)
        self._end_trend()

    def _end_trend(self) -> None:
        self._trend_job = None
        if self._is_trend_wanted:
            self._is_trend_wanted = False
            self._read_trend()

    @Slot()
    def _ask_week(self) -> None:
        if self._week is not None:
            self.week_asked.emit(self._week)


def _scrolled(panel: QWidget, name: str) -> QScrollArea:
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setAccessibleName(name)
    made.setWidget(panel)
    return made
