"""What the marks in the people grid mean, in one thin row."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from planner.words import _
from ui.theme import pixmap, tokens
from ui.week.painting import Brushes, bar, dash, hatch

_SWATCH = QSize(22, 13)


class Legend(QWidget):
    """Draws each mark beside its word."""

    def __init__(self) -> None:
        super().__init__()
        self._brushes = Brushes()
        self._is_people = True
        self.setFixedHeight(27)
        self.setAccessibleName(_("Legend"))

    def show_for_people(self, *, is_people: bool) -> None:
        """Explain the people grid, or the places grid."""
        self._is_people = is_people
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        painter.fillRect(self.rect(), QColor(colors.surface))
        painter.fillRect(0, 0, self.width(), 1, QColor(colors.line))
        self._left = 14
        if self._is_people:
            self._paint_people(painter)
        else:
            self._paint_places(painter)

    def _paint_people(self, painter: QPainter) -> None:
        colors = tokens()
        fill, ink = colors.shifts[0]
        bar(painter, self._swatch(), fill, ink, is_outlined=False)
        self._word(painter, _("planned shift"))
        bar(painter, self._swatch(), fill, ink, is_outlined=True)
        self._word(painter, _("given shift"))
        self._symbol(painter, "lock", ink)
        self._word(painter, _("locked"), 14)
        hatch(painter, self._swatch(), colors)
        self._word(painter, _("bound time"))
        dash(painter, self._swatch(), colors)
        self._word(painter, _("stand-by"))
        self._tint(painter, colors.neutral_fill)
        self._word(painter, _("absence"))
        self._symbol(painter, "triangle-alert", colors.danger)
        self._word(painter, _("has findings"), 14)

    def _paint_places(self, painter: QPainter) -> None:
        colors = tokens()
        self._tint(painter, colors.success_fill)
        self._word(painter, _("covered"))
        self._symbol(painter, "circle-alert", colors.danger)
        self._word(painter, _("people missing"), 14)
        self._tint(painter, colors.neutral_fill)
        self._word(painter, _("decided, or not planned yet"))

    def _swatch(self) -> QRect:
        return QRect(self._left, 7, _SWATCH.width(), _SWATCH.height())

    def _tint(self, painter: QPainter, color: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawRoundedRect(self._swatch(), 4, 4)

    def _symbol(self, painter: QPainter, name: str, color: str) -> None:
        painter.drawPixmap(self._left, 7, pixmap(name, color, _SWATCH.height()))

    def _word(self, painter: QPainter, text: str, mark_px: int = _SWATCH.width()) -> None:
        at = self._left + mark_px + 6
        box = QRect(at, 1, self.width() - at, self.height() - 1)
        width = self._brushes.text(painter, box, text, self._brushes.small, tokens().muted)
        self._left = at + width + 18
