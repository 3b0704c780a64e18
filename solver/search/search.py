"""The search: parts apart, rosters as they get better, bounds for the whole."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace

from solver.data.problem import Problem
from solver.data.solution import LevelResult, PlacedTask, Progress, Solution, WorkedShift
from solver.search.beside import Beside
from solver.search.components import Piece, split
from solver.search.host import Host, Hosts, News, RemoteHost, Terms
from solver.search.limits import Budget
from solver.search.part import Part, Phase, Roster
from solver.search.plain_skills import with_plain_skills
from solver.search.prices import Generated
from solver.search.proved import Costs, Proved, limits_of, whole_bounds
from solver.search.value import Values, n_lacking

_WORK_PER_SECOND = 0.5
"""Units of deterministic work done in a second of search, in repeatable mode without a limit."""

_SHARE_OF_SEARCH, _SHARE_BESIDE_BOUNDS = 0.75, 0.9
"""Of the time, the second when a process is free to find bounds meanwhile; the rest is for bounds
and explanations."""

_SMALL, _SHARE_OF_SMALL = 0.9, 0.5
"""A part with less than so much of the largest's time takes the second of its own, when its process
is to find bounds; never the largest with people itself."""

_SHARE_OF_BOUNDS = 0.98
"""Of the time, searches included; a round that has begun is ended yet."""

_MOST_LATE_S = 10.0
"""Seconds after its time for which a search that has a roster waits for its processes: some may be
in a long step, or be stuck."""

_LEAST_FOR_PROCESSES = 25
"""Open workers from which on processes of their own pay for parts; they can be ended at once."""

_POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who hears of a search, one call at a time; see `solver.engine.solve`."""

    on_progress: Callable[[Progress], None] = lambda _: None
    on_improvement: Callable[[Solution], None] = lambda _: None
    should_stop: Callable[[], bool] = lambda: False


def search(  # noqa: PLR0913  all but the problem are options by name
    problem: Problem,
    *,
    seconds: float,
    work_limit: float | None,
    seed: int,
    n_workers: int,
    repeatable: bool,
    listeners: Listeners,
    hosts: Hosts,
) -> Solution:
    """Return the best roster found, with its bounds; arguments as those of the engine."""
    clock = Budget(seconds, None, is_repeatable=repeatable, should_stop=lambda: False)
    problem = with_plain_skills(problem)
    pieces = split(problem)
    if repeatable and work_limit is None:
        work_limit = seconds * _WORK_PER_SECOND
    has_processes = bool(n_processes(problem, n_workers))
    n_hosts = min(n_workers, len(pieces)) if repeatable else n_workers
    n_hosts = n_hosts if has_processes else 1
    sizes = [len(p.problem.workers) + len(p.problem.tasks) + 1 for p in pieces]
    shares = [min(1.0, n_hosts * size / sum(sizes)) for size in sizes]
    busy = [share for piece, share in zip(pieces, shares, strict=True) if _has_people(piece)]
    has_helper = not repeatable and _is_soon_free(problem, busy, n_hosts)
    is_near = problem.reference is not None
    most = _SHARE_BESIDE_BOUNDS if has_helper or is_near else _SHARE_OF_SEARCH
    if has_helper:
        least = _SMALL * max(busy, default=1.0)
        shares = [share * _SHARE_OF_SMALL if share < least else share for share in shares]
    terms = [
        Terms(
            seconds=most * seconds * share,
            work_limit=None if work_limit is None else work_limit * size / sum(sizes),
            is_repeatable=repeatable,
            seed=seed,
        )
        for size, share in zip(sizes, shares, strict=True)
    ]
    running = _Search(problem, pieces, listeners, clock, _lost=_lost_between(problem, pieces))
    if not has_processes:
        running.run_here(terms)
    else:
        running.run_beside(terms, hosts.take(n_hosts))
    return running.roster()


def n_processes(problem: Problem, n_workers: int) -> int:
    """Return how many processes a search takes of its own; none where they would not pay."""
    n_open = sum(bool(worker.shifts) for worker in problem.workers)
    return n_workers if n_open >= _LEAST_FOR_PROCESSES else 0


