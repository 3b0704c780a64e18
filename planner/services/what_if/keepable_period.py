"""The weeks of a promise's period: which are alike, and what the best roster of each lacks."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from planner.domain.duties import Duty
from planner.domain.ids import DutyId
from planner.domain.plan import Plan
from planner.domain.promises import COUNTED_DUTIES, Measure, Promise
from planner.domain.roster import Shift
from planner.domain.weeks import IsoWeek
from planner.planning import levels
from planner.planning.engine import engine
from planner.planning.problem import CompiledWeek, compile_week
from planner.planning.promise_week import (
    guided_problem,
    is_answered,
    promise_problem,
    relative,
    started_near,
    week_key,
)
from planner.planning.supposed_week import week_source
from planner.services.plans import OpenPlan
from planner.services.roster.generating import given_shifts
from planner.services.solving import best_of
from planner.services.what_if.keepable_results import Kept, MeasureWeek, WeekAnswer
from planner.services.what_if.scenario_results import PromiseLine
from planner.services.what_if.scenarios import Effort
from solver.data.problem import Problem
from solver.data.solution import LevelResult, Progress, Solution

_QUARTER_MIN = 15
"""Minutes of one head that a point of the minimum stands for."""

_NEIGHBOURS = (-2, -1, 1)
"""Weeks whose given shifts the rules of a week look at."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What the best roster of a kind of week lacks.

    Parameters
    ----------
    missing
        Heads, by the duty's id with its date as a distance from Monday.
    is_proved
        Whether it is proved that every roster lacks as much.
    short_min
        Minutes of a head that lack of the minimum of each hour, which ranks with the promise.
    """

    missing: Mapping[str, int]
    is_proved: bool
    short_min: int

    @classmethod
    def of(
        cls, problem: Problem, solution: Solution, week: IsoWeek, proved: Iterable[LevelResult]
    ) -> "Lacking":
        """Return what a roster of a week lacks.

        Parameters
        ----------
        proved
            What was told last while it was searched for, with the bounds known then: a search that
            is stopped because all is proved ends without them.
        """
        n_doing = Counter(placed.task for placed in solution.tasks)
        missing = {
            relative(task.id, week): task.heads - n_doing[task.id]
            for task in problem.tasks
            if task.heads > n_doing[task.id]
        }
        promised = set(levels.PROMISED.values())
        paid = [one for one in solution.levels if one.level in promised]
        of_tasks = sum(
            task.missing_points * (task.heads - n_doing[task.id])
            for task in problem.tasks
            if task.heads > n_doing[task.id]
        )
        return cls(
            missing=missing,
            is_proved=is_answered(paid) or (is_answered(proved) and _paid(proved) == _paid(paid)),
            short_min=_QUARTER_MIN * (sum(one.value for one in paid) - of_tasks),
        )

    def of_duty(self, duty: DutyId, week: IsoWeek) -> int:
        """Return the heads that a duty of a week of this kind lacks."""
        return self.missing.get(relative(duty, week), 0)


def _paid(found: Iterable[LevelResult]) -> dict[str, int]:
    """Return what the levels of the promise pay."""
    return {one.level: one.value for one in found if one.level in levels.PROMISED.values()}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a promise asks for."""

    promise: Promise
    measures: tuple[Measure, ...]

    def answer(
        self, week: IsoWeek, duties: Iterable[Duty], lacking: Lacking | None
    ) -> tuple[MeasureWeek, ...]:
        """Return what follows for a week from what its kind lacks; nothing where not tried."""
        inside = [
            duty for duty in duties if self.promise.first_day <= duty.day <= self.promise.last_day
        ]
        return tuple(
            _measure_week(
                measure,
                week,
                [
                    duty
                    for duty in inside
                    if duty.kind in COUNTED_DUTIES[measure.kind]
                    and measure.place in {"", duty.source}
                ],
                lacking,
            )
            for measure in self.measures
        )

    def unread(self, week: IsoWeek) -> tuple[MeasureWeek, ...]:
        """Return that nothing is known of a week, not even what it asks for."""
        return tuple(
            MeasureWeek(measure=measure, week=week, kept=Kept.NOT_TRIED, n_wanted=0, n_covered=0)
            for measure in self.measures
        )


