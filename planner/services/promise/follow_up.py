"""What became of a promise, from what the plan holds of it."""

from collections.abc import Iterable
from datetime import datetime

from planner import clock
from planner.domain.follow_up import PromiseFollowUp, follow_up
from planner.domain.followed_duties import Facts
from planner.domain.ids import PromiseId
from planner.domain.plan import Plan
from planner.domain.promised import promised_duties
from planner.domain.promises import Measure, Promise, PromisedDuty
from planner.domain.weeks import IsoWeek
from planner.errors import NotFoundError
from planner.services.plans import OpenPlan
from planner.services.promise.earlier_planned import keep_earlier
from planner.store.store import Store


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
    promised = frozen_duties(store, measures) if promise.signed_on else ()
    has_frozen = _is_frozen(promise, measures, promised)
    facts = Facts(
        plan=plan,
        promise=promise,
        promised=promised if has_frozen else tuple(promised_duties(plan, promise, measures)),
        is_signed=has_frozen,
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


def frozen_duties(store: Store, measures: Iterable[Measure]) -> tuple[PromisedDuty, ...]:
    """Return what signed measures ask for."""
    return store.promised_duties(measure.id for measure in measures)


def is_signed(open_plan: OpenPlan, promise: Promise) -> bool:
    """Tell whether what a promise asks for is fixed.

    A signed promise that came with an import is not, unless its promised duties came too.
    """
    measures = measures_of(open_plan.plan, promise.id)
    return _is_frozen(promise, measures, frozen_duties(open_plan.store, measures))


def _is_frozen(
    promise: Promise, measures: tuple[Measure, ...], frozen: tuple[PromisedDuty, ...]
) -> bool:
    asks_for_duties = any(measure.is_share for measure in measures)
    return promise.signed_on is not None and (bool(frozen) or not asks_for_duties)
