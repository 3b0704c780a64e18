"""One day of a week, person by person: shifts, what is inside them, and the need below."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from planner.domain.coverage import staffing
from planner.domain.demand import make_duties
from planner.domain.duties import Duty
from planner.domain.ids import ShiftTypeId, SiteId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Roster, Shift
from planner.domain.spans import DAY, MINUTE, Span, day_span, instant
from planner.domain.staff import ShiftSource
from planner.domain.weeks import IsoWeek
from planner.planning.travel import travel_matrix
from planner.services.plans import OpenPlan
from planner.services.roster.generating import given_shifts
from planner.services.roster.views import PersonRow, WeekView
from planner.services.week.day_views import (
    DayRow,
    DayShift,
    DayView,
    DutyBlock,
    QuarterNeed,
    Travel,
)
from planner.services.week.weeks import week_view

_MORNING = time(6)
"""How far into the next day is shown at least when a shift goes over midnight."""
_HOUR = timedelta(hours=1)


def day_view(open_plan: OpenPlan, week: IsoWeek, day: date) -> DayView:
    """Return everything that the timeline of ``day`` shows.

    Before a week has a draft, its given shifts are shown.
    """
    plan, store = open_plan.plan, open_plan.store
    roster = store.load_roster(week)
    if not store.draft_revision(week):
        roster = Roster(week=week, shifts=given_shifts(plan, week, roster.shifts))
    beyond = [week.shifted(-1)] if day == week.days[0] else []
    beyond += [week.shifted(1)] if day == week.days[-1] else []
    around = tuple(store.load_roster(each) for each in beyond)
    return make_day_view(plan, roster, week_view(open_plan, week), day, around=around)


def make_day_view(
    plan: Plan,
    roster: Roster,
    view: WeekView,
    day: date,
    *,
    around: Iterable[Roster] = (),
    duties: Collection[Duty] | None = None,
    travel: Mapping[str, Mapping[tuple[str, str], int]] | None = None,
) -> DayView:
    """Return the same from what is in memory.

    Parameters
    ----------
    view
        The week of ``roster``; names, findings and crews are taken from it.
    around
        Rosters of the weeks before and after, for shifts that cross the week's ends; assignments
        in them are optional.
    duties
        Duties of all these weeks, where they are made already.
    travel
        Minutes between the sites of these duties, by means of travel, where they are known.
    """
    rosters = (roster, *around)
    if duties is None:
        weeks = dict.fromkeys(each.week for each in rosters if each.assignments)
        duties = [duty for week in weeks for duty in make_duties(plan, week)]
    if travel is None:
        modes = {member.travel_mode for member in plan.staff}
        travel = travel_matrix(plan, {duty.site for duty in duties}, sorted(modes))
    near = {day - DAY, day, day + DAY}
    shifts = [shift for each in rosters for shift in each.shifts if shift.day in near]
    whole = _shown(plan, day, shifts)
    people = _People(plan, view, day, whole, rosters=rosters, duties=duties, travel=travel)
    return DayView(
        week=view.week,
        day=day,
        zone=view.zone,
        days=view.days,
        span=whole,
        midnight=day_span(day, plan.zone).end,
        rows=tuple(people.rows()),
        need=tuple(_need(plan, day, whole, shifts)),
    )


def _shown(plan: Plan, day: date, shifts: Iterable[Shift]) -> Span:
    own = day_span(day, plan.zone)
    last = max((shift.span.end for shift in shifts if shift.day == day), default=own.end)
    if last <= own.end:
        return own
    end = max(last, instant(day + DAY, _MORNING, plan.zone))
    whole_hours = -((own.start - end) // _HOUR)
    return Span(own.start, own.start + whole_hours * _HOUR)


class _People:
    """Rows of the timeline."""

    def __init__(
        self,
        plan: Plan,
        view: WeekView,
        day: date,
        whole: Span,
        *,
        rosters: Iterable[Roster],
        duties: Iterable[Duty],
        travel: Mapping[str, Mapping[tuple[str, str], int]],
    ) -> None:
        self._plan, self._view, self._day, self._whole = plan, view, day, whole
        self._duties = {duty.id: duty for duty in duties}
        self._colors = {kind.id: number for number, kind in enumerate(plan.shift_types)}
        self._employers = dict(view.employers)
        self._at = view.week.days.index(day)
        self._shifts: dict[StaffId, list[Shift]] = defaultdict(list)
        self._done: dict[StaffId, list[Assignment]] = defaultdict(list)
        for roster in rosters:
            for shift in roster.shifts:
                if shift.day <= day and shift.span.overlaps(whole):
                    self._shifts[shift.staff].append(shift)
            for done in roster.assignments:
                if done.span.overlaps(whole):
                    self._done[done.staff].append(done)
        self._travel = travel

    def rows(self) -> Iterator[DayRow]:
        """Yield everybody by employer and squad; those of no squad after the squads."""
        employers = [employer.id for employer in self._plan.employers]
        squads: list[str | None] = [squad.id for squad in self._plan.squads]
        squads.append(None)
        people = sorted(
            self._view.people,
            key=lambda row: (employers.index(row.employer), squads.index(row.squad)),
        )
        yield from map(self._row, people)

    def _row(self, person: PersonRow) -> DayRow:
        plan, staff = self._plan, person.staff
        own_day = day_span(self._day, plan.zone)
        return DayRow(
            staff=staff,
            name=person.name,
            employer=person.employer,
            employer_name=self._employers.get(person.employer, ""),
            squad=person.squad,
            squad_name=person.squad_name,
            is_lead=person.is_lead,
            rate_percent=person.rate_percent,
            shifts=tuple(
                self._shift(shift, person)
                for shift in sorted(self._shifts[staff], key=lambda shift: shift.span)
            ),
            bound=tuple(
                (bound.title, bound.span)
                for bound in plan.bound_times
                if bound.staff == staff and bound.span.overlaps(own_day)
            ),
            standby=tuple(
                standby.span
                for standby in plan.standbys
                if standby.staff == staff and standby.span.overlaps(own_day)
            ),
            absences=tuple(
                shown
                for absence in plan.absences
                if absence.staff == staff and (shown := absence.span.meet(own_day)) is not None
            ),
            n_findings=person.days[self._at].n_findings,
        )

    def _shift(self, shift: Shift, person: PersonRow) -> DayShift:
        kind = self._plan.shift_type_by_id.get(shift.shift_type or ShiftTypeId(""))
        muster_min, report_min = (kind.muster_min, kind.report_min) if kind else (0, 0)
        first, last = shift.span.start, shift.span.end
        done = [each for each in self._done[shift.staff] if each.span.overlaps(shift.span)]
        done = sorted((each for each in done if each.duty in self._duties), key=lambda d: d.span)
        labels = (bar for day in person.days for bar in day.shifts if bar.shift == shift.id)
        bar = next(labels, None)
        return DayShift(
            shift=shift.id,
            code=kind.code if kind else "",
            name=kind.name if kind else "",
            color_index=self._colors[kind.id] if kind else len(self._colors),
            parts=shift.parts,
            breaks=shift.breaks,
            muster=Span(first, first + muster_min * MINUTE) if muster_min else None,
            report=Span(last - report_min * MINUTE, last) if report_min else None,
            is_given=shift.source is ShiftSource.GIVEN,
            is_locked=shift.is_locked,
            crew_label=bar.crew_label if bar else "",
            starts_before=shift.day < self._day,
            duties=tuple(self._block(each) for each in done),
            travels=tuple(self._travels(shift.staff, done)),
        )

    def _block(self, done: Assignment) -> DutyBlock:
        duty = self._duties[done.duty]
        return DutyBlock(
            duty=duty.id,
            kind=duty.kind,
            title=duty.title,
            span=done.span,
            is_locked=done.is_locked,
        )

    def _travels(self, staff: StaffId, done: list[Assignment]) -> Iterator[Travel]:
        minutes = self._travel[str(self._plan.staff_by_id[staff].travel_mode)]
        for one, other in pairwise(done):
            way: tuple[SiteId, SiteId] = (
                self._duties[one.duty].site,
                self._duties[other.duty].site,
            )
            if way in minutes:
                room = Span(one.end, max(one.end, other.start))
                yield Travel(room=room, minutes=minutes[way])


def _need(plan: Plan, day: date, whole: Span, shifts: Iterable[Shift]) -> Iterator[QuarterNeed]:
    """Yield the officers wanted and planned; where needs overlap the most wanted counts."""
    shifts = [shift for shift in shifts if shift.span.overlaps(whole)]
    quarters: dict[datetime, QuarterNeed] = {}
    for begun in (day - DAY, day, day + DAY):
        needs = tuple(
            need
            for need in plan.staffing_needs
            if need.weekday == begun.isoweekday() and need.skill == plan.settings.patrol_skill
        )
        of_day = replace(plan, staffing_needs=needs)
        for found in staffing(of_day, IsoWeek.of(begun), shifts):
            if not found.span.overlaps(whole):
                continue
            made = QuarterNeed(
                span=found.span,
                minimum=found.need.minimum,
                needed=found.need.needed,
                planned=found.planned,
            )
            start = found.span.start
            quarters[start] = _stricter(quarters[start], made) if start in quarters else made
    yield from (quarters[start] for start in sorted(quarters))


def _stricter(one: QuarterNeed, other: QuarterNeed) -> QuarterNeed:
    return QuarterNeed(
        span=one.span,
        minimum=max(one.minimum, other.minimum),
        needed=max(one.needed, other.needed),
        planned=min(one.planned, other.planned),
    )
