"""What each person may know of a published week, taken out of the plan and its roster."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.domain.calendar import holiday_name
from planner.domain.counting import target_min, week_counted_min
from planner.domain.duties import Duty
from planner.domain.ids import ShiftTypeId, StaffId
from planner.domain.in_charge import InCharge
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.spans import day_span
from planner.domain.staff import StaffMember
from planner.reports.person_week import (
    OtherTime,
    OtherTimeKind,
    PersonDay,
    PersonDuty,
    PersonShift,
    PersonWeek,
)


@dataclass(frozen=True, kw_only=True)
class PersonWeekMaker:
    """Makes people's own weeks of one roster."""

    plan: Plan
    roster: Roster
    duties: tuple[Duty, ...]

    def weeks(self) -> Iterator[tuple[StaffId, PersonWeek]]:
        """Yield the week of each person who is employed or at work in it."""
        for member in self.plan.staff:
            contracts = [self.plan.contract_of(member.id, day) for day in self.roster.week.days]
            if any(contracts) or self._shifts[member.id]:
                yield member.id, self._week(member)

    def _week(self, member: StaffMember) -> PersonWeek:
        plan, week = self.plan, self.roster.week
        contracts = [plan.contract_of(member.id, day) for day in week.days]
        books = [plan.rule_book_by_id[contract.rule_book] for contract in contracts if contract]
        squad = next((squad.name for squad in plan.squads if squad.id == member.squad), "")
        return PersonWeek(
            display_name=member.display_name,
            employer=plan.employer_by_id[member.employer].name,
            squad=squad,
            week=week,
            zone=plan.settings.zone,
            days=tuple(self._day(member, day) for day in week.days),
            counted_min=week_counted_min(plan, member.id, week, self._shifts[member.id]),
            target_min=target_min(plan, member.id, week),
            rule_book=books[0].name if books else "",
            confirmed_by=books[0].confirmed_by if books else "",
            notice=plan.settings.notice,
        )

    def _day(self, member: StaffMember, day: date) -> PersonDay:
        plan = self.plan
        whole = day_span(day, plan.zone)
        shifts = [shift for shift in self._shifts[member.id] if shift.day == day]
        others = [
            *(
                OtherTime(kind=OtherTimeKind.BOUND, span=bound.span, title=bound.title)
                for bound in plan.bound_times
                if bound.staff == member.id and whole.start <= bound.start < whole.end
            ),
            *(
                OtherTime(kind=OtherTimeKind.STANDBY, span=standby.span)
                for standby in plan.standbys
                if standby.staff == member.id and whole.start <= standby.start < whole.end
            ),
        ]
        return PersonDay(
            day=day,
            occasion=holiday_name(plan, day),
            is_absent=any(
                absence.staff == member.id and absence.span.overlaps(whole)
                for absence in plan.absences
            ),
            shifts=tuple(
                self._shift(member, shift) for shift in sorted(shifts, key=lambda one: one.span)
            ),
            others=tuple(sorted(others, key=lambda other: other.span)),
        )

    def _shift(self, member: StaffMember, shift: Shift) -> PersonShift:
        kind = self.plan.shift_type_by_id.get(shift.shift_type or ShiftTypeId(""))
        return PersonShift(
            code=kind.code if kind else "",
            name=kind.name if kind else "",
            parts=shift.parts,
            breaks=shift.breaks,
            crew_partners=tuple(self._crew_partners(shift)),
            officer_in_charge=self._officer_in_charge(shift),
            duties=tuple(
                self._duty(done)
                for done in self._done[member.id]
                if shift.span.start <= done.start < shift.span.end and done.duty in self._duty_by_id
            ),
        )

    def _duty(self, done: Assignment) -> PersonDuty:
        duty = self._duty_by_id[done.duty]
        return PersonDuty(
            span=done.span,
            title=duty.title,
            place=self.plan.site_by_id[duty.site].name,
            meeting_place=duty.meeting_place,
        )

    def _crew_partners(self, shift: Shift) -> Iterator[str]:
        for other in self.roster.shifts:
            if shift.crew and other.crew == shift.crew and other.staff != shift.staff:
                yield self.plan.staff_by_id[other.staff].display_name

    def _officer_in_charge(self, shift: Shift) -> str:
        """Return who leads the squad for most of the shift; nobody for the one who does."""
        over = self._in_charge.over(shift)
        if over is None or over.staff == shift.staff:
            return ""
        return self.plan.staff_by_id[over.staff].display_name

    @cached_property
    def _in_charge(self) -> InCharge:
        return InCharge(self.plan, self.roster.shifts)

    @cached_property
    def _duty_by_id(self) -> dict[str, Duty]:
        return {duty.id: duty for duty in self.duties}

    @cached_property
    def _shifts(self) -> dict[StaffId, list[Shift]]:
        shifts: dict[StaffId, list[Shift]] = defaultdict(list)
        for shift in self.roster.shifts:
            shifts[shift.staff].append(shift)
        return shifts

    @cached_property
    def _done(self) -> dict[StaffId, list[Assignment]]:
        done: dict[StaffId, list[Assignment]] = defaultdict(list)
        for assignment in sorted(self.roster.assignments, key=lambda one: one.start):
            done[assignment.staff].append(assignment)
        return done
