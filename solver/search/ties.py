"""What pairings ask of shifts, as sums: the search's one notion of who works with whom.

A *tie* is broken when more of some shifts are worked than of others and a number beside. So it is a
row of a linear model as it stands. Given shifts are counted in the number.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from solver.data.pairings import Apart, Pairing, Together
from solver.data.problem import Problem, Worker
from solver.data.spans import Span
from solver.search.legality import overlaps

Has = tuple[str, str]
"""A worker and a shift that may be planned for the worker."""

Key = tuple[object, ...]
"""Of what is paid once, however many ties of it are broken."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Of ``more`` no more may be worked than of ``less``, and ``most``.

    Parameters
    ----------
    code
        Which breach it is.
    level, points
        What a breach costs, once for all ties with the same key; no level for a hard one.
    """

    code: str
    key: Key
    level: str | None
    points: int
    more: tuple[Has, ...]
    less: tuple[Has, ...]
    most: int

    def is_broken(self, has: Collection[Has]) -> bool:
        """Return whether planned shifts break it."""
        n_more = sum(each in has for each in self.more)
        return n_more > self.most and n_more - sum(each in has for each in self.less) > self.most


@dataclass(frozen=True, slots=True)
class _Work:
    """A shift that a worker has, or may have."""

    day: int
    parts: tuple[Span, ...]
    shift: str | None
    is_open: bool


@dataclass(slots=True)
class Ties:
    """All ties of a problem.

    Parameters
    ----------
    also
        Shifts by worker that are planned beside those on offer.

    Attributes
    ----------
    constants
        By level the points of what facts alone break.
    """

    problem: Problem
    also: Mapping[str, Iterable[str]] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    constants: dict[str, int] = field(default_factory=dict)
    _keys: dict[Has, dict[Key, None]] = field(default_factory=lambda: defaultdict(dict))
    _with_key: dict[Key, list[Tie]] = field(default_factory=lambda: defaultdict(list))
    _beside: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for number, pairing in enumerate(self.problem.pairings):
            if isinstance(pairing, Apart):
                self._add(pairing, list(self._apart(number, pairing)))
            else:
                self._add(pairing, list(self._together(number, pairing)))
        for tie in self.ties:
            self._with_key[tie.key].append(tie)
            names = {name for name, _ in (*tie.more, *tie.less)}
            for each in (*tie.more, *tie.less):
                self._keys[each][tie.key] = None
                self._beside[each[0]] |= names

    def _add(self, pairing: Pairing, found: list[Tie]) -> None:
        """Keep the ties that what is planned can break, and count what is broken anyhow."""
        lost = {tie.key for tie in found if not tie.less and len(tie.more) == 0 > tie.most}
        if pairing.level is not None:
            more = len(lost) * pairing.points
            self.constants[pairing.level] = self.constants.get(pairing.level, 0) + more
        self.ties += [tie for tie in found if tie.key not in lost and len(tie.more) > tie.most]

    def touching(self, changed: Iterable[Has]) -> list[Tie]:
        """Return the ties in which some shifts of workers stand, and all of the same keys."""
        keys = dict.fromkeys(key for each in changed for key in self._keys.get(each, ()))
        return [tie for key in keys for tie in self._with_key[key]]

    def untied(self, names: Iterable[str]) -> list[str]:
        """Return some workers without those who share a tie with one before them."""
        found: list[str] = []
        beside: set[str] = set()
        for name in names:
            if name not in beside:
                found.append(name)
                beside |= self._beside.get(name, set())
        return found

    def is_tied(self, one: str, other: str) -> bool:
        """Return whether two workers share a tie."""
        return other in self._beside.get(one, ())

    def points(self, chosen: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, int]]:
        """Yield level and points of all that planned shifts, by worker, and facts break."""
        yield from self.constants.items()
        if self.ties:
            yield from paid(self.ties, planned(chosen))

    def faults(self, chosen: Mapping[str, Iterable[str]]) -> list[Tie]:
        """Return the hard ties that planned shifts break."""
        has = planned(chosen) if self.ties else ()
        return [tie for tie in self.ties if tie.level is None and tie.is_broken(has)]

    # Made of pairings ----------------------------------------------------------------------------

    def _apart(self, number: int, rule: Apart) -> Iterator[Tie]:
        works = {name: list(self._works(name, rule.span)) for name in rule.workers}
        for one, other in combinations(rule.workers, 2):
            meeting = _on_a_day if rule.is_by_day else _at_once
            for what, mine, theirs in meeting(works[one], works[other]):
                pairs = [(one, mine), (other, theirs)]
                more = tuple((name, str(work.shift)) for name, work in pairs if work.is_open)
                key = (number, one, other, what)
                yield Tie(rule.code, key, rule.level, rule.points, more, (), len(more) - 1)

    def _together(self, number: int, rule: Together) -> Iterator[Tie]:
        mine = list(self._works(rule.worker, rule.span))
        theirs: dict[object, list[tuple[str, _Work]]] = defaultdict(list)
        for name in rule.others:
            for work in self._works(name, None):
                theirs[work.day if rule.is_by_day else work.shift].append((name, work))
        given_days = {work.day for work in mine if not work.is_open}
        for work in mine:
            is_given = work.day in given_days if rule.is_by_day else not work.is_open
            if is_given and rule.level is None:
                continue
            if not rule.is_by_day and work.shift is None:
                continue  # a fact that is no shift of the problem is nobody else's
            beside = theirs[work.day if rule.is_by_day else work.shift]
            if any(not other.is_open for _, other in beside):
                continue
            less = tuple((name, str(other.shift)) for name, other in beside)
            key = (number, work.day if rule.is_by_day else work.shift)
            more = ((rule.worker, str(work.shift)),) if work.is_open else ()
            most = 0 if work.is_open else -1
            yield Tie(rule.code, key, rule.level, rule.points, more, less, most)

    def _works(self, name: str, span: Span | None) -> Iterator[_Work]:
        """Yield a worker's facts, and what else may be planned, that begin in the horizon."""
        worker: Worker = self.problem.worker_by_id[name]
        given = {fact.shift for fact in worker.facts}
        horizon = self.problem.horizon
        works = [_Work(f.day, f.parts, f.shift, is_open=False) for f in worker.facts]
        works += [
            _Work(shift.day, shift.parts, shift.id, is_open=True)
            for each in dict.fromkeys((*worker.shifts, *self.also.get(name, ())))
            if each not in given
            for shift in [self.problem.shift_by_id[each]]
        ]
        for work in works:
            start = work.parts[0].start
            if horizon.start <= start < horizon.end and (
                span is None or span.start <= start < span.end
            ):
                yield work


