"""Betters a roster by choosing shifts and tasks of some workers on some days anew, together.

Where tasks have fixed times and nothing else has to be placed, an integer model of a few days (or
of a few workers) with all their tasks is small enough to be solved exactly (a matheuristic as in
Smet, Ernst and Vanden Berghe 2016). It knows what no count of workers says: who can do what. Its
rows are as tight as linear ones get, for the relaxation is what tells where most time is taken.
"""

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from solver.data.problem import Problem, Shift, Task
from solver.data.rules import TasksPerShift
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.search.legality import away, overlaps
from solver.search.lexicographic import LevelSum, minimise, packed
from solver.search.limits import Budget
from solver.search.linear import Floats
from solver.search.patterns import Pattern, Patterns
from solver.search.supply import conflict
from solver.search.ties import Key, planned

Doers = dict[str, frozenset[str]]
"""By task the workers who do it."""

Works = dict[tuple[str, str], cp_model.IntVar]
"""By worker and shift, or worker and task, what says whether it is so."""

_WORK = 1.0
"""Of a model at most."""

_FIRST_SIZE, _LEAST_SIZE, _MOST_SIZE = 200.0, 50.0, 20_000.0
"""Pairs of worker and task in a model; more as long as it is solved, fewer when it is not."""
_GROWTH, _SHRINKING = 1.15, 0.75
_N_DAYS = 1, 2, 3, 7
_N_BEST = 40
_CHANCE_OF_HINT = 0.5
"""That the present roster is given to a model; without it another one as good may be found."""

_CHANCE_OF_GAP = 0.6
"""That a day with something undone is among those chosen anew."""


def has_fixed_tasks(problem: Problem) -> bool:
    """Return whether all that is to be placed on days are tasks at fixed times, of no crew."""
    return (
        bool(problem.tasks)
        and not problem.demands
        and problem.reference is None
        and not problem.travel_points
        and all(task.earliest_start == task.latest_start for task in problem.tasks)
        and not any(task.is_crew or task.locks for task in problem.tasks)
        and not any(shift.break_min for shift in problem.shifts)
        and not any(worker.team is not None or worker.facts for worker in problem.workers)
    )


@dataclass(frozen=True, slots=True)
class State:
    """A roster: the pattern of each open worker, and who does each task."""

    patterns: Mapping[str, Pattern]
    doers: Doers


@dataclass(slots=True)
class _Model:
    """An integer model while it is made.

    Parameters
    ----------
    terms, constants, most
        By level.
    hint
        By variable.
    """

    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    terms: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    constants: dict[str, int] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)
    hint: dict[int, int] = field(default_factory=dict)

    def boolean(self, now: bool) -> cp_model.IntVar:  # noqa: FBT001  what it is at present
        variable = self.model.new_bool_var("")
        self.hint[variable.index] = int(now)
        return variable

    def pay(self, level: str, variable: cp_model.IntVar, points: int, most: int = 1) -> None:
        """Let a variable cost points; negative ones are worth something."""
        if points:
            self.terms.setdefault(level, []).append((variable.index, points))
            self.most[level] = self.most.get(level, 0) + max(0, points) * most

    def points(self, values: Mapping[int, int] | Sequence[int], levels: Sequence[str]) -> list[int]:
        return [sum(f * values[n] for n, f in self.terms.get(level, ())) for level in levels]

    def sums(self, levels: Sequence[str]) -> list[LevelSum]:
        return [
            LevelSum(
                level,
                tuple(self.terms[level]),
                self.constants.get(level, 0),
                self.constants.get(level, 0) + self.most.get(level, 0),
            )
            for level in levels
            if level in self.terms
        ]


@dataclass(frozen=True, slots=True)
class _Cliques:
    """Tasks of which nobody can do two; all pairs that exclude each other are in.

    Parameters
    ----------
    at_once
        Those done at one moment, the largest sets.
    pairs
        One after the other, with the way between them too long.
    """

    at_once: list[tuple[str, ...]]
    pairs: list[tuple[str, str]]


