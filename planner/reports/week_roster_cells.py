"""What stands in the cells of a whole roster."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from planner import words
from planner.reports.document import SEMIBOLD, SOFT, Stack, Style, Text, set_text
from planner.reports.week_roster import RosterDay, RosterDuty, RosterPerson
from planner.words import _

DAY_GAP = 6.0

_NAME = Style(font=SEMIBOLD, size=9.5, leading=1.2)
_SHIFT = Style(font=SEMIBOLD, size=8.5, leading=1.25)
_SMALL = Style(size=7.5, color=SOFT, leading=1.2)
_NOTHING = Style(size=8.5, color=SOFT, leading=1.25)
_MOST_LINES = 2
"""Of where a person is during the day; what does not fit is counted."""


def person_cell(person: RosterPerson, width: float) -> Stack:
    """Return the name, and the part of full time and role where they are not the usual."""
    name = set_text(person.display_name, _NAME, width, smallest=7, n_lines=2)
    about = []
    if person.rate_percent != 100:
        about.append(_("{rate} %", rate=person.rate_percent))
    if person.is_lead:
        about.append(_("in charge"))
    if not about:
        return Stack((name,))
    return Stack((name, set_text(" · ".join(about), _SMALL, width)))


def hours_cell(person: RosterPerson, width: float) -> Stack:
    """Return the counted hours, and those of the contract under them."""
    counted = set_text(words.hours(person.counted_min), _NAME, width)
    of = _("of {target}", target=words.hours(person.target_min))
    return Stack((counted, set_text(of, _SMALL, width)))


def day_cell(day: RosterDay, zone: ZoneInfo, width: float) -> Stack:
    """Return what a person does on a day; a dash for nothing."""
    texts = list(_lines(day, zone, width))
    return Stack(tuple(texts) or (set_text("–", _NOTHING, width),))


def _lines(day: RosterDay, zone: ZoneInfo, width: float) -> Iterator[Text]:
    if day.is_absent:
        yield set_text(_("Absent"), _SHIFT, width, smallest=7)
    for shift in day.shifts:
        first, *others = (words.clock_span(part.start, part.end, zone) for part in shift.parts)
        yield set_text(f"{shift.code} {first}".strip(), _SHIFT, width, smallest=7)
        for other in others:
            yield set_text(other, _SHIFT, width, smallest=7)
        if shift.crew:
            yield set_text(_("crew {label}", label=shift.crew), _SMALL, width)
    for span in day.bound:
        yield _timed(_("Bound"), words.clock_span(span.start, span.end, zone), width)
    for span in day.standby:
        yield _timed(_("Stand-by"), words.clock_span(span.start, span.end, zone), width)
    if day.duties:
        yield _duties(day.duties, width)
    if day.is_fixed_free and not day.shifts and not day.is_absent:
        yield set_text(_("Fixed free day"), _NOTHING, width, smallest=7)


def _timed(what: str, when: str, width: float) -> Text:
    return set_text(f"{what} {when}", _SHIFT, width, smallest=7, n_lines=2)


def _duties(duties: tuple[RosterDuty, ...], width: float) -> Text:
    """Return where a person is, as much as fits, and how many more places there are."""
    said = [f"{duty.title} ×{duty.n}" if duty.n > 1 else duty.title for duty in duties]
    for n_shown in range(len(said), 0, -1):
        n_more = len(said) - n_shown
        shown = ", ".join(said[:n_shown]) + (f" +{n_more}" if n_more else "")
        text = set_text(shown, _SMALL, width)
        if len(text.lines) <= _MOST_LINES:
            return text
    return set_text(said[0] + (f" +{len(said) - 1}" if len(said) > 1 else ""), _SMALL, width)
