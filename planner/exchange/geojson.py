"""Places as GeoJSON (RFC 7946): points in WGS 84, longitude first.

Schools and selected places go into files of their own, for their readers are others.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from planner.domain.demand import holds
from planner.domain.ids import SiteId
from planner.domain.places import Hotspot
from planner.domain.plan import Plan
from planner.domain.schools import Site

_DECIMALS = 6
"""Of degrees: a tenth of a metre (RFC 7946, 11.2)."""


def schools_to_geojson(plan: Plan) -> bytes:
    """Return the sites of the plan that schools use, with the names of the schools."""
    schools = defaultdict[SiteId, set[str]](set)
    names = {school.id: school.name for school in plan.schools}
    for school in plan.schools:
        schools[school.site].add(school.name)
    for bell in plan.bell_times:
        if bell.site is not None:
            schools[bell.site].add(names[bell.school])
    return _collection(
        _feature(site.id, site, {**_of_site(site), "schools": sorted(schools[site.id])})
        for site in plan.sites
        if site.id in schools
    )


def hotspots_to_geojson(plan: Plan, days: Iterable[date] = ()) -> bytes:
    """Return the selected places of the plan.

    Parameters
    ----------
    days
        Only places chosen for one of these; all when there are none.
    """
    wanted = tuple(days)
    return _collection(
        _feature(spot.id, site, {"name": spot.name, **_of_hotspot(spot, site)})
        for spot in plan.hotspots
        if not wanted or any(holds(spot, day) for day in wanted)
        for site in [plan.site_by_id[spot.site]]
    )


def _of_site(site: Site) -> dict[str, Any]:
    return {"name": site.name, "address": site.address}


def _of_hotspot(spot: Hotspot, site: Site) -> dict[str, Any]:
    return {
        "site": site.id,
        "address": site.address,
        "priority": spot.priority,
        "first_day": spot.first_day.isoformat() if spot.first_day else None,
        "last_day": spot.last_day.isoformat() if spot.last_day else None,
    }


def _feature(id_: str, site: Site, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return a point; without a geometry where nobody knows the position (RFC 7946, 3.2)."""
    geometry = None
    if site.longitude is not None and site.latitude is not None:
        position = [round(site.longitude, _DECIMALS), round(site.latitude, _DECIMALS)]
        geometry = {"type": "Point", "coordinates": position}
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": dict(properties)}


def _collection(features: Iterable[dict[str, Any]]) -> bytes:
    document = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
