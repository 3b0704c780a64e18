"""Records of the domain as values of JSON, and back.

Instants are ISO 8601 with the local offset, dates ``2026-11-23``, recurring local times ``07:15``,
weeks ``2026-W48``.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from planner.domain.plan import PlanSettings
from planner.domain.schools import School
from planner.domain.staff import BoundTime, StaffMember
from planner.domain.weeks import IsoWeek
from planner.pauses import pause

_RecordT = TypeVar("_RecordT")

_PRIVATE: Mapping[type, frozenset[str]] = {
    StaffMember: frozenset({"name", "email"}),
    School: frozenset({"email"}),
    PlanSettings: frozenset(
        {"mail_sender", "mail_host", "mail_port", "mail_user", "retention_days"}
    ),
    BoundTime: frozenset({"title"}),
}
"""Fields that do not leave the program."""

_AS_IS = frozenset({str, int, float, bool, type(None)})
"""Types of values that are values of JSON already."""

_Reader = Callable[[Any], Any]
"""Makes the value of a field of what JSON has of it."""

_NAMES: dict[tuple[type, bool], tuple[str, ...]] = {}
_FIELDS: dict[Any, Mapping[str, _Reader]] = {}
"""Of the records written and read so far; finding them takes longer than reading a record."""

_READERS: Mapping[type, _Reader] = {
    IsoWeek: IsoWeek.parse,
    datetime: lambda text: datetime.fromisoformat(text).astimezone(UTC),
    date: date.fromisoformat,
    time: time.fromisoformat,
}


def plain(  # noqa: PLR0911 - one line for each kind of value
    value: Any, zone: tzinfo, *, has_private: bool = False
) -> Any:
    """Return a value of the domain as values of JSON; records become objects.

    Parameters
    ----------
    zone
        Whose offset instants get.
    has_private
        Keep what does not leave the program.
    """
    if type(value) in _AS_IS:
        return value
    match value:
        case datetime():
            return (value if value.tzinfo is zone else value.astimezone(zone)).isoformat()
        case StrEnum():
            return value.value
        case IsoWeek():
            return str(value)
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case frozenset():
            return sorted(plain(one, zone, has_private=has_private) for one in value)
        case tuple():
            return [plain(one, zone, has_private=has_private) for one in value]
        case _ if is_dataclass(value):
            return {
                name: plain(getattr(value, name), zone, has_private=has_private)
                for name in _names_of(type(value), has_private=has_private)
            }
        case _:
            return value


def _names_of(kind: type[Any], *, has_private: bool) -> tuple[str, ...]:
    key = kind, has_private
    if key not in _NAMES:
        hidden = frozenset() if has_private else _PRIVATE.get(kind, frozenset())
        _NAMES[key] = tuple(field.name for field in fields(kind) if field.name not in hidden)
    return _NAMES[key]


def record(kind: type[_RecordT], data: Mapping[str, Any]) -> _RecordT:
    """Return the record that :func:`plain` made ``data`` of.

    Fields that ``data`` does not have, for it is older than they are, have their defaults.

    Raises
    ------
    KeyError, TypeError, ValueError
        The data is not such a record.
    """
    pause()
    read = _fields_of(kind)
    return kind(**{name: read[name](data[name]) for name in read if name in data})


def _fields_of(kind: Any) -> Mapping[str, _Reader]:
    if kind not in _FIELDS:
        _FIELDS[kind] = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    return _FIELDS[kind]


def _reader(hint: Any) -> _Reader:
    """Return what reads the values of a field."""
    kind = next((part for part in get_args(hint) if part is not type(None)), hint)
    kind = getattr(kind, "__supertype__", kind)  # of a NewType
    container = get_origin(hint)
    if container in {tuple, frozenset}:
        inner = _reader(kind)
        return _unless_none(lambda data: container(map(inner, data)))
    if kind in _READERS:
        return _unless_none(_READERS[kind])
    if isinstance(kind, type) and is_dataclass(kind):
        return _unless_none(partial(record, kind))
    is_choice = isinstance(kind, type) and issubclass(kind, StrEnum)
    return _unless_none(kind) if is_choice else _as_it_is


def _unless_none(read: _Reader) -> _Reader:
    return lambda data: None if data is None else read(data)


def _as_it_is(data: Any) -> Any:
    return data
