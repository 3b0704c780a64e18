"""Shifts in their two tables: the shift, and its stretches of work and breaks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select

from planner.domain.roster import Shift
from planner.domain.spans import Span
from planner.pauses import pause
from planner.store.rows import BATCH
from planner.store.tables.rosters import SpanKind, shift_spans, shifts

_OWN_FIELDS = tuple(column.name for column in shifts.columns)


def load_shifts(connection: Connection, condition: ColumnElement[bool]) -> tuple[Shift, ...]:
    """Return the shifts that a condition on their table holds for, by person and start."""
    spans: dict[str, dict[SpanKind, list[Span]]] = {}
    wanted = select(shifts.c.id).where(condition)
    query = select(shift_spans).where(shift_spans.c.shift.in_(wanted)).order_by(shift_spans.c.start)
    for row in connection.execute(query):
        pause()
        of_shift = spans.setdefault(row.shift, {kind: [] for kind in SpanKind})
        of_shift[row.kind].append(Span(row.start, row.end))
    found = (
        _shift(row, spans[row["id"]])
        for row in connection.execute(select(shifts).where(condition)).mappings()
    )
    return tuple(sorted(found, key=lambda shift: (shift.staff, shift.span)))


def shifts_with_ids(connection: Connection, ids: Iterable[str]) -> tuple[Shift, ...]:
    """Return those of the shifts that exist."""
    wanted = sorted(ids)
    return tuple(
        shift
        for n in range(0, len(wanted), BATCH)
        for shift in load_shifts(connection, shifts.c.id.in_(wanted[n : n + BATCH]))
    )


def _shift(row: Mapping[Any, Any], spans: Mapping[SpanKind, Sequence[Span]]) -> Shift:
    pause()
    return Shift(
        **row,
        parts=tuple(spans[SpanKind.PART]),
        breaks=tuple(spans[SpanKind.BREAK]),
    )


def insert_shifts(connection: Connection, records: Sequence[Shift]) -> None:
    """Insert shifts with their stretches."""
    if not records:
        return
    rows = [{name: getattr(shift, name) for name in _OWN_FIELDS} for shift in records]
    connection.execute(insert(shifts), rows)
    stretches = [
        {"shift": shift.id, "kind": kind, "start": span.start, "end": span.end}
        for shift in records
        for kind, spans in ((SpanKind.PART, shift.parts), (SpanKind.BREAK, shift.breaks))
        for span in spans
    ]
    connection.execute(insert(shift_spans), stretches)


def delete_shifts(connection: Connection, ids: Iterable[str]) -> None:
    """Delete shifts with their stretches."""
    gone = [{"gone": one} for one in ids]
    if gone:
        by_shift = delete(shift_spans).where(shift_spans.c.shift == bindparam("gone"))
        connection.execute(by_shift, gone)
        connection.execute(delete(shifts).where(shifts.c.id == bindparam("gone")), gone)
