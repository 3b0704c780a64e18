"""What the window shows of a week."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from planner import clock
from planner.domain.calendar import (
    SchoolDayKind,
    holiday_name,
    is_free_day,
    school_day,
    school_note,
)
from planner.domain.counting import target_min, week_counted_min
from planner.domain.coverage import staffing
from planner.domain.demand import make_duties
from planner.domain.duties import Duty, DutyKind
from planner.domain.ids import DutyId, ShiftId, ShiftTypeId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Finding, Roster, Shift
from planner.domain.schools import School, Staffing
from planner.domain.spans import day_span
from planner.domain.staff import StaffMember, Wish, WishKind
from planner.domain.weeks import IsoWeek
from planner.planning.judging import Judgement, judge
from planner.services.generating import given_shifts, shifts_around
from planner.services.plans import OpenPlan
from planner.services.publishing import Published, differs, latest
from planner.services.views import (
    DayHeader,
    DutyBar,
    NeedPoint,
    PersonDay,
    PersonRow,
    PlaceDay,
    PlaceDuty,
    PlaceRow,
    ShiftBar,
    WeekState,
    WeekView,
)

_WEEKS_AHEAD = 60
"""How far the next week with school is looked for: over the longest break."""


def current_week(open_plan: OpenPlan) -> IsoWeek:
    """Return the week of today's date in the plan's zone."""
    return IsoWeek.of(clock.today(open_plan.plan.zone))


def week_to_plan(open_plan: OpenPlan) -> IsoWeek:
    """Return the current week, or the next one with school when there is none in it."""
    current = current_week(open_plan)
    return next_school_week(open_plan.plan, current) or current


def next_school_week(plan: Plan, week: IsoWeek) -> IsoWeek | None:
    """Return ``week`` or the first one after it with school; nothing when no term goes that far."""
    weeks = (week.shifted(n) for n in range(_WEEKS_AHEAD))
    return next((week for week in weeks if _has_school(plan, week)), None)


def week_view(open_plan: OpenPlan, week: IsoWeek) -> WeekView:
    """Return everything that the week page shows of ``week``.

    A week without a draft shows the shifts that are given, and neither gaps nor findings.
    """
    plan, store = open_plan.plan, open_plan.store
    has_draft = store.draft_revision(week) > 0
    roster = store.load_roster(week)
    if not has_draft:
        roster = Roster(week=week, shifts=given_shifts(plan, week, roster.shifts))
    around = shifts_around(open_plan, week)
    judgement = Judgement(findings=(), gaps=(), levels=())
    if has_draft:
        judgement = judge(plan, roster, around)
    published = latest(open_plan, week)
    duties = make_duties(plan, week)
    decisions = {decision.duty: decision.decision for decision in store.decisions(week)}
    return WeekView(
        week=week,
        state=_state(open_plan, published, roster, has_draft=has_draft),
        version=published.number if published else None,
        published_at=published.published_at if published else None,
        zone=plan.settings.zone,
        notice=plan.settings.notice,
        days=tuple(_header(plan, day) for day in week.days),
        people=tuple(_People(plan, roster, duties, judgement.findings).rows()),
        places=tuple(_Places(plan, roster, duties, decisions).rows()),
        need=tuple(_need(plan, week, (*around, *roster.shifts))),
        gaps=judgement.gaps,
        findings=judgement.findings,
        levels=judgement.levels,
        employers=tuple((employer.id, employer.name) for employer in plan.employers),
        squads=tuple((squad.id, squad.name, squad.employer) for squad in plan.squads),
        rule_books=tuple((book.name, book.confirmed_by) for book in plan.rule_books),
    )


def week_state(open_plan: OpenPlan, week: IsoWeek) -> WeekState:
    """Return how far ``week`` has come."""
    store = open_plan.store
    has_draft = store.draft_revision(week) > 0
    return _state(open_plan, latest(open_plan, week), store.load_roster(week), has_draft=has_draft)


def _state(
    open_plan: OpenPlan, published: Published | None, roster: Roster, *, has_draft: bool
) -> WeekState:
    if published is None:
        return WeekState.DRAFT if has_draft else WeekState.EMPTY
    is_changed = has_draft and differs(published, open_plan.plan, roster)
    return WeekState.CHANGED if is_changed else WeekState.PUBLISHED


def _has_school(plan: Plan, week: IsoWeek) -> bool:
    return any(
        school_day(plan, school, day).has_school for school in plan.schools for day in week.days
    )


def _header(plan: Plan, day: date) -> DayHeader:
    return DayHeader(
        day=day,
        holiday=holiday_name(plan, day),
        is_free=is_free_day(plan, day),
        school_note=school_note(plan, day),
        is_today=day == clock.today(plan.zone),
    )


class _People:
    """Rows of the grid of people and days."""

    def __init__(
        self, plan: Plan, roster: Roster, duties: Iterable[Duty], findings: Iterable[Finding]
    ) -> None:
        self._plan, self._week = plan, roster.week
        self._duties = {duty.id: duty for duty in duties}
        self._colors = {kind.id: number for number, kind in enumerate(plan.shift_types)}
        self._squads = {squad.id: squad.name for squad in plan.squads}
        self._crews = _crew_labels(roster)
        self._shifts: dict[StaffId, list[Shift]] = defaultdict(list)
        for shift in roster.shifts:
            self._shifts[shift.staff].append(shift)
        self._done: dict[StaffId, list[Assignment]] = defaultdict(list)
        for done in roster.assignments:
            self._done[done.staff].append(done)
        self._n_findings: dict[tuple[StaffId, date], int] = defaultdict(int)
        for finding in findings:
            if finding.staff and finding.span:
                day = finding.span.start.astimezone(plan.zone).date()
                self._n_findings[finding.staff, day] += 1
        self._wishes = {(wish.staff, wish.day): wish for wish in plan.wishes}

    def rows(self) -> Iterator[PersonRow]:
        """Yield a row for each person who is employed or at work in the week."""
        for member in self._plan.staff:
            contracts = [self._plan.contract_of(member.id, day) for day in self._week.days]
            rates = [contract.rate_percent for contract in contracts if contract]
            if rates or self._shifts[member.id]:
                yield self._row(member, max(rates, default=0))

    def _row(self, member: StaffMember, rate_percent: int) -> PersonRow:
        plan, week = self._plan, self._week
        shifts = self._shifts[member.id]
        lead = plan.settings.lead_skill
        return PersonRow(
            staff=member.id,
            name=member.display_name,
            employer=member.employer,
            squad=member.squad,
            squad_name=self._squads[member.squad] if member.squad else "",
            is_lead=any(lead in plan.skills_of(member.id, day) for day in week.days),
            rate_percent=rate_percent,
            counted_min=week_counted_min(plan, member.id, week, shifts),
            target_min=target_min(plan, member.id, week),
            days=tuple(self._day(member.id, day) for day in week.days),
        )

    def _day(self, staff: StaffId, day: date) -> PersonDay:
        plan = self._plan
        whole = day_span(day, plan.zone)
        shifts = sorted(
            (shift for shift in self._shifts[staff] if shift.day == day),
            key=lambda shift: shift.span,
        )
        return PersonDay(
            day=day,
            shifts=tuple(self._bar(shift) for shift in shifts),
            is_absent=any(
                absence.staff == staff and absence.span.overlaps(whole) for absence in plan.absences
            ),
            bound=tuple(
                (bound.title, bound.span)
                for bound in plan.bound_times
                if bound.staff == staff and whole.start <= bound.start < whole.end
            ),
            wish=_wish_code(self._wishes.get((staff, day))),
            n_findings=self._n_findings[staff, day],
        )

    def _bar(self, shift: Shift) -> ShiftBar:
        kind = self._plan.shift_type_by_id.get(shift.shift_type or ShiftTypeId(""))
        return ShiftBar(
            shift=shift.id,
            code=kind.code if kind else "",
            name=kind.name if kind else "",
            color_index=self._colors[kind.id] if kind else len(self._colors),
            parts=shift.parts,
            breaks=shift.breaks,
            is_given=shift.source == "given",
            is_locked=shift.is_locked,
            crew_label=self._crews.get(shift.id, ""),
            duties=tuple(
                DutyBar(duty=duty.id, kind=duty.kind, title=duty.title, span=done.span)
                for done in self._done[shift.staff]
                if shift.span.overlaps(done.span)
                and (duty := self._duties.get(done.duty)) is not None
            ),
        )


def _wish_code(wish: Wish | None) -> str:
    if wish is None:
        return ""
    if wish.kind is WishKind.SHIFT:
        return "shift"
    return "veto" if wish.is_veto else "free"


def _crew_labels(roster: Roster) -> dict[ShiftId, str]:
    """Return a number for each crew of a day, in the order in which they begin."""
    numbers: dict[tuple[date, str], int] = {}
    n_on: dict[date, int] = defaultdict(int)
    labels = {}
    for shift in sorted(roster.shifts, key=lambda shift: (shift.span.start, shift.crew or "")):
        if shift.crew is None:
            continue
        if (shift.day, shift.crew) not in numbers:
            n_on[shift.day] += 1
            numbers[shift.day, shift.crew] = n_on[shift.day]
        labels[shift.id] = str(numbers[shift.day, shift.crew])
    return labels


class _Places:
    """Rows of the grid of places and days."""

    def __init__(
        self,
        plan: Plan,
        roster: Roster,
        duties: Iterable[Duty],
        decisions: dict[DutyId, str],
    ) -> None:
        self._plan, self._week = plan, roster.week
        self._decisions = decisions
        self._duties: dict[str, dict[date, list[Duty]]] = defaultdict(lambda: defaultdict(list))
        for duty in duties:
            self._duties[duty.source][duty.day].append(duty)
        self._done: dict[DutyId, list[Assignment]] = defaultdict(list)
        for done in roster.assignments:
            self._done[done.duty].append(done)

    def rows(self) -> Iterator[PlaceRow]:
        """Yield schools, hotspots, and what else has a duty in the week."""
        plan = self._plan
        for school in plan.schools:
            notes = {day: self._note(school, day) for day in self._week.days}
            yield self._row(school.id, school.name, DutyKind.SCHOOL, notes)
        for hotspot in plan.hotspots:
            yield self._row(hotspot.id, hotspot.name, DutyKind.PRESENCE, {})
        others = [
            *((walk.id, walk.name, DutyKind.WALK) for walk in plan.safety_walks),
            *((one.id, one.name, DutyKind.SESSION) for one in plan.information_sessions),
        ]
        for source, name, kind in others:
            if source in self._duties:
                yield self._row(source, name, kind, {})

    def _row(self, source: str, name: str, kind: DutyKind, notes: dict[date, str]) -> PlaceRow:
        days = tuple(
            PlaceDay(
                day=day,
                duties=tuple(self._duty(duty) for duty in self._duties[source][day]),
                note=notes.get(day, ""),
            )
            for day in self._week.days
        )
        return PlaceRow(source=source, name=name, kind=kind, days=days)

    def _note(self, school: School, day: date) -> str:
        kind = school_day(self._plan, school, day).kind
        if kind is not SchoolDayKind.SCHOOL_DAY:
            return kind.value
        return "own_staff" if school.staffing is Staffing.OWN else ""

    def _duty(self, duty: Duty) -> PlaceDuty:
        done = self._done[duty.id]
        people = self._plan.staff_by_id
        return PlaceDuty(
            duty=duty.id,
            kind=duty.kind,
            moment=duty.moment,
            span=done[0].span if done else duty.span,
            names=tuple(people[one.staff].display_name for one in done if one.staff in people),
            missing=max(0, duty.heads - len(done)),
            decision="" if done else self._decisions.get(duty.id, ""),
        )


def _need(plan: Plan, week: IsoWeek, shifts: Iterable[Shift]) -> Iterator[NeedPoint]:
    """Yield the officers wanted and planned, hour by hour; in an hour the worst quarter counts."""
    hours: dict[datetime, list[tuple[int, int, int]]] = defaultdict(list)
    for quarter in staffing(plan, week, shifts):
        if quarter.need.skill == plan.settings.patrol_skill:
            hour = quarter.span.start.replace(minute=0)
            hours[hour].append((quarter.need.minimum, quarter.need.needed, quarter.planned))
    for hour, quarters in sorted(hours.items()):
        yield NeedPoint(
            start=hour,
            minimum=max(minimum for minimum, _, _ in quarters),
            needed=max(needed for _, needed, _ in quarters),
            planned=min(planned for _, _, planned in quarters),
        )
