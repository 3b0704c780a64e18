"""A week as tables for other programs, with the ids of the plan."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from planner.domain.counting import target_min, week_counted_min
from planner.domain.duties import Duty
from planner.domain.ids import DutyId
from planner.domain.plan import Plan
from planner.domain.roster import Roster
from planner.exchange.shifts import ShiftRow, shift_rows
from planner.exchange.tables import Table


def week_tables(plan: Plan, roster: Roster, duties: Mapping[DutyId, Duty]) -> Iterator[Table]:
    """Yield a week's shifts, as an import reads them, and its assignments, duties, hours and gaps.

    People go by their display names. An assignment whose duty nothing asks for any more has its id
    only.
    """
    columns = tuple(field.name for field in fields(ShiftRow))
    rows = (row for shift in roster.shifts for row in shift_rows(shift))
    shown = tuple(tuple(getattr(row, column) for column in columns) for row in rows)
    yield Table(name="shifts", columns=columns, rows=shown)
    yield _assignments(plan, roster, duties)
    yield Table(
        name="duties",
        columns=(
            *("duty", "kind", "title", "day", "site", "meeting_place", "earliest_start"),
            *("latest_start", "duration_min", "heads", "is_crew", "skills", "priority"),
        ),
        rows=tuple(
            (
                *(duty.id, duty.kind, duty.title, duty.day, duty.site, duty.meeting_place),
                *(duty.earliest_start, duty.latest_start, duty.duration_min, duty.heads),
                *(duty.is_crew, tuple(sorted(duty.skills)), duty.priority),
            )
            for duty in duties.values()
        ),
    )
    yield Table(
        name="hours",
        columns=("staff", "name", "counted_min", "target_min"),
        rows=tuple(
            (
                member.id,
                member.display_name,
                week_counted_min(plan, member.id, roster.week, roster.shifts),
                target_min(plan, member.id, roster.week),
            )
            for member in plan.staff
        ),
    )
    yield _gaps(roster)


def _assignments(plan: Plan, roster: Roster, duties: Mapping[DutyId, Duty]) -> Table:
    people = plan.staff_by_id
    rows = []
    for done in roster.assignments:
        duty, member = duties.get(done.duty), people.get(done.staff)
        kind, title = (duty.kind, duty.title) if duty else (None, None)
        name = member.display_name if member else None
        rows.append(
            (done.duty, kind, title, done.staff, name, done.start, done.end, done.is_locked)
        )
    columns = ("duty", "kind", "title", "staff", "name", "start", "end", "locked")
    return Table(name="assignments", columns=columns, rows=tuple(rows))


def _gaps(roster: Roster) -> Table:
    return Table(
        name="gaps",
        columns=("title", "start", "end", "missing", "reason", "proved", "duty", "need"),
        rows=tuple(
            (
                *(gap.title, gap.span.start, gap.span.end, gap.missing, gap.reason),
                *(gap.is_proved, gap.duty, gap.need),
            )
            for gap in roster.gaps
        ),
    )
