"""Points of a GeoJSON file (RFC 7946) as sites."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from planner.domain.plan import Plan
from planner.domain.schools import Site
from planner.errors import InputError, Place
from planner.exchange.place_rows import PlaceRow, new_id, same_name, sheet_of
from planner.exchange.problems import Problems
from planner.exchange.sheets import OnRow, Sheet

_TYPES = {"FeatureCollection", "Feature"}
_NAMES = ("name", "namn", "title", "titel")
_ADDRESSES = ("address", "adress", "streetaddress")


def is_geojson(document: Any) -> bool:
    """Tell whether a JSON document is GeoJSON with features."""
    return isinstance(document, dict) and document.get("type") in _TYPES


def sites_of(
    document: Mapping[str, Any], file: str, plan: Plan, problems: Problems, on_row: OnRow
) -> dict[str, Sheet]:
    """Return the points of a document as the sheet of the sites.

    A feature is a site that the plan has by its id, or else by its name; others are new. What is no
    point is left out.

    Raises
    ------
    InputError
        ``geojson-grid``: the positions are not in WGS 84.
    """
    if not is_wgs84(document):
        raise InputError("geojson-grid", place=Place(file=file))
    features = [document] if document["type"] == "Feature" else document.get("features")
    reader = _Reader(file, plan, problems)
    rows: list[PlaceRow] = []
    for number, feature in enumerate(features if isinstance(features, list) else [], start=1):
        on_row(file, number)
        if isinstance(feature, dict):
            rows += reader.rows(number, feature)
    if not rows:
        raise InputError("geojson-empty", place=Place(file=file))
    return {"sites": sheet_of("sites", file, rows)}


class _Reader:
    """Makes rows of features, each with the id of a site of the plan or of one of its own."""

    def __init__(self, file: str, plan: Plan, problems: Problems) -> None:
        self._file, self._problems = file, problems
        self._known = {str(site.id): site for site in plan.sites}
        self._taken = set(self._known)
        n_called = Counter(same_name(site.name) for site in plan.sites)
        self._by_name = {
            same_name(site.name): site for site in plan.sites if n_called[same_name(site.name)] == 1
        }

    def rows(self, number: int, feature: Mapping[str, Any]) -> Iterator[PlaceRow]:
        """Yield the row of a feature, if it is a point or has no position."""
        properties = feature.get("properties")
        said = {
            str(name).casefold(): str(value)
            for name, value in (properties.items() if isinstance(properties, dict) else ())
            if isinstance(value, str | int | float)
        }
        name, position = _first(said, _NAMES), _position(feature.get("geometry"))
        if position is None:
            place = Place(file=f"{self._file} [sites]", row=number)
            self._problems.leave_out("geojson-not-point", place, name or str(number))
            return
        # Selected places, as the program writes them, name their site.
        id_ = said.get("site") or str(feature.get("id") or said.get("id") or "")
        known = self._known.get(id_) or self._by_name.get(same_name(name))
        if "site" in said and known is not None:
            name = known.name
        latitude, longitude = position if position != ("", "") else _cells_of(known)
        yield PlaceRow(
            number=number,
            cells={
                "id": (known.id if known else id_) or new_id(name, self._taken),
                "name": name or (known.name if known else ""),
                "address": _first(said, _ADDRESSES) or (known.address if known else ""),
                "latitude": latitude,
                "longitude": longitude,
            },
        )


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((said[name].strip() for name in names if said.get(name, "").strip()), "")


def _position(geometry: Any) -> tuple[str, str] | None:
    """Return latitude and longitude as cells, empty without a geometry; nothing for no point."""
    if geometry is None:
        return "", ""
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    match geometry.get("coordinates"):
        case [int() | float() as longitude, int() | float() as latitude, *_]:
            return str(latitude), str(longitude)
        case _:
            return None


def _cells_of(site: Site | None) -> tuple[str, str]:
    if site is None or site.latitude is None or site.longitude is None:
        return "", ""
    return str(site.latitude), str(site.longitude)


def is_wgs84(document: Mapping[str, Any]) -> bool:
    """Tell whether positions are in WGS 84, which files before RFC 7946 may say otherwise of."""
    system = document.get("crs")
    return system is None or any(name in str(system) for name in ("CRS84", "4326"))
