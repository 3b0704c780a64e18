"""One week of a roster that was made elsewhere: who could do its duties, and what is left."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from planner.domain.duties import Duty
from planner.domain.ids import SkillId
from planner.domain.plan import Plan
from planner.domain.roster import Assignment, Gap, GapReason, Roster, Shift
from planner.domain.weeks import IsoWeek
from planner.planning.engine import engine
from planner.planning.judging import WeekJudge, explained_gaps
from planner.planning.problem import compile_week
from planner.planning.week_input import WeekInput
from planner.services.shadow.placing import Placing
from planner.services.shadow.values import ShadowGap
from planner.services.solving import best_of


class ShadowWeek:
    """A week of a roster made elsewhere.

    Parameters
    ----------
    shifts, around
        Everybody's in the week, and in the days before and after it.
    """

    def __init__(
        self, plan: Plan, week: IsoWeek, shifts: tuple[Shift, ...], around: tuple[Shift, ...]
    ) -> None:
        self._week = week
        self.plan = plan
        self.roster = Roster(week=week, shifts=shifts)
        self.around = around
        self.judge = WeekJudge(self.plan, week, self.around)
        self.explained: tuple[Gap, ...] = ()

    @property
    def duties(self) -> tuple[Duty, ...]:
        """What the week asks for."""
        return self.judge.duties

    def knows(self, duty: Duty) -> bool:
        """Tell whether anybody who could do a duty has a shift in its week."""
        return any(duty.skills <= skills for skills in self._skills)

    @cached_property
    def _skills(self) -> frozenset[frozenset[SkillId]]:
        return frozenset(
            self.plan.skills_of(shift.staff, shift.day) for shift in self.roster.shifts
        )

    @cached_property
    def _placing(self) -> Placing:
        return Placing(self.plan, self.roster.shifts, self.duties)

    @cached_property
    def quickly_placed(self) -> tuple[Assignment, ...]:
        """Who could do which duty, placed one after the other."""
        return self._placing.assignments()

    def searched(self, seconds: float, should_stop: Callable[[], bool]) -> tuple[Assignment, ...]:
        """Return who could do which duty, as the engine places them; no shift changes."""
        away = self.plan.absences
        present = tuple(
            shift
            for shift in self.roster.shifts
            if not any(a.staff == shift.staff and a.span.overlaps(shift.span) for a in away)
        )
        source = WeekInput(plan=self.plan, week=self._week, around=self.around, fixed=present)
        compiled = compile_week(source)
        solution, _ = best_of(
            lambda: engine().solve(compiled.problem, seconds=seconds, should_stop=should_stop)
        )
        self.explained = explained_gaps(compiled, solution)
        return compiled.roster(solution).assignments

    def gaps(
        self, duties: Iterable[Duty], assignments: Iterable[Assignment]
    ) -> Iterator[ShadowGap]:
        """Yield which of some duties are not covered, with what stops people."""
        _ = self.quickly_placed  # who is busy then
        heads = Counter(done.duty for done in assignments)
        explained = {gap.duty: gap for gap in self.explained}
        for duty in duties:
            missing = duty.heads - heads[duty.id]
            if missing <= 0:
                continue
            known = explained.get(duty.id)
            blockers = (known.blockers if known else ()) or self._placing.blockers(duty)
            yield ShadowGap(
                gap=Gap(
                    duty=duty.id,
                    need=None,
                    title=duty.title,
                    span=duty.span,
                    missing=missing,
                    reason=GapReason.RULE if blockers else GapReason.SUPPLY,
                    is_proved=known.is_proved if known else False,
                    proof=known.proof if known else None,
                ),
                kind=duty.kind,
                blockers=blockers,
                nearest=self._placing.nearest(duty),
            )
