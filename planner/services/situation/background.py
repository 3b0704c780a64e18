"""Lines of the user's own file, drawn below the map: a border, a shore, streets."""

from pathlib import Path

from planner.exchange.geojson_lines import BackgroundLine, lines_of

__all__ = ["BackgroundLine", "background_lines"]


def background_lines(path: Path) -> tuple[BackgroundLine, ...]:
    """Return the lines and outlines of a GeoJSON file in WGS 84.

    Raises
    ------
    InputError, StorageError
        As :func:`planner.exchange.geojson_lines.lines_of`.
    """
    return lines_of(path)
