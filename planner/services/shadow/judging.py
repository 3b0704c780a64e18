"""Judge a roster that was made elsewhere, without changing it and without writing it down."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from planner.domain.counting import target_min, week_counted_min
from planner.domain.duties import Duty, DutyKind, Moment
from planner.domain.grids import Grid, GridDecisions, undecided_entries
from planner.domain.ids import DutyId, StaffId
from planner.domain.plan import Plan
from planner.domain.records import record_key
from planner.domain.roster import Assignment, Finding, Shift
from planner.domain.spans import DAY, Span, day_span
from planner.domain.weeks import IsoWeek
from planner.planning.week_input import reach
from planner.services.grids.records import GridRecords, grid_records
from planner.services.plans import OpenPlan
from planner.services.roster.generating import given_shifts
from planner.services.shadow.placing import in_crews
from planner.services.shadow.values import (
    BrokenRule,
    PersonHours,
    Shadow,
    ShadowGap,
    WindowCoverage,
)
from planner.services.shadow.week import ShadowWeek

_OF_TIME = frozenset(
    {
        "working-time",
        "shifts-per-day",
        "consecutive-days",
        "daily-rest",
        "weekly-rest",
        "rest-between",
        "continuous-work",
    }
)
"""Rules of working time and rest; they are told first."""
_JUDGED = _OF_TIME | {
    "blocked",
    "bound",
    "overlap",
    "not-offered",
    "not-employed",
    "lead",
}
"""Rules that shifts alone can break; a roster of shifts says nothing of crews and duties."""


class ShadowRoster:
    """A roster made elsewhere beside a plan, all in memory."""

    def __init__(self, open_plan: OpenPlan, grid: Grid, decisions: GridDecisions) -> None:
        plan = open_plan.plan
        records = grid_records(plan, grid, decisions)
        self._grid = grid
        self._staff = frozenset(records.staff.values())
        self.plan = _with_records(plan, records)
        self._judged = _JUDGED if self._has_lead() else _JUDGED - {"lead"}
        self._n_unread = undecided_entries(grid, decisions)
        first, last = IsoWeek.of(grid.first_day), IsoWeek.of(grid.last_day)
        n_weeks = (last.monday - first.monday).days // 7 + 1
        self.weeks = tuple(first.shifted(n) for n in range(n_weeks))
        everybody = in_crews(self.plan, (*records.shifts, *self._other_shifts(open_plan)))
        own = {shift.id for shift in records.shifts}
        self.shifts = tuple(shift for shift in everybody if shift.id in own)
        self._others = tuple(shift for shift in everybody if shift.id not in own)

    def judged(
        self, placed: Callable[["ShadowWeek"], tuple[Assignment, ...]] | None = None
    ) -> Shadow:
        """Return what the checks say.

        Parameters
        ----------
        placed
            Returns who does which duty of a week; one duty after the other is placed unless given.
        """
        findings: dict[tuple[object, ...], Finding] = {}
        gaps: list[ShadowGap] = []
        done: list[Assignment] = []
        duties: list[Duty] = []
        n_outside = 0
        for week in self.weeks:
            one = ShadowWeek(self.plan, week, self.of_week(week), self.around(week))
            assignments = placed(one) if placed else one.quickly_placed
            judgement = one.judge.judge(replace(one.roster, assignments=assignments))
            for finding in judgement.findings:
                if finding.staff in self._staff and self._is_judged(finding):
                    findings.setdefault(finding.breach, finding)
            inside = [duty for duty in one.duties if self._covers(duty.day)]
            wanted = [duty for duty in inside if one.knows(duty)]
            n_outside += len(inside) - len(wanted)
            duties += wanted
            gaps += one.gaps(wanted, assignments)
            gaps += (
                ShadowGap(gap=gap, kind=None, blockers=(), nearest=None)
                for gap in judgement.gaps
                if gap.need is not None and self.knows(gap.span)
            )
            done += assignments
        missing = {gap.gap.duty for gap in gaps}
        return Shadow(
            plan=self.plan,
            first_day=self._grid.first_day,
            last_day=self._grid.last_day,
            weeks=self.weeks,
            whole_weeks=self._whole_weeks,
            shifts=self.shifts,
            assignments=tuple(done),
            rules=tuple(self._rules(findings.values())),
            hours=tuple(self._hours(findings.values())),
            windows=tuple(_windows(duties, missing)),
            gaps=tuple(sorted(gaps, key=lambda one: one.gap.span)),
            n_unread=self._n_unread,
            n_outside=n_outside,
            is_searched=placed is not None,
        )

    def of_week(self, week: IsoWeek) -> tuple[Shift, ...]:
        """Return the shifts of a week: the roster's, and those of everybody else in the plan."""
        days = week.days
        return tuple(one for one in (*self.shifts, *self._others) if one.day in days)

    def around(self, week: IsoWeek) -> tuple[Shift, ...]:
        """Return the shifts of the days before and after a week."""
        days, whole = week.days, reach(self.plan, week)
        return tuple(
            one
            for one in (*self.shifts, *self._others)
            if one.day not in days and one.span.overlaps(whole)
        )

    @cached_property
    def _whole_weeks(self) -> tuple[IsoWeek, ...]:
        whole = [week for week in self.weeks if all(map(self._covers, week.days[:5]))]
        return tuple(whole)

    def knows(self, span: Span) -> bool:
        """Tell whether the roster says who is at work then."""
        return self._covers(span.start.astimezone(self.plan.zone).date())

    def _covers(self, day: date) -> bool:
        return self._grid.first_day <= day <= self._grid.last_day

    def _has_lead(self) -> bool:
        """Tell whether it is known of anybody in the roster that they can be in charge."""
        lead = self.plan.settings.lead_skill
        return any(
            held.skill == lead and held.staff in self._staff for held in self.plan.staff_skills
        )

    def _is_judged(self, finding: Finding) -> bool:
        """Tell whether a finding is of a rule for shifts, and about days that the roster knows."""
        if finding.code not in self._judged:
            return False
        if finding.code == "working-time":
            return finding.span is None or any(
                finding.span.overlaps(week.span(self.plan.zone)) for week in self._whole_weeks
            )
        zone = self.plan.zone
        if finding.code == "weekly-rest" and finding.span is not None:
            first, last = finding.span.start, finding.span.end - DAY
            return all(self._covers(at.astimezone(zone).date()) for at in (first, last))
        known = Span(
            day_span(self._grid.first_day, zone).start, day_span(self._grid.last_day, zone).end
        )
        return finding.span is None or finding.span.overlaps(known)

    def _other_shifts(self, open_plan: OpenPlan) -> tuple[Shift, ...]:
        """Return what the plan holds already of other people, and of other days."""
        plan, store = open_plan.plan, open_plan.store
        found = {
            shift.id: shift
            for week in self.weeks
            for shift in (
                *given_shifts(plan, week, store.load_roster(week).shifts),
                *store.shifts_between(reach(plan, week)),
            )
        }
        return tuple(
            shift
            for shift in found.values()
            if shift.staff not in self._staff or not self._covers(shift.day)
        )

    def _hours(self, findings: Iterable[Finding]) -> Iterator[PersonHours]:
        n_findings = Counter(finding.staff for finding in findings)
        own: dict[StaffId, list[Shift]] = defaultdict(list)
        for shift in self.shifts:
            own[shift.staff].append(shift)
        for member in self.plan.staff:
            if member.id in self._staff:
                yield PersonHours(
                    staff=member.id,
                    name=member.display_name,
                    counted_min=sum(
                        week_counted_min(self.plan, member.id, week, own[member.id])
                        for week in self._whole_weeks
                    ),
                    target_min=sum(
                        target_min(self.plan, member.id, week) for week in self._whole_weeks
                    ),
                    n_findings=n_findings[member.id],
                )

    def _rules(self, findings: Iterable[Finding]) -> Iterator[BrokenRule]:
        """Yield each rule with its breaches: the worst first, then by time and name."""
        names = {member.id: member.display_name for member in self.plan.staff}
        by_code: dict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            by_code[finding.code].append(finding)

        def order(finding: Finding) -> tuple[int, tuple[Span, ...], str]:
            when = (finding.span,) if finding.span else ()
            return _harmless(finding), when, names.get(finding.staff or StaffId(""), "")

        for code in sorted(by_code, key=lambda code: (code not in _OF_TIME, -len(by_code[code]))):
            found = sorted(by_code[code], key=order)
            people = {finding.staff for finding in found}
            yield BrokenRule(code=code, n_people=len(people), findings=tuple(found))


