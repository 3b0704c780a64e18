"""Lines and outlines of a GeoJSON file (RFC 7946), to be drawn below a map."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from planner.errors import InputError, Place
from planner.exchange.geojson_reading import is_geojson, is_wgs84
from planner.exchange.place_files import json_document

BackgroundLine = tuple[tuple[float, float], ...]
"""Positions along a line: latitude and longitude."""

MOST_POSITIONS = 200_000
"""More would take longer than a moment to draw each time."""

_DEPTHS: Mapping[str, int] = {
    "LineString": 0,
    "MultiLineString": 1,
    "Polygon": 1,
    "MultiPolygon": 2,
}
"""How deep the lines of a geometry lie in its coordinates."""


def lines_of(path: Path) -> tuple[BackgroundLine, ...]:
    """Return every line and outline of a file; points are left out.

    Raises
    ------
    InputError
        ``json-broken``, ``json-unknown``, ``geojson-grid``, ``geojson-without-lines``,
        ``geojson-too-fine`` or ``file-too-large``
    StorageError
        ``source-unreadable``
    """
    document = json_document(path)
    place = Place(file=path.name)
    if not is_geojson(document):
        raise InputError("json-unknown", place=place)
    if not is_wgs84(document):
        raise InputError("geojson-grid", place=place)
    found = tuple(line for line in _lines(document) if len(line) > 1)
    if not found:
        raise InputError("geojson-without-lines", place=place)
    if sum(map(len, found)) > MOST_POSITIONS:
        raise InputError("geojson-too-fine", place=place, n_most=MOST_POSITIONS)
    return found


def _lines(document: Mapping[str, Any]) -> Iterator[BackgroundLine]:
    features = [document] if document["type"] == "Feature" else document.get("features")
    for feature in features if isinstance(features, list) else []:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if isinstance(geometry, dict) and geometry.get("type") in _DEPTHS:
            yield from _inside(geometry.get("coordinates"), _DEPTHS[geometry["type"]])


def _inside(coordinates: Any, depth: int) -> Iterator[BackgroundLine]:
    if not isinstance(coordinates, list):
        return
    if depth:
        for part in coordinates:
            yield from _inside(part, depth - 1)
        return
    yield tuple(position for one in coordinates for position in _position(one))


def _position(one: Any) -> Iterator[tuple[float, float]]:
    match one:
        case [int() | float() as longitude, int() | float() as latitude, *_] if (
            -90 <= latitude <= 90 and -180 <= longitude <= 180
        ):
            yield float(latitude), float(longitude)
        case _:
            pass
