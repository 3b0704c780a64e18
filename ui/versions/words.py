"""Sentences and short texts of a week's versions."""

from zoneinfo import ZoneInfo

from planner.difference_words import DUTY_CHANGES, SHIFT_CHANGES
from planner.domain.changed import DutyChange, ShiftChange, ShiftState, Standing, WeekDifferences
from planner.domain.ids import StaffId
from planner.services.versions import DRAFT, Version, VersionInfo, VersionState
from planner.words import N_, _, clock, clock_span, ngettext, short_date
from ui.widgets.notes import Note

_STATES = {
    VersionState.DRAFT: N_("not published"),
    VersionState.PUBLISHED: N_("holds now"),
    VersionState.REPLACED: N_("replaced"),
}
_TONES = {
    VersionState.DRAFT: "warning",
    VersionState.PUBLISHED: "success",
    VersionState.REPLACED: "muted",
}
_SYMBOLS = {VersionState.DRAFT: "file-plus", VersionState.REPLACED: "clock"}


def version_name(version: Version) -> str:
    """Return such as ``Version 3`` or ``Draft``."""
    return _("Draft") if version == DRAFT else _("Version {version}", version=version)


def version_note(info: VersionInfo, zone: ZoneInfo) -> Note:
    """Return a version's entry: name and state, when and by whom, how much is new."""
    lines = [f"{version_name(info.version)} · {_(_STATES[info.state])}"]
    if info.published_at is not None:
        at = info.published_at.astimezone(zone)
        when = f"{short_date(at.date())} {clock(at, zone)}"
        lines.append(_("{author}, {when}", author=info.published_by, when=when))
    lines.append(_how_much(info))
    return Note(
        lines=tuple(lines),
        tone=_TONES[info.state],
        symbol=_SYMBOLS.get(info.state, ""),
        value=info.version,
    )


def _how_much(info: VersionInfo) -> str:
    if info.replaces is None:
        people = ngettext("{n} person", "{n} people", info.n_people)
        sheets = ngettext("{n} sheet", "{n} sheets", info.n_sheets)
    else:
        people = ngettext("{n} person changed", "{n} people changed", info.n_people)
        sheets = ngettext("{n} new sheet", "{n} new sheets", info.n_sheets)
    return f"{people} · {sheets}"


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


def summary(differences: WeekDifferences, counts: str) -> str:
    """Return for how many people and places something differs, and what."""
    if not counts:
        return _("Both say the same.")
    people = ngettext("{n} person", "{n} people", differences.n_people)
    places = ngettext("{n} place", "{n} places", differences.n_places)
    return f"{people}, {places}: {counts}"
