"""A school's sheet as JSON, for the published snapshot, and the hash of what it says."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from planner.domain.calendar import SchoolDayKind
from planner.domain.duties import Moment
from planner.domain.spans import Span
from planner.domain.weeks import IsoWeek
from planner.reports.school_sheet import (
    Callee,
    GoneWindow,
    NamedContacts,
    News,
    OfficeSheet,
    Presence,
    SheetDay,
    SheetWindow,
)

_EDITION = frozenset({"version", "replaces", "published_at", "has_new_numbers", "news", "gone"})
"""What says which printing this is and how it differs from the last one, not what it says."""


def sheet_to_json(sheet: OfficeSheet) -> dict[str, Any]:
    """Return a sheet as values of JSON; instants in ISO 8601 with offset."""
    coordinator = sheet.coordinator
    return {
        "school": sheet.school,
        "week": str(sheet.week),
        "version": sheet.version,
        "replaces": sheet.replaces,
        "published_at": sheet.published_at.isoformat(),
        "valid_to": sheet.valid_to.isoformat(),
        "zone": sheet.zone,
        "days": [_day_to_json(day) for day in sheet.days],
        "school_phone": sheet.school_phone,
        "has_new_numbers": sheet.has_new_numbers,
        "notice": sheet.notice,
        "substitutes": [_callee_to_json(callee) for callee in sheet.substitutes],
        "coordinator": _callee_to_json(coordinator) if coordinator else None,
    }


def sheet_from_json(data: dict[str, Any]) -> OfficeSheet:
    """Return the sheet that :func:`sheet_to_json` wrote.

    Those of earlier programs do not say what is new in them.

    Raises
    ------
    KeyError, ValueError
        The data is not such a sheet.
    """
    coordinator = data["coordinator"]
    return OfficeSheet(
        school=data["school"],
        week=IsoWeek.parse(data["week"]),
        version=data["version"],
        replaces=data["replaces"],
        published_at=datetime.fromisoformat(data["published_at"]),
        valid_to=date.fromisoformat(data["valid_to"]),
        zone=data["zone"],
        days=tuple(_day_from_json(day) for day in data["days"]),
        school_phone=data["school_phone"],
        has_new_numbers=data.get("has_new_numbers", False),
        notice=data["notice"],
        substitutes=tuple(Callee(**callee) for callee in data["substitutes"]),
        coordinator=Callee(**coordinator) if coordinator else None,
    )


def sheet_content_hash(sheet: OfficeSheet) -> str:
    """Return a hash of what a sheet says, whichever version it is and whenever it was published.

    The notice-board copy is made from the office copy, so that one hash and one version number
    serve both.
    """
    text = json.dumps(
        _said(sheet_to_json(sheet)), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _said(value: Any) -> Any:
    match value:
        case dict():
            return {key: _said(one) for key, one in value.items() if key not in _EDITION}
        case list():
            return [_said(one) for one in value]
        case _:
            return value


def _day_to_json(day: SheetDay[NamedContacts | Presence]) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "kind": day.kind.value,
        "occasion": day.occasion,
        "windows": [
            _window_to_json(window)
            | {
                "is_changed": window.is_changed,
                "news": [one.value for one in window.news],
                "who": _who_to_json(window.who),
            }
            for window in day.windows
        ],
        "gone": [_window_to_json(window) for window in day.gone],
    }


def _window_to_json(window: SheetWindow[NamedContacts | Presence] | GoneWindow) -> dict[str, Any]:
    return {
        "moment": window.moment.value,
        "start": window.span.start.isoformat(),
        "end": window.span.end.isoformat(),
        "grade_group": window.grade_group,
        "site": window.site,
        "meeting_place": window.meeting_place,
    }


def _day_from_json(data: dict[str, Any]) -> SheetDay[NamedContacts | Presence]:
    return SheetDay(
        day=date.fromisoformat(data["day"]),
        kind=SchoolDayKind(data["kind"]),
        occasion=data["occasion"],
        windows=tuple(
            SheetWindow(
                **_window_values(window),
                is_changed=window["is_changed"],
                news=tuple(News(one) for one in window.get("news", ())),
                who=_who_from_json(window["who"]),
            )
            for window in data["windows"]
        ),
        gone=tuple(GoneWindow(**_window_values(window)) for window in data.get("gone", ())),
    )


def _window_values(data: dict[str, Any]) -> dict[str, Any]:
    start, end = (datetime.fromisoformat(data[name]) for name in ("start", "end"))
    return {
        "moment": Moment(data["moment"]),
        "span": Span(start, end),
        "grade_group": data["grade_group"],
        "site": data["site"],
        "meeting_place": data["meeting_place"],
    }


def _who_to_json(who: NamedContacts | Presence) -> str | list[str]:
    return who.value if isinstance(who, Presence) else list(who.display_names)


def _who_from_json(data: str | list[str]) -> NamedContacts | Presence:
    return Presence(data) if isinstance(data, str) else NamedContacts(display_names=tuple(data))


def _callee_to_json(callee: Callee) -> dict[str, str]:
    return {"display_name": callee.display_name, "phone": callee.phone}
