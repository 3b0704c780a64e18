"""What became of a promise, from what the plan holds of it."""

from datetime import datetime

from planner import clock
from planner.domain.follow_up import PromiseFollowUp, follow_up
from planner.domain.followed_duties import Facts
from planner.domain.ids import PromiseId
from planner.domain.plan import Plan
from planner.domain.promised import promised_duties
from planner.domain.promises import Measure, Promise
from planner.domain.weeks import IsoWeek
from planner.errors import NotFoundError
from planner.services.earlier_planned import keep_earlier
from planner.services.plans import OpenPlan


def follow_up_of(
    open_plan: OpenPlan, promise_id: PromiseId, *, now: datetime | None = None
) -> PromiseFollowUp:
    """Hold what was planned and reported against what was promised.

    Parameters
    ----------
    now
        What is over by then and not reported is "not reported"; this moment when missing.

    Raises
    ------
    NotFoundError
        ``promise-gone``
    StorageError
        ``publication-broken``
    """
    keep_earlier(open_plan)
    plan, store = open_plan.plan, open_plan.store
    promise = promise_of(plan, promise_id)
    measures = measures_of(plan, promise_id)
    weeks = IsoWeek.of(promise.first_day), IsoWeek.of(promise.last_day)
    if promise.signed_on is None:
        promised = tuple(promised_duties(plan, promise, measures))
    else:
        promised = store.promised_duties(measure.id for measure in measures)
    facts = Facts(
        plan=plan,
        promise=promise,
        promised=promised,
        planned=store.planned_duties(*weeks),
        deliveries=store.deliveries(*weeks),
        now=now or clock.now(),
    )
    return follow_up(facts, measures, store.promise_revisions())


def promise_of(plan: Plan, promise_id: PromiseId) -> Promise:
    """Return a promise of the plan.

    Raises
    ------
    NotFoundError
        ``promise-gone``
    """
    for promise in plan.promises:
        if promise.id == promise_id:
            return promise
    raise NotFoundError("promise-gone")


def measures_of(plan: Plan, promise_id: PromiseId) -> tuple[Measure, ...]:
    """Return the measures of a promise."""
    return tuple(one for one in plan.measures if one.promise == promise_id)
