"""Shows one page of a document, larger or smaller."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from planner.services.printing import PageImage
from planner.words import _
from ui.prints.paper import picture
from ui.widgets import icon_button, label

_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_STEP = 1.05
"""A zoom that differs by less from what is shown would seem to do nothing."""
_MOST_FITTING = 1.5
"""A page is made as wide as there is room, but no larger than so."""
_RESIZE_MS = 80
_MARGIN_PX = 24


class Preview(QWidget):
    """A page, and buttons to turn and to zoom; the pictures are made by whoever listens."""

    page_asked = Signal(int, float)
    """Page from 0, and picture points per point of the page."""

    def __init__(self) -> None:
        super().__init__()
        self._page = 0
        self._sizes: Sequence[tuple[float, float]] = ()
        self._zoom: float | None = None
        """Nothing while the page is as wide as there is room."""
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_RESIZE_MS)
        self._resized.timeout.connect(self._ask)
        self.back = icon_button("chevron-left", _("Previous page"))
        self.back.clicked.connect(self._turn_back)
        self.forward = icon_button("chevron-right", _("Next page"))
        self.forward.clicked.connect(self._turn_forward)
        self.smaller = icon_button("zoom-out", _("Smaller"))
        self.smaller.clicked.connect(self._zoom_out)
        self.larger = icon_button("zoom-in", _("Larger"))
        self.larger.clicked.connect(self._zoom_in)
        for button, keys in (
            (self.back, QKeySequence("Ctrl+PgUp")),
            (self.forward, QKeySequence("Ctrl+PgDown")),
            (self.smaller, QKeySequence(QKeySequence.StandardKey.ZoomOut)),
            (self.larger, QKeySequence(QKeySequence.StandardKey.ZoomIn)),
        ):
            button.setShortcut(keys)
            name = keys.toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{button.toolTip()} ({name})")
        self.position = label("", "muted")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 6, 12, 6)
        for part in (self.back, self.position, self.forward):
            bar.addWidget(part)
        bar.addStretch()
        bar.addWidget(self.smaller)
        bar.addWidget(self.larger)
        self._sheet = QLabel()
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroller = QScrollArea()
        self._scroller.setWidget(self._sheet)
        self._scroller.setWidgetResizable(True)
        # Always there, so that the room for the page does not depend on how large it is.
        self._scroller.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroller.setAccessibleName(_("Page"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._scroller, stretch=1)
        self._show_position()

    def show_document(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Begin with the first page of another document; width and height of each are points."""
        self._sizes, self._page = sizes, 0
        self._ask()

    def show_page(self, image: PageImage) -> None:
        """Show the picture that was asked for."""
        shown = QPixmap.fromImage(picture(image))
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self._sheet.setPixmap(shown)

    def has_page(self) -> bool:
        """Tell whether a page is shown."""
        return not self._sheet.pixmap().isNull()

    @Slot()
    def _turn_back(self) -> None:
        self._page -= 1
        self._ask()

    @Slot()
    def _turn_forward(self) -> None:
        self._page += 1
        self._ask()

    @Slot()
    def _zoom_out(self) -> None:
        self._zoom = max(self._smaller_zooms())
        self._ask()

    @Slot()
    def _zoom_in(self) -> None:
        self._zoom = min(self._larger_zooms())
        self._ask()

    def _smaller_zooms(self) -> list[float]:
        return [zoom for zoom in _ZOOMS if zoom * _STEP <= self._scale()]

    def _larger_zooms(self) -> list[float]:
        return [zoom for zoom in _ZOOMS if zoom >= self._scale() * _STEP]

    def _scale(self) -> float:
        """Return points of the window for each of the page."""
        if self._zoom is not None:
            return self._zoom
        width = self._sizes[self._page][0] if self._sizes else 1.0
        room = self._scroller.viewport().width() - _MARGIN_PX
        return min(max(room / width, _ZOOMS[0]), _MOST_FITTING)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._zoom is None and self._sizes:
            self._resized.start()

    @Slot()
    def _ask(self) -> None:
        self._show_position()
        if self._sizes:
            self.page_asked.emit(self._page, self._scale() * self.devicePixelRatioF())

    def _show_position(self) -> None:
        n_pages = len(self._sizes)
        self.back.setEnabled(self._page > 0)
        self.forward.setEnabled(self._page + 1 < n_pages)
        self.smaller.setEnabled(n_pages > 0 and bool(self._smaller_zooms()))
        self.larger.setEnabled(n_pages > 0 and bool(self._larger_zooms()))
        text = _("Page {page} of {pages}", page=self._page + 1, pages=n_pages)
        self.position.setText(text if n_pages else "")
