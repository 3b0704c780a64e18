"""Empty CSV files with their headings, and what each column means."""

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from planner.domain.plan import PlanSettings, record_fields
from planner.domain.records import field_types, record_type, references
from planner.exchange.csv_files import to_csv
from planner.exchange.reading import STAND_INS, is_required
from planner.exchange.shifts import ShiftRow

_FORMS: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "yes or no",
    date: "date, 2026-11-23",
    time: "local time, 07:15",
    datetime: "local date and time, 2026-11-23 07:15",
}


def template_files() -> dict[str, bytes]:
    """Return the empty files by name, with ``columns.csv`` that describes their columns."""
    kinds = {name: record_type(name) for name in record_fields()} | {"shifts": ShiftRow}
    files = {"settings.csv": to_csv(("key", "value"), ())}
    for name, kind in kinds.items():
        files[f"{name}.csv"] = to_csv((field.name for field in fields(kind)), ())
    files["columns.csv"] = to_csv(
        ("file", "column", "required", "form", "meaning"),
        [
            *_described("settings.csv", PlanSettings),
            *(row for name, kind in kinds.items() for row in _described(f"{name}.csv", kind)),
        ],
    )
    return files


def _described(file: str, kind: type[Any]) -> Iterator[tuple[str, str, str, str, str]]:
    types, named, meanings = field_types(kind), references(kind), _meanings(kind)
    for field in fields(kind):
        form = "id" if field.name == "id" else _form(types[field.name])
        if field.name in named:
            form = f"id in {named[field.name]}.csv"
        has_stand_in = (file.removesuffix(".csv"), field.name) in STAND_INS
        required = "yes" if is_required(field) and not has_stand_in else "no"
        yield file, field.name, required, form, meanings.get(field.name, "")


def _form(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return "one of " + ", ".join(member.value for member in kind)
    return _FORMS.get(kind, "id")


def _meanings(kind: type[Any]) -> dict[str, str]:
    """Return what a record type's docstring says of its fields."""
    _, _, section = (inspect.getdoc(kind) or "").partition("Parameters\n----------\n")
    found: dict[str, str] = {}
    for match in re.finditer(r"^(\w[\w, ]*)\n((?:    .*\n?)+)", section, re.MULTILINE):
        meaning = " ".join(match[2].replace("``", "").split())
        found |= dict.fromkeys(match[1].split(", "), meaning)
    return found
