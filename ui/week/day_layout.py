"""Where each person and each stretch of time lies in the timeline."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRect

from planner.domain.spans import Span
from planner.services.week.day_views import DayRow
from ui.week.day_axis import Axis

ROW_PX = 48
GROUP_PX = 26
_BAR_TOP_PX = 4
_BAR_PX = 39
_DUTY_TOP_PX = 17
_DUTY_PX = 20


class DayLayout:
    """Rows below each other, a heading above each group; distances from the top left corner."""

    def __init__(self, rows: Sequence[DayRow], axis: Axis) -> None:
        self.axis = axis
        self.tops: list[int] = []
        self.groups: list[tuple[int, int]] = []
        """Top of each group's heading, and the number of its first row."""
        at, group = 0, None
        for number, row in enumerate(rows):
            if (row.employer, row.squad) != group:
                group = (row.employer, row.squad)
                self.groups.append((at, number))
                at += GROUP_PX
            self.tops.append(at)
            at += ROW_PX
        self.height_px = at

    def row_at(self, y: int) -> int:
        """Return the row at a height; -1 for a heading or below the last."""
        number = bisect_right(self.tops, y) - 1
        return number if number >= 0 and y < self.tops[number] + ROW_PX else -1

    def rows_between(self, top: int, bottom: int) -> range:
        """Return the rows that have a part between two heights."""
        first = max(bisect_right(self.tops, top) - 1, 0)
        return range(first, bisect_right(self.tops, bottom))

    def bar(self, row: int, span: Span) -> QRect:
        """Return where a part of a shift lies."""
        return self._box(row, span, _BAR_TOP_PX, _BAR_PX)

    def duty(self, row: int, span: Span) -> QRect:
        """Return where a duty lies: in the lower part of its shift."""
        return self._box(row, span, _BAR_TOP_PX + _DUTY_TOP_PX, _DUTY_PX)

    def _box(self, row: int, span: Span, top: int, height: int) -> QRect:
        left, right = self._x(span.start), self._x(span.end)
        return QRect(left, self.tops[row] + top, max(right - left, 2), height)

    def _x(self, at: datetime) -> int:
        return round(self.axis.x(at))
