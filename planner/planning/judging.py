"""What is to be said of any roster: solved, edited by hand or imported."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planner import messages
from planner.domain.coverage import NeedOnDay, Presence, Staffed, needs_of_week, presences
from planner.domain.duties import Duty
from planner.domain.ids import DutyId
from planner.domain.plan import Plan
from planner.domain.roster import (
    Assignment,
    Blocker,
    Finding,
    Gap,
    GapReason,
    LevelResult,
    Override,
    Roster,
    Severity,
    Shift,
)
from planner.domain.weeks import IsoWeek
from planner.pauses import pause
from planner.planning import levels
from planner.planning.gap_finding import GapFinder
from planner.planning.person_judge import JudgedPerson, Skilled, finding, is_fixed, judged_person
from planner.planning.problem import CompiledWeek, compile_week
from planner.planning.remembering import Remembered
from planner.planning.week_input import WeekInput
from solver.checks import Violation
from solver.checks.check import shared_violations
from solver.checks.costs import missing_heads, shortage
from solver.checks.timeline import overlap
from solver.data import solution as solved
from solver.data.problem import Demand
from solver.data.solution import Solution

if TYPE_CHECKING:
    from solver.explain.gaps import DemandGap

__all__ = ["Judgement", "WeekJudge", "explained_gaps", "explained_needs", "is_fixed", "judge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the checks say of a roster.

    Parameters
    ----------
    findings
        Broken rules and what else a planner should know.
    gaps
        Uncovered duties and hours below the minimum, the most important first.
    levels
        Points by level, recomputed; with the engine's bound as long as it still says something.
    """

    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    levels: tuple[LevelResult, ...]

    @property
    def has_violation(self) -> bool:
        """Tell whether a rule is broken by something that the program may change."""
        return any(finding.severity is Severity.VIOLATION for finding in self.findings)


def judge(
    plan: Plan,
    roster: Roster,
    around: tuple[Shift, ...] = (),
    duties: tuple[Duty, ...] | None = None,
) -> Judgement:
    """Return what the checks say of ``roster``.

    Parameters
    ----------
    around
        The shifts before and after it.
    duties
        What the week asks for; made of the plan when missing.
    """
    return WeekJudge(plan, roster.week, around, duties).judge(roster)


class WeekJudge:
    """Judges one roster of a week after the other; what stayed the same is not judged again.

    What several people break or cover together is put together anew from what is remembered of
    each. One thread at a time may ask.

    Parameters
    ----------
    around
        The shifts before and after the week.
    duties
        What the week asks for; made of the plan when missing.
    """

    def __init__(
        self,
        plan: Plan,
        week: IsoWeek,
        around: tuple[Shift, ...] = (),
        duties: tuple[Duty, ...] | None = None,
    ) -> None:
        self._source = WeekInput(plan=plan, week=week, around=around, asked=duties)
        self._gaps = GapFinder(self._source)
        self._people: dict[str, JudgedPerson] = {}
        self._shared: dict[Violation, Finding] = {}
        self._last: Roster | None = None

    @property
    def duties(self) -> tuple[Duty, ...]:
        """What the week asks for."""
        return self._source.duties

    @property
    def travel(self) -> Mapping[str, Mapping[tuple[str, str], int]]:
        """Minutes between the sites of the duties, by means of travel."""
        return self._frame.problem.travel

    def judge(self, roster: Roster) -> Judgement:
        """Return what the checks say of ``roster``, a roster of the week."""
        self._judge_people(roster)
        results = tuple(_levels(self._values(roster), roster))
        by_level = {result.level: result for result in results}
        known = [done for done in roster.assignments if done.staff in self._people]
        return Judgement(
            findings=tuple(_with_overrides(self._findings(roster), roster.overrides)),
            gaps=(
                *self._gaps.of_duties(known, roster.gaps, by_level),
                *self._gaps.of_needs(self._staffing.results, roster.gaps, by_level),
            ),
            levels=results,
        )

    def staffing(self, roster: Roster) -> tuple[tuple[Staffed, ...], ...]:
        """Return the quarters of each staffing need, with the people of ``roster`` in them."""
        self._judge_people(roster)
        return self._staffing.results

    @cached_property
    def _frame(self) -> CompiledWeek:
        """The week without anything fixed or locked."""
        return compile_week(self._source)

    @cached_property
    def _staffing(self) -> Remembered[NeedOnDay, Presence, tuple[Staffed, ...]]:
        plan = self._source.plan
        staffing = Remembered(
            needs_of_week(plan, self._source.week),
            when_wanted=lambda need: need.span,
            when_there=lambda presence: presence.span,
            touches=NeedOnDay.counts,
            reckon=NeedOnDay.staffed,
        )
        around = self._source.around
        staffing.put("", [stretch for shift in around for stretch in presences(plan, shift)])
        return staffing

    @cached_property
    def _demands(self) -> Remembered[Demand, Skilled, Mapping[str, int]]:
        return Remembered(
            self._frame.problem.demands,
            when_wanted=lambda demand: demand.span,
            when_there=lambda stretch: stretch[1],
            touches=_covers,
            reckon=_shortage,
        )

    def _judge_people(self, roster: Roster) -> None:
        """Judge anew those whose shifts or assignments differ from the last roster's."""
        if roster is self._last:
            return
        shifts: dict[str, list[Shift]] = defaultdict(list)
        assignments: dict[str, list[Assignment]] = defaultdict(list)
        for shift in roster.shifts:
            shifts[shift.staff].append(shift)
        for done in roster.assignments:
            assignments[done.staff].append(done)
        for worker in self._frame.problem.workers:
            pause()
            known = self._people.get(worker.id)
            own = tuple(shifts.get(worker.id, ())), tuple(assignments.get(worker.id, ()))
            if known is None or own != (known.shifts, known.assignments):
                person = judged_person(self._frame, worker, *own)
                self._people[worker.id] = person
                self._staffing.put(worker.id, person.present)
                self._demands.put(worker.id, person.at_work)
        self._last = roster

    def _findings(self, roster: Roster) -> Iterator[Finding]:
        frame = self._frame
        for person in self._people.values():
            yield from person.findings
        lines = {worker: person.line for worker, person in self._people.items()}
        shared = tuple(shared_violations(frame.problem, self._solution(roster), lines))
        self._shared = {broken: self._known(broken) for broken in shared}
        for broken in shared:
            yield self._shared[broken]
        for shift in roster.shifts:
            if shift.staff not in lines:
                yield _stranger(shift)
        for done in roster.assignments:
            if done.duty not in frame.problem.task_by_id:
                yield _orphan(done)

    def _known(self, broken: Violation) -> Finding:
        """Return what was said of the last roster, if that broke the same."""
        return self._shared.get(broken) or finding(self._source.scale, broken)

    def _solution(self, roster: Roster) -> Solution:
        """Return the roster as the engine's; each person's own are in the roster's order."""
        people, tasks = self._people.items(), self._frame.problem.task_by_id
        worked = {name: iter(person.line.worked) for name, person in people}
        placed = {name: iter(person.line.placed) for name, person in people}
        return Solution(
            shifts=tuple(
                next(worked[shift.staff]) for shift in roster.shifts if shift.staff in worked
            ),
            tasks=tuple(
                next(placed[done.staff])
                for done in roster.assignments
                if done.staff in placed and done.duty in tasks
            ),
            levels=(),
        )

    def _values(self, roster: Roster) -> Mapping[str, int]:
        """Return the points that each level pays."""
        values = dict.fromkeys(levels.LEVELS, 0)
        heads = Counter[str](done.duty for done in roster.assignments if done.staff in self._people)
        for level, _, points in missing_heads(self._frame.problem.tasks, heads):
            values[level] += points
        of_people = (person.costs for person in self._people.values())
        for costs in (*of_people, *self._demands.results):
            for level, points in costs.items():
                values[level] += points
        return values


