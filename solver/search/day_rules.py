"""The rules that look at a worker's days one after the other, as steps from state to state.

They are days in a row at work and off, weekends, and what may follow what. A *mark* after a day
says all that these rules must remember; a step takes a mark over one more day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from solver.data.problem import Problem
from solver.data.rules import (
    ConsecutiveDays,
    ConsecutiveDaysOff,
    CountOfShifts,
    ForbiddenSequence,
    RestInPeriod,
    Rule,
    Weekends,
)
from solver.search.legality import (
    Breach,
    DayRule,
    holds_on,
    horizon_days,
    like_sequence,
    long_row,
    near_weekends,
    short_row,
    too_many_weekends,
    weekends_in_row,
)
from solver.search.steps import steps_of

NOTHING: frozenset[str] = frozenset()

DAY_CODES = frozenset(
    {
        "consecutive-days",
        "too-few-days",
        "too-few-days-off",
        "forbidden-sequence",
        "weekends",
        "weekends-in-row",
        "split-weekend",
    }
)
"""Codes of the breaches of these rules."""


_TYING = ConsecutiveDaysOff, CountOfShifts, Weekends


def ties_weeks(problem: Problem) -> bool:
    """Tell whether somebody's rules tie the weeks together, so that none can be kept for itself."""
    used = {worker.rule_book for worker in problem.workers}
    rules = [rule for book in problem.rule_books if book.id in used for rule in book.rules]
    return any(
        rule.has_days_off if isinstance(rule, ForbiddenSequence) else isinstance(rule, _TYING)
        for rule in rules
    )


_Weekend = tuple[int, bool, bool, int]


class Mark(NamedTuple):
    """What is known after a day.

    Parameters
    ----------
    row, off
        Days worked and days off in a row up to the day; no more than can matter.
    begun
        By rule: how its sequences have begun, as `solver.search.steps` says.
    tagged
        By rule that counts days with tags: such days in a row up to the day.
    weekends
        By rule: weekends worked, whether some day of the present one was worked, or was off, and
        weekends worked in a row before it.
    """

    row: int = 0
    off: int = 0
    begun: tuple[int, ...] = ()
    tagged: tuple[int, ...] = ()
    weekends: tuple["_Weekend", ...] = ()


class Day(NamedTuple):
    """One day as it is worked."""

    day: int
    is_worked: bool
    kinds: frozenset[str]
    tags: frozenset[str] = NOTHING


_Paid = tuple[int, ...] | None
"""Points by level; nothing for what is forbidden."""


@dataclass(slots=True)
class _Known:
    """What follows each part of a mark on a day, and what is paid for it."""

    rows: dict[tuple[int, int], tuple[tuple[int, int], _Paid]] = field(default_factory=dict)
    tagged: dict[tuple[int, ...], tuple[tuple[int, ...], _Paid]] = field(default_factory=dict)
    begun: dict[tuple[int, ...], tuple[tuple[int, ...], _Paid]] = field(default_factory=dict)
    weekends: dict[tuple[_Weekend, ...], tuple[tuple[_Weekend, ...], _Paid]] = field(
        default_factory=dict
    )


