"""Editions of the schools' sheets: which of them say something new."""

from collections.abc import Mapping
from dataclasses import replace

from planner import clock
from planner.domain.demand import make_duties
from planner.domain.ids import DutyId, SchoolId
from planner.domain.roster import Roster
from planner.domain.weeks import IsoWeek
from planner.reports.school_sheet import OfficeSheet
from planner.reports.sheet_json import sheet_content_hash
from planner.reports.sheet_news import with_news
from planner.services.plans import OpenPlan
from planner.services.publish.sheets import SheetMaker, uncovered
from planner.services.roster.views import Decision


def edition(sheet: OfficeSheet, old: OfficeSheet | None) -> OfficeSheet:
    """Return the sheet as it goes to the school: the one it has, or the next version, marked."""
    if old is None:
        return sheet
    if sheet_content_hash(old) == sheet_content_hash(sheet):
        return old
    return replace(with_news(sheet, old), version=old.version + 1, replaces=old.version)


def changed_sheets(
    old: Mapping[SchoolId, OfficeSheet], sheets: Mapping[SchoolId, OfficeSheet]
) -> tuple[SchoolId, ...]:
    """Return the schools whose sheet is another version than the old one, or the first."""
    return tuple(
        school
        for school, sheet in sheets.items()
        if school not in old or sheet.version != old[school].version
    )


def new_sheets(
    open_plan: OpenPlan, roster: Roster, old: Mapping[SchoolId, OfficeSheet]
) -> tuple[SchoolId, ...]:
    """Return the schools that get a new sheet when ``roster`` is published.

    A window that is not decided yet makes its school's sheet a new one.
    """
    sheets = draft_sheets(open_plan, roster, old)
    made = decisions_made(open_plan, roster.week)
    open_windows = uncovered(make_duties(open_plan.plan, roster.week), roster)
    changed = set(changed_sheets(old, sheets))
    undecided = {duty.source for duty in open_windows if duty.id not in made}
    return tuple(school for school in sheets if school in changed or school in undecided)


def draft_sheets(
    open_plan: OpenPlan, roster: Roster, old: Mapping[SchoolId, OfficeSheet]
) -> dict[SchoolId, OfficeSheet]:
    """Return the sheets that publishing ``roster`` would bring.

    Of windows that are not decided yet they say that the school's own staff is there.
    """
    plan = open_plan.plan
    duties = make_duties(plan, roster.week)
    made = decisions_made(open_plan, roster.week)
    open_windows = uncovered(duties, roster)
    maker = SheetMaker(
        plan=plan,
        roster=roster,
        duties=duties,
        decisions={duty.id: made.get(duty.id, Decision.OWN_STAFF) for duty in open_windows},
        published_at=clock.now(),
    )
    return {school.id: edition(maker.sheet(school), old.get(school.id)) for school in plan.schools}


def decisions_made(open_plan: OpenPlan, week: IsoWeek) -> dict[DutyId, Decision]:
    """Return what was decided of school windows of ``week`` when it was published before."""
    return {one.duty: Decision(one.decision) for one in open_plan.store.decisions(week)}
