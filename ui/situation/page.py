"""The page of the situational picture."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from planner import messages
from planner.errors import PlannerError
from planner.services.background import BackgroundLine, background_lines
from planner.services.plans import OpenPlan
from planner.services.proposals import (
    Proposal,
    Proposals,
    WindowTerms,
    accept,
    decline,
    marked_anew,
    propose,
    take_back,
)
from planner.services.situation import Situation, situation
from planner.words import _, ngettext
from ui.jobs import Job, Runner
from ui.situation import words
from ui.situation.edit_dialog import EditDialog
from ui.situation.filter_bar import FilterBar
from ui.situation.import_dialog import ImportDialog
from ui.situation.proposals_panel import ProposalsPanel
from ui.situation.when_panel import WhenPanel
from ui.situation.where_panel import WherePanel
from ui.widgets import (
    EmptyState,
    MessageBar,
    PartPage,
    YieldingRow,
    ask_text,
    label,
    primary_button,
    text_button,
)

WHEN_TAB, WHERE_TAB, PROPOSALS_TAB = range(3)


class SituationPage(PartPage):
    """Shows when and where it happens, and what presence is proposed for it."""

    follows_week = False

    def __init__(self, open_plan: OpenPlan, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(open_plan, runner, parent)
        self._shown: Situation | None = None
        self._reading: Job | None = None
        self._trying: Job | None = None
        self._writing: Job | None = None
        self._said = ""
        self._found: Proposals | None = None
        self.bar = MessageBar()
        self.headline = label("", "heading", wraps=True)
        self.filters = FilterBar()
        self.filters.changed.connect(self._filter)
        self.import_button = text_button(_("Import incidents …"), "upload")
        self.import_button.clicked.connect(self.ask_import)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Views of the situational picture"))
        self.tabs.setExpanding(False)
        self.when, self.where, self.proposals = WhenPanel(), WherePanel(), ProposalsPanel()
        self._panels = QStackedWidget()
        for name, panel in (
            (_("When"), self.when),
            (_("Where"), self.where),
            (_("Proposed presence"), self.proposals),
        ):
            self.tabs.addTab(name)
            panel.setProperty("surface", True)  # noqa: FBT003 - Qt's signature
            panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self._panels.addWidget(panel)
        self.tabs.currentChanged.connect(self._panels.setCurrentIndex)
        self._connect()
        self._states = self._make_states()
        self._lay_out()
        self.refresh()

    def situation(self) -> Situation | None:
        """Return what is shown; nothing before it has been read."""
        return self._shown

    @override
    def show_plan(self, open_plan: OpenPlan) -> None:
        super().show_plan(open_plan)
        self._shown = self._reading = self._trying = None
        self.filters.clear()
        self.proposals.clear()
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

    @Slot()
    def ask_import(self) -> None:
        """Let the user choose a file of incidents."""
        dialog = ImportDialog(self._open_plan, self._runner, self)
        dialog.imported.connect(self._take_imported)
        dialog.failed.connect(self.failed)
        dialog.exec()
        dialog.deleteLater()

    def _connect(self) -> None:
        self.where.background_chosen.connect(self._read_background)
        self.proposals.asked.connect(self._propose)
        self.proposals.stop_asked.connect(self._stop)
        self.proposals.accept_asked.connect(self._accept)
        self.proposals.edit_asked.connect(self._edit)
        self.proposals.decline_asked.connect(self._decline)
        self.proposals.taken_back.connect(self._take_back)

    def _make_states(self) -> QStackedWidget:
        states = QStackedWidget()
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
        self._loading = EmptyState("clock", _("Reading the incidents …"), "")
        self._lost = EmptyState("circle-alert", _("The incidents could not be read"), "")
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
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
        header.row.setSpacing(12)
        header.row.addWidget(self.headline, stretch=1)
        header.row.addWidget(self.filters)
        header.row.addWidget(self.import_button)
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
            self._forget_proposals()
        self._shown = shown
        self.headline.setText(words.headline(shown))
        self.filters.setVisible(shown.n_all > 0)
        self.import_button.setVisible(shown.n_all > 0)
        if not shown.n_all:
            self.headline.setText("")
            self._states.setCurrentWidget(self._empty)
            return
        self.filters.show_situation(shown)
        self.when.show_situation(shown)
        self.where.show_situation(shown)
        self._states.setCurrentWidget(self._whole)

    @Slot(object)
    def _lose(self, error: Exception) -> None:
        if self.sender() is self._reading:
            self._states.setCurrentWidget(self._lost)
            self.failed.emit(error)

    @Slot()
    def _filter(self) -> None:
        self._forget_proposals()
        self.refresh()

    def _forget_proposals(self) -> None:
        """Show no proposals that were made from other incidents."""
        if self._trying is not None:
            self._trying.stop()
            self._trying = None
        self._found = None
        self.proposals.clear()
        self.where.show_proposals(())

    @Slot(object)
    def _take_imported(self, n_written: int) -> None:
        text = ngettext(
            "{n} incident is new or changed.", "{n} incidents are new or changed.", n_written
        )
        self.bar.say(text, "success")
        self._forget_proposals()
        self.refresh()

    @Slot(object)
    def _propose(self, terms: WindowTerms) -> None:
        open_plan, wanted = self._open_plan, self.filters.wanted()
        self.bar.hide()
        self.proposals.show_progress(None)

        def work(job: Job) -> Proposals:
            return propose(
                open_plan,
                wanted,
                terms,
                on_progress=job.report,
                should_stop=job.should_stop,
            )

        self._trying = Job(work)
        self._trying.progressed.connect(self._take_progress)
        self._trying.done.connect(self._take_proposals)
        self._trying.failed.connect(self._fail_trying)
        self._runner.start(self._trying)

    @Slot(object)
    def _take_progress(self, progress: object) -> None:
        if self.sender() is self._trying:
            self.proposals.show_progress(progress)  # type: ignore[arg-type]

    @Slot(object)
    def _take_proposals(self, found: Proposals) -> None:
        if self.sender() is self._trying:
            self._trying = None
            self._show_proposals(found)

    def _show_proposals(self, found: Proposals) -> None:
        self._found = found
        self.proposals.show_proposals(found)
        self.where.show_proposals(found.proposals)

    @Slot(object)
    def _fail_trying(self, error: Exception) -> None:
        if self.sender() is self._trying:
            self._trying = None
            self.proposals.end()
            self.failed.emit(error)

    @Slot()
    def _stop(self) -> None:
        if self._trying is not None:
            self._trying.stop()

    @Slot(object)
    def _accept(self, wanted: tuple[Proposal, ...]) -> None:
        open_plan = self._open_plan
        if wanted:
            n = ngettext("{n} window is planned.", "{n} windows are planned.", len(wanted))
            said = f"{n} " + _("They begin next week; Edit, Undo takes them back.")
            self._write(lambda: accept(open_plan, wanted), said)

    @Slot(object)
    def _edit(self, proposal: Proposal) -> None:
        dialog = EditDialog(proposal, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._accept((dialog.edited(),))
        dialog.deleteLater()

    @Slot(object)
    def _decline(self, wanted: tuple[Proposal, ...]) -> None:
        open_plan = self._open_plan
        reason = ask_text(
            _("Decline"),
            _("Why? It is kept with the proposal, which is then shown as declined."),
            _("Decline"),
            self,
            is_required=False,
        )
        if reason is None:
            return

        def write() -> None:
            for one in wanted:
                decline(open_plan, one, reason)

        self._write(write, "")

    @Slot(object)
    def _take_back(self, wanted: tuple[Proposal, ...]) -> None:
        open_plan = self._open_plan

        def write() -> None:
            for one in wanted:
                take_back(open_plan, one)

        self._write(write, "")

    def _write(self, write: Callable[[], object], said: str) -> None:
        """Write something, then look what has become of the proposals; one thing at a time."""
        open_plan, found = self._open_plan, self._found
        if self._writing is not None or found is None:
            return

        def work(_job: Job) -> Proposals:
            write()
            return marked_anew(open_plan, found)

        self._said = said
        self._writing = Job(work)
        self._writing.done.connect(self._end_writing)
        self._writing.failed.connect(self._fail_writing)
        self._runner.line_up(self._writing)

    @Slot(object)
    def _end_writing(self, found: Proposals) -> None:
        self._writing = None
        if self._found is not None:
            self._show_proposals(found)
        if self._said:
            self.bar.say(self._said, "success")
            self.changed.emit()
            self.refresh()

    @Slot(object)
    def _fail_writing(self, error: Exception) -> None:
        self._writing = None
        if isinstance(error, PlannerError):
            self.bar.say(" ".join(messages.sentences(error)), "danger")
        else:
            self.failed.emit(error)

    @Slot(object)
    def _read_background(self, path: Path) -> None:
        job = Job(lambda _job: background_lines(path))
        job.done.connect(self._take_background)
        job.failed.connect(self._fail_writing)
        self._runner.start(job)

    @Slot(object)
    def _take_background(self, lines: tuple[BackgroundLine, ...]) -> None:
        self.where.map.show_background(lines)
