"""What a report-back is counted from, as tables and JSON, so that anybody can count again.

No person is in them, and no hour at which anybody was anywhere: duties go by numbers of their own,
since the ids of windows often tell their hour.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from planner.domain.follow_up import PromiseFollowUp
from planner.domain.followed_duties import FollowedDuty
from planner.domain.ids import DutyId
from planner.domain.places import MeetingKind
from planner.domain.plan import Plan
from planner.domain.promises import Delivery, PlannedDuty
from planner.exchange.tables import Table
from planner.exchange.values import to_cell

VERSION = 1
"""Of the JSON document; its schema is ``resources/schemas/report-back-1.json``."""


def report_back_tables(
    plan: Plan,
    found: PromiseFollowUp,
    planned: Iterable[PlannedDuty],
    deliveries: Iterable[Delivery],
) -> tuple[Table, ...]:
    """Return what a follow-up is counted from: what was promised, planned and reported.

    Parameters
    ----------
    planned, deliveries
        Of the weeks of the period.
    """
    planned, deliveries = tuple(planned), tuple(deliveries)
    numbers = _numbered(found, planned, deliveries)
    planned = tuple(sorted(planned, key=lambda one: numbers[one.duty]))  # by start they would tell
    return (
        *_promised(found, numbers),
        Table(
            name="planned",
            columns=("duty", "week", "day", "kind", "place", "is_first", "covered_by"),
            rows=tuple(
                (
                    *(numbers[one.duty], one.week, one.day, one.kind, one.place),
                    *(one.is_first, one.covered_by),
                )
                for one in planned
            ),
        ),
        Table(
            name="deliveries",
            columns=("duty", "week", "state", "reason"),
            rows=tuple((numbers[one.duty], one.week, one.state, one.reason) for one in deliveries),
        ),
        *_walks(plan, found),
        Table(
            name="revisions",
            columns=("day", "first_day", "reason", "n_before", "n_after"),
            rows=tuple(
                (
                    one.at.astimezone(plan.zone).date(),
                    *(one.first_day, one.reason, one.n_before, one.n_after),
                )
                for one in found.revisions
            ),
        ),
        Table(
            name="reported_crimes",
            columns=("month", "kind", "area", "n", "source"),
            rows=tuple(
                (one.month, one.kind, one.area, one.n, one.source) for one in plan.outcome_counts
            ),
        ),
        Table(
            name="schools",
            columns=("school", "name"),
            rows=tuple((one.id, one.name) for one in plan.schools),
        ),
    )


def report_back_json(
    head: Mapping[str, object], figures: Mapping[str, Any], tables: Iterable[Table], zone: ZoneInfo
) -> dict[str, object]:
    """Return tables and every number of the report by its name as one JSON document."""
    return {
        "format": "narvaro-report-back",
        "version": VERSION,
        "report": {name: _json(value, zone) for name, value in head.items()},
        "figures": dict(figures),
        "tables": {
            table.name: [
                {
                    column: _json(value, zone)
                    for column, value in zip(table.columns, row, strict=True)
                }
                for row in table.rows
            ]
            for table in tables
        },
    }


def _numbered(
    found: PromiseFollowUp, planned: Iterable[PlannedDuty], deliveries: Iterable[Delivery]
) -> dict[DutyId, int]:
    """Return a number for each duty, from 1."""
    known = {one.duty for measure in found.measures for one in measure.duties}
    known |= {one.duty for one in planned} | {one.duty for one in deliveries}
    return {duty: number for number, duty in enumerate(sorted(known), start=1)}


def _meeting(duty: FollowedDuty) -> MeetingKind | None:
    """Return which meeting of a walk a duty is of."""
    return next(
        (kind for kind in MeetingKind if duty.duty.startswith(f"{duty.place}-{kind}/")), None
    )


def _promised(found: PromiseFollowUp, numbers: Mapping[DutyId, int]) -> Iterable[Table]:
    yield Table(
        name="measures",
        columns=("measure", "kind", "name", "party", "place", "target"),
        rows=tuple(
            (one.measure.id, one.measure.kind, one.measure.name, one.measure.party,
             one.measure.place, one.measure.target)
            for one in found.measures
        ),
    )  # fmt: skip
    yield Table(
        name="duties",
        columns=("measure", "duty", "week", "day", "place", "title", "meeting", "is_promised"),
        rows=tuple(
            (
                *(one.measure, numbers[one.duty], one.week, one.day, one.place, one.title),
                *(_meeting(one), one.is_promised),
            )
            for measure in found.measures
            for one in measure.duties
        ),
    )


def _walks(plan: Plan, found: PromiseFollowUp) -> Iterable[Table]:
    walks = {walk.walk for measure in found.measures for walk in measure.walks}
    yield Table(
        name="meetings",
        columns=("walk", "meeting", "day"),
        rows=tuple(
            (one.walk, one.kind, one.start.astimezone(plan.zone).date())
            for one in plan.walk_meetings
            if one.walk in walks
        ),
    )
    yield Table(
        name="actions",
        columns=("walk", "text", "responsible", "due_day", "done_day"),
        rows=tuple(
            (one.walk, one.text, one.responsible, one.due_day, one.done_day)
            for one in plan.walk_actions
            if one.walk in walks
        ),
    )


def _json(value: object, zone: ZoneInfo) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return to_cell(value, zone)
