"""Files of incidents: time, place or position, and kind; nothing of people is read.

A file is read as a whole: every fault of every row is noted, with its place, and a file with one is
not to be imported.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from planner.domain.incidents import Incident
from planner.domain.plan import Plan
from planner.errors import InputError, Place, StorageError
from planner.exchange.csv_reading import read_csv
from planner.exchange.grids.scrubbing import without_numbers
from planner.exchange.incident_columns import IncidentColumns, incident_columns
from planner.exchange.incident_positions import Position, judge_positions, judge_whole
from planner.exchange.incident_times import IncidentTimes
from planner.exchange.place_rows import same_name
from planner.exchange.problems import LeftOut, Problems
from planner.exchange.sheets import OnRow, Row, no_row
from planner.exchange.sweref import to_wgs84
from planner.exchange.values import parse, parse_id, parse_text

_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentTerms:
    """What a file does not say of itself.

    Parameters
    ----------
    zone
        In which times without an offset are meant.
    ignores_offset
        Whether times with an offset are meant in ``zone`` all the same.
    """

    zone: str
    ignores_offset: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFile:
    """What a file holds.

    Parameters
    ----------
    incidents
        With their rows; those of wrong rows are not among them.
    columns
        What the file calls each column that is read, by meaning.
    left_out
        Columns that are not read, with the reason.
    notes
        What somebody should know who imports it: codes and values of sentences.
    problems
        What is wrong; with any, nothing of the file is to be imported.
    has_offsets
        Whether times in it have an offset.
    """

    file: str
    incidents: tuple[tuple[int, Incident], ...]
    columns: Mapping[str, str]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[InputError, ...] = ()
    problems: tuple[InputError, ...] = ()
    has_offsets: bool = False


def read_incident_file(
    path: Path, plan: Plan, terms: IncidentTerms, *, on_row: OnRow = no_row
) -> IncidentFile:
    """Return the incidents of a CSV file.

    Parameters
    ----------
    plan
        Whose sites give a position to a row that only names a place.

    Raises
    ------
    InputError
        As :func:`planner.exchange.csv_reading.read_csv`, or ``zone-unknown``.
    StorageError
        ``source-unreadable``
    """
    problems = Problems()
    try:
        sheet = read_csv(path, path.stem, problems, on_row)
    except OSError as error:
        raise StorageError("source-unreadable", source=str(path)) from error
    heading = Place(file=sheet.file, row=sheet.header_row)
    columns = incident_columns(sheet.header, heading, problems)
    times = IncidentTimes(_zone(terms.zone), ignores_offset=terms.ignores_offset)
    reader = _Reader(sheet.file, columns, times, plan, problems)
    found = [] if len(problems) else list(reader.incidents(sheet.rows, on_row))
    found = list(_once(found, sheet.file, problems, reader.notes))
    column = columns.heading("latitude", "north", "place")
    judge_positions(found, Place(file=sheet.file, column=column), problems)
    reader.notes += judge_whole(found, Place(file=sheet.file, column=column), plan, problems)
    return IncidentFile(
        file=sheet.file,
        incidents=tuple(found),
        columns=columns.headings,
        left_out=tuple(problems.left_out),
        notes=(*reader.notes, *_notes(found, times, plan, terms)),
        problems=problems.found(),
        has_offsets=times.n_offsets > 0,
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # no such zone, or not a name of one
        raise InputError("zone-unknown", value=name) from None


@dataclass(slots=True)
class _Reader:
    """Makes incidents of rows."""

    file: str
    columns: IncidentColumns
    times: IncidentTimes
    plan: Plan
    problems: Problems
    notes: list[InputError] = field(default_factory=list)
    _positions: dict[str, Position] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._positions = {
            same_name(site.name): (site.latitude, site.longitude)
            for site in self.plan.sites
            if site.latitude is not None and site.longitude is not None
        }

    def incidents(self, rows: Iterable[Row], on_row: OnRow) -> Iterator[tuple[int, Incident]]:
        """Yield each good row's incident; without an id where the row has none."""
        for row in rows:
            on_row(self.file, row.number)
            n_before = len(self.problems)
            values = self._values(row)
            if len(self.problems) == n_before:
                yield row.number, Incident(**values, source=self.file)

    def _values(self, row: Row) -> dict[str, Any]:
        """Return the fields of a row that can be read; faults of the others are noted."""
        values: dict[str, Any] = {}
        with self._noting(row, "at", "day"):
            values["at"] = self._moment(row)
        with self._noting(row, "latitude", "north", "place"):
            values["place"] = place = self._text(row, "place")
            position = self._position(row) or self._positions.get(same_name(place))
            if position is None and not place:
                raise InputError("incident-nowhere")
            values["latitude"], values["longitude"] = position or (None, None)
        with self._noting(row, "kind"):
            values["kind"] = self._text(row, "kind")
        with self._noting(row, "id"):
            cell = self._cell(row, "id")
            _refuse_people(cell)
            values["id"] = cell and parse_id(cell, allowed="/()#")
        return values

    def _noting(self, row: Row, *meanings: str) -> AbstractContextManager[None]:
        column = self.columns.heading(*meanings)
        return self.problems.collected(Place(file=self.file, row=row.number, column=column))

    def _cell(self, row: Row, meaning: str) -> str:
        return self.columns.cell(row.cells, meaning)

    def _moment(self, row: Row) -> datetime:
        if "at" in self.columns.at:
            cell = self._cell(row, "at")
            if not cell:
                raise InputError("value-missing")
            return self.times.moment(cell)
        day, time = self._cell(row, "day"), self._cell(row, "time")
        if not day:
            raise InputError("value-missing")
        return self.times.day_and_clock(day, time)

    def _text(self, row: Row, meaning: str) -> str:
        text = parse_text(" ".join(self._cell(row, meaning).split()))
        _refuse_people(text)
        return text

    def _position(self, row: Row) -> Position | None:
        north, east = (self._number(row, one) for one in ("latitude", "longitude"))
        is_grid = north is None and east is None
        if is_grid:
            north, east = (self._number(row, one) for one in ("north", "east"))
        if (north is None) != (east is None):
            raise InputError("position-incomplete")
        if north is None or east is None:
            return None
        if is_grid:
            north, east = to_wgs84(north, east)
        for value, most in ((north, 90), (east, 180)):
            if not -most <= value <= most:
                if 90 < abs(north) <= 180 and abs(east) <= 90:
                    raise InputError("position-swapped", latitude=north, longitude=east)
                raise InputError("out-of-range", value=value, first=-most, last=most)
        return round(north, _DECIMALS), round(east, _DECIMALS)

    def _number(self, row: Row, meaning: str) -> float | None:
        cell = self._cell(row, meaning).replace(" ", "").replace("\xa0", "")
        if not cell:
            return None
        if meaning in {"north", "east"} and len(cell) > 20:
            raise InputError("number-wrong", value=cell)
        if meaning in {"north", "east"}:
            try:
                return float(cell.replace(",", "."))
            except ValueError:
                raise InputError("number-wrong", value=cell) from None
        number: float = parse(cell, float, ZoneInfo("UTC"))
        return number


