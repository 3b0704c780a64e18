"""Ways around the window: where the palette goes, and where the tour stops."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from planner.domain.duties import DutyKind
from planner.domain.weeks import IsoWeek
from planner.words import _
from ui.palette import Target
from ui.tour import Spot
from ui.week import WeekPage

_NEAR_WEEKS = 53
"""How far from the week shown the palette goes."""


def targets(page: WeekPage, typed: str, show_week: Callable[[IsoWeek], object]) -> Iterator[Target]:
    """Yield what the palette can go to: the people and places of the week, and other weeks."""
    view = page.view()
    if view is None:
        return
    for person in view.people:
        yield Target(
            text=person.name,
            hint=person.squad_name,
            icon="users",
            go=partial(page.show_person, person.staff),
        )
    for place in view.places:
        yield Target(
            text=place.name,
            hint="",
            icon="school" if place.kind is DutyKind.SCHOOL else "map-pin",
            go=partial(page.show_place, place.source),
        )
    if any(letter.isdigit() for letter in typed):
        for n in range(-_NEAR_WEEKS, _NEAR_WEEKS + 1):
            week = view.week.shifted(n)
            yield Target(
                text=_("Week {n}", n=week.week),
                hint=str(week),
                icon="calendar-days",
                go=partial(show_week, week),
            )


def spots(
    page: WeekPage, menu_bar: QWidget, show_people: Callable[[], QWidget]
) -> Mapping[Spot, Callable[[], QWidget | None]]:
    """Return what the tour points at; ``show_people`` brings the grid to the front."""
    return {
        Spot.WEEK: lambda: page.header.picker,
        Spot.GRID: show_people,
        Spot.NEED: lambda: page.chart,
        Spot.ATTENTION: lambda: page.side,
        Spot.VIEWS: lambda: page.tabs,
        Spot.GENERATE: lambda: page.header.generate_button,
        Spot.PUBLISH: lambda: page.header.publish_button,
        Spot.HELP: lambda: menu_bar,
    }
