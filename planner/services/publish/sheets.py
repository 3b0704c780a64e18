"""What a school may know of a week, taken out of the plan and its roster."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from planner.domain.calendar import school_day
from planner.domain.demand import contact_windows
from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import DutyId, SiteId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Roster
from planner.domain.schools import ContactRole, School, Staffing
from planner.reports.school_sheet import (
    Callee,
    NamedContacts,
    OfficeSheet,
    Presence,
    SheetDay,
    SheetWindow,
)
from planner.services.roster.views import Decision

_FRIDAY = 4
_BY_DECISION = {
    Decision.OWN_STAFF: Presence.OWN_STAFF,
    Decision.CANCELLED: Presence.CANCELLED,
}


@dataclass(frozen=True, kw_only=True)
class SheetMaker:
    """Makes the sheets of one week.

    Parameters
    ----------
    decisions
        What was decided of each school window that has nobody.
    """

    plan: Plan
    roster: Roster
    duties: tuple[Duty, ...]
    decisions: Mapping[DutyId, Decision]
    published_at: datetime

    def sheet(self, school: School) -> OfficeSheet:
        """Return a school's sheet, as its first version.

        Raises
        ------
        KeyError
            A window has neither people nor a decision.
        """
        plan, week = self.plan, self.roster.week
        days = tuple(self._day(school, day) for day in week.days)
        settings = plan.settings
        coordinator = None
        if settings.coordinator_phone:
            coordinator = Callee(
                display_name=settings.coordinator_name, phone=settings.coordinator_phone
            )
        return OfficeSheet(
            school=school.name,
            week=week,
            version=1,
            published_at=self.published_at,
            valid_to=max([week.days[_FRIDAY], *(day.day for day in days if day.windows)]),
            zone=settings.zone,
            days=days,
            school_phone=school.phone,
            notice=settings.notice,
            substitutes=tuple(self._substitutes(school)),
            coordinator=coordinator,
        )

    def _day(self, school: School, day: date) -> SheetDay[NamedContacts | Presence]:
        status = school_day(self.plan, school, day)
        names = self._site_names(school)
        asked = {
            (duty.moment, duty.site, duty.meeting_place, duty.earliest_start): duty.id
            for duty in self._duties_of(school, day)
        }
        windows: list[SheetWindow[NamedContacts | Presence]] = []
        for window in contact_windows(self.plan, school, day):
            key = (window.moment, window.site, window.meeting_place, window.span.start)
            who = Presence.OWN_STAFF if school.staffing is Staffing.OWN else self._who(asked[key])
            windows.append(
                SheetWindow(
                    moment=window.moment,
                    span=window.span,
                    grade_group=window.grade_group,
                    site=names.get(window.site, ""),
                    meeting_place=window.meeting_place,
                    is_changed=window.is_changed,
                    who=who,
                )
            )
        return SheetDay(day=day, kind=status.kind, occasion=status.name, windows=tuple(windows))

    def _duties_of(self, school: School, day: date) -> Iterable[Duty]:
        return (duty for duty in self.duties if duty.source == school.id and duty.day == day)

    def _site_names(self, school: School) -> dict[SiteId, str]:
        """Return names only where they tell something: when the school has several sites."""
        sites = {
            bell.site or school.site for bell in self.plan.bell_times if bell.school == school.id
        }
        if len(sites) < 2:
            return {}
        return {site: self.plan.site_by_id[site].name for site in sites}

    def _who(self, duty: DutyId) -> NamedContacts | Presence:
        people = self._people.get(duty)
        if not people:
            return _BY_DECISION[self.decisions[duty]]
        names = [self.plan.staff_by_id[staff].display_name for staff in people]
        # An officer who steps in is never named on a school's sheet.
        if any(self._is_officer(staff) for staff in people):
            return Presence.CONTACT_PERSON
        return NamedContacts(display_names=tuple(names))

    @cached_property
    def _people(self) -> Mapping[DutyId, list[StaffId]]:
        people: dict[DutyId, list[StaffId]] = defaultdict(list)
        for done in self.roster.assignments:
            people[done.duty].append(done.staff)
        return people

    def _is_officer(self, staff: StaffId) -> bool:
        return self.plan.settings.patrol_skill in self.plan.skills_of(
            staff, self.roster.week.monday
        )

    def _substitutes(self, school: School) -> Iterator[Callee]:
        for contact in self.plan.school_contacts:
            if contact.school != school.id or contact.role is not ContactRole.SUBSTITUTE:
                continue
            member = self.plan.staff_by_id[contact.staff]
            if member.service_phone and not self._is_officer(member.id):
                yield Callee(display_name=member.display_name, phone=member.service_phone)


def uncovered(duties: Iterable[Duty], roster: Roster) -> tuple[Duty, ...]:
    """Return the school windows that nobody in the roster covers."""
    covered = {done.duty for done in roster.assignments}
    return tuple(duty for duty in duties if duty.kind is DutyKind.SCHOOL and duty.id not in covered)
