"""ISO weeks: what is generated, published and printed."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo

from typing_extensions import override

from planner.domain.spans import Span, day_span
from planner.domain.years import check_year
from planner.errors import InputError


@dataclass(frozen=True, slots=True, order=True)
class IsoWeek:
    """A week by ISO 8601, Monday to Sunday.

    Parameters
    ----------
    year
        The ISO year, which may differ from the calendar year around New Year.
    week
        1 to 52 or 53.
    """

    year: int
    week: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the week that ``day`` is in."""
        year, week, _ = day.isocalendar()
        return cls(year, week)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2026-W48``.

        Raises
        ------
        InputError
            ``week-unreadable``, ``date-out-of-range`` or ``week-missing`` (the year has no such
            week).
        """
        match = re.fullmatch(r"(\d{4})-?[Ww](\d{1,2})", text.strip())
        if match is None:
            raise InputError("week-unreadable", week=text)
        year, week = int(match[1]), int(match[2])
        check_year(year, text)
        try:
            date.fromisocalendar(year, week, 1)
        except ValueError:
            raise InputError("week-missing", week=text, year=year) from None
        return cls(year, week)

    @property
    def monday(self) -> date:
        """First day."""
        return date.fromisocalendar(self.year, self.week, 1)

    @property
    def days(self) -> tuple[date, ...]:
        """The seven days."""
        return _days(self.monday)

    def shifted(self, n_weeks: int) -> "IsoWeek":
        """Return the week ``n_weeks`` later; earlier when negative."""
        return IsoWeek.of(self.monday + timedelta(weeks=n_weeks))

    def span(self, zone: ZoneInfo) -> Span:
        """Return the week from local Monday midnight to the next."""
        return Span(day_span(self.days[0], zone).start, day_span(self.days[-1], zone).end)

    @override
    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.week:02d}"


@lru_cache(maxsize=512)  # asked for each person and place of a week
def _days(monday: date) -> tuple[date, ...]:
    return tuple(monday + timedelta(days=n) for n in range(7))
