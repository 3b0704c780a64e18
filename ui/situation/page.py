"""The page of the situational picture."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from planner import messages
from planner.errors import PlannerError
from planner.services.plans import OpenPlan
from planner.services.situation.background import BackgroundLine, background_lines
from planner.services.situation.incidents import remove_source
from planner.services.situation.picture import Situation, situation
from planner.services.situation.predictability import PatternReader, Predictability, ReadingWeek
from planner.words import _, ngettext
from ui.jobs import Job, Runner
from ui.situation import words
from ui.situation.filter_bar import FilterBar
from ui.situation.import_dialog import ImportDialog
from ui.situation.pattern_panel import PatternPanel
from ui.situation.proposals_panel import ProposalsPanel
from ui.situation.proposing import Proposing
from ui.situation.sources_menu import SourcesMenu
from ui.situation.when_panel import WhenPanel
from ui.situation.where_panel import WherePanel
from ui.widgets import (
    EmptyState,
    MessageBar,
    PartPage,
    TabbedPanels,
    YieldingRow,
    label,
    primary_button,
    text_button,
)

WHEN_TAB, WHERE_TAB, PROPOSALS_TAB, PATTERN_TAB = range(4)


class SituationPage(PartPage):
    """Shows when and where it happens, what is proposed, and whether visits can be learned."""

    follows_week = False

    def __init__(self, open_plan: OpenPlan, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(open_plan, runner, parent)
        self._shown: Situation | None = None
        self._reading: Job | None = None
        self._pattern_job: Job | None = None
        self._patterns = PatternReader(open_plan)
        self.bar = MessageBar()
        self.headline = label("", "heading", wraps=True)
        self.filters = FilterBar()
        self.filters.changed.connect(self._filter)
        self.import_button = text_button(_("Import incidents …"), "upload")
        self.import_button.clicked.connect(self.ask_import)
        self.sources = SourcesMenu()
        self.sources.chosen.connect(self._remove_source)
        self.when, self.where, self.proposals = WhenPanel(), WherePanel(), ProposalsPanel()
        self.pattern = PatternPanel()
        self.proposing = Proposing(self.proposals, open_plan, runner, self.filters.wanted)
        self._whole = TabbedPanels(
            _("Views of the situational picture"),
            (
                (_("When"), _scrolled(self.when)),
                (_("Where"), self.where),
                (_("Proposed presence"), self.proposals),
                (_("Predictability"), self.pattern),
            ),
        )
        self.tabs, self._panels = self._whole.tabs, self._whole.panels
        self.tabs.currentChanged.connect(self._show_tab)
        self._make_states()
        self._connect()
        self._lay_out()
        self.refresh()

    def situation(self) -> Situation | None:
        """Return what is shown; nothing before it has been read."""
        return self._shown

    @override
    def show_plan(self, open_plan: OpenPlan) -> None:
        super().show_plan(open_plan)
        self._shown = self._reading = self._pattern_job = None
        self._patterns = PatternReader(open_plan)
        self.filters.clear()
        self.proposing.show_plan(open_plan)
        self.pattern.clear()
        self.where.map.show_background(())
        self._states.setCurrentWidget(self._loading)

    @override
    @Slot()
    def refresh(self) -> None:
        open_plan, wanted = self._open_plan, self.filters.wanted()
        self._reading = Job(lambda _job: situation(open_plan, wanted))
        self._reading.done.connect(self._take)
        self._reading.failed.connect(self._lose)
        self._runner.line_up(self._reading)
        self._read_patterns()

    @Slot()
    def ask_import(self) -> None:
        """Let the user choose a file of incidents."""
        dialog = ImportDialog(self._open_plan, self._runner, self)
        dialog.imported.connect(self._take_imported)
        dialog.failed.connect(self.failed)
        dialog.exec()
        dialog.deleteLater()

    def _make_states(self) -> None:
        to_import = primary_button(_("Import incidents …"), "upload")
        to_import.clicked.connect(self.ask_import)
        self._empty = EmptyState(
            "map-pin",
            _("No incidents yet"),
            _(
                "Read a CSV file with time, place or coordinates, and kind. It shows when and "
                "where it happens, and which presence would have met most of it."
            ),
            to_import,
        )
        self._panels.addWidget(self._empty)
        self._loading = EmptyState("clock", _("Reading the incidents …"), "")
        self._lost = EmptyState("circle-alert", _("The incidents could not be read"), "")
        self._states = QStackedWidget()
        for state in (self._loading, self._lost, self._whole):
            self._states.addWidget(state)

    def _connect(self) -> None:
        self.where.background_chosen.connect(self._read_background)
        self.pattern.stop_asked.connect(self._stop_patterns)
        self.proposing.shown.connect(self.where.show_proposals)
        self.proposing.planned.connect(self._tell_planned)
        self.proposing.refused.connect(self._tell_refused)
        self.proposing.failed.connect(self.failed)

    def _lay_out(self) -> None:
        self._header = header = YieldingRow()
        header.setProperty("header", True)  # noqa: FBT003 - Qt's signature
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        header.row.setContentsMargins(12, 8, 12, 8)
        header.row.setSpacing(12)
        header.row.addWidget(self.headline, stretch=1)
        header.row.addWidget(self.filters)
        header.row.addWidget(self.import_button)
        header.row.addWidget(self.sources)
        header.yield_in_order(self.sources)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(header)
        layout.addWidget(self._states, stretch=1)

    @Slot(object)
    def _take(self, shown: Situation) -> None:
        if self.sender() is not self._reading:
            return  # the answer to an earlier question
        if self._shown is not None and self._shown.incidents != shown.incidents:
            self.proposing.forget()
        self._shown = shown
        self.headline.setText(words.headline(shown) if shown.n_all else _("No incidents yet"))
        self.filters.setVisible(shown.n_all > 0)
        self.import_button.setVisible(shown.n_all > 0)
        self.sources.show_sources(shown.sources)
        self._header.want(self.sources, is_wanted=shown.n_all > 0)
        if shown.n_all:
            self.filters.show_situation(shown)
            self.when.show_situation(shown)
            self.where.show_situation(shown)
        self._show_tab()
        self._states.setCurrentWidget(self._whole)

    @Slot(object)
    def _lose(self, error: Exception) -> None:
        if self.sender() is self._reading:
            self._states.setCurrentWidget(self._lost)
            self.failed.emit(error)

    @Slot()
    def _filter(self) -> None:
        self.proposing.forget()
        self.refresh()

    @Slot()
    def _show_tab(self) -> None:
        tab = self.tabs.currentIndex()
        is_empty = self._shown is None or not self._shown.n_all
        if is_empty and tab != PATTERN_TAB:
            self._panels.setCurrentWidget(self._empty)
        else:
            self._panels.setCurrentIndex(tab)
        self._read_patterns()

    def _read_patterns(self) -> None:
        """Read the published weeks, if that is looked at and is not going on."""
        patterns = self._patterns
        if self.tabs.currentIndex() != PATTERN_TAB or self._pattern_job is not None:
            return
        self.pattern.show_progress(None)
        self._pattern_job = Job(
            lambda job: patterns.predictability(on_progress=job.report, should_stop=job.should_stop)
        )
        self._pattern_job.progressed.connect(self._take_pattern_progress)
        self._pattern_job.done.connect(self._take_patterns)
        self._pattern_job.failed.connect(self._lose_patterns)
        self._runner.start(self._pattern_job)

    @Slot()
    def _stop_patterns(self) -> None:
        if self._pattern_job is not None:
            self._pattern_job.stop()

    @Slot(object)
    def _take_pattern_progress(self, progress: ReadingWeek) -> None:
        if self.sender() is self._pattern_job:
            self.pattern.show_progress(progress)

    @Slot(object)
    def _take_patterns(self, shown: Predictability) -> None:
        if self.sender() is self._pattern_job:
            self._pattern_job = None
            self.pattern.show_predictability(shown)

    @Slot(object)
    def _lose_patterns(self, error: Exception) -> None:
        if self.sender() is self._pattern_job:
            self._pattern_job = None
            self.pattern.end()
            self._tell(error)

    @Slot(object)
    def _take_imported(self, n_written: int) -> None:
        text = ngettext(
            "{n} incident is new or changed.", "{n} incidents are new or changed.", n_written
        )
        self.bar.say(text, "success")
        self.proposing.forget()
        self.changed.emit()
        self.refresh()

    @Slot(str)
    def _remove_source(self, source: str) -> None:
        open_plan = self._open_plan
        job = Job(lambda _job: remove_source(open_plan, source))
        job.done.connect(self._take_removed)
        job.failed.connect(self._tell)
        self._runner.line_up(job)

    @Slot(object)
    def _take_removed(self, n_removed: int) -> None:
        text = ngettext("{n} incident is removed.", "{n} incidents are removed.", n_removed)
        self.bar.say(text, "success")
        self.filters.clear()
        self.proposing.forget()
        self.changed.emit()
        self.refresh()

    @Slot(str)
    def _tell_planned(self, text: str) -> None:
        self.bar.say(text, "success")
        self.changed.emit()
        self.refresh()

    @Slot(str)
    def _tell_refused(self, text: str) -> None:
        self.bar.say(text, "danger")

    @Slot(object)
    def _read_background(self, path: Path) -> None:
        job = Job(lambda _job: background_lines(path))
        job.done.connect(self._take_background)
        job.failed.connect(self._tell)
        self._runner.start(job)

    @Slot(object)
    def _take_background(self, lines: tuple[BackgroundLine, ...]) -> None:
        self.where.map.show_background(lines)

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        if isinstance(error, PlannerError):
            self.bar.say(" ".join(messages.sentences(error)), "danger")
        else:
            self.failed.emit(error)


def _scrolled(panel: QWidget) -> QScrollArea:
    """Return a panel that scrolls in a low window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    panel.setProperty("plain", True)  # noqa: FBT003 - Qt's signature
    area.setWidget(panel)
    return area
