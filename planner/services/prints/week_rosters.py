"""Everybody's week, taken out of a week that is printed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.domain.counting import target_min, week_counted_min
from planner.domain.ids import ShiftId, ShiftTypeId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Shift
from planner.domain.spans import Span, day_span
from planner.domain.staff import Absence, BoundTime, StaffMember, Standby
from planner.reports.week_roster import (
    RosterDay,
    RosterDuty,
    RosterGroup,
    RosterPerson,
    RosterShift,
    ShiftCode,
    WeekRoster,
)
from planner.services.prints.printable import PrintableWeek
from planner.services.prints.week_facts import by_staff, week_days, week_edition
from planner.services.roster.crews import crew_labels


def week_rosters(printed: PrintableWeek) -> dict[str, WeekRoster]:
    """Return the one roster of a week."""
    return {"": _RosterMaker(printed=printed).roster()}


@dataclass(frozen=True, kw_only=True)
class _RosterMaker:
    printed: PrintableWeek

    @property
    def plan(self) -> Plan:
        return self.printed.plan

    def roster(self) -> WeekRoster:
        return WeekRoster(
            **week_edition(self.printed),
            days=week_days(self.printed),
            groups=tuple(self._groups()),
            codes=tuple(self._codes()),
        )

    def _groups(self) -> Iterator[RosterGroup]:
        """Yield those in squads, in the plan's order, before those in none of each employer."""
        members: dict[tuple[str, str], list[StaffMember]] = defaultdict(list)
        for member in self.plan.staff:
            if self._rate(member) or self._shifts[member.id]:
                members[member.employer, member.squad or ""].append(member)
        for employer in self.plan.employers:
            squads = [one for one in self.plan.squads if one.employer == employer.id]
            for id_, name in (*((one.id, one.name) for one in squads), ("", "")):
                of_group = members.get((employer.id, id_), ())
                if of_group:
                    yield RosterGroup(
                        employer=employer.name,
                        squad=name,
                        people=tuple(self._person(member) for member in of_group),
                        n_at_work=tuple(
                            sum(
                                any(shift.day == day for shift in self._shifts[member.id])
                                for member in of_group
                            )
                            for day in self.printed.week.days
                        ),
                    )

    def _person(self, member: StaffMember) -> RosterPerson:
        plan, week = self.plan, self.printed.week
        lead = plan.settings.lead_skill
        return RosterPerson(
            display_name=member.display_name,
            is_lead=any(lead in plan.skills_of(member.id, day) for day in week.days),
            rate_percent=self._rate(member),
            counted_min=week_counted_min(plan, member.id, week, self._shifts[member.id]),
            target_min=target_min(plan, member.id, week),
            days=tuple(self._day(member.id, day) for day in week.days),
        )

    def _day(self, staff: StaffId, day: date) -> RosterDay:
        whole = day_span(day, self.plan.zone)
        contract = self.plan.contract_of(staff, day)
        shifts = [shift for shift in self._shifts[staff] if shift.day == day]
        return RosterDay(
            day=day,
            shifts=tuple(self._shift(one) for one in sorted(shifts, key=lambda one: one.span)),
            duties=tuple(
                RosterDuty(title=title, n=n) for title, n in self._done[staff, day].items()
            ),
            is_absent=any(one.span.overlaps(whole) for one in self._absences[staff]),
            is_fixed_free=contract is not None and str(day.isoweekday()) in contract.free_weekdays,
            bound=_beginning_in(whole, self._bound[staff]),
            standby=_beginning_in(whole, self._standbys[staff]),
        )

    def _shift(self, shift: Shift) -> RosterShift:
        kind = self.plan.shift_type_by_id.get(shift.shift_type or ShiftTypeId(""))
        return RosterShift(
            code=kind.code if kind else "",
            parts=shift.parts,
            crew=self._crews.get(shift.id, ""),
        )

    def _codes(self) -> Iterator[ShiftCode]:
        used = {shift.shift_type for shift in self.printed.roster.shifts}
        names = {employer.id: employer.name for employer in self.plan.employers}
        for employer in self.plan.employers:
            for kind in self.plan.shift_types:
                if kind.id in used and kind.employer == employer.id:
                    parts = self.plan.parts_by_shift_type.get(kind.id, ())
                    yield ShiftCode(
                        employer=names[kind.employer],
                        code=kind.code,
                        name=kind.name,
                        times=tuple((part.start, part.end) for part in parts),
                        break_min=kind.break_min,
                    )

    def _rate(self, member: StaffMember) -> int:
        contracts = [self.plan.contract_of(member.id, day) for day in self.printed.week.days]
        return max((contract.rate_percent for contract in contracts if contract), default=0)

    @cached_property
    def _shifts(self) -> Mapping[StaffId, list[Shift]]:
        return by_staff(self.printed.roster.shifts)

    @cached_property
    def _crews(self) -> Mapping[ShiftId, str]:
        return crew_labels(self.printed.roster)

    @cached_property
    def _done(self) -> Mapping[tuple[StaffId, date], Counter[str]]:
        """How often a person is where, by the day of the shift in which it is."""
        titles = {duty.id: duty.title for duty in self.printed.duties}
        done: dict[tuple[StaffId, date], Counter[str]] = defaultdict(Counter)
        for one in sorted(self.printed.roster.assignments, key=lambda one: one.start):
            if one.duty in titles:
                done[one.staff, self._day_of(one)][titles[one.duty]] += 1
        return done

    def _day_of(self, done: Assignment) -> date:
        for shift in self._shifts[done.staff]:
            if shift.span.start <= done.start < shift.span.end:
                return shift.day
        return done.start.astimezone(self.plan.zone).date()

    @cached_property
    def _absences(self) -> Mapping[StaffId, list[Absence]]:
        return by_staff(self.plan.absences)

    @cached_property
    def _bound(self) -> Mapping[StaffId, list[BoundTime]]:
        return by_staff(self.plan.bound_times)

    @cached_property
    def _standbys(self) -> Mapping[StaffId, list[Standby]]:
        return by_staff(self.plan.standbys)


def _beginning_in(whole: Span, records: Iterable[BoundTime | Standby]) -> tuple[Span, ...]:
    return tuple(sorted(one.span for one in records if whole.start <= one.start < whole.end))
