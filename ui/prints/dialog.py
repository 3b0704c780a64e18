"""Previews the print-outs of a published week, saves them as PDF and prints them."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSaveFile, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError, NotFoundError, StorageError
from planner.services import printing
from planner.services.plans import OpenPlan
from planner.services.printing import PageImage
from planner.words import _
from ui.jobs import Job, Runner
from ui.prints.choice import Choice, ChoicePanel
from ui.prints.preview import Preview
from ui.widgets import EmptyState, primary_button, text_button

_PRINT_DPI = 300
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class _Document:
    pdf: bytes
    n_pages: int


class PrintsDialog(QDialog):
    """Shows what is printed of a published week; says what to do when it is not published."""

    failed = Signal(object)
    """The exception that a service raised."""

    def __init__(
        self, open_plan: OpenPlan, week: IsoWeek, runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Print {week}", week=week))
        self._open_plan, self._week, self._runner = open_plan, week, runner
        self._document: _Document | None = None
        self._making: Job | None = None
        self._drawing: Job | None = None
        self.choices = ChoicePanel()
        self.choices.kind_changed.connect(self._ask_parts)
        self.choices.changed.connect(self._make_document)
        self.preview = Preview()
        self.preview.page_asked.connect(self._draw_page)
        self.unpublished = EmptyState(
            "printer",
            _("This week is not published yet"),
            _(
                "Only a published week is printed, so that everybody holds the same version. "
                "Close this and choose Publish."
            ),
        )
        self.waiting = EmptyState("clock", _("Making the document"), "")
        self._states = QStackedWidget()
        for page in (self.waiting, self.preview, self.unpublished):
            self._states.addWidget(page)
        self.save_button = text_button(_("Save as PDF …"), "save")
        self.save_button.clicked.connect(self._save)
        self.print_button = primary_button(_("Print …"), "printer")
        self.print_button.clicked.connect(self._print)
        close = text_button(_("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 12)
        row.setSpacing(8)
        row.addStretch()
        for button in (close, self.save_button, self.print_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.choices)
        middle.addWidget(_framed(self._states), stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, stretch=1)
        layout.addLayout(row)
        self.resize(1080, 820)
        self._ask_parts()

    @Slot()
    def _ask_parts(self) -> None:
        open_plan, week, kind = self._open_plan, self._week, self.choices.choice().kind
        self._show_document(None)
        self._states.setCurrentWidget(self.waiting)
        self._making = Job(lambda _job: printing.parts_of(open_plan, week, kind))
        self._making.done.connect(self._take_parts)
        self._making.failed.connect(self._take_failure)
        self._runner.start(self._making)

    @Slot(object)
    def _take_parts(self, parts: dict[str, str]) -> None:
        if self.sender() is self._making:
            self.choices.offer(parts)
            self._make_document()

    @Slot()
    def _make_document(self) -> None:
        open_plan, week, choice = self._open_plan, self._week, self.choices.choice()
        self._show_document(None)
        self._states.setCurrentWidget(self.waiting)
        self._making = Job(lambda _job: _made(open_plan, week, choice))
        self._making.done.connect(self._take_document)
        self._making.failed.connect(self._take_failure)
        self._runner.start(self._making)

    @Slot(object)
    def _take_document(self, document: _Document) -> None:
        if self.sender() is self._making:
            self._states.setCurrentWidget(self.preview)
            self._show_document(document)
            self.preview.show_document(document.n_pages)

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        if self.sender() is not self._making:
            return
        if isinstance(error, ConflictError | NotFoundError) and error.code == "week-not-published":
            self._states.setCurrentWidget(self.unpublished)
        else:
            self.failed.emit(error)
            self.reject()

    def _show_document(self, document: _Document | None) -> None:
        self._document = document
        self.save_button.setEnabled(document is not None)
        self.print_button.setEnabled(document is not None)

    @Slot(int, float)
    def _draw_page(self, page: int, scale: float) -> None:
        if self._document is None:
            return
        pdf = self._document.pdf
        self._drawing = Job(lambda _job: printing.render_page(pdf, page, scale))
        self._drawing.done.connect(self._take_page)
        self._drawing.failed.connect(self.failed)
        self._runner.start(self._drawing)

    @Slot(object)
    def _take_page(self, image: PageImage) -> None:
        if self.sender() is self._drawing:
            self.preview.show_page(image)

    @Slot()
    def _save(self) -> None:
        proposed = _file_name(self._week, self.choices.choice())
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Save as PDF"), proposed, _("PDF documents (*.pdf)")
        )
        if path and self._document is not None:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the document to a file, or leave what was there if that fails."""
        if self._document is None:
            return
        file = QSaveFile(str(path))
        is_open = file.open(QSaveFile.OpenModeFlag.WriteOnly)
        if not (is_open and file.write(self._document.pdf) >= 0 and file.commit()):
            self.failed.emit(StorageError("output-failed", path=str(path)))

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
        """Draw every page that the printer was asked for."""
        if self._document is None:
            return
        printer.setFullPage(True)
        first = max(printer.fromPage(), 1)
        last = printer.toPage() or self._document.n_pages
        painter = QPainter(printer)
        for page in range(first - 1, last):
            if page >= first:
                printer.newPage()
            image = printing.render_page(self._document.pdf, page, _PRINT_DPI / _POINTS_PER_INCH)
            picture = QImage(
                image.rgba,
                image.width,
                image.height,
                4 * image.width,
                QImage.Format.Format_RGBA8888,
            )
            paper = printer.pageRect(QPrinter.Unit.DevicePixel)
            size = QSizeF(picture.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(paper.topLeft(), size), picture)
        painter.end()


def _made(open_plan: OpenPlan, week: IsoWeek, choice: Choice) -> _Document:
    pdf = printing.print_pdf(open_plan, week, choice.kind, choice.part)
    return _Document(pdf, printing.page_count(pdf))


def _file_name(week: IsoWeek, choice: Choice) -> str:
    parts = [str(week), choice.kind.value, choice.name.replace("/", "-")]
    return " ".join(part for part in parts if part) + ".pdf"


def _framed(inside: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("framed", True)  # noqa: FBT003 - Qt's signature
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(inside)
    return frame
