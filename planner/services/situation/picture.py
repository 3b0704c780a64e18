"""The situational picture: what was reported, where and when; counts and places, no people."""

import math
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from planner.domain.incidents import Incident
from planner.domain.plan import Plan
from planner.domain.situation_data import metres_apart
from planner.domain.situation_picture import (
    Cluster,
    HourTable,
    Period,
    PeriodCount,
    clusters,
    hour_table,
    trend,
)
from planner.services.plans import OpenPlan
from planner.services.situation.incidents import SourceCount, sources_of
from planner.words import N_, _

NEAR_M = 400
"""A place of the plan so near gives its name to what happens there."""
AT_M = 120
"""Nearer than this it is the place; further away it is said on which side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationFilter:
    """What of the incidents is looked at.

    Parameters
    ----------
    kinds
        Nothing means all kinds.
    first_day, last_day
        Local days, both included; nothing means from the first, to the last.
    """

    kinds: frozenset[str] | None = None
    first_day: date | None = None
    last_day: date | None = None


class PlaceKind(StrEnum):
    """What a place on the map is."""

    SCHOOL = "school"
    HOTSPOT = "hotspot"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlace:
    """A place of the plan with a position."""

    id: str
    kind: PlaceKind
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCluster:
    """A cluster with the name of the nearest place of the plan, or what sources call it."""

    name: str
    cluster: Cluster


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the picture shows.

    Parameters
    ----------
    n_all
        Incidents that the plan has, whatever is looked at.
    kinds
        How many of each kind in the period, whatever kinds are looked at; the most frequent first.
    first_day, last_day
        Local days that the counts reach over; missing without incidents.
    incidents
        Those that are looked at, the earliest first.
    n_located
        Of them with a position.
    sources
        Where all incidents of the plan come from.
    """

    n_all: int
    kinds: tuple[tuple[str, int], ...]
    first_day: date | None
    last_day: date | None
    incidents: tuple[Incident, ...]
    n_located: int
    hours: HourTable
    weeks: tuple[PeriodCount, ...]
    months: tuple[PeriodCount, ...]
    clusters: tuple[NamedCluster, ...]
    places: tuple[MapPlace, ...]
    sources: tuple[SourceCount, ...]


def situation(open_plan: OpenPlan, wanted: SituationFilter) -> Situation:
    """Return the picture of the plan's incidents."""
    plan = open_plan.plan
    everything = open_plan.store.incidents()
    period = looked_at(everything, plan, replace(wanted, kinds=None))
    chosen = looked_at(period, plan, wanted)
    days = [one.at.astimezone(plan.zone).date() for one in period]
    first = wanted.first_day or min(days, default=None)
    last = wanted.last_day or max(days, default=None)

    def counted(step: Period) -> tuple[PeriodCount, ...]:
        return trend(chosen, plan.zone, step, first, last) if first and last else ()

    return Situation(
        n_all=len(everything),
        kinds=tuple(Counter(one.kind for one in period).most_common()),
        first_day=first,
        last_day=last,
        incidents=chosen,
        n_located=sum(one.latitude is not None for one in chosen),
        hours=hour_table(chosen, plan.zone),
        weeks=counted(Period.WEEK),
        months=counted(Period.MONTH),
        clusters=tuple(
            NamedCluster(name=cluster_name(plan, cluster), cluster=cluster)
            for cluster in clusters(chosen)
        ),
        places=map_places(plan),
        sources=sources_of(everything, plan.zone),
    )


def looked_at(
    incidents: tuple[Incident, ...], plan: Plan, wanted: SituationFilter
) -> tuple[Incident, ...]:
    """Return the incidents of the kinds and days that are looked at."""

    def is_wanted(one: Incident) -> bool:
        day = one.at.astimezone(plan.zone).date()
        return (
            (wanted.kinds is None or one.kind in wanted.kinds)
            and (wanted.first_day is None or wanted.first_day <= day)
            and (wanted.last_day is None or day <= wanted.last_day)
        )

    return tuple(one for one in incidents if is_wanted(one))


def map_places(plan: Plan) -> tuple[MapPlace, ...]:
    """Return the schools and hotspots that have a position."""
    named = [
        *((one.id, PlaceKind.SCHOOL, one.name, one.site) for one in plan.schools),
        *((one.id, PlaceKind.HOTSPOT, one.name, one.site) for one in plan.hotspots),
    ]
    found = []
    for id_, kind, name, site_id in named:
        site = plan.site_by_id[site_id]
        if site.latitude is not None and site.longitude is not None:
            found.append(
                MapPlace(
                    id=id_,
                    kind=kind,
                    name=name,
                    latitude=site.latitude,
                    longitude=site.longitude,
                )
            )
    return tuple(found)


def place_name(plan: Plan, latitude: float, longitude: float) -> str:
    """Return where a position is, by the nearest place of the plan; empty when none is near.

    Such as ``Råby centrum`` or, further than :data:`AT_M` away, ``North of Råby centrum``. Hotspots
    go before schools: incidents are not to stand for a school.
    """
    position = latitude, longitude
    places = sorted(
        (place.kind is PlaceKind.SCHOOL, metres, place.id, place)
        for place in map_places(plan)
        for metres in [metres_apart(position, (place.latitude, place.longitude))]
        if metres <= NEAR_M
    )
    if not places:
        return ""
    _is_school, metres, _id, place = places[0]
    if metres <= AT_M:
        return place.name
    said = _(direction((place.latitude, place.longitude), position), place=place.name)
    return said[:1].upper() + said[1:]


_DIRECTIONS = (
    N_("north of {place}"),
    N_("north-east of {place}"),
    N_("east of {place}"),
    N_("south-east of {place}"),
    N_("south of {place}"),
    N_("south-west of {place}"),
    N_("west of {place}"),
    N_("north-west of {place}"),
)


def direction(place: tuple[float, float], position: tuple[float, float]) -> str:
    """Return the text that says on which side of a place a position is."""
    north = position[0] - place[0]
    east = (position[1] - place[1]) * math.cos(math.radians(place[0]))
    return _DIRECTIONS[round(math.degrees(math.atan2(east, north)) / 45) % 8]


def cluster_name(plan: Plan, cluster: Cluster) -> str:
    """Return what a cluster is called; its position when nothing is near and sources say none."""
    name = place_name(plan, cluster.latitude, cluster.longitude)
    return (
        name or next(iter(cluster.places), "") or position_text(cluster.latitude, cluster.longitude)
    )


def position_text(latitude: float, longitude: float) -> str:
    """Return such as ``59.6110, 16.5450``."""
    return f"{latitude:.4f}, {longitude:.4f}"
