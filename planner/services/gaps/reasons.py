"""Why each gap of a week is there: the smallest set of facts that together cause it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from planner.domain.coverage import QUARTER
from planner.domain.duties import Duty
from planner.domain.ids import DutyId, SkillId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Gap, GapReason, Proof, Roster, Shift
from planner.domain.rules import RuleKey, rule_values
from planner.domain.spans import Span, union
from planner.planning.draft_problem import DraftProblem, compile_draft
from planner.planning.engine import engine
from planner.planning.judging import Judgement, WeekJudge
from planner.services.gaps.values import ExplainedGap, GapFact, Numbers, Reinforcement
from planner.services.week.working_week import WorkingWeek

if TYPE_CHECKING:
    from solver.explain.causes import Cause, Causes

_RULES = {
    "daily-rest": RuleKey.DAILY_REST,
    "weekly-rest": RuleKey.WEEKLY_REST,
    "rest-between": RuleKey.REST_BETWEEN,
    "working-time": RuleKey.MAX_WEEK,
    "consecutive-days": RuleKey.CONSECUTIVE_DAYS,
    "shifts-per-day": RuleKey.SHIFTS_PER_DAY,
    "no-break": RuleKey.CONTINUOUS_WORK,
}
"""Whose number of a rule book each rule keeps."""

_MEASURED = ("counted_min", "rest_min", "n_days", "n_shifts", "work_min")
"""Names of what a check has measured."""


@dataclass(frozen=True, kw_only=True)
class GapWeek:
    """A week's draft whose gaps are looked into; one thread at a time may ask.

    Parameters
    ----------
    around
        The shifts before and after the week.
    """

    plan: Plan
    draft: Roster
    around: tuple[Shift, ...] = ()

    @cached_property
    def problem(self) -> DraftProblem:
        """The draft as the engine sees it."""
        return compile_draft(self.plan, self.draft, self.around)

    @cached_property
    def judge(self) -> WeekJudge:
        """What judges the week."""
        return WeekJudge(self.plan, self.draft.week, self.around)

    @cached_property
    def judgement(self) -> Judgement:
        """What the checks say of the draft."""
        return self.judge.judge(self.draft)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps, the most important first."""
        return self.judgement.gaps

    @cached_property
    def duty_by_id(self) -> dict[DutyId, Duty]:
        """What the week asks for."""
        return {duty.id: duty for duty in self.judge.duties}

    def skills(self, gap: Gap) -> frozenset[SkillId]:
        """Return what everybody has to have who closes a gap."""
        if gap.duty is not None:
            return self.duty_by_id[gap.duty].skills
        return frozenset(need.skill for need in self.plan.staffing_needs if need.id == gap.need)

    def demand(self, gap: Gap) -> str:
        """Return the engine's name of the staffing need of a gap, on its day."""
        need = next(each for each in self.plan.staffing_needs if each.id == gap.need)
        return f"{need.id}/{self.draft.week.days[need.weekday - 1].isoformat()}"

    def quarter(self, gap: Gap) -> Span:
        """Return the first quarter of a gap in which the most lack."""
        short = [
            each
            for quarters in self.judge.staffing(self.draft)
            for each in quarters
            if each.need.id == gap.need and gap.span.contains(each.span)
        ]
        if not short:
            return Span(gap.span.start, min(gap.span.end, gap.span.start + QUARTER))
        return max(short, key=lambda each: each.need.minimum - each.planned).span

    def find(self, duty: DutyId | None, need: str | None, at: Span) -> Gap | None:
        """Return the draft's gap of a duty, or of a need at some time, if it still has one."""
        return next(
            (
                gap
                for gap in self.gaps
                if (gap.duty, gap.need) == (duty, need) and (duty or gap.span.overlaps(at))
            ),
            None,
        )


def gap_week(working: WorkingWeek) -> GapWeek:
    """Return a working week as it is now, to look into its gaps in another thread."""
    return GapWeek(plan=working.plan, draft=working.roster, around=working.around)


