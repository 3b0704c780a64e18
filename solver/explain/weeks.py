"""The cheapest legal week of one worker that does what is asked, all others' weeks as they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from solver.data.problem import Shift, Task, Worker
from solver.data.solution import PlacedTask
from solver.explain.draft import SHARED, Draft
from solver.explain.ledger import Sums
from solver.explain.own_table import OwnTable
from solver.explain.ways import Way, Ways

Rows = npt.NDArray[np.int16]

_MOST_OTHER_DAYS = 2
"""Days beside those that must change on which a week may differ from today's."""

_NEAR_DAYS = 7
"""How far from what is asked other days may change."""

_MOST_ROWS = 40_000
"""Weeks that are priced; those with fewer changes first."""

_MOST_TRIED = 300
"""Weeks whose rules are judged, the cheapest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a week is asked for.

    Parameters
    ----------
    task
        To be done by the worker.
    shifts
        One of them is to be worked; any will do when empty.
    avoided
        None of them is to be worked.
    is_led
        Another will be the lead of the team on those shifts.
    """

    task: Task | None = None
    shifts: frozenset[str] = frozenset()
    avoided: frozenset[str] = frozenset()
    is_led: bool = False


@dataclass(frozen=True, slots=True)
class _Option:
    """What may be planned on a day: shifts, and what they pay beside the worker's own cost."""

    shifts: tuple[Shift, ...]
    rest: Sums
    is_allowed: bool
    is_wanted: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """A legal week: by day that changes, the shift that is planned on it now, or none."""

    planned: tuple[str, ...]
    changed: Mapping[int, str | None]
    sums: Sums


