"""Sheets as records of a plan: the same reader for every record set."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.domain.plan import PlanSettings, record_fields
from planner.domain.records import field_types, record_type
from planner.domain.roster import Shift
from planner.errors import InputError, Place
from planner.exchange.problems import Problems, nearest
from planner.exchange.sheets import Row, Sheet, read_sheets
from planner.exchange.shifts import read_shifts
from planner.exchange.values import parse
from planner.words import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a source brings.

    Parameters
    ----------
    settings
        The present ones with what the source changes.
    records
        By record set, for those that the source has.
    places
        Where each record came from, by ``id()`` of the record: equal records may come twice.
    """

    settings: PlanSettings
    records: Mapping[str, tuple[Any, ...]]
    shifts: tuple[Shift, ...]
    files: Mapping[str, str]
    places: Mapping[int, Place] = field(default_factory=dict)


def read_content(source: Path, settings: PlanSettings, problems: Problems) -> Content:
    """Read a folder of CSV files or a workbook; what is wrong in them is noted in ``problems``.

    Raises
    ------
    InputError, StorageError
        As :func:`planner.exchange.sheets.read_sheets`.
    """
    sheets = read_sheets(source, ("settings", *record_fields(), "shifts"), problems)
    if "settings" in sheets:
        settings = _read_settings(sheets["settings"], settings, problems)
    zone = ZoneInfo(settings.zone)
    places: dict[int, Place] = {}
    records: dict[str, tuple[Any, ...]] = {}
    for name in record_fields():
        if name in sheets:
            rows = list(_read_records(sheets[name], record_type(name), zone, problems))
            records[name] = tuple(record for _, record in rows)
            places |= {id(record): place for place, record in rows}
    shifts: tuple[Shift, ...] = ()
    if "shifts" in sheets:
        columns = column_numbers(sheets["shifts"], *SHIFT_COLUMNS, problems)
        placed = read_shifts(sheets["shifts"], columns, zone, problems) if columns else ()
        shifts = tuple(shift for _, shift in placed)
        places |= {id(shift): place for place, shift in placed}
    files = {name: sheet.file for name, sheet in sheets.items()}
    return Content(settings=settings, records=records, shifts=shifts, files=files, places=places)
