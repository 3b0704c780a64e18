"""The duties of a promise one by one: promised, planned, reported."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from planner.domain.duties import Duty, day_of
from planner.domain.ids import DutyId, MeasureId
from planner.domain.plan import Plan
from planner.domain.promised import asked_duties, counts_for
from planner.domain.promises import (
    COUNTED_DUTIES,
    Delivery,
    DeliveryState,
    Measure,
    NotDoneReason,
    PlannedDuty,
    Promise,
    PromisedDuty,
)
from planner.domain.spans import Span
from planner.domain.tallies import PlanState, Reported
from planner.domain.weeks import IsoWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedDuty:
    """A duty of a measure and what became of it; nobody's name is in it.

    Parameters
    ----------
    place, title
        Id and name of the school, hotspot, walk or session.
    is_promised
        Whether the promise asks for it; else it was planned or done beyond it.
    span
        When it was planned; nothing where it was not published.
    reason
        Why it was not done.
    """

    measure: MeasureId
    duty: DutyId
    week: IsoWeek
    day: date
    place: str
    title: str
    is_promised: bool = True
    span: Span | None = None
    plan_state: PlanState
    reported: Reported
    reason: NotDoneReason | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a promise's period.

    Parameters
    ----------
    promised
        Of its measures that are shares: what was signed, or what it would be.
    planned, deliveries
        Of all weeks of the period; those of other duties are passed over.
    is_signed
        Whether ``promised`` is what was signed.
    now
        What is over by then and not reported is "not reported".
    """

    plan: Plan
    promise: Promise
    promised: tuple[PromisedDuty, ...]
    planned: tuple[PlannedDuty, ...]
    deliveries: tuple[Delivery, ...]
    now: datetime
    is_signed: bool = True
    _asked: dict[IsoWeek, tuple[Duty, ...]] = field(default_factory=dict)

    @cached_property
    def today(self) -> date:
        """The plan's local day."""
        return self.now.astimezone(self.plan.zone).date()

    @property
    def is_over(self) -> bool:
        """Tell whether the last day of the period is over."""
        return self.promise.last_day < self.today

    @cached_property
    def planned_by_duty(self) -> dict[DutyId, PlannedDuty]:
        """Published duties by id."""
        return {one.duty: one for one in self.planned}

    @cached_property
    def delivery_by_duty(self) -> dict[DutyId, Delivery]:
        """Reports by duty."""
        return {one.duty: one for one in self.deliveries}

    @cached_property
    def published_weeks(self) -> frozenset[IsoWeek]:
        """Weeks that were published."""
        return frozenset(one.week for one in self.planned)

    def is_inside(self, day: date) -> bool:
        """Tell whether a day is in the period."""
        return self.promise.first_day <= day <= self.promise.last_day

    def is_day_over(self, day: date) -> bool:
        """Tell whether a local day is over."""
        return day < self.today

    def plan_state(self, duty: DutyId, week: IsoWeek) -> PlanState:
        """Return how a duty stood when its week was first published."""
        planned = self.planned_by_duty.get(duty)
        if planned is not None and planned.is_first and planned.is_planned:
            return PlanState.PLANNED
        if week in self.published_weeks or self.is_day_over(week.days[-1]):
            return PlanState.NOT_PLANNED
        return PlanState.NOT_YET

    def reported(self, duty: DutyId, day: date) -> tuple[Reported, NotDoneReason | None]:
        """Return what was reported of a duty, and why it was not done."""
        delivery = self.delivery_by_duty.get(duty)
        if delivery is None:
            return (Reported.NOT_REPORTED if self.is_day_over(day) else Reported.TO_COME), None
        if delivery.state is DeliveryState.DONE:
            return Reported.DONE, None
        return Reported.NOT_DONE, delivery.reason or NotDoneReason.OTHER

    def asked_by(self, measure: Measure, week: IsoWeek) -> Iterator[Duty]:
        """Yield the duties of a week, as the plan is now, that a measure is about."""
        if week not in self._asked:
            self._asked[week] = tuple(asked_duties(self.plan, week))
        return (duty for duty in self._asked[week] if counts_for(measure, duty))


