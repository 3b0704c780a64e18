"""Sheets and own weeks that say something else than what was published: who needs a new version."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.domain.changed import PersonDifferences
from planner.domain.demand import make_duties
from planner.domain.ids import SchoolId, StaffId
from planner.domain.roster import Roster
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.publish.editions import new_sheets
from planner.services.publish.person_weeks import PersonWeekMaker
from planner.services.publish.publishing import Published, draft_roster, latest
from planner.services.publish.versions import differences_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OutdatedPerson:
    """Somebody whose own week was published otherwise.

    Parameters
    ----------
    changes
        What differs in shifts and duties; nothing when only a partner, a place or an absence does.
    """

    staff: StaffId
    name: str
    changes: PersonDifferences | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """What of a published week does not hold any more.

    Parameters
    ----------
    version
        Number of the publication; nothing for a week that was not published.
    schools
        Those whose sheet does not hold, by id and name.
    """

    version: int | None
    schools: tuple[tuple[SchoolId, str], ...] = ()
    people: tuple[OutdatedPerson, ...] = ()


def changed_sheets(open_plan: OpenPlan, week: IsoWeek) -> Outdated:
    """Return the schools and people who need a new version; nobody before the first one.

    Raises
    ------
    ConflictError
        ``week-not-generated``
    StorageError
        ``publication-broken``
    """
    published = latest(open_plan, week)
    if published is None:
        return Outdated(version=None)
    roster = draft_roster(open_plan, week)
    names = open_plan.plan.school_by_id
    return Outdated(
        version=published.number,
        schools=tuple(
            (school, names[school].name)
            for school in new_sheets(open_plan, roster, published.sheets)
        ),
        people=tuple(_people(open_plan, published, roster)),
    )


def _people(open_plan: OpenPlan, published: Published, roster: Roster) -> Iterator[OutdatedPerson]:
    plan = open_plan.plan
    changed = {
        person.staff: person
        for person in differences_of(open_plan, published, roster).people
        if person.is_changed
    }
    maker = PersonWeekMaker(plan=plan, roster=roster, duties=make_duties(plan, roster.week))
    for staff, own in maker.weeks():
        old = published.people.get(staff)
        if old is None or own != replace(old, version=own.version, published_at=own.published_at):
            yield OutdatedPerson(staff=staff, name=own.display_name, changes=changed.get(staff))
