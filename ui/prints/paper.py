"""Puts a document on paper: each page lies or stands as it was made."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from planner.services.prints.pages import page_sizes, render_page
from ui.widgets.page_preview import picture

_DPI = 300
_POINTS_PER_INCH = 72


def print_pages(
    pdf: bytes,
    printer: QPrinter,
    on_progress: Callable[[int, int], bool] = lambda _done, _all: True,
) -> None:
    """Draw every page that the printer was asked for.

    Parameters
    ----------
    on_progress
        Told before each page how many of how many are drawn; the rest is not once it says no.
    """
    printer.setFullPage(True)
    first = max(printer.fromPage(), 1)
    last = printer.toPage() or len(page_sizes(pdf))
    painter = QPainter()
    for n_done, page in enumerate(range(first - 1, last)):
        if not on_progress(n_done, last - first + 1):
            printer.abort()
            break
        image = picture(render_page(pdf, page, _DPI / _POINTS_PER_INCH))
        is_lying = image.width() > image.height()
        # Takes effect with the page that begins next.
        printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if is_lying else QPageLayout.Orientation.Portrait
        )
        if not painter.isActive():
            painter.begin(printer)
        else:
            printer.newPage()
        paper = printer.pageRect(QPrinter.Unit.DevicePixel)
        size = QSizeF(image.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(paper.topLeft(), size), image)
    painter.end()
