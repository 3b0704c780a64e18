"""Dataclasses as JSON, field for field: their annotations say how both ways go.

Spans and tuples are lists, sets sorted lists, mappings with pairs as keys lists of rows. A union of
dataclasses carries a ``type``. What is read is checked against the annotations.
"""

import types
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from math import isfinite
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from solver.data.errors import InvalidProblemError, shown
from solver.data.spans import Span

LARGEST = 2**53
"""Whole numbers lie within it on both sides, as in every other reader of JSON."""

_Made = TypeVar("_Made")

_Read = Callable[[Any], Any]
"""Makes a value of a document into one of ours."""
_Write = Callable[[Any], Any]
"""Makes one of our values into one of a document."""


def read_json(kind: type[_Made], document: object) -> _Made:
    """Return what a document says.

    Raises
    ------
    InvalidProblemError
        When a field is missing, unknown or of another type; the message names the field.
    """
    hint: Any = kind
    try:
        made: _Made = _reader(hint)(document)
    except _WrongError as wrong:
        raise InvalidProblemError(f"{kind.__name__}{wrong.path} {wrong.message}") from None
    return made


def write_json(value: Any) -> dict[str, Any]:
    """Return a dataclass as values that ``json.dumps`` takes."""
    hint: Any = type(value)
    document: dict[str, Any] = _writer(hint)(value)
    return document


class _WrongError(Exception):
    """A value that is not what it should be; the path to it grows on the way out."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.path = ""

    def under(self, step: str) -> "_WrongError":
        """Return the error as the one above sees it."""
        self.path = step + self.path
        return self


@cache
def _reader(hint: Any) -> _Read:
    """Return what reads values of a type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Span:
        reader = _span_reader()
    elif is_dataclass(hint):
        reader = _dataclass_reader(hint)
    elif origin in {Union, types.UnionType}:
        reader = _union_reader(arguments)
    elif origin is Literal:
        reader = _expecting(lambda value: isinstance(value, str) and value in arguments)
    elif origin in {tuple, frozenset}:
        reader = _sequence_reader(origin, arguments)
    elif origin is not None:
        reader = _mapping_reader(*arguments)
    else:
        reader = _plain_reader(hint)
    return reader


def _expecting(is_right: Callable[[Any], bool]) -> _Read:
    def read(value: Any) -> Any:
        if not is_right(value):
            raise _WrongError(f"is {shown(value)}, which is not of its type.")
        return value

    return read


def _plain_reader(hint: Any) -> _Read:
    if hint is float:
        return _expecting(lambda value: type(value) in {int, float} and isfinite(value))
    if hint is not int:
        return _expecting(lambda value: type(value) is hint)

    def read(value: Any) -> int:
        if type(value) is not int:
            raise _WrongError(f"is {shown(value)}, which is not of its type.")
        if not -LARGEST <= value <= LARGEST:
            raise _WrongError(f"is {shown(value)}, which is too large.")
        return value

    return read


def _span_reader() -> _Read:
    read_pair = _sequence_reader(tuple, (int, int))
    return lambda value: Span(*read_pair(value))


def _dataclass_reader(kind: Any) -> _Read:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    required = [
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    ]

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _WrongError(f"is {shown(value)}, which is no object.")
        for name in required:
            if name not in value:
                raise _WrongError("is missing.").under(f".{name}")
        found = {}
        for name, item in value.items():
            if name not in readers:
                raise _WrongError(f"has an unknown field {shown(name)}.")
            try:
                found[name] = readers[name](item)
            except _WrongError as wrong:
                raise wrong.under(f".{name}") from None
        return kind(**found)

    return read


def _union_reader(kinds: tuple[Any, ...]) -> _Read:
    """Return what reads one type or nothing, or one of several dataclasses."""
    rest = [kind for kind in kinds if kind is not type(None)]
    if len(rest) > 1:
        return _choice_reader(rest)
    read = _reader(rest[0])
    return lambda value: None if value is None else read(value)


