"""Leads from a source to an import: choose, look, and only then write."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from planner.errors import ConflictError
from planner.services.imports import importing, previews
from planner.services.imports.importing import ImportReport
from planner.services.imports.previews import ReadingProgress, ReadingStoppedError
from planner.services.plans import OpenPlan
from planner.words import _, ngettext
from ui.imports.entries import ShownImport, shown_import
from ui.imports.footer import Footer
from ui.imports.frame import AssistantFrame
from ui.imports.preview_page import PreviewPage
from ui.imports.source_page import SourcePage
from ui.imports.steps import Step, StepLine
from ui.jobs import Job, Runner


class ImportAssistant(AssistantFrame):
    """Reads a source, shows what an import would do, and writes it when told to.

    Parameters
    ----------
    recent
        What was read last; empty when nothing was.
    """

    def __init__(
        self, open_plan: OpenPlan, runner: Runner, recent: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(open_plan, runner, parent)
        self._source: Path | tuple[Path, ...] | None = None
        self._remove: frozenset[str] = frozenset()
        self._shown: ShownImport | None = None
        self._focused: QWidget | None = None
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
        pages = (self.source_page, self.preview_page, self.result_page)
        self.lay_out(_("Import records"), QSize(1160, 720), self._steps, pages, self.footer)
        self._go_to(Step.SOURCE)

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
        source, remove, open_plan = self._source, self._remove, self.open_plan
        if source is None:
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

        self._focused = self.focusWidget()
        self.start(work, self._take_preview, _("Reading"), on_progress=self._take_progress)

    @Slot(object)
    def _take_progress(self, progress: ReadingProgress) -> None:
        if self.sender() is self.job:
            self.footer.say(_("Reading {file}, row {row}", file=progress.file, row=progress.row))

    def _take_preview(self, shown: ShownImport) -> None:
        self._shown = shown
        self.preview_page.show_import(shown)
        first = self._source[0] if isinstance(self._source, tuple) else self._source
        if first is not None:
            kept = first.parent if isinstance(self._source, tuple) else first
            self._steps.show_source(kept.name, str(kept))
            self.source_read.emit(str(kept))
        if self.step() is Step.PREVIEW and self._focused is not None:
            self.show_work()
            self._focused.setFocus()
        else:
            self._go_to(Step.PREVIEW)

    @override
    def take_failure(self, error: Exception) -> None:
        if isinstance(error, ConflictError):
            self.footer.import_button.setEnabled(False)
            self.footer.again_button.setFocus()
        elif self._shown is not None:
            self.preview_page.show_import(self._shown)  # a box ticked in vain is free again
        if not isinstance(error, ReadingStoppedError):
            self.say_error(error)

    @Slot()
    def _stop(self) -> None:
        if self.job is not None:
            self.job.stop()

    @Slot(str, bool)
    def _choose_removal(self, set_name: str, is_wanted: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._remove = self._remove | {set_name} if is_wanted else self._remove - {set_name}
        self._read()

    @Slot()
    def _write(self) -> None:
        shown, open_plan = self._shown, self.open_plan
        if shown is None:
            return

        def work(_job: Job) -> ImportReport:
            return importing.import_shown(open_plan, shown.preview)

        self.start(work, partial(self._take_report, shown), _("Importing"), is_writing=True)

    def _take_report(self, shown: ShownImport, report: ImportReport) -> None:
        self.show_imported(report, shown.preview)
        self._shown = None
        self._go_to(Step.RESULT)
        self.imported.emit(report)

    @Slot(object)
    def _write_templates(self, folder: Path) -> None:
        job = Job(lambda _job: importing.templates(folder))
        job.done.connect(self._take_templates)
        job.failed.connect(self.say_error)
        self.runner.start(job)

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
        job.failed.connect(self.say_error)
        self.runner.start(job)

    @Slot(object)
    def _take_saved(self, path: Path) -> None:
        self.bar.say(_("The list is saved as {path}.", path=path), "success")

    @Slot()
    def _go_back(self) -> None:
        self._source, self._shown = None, None
        self._go_to(Step.SOURCE)

    def _go_to(self, step: Step) -> None:
        self.pages.setCurrentIndex(step)
        self._steps.show_step(step)
        self.footer.show_step(step)
        self.show_work()
        match step:
            case Step.SOURCE:
                self.source_page.folder_button.setFocus()
            case Step.PREVIEW:
                self.preview_page.files.setFocus()
            case Step.RESULT:
                self.footer.close_button.setFocus()

    @override
    def show_work(self, doing: str = "") -> None:
        self.pages.setEnabled(not doing)
        shown = self._shown.preview if self._shown else None
        self.footer.show_work(
            doing,
            is_writing=self.is_writing,
            can_write=shown is not None and not shown.problems and bool(shown.changes),
        )
