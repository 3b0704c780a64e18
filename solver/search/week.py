"""One week of a longer problem as a problem of its own, what is decided elsewhere being facts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from solver.data.problem import (
    Demand,
    Fact,
    FairShare,
    HoursTarget,
    Preference,
    Problem,
    Reference,
    Shift,
    Task,
    Worker,
)
from solver.data.spans import Span
from solver.search.legality import bound_minutes
from solver.search.own import is_meant
from solver.search.patterns import Pattern

_N_DAYS = 7
_FAR = 10**9


@dataclass(frozen=True, slots=True)
class Week:
    """Some days in a row, planned together.

    Parameters
    ----------
    span
        When its shifts begin.
    days
        Indices of the problem's days.
    reach
        What of coverage it decides: until the next week's shifts can begin, so that a night counts
        with the shift that it belongs to.
    """

    span: Span
    days: tuple[int, ...]
    reach: Span


def weeks_of(problem: Problem, *, first_days: int = _N_DAYS) -> list[Week]:
    """Return the weeks of a horizon; the first has so many days, and the last may be shorter."""
    horizon = problem.horizon
    days = [n for n, day in enumerate(problem.days) if horizon.start <= day.start < horizon.end]
    if not days:
        return []
    borders = [0, *range(first_days, len(days), _N_DAYS), len(days)]
    groups = [tuple(days[first:end]) for first, end in pairwise(borders)]
    times = [horizon.start, *(problem.days[g[0]].start for g in groups[1:]), horizon.end]
    offered = {name for worker in problem.workers for name in worker.shifts}
    starts = [problem.shift_by_id[name].span.start for name in offered]
    begins = [min((at for at in starts if at >= border), default=border) for border in times]
    begins[0], begins[-1] = -_FAR, _FAR
    return [
        Week(Span(*span), group, Span(*reach))
        for group, span, reach in zip(groups, pairwise(times), pairwise(begins), strict=True)
    ]


class WeekMaker:
    """Makes the problems of weeks.

    Hours, fair shares and wishes are split among the weeks: each gets what its days are of the
    days that are still open.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._tag_days = {
            tag: sorted(shift.day for shift in problem.shifts if tag in shift.tags)
            for tag in sorted({tag for shift in problem.shifts for tag in shift.tags})
        }

    def make(self, week: Week, chosen: Mapping[str, Pattern], *, is_last: bool) -> Problem:
        """Return the problem of a week.

        Parameters
        ----------
        chosen
            Planned shifts of other weeks by worker.
        is_last
            All other weeks are decided; if not, those after it are open.
        """
        end = week.span.end if is_last else self.problem.horizon.end
        part = _Part(self.problem, self._tag_days, week, Span(week.span.start, end))
        workers = tuple(part.worker(each, chosen.get(each.id, ())) for each in self.problem.workers)
        given = {fact.shift for worker in workers for fact in worker.facts}
        tasks = tuple(task for task in self.problem.tasks if part.has(task))
        return replace(
            self.problem,
            shifts=tuple(s for s in self.problem.shifts if part.decides(s) or s.id in given),
            workers=workers,
            tasks=tasks,
            demands=tuple(part.demands()),
            reference=part.reference({task.id for task in tasks}),
        )


