"""Rows and records: a table's columns have the names of its record's fields."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, insert, select

Record = TypeVar("Record")

BATCH = 500
"""Values in one statement; databases have a limit."""


def insert_all(
    connection: Connection, table: Table, records: Iterable[Any], **constants: object
) -> None:
    """Insert records, and the same ``constants`` into every row."""
    records = tuple(records)
    names = [field.name for field in fields(records[0])] if records else []
    rows = [{name: getattr(record, name) for name in names} | constants for record in records]
    if rows:
        connection.execute(insert(table), rows)


def select_all(table: Table, record: type[Any]) -> Select[Any]:
    """Return the query for a table's records, without columns that are the table's own."""
    return select(*(table.c[field.name] for field in fields(record)))


def fetch(connection: Connection, query: Select[Any], kind: type[Record]) -> tuple[Record, ...]:
    """Return every row of a query as a record."""
    result = connection.execute(query)
    names = tuple(result.keys())
    return tuple(kind(**dict(zip(names, row, strict=True))) for row in result)