class Joint:
    """Steps from roster to roster, none of them worse than the one before."""

    def __init__(
        self,
        problem: Problem,
        patterns: Patterns,
        budget: Budget,
        weights: Mapping[str, float],
        seed: int,
    ) -> None:
        self.problem = problem
        self.patterns = patterns
        self.budget = budget
        self.weights = weights
        self._random = random.Random(seed)
        self._sizes = dict.fromkeys(_N_DAYS, _FIRST_SIZE)
        self._days = sorted({shift.day for shift in problem.shifts})
        self._tasks_in = self._held_by_shifts()
        self._idle = {
            book.id: [rule for rule in book.rules if isinstance(rule, TasksPerShift)]
            for book in problem.rule_books
        }
        self._able = {
            worker.id: frozenset(
                task.id
                for task in problem.tasks
                if worker.skills >= task.skills
                and not any(overlaps(_span(task), taken) for taken in away(worker))
            )
            for worker in problem.workers
        }
        self._cliques = {
            mode: _cliques(problem, mode) for mode in {w.travel_mode for w in problem.workers}
        }

    def state_of(self, chosen: Mapping[str, Pattern], tasks: Iterable[PlacedTask]) -> State:
        """Return a roster as what is chosen in it."""
        doers: dict[str, set[str]] = {}
        for placed in tasks:
            doers.setdefault(placed.task, set()).add(placed.worker)
        return State(
            {name: chosen[name] for name in self.patterns.open_workers},
            {task: frozenset(names) for task, names in doers.items()},
        )

    def placed(self, state: State) -> tuple[list[WorkedShift], list[PlacedTask]]:
        """Return the shifts and tasks of a roster."""
        shifts = [
            WorkedShift(worker=name, shift=shift)
            for name, pattern in state.patterns.items()
            for shift in pattern
        ]
        tasks = [
            PlacedTask(task=task.id, worker=name, start=task.earliest_start)
            for task in self.problem.tasks
            for name in sorted(state.doers.get(task.id, ()))
        ]
        return shifts, tasks

    def _held_by_shifts(self) -> dict[str, list[str]]:
        return {
            shift.id: [task.id for task in self.problem.tasks if _holds(shift, task)]
            for shift in self.problem.shifts
        }

    def better(
        self, state: State, prices: Sequence[Floats], is_done: Callable[[], bool]
    ) -> Iterator[State]:
        """Yield rosters until told to stop; the prices say which shifts are worth something."""
        while not is_done():
            workers, days = self._drawn(state)
            found = self._chosen(state, workers, days, prices)
            if found is not None and found != state:
                state = found
                yield state

    # What is chosen anew -------------------------------------------------------------------------

    def _drawn(self, state: State) -> tuple[set[str], set[int]]:
        """Return workers and days, as many as a model of the present size holds."""
        names = list(self.patterns.open_workers)
        n_days = self._random.choice([n for n in _N_DAYS if n <= len(self._days)])
        first = self._random.randrange(len(self._days) - n_days + 1)
        gaps = [
            self._days.index(shift.day)
            for task in self.problem.tasks
            if len(state.doers.get(task.id, ())) < task.heads
            for shift in self.problem.shifts
            if task.id in self._tasks_in[shift.id]
        ]
        if gaps and self._random.random() < _CHANCE_OF_GAP:
            gap = self._random.choice(gaps)
            first = min(max(0, gap - self._random.randrange(n_days)), len(self._days) - n_days)
        days = set(self._days[first : first + n_days])
        if n_days == 2 and len(self._days) > 2:
            others = [day for day in self._days if day != self._days[first]]
            days = {self._days[first], self._random.choice(others)}
        self._random.shuffle(names)
        size, chosen = 0, set[str]()
        for name in names:
            size += self._n_pairs(name, days)
            if chosen and size > self._sizes[n_days]:
                break
            chosen.add(name)
        return chosen, days

    def _n_pairs(self, name: str, days: set[int]) -> int:
        tasks: set[str] = set()
        for shift in self.problem.shifts:
            if shift.day in days:
                tasks.update(self._tasks_in[shift.id])
        return len(tasks & self._able[name])

    def _options(
        self, state: State, workers: set[str], days: set[int], prices: Sequence[Floats]
    ) -> dict[str, list[Pattern]]:
        """Return by worker the patterns that differ on some days alone, the present one first."""
        found: dict[str, dict[Pattern, None]] = {
            name: {state.patterns[name]: None} for name in sorted(workers)
        }
        for offer in self.patterns.near(state.patterns, days, self.weights, prices, n_best=_N_BEST):
            if offer.worker in found:
                found[offer.worker][offer.pattern] = None
        return {name: list(mine) for name, mine in found.items()}

    # The model -----------------------------------------------------------------------------------

    def _chosen(
        self, state: State, workers: set[str], days: set[int], prices: Sequence[Floats]
    ) -> State | None:
        """Return the best roster that differs in what some workers do on some days, if found."""
        made = _Model()
        takes, works = self._add_patterns(made, state, workers, days, prices)
        self._add_ties(made, state, works)
        free = self._free_tasks(state, workers, {shift for _, shift in works})
        does = self._add_tasks(made, state, works, free)
        found = minimise(
            made.model,
            packed(made.sums(self.problem.levels)),
            self.budget,
            seed=self._random.randrange(2**31),
            most=_WORK,
            hint=made.hint if self._random.random() < _CHANCE_OF_HINT else {},
            is_linear=True,
        )
        size = self._sizes[len(days)] * (_GROWTH if found and found.is_proved else _SHRINKING)
        self._sizes[len(days)] = min(max(size, _LEAST_SIZE), _MOST_SIZE)
        if found is None or self._is_worse(made, found.values):
            return None
        patterns, doers = dict(state.patterns), dict(state.doers)
        for (name, pattern), take in takes.items():
            if found.values[take.index]:
                patterns[name] = pattern
        for task in free:
            doers[task] = state.doers.get(task, frozenset()) - workers
        for (name, task), does_it in does.items():
            if found.values[does_it.index]:
                doers[task] |= {name}
        return State(patterns, doers)

    def _is_worse(self, made: _Model, values: Sequence[int]) -> bool:
        levels = self.problem.levels
        return made.points(values, levels) > made.points(made.hint, levels)

    def _add_patterns(
        self,
        made: _Model,
        state: State,
        workers: set[str],
        days: set[int],
        prices: Sequence[Floats],
    ) -> tuple[dict[tuple[str, Pattern], cp_model.IntVar], Works]:
        """Add what each worker may have, and who then works which shift of the days."""
        takes: dict[tuple[str, Pattern], cp_model.IntVar] = {}
        works: Works = {}
        for name, mine in self._options(state, workers, days, prices).items():
            by_shift: dict[str, list[cp_model.IntVar]] = {}
            for pattern in mine:
                take = takes[name, pattern] = made.boolean(state.patterns[name] == pattern)
                for level, points in self.patterns.cost(name, pattern).items():
                    made.pay(level, take, points)
                for shift in pattern:
                    if self.problem.shift_by_id[shift].day in days:
                        by_shift.setdefault(shift, []).append(take)
            made.model.add_exactly_one([takes[name, pattern] for pattern in mine])
            for shift, those in by_shift.items():
                works[name, shift] = made.boolean(shift in state.patterns[name])
                made.model.add(sum(those) == works[name, shift])
        return takes, works

    def _add_ties(self, made: _Model, state: State, works: Works) -> None:
        """Keep what pairings ask of who works, and pay for what they would rather have."""
        has = planned(state.patterns)
        broken: dict[Key, cp_model.IntVar] = {}
        ties = self.patterns.ties.touching(works)
        now = {tie.key for tie in ties if tie.is_broken(has)}
        for tie in ties:
            signed = [(1, each) for each in tie.more] + [(-1, each) for each in tie.less]
            mine = [(sign, works[each]) for sign, each in signed if each in works]
            rest = sum(sign for sign, each in signed if each not in works and each in has)
            terms = sum(sign * variable for sign, variable in mine)
            if tie.level is None:
                if mine:
                    made.model.add(terms <= tie.most - rest)
                continue
            if tie.key not in broken:
                broken[tie.key] = made.boolean(tie.key in now)
                made.pay(tie.level, broken[tie.key], tie.points)
            made.model.add(terms - broken[tie.key] <= tie.most - rest)

    def _free_tasks(self, state: State, workers: set[str], shifts: set[str]) -> list[str]:
        """Return the tasks that some shifts may hold and that nobody else does."""
        near = dict.fromkeys(task for shift in sorted(shifts) for task in self._tasks_in[shift])
        by_id = self.problem.task_by_id
        return [
            task
            for task in near
            if sum(name not in workers for name in state.doers.get(task, ())) < by_id[task].heads
        ]

    def _add_tasks(
        self,
        made: _Model,
        state: State,
        works: Works,
        free: Sequence[str],
    ) -> Works:
        """Add who does which task, what is left undone, and shifts with too few of them."""
        does: Works = {}
        wanted = set(free)
        by_worker: dict[str, dict[str, list[str]]] = {}
        for name, shift in works:
            for task in self._tasks_in[shift]:
                if task in wanted and task in self._able[name]:
                    by_worker.setdefault(name, {}).setdefault(task, []).append(shift)
        workers = {name for name, _ in works}
        for name, mine in by_worker.items():
            elsewhere = self._elsewhere(state, name, wanted)
            for task in mine:
                if self._clashes(name, task, elsewhere):
                    continue
                does[name, task] = made.boolean(name in state.doers.get(task, ()))
            self._add_cliques(made, name, mine, works, does)
        for task in free:
            self._add_heads(made, state, task, workers, does)
        for (name, shift), is_worked in works.items():
            self._add_idle(made, name, shift, is_worked, does)
        return does

    def _elsewhere(self, state: State, name: str, free: Collection[str]) -> list[Task]:
        return [
            self.problem.task_by_id[task]
            for task, names in state.doers.items()
            if name in names and task not in free
        ]

    def _clashes(self, name: str, task: str, others: Sequence[Task]) -> bool:
        mode = self.problem.worker_by_id[name].travel_mode
        mine = self.problem.task_by_id[task]
        pair = mine, mine.earliest_start
        return any(conflict(self.problem, mode, pair, (o, o.earliest_start)) for o in others)

    def _add_cliques(
        self,
        made: _Model,
        name: str,
        mine: Mapping[str, Sequence[str]],
        works: Works,
        does: Works,
    ) -> None:
        """Let a worker do only what lies in the shift worked, one task at a time."""
        cliques = self._cliques[self.problem.worker_by_id[name].travel_mode]
        for pair in cliques.pairs:
            if all((name, task) in does for task in pair):
                made.model.add_at_most_one([does[name, task] for task in pair])
        done: set[frozenset[str]] = set()
        for clique in cliques.at_once:
            inside = frozenset(task for task in clique if (name, task) in does)
            if not inside or inside in done:
                continue
            done.add(inside)
            # At any moment at most one shift is worked, so its tasks are no more than it is.
            for shifts in sorted({tuple(mine[task]) for task in inside}):
                within = [task for task in sorted(inside) if set(mine[task]) <= set(shifts)]
                made.model.add(
                    sum(does[name, task] for task in within)
                    <= sum(works[name, shift] for shift in shifts)
                )

    def _add_heads(
        self,
        made: _Model,
        state: State,
        task_id: str,
        workers: Collection[str],
        does: Works,
    ) -> None:
        task = self.problem.task_by_id[task_id]
        mine = {name: does[name, task_id] for name in sorted(workers) if (name, task_id) in does}
        n_now = len(state.doers.get(task_id, ()))
        n_others = sum(name not in workers for name in state.doers.get(task_id, ()))
        wanted = task.heads - n_others
        lacking = made.model.new_int_var(0, wanted, "")
        made.hint[lacking.index] = task.heads - n_now
        made.model.add(sum(mine.values()) + lacking == wanted)
        made.pay(task.level, lacking, task.missing_points, wanted)
        if task.familiar_level is not None:
            for name, does_it in mine.items():
                points = task.familiar.get(name, task.unfamiliar_points)
                made.pay(task.familiar_level, does_it, points)

    def _add_idle(
        self,
        made: _Model,
        name: str,
        shift: str,
        is_worked: cp_model.IntVar,
        does: Works,
    ) -> None:
        book = self.problem.worker_by_id[name].rule_book
        held = [does[name, task] for task in self._tasks_in[shift] if (name, task) in does]
        for rule in self._idle[book]:
            least = rule.n_lacking(self.problem.shift_by_id[shift].kind, 0)
            if not least:
                continue
            lacking = made.model.new_int_var(0, least, "")
            n_now = sum(made.hint[does_it.index] for does_it in held)
            now = made.hint[is_worked.index] * max(0, least - n_now)
            made.hint[lacking.index] = now
            made.model.add(sum(held) + lacking >= least).only_enforce_if(is_worked)
            made.pay(str(rule.level), lacking, rule.points, least)


def _span(task: Task) -> Span:
    return Span(task.earliest_start, task.earliest_start + task.duration_min)


def _holds(shift: Shift, task: Task) -> bool:
    span = _span(task)
    return any(part.start <= span.start and span.end <= part.end for part in shift.open_parts)


def _cliques(problem: Problem, mode: str) -> _Cliques:
    tasks = sorted(problem.tasks, key=lambda task: (task.earliest_start, task.id))
    longest = max(problem.travel.get(mode, {}).values(), default=0)
    at_once: list[tuple[str, ...]] = []
    pairs: list[tuple[str, str]] = []
    running: list[Task] = []
    for task in tasks:
        start = task.earliest_start
        running = [t for t in running if _span(t).end + longest > start]
        pairs += [
            (other.id, task.id)
            for other in running
            if _span(other).end <= start
            and conflict(problem, mode, (other, other.earliest_start), (task, start))
        ]
        running.append(task)
        now = tuple(t.id for t in running if _span(t).end > start)
        if at_once and set(at_once[-1]) <= set(now):
            at_once.pop()
        at_once.append(now)
    return _Cliques(at_once, pairs)