class _Part:
    """What of a problem is a week's.

    Parameters
    ----------
    left
        The week and all after it that are open.
    """

    def __init__(
        self, problem: Problem, tag_days: Mapping[str, Sequence[int]], week: Week, left: Span
    ) -> None:
        self.problem = problem
        self._tag_days = tag_days
        self._week = week
        self._left = left
        self._span, self._reach = week.span, week.reach
        self._days = frozenset(week.days)

    def decides(self, shift: Shift) -> bool:
        """Return whether a shift is one of the week's."""
        return _is_in(self._span, shift.span.start)

    def reference(self, tasks: Collection[str]) -> Reference | None:
        """Return what the reference says of the week's shifts and some tasks."""
        reference = self.problem.reference
        return reference and replace(
            reference,
            shifts=tuple(
                pair for pair in reference.shifts if self.decides(self.problem.shift_by_id[pair[1]])
            ),
            tasks=tuple(pair for pair in reference.tasks if pair[0] in tasks),
        )

    # Coverage ------------------------------------------------------------------------------------

    def has(self, task: Task) -> bool:
        """Return whether a task is the week's: by its locks, or the middle of its starts."""
        middle = (task.earliest_start + task.latest_start) // 2
        return _is_in(self._reach, min((lock.start for lock in task.locks), default=middle))

    def demands(self) -> Iterator[Demand]:
        """Yield the demands as far as they are the week's, in whole quarters of theirs."""
        for demand in self.problem.demands:
            first, end = demand.span
            start = max(first, self._reach.start - (self._reach.start - first) % 15)
            end = min(end, self._reach.end - (self._reach.end - first) % 15)
            if start < end:
                yield replace(demand, span=Span(start, end))

    # Workers -------------------------------------------------------------------------------------

    def worker(self, worker: Worker, chosen: Pattern) -> Worker:
        """Return a worker with the shifts chosen in other weeks as facts."""
        shifts = self.problem.shift_by_id
        others = [shifts[name] for name in chosen]
        facts = [self._known(fact) for fact in worker.facts]
        facts += [self._fact(shift, worker.rule_book) for shift in others]
        facts.sort(key=lambda fact: fact.span)
        mine = replace(worker, facts=tuple(facts))
        return replace(
            mine,
            shifts=tuple(name for name in worker.shifts if self.decides(shifts[name])),
            preferences=tuple(self._preferences(worker, others)),
            hours=tuple(self._hours(mine)),
            fair_shares=tuple(self._fair_shares(mine)),
        )

    def _known(self, fact: Fact) -> Fact:
        """Return a fact that is no shift of this problem unless the week's coverage needs it."""
        if fact.shift is None or self._counts(fact.span):
            return fact
        return replace(fact, shift=None, kind=self.problem.kind_of(fact))

    def _fact(self, shift: Shift, book: str) -> Fact:
        return Fact(
            id=f"chosen {shift.id}",
            day=shift.day,
            parts=shift.parts,
            counted_min=shift.counted_min[book],
            shift=shift.id if self._counts(shift.span) else None,
            tags=shift.tags,
            kind=shift.kind,
        )

    def _counts(self, span: Span) -> bool:
        return span.start < self._span.end and span.end > self._reach.start

    def _preferences(self, worker: Worker, others: Iterable[Shift]) -> Iterator[Preference]:
        """Yield what is still open of the preferences for days of the week."""
        facts = [f for f in worker.facts if _is_in(self.problem.horizon, f.span.start)]
        works = [(shift.day, shift.kind) for shift in others]
        works += [(f.day, self.problem.kind_of(f)) for f in facts]
        for wish in worker.preferences:
            days = tuple(day for day in wish.days if day in self._days)
            if days and not any(is_meant(wish, day, kind) for day, kind in works):
                yield replace(wish, days=days)

    def _hours(self, worker: Worker) -> Iterator[HoursTarget]:
        counted = [(fact.span.start, fact.counted_min) for fact in worker.facts]
        counted += bound_minutes(worker)
        for target in worker.hours:
            mine = _common(target.period, self._span)
            if mine is None:
                continue
            given = sum(n for at, n in counted if _is_in(target.period, at))
            n_days = self._n_open(worker, mine)
            n_left = self._n_open(worker, _common(target.period, self._left) or mine)
            more = _share(max(0, target.target_min - given), n_days, n_left)
            already = sum(n for at, n in counted if _is_in(mine, at))
            yield replace(target, period=mine, target_min=already + more)

    def _n_open(self, worker: Worker, span: Span) -> int:
        """Return on how many days of a span the worker is not away."""
        return sum(
            _is_in(span, day.start)
            and not any(away.start <= day.start and day.end <= away.end for away in worker.blocked)
            for day in self.problem.days
        )

    def _fair_shares(self, worker: Worker) -> Iterator[FairShare]:
        facts = [f for f in worker.facts if _is_in(self.problem.horizon, f.span.start)]
        days = self.problem.days
        for fair in worker.fair_shares:
            n_given = sum(fair.tag in fact.tags for fact in facts)
            left = fair.share - n_given
            tagged = [days[day].start for day in self._tag_days.get(fair.tag, ())]
            if left > 0:
                n_days = sum(_is_in(self._span, at) for at in tagged)
                left = _share(left, n_days, sum(_is_in(self._left, at) for at in tagged))
            yield replace(fair, share=n_given + left)


def _share(amount: int, part: int, whole: int) -> int:
    """Return a part of an amount, rounded half up; all when there is nothing to divide."""
    return amount if not whole else (2 * amount * part + whole) // (2 * whole)


def _common(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def _is_in(span: Span, minute: int) -> bool:
    return span.start <= minute < span.end
