"""Sign a promise, revise what it asks for, and take a signature back on its own day."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from planner import clock
from planner.domain.changes import Change, difference
from planner.domain.ids import PromiseId
from planner.domain.plan import Plan
from planner.domain.promised import promised_duties, weeks_of
from planner.domain.promises import Measure, Promise, PromisedDuty, PromiseRevision
from planner.domain.years import check_days
from planner.errors import ConflictError, InputError
from planner.services.plans import OpenPlan
from planner.services.promise.follow_up import frozen_duties, is_signed, measures_of, promise_of
from planner.services.signed import REVISE, SIGN, WITHDRAW


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfMeasure:
    """How much of one measure is fixed by a signature; of walks and sessions only the number.

    Parameters
    ----------
    n_duties, n_places
        Windows, stays and visits, and the schools or hotspots that they are at; 0 of a number.
    """

    measure: Measure
    n_duties: int
    n_places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What a signature fixes.

    Parameters
    ----------
    obstacle
        Why it cannot be signed as it is; nothing when it can.
    """

    promise: Promise
    n_weeks: int
    measures: tuple[AskedOfMeasure, ...]
    obstacle: InputError | ConflictError | None = None


def signing_of(open_plan: OpenPlan, promise_id: PromiseId) -> Signing:
    """Return what signing a promise would fix now, and what stands against it.

    Raises
    ------
    NotFoundError
        ``promise-gone``
    """
    plan = open_plan.plan
    promise, measures = promise_of(plan, promise_id), measures_of(plan, promise_id)
    obstacle = _obstacle(open_plan, promise, measures)
    asked = () if obstacle else tuple(promised_duties(plan, promise, measures))
    return _signing(promise, measures, asked, obstacle or _nothing(measures, asked))


def sign_promise(
    open_plan: OpenPlan, promise_id: PromiseId, *, signed_on: date | None = None
) -> Signing:
    """Fix what a promise asks for, duty by duty, for its whole period, in one transaction.

    The windows of schools with their own staff are promised too. From then on neither a changed
    bell nor a deleted place changes what was promised; only a revision does.

    Parameters
    ----------
    signed_on
        The day on which both parties signed; today when missing.

    Raises
    ------
    InputError
        ``promise-ends-before-start``, ``promise-without-measures``, ``signed-in-future``,
        ``date-out-of-range``; ``measure-of-nothing``: nothing of it lies in the period.
    ConflictError
        ``promise-signed`` already; ``promise-counted-twice`` when two measures would count the
        same, in this promise or in another signed one of overlapping days.
    NotFoundError
        ``promise-gone``
    """
    plan = open_plan.refresh()
    promise, measures = promise_of(plan, promise_id), measures_of(plan, promise_id)
    obstacle = _obstacle(open_plan, promise, measures)
    if obstacle is not None:
        raise obstacle
    today = clock.today(plan.zone)
    day = signed_on or promise.signed_on or today
    check_days(day)
    if day > today:
        raise InputError("signed-in-future", day=day)
    asked = tuple(promised_duties(plan, promise, measures))
    empty = _nothing(measures, asked)
    if empty is not None:
        raise empty
    with open_plan.changing(SIGN, promise=promise_id, n_duties=len(asked)) as store:
        kept = store.promised_duties(measure.id for measure in measures)
        signed = replace(promise, signed_on=day)
        store.apply(
            [
                *difference("promises", [promise], [signed]),
                *difference("promised_duties", kept, asked),
            ]
        )
    return _signing(signed, measures, asked, None)


def revise_promise(
    open_plan: OpenPlan, promise_id: PromiseId, first_day: date, reason: str
) -> PromiseRevision:
    """Make what a signed promise asks for anew from ``first_day`` on, as both parties agreed.

    What was promised for the days before stays; so does the revision, with its reason.

    Raises
    ------
    InputError
        ``revision-in-past``, ``revision-outside`` the period, ``revision-without-reason``.
    ConflictError
        ``promise-unsigned``; ``revision-of-nothing``: nothing asked for would change.
    NotFoundError
        ``promise-gone``
    """
    plan = open_plan.refresh()
    promise, measures = promise_of(plan, promise_id), measures_of(plan, promise_id)
    if not is_signed(open_plan, promise):
        raise ConflictError("promise-unsigned")
    if not reason.strip():
        raise InputError("revision-without-reason")
    if first_day < clock.today(plan.zone):
        raise InputError("revision-in-past", day=first_day)
    if not promise.first_day <= first_day <= promise.last_day:
        raise InputError("revision-outside", first=promise.first_day, last=promise.last_day)
    new = tuple(promised_duties(plan, promise, measures, first_day))
    with open_plan.changing(REVISE, promise=promise_id, first_day=first_day.isoformat()) as store:
        old = [one for one in frozen_duties(store, measures) if one.day >= first_day]
        changes = difference("promised_duties", old, new)
        if not changes:
            raise ConflictError("revision-of-nothing")
        revision = PromiseRevision(
            id=uuid.uuid4().hex,
            promise=promise_id,
            at=clock.now(),
            by=store.actor,
            first_day=first_day,
            reason=reason.strip(),
            n_before=len(old),
            n_after=len(new),
        )
        added = Change(set_name="promise_revisions", before=None, after=revision)
        store.apply([*changes, added])
    return revision


