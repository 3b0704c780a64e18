"""Which days are school days, and why the others are not."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import holidays

from planner.domain.plan import Plan
from planner.domain.schools import ChangedDay, DayKind, PeriodKind, School, SchoolPeriod


class SchoolDayKind(StrEnum):
    """What a date is for a school."""

    SCHOOL_DAY = "school_day"
    HALF_DAY = "half_day"
    OUTING = "outing"
    STUDY_DAY = "study_day"
    CLOSED = "closed"
    BREAK = "break"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"


_CHANGED = {
    DayKind.STUDY_DAY: SchoolDayKind.STUDY_DAY,
    DayKind.HALF_DAY: SchoolDayKind.HALF_DAY,
    DayKind.OUTING: SchoolDayKind.OUTING,
    DayKind.CLOSED: SchoolDayKind.CLOSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolDay:
    """A date as a school sees it.

    Parameters
    ----------
    name
        Of the holiday or break; empty for other kinds.
    change
        The changed day that makes it so, if one does.
    """

    kind: SchoolDayKind
    name: str = ""
    change: ChangedDay | None = None

    @property
    def has_school(self) -> bool:
        """Tell whether pupils come and go, so that contact windows exist."""
        return self.kind in {SchoolDayKind.SCHOOL_DAY, SchoolDayKind.HALF_DAY, SchoolDayKind.OUTING}


@lru_cache(maxsize=64)
def _holidays_of(year: int, language: str) -> dict[date, str]:
    # include_sundays is passed since its default changed between releases of the library; eves
    # are "de facto": law counts them as free although the holidays act does not list them.
    found = holidays.country_holidays(
        "SE",
        years=year,
        language="sv" if language == "sv" else "en_US",
        categories=("public", "de_facto"),
        include_sundays=False,
    )
    return {day: str(name) for day, name in found.items() if day.year == year}


def holiday_name(plan: Plan, day: date, language: str | None = None) -> str:
    """Return the public holiday's name in the plan's language, or an empty text."""
    return _holidays_of(day.year, language or plan.settings.language).get(day, "")


def is_free_day(plan: Plan, day: date) -> bool:
    """Tell whether ``day`` is a Saturday, a Sunday or a public holiday."""
    return day.isoweekday() >= 6 or bool(holiday_name(plan, day))


def school_note(plan: Plan, day: date) -> str:
    """Return the name of the school break that ``day`` is in, or an empty text."""
    found = _period(plan, PeriodKind.BREAK, day)
    return found.name if found else ""


def school_day(plan: Plan, school: School, day: date) -> SchoolDay:
    """Return what ``day`` is for ``school``; the school's own changed day beats a common one."""
    name = holiday_name(plan, day)
    if name:
        return SchoolDay(kind=SchoolDayKind.HOLIDAY, name=name)
    if day.isoweekday() >= 6:
        return SchoolDay(kind=SchoolDayKind.WEEKEND)
    pause = _period(plan, PeriodKind.BREAK, day)
    if pause is not None:
        return SchoolDay(kind=SchoolDayKind.BREAK, name=pause.name)
    if _period(plan, PeriodKind.TERM, day) is None:
        return SchoolDay(kind=SchoolDayKind.BREAK)
    changes = [
        change
        for change in plan.changed_days
        if change.day == day and change.school in {None, school.id}
    ]
    if changes:
        change = max(changes, key=lambda change: change.school is not None)
        return SchoolDay(kind=_CHANGED[change.kind], change=change)
    return SchoolDay(kind=SchoolDayKind.SCHOOL_DAY)


def _period(plan: Plan, kind: PeriodKind, day: date) -> SchoolPeriod | None:
    for period in plan.school_periods:
        if period.kind == kind and period.first_day <= day <= period.last_day:
            return period
    return None
