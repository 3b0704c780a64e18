"""Sentences and short texts of the coverage page."""

from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLocale

from planner.coverage_words import planned_text
from planner.domain.coverage_counts import Coverage
from planner.domain.dusk import LoneDuty
from planner.domain.duties import Moment
from planner.domain.evenings import Moved
from planner.domain.fairness import Distribution
from planner.services.coverage.views import (
    Burden,
    CoverageView,
    EveningPresence,
    MapCell,
    RankedGap,
)
from planner.services.roster.views import WeekState
from planner.words import (
    N_,
    _,
    clock,
    clock_span,
    hours,
    language,
    ngettext,
    short_date,
    weekday_name,
)

STATES = {
    WeekState.EMPTY: (N_("No roster"), "neutral"),
    WeekState.DRAFT: (N_("Draft"), "warning"),
    WeekState.PUBLISHED: (N_("Published, version {version}"), "success"),
    WeekState.CHANGED: (N_("Changed since version {version}"), "warning"),
}
BURDENS = {
    Burden.EVENINGS: (
        N_("Evenings"),
        N_("Shifts with three hours or more between 18 and 22."),
    ),
    Burden.NIGHTS: (N_("Nights"), N_("Shifts with three hours or more between 22 and 6.")),
    Burden.WEEKENDS: (
        N_("Weekends"),
        N_("Weekends with a shift that begins on Saturday or Sunday."),
    ),
    Burden.SHORT_RESTS: (
        N_("Short rests"),
        N_("Rests between two days' shifts shorter than the rule book spares, else than 11 hours."),
    ),
}
_MOMENTS = {Moment.BEFORE: N_("before school"), Moment.AFTER: N_("after school")}


def headline(view: CoverageView) -> str:
    """Return in a sentence or two how much of the promise is planned, and where most is missing."""
    said = planned_text(view.total)
    return " ".join(part for part in (said, _where_and_when(view), _below_minimum(view)) if part)


def _where_and_when(view: CoverageView) -> str:
    """Return which place and which day lack most; where only one lacks people, that one."""
    found = [one for one in view.gaps if one.measure is not None]
    if not found:
        return ""
    places = Counter(one.title for one in found).most_common()
    days = Counter(one.day for one in found).most_common()
    (place, n_place), (day, n_day) = places[0], days[0]
    values = {
        "missing": ngettext("{n} lacks people", "{n} lack people", len(found)),
        "place": place,
        "n_place": n_place,
        "day": weekday_name(day, is_short=False),
        "n_day": n_day,
    }
    if len(places) == len(days) == 1:
        return _("{missing}: {place}, {day}.", **values)
    if n_place > 1 and n_day > 1:
        return _("{missing}, most at {place} ({n_place}) and on {day} ({n_day}).", **values)
    if n_place > 1:
        return _("{missing}, most at {place} ({n_place}).", **values)
    if n_day > 1:
        return _("{missing}, most on {day} ({n_day}).", **values)
    return _("{missing}.", **values)


def _below_minimum(view: CoverageView) -> str:
    n = view.n_below_minimum
    if not n:
        return ""
    return ngettext(
        "{n} hour is below the minimum staffing.", "{n} hours are below the minimum staffing.", n
    )


def rest(coverage: Coverage) -> str:
    """Return what became of the duties that are not planned."""
    parts = []
    if coverage.n_gaps:
        parts.append(ngettext("{n} lacks people", "{n} lack people", coverage.n_gaps))
    if coverage.n_own_staff:
        n = coverage.n_own_staff
        parts.append(ngettext("{n} by own staff", "{n} by own staff", n))
    if coverage.n_cancelled:
        parts.append(ngettext("{n} cancelled", "{n} cancelled", coverage.n_cancelled))
    return ", ".join(parts) or _("all planned")


