"""What the documents of whole weeks say of the week that they are of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from planner import words
from planner.domain.calendar import holiday_name, is_free_day, school_note
from planner.domain.ids import StaffId
from planner.domain.roster import Shift
from planner.domain.staff import Absence, BoundTime, Standby
from planner.reports.week_edition import WeekDay
from planner.services.prints.day_facts import clock_change
from planner.services.prints.printable import PrintableWeek

_RecordT = TypeVar("_RecordT", Shift, Absence, BoundTime, Standby)


def week_edition(printed: PrintableWeek) -> dict[str, Any]:
    """Return the fields that every document of a week has."""
    plan = printed.plan
    return {
        "week": printed.week,
        "version": printed.number,
        "replaces": printed.replaces,
        "published_at": printed.published_at,
        "zone": plan.settings.zone,
        "clock_change": clock_change(printed.week.span(plan.zone), plan.zone),
        "notice": plan.settings.notice,
    }


def week_days(printed: PrintableWeek) -> tuple[WeekDay, ...]:
    """Return the days from Monday to Sunday, names in the language in force."""
    plan = printed.plan
    return tuple(
        WeekDay(
            day=day,
            occasion=holiday_name(plan, day, words.language()),
            school_break=school_note(plan, day),
            is_free=is_free_day(plan, day),
        )
        for day in printed.week.days
    )


def by_staff(records: Iterable[_RecordT]) -> Mapping[StaffId, list[_RecordT]]:
    """Return records by whose they are; nobody else has any."""
    of_staff: dict[StaffId, list[_RecordT]] = defaultdict(list)
    for record in records:
        of_staff[record.staff].append(record)
    return of_staff
