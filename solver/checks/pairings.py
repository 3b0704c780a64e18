"""Who works with whom."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from solver.checks.timeline import Timeline, Work, overlap
from solver.checks.violation import Violation
from solver.data.pairings import Apart, Pairing, Together
from solver.data.problem import Problem
from solver.data.spans import Span

_CODES = {Apart: "apart", Together: "together"}

Breaches = Iterator[tuple[tuple[str, ...], Span, bool]]
"""Workers, where, and whether facts alone are to blame."""


def check_pairings(problem: Problem, lines: Mapping[str, Timeline]) -> Iterator[Violation]:
    """Yield the breaches of hard rules about who works with whom."""
    for pairing in problem.pairings:
        if pairing.level is None:
            for workers, span, is_fact in _breaches(pairing, lines):
                yield Violation(
                    rule=_CODES[type(pairing)], workers=workers, span=span, is_fact=is_fact
                )


def pairing_points(
    problem: Problem, lines: Mapping[str, Timeline]
) -> Iterator[tuple[str, str, int]]:
    """Yield level, rule and points of each soft rule about who works with whom."""
    for pairing in problem.pairings:
        if pairing.level is not None:
            n_breaches = sum(1 for _ in _breaches(pairing, lines))
            yield pairing.level, _CODES[type(pairing)], n_breaches * pairing.points


def _breaches(pairing: Pairing, lines: Mapping[str, Timeline]) -> Breaches:
    if isinstance(pairing, Together):
        yield from _alone(pairing, lines)
        return
    for one, other in combinations(pairing.workers, 2):
        mine, theirs = (_works(lines[name], pairing.span) for name in (one, other))
        if pairing.is_by_day:
            for day in sorted({work.day for work in mine} & {work.day for work in theirs}):
                is_fact = _has_fact(mine, day) and _has_fact(theirs, day)
                yield (one, other), lines[one].problem.days[day], is_fact
            continue
        for work in _once(mine):
            for beside in _once(theirs):
                if any(overlap(a, b) for a in work.parts for b in beside.parts):
                    span = Span(
                        max(work.span.start, beside.span.start),
                        min(work.span.end, beside.span.end),
                    )
                    yield (one, other), span, work.is_fact and beside.is_fact


def _alone(pairing: Together, lines: Mapping[str, Timeline]) -> Breaches:
    """Yield where a worker has a shift, or a day, that none of the others has."""
    line = lines[pairing.worker]
    beside = [work for name in pairing.others for work in _works(lines[name], None)]
    works = _works(line, pairing.span)
    if pairing.is_by_day:
        for day in sorted({work.day for work in works} - {work.day for work in beside}):
            yield pairing.everybody, line.problem.days[day], _has_fact(works, day)
        return
    shifts = {work.shift for work in beside}
    for work in _once(works):
        if work.shift is not None and work.shift not in shifts:
            yield pairing.everybody, work.span, work.is_fact


def _once(works: list[Work]) -> list[Work]:
    """Return each time of work once: the same may be given twice."""
    return list({work.parts: work for work in works}.values())


def _has_fact(works: list[Work], day: int) -> bool:
    return any(work.day == day and work.is_fact for work in works)


def _works(line: Timeline, span: Span | None) -> list[Work]:
    """Return what begins in the horizon, and in a span if there is one."""
    horizon = line.problem.horizon
    return [
        work
        for work in line.works
        if horizon.start <= work.span.start < horizon.end
        and (span is None or span.start <= work.span.start < span.end)
    ]
