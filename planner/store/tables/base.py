"""What all tables share: names of constraints, column types, ways to write a column."""

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    MetaData,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine
from typing_extensions import override

from planner.domain.weeks import IsoWeek

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant; in the database always UTC, in the program always aware."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = DateTime(timezone=True)
    cache_ok: bool | None = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone")
        return value if value.tzinfo is UTC else value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)  # SQLite keeps no zone


class Week(TypeDecorator[IsoWeek]):
    """An ISO week as ``2026-W48``."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = String(8)
    cache_ok: bool | None = True

    @override
    def process_bind_param(self, value: IsoWeek | None, dialect: Dialect) -> str | None:
        return str(value) if value else None

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> IsoWeek | None:
        return IsoWeek.parse(value) if value else None


class Document(TypeDecorator[dict[str, object]]):
    """Values as a JSON text; instants and days in it become text."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = Text
    cache_ok: bool | None = True

    @override
    def process_bind_param(self, value: dict[str, object] | None, dialect: Dialect) -> str | None:
        return json.dumps(value, default=str, ensure_ascii=False)

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, object]:
        found: dict[str, object] = json.loads(value or "{}")
        return found


def choice(kind: type[StrEnum]) -> Enum:
    """Return the type of a column that holds one of an enumeration's values, as text."""
    return Enum(
        kind,
        name=kind.__name__.lower(),
        native_enum=False,  # a new value is then an ordinary migration on every database
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


def own_id() -> Column[str]:
    """Return a column for the name by which other records know this one."""
    return Column("id", String(200), primary_key=True)


def text(name: str, **options: Any) -> Column[str]:
    """Return a column for text that is empty rather than missing."""
    return Column(name, String, nullable=False, **options)


def names(column: str, table: str, **options: Any) -> Column[str]:
    """Return a column that names a record of ``table``.

    It is checked when the transaction ends, so that a set of records can be replaced in any order.
    """
    options.setdefault("nullable", False)
    options.setdefault("index", not options.get("primary_key", False))
    key = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return Column(column, String(200), key, **options)
