"""Short texts of what differs between two rosters of a week."""

from zoneinfo import ZoneInfo

from planner.difference_words import DUTY_CHANGES, SHIFT_CHANGES
from planner.domain.changed import DutyChange, ShiftChange, ShiftState, Standing, WeekDifferences
from planner.domain.ids import StaffId
from planner.words import _, clock_span, short_date


def shift_change_text(change: ShiftChange) -> str:
    """Return the day of a change, and what became of the shift."""
    return f"{short_date(change.day)}\n{_(SHIFT_CHANGES[change.kind])}"


def duty_change_text(change: DutyChange, *, has_title: bool) -> str:
    """Return the day of a change, where it is unless that is known, and what became of it."""
    lines = [
        short_date(change.day),
        change.title if has_title else "",
        _(DUTY_CHANGES[change.kind]),
    ]
    return "\n".join(line for line in lines if line)


def shift_lines(
    differences: WeekDifferences, shift: ShiftState | None, change: ShiftChange, zone: ZoneInfo
) -> str:
    """Return a shift in short lines: parts, breaks, partners; the day where it is another."""
    if shift is None:
        return "–"
    code = differences.shift_codes.get(shift.shift_type, "") if shift.shift_type else ""
    first, *rest = (clock_span(part.start, part.end, zone) for part in shift.parts)
    lines = [short_date(shift.day)] if shift.day != change.day else []
    lines += [f"{code} {first}".strip(), *rest]
    lines += [_("break {time}", time=clock_span(one.start, one.end, zone)) for one in shift.breaks]
    if shift.partners:
        names = ", ".join(sorted(differences.names[partner] for partner in shift.partners))
        lines.append(_("with {names}", names=names))
    return "\n".join(lines)


def standing_lines(
    differences: WeekDifferences,
    standing: Standing | None,
    zone: ZoneInfo,
    *,
    whose: StaffId | None,
) -> str:
    """Return when a duty is done, and by whom unless it is the person whose changes are shown."""
    if standing is None:
        return "–"
    time = clock_span(standing.span.start, standing.span.end, zone)
    return time if standing.staff == whose else f"{time}\n{differences.names[standing.staff]}"