def _once(
    found: Iterable[tuple[int, Incident]], file: str, problems: Problems, notes: list[InputError]
) -> Iterator[tuple[int, Incident]]:
    """Yield each incident once, with an id; rows of one id that differ are a problem."""
    seen: dict[str, tuple[int, Incident]] = {}
    made: dict[str, int] = {}
    n_repeated = 0
    for row, incident in found:
        named = incident if incident.id else replace(incident, id=_made_id(incident, made))
        before = seen.setdefault(named.id, (row, named))
        if before[0] == row:
            yield row, named
        elif before[1] == named:
            n_repeated += 1
        else:
            place = Place(file=file, row=row)
            problems.add("incident-id-twice", place, value=named.id, row=before[0])
    if n_repeated:
        notes.append(InputError("incident-repeated", n=n_repeated))


def _made_id(incident: Incident, made: dict[str, int]) -> str:
    """Return an id of what an incident is; the second that is the same gets another."""
    said = (incident.at.isoformat(), incident.latitude, incident.longitude, incident.place)
    key = hashlib.sha256(repr((*said, incident.kind)).encode()).hexdigest()[:16]
    made[key] = made.get(key, 0) + 1
    return key if made[key] == 1 else f"{key}-{made[key]}"


def _refuse_people(text: str) -> None:
    if without_numbers(text)[1] is not None or "@" in text:
        raise InputError("incident-person-cell")  # what it says is not repeated


def _notes(
    found: list[tuple[int, Incident]], times: IncidentTimes, plan: Plan, terms: IncidentTerms
) -> Iterator[InputError]:
    if times.n_twice:
        yield InputError("incident-times-twice", n=times.n_twice, zone=terms.zone)
    if times.n_skipped:
        yield InputError("incident-times-skipped", n=times.n_skipped, zone=terms.zone)
    if times.n_with_offset:
        yield InputError("incident-offset-used", n=times.n_with_offset, zone=plan.settings.zone)
    n_unplaced = sum(one.latitude is None for _, one in found)
    if n_unplaced:
        yield InputError("incident-unplaced", n=n_unplaced)
