"""Safety walks and information sessions as they are counted: a walk is three meetings held."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.followed_duties import Facts, FollowedDuty, names_of
from planner.domain.ids import DutyId, WalkId
from planner.domain.places import MeetingKind
from planner.domain.promises import NotDoneReason, WalkAction
from planner.domain.tallies import PlanState, Reported
from planner.domain.weeks import IsoWeek


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One thing that a measure counts: a duty, a whole walk or a session.

    Parameters
    ----------
    week
        Of the duty's or session's day; of a walk, of its last meeting.
    """

    week: IsoWeek
    place: str
    title: str
    is_promised: bool = True
    plan_state: PlanState
    reported: Reported
    reason: NotDoneReason | None = None


class MeetingState(StrEnum):
    """What became of one meeting of a walk."""

    HELD = "held"
    """Everybody whom it asked for was reported to have been there."""
    NOT_HELD = "not_held"
    NOT_REPORTED = "not_reported"
    """Its day is over and not everybody's part was reported."""
    TO_COME = "to_come"
    MISSING = "missing"
    """No day is set."""
    OUTSIDE = "outside"
    """Its day is not in the promise's period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedMeeting:
    """One of the three meetings of a walk.

    Parameters
    ----------
    duties
        What is reported of it: the crews' part and the contact persons'.
    """

    kind: MeetingKind
    day: date | None
    state: MeetingState
    plan_state: PlanState
    reason: NotDoneReason | None = None
    duties: tuple[DutyId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedWalk:
    """A walk with its meetings in their order, and what it found to mend.

    Parameters
    ----------
    counts
        Whether all its meetings are in the period; one with another day counts for nothing.
    """

    walk: WalkId
    name: str
    meetings: tuple[FollowedMeeting, ...]
    plan_state: PlanState
    reported: Reported
    reason: NotDoneReason | None
    counts: bool
    week: IsoWeek
    actions: tuple[WalkAction, ...]


def followed_walks(facts: Facts, duties: Iterable[FollowedDuty]) -> Iterator[FollowedWalk]:
    """Yield the walks that have a meeting in the period, by their id."""
    duties = tuple(duties)
    names = names_of(duties)
    for place in sorted(names):
        mine = [duty for duty in duties if duty.place == place]
        walk = WalkId(place)
        meetings = tuple(_meeting(facts, walk, kind, mine) for kind in MeetingKind)
        reported, reason = _walk_reported(meetings)
        yield FollowedWalk(
            walk=walk,
            name=names[place],
            meetings=meetings,
            plan_state=_weakest(one.plan_state for one in meetings),
            reported=reported,
            reason=reason,
            counts=all(one.state is not MeetingState.OUTSIDE for one in meetings),
            week=max(duty.week for duty in mine),
            actions=tuple(one for one in facts.plan.walk_actions if one.walk == walk),
        )


def walk_units(walks: Iterable[FollowedWalk]) -> Iterator[Unit]:
    """Yield the walks that count."""
    for walk in walks:
        if walk.counts:
            yield Unit(
                week=walk.week,
                place=walk.walk,
                title=walk.name,
                plan_state=walk.plan_state,
                reported=walk.reported,
                reason=walk.reason,
            )


def session_units(duties: Iterable[FollowedDuty]) -> Iterator[Unit]:
    """Yield each session once, by its day; one that was moved, as it was done or stands last."""
    duties = tuple(duties)
    names = names_of(duties)
    told = {place: _last(duty for duty in duties if duty.place == place) for place in names}
    for place, one in sorted(told.items(), key=lambda pair: (pair[1].day, names[pair[0]], pair[0])):
        mine = [duty for duty in duties if duty.place == place]
        was_planned = any(duty.plan_state is PlanState.PLANNED for duty in mine)
        yield Unit(
            week=one.week,
            place=place,
            title=names[place],
            plan_state=PlanState.PLANNED if was_planned else one.plan_state,
            reported=one.reported,
            reason=one.reason,
        )


def _last(duties: Iterable[FollowedDuty]) -> FollowedDuty:
    """Return the one that was done, of a session that was moved; else the last."""
    mine = tuple(duties)
    done = [duty for duty in mine if duty.reported is Reported.DONE]
    return done[0] if done else max(mine, key=lambda duty: duty.day)


def duty_units(duties: Iterable[FollowedDuty]) -> Iterator[Unit]:
    """Yield each duty as the thing that is counted."""
    for duty in duties:
        yield Unit(
            week=duty.week,
            place=duty.place,
            title=duty.title,
            is_promised=duty.is_promised,
            plan_state=duty.plan_state,
            reported=duty.reported,
            reason=duty.reason,
        )


def _meeting(
    facts: Facts, walk: WalkId, kind: MeetingKind, duties: list[FollowedDuty]
) -> FollowedMeeting:
    """Return a meeting by the day on which it was held, else by the last one set for it."""
    days: dict[date, list[FollowedDuty]] = {}
    for duty in duties:
        if duty.duty.startswith(f"{walk}-{kind}/"):
            days.setdefault(duty.day, []).append(duty)
    if not days:
        return _unset(facts, walk, kind)
    held = [day for day, mine in days.items() if _all(mine, Reported.DONE)]
    day = min(held) if held else max(days)
    mine = days[day]
    not_done = [duty for duty in mine if duty.reported is Reported.NOT_DONE]
    if held:
        state = MeetingState.HELD
    elif not_done:
        state = MeetingState.NOT_HELD
    elif facts.is_day_over(day):
        state = MeetingState.NOT_REPORTED
    else:
        state = MeetingState.TO_COME
    was_planned = any(_all_planned(of_day) for of_day in days.values())
    return FollowedMeeting(
        kind=kind,
        day=day,
        state=state,
        plan_state=(
            PlanState.PLANNED if was_planned else _weakest(duty.plan_state for duty in mine)
        ),
        reason=not_done[0].reason if not_done and not held else None,
        duties=tuple(duty.duty for duty in mine),
    )


def _unset(facts: Facts, walk: WalkId, kind: MeetingKind) -> FollowedMeeting:
    """Return a meeting that is not in the period, or nowhere."""
    plan = facts.plan
    days = [
        meeting.start.astimezone(plan.zone).date()
        for meeting in plan.walk_meetings
        if meeting.walk == walk and meeting.kind is kind
    ]
    outside = bool(days) and not facts.is_inside(days[0])
    return FollowedMeeting(
        kind=kind,
        day=days[0] if days else None,
        state=MeetingState.OUTSIDE if outside else MeetingState.MISSING,
        plan_state=PlanState.NOT_PLANNED if facts.is_over else PlanState.NOT_YET,
    )


def _all(duties: Iterable[FollowedDuty], reported: Reported) -> bool:
    return all(duty.reported is reported for duty in duties)


def _all_planned(duties: Iterable[FollowedDuty]) -> bool:
    return all(duty.plan_state is PlanState.PLANNED for duty in duties)


def _weakest(states: Iterable[PlanState]) -> PlanState:
    """Return the state of a whole: planned only if all of it is."""
    states = set(states)
    for state in (PlanState.NOT_PLANNED, PlanState.NOT_YET):
        if state in states:
            return state
    return PlanState.PLANNED


def _walk_reported(
    meetings: tuple[FollowedMeeting, ...],
) -> tuple[Reported, NotDoneReason | None]:
    """Return what is known of a whole walk; a meeting without a day is not reported at the end."""
    states = {one.state for one in meetings}
    if states == {MeetingState.HELD}:
        return Reported.DONE, None
    if MeetingState.NOT_HELD in states:
        return Reported.NOT_DONE, next(one.reason for one in meetings if one.reason)
    if MeetingState.NOT_REPORTED in states:
        return Reported.NOT_REPORTED, None
    open_ends = any(one.plan_state is PlanState.NOT_YET for one in meetings)
    if MeetingState.TO_COME in states or open_ends:
        begun = MeetingState.HELD in states
        return (Reported.UNDER_WAY if begun else Reported.TO_COME), None
    return Reported.NOT_REPORTED, None
