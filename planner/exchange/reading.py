"""Sheets as records of a plan: the same reader for every record set."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, replace
from typing import Any
from zoneinfo import ZoneInfo

from planner.domain.ids import ShiftId
from planner.domain.plan import PlanSettings, record_fields
from planner.domain.records import field_types, record_type
from planner.domain.roster import Shift
from planner.errors import InputError, Place
from planner.exchange.problems import Problems, nearest
from planner.exchange.sheets import OnRow, Row, Sheet, Source, no_row, read_sheets
from planner.exchange.shifts import ShiftRow, join_parts
from planner.exchange.values import parse, parse_id
from planner.words import LANGUAGES

SHEETS = ("settings", *record_fields(), "shifts")
"""Names of all that can be imported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a source brings.

    Parameters
    ----------
    settings
        The present ones with what the source changes.
    records
        By record set, for those that the source has.
    files
        Names of the files read, by what is in them.
    places
        Where each record came from, by ``id()`` of the record: equal records may come twice.
    """

    settings: PlanSettings
    records: Mapping[str, tuple[Any, ...]]
    shifts: tuple[Shift, ...]
    files: Mapping[str, str]
    places: Mapping[int, Place]


def read_content(
    source: Source,
    settings: PlanSettings,
    problems: Problems,
    *,
    on_row: OnRow = no_row,
) -> Content:
    """Read CSV files or a workbook; faults of its rows are noted in ``problems``.

    Parameters
    ----------
    on_row
        Told of each row, first as text and then as a record.

    Raises
    ------
    InputError, StorageError
        As :func:`planner.exchange.sheets.read_sheets`.
    """
    sheets = read_sheets(source, SHEETS, problems, on_row=on_row)
    if "settings" in sheets:
        settings = _read_settings(sheets["settings"], settings, problems)
    zone = ZoneInfo(settings.zone)
    places: dict[int, Place] = {}
    records: dict[str, tuple[Any, ...]] = {}
    for name in record_fields():
        if name in sheets:
            kind = record_type(name)
            rows = list(read_records(sheets[name], kind, zone, problems, on_row=on_row))
            records[name] = tuple(record for _, record in rows)
            places |= {id(record): place for place, record in rows}
    shifts: tuple[tuple[Place, Shift], ...] = ()
    if "shifts" in sheets:
        shifts = join_parts(
            read_records(sheets["shifts"], ShiftRow, zone, problems, on_row=on_row), zone, problems
        )
        places |= {id(shift): place for place, shift in shifts}
    return Content(
        settings=settings,
        records=records,
        shifts=tuple(shift for _, shift in shifts),
        files={name: sheet.file for name, sheet in sheets.items()},
        places=places,
    )


def read_records(
    sheet: Sheet, kind: type[Any], zone: ZoneInfo, problems: Problems, *, on_row: OnRow = no_row
) -> Iterator[tuple[Place, Any]]:
    """Yield each good row of a sheet as a record of ``kind``, with its place."""
    columns = _columns(sheet, [field.name for field in fields(kind)], problems)
    missing = [
        field.name for field in fields(kind) if is_required(field) and field.name not in columns
    ]
    for name in missing:
        problems.add("column-missing", Place(file=sheet.file, row=1), column=name)
    if missing:
        return
    types = field_types(kind)
    for row in sheet.rows:
        on_row(sheet.file, row.number)
        place = Place(file=sheet.file, row=row.number)
        if any(row.cells[len(sheet.header) :]):
            problems.add("row-too-long", place)
            continue
        n_before = len(problems)
        values = {}
        for field in fields(kind):
            with problems.collected(replace(place, column=field.name)):
                cell = _cell(row, columns.get(field.name))
                if cell:
                    values[field.name] = _value(cell, field.name, types[field.name], zone)
                elif is_required(field):
                    raise InputError("value-missing")
        if len(problems) == n_before:
            yield place, kind(**values)


def is_required(field: Field[Any]) -> bool:
    """Tell whether a field's column must be there, and none of its cells empty."""
    return field.default is MISSING and field.default_factory is MISSING


def _columns(sheet: Sheet, known: Iterable[str], problems: Problems) -> dict[str, int]:
    """Return the number of each known column; note those that are unknown or there twice."""
    known = tuple(known)
    found: dict[str, int] = {}
    for number, heading in enumerate(sheet.header):
        name = heading.casefold()
        place = Place(file=sheet.file, row=1, column=heading)
        if name in found:
            problems.add("column-twice", place)
        elif name in known:
            found[name] = number
        elif name or any(number < len(row.cells) and row.cells[number] for row in sheet.rows):
            problems.add("column-unknown", place, column=heading, nearest=nearest(name, known))
    return found


def _cell(row: Row, number: int | None) -> str:
    """Return a cell's text; rows may end early."""
    return row.cells[number] if number is not None and number < len(row.cells) else ""


def _value(cell: str, name: str, kind: Any, zone: ZoneInfo) -> Any:
    if kind is ShiftId:
        return parse_id(cell, allowed="/")  # the program's own are made of several names
    return parse_id(cell) if name == "id" else parse(cell, kind, zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SettingRow:
    key: str
    value: str = ""


def _read_settings(sheet: Sheet, settings: PlanSettings, problems: Problems) -> PlanSettings:
    zone = ZoneInfo(settings.zone)
    known = tuple(field.name for field in fields(PlanSettings))
    values: dict[str, Any] = {}
    for place, row in read_records(sheet, _SettingRow, zone, problems):
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
