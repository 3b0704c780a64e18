"""The versions of a week, and what differs between any two of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from planner.domain.changed import WeekDifferences
from planner.domain.demand import make_duties
from planner.domain.differences import week_differences
from planner.domain.duties import Duty
from planner.domain.ids import DutyId
from planner.domain.plain import record
from planner.domain.plan import Plan
from planner.domain.roster import Roster
from planner.domain.shifts import ShiftType
from planner.domain.staff import StaffMember
from planner.domain.weeks import IsoWeek
from planner.errors import NotFoundError
from planner.exchange.week_json import roster_from_json
from planner.services.plans import OpenPlan
from planner.services.publish.editions import changed_sheets, new_sheets
from planner.services.publish.publishing import (
    Published,
    differs,
    draft_roster,
    read,
)

Version = int | Literal["draft"]
"""A publication's number, or the draft."""

DRAFT: Final = "draft"


class VersionState(StrEnum):
    """What a version is now."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInfo:
    """A version of a week, and how much is new in it.

    Parameters
    ----------
    version
        What :func:`compare` takes.
    published_at, published_by
        Nothing and empty for the draft.
    replaces
        Number of the publication before it; what the counts compare with.
    n_people, n_sheets
        People whose week, and schools whose sheet, says something else than before.
    """

    version: Version
    state: VersionState
    published_at: datetime | None
    published_by: str
    replaces: int | None
    n_people: int
    n_sheets: int


def versions(open_plan: OpenPlan, week: IsoWeek) -> tuple[VersionInfo, ...]:
    """Return the versions of ``week``, the latest first; the draft only where it says more.

    Raises
    ------
    StorageError
        ``publication-broken``
    """
    found: list[VersionInfo] = []
    before: Published | None = None
    publications = open_plan.store.publications(week)
    for kept in publications:
        published = read(kept)
        is_latest = kept is publications[-1]
        found.append(
            VersionInfo(
                version=kept.number,
                state=VersionState.PUBLISHED if is_latest else VersionState.REPLACED,
                published_at=kept.published_at,
                published_by=kept.published_by,
                replaces=kept.replaces,
                n_people=differences_of(open_plan, before, published).n_people,
                n_sheets=len(changed_sheets(before.sheets if before else {}, published.sheets)),
            )
        )
        before = published
    if open_plan.store.draft_revision(week):
        roster = draft_roster(open_plan, week)
        if before is None or differs(before, open_plan.plan, roster):
            found.append(
                VersionInfo(
                    version=DRAFT,
                    state=VersionState.DRAFT,
                    published_at=None,
                    published_by="",
                    replaces=before.number if before else None,
                    n_people=differences_of(open_plan, before, roster).n_people,
                    n_sheets=len(new_sheets(open_plan, roster, before.sheets if before else {})),
                )
            )
    return tuple(reversed(found))


def compare(open_plan: OpenPlan, week: IsoWeek, one: Version, other: Version) -> WeekDifferences:
    """Return what differs between two versions of ``week``; ``one`` is what was before.

    Raises
    ------
    NotFoundError
        ``version-unknown``
    ConflictError
        ``week-not-generated`` when there is no draft.
    StorageError
        ``publication-broken``
    """
    return differences_of(
        open_plan, _version(open_plan, week, one), _version(open_plan, week, other)
    )


def _version(open_plan: OpenPlan, week: IsoWeek, version: Version) -> Published | Roster:
    if version == DRAFT:
        return draft_roster(open_plan, week)
    for publication in open_plan.store.publications(week):
        if publication.number == version:
            return read(publication)
    raise NotFoundError("version-unknown", number=version, week=str(week))


def differences_of(
    open_plan: OpenPlan, before: Published | Roster | None, after: Published | Roster
) -> WeekDifferences:
    """Return what ``after`` changes; everything when there was nothing before.

    A publication brings what the plan has lost since: people, shift types, duties.
    """
    plan = open_plan.plan
    week = after.week if isinstance(after, Roster) else IsoWeek.parse(after.week["week"])
    duties = {duty.id: duty for duty in make_duties(plan, week)}
    rosters: list[Roster] = []
    for side in (before, after):
        if isinstance(side, Published):
            plan = _completed(plan, side)
            duties |= {duty.id: duty for duty in _lost_duties(side, duties)}
            rosters.append(roster_from_json(side.week))
        else:
            rosters.append(side or Roster(week=week))
    old, new = rosters
    return week_differences(plan, old, new, duties.values())


def _lost_duties(published: Published, known: Mapping[DutyId, Duty]) -> Iterator[Duty]:
    """Yield the duties of a publication that nothing asks for any more."""
    for duty in published.week["duties"]:
        if duty["id"] not in known:
            # What a duty asks for is not compared, and its skills are not read back.
            yield record(Duty, duty | {"skills": ()})


def _completed(plan: Plan, published: Published) -> Plan:
    """Return the plan with the people and shift types of a publication that it has no more."""
    people = (member for member in published.week["staff"] if member["id"] not in plan.staff_by_id)
    kinds = (
        kind for kind in published.week["shift_types"] if kind["id"] not in plan.shift_type_by_id
    )
    return replace(
        plan,
        staff=(
            *plan.staff,
            *(record(StaffMember, one | {"name": one["display_name"]}) for one in people),
        ),
        shift_types=(*plan.shift_types, *(record(ShiftType, one) for one in kinds)),
    )
