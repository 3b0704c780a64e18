"""What differs between two rosters, in words: for window, prints and files alike."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from zoneinfo import ZoneInfo

from planner.domain.changed import (
    ChangeKind,
    DutyChange,
    Minutes,
    ShiftChange,
    ShiftState,
    WeekDifferences,
)
from planner.words import N_, _, clock_span, hours, ngettext

SHIFT_CHANGES: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: N_("New shift"),
    ChangeKind.REMOVED: N_("Shift gone"),
    ChangeKind.MOVED: N_("Other times"),
    ChangeKind.CHANGED: N_("Changed shift"),
}
"""What became of a shift."""

DUTY_CHANGES: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: N_("New"),
    ChangeKind.REMOVED: N_("Gone"),
    ChangeKind.MOVED: N_("Another time"),
    ChangeKind.HANDED_OVER: N_("Handed over"),
}
"""What became of a duty."""

_SHIFT_COUNTS: Mapping[ChangeKind, Callable[[int], str]] = {
    ChangeKind.ADDED: lambda n: ngettext("{n} new shift", "{n} new shifts", n),
    ChangeKind.REMOVED: lambda n: ngettext("{n} shift gone", "{n} shifts gone", n),
    ChangeKind.MOVED: lambda n: ngettext("{n} shift moved", "{n} shifts moved", n),
    ChangeKind.CHANGED: lambda n: ngettext("{n} shift changed", "{n} shifts changed", n),
}
_DUTY_COUNTS: Mapping[ChangeKind, Callable[[int], str]] = {
    ChangeKind.ADDED: lambda n: ngettext("{n} new duty", "{n} new duties", n),
    ChangeKind.REMOVED: lambda n: ngettext("{n} duty gone", "{n} duties gone", n),
    ChangeKind.MOVED: lambda n: ngettext("{n} duty moved", "{n} duties moved", n),
    ChangeKind.HANDED_OVER: lambda n: ngettext("{n} duty handed over", "{n} duties handed over", n),
}


def counts_text(shifts: Iterable[ShiftChange], duties: Iterable[DutyChange]) -> str:
    """Return such as ``2 new shifts, 1 duty handed over``; empty where nothing differs."""
    n_shifts = Counter(change.kind for change in shifts)
    n_duties = Counter(change.kind for change in duties)
    said = [text(n_shifts[kind]) for kind, text in _SHIFT_COUNTS.items() if n_shifts[kind]]
    said += [text(n_duties[kind]) for kind, text in _DUTY_COUNTS.items() if n_duties[kind]]
    return ", ".join(said)


def shift_text(differences: WeekDifferences, shift: ShiftState | None, zone: ZoneInfo) -> str:
    """Return such as ``D 07:00–15:30 (break 11:00–11:30)``; without a shift people are free."""
    if shift is None:
        return _("free")
    times = ", ".join(clock_span(part.start, part.end, zone) for part in shift.parts)
    code = differences.shift_codes.get(shift.shift_type, "") if shift.shift_type else ""
    said = f"{code} {times}".strip()
    pauses = ", ".join(clock_span(one.start, one.end, zone) for one in shift.breaks)
    return _("{shift} (break {times})", shift=said, times=pauses) if pauses else said


def minutes_text(minutes: Minutes) -> str:
    """Return counted hours, such as ``38:30 (1:30 of it credited)``."""
    counted = hours(minutes.counted_min)
    if not minutes.credited_min:
        return counted
    return _(
        "{hours} ({credited} of it credited)", hours=counted, credited=hours(minutes.credited_min)
    )
