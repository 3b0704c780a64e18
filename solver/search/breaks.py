"""Where the break of a shift may lie."""

from collections.abc import Sequence

from solver.data.problem import Problem, Shift, Worker
from solver.data.rules import Rule
from solver.data.spans import Span
from solver.search.legality import break_starts, overlaps

_STEP = 15
_FINE_STEP = 5


def right_breaks(
    problem: Problem, members: Sequence[Worker], shift: Shift, work: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the right places for the break: the best of what rules and taken time leave.

    A break while absent is better than one that leaves work uncut for too long.
    """
    if not shift.break_min:
        return ()
    rules = _rules(problem, members)
    taken = [*work, *(span for worker in members for span in worker.blocked)]
    for busy, step in ((taken, _STEP), (taken, _FINE_STEP), (taken, 1), (work, 1)):
        places = [Span(at, at + shift.break_min) for at in break_starts(shift, rules, step)]
        free = tuple(s for s in places if not any(overlaps(s, other) for other in busy))
        if free:
            return free
    return ()


def wrong_break(
    problem: Problem, members: Sequence[Worker], shift: Shift, work: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the place for the break of a fact whose rules or locks leave none: one gives way."""
    if not shift.break_min:
        return ()
    places = break_starts(shift, _rules(problem, members), 1)
    loose = [Span(at, at + shift.break_min) for at in break_starts(shift, (), 1)]
    free = [place for place in loose if not any(overlaps(place, other) for other in work)]
    kept = [place for place in loose if place.start in places]
    return tuple(free or kept or loose)[:1]


def _rules(problem: Problem, members: Sequence[Worker]) -> list[Rule]:
    """Return the rules of all books of some workers."""
    books = dict.fromkeys(worker.rule_book for worker in members)
    return [rule for book in books for rule in problem.rule_book_by_id[book].rules]
