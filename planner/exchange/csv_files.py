"""CSV files as Swedish Excel opens them, and the week's."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime

from planner.domain.duties import Duty
from planner.domain.ids import DutyId
from planner.domain.plan import Plan
from planner.domain.roster import Roster, Shift
from planner.exchange.shifts import ShiftRow

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def to_csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return a table as a CSV file: UTF-8 with a byte order mark, semicolons, CRLF.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; what is missing
    is an empty cell.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def week_files(plan: Plan, roster: Roster, duties: Mapping[DutyId, Duty]) -> dict[str, bytes]:
    """Return a week's files by name: ``shifts.csv``, ``assignments.csv`` and ``gaps.csv``.

    Times are local; ``shifts.csv`` has the columns that an import reads. An assignment whose duty
    nothing asks for any more has its id only.
    """
    return {
        "shifts.csv": to_csv(
            [field.name for field in fields(ShiftRow)],
            (row for shift in roster.shifts for row in _shift_rows(plan, shift)),
        ),
        "assignments.csv": to_csv(
            ("duty", "kind", "title", "staff", "name", "start", "end", "locked"),
            (
                (
                    done.duty,
                    duties[done.duty].kind.value if done.duty in duties else None,
                    duties[done.duty].title if done.duty in duties else None,
                    done.staff,
                    _name(plan, done.staff),
                    _local(plan, done.start),
                    _local(plan, done.end),
                    _yes_no(is_so=done.is_locked),
                )
                for done in roster.assignments
            ),
        ),
        "gaps.csv": to_csv(
            ("title", "start", "end", "missing", "reason", "proved", "duty", "need"),
            (
                (
                    gap.title,
                    _local(plan, gap.span.start),
                    _local(plan, gap.span.end),
                    gap.missing,
                    gap.reason.value,
                    _yes_no(is_so=gap.is_proved),
                    gap.duty,
                    gap.need,
                )
                for gap in roster.gaps
            ),
        ),
    }


def _shift_rows(plan: Plan, shift: Shift) -> Iterable[tuple[object, ...]]:
    for part in shift.parts:
        pause = next((pause for pause in shift.breaks if part.contains(pause)), None)
        yield (
            shift.id,
            shift.staff,
            shift.shift_type,
            _local(plan, part.start),
            _local(plan, part.end),
            _local(plan, pause.start) if pause else None,
            _local(plan, pause.end) if pause else None,
            _yes_no(is_so=shift.is_locked),
        )


def _local(plan: Plan, at: datetime) -> str:
    return at.astimezone(plan.zone).strftime("%Y-%m-%d %H:%M")


def _name(plan: Plan, staff: str) -> str | None:
    return next((member.display_name for member in plan.staff if member.id == staff), None)


def _yes_no(*, is_so: bool) -> str:
    return "ja" if is_so else "nej"


def _cell(value: object) -> object:
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value