def cell_lines(name: str, column: str, cell: MapCell) -> list[str]:
    """Return everything about a cell, a line each; the first is what it is."""
    coverage = cell.coverage
    lines = [f"{name}, {column}"]
    if not coverage.n_promised:
        return [*lines, _("Nothing is promised.")]
    lines.append(
        _(
            "{n_planned} of {n_promised} planned: {rest}",
            n_planned=coverage.n_planned,
            n_promised=coverage.n_promised,
            rest=rest(coverage),
        )
    )
    if cell.lacking:
        days = ", ".join(map(short_date, cell.lacking))
        lines.append(_("People are missing on {days}.", days=days))
    if cell.is_lone:
        lines.append(_("Somebody is alone there after dusk."))
    return lines


def gap_lines(one: RankedGap, zone: ZoneInfo) -> tuple[str, ...]:
    """Return where, when, how many and how important."""
    span = one.gap.span
    when = f"{short_date(one.day)} {clock_span(span.start, span.end, zone)}"
    where = f"{one.title}, {_(_MOMENTS[one.moment])}" if one.moment else one.title
    missing = ngettext("{n} person missing", "{n} people missing", one.gap.missing)
    harm = _(
        "Priority {n} · {hours} of work missing",
        n=one.harm.priority,
        hours=hours(one.harm.people_min),
    )
    return where, f"{when} · {missing}", harm


def lone_lines(lone: LoneDuty, zone: ZoneInfo) -> tuple[str, ...]:
    """Return where and when somebody is alone after dusk."""
    duty, span = lone.duty, lone.span
    where = f"{duty.title}, {_(_MOMENTS[duty.moment])}" if duty.moment else duty.title
    day = short_date(span.start.astimezone(zone).date())
    return (
        where,
        f"{day} {clock_span(span.start, span.end, zone)}",
        _("alone after sunset from {time}", time=clock(lone.alone.start, zone)),
    )


def evening_lines(evening: EveningPresence) -> Iterator[str]:
    """Yield in sentences what is planned of the evenings."""
    if evening.promised_min:
        yield _(
            "Selected places: {planned} of {promised} hours of promised evening presence "
            "are planned.",
            planned=hours(evening.planned_min),
            promised=hours(evening.promised_min),
        )
    else:
        yield _("No evening presence at selected places is promised.")
    found = evening.hours
    if found.needed:
        yield _(
            "Officers: {covered} of the {needed} officer-hours that the evenings need are covered.",
            covered=found.covered,
            needed=found.needed,
        )
    short = found.needed - found.covered
    if short and found.day_surplus:
        yield _(
            "The evenings lack {short} officer-hours, while the days have {surplus} more "
            "than they need.",
            short=short,
            surplus=found.day_surplus,
        )
    if found.n_below_minimum:
        yield ngettext(
            "{n} hour of the evenings is below the minimum staffing.",
            "{n} hours of the evenings are below the minimum staffing.",
            found.n_below_minimum,
        )


def moved_line(found: Moved) -> str:
    """Return in a sentence what became of the evenings of an earlier roster."""
    if not found.moved_min and not found.fell_away_min:
        return _(
            "All {before} hours of evening are still there; {came_in} have come in.",
            before=hours(found.before_min),
            came_in=hours(found.came_in_min),
        )
    return _(
        "Of {before} hours of evening, {moved} were moved to the day and {fell_away} fell away; "
        "{came_in} came in.",
        before=hours(found.before_min),
        moved=hours(found.moved_min),
        fell_away=hours(found.fell_away_min),
        came_in=hours(found.came_in_min),
    )


def spread_line(found: Distribution) -> str:
    """Return in a sentence how a burden is spread."""
    people = ngettext("{n} person", "{n} people", found.n_people)
    if not found.most:
        return _("{people}: nobody has any.", people=people)
    return _(
        "{people}: from {least} to {most} each, {mean} on average.",
        people=people,
        least=found.least,
        most=found.most,
        mean=QLocale(language()).toString(found.mean, "f", 1),
    )
