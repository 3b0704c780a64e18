"""Sentences and short texts of the week page."""

from collections.abc import Iterable
from html import escape
from zoneinfo import ZoneInfo

from planner import messages
from planner.domain.duties import DutyKind, Moment
from planner.domain.plan import Plan
from planner.domain.roster import Finding, Gap, LevelResult, Override, Severity
from planner.domain.spans import Span
from planner.services.roster.views import (
    DayHeader,
    PersonDay,
    PersonRow,
    PlaceDay,
    PlaceDuty,
    PlaceRow,
    ShiftBar,
    WeekState,
)
from planner.words import N_, _, clock, clock_span, hours, ngettext, short_date

STATES = {
    WeekState.EMPTY: (N_("No roster"), "neutral"),
    WeekState.DRAFT: (N_("Draft"), "warning"),
    WeekState.PUBLISHED: (N_("Published, version {version}"), "success"),
    WeekState.CHANGED: (N_("Changed since version {version}"), "warning"),
}
"""Text and tone of each state."""

KINDS = {
    DutyKind.SCHOOL: N_("School"),
    DutyKind.PRESENCE: N_("Selected place"),
    DutyKind.VISIT: N_("Selected place, visits"),
    DutyKind.WALK: N_("Safety walk"),
    DutyKind.SESSION: N_("Information session"),
}

NOTES = {
    "own_staff": N_("The school's own staff"),
    "study_day": N_("Study day"),
    "half_day": N_("Half-day"),
    "outing": N_("Outing"),
    "closed": N_("Closed"),
    "break": N_("School break"),
    "holiday": N_("Holiday"),
    "weekend": "",
}

DECISIONS = {"own-staff": N_("the school's own staff"), "cancelled": N_("cancelled")}

WISHES = {
    "free": N_("Wishes the day off"),
    "veto": N_("Veto: day off"),
    "shift": N_("Wishes to work"),
}

MOMENTS = {Moment.BEFORE: N_("before school"), Moment.AFTER: N_("after school")}


def when(span: Span, zone: ZoneInfo) -> str:
    """Return day and time, such as ``tis 24/11 07:15–08:15``."""
    day = span.start.astimezone(zone).date()
    return f"{short_date(day)} {clock_span(span.start, span.end, zone)}"


def person_title(row: PersonRow) -> str:
    """Return what stands under a person's name: squad, part and role."""
    parts = [row.squad_name, _("{rate} %", rate=row.rate_percent)]
    if row.is_lead:
        parts.append(_("in charge"))
    return " · ".join(part for part in parts if part)


def balance(row: PersonRow) -> str:
    """Return counted minus wanted hours with its sign; empty when they are equal."""
    difference = row.counted_min - row.target_min
    if difference == 0:
        return ""
    return hours(difference) if difference < 0 else f"+{hours(difference)}"


def shift_notes(shift: ShiftBar) -> str:
    """Return how a shift came about and its crew, such as ``given, locked · patrol 3``."""
    state = [_("given") if shift.is_given else _("planned")]
    if shift.is_locked:
        state.append(_("locked"))
    notes = ", ".join(state)
    return f"{notes} · {shift.crew_label}" if shift.crew_label else notes


def person_day_lines(cell: PersonDay, zone: ZoneInfo) -> list[str]:
    """Return everything about a person's day, a line each."""
    lines = [_("Absence")] if cell.is_absent else []
    for shift in cell.shifts:
        times = ", ".join(clock_span(part.start, part.end, zone) for part in shift.parts)
        lines.append(f"{times}  {shift.code} {shift.name} ({shift_notes(shift)})")
        if shift.note:
            lines.append(_("Note: {text}", text=shift.note))
        content = [(duty.span, duty.title) for duty in shift.duties]
        content += [(pause, _("Break")) for pause in shift.breaks]
        lines += [
            f"{clock_span(span.start, span.end, zone)}  {title}" for span, title in sorted(content)
        ]
    lines += [
        _("{time}  Bound time: {title}", time=clock_span(span.start, span.end, zone), title=title)
        for title, span in cell.bound
    ]
    lines += [standby_text(span, zone) for span in cell.standby]
    if cell.wish:
        lines.append(_(WISHES[cell.wish]))
    if cell.n_findings:
        lines.append(ngettext("{n} finding", "{n} findings", cell.n_findings))
    return lines or [_("Free")]


def standby_text(span: Span, zone: ZoneInfo) -> str:
    """Return such as ``17:00–08:00  Stand-by``."""
    return f"{clock_span(span.start, span.end, zone)}  " + _("Stand-by")