def _with_overrides(
    findings: Iterable[Finding], overrides: Iterable[Override]
) -> Iterator[Finding]:
    """Yield findings; broken rules that a planner lets stand say so."""
    standing = {(one.rule, one.staff, one.start, one.values) for one in overrides}
    rules = {one.rule for one in overrides}
    for each in findings:
        is_broken = each.severity in {Severity.VIOLATION, Severity.FACT}
        if is_broken and each.code in rules and each.breach in standing:
            yield replace(each, severity=Severity.OVERRIDDEN)
        else:
            yield each


def _covers(demand: Demand, stretch: Skilled) -> bool:
    skills, span = stretch
    return overlap(span, demand.span) and demand.skills <= skills


def _shortage(demand: Demand, present: Iterable[Skilled]) -> Mapping[str, int]:
    costs: Counter[str] = Counter()
    for level, points in shortage(demand, [(skills, [span]) for skills, span in present]):
        costs[level] += points
    return costs


def _levels(values: Mapping[str, int], roster: Roster) -> Iterator[LevelResult]:
    """Yield the levels; a bound holds only as long as all levels above are as they were."""
    before = {level.level: level for level in roster.levels}
    holds = True
    for level in levels.LEVELS:
        value = values[level]
        known = before.get(level)
        bound = known.bound if known and holds else None
        if value == 0:
            bound = 0
        yield LevelResult(level=level, value=value, bound=bound)
        holds = holds and known is not None and value <= known.value


def _stranger(shift: Shift) -> Finding:
    return Finding(
        code="not-employed", severity=Severity.VIOLATION, staff=shift.staff, span=shift.span
    )


def _orphan(done: Assignment) -> Finding:
    """Return what is said of a duty whose source is gone; it is shown, not dropped."""
    return Finding(code="duty-lost", severity=Severity.WARNING, staff=done.staff, span=done.span)


def explained_needs(compiled: CompiledWeek, found: Iterable["DemandGap"]) -> tuple[Gap, ...]:
    """Return the engine's reasons for hours below the minimum, those that there are words for."""
    scale = compiled.source.scale
    return tuple(
        Gap(
            duty=None,
            need=gap.demand.rsplit("/", 1)[0],
            title=gap.demand.rsplit("/", 1)[0],
            span=scale.back(gap.span),
            missing=gap.missing,
            reason=GapReason(gap.reason),
            is_proved=gap.proof is not None,
            proof=gap.proof,
            blockers=_blockers(gap.blockers),
        )
        for gap in found
        if gap.level == levels.PROMISED[1]
    )


def explained_gaps(compiled: CompiledWeek, solution: Solution) -> tuple[Gap, ...]:
    """Return the engine's reasons for what it left uncovered, those that there are words for."""
    duties = {duty.id: duty for duty in compiled.source.duties}
    return tuple(
        Gap(
            duty=DutyId(gap.task),
            need=None,
            title=duties[DutyId(gap.task)].title,
            span=duties[DutyId(gap.task)].span,
            missing=gap.missing,
            reason=GapReason(gap.reason),
            is_proved=gap.proof is not None,
            # To a planner both say that covering it would uncover as much elsewhere.
            proof="bound" if gap.proof == "exchange" else gap.proof,
            blockers=_blockers(gap.blockers),
        )
        for gap in solution.gaps
    )


def _blockers(found: Iterable[solved.Blocker]) -> tuple[Blocker, ...]:
    return tuple(
        Blocker(code=blocker.code, n_staff=len(blocker.workers))
        for blocker in found
        if blocker.code in messages.BLOCKERS
    )
