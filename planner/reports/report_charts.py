"""The small charts of a report: weeks as bars, months as dots with the range that they fit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.outcome import MonthPart, OutcomeMonth
from planner.domain.tallies import Tally
from planner.domain.weeks import IsoWeek
from planner.reports.document import (
    INK,
    LINE,
    MARGIN,
    PAPER,
    SOFT,
    TINT,
    Document,
    Style,
    set_text,
)
from planner.reports.report_blocks import MonthDots, WeekBars
from planner.reports.shares import OWN_STAFF, PLANNED, draw_column
from planner.words import _

_CHART = 92.0
_AXIS = 26.0
_LABELS = 14.0
_LEGEND = 20.0
_ABOVE = 8.0
_LABEL = Style(size=8, color=SOFT)
_WIDEST = 26.0
_DOT = 5.0
_STEPS = tuple(n * 10**power for power in range(6) for n in (1, 2, 5))
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class WeekChart:
    """A column for each week, as high as what was promised in it."""

    block: WeekBars
    height: float = _ABOVE + _CHART + _LABELS + _LEGEND + 4

    def draw(self, doc: Document, top: float, right: float) -> float:
        """Draw the chart and its legend."""
        weeks = self.block.weeks
        most = max((tally.promised for _week, tally in weeks), default=0) or 1
        left, foot = MARGIN + _AXIS, top + _ABOVE + _CHART
        column = min((right - left) / max(len(weeks), 1), _WIDEST)
        end = left + column * len(weeks)
        draw_axis(doc, (left, end), foot, most)
        for number, (_week, tally) in enumerate(weeks):
            x = left + number * column
            height = _CHART * tally.promised / most
            if tally.to_come:
                doc.box(x + column * 0.12, foot - height, column * 0.76, height, fill=LINE,
                        radius=0)  # fmt: skip
                doc.box(x + column * 0.12 + 0.6, foot - height + 0.6, column * 0.76 - 1.2,
                        max(height - 1.2, 0), fill=TINT, radius=0)  # fmt: skip
            draw_column(doc, tally, x + column * 0.12, foot, (column * 0.76, _CHART / most))
        self._draw_weeks(doc, weeks, left, column, foot)
        self._draw_legend(doc, foot + _LABELS + 4)
        return top + self.height

    @staticmethod
    def _draw_weeks(
        doc: Document,
        weeks: Sequence[tuple[IsoWeek, Tally]],
        left: float,
        column: float,
        foot: float,
    ) -> None:
        every = max(1, round(14 / column + 0.49))
        for number, (week, _tally) in enumerate(weeks):
            if number % every == 0:
                text = set_text(str(week.week), _LABEL, 20)
                middle = left + (number + 0.5) * column
                doc.text(text, middle - text.width / 2, foot + 2)

    def _draw_legend(self, doc: Document, top: float) -> None:
        x = draw_key(doc, MARGIN + _AXIS, top, has_to_come=self.block.has_to_come)
        text = set_text(_("Columns: weeks; height: what was promised"), _LABEL, 260)
        doc.text(text, x, top)


@dataclass(frozen=True, slots=True)
class PartsKey:
    """What the shades of bars mean."""

    height: float = 16.0

    def draw(self, doc: Document, top: float, _right: float) -> float:
        """Draw it."""
        draw_key(doc, MARGIN, top + 5)
        return top + self.height


def draw_key(doc: Document, x: float, top: float, *, has_to_come: bool = False) -> float:
    """Draw what the shades of bars mean, and return where it ends."""
    meanings = [(PLANNED, _("done")), (OWN_STAFF, _("not done")), (PAPER, _("not reported"))]
    if has_to_come:
        meanings.append((TINT, _("to come")))
    for color, meaning in meanings:
        doc.box(x, top + 1, 12, 8, fill=SOFT, radius=0)
        doc.box(x + 0.6, top + 1.6, 10.8, 6.8, fill=color, radius=0)
        text = set_text(meaning, _LABEL, 150)
        doc.text(text, x + 16, top)
        x += 16 + text.width + 16
    return x


@dataclass(frozen=True, slots=True)
class MonthChart:
    """A dot for each month's count and a line over the range that it fits.

    Months of the promise stand on a grey ground; one without a number has a dash.
    """

    block: MonthDots
    height: float = _ABOVE + _CHART + 2 * _LABELS + _LEGEND

    def draw(self, doc: Document, top: float, right: float) -> float:
        """Draw the chart and its legend."""
        months = self.block.series.months
        most = max(1.0, *(month.high for month in months))
        left, foot = MARGIN + _AXIS, top + _ABOVE + _CHART
        column = min((right - left) / max(len(months), 1), _WIDEST)
        step = _CHART / most
        for number, month in enumerate(months):
            if month.part in {MonthPart.WITHIN, MonthPart.PARTLY}:
                x = left + number * column
                width = column if month.part is MonthPart.WITHIN else column / 2
                x += column - width
                doc.box(x, foot - _CHART, width, _CHART, fill=TINT, radius=0)
        draw_axis(doc, (left, left + column * len(months)), foot, max(most, 1.0))
        for number, month in enumerate(months):
            self._draw_month(doc, month, left + (number + 0.5) * column, foot, step)
        self._draw_months(doc, months, left, column, foot)
        self._draw_legend(doc, foot + 2 * _LABELS + 2)
        return top + self.height

    @staticmethod
    def _draw_month(
        doc: Document, month: OutcomeMonth, middle: float, foot: float, step: float
    ) -> None:
        if month.n is None:
            doc.rule(middle - 3, middle + 3, foot - 4, weight=1.0, color=SOFT)
            return
        high, low = foot - month.high * step, foot - month.low * step
        doc.box(middle - 0.5, high, 1.0, low - high, fill=INK, radius=0)
        for end in (high, low):
            doc.rule(middle - 2.5, middle + 2.5, end, weight=1.0, color=INK)
        at = foot - month.n * step
        doc.box(middle - _DOT / 2, at - _DOT / 2, _DOT, _DOT, fill=INK, radius=_DOT / 2)

    @staticmethod
    def _draw_months(
        doc: Document, months: Sequence[OutcomeMonth], left: float, column: float, foot: float
    ) -> None:
        every = max(1, round(14 / column + 0.49))
        for number, month in enumerate(months):
            middle = left + (number + 0.5) * column
            if number % every == 0:
                text = set_text(str(month.month.month), _LABEL, 20)
                doc.text(text, middle - text.width / 2, foot + 2)
            if number == 0 or month.month.month == 1:
                text = set_text(str(month.month.year), _LABEL, 40)
                doc.text(text, middle - 4, foot + 2 + _LABELS - 2)

    @staticmethod
    def _draw_legend(doc: Document, top: float) -> None:
        x = MARGIN + _AXIS
        doc.box(x + 3.5, top + 2, _DOT, _DOT, fill=INK, radius=_DOT / 2)
        text = set_text(_("reports of the month"), _LABEL, 150)
        doc.text(text, x + 16, top)
        x += 32 + text.width
        doc.box(x + 5.5, top, 1, 9, fill=INK, radius=0)
        text = set_text(_("the range that the count fits (95 %)"), _LABEL, 200)
        doc.text(text, x + 16, top)
        x += 32 + text.width
        doc.box(x, top, 12, 9, fill=TINT, radius=0)
        text = set_text(_("the period of the promise"), _LABEL, 150)
        doc.text(text, x + 16, top)


def draw_axis(doc: Document, ends: tuple[float, float], foot: float, most: float) -> None:
    """Draw level lines at round numbers from 0 to ``most``."""
    left, right = ends
    step = next(step for step in _STEPS if most / step <= _MOST_LINES)
    for value in range(0, math.floor(most) + 1, step):
        at = foot - _CHART * value / max(most, 1)
        doc.rule(left, right, at, weight=0.3)
        text = set_text(str(value), _LABEL, _AXIS)
        doc.text(text, left - 4, at - text.height / 2, align="right")
