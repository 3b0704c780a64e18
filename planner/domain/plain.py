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

_Writer = Callable[[Any, tzinfo, bool], Any]
"""Makes values of JSON of a value; told the zone, and whether to keep what is private."""

_Reader = Callable[[Any], Any]
"""Makes the value of a field of what JSON has of it."""

_WRITERS: dict[type, _Writer] = {}
_FIELDS: dict[Any, Mapping[str, _Reader]] = {}
"""Of the records written and read so far; finding them takes longer than reading a record."""

_READERS: Mapping[type, _Reader] = {
    IsoWeek: IsoWeek.parse,
    datetime: lambda text: datetime.fromisoformat(text).astimezone(UTC),
    date: date.fromisoformat,
    time: time.fromisoformat,
}


def plain(value: Any, zone: tzinfo, *, has_private: bool = False) -> Any:
    """Return a value of the domain as values of JSON; records become objects.

    Parameters
    ----------
    zone
        Whose offset instants get.
    has_private
        Keep what does not leave the program.
    """
    return _plain(value, zone, has_private)


def _plain(value: Any, zone: tzinfo, has_private: bool) -> Any:  # noqa: FBT001 - a call in millions
    kind = type(value)
    if kind in _AS_IS:
        return value
    if kind not in _WRITERS:
        _WRITERS[kind] = _writer(kind)
    return _WRITERS[kind](value, zone, has_private)


def _writer(kind: type[Any]) -> _Writer:  # noqa: PLR0911 - one for each kind of value
    """Return what writes values of a type."""
    if issubclass(kind, datetime):
        return _instant
    if issubclass(kind, StrEnum):
        return lambda value, _zone, _has_private: value.value
    if issubclass(kind, IsoWeek):
        return lambda value, _zone, _has_private: str(value)
    if issubclass(kind, date):
        return lambda value, _zone, _has_private: value.isoformat()
    if issubclass(kind, time):
        return lambda value, _zone, _has_private: value.isoformat("minutes")
    if issubclass(kind, frozenset):
        return lambda value, zone, has_private: sorted(
            [_plain(one, zone, has_private) for one in value]
        )
    if issubclass(kind, tuple):
        return lambda value, zone, has_private: [_plain(one, zone, has_private) for one in value]
    if is_dataclass(kind):
        return _record_writer(kind)
    return lambda value, _zone, _has_private: value


def _instant(value: datetime, zone: tzinfo, _has_private: bool) -> str:  # noqa: FBT001 - a writer
    return (value if value.tzinfo is zone else value.astimezone(zone)).isoformat()


def _record_writer(kind: type[Any]) -> _Writer:
    everything = tuple(field.name for field in fields(kind))
    hidden = _PRIVATE.get(kind, frozenset())
    public = tuple(name for name in everything if name not in hidden)
    return lambda value, zone, has_private: {
        name: _plain(getattr(value, name), zone, has_private)
        for name in (everything if has_private else public)
    }


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
