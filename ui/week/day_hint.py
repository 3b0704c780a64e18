"""Shows where a dragged block would land, by colour, symbol and words."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from planner.domain.spans import MINUTE
from planner.words import _, clock, clock_span, hours, short_date
from ui.theme import pixmap, tokens
from ui.week.day_drag import Drag, DragKind, Hint
from ui.week.painting import RADIUS_PX, Brushes

_TONES = {
    "fine": ("success", "circle-check"),
    "warning": ("warning", "triangle-alert"),
    "danger": ("danger", "circle-alert"),
}
"""Role of the theme and symbol of each tone."""
_LINE_PX = 17
_EDGE_PX = 8
_SYMBOL_PX = 14


def drag_lines(drag: Drag, to_name: str, zone: ZoneInfo, hint: Hint | None) -> list[str]:
    """Return where a block would land, and what that would mean."""
    day = short_date(drag.to_span.start.astimezone(zone).date())
    time = clock_span(drag.to_span.start, drag.to_span.end, zone)
    if drag.kind is DragKind.SHIFT_START:
        moved = _("Begins {time}", time=clock(drag.to_span.start, zone))
    elif drag.kind is DragKind.SHIFT_END:
        moved = _("Ends {time}", time=clock(drag.to_span.end, zone))
    else:
        moved = f"{day} {time}"
    minutes = (drag.to_span.start - drag.span.start) // MINUTE
    minutes += (drag.to_span.end - drag.span.end) // MINUTE if minutes == 0 else 0
    if minutes:
        moved += f" ({'+' if minutes > 0 else ''}{hours(minutes)})"
    lines = [moved]
    if drag.to_staff != drag.staff:
        lines.append(_("To {name}", name=to_name))
    if hint is not None:
        lines.append(hint.text)
    return lines


def paint_target(painter: QPainter, box: QRect, hint: Hint | None) -> None:
    """Draw the place where the block would land."""
    ink = QColor(_looks(hint)[0])
    fill = QColor(ink)
    fill.setAlpha(50)
    painter.setPen(QPen(ink, 2, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), RADIUS_PX, RADIUS_PX)


def paint_bubble(
    painter: QPainter,
    brushes: Brushes,
    within: QRect,
    target: QRect,
    lines: list[str],
    *,
    hint: Hint | None,
) -> None:
    """Draw what letting go would mean, below the target or above it where there is more room."""
    ink, fill, symbol = _looks(hint)
    face = brushes.small_strong
    mark_px = _SYMBOL_PX + 6 if symbol else 0
    width = max(brushes.width(line, face) for line in lines) + 2 * _EDGE_PX + mark_px + 2
    height = len(lines) * _LINE_PX + _EDGE_PX
    top = target.bottom() + 6
    if top + height > within.bottom():
        top = target.top() - 6 - height
    left = max(within.left() + 4, min(target.left(), within.right() - width - 4))
    box = QRect(left, top, width, height)
    painter.setPen(QPen(QColor(ink), 1.5))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(box, 6, 6)
    inner = box.adjusted(_EDGE_PX, _EDGE_PX // 2, -_EDGE_PX, -_EDGE_PX // 2)
    if symbol:
        painter.drawPixmap(inner.left(), inner.top() + 2, pixmap(symbol, ink, _SYMBOL_PX))
    line = QRect(inner.left() + mark_px, inner.top(), inner.width() - mark_px, _LINE_PX)
    for text in lines:
        brushes.text(painter, line, text, face, ink)
        line.translate(0, _LINE_PX)


def _looks(hint: Hint | None) -> tuple[str, str, str]:
    if hint is None:
        return tokens().text, tokens().surface, ""
    colors, (role, symbol) = tokens().as_map(), _TONES[hint.tone]
    return colors[role], colors[f"{role}_fill"], symbol
