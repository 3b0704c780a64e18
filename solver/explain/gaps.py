"""Why tasks and demands lack heads: what keeps each worker away, and whether it is proved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from solver.data.problem import Problem, Task
from solver.data.solution import Blocker, LevelResult, Solution, TaskGap
from solver.data.spans import Span
from solver.explain.blockers import ABSENT, GIVES_WAY, Blockers, Codes, told
from solver.explain.ledger import Ledger
from solver.explain.reach import Reach
from solver.explain.roster import Roster
from solver.explain.staffing import Shortage

Reason = Literal["supply", "rule", "preference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandGap:
    """Quarters that follow each other in which a demand lacks heads on a level for like reasons.

    Parameters
    ----------
    missing
        Heads that lack in each of the quarters.
    reason, proof, blockers
        As of :class:`solver.data.solution.TaskGap`; those who are there are not named.
    """

    demand: str
    span: Span
    level: str
    missing: int
    reason: Reason
    proof: Literal["nobody", "bound"] | None
    blockers: tuple[Blocker, ...] = ()


def explain_gaps(problem: Problem, solution: Solution) -> tuple[TaskGap, ...]:
    """Return a gap for each task of a roster that lacks heads."""
    return Gaps(Roster(problem, solution)).of_tasks()


class Gaps:
    """Explains the gaps of one roster.

    Attributes
    ----------
    reach
        Who could be where at all.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.problem = roster.problem
        self._blockers = Blockers(roster)
        self.reach = Reach(roster)
        self._levels: dict[str, LevelResult] = {each.level: each for each in roster.solution.levels}

    def of_tasks(self) -> tuple[TaskGap, ...]:
        """Return the gaps of tasks, in the problem's order."""
        return tuple(self.of_task(task) for task in self.problem.tasks if self.roster.missing(task))

    def of_task(self, task: Task) -> TaskGap:
        """Return the gap of a task."""
        missing = self.roster.missing(task)
        codes = self._blockers.of_task(task)
        is_nobody = missing > 0 and all(codes.values()) and self._is_nobody(task, missing)
        return TaskGap(
            task=task.id,
            missing=missing,
            reason=_reason(codes),
            proof="nobody" if is_nobody else self._proof(task.level),
            blockers=told(codes),
        )

    def _is_nobody(self, task: Task, missing: int) -> bool:
        """Tell whether all who could ever do a task, beside those locked to it, do it now."""
        n_open = max(0, task.heads - len({lock.worker for lock in task.locks}))
        return missing <= n_open - self.reach.most_heads(task)

    def of_demands(self, ledger: Ledger) -> tuple[DemandGap, ...]:
        """Return the gaps of demands that cost points, by level and time."""
        order = ledger.numbers
        quarters = [short for short in ledger.staffing.shortages() if short.points]
        quarters.sort(key=lambda s: (order[s.level], s.demand.id, s.heads, s.quarter))
        gaps: list[DemandGap] = []
        for gap in map(self.of_quarter, quarters):
            if gaps and _goes_on(gaps[-1], gap):
                gaps[-1] = replace(gaps[-1], span=Span(gaps[-1].span.start, gap.span.end))
            else:
                gaps.append(gap)
        return tuple(sorted(gaps, key=lambda g: (order[g.level], g.span, g.demand)))

    def of_quarter(self, short: Shortage) -> DemandGap:
        """Return the gap of a demand in one quarter on one level."""
        codes = self._blockers.of_quarter(short.demand, short.quarter)
        is_nobody = self.reach.most_at_work(short.demand, short.quarter) <= short.n_there
        return DemandGap(
            demand=short.demand.id,
            span=short.quarter,
            level=short.level,
            missing=short.heads - short.n_there,
            reason=_reason(codes),
            proof="nobody" if is_nobody else self._proof(short.level),
            blockers=told(codes),
        )

    def _proof(self, level: str) -> Literal["bound"] | None:
        result = self._levels.get(level)
        is_proved = result is not None and result.bound is not None and result.value == result.bound
        return "bound" if is_proved else None


def _goes_on(gap: DemandGap, after: DemandGap) -> bool:
    return gap.span.end == after.span.start and gap == replace(after, span=gap.span)


def _reason(codes_of: Mapping[str, Codes]) -> Reason:
    if all(codes & ABSENT for codes in codes_of.values()):
        return "supply"
    if any(codes <= GIVES_WAY for codes in codes_of.values()):
        return "preference"
    return "rule"
