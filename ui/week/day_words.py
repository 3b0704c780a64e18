"""Sentences and short texts of the timeline of a day."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from planner.domain.spans import Span
from planner.services.week.day_views import DayRow, DayShift, DutyBlock, QuarterNeed, Travel
from planner.words import _, clock_span, ngettext
from ui.week import words


def person_title(row: DayRow) -> str:
    """Return what stands under a person's name: part, and role."""
    parts = [_("{rate} %", rate=row.rate_percent)]
    if row.is_lead:
        parts.append(_("in charge"))
    return " · ".join(parts)


def group_title(row: DayRow) -> str:
    """Return the heading of the people around a row: squad and employer."""
    return " · ".join(part for part in (row.squad_name, row.employer_name) if part)


def shift_title(shift: DayShift, zone: ZoneInfo) -> str:
    """Return such as ``07:00–15:30 D Dag``."""
    times = ", ".join(clock_span(part.start, part.end, zone) for part in shift.parts)
    return " ".join(part for part in (times, shift.code, shift.name) if part)


def shift_lines(shift: DayShift, zone: ZoneInfo) -> Iterator[str]:
    """Yield everything about a shift, a line each."""
    state = [_("given") if shift.is_given else _("planned")]
    if shift.is_locked:
        state.append(_("locked"))
    if shift.crew_label:
        state.append(_("patrol {number}", number=shift.crew_label))
    if shift.starts_before:
        state.append(_("began the day before"))
    yield f"{shift_title(shift, zone)} ({', '.join(state)})"
    content = [(duty.span, duty.title) for duty in shift.duties]
    content += [(pause, _("Break")) for pause in shift.breaks]
    if shift.muster:
        content.append((shift.muster, _("Muster")))
    if shift.report:
        content.append((shift.report, _("Report-writing")))
    content += [(way.room, travel_text(way)) for way in shift.travels]
    for span, title in sorted(content):
        yield f"{clock_span(span.start, span.end, zone)}  {title}"


def travel_text(way: Travel) -> str:
    """Return how long a way takes, and whether there is time for it."""
    taken = ngettext("travel {n} minute", "travel {n} minutes", way.minutes)
    if not way.is_too_short:
        return taken
    short = ngettext("{n} minute too little", "{n} minutes too little", _lacking_min(way))
    return f"{taken}, {short}"


def duty_lines(duty: DutyBlock, zone: ZoneInfo) -> Iterator[str]:
    """Yield everything about a duty, a line each."""
    text = f"{clock_span(duty.span.start, duty.span.end, zone)}  {duty.title}"
    yield text + " (" + _("locked") + ")" if duty.is_locked else text
    yield _(words.KINDS[duty.kind])


def bound_line(title: str, span: Span, zone: ZoneInfo) -> str:
    """Return such as ``09:00–12:00  Bound time: court``."""
    time = clock_span(span.start, span.end, zone)
    return _("{time}  Bound time: {title}", time=time, title=title)


def absence_line(span: Span, zone: ZoneInfo) -> str:
    """Return that and when a person is away, never why."""
    return clock_span(span.start, span.end, zone) + "  " + _("Absence")


def need_lines(quarter: QuarterNeed, zone: ZoneInfo) -> list[str]:
    """Return a quarter's time and numbers, a line each."""
    lines = [
        clock_span(quarter.span.start, quarter.span.end, zone),
        _("planned: {n}", n=quarter.planned),
        _("needed: {n}", n=quarter.needed),
        _("minimum: {n}", n=quarter.minimum),
    ]
    if quarter.planned < quarter.minimum:
        lines.append(words.sentence_case(_("below the minimum")))
    return lines


def need_summary(need: tuple[QuarterNeed, ...]) -> str:
    """Return how many quarters lack officers, for screen readers."""
    n_short = sum(quarter.planned < quarter.minimum for quarter in need)
    short = ngettext("{n} quarter below the minimum", "{n} quarters below the minimum", n_short)
    return _("Officers by quarter") + ": " + short


def _lacking_min(way: Travel) -> int:
    return way.minutes - way.room.minutes
