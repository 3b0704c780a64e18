"""What stands in the calendars of people and schools.

A calendar goes to a telephone and to whoever runs its services, and a school's is read by many. So
it is made from what the reader may see of the week, and names nobody: a person's own without the
crew and without what bound time is for, a school's from the notice board's copy of its sheet.

A shift is one event, so that a glance shows when work begins and ends, and lists what is done in
it; each duty is one too, with its place, for that is what a telephone reminds of and finds the way
to. Duties do not take time of their own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from planner.domain.duties import DutyKind, Moment
from planner.domain.feeds import FeedEntry
from planner.domain.ids import DutyId
from planner.domain.roster import Assignment
from planner.domain.spans import Span
from planner.reports.duty_words import kind_text
from planner.reports.person_week import (
    OtherTimeKind,
    PersonDay,
    PersonShift,
    PersonWeek,
)
from planner.reports.school_sheet import NoticeBoardSheet, Presence, SheetWindow
from planner.reports.school_sheet_words import EMERGENCY_NUMBER, who_lines
from planner.words import _, clock_span

Keyed = Iterator[tuple[str, FeedEntry]]


def person_calendar_name() -> str:
    """Return what a person's calendar is called; whose it is its reader knows."""
    return _("My shifts and duties")


def school_calendar_name(school: str) -> str:
    """Return what a school's calendar is called."""
    return _("Contact person, {school}", school=school)


def about_calendar(notice: str) -> tuple[str, ...]:
    """Return what every calendar says of itself.

    Parameters
    ----------
    notice
        Shown when the data could be mistaken for real; empty for none.
    """
    late = _(
        "A calendar shows changes hours late. Whoever is concerned by a change of the same day is "
        "called. In an emergency ring {number}.",
        number=EMERGENCY_NUMBER,
    )
    return (late, notice) if notice else (late,)


def person_entries(own: PersonWeek, done: Iterable[Assignment]) -> dict[str, FeedEntry]:
    """Return a person's shifts, duties, bound time and stand-by; nothing of absence.

    Parameters
    ----------
    done
        The person's duties, for the ids that own weeks do not have.
    """
    duty_at = {one.start: one.duty for one in done}
    n_times = Counter[DutyId]()
    entries: dict[str, FeedEntry] = {}
    for day in own.days:
        entries |= _shifts(day, own.tz)
        for duty in (duty for shift in day.shifts for duty in shift.duties):
            id_ = duty_at[duty.span.start]
            n_times[id_] += 1
            entries[f"duty/{id_}/{n_times[id_]}"] = FeedEntry(
                span=duty.span,
                title=duty.title,
                place=", ".join(part for part in (duty.place, duty.meeting_place) if part),
                is_busy=False,
            )
        entries |= _others(day)
    return entries


def school_entries(sheet: NoticeBoardSheet) -> dict[str, FeedEntry]:
    """Return a school's windows by role; one that was cancelled is none."""
    return {
        f"window/{day}/{ordinal}": _window(sheet.school, window)
        for day, ordinal, window in _windows(sheet)
        if window.who is not Presence.CANCELLED
    }


def _shifts(day: PersonDay, zone: ZoneInfo) -> Keyed:
    for number, shift in enumerate(day.shifts, start=1):
        title = " ".join(part for part in (shift.code, shift.name) if part) or _("Shift")
        for part_number, part in enumerate(shift.parts, start=1):
            yield (
                f"shift/{day.day}/{number}-{part_number}",
                FeedEntry(span=part, title=title, notes=tuple(_in_part(shift, part, zone))),
            )


def _in_part(shift: PersonShift, part: Span, zone: ZoneInfo) -> Iterator[str]:
    """Yield what is done in a part of a shift, a line each."""
    done = [(pause, _("break")) for pause in shift.breaks]
    for duty in shift.duties:
        places = (duty.title, duty.place, duty.meeting_place)
        done.append((duty.span, ", ".join(dict.fromkeys(part for part in places if part))))
    for span, what in sorted(done):
        if part.overlaps(span):
            yield f"{clock_span(span.start, span.end, zone)} {what}"


def _others(day: PersonDay) -> Keyed:
    """Yield bound time and stand-by; what a person is bound to is for the own page only."""
    n_of_kind = Counter[OtherTimeKind]()
    for other in day.others:
        n_of_kind[other.kind] += 1
        title = _("Bound time") if other.kind is OtherTimeKind.BOUND else _("Stand-by")
        key = f"{other.kind}/{day.day}/{n_of_kind[other.kind]}"
        yield key, FeedEntry(span=other.span, title=title)


def _windows(sheet: NoticeBoardSheet) -> Iterator[tuple[date, str, SheetWindow[Presence]]]:
    """Yield each window with its day and ordinal, those of its duty."""
    for day in sheet.days:
        n_of_moment = Counter[Moment]()
        for window in day.windows:
            n_of_moment[window.moment] += 1
            yield day.day, f"{window.moment}-{n_of_moment[window.moment]}", window


def _window(school: str, window: SheetWindow[Presence]) -> FeedEntry:
    """Return a window's event; it takes nobody's time, whoever looks at the calendar."""
    (who,) = who_lines(window.who)
    title = f"{kind_text(DutyKind.SCHOOL, moment=window.moment)}: {who}"
    return FeedEntry(
        span=window.span,
        title=title,
        place=", ".join(part for part in (window.site or school, window.meeting_place) if part),
        notes=(window.grade_group,) if window.grade_group else (),
        is_busy=False,
    )
