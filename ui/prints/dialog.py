"""Previews the print-outs of a week, saves them as PDF and prints them."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressDialog,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from planner import words
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError, PlannerError, StorageError
from planner.messages import sentence
from planner.services.plans import OpenPlan
from planner.services.prints import printing
from planner.services.prints.print_outs import PRINT_OUTS
from planner.words import _, ngettext
from ui.jobs import Job, Runner
from ui.preferences import Preferences
from ui.prints.choice import ChoicePanel
from ui.prints.documents import Document, file_name, make_document
from ui.prints.pane import Pane
from ui.prints.paper import print_pages
from ui.prints.saving import SaveAll
from ui.widgets import primary_button, text_button
from ui.widgets.pdf_pages import PdfPages, save_pdf

_REFUSALS = {"print-refused", "print-refused-somewhere"}
_UNREADY = {"week-not-published", "week-not-generated"}
_MOST_TOLD = 6
"""So many refusals fit beside the choices."""


class PrintsDialog(QDialog):
    """Shows what is printed of a week; says what to do when there is nothing to print.

    Parameters
    ----------
    preferences
        Where the kind that is printed last is kept; nowhere when missing.
    """

    failed = Signal(object)
    """The exception that a service raised."""

    def __init__(
        self,
        open_plan: OpenPlan,
        week: IsoWeek,
        runner: Runner,
        parent: QWidget | None = None,
        *,
        preferences: Preferences | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Print {week}", week=week))
        self._open_plan, self._week, self._runner = open_plan, week, runner
        self._preferences = preferences
        self._document: Document | None = None
        self._making: Job | None = None
        self.choices = ChoicePanel(
            kind=preferences.print_kind if preferences else "",
            language=open_plan.plan.settings.language,
        )
        self.choices.parts_changed.connect(self._ask_parts)
        self.choices.changed.connect(self._make_document)
        self.pane = Pane()
        self._pages = PdfPages(self.pane.preview, runner)
        self._pages.failed.connect(self.failed)
        self.pane.waiting.cancelled.connect(self._stop_making)
        self.saving = SaveAll(open_plan, week, runner)
        self.saving.refused.connect(self._take_refusals)
        self.saving.failed.connect(self._take_saving_failure)
        self._lay_out()
        self._ask_parts()

    @override
    def done(self, result: int) -> None:
        self.saving.stop()
        super().done(result)

    def _lay_out(self) -> None:
        self.save_button = text_button(_("Save as PDF …"), "save")
        self.save_button.clicked.connect(self._save)
        self.print_button = primary_button(_("Print …"), "printer")
        self.print_button.clicked.connect(self._print)
        close = text_button(_("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(8)
        row.addWidget(self.saving, stretch=1)
        for button in (close, self.save_button, self.print_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.choices)
        middle.addWidget(_framed(self.pane), stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, stretch=1)
        layout.addLayout(row)
        self.resize(1080, 820)

    @Slot()
    def _ask_parts(self) -> None:
        open_plan, week, choice = self._open_plan, self._week, self.choices.choice()
        if self._preferences is not None:
            self._preferences.print_kind = choice.kind.value
        language = words.language()
        job = Job(
            lambda _job: printing.parts_of(
                open_plan, week, choice.kind, is_draft=choice.is_draft, language=language
            )
        )
        job.done.connect(self._take_parts)
        self._wait_for(job)

    @Slot(object)
    def _take_parts(self, parts: dict[str, str]) -> None:
        if self.sender() is self._making:
            self.choices.offer(parts)
            self._make_document()

    @Slot()
    def _make_document(self) -> None:
        open_plan, week, choice = self._open_plan, self._week, self.choices.choice()
        self.saving.language = choice.language
        job = Job(lambda _job: make_document(open_plan, week, choice))
        job.done.connect(self._take_document)
        self._wait_for(job)

    def _wait_for(self, job: Job) -> None:
        """Show that something is being made, and forget what was."""
        self._show_document(None)
        self.pane.wait()
        self._making = job
        job.failed.connect(self._take_failure)
        self._runner.start(job)

    @Slot()
    def _stop_making(self) -> None:
        """Wait no longer for the document; choosing anything makes another."""
        self._making = None
        self.pane.say(
            "printer",
            _("Nothing is shown"),
            _("The document was cancelled. Choose a single school, person or day, or try again."),
            [(_("Try again"), self._ask_parts)],
        )

    @Slot(object)
    def _take_document(self, document: Document) -> None:
        if self.sender() is self._making:
            self._show_document(document)
            self.pane.show_document(document.sizes)

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        if self.sender() is not self._making:
            return
        code = error.code if isinstance(error, PlannerError) else ""
        n_weeks = self.choices.choice().n_weeks
        if isinstance(error, PlannerError) and code in _UNREADY and n_weeks > 1:
            title = _("Not all of these weeks can be printed")
            hint = _("Or choose fewer weeks.")
            self.pane.say("printer", title, f"{sentence(error)} {hint}")
        elif code == "week-not-published":
            self._say_unpublished()
        elif code == "week-not-generated":
            title = _("This week has no roster yet")
            self.pane.say("printer", title, _("Close this and choose Generate."))
        elif isinstance(error, PlannerError) and code in _REFUSALS:
            self.pane.say("shield", _("This print-out is stopped"), sentence(error))
        else:
            self.failed.emit(error)
            self.reject()

    def _say_unpublished(self) -> None:
        title = _("This week is not published yet")
        if PRINT_OUTS[self.choices.choice().kind].has_drafts:
            hint = _("Close this and choose Publish, or look at the draft, which says that it is.")
            self.pane.say("printer", title, hint, [(_("Show the draft"), self._show_draft)])
        else:
            hint = _(
                "Schools get published weeks only, so that everybody holds the same version. "
                "Close this and choose Publish."
            )
            self.pane.say("printer", title, hint)

    @Slot()
    def _show_draft(self) -> None:
        self.choices.draft.setChecked(True)
        self.choices.draft.setFocus()

    def _show_document(self, document: Document | None) -> None:
        self._document = document
        self._pages.pdf = document.pdf if document else None
        self.save_button.setEnabled(document is not None)
        self.print_button.setEnabled(document is not None)

    @Slot(object)
    def _take_saving_failure(self, error: Exception) -> None:
        code = error.code if isinstance(error, PlannerError) else ""
        if isinstance(error, PlannerError) and code in {"week-not-published", *_REFUSALS}:
            self.saving.tell(sentence(error))
        else:
            self.failed.emit(error)

    @Slot(object)
    def _take_refusals(self, refusals: list[ConflictError]) -> None:
        """List what was left out of the folder; the preview is a button away."""
        self._making = None
        self._show_document(None)
        title = ngettext("{n} print-out is stopped", "{n} print-outs are stopped", len(refusals))
        told = [sentence(error) for error in refusals[:_MOST_TOLD]]
        n_more = len(refusals) - len(told)
        if n_more:
            told.append(ngettext("{n} more is stopped too.", "{n} more are stopped too.", n_more))
        text = "\n\n".join([_("The others are saved."), *told])
        self.pane.say("shield", title, text, [(_("Show the preview"), self._ask_parts)])

    @Slot()
    def _save(self) -> None:
        proposed = file_name(self._week, self.choices.choice())
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), proposed, _("PDF documents (*.pdf)")
        )
        if path and self._document is not None:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the document to a file, or leave what was there if that fails."""
        if self._document is None:
            return
        try:
            save_pdf(self._document.pdf, path)
        except StorageError as error:
            self.failed.emit(error)

    @Slot()
    def _print(self) -> None:
        if self._document is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFromTo(1, self._document.n_pages)
        chooser = QPrintDialog(printer, self)
        if chooser.exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Draw every page that the printer was asked for; somebody may cancel meanwhile."""
        if self._document is None:
            return
        told = QProgressDialog(_("Printing"), _("Cancel"), 0, self._document.n_pages, self)
        told.setWindowModality(Qt.WindowModality.WindowModal)

        def go_on(n_done: int, n_all: int) -> bool:
            told.setMaximum(n_all)
            told.setValue(n_done)  # hears the button, too
            return not told.wasCanceled()

        try:
            print_pages(self._document.pdf, printer, go_on)
        finally:
            told.reset()
            told.deleteLater()


def _framed(inside: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("framed", True)  # noqa: FBT003 - Qt's signature
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(inside)
    return frame