def _choice_reader(kinds: list[Any]) -> _Read:
    readers = {kind.__name__: _reader(kind) for kind in kinds}

    def read(value: Any) -> Any:
        name = value.get("type") if isinstance(value, dict) else None
        if not isinstance(name, str) or name not in readers:
            names = ", ".join(readers)
            raise _WrongError(f"is {shown(name)}, which is none of {names}.").under(".type")
        try:
            return readers[name]({key: item for key, item in value.items() if key != "type"})
        except _WrongError as wrong:
            raise wrong.under(f"({name})") from None

    return read


def _sequence_reader(kind: Any, arguments: tuple[Any, ...]) -> _Read:
    is_open = kind is frozenset or arguments[-1] is Ellipsis
    readers = [_reader(argument) for argument in arguments if argument is not Ellipsis]

    def read(value: Any) -> Any:
        if not isinstance(value, list) or not (is_open or len(value) == len(readers)):
            raise _WrongError(f"is {shown(value)}, which is not of its type.")
        mine = readers * len(value) if is_open else readers
        return kind(_numbered(zip(mine, value, strict=True)))

    return read


def _numbered(items: Iterable[tuple[_Read, Any]]) -> Iterable[Any]:
    for number, (read, item) in enumerate(items):
        try:
            yield read(item)
        except _WrongError as wrong:
            raise wrong.under(f"[{number}]") from None


def _mapping_reader(key_hint: Any, item_hint: Any) -> _Read:
    if get_origin(key_hint) is tuple:
        return _table_reader(key_hint, item_hint)
    read_item = _reader(item_hint)

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _WrongError(f"is {shown(value)}, which is no object.")
        found = {}
        for key, item in value.items():
            try:
                found[key] = read_item(item)
            except _WrongError as wrong:
                raise wrong.under(f"[{shown(key)}]") from None
        return found

    return read


def _table_reader(key_hint: Any, item_hint: Any) -> _Read:
    """Return what reads a mapping with pairs as keys: rows of the pair and the item."""
    read_rows = _reader(tuple[tuple[(*get_args(key_hint), item_hint)], ...])  # type: ignore[misc]

    def read(value: Any) -> Any:
        found = {}
        for number, (*key, item) in enumerate(read_rows(value)):
            if tuple(key) in found:
                raise _WrongError("is there twice.").under(f"[{number}]")
            found[tuple(key)] = item
        return found

    return read


@cache
def _writer(hint: Any) -> _Write:
    """Return what writes values of a type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Span:
        writer: _Write = list
    elif is_dataclass(hint):
        writer = _dataclass_writer(hint)
    elif origin in {Union, types.UnionType}:
        writer = _union_writer(arguments)
    elif origin is frozenset:
        writer = sorted
    elif origin is tuple:
        writer = _sequence_writer(arguments)
    elif origin is not None and origin is not Literal:
        writer = _mapping_writer(*arguments)
    else:
        writer = _same
    return writer


def _same(value: Any) -> Any:
    return value


def _dataclass_writer(kind: Any) -> _Write:
    hints = get_type_hints(kind)
    writers = [(field.name, _writer(hints[field.name])) for field in fields(kind)]
    return lambda value: {name: write(getattr(value, name)) for name, write in writers}


def _union_writer(kinds: tuple[Any, ...]) -> _Write:
    writers = {kind: _writer(kind) for kind in kinds if kind is not type(None)}
    if len(writers) > 1:
        return lambda value: {**writers[type(value)](value), "type": type(value).__name__}
    (write,) = writers.values()
    return lambda value: None if value is None else write(value)


def _sequence_writer(arguments: tuple[Any, ...]) -> _Write:
    if arguments[-1] is Ellipsis:
        write = _writer(arguments[0])
        return lambda value: [write(item) for item in value]
    writers = [_writer(argument) for argument in arguments]
    return lambda value: [write(item) for write, item in zip(writers, value, strict=True)]


def _mapping_writer(key_hint: Any, item_hint: Any) -> _Write:
    write = _writer(item_hint)
    if get_origin(key_hint) is tuple:
        return lambda value: [[*key, write(item)] for key, item in value.items()]
    return lambda value: {key: write(item) for key, item in value.items()}
