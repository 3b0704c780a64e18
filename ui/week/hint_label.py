"""A few words beside the pointer: what letting go would mean."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ui.theme import pixmap, tokens
from ui.week.day_drag import Hint
from ui.week.painting import Brushes

SYMBOLS = {"fine": "circle-check", "warning": "triangle-alert", "danger": "circle-alert"}
_OFFSET = QPoint(14, 18)
_HEIGHT_PX, _MARK_PX, _MOST_PX = 28, 14, 420
_LEFT_PX, _RIGHT_PX, _ABOVE_PX = _MARK_PX + 16, 8, 6
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter


def tone_color(hint: Hint) -> str:
    """Return the theme's colour of a hint's tone."""
    colors = tokens()
    return {"fine": colors.success, "warning": colors.warning, "danger": colors.danger}[hint.tone]


class HintLabel(QWidget):
    """Shows a hint with its symbol, colour and text, and never takes the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._brushes = Brushes()
        self.hint: Hint | None = None
        self.hide()

    def show_at(self, point: QPoint, hint: Hint) -> None:
        """Show a hint beside a point of the parent, inside of it."""
        self.hint = hint
        room = QRect(0, 0, _MOST_PX - _LEFT_PX - _RIGHT_PX, self._parent.height())
        said = QFontMetrics(self._brushes.normal).boundingRect(room, _WRAPPED, hint.text)
        self.resize(
            said.width() + 1 + _LEFT_PX + _RIGHT_PX,
            max(said.height() + 2 * _ABOVE_PX, _HEIGHT_PX),
        )
        whole = self._parent.rect()
        at = point + _OFFSET
        at.setX(max(0, min(at.x(), whole.width() - self.width())))
        if at.y() + self.height() > whole.height():
            at.setY(point.y() - self.height() - 6)
        self.move(at)
        self.raise_()
        self.show()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hint is None:
            return
        colors = tokens()
        fills = {
            "fine": colors.success_fill,
            "warning": colors.warning_fill,
            "danger": colors.danger_fill,
        }
        ink = tone_color(self.hint)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(ink))
        painter.setBrush(QColor(fills[self.hint.tone]))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 5, 5)
        mark = pixmap(SYMBOLS[self.hint.tone], ink, _MARK_PX)
        painter.drawPixmap(9, (self.height() - _MARK_PX) // 2, mark)
        painter.setFont(self._brushes.normal)
        painter.setPen(QColor(ink))
        painter.drawText(self.rect().adjusted(_LEFT_PX, 0, -_RIGHT_PX, 0), _WRAPPED, self.hint.text)
        painter.end()