def judge_grid(open_plan: OpenPlan, grid: Grid, decisions: GridDecisions) -> Shadow:
    """Return what the checks say of a grid; the plan stays as it is."""
    return ShadowRoster(open_plan, grid, decisions).judged()


def search_grid(
    open_plan: OpenPlan,
    grid: Grid,
    decisions: GridDecisions,
    *,
    seconds: float,
    on_week: Callable[[IsoWeek], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Shadow:
    """Return what the checks say when the engine places the duties into the grid's shifts.

    Parameters
    ----------
    seconds
        Wall time at most for each week.
    on_week
        Told which week is placed next.

    Raises
    ------
    SolverDiedError, SolverFault
        When the solver fails before it has any roster.
    """

    def placed(one: ShadowWeek) -> tuple[Assignment, ...]:
        on_week(one.roster.week)
        return one.quickly_placed if should_stop() else one.searched(seconds, should_stop)

    return ShadowRoster(open_plan, grid, decisions).judged(placed)


def _with_records(plan: Plan, records: GridRecords) -> Plan:
    """Return the plan with what a grid makes; what an earlier import of it made is there once."""
    sets: dict[str, Any] = {}
    for name, new in records.made.items():
        keys = {record_key(name, record) for record in new}
        kept = (one for one in getattr(plan, name) if record_key(name, one) not in keys)
        sets[name] = (*kept, *new)
    return replace(plan, **sets)


def _harmless(finding: Finding) -> int:
    """Return how far from its limit a breach is, the farthest first."""
    numbers = {name: value for name, value in finding.values if isinstance(value, int)}
    least = numbers.pop("least_min", None)
    most = numbers.pop("most_min", numbers.pop("most", None))
    value = next(iter(numbers.values()), 0)
    over = least - value if least is not None else value - most if most is not None else 0
    return -over


def _windows(duties: Iterable[Duty], missing: set[DutyId | None]) -> Iterator[WindowCoverage]:
    groups: dict[tuple[str, str, DutyKind, Moment | None], list[Duty]] = defaultdict(list)
    for duty in duties:
        groups[duty.source, duty.title, duty.kind, duty.moment].append(duty)
    for (source, title, kind, moment), own in groups.items():
        yield WindowCoverage(
            source=source,
            title=title,
            kind=kind,
            moment=moment,
            n_wanted=len(own),
            n_covered=sum(duty.id not in missing for duty in own),
        )
