"""Shows one page of a document, larger or smaller."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from planner.services.printing import PageImage
from planner.words import _
from ui.prints.paper import picture
from ui.widgets import icon_button, label

_ZOOMS = (0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class Preview(QWidget):
    """A page, and buttons to turn and to zoom; the pictures are made by whoever listens."""

    page_asked = Signal(int, float)
    """Page from 0, and picture points per point of the page."""

    def __init__(self) -> None:
        super().__init__()
        self._n_pages = 0
        self._page = 0
        self._zoom = 1
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
        self._scroller.setAccessibleName(_("Page"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._scroller, stretch=1)
        self._show_position()

    def show_document(self, n_pages: int) -> None:
        """Begin with the first page of another document."""
        self._n_pages, self._page = n_pages, 0
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
        self._zoom -= 1
        self._ask()

    @Slot()
    def _zoom_in(self) -> None:
        self._zoom += 1
        self._ask()

    def _ask(self) -> None:
        self._show_position()
        if self._n_pages:
            self.page_asked.emit(self._page, _ZOOMS[self._zoom] * self.devicePixelRatioF())

    def _show_position(self) -> None:
        self.back.setEnabled(self._page > 0)
        self.forward.setEnabled(self._page + 1 < self._n_pages)
        self.smaller.setEnabled(self._n_pages > 0 and self._zoom > 0)
        self.larger.setEnabled(self._n_pages > 0 and self._zoom + 1 < len(_ZOOMS))
        text = _("Page {page} of {pages}", page=self._page + 1, pages=self._n_pages)
        self.position.setText(text if self._n_pages else "")
