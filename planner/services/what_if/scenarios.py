"""What if: a week solved under several scenarios, side by side with the plan as it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from planner import clock
from planner.domain.demand import make_duties
from planner.domain.duties import Duty
from planner.domain.held import settle
from planner.domain.plan import Plan
from planner.domain.roster import Assignment
from planner.domain.scenarios import Scenario
from planner.domain.supposing import supposed
from planner.domain.weeks import IsoWeek
from planner.planning.engine import engine
from planner.planning.judging import explained_gaps, judge
from planner.planning.problem import compile_week
from planner.planning.supposed_week import SupposedWeek, suppose, week_source
from planner.planning.week_input import WeekInput
from planner.services.plans import OpenPlan
from planner.services.roster.generating import (
    Proposal,
    given_shifts,
    outcome,
    shifts_around,
)
from planner.services.solving import best_of
from planner.services.what_if.scenario_results import ScenarioResult, result_of
from solver.data.solution import Progress, Solution

if TYPE_CHECKING:
    from solver.data.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How the engine goes about each problem of several, the same for all.

    Parameters
    ----------
    seconds
        Wall time at most.
    repeatable
        Count work instead of seconds: the same seed gives the same answer.
    """

    seconds: float = 20.0
    seed: int = 0
    repeatable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareProgress:
    """How far a comparison is.

    Parameters
    ----------
    n_done, n_all
        Columns that are solved, the base among them, and all.
    scenario
        The one that is solved now; nothing for the base.
    seconds
        Since the engine began with it.
    """

    n_done: int
    n_all: int
    scenario: Scenario | None
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A week under several scenarios.

    Parameters
    ----------
    base
        The week solved with the plan as it is: what the others are compared with.
    results
        Of the scenarios, in their order; fewer when it was stopped.
    draft_revision
        Of the draft that the base is; 0 where there was none.
    """

    week: IsoWeek
    draft_revision: int
    base: ScenarioResult
    results: tuple[ScenarioResult, ...]


def compare(
    open_plan: OpenPlan,
    week: IsoWeek,
    scenarios: Sequence[Scenario],
    *,
    effort: Effort = Effort(),
    on_result: Callable[[Comparison], None] = lambda _: None,
    on_progress: Callable[[CompareProgress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Comparison:
    """Solve ``week`` with the plan as it is and under each scenario; nothing is stored.

    The base is the week's draft, made better if it can be; where there is none, a roster is made
    first. A scenario's roster stays near to the base's, after coverage and before hours, so that
    the people disturbed are those who have to be. One that changes nothing of the week has the
    base's answer.

    Parameters
    ----------
    effort
        For each of them, and for the base.
    on_result
        Told of all results so far whenever there is one more.
    should_stop
        The one being solved then ends with its best so far, those after it are left out.

    Raises
    ------
    NotFoundError
        ``supposition-gone``, ``too-few-people``: before anything is solved.
    SolverDiedError, SolverFault
        When the solver fails before it has any roster.
    """
    facts = _Facts(open_plan, week)
    plans = [supposed(open_plan.plan, one.suppositions, week.monday) for one in scenarios]
    solver = _Solver(effort, len(plans) + 1, on_progress, should_stop)
    facts.prepare(solver.asked(0, None))
    base = facts.result(None, open_plan.plan, None, solver.asked(0, None))
    found = Comparison(week=week, draft_revision=facts.draft_revision, base=base, results=())
    on_result(found)
    for number, (scenario, plan) in enumerate(zip(scenarios, plans, strict=True), start=1):
        if should_stop():
            break
        result = facts.result(scenario, plan, base, solver.asked(number, scenario))
        found = replace(found, results=(*found.results, result))
        on_result(found)
    return found


@dataclass(frozen=True)
class _Solver:
    """Solves one column after another with the same effort, and tells how far it is."""

    effort: Effort
    n_columns: int
    on_progress: Callable[[CompareProgress], None]
    should_stop: Callable[[], bool]

    def asked(self, n_done: int, scenario: Scenario | None) -> Callable[[SupposedWeek], Solution]:
        """Return what solves a column, the scenario's or the base's."""
        return partial(self._solve, n_done, scenario)

    def _solve(
        self, n_done: int, scenario: Scenario | None, supposed_week: SupposedWeek
    ) -> Solution:
        return engine().solve(
            supposed_week.problem,
            seconds=self.effort.seconds,
            seed=self.effort.seed,
            repeatable=self.effort.repeatable,
            on_progress=partial(self._report, n_done, scenario),
            should_stop=self.should_stop,
        )

    def _report(self, n_done: int, scenario: Scenario | None, progress: Progress) -> None:
        self.on_progress(
            CompareProgress(
                n_done=n_done, n_all=self.n_columns, scenario=scenario, seconds=progress.seconds
            )
        )


def as_proposal(open_plan: OpenPlan, result: ScenarioResult) -> Proposal:
    """Return a result as a proposal for the week's draft, as far as the plan as it is allows it.

    What there is only in the scenario is left out: shifts of people who are more, duties of more
    schools and places and those at other times, and crews of which one officer is left. What then
    lacks is a gap of the proposal.
    """
    store, week = open_plan.store, result.roster.week
    plan, base = open_plan.plan, store.load_roster(week)
    around = shifts_around(open_plan, week)
    duties = {duty.id: duty for duty in make_duties(plan, week)}
    there = replace(
        result.roster,
        shifts=tuple(one for one in result.roster.shifts if one.staff in plan.staff_by_id),
        assignments=tuple(
            one
            for one in result.roster.assignments
            if one.staff in plan.staff_by_id and _is_wanted(duties.get(one.duty), one)
        ),
    )
    heads = {duty.id: duty.heads for duty in duties.values()}
    by_crews = {duty.id for duty in duties.values() if duty.is_crew}
    roster = replace(
        settle(there, (), heads, by_crews).roster,
        overrides=base.overrides,
        notes=base.notes,
        levels=(),
        gaps=(),
        generated_at=clock.now(),
    )
    return Proposal(
        roster=roster,
        n_gaps=outcome(judge(plan, roster, around)).n_missing,
        base=base,
        draft_revision=store.draft_revision(week),
        trouble=result.trouble,
    )


def _is_wanted(duty: Duty | None, done: Assignment) -> bool:
    """Tell whether the plan as it is asks for a duty at the time at which it is done."""
    return (
        duty is not None
        and duty.earliest_start <= done.start <= duty.latest_start
        and done.span.minutes == duty.duration_min
    )


class _Facts:
    """What of a week stays the same under every scenario; read once."""

    def __init__(self, open_plan: OpenPlan, week: IsoWeek) -> None:
        self._plan, self._week = open_plan.plan, week
        self.draft_revision = open_plan.store.draft_revision(week)
        self._draft = open_plan.store.load_roster(week)
        self._around = shifts_around(open_plan, week)
        self._start = self._draft if self.draft_revision else None
        self._base_problem: Problem | None = None

    def prepare(self, ask: Callable[[SupposedWeek], Solution]) -> None:
        """Make a roster to begin with, where the week has none."""
        if self._start is None:
            supposed_week = suppose(self._source(self._plan), None)
            self._start = supposed_week.roster(best_of(lambda: ask(supposed_week))[0])

    def result(
        self,
        scenario: Scenario | None,
        plan: Plan,
        base: ScenarioResult | None,
        ask: Callable[[SupposedWeek], Solution],
    ) -> ScenarioResult:
        """Return the week solved under a scenario, or the base's answer when all is as there."""
        source = self._source(plan)
        plain = compile_week(source).problem
        if base is not None and plain == self._base_problem:
            return replace(base, scenario=scenario, plan=plan)
        if base is None:
            self._base_problem = plain
        supposed_week = suppose(source, base.roster if base else self._start)
        solution, trouble = best_of(lambda: ask(supposed_week))
        roster = replace(
            supposed_week.roster(solution),
            gaps=explained_gaps(supposed_week.compiled, solution),
        )
        return result_of(
            scenario,
            source,
            roster,
            judge(plan, roster, source.around),
            base=base,
            trouble=trouble,
        )

    def _source(self, plan: Plan) -> WeekInput:
        return week_source(
            plan,
            self._week,
            around=self._around,
            fixed=given_shifts(plan, self._week, self._draft.shifts),
            locked=(one for one in self._draft.assignments if one.is_locked),
        )
