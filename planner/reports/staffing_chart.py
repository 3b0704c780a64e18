"""The officers of a week hour by hour against what is needed, as a small chart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from planner import words
from planner.reports.coverage_sheet import CoverageSheet, StaffingHour
from planner.reports.document import (
    INK,
    LINE,
    MARGIN,
    SEMIBOLD,
    SOFT,
    Document,
    Style,
    set_text,
)
from planner.reports.shares import OWN_STAFF, PLANNED
from planner.words import _

_CHART = 74.0
_AXIS = 20.0
_DAYS = 15.0
_LEGEND = 20.0
_LABEL = Style(size=8, color=SOFT)
_DAY = Style(font=SEMIBOLD, size=8.5, color=SOFT)
_LEAST_LABEL = 24.0
_MARK = 4.0
_DASH = 2.5
_WIDEST = 14.0
"""Of an hour's column, however few there are."""


@dataclass(frozen=True, slots=True)
class StaffingChart:
    """A bar for each hour, a thick line at the minimum and a broken one at what is needed.

    Hours below the minimum are black and have a mark above the chart.
    """

    sheet: CoverageSheet
    height: float = _CHART + _DAYS + _LEGEND + _MARK + 6

    def draw(self, doc: Document, top: float, right: float) -> float:
        """Draw the chart and its legend."""
        hours = self.sheet.staffing
        most = max(max(hour.needed, hour.planned, hour.minimum, 1) for hour in hours)
        left = MARGIN + _AXIS
        column = min((right - left) / len(hours), _WIDEST)
        right = left + column * len(hours)
        foot = top + _MARK + 4 + _CHART
        step = _CHART / most
        for value in sorted({0, most // 2, most}):
            doc.rule(left, right, foot - value * step, weight=0.3)
            text = set_text(str(value), _LABEL, _AXIS)
            doc.text(text, left - 4, foot - value * step - text.height / 2, align="right")
        for number, hour in enumerate(hours):
            self._draw_hour(doc, hour, left + number * column, (column, step), foot)
        self._draw_days(doc, hours, left, column, foot)
        self._draw_legend(doc, foot + _DAYS + 4)
        return top + self.height

    def _draw_hour(
        self,
        doc: Document,
        hour: StaffingHour,
        left: float,
        scale: tuple[float, float],
        foot: float,
    ) -> None:
        column, step = scale
        is_short = hour.planned < hour.minimum
        bar = hour.planned * step
        if hour.planned:
            color = PLANNED if is_short else OWN_STAFF
            doc.box(left + column * 0.08, foot - bar, column * 0.84, bar, fill=color, radius=0)
        if is_short:
            doc.box(left, foot - _CHART - _MARK - 2, column, _MARK, fill=INK, radius=0)
        doc.rule(left, left + column, foot - hour.minimum * step, weight=1.4, color=INK)
        if hour.needed > hour.minimum:
            n_dashes = max(round(column / (2 * _DASH)), 1)
            dash = column / (2 * n_dashes)
            for n in range(n_dashes):
                start = left + 2 * n * dash
                doc.rule(start, start + dash, foot - hour.needed * step, weight=0.8, color=INK)

    def _draw_days(
        self,
        doc: Document,
        hours: Sequence[StaffingHour],
        left: float,
        column: float,
        foot: float,
    ) -> None:
        for day, first, n in _days(self.sheet, hours):
            x = left + first * column
            doc.box(x, foot - _CHART, 0.4, _CHART + _DAYS - 3, fill=LINE, radius=0)
            room = max(n * column - 4, _LEAST_LABEL)
            text = set_text(words.short_date(day), _DAY, room, smallest=5)
            doc.text(text, x + 3, foot + 2)

    def _draw_legend(self, doc: Document, top: float) -> None:
        x = MARGIN + _AXIS
        meanings = (
            ("bar", _("officers planned")),
            ("minimum", _("minimum staffing")),
            ("needed", _("needed by the work")),
            ("mark", _("below the minimum")),
        )
        for kind, meaning in meanings:
            middle = top + 5
            if kind == "bar":
                doc.box(x, top + 1, 14, 8, fill=OWN_STAFF, radius=0)
            elif kind == "minimum":
                doc.rule(x, x + 14, middle, weight=1.4, color=INK)
            elif kind == "needed":
                for start in (x, x + 5.5, x + 11):
                    doc.rule(start, start + 3, middle, weight=0.8, color=INK)
            else:
                doc.box(x, top, 14, _MARK, fill=INK, radius=0)
                doc.box(x, top + _MARK + 1, 14, 5, fill=PLANNED, radius=0)
            text = set_text(meaning, _LABEL, 150)
            doc.text(text, x + 18, middle - text.height / 2)
            x += 18 + text.width + 14


def _days(sheet: CoverageSheet, hours: Sequence[StaffingHour]) -> Iterator[tuple[date, int, int]]:
    """Yield each day with the number of its first hour and how many it has."""
    days = [hour.start.astimezone(sheet.tz).date() for hour in hours]
    for day in dict.fromkeys(days):
        yield day, days.index(day), days.count(day)
