"""Each person's hours of a week and of those before it, taken out of what was published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, reduce
from itertools import accumulate, compress

from planner.domain.counting import (
    counted_min,
    is_absent,
    target_min,
    worked_min,
)
from planner.domain.ids import ShiftTypeId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Roster, Shift
from planner.domain.spans import subtract
from planner.domain.staff import BoundTime, OpeningBalance, StaffMember
from planner.domain.weeks import IsoWeek
from planner.planning import tags
from planner.reports.hours_statement import (
    Burdens,
    HoursBound,
    HoursShift,
    HoursStatement,
    HoursWeek,
    Opening,
)
from planner.services.prints.printable import N_WEEKS_BEFORE, PrintableWeek, balances_on
from planner.services.prints.week_facts import by_staff, week_edition


def hours_statements(printed: PrintableWeek) -> dict[StaffId, HoursStatement]:
    """Return the statement of each person who is employed or at work in the week."""
    maker = _StatementMaker(printed=printed)
    return {member.id: maker.statement(member) for member in maker.members()}


@dataclass(frozen=True, kw_only=True)
class _WeekHours:
    """A week that hours are taken from."""

    plan: Plan
    roster: Roster
    version: int | None
    published_at: datetime | None

    @property
    def week(self) -> IsoWeek:
        return self.roster.week

    @cached_property
    def shifts(self) -> Mapping[StaffId, list[Shift]]:
        return by_staff(self.roster.shifts)

    def of(self, staff: StaffId, balance_min: int | None) -> HoursWeek:
        """Return a person's week; ``balance_min`` is what is carried over at its end."""
        shifts = sorted(self._own(staff), key=lambda shift: shift.span)
        return HoursWeek(
            week=self.week,
            version=self.version,
            published_at=self.published_at,
            shifts=tuple(map(self._shift, shifts)),
            bound=tuple(
                HoursBound(span=bound.span, counted_min=self._outside(bound))
                for bound in sorted(self._bound(staff), key=lambda bound: bound.start)
            ),
            absent_days=tuple(day for day in self.week.days if is_absent(self.plan, staff, day)),
            target_min=target_min(self.plan, staff, self.week),
            burdens=self.burdens(staff),
            balance_min=balance_min,
        )

    def difference_min(self, staff: StaffId, first_day: date | None) -> int:
        """Return counted minutes above or below the contract, from ``first_day`` on."""
        counted = sum(
            counted_min(self.plan, shift)
            for shift in self._own(staff)
            if first_day is None or shift.day >= first_day
        )
        bound = sum(
            self._outside(one)
            for one in self._bound(staff)
            if first_day is None or one.start.astimezone(self.plan.zone).date() >= first_day
        )
        return counted + bound - target_min(self.plan, staff, self.week, first_day)

    def burdens(self, staff: StaffId, first_day: date | None = None) -> Burdens:
        """Return what fairness counts, from ``first_day`` on."""
        found = [
            tags.shift_tags(self.plan, shift.day, shift.parts)
            for shift in self._own(staff)
            if first_day is None or shift.day >= first_day
        ]
        return Burdens(
            n_evenings=sum(tags.EVENING in one for one in found),
            n_nights=sum(tags.NIGHT in one for one in found),
            n_weekends=sum(tags.WEEKEND in one for one in found),
        )

    def _own(self, staff: StaffId) -> list[Shift]:
        return [shift for shift in self.shifts[staff] if shift.day in self.week.days]

    def _bound(self, staff: StaffId) -> Iterator[BoundTime]:
        whole = self.week.span(self.plan.zone)
        for bound in self.plan.bound_times:
            if bound.staff == staff and whole.start <= bound.start < whole.end:
                yield bound

    def _outside(self, bound: BoundTime) -> int:
        """Return minutes of bound time outside the person's shifts, as the rule book counts."""
        at_work = [part for shift in self._own(bound.staff) for part in shift.parts]
        return sum(piece.minutes for piece in subtract(bound.span, at_work))

    def _shift(self, shift: Shift) -> HoursShift:
        kind = self.plan.shift_type_by_id.get(shift.shift_type or ShiftTypeId(""))
        worked = worked_min(shift.parts, shift.breaks)
        return HoursShift(
            day=shift.day,
            code=kind.code if kind else "",
            name=kind.name if kind else "",
            parts=shift.parts,
            breaks=shift.breaks,
            worked_min=worked,
            credited_min=counted_min(self.plan, shift) - worked,
        )


