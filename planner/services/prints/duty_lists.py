"""All duties of each day with whom to ring, taken out of a week that is printed."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.domain.duties import Duty, DutyKind
from planner.domain.roster import Assignment
from planner.domain.schools import School
from planner.reports.duty_list import DutyList, ListedDuty
from planner.reports.school_sheet import Callee, Presence
from planner.services.prints.day_facts import DayFacts, meeting_of
from planner.services.prints.printable import PrintableWeek
from planner.services.roster.views import Decision

_DECIDED = {
    Decision.OWN_STAFF: Presence.OWN_STAFF,
    Decision.CANCELLED: Presence.CANCELLED,
}


def duty_lists(printed: PrintableWeek) -> dict[str, DutyList]:
    """Return the list of each day, by its date."""
    maker = _ListMaker(printed=printed, facts=DayFacts(printed=printed))
    return {str(day): maker.day(day) for day in printed.week.days}


@dataclass(frozen=True, kw_only=True)
class _ListMaker:
    printed: PrintableWeek
    facts: DayFacts

    def day(self, day: date) -> DutyList:
        duties = tuple(self._duty(duty) for duty in self.facts.duties_of(day))
        return DutyList(
            **self.facts.edition(day, (duty.span.end for duty in duties)), duties=duties
        )

    def _duty(self, duty: Duty) -> ListedDuty:
        done = self.facts.done(duty)
        decision = None if done else self.printed.decisions.get(duty.id)
        return ListedDuty(
            kind=duty.kind,
            moment=duty.moment,
            meeting=meeting_of(duty),
            title=duty.title,
            place=self.facts.place(duty),
            meeting_place=duty.meeting_place,
            span=self.facts.when(duty),
            minutes=duty.duration_min,
            is_crew=duty.is_crew,
            crew=", ".join(crew.label for crew in self.facts.crews(duty) if crew.label),
            people=tuple(self._person(one) for one in done),
            decided=_DECIDED[decision] if decision else None,
            missing=self.facts.missing(duty),
            desk=self._desk(duty),
        )

    def _person(self, done: Assignment) -> Callee:
        member = self.facts.plan.staff_by_id[done.staff]
        return Callee(display_name=member.display_name, phone=member.service_phone)

    def _desk(self, duty: Duty) -> str:
        """Return the number of the school's office, or of the desk of those who could do it."""
        if duty.kind is DutyKind.SCHOOL:
            school = self._schools.get(duty.source)
            return school.phone if school else ""
        plan = self.facts.plan
        for member in plan.staff:
            if duty.skills <= plan.skills_of(member.id, duty.day):
                return plan.employer_by_id[member.employer].service_phone
        return ""

    @cached_property
    def _schools(self) -> dict[str, School]:
        return {school.id: school for school in self.facts.plan.schools}
