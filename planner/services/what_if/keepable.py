"""Can we keep this? A promise under negotiation, tested over its period before anyone signs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from planner.domain.promises import Measure, Promise
from planner.domain.scenarios import Scenario
from planner.domain.supposing import supposed
from planner.domain.weeks import IsoWeek
from planner.domain.years import check_days
from planner.errors import InputError
from planner.services.plans import OpenPlan
from planner.services.what_if.keepable_period import Asked, Period
from planner.services.what_if.keepable_results import Keepable
from planner.services.what_if.scenarios import Effort
from solver.data.solution import Progress

MOST_WEEKS = 106
"""Longest period that is tested: two years."""


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
        ``end-before-start``, ``promise-too-long``, ``date-out-of-range``.
    NotFoundError
        ``supposition-gone``, ``too-few-people``: before anything is solved.
    SolverDiedError, SolverFault
        When the solver fails before it has any roster.
    """
    weeks, plan = _weeks(promise), open_plan.plan
    if scenario is not None:
        plan = supposed(plan, scenario.suppositions, max(promise.first_day, weeks[0].monday))
    period = Period(open_plan, plan, Asked(promise, tuple(measures)))
    _read(period, weeks, on_progress, should_stop)
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
        report = partial(_report, on_progress, alike[0], found)
        lacking = period.solve(alike[0], effort, report, should_stop)
        for week in alike:
            found = found.with_week(period.answer(week, lacking))
        found = replace(found, n_solved=found.n_solved + 1)
        on_result(found)
    return found


def _read(
    period: Period,
    weeks: Sequence[IsoWeek],
    on_progress: Callable[[KeepProgress], None],
    should_stop: Callable[[], bool],
) -> None:
    """Read the weeks of a period, as many as there is time for."""
    for number, week in enumerate(weeks):
        if should_stop():
            break
        on_progress(KeepProgress(week=None, n_done=number, n_all=len(weeks)))
        period.read(week)


def _report(
    on_progress: Callable[[KeepProgress], None],
    week: IsoWeek,
    found: Keepable,
    progress: Progress,
) -> None:
    """Tell how far the engine is with the week that stands for its kind."""
    on_progress(
        KeepProgress(
            week=week, n_done=found.n_solved, n_all=found.n_kinds, seconds=progress.seconds
        )
    )


def _weeks(promise: Promise) -> tuple[IsoWeek, ...]:
    if promise.last_day < promise.first_day:
        raise InputError("end-before-start")
    check_days(promise.first_day, promise.last_day)
    first, last = IsoWeek.of(promise.first_day), IsoWeek.of(promise.last_day)
    n_weeks = (last.monday - first.monday) // timedelta(weeks=1) + 1
    if n_weeks > MOST_WEEKS:
        raise InputError("promise-too-long", n=MOST_WEEKS)
    return tuple(first.shifted(n) for n in range(n_weeks))
