"""Where shifts may lie, and their breaks."""

from collections.abc import Iterator
from itertools import combinations

from solver.checks.timeline import Timeline, overlap
from solver.checks.violation import Violation
from solver.data.problem import Shift
from solver.data.rules import ContinuousWork
from solver.data.solution import WorkedShift
from solver.data.spans import Span


def check_places(timeline: Timeline) -> Iterator[Violation]:
    """Yield shifts over blocked or bound time, over each other, not offered or on too short notice.

    And facts left out.

    Bound time may lie inside a given shift: whoever gave it knew.
    """
    worker = timeline.worker
    taken = [("blocked", span) for span in worker.blocked]
    taken += [("bound", span) for span in worker.bound]
    for work in timeline.works:
        for code, span in taken:
            touched = [part for part in work.parts if overlap(part, span)]
            is_inside = any(part.start <= span.start and span.end <= part.end for part in touched)
            if touched and not (code == "bound" and work.is_fact and is_inside):
                yield _at(timeline, code, span, is_fact=work.is_fact)
    for one, other in combinations(timeline.works, 2):
        if overlap(one.span, other.span):
            both = one.is_fact and other.is_fact
            yield _at(timeline, "overlap", other.span, is_fact=both)
    offered = set(worker.shifts)
    for shift in timeline.planned:
        if shift.id not in offered:
            yield _at(timeline, "not-offered", shift.span)
    yield from _too_late(timeline)
    done = {worked.shift for worked in timeline.worked}
    for name, fact in timeline.fact_of.items():
        if name not in done:
            yield _at(timeline, "fact-missing", fact.span)


def _too_late(timeline: Timeline) -> Iterator[Violation]:
    """Yield shifts that are given with too short notice: new, and beginning too soon."""
    reference = timeline.problem.reference
    if reference is None or reference.least_notice_min is None:
        return
    known = {shift for worker, shift in reference.shifts if worker == timeline.worker.id}
    for shift in timeline.planned:
        notice_min = shift.span.start - reference.now
        if shift.id not in known and notice_min < reference.least_notice_min:
            yield Violation(
                rule="notice",
                workers=(timeline.worker.id,),
                span=shift.span,
                values=(("notice_min", notice_min), ("least_min", reference.least_notice_min)),
            )


def check_breaks(timeline: Timeline) -> Iterator[Violation]:
    """Yield shifts whose break is missing, too short, misplaced, or leaves too long a stretch.

    A break lies in the longest part and not over bound time. Where a given shift leaves no place
    for a right one, beside bound time and locked tasks, it is a fact.
    """
    limits = [
        rule.most_min for rule in timeline.rule_book.rules if isinstance(rule, ContinuousWork)
    ]
    for worked in timeline.worked:
        shift = timeline.shift_by_id[worked.shift]
        has_right_break = _is_right_break(timeline, shift, worked)
        too_long = [
            (stretch, most_min)
            for stretch in _stretches(shift, worked.breaks)
            for most_min in limits
            if stretch.length > most_min
        ]
        if has_right_break and not too_long:
            continue
        is_fact = worked.shift in timeline.fact_of and not _can_keep(timeline, shift, limits)
        if not has_right_break:
            yield _at(timeline, "break", shift.span, is_fact=is_fact)
        for stretch, most_min in too_long:
            yield Violation(
                rule="continuous-work",
                workers=(timeline.worker.id,),
                span=stretch,
                is_fact=is_fact,
                values=(("work_min", stretch.length), ("most_min", most_min)),
            )


def _is_right_break(timeline: Timeline, shift: Shift, worked: WorkedShift) -> bool:
    if not shift.break_min:
        return not worked.breaks
    if len(worked.breaks) != 1:
        return False
    pause = worked.breaks[0]
    longest = _longest_part(shift)
    is_inside = longest.start <= pause.start and pause.end <= longest.end
    is_bound = any(overlap(pause, bound) for bound in timeline.worker.bound)
    return pause.length == shift.break_min and is_inside and not is_bound


def _stretches(shift: Shift, breaks: tuple[Span, ...]) -> Iterator[Span]:
    for part in shift.parts:
        start = part.start
        for pause in sorted(breaks):
            if overlap(pause, part):
                yield Span(start, pause.start)
                start = pause.end
        yield Span(start, part.end)


def _can_keep(timeline: Timeline, shift: Shift, limits: list[int]) -> bool:
    """Tell whether any place of the break would be right and keep the limits."""
    longest, break_min = _longest_part(shift), shift.break_min
    most_min = min(limits, default=longest.length)
    if any(part.length > most_min for part in shift.parts if part != longest):
        return False
    if not break_min:
        return longest.length <= most_min
    taken = [span for task, span in timeline.tasks if timeline.is_locked(task, span.start)]
    taken += timeline.worker.bound
    first = max(longest.start, longest.end - break_min - most_min)
    last = min(longest.end - break_min, longest.start + most_min)
    # If any place is right, then so is the earliest, or the earliest after something in its way.
    starts = [start for start in (first, *(span.end for span in taken)) if first <= start <= last]
    return any(
        not any(overlap(Span(start, start + break_min), span) for span in taken) for start in starts
    )


def _longest_part(shift: Shift) -> Span:
    """Return the part that the break lies in: the first of equal ones."""
    return max(shift.parts, key=lambda part: part.length)


def _at(timeline: Timeline, rule: str, span: Span, *, is_fact: bool = False) -> Violation:
    return Violation(rule=rule, workers=(timeline.worker.id,), span=span, is_fact=is_fact)
