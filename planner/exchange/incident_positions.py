"""Whether the positions of a file of incidents can be meant."""

import statistics
from collections.abc import Iterable
from dataclasses import replace

from planner.domain.incidents import Incident
from planner.domain.plan import Plan
from planner.domain.situation_data import metres_apart
from planner.errors import InputError, Place
from planner.exchange.problems import Problems

FAR_KM = 100
"""A position so far from the others of its file is a mistake."""

Position = tuple[float, float]
"""Latitude and longitude."""

Found = Iterable[tuple[int, Incident]]
"""Incidents with their rows."""


def judge_positions(found: Found, place: Place, problems: Problems) -> None:
    """Note each position that is far from the others: swapped, or outside."""
    located = list(_located(found))
    if not located:
        return
    middle = _middle([position for _, position in located])
    for row, position in located:
        if _is_far(position, middle):
            latitude, longitude = position
            is_swapped = not _is_far((longitude, latitude), middle)
            code = "position-swapped" if is_swapped else "incident-outside"
            values = {"latitude": latitude, "longitude": longitude, "km": FAR_KM}
            problems.add(code, replace(place, row=row), **values)


def judge_whole(
    found: Found, place: Place, plan: Plan, problems: Problems
) -> tuple[InputError, ...]:
    """Note that all positions are swapped; return what to say of a file far from the plan."""
    positions = [position for _, position in _located(found)]
    homes = [
        (site.latitude, site.longitude)
        for site in plan.sites
        if site.latitude is not None and site.longitude is not None
    ]
    if not positions or not homes:
        return ()
    middle, home = _middle(positions), _middle(homes)
    if not _is_far(middle, home):
        return ()
    if not _is_far((middle[1], middle[0]), home):
        problems.add("incident-all-swapped", replace(place, row=1))
        return ()
    return (InputError("incident-far", km=round(metres_apart(middle, home) / 1000)),)


def _located(found: Found) -> Iterable[tuple[int, Position]]:
    for row, one in found:
        if one.latitude is not None and one.longitude is not None:
            yield row, (one.latitude, one.longitude)


def _middle(positions: list[Position]) -> Position:
    return (
        statistics.median(latitude for latitude, _ in positions),
        statistics.median(longitude for _, longitude in positions),
    )


def _is_far(one: Position, other: Position) -> bool:
    return metres_apart(one, other) > FAR_KM * 1000
