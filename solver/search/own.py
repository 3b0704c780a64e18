"""What the shifts of one worker cost by themselves, read plainly."""

from collections.abc import Sequence
from itertools import pairwise

from solver.data.problem import Preference, Problem, Shift, Worker
from solver.search.legality import bound_minutes


def own_points(problem: Problem, worker: Worker, planned: Sequence[Shift]) -> dict[str, int]:
    """Return the points that planned shifts and facts of a worker pay, by level; nothing that is 0.

    Counted are preferences, hours, fair shares, short rests and changes from the reference's
    shifts; not tasks and demands.
    """
    points: dict[str, int] = {}

    def pay(level: str, more: int) -> None:
        if more:
            points[level] = points.get(level, 0) + more

    horizon = problem.horizon
    facts = [f for f in worker.facts if horizon.start <= f.span.start < horizon.end]
    for wish in worker.preferences:
        is_matched = _is_matched(problem, wish, planned, worker)
        pay(wish.level, wish.points if is_matched != wish.when_absent else 0)
    counted = [(s.span.start, s.counted_min[worker.rule_book]) for s in planned]
    counted += [(f.span.start, f.counted_min) for f in worker.facts] + bound_minutes(worker)
    for target in worker.hours:
        period = target.period
        off = sum(n for at, n in counted if period.start <= at < period.end) - target.target_min
        price = target.over_points if off > 0 else target.under_points
        pay(target.level, price * -(-abs(off) // target.step_min))
    tags = [s.tags for s in planned] + [f.tags for f in facts]
    for fair in worker.fair_shares:
        above = max(0, sum(fair.tag in each for each in tags) - fair.share)
        pay(fair.level, fair.points * above * (above + 1) // 2)
    if worker.short_rest is not None:
        spans = sorted([s.span for s in planned] + [f.span for f in worker.facts])
        n_short = sum(
            after.start - before.end < worker.short_rest.below_min
            and horizon.start <= after.start < horizon.end
            for before, after in pairwise(spans)
        )
        pay(worker.short_rest.level, n_short * worker.short_rest.points)
    if problem.reference is not None:
        wanted = problem.wanted_shifts.get(worker.id, {})
        worked: dict[int, set[str]] = {}
        for shift in planned:
            worked.setdefault(shift.day, set()).add(shift.id)
        n_days = sum(worked.get(d) != wanted.get(d) for d in worked.keys() | wanted.keys())
        pay(problem.reference.level, n_days * problem.reference.shift_points)
    return points


def _is_matched(
    problem: Problem, wish: Preference, planned: Sequence[Shift], worker: Worker
) -> bool:
    for shift in planned:
        if shift.day in wish.days and (not wish.kinds or shift.kind in wish.kinds):
            return True
    return any(
        fact.day in wish.days
        and problem.horizon.start <= fact.span.start < problem.horizon.end
        and (
            not wish.kinds
            or (fact.shift is not None and problem.shift_by_id[fact.shift].kind in wish.kinds)
        )
        for fact in worker.facts
    )
