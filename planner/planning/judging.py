"""What is to be said of any roster: solved, edited by hand or imported."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner import messages
from planner.domain.coverage import Staffed, staffing
from planner.domain.duties import Duty
from planner.domain.ids import DutyId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import (
    Blocker,
    Finding,
    Gap,
    GapReason,
    LevelResult,
    Proof,
    Roster,
    Severity,
    Shift,
)
from planner.domain.spans import Span
from planner.domain.staff import ShiftSource
from planner.planning import levels
from planner.planning.problem import CompiledWeek, compile_week
from planner.planning.week_input import WeekInput
from solver.checks import Violation, level_values, violations
from solver.data.solution import Solution


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


def judge(plan: Plan, roster: Roster, around: tuple[Shift, ...] = ()) -> Judgement:
    """Return what the checks say of ``roster``; ``around`` are the shifts before and after it."""
    source = WeekInput(
        plan=plan,
        week=roster.week,
        around=around,
        fixed=tuple(shift for shift in roster.shifts if is_fixed(shift)),
        locked=tuple(done for done in roster.assignments if done.is_locked),
    )
    compiled = compile_week(source, also=roster.shifts)
    employed = {StaffId(worker.id) for worker in compiled.problem.workers}
    strangers = [shift for shift in roster.shifts if shift.staff not in employed]
    judged = replace(
        roster,
        shifts=tuple(shift for shift in roster.shifts if shift.staff in employed),
        assignments=tuple(done for done in roster.assignments if done.staff in employed),
    )
    solution = compiled.solution(judged)
    results = tuple(_levels(compiled, solution, roster))
    return Judgement(
        findings=(
            *(
                _finding(compiled, violation)
                for violation in violations(compiled.problem, solution)
            ),
            *(_stranger(shift) for shift in strangers),
            *_orphans(compiled, roster),
        ),
        gaps=tuple(_gaps(source, judged, results)),
        levels=results,
    )


def is_fixed(shift: Shift) -> bool:
    """Tell whether generating must leave the shift as it is."""
    return shift.is_locked or shift.source is ShiftSource.GIVEN


def _levels(compiled: CompiledWeek, solution: Solution, roster: Roster) -> Iterator[LevelResult]:
    """Yield the levels; a bound holds only as long as all levels above are as they were."""
    values = level_values(compiled.problem, solution)
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


def _finding(compiled: CompiledWeek, violation: Violation) -> Finding:
    scale = compiled.source.scale
    return Finding(
        code=violation.rule,
        severity=Severity.FACT if violation.is_fact else Severity.VIOLATION,
        staff=StaffId(violation.workers[0]) if violation.workers else None,
        span=scale.back(violation.span) if violation.span else None,
        values=tuple(violation.values),
    )


def _stranger(shift: Shift) -> Finding:
    return Finding(
        code="not-employed", severity=Severity.VIOLATION, staff=shift.staff, span=shift.span
    )


def _orphans(compiled: CompiledWeek, roster: Roster) -> Iterator[Finding]:
    """Yield duties of the roster whose source is gone; they are shown, not dropped."""
    for done in roster.assignments:
        if done.duty not in compiled.problem.task_by_id:
            yield Finding(
                code="duty-lost", severity=Severity.WARNING, staff=done.staff, span=done.span
            )


def _gaps(source: WeekInput, roster: Roster, results: tuple[LevelResult, ...]) -> Iterator[Gap]:
    by_level = {result.level: result for result in results}
    covered = Counter(done.duty for done in roster.assignments)
    explained = {gap.duty: gap for gap in roster.gaps if gap.duty}
    duties = sorted(source.duties, key=lambda duty: (duty.priority, duty.earliest_start, duty.id))
    for duty in duties:
        missing = duty.heads - covered[duty.id]
        if missing > 0:
            result = by_level[levels.PROMISED[duty.priority]]
            yield _duty_gap(duty, missing, explained.get(duty.id), result)
    yield from _need_gaps(source, roster, by_level[levels.PROMISED[1]])


def _duty_gap(duty: Duty, missing: int, known: Gap | None, result: LevelResult) -> Gap:
    proof: Proof = None
    if known is not None and known.proof == "nobody":
        proof = known.proof
    elif result.bound == result.value:
        proof = "bound"
    return Gap(
        duty=duty.id,
        need=None,
        title=duty.title,
        span=duty.span,
        missing=missing,
        reason=known.reason if known else GapReason.PREFERENCE,
        is_proved=proof is not None,
        proof=proof,
        blockers=known.blockers if known else (),
    )


def _need_gaps(source: WeekInput, roster: Roster, result: LevelResult) -> Iterator[Gap]:
    """Yield hours below the minimum, quarters that follow each other as one."""
    current: list[Staffed] = []
    for quarter in staffing(source.plan, source.week, (*source.around, *roster.shifts)):
        is_short = quarter.planned < quarter.need.minimum
        goes_on = (
            current
            and current[-1].need == quarter.need
            and current[-1].span.end == quarter.span.start
        )
        if current and not (is_short and goes_on):
            yield _need_gap(source, current, result)
            current = []
        if is_short:
            current.append(quarter)
    if current:
        yield _need_gap(source, current, result)


def _need_gap(source: WeekInput, quarters: list[Staffed], result: LevelResult) -> Gap:
    need = quarters[0].need
    span = Span(quarters[0].span.start, quarters[-1].span.end)
    n_there = _n_available(source, need.skill, span)
    is_supply = n_there < need.minimum
    proof: Proof = "nobody" if is_supply else "bound" if result.bound == result.value else None
    return Gap(
        duty=None,
        need=need.id,
        title=need.id,
        span=span,
        missing=max(need.minimum - quarter.planned for quarter in quarters),
        reason=GapReason.SUPPLY if is_supply else GapReason.RULE,
        is_proved=proof is not None,
        proof=proof,
    )


def _n_available(source: WeekInput, skill: str, span: Span) -> int:
    """Count people with the skill who are employed and neither absent nor bound in all of it."""
    plan = source.plan
    day = span.start.astimezone(plan.zone).date()
    away = {absence.staff for absence in plan.absences if absence.span.contains(span)}
    away |= {bound.staff for bound in plan.bound_times if bound.span.contains(span)}
    return sum(
        skill in plan.skills_of(member.id, day)
        for member in plan.staff
        if member.id not in away and plan.contract_of(member.id, day)
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
            blockers=tuple(
                Blocker(code=blocker.code, n_staff=len(blocker.workers))
                for blocker in gap.blockers
                if blocker.code in messages.BLOCKERS
            ),
        )
        for gap in solution.gaps
    )
