"""Can we keep this? A promise under negotiation, tested over its period before anyone signs."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from planner.domain.duties import Duty
from planner.domain.ids import DutyId
from planner.domain.plan import Plan
from planner.domain.promises import COUNTED_DUTIES, Measure, Promise
from planner.domain.roster import Shift
from planner.domain.scenarios import Scenario
from planner.domain.supposing import supposed
from planner.domain.weeks import IsoWeek
from planner.errors import InputError
from planner.planning import levels
from planner.planning.engine import SolverDiedError, SolverFault, engine
from planner.planning.problem import CompiledWeek, compile_week
from planner.planning.promise_week import (
    is_kept,
    promise_problem,
    relative,
    started_near,
    week_key,
)
from planner.planning.supposed_week import week_source
from planner.services.faults import report_fault
from planner.services.generating import given_shifts
from planner.services.keepable_results import Keepable, Kept, MeasureWeek, WeekAnswer
from planner.services.plans import OpenPlan
from planner.services.scenario_results import PromiseLine
from planner.services.scenarios import Effort
from solver.data.problem import Problem
from solver.data.solution import Progress, Solution

MOST_WEEKS = 106
"""Longest period that is tested: two years."""

_NEIGHBOURS = (-2, -1, 1)
"""Weeks whose given shifts the rules of a week look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepProgress:
    """How far a test is.

    Parameters
    ----------
    week
        The one that is solved now; nothing while the weeks are read.
    n_done, n_all
        Distinct kinds of week that are solved, and all; weeks while they are read.
    seconds
        Since the engine began with it.
    """

    week: IsoWeek | None
    n_done: int
    n_all: int
    seconds: float = 0.0


