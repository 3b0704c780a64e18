"""Previews the report-back on a promise, leads from its numbers to the weeks, and saves it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner.domain.ids import PromiseId
from planner.domain.weeks import IsoWeek
from planner.errors import PlannerError, StorageError
from planner.messages import sentence
from planner.services.plans import OpenPlan
from planner.services.promise.report_back_files import (
    ShownReport,
    shown_report_back,
    write_report_back,
)
from planner.words import LANGUAGES, _, ngettext
from ui.jobs import Job, Runner
from ui.widgets import EmptyState, divider, label, primary_button, text_button
from ui.widgets.page_preview import Preview
from ui.widgets.pdf_pages import PdfPages, save_pdf

_LANGUAGE_NAMES = {"sv": "Svenska", "en": "English"}
"""Each in its own language, so that whoever looks for it can read it."""


class ReportBackDialog(QDialog):
    """Shows the report-back on one of the plan's promises, or says why there is none.

    Pressing a number goes to the weeks behind it; pressing a week's row opens that week.

    Parameters
    ----------
    promise
        Chosen at first; the first signed one when missing.
    """

    failed = Signal(object)
    """The exception of a fault of the program."""
    week_asked = Signal(IsoWeek)
    """A week whose numbers somebody pressed."""

    def __init__(
        self,
        open_plan: OpenPlan,
        runner: Runner,
        parent: QWidget | None = None,
        *,
        promise: PromiseId | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Report-back"))
        self._open_plan, self._runner = open_plan, runner
        self._report: ShownReport | None = None
        self._making: Job | None = None
        self._writing: Job | None = None
        self.promises = QComboBox()
        self.promises.setAccessibleName(_("Promise"))
        promises = sorted(open_plan.plan.promises, key=lambda one: one.signed_on is None)
        for one in promises:
            self.promises.addItem(one.name, one.id)
        self.promises.setCurrentIndex(max(self.promises.findData(promise), 0) if promises else -1)
        self.language = QComboBox()
        self.language.setAccessibleName(_("Language of the print"))
        for code in LANGUAGES:
            self.language.addItem(_LANGUAGE_NAMES[code], code)
        self.language.setCurrentIndex(self.language.findData(open_plan.plan.settings.language))
        self.preview = Preview()
        self._pages = PdfPages(self.preview, runner)
        self._pages.failed.connect(self.failed)
        self.preview.place_pressed.connect(self._open_week)
        self.preview.is_pressable = lambda page, top: self._week_at(page, top) is not None
        self._lay_out()
        for choice in (self.promises, self.language):
            choice.currentIndexChanged.connect(self._make)
        self._make()

    @override
    def done(self, result: int) -> None:
        self.stop()
        super().done(result)

    @property
    def is_busy(self) -> bool:
        """Tell whether the report is being made or written."""
        return self._making is not None or self._writing is not None

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 16, 10)
        top.setSpacing(8)
        top.addWidget(self.promises, stretch=1)
        top.addWidget(self.language)
        self.middle = QStackedWidget()
        self.message: EmptyState | None = None
        self.middle.addWidget(self.preview)
        hint = label(
            _("Press a number to see the weeks behind it, and a week’s row to open that week."),
            "muted",
            wraps=True,
        )
        hint.setContentsMargins(16, 0, 16, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(hint)
        layout.addWidget(divider())
        layout.addWidget(self.middle, stretch=1)
        layout.addWidget(divider())
        layout.addLayout(self._make_foot())
        self.resize(920, 820)

    def _make_foot(self) -> QHBoxLayout:
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(150)
        self.bar.setAccessibleName(_("How far the report is"))
        self.said = label("", "muted", wraps=True)
        self.cancel_button = text_button(_("Cancel"))
        self.cancel_button.clicked.connect(self.stop)
        self.folder_button = text_button(_("Save all files …"), "download")
        self.folder_button.setToolTip(
            _("Save the PDF, the web page, and the tables that the report is counted from")
        )
        self.folder_button.clicked.connect(self._ask_folder)
        self.save_button = primary_button(_("Save as PDF …"), "save")
        self.save_button.clicked.connect(self._ask_file)
        close = text_button(_("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(8)
        row.addWidget(self.bar)
        row.addWidget(self.cancel_button)
        row.addWidget(self.said, stretch=1)
        for button in (close, self.folder_button, self.save_button):
            row.addWidget(button)
        for button in (close, self.folder_button, self.save_button, self.cancel_button):
            button.setAutoDefault(False)
        return row

    @Slot()
    def _make(self) -> None:
        """Make the report that is chosen; forget the one before."""
        self._report = self._pages.pdf = None
        promise, language = self.promises.currentData(), self.language.currentData()
        if promise is None:
            self._say(
                "shield",
                _("There is no promise yet"),
                _("Write it under Data, Promises, and sign it on the page Promise."),
            )
            self._show_state()
            return
        open_plan = self._open_plan
        self._making = Job(lambda _job: shown_report_back(open_plan, promise, language=language))
        self._making.done.connect(self._take_report)
        self._making.failed.connect(self._take_failure)
        self.said.setText(_("Making the document"))
        # It may keep how earlier weeks were planned, and so writes.
        self._runner.line_up(self._making)
        self._show_state()

    @Slot(object)
    def _take_report(self, report: ShownReport) -> None:
        if self.sender() is not self._making:
            return
        self._making, self._report = None, report
        self._pages.pdf = report.pdf
        self.said.setText("")
        self.middle.setCurrentWidget(self.preview)
        self.preview.show_document(report.sizes, report.links)
        self._show_state()

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        if self.sender() not in {self._making, self._writing}:
            return
        was_writing = self.sender() is self._writing
        self._making = self._writing = None
        self.said.setText("")
        if not isinstance(error, PlannerError):
            self.failed.emit(error)
        elif was_writing:
            self.said.setText(sentence(error))
        else:
            self._say("shield", _("There is nothing to report back yet"), sentence(error))
        self._show_state()

    def _say(self, icon: str, title: str, hint: str) -> None:
        if self.message is not None:
            self.middle.removeWidget(self.message)
            self.message.deleteLater()
        self.message = EmptyState(icon, title, hint)
        self.middle.addWidget(self.message)
        self.middle.setCurrentWidget(self.message)

    def _show_state(self) -> None:
        has_report = self._report is not None and self._writing is None
        self.save_button.setEnabled(has_report)
        self.folder_button.setEnabled(has_report)
        self.bar.setVisible(self.is_busy)
        self.cancel_button.setVisible(self.is_busy)
        if self._making is not None:
            self.bar.setRange(0, 0)

    @Slot()
    def stop(self) -> None:
        """Wait no longer for what is being made, and write nothing more."""
        for job in (self._making, self._writing):
            if job is not None:
                job.stop()
        if self.is_busy:
            self._making = self._writing = None
            self.said.setText(_("Stopped."))
            self._show_state()

    def _week_at(self, page: int, top: float) -> IsoWeek | None:
        places = self._report.weeks if self._report else ()
        return next(
            (one.week for one in places if one.page == page and one.top <= top < one.bottom), None
        )

    @Slot(int, float)
    def _open_week(self, page: int, top: float) -> None:
        week = self._week_at(page, top)
        if week is not None:
            self.week_asked.emit(week)
            self.accept()

    @Slot()
    def _ask_file(self) -> None:
        if self._report is None:
            return
        path, _filter = QFileDialog.getSaveFileName(
            self,
            _("Save as PDF"),
            f"{self._report.file_stem}.pdf",
            _("PDF documents (*.pdf)"),
        )
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the PDF to a file, or leave what was there if that fails."""
        if self._report is None:
            return
        try:
            save_pdf(self._report.pdf, path)
        except StorageError as error:
            self.failed.emit(error)
        else:
            self.said.setText(_("Saved as {name}.", name=path.name))

    @Slot()
    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Save all files"))
        if folder:
            self.write_to(Path(folder))

    def write_to(self, folder: Path) -> None:
        """Begin to write the PDF, the web page and the tables into a folder."""
        open_plan = self._open_plan
        promise, language = self.promises.currentData(), self.language.currentData()
        self._writing = Job(
            lambda job: write_report_back(
                open_plan,
                promise,
                folder,
                language=language,
                on_progress=lambda done, n: job.report((done, n)),
                should_stop=job.should_stop,
            )
        )
        self._writing.progressed.connect(self._show_progress)
        self._writing.done.connect(self._take_files)
        self._writing.failed.connect(self._take_failure)
        self.bar.setRange(0, 0)
        self.said.setText("")
        self._runner.line_up(self._writing)
        self._show_state()
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _show_progress(self, progress: tuple[int, int]) -> None:
        if self.sender() is self._writing:
            done, n = progress
            self.bar.setRange(0, n)
            self.bar.setValue(done)

    @Slot(object)
    def _take_files(self, files: tuple[Path, ...]) -> None:
        if self.sender() is not self._writing:
            return
        self._writing = None
        self._show_state()
        self.said.setText(
            ngettext(
                "{n} file is written to {folder}.",
                "{n} files are written to {folder}.",
                len(files),
                folder=files[0].parent if files else "",
            )
        )