def _is_soon_free(problem: Problem, busy: Sequence[float], n_hosts: int) -> bool:
    """Return whether a process is free to find bounds long before the largest part is searched.

    Near a reference a search proves what matters by itself, and wants the processor.

    Parameters
    ----------
    busy
        The shares of the time that parts with people take.
    """
    if n_hosts == 1 or len(busy) > n_hosts:
        return False
    return len(busy) < n_hosts or (problem.reference is None and min(busy) < _SMALL * max(busy))


def _has_people(piece: Piece) -> bool:
    return bool(piece.problem.workers)


def _lost_between(problem: Problem, pieces: Sequence[Piece]) -> dict[str, int]:
    """Return what the reference costs for tasks that another part's worker had."""
    if problem.reference is None:
        return {}
    known = {pair for p in pieces if p.problem.reference for pair in p.problem.reference.tasks}
    n_lost = len(set(problem.reference.tasks) - known)
    return {problem.reference.level: n_lost * problem.reference.task_points}


class SearchDiedError(RuntimeError):
    """A process of the search ended before it had sent anything."""

    def __init__(self) -> None:
        super().__init__(
            "A process of the search ended before it had a roster. A script that solves does so "
            'under `if __name__ == "__main__":`, for its processes import it too.'
        )


@dataclass(slots=True)
class _Search:
    problem: Problem
    pieces: Sequence[Piece]
    listeners: Listeners
    clock: Budget
    _best: dict[int, Roster] = field(default_factory=dict)
    _generated: dict[int, Generated] = field(default_factory=dict)
    _proved: dict[int, Proved] = field(default_factory=dict)
    _bounds: dict[str, int] = field(default_factory=dict)
    _lost: dict[str, int] = field(default_factory=dict)
    _n_lacking: int | None = None
    _phase: Phase = "shifts"
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run_here(self, terms: Sequence[Terms]) -> None:
        """Search all parts in this process."""
        host = Host(self._take, self.listeners.should_stop)
        for number in self._order:
            host.search(number, self.pieces[number], terms[number])
        if not self.listeners.should_stop():
            self._find_bounds([host] * len(self.pieces), lambda jobs: [job() for job in jobs])

    @property
    def _order(self) -> list[int]:
        """What has nobody comes first: it takes no time, and the rest alone is no roster."""
        return sorted(range(len(self.pieces)), key=lambda number: _has_people(self.pieces[number]))

    def run_beside(self, terms: Sequence[Terms], remotes: Sequence[RemoteHost]) -> None:
        """Search parts in processes of their own, those with nobody first, then the largest.

        A process that has at most one part with people, and has searched it, finds bounds: for that
        one, then for the largest that is searched still. When there is nothing else to do, a
        process searches that one too.
        """
        try:
            if self._are_ready(remotes):
                left = max(0.0, 1 - self.clock.share_used)
                shorter = [replace(each, seconds=left * each.seconds) for each in terms]
                self._search_beside(shorter, remotes)
        except EOFError as died:
            # What the process had sent stays; nothing at all is no answer.
            if not self._best and not self.listeners.should_stop():
                raise SearchDiedError from died
        finally:
            for remote in remotes:
                remote.close()

    def _are_ready(self, remotes: Sequence[RemoteHost]) -> bool:
        """Wait until processes have begun; return false when told to stop before."""
        for remote in remotes:
            remote.tell(self._take)
            while not remote.is_ready(_POLL_SECONDS):
                if self.listeners.should_stop():
                    return False
        return True

    def _search_beside(self, terms: Sequence[Terms], remotes: Sequence[RemoteHost]) -> None:
        """Search in processes that have begun, and end them, for threads wait for their answers."""
        queue = deque(self._order)
        home: dict[int, RemoteHost] = {}
        beside = Beside(
            self.pieces,
            terms,
            self._best,
            self._generated,
            limits=self._limits,
            on_bound=self._take_bound,
            bounded_levels=[each for each in self.problem.levels if self._has_bound(each)],
        )

        def work(remote: RemoteHost) -> None:
            own: list[int] = []
            while True:
                try:
                    number = queue.popleft()
                except IndexError:
                    break
                home[number] = remote
                own += [number] if _has_people(self.pieces[number]) else []
                beside.begin(number)
                remote.search(number, self.pieces[number], terms[number])
                beside.end(number)
            if not terms[0].is_repeatable:
                beside.help(remote, own)

        def stop() -> None:
            for remote in remotes:
                remote.stop()

        with ThreadPoolExecutor(len(remotes)) as pool:
            try:
                jobs = [pool.submit(work, remote) for remote in remotes]
                if self._await(jobs, stop):
                    hosts = [(home | beside.remotes)[n] for n in range(len(self.pieces))]
                    for number, host in enumerate(hosts):
                        host.adopt(number, self._best[number], self._generated.get(number))
                    self._find_bounds(
                        hosts,
                        lambda asked: self._answers([pool.submit(job) for job in asked], stop),
                    )
            finally:
                beside.close()
                for remote in remotes:
                    remote.close()

    def _await(self, jobs: Sequence["Future[None]"], stop: Callable[[], None]) -> bool:
        """Wait for jobs; return false when told to stop or nothing can be better, at once.

        So it does when it is much too late.
        """
        left: set[Future[None]] = set(jobs)
        while left:
            done, left = wait(left, timeout=_POLL_SECONDS)
            for job in done:
                job.result()
            if self._is_to_end() or self._is_best_possible():
                stop()
                return False
        return True

    def _answers(self, jobs: Sequence["Future[int]"], stop: Callable[[], None]) -> list[int]:
        left: set[Future[int]] = set(jobs)
        while left:
            _, left = wait(left, timeout=_POLL_SECONDS)
            if self._is_to_end():
                stop()
                raise EOFError
        return [job.result() for job in jobs]

    def _is_to_end(self) -> bool:
        """Return whether all is to end: told to stop, or much too late and a roster is there."""
        is_late = not self.clock.has_left(-_MOST_LATE_S) and len(self._best) == len(self.pieces)
        return is_late or self.listeners.should_stop()

    # Rosters -------------------------------------------------------------------------------------

    def _take(self, news: News) -> None:
        """Take note of what a search tells of a part, which others may search too."""
        number, roster = news.number, news.roster
        values, bounds = news.costs
        with self._lock:
            self._phase = news.phase
            if news.generated is not None:
                self._generated[number] = news.generated
            for level, bound in bounds.items():
                above = self.problem.levels[: self.problem.levels.index(level)]
                self._note(number, level, {each: values[each] for each in above}, bound)
            known = self._best.get(number)
            if roster is not None and (known is None or roster.rank() < known.rank()):
                self._best[number] = roster
                if len(self._best) == len(self.pieces):
                    better = self.roster()
                    self._n_lacking = n_lacking(self.problem, better.shifts, better.tasks)
                    self.listeners.on_improvement(better)
            self._tell(news.phase)

    def _tell(self, phase: Phase) -> None:
        roster = self.roster() if len(self._best) == len(self.pieces) else None
        self.listeners.on_progress(
            Progress(
                phase=phase,
                n_gaps=self._n_lacking,
                levels=roster.levels if roster else (),
                seconds=self.clock.elapsed,
            )
        )

    def _part(self, number: int) -> Roster:
        """Return the best of a part; facts and locks alone when it was never searched."""
        if number not in self._best:
            budget = Budget(0.0, 0.0, is_repeatable=False, should_stop=lambda: True)
            self._best[number] = Part(
                self.pieces[number],
                budget,
                0,
                lambda *_, **__: None,
            ).best
        return self._best[number]

    def roster(self) -> Solution:
        """Return the best of all parts as one roster, with its bounds."""
        shifts: list[WorkedShift] = []
        tasks: list[PlacedTask] = []
        values = dict.fromkeys(self.problem.levels, 0)
        for number in range(len(self.pieces)):
            best = self._part(number)
            shifts += best.shifts
            tasks += best.tasks
            for level, points in best.values.items():
                values[level] += points
        bounds = self._whole_bounds()
        for level, points in self._lost.items():
            values[level] += points
        return Solution(
            shifts=tuple(sorted(shifts, key=lambda each: (each.worker, each.shift))),
            tasks=tuple(sorted(tasks, key=lambda each: (each.task, each.worker))),
            levels=tuple(
                LevelResult(
                    level=level,
                    value=value,
                    bound=0 if value == 0 else bounds.get(level),
                )
                for level, value in values.items()
            ),
        )

    # Bounds --------------------------------------------------------------------------------------

    def _whole_bounds(self) -> Values:
        """Return the bounds found for the whole, or what those of parts say, whatever is more."""
        found = dict(self._bounds)
        for level, bound in whole_bounds(self.problem.levels, self._costs()).items():
            found[level] = max(found.get(level, 0), bound + self._lost.get(level, 0))
        return found

    def _costs(self) -> list[Costs]:
        """Return the values and bounds of each part so far."""
        costs: list[Costs] = []
        for number in range(len(self.pieces)):
            values = self._part(number).values
            known = self._proved[number].of(values) if number in self._proved else {}
            bounds = {level: min(values[level], bound) for level, bound in known.items()}
            costs.append((values, bounds))
        return costs

    def _limits(self, number: int) -> Values:
        with self._lock:
            return limits_of(self.problem.levels, self._costs(), number)

    def _note(self, number: int, level: str, limits: Mapping[str, int], bound: int) -> None:
        """Take note of a bound."""
        known = self._proved.setdefault(number, Proved(self.problem.levels))
        known.note(level, limits, bound)

    def _take_bound(self, number: int, level: str, limits: Mapping[str, int], bound: int) -> None:
        """Take a bound found beside the search."""
        with self._lock:
            self._note(number, level, limits, bound)
            self._tell(self._phase)

    def _is_best_possible(self) -> bool:
        """Tell whether every level of every part is at its bound."""
        with self._lock:
            if len(self._best) < len(self.pieces):
                return False
            return all(
                value <= bounds.get(level, 0)
                for values, bounds in self._costs()
                for level, value in values.items()
            )

    def _find_bounds(
        self,
        hosts: Sequence[Host | RemoteHost],
        answers: Callable[[list[Callable[[], int]]], list[int]],
    ) -> None:
        """Find the bound of each level for the whole problem.

        A roster as good as ours on the levels above may be worse in one part when it is better in
        another. So a part's levels may cost what they cost in all of ours, less the least that the
        other parts pay; then the sum of the parts' bounds holds for the whole.
        """
        parts = [self._part(number) for number in range(len(self.pieces))]
        levels = self.problem.levels
        totals = {level: sum(part.values[level] for part in parts) for level in levels}
        lost = self._lost
        least: list[dict[str, int]] = [{} for _ in parts]
        n_open = sum(bool(each) for level, each in totals.items() if self._has_bound(level))
        for level, value in totals.items():
            self._tell("bound")
            left = max(0.0, _SHARE_OF_BOUNDS * self.clock.seconds - self.clock.elapsed)
            seconds = left * 2 / (max(1, n_open) + 1)
            n_open -= bool(value) and self._has_bound(level)
            busy = Counter(
                id(host)
                for host, part in zip(hosts, parts, strict=True)
                if part.values[level]  # else there is nothing to find
            )
            jobs = []
            for at, (host, mine) in enumerate(zip(hosts, least, strict=True)):
                limits = {
                    other: totals[other] - sum(each[other] for each in least) + mine[other]
                    for other in mine
                }
                jobs.append(_job(host, at, level, limits, seconds / max(1, busy[id(host)])))
            for found, mine in zip(answers(jobs) if value else [0] * len(jobs), least, strict=True):
                mine[level] = found
            self._bounds[level] = min(value, sum(m[level] for m in least)) + lost.get(level, 0)

    def _has_bound(self, level: str) -> bool:
        """Return whether finding a bound takes time: travel's own level has none but 0."""
        return level != self.problem.travel_level


def _job(
    host: Host | RemoteHost, number: int, level: str, limits: dict[str, int], seconds: float
) -> Callable[[], int]:
    return lambda: host.bound(number, level, limits, seconds)