def can_we_keep(  # noqa: PLR0913 - each is an option of the page
    open_plan: OpenPlan,
    promise: Promise,
    measures: Sequence[Measure],
    *,
    scenario: Scenario | None = None,
    effort: Effort = Effort(),  # noqa: B008 - frozen
    on_result: Callable[[Keepable], None] = lambda _: None,
    on_progress: Callable[[KeepProgress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Keepable:
    """Test a promise week by week against the staff there is; nothing is stored.

    Each week is solved for coverage alone, with contracts, absences, bound time, breaks of the
    school year and holidays as the plan has them, and every rule. Given shifts are facts, also
    those of the weeks around; what planned people work in the weeks around is left open. Weeks
    whose problems are the same up to a shift in time are solved once.

    Parameters
    ----------
    effort
        For each distinct kind of week.
    on_result
        Told of all answers so far whenever there are more.
    should_stop
        The week being solved then ends with its best so far; those after it are not tried.

    Raises
    ------
    InputError
        ``end-before-start``, ``promise-too-long``.
    NotFoundError
        ``supposition-gone``, ``too-few-people``: before anything is solved.
    SolverDiedError, SolverFault
        When the solver fails before it has any roster.
    """
    weeks = _weeks(promise)
    plan = open_plan.plan
    if scenario is not None:
        plan = supposed(plan, scenario.suppositions, max(promise.first_day, weeks[0].monday))
    period = _Period(open_plan, plan, _Asked(promise, tuple(measures)))
    for number, week in enumerate(weeks):
        on_progress(KeepProgress(week=None, n_done=number, n_all=len(weeks)))
        period.read(week)
    found = Keepable(
        promise=promise,
        measures=tuple(measures),
        scenario=scenario,
        n_solved=0,
        n_kinds=len(period.kinds),
        weeks=tuple(period.answer(week, None) for week in weeks),
    )
    on_result(found)
    for alike in period.kinds.values():
        if should_stop():
            break
        solved, n_done = alike[0], found.n_solved

        def report(progress: Progress, week: IsoWeek = solved, n_done: int = n_done) -> None:
            on_progress(
                KeepProgress(
                    week=week, n_done=n_done, n_all=len(period.kinds), seconds=progress.seconds
                )
            )

        lacking = period.solve(solved, effort, report, should_stop)
        for week in alike:
            found = found.with_week(period.answer(week, lacking))
        found = replace(found, n_solved=n_done + 1)
        on_result(found)
    return found


def _weeks(promise: Promise) -> tuple[IsoWeek, ...]:
    if promise.last_day < promise.first_day:
        raise InputError("end-before-start")
    first, last = IsoWeek.of(promise.first_day), IsoWeek.of(promise.last_day)
    n_weeks = (last.monday - first.monday) // timedelta(weeks=1) + 1
    if n_weeks > MOST_WEEKS:
        raise InputError("promise-too-long", n=MOST_WEEKS)
    return tuple(first.shifted(n) for n in range(n_weeks))


@dataclass(frozen=True, slots=True)
class _Lacking:
    """What the best roster of a kind of week lacks.

    Parameters
    ----------
    missing
        Heads, by the duty's id with its date as a distance from Monday.
    is_proved
        Whether it is proved that every roster lacks as much.
    """

    missing: Mapping[str, int]
    is_proved: bool

    @classmethod
    def of(cls, problem: Problem, solution: Solution, week: IsoWeek) -> "_Lacking":
        n_doing = Counter(placed.task for placed in solution.tasks)
        missing = {
            relative(task.id, week): task.heads - n_doing[task.id]
            for task in problem.tasks
            if task.heads > n_doing[task.id]
        }
        promised = set(levels.PROMISED.values())
        is_proved = all(one.value == one.bound for one in solution.levels if one.level in promised)
        return cls(missing, is_proved)

    def of_duty(self, duty: DutyId, week: IsoWeek) -> int:
        """Return the heads that a duty of a week of this kind lacks."""
        return self.missing.get(relative(duty, week), 0)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a promise asks for."""

    promise: Promise
    measures: tuple[Measure, ...]

    def answer(
        self, week: IsoWeek, duties: Iterable[Duty], lacking: _Lacking | None
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


def _measure_week(
    measure: Measure, week: IsoWeek, duties: list[Duty], lacking: _Lacking | None
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


class _Period:
    """The weeks of a promise's period, and which of them are alike."""

    def __init__(self, open_plan: OpenPlan, plan: Plan, asked: _Asked) -> None:
        self._store, self._plan, self._asked = open_plan.store, plan, asked
        self._duties: dict[IsoWeek, tuple[Duty, ...]] = {}
        self._solved_for: dict[IsoWeek, IsoWeek] = {}
        self._last: tuple[IsoWeek, Solution] | None = None
        self.kinds: dict[str, list[IsoWeek]] = {}

    def read(self, week: IsoWeek) -> None:
        """Read a week, and find out which earlier ones it is like."""
        compiled = self._compiled(week)
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
    ) -> _Lacking:
        """Return what the best roster found for a week lacks.

        It begins with the best roster of the week solved before, and ends as soon as nothing
        lacks.
        """
        problem = promise_problem(self._compiled(week))
        if self._last is not None:
            last_week, roster = self._last
            problem = started_near(problem, roster, from_week=last_week, week=week)
        is_done = False

        def listen(progress: Progress) -> None:
            nonlocal is_done
            is_done = is_kept(progress.levels)
            on_progress(progress)

        try:
            solution = engine().solve(
                problem,
                seconds=effort.seconds,
                seed=effort.seed,
                repeatable=effort.repeatable,
                on_progress=listen,
                should_stop=lambda: is_done or should_stop(),
            )
        except (SolverDiedError, SolverFault) as error:
            if error.best is None:
                raise
            if isinstance(error, SolverFault):
                report_fault(error)
            solution = error.best
        self._last = (week, solution)
        return _Lacking.of(problem, solution, week)

    def answer(self, week: IsoWeek, lacking: _Lacking | None) -> WeekAnswer:
        """Return what follows for a week from what its kind lacks."""
        solved = self._solved_for[week]
        return WeekAnswer(
            week=week,
            measures=self._asked.answer(week, self._duties[week], lacking),
            same_as=None if solved == week else solved,
        )

    def _compiled(self, week: IsoWeek) -> CompiledWeek:
        """Return a week with what is given in it and around it."""

        def given(of: IsoWeek) -> tuple[Shift, ...]:
            return given_shifts(self._plan, of, self._store.load_roster(of).shifts)

        around = [shift for n in _NEIGHBOURS for shift in given(week.shifted(n))]
        return compile_week(week_source(self._plan, week, around=around, fixed=given(week)))
