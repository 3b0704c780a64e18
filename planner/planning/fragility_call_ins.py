"""Who is off on a day of a roster and could be called in to a shift without breaking a rule."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from solver.checks.check import own_violations
from solver.checks.timeline import Timeline
from solver.data.problem import Shift
from solver.data.solution import WorkedShift
from solver.data.spans import Span

_OF_BREAKS = frozenset({"break", "continuous-work"})
"""Rules about where a break lies: it is placed when the shift is."""


def call_ins(line: Timeline, day: int) -> Iterator[Shift]:
    """Yield the shifts that somebody could be called in to on a day; none when at work then.

    Whoever has given shifts only is not called in.
    """
    if any(work.day == day for work in line.works):
        return
    before = _broken(line)
    for name in line.worker.shifts:
        shift = line.shift_by_id[name]
        if shift.day == day and not _broken(_with(line, shift)) - before:
            yield shift


def placed_break(shift: Shift) -> tuple[Span, ...]:
    """Return the break of a shift in the middle of its longest part, where nothing is known."""
    if not shift.break_min:
        return ()
    longest = max(shift.parts, key=lambda part: part.length)
    start = longest.start + (longest.length - shift.break_min) // 2
    return (Span(start, start + shift.break_min),)


def _with(line: Timeline, shift: Shift) -> Timeline:
    worked = WorkedShift(worker=line.worker.id, shift=shift.id, breaks=placed_break(shift))
    return replace(line, worked=(*line.worked, worked))


def _broken(line: Timeline) -> Counter[str]:
    return Counter(broken.rule for broken in own_violations(line) if broken.rule not in _OF_BREAKS)
