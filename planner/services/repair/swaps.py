"""Swaps: two people agree, the rules are looked at, and a manager decides."""

from dataclasses import dataclass, replace

from planner import clock
from planner.domain import edits
from planner.domain.calls import SwapDecision, SwapRequest
from planner.domain.changes import Change, roster_difference
from planner.domain.demand import make_duties
from planner.domain.ids import DutyId, ShiftId, StaffId
from planner.domain.roster import Finding, Gap, Roster, Shift
from planner.domain.weeks import IsoWeek
from planner.errors import ConflictError, InputError, NotFoundError
from planner.planning.judging import WeekJudge
from planner.services.plans import OpenPlan
from planner.services.publish.publishing import draft_roster
from planner.services.roster.generating import shifts_around
from planner.services.week.editing import effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody gives in a swap: a whole shift, or one duty."""

    staff: StaffId
    shift: ShiftId | None = None
    duty: DutyId | None = None


@dataclass(frozen=True, kw_only=True)
class SwapCheck:
    """What a swap would do.

    Parameters
    ----------
    broken
        Rules that are broken only afterwards; they stop it, unless a reason lets them stand.
    opened
        Gaps that are there, or larger, only afterwards.
    """

    before: Roster
    after: Roster
    broken: tuple[Finding, ...]
    opened: tuple[Gap, ...]


def swaps(open_plan: OpenPlan, week: IsoWeek) -> tuple[SwapRequest, ...]:
    """Return the swaps that were asked for in ``week``, the earliest first."""
    return open_plan.store.swap_requests(week)


def request_swap(
    open_plan: OpenPlan, week: IsoWeek, one: Given, other: Given, *, asked_by: StaffId
) -> SwapRequest:
    """Keep that one of two people wants to swap; whoever asks agrees by asking.

    Parameters
    ----------
    other
        What is given in return; without shift and duty the person just takes over.

    Raises
    ------
    InputError
        ``swap-with-oneself``, or ``swap-of-nothing``.
    NotFoundError
        ``swap-gone``: a shift or duty is not the person's, or not any more.
    ConflictError
        ``swap-day-taken``: somebody has another shift on that day; or ``week-not-generated``.
    """
    if one.staff == other.staff:
        raise InputError("swap-with-oneself")
    if one.shift is None and one.duty is None:
        raise InputError("swap-of-nothing")
    at = clock.now()
    request = SwapRequest(
        id=f"{week}/{len(open_plan.store.swap_requests(week)) + 1}",
        week=week,
        one=one.staff,
        other=other.staff,
        shift=one.shift,
        other_shift=other.shift,
        duty=one.duty,
        other_duty=other.duty,
        asked_by=asked_by,
        asked_at=at,
        one_agreed_at=at if asked_by == one.staff else None,
        other_agreed_at=at if asked_by == other.staff else None,
    )
    _swapped(open_plan, draft_roster(open_plan, week), request)
    _keep(open_plan, "swap-requested", None, request)
    return request


def agree(open_plan: OpenPlan, request: SwapRequest, staff: StaffId) -> SwapRequest:
    """Keep that one of the two said yes.

    Raises
    ------
    ConflictError
        ``swap-decided``; or ``record-changed`` when somebody was faster.
    """
    if request.decision is not None:
        raise ConflictError("swap-decided")
    at = clock.now()
    if staff == request.one:
        agreed = replace(request, one_agreed_at=at)
    else:
        agreed = replace(request, other_agreed_at=at)
    _keep(open_plan, "swap-agreed", request, agreed)
    return agreed


def check_swap(open_plan: OpenPlan, request: SwapRequest) -> SwapCheck:
    """Return what a swap would do to the draft as it is now.

    Raises
    ------
    NotFoundError
        ``swap-gone``
    ConflictError
        ``week-not-generated``
    """
    before = draft_roster(open_plan, request.week)
    after = _swapped(open_plan, before, request)
    judge = WeekJudge(open_plan.plan, request.week, shifts_around(open_plan, request.week))
    done = effect(judge.judge(before), judge.judge(after))
    return SwapCheck(before=before, after=after, broken=done.broken, opened=done.opened)


def decide_swap(
    open_plan: OpenPlan, request: SwapRequest, decision: SwapDecision, *, reason: str = ""
) -> SwapRequest:
    """Keep what a manager decides; an approved swap is in the draft at once, in one command.

    Parameters
    ----------
    reason
        Needed to approve what breaks a rule, which then stands with that reason.

    Raises
    ------
    ConflictError
        ``swap-decided``, ``swap-not-agreed``, ``swap-breaks-rules``; or ``record-changed`` when
        somebody was faster.
    NotFoundError
        ``swap-gone``
    """
    if request.decision is not None:
        raise ConflictError("swap-decided")
    at, by = clock.now(), open_plan.store.actor
    decided = replace(
        request, decision=decision, decided_by=by, decided_at=at, reason=reason.strip()
    )
    if decision is SwapDecision.REJECTED:
        _keep(open_plan, "swap-rejected", request, decided)
        return decided
    if not request.is_agreed:
        raise ConflictError("swap-not-agreed")
    found = check_swap(open_plan, request)
    if found.broken and not decided.reason:
        raise ConflictError("swap-breaks-rules", n=len(found.broken))
    after = found.after
    for finding in found.broken:
        after = edits.override(after, finding, reason=decided.reason, author=by, at=at)
    changes = roster_difference(found.before, after, had_draft=True)
    _keep(open_plan, "swap-approved", request, decided, *changes)
    return decided


def _keep(
    open_plan: OpenPlan,
    command: str,
    before: SwapRequest | None,
    after: SwapRequest,
    *changes: Change,
) -> None:
    store = open_plan.store
    with store.transaction(command, week=str(after.week), swap=after.id):
        store.apply((Change(set_name="swap_requests", before=before, after=after), *changes))


def _swapped(open_plan: OpenPlan, roster: Roster, request: SwapRequest) -> Roster:
    """Return the roster after a swap."""
    plan = open_plan.plan
    duties = {duty.id: duty for duty in make_duties(plan, request.week)}
    gives = Given(staff=request.one, shift=request.shift, duty=request.duty)
    returns = Given(staff=request.other, shift=request.other_shift, duty=request.other_duty)
    one, other = _shift(roster, gives), _shift(roster, returns)
    _check_days(roster, (one, request.other, other), (other, request.one, one))
    after = roster
    if one is not None:
        after = edits.move_shift(plan, after, one, request.other, one.day)
    # What both have on the same day was exchanged by that already.
    if other is not None and (one is None or one.day != other.day):
        after = edits.move_shift(plan, after, other, request.one, other.day)
    for given, taker in ((gives, request.other), (returns, request.one)):
        if given.duty is not None:
            is_theirs = any(
                (done.duty, done.staff) == (given.duty, given.staff) for done in roster.assignments
            )
            if not is_theirs or given.duty not in duties:
                raise NotFoundError("swap-gone")
            after = edits.hand_over(after, duties[given.duty], given.staff, taker)
    return after


def _shift(roster: Roster, given: Given) -> Shift | None:
    if given.shift is None:
        return None
    for shift in roster.shifts:
        if (shift.id, shift.staff) == (given.shift, given.staff):
            return shift
    raise NotFoundError("swap-gone")


def _check_days(roster: Roster, *moves: tuple[Shift | None, StaffId, Shift | None]) -> None:
    """Refuse a shift on a day on which its taker has one that is not given for it."""
    for shift, taker, given in moves:
        if shift is None:
            continue
        theirs = [one for one in roster.shifts if (one.staff, one.day) == (taker, shift.day)]
        if any(one != given for one in theirs):
            raise ConflictError("swap-day-taken")
