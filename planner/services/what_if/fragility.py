"""How fragile is it? A week's roster tried in weeks with simulated absences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan
from planner.services.what_if.fragility_results import AbsenceRate, Fragility
from planner.services.what_if.fragility_trial import RosterTrial, Trial

BATCH = 250
"""Weeks that are drawn at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FragilityProgress:
    """How far a trial is."""

    phase: Literal["reading", "drawing", "reserves"]
    n_done: int
    n_all: int


def fragility(
    open_plan: OpenPlan,
    week: IsoWeek,
    rates: Sequence[AbsenceRate],
    *,
    trial: Trial = Trial(),  # noqa: B008 - frozen
    on_result: Callable[[Fragility], None] = lambda _: None,
    on_progress: Callable[[FragilityProgress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Fragility:
    """Try the draft of ``week``, else what was published, in weeks with drawn absences.

    What those who are away were on goes to others who are there or can be called in, by the rule
    of :mod:`planner.planning.fragility_model`; what nobody takes is lost. With rates of 0 coverage
    is what it is now. No more is drawn once the average is known well enough.

    Parameters
    ----------
    on_result
        Told of what is known so far after each batch, and after each reserve shift.
    should_stop
        What is known so far is returned soon after it says so.

    Raises
    ------
    ConflictError
        ``week-not-generated``; ``week-without-roster`` when nobody is on any duty.
    """
    on_progress(FragilityProgress(phase="reading", n_done=0, n_all=1))
    tried = RosterTrial(open_plan, week, tuple(rates), trial)
    found = tried.draw(min(BATCH, trial.n_draws))
    on_result(found)
    while found.n_draws < trial.n_draws and not found.is_exact_enough and not should_stop():
        on_progress(FragilityProgress(phase="drawing", n_done=found.n_draws, n_all=trial.n_draws))
        found = tried.draw(min(BATCH, trial.n_draws - found.n_draws))
        on_result(found)
    for n in range(trial.n_reserves):
        if should_stop():
            break
        on_progress(FragilityProgress(phase="reserves", n_done=n, n_all=trial.n_reserves))
        more = tried.add_reserve()
        if more is None:
            break
        found = more
        on_result(found)
    return found
