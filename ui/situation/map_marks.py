"""The marks of the map, and the legend that explains them."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from planner.words import N_, _
from ui.theme import SMALL_PX, font, tokens

_SIDE_PX, _LEAST_CLUSTER_PX = 4.5, 9.0


class MarkKind(IntEnum):
    """What a mark stands for; the larger is drawn over the others and named first."""

    SCHOOL = 1
    PROPOSAL = 2
    CLUSTER = 3
    HOTSPOT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something on the map.

    Parameters
    ----------
    text
        Written inside, such as a count.
    radius_m
        Of its circle on the ground, if it has one.
    """

    id: str
    kind: MarkKind
    name: str
    latitude: float
    longitude: float
    text: str = ""
    radius_m: float = 0.0


def paint_mark(
    painter: QPainter, point: QPointF, mark: Mark, radius_px: float, *, is_chosen: bool
) -> None:
    """Draw a mark at a point; shapes differ, so that colour is not needed to tell them apart."""
    colors = tokens()
    if is_chosen:
        painter.setPen(QPen(QColor(colors.text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(point, 14, 14)
    match mark.kind:
        case MarkKind.SCHOOL:
            painter.setPen(QPen(QColor(colors.success), 1.6))
            painter.setBrush(QColor(colors.surface))
            painter.drawRect(
                QRectF(point.x() - _SIDE_PX, point.y() - _SIDE_PX, 2 * _SIDE_PX, 2 * _SIDE_PX)
            )
        case MarkKind.HOTSPOT:
            painter.setPen(QPen(QColor(colors.surface), 1))
            painter.setBrush(QColor(colors.warning))
            side = _SIDE_PX * 1.6
            corners = [(0, -side), (side, 0), (0, side), (-side, 0)]
            painter.drawPolygon(QPolygonF([point + QPointF(*corner) for corner in corners]))
        case MarkKind.PROPOSAL:
            painter.setPen(QPen(QColor(colors.accent), 1.6, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(point, max(radius_px, 7.0), max(radius_px, 7.0))
        case MarkKind.CLUSTER:
            fill = QColor(colors.danger)
            fill.setAlpha(36)
            painter.setPen(QPen(QColor(colors.danger), 1.6))
            painter.setBrush(fill)
            radius = max(radius_px, _LEAST_CLUSTER_PX)
            painter.drawEllipse(point, radius, radius)


def count_box(painter: QPainter, point: QPointF, mark: Mark, radius_px: float) -> QRectF:
    """Return where the count of a cluster stands: on the rim of its circle."""
    width = painter.fontMetrics().horizontalAdvance(mark.text) + 10
    top = point.y() - max(radius_px, _LEAST_CLUSTER_PX)
    return QRectF(point.x() - width / 2, top - 8, width, 16)


def paint_count(painter: QPainter, pill: QRectF, text: str) -> None:
    """Write a count; done after all marks and names, so that none hides it."""
    colors = tokens()
    painter.setPen(QPen(QColor(colors.danger), 1.6))
    painter.setBrush(QColor(colors.surface))
    painter.drawRoundedRect(pill, 8, 8)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


_LEGEND = (
    (MarkKind.CLUSTER, N_("Where incidents gather, and how many")),
    (MarkKind.HOTSPOT, N_("Selected place")),
    (MarkKind.SCHOOL, N_("School")),
    (MarkKind.PROPOSAL, N_("Proposed place")),
)


class Legend(QWidget):
    """Explains the marks in a line."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        names = [_("Incident"), *(_(text) for _kind, text in _LEGEND)]
        self.setAccessibleName(_("Legend") + ": " + ", ".join(names))

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, 24)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colors = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL_PX))
        y = self.height() / 2
        dot = QColor(colors.accent)
        dot.setAlpha(150)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dot)
        painter.drawEllipse(QPointF(10, y), 3, 3)
        at = self._write(painter, 22, _("Incident"))
        for kind, text in _LEGEND:
            mark = Mark(id="", kind=kind, name="", latitude=0, longitude=0)
            paint_mark(painter, QPointF(at + 10, y), mark, 7, is_chosen=False)
            at = self._write(painter, at + 26, _(text))

    def _write(self, painter: QPainter, at: int, text: str) -> int:
        painter.setPen(QColor(tokens().muted))
        width = painter.fontMetrics().horizontalAdvance(text)
        box = QRectF(at, 0, width + 4, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        return at + width + 18
