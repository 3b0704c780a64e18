"""CSV files as Swedish Excel opens them."""

import csv
import io
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from planner.exchange.formulas import guarded
from planner.exchange.tables import Table
from planner.exchange.values import number_text, to_cell


def to_csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return a table as a CSV file: UTF-8 with a byte order mark, semicolons, CRLF.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, which the
    import takes away again; what is missing is an empty cell.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def table_to_csv(table: Table, zone: ZoneInfo) -> bytes:
    """Return a table's values as a CSV file: ISO dates, local times, decimal commas."""
    rows = ([_text(value, zone) for value in row] for row in table.rows)
    return to_csv(table.columns, rows)


def _cell(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value


def _text(value: object, zone: ZoneInfo) -> str:
    if isinstance(value, float):
        return number_text(value).replace(".", ",")
    return to_cell(value, zone)