class DayRules:
    """The rules of a book that look at days.

    Attributes
    ----------
    levels
        On which soft ones cost points, and those of rest in periods.
    tags
        That some rule looks at.
    since, until
        The first and the last day that can matter.
    """

    def __init__(self, problem: Problem, rules: Sequence[Rule]) -> None:
        self._rows: list[ConsecutiveDays] = []
        self._tagged: list[ConsecutiveDays] = []
        self._offs: list[ConsecutiveDaysOff] = []
        self._sequences: list[ForbiddenSequence] = []
        self._weekends: list[Weekends] = []
        for rule in rules:
            match rule:
                case ConsecutiveDays():
                    (self._tagged if rule.tags else self._rows).append(rule)
                case ConsecutiveDaysOff():
                    self._offs.append(rule)
                case ForbiddenSequence():
                    self._sequences.append(rule)
                case Weekends():
                    self._weekends.append(rule)
                case _:
                    pass
        found: list[DayRule] = [*self._rows, *self._tagged, *self._offs]
        found += [*self._sequences, *self._weekends]
        self.tags = NOTHING.union(*(rule.tags for rule in self._tagged))
        used = {rule.level for rule in found}
        used |= {rule.level for rule in rules if isinstance(rule, RestInPeriod)}
        self.levels = tuple(level for level in problem.levels if level in used)
        self._number = {level: n for n, level in enumerate(self.levels)}
        self._first, self._last = horizon_days(problem)
        self._longest_row = max((max(r.most + 1, r.least) for r in self._rows), default=0)
        self._longest_off = max((max((r.most or 0) + 1, r.least) for r in self._offs), default=0)
        self._steps = [steps_of(rule) for rule in self._sequences]
        near = [near_weekends(problem, rule) for rule in self._weekends]
        self._weekend_of = [{day: weekend for weekend in mine for day in weekend} for mine in near]
        days = [day for mine in near for weekend in mine for day in weekend]
        self._row_of = [
            {day: weekend for weekend in rule.weekends for day in weekend}
            if rule.most_in_row is not None
            else {}
            for rule in self._weekends
        ]
        self.until = max([self._last, *days]) if found else -1
        days += [min(mine) for mine in self._row_of if mine]
        days += [max(0, self._first - steps.most_before) for steps in self._steps]
        self.since = min([self._first, *days]) if found else 10**9
        self._known: dict[tuple[Day, frozenset[Breach]], _Known] = {}

    @property
    def nothing(self) -> Mark:
        """The mark before all days."""
        return Mark(
            begun=(0,) * len(self._sequences),
            tagged=(0,) * len(self._tagged),
            weekends=((0, False, False, 0),) * len(self._weekends),
        )

    def step(
        self, mark: Mark, day: Day, excused: frozenset[Breach]
    ) -> tuple[Mark | None, tuple[int, ...]]:
        """Return the mark after a day, nothing where a hard rule forbids it, and points by level.

        Parameters
        ----------
        excused
            What facts alone break.
        """
        if (day, excused) not in self._known:
            self._known[day, excused] = _Known()
        known = self._known[day, excused]
        rows = mark.row, mark.off
        if rows not in known.rows:
            after, found = self._in_rows(mark, day)
            known.rows[rows] = after, self._charged(found, excused)
        if mark.tagged not in known.tagged:
            tagged, found = self._in_tagged(mark, day)
            known.tagged[mark.tagged] = tagged, self._charged(found, excused)
        if mark.begun not in known.begun:
            begun, found = self._in_sequences(mark, day)
            known.begun[mark.begun] = begun, self._charged(found, excused)
        if mark.weekends not in known.weekends:
            weekends, found = self._in_all_weekends(mark, day, excused)
            known.weekends[mark.weekends] = weekends, self._charged(found, excused)
        (row, off), for_rows = known.rows[rows]
        tagged, for_tagged = known.tagged[mark.tagged]
        begun, for_begun = known.begun[mark.begun]
        weekends, for_weekends = known.weekends[mark.weekends]
        if for_rows is None or for_tagged is None or for_begun is None or for_weekends is None:
            return None, ()
        paid = zip(for_rows, for_tagged, for_begun, for_weekends, strict=True)
        return Mark(row, off, begun, tagged, weekends), tuple(map(sum, paid))

    def forget(self) -> None:
        """Forget the steps taken, which are kept for marks of the same days."""
        self._known.clear()

    def _charged(
        self, found: Iterable[tuple[DayRule, Breach, int]], excused: frozenset[Breach]
    ) -> _Paid:
        """Return by level what breaches cost; nothing where a hard rule forbids one."""
        points = [0] * len(self.levels)
        for broken, breach, n in found:
            if broken.level is not None:
                points[self._number[broken.level]] += n * broken.points
            elif breach not in excused:
                return None
        return tuple(points)

    def _in_rows(
        self, mark: Mark, day: Day
    ) -> tuple[tuple[int, int], list[tuple[DayRule, Breach, int]]]:
        row, off = (mark.row + 1, 0) if day.is_worked else (0, mark.off + 1)
        found: list[tuple[DayRule, Breach, int]] = []
        for rule in self._rows:
            found += self._in_row(rule, mark.row, row, day.day)
        found += self._in_offs(mark, off, day)
        return (min(row, self._longest_row), min(off, self._longest_off)), found

    def _in_tagged(
        self, mark: Mark, day: Day
    ) -> tuple[tuple[int, ...], list[tuple[DayRule, Breach, int]]]:
        tagged = []
        found: list[tuple[DayRule, Breach, int]] = []
        for rule, before in zip(self._tagged, mark.tagged, strict=True):
            now = 0 if rule.tags.isdisjoint(day.tags) else before + 1
            tagged.append(min(now, max(rule.most + 1, rule.least)))
            found += self._in_row(rule, before, now, day.day)
        return tuple(tagged), found

    def _in_all_weekends(
        self, mark: Mark, day: Day, excused: frozenset[Breach]
    ) -> tuple[tuple[_Weekend, ...], list[tuple[DayRule, Breach, int]]]:
        weekends = []
        found: list[tuple[DayRule, Breach, int]] = []
        for number in range(len(self._weekends)):
            mine, others = self._in_weekends(number, mark.weekends[number], day, excused)
            weekends.append(mine)
            found += others
        return tuple(weekends), found

    def _in_row(
        self, rule: ConsecutiveDays, before: int, row: int, day: int
    ) -> Iterable[tuple[ConsecutiveDays, Breach, int]]:
        """Yield what a day breaks that makes a row of worked days longer, or ends it."""
        is_inside = self._first <= day <= self._last
        if row > rule.most and (rule.level is None or is_inside) and holds_on(rule, day):
            yield rule, long_row(rule, day - rule.most), 1
        if not row and 0 < before < rule.least:
            first = day - before
            if first > self._first and day - 1 < self._last and holds_on(rule, day - 1):
                yield rule, short_row(rule, first, day - 1), rule.least - before

    def _in_offs(
        self, mark: Mark, off: int, day: Day
    ) -> Iterable[tuple[ConsecutiveDaysOff, Breach, int]]:
        for rule in self._offs:
            most = rule.most
            is_long = most is not None and off > most
            if (
                is_long
                and self._first + (most or 0) <= day.day <= self._last
                and holds_on(rule, day.day)
            ):
                yield rule, ("too-many-days-off", day.day - (most or 0), day.day), 1
            if day.is_worked and 0 < mark.off < rule.least:
                first, last = day.day - mark.off, day.day - 1
                if first > self._first and last < self._last and holds_on(rule, last):
                    yield rule, short_row(rule, first, day.day - 1), rule.least - mark.off

    def _in_sequences(
        self, mark: Mark, day: Day
    ) -> tuple[tuple[int, ...], list[tuple[DayRule, Breach, int]]]:
        after: list[int] = []
        found: list[tuple[DayRule, Breach, int]] = []
        is_off = not day.is_worked and day.day <= self._last
        for rule, steps, begun in zip(self._sequences, self._steps, mark.begun, strict=True):
            state, lengths = steps.after(
                begun, day.day, day.kinds, is_worked=day.is_worked, is_off=is_off
            )
            after.append(state)
            found += [
                (rule, like_sequence(rule, day.day - length + 1, day.day), 1) for length in lengths
            ]
        return tuple(after), found

    def _in_weekends(
        self,
        number: int,
        state: _Weekend,
        day: Day,
        excused: frozenset[Breach],
    ) -> tuple[_Weekend, Sequence[tuple[Weekends, Breach, int]]]:
        rule, weekend = self._weekends[number], self._weekend_of[number].get(day.day)
        n, has_worked, was_off, n_in_row = state
        if weekend is None:
            return self._far_weekend(number, state, day), ()
        found: list[tuple[Weekends, Breach, int]] = []
        most_in_row = rule.most_in_row
        if day.is_worked and not has_worked and most_in_row is not None and n_in_row >= most_in_row:
            found.append((rule, weekends_in_row(rule, weekend), 1))
        too_many = too_many_weekends(rule)
        if day.is_worked and not has_worked and rule.most is not None:
            if n >= rule.most:
                found.append((rule, too_many, 1))
            n = 0 if rule.level is None and too_many in excused else min(n + 1, rule.most)
        has_worked, was_off = has_worked or day.is_worked, was_off or not day.is_worked
        if day.day < weekend[-1]:
            return (n, has_worked, was_off and rule.is_complete, n_in_row), found
        is_inside = self._first <= weekend[0] and weekend[-1] <= self._last
        if rule.is_complete and has_worked and was_off and is_inside:
            found.append((rule, ("split-weekend", weekend[0], 0), 1))
        return (n, False, False, _longer(rule, n_in_row, is_worked=has_worked)), found

    def _far_weekend(self, number: int, state: _Weekend, day: Day) -> _Weekend:
        """Return the state after a day of no weekend, or of one that only makes a row longer."""
        weekend = self._row_of[number].get(day.day)
        if weekend is None:
            return state
        n, has_worked, was_off, n_in_row = state
        has_worked = has_worked or day.is_worked
        if day.day < weekend[-1]:
            return (n, has_worked, was_off, n_in_row)
        return (n, False, False, _longer(self._weekends[number], n_in_row, is_worked=has_worked))


def _longer(rule: Weekends, n_in_row: int, *, is_worked: bool) -> int:
    """Return how many weekends in a row are worked after one more; no more than can matter."""
    return min(n_in_row + 1, rule.most_in_row or 0) if is_worked else 0
