"""Forbidden sequences as steps from day to day.

A *state* says which beginnings of sequences the days up to now end with: one bit for each beginning
that differs, so that sequences which begin alike share it. A day leads from state to state, and
ends the sequences that it is the last step of.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from solver.data.rules import ANY_WORK, ForbiddenSequence

_START = -1


class Steps:
    """The sequences of one rule.

    Attributes
    ----------
    most_before
        Days before a sequence's last one, at most.
    """

    def __init__(self, rule: ForbiddenSequence) -> None:
        self._first_days = rule.first_days
        self._has_days_off = rule.has_days_off
        self.most_before = max((len(steps) - 1 for steps in rule.sequences), default=0)
        whole = frozenset(rule.sequences)
        begun = {steps[:n] for steps in whole for n in range(1, len(steps))}
        bits = {beginning: bit for bit, beginning in enumerate(sorted(begun, key=repr))}
        self._next: dict[int, dict[str | None, tuple[int, int]]] = {
            bit: {} for bit in range(_START, len(bits))
        }
        for steps in begun | whole:
            before = bits[steps[:-1]] if len(steps) > 1 else _START
            state = 1 << bits[steps] if steps in bits else 0
            self._next[before][steps[-1]] = state, len(steps) if steps in whole else 0

    def after(
        self, state: int, day: int, kinds: Collection[str], *, is_worked: bool, is_off: bool
    ) -> tuple[int, tuple[int, ...]]:
        """Return the state after a day, and the numbers of days of the sequences that it ends."""
        signs: list[str | None] = [*kinds, ANY_WORK] if is_worked else [None] if is_off else []
        following, lengths = 0, set[int]()
        for before, known in self._next.items():
            if before == _START:
                if self._first_days and day not in self._first_days:
                    continue
            elif not state >> before & 1:
                continue
            for sign in signs:
                if sign in known:
                    mine, length = known[sign]
                    following |= mine
                    lengths.add(length)
        return following, tuple(sorted(lengths - {0}))

    def rows(
        self, last: int, worked: Collection[int], kinds: Mapping[int, Collection[str]]
    ) -> Iterator[tuple[int, int]]:
        """Yield the first and the last day of each row of days that goes like a sequence.

        Parameters
        ----------
        last
            Until when a day without work is known to be off.
        """
        state, until = 0, max([last, *worked])
        for day in range(until + 1) if self._has_days_off else sorted(worked):
            if not self._has_days_off and day - 1 not in worked:
                state = 0
            is_worked = day in worked
            state, lengths = self.after(
                state, day, kinds.get(day, ()), is_worked=is_worked, is_off=day <= last
            )
            for length in lengths:
                yield day - length + 1, day


@lru_cache(maxsize=256)
def steps_of(rule: ForbiddenSequence) -> Steps:
    """Return the sequences of a rule as steps, made once."""
    return Steps(rule)