def place_duty_text(duty: PlaceDuty, zone: ZoneInfo) -> str:
    """Return who is there and when, such as ``07:15–08:15 A. Berg``."""
    time = clock_span(duty.span.start, duty.span.end, zone)
    return f"{time}  {place_duty_who(duty)}"


def place_duty_who(duty: PlaceDuty) -> str:
    """Return what a duty lacks, and its people."""
    return ", ".join([*_lacking(duty), *duty.names]) or _("nobody yet")


def place_duty_who_short(duty: PlaceDuty) -> str:
    """Return the same with initials, such as ``A. Berg``."""
    return ", ".join([*_lacking(duty), *_short_names(duty)]) or _("nobody yet")


def place_duty_people(duty: PlaceDuty) -> str:
    """Return who does it, with initials; not who lacks."""
    return ", ".join(_short_names(duty))


def _short_names(duty: PlaceDuty) -> Iterable[str]:
    return (_with_initial(name) for name in duty.names)


def place_day_lines(cell: PlaceDay, zone: ZoneInfo) -> list[str]:
    """Return everything about a place's day, a line each."""
    lines = [_(NOTES.get(cell.note, cell.note))] if cell.note else []
    for duty in cell.duties:
        moment = f" ({_(MOMENTS[duty.moment])})" if duty.moment else ""
        lines.append(place_duty_text(duty, zone) + moment)
    return [line for line in lines if line] or [_("Nothing planned")]


def row_summary(row: PersonRow | PlaceRow) -> str:
    """Return a row's heading in one line, for tips and screen readers."""
    if isinstance(row, PlaceRow):
        return f"{row.name}, {_(KINDS[row.kind])}"
    return f"{row.name}, {person_title(row)}"


def gap_lines(plan: Plan, gap: Gap) -> tuple[str, ...]:
    """Return a gap's place, its time with what lacks, why it is there, and what stops whom."""
    lacking = ngettext("{n} person missing", "{n} people missing", gap.missing)
    why = sentence_case(messages.gap_reason(gap.reason, gap.proof)) + "."
    if gap.is_proved and gap.proof:
        why += " " + sentence_case(_(messages.PROOFS[gap.proof])) + "."
    stopped = ", ".join(messages.blocker_text(each.code, each.n_staff) for each in gap.blockers)
    lines = (messages.gap_title(plan, gap), f"{when(gap.span, plan.zone)} · {lacking}", why)
    return (*lines, sentence_case(stopped)) if stopped else lines


def finding_lines(plan: Plan, finding: Finding) -> tuple[str, ...]:
    """Return what a finding says, and how much it matters."""
    severity = _(messages.SEVERITIES[finding.severity])
    text = sentence_case(messages.finding_text(plan, finding))
    return text, sentence_case(severity)


def override_lines(plan: Plan, override: Override) -> tuple[str, ...]:
    """Return which rule stands broken, why, and who said so when."""
    finding = Finding(
        code=override.rule,
        severity=Severity.OVERRIDDEN,
        staff=override.staff,
        span=Span(override.start, override.start) if override.start else None,
        values=tuple(_value(each) for each in override.values.split()),
    )
    at = override.at.astimezone(plan.zone)
    when = f"{short_date(at.date())} {clock(override.at, plan.zone)}"
    text = sentence_case(messages.finding_text(plan, finding))
    return text, override.reason, f"{override.author} · {when}"


def _value(text: str) -> tuple[str, str | int]:
    name, _equals, value = text.partition("=")
    return name, int(value) if value.lstrip("-").isdigit() else value


def levels_lines(levels: tuple[LevelResult, ...]) -> list[str]:
    """Return what each level of the order of importance costs and could cost at best."""
    lines = []
    for level in levels:
        text = _("{level}: {value}", level=_(messages.LEVELS[level.level]), value=level.value)
        if level.bound is not None:
            text += " · " + _("bound {bound}", bound=level.bound)
        lines.append(text)
    return lines


def sentence_case(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]


def details_html(title: str, subtitle: str, lines: list[str]) -> str:
    """Return the details of a cell for a rich-text label."""
    body = "".join(f"<p style='margin:0 0 6px 0'>{escape(line)}</p>" for line in lines)
    return f"<p style='margin:0'><b>{escape(title)}</b></p><p>{escape(subtitle)}</p>{body}"


def day_note(day: DayHeader) -> str:
    """Return what makes a day special: a holiday, a planner's note, or a school break."""
    return day.holiday or day.note or day.school_note


def _lacking(duty: PlaceDuty) -> list[str]:
    if duty.decision:
        return [_(DECISIONS[duty.decision])]
    return [ngettext("{n} missing", "{n} missing", duty.missing)] if duty.missing else []


def _with_initial(name: str) -> str:
    first, _space, rest = name.partition(" ")
    return f"{first[:1]}. {rest}" if rest else first
