"""The log of a week: who got which version when, by which way; and what people tick off in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from planner import clock
from planner.domain.distribution import Dispatch, DispatchState, RecipientKind
from planner.domain.weeks import IsoWeek
from planner.services.plans import OpenPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A message with the name of whom it went to; the id where the plan knows nobody such."""

    name: str
    dispatch: Dispatch


def log(open_plan: OpenPlan, week: IsoWeek) -> tuple[LogLine, ...]:
    """Return every message of ``week``, the latest first."""
    plan = open_plan.plan
    names: dict[RecipientKind, dict[str, str]] = {
        RecipientKind.SCHOOL: {one.id: one.name for one in plan.schools},
        RecipientKind.STAFF: {one.id: one.display_name for one in plan.staff},
    }
    return tuple(
        LogLine(name=names[one.kind].get(one.recipient, one.recipient), dispatch=one)
        for one in reversed(open_plan.store.dispatches(week))
    )


def tick_answered(
    open_plan: OpenPlan, dispatches: Iterable[Dispatch], *, is_answered: bool = True
) -> None:
    """Keep who has answered, or take that back; what was not sent is left as it is."""
    at = clock.now() if is_answered else None
    _put(
        open_plan,
        "tick-answered",
        [
            replace(one, answered_at=at)
            for one in dispatches
            if one.state is DispatchState.SENT and (one.answered_at is not None) != is_answered
        ],
    )


def tick_sent(open_plan: OpenPlan, dispatches: Iterable[Dispatch]) -> None:
    """Keep that messages which may have been sent were, as somebody has made sure of."""
    _put(
        open_plan,
        "tick-sent",
        [
            replace(one, state=DispatchState.SENT)
            for one in dispatches
            if one.state is DispatchState.SENDING
        ],
    )


def _put(open_plan: OpenPlan, command: str, changed: list[Dispatch]) -> None:
    if not changed:
        return
    week = str(changed[0].week)
    with open_plan.store.transaction(command, week=week, n=len(changed)):
        open_plan.store.put_dispatches(changed)
