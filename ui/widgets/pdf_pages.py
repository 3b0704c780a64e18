"""Draws the pages of a PDF for a preview, in jobs, and writes the file."""

from pathlib import Path

from PySide6.QtCore import QObject, QSaveFile, Signal, Slot

from planner.errors import StorageError
from planner.services.prints.pages import PageImage, render_page
from ui.jobs import Job, Runner
from ui.widgets.page_preview import Preview


class PdfPages(QObject):
    """Gives a preview the pictures that it asks for, of the document that was shown last."""

    failed = Signal(object)
    """The exception that drawing raised."""

    def __init__(self, preview: Preview, runner: Runner) -> None:
        super().__init__(preview)
        self._preview, self._runner = preview, runner
        self._drawing: Job | None = None
        self.pdf: bytes | None = None
        preview.page_asked.connect(self._draw)

    @Slot(int, float)
    def _draw(self, page: int, scale: float) -> None:
        pdf = self.pdf
        if pdf is None:
            return
        self._drawing = Job(lambda _job: render_page(pdf, page, scale))
        self._drawing.done.connect(self._take)
        self._drawing.failed.connect(self.failed)
        self._runner.start(self._drawing)

    @Slot(object)
    def _take(self, image: PageImage) -> None:
        if self.sender() is self._drawing:
            self._preview.show_page(image)


def save_pdf(pdf: bytes, path: Path) -> None:
    """Write a document to a file.

    Raises
    ------
    StorageError
        ``output-failed``; what was there is left as it was.
    """
    file = QSaveFile(str(path))
    is_open = file.open(QSaveFile.OpenModeFlag.WriteOnly)
    if not (is_open and file.write(pdf) >= 0 and file.commit()):
        raise StorageError("output-failed", path=str(path))