def withdraw_signature(open_plan: OpenPlan, promise_id: PromiseId) -> None:
    """Take a signature back that was given by mistake, on the day on which it was entered.

    Raises
    ------
    ConflictError
        ``promise-unsigned``; ``signature-stands``: it was entered on an earlier day.
    NotFoundError
        ``promise-gone``
    """
    plan = open_plan.refresh()
    promise, measures = promise_of(plan, promise_id), measures_of(plan, promise_id)
    if promise.signed_on is None:
        raise ConflictError("promise-unsigned")
    if not can_withdraw(open_plan, promise):
        raise ConflictError("signature-stands")
    with open_plan.changing(WITHDRAW, promise=promise_id) as store:
        revisions = [one for one in store.promise_revisions() if one.promise == promise_id]
        store.apply(
            [
                *difference("promises", [promise], [replace(promise, signed_on=None)]),
                *difference("promised_duties", frozen_duties(store, measures), ()),
                *difference("promise_revisions", revisions, ()),
            ]
        )


def can_withdraw(open_plan: OpenPlan, promise: Promise) -> bool:
    """Tell whether the signature was entered today."""
    zone, entered = open_plan.plan.zone, None
    for entry in open_plan.store.journal():
        if entry.command == SIGN and entry.touched.get("promise") == promise.id:
            entered = entry.at.astimezone(zone).date()
    return promise.signed_on is not None and entered == clock.today(zone)


def _obstacle(
    open_plan: OpenPlan, promise: Promise, measures: tuple[Measure, ...]
) -> InputError | ConflictError | None:
    """Return why a promise cannot be signed, the first reason of several."""
    if is_signed(open_plan, promise):
        return ConflictError("promise-signed")
    if promise.last_day < promise.first_day:
        return InputError("promise-ends-before-start")
    if not measures:
        return InputError("promise-without-measures")
    for one, other, other_promise in _twice(open_plan.plan, promise, measures):
        names = {"measure": one.name, "other": other.name, "promise": other_promise.name}
        return ConflictError("promise-counted-twice", **names)
    return None


def _nothing(measures: tuple[Measure, ...], asked: tuple[PromisedDuty, ...]) -> InputError | None:
    """Return what is wrong with a measure that asks for nothing."""
    found = {one.measure for one in asked}
    for measure in measures:
        if measure.is_share and measure.id not in found:
            return InputError("measure-of-nothing", measure=measure.name)
    return None


def _twice(
    plan: Plan, promise: Promise, measures: tuple[Measure, ...]
) -> Iterator[tuple[Measure, Measure, Promise]]:
    """Yield pairs of measures that count the same things."""
    others = [
        (measure, other)
        for other in plan.promises
        if other.signed_on is not None
        and other.id != promise.id
        and other.first_day <= promise.last_day
        and promise.first_day <= other.last_day
        for measure in measures_of(plan, other.id)
    ]
    for number, one in enumerate(measures):
        for other, its_promise in (*((m, promise) for m in measures[:number]), *others):
            is_same_place = one.place == other.place or "" in {one.place, other.place}
            if one.kind is other.kind and is_same_place:
                yield one, other, its_promise


def _signing(
    promise: Promise,
    measures: Iterable[Measure],
    asked: tuple[PromisedDuty, ...],
    obstacle: InputError | ConflictError | None,
) -> Signing:
    return Signing(
        promise=promise,
        n_weeks=len(weeks_of(promise.first_day, promise.last_day)),
        measures=tuple(
            AskedOfMeasure(measure=measure, n_duties=len(mine), n_places=len({*mine.values()}))
            for measure in measures
            for mine in [{one.duty: one.place for one in asked if one.measure == measure.id}]
        ),
        obstacle=obstacle,
    )
