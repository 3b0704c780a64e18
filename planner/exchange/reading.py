"""Sheets as records of a plan: the same reader for every record set."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from planner.domain.ids import CrewId, DutyId
from planner.domain.plan import Plan, PlanSettings, record_fields
from planner.domain.records import KEPT_SETS, field_types, record_type
from planner.domain.roster import Shift
from planner.domain.scenario_documents import SuppositionsText
from planner.errors import InputError, Place
from planner.exchange.place_files import is_place_file, read_place_file
from planner.exchange.problems import Problems, nearest
from planner.exchange.sheets import OnRow, Row, Sheet, no_row
from planner.exchange.shifts import ShiftRow, join_parts
from planner.exchange.sources import Source, read_sheets
from planner.exchange.values import parse, parse_duty, parse_id, parse_lines, parse_moment
from planner.words import LANGUAGES

SHEETS = ("settings", *record_fields(), "shifts", *KEPT_SETS)
"""Names of all that can be imported."""

STAND_INS: Mapping[tuple[str, str], str] = {("staff", "name"): "display_name"}
"""Fields that need not be filled in, as another says enough: set and field, and the other one."""

NO_TEXT = "-"
"""Says in a column with a default, which an empty cell means, that there is no text."""

_N_REMEMBERED = 50_000
"""Texts of a column whose values are remembered: those of some years' shifts of many people."""

_IN_IDS: Mapping[str, str] = {"shifts": "/", "incidents": "/()#"}
"""What ids of a set may hold besides: they are made of several names, or another program's."""

_PARSERS: Mapping[Any, Callable[[str], Any]] = {
    CrewId: partial(parse_id, allowed="/"),
    DutyId: parse_duty,
    SuppositionsText: parse_lines,
}

_LOGGED = frozenset({"at", "declined_at", "created_at"})
"""When something was done, to the second; other moments are whole minutes."""

