"""Leads from a source to an import: choose, look, and only then write."""

from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner import messages
from planner.errors import ConflictError, PlannerError
from planner.services import import_preview, importing
from planner.services.import_preview import ReadingProgress, ReadingStoppedError
from planner.services.import_rows import RowKind
from planner.services.importing import ImportReport
from planner.services.plans import OpenPlan
from planner.words import N_, _, ngettext
from ui.imports.entries import ShownImport, shown_import
from ui.imports.preview_page import PreviewPage
from ui.imports.result_page import ResultPage
from ui.imports.source_page import SourcePage
from ui.jobs import Job, Runner
from ui.widgets import MessageBar, divider, label, primary_button, set_property, text_button

_STEPS = (N_("1 Choose"), N_("2 Look"), N_("3 Done"))


class Step(IntEnum):
    """Where the planner is."""

    SOURCE = 0
    PREVIEW = 1
    RESULT = 2


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
        layout.addLayout(self._make_steps())
        layout.addWidget(self.pages, stretch=1)
        layout.addWidget(divider())
        layout.addLayout(self._make_buttons())
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

    def _make_steps(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(24, 16, 24, 8)
        row.setSpacing(10)
        self._steps: list[QLabel] = []
        for number, text in enumerate(_STEPS):
            if number:
                row.addWidget(label("→", "muted"))
            step = label(_(text), "muted")
            self._steps.append(step)
            row.addWidget(step)
        row.addStretch()
        self._source_name = label("", "muted")
        row.addWidget(self._source_name)
        return row

    def _make_buttons(self) -> QHBoxLayout:
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setFixedWidth(120)
        self._busy.setAccessibleName(_("Progress"))
        self._doing = label("", "muted")
        self.stop_button = text_button(_("Stop"), "square")
        self.stop_button.clicked.connect(self._stop)
        self.close_button = text_button(_("Cancel"))
        self.close_button.clicked.connect(self.reject)
        self.back_button = text_button(_("Another source"), "chevron-left")
        self.back_button.clicked.connect(self._go_back)
        self.again_button = text_button(_("Read again"))
        self.again_button.clicked.connect(self._read)
        self.import_button = primary_button(_("Import"), "check")
        self.import_button.clicked.connect(self._write)
        row = QHBoxLayout()
        row.setContentsMargins(24, 12, 24, 14)
        row.setSpacing(8)
        for part in (self._busy, self._doing, self.stop_button):
            row.addWidget(part)
        row.addStretch()
        for button in (self.close_button, self.back_button, self.again_button, self.import_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    @Slot()
    def _read(self) -> None:
        source, remove, open_plan = self._source, self._remove, self._open_plan
        if source is None or self._reading is not None or self._writing is not None:
            return

        def work(job: Job) -> ShownImport:
            return shown_import(
                import_preview.preview(
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
        self._doing.setText(_("Reading"))
        self._runner.start(self._reading)
        self._show_busy()

    @Slot(object)
    def _take_progress(self, progress: ReadingProgress) -> None:
        if self.sender() is self._reading:
            self._doing.setText(
                _("Reading {file}, row {row}", file=progress.file, row=progress.row)
            )

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
            self._source_name.setText(kept.name)
            self._source_name.setToolTip(str(kept))
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
        self._doing.setText(_("Importing"))
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
            self.import_button.setEnabled(False)
            self.again_button.setFocus()

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
        job = Job(lambda _job: import_preview.save_problems(shown, path))
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
        for number, part in enumerate(self._steps):
            set_property(part, "role", "section" if number == step else "muted")
        self._steps[step].setAccessibleDescription(_("You are here"))
        self._source_name.setVisible(step is Step.PREVIEW)
        for button in (self.back_button, self.again_button, self.import_button):
            button.setVisible(step is Step.PREVIEW)
        self.close_button.setText(_("Close") if step is Step.RESULT else _("Cancel"))
        match step:
            case Step.SOURCE:
                self.source_page.folder_button.setFocus()
            case Step.PREVIEW:
                self.preview_page.files.setFocus()
            case Step.RESULT:
                self.close_button.setFocus()

    def _show_busy(self) -> None:
        """Let the planner do what is possible now."""
        is_busy = self._reading is not None or self._writing is not None
        self._busy.setVisible(is_busy)
        self._doing.setVisible(is_busy)
        self.stop_button.setVisible(self._reading is not None)
        self.close_button.setEnabled(self._writing is None)
        self.pages.setEnabled(not is_busy)
        self.back_button.setEnabled(not is_busy)
        self.again_button.setEnabled(not is_busy)
        shown = self._shown.preview if self._shown else None
        can_write = shown is not None and not shown.problems and bool(shown.changes)
        self.import_button.setEnabled(can_write and not is_busy)

    @override
    def reject(self) -> None:
        """Close, unless the plan is being written; a reading is ended."""
        if self._writing is not None:
            return
        self._stop()
        self._reading = None
        super().reject()