@dataclass(frozen=True, kw_only=True)
class _StatementMaker:
    printed: PrintableWeek

    def members(self) -> Iterator[StaffMember]:
        """Yield who is employed or at work in the week."""
        plan, this = self.printed.plan, self._this
        for member in plan.staff:
            days = self.printed.week.days
            if this.shifts[member.id] or any(plan.contract_of(member.id, day) for day in days):
                yield member

    def statement(self, member: StaffMember) -> HoursStatement:
        plan, staff = self.printed.plan, member.id
        held = self._openings.get(staff)
        opening = _opening(held) if held else None
        first_day = opening.day if opening else None
        counting = [one for one in self._known if self._counts(one.week, opening)]
        differences = [one.difference_min(staff, first_day) for one in counting]
        start_min = opening.balance_min if opening else 0
        carried = accumulate(differences, initial=start_min)
        next(carried)  # what it began with
        balances = dict(zip((one.week for one in counting), carried, strict=True))
        earlier = [one.week < self._first for one in counting]
        contracts = [plan.contract_of(staff, day) for day in self.printed.week.days]
        books = [plan.rule_book_by_id[one.rule_book] for one in contracts if one]
        return HoursStatement(
            **week_edition(self.printed),
            display_name=member.display_name,
            employer=plan.employer_by_id[member.employer].name,
            squad=next((squad.name for squad in plan.squads if squad.id == member.squad), ""),
            weeks=tuple(
                one.of(staff, balances.get(one.week))
                for one in self._known
                if one.week >= self._first
            ),
            unknown_weeks=self._unknown_weeks(opening),
            opening=opening,
            earlier_min=sum(compress(differences, earlier)),
            n_earlier_weeks=sum(earlier),
            burdens=reduce(
                Burdens.plus,
                (one.burdens(staff, first_day) for one in counting),
                opening.burdens if opening else Burdens(),
            ),
            rule_book=books[0].name if books else "",
            confirmed_by=books[0].confirmed_by if books else "",
            confirmed_day=books[0].confirmed_day if books else None,
        )

    def _counts(self, week: IsoWeek, opening: Opening | None) -> bool:
        """Tell whether the balance goes on through a week."""
        if opening is None:
            return week >= self._first
        return week.days[-1] >= opening.day

    def _unknown_weeks(self, opening: Opening | None) -> tuple[IsoWeek, ...]:
        known = {one.week for one in self._known}
        week = IsoWeek.of(opening.day) if opening else self._first
        unknown = []
        while week < self.printed.week:
            if week not in known:
                unknown.append(week)
            week = week.shifted(1)
        return tuple(unknown)

    @property
    def _first(self) -> IsoWeek:
        """The first week that is told shift by shift."""
        return self.printed.week.shifted(-N_WEEKS_BEFORE)

    @cached_property
    def _this(self) -> _WeekHours:
        printed = self.printed
        return _WeekHours(
            plan=printed.plan,
            roster=printed.roster,
            version=printed.number,
            published_at=printed.published_at,
        )

    @cached_property
    def _known(self) -> tuple[_WeekHours, ...]:
        """All weeks, the one that is printed last."""
        earlier = (
            _WeekHours(
                plan=one.plan, roster=one.roster, version=one.number, published_at=one.published_at
            )
            for one in self.printed.earlier
        )
        return (*earlier, self._this)

    @cached_property
    def _openings(self) -> Mapping[StaffId, OpeningBalance]:
        return balances_on(self.printed.plan, self.printed.week.days[-1])


def _opening(held: OpeningBalance) -> Opening:
    return Opening(
        day=held.day,
        balance_min=held.balance_min,
        burdens=Burdens(
            n_evenings=held.n_evenings, n_nights=held.n_nights, n_weekends=held.n_weekends
        ),
    )
