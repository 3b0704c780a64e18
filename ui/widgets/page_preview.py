"""Shows one page of a document, larger or smaller."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QKeySequence, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from planner.services.prints.pages import PageImage, PageLink
from planner.words import _
from ui.widgets.basics import icon_button, label

_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_STEP = 1.05
"""A zoom that differs by less from what is shown would seem to do nothing."""
_MOST_FITTING = 1.5
"""A page is made as wide as there is room, but no larger than so."""
_RESIZE_MS = 80
_MARGIN_PX = 24


_ABOVE_PX = 24
"""Of white space above what a link leads to."""


def picture(page: PageImage) -> QImage:
    """Return a page as Qt draws it; it lives as long as ``page``."""
    return QImage(page.rgba, page.width, page.height, 4 * page.width, QImage.Format.Format_RGBA8888)


class _Sheet(QLabel):
    """The picture of a page, which tells where in it somebody points."""

    pressed = Signal(QPointF)
    """Where, in points of the window from the picture's upper left corner."""
    hovered = Signal(QPointF)

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMouseTracking(True)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self._on_picture(event.position()))
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hovered.emit(self._on_picture(event.position()))
        super().mouseMoveEvent(event)

    def corner(self) -> QPointF:
        """Return where the picture's upper left corner is."""
        size = self.pixmap().deviceIndependentSize()
        return QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2)

    def _on_picture(self, at: QPointF) -> QPointF:
        return at - self.corner()


class Preview(QWidget):
    """A page, and buttons to turn and to zoom; the pictures are made by whoever listens.

    Links of the document are followed; so far as there were any, one can go back.
    """

    page_asked = Signal(int, float)
    """Page from 0, and picture points per point of the page."""
    place_pressed = Signal(int, float)
    """Page from 0, and how far down it somebody pressed where no link is, in points of the page."""

    def __init__(self) -> None:
        super().__init__()
        self._page = 0
        self._sizes: Sequence[tuple[float, float]] = ()
        self._links: Sequence[Sequence[PageLink]] = ()
        self._visited: list[tuple[int, int]] = []
        self._top: float | None = None
        """How far down the page to go once its picture is there."""
        self.is_pressable: Callable[[int, float], bool] = lambda _page, _top: False
        """Tells whether pressing a place where no link is does something."""
        self._zoom: float | None = None
        """Nothing while the page is as wide as there is room."""
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_RESIZE_MS)
        self._resized.timeout.connect(self._ask)
        self._make_buttons()
        self._lay_out()
        self._show_position()

    def _make_buttons(self) -> None:
        self.back = icon_button("chevron-left", _("Previous page"))
        self.back.clicked.connect(self._turn_back)
        self.forward = icon_button("chevron-right", _("Next page"))
        self.forward.clicked.connect(self._turn_forward)
        self.smaller = icon_button("zoom-out", _("Smaller"))
        self.smaller.clicked.connect(self._zoom_out)
        self.larger = icon_button("zoom-in", _("Larger"))
        self.larger.clicked.connect(self._zoom_in)
        self.return_button = icon_button("undo-2", _("Back to where the link was"))
        self.return_button.clicked.connect(self._go_back)
        self.return_button.hide()
        for button, keys in (
            (self.return_button, QKeySequence("Alt+Left")),
            (self.back, QKeySequence("Ctrl+PgUp")),
            (self.forward, QKeySequence("Ctrl+PgDown")),
            (self.smaller, QKeySequence(QKeySequence.StandardKey.ZoomOut)),
            (self.larger, QKeySequence(QKeySequence.StandardKey.ZoomIn)),
        ):
            button.setShortcut(keys)
            name = keys.toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{button.toolTip()} ({name})")

    def _lay_out(self) -> None:
        self.position = label("", "muted")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 6, 12, 6)
        for part in (self.back, self.position, self.forward, self.return_button):
            bar.addWidget(part)
        bar.addStretch()
        bar.addWidget(self.smaller)
        bar.addWidget(self.larger)
        self._sheet = _Sheet()
        self._sheet.pressed.connect(self._press)
        self._sheet.hovered.connect(self._show_cursor)
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

    def show_document(
        self,
        sizes: Sequence[tuple[float, float]],
        links: Sequence[Sequence[PageLink]] = (),
    ) -> None:
        """Begin with the first page of another document.

        Parameters
        ----------
        sizes
            Width and height of each page, in points.
        links
            Of each page; none at all for a document without.
        """
        self._sizes, self._links, self._page = sizes, links, 0
        self._visited.clear()
        self._ask()

    def go_to(self, page: int, top: float) -> None:
        """Show a page so far down, in points of the page; one can go back."""
        self._visited.append((self._page, self._scroller.verticalScrollBar().value()))
        self._go(page, top * self._scale() - _ABOVE_PX)

    def page(self) -> int:
        """Return the page that is shown, from 0."""
        return self._page

    def show_page(self, image: PageImage) -> None:
        """Show the picture that was asked for."""
        shown = QPixmap.fromImage(picture(image))
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self._sheet.setPixmap(shown)
        if self._top is not None:
            self._sheet.adjustSize()
            bar, top = self._scroller.verticalScrollBar(), max(round(self._top), 0)
            bar.setMaximum(max(bar.maximum(), top))  # until the page is laid out
            bar.setValue(top)
            self._top = None

    def has_page(self) -> bool:
        """Tell whether a page is shown."""
        return not self._sheet.pixmap().isNull()

    @Slot()
    def _go_back(self) -> None:
        page, top = self._visited.pop()
        self._go(page, top)

    def _go(self, page: int, top: float) -> None:
        self._page, self._top = page, top
        self._ask()

    @Slot(QPointF)
    def _press(self, at: QPointF) -> None:
        link = self._link_at(at)
        if link is not None:
            self.go_to(link.page, link.page_top)
        elif self._sizes:
            self.place_pressed.emit(self._page, at.y() / self._scale())

    @Slot(QPointF)
    def _show_cursor(self, at: QPointF) -> None:
        leads = self._link_at(at) is not None or (
            bool(self._sizes) and self.is_pressable(self._page, at.y() / self._scale())
        )
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self._sheet.setCursor(hand if leads else arrow)

    def _link_at(self, at: QPointF) -> PageLink | None:
        if not self._links:
            return None
        x, y = at.x() / self._scale(), at.y() / self._scale()
        return next(
            (
                link
                for link in self._links[self._page]
                if link.left <= x <= link.right and link.top <= y <= link.bottom
            ),
            None,
        )

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
        self.return_button.setVisible(bool(self._visited))
        self.back.setEnabled(self._page > 0)
        self.forward.setEnabled(self._page + 1 < n_pages)
        self.smaller.setEnabled(n_pages > 0 and bool(self._smaller_zooms()))
        self.larger.setEnabled(n_pages > 0 and bool(self._larger_zooms()))
        text = _("Page {page} of {pages}", page=self._page + 1, pages=n_pages)
        self.position.setText(text if n_pages else "")
