"""Stretches of local time as shifts: where their breaks lie, and what belongs together."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from planner.domain.ids import ShiftId
from planner.domain.roster import Shift
from planner.domain.spans import DAY, Span

LONG = timedelta(hours=5)
"""More than this is not worked without a break (Arbetstidslagen 15 §)."""
_STEP_MIN = 5
"""Breaks that no sheet shows begin on such a minute."""


def runs(days: Iterable[date]) -> Iterator[list[date]]:
    """Yield days that follow each other together."""
    run: list[date] = []
    for day in days:
        if run and day != run[-1] + DAY:
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def together(shifts: list[Shift]) -> list[Shift]:
    """Return shifts of one day; those without a type that do not overlap are one split shift."""
    loose = sorted(
        (shift for shift in shifts if shift.shift_type is None), key=lambda one: one.span
    )
    typed = [shift for shift in shifts if shift.shift_type is not None]
    overlap = any(a.span.end > b.span.start for a, b in pairwise(loose))
    if len(loose) < 2 or overlap:
        return [*typed, *loose]
    first = loose[0]
    parts = tuple(part for shift in loose for part in shift.parts)
    one = Shift(
        id=first.id,
        staff=first.staff,
        day=first.day,
        shift_type=None,
        parts=parts,
        source=first.source,
    )
    return [*typed, one]


def renumbered(shift: Shift, n: int) -> Shift:
    """Return a further shift of the same day, with an id of its own."""
    return Shift(
        id=ShiftId(f"{shift.id}-{n + 1}"),
        staff=shift.staff,
        day=shift.day,
        shift_type=shift.shift_type,
        parts=shift.parts,
        breaks=shift.breaks,
        source=shift.source,
    )


def parted(spans: Iterable[Span], break_min: int) -> Iterator[Span]:
    """Yield stretches at work; a long one is parted by its break, for no type says where it is."""
    for span in spans:
        if span.end - span.start <= LONG or not break_min:
            yield span
        else:
            pause = _middle(span, break_min)
            yield Span(span.start, pause.start)
            yield Span(pause.end, span.end)


def breaks_in(parts: tuple[Span, ...], break_min: int) -> Iterator[Span]:
    """Yield the break of a shift type: in the middle of the longest part."""
    longest = max(parts, key=lambda part: part.minutes)
    if break_min and longest.minutes > break_min:
        yield _middle(longest, break_min)


def _middle(span: Span, break_min: int) -> Span:
    before = (span.minutes - break_min) // 2 // _STEP_MIN * _STEP_MIN
    start = span.start + timedelta(minutes=before)
    return Span(start, start + timedelta(minutes=break_min))
