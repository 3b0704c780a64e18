"""Incidents as arrays: where on a grid, in which hour of the week, in which week.

Incidents stand in the order of time, and places in the order in which each was first seen, so that
what is known before a week is always the beginning of each array. Nothing here depends on what
comes later: cells lie on a grid of the whole world.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from planner.domain.incidents import Incident
from planner.domain.weeks import IsoWeek

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

HOURS_A_WEEK = 168
METRES_A_DEGREE = 111_195.0
"""Of latitude, on a sphere with the Earth's mean radius, 6371.0088 km."""

Cell = tuple[int, int]
"""Row and column of a place on the grid, counted from equator and Greenwich."""


def cell_of(latitude: float, longitude: float, size_m: int) -> Cell:
    """Return the cell, some ``size_m`` metres wide and high, in which a position lies."""
    row = math.floor(latitude * METRES_A_DEGREE / size_m)
    return row, math.floor(longitude * _metres_a_degree_east(row, size_m) / size_m)


def middle_of(cell: Cell, size_m: int) -> tuple[float, float]:
    """Return latitude and longitude of a cell's middle."""
    row, column = cell
    east = _metres_a_degree_east(row, size_m)
    return (row + 0.5) * size_m / METRES_A_DEGREE, (column + 0.5) * size_m / east


def _metres_a_degree_east(row: int, size_m: int) -> float:
    latitude = (row + 0.5) * size_m / METRES_A_DEGREE
    return METRES_A_DEGREE * max(math.cos(math.radians(latitude)), 0.01)


def metres_apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two positions (latitude, longitude) that are some kilometres apart."""
    east = math.cos(math.radians((one[0] + other[0]) / 2)) * (other[1] - one[1])
    return METRES_A_DEGREE * math.hypot(other[0] - one[0], east)


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationData:
    """Incidents that have a position.

    Parameters
    ----------
    size_m
        Width and height of a place.
    first_week
        The one that ``week`` 0 means.
    n_whole_weeks
        Weeks up to the last that the incidents reach to the end of.
    cells
        Places where something happened, in the order in which they were first seen.
    week, hour
        Number of the week, and hour of the local week: Monday 00 is 0, Sunday 23 is 167.
    cell
        Index in ``cells``.
    x_m, y_m
        Metres east and north of the first incident.
    cell_x_m, cell_y_m
        Of the middle of each cell.
    """

    size_m: int
    first_week: IsoWeek
    n_whole_weeks: int
    cells: tuple[Cell, ...]
    week: Ints
    hour: Ints
    cell: Ints
    x_m: Floats
    y_m: Floats
    cell_x_m: Floats
    cell_y_m: Floats

    def n_before(self, week: int) -> int:
        """Return how many incidents come before a week."""
        return int(np.searchsorted(self.week, week, side="left"))

    def n_known(self, week: int) -> int:
        """Return how many places are known before a week."""
        before = self.cell[: self.n_before(week)]
        return int(before.max()) + 1 if before.size else 0

    def of_week(self, week: int) -> slice:
        """Return where the incidents of a week stand."""
        return slice(self.n_before(week), self.n_before(week + 1))

    def iso_week(self, week: int) -> IsoWeek:
        """Return the ISO week that a number means."""
        return self.first_week.shifted(week)


def situation_data(incidents: Iterable[Incident], zone: ZoneInfo, size_m: int) -> SituationData:
    """Return the incidents with positions as arrays; empty ones when there are none."""
    located = sorted(
        (one.at, one.id, one.latitude, one.longitude)
        for one in incidents
        if one.latitude is not None and one.longitude is not None
    )
    local = [at.astimezone(zone) for at, *_ in located]
    places = np.array([(latitude, longitude) for *_, latitude, longitude in located], dtype=float)
    places = places.reshape(-1, 2)
    first = IsoWeek.of(local[0].date()) if local else IsoWeek(2000, 1)
    end = local[-1].date() + timedelta(days=1) if local else first.monday
    indices: dict[Cell, int] = {}
    cell = [
        indices.setdefault(cell_of(float(latitude), float(longitude), size_m), len(indices))
        for latitude, longitude in places
    ]
    middles = np.array([middle_of(one, size_m) for one in indices], dtype=float).reshape(-1, 2)
    x_m, y_m = _metres(places, places)
    cell_x_m, cell_y_m = _metres(middles, places)
    return SituationData(
        size_m=size_m,
        first_week=first,
        n_whole_weeks=(end - first.monday).days // 7,
        cells=tuple(indices),
        week=np.array([(at.date() - first.monday).days // 7 for at in local], dtype=np.int64),
        hour=np.array([at.weekday() * 24 + at.hour for at in local], dtype=np.int64),
        cell=np.array(cell, dtype=np.int64),
        x_m=x_m,
        y_m=y_m,
        cell_x_m=cell_x_m,
        cell_y_m=cell_y_m,
    )


def _metres(places: Floats, origins: Floats) -> tuple[Floats, Floats]:
    """Return metres east and north of the first of ``origins``."""
    if not len(origins):
        return np.zeros(0), np.zeros(0)
    latitude, longitude = origins[0]
    east = METRES_A_DEGREE * math.cos(math.radians(float(latitude)))
    return (places[:, 1] - longitude) * east, (places[:, 0] - latitude) * METRES_A_DEGREE
