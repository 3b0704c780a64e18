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
    news: dict[int, tuple[News, ...]] = {}
    gone: list[_Window] = []
    for moment in Moment:
        mine = [one for one in day.windows if one.moment is moment]
        others = [one for one in old.windows if one.moment is moment] if old else []
        for new, was in _paired(mine, others):
            if new is None:
                gone += [was] if was else []
            else:
                news[id(new)] = tuple(_differences(new, was))
    return replace(
        day,
        windows=tuple(replace(one, news=news[id(one)]) for one in day.windows),
        gone=tuple(_gone(one) for one in gone),
    )


def _paired(
    new: list[_Window], old: list[_Window]
) -> Iterator[tuple[_Window | None, _Window | None]]:
    """Yield each window with what it was; nothing beside one that came or went."""
    new, old = list(new), list(old)
    for likeness in _LIKENESSES:
        for one in list(new):
            was = next((other for other in old if likeness(other) == likeness(one)), None)
            if was is not None:
                new.remove(one)
                old.remove(was)
                yield one, was
    if len(new) == len(old) == 1:  # the day's only one, for another group of grades
        yield new[0], old[0]
        return
    yield from ((one, None) for one in new)
    yield from ((None, was) for was in old)


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
