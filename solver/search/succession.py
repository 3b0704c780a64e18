"""What may follow what in one worker's days: rests and days in a row, as states.

The rules that look at the order of shifts (rest in periods, rest between shifts, and those of
`solver.search.day_rules`) are compiled into tables: a *state* after a day says all that these rules
must remember, and a table gives the next state for each option of the next day, or that it is
forbidden, and what it costs. What cannot matter any more is left out of a state, so workers with
different histories soon share their states.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.data.problem import Problem, Shift, Worker
from solver.data.rules import RestBetween, RestInPeriod
from solver.data.spans import Span
from solver.search.day_rules import DAY_CODES, NOTHING, Day, DayRules, Mark
from solver.search.legality import Breach, WorkerRules, day_of, overlaps

LONG_AGO = -(10**7)
FORBIDDEN = -1

Option = tuple[Shift, ...]
"""What may begin on one day: nothing, a shift, or several that do not overlap."""


class _Rest(NamedTuple):
    """A rest in a period; soft ones pay points on a level, by its number."""

    period: Span
    rest_min: int
    counts_standby: bool
    level: int | None
    points: int


class _Item(NamedTuple):
    """Time that is fixed: a fact's shift (``span`` from first start to last end), or other time."""

    span: Span
    parts: tuple[Span, ...]
    is_work: bool
    is_standby: bool


class _Slot(NamedTuple):
    """What is fixed from the first start of a day with options to that of the next such day."""

    items: tuple[_Item, ...]
    later: tuple[_Item, ...]
    days: tuple[Day, ...]
    excused: int
    excused_days: frozenset[Breach]


class _Times(NamedTuple):
    worked_until: int
    is_planned: bool
    busy_until: int
    busy_until_standby: int
    rested: int


_State = tuple[_Times, Mark]
"""What rests must remember, and what rules over days must."""

_LONG_SINCE = _Times(LONG_AGO, is_planned=False, busy_until=LONG_AGO, busy_until_standby=LONG_AGO,
                     rested=0)  # fmt: skip
_END: _State = _LONG_SINCE, Mark()

_Paid = tuple[int, ...]
"""How many rests are too short, and points by level of soft rules."""


@dataclass(slots=True)
class _Day:
    """The states after a day, and a row of next states by option for each state before it."""

    ids: dict[_State, int] = field(default_factory=dict)
    states: list[_State] = field(default_factory=list)
    rows: dict[tuple[int, _Slot], int] = field(default_factory=dict)
    table: list[list[int]] = field(default_factory=list)
    event: list[list[int]] = field(default_factory=list)
    events: dict[_Paid, int] = field(default_factory=dict)

    def number(self, state: _State) -> int:
        if state not in self.ids:
            self.ids[state] = len(self.states)
            self.states.append(state)
        return self.ids[state]


@dataclass(frozen=True, slots=True)
class DayTable:
    """The tables of one day for all workers of a rule book.

    Parameters
    ----------
    row_of
        By worker and state before the day: the row in the tables.
    following
        By row and option: the state after the day, or ``FORBIDDEN``.
    event
        By row and option: which of the events happens.
    events
        (e, 1 + levels) Rests before the day's shifts that are shorter than the worker's
        ``below_min``, and points by level of soft rules.
    """

    row_of: npt.NDArray[np.int32]
    following: npt.NDArray[np.int32]
    event: npt.NDArray[np.int32]
    events: npt.NDArray[np.int64]


