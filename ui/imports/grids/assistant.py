"""Leads from a planner's own roster to an import, or to a judgement of it."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from planner.domain.grids import Doubt, GridDecisions
from planner.services.grids import importing
from planner.services.grids.importing import GridFile, GridPreview
from planner.services.imports.importing import ImportReport
from planner.services.plans import OpenPlan
from planner.services.shadow import judging
from planner.services.shadow.values import Shadow
from planner.words import _
from ui.imports.entries import ShownImport, shown_import
from ui.imports.frame import AssistantFrame
from ui.imports.grids.footer import GridFooter
from ui.imports.grids.meaning_page import MeaningPage
from ui.imports.grids.report import ShadowReport
from ui.imports.grids.source_page import GridSourcePage
from ui.imports.grids.steps import STEP_TEXTS, GridStep
from ui.imports.preview_page import PreviewPage
from ui.imports.steps import StepLine
from ui.jobs import Job, Runner

SEARCH_SECONDS = 15
"""How long the engine may look for a placing of each week's duties."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """A preview with its rows in words."""

    preview: GridPreview
    shown: ShownImport


class GridAssistant(AssistantFrame):
    """Reads a roster, shows what it understood and what it would do, and writes when told to.

    A file of a shape that is known, in which nothing has to be asked, is shown as a preview at
    once.

    Parameters
    ----------
    recent
        What was read last; empty when nothing was.
    """

    judged = Signal(object)
    """The ``ShadowReport`` that opened."""

    def __init__(
        self, open_plan: OpenPlan, runner: Runner, recent: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(open_plan, runner, parent)
        self._file: GridFile | None = None
        self._looked: _Looked | None = None
        self._kept: frozenset[str] = frozenset()
        self.report: ShadowReport | None = None
        self._steps = StepLine(STEP_TEXTS, frozenset({GridStep.MEANING, GridStep.PREVIEW}))
        self.source_page = GridSourcePage(recent)
        self.source_page.chosen.connect(self.read)
        self.meaning_page = MeaningPage(open_plan.plan)
        self.meaning_page.decided.connect(self._decide)
        self.meaning_page.sheet_chosen.connect(self._read_sheet)
        self.meaning_page.doubt_answered.connect(self._read_answered)
        self.preview_page = PreviewPage()
        self.preview_page.removal_chosen.connect(self._choose_removal)
        self.footer = GridFooter()
        self.footer.judge_button.clicked.connect(self._judge)
        self.footer.close_button.clicked.connect(self.reject)
        self.footer.back_button.clicked.connect(self._go_back)
        self.footer.next_button.clicked.connect(self._look)
        self.footer.import_button.clicked.connect(self._write)
        pages = (self.source_page, self.meaning_page, self.preview_page, self.result_page)
        self.lay_out(_("Own roster"), QSize(1200, 720), self._steps, pages, self.footer)
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
        open_plan = self.open_plan

        def work(_job: Job) -> GridFile:
            return importing.read_file(open_plan, path, sheet=sheet, doubt=doubt)

        self.start(work, self._take_file, _("Reading"))

    def _take_file(self, file: GridFile) -> None:
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
            self.show_work()

    @Slot()
    def _look(self) -> None:
        """Find out what importing would do."""
        file, kept, open_plan = self._file, self._kept, self.open_plan
        if file is None or file.undecided:
            return

        def work(_job: Job) -> _Looked:
            preview = importing.preview_grid(open_plan, file, kept=kept)
            return _Looked(preview, shown_import(preview.preview))

        self.start(work, self._take_looked, _("Comparing with the plan"))

    def _take_looked(self, looked: _Looked) -> None:
        self._looked = looked
        self.preview_page.show_import(looked.shown)
        self._go_to(GridStep.PREVIEW)

    @Slot(str, bool)
    def _choose_removal(self, set_name: str, is_wanted: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._kept = self._kept - {set_name} if is_wanted else self._kept | {set_name}
        self._look()

    @Slot()
    def _write(self) -> None:
        looked, open_plan = self._looked, self.open_plan
        if looked is None:
            return

        def work(_job: Job) -> ImportReport:
            return importing.import_grid(open_plan, looked.preview)

        self.start(work, partial(self._take_report, looked), _("Importing"), is_writing=True)

    def _take_report(self, looked: _Looked, report: ImportReport) -> None:
        self.show_imported(report, looked.preview.preview)
        self._looked = None
        self._go_to(GridStep.RESULT)
        self.imported.emit(report)

    @Slot()
    def _judge(self) -> None:
        """Judge the roster as it is in the file; nothing is written."""
        file, open_plan = self._file, self.open_plan
        if file is not None:
            self.start(
                lambda _job: judging.judge_grid(open_plan, file.grid, file.decisions),
                self._take_shadow,
                _("Judging"),
            )

    def _take_shadow(self, found: Shadow) -> None:
        file, open_plan = self._file, self.open_plan
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

        self.report = ShadowReport(found, search, self.runner, self)
        self.report.failed.connect(self.failed)
        self.report.finished.connect(self._close_report)
        self.report.open()
        self.judged.emit(self.report)

    @Slot()
    def _close_report(self) -> None:
        if self.report is not None:
            self.report.deleteLater()
            self.report = None

    @Slot()
    def _go_back(self) -> None:
        self._looked = None
        self._go_to(GridStep(self.step() - 1))

    def _go_to(self, step: GridStep) -> None:
        self.pages.setCurrentIndex(step)
        self._steps.show_step(step)
        self.footer.show_step(step)
        self.show_work()
        match step:
            case GridStep.SOURCE:
                self.source_page.file_button.setFocus()
            case GridStep.MEANING:
                self.meaning_page.codes.list.setFocus()
            case GridStep.PREVIEW:
                self.preview_page.files.setFocus()
            case GridStep.RESULT:
                self.footer.close_button.setFocus()

    @override
    def show_work(self, doing: str = "") -> None:
        self.pages.setEnabled(not doing)
        shown = self._looked.preview.preview if self._looked else None
        self.footer.show_work(
            doing,
            can_go_on=self._file is not None and not self._file.undecided,
            can_write=shown is not None and not shown.problems and bool(shown.changes),
        )
