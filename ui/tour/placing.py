"""Where the bubble stands beside what it tells of."""

from PySide6.QtCore import QPoint, QRect, QSize

GAP_PX = 16
MARGIN_PX = 12
_HALF_PX = 9
_CLEAR_PX = 4
_LEAST_PX = 6


def place_beside(bubble: QSize, target: QRect, room: QRect) -> QRect:
    """Return where the bubble stands: below, above, right or left of ``target``, where it fits.

    When no side has room it stands over the lower middle of the target. It is always inside
    ``room`` when ``room`` is large enough for it.
    """
    inner = room.adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
    middle = target.center() - QPoint(bubble.width() // 2, bubble.height() // 2)
    sides = (
        QPoint(middle.x(), target.bottom() + 1 + GAP_PX),
        QPoint(middle.x(), target.top() - GAP_PX - bubble.height()),
        QPoint(target.right() + 1 + GAP_PX, middle.y()),
        QPoint(target.left() - GAP_PX - bubble.width(), middle.y()),
    )
    for corner in sides:
        stand = _pushed_inside(QRect(corner, bubble), inner)
        if inner.contains(stand) and not stand.intersects(target):
            return stand
    low = target.intersected(room).bottom() - bubble.height() - GAP_PX
    return _pushed_inside(QRect(QPoint(middle.x(), low), bubble), inner)


def place_in_middle(bubble: QSize, room: QRect) -> QRect:
    """Return where the bubble stands when it tells of nothing that can be seen."""
    stand = QRect(QPoint(0, 0), bubble)
    stand.moveCenter(room.center())
    return stand


def tip_of(stand: QRect, target: QRect) -> tuple[QPoint, QPoint, QPoint] | None:
    """Return the triangle that points from the bubble to ``target``; none when it is too near."""
    across = _shared(stand.left(), stand.right(), target.left(), target.right())
    if across is not None:
        is_below = stand.top() > target.bottom()
        edge = stand.top() if is_below else stand.bottom() + 1
        out = edge - target.bottom() - _CLEAR_PX if is_below else target.top() - edge - _CLEAR_PX
        end = edge - out if is_below else edge + out
        tip = QPoint(across - _HALF_PX, edge), QPoint(across + _HALF_PX, edge), QPoint(across, end)
    else:
        down = _shared(stand.top(), stand.bottom(), target.top(), target.bottom())
        if down is None:
            return None
        is_right = stand.left() > target.right()
        edge = stand.left() if is_right else stand.right() + 1
        out = edge - target.right() - _CLEAR_PX if is_right else target.left() - edge - _CLEAR_PX
        end = edge - out if is_right else edge + out
        tip = QPoint(edge, down - _HALF_PX), QPoint(edge, down + _HALF_PX), QPoint(end, down)
    return tip if out >= _LEAST_PX else None


def _shared(start: int, end: int, other_start: int, other_end: int) -> int | None:
    """Return the middle of what two stretches share; nothing when they share nothing."""
    first, last = max(start, other_start), min(end, other_end)
    return (first + last) // 2 if first <= last else None


def _pushed_inside(stand: QRect, room: QRect) -> QRect:
    pushed = QRect(stand)
    pushed.moveRight(min(pushed.right(), room.right()))
    pushed.moveBottom(min(pushed.bottom(), room.bottom()))
    pushed.moveLeft(max(pushed.left(), room.left()))
    pushed.moveTop(max(pushed.top(), room.top()))
    return pushed
