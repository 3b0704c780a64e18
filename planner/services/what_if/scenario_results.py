"""What a scenario comes to: values to compare, nobody's name among them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from planner.domain.counting import target_min, week_counted_min
from planner.domain.duties import Duty
from planner.domain.held import changes_by_person
from planner.domain.plan import Plan
from planner.domain.promises import COUNTED_DUTIES, Measure, MeasureKind
from planner.domain.roster import Roster
from planner.domain.scenarios import Scenario
from planner.domain.weeks import IsoWeek
from planner.planning import levels
from planner.planning.judging import Judgement
from planner.planning.week_input import WeekInput
from planner.services.solving import Trouble

_QUARTER_MIN = 15
"""Minutes of one head that a point of further staffing stands for."""

KIND_OF_DUTY = {duty: kind for kind, duties in COUNTED_DUTIES.items() for duty in duties}
"""What each kind of duty counts for in a promise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Heads that the duties of a priority ask for, and those that a roster has."""

    priority: int
    n_wanted: int
    n_covered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """A measure at a place on a day: what of a promise breaks, and when.

    Parameters
    ----------
    measure
        Of a promise in the plan, if one asks for it; else only the kind is known.
    place, title
        Id and name of the school, hotspot, walk or session.
    missing
        Heads that lack that day.
    """

    measure: Measure | None
    kind: MeasureKind
    place: str
    title: str
    day: date
    priority: int
    missing: int

    @property
    def week(self) -> IsoWeek:
        """The week that it is in."""
        return IsoWeek.of(self.day)

    @property
    def key(self) -> tuple[MeasureKind, str, date]:
        """What tells it apart from other lines."""
        return (self.kind, self.place, self.day)


@dataclass(frozen=True, kw_only=True)
class ScenarioResult:
    """A week solved under a scenario.

    Parameters
    ----------
    scenario
        Nothing for the plan as it is, which the others are compared with.
    plan
        As it would be.
    covered
        By priority, those that are asked for only.
    n_missing
        Heads that lack, for duties and for the minimum of each hour.
    short_min
        Minutes of a head that lack of the further staffing.
    overtime_min, under_min
        Counted minutes above and below the contracts, each person's apart.
    counted_min, target_min
        Of everybody: counted, and asked for by the contracts.
    n_disturbed
        People with other shifts or duties than in the base; those who are there in both only.
    lines
        What of the promise breaks, by day and then by importance.
    is_settled
        Whether it is proved that no roster covers more of the promise.
    trouble
        What ended the search before its time.
    """

    scenario: Scenario | None
    plan: Plan
    roster: Roster
    covered: tuple[Covered, ...]
    n_missing: int
    short_min: int
    overtime_min: int
    under_min: int
    counted_min: int
    target_min: int
    n_disturbed: int
    lines: tuple[PromiseLine, ...]
    is_settled: bool
    trouble: Trouble | None = None

    @cached_property
    def n_wanted(self) -> int:
        """Heads that the duties ask for."""
        return sum(one.n_wanted for one in self.covered)

    @cached_property
    def n_covered(self) -> int:
        """Heads of duties that the roster has."""
        return sum(one.n_covered for one in self.covered)

    def first_broken(self, base: "ScenarioResult | None") -> PromiseLine | None:
        """Return the line that breaks first, of those that hold in ``base``."""
        known = {line.key: line.missing for line in base.lines} if base else {}
        return next((line for line in self.lines if line.missing > known.get(line.key, 0)), None)


def broken_lines(plan: Plan, duties: Iterable[Duty], roster: Roster) -> Iterator[PromiseLine]:
    """Yield each duty that lacks heads as a line, by day and then by importance."""
    n_doing = Counter(done.duty for done in roster.assignments)
    for duty in sorted(duties, key=lambda one: (one.day, one.priority, one.earliest_start, one.id)):
        missing = duty.heads - n_doing[duty.id]
        if missing > 0:
            yield PromiseLine(
                measure=measure_of(plan, duty),
                kind=KIND_OF_DUTY[duty.kind],
                place=duty.source,
                title=duty.title,
                day=duty.day,
                priority=duty.priority,
                missing=missing,
            )


def measure_of(plan: Plan, duty: Duty) -> Measure | None:
    """Return the measure of a promise in the plan that asks for a duty; the narrowest first."""
    periods = {one.id: (one.first_day, one.last_day) for one in plan.promises}
    found = [
        measure
        for measure in plan.measures
        if duty.kind in COUNTED_DUTIES[measure.kind]
        and measure.place in {"", duty.source}
        and periods[measure.promise][0] <= duty.day <= periods[measure.promise][1]
    ]
    return max(found, key=lambda measure: measure.place != "", default=None)


def result_of(
    scenario: Scenario | None,
    source: WeekInput,
    roster: Roster,
    judgement: Judgement,
    *,
    base: ScenarioResult | None,
    trouble: Trouble | None = None,
) -> ScenarioResult:
    """Return what a roster of a supposed week comes to."""
    plan, duties = source.plan, source.duties
    hours = [
        (week_counted_min(plan, member.id, roster.week, roster.shifts), target)
        for member in plan.staff
        for target in [target_min(plan, member.id, roster.week)]
    ]
    values = {each.level: each.value for each in judgement.levels}
    return ScenarioResult(
        scenario=scenario,
        plan=plan,
        roster=roster,
        covered=tuple(covered_heads(duties, roster)),
        n_missing=sum(gap.missing for gap in judgement.gaps),
        short_min=values[levels.COVERAGE] * _QUARTER_MIN,
        overtime_min=sum(max(0, counted - target) for counted, target in hours),
        under_min=sum(max(0, target - counted) for counted, target in hours),
        counted_min=sum(counted for counted, _ in hours),
        target_min=sum(target for _, target in hours),
        n_disturbed=_n_disturbed(base, plan, roster) if base else 0,
        lines=_merged(broken_lines(plan, duties, roster)),
        is_settled=all(
            each.value == each.bound
            for each in judgement.levels
            if each.level in levels.PROMISED.values()
        ),
        trouble=trouble,
    )


def covered_heads(duties: Iterable[Duty], roster: Roster) -> Iterator[Covered]:
    """Yield the heads that duties ask for and have, by priority."""
    n_doing = Counter(done.duty for done in roster.assignments)
    wanted: Counter[int] = Counter()
    had: Counter[int] = Counter()
    for duty in duties:
        wanted[duty.priority] += duty.heads
        had[duty.priority] += min(duty.heads, n_doing[duty.id])
    for priority in sorted(wanted):
        yield Covered(priority=priority, n_wanted=wanted[priority], n_covered=had[priority])


def _n_disturbed(base: ScenarioResult, plan: Plan, roster: Roster) -> int:
    there = [
        {member.id for member in one.staff if _is_employed(one, member.id, roster.week)}
        for one in (base.plan, plan)
    ]
    both = there[0] & there[1]
    return len(both & changes_by_person(base.roster, roster).keys())


def _is_employed(plan: Plan, staff: str, week: IsoWeek) -> bool:
    """Tell whether somebody is employed on a day of a week."""
    return any(
        contract.staff == staff and any(contract.holds_on(day) for day in week.days)
        for contract in plan.contracts
    )


def _merged(lines: Iterable[PromiseLine]) -> tuple[PromiseLine, ...]:
    """Return lines once for each measure, place and day, with all heads that lack."""
    found: dict[object, PromiseLine] = {}
    for line in lines:
        before = found.get(line.key)
        missing = line.missing + (before.missing if before else 0)
        found[line.key] = replace(before or line, missing=missing)
    return tuple(found.values())