class Succession:
    """The order rules of workers with one rule book and one short-rest limit.

    Parameters
    ----------
    days
        Indices of the days with options, in order.
    options
        For each of them what may begin on it, nothing first.

    Attributes
    ----------
    first_states
        By worker: the state before the first day.
    tables
        One for each day.
    levels
        On which the soft rules of order cost points.
    """

    def __init__(
        self,
        problem: Problem,
        workers: Sequence[Worker],
        days: Sequence[int],
        options: Sequence[Sequence[Option]],
    ) -> None:
        self._problem = problem
        self._days = tuple(days)
        self._options = options
        self._starts = [min(o[0].span.start for o in day if o) for day in options]
        self._below = max((w.short_rest.below_min for w in workers if w.short_rest), default=0)
        book = problem.rule_book_by_id[workers[0].rule_book]
        self._rests: list[_Rest] = []
        self._between = 0
        self._day_rules = DayRules(problem, book.rules)
        self.levels = self._day_rules.levels
        end = max(shift.span.end for day in options for o in day for shift in o)
        self._names: list[str] = []
        for rule in book.rules:
            match rule:
                case RestBetween():
                    self._between = max(self._between, rule.rest_min)
                case RestInPeriod():
                    for period in rule.periods:
                        if overlaps(period, problem.horizon) and overlaps(
                            period, Span(self._starts[0], end)
                        ):
                            level = None if rule.level is None else self.levels.index(rule.level)
                            self._rests.append(
                                _Rest(
                                    period,
                                    rule.rest_min,
                                    rule.standby_breaks_rest,
                                    level,
                                    rule.points,
                                )
                            )
                            self._names.append(rule.name)
                case _:
                    pass
        self._last_end = end
        self._end = max(
            [end + max(self._between, self._below), *(r.period.end for r in self._rests)]
        )
        self._endings: dict[tuple[_Times, tuple[_Item, ...], int], _Paid | None] = {}
        self._compile(workers)

    def _compile(self, workers: Sequence[Worker]) -> None:
        before, slots = _Day(), []
        firsts = []
        for worker in workers:
            first, mine = self._begin(worker)
            firsts.append(before.number(first))
            slots.append(mine)
        self.first_states = np.array(firsts, np.int32)
        reached: dict[tuple[_Slot, ...], set[int]] = {}
        for begin, mine in zip(firsts, slots, strict=True):
            reached.setdefault(mine, set()).add(begin)
        self.tables: list[DayTable] = []
        for number in range(len(self._days)):
            day = _Day()
            after: dict[tuple[_Slot, ...], set[int]] = {}
            done: dict[tuple[_Slot, frozenset[int]], set[int]] = {}
            for mine, states in reached.items():
                key = (mine[0], frozenset(states))
                if key not in done:
                    done[key] = self._expand(number, mine[0], before.states, states, day)
                after.setdefault(mine[1:], set()).update(done[key])
            row_of = np.full((len(workers), len(before.states)), -1, np.int32)
            columns: dict[_Slot, npt.NDArray[np.int32]] = {}
            for at, mine in enumerate(slots):
                if mine[number] not in columns:
                    columns[mine[number]] = np.array(
                        [day.rows.get((s, mine[number]), -1) for s in range(len(before.states))],
                        np.int32,
                    )
                row_of[at] = columns[mine[number]]
            self.tables.append(
                DayTable(
                    row_of,
                    np.array(day.table, np.int32),
                    np.array(day.event, np.int32),
                    np.array(list(day.events), np.int64).reshape(-1, 1 + len(self.levels)),
                )
            )
            before, reached = day, after
            self._day_rules.forget()
        self._merge()

    def _merge(self) -> None:
        """Make one state of those which allow and cost the same whatever follows."""
        same = np.zeros(1, np.int32)
        for number in range(len(self._days) - 1, -1, -1):
            table = self.tables[number]
            n_options = table.following.shape[1]
            following = np.where(
                table.following == FORBIDDEN, FORBIDDEN, same[np.maximum(table.following, 0)]
            )
            lines, row = np.unique(np.hstack([following, table.event]), axis=0, return_inverse=True)
            row_of = np.where(table.row_of < 0, -1, row.reshape(-1)[np.maximum(table.row_of, 0)])
            row_of, state = np.unique(row_of.astype(np.int32), axis=1, return_inverse=True)
            same = state.reshape(-1).astype(np.int32)
            self.tables[number] = DayTable(
                row_of,
                np.ascontiguousarray(lines[:, :n_options]),
                np.ascontiguousarray(lines[:, n_options:]),
                table.events,
            )
        self.first_states = same[self.first_states]

    def _expand(
        self, number: int, slot: _Slot, states: Sequence[_State], which: set[int], day: _Day
    ) -> set[int]:
        """Return what follows some states on a day, numbered.

        Rests and rules over days do not look at each other, so each is taken over the day once for
        what it remembers, and rules over days once for all options that are alike to them.
        """
        found: set[int] = set()
        planned = [self._over(number, slot, option) for option in self._options[number]]
        sorts: dict[tuple[Day, ...], int] = {}
        sort_of = [sorts.setdefault(days, len(sorts)) for days in planned]
        passed: dict[tuple[Mark, int], tuple[Mark | None, tuple[int, ...]]] = {}
        moved: dict[tuple[_Times, int], tuple[_Times, _Paid] | None] = {}
        for state in sorted(which):
            if (state, slot) not in day.rows:
                day.rows[state, slot] = len(day.table)
                times, mark = states[state]
                row, events = [], []
                for n, option in enumerate(self._options[number]):
                    if (times, n) not in moved:
                        moved[times, n] = self._move(times, number, slot, option)
                    if (mark, sort_of[n]) not in passed:
                        passed[mark, sort_of[n]] = self._over_days(mark, planned[n], slot)
                    following, paid = self._joined(
                        moved[times, n], number, passed[mark, sort_of[n]]
                    )
                    row.append(FORBIDDEN if following is None else day.number(following))
                    events.append(day.events.setdefault(paid, len(day.events)))
                day.table.append(row)
                day.event.append(events)
            found.update(day.table[day.rows[state, slot]])
        found.discard(FORBIDDEN)
        return found

    # What is fixed -------------------------------------------------------------------------------

    def _begin(self, worker: Worker) -> tuple[_State, tuple[_Slot, ...]]:
        """Return the state before the first day, and what is fixed in the slot of each day."""
        items = [
            _Item(fact.span, fact.parts, is_work=True, is_standby=False) for fact in worker.facts
        ]
        items += [_Item(s, (s,), is_work=False, is_standby=False) for s in worker.bound]
        items += [_Item(s, (s,), is_work=False, is_standby=True) for s in worker.standby]
        items.sort()
        rules = WorkerRules(self._problem, worker)
        excused = sum(
            1 << bit
            for bit, (rest, name) in enumerate(zip(self._rests, self._names, strict=True))
            if rest.level is None and (name, *rest.period) in rules.excused
        )
        kinds, tags, fixed = self._fixed_days(worker)
        codes = frozenset(breach for breach in rules.excused if breach[0] in DAY_CODES)
        early = [item for item in items if item.span.start < self._starts[0]]
        times, _, _ = self._pass(_LONG_SINCE, early)
        mark: Mark | None = self._day_rules.nothing
        for day in range(min([self._days[0], self._day_rules.since, *fixed]), self._days[0]):
            more = Day(day, day in fixed, kinds.get(day, NOTHING), tags.get(day, NOTHING))
            mark, _ = self._day_rules.step(mark or self._day_rules.nothing, more, codes)
        times = self._simplified(times, self._starts[0], excused)
        last = len(self._days) - 1
        slots = []
        for number, day in enumerate(self._days):
            begin, end = self._slot_span(number)
            after = self._days[number - 1] + 1 if number else day
            until = max((day, self._day_rules.until, *fixed)) if number == last else day
            slots.append(
                _Slot(
                    tuple(item for item in items if begin <= item.span.start < end),
                    tuple(item for item in items if end <= item.span.start < self._end)
                    if number == last
                    else (),
                    tuple(
                        Day(x, x in fixed, kinds.get(x, NOTHING), tags.get(x, NOTHING))
                        for x in range(after, until + 1)
                    ),
                    excused,
                    codes,
                )
            )
        return (times, mark or self._day_rules.nothing), tuple(slots)

    def _looked_at(self, tags: Iterable[str]) -> frozenset[str]:
        """Return those of some tags that a rule over days looks at."""
        return self._day_rules.tags.intersection(tags)

    def _fixed_days(
        self, worker: Worker
    ) -> tuple[dict[int, frozenset[str]], dict[int, frozenset[str]], set[int]]:
        """Return kinds and tags of facts by day, and the days that are worked in any case."""
        kinds: dict[int, frozenset[str]] = {}
        tags: dict[int, frozenset[str]] = {}
        for fact in worker.facts:
            kinds[fact.day] = kinds.get(fact.day, NOTHING) | {self._problem.kind_of(fact)}
            tags[fact.day] = tags.get(fact.day, NOTHING) | self._looked_at(fact.tags)
        bound = {d for s in worker.bound if (d := day_of(self._problem, s.start)) is not None}
        return kinds, tags, bound | kinds.keys()

    def _slot_span(self, number: int) -> Span:
        last = number == len(self._days) - 1
        return Span(self._starts[number], self._last_end if last else self._starts[number + 1])

    # One step ------------------------------------------------------------------------------------

    def _move(
        self, times: _Times, number: int, slot: _Slot, option: Option
    ) -> tuple[_Times, _Paid] | None:
        """Return what rests remember after a day, and what is paid; nothing if one is a must."""
        own = [(shift.span, shift.parts) for shift in option]
        times, n_short, is_good = self._pass(times, slot.items, own)
        if not is_good:
            return None
        if slot.later:
            lacking = self._end_with(times, number, slot.later, slot.excused)
        else:
            lacking = self._lacking(times, self._starts[number], self._until(number), slot.excused)
        if lacking is None:
            return None
        until = self._until(number)
        times = _LONG_SINCE if until is None else self._simplified(times, until, slot.excused)
        return times, (n_short + lacking[0], *lacking[1:])

    def _until(self, number: int) -> int | None:
        """Return when the next day with options begins."""
        return None if number == len(self._days) - 1 else self._starts[number + 1]

    def _joined(
        self,
        moved: tuple[_Times, _Paid] | None,
        number: int,
        over_days: tuple[Mark | None, tuple[int, ...]],
    ) -> tuple[_State | None, _Paid]:
        """Return the state after a day, nothing if it is forbidden, and what is paid."""
        mark, points = over_days
        if moved is None or mark is None:
            return None, (0,) * (1 + len(self.levels))
        times, paid = moved
        following = _END if number == len(self._days) - 1 else (times, mark)
        return following, _sum(paid, (0, *points))

    def _over(self, number: int, slot: _Slot, option: Option) -> tuple[Day, ...]:
        """Return the days of a slot, an option planned on one of them."""
        if not option:
            return slot.days
        kinds = {shift.kind for shift in option}
        tags = self._looked_at(tag for shift in option for tag in shift.tags)
        return tuple(
            day._replace(is_worked=True, kinds=day.kinds | kinds, tags=day.tags | tags)
            if day.day == self._days[number]
            else day
            for day in slot.days
        )

    def _over_days(
        self, mark: Mark, days: Iterable[Day], slot: _Slot
    ) -> tuple[Mark | None, tuple[int, ...]]:
        """Take a mark over days."""
        total = (0,) * len(self.levels)
        for day in days:
            after, points = self._day_rules.step(mark, day, slot.excused_days)
            if after is None:
                return None, total
            mark = after
            total = _sum(total, points)
        return mark, total

    def _end_with(
        self, times: _Times, number: int, later: tuple[_Item, ...], excused: int
    ) -> _Paid | None:
        """Return what fixed time after all that is planned pays; nothing if it clashes."""
        end = self._last_end
        before = self._lacking(times, self._starts[number], end, excused)
        if before is None:
            return None
        times = self._simplified(times, end, excused)
        key = (times, later, excused)
        if key not in self._endings:
            final, n_short, is_good = self._pass(times, later)
            lacking = self._lacking(final, end, None, excused) if is_good else None
            self._endings[key] = None if lacking is None else (n_short, *lacking[1:])
        after = self._endings[key]
        return None if after is None else _sum(before, after)

    def _pass(
        self,
        times: _Times,
        items: Iterable[_Item],
        planned: Iterable[tuple[Span, tuple[Span, ...]]] = (),
    ) -> tuple[_Times, int, bool]:
        """Let fixed and planned time pass; return times, short rests, and whether it may be."""
        works = [(item.span, False) for item in items if item.is_work]
        works += [(span, True) for span, _ in planned]
        worked, is_planned, n_short = times.worked_until, times.is_planned, 0
        for span, is_mine in sorted(works):
            is_short = span.start - worked < self._between or span.start < worked
            if is_short and (is_mine or is_planned):
                return times, 0, False
            if (
                span.start - worked < self._below
                and self._problem.horizon.start <= span.start < self._problem.horizon.end
            ):
                n_short += 1
            is_planned, worked = is_mine, max(worked, span.end)
        busy = [(part, item.is_standby) for item in items for part in item.parts]
        busy += [(part, False) for _, parts in planned for part in parts]
        until = [times.busy_until, times.busy_until_standby]
        rested = times.rested
        for part, is_standby in sorted(busy):
            for bit, rest in enumerate(self._rests):
                if rested >> bit & 1 or (is_standby and not rest.counts_standby):
                    continue
                since = max(until[rest.counts_standby], rest.period.start)
                if min(part.start, rest.period.end) - since >= rest.rest_min:
                    rested |= 1 << bit
            for kind in (1,) if is_standby else (0, 1):
                until[kind] = max(until[kind], part.end)
        return (
            _Times(worked, is_planned, until[0], until[1], rested),
            n_short,
            True,
        )

    def _lacking(self, times: _Times, since: int, until: int | None, excused: int) -> _Paid | None:
        """Return what rests pay that lack when their periods end; nothing if one is a must.

        Looked at are the periods that are over by a minute and were not before.
        """
        points = [0] * len(self.levels)
        for bit, rest in enumerate(self._rests):
            if (times.rested | excused) >> bit & 1 or rest.period.end <= since:
                continue
            if until is not None and rest.period.end > until:
                continue
            busy = max(
                (times.busy_until, times.busy_until_standby)[rest.counts_standby],
                rest.period.start,
            )
            if rest.period.end - busy < rest.rest_min:
                if rest.level is None:
                    return None
                points[rest.level] += rest.points
        return (0, *points)

    def _simplified(self, times: _Times, now: int, excused: int) -> _Times:
        """Return times without what cannot matter from a minute on."""
        rested, lower = 0, [now, now]
        for bit, rest in enumerate(self._rests):
            if rest.period.end <= now:
                continue
            kind = int(rest.counts_standby)
            busy = max((times.busy_until, times.busy_until_standby)[kind], rest.period.start)
            if (times.rested | excused) >> bit & 1 or (
                min(now, rest.period.end) - busy >= rest.rest_min
            ):
                rested |= 1 << bit
            else:
                lower[kind] = min(lower[kind], rest.period.start)
        is_recent = times.worked_until > now - self._between
        return _Times(
            max(times.worked_until, now - max(self._between, self._below)),
            times.is_planned and is_recent,
            max(times.busy_until, lower[0]),
            max(times.busy_until_standby, lower[1]),
            rested,
        )


def _sum(one: _Paid, other: _Paid) -> _Paid:
    return tuple(map(sum, zip(one, other, strict=True)))
