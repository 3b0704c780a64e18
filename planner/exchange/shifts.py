"""``shifts.csv``: shifts as rows of local times, in and out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from planner.domain.ids import CrewId, ShiftId, ShiftTypeId, StaffId
from planner.domain.roster import Shift
from planner.domain.spans import Span
from planner.domain.staff import ShiftSource
from planner.errors import InputError, Place
from planner.exchange.problems import Problems

_LONGEST = timedelta(hours=36)
"""A longer shift is a slip in a date, or an id used twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRow:
    """A part of a shift; rows with the same ``id`` are parts of one split shift.

    Parameters
    ----------
    break_start, break_end
        The placed unpaid break, if the part has one; for a second one, the part has a second row.
    locked
        Generating must not move it.
    source
        ``given`` from elsewhere, or ``planned`` by the program and moved by it.
    crew
        The same text for the officers who keep together through the shift.
    """

    id: ShiftId
    staff: StaffId
    shift_type: ShiftTypeId | None = None
    start: datetime
    end: datetime
    break_start: datetime | None = None
    break_end: datetime | None = None
    locked: bool = False
    source: ShiftSource = ShiftSource.GIVEN
    crew: CrewId | None = None


def shift_rows(shift: Shift) -> Iterator[ShiftRow]:
    """Yield the rows that :func:`join_parts` makes ``shift`` of."""
    for part in shift.parts:
        breaks: list[Span | None] = [one for one in shift.breaks if part.contains(one)]
        for pause in breaks or [None]:
            yield ShiftRow(
                id=shift.id,
                staff=shift.staff,
                shift_type=shift.shift_type,
                start=part.start,
                end=part.end,
                break_start=None if pause is None else pause.start,
                break_end=None if pause is None else pause.end,
                locked=shift.is_locked,
                source=shift.source,
                crew=shift.crew,
            )


def join_parts(
    rows: Iterable[tuple[Place, ShiftRow]], zone: ZoneInfo, problems: Problems
) -> tuple[tuple[Place, Shift], ...]:
    """Return given shifts made of their parts, each with the place of its first row."""
    groups: dict[ShiftId, list[tuple[Place, ShiftRow]]] = {}
    for place, row in rows:
        try:
            _check(row)
        except InputError as error:
            problems.note(error, place)
        else:
            groups.setdefault(row.id, []).append((place, row))
    joined = []
    for group in groups.values():
        first_place = group[0][0]
        try:
            joined.append((first_place, _joined(group, zone)))
        except InputError as error:
            problems.note(error, first_place)
    return tuple(joined)


def _check(row: ShiftRow) -> None:
    if row.end <= row.start:
        raise InputError("end-before-start")
    if row.end - row.start > _LONGEST:
        raise _too_long()
    if (row.break_start is None) != (row.break_end is None):
        raise InputError("break-incomplete")
    pause = _break(row)
    if pause and (pause.end <= pause.start or not Span(row.start, row.end).contains(pause)):
        raise InputError("break-outside")


def _too_long() -> InputError:
    return InputError("shift-too-long", n_hours=_LONGEST // timedelta(hours=1))


def _break(row: ShiftRow) -> Span | None:
    if row.break_start is None or row.break_end is None:
        return None
    return Span(row.break_start, row.break_end)


def _joined(group: list[tuple[Place, ShiftRow]], zone: ZoneInfo) -> Shift:
    first = group[0][1]
    parts = sorted({Span(row.start, row.end) for _, row in group})
    breaks = sorted([pause for _, row in group if (pause := _break(row)) is not None])
    if len(group) > 1:
        _check_parts(group, parts, breaks)
    return Shift(
        id=first.id,
        staff=first.staff,
        day=parts[0].start.astimezone(zone).date(),
        shift_type=first.shift_type,
        parts=tuple(parts),
        breaks=tuple(breaks),
        source=first.source,
        is_locked=any(row.locked for _, row in group),
        crew=first.crew,
    )


def _check_parts(
    group: list[tuple[Place, ShiftRow]], parts: list[Span], breaks: list[Span]
) -> None:
    """Raise what is wrong with rows that are each right, as parts of one shift."""
    first_place, first = group[0]
    for place, row in group[1:]:
        if _common(row) != _common(first):
            raise InputError("shift-parts-differ", place=place, row=first_place.row)
    n_spare = len(group) - len(parts)  # rows that only say a further break
    if _overlap(parts) or _overlap(breaks) or n_spare > max(0, len(breaks) - 1):
        raise InputError("shift-parts-overlap", id=first.id)
    if parts[-1].end - parts[0].start > _LONGEST:
        raise _too_long()


def _common(row: ShiftRow) -> tuple[object, ...]:
    return row.staff, row.shift_type, row.source, row.crew


def _overlap(spans: Iterable[Span]) -> bool:
    return any(after.start < before.end for before, after in pairwise(spans))
