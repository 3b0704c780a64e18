"""Sentences and short texts of a week's versions."""

from zoneinfo import ZoneInfo

from planner.domain.changed import WeekDifferences
from planner.services.publish.versions import DRAFT, Version, VersionInfo, VersionState
from planner.words import N_, _, clock, ngettext, short_date
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


def summary(differences: WeekDifferences, counts: str) -> str:
    """Return for how many people and places something differs, and what."""
    if not counts:
        return _("Both say the same.")
    people = ngettext("{n} person", "{n} people", differences.n_people)
    places = ngettext("{n} place", "{n} places", differences.n_places)
    return f"{people}, {places}: {counts}"
