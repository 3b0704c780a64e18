"""What is said of swaps."""

from collections.abc import Iterator
from datetime import date, datetime

from planner import messages
from planner.domain.calls import SwapDecision, SwapRequest
from planner.domain.duties import day_of
from planner.domain.ids import DutyId, ShiftId, ShiftTypeId, StaffId
from planner.domain.plan import Plan
from planner.domain.roster import Shift
from planner.services.repair.swaps import SwapCheck
from planner.words import N_, _, clock_span, short_date
from ui.repair.words import moment
from ui.widgets.notes import Note

_DECISIONS = {
    None: (N_("Not decided"), "warning", "clock"),
    SwapDecision.APPROVED: (N_("Approved"), "success", "circle-check"),
    SwapDecision.REJECTED: (N_("Rejected"), "danger", "x"),
}


def name_of(plan: Plan, staff: StaffId) -> str:
    """Return how somebody is called; the id of one who is gone."""
    member = plan.staff_by_id.get(staff)
    return member.display_name if member else staff


def shift_line(plan: Plan, shift: Shift) -> str:
    """Return such as ``tis 24/11 E 14:00–22:00``."""
    kind = plan.shift_type_by_id.get(shift.shift_type) if shift.shift_type else None
    times = ", ".join(clock_span(part.start, part.end, plan.zone) for part in shift.parts)
    return " ".join(
        part for part in (short_date(shift.day), kind.code if kind else "", times) if part
    )


def given_text(plan: Plan, shift: ShiftId | None, duty: DutyId | None) -> str:
    """Return what somebody gives, by what the ids say."""
    if shift is not None:
        _staff, day, kind = shift.rsplit("/", 2)
        known = plan.shift_type_by_id.get(ShiftTypeId(kind))
        return _(
            "the shift {shift}",
            shift=f"{short_date(date.fromisoformat(day))} {known.code if known else kind}",
        )
    if duty is not None:
        source = duty.rsplit("/", 2)[0]
        names: dict[str, str] = {school.id: school.name for school in plan.schools}
        names |= {hotspot.id: hotspot.name for hotspot in plan.hotspots}
        place = names.get(source, source)
        return _("the duty {duty}", duty=f"{short_date(day_of(duty))} {place}")
    return _("nothing in return")


def request_note(plan: Plan, request: SwapRequest) -> Note:
    """Return a swap's entry: who with whom, and how far it has come."""
    said, tone, symbol = _DECISIONS[request.decision]
    names = f"{name_of(plan, request.one)} ↔ {name_of(plan, request.other)}"
    state = _(said)
    if request.decision is None and not request.is_agreed:
        state = _("Not agreed by both")
    return Note(lines=(names, state, moment(request.asked_at, plan.zone)), tone=tone, symbol=symbol)


def detail_notes(plan: Plan, request: SwapRequest, check: SwapCheck | None) -> Iterator[Note]:
    """Yield what each gives, who has agreed, what it would break, and what was decided."""
    sides = (
        (request.one, request.shift, request.duty, request.one_agreed_at),
        (request.other, request.other_shift, request.other_duty, request.other_agreed_at),
    )
    for staff, shift, duty, agreed_at in sides:
        yield Note(
            lines=(
                name_of(plan, staff),
                _("gives {what}", what=given_text(plan, shift, duty)),
                _agreed(plan, agreed_at),
            ),
            tone="success" if agreed_at else "warning",
            symbol="circle-check" if agreed_at else "clock",
        )
    if request.decision is not None:
        yield _decision_note(plan, request)
    elif check is not None:
        yield from _check_notes(plan, check)


def _agreed(plan: Plan, at: datetime | None) -> str:
    return _("agreed {moment}", moment=moment(at, plan.zone)) if at else _("has not agreed yet")


def _decision_note(plan: Plan, request: SwapRequest) -> Note:
    said, tone, symbol = _DECISIONS[request.decision]
    lines = [_(said)]
    if request.decided_at is not None:
        when = moment(request.decided_at, plan.zone)
        lines.append(_("{author}, {when}", author=request.decided_by, when=when))
    if request.reason:
        lines.append(_("Reason: {reason}", reason=request.reason))
    return Note(lines=tuple(lines), tone=tone, symbol=symbol)


def _check_notes(plan: Plan, check: SwapCheck) -> Iterator[Note]:
    for finding in check.broken:
        text = messages.finding_text(plan, finding)
        yield Note(lines=(_("Breaks a rule"), text), tone="danger")
    for gap in check.opened:
        yield Note(lines=(_("Opens a gap"), messages.gap_text(plan, gap)), tone="warning")
    if not check.broken and not check.opened:
        yield Note(lines=(_("No rule is broken"), _("Nothing is left uncovered.")), tone="success")