def _measure_week(
    measure: Measure, week: IsoWeek, duties: list[Duty], lacking: Lacking | None
) -> MeasureWeek:
    lines = tuple(
        PromiseLine(
            measure=measure,
            kind=measure.kind,
            place=duty.source,
            title=duty.title,
            day=duty.day,
            priority=duty.priority,
            missing=missing,
        )
        for duty in duties
        if lacking is not None
        for missing in [lacking.of_duty(duty.id, week)]
        if missing
    )
    if not duties:
        kept = Kept.NOTHING
    elif lacking is None:
        kept = Kept.NOT_TRIED
    elif not lines:
        kept = Kept.KEPT
    else:
        kept = Kept.NOT_KEPT if lacking.is_proved else Kept.OPEN
    return MeasureWeek(
        measure=measure,
        week=week,
        kept=kept,
        n_wanted=len(duties),
        n_covered=len(duties) - len(lines) if lacking is not None else 0,
        places=frozenset(duty.source for duty in duties),
        lines=lines,
    )


class Period:
    """The weeks of a promise's period, and which of them are alike."""

    def __init__(self, open_plan: OpenPlan, plan: Plan, asked: Asked) -> None:
        self._store, self._plan, self._asked = open_plan.store, plan, asked
        self._duties: dict[IsoWeek, tuple[Duty, ...]] = {}
        self._solved_for: dict[IsoWeek, IsoWeek] = {}
        self._last: tuple[IsoWeek, Solution] | None = None
        self.kinds: dict[str, list[IsoWeek]] = {}

    def read(self, week: IsoWeek) -> None:
        """Read a week, and find out which earlier ones it is like.

        The first that has a draft is what the search begins with.
        """
        compiled = self._compiled(week)
        if self._last is None and self._store.draft_revision(week):
            self._last = (week, self._drafted(compiled))
        self._duties[week] = compiled.source.duties
        alike = self.kinds.setdefault(week_key(compiled, promise_problem(compiled)), [])
        alike.append(week)
        self._solved_for[week] = alike[0]

    def solve(
        self,
        week: IsoWeek,
        effort: Effort,
        on_progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
    ) -> Lacking:
        """Return what the best roster found for a week lacks.

        It begins with the best roster of the week solved before, and ends as soon as nothing
        lacks, or no more than what is proved to.
        """
        problem = guided_problem(self._compiled(week))
        if self._last is not None:
            last_week, roster = self._last
            problem = started_near(problem, roster, from_week=last_week, week=week)
        told: tuple[LevelResult, ...] = ()

        def listen(progress: Progress) -> None:
            nonlocal told
            told = told if is_answered(told) else tuple(progress.levels)
            on_progress(progress)

        solution, _ = best_of(
            lambda: engine().solve(
                problem,
                seconds=effort.seconds,
                seed=effort.seed,
                repeatable=effort.repeatable,
                on_progress=listen,
                should_stop=lambda: is_answered(told) or should_stop(),
            )
        )
        self._last = (week, solution)
        return Lacking.of(problem, solution, week, told)

    def answer(self, week: IsoWeek, lacking: Lacking | None) -> WeekAnswer:
        """Return what follows for a week from what its kind lacks; nothing where not tried."""
        if week not in self._duties:
            return WeekAnswer(week=week, measures=self._asked.unread(week))
        solved = self._solved_for[week]
        return WeekAnswer(
            week=week,
            measures=self._asked.answer(week, self._duties[week], lacking),
            same_as=None if solved == week else solved,
            short_min=lacking.short_min if lacking else 0,
        )

    def _drafted(self, compiled: CompiledWeek) -> Solution:
        """Return the draft of a week as the engine's, of those who are there."""
        source = compiled.source
        draft = self._store.load_roster(source.week)
        there = tuple(
            shift
            for shift in draft.shifts
            if source.plan.contract_of(shift.staff, shift.day) is not None
        )
        return compile_week(source, also=there).solution(replace(draft, shifts=there))

    def _compiled(self, week: IsoWeek) -> CompiledWeek:
        """Return a week with what is given in it and around it."""

        def given(of: IsoWeek) -> tuple[Shift, ...]:
            return given_shifts(self._plan, of, self._store.load_roster(of).shifts)

        around = [shift for n in _NEIGHBOURS for shift in given(week.shifted(n))]
        return compile_week(week_source(self._plan, week, around=around, fixed=given(week)))
