"""A school's sheet as a web page: the twin of the one on paper, for whoever cannot read that."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner import words
from planner.domain.duties import Moment
from planner.reports.school_sheet import Presence, SheetDay, SheetWindow
from planner.reports.school_sheet_words import (
    AnySheet,
    Mark,
    Who,
    calls,
    common_numbers,
    copy_text,
    dates_text,
    days_shown,
    edition_text,
    gone_text,
    has_place_column,
    kind_tag,
    legend,
    marks,
    names_groups,
    new_numbers,
    statement,
    week_text,
    who_lines,
)
from planner.reports.web_page import render_page
from planner.words import _


@dataclass(frozen=True, slots=True)
class _Entry:
    """A window as the page says it."""

    time: str
    is_cancelled: bool
    marks: tuple[Mark, ...]
    where: str
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A day as the page says it: a statement, or what is before and after school."""

    name: str
    date: str
    tag: str
    statement: str
    cells: tuple[tuple[_Entry, ...], ...]
    gone: tuple[list[str], ...]
    place: tuple[str, ...]


class _Rows:
    """Makes the rows of one sheet."""

    def __init__(self, sheet: AnySheet) -> None:
        self._sheet = sheet
        self._days = days_shown(sheet)
        self._names_groups = names_groups(self._days)
        self._has_place_column = has_place_column(self._days)

    def heads(self) -> list[str]:
        """Return the heads of the columns."""
        if not any(day.windows for day in self._days):
            return [_("Day"), _("Presence")]
        heads = [_("Day"), _("Before school"), _("After school")]
        return [*heads, _("Place")] if self._has_place_column else heads

    def rows(self) -> Iterator[_Row]:
        """Yield the days."""
        for day in self._days:
            has_place = bool(day.windows) and self._has_place_column
            yield _Row(
                name=words.weekday_name(day.day, is_short=False).capitalize(),
                date=f"{day.day.day}/{day.day.month}",
                tag=kind_tag(day),
                statement="" if day.windows else statement(day),
                cells=tuple(self._cell(day, moment) for moment in Moment),
                gone=tuple(self._gone(day, moment) for moment in Moment),
                place=_place(day.windows[0]) if has_place else (),
            )

    def _cell(self, day: SheetDay[Who], moment: Moment) -> tuple[_Entry, ...]:
        return tuple(self._entry(window) for window in day.windows if window.moment is moment)

    def _gone(self, day: SheetDay[Who], moment: Moment) -> list[str]:
        return [gone_text(one, self._sheet.tz) for one in day.gone if one.moment is moment]

    def _entry(self, window: SheetWindow[Who]) -> _Entry:
        return _Entry(
            time=words.clock_span(window.span.start, window.span.end, self._sheet.tz),
            is_cancelled=window.who is Presence.CANCELLED,
            marks=marks(window),
            where=self._where(window),
            who=who_lines(window.who),
        )

    def _where(self, window: SheetWindow[Who]) -> str:
        """Return for whom and where a window is, as far as no other column says it."""
        group = (window.grade_group,) if self._names_groups and window.grade_group else ()
        place = () if self._has_place_column else _place(window)
        return " · ".join((*group, *place))


def _place(window: SheetWindow[Who]) -> tuple[str, ...]:
    named = tuple(name for name in (window.site, window.meeting_place) if name)
    return named or (_("At the school"),)


def render_school_page(sheet: AnySheet) -> str:
    """Return a sheet as a web page that says what its PDF says."""
    rows = _Rows(sheet)
    return render_page(
        "school_sheet.html",
        sheet.school,
        sheet=sheet,
        week=week_text(sheet),
        dates=dates_text(sheet),
        copy=copy_text(sheet),
        heads=rows.heads(),
        rows=list(rows.rows()),
        legend=legend(sheet),
        calls=calls(sheet),
        new_numbers=new_numbers(sheet),
        numbers=common_numbers(sheet),
        edition=edition_text(sheet),
    )