_FORMULA_ERROR = re.compile(r"#[A-ZÅÄÖ0-9/]+[!?]|#N/A|#SAKNAS!?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a source brings.

    Parameters
    ----------
    settings
        The present ones with what the source changes.
    records
        By record set, for those that the source has.
    kept
        What is kept beside the plan's data, likewise.
    files
        Names of the files read, by what is in them.
    places
        Where each record came from, by ``id()`` of the record: equal records may come twice.
    unsaid
        Fields that a record's row says nothing of, by ``id()`` of the record: those whose column
        the file does not have, and empty ones that another stands in for.
    """

    settings: PlanSettings
    records: Mapping[str, tuple[Any, ...]]
    shifts: tuple[Shift, ...]
    kept: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    files: Mapping[str, str]
    places: Mapping[int, Place]
    unsaid: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def read_content(
    source: Source,
    settings: PlanSettings,
    problems: Problems,
    *,
    plan: Plan | None = None,
    on_row: OnRow = no_row,
) -> Content:
    """Read CSV files, a workbook or a file of places; faults of its rows go into ``problems``.

    Parameters
    ----------
    plan
        Whose schools and sites a file of places is about; one with none when missing.
    on_row
        Told of each row, first as text and then as a record.

    Raises
    ------
    InputError, StorageError
        As :func:`planner.exchange.sources.read_sheets`, or as
        :func:`planner.exchange.place_files.read_place_file`.
    """
    if isinstance(source, Path) and is_place_file(source):
        sheets = read_place_file(source, plan or Plan(), problems, on_row=on_row)
    else:
        sheets = read_sheets(source, SHEETS, problems, on_row=on_row)
    if "settings" in sheets:
        settings = _read_settings(sheets["settings"], settings, problems)
    zone = ZoneInfo(settings.zone)
    places: dict[int, Place] = {}
    unsaid: dict[int, tuple[str, ...]] = {}
    records: dict[str, tuple[Any, ...]] = {}
    for name in (*record_fields(), *KEPT_SETS):
        if name in sheets:
            reader = RecordReader(sheets[name], record_type(name), zone, problems)
            rows = list(reader.records(on_row=on_row))
            records[name] = tuple(record for _, record in rows)
            places.update((id(record), place) for place, record in rows)
            unsaid.update(reader.unsaid)
    shifts: tuple[tuple[Place, Shift], ...] = ()
    if "shifts" in sheets:
        reader = RecordReader(sheets["shifts"], ShiftRow, zone, problems)
        shifts = join_parts(reader.records(on_row=on_row), zone, problems)
        places.update((id(shift), place) for place, shift in shifts)
    return Content(
        settings=settings,
        records={name: found for name, found in records.items() if name not in KEPT_SETS},
        shifts=tuple(shift for _, shift in shifts),
        kept={name: found for name, found in records.items() if name in KEPT_SETS},
        files={name: sheet.file for name, sheet in sheets.items()},
        places=places,
        unsaid=unsaid,
    )


class RecordReader:
    """Makes records of a sheet's rows; faults are noted in ``problems``."""

    def __init__(self, sheet: Sheet, kind: type[Any], zone: ZoneInfo, problems: Problems) -> None:
        self._sheet, self._kind, self._problems = sheet, kind, problems
        found = _columns(sheet, [one.name for one in fields(kind)], problems)
        types = field_types(kind)
        stand_ins = {one.name: STAND_INS.get((sheet.name, one.name)) for one in fields(kind)}
        needed = {one.name for one in fields(kind) if is_required(one) and not stand_ins[one.name]}
        self._stand_ins = {name: other for name, other in stand_ins.items() if other}
        self._missing = [one.name for one in fields(kind) if one.name in needed - found.keys()]
        self._left_out = tuple(one.name for one in fields(kind) if one.name not in found)
        self._cells = [
            (
                found[one.name],
                one.name,
                _parser(sheet.name, one, types[one.name], zone),
                one.name in needed,
            )
            for one in fields(kind)
            if one.name in found
        ]
        self.unsaid: dict[int, tuple[str, ...]] = {}
        """Of the records so far: see :class:`Content`."""

    def records(self, *, on_row: OnRow = no_row) -> Iterator[tuple[Place, Any]]:
        """Yield each good row as a record, with its place."""
        for name in self._missing:
            place = Place(file=self._sheet.file, row=self._sheet.header_row)
            self._problems.add("column-missing", place, column=name)
        if self._missing:
            return
        for row in self._sheet.rows:
            on_row(self._sheet.file, row.number)
            place = Place(file=self._sheet.file, row=row.number)
            record = self._record(row, place)
            if record is not None:
                yield place, record

    def _record(self, row: Row, place: Place) -> Any | None:
        """Return the record of a row; nothing, and a problem for each fault, if it is none."""
        cells, n_columns = row.cells, len(self._sheet.header)
        if any(cells[n_columns:]):
            self._problems.add("row-too-long", place)
            return None
        cells += ("",) * (n_columns - len(cells))  # rows may end early
        n_before = len(self._problems)
        values: dict[str, Any] = {}
        for number, name, parse_cell, is_needed in self._cells:
            cell = cells[number]
            if cell:
                try:
                    values[name] = parse_cell(cell)
                except InputError as error:
                    self._problems.add(error.code, replace(place, column=name), **error.values)
            elif is_needed:
                self._problems.add("value-missing", replace(place, column=name))
        if len(self._problems) > n_before:
            return None
        said_by_others = [name for name in self._stand_ins if name not in values]
        values |= {name: values[self._stand_ins[name]] for name in said_by_others}
        record = self._kind(**values)
        unsaid = (*self._left_out, *said_by_others)
        if unsaid:
            self.unsaid[id(record)] = unsaid
        return record


def is_required(one: Field[Any]) -> bool:
    """Tell whether a field's column must be there, and none of its cells empty."""
    return one.default is MISSING and one.default_factory is MISSING


def has_text_by_default(one: Field[Any]) -> bool:
    """Tell whether an empty cell of a field's column means a text."""
    return isinstance(one.default, str) and one.default != ""


def _columns(sheet: Sheet, known: Iterable[str], problems: Problems) -> dict[str, int]:
    """Return the number of each known column; note those that are unknown or there twice."""
    known = tuple(known)
    found: dict[str, int] = {}
    for number, heading in enumerate(sheet.header):
        name = heading.casefold()
        place = Place(file=sheet.file, row=sheet.header_row, column=heading or None)
        if name in found:
            problems.add("column-twice", place)
        elif name in known:
            found[name] = number
        elif name:
            problems.add("column-unknown", place, column=heading, nearest=nearest(name, known))
        elif any(number < len(row.cells) and row.cells[number] for row in sheet.rows):
            problems.add("column-without-heading", place, number=number + 1)
    return found


def _parser(set_name: str, one: Field[Any], kind: Any, zone: ZoneInfo) -> Callable[[str], Any]:
    """Return what makes a value of a cell's text, by set, field and type."""
    if one.name == "id":
        return partial(_value, partial(parse_id, allowed=_IN_IDS.get(set_name, "")))
    if kind in _PARSERS:
        return partial(_value, _PARSERS[kind])
    if set_name in KEPT_SETS and kind is str and one.name == "reason":
        return partial(_value, parse_lines)
    if set_name in KEPT_SETS and kind is datetime and one.name in _LOGGED:
        return _remembered(lambda cell: parse_moment(cell, zone))
    if kind is str and has_text_by_default(one):
        return _remembered(lambda cell: "" if cell == NO_TEXT else parse(cell, kind, zone))
    return _remembered(lambda cell: parse(cell, kind, zone))


def _remembered(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return what reads a column in which the same texts come again and again."""
    return lru_cache(maxsize=_N_REMEMBERED)(partial(_value, read))


def _value(read: Callable[[str], Any], cell: str) -> Any:
    if cell[0] == "#" and _FORMULA_ERROR.fullmatch(cell):
        raise InputError("formula-error", value=cell)
    return read(cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SettingRow:
    key: str
    value: str = ""


def _read_settings(sheet: Sheet, settings: PlanSettings, problems: Problems) -> PlanSettings:
    zone = ZoneInfo(settings.zone)
    known = tuple(field.name for field in fields(PlanSettings))
    values: dict[str, Any] = {}
    for place, row in RecordReader(sheet, _SettingRow, zone, problems).records():
        with problems.collected(replace(place, column="key")):
            if row.key not in known:
                raise InputError("setting-unknown", key=row.key, nearest=nearest(row.key, known))
            if row.key in values:
                raise InputError("id-twice", value=row.key)
        with problems.collected(replace(place, column="value")):
            if row.key in known:
                values[row.key] = _setting(row, zone)
    return replace(settings, **values)


def _setting(row: _SettingRow, zone: ZoneInfo) -> Any:
    kind = field_types(PlanSettings)[row.key]
    if not row.value:
        if kind is str and row.key not in {"zone", "language"}:
            return ""
        raise InputError("value-missing")
    value = parse(row.value, kind, zone)
    if row.key == "zone":
        try:
            ZoneInfo(value)
        except (OSError, ValueError, KeyError):  # no such zone, or not a name of one
            raise InputError("zone-unknown", value=value) from None
    if row.key == "language" and value not in LANGUAGES:
        raise InputError("choice-wrong", value=value, choices=LANGUAGES)
    return value
