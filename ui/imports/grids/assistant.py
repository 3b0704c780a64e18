"""Leads from a planner's own roster to an import, or to a judgement of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from planner import messages
from planner.domain.grids import Doubt, GridDecisions
from planner.errors import PlannerError
from planner.services.grids import importing
from planner.services.grids.importing import GridFile, GridPreview
from planner.services.imports.importing import ImportReport
from planner.services.imports.rows import RowKind
from planner.services.plans import OpenPlan
from planner.services.shadow import judging
from planner.services.shadow.values import Shadow
from planner.words import _
from ui.imports.entries import ShownImport, shown_import
from ui.imports.grids.footer import GridFooter
from ui.imports.grids.meaning_page import MeaningPage
from ui.imports.grids.report import ShadowReport
from ui.imports.grids.source_page import GridSourcePage
from ui.imports.grids.steps import STEP_TEXTS, GridStep
from ui.imports.preview_page import PreviewPage
from ui.imports.result_page import ResultPage
from ui.imports.steps import StepLine
from ui.jobs import Job, Runner
from ui.widgets import MessageBar, divider

SEARCH_SECONDS = 15
"""How long the engine may look for a placing of each week's duties."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """A preview with its rows in words."""

    preview: GridPreview
    shown: ShownImport


class GridAssistant(QDialog):
    """Reads a roster, shows what it understood and what it would do, and writes when told to.

    A file of a shape that is known, in which nothing has to be asked, is shown as a preview at
    once.

    Parameters
    ----------
    recent
        What was read last; empty when nothing was.
    """

    imported = Signal(object)
    """The ``ImportReport`` of what was written."""
    source_read = Signal(str)
    """Path of the file that could be read, for ``recent``."""
    judged = Signal(object)
    """The ``ShadowReport`` that opened."""
    failed = Signal(object)
    """The exception of a fault of the program."""

    def __init__(
        self, open_plan: OpenPlan, runner: Runner, recent: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Own roster"))
        self._open_plan, self._runner = open_plan, runner
        self._file: GridFile | None = None
        self._looked: _Looked | None = None
        self._kept: frozenset[str] = frozenset()
        self._job: Job | None = None
        self._is_writing = False
        self.report: ShadowReport | None = None
        self.bar = MessageBar()
        self._steps = StepLine(STEP_TEXTS, frozenset({GridStep.MEANING, GridStep.PREVIEW}))
        self.source_page = GridSourcePage(recent)
        self.source_page.chosen.connect(self.read)
        self.meaning_page = MeaningPage(open_plan.plan)
        self.meaning_page.decided.connect(self._decide)
        self.meaning_page.sheet_chosen.connect(self._read_sheet)
        self.meaning_page.doubt_answered.connect(self._read_answered)
        self.preview_page = PreviewPage()
        self.preview_page.removal_chosen.connect(self._choose_removal)
        self.result_page = ResultPage()
        self.footer = GridFooter()
        self.footer.judge_button.clicked.connect(self._judge)
        self.footer.close_button.clicked.connect(self.reject)
        self.footer.back_button.clicked.connect(self._go_back)
        self.footer.next_button.clicked.connect(self._look)
        self.footer.import_button.clicked.connect(self._write)
        self.pages = QStackedWidget()
        for page in (self.source_page, self.meaning_page, self.preview_page, self.result_page):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.bar, self._steps):
            layout.addWidget(part)
        layout.addWidget(self.pages, stretch=1)
        layout.addWidget(divider())
        layout.addWidget(self.footer)
        self.resize(1200, 720)
        self._go_to(GridStep.SOURCE)

    def step(self) -> GridStep:
        """Return where the planner is."""
        return GridStep(self.pages.currentIndex())

    @Slot(object)
    def read(self, path: Path) -> None:
        """Read a file and show what was understood of it."""
        self._read(path)

    @Slot(str)
    def _read_sheet(self, sheet: str) -> None:
        if self._file is not None:
            self._read(self._file.path, sheet=sheet or None)

    @Slot(object)
    def _read_answered(self, doubt: Doubt) -> None:
        if self._file is not None:
            sheets = self._file.grid.sheets
            self._read(self._file.path, sheet=sheets[0] if len(sheets) == 1 else None, doubt=doubt)

    def _read(self, path: Path, *, sheet: str | None = None, doubt: Doubt | None = None) -> None:
        open_plan = self._open_plan

        def work(_job: Job) -> GridFile:
            return importing.read_file(open_plan, path, sheet=sheet, doubt=doubt)

        self._start(work, self._take_file, _("Reading"))

    @Slot(object)
    def _take_file(self, file: GridFile) -> None:
        if self.sender() is not self._job:
            return
        self._rest()
        self._file, self._kept = file, frozenset()
        self._steps.show_source(file.path.name, str(file.path))
        self.meaning_page.show_file(file)
        self.source_read.emit(str(file.path))
        self._go_to(GridStep.MEANING)
        if file.is_clear:
            self._look()

    @Slot(object)
    def _decide(self, decisions: GridDecisions) -> None:
        if self._file is not None:
            self._file = replace(self._file, decisions=decisions)
            self.meaning_page.show_open(self._file)
            self._show_work()

    @Slot()
    def _look(self) -> None:
        """Find out what importing would do."""
        file, kept, open_plan = self._file, self._kept, self._open_plan
        if file is None or file.undecided:
            return

        def work(_job: Job) -> _Looked:
            preview = importing.preview_grid(open_plan, file, kept=kept)
            return _Looked(preview, shown_import(preview.preview))

        self._start(work, self._take_looked, _("Comparing with the plan"))

    @Slot(object)
    def _take_looked(self, looked: _Looked) -> None:
        if self.sender() is not self._job:
            return
        self._rest()
        self._looked = looked
        self.preview_page.show_import(looked.shown)
        self._go_to(GridStep.PREVIEW)

    @Slot(str, bool)
    def _choose_removal(self, set_name: str, is_wanted: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._kept = self._kept - {set_name} if is_wanted else self._kept | {set_name}
        self._look()

    @Slot()
    def _write(self) -> None:
        looked, open_plan = self._looked, self._open_plan
        if looked is not None:
            self._is_writing = True
            self._start(
                lambda _job: importing.import_grid(open_plan, looked.preview),
                self._take_report,
                _("Importing"),
            )

    @Slot(object)
    def _take_report(self, report: ImportReport) -> None:
        looked = self._looked
        self._rest()
        files = looked.preview.preview.files if looked else ()
        removed = [file.count(RowKind.DISAPPEARED) for file in files if file.is_removing]
        self.result_page.show_report(report, sum(removed))
        self._looked = None
        self._go_to(GridStep.RESULT)
        self.imported.emit(report)

    @Slot()
    def _judge(self) -> None:
        """Judge the roster as it is in the file; nothing is written."""
        file, open_plan = self._file, self._open_plan
        if file is not None:
            self._start(
                lambda _job: judging.judge_grid(open_plan, file.grid, file.decisions),
                self._take_shadow,
                _("Judging"),
            )

    @Slot(object)
    def _take_shadow(self, found: Shadow) -> None:
        if self.sender() is not self._job:
            return
        self._rest()
        file, open_plan = self._file, self._open_plan
        if file is None:
            return

        def search(job: Job) -> Shadow:
            return judging.search_grid(
                open_plan,
                file.grid,
                file.decisions,
                seconds=SEARCH_SECONDS,
                on_week=job.report,
                should_stop=job.should_stop,
            )

        self.report = ShadowReport(found, search, self._runner, self)
        self.report.failed.connect(self.failed)
        self.report.finished.connect(self._close_report)
        self.report.open()
        self.judged.emit(self.report)

    @Slot()
    def _close_report(self) -> None:
        if self.report is not None:
            self.report.deleteLater()
            self.report = None

    def _start(
        self, work: Callable[[Job], object], receive: Callable[..., None], doing: str
    ) -> None:
        if self._job is not None:
            return
        self.bar.hide()
        self._job = Job(work)
        self._job.done.connect(receive)
        self._job.failed.connect(self._take_failure)
        self._show_work(doing)
        self._runner.start(self._job)

    def _rest(self) -> None:
        self._job, self._is_writing = None, False
        self._show_work()

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        if self.sender() is not self._job:
            return
        self._rest()
        if isinstance(error, PlannerError):
            self.bar.say(" ".join(messages.sentences(error)), "danger")
        else:
            self.failed.emit(error)

    @Slot()
    def _go_back(self) -> None:
        self._looked = None
        self._go_to(GridStep(self.step() - 1))

    def _go_to(self, step: GridStep) -> None:
        self.pages.setCurrentIndex(step)
        self._steps.show_step(step)
        self.footer.show_step(step)
        self._show_work()
        match step:
            case GridStep.SOURCE:
                self.source_page.file_button.setFocus()
            case GridStep.MEANING:
                self.meaning_page.codes.list.setFocus()
            case GridStep.PREVIEW:
                self.preview_page.files.setFocus()
            case GridStep.RESULT:
                self.footer.close_button.setFocus()

    def _show_work(self, doing: str = "") -> None:
        """Let the planner do what is possible now."""
        self.pages.setEnabled(not doing)
        shown = self._looked.preview.preview if self._looked else None
        self.footer.show_work(
            doing,
            can_go_on=self._file is not None and not self._file.undecided,
            can_write=shown is not None and not shown.problems and bool(shown.changes),
        )

    @override
    def reject(self) -> None:
        """Close, unless the plan is being written."""
        if self._is_writing:
            return
        if self._job is not None:
            self._job.stop()
            self._job = None
        super().reject()
