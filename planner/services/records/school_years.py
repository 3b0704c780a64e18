"""A new school year made of the last one, as a proposal to edit."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.changes import Change
from planner.domain.plan import Plan
from planner.domain.schools import PeriodKind, SchoolPeriod
from planner.errors import ConflictError, InputError
from planner.services.records.bundles import Bundle, completed

_FIRST_MONTH = 7
"""A school year begins in July or later and ends in June."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolYearProposal:
    """What a new school year could be, and what it was made of.

    Parameters
    ----------
    changes
        A new term or break each.
    source_first, source_last
        First and last day of the school year that was copied.
    n_weeks
        So many weeks were its days moved.
    n_left_out
        Breaks that would lie outside the new year.
    """

    changes: tuple[Change, ...]
    source_first: date
    source_last: date
    n_weeks: int
    n_left_out: int

    @property
    def periods(self) -> tuple[SchoolPeriod, ...]:
        """The new terms and breaks, by day."""
        return tuple(change.after for change in self.changes if change.after is not None)


def new_school_year(plan: Plan, first_day: date, last_day: date) -> SchoolYearProposal:
    """Return the plan's last school year moved to another, to be edited and then saved.

    Terms and breaks move by whole weeks, so that each keeps its weekdays; then the first term
    begins on ``first_day`` and the last ends on ``last_day``. Bells, contacts and schools have no
    year and stay; changed days are not copied, as they differ each year.

    Raises
    ------
    InputError
        ``end-before-start``
    ConflictError
        ``school-year-missing`` when the plan has no term to copy, ``school-year-there`` when it
        has terms in those days.
    """
    if last_day <= first_day:
        raise InputError("end-before-start")
    terms = [period for period in plan.school_periods if period.kind is PeriodKind.TERM]
    if not terms:
        raise ConflictError("school-year-missing")
    if any(term.first_day <= last_day and first_day <= term.last_day for term in terms):
        raise ConflictError("school-year-there", first=first_day, last=last_day)
    year = max(_school_year(term) for term in terms)
    source = sorted(
        (period for period in plan.school_periods if _school_year(period) == year),
        key=lambda period: period.first_day,
    )
    old = [period for period in source if period.kind is PeriodKind.TERM]
    first, last = old[0], max(old, key=lambda term: term.last_day)
    n_weeks = round((first_day - first.first_day).days / 7)
    moved = []
    for period in source:
        new = _moved(period, n_weeks, years=_year_of(first_day) - year)
        if period is first:
            new = replace(new, first_day=first_day)
        if period is last:
            new = replace(new, last_day=last_day)
        moved.append(new)
    kept = [one for one in moved if first_day <= one.first_day <= one.last_day <= last_day]
    return SchoolYearProposal(
        changes=_additions(plan, kept),
        source_first=first.first_day,
        source_last=last.last_day,
        n_weeks=n_weeks,
        n_left_out=len(moved) - len(kept),
    )


def _school_year(period: SchoolPeriod) -> int:
    return _year_of(period.first_day)


def _year_of(day: date) -> int:
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def _moved(period: SchoolPeriod, n_weeks: int, *, years: int) -> SchoolPeriod:
    by = timedelta(weeks=n_weeks)
    return replace(
        period,
        id="",
        name=re.sub(r"\b(19|20)\d\d\b", lambda year: str(int(year[0]) + years), period.name),
        first_day=period.first_day + by,
        last_day=period.last_day + by,
    )


def _additions(plan: Plan, periods: list[SchoolPeriod]) -> tuple[Change, ...]:
    changes = []
    for period in periods:
        record = completed(plan, Bundle(set_name="school_periods", record=period)).record
        plan = replace(plan, school_periods=(*plan.school_periods, record))
        changes.append(Change(set_name="school_periods", before=None, after=record))
    return tuple(changes)