class Weeks:
    """Picks weeks anew in one roster.

    A week differs from today's on the days that must change and on at most two others. Of those
    weeks the cheapest legal one is found, unless hundreds cheaper than it break a rule.
    """

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.ledger = ways.ledger
        self.roster = ways.roster
        self.problem = ways.problem
        self._known: dict[tuple[str, int], list[_Option]] = {}

    def repicked(self, worker: Worker, aim: Aim, below: Sums | None = None) -> Way | None:
        """Return the way in which a worker does what is asked; nothing when no week was found.

        Parameters
        ----------
        below
            Only weeks that cost less are of interest.
        """
        week = self.cheapest(worker, aim, below)
        if week is None:
            return None
        return self.applied(Draft(self.roster), worker, week, aim.task)

    def applied(
        self, draft: Draft, worker: Worker, week: Week, task: Task | None = None
    ) -> Way | None:
        """Return a week put into a draft, priced and judged; nothing when it does not go in."""
        draft = draft.copy()
        dropped: list[PlacedTask] = []
        for number, name in sorted(week.changed.items()):
            room = self._cleared(draft, worker, number)
            dropped += room
            if name is None:
                continue
            shift = self.problem.shift_by_id[name]
            does = task if task is not None and name in self.roster.fitting(task) else None
            way = self.ways.new_shift(draft, (worker.id,), shift, does, also=room)
            if way is None:
                return None
            draft = way.draft
        return self.ways.priced(draft, (worker.id,), dropped)

    def _cleared(self, draft: Draft, worker: Worker, day: int) -> list[PlacedTask]:
        """Take off what a worker plans to work on a day; return the tasks that were in it."""
        names = self._on_day(draft.planned(worker.id), day)
        return [gone for name in names for gone in draft.take_off(worker.id, name)]

    def _on_day(self, names: Iterable[str], day: int) -> list[str]:
        return [name for name in names if self.problem.shift_by_id[name].day == day]

    def cheapest(self, worker: Worker, aim: Aim, below: Sums | None = None) -> Week | None:
        """Return the cheapest legal week that does what is asked, for who does not do it yet."""
        heads = self.roster.heads.get(aim.task.id, ()) if aim.task is not None else ()
        if any(placed.worker == worker.id for placed in heads):
            return None
        days, options = self._options(worker, aim)
        rows = self._rows(options, aim)
        if not len(rows):
            return None
        table = OwnTable(self.ledger, worker.id, [[o.shifts for o in mine] for mine in options])
        now = table.sums(np.zeros((1, len(days)), np.int16))
        costs = table.sums(rows) - now
        for day, mine in enumerate(options):
            costs += np.array([option.rest for option in mine], np.int64)[rows[:, day]]
        alive = table.keeps_working_time(rows)
        rows, costs = rows[alive], costs[alive]
        judge = _Judge(self.ways, worker, options)
        best = judge.first_legal(rows, costs, below)
        if best is None:
            return None
        names = {
            number: options[day][choice].shifts
            for day, (number, choice) in enumerate(zip(days, rows[best], strict=True))
            if choice
        }
        planned = [s.id for o, n in zip(options, rows[best], strict=True) for s in o[n].shifts]
        return Week(
            tuple(sorted(planned)),
            {number: shifts[0].id if shifts else None for number, shifts in names.items()},
            tuple(costs[best].tolist()),
        )

    def _options(self, worker: Worker, aim: Aim) -> tuple[list[int], list[list[_Option]]]:
        """Return the days on which something is, or may be, planned, and the options of each.

        The first option of a day is what is planned today; far from what is asked it is the only.
        """
        by_id = self.problem.shift_by_id
        planned = self.roster.planned(worker.id)
        days = sorted({by_id[name].day for name in (*planned, *worker.shifts)})
        asked = set(aim.shifts) or aim.avoided.intersection(planned)
        if aim.task is not None:
            asked |= self.roster.fitting(aim.task).keys()
        hot = {by_id[name].day for name in asked}
        near = {day for day in days if any(abs(day - other) <= _NEAR_DAYS for other in hot)}
        return days, [
            list(self._of_day(worker, day, aim))
            if day in near
            else [_Option(self._today(worker, day), self.ledger.nothing, is_allowed=True)]
            for day in days
        ]

    def _today(self, worker: Worker, day: int) -> tuple[Shift, ...]:
        names = self._on_day(self.roster.planned(worker.id), day)
        return tuple(self.problem.shift_by_id[name] for name in names)

    def _of_day(self, worker: Worker, day: int, aim: Aim) -> Iterator[_Option]:
        for option in self._plain(worker, day):
            names = {shift.id for shift in option.shifts}
            if not aim.avoided.isdisjoint(names):
                yield replace(option, is_allowed=False)
            elif aim.task is None and not aim.shifts.isdisjoint(names):
                is_allowed = option.is_allowed or aim.is_led
                yield replace(option, is_wanted=True, is_allowed=is_allowed)
            else:
                yield option
        if aim.task is not None:
            yield from self._with_task(worker, day, aim.task)

    def _plain(self, worker: Worker, day: int) -> list[_Option]:
        """Return what may be planned on a day, today's first; remembered."""
        key = (worker.id, day)
        if key not in self._known:
            draft, shifts = Draft(self.roster), self._today(worker, day)
            found = [_Option(shifts, self.ledger.nothing, is_allowed=True)]
            if all(draft.can_leave(worker.id, shift.id) for shift in shifts):
                room = self._cleared(draft, worker, day)
                if shifts:
                    found.append(self._option(worker, (), self.ways.priced(draft, (worker.id,))))
                offered = self._on_day(worker.shifts, day)
                found += self._given(worker, draft, offered, None, room)
            self._known[key] = found
        return self._known[key]

    def _with_task(self, worker: Worker, day: int, task: Task) -> Iterator[_Option]:
        """Yield what may be planned on a day to do a task."""
        fitting = self.roster.fitting(task)
        names = [name for name in self._on_day(worker.shifts, day) if name in fitting]
        draft = Draft(self.roster)
        today = self._today(worker, day)
        if all(draft.can_leave(worker.id, shift.id) for shift in today):
            room = self._cleared(draft, worker, day)
            for option in self._given(worker, draft, names, task, room):
                yield replace(option, is_wanted=True)

    def _given(
        self,
        worker: Worker,
        draft: Draft,
        names: Iterable[str],
        task: Task | None,
        room: Sequence[PlacedTask],
    ) -> Iterator[_Option]:
        """Yield the shifts that a worker may be given on a day on which none is planned any more.

        Tasks that were done on that day are taken along where they fit.
        """
        today = self.roster.worked.get(worker.id, {})
        for name in names:
            if name not in today and not self.roster.breaches_with(worker.id, (), name):
                shift = self.problem.shift_by_id[name]
                way = self.ways.new_shift(draft, (worker.id,), shift, task, also=room)
                if way is not None:
                    yield self._option(worker, (shift,), way)

    def _option(self, worker: Worker, shifts: tuple[Shift, ...], way: Way) -> _Option:
        """Return an option with what it pays beside what the shifts themselves cost the worker."""
        after = self.ledger.of_shifts(worker.id, way.draft.planned(worker.id))
        now = self.ledger.of_shifts(worker.id, self.roster.planned(worker.id))
        rest = tuple(s - a + n for s, a, n in zip(way.sums, after, now, strict=True))
        return _Option(shifts, rest, is_allowed=SHARED.isdisjoint(way.codes))

    def _rows(self, options: Sequence[Sequence[_Option]], aim: Aim) -> Rows:
        """Return the weeks to choose from, as a number of an option for each day."""
        everyday = [[n for n, o in enumerate(mine) if o.is_allowed] for mine in options]
        must = {day: mine for day, mine in enumerate(everyday) if 0 not in mine}
        if not everyday or not all(everyday):  # no day may change, or one has nothing legal
            return np.zeros((0, len(options)), np.int16)
        if aim.task is None and not aim.shifts:
            return self._joined(self._blocks([must], everyday), len(options))
        asked = [
            {**must, day: wanted}
            for day, mine in enumerate(options)
            if (wanted := [n for n in everyday[day] if mine[n].is_wanted])
        ]
        return self._joined(self._blocks(asked, everyday), len(options))

    @staticmethod
    def _joined(blocks: Iterable[Rows], n_days: int) -> Rows:
        rows = [np.zeros((0, n_days), np.int16)]
        n_rows = 0
        for block in blocks:
            n_rows += len(block)
            if n_rows > _MOST_ROWS:
                break
            rows.append(block)
        return np.concatenate(rows)

    @staticmethod
    def _blocks(
        asked: Sequence[Mapping[int, list[int]]], everyday: Sequence[list[int]]
    ) -> Iterator[Rows]:
        """Yield weeks that differ from today's on days that must and few others, the fewer first.

        Parameters
        ----------
        asked
            For each thing that will do, the options to choose from on the days that must change.
        """
        for n_more in range(_MOST_OTHER_DAYS + 1):
            for must in asked:
                others = [
                    day for day, mine in enumerate(everyday) if day not in must and len(mine) > 1
                ]
                for more in combinations(others, n_more):
                    choices = {**must, **{day: [n for n in everyday[day] if n] for day in more}}
                    grid = [choices.get(day, [0]) for day in range(len(everyday))]
                    mesh = np.meshgrid(*grid, indexing="ij")
                    yield np.stack([axis.ravel() for axis in mesh], axis=1).astype(np.int16)


