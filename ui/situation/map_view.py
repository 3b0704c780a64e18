"""A map without a network: incidents, where they gather, schools and selected places."""

import math
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from planner.domain.situation_data import METRES_A_DEGREE
from planner.services.situation.background import BackgroundLine
from planner.words import _
from ui.situation.map_marks import Mark, MarkKind, count_box, paint_count, paint_mark
from ui.theme import SMALL_PX, font, tokens

_LEAST_M_PER_PX, _MOST_M_PER_PX = 0.2, 2_000.0
_ZOOM = 1.35
_PAN_PX = 60
_MARGIN_PX = 46
_REACH_PX = 14
_BAR_PX = 130
_DOT_PX = 5.2
_LABELS_M_PER_PX = 14.0
"""Further out, only hotspots and clusters have names."""


class SituationMap(QWidget):
    """Draws marks; drag or arrow keys move it, wheel or plus and minus zoom, 0 shows all."""

    pointed = Signal(str)
    """Id of the mark that was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._dots: list[tuple[float, float]] = []
        self._marks: tuple[Mark, ...] = ()
        self._lines: tuple[BackgroundLine, ...] = ()
        self._chosen = ""
        self._middle = (59.6, 16.5)
        self._m_per_px = 20.0
        self._is_fitted = True
        self._drag: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(260, 220)
        self.setAccessibleName(_("Map of incidents and places"))
        self.setAccessibleDescription(_("The list beside the map holds the same in words."))
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def show_marks(self, dots: Sequence[tuple[float, float]], marks: Sequence[Mark]) -> None:
        """Show incidents (latitude, longitude) and marks; other incidents all come into sight."""
        is_other = self._dots != list(dots)
        self._dots, self._marks, self._chosen = list(dots), tuple(marks), ""
        if is_other:
            self.fit()
        else:
            self.update()

    def show_background(self, lines: Sequence[BackgroundLine]) -> None:
        """Draw lines below everything."""
        self._lines = tuple(lines)
        self.update()

    def choose(self, id_: str) -> None:
        """Bring a mark into the middle and point it out."""
        for mark in self._marks:
            if mark.id == id_:
                self._chosen = id_
                self._middle = (mark.latitude, mark.longitude)
                self._is_fitted = False
                self.update()

    def fit(self) -> None:
        """Bring incidents and marks into sight; without incidents the marks."""
        shown = self._dots or [(mark.latitude, mark.longitude) for mark in self._marks]
        self._is_fitted = True
        if shown:
            south, north = _spread([latitude for latitude, _ in shown])
            west, east = _spread([longitude for _, longitude in shown])
            self._middle = ((south + north) / 2, (west + east) / 2)
            wide = (east - west) * self._metres_a_degree_east()
            high = (north - south) * METRES_A_DEGREE
            room_x = max(self.width() - 2 * _MARGIN_PX, 50)
            room_y = max(self.height() - 2 * _MARGIN_PX, 50)
            self._m_per_px = max(wide / room_x, high / room_y, 2.0)
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Come nearer by a factor, keeping a point where it is."""
        point = at or QPointF(self.width() / 2, self.height() / 2)
        before = self._place(point)
        new = self._m_per_px / factor
        self._m_per_px = min(max(new, _LEAST_M_PER_PX), _MOST_M_PER_PX)
        after = self._place(point)
        self._middle = (
            self._middle[0] + before[0] - after[0],
            self._middle[1] + before[1] - after[1],
        )
        self._is_fitted = False
        self.update()

    def metres_per_pixel(self) -> float:
        """Return how far apart two pixels are on the ground."""
        return self._m_per_px

    def point_of(self, latitude: float, longitude: float) -> QPointF:
        """Return where a position is drawn."""
        east = (longitude - self._middle[1]) * self._metres_a_degree_east() / self._m_per_px
        north = (latitude - self._middle[0]) * METRES_A_DEGREE / self._m_per_px
        return QPointF(self.width() / 2 + east, self.height() / 2 - north)

    def _place(self, point: QPointF) -> tuple[float, float]:
        north = (self.height() / 2 - point.y()) * self._m_per_px / METRES_A_DEGREE
        east = (point.x() - self.width() / 2) * self._m_per_px / self._metres_a_degree_east()
        return self._middle[0] + north, self._middle[1] + east

    def _metres_a_degree_east(self) -> float:
        return METRES_A_DEGREE * max(math.cos(math.radians(self._middle[0])), 0.05)

    def _move(self, right_px: float, down_px: float) -> None:
        middle = QPointF(self.width() / 2 + right_px, self.height() / 2 + down_px)
        self._middle = self._place(middle)
        self._is_fitted = False
        self.update()

    @override
    def resizeEvent(self, event: object) -> None:
        if self._is_fitted:
            self.fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (-_PAN_PX, 0),
            Qt.Key.Key_Right: (_PAN_PX, 0),
            Qt.Key.Key_Up: (0, -_PAN_PX),
            Qt.Key.Key_Down: (0, _PAN_PX),
        }
        key = event.key()
        if key in moves:
            self._move(*moves[Qt.Key(key)])
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(_ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _ZOOM)
        elif key in {Qt.Key.Key_0, Qt.Key.Key_Home}:
            self.fit()
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        self.zoom(_ZOOM**steps, event.position())
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag = event.position()
        reached = [
            (distance, mark.id)
            for mark in self._marks
            for distance in [self._distance(mark, event.position())]
            if distance <= _REACH_PX
        ]
        if reached:
            self._chosen = min(reached)[1]
            self.pointed.emit(self._chosen)
            self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            apart = self._drag - event.position()
            self._drag = event.position()
            self._move(apart.x(), apart.y())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None

    def _distance(self, mark: Mark, point: QPointF) -> float:
        apart = self.point_of(mark.latitude, mark.longitude) - point
        return math.hypot(apart.x(), apart.y())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colors = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colors.surface))
        painter.setFont(font(SMALL_PX))
        self._paint_lines(painter)
        self._paint_dots(painter)
        for mark in sorted(self._marks, key=lambda one: one.kind.value):
            point = self.point_of(mark.latitude, mark.longitude)
            radius_px = mark.radius_m / self._m_per_px
            paint_mark(painter, point, mark, radius_px, is_chosen=mark.id == self._chosen)
        counts = list(self._counts(painter))
        self._paint_labels(painter, [box for box, _text in counts])
        for box, text in counts:
            paint_count(painter, box, text)
        self._paint_bar(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colors.accent if self.hasFocus() else colors.line), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_lines(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(tokens().outline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in self._lines:
            painter.drawPolyline([self.point_of(*position) for position in line])

    def _paint_dots(self, painter: QPainter) -> None:
        dot = QColor(tokens().accent)
        dot.setAlpha(110)
        painter.setPen(QPen(dot, _DOT_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints([self.point_of(*position) for position in self._dots])

    def _counts(self, painter: QPainter) -> Iterator[tuple[QRectF, str]]:
        """Yield where the counts of clusters stand, and what they say."""
        for mark in self._marks:
            if mark.text:
                point = self.point_of(mark.latitude, mark.longitude)
                yield count_box(painter, point, mark, mark.radius_m / self._m_per_px), mark.text

    def _paint_labels(self, painter: QPainter, taken: list[QRectF]) -> None:
        """Write names where there is room, what matters most first."""
        colors, metrics = tokens(), painter.fontMetrics()
        order = sorted(self._marks, key=lambda one: (one.id != self._chosen, -one.kind.value))
        for mark in order:
            is_near = self._m_per_px <= _LABELS_M_PER_PX or mark.kind is not MarkKind.SCHOOL
            if not mark.name or not (is_near or mark.id == self._chosen):
                continue
            point = self.point_of(mark.latitude, mark.longitude)
            box = self._free_box(point, metrics.horizontalAdvance(mark.name) + 6, taken)
            if box is None:
                continue
            taken.append(box)
            ground = QColor(colors.surface)
            ground.setAlpha(215)
            painter.fillRect(box, ground)
            painter.setPen(QColor(colors.text if mark.id == self._chosen else colors.muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.name)

    def _free_box(self, point: QPointF, width: float, taken: list[QRectF]) -> QRectF | None:
        """Return where a name beside, or under, a point hides no other."""
        right = QRectF(point.x() + 9, point.y() - 8, width, 16)
        left = right.translated(-18 - width, 0)
        below = right.translated(-9 - width / 2, 17)
        inside = QRectF(self.rect())
        for box in (right, left, below):
            if inside.contains(box) and not any(map(box.intersects, taken)):
                return box
        return None

    def _paint_bar(self, painter: QPainter) -> None:
        """Draw how long a round distance is."""
        colors = tokens()
        metres = round_distance(_BAR_PX * self._m_per_px)
        wide = metres / self._m_per_px
        left, y = 16.0, self.height() - 18.0
        text = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
        painter.fillRect(QRectF(left - 8, y - 22, wide + 16, 32), QColor(colors.surface))
        painter.setPen(QPen(QColor(colors.text), 2))
        painter.drawLine(QPointF(left, y), QPointF(left + wide, y))
        for x in (left, left + wide):
            painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
        painter.setPen(QColor(colors.text))
        box = QRectF(left - 20, y - 21, wide + 40, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def round_distance(most: float) -> int:
    """Return the largest of 1, 2, 5, 10, 20, … metres up to ``most``; at least 1."""
    found = 1
    for power in range(8):
        for digit in (1, 2, 5):
            if digit * 10**power <= most:
                found = digit * 10**power
    return found


def _spread(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of nearly all values, so that one far away does not shrink the rest."""
    ordered = sorted(values)
    cut = len(ordered) // 100
    return ordered[cut], ordered[-1 - cut]
