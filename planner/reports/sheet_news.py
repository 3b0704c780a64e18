"""What a school's sheet says that the one on the wall does not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from planner.domain.duties import Moment
from planner.reports.school_sheet import (
    GoneWindow,
    NamedContacts,
    News,
    OfficeSheet,
    Presence,
    SheetDay,
    SheetWindow,
)

_Who = NamedContacts | Presence
_Window = SheetWindow[_Who]
_Day = SheetDay[_Who]

_LIKENESSES: tuple[Callable[[_Window], Any], ...] = (
    lambda one: (one.span, one.site, one.meeting_place, one.grade_group, one.who),
    lambda one: (one.span, one.site, one.grade_group),
    lambda one: (one.site, one.grade_group),
    lambda one: one.grade_group,
    lambda one: (one.span, one.site, one.meeting_place),
)
"""By what a window is taken for one of the old sheet, the closest likeness first."""


def with_news(sheet: OfficeSheet, old: OfficeSheet) -> OfficeSheet:
    """Return the sheet with what differs from the one that it replaces marked."""
    before = {day.day: day for day in old.days}
    return replace(
        sheet,
        days=tuple(_marked(day, before.get(day.day)) for day in sheet.days),
        has_new_numbers=_numbers(sheet) != _numbers(old),
    )


def _numbers(sheet: OfficeSheet) -> tuple[object, ...]:
    return sheet.substitutes, sheet.coordinator, sheet.school_phone


def _marked(day: _Day, old: _Day | None) -> _Day:
    windows = list(day.windows)
    gone: list[GoneWindow] = []
    for moment in Moment:
        mine = [n for n, one in enumerate(windows) if one.moment is moment]
        others = [one for one in old.windows if one.moment is moment] if old else []
        found = _old_by_place([windows[n] for n in mine], others)
        for n, was in zip(mine, found, strict=True):
            windows[n] = replace(windows[n], news=tuple(_differences(windows[n], was)))
        gone += (_gone(one) for one in others if all(one is not was for was in found))
    return replace(day, windows=tuple(windows), gone=tuple(gone))


def _old_by_place(new: list[_Window], old: list[_Window]) -> list[_Window | None]:
    """Return what each window was on the old sheet; nothing for one that was not there."""
    found: list[_Window | None] = [None] * len(new)
    for likeness in _LIKENESSES:
        for n, one in enumerate(new):
            left = (was for was in old if all(was is not taken for taken in found))
            if found[n] is None:
                found[n] = next((was for was in left if likeness(was) == likeness(one)), None)
    return found


def _differences(new: _Window, old: _Window | None) -> Iterator[News]:
    if old is None:
        yield News.ADDED
        return
    if new.span != old.span:
        yield News.TIME
    if (new.site, new.meeting_place) != (old.site, old.meeting_place):
        yield News.PLACE
    if _people(new.who) != _people(old.who):
        yield News.PERSON


def _people(who: _Who) -> object:
    return who if isinstance(who, Presence) else frozenset(who.display_names)


def _gone(window: _Window) -> GoneWindow:
    return GoneWindow(
        moment=window.moment,
        span=window.span,
        grade_group=window.grade_group,
        site=window.site,
        meeting_place=window.meeting_place,
    )
