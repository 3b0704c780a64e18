"""The coverage sheet as a web page: what its charts show stands there in numbers and words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from planner import words
from planner.coverage_words import MEASURES, planned_text
from planner.domain.coverage_counts import Coverage
from planner.domain.duties import DutyKind
from planner.reports.coverage_sheet import CoverageSheet, StaffingHour
from planner.reports.coverage_words import (
    DECISIONS,
    gap_name,
    gap_reason,
    override_text,
    own_schools_text,
    rest_text,
    staffing_text,
    time_text,
    when_text,
)
from planner.reports.day_frame import clock_change_text
from planner.reports.duty_words import kind_text
from planner.reports.web_page import render_page
from planner.reports.week_edition import WeekDay
from planner.reports.week_frame import edition_text, week_title
from planner.words import _


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: what stands in it, and under that; ``mark`` is how loud it is."""

    text: str
    notes: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    head: str
    cells: Sequence[_Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table with its heading; a grid is one whose columns are days or hours."""

    key: str
    title: str
    about: str = ""
    heads: Sequence[str] = ()
    rows: Sequence[_Row] = ()
    is_grid: bool = False


def render_coverage_page(sheet: CoverageSheet) -> str:
    """Return a coverage sheet as a web page that says what its PDF says."""
    tables = [_promise, _gaps, _decisions, _overrides, _schools, _hotspots, _staffing]
    clock_change = sheet.clock_change
    return render_page(
        "coverage_sheet.html",
        week_title(sheet),
        sheet=sheet,
        week=week_title(sheet),
        dates=words.date_range(sheet.week.days[0], sheet.week.days[-1]),
        headline=planned_text(sheet.total),
        about=[text for text in (staffing_text(sheet), own_schools_text(sheet)) if text],
        tables=[table for make in tables for table in make(sheet)],
        clock_change=clock_change_text(clock_change, sheet.tz) if clock_change else "",
        edition=edition_text(sheet, sheet.published_by),
    )


def _promise(sheet: CoverageSheet) -> Iterator[_Table]:
    if sheet.measures:
        yield _Table(
            key="promise",
            title=_("The promise"),
            heads=[_("Measure"), _("Planned"), _("Not planned")],
            rows=[
                _Row(
                    _(MEASURES[measure]),
                    [
                        _Cell(_of(coverage.n_planned, coverage.n_promised)),
                        _Cell(rest_text(coverage)),
                    ],
                )
                for measure, coverage in sheet.measures
            ],
        )


def _gaps(sheet: CoverageSheet) -> Iterator[_Table]:
    yield _Table(
        key="gaps",
        title=_("Gaps, the most important first"),
        about="" if sheet.gaps else _("There are no gaps."),
        heads=[_("Gap"), _("When"), _("People missing"), _("Priority"), _("Why")],
        rows=[
            _Row(
                gap_name(gap),
                [
                    _Cell(when_text(sheet, gap)),
                    _Cell(str(gap.missing)),
                    _Cell(str(gap.priority)),
                    _Cell(gap_reason(gap)),
                ],
            )
            for gap in sheet.gaps
        ],
    )


def _schools(sheet: CoverageSheet) -> Iterator[_Table]:
    if not sheet.schools:
        return
    shown = [
        number
        for number in range(len(sheet.days))
        if any(school.days[number].n_promised for school in sheet.schools)
    ]
    yield _Table(
        key="schools",
        title=_("Schools by day"),
        heads=[_("School"), *(_day_head(sheet.days[number]) for number in shown)],
        rows=[
            _Row(one.school, [_coverage_cell(one.days[number]) for number in shown])
            for one in sheet.schools
        ],
        is_grid=True,
    )


def _hotspots(sheet: CoverageSheet) -> Iterator[_Table]:
    if sheet.hotspots:
        yield _Table(
            key="hotspots",
            title=_("Selected places by hour, all days together"),
            heads=[_("Selected place"), *(f"{hour:02}" for hour in sheet.hours)],
            rows=[
                _Row(one.hotspot, [replace(_coverage_cell(cell), notes=()) for cell in one.hours])
                for one in sheet.hotspots
            ],
            is_grid=True,
        )


def _staffing(sheet: CoverageSheet) -> Iterator[_Table]:
    found: dict[int, dict[date, list[StaffingHour]]] = {}
    for one in sheet.staffing:
        local = one.start.astimezone(sheet.tz)
        found.setdefault(local.hour, {}).setdefault(local.date(), []).append(one)
    if not found:
        return
    yield _Table(
        key="staffing",
        title=_("Officers by hour"),
        about=_("Planned officers, and in brackets how many the work needs."),
        heads=[_("Hour"), _("Minimum staffing"), *map(_day_head, sheet.days)],
        rows=[
            _Row(
                f"{hour:02}",
                [
                    _minimum_cell(of_day.values()),
                    *(_staffing_cell(of_day.get(day.day, ())) for day in sheet.days),
                ],
            )
            for hour, of_day in sorted(found.items())
        ],
        is_grid=True,
    )


def _decisions(sheet: CoverageSheet) -> Iterator[_Table]:
    if sheet.decisions:
        yield _Table(
            key="decisions",
            title=_("Decided for windows that nobody was found for"),
            heads=[_("School"), _("When"), _("Decision")],
            rows=[
                _Row(
                    f"{one.school} · {kind_text(DutyKind.SCHOOL, moment=one.moment)}",
                    [
                        _Cell(f"{time_text(sheet, one.span.start)}–{_clock(sheet, one.span.end)}"),
                        _Cell(_(DECISIONS[one.decided])),
                    ],
                )
                for one in sheet.decisions
            ],
        )


def _overrides(sheet: CoverageSheet) -> Iterator[_Table]:
    if sheet.overrides:
        yield _Table(
            key="overrides",
            title=_("Broken rules that stand, and why"),
            heads=[_("Rule"), _("When"), _("Why"), _("Who let it stand")],
            rows=[
                _Row(
                    override_text(one),
                    [
                        _Cell(time_text(sheet, one.start) if one.start else ""),
                        _Cell(one.reason),
                        _Cell(f"{one.author}, {time_text(sheet, one.at)}"),
                    ],
                )
                for one in sheet.overrides
            ],
        )


def _day_head(day: WeekDay) -> str:
    occasion = day.occasion or day.school_break
    return f"{words.short_date(day.day)} · {occasion}" if occasion else words.short_date(day.day)


def _coverage_cell(coverage: Coverage) -> _Cell:
    if not coverage.n_promised:
        return _Cell("")
    rest = rest_text(coverage)
    return _Cell(
        _of(coverage.n_planned, coverage.n_promised),
        tuple(rest.split(" · ")) if rest else (),
        "lacking" if coverage.n_gaps else "short" if rest else "",
    )


def _minimum_cell(days: Iterable[Sequence[StaffingHour]]) -> _Cell:
    """Return the minimum of an hour of the day, or its least and most in the week."""
    found = sorted({one.minimum for hours in days for one in hours})
    return _Cell("–".join(str(n) for n in dict.fromkeys((found[0], found[-1]))))


def _staffing_cell(hours: Sequence[StaffingHour]) -> _Cell:
    """Return the cell of an hour; where the clock is set back there are two."""
    is_below = any(one.planned < one.minimum for one in hours)
    is_short = any(one.planned < one.needed for one in hours)
    return _Cell(
        ", ".join(f"{one.planned} ({one.needed})" for one in hours),
        (_("too few"),) if is_below else (),
        "lacking" if is_below else "short" if is_short else "",
    )


def _of(n: int, n_all: int) -> str:
    return _("{n} of {n_all}", n=n, n_all=n_all)


def _clock(sheet: CoverageSheet, at: datetime) -> str:
    return words.clock(at, sheet.tz)
