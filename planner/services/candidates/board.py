"""One roster as it is looked at for who can take something: who is where, and free when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from planner.domain.duties import Duty
from planner.domain.ids import CrewId, DutyId, ShiftId, ShiftTypeId, SkillId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.rotation import shift_parts
from planner.domain.shifts import ShiftType
from planner.domain.spans import DAY, MINUTE, Span, local_span
from planner.domain.staff import TravelMode
from planner.services.candidates.values import Hindrance

_STEP = 5 * MINUTE
"""Duties that may move begin on whole steps from their earliest start."""
_NEW = ShiftId("")


Travel = Mapping[str, Mapping[tuple[str, str], int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where a duty can lie in somebody's shift, or a crew's.

    Parameters
    ----------
    clashing
        What those who would do it do now and could not any more.
    """

    start: datetime
    clashing: tuple[Assignment, ...]
    moves_break: bool


class Board:
    """Answers plain questions about one roster, quickly; judges nothing.

    Parameters
    ----------
    travel
        Minutes from site to site by mode.
    """

    def __init__(
        self, plan: Plan, duty_by_id: Mapping[DutyId, Duty], roster: Roster, travel: Travel
    ) -> None:
        self.plan, self.roster, self._travel = plan, roster, travel
        self.duty_by_id = duty_by_id
        self._shifts: dict[StaffId, list[Shift]] = defaultdict(list)
        self._doing: dict[StaffId, list[Assignment]] = defaultdict(list)
        self._heads: dict[DutyId, list[Assignment]] = defaultdict(list)
        self._crews: dict[tuple[CrewId, date], list[Shift]] = defaultdict(list)
        self._by_day: dict[date, list[Shift]] = defaultdict(list)
        for shift in roster.shifts:
            self._shifts[shift.staff].append(shift)
            self._by_day[shift.day].append(shift)
            if shift.crew is not None:
                self._crews[shift.crew, shift.day].append(shift)
        for done in roster.assignments:
            self._doing[done.staff].append(done)
            self._heads[done.duty].append(done)
        self._away = _away(plan, roster)
        self._free: dict[tuple[DutyId, Span], tuple[StaffId, ...]] = {}

    def shifts(self, staff: StaffId) -> Sequence[Shift]:
        """Return a person's shifts of the week."""
        return self._shifts.get(staff, ())

    def doing(self, staff: StaffId) -> Sequence[Assignment]:
        """Return a person's duties of the week."""
        return self._doing.get(staff, ())

    def heads(self, duty: DutyId) -> Sequence[Assignment]:
        """Return who does a duty."""
        return self._heads.get(duty, ())

    def missing(self, duty: Duty) -> int:
        """Return how many heads a duty lacks."""
        return max(0, duty.heads - len(self.heads(duty.id)))

    def crew(self, shift: Shift) -> tuple[Shift, ...]:
        """Return the shifts of a crew, the given one first; just that one for nobody's crew."""
        if shift.crew is None:
            return (shift,)
        crew = self._crews[shift.crew, shift.day]
        return (shift, *(other for other in crew if other.id != shift.id))

    def together(self, staff: StaffId, span: Span) -> tuple[StaffId, ...]:
        """Return a person and who is in the same crew then."""
        shift = next((one for one in self.shifts(staff) if one.span.contains(span)), None)
        return tuple(one.staff for one in self.crew(shift)) if shift else (staff,)

    def at_work(self, span: Span) -> Iterator[Shift]:
        """Yield the shifts that touch a span."""
        day = span.start.astimezone(self.plan.zone).date()
        for around in (day - DAY, day, day + DAY):
            for shift in self._by_day.get(around, ()):
                if shift.parts[0].start < span.end and span.start < shift.parts[-1].end:
                    yield shift

    def part(self, people: Collection[StaffId], duty: DutyId | None) -> Roster:
        """Return the roster of some people only, and of who does a duty."""
        heads = self.heads(duty) if duty else ()
        return replace(
            self.roster,
            shifts=tuple(shift for staff in people for shift in self.shifts(staff)),
            assignments=(
                *(done for staff in people for done in self.doing(staff)),
                *(done for done in heads if done.staff not in people),
            ),
        )

    def starts(self, duty: Duty) -> tuple[datetime, ...]:
        """Return when a duty may begin: with those who do it, if any."""
        heads = self.heads(duty.id)
        if heads:
            return (heads[0].start,)
        n_steps = (duty.latest_start - duty.earliest_start) // _STEP
        return tuple(duty.earliest_start + n * _STEP for n in range(n_steps + 1))

    def hindrance(
        self, staff: StaffId, day: date, spans: Iterable[Span], skills: Iterable[SkillId]
    ) -> Hindrance | None:
        """Return what keeps a person from all of ``spans``, if anything does."""
        if self.plan.contract_of(staff, day) is None:
            return Hindrance.NOT_EMPLOYED
        if not set(skills) <= self.plan.skills_of(staff, day):
            return Hindrance.SKILL
        found = None
        for span in spans:
            why = self.away(staff, span)
            if why is None:
                return None
            found = found or why
        return found

    def away(self, staff: StaffId, span: Span) -> Hindrance | None:
        """Return what a person is away for in ``span``."""
        return next((why for why, gone in self._away.get(staff, ()) if gone.overlaps(span)), None)

    def seat(self, shifts: Sequence[Shift], duty: Duty) -> Seat | None:
        """Return the best place of a duty in a shift, or a crew's shifts; none over what is locked.

        The fewest other duties give way, the break stays if it can, and it begins early.
        """
        found = None
        for start in self.starts(duty):
            span = Span(start, start + duty.duration_min * MINUTE)
            if not all(self._is_open(shift, span) for shift in shifts):
                continue
            clashing = tuple(
                done
                for shift in shifts
                for done in self.doing(shift.staff)
                if self._clashes(shift.staff, done, duty, span)
            )
            if any(done.is_locked for done in clashing):
                continue
            moves_break = any(pause.overlaps(span) for shift in shifts for pause in shift.breaks)
            seat = Seat(start=start, clashing=clashing, moves_break=moves_break)
            if found is None or _rank(seat) < _rank(found):
                found = seat
            if not clashing and not moves_break:
                break
        return found

    def free(self, duty: Duty) -> tuple[StaffId, ...]:
        """Return who could do a duty at its time without leaving anything or moving a break."""
        key = (duty.id, duty.span)
        if key not in self._free:
            self._free[key] = tuple(self._find_free(duty))
        return self._free[key]

    def reaching(self, staff: StaffId, duty: Duty) -> Iterator[tuple[ShiftTypeId, date]]:
        """Yield the shift types of a person's employer, and days, in which a duty could lie."""
        spans = [Span(at, at + duty.duration_min * MINUTE) for at in self.starts(duty)]
        for kind, day, parts in self.offered(staff, duty.span):
            shift = Shift(id=_NEW, staff=staff, day=day, shift_type=kind.id, parts=parts)
            if any(self._is_open(shift, span) for span in spans):
                yield kind.id, day

    def offered(
        self, staff: StaffId, span: Span
    ) -> Iterator[tuple[ShiftType, date, tuple[Span, ...]]]:
        """Yield the shift types of a person's employer, and days, that touch a span."""
        plan = self.plan
        first = span.start.astimezone(plan.zone).date()
        last = (span.end - MINUTE).astimezone(plan.zone).date()
        employer = plan.staff_by_id[staff].employer
        for day in self.roster.week.days:
            if not first - DAY <= day <= last or plan.contract_of(staff, day) is None:
                continue
            for kind in plan.shift_types:
                if kind.employer == employer and str(day.isoweekday()) in kind.weekdays:
                    parts = shift_parts(plan, kind.id, day)
                    if any(part.overlaps(span) for part in parts):
                        yield kind, day, parts

    def travelled_min(self, staff: StaffId, doing: Iterable[Assignment]) -> int:
        """Return the minutes between the places of a person's duties, day by day."""
        mode, total, before = self._mode(staff), 0, None
        for done in sorted(doing, key=lambda each: each.start):
            duty = self.duty_by_id.get(done.duty)
            if duty is None:
                continue
            if before is not None and before.day == duty.day:
                total += self._travel_min(mode, before, duty)
            before = duty
        return total

    def _find_free(self, duty: Duty) -> Iterator[StaffId]:
        heads = self.heads(duty.id)
        busy = {done.staff for done in heads}
        spans = [done.span for done in heads] or [duty.span]
        for shift in self.at_work(duty.span):
            crew = self.crew(shift)
            is_fit = (len(crew) == duty.heads) if duty.is_crew else (len(crew) == 1)
            if not is_fit or shift.staff in busy:
                continue
            if not any(self.hindrance(one.staff, duty.day, spans, duty.skills) for one in crew):
                seat = self.seat(crew, duty)
                if seat and not seat.clashing and not seat.moves_break:
                    yield shift.staff

    def _is_open(self, shift: Shift, span: Span) -> bool:
        """Tell whether a span lies in a part of a shift, off muster, report and time away."""
        kind = self.plan.shift_type_by_id.get(shift.shift_type) if shift.shift_type else None
        muster = timedelta(minutes=kind.muster_min if kind else 0)
        report = timedelta(minutes=kind.report_min if kind else 0)
        whole = Span(shift.span.start + muster, shift.span.end - report)
        return (
            whole.contains(span)
            and any(part.contains(span) for part in shift.parts)
            and self.away(shift.staff, span) is None
        )

    def _clashes(self, staff: StaffId, done: Assignment, duty: Duty, span: Span) -> bool:
        other = self.duty_by_id.get(done.duty)
        if other is None:
            return done.span.overlaps(span)
        if done.start < span.start:
            room = (span.start - done.end) // MINUTE
        else:
            room = (done.start - span.end) // MINUTE
        return room < self._travel_min(self._mode(staff), other, duty) or room < 0

    def _mode(self, staff: StaffId) -> TravelMode:
        return self.plan.staff_by_id[staff].travel_mode

    def _travel_min(self, mode: TravelMode, one: Duty, other: Duty) -> int:
        return self._travel[mode].get((one.site, other.site), 0)


