"""What the marks in the timeline of a day mean, and which keys move a block."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from planner.domain.duties import DutyKind
from planner.words import _
from ui.theme import pixmap, tokens
from ui.week import words
from ui.week.day_painting import KIND_LOOKS, paint_break, paint_way, shade
from ui.week.painting import Brushes, bar, hatch

_HEIGHT_PX = 27
_SWATCH_PX = 22
_SYMBOL_PX = 13
_SHOWN = (DutyKind.SCHOOL, DutyKind.PRESENCE, DutyKind.VISIT, DutyKind.WALK, DutyKind.SESSION)


class DayLegend(QWidget):
    """Draws each mark beside its word."""

    def __init__(self) -> None:
        super().__init__()
        self._brushes = Brushes()
        self._left = 0
        self.setFixedHeight(_HEIGHT_PX)
        self.setAccessibleName(_("Legend"))
        self.setToolTip(keys_text())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        painter.fillRect(self.rect(), QColor(colors.surface))
        painter.fillRect(0, 0, self.width(), 1, QColor(colors.line))
        self._left = 14
        fill, ink = colors.shifts[0]
        bar(painter, self._swatch(), fill, ink, is_outlined=False)
        shade(painter, self._swatch(), ink)
        self._word(painter, _("muster, report-writing"))
        paint_break(painter, self._swatch(), ink)
        self._word(painter, _("break"))
        paint_way(painter, self._swatch(), colors.text, Qt.PenStyle.SolidLine)
        self._word(painter, _("travel, minutes"))
        hatch(painter, self._swatch(), colors)
        self._word(painter, _("bound time"))
        for kind in _SHOWN:
            symbol, color = KIND_LOOKS[kind]
            ink = colors.shifts[color][1]
            painter.drawPixmap(self._left, 7, pixmap(symbol, ink, _SYMBOL_PX))
            self._word(painter, _(words.KINDS[kind]), _SYMBOL_PX)

    def _swatch(self) -> QRect:
        return QRect(self._left, 7, _SWATCH_PX, _SYMBOL_PX)

    def _word(self, painter: QPainter, text: str, mark_px: int = _SWATCH_PX) -> None:
        at = self._left + mark_px + 6
        box = QRect(at, 1, max(self.width() - at, 0), self.height() - 1)
        width = self._brushes.text(painter, box, text, self._brushes.small, tokens().muted)
        self._left = at + width + 16


def keys_text() -> str:
    """Return how blocks are moved by mouse and by keys."""
    return _(
        "Drag a block to another time or person, or the end of a shift. With the keys: Shift and "
        "arrows move the block, Ctrl+Shift and left or right the end of a shift, Enter lets go, "
        "Esc gives up."
    )