class _Judge:
    """Finds the first legal of many weeks, learning which two shifts never go together."""

    def __init__(self, ways: Ways, worker: Worker, options: Sequence[Sequence[_Option]]) -> None:
        self.roster = ways.roster
        self.worker = worker
        self.options = options
        self._seen: set[tuple[int, int, int, int]] = set()

    def first_legal(
        self, rows: Rows, costs: npt.NDArray[np.int64], below: Sums | None
    ) -> int | None:
        """Return the number of the cheapest legal week, of equal ones one with few changes."""
        n_changed = (rows > 0).sum(axis=1)
        order = np.lexsort((n_changed, *costs.T[::-1]))
        alive = np.ones(len(rows), bool)
        n_tried = 0
        for number in order.tolist():
            if not alive[number]:
                continue
            if below is not None and tuple(costs[number].tolist()) >= below:
                return None
            if not self._codes(rows[number]):
                return int(number)
            n_tried += 1
            if n_tried >= _MOST_TRIED:
                return None
            self._learn(rows, number, alive)
        return None

    def _codes(self, row: npt.NDArray[np.int16]) -> frozenset[str]:
        names = [s.id for mine, n in zip(self.options, row, strict=True) for s in mine[n].shifts]
        return self.roster.breaches(self.worker.id, tuple(sorted(names)))

    def _learn(self, rows: Rows, number: int, alive: npt.NDArray[np.bool_]) -> None:
        """Strike out all weeks with two shifts in a row that break a rule by themselves."""
        row = rows[number]
        worked = [day for day, n in enumerate(row) if self.options[day][n].shifts]
        for one, two in pairwise(worked):
            key = (one, int(row[one]), two, int(row[two]))
            if key in self._seen:
                continue
            self._seen.add(key)
            names = [s.id for day in (one, two) for s in self.options[day][row[day]].shifts]
            if self.roster.breaches(self.worker.id, tuple(sorted(names))):
                alive &= ~((rows[:, one] == row[one]) & (rows[:, two] == row[two]))