_Meeting = Iterator[tuple[object, _Work, _Work]]
"""What is one breach, and two who are there."""


def _on_a_day(mine: list[_Work], theirs: list[_Work]) -> _Meeting:
    by_day: dict[int, list[_Work]] = defaultdict(list)
    for work in theirs:
        by_day[work.day].append(work)
    for work in mine:
        yield from ((work.day, work, other) for other in by_day.get(work.day, ()))


def _at_once(mine: list[_Work], theirs: list[_Work]) -> _Meeting:
    order = sorted(theirs, key=lambda work: work.parts)
    starts = [work.parts[0].start for work in order]
    longest = max((work.parts[-1].end - work.parts[0].start for work in order), default=0)
    for work in mine:
        first = bisect_left(starts, work.parts[0].start - longest)
        last = bisect_left(starts, work.parts[-1].end)
        for other in order[first:last]:
            if any(overlaps(one, two) for one in work.parts for two in other.parts):
                yield (work.parts, other.parts), work, other


def planned(chosen: Mapping[str, Iterable[str]]) -> frozenset[Has]:
    """Return shifts by worker as pairs."""
    return frozenset((name, shift) for name, pattern in chosen.items() for shift in pattern)


def paid(ties: Iterable[Tie], has: Collection[Has]) -> Iterator[tuple[str, int]]:
    """Yield level and points for what soft ones among some ties cost."""
    broken: dict[Key, tuple[str, int]] = {}
    for tie in ties:
        if tie.level is not None and tie.key not in broken and tie.is_broken(has):
            broken[tie.key] = (tie.level, tie.points)
    yield from broken.values()
