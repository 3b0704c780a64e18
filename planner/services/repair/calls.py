"""Taking over a repair, and the people who have to be asked for it first."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from planner import clock
from planner.domain.calls import CallEntry, CallState
from planner.domain.changed import PersonDifferences, WeekDifferences
from planner.domain.changes import Change, changed_roster, difference
from planner.domain.demand import make_duties
from planner.domain.differences import week_differences
from planner.domain.held import (
    Changes,
    apart,
    changes_by_person,
    fitting,
    rebased,
    settle,
)
from planner.domain.ids import DutyId, StaffId
from planner.domain.roster import Draft, Roster, Shift
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError, NotFoundError
from planner.services.plans import OpenPlan
from planner.services.repair.call_entries import changes_text, own_changes, rest_changes
from planner.services.repair.values import RepairPlan


@dataclass(frozen=True, kw_only=True)
class Call:
    """An entry of the call list as it is shown.

    Parameters
    ----------
    name, phone
        Display name and service phone; the id and nothing for somebody who is gone.
    differences
        What changes for the person, and nothing else.
    """

    entry: CallEntry
    name: str
    phone: str
    differences: WeekDifferences

    @property
    def person(self) -> PersonDifferences:
        """What changes for the person."""
        return next(one for one in self.differences.people if one.staff == self.entry.staff)


def accept_repair(
    open_plan: OpenPlan, plan: RepairPlan, parts: Collection[StaffId] | None = None
) -> tuple[CallEntry, ...]:
    """Take a repair over, as one command, and return who is to be called.

    What needs no call is in the draft at once. Calls of earlier repairs that nobody has answered
    are no more; who is asked the same again stays as far as the call has come.

    Parameters
    ----------
    parts
        Whose changes to take over; everybody's when missing. Those who are away are away anyhow.

    Raises
    ------
    ConflictError
        ``record-changed`` when somebody else changed the same meanwhile; nothing is kept then.
    """
    week = plan.base.week
    wanted = changes_by_person(plan.left, plan.roster)
    if parts is not None:
        wanted = {staff: mine for staff, mine in wanted.items() if staff in parts}
    at_once: list[Change] = []
    asked: dict[StaffId, Changes] = {}
    for staff, mine in wanted.items():
        if staff in plan.to_call:
            now, asked[staff] = apart(mine, plan.left, plan.roster)
            at_once += now
        else:
            at_once += mine
    settled = settle(plan.left, at_once, *_heads(open_plan, week))
    known = open_plan.store.call_entries(week)
    entries = tuple(_entries(open_plan, week, known, _in_order(asked), settled.rest))
    kept = (*(entry for entry in known if not entry.state.is_open), *entries)
    draft = replace(plan.base.draft, levels=(), gaps=plan.roster.gaps)
    touched = {"n_people": len(wanted), "n_calls": len(entries)}
    with open_plan.store.transaction("accept-repair", week=str(week), **touched):
        open_plan.store.apply(
            (
                *_draft_change(plan.base, draft),
                *_roster_changes(plan.base, settled.roster),
                *difference("call_entries", known, kept),
            )
        )
    return entries


def call_list(open_plan: OpenPlan, week: IsoWeek) -> tuple[Call, ...]:
    """Return who is to be asked, or was, about ``week``, in order."""
    plan = open_plan.plan
    duties = make_duties(plan, week)
    found = []
    for entry in open_plan.store.call_entries(week):
        own = own_changes(entry)
        before, after = (
            Roster(
                week=week,
                shifts=tuple(one for one in side if isinstance(one, Shift)),
                assignments=tuple(one for one in side if one and not isinstance(one, Shift)),
            )
            for side in ([each.before for each in own], [each.after for each in own])
        )
        member = plan.staff_by_id.get(entry.staff)
        found.append(
            Call(
                entry=entry,
                name=member.display_name if member else entry.staff,
                phone=member.service_phone if member else "",
                differences=week_differences(plan, before, after, duties),
            )
        )
    return tuple(found)


def mark_asked(open_plan: OpenPlan, entry: CallEntry) -> CallEntry:
    """Keep that somebody was asked, and when; raises as :func:`accept_call`."""
    return _answer(open_plan, entry, CallState.ASKED, "call-asked")


def accept_call(open_plan: OpenPlan, entry: CallEntry) -> CallEntry:
    """Keep that somebody said yes, and plan the person as was asked, in one command.

    What only a crew can do waits on for the other officer, if that one has not answered.

    Raises
    ------
    NotFoundError
        ``call-gone``: the entry is not in the list any more.
    ConflictError
        ``call-answered``; or ``record-changed`` when the person was planned otherwise meanwhile.
    """
    return _answer(open_plan, entry, CallState.ACCEPTED, "call-accepted")


def decline_call(open_plan: OpenPlan, entry: CallEntry) -> CallEntry:
    """Keep that somebody said no; what was asked is dropped. Raises as :func:`accept_call`."""
    return _answer(open_plan, entry, CallState.DECLINED, "call-declined")


def _answer(open_plan: OpenPlan, entry: CallEntry, state: CallState, command: str) -> CallEntry:
    store = open_plan.store
    with store.transaction(command, week=str(entry.week), entry=entry.position):
        entries = store.call_entries(entry.week)
        now = next((one for one in entries if one.id == entry.id), None)
        if now is None:
            raise NotFoundError("call-gone")
        if not now.state.is_open:
            raise ConflictError("call-answered")
        answered = replace(now, state=state, changed_at=clock.now(), by=store.actor)
        changes: Changes = (Change(set_name="call_entries", before=now, after=answered),)
        if state is CallState.ACCEPTED:
            changes += _planned(open_plan, now, entries)
        store.apply(changes)
    return answered


def _planned(open_plan: OpenPlan, entry: CallEntry, entries: tuple[CallEntry, ...]) -> Changes:
    """Return what an answer makes of the roster, and of what then still waits for others."""
    roster = open_plan.store.load_roster(entry.week)
    asked = own_changes(entry)
    own = rebased(asked, roster)
    _check_fit(roster, own)
    # What others would do besides holds only if they are still planned as they were then.
    taken = changed_roster(roster, own)
    given_away = {change.before for change in asked}
    rest = tuple(
        change
        for change in fitting(rebased(rest_changes(entry), taken), taken)
        if change.after not in given_away
    )
    settled = settle(roster, (*own, *rest), *_heads(open_plan, entry.week))
    waiting = (one for one in entries if one.state.is_open and one.id != entry.id)
    return (
        *_roster_changes(roster, settled.roster),
        *(
            Change(
                set_name="call_entries",
                before=one,
                after=replace(one, changes=changes_text(own_changes(one), settled.rest)),
            )
            for one in waiting
            if rest_changes(one) != settled.rest
        ),
    )


def _check_fit(roster: Roster, changes: Changes) -> None:
    """Refuse what the person was asked when the person is planned otherwise by now."""
    shifts = {shift.id: shift for shift in roster.shifts}
    for change in changes:
        for record in (change.before, change.after):
            if isinstance(record, Shift) and shifts.get(record.id) != change.before:
                raise ConflictError("record-changed", value=record.id)


def _heads(open_plan: OpenPlan, week: IsoWeek) -> tuple[dict[DutyId, int], frozenset[DutyId]]:
    """Return how many do each duty, and which only crews do."""
    duties = make_duties(open_plan.plan, week)
    by_crews = frozenset(duty.id for duty in duties if duty.is_crew)
    return {duty.id: duty.heads for duty in duties}, by_crews


def _entries(
    open_plan: OpenPlan,
    week: IsoWeek,
    known: tuple[CallEntry, ...],
    asked: list[tuple[StaffId, Changes]],
    rest: Changes,
) -> Iterator[CallEntry]:
    first = max((entry.position for entry in known), default=0) + 1
    before = {(entry.staff, own_changes(entry)): entry for entry in known if entry.state.is_open}
    at, by = clock.now(), open_plan.store.actor
    for position, (staff, own) in enumerate(asked, first):
        same = before.get((staff, own))
        yield CallEntry(
            id=f"{week}/{position}",
            week=week,
            position=position,
            staff=staff,
            changes=changes_text(own, rest),
            state=same.state if same else CallState.TO_CALL,
            changed_at=same.changed_at if same else at,
            by=same.by if same else by,
        )


def _in_order(asked: Mapping[StaffId, Changes]) -> list[tuple[StaffId, Changes]]:
    """Return whom to call, those first who are to begin first."""

    def begins(item: tuple[StaffId, Changes]) -> tuple[datetime, StaffId]:
        staff, changes = item
        starts = [one.after.span.start for one in changes if one.after is not None]
        return min(starts), staff

    return sorted(asked.items(), key=begins)


def _draft_change(base: Roster, draft: Draft) -> Changes:
    if draft == base.draft:
        return ()
    return (Change(set_name="drafts", before=base.draft, after=draft),)


def _roster_changes(base: Roster, taken: Roster) -> Iterator[Change]:
    for changes in changes_by_person(base, taken).values():
        yield from changes
