"""Leads from a source to an import: choose, look, and only then write."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from planner import messages
from planner.errors import ConflictError, PlannerError
from planner.services.imports import importing, previews
from planner.services.imports.importing import ImportReport
from planner.services.imports.previews import ReadingProgress, ReadingStoppedError
from planner.services.imports.rows import RowKind
from planner.services.plans import OpenPlan
from planner.words import _, ngettext
from ui.imports.entries import ShownImport, shown_import
from ui.imports.footer import Footer
from ui.imports.preview_page import PreviewPage
from ui.imports.result_page import ResultPage
from ui.imports.source_page import SourcePage
from ui.imports.steps import Step, StepLine
from ui.jobs import Job, Runner
from ui.widgets import MessageBar, divider


class ImportAssistant(QDialog):
    """Reads a source, shows what an import would do, and writes it when told to.

    Parameters
    ----------
    recent
        What was read last; empty when nothing was.
    """

    imported = Signal(object)
    """The ``ImportReport`` of what was written."""
    source_read = Signal(str)
    """Path of the folder or file that could be read, for ``recent``."""
    failed = Signal(object)
    """The exception of a fault of the program."""

    def __init__(
        self, open_plan: OpenPlan, runner: Runner, recent: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import records"))
        self._open_plan, self._runner = open_plan, runner
        self._source: Path | tuple[Path, ...] | None = None
        self._remove: frozenset[str] = frozenset()
        self._shown: ShownImport | None = None
        self._reading: Job | None = None
        self._focused: QWidget | None = None
        self._writing: Job | None = None
        self.bar = MessageBar()
        self._steps = StepLine()
        self.footer = Footer()
        self.footer.stop_button.clicked.connect(self._stop)
        self.footer.close_button.clicked.connect(self.reject)
        self.footer.back_button.clicked.connect(self._go_back)
        self.footer.again_button.clicked.connect(self._read)
        self.footer.import_button.clicked.connect(self._write)
        self.source_page = SourcePage(recent)
        self.source_page.chosen.connect(self.read)
        self.source_page.templates_asked.connect(self._write_templates)
        self.preview_page = PreviewPage()
        self.preview_page.removal_chosen.connect(self._choose_removal)
        self.preview_page.save_asked.connect(self._ask_save)
        self.result_page = ResultPage()
        self.pages = QStackedWidget()
        for page in (self.source_page, self.preview_page, self.result_page):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._steps)
        layout.addWidget(self.pages, stretch=1)
        layout.addWidget(divider())
        layout.addWidget(self.footer)
        self.resize(1160, 720)
        self._go_to(Step.SOURCE)
        self._show_busy()

    def step(self) -> Step:
        """Return where the planner is."""
        return Step(self.pages.currentIndex())

    @Slot(object)
    def read(self, source: Path | tuple[Path, ...]) -> None:
        """Read a source and show what its import would do."""
        if source != self._source:
            self._remove = frozenset()
        self._source = source
        self._read()

    @Slot()
    def _read(self) -> None:
        source, remove, open_plan = self._source, self._remove, self._open_plan
        if source is None or self._reading is not None or self._writing is not None:
            return

        def work(job: Job) -> ShownImport:
            return shown_import(
                previews.preview(
                    open_plan,
                    source,
                    remove=remove,
                    on_progress=job.report,
                    should_stop=job.should_stop,
                )
            )

        self.bar.hide()
        self._focused = self.focusWidget()
        self._reading = Job(work)
        self._reading.progressed.connect(self._take_progress)
        self._reading.done.connect(self._take_preview)
        self._reading.failed.connect(self._take_unread)
        self.footer.say(_("Reading"))
        self._runner.start(self._reading)
        self._show_busy()

    @Slot(object)
    def _take_progress(self, progress: ReadingProgress) -> None:
        if self.sender() is self._reading:
            self.footer.say(_("Reading {file}, row {row}", file=progress.file, row=progress.row))

    @Slot(object)
    def _take_preview(self, shown: ShownImport) -> None:
        if self.sender() is not self._reading:
            return
        self._reading = None
        self._shown = shown
        self.preview_page.show_import(shown)
        first = self._source[0] if isinstance(self._source, tuple) else self._source
        if first is not None:
            kept = first.parent if isinstance(self._source, tuple) else first
            self._steps.show_source(kept.name, str(kept))
            self.source_read.emit(str(kept))
        self._show_busy()
        if self.step() is Step.PREVIEW and self._focused is not None:
            self._focused.setFocus()
        else:
            self._go_to(Step.PREVIEW)

    @Slot(object)
    def _take_unread(self, error: Exception) -> None:
        if self.sender() is not self._reading:
            return
        self._reading = None
        self._show_busy()
        if self._shown is not None:
            self.preview_page.show_import(self._shown)  # a box ticked in vain is free again
        if not isinstance(error, ReadingStoppedError):
            self._say_error(error)

    @Slot()
    def _stop(self) -> None:
        if self._reading is not None:
            self._reading.stop()

    @Slot(str, bool)
    def _choose_removal(self, set_name: str, is_wanted: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._remove = self._remove | {set_name} if is_wanted else self._remove - {set_name}
        self._read()

    @Slot()
    def _write(self) -> None:
        shown, open_plan = self._shown, self._open_plan
        if shown is None or self._reading is not None or self._writing is not None:
            return
        self.bar.hide()
        self._writing = Job(lambda _job: importing.import_shown(open_plan, shown.preview))
        self._writing.done.connect(self._take_report)
        self._writing.failed.connect(self._take_unwritten)
        self.footer.say(_("Importing"))
        self._runner.start(self._writing)
        self._show_busy()

    @Slot(object)
    def _take_report(self, report: ImportReport) -> None:
        self._writing = None
        files = self._shown.preview.files if self._shown else ()
        removed = [file.count(RowKind.DISAPPEARED) for file in files if file.is_removing]
        self.result_page.show_report(report, sum(removed))
        self._shown = None
        self._go_to(Step.RESULT)
        self._show_busy()
        self.imported.emit(report)

    @Slot(object)
    def _take_unwritten(self, error: Exception) -> None:
        self._writing = None
        self._show_busy()
        self._say_error(error)
        if isinstance(error, ConflictError):
            self.footer.import_button.setEnabled(False)
            self.footer.again_button.setFocus()

    @Slot(object)
    def _write_templates(self, folder: Path) -> None:
        job = Job(lambda _job: importing.templates(folder))
        job.done.connect(self._take_templates)
        job.failed.connect(self._say_error)
        self._runner.start(job)

    @Slot(object)
    def _take_templates(self, paths: tuple[Path, ...]) -> None:
        text = ngettext(
            "{n} file is written to {folder}.",
            "{n} files are written to {folder}.",
            len(paths),
            folder=paths[0].parent,
        )
        self.bar.say(text, "success")

    @Slot()
    def _ask_save(self) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Save list as CSV"), _("wrong rows") + ".csv", _("CSV files (*.csv)")
        )
        if path:
            self.save_problems(Path(path))

    def save_problems(self, path: Path) -> None:
        """Write the wrong rows to a file."""
        if self._shown is None:
            return
        shown = self._shown.preview
        job = Job(lambda _job: previews.save_problems(shown, path))
        job.done.connect(self._take_saved)
        job.failed.connect(self._say_error)
        self._runner.start(job)

    @Slot(object)
    def _take_saved(self, path: Path) -> None:
        self.bar.say(_("The list is saved as {path}.", path=path), "success")

    @Slot(object)
    def _say_error(self, error: Exception) -> None:
        if isinstance(error, PlannerError):
            self.bar.say(" ".join(messages.sentences(error)), "danger")
        else:
            self.failed.emit(error)

    @Slot()
    def _go_back(self) -> None:
        self._source, self._shown = None, None
        self._go_to(Step.SOURCE)
        self._show_busy()

    def _go_to(self, step: Step) -> None:
        self.pages.setCurrentIndex(step)
        self._steps.show_step(step)
        self.footer.show_step(step)
        match step:
            case Step.SOURCE:
                self.source_page.folder_button.setFocus()
            case Step.PREVIEW:
                self.preview_page.files.setFocus()
            case Step.RESULT:
                self.footer.close_button.setFocus()

    def _show_busy(self) -> None:
        """Let the planner do what is possible now."""
        is_reading, is_writing = self._reading is not None, self._writing is not None
        self.pages.setEnabled(not is_reading and not is_writing)
        shown = self._shown.preview if self._shown else None
        can_write = shown is not None and not shown.problems and bool(shown.changes)
        self.footer.show_work(is_reading=is_reading, is_writing=is_writing, can_write=can_write)

    @override
    def reject(self) -> None:
        """Close, unless the plan is being written; a reading is ended."""
        if self._writing is not None:
            return
        self._stop()
        self._reading = None
        super().reject()