def explain(week: GapWeek, gap: Gap) -> ExplainedGap:
    """Return why there is a gap.

    Raises
    ------
    SolverDiedError, SolverFault
        When the solver fails.
    """
    problem = week.problem
    at = None
    if gap.duty is not None:
        found = engine().causes(problem.problem, problem.solution, task=gap.duty)
    else:
        at = week.quarter(gap)
        found = engine().causes(
            problem.problem,
            problem.solution,
            demand=week.demand(gap),
            start=problem.compiled.source.scale.minute(at.start),
        )
    return ExplainedGap(
        gap=gap,
        reason=GapReason(found.reason),
        proof=_proof(gap, found),
        facts=tuple(_fact(week, cause) for cause in found.causes),
        n_skilled=found.n_skilled,
        n_there=found.n_there,
        free=tuple(map(StaffId, found.free)),
        is_smallest=found.is_smallest,
        at=at,
    )


def explain_all(
    week: GapWeek,
    gaps: Sequence[Gap] | None = None,
    *,
    on_explained: Callable[[ExplainedGap, int, int], None] = lambda _one, _done, _all: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[ExplainedGap, ...]:
    """Return why each gap is there, the most important first; fewer when stopped.

    Parameters
    ----------
    gaps
        Of the week; all by default.
    on_explained
        Told each with how many are done, and of how many.
    """
    wanted = week.gaps if gaps is None else tuple(gaps)
    found: list[ExplainedGap] = []
    for gap in wanted:
        if should_stop():
            break
        found.append(explain(week, gap))
        on_explained(found[-1], len(found), len(wanted))
    return tuple(found)


def reinforcements(week: GapWeek, explained: Iterable[ExplainedGap]) -> tuple[Reinforcement, ...]:
    """Return how many people with which skills would close the gaps that lack people, and when.

    Gaps of a day that ask for the same skills are put together; by day and time.
    """
    wanted = defaultdict[tuple[date, frozenset[SkillId]], list[tuple[Span, int]]](list)
    for one in explained:
        if one.reason is GapReason.SUPPLY:
            day = one.gap.span.start.astimezone(week.plan.zone).date()
            wanted[day, week.skills(one.gap)].append((one.gap.span, one.gap.missing))
    found = [
        Reinforcement(
            skills=skills,
            spans=tuple(union(span for span, _n in spans)),
            n_people=max(
                sum(n for span, n in spans if span.start <= begun.start < span.end)
                for begun, _n in spans
            ),
        )
        for (_day, skills), spans in wanted.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.spans, sorted(one.skills))))


def _proof(gap: Gap, found: "Causes") -> Proof:
    """Return what is proved: of facts that nothing planned is among, that nobody can come."""
    given_way = {"other-work", "travel"}
    codes = {cause.code for cause in found.causes}
    if codes and codes.isdisjoint(given_way):
        return "nobody"
    return gap.proof if gap.proof == "bound" else None


def _fact(week: GapWeek, cause: "Cause") -> GapFact:
    return GapFact(
        code=cause.code,
        of=cause.of,
        staff=tuple(map(StaffId, cause.workers)),
        opens=tuple(map(StaffId, cause.opens)),
        also=tuple(dict.fromkeys(ground.code for ground in cause.also)),
        is_verified=cause.is_verified,
        limit=_limit(week, cause),
        numbers=tuple(_numbers(week, cause)),
    )


def _limit(week: GapWeek, cause: "Cause") -> int | None:
    key = _RULES.get(cause.code)
    if key is None:
        return None
    books = (book.id for book in week.plan.rule_books if book.id == cause.of)
    found = (rule_values(week.plan.rules, book, week.draft.week.monday).get(key) for book in books)
    return next(found, None)


def _numbers(week: GapWeek, cause: "Cause") -> Iterator[Numbers]:
    limit, scale = _limit(week, cause), week.problem.compiled.source.scale
    for example in cause.examples:
        measured = next((n for name, n in example.values if name in _MEASURED), None)
        if measured is not None and limit is not None:
            yield Numbers(
                staff=StaffId(example.worker),
                span=scale.back(example.span) if example.span else None,
                measured=measured,
                limit=limit,
            )
