"""An integer model of what some workers do on some days: their shifts and tasks together.

Its rows are as tight as linear ones get, for the relaxation is what tells where most time is taken.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from solver.data.problem import Problem
from solver.data.rules import TasksPerShift
from solver.search.fixed_tasks import Exclusions, FixedTasks
from solver.search.lexicographic import LevelSum
from solver.search.patterns import Pattern, Patterns
from solver.search.ties import Key, planned

Doers = dict[str, frozenset[str]]
"""By task the workers who do it."""

_Works = dict[tuple[str, str], cp_model.IntVar]
"""By worker and shift, or worker and task, what says whether it is so."""


@dataclass(frozen=True, slots=True)
class State:
    """A roster: the pattern of each open worker, and who does each task."""

    patterns: Mapping[str, Pattern]
    doers: Doers


class JointModel:
    """Which pattern each of some workers has, and which tasks they do on some days.

    All tasks that only they do, or nobody does, are open; what others do stays as it is.

    Parameters
    ----------
    state
        What there is at present.
    options
        By worker the patterns to choose among, which differ on ``days`` alone; the present one too.

    Attributes
    ----------
    hint
        The present roster, by variable.
    """

    def __init__(
        self,
        problem: Problem,
        patterns: Patterns,
        fixed: FixedTasks,
        state: State,
        *,
        options: Mapping[str, Sequence[Pattern]],
        days: Collection[int],
    ) -> None:
        self.model = cp_model.CpModel()
        self.hint: dict[int, int] = {}
        self._problem, self._patterns, self._fixed, self._state = problem, patterns, fixed, state
        self._terms: dict[str, list[tuple[int, int]]] = {}
        self._most: dict[str, int] = {}
        self._takes: dict[tuple[str, Pattern], cp_model.IntVar] = {}
        self._works: _Works = {}
        self._does: _Works = {}
        self._workers = frozenset(options)
        for name, mine in options.items():
            self._add_patterns(name, mine, days)
        self._add_ties()
        self._free = self._free_tasks()
        self._add_tasks()
        self._add_links()

    def sums(self) -> list[LevelSum]:
        """Return what is to be minimised, the most important level first."""
        return [
            LevelSum(level, tuple(self._terms[level]), 0, self._most[level])
            for level in self._problem.levels
            if level in self._terms
        ]

    def state(self, values: Sequence[int]) -> State | None:
        """Return the roster of the variables' values; nothing if it is worse than the present."""
        if self._points(values) > self._points(self.hint):
            return None
        patterns, doers = dict(self._state.patterns), dict(self._state.doers)
        for (name, pattern), take in self._takes.items():
            if values[take.index]:
                patterns[name] = pattern
        for task in self._free:
            doers[task] = doers.get(task, frozenset()) - self._workers
        for (name, task), does_it in self._does.items():
            if values[does_it.index]:
                doers[task] |= {name}
        return State(patterns, doers)

    def is_better(self, values: Sequence[int]) -> bool:
        """Tell whether the variables' values make a better roster than the present."""
        return self._points(values) < self._points(self.hint)

    def _points(self, values: Mapping[int, int] | Sequence[int]) -> list[int]:
        return [
            sum(points * values[n] for n, points in self._terms.get(level, ()))
            for level in self._problem.levels
        ]

    def _boolean(self, now: bool) -> cp_model.IntVar:  # noqa: FBT001  what it is at present
        variable = self.model.new_bool_var("")
        self.hint[variable.index] = int(now)
        return variable

    def _pay(self, level: str, variable: cp_model.IntVar, points: int, most: int = 1) -> None:
        """Let a variable cost points; negative ones are worth something."""
        if points:
            self._terms.setdefault(level, []).append((variable.index, points))
            self._most[level] = self._most.get(level, 0) + max(0, points) * most

    # Shifts --------------------------------------------------------------------------------------

    def _add_patterns(self, name: str, patterns: Sequence[Pattern], days: Collection[int]) -> None:
        """Add what a worker may have, and so which shifts of the days are worked."""
        now = self._state.patterns[name]
        takes: list[cp_model.IntVar] = []
        by_shift: dict[str, list[cp_model.IntVar]] = {}
        for pattern in patterns:
            take = self._takes[name, pattern] = self._boolean(pattern == now)
            takes.append(take)
            for level, points in self._patterns.cost(name, pattern).items():
                self._pay(level, take, points)
            for shift in pattern:
                if self._problem.shift_by_id[shift].day in days:
                    by_shift.setdefault(shift, []).append(take)
        self.model.add_exactly_one(takes)
        for shift, those in by_shift.items():
            works = self._works[name, shift] = self._boolean(shift in now)
            self.model.add(sum(those) == works)

    def _add_ties(self) -> None:
        """Keep what pairings ask of who works, and pay for what they would rather have."""
        has, works = planned(self._state.patterns), self._works
        broken: dict[Key, cp_model.IntVar] = {}
        ties = self._patterns.ties.touching(works)
        now = {tie.key for tie in ties if tie.is_broken(has)}
        for tie in ties:
            signed = [(1, each) for each in tie.more] + [(-1, each) for each in tie.less]
            mine = [(sign, works[each]) for sign, each in signed if each in works]
            rest = sum(sign for sign, each in signed if each not in works and each in has)
            terms = sum(sign * variable for sign, variable in mine)
            if tie.level is None:
                if mine:
                    self.model.add(terms <= tie.most - rest)
                continue
            if tie.key not in broken:
                broken[tie.key] = self._boolean(tie.key in now)
                self._pay(tie.level, broken[tie.key], tie.points)
            self.model.add(terms - broken[tie.key] <= tie.most - rest)

    # Tasks ---------------------------------------------------------------------------------------

    def _free_tasks(self) -> list[str]:
        """Return the tasks that some shifts may hold and that others do not have all heads of."""
        shifts = sorted({shift for _, shift in self._works})
        near = dict.fromkeys(task for shift in shifts for task in self._fixed.inside[shift])
        by_id = self._problem.task_by_id
        return [task for task in near if self._n_others(task) < by_id[task].heads]

    def _n_others(self, task: str) -> int:
        return len(self._state.doers.get(task, frozenset()) - self._workers)

    def _add_tasks(self) -> None:
        """Add who does which task, what is left undone, and shifts with too few of them."""
        free = frozenset(self._free)
        elsewhere = self._elsewhere(free)
        known: dict[str, Exclusions] = {}
        for name, shifts_of in self._held(free).items():
            worker = self._problem.worker_by_id[name]
            mode = worker.travel_mode
            if mode not in known:
                known[mode] = self._fixed.exclusions(worker).among(free)
            for task in shifts_of:
                if known[mode].beside[task].isdisjoint(elsewhere.get(name, ())):
                    now = name in self._state.doers.get(task, ())
                    self._does[name, task] = self._boolean(now)
            self._exclude(name, shifts_of, known[mode])
        for task in self._free:
            self._add_heads(task)
        for name, shift in self._works:
            self._add_idle(name, shift)

    def _elsewhere(self, free: Collection[str]) -> dict[str, set[str]]:
        """Return what each worker goes on to do."""
        found: dict[str, set[str]] = {}
        for task, names in self._state.doers.items():
            if task not in free:
                for name in names & self._workers:
                    found.setdefault(name, set()).add(task)
        return found

    def _held(self, free: Collection[str]) -> dict[str, dict[str, list[str]]]:
        """Return by worker the free tasks that he or she can do, with the shifts that hold them."""
        found: dict[str, dict[str, list[str]]] = {}
        for name, shift in self._works:
            for task in self._fixed.inside[shift]:
                if task in free and task in self._fixed.able[name]:
                    found.setdefault(name, {}).setdefault(task, []).append(shift)
        return found

    def _exclude(
        self, name: str, shifts_of: Mapping[str, Collection[str]], exclusions: Exclusions
    ) -> None:
        """Let a worker do only what lies in the shift worked, one task at a time."""
        does, works = self._does, self._works
        for pair in exclusions.pairs:
            if all((name, task) in does for task in pair):
                self.model.add_at_most_one([does[name, task] for task in pair])
        done: set[frozenset[str]] = set()
        for clique in exclusions.at_once:
            inside = [task for task in clique if (name, task) in does]
            if not inside or frozenset(inside) in done:
                continue
            done.add(frozenset(inside))
            # At any moment at most one shift is worked, so its tasks are no more than it is.
            sets = {frozenset(shifts_of[task]) for task in inside}
            for shifts in sorted(map(sorted, {*sets, frozenset().union(*sets)})):
                within = [task for task in inside if set(shifts_of[task]) <= set(shifts)]
                self.model.add(
                    sum(does[name, task] for task in within)
                    <= sum(works[name, shift] for shift in shifts)
                )

    def _add_heads(self, task_id: str) -> None:
        task = self._problem.task_by_id[task_id]
        does = self._does
        mine = {n: does[n, task_id] for n in sorted(self._workers) if (n, task_id) in does}
        wanted = task.heads - self._n_others(task_id)
        lacking = self.model.new_int_var(0, wanted, "")
        self.hint[lacking.index] = task.heads - len(self._state.doers.get(task_id, ()))
        self.model.add(sum(mine.values()) + lacking == wanted)
        self._pay(task.level, lacking, task.missing_points, wanted)
        if task.familiar_level is not None:
            for name, does_it in mine.items():
                points = task.familiar.get(name, task.unfamiliar_points)
                self._pay(task.familiar_level, does_it, points)

    def _add_links(self) -> None:
        """Keep linked tasks to so many people, or pay for each more."""
        for link in self._problem.links:
            tasks = {task.id for task in self._problem.linked_tasks.get(link.id, ())}
            others = {
                name
                for task in tasks
                for name in self._state.doers.get(task, ())
                if task not in self._free or name not in self._workers
            }
            mine: dict[str, list[cp_model.IntVar]] = {}
            for (name, task), does_it in self._does.items():
                if task in tasks and name not in others:
                    mine.setdefault(name, []).append(does_it)
            counted = []
            for those in mine.values():
                counted.append(self._boolean(any(self.hint[each.index] for each in those)))
                for each in those:
                    self.model.add_implication(each, counted[-1])
            left = link.most - len(others)
            if link.level is None:
                self.model.add(sum(counted) <= max(0, left))
                continue
            most = len(counted) + max(0, -left)
            more = self.model.new_int_var(0, most, "")
            n_now = sum(self.hint[each.index] for each in counted)
            self.hint[more.index] = max(0, n_now - left)
            self.model.add(sum(counted) - more <= left)
            self._pay(link.level, more, link.points, most)

    def _add_idle(self, name: str, shift: str) -> None:
        """Pay for a shift with too few tasks in it."""
        is_worked, does = self._works[name, shift], self._does
        book = self._problem.rule_book_by_id[self._problem.worker_by_id[name].rule_book]
        held = [does[name, task] for task in self._fixed.inside[shift] if (name, task) in does]
        for rule in book.rules:
            if not isinstance(rule, TasksPerShift):
                continue
            least = rule.n_lacking(self._problem.shift_by_id[shift].kind, 0)
            if not least:
                continue
            lacking = self.model.new_int_var(0, least, "")
            n_now = sum(self.hint[does_it.index] for does_it in held)
            self.hint[lacking.index] = self.hint[is_worked.index] * max(0, least - n_now)
            self.model.add(sum(held) + lacking >= least).only_enforce_if(is_worked)
            self._pay(str(rule.level), lacking, rule.points, least)