def _rank(seat: Seat) -> tuple[int, bool, datetime]:
    return len(seat.clashing), seat.moves_break, seat.start


def _away(plan: Plan, roster: Roster) -> dict[StaffId, list[tuple[Hindrance, Span]]]:
    """Return when and why people are away, as far as it matters to the week."""
    days = (roster.week.monday - DAY, *roster.week.days)
    reach = Span(
        roster.week.span(plan.zone).start - DAY,
        roster.week.span(plan.zone).end + 2 * DAY,
    )
    found: dict[StaffId, list[tuple[Hindrance, Span]]] = defaultdict(list)
    for absence in plan.absences:
        found[absence.staff].append((Hindrance.ABSENT, absence.span))
    for bound in plan.bound_times:
        found[bound.staff].append((Hindrance.BOUND, bound.span))
    for rule in plan.unavailabilities:
        for day in days:
            if (
                day.isoweekday() == rule.weekday
                and (rule.first_day is None or rule.first_day <= day)
                and (rule.last_day is None or day <= rule.last_day)
            ):
                span = local_span(day, rule.start, rule.end, plan.zone)
                found[rule.staff].append((Hindrance.UNAVAILABLE, span))
    return {
        staff: [(why, span) for why, span in spans if span.overlaps(reach)]
        for staff, spans in found.items()
    }