def followed_share(facts: Facts, measure: Measure) -> Iterator[FollowedDuty]:
    """Yield the promised duties of a measure, then what was planned or done beyond them."""
    mine = [one for one in facts.promised if one.measure == measure.id]
    for one in mine:
        yield _followed(facts, measure, one, is_promised=True)
    known = {one.duty for one in mine}
    for one in _beyond(facts, measure, known):
        beyond = _followed(facts, measure, one, is_promised=False)
        if beyond.plan_state is PlanState.PLANNED or beyond.reported is Reported.DONE:
            yield beyond


def followed_number(facts: Facts, measure: Measure) -> Iterator[FollowedDuty]:
    """Yield every duty of a measure of walks or sessions that was planned or is asked for now."""
    found = {one.duty: one for one in _published(facts, measure)}
    for week in _event_weeks(facts):
        for duty in facts.asked_by(measure, week):
            if facts.is_inside(duty.day):
                found.setdefault(duty.id, _as_promised(measure, duty, week))
    for one in sorted(found.values(), key=lambda one: (one.day, one.duty)):
        yield _followed(facts, measure, one, is_promised=True)


def _event_weeks(facts: Facts) -> list[IsoWeek]:
    """Return the weeks in which a walk's meeting or a session is held."""
    zone = facts.plan.zone
    days = [
        *(one.start.astimezone(zone).date() for one in facts.plan.walk_meetings),
        *(one.day for one in facts.plan.information_sessions),
    ]
    return sorted({IsoWeek.of(day) for day in days if facts.is_inside(day)})


def _beyond(facts: Facts, measure: Measure, known: set[DutyId]) -> Iterator[PromisedDuty]:
    """Yield what is not promised and was planned, or was done without being planned."""
    for one in _published(facts, measure):
        if one.duty not in known:
            yield one
    for done in facts.deliveries:
        unknown = done.duty not in known and done.duty not in facts.planned_by_duty
        if unknown and facts.is_inside(day_of(done.duty)):
            for duty in facts.asked_by(measure, done.week):
                if duty.id == done.duty:
                    yield _as_promised(measure, duty, done.week)


def _published(facts: Facts, measure: Measure) -> Iterator[PromisedDuty]:
    kinds = COUNTED_DUTIES[measure.kind]
    for one in facts.planned:
        if one.kind in kinds and measure.place in {"", one.place} and facts.is_inside(one.day):
            yield PromisedDuty(
                measure=measure.id,
                duty=one.duty,
                week=one.week,
                day=one.day,
                place=one.place,
                title=one.title,
            )


def _as_promised(measure: Measure, duty: Duty, week: IsoWeek) -> PromisedDuty:
    return PromisedDuty(
        measure=measure.id,
        duty=duty.id,
        week=week,
        day=duty.day,
        place=duty.source,
        title=duty.title,
    )


def _followed(
    facts: Facts, measure: Measure, one: PromisedDuty, *, is_promised: bool
) -> FollowedDuty:
    reported, reason = facts.reported(one.duty, one.day)
    planned = facts.planned_by_duty.get(one.duty)
    return FollowedDuty(
        measure=measure.id,
        duty=one.duty,
        week=one.week,
        day=one.day,
        place=one.place,
        title=one.title,
        is_promised=is_promised,
        span=planned.span if planned else None,
        plan_state=facts.plan_state(one.duty, one.week),
        reported=reported,
        reason=reason,
    )


def names_of(duties: Iterable[FollowedDuty]) -> dict[str, str]:
    """Return the name of each place, the one it had last."""
    return {one.place: one.title for one in sorted(duties, key=lambda one: one.day)}
