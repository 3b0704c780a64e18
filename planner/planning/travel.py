"""Minutes from site to site: imported, else distance times detour by speed."""

import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations, permutations

from planner.domain.ids import SiteId
from planner.domain.plan import Plan
from planner.domain.schools import Site
from planner.domain.staff import TravelMode

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius (IUGG)."""


@lru_cache(maxsize=65_536)  # the sites of a city, each with each
def distance_m(start: Site, end: Site) -> float | None:
    """Return the great-circle distance in metres, or nothing where a position is unknown."""
    if None in {start.latitude, start.longitude, end.latitude, end.longitude}:
        return None
    lat1, lon1, lat2, lon2 = (
        math.radians(degrees or 0.0)
        for degrees in (start.latitude, start.longitude, end.latitude, end.longitude)
    )
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(half))


def travel_matrix(
    plan: Plan, sites: Iterable[SiteId], modes: Iterable[TravelMode]
) -> dict[str, dict[tuple[str, str], int]]:
    """Return whole minutes, rounded up, between different ``sites`` for each of ``modes``.

    Where a position is unknown and no time was imported, the longest of the mode is taken, so that
    nobody is planned to be in two such places too soon.
    """
    imported = {(row.mode, row.from_site, row.to_site): row.minutes for row in plan.travel_times}
    wanted = sorted(set(sites))
    metres_apart = {
        pair: distance_m(*(plan.site_by_id[site] for site in pair))
        for pair in combinations(wanted, 2)
    }
    matrices: dict[str, dict[tuple[str, str], int]] = {}
    for mode in modes:
        speed = _metres_per_minute(plan, mode)
        matrix: dict[tuple[str, str], int] = {}
        unknown = []
        for start, end in permutations(wanted, 2):
            minutes = imported.get((mode, start, end), imported.get((mode, end, start)))
            metres = metres_apart[min(start, end), max(start, end)]
            if minutes is not None:
                matrix[start, end] = minutes
            elif metres is not None:
                matrix[start, end] = math.ceil(metres * plan.settings.detour_percent / 100 / speed)
            else:
                unknown.append((start, end))
        longest = max(matrix.values(), default=0)
        matrix.update(dict.fromkeys(unknown, longest))
        matrices[str(mode)] = matrix
    return matrices


def _metres_per_minute(plan: Plan, mode: TravelMode) -> float:
    kmh = {
        TravelMode.CAR: plan.settings.car_kmh,
        TravelMode.BIKE: plan.settings.bike_kmh,
        TravelMode.WALK: plan.settings.walk_kmh,
    }[mode]
    return kmh * 1000 / 60
