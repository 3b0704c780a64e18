"""A week as one JSON document that needs nothing else to be read or checked.

People go by their display names; the cause of an absence and the title of bound time stay behind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from planner.domain.calendar import holiday_name, is_free_day
from planner.domain.counting import target_min, week_counted_min
from planner.domain.duties import Duty
from planner.domain.plain import plain, record
from planner.domain.plan import Plan, PlanSettings
from planner.domain.records import record_type
from planner.domain.roster import Assignment, LevelResult, Roster, Shift
from planner.domain.rules import Rule
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek

FORMAT: Final = "narvaro-week/1"
"""Name and version of the document; its schema is ``resources/schemas/week-1.json``."""

_SETS = (
    "employers",
    "skills",
    "rule_books",
    "credited_hours",
    "squads",
    "staff",
    "staff_skills",
    "contracts",
    "opening_balances",
    "unavailabilities",
    "shift_types",
    "shift_parts",
    "sites",
    "schools",
    "school_contacts",
    "hotspots",
    "safety_walks",
    "information_sessions",
    "staffing_needs",
)
"""Record sets that go into the document whole."""

_PLAN_SETS = (*_SETS, "rules", "absences", "bound_times", "standbys", "wishes")
"""Record sets that the document has something of."""


@dataclass(frozen=True, kw_only=True)
class WeekContents:
    """All that the document says of a week.

    Parameters
    ----------
    reach
        The time whose shifts and absences matter to the week.
    before, after
        Shifts of the days around the week, inside ``reach``.
    travel_min
        Minutes between sites by mode, as the engine reckons.
    """

    plan: Plan
    roster: Roster
    duties: tuple[Duty, ...]
    reach: Span
    before: tuple[Shift, ...]
    after: tuple[Shift, ...]
    travel_min: Mapping[str, Mapping[tuple[str, str], int]]


def week_to_json(contents: WeekContents) -> dict[str, Any]:
    """Return the document as values of JSON."""
    plan, roster = contents.plan, contents.roster
    zone, week = plan.zone, roster.week

    def listed(records: Iterable[object]) -> list[Any]:
        return [plain(one, zone) for one in records]

    return {
        "format": FORMAT,
        "week": str(week),
        "span": plain(week.span(zone), zone),
        "generated_at": plain(roster.generated_at, zone),
        "settings": plain(plan.settings, zone),
        "calendar": [
            {"day": str(day), "is_free": is_free_day(plan, day), "holiday": holiday_name(plan, day)}
            for day in week.days
        ],
        **{name: listed(getattr(plan, name)) for name in _SETS},
        "rules": listed(_rules_in_force(plan, week)),
        **{
            name: listed(one for one in getattr(plan, name) if one.span.overlaps(contents.reach))
            for name in ("absences", "bound_times", "standbys")
        },
        "wishes": listed(wish for wish in plan.wishes if wish.day in week.days),
        "travel_min": _nested(contents.travel_min),
        "duties": listed(contents.duties),
        "shifts": listed(roster.shifts),
        "assignments": listed(roster.assignments),
        "hours": _hours(plan, roster),
        "levels": listed(roster.levels),
        "carry_over": {"before": listed(contents.before), "after": listed(contents.after)},
    }


def roster_from_json(data: Mapping[str, Any]) -> Roster:
    """Return the roster of a document that :func:`week_to_json` made.

    Raises
    ------
    KeyError, TypeError, ValueError
        The data is not such a document.
    """
    return Roster(
        week=IsoWeek.parse(data["week"]),
        shifts=tuple(record(Shift, shift) for shift in data["shifts"]),
        assignments=tuple(record(Assignment, done) for done in data["assignments"]),
        levels=tuple(record(LevelResult, level) for level in data["levels"]),
    )


def shifts_around_from_json(data: Mapping[str, Any]) -> tuple[Shift, ...]:
    """Return the shifts before and after the week of a document of :func:`week_to_json`.

    Raises
    ------
    KeyError, TypeError, ValueError
        The data is not such a document.
    """
    carried = data["carry_over"]
    return tuple(record(Shift, one) for one in (*carried["before"], *carried["after"]))


def plan_from_json(data: Mapping[str, Any]) -> Plan:
    """Return what a document that :func:`week_to_json` made says of the plan.

    People have no other names than those shown; bells, school periods, presence windows and base
    rosters are not in it, for the duties that were made of them are.

    Raises
    ------
    KeyError, TypeError, ValueError
        The data is not such a document.
    """
    people = [one | {"name": one["display_name"]} for one in data["staff"]]
    records = {name: data[name] for name in _PLAN_SETS} | {"staff": people}
    return Plan(
        settings=record(PlanSettings, data["settings"]),
        **{
            name: tuple(record(record_type(name), one) for one in found)
            for name, found in records.items()
        },
    )


def duties_from_json(data: Mapping[str, Any]) -> tuple[Duty, ...]:
    """Return the duties of a document that :func:`week_to_json` made.

    Raises
    ------
    KeyError, TypeError, ValueError
        The data is not such a document.
    """
    return tuple(record(Duty, one) for one in data["duties"])


def _rules_in_force(plan: Plan, week: IsoWeek) -> Iterable[Rule]:
    """Return the rule of each book and key that holds on the week's Monday."""
    latest: dict[tuple[str, str], Rule] = {}
    for rule in sorted(plan.rules, key=lambda rule: rule.first_day):
        if rule.first_day <= week.monday:
            latest[rule.rule_book, rule.key] = rule
    return latest.values()


def _nested(
    matrices: Mapping[str, Mapping[tuple[str, str], int]],
) -> dict[str, dict[str, dict[str, int]]]:
    nested: dict[str, dict[str, dict[str, int]]] = {}
    for mode, matrix in matrices.items():
        rows: dict[str, dict[str, int]] = {}
        for (start, end), minutes in matrix.items():
            rows.setdefault(start, {})[end] = minutes
        nested[mode] = rows
    return nested


def _hours(plan: Plan, roster: Roster) -> list[dict[str, Any]]:
    return [
        {
            "staff": member.id,
            "counted_min": week_counted_min(plan, member.id, roster.week, roster.shifts),
            "target_min": target_min(plan, member.id, roster.week),
        }
        for member in plan.staff
    ]
