"""A roster as every explanation looks it up: by worker, task, crew and team."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from solver.checks.timeline import known_part
from solver.data.pairings import Link
from solver.data.problem import Problem, Shift, Task, Worker
from solver.data.rules import ContinuousWork, RestInPeriod, Rule, WorkingTime
from solver.data.solution import PlacedTask, Solution, WorkedShift
from solver.data.spans import Span
from solver.search.legality import (
    Work,
    WorkerRules,
    breaches_of_rule,
    extra_time_breaches,
    overlaps,
    work_of_shift,
)
from solver.search.links import doers_of
from solver.search.plain_skills import with_plain_skills
from solver.search.supply import fits
from solver.search.ties import Has, Ties, planned

Placed = tuple[Task, int]
"""A task and its start."""


class Roster:
    """A problem and a roster of it; what names things that the problem lacks is left out.

    Attributes
    ----------
    worked
        Shifts by worker, then by id.
    placed
        Tasks by worker, in order of start.
    heads
        Who does each task.
    """

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem = with_plain_skills(problem)
        self.solution = known_part(problem, solution)
        self.worked: dict[str, dict[str, WorkedShift]] = defaultdict(dict)
        self.placed: dict[str, tuple[PlacedTask, ...]] = {}
        self.heads: dict[str, tuple[PlacedTask, ...]] = {}
        by_worker: dict[str, list[PlacedTask]] = defaultdict(list)
        by_task: dict[str, list[PlacedTask]] = defaultdict(list)
        for worked in self.solution.shifts:
            self.worked[worked.worker][worked.shift] = worked
        for placed in sorted(self.solution.tasks, key=lambda each: (each.start, each.task)):
            by_worker[placed.worker].append(placed)
            by_task[placed.task].append(placed)
        self.placed = {name: tuple(mine) for name, mine in by_worker.items()}
        self.heads = {name: tuple(mine) for name, mine in by_task.items()}
        self._planned: dict[str, tuple[str, ...]] = {}
        self._rules: dict[str, WorkerRules] = {}
        self._works: dict[tuple[str, str], Work] = {}
        self._breaches: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}
        self._clashes: dict[tuple[str, str], frozenset[str]] = {}
        self._near: dict[tuple[str, str], tuple[Rule, ...]] = {}
        self._skilled: dict[frozenset[str], tuple[Worker, ...]] = {}
        self._fitting: dict[str, dict[str, Shift]] = {}
        self._made_ties: dict[tuple[object, ...], Ties] = {}

    @cached_property
    def given(self) -> dict[str, frozenset[str]]:
        """Shifts of the horizon that each worker has as facts."""
        return {
            worker.id: frozenset(fact.shift for fact in worker.facts if fact.shift is not None)
            for worker in self.problem.workers
        }

    @cached_property
    def ties(self) -> Ties:
        """What pairings ask of shifts, all that is planned among them."""
        return Ties(self.problem, self.worked)

    def untied(
        self,
        after: Mapping[str, Iterable[str]],
        *,
        worker: Worker | None = None,
        made: Shift | None = None,
    ) -> dict[str, frozenset[str]]:
        """Return the codes of hard pairings that break when some workers' planned shifts change.

        By worker among those whose change breaks them.

        Parameters
        ----------
        after
            What is planned for these workers then.
        worker
            One of them with other facts than in the problem.
        made
            A shift that the problem lacks, if it is among that.
        """
        found: dict[str, frozenset[str]] = {}
        if not self.problem.pairings:
            return found
        changes = {n: {*mine} ^ {*self.planned(n)} for n, mine in after.items()}
        changed = {(name, shift) for name, mine in changes.items() for shift in mine}
        known = self._ties_with(frozenset(changed), worker, made)
        ties = [tie for tie in known.touching(changed) if tie.level is None]
        if not ties:
            return found
        names = {name for tie in ties for name, _ in (*tie.more, *tie.less)}
        now = planned({name: self.planned(name) for name in names})
        then = planned({name: after.get(name, self.planned(name)) for name in names})
        broken = {tie.key for tie in ties if tie.is_broken(now)}
        for tie in ties:
            if tie.key not in broken and tie.is_broken(then):
                for name, _ in changed.intersection((*tie.more, *tie.less)):
                    found[name] = found.get(name, frozenset()) | {tie.code}
        return found

    def _ties_with(
        self, changed: frozenset[Has], worker: Worker | None, made: Shift | None
    ) -> Ties:
        """Return the ties, of some workers at least, in which shifts not on offer stand too."""
        by_id = self.problem.worker_by_id
        names = {name for name, _ in changed}
        also = {
            name: {*self.worked.get(name, ()), *(shift for who, shift in changed if who == name)}
            for name in names
        }
        has_facts = worker is None or worker.facts == by_id[worker.id].facts
        if has_facts and all(also[n] <= {*by_id[n].shifts, *self.worked[n]} for n in names):
            return self.ties
        key = changed, worker, made.span if made is not None else None
        if key not in self._made_ties:
            others = {worker.id: worker} if worker is not None else {}
            problem = replace(
                self.problem,
                pairings=tuple(e for e in self.problem.pairings if names & {*e.everybody}),
                shifts=(*self.problem.shifts, *([made] if made is not None else [])),
                workers=tuple(others.get(each.id, each) for each in self.problem.workers),
            )
            self._made_ties[key] = Ties(problem, {**self.worked, **also})
        return self._made_ties[key]

    @cached_property
    def doers(self) -> dict[str, set[str]]:
        """Who does tasks of each link."""
        return doers_of(self.problem, self.solution.tasks)

    @cached_property
    def hard_links(self) -> dict[str, Link]:
        """Links that are never broken."""
        return {link.id: link for link in self.problem.links if link.level is None}

    def is_linked_to_others(self, worker: str, task: Task) -> bool:
        """Tell whether a hard link leaves a task to others than a worker who does it not."""
        link = self.hard_links.get(task.link or "")
        if link is None:
            return False
        doers = self.doers.get(link.id, set())
        return worker not in doers and len(doers) >= link.most

    @cached_property
    def locked(self) -> dict[str, tuple[Placed, ...]]:
        """Tasks locked to each worker who has some."""
        found: dict[str, list[Placed]] = defaultdict(list)
        for task in self.problem.tasks:
            for lock in task.locks:
                found[lock.worker].append((task, lock.start))
        return {name: tuple(mine) for name, mine in found.items()}

    @cached_property
    def members(self) -> dict[tuple[str, str], frozenset[str]]:
        """Who of each team works each shift, by team and shift."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for worked in self.solution.shifts:
            team = self.problem.worker_by_id[worked.worker].team
            if team is not None:
                found[team, worked.shift].add(worked.worker)
        return {key: frozenset(names) for key, names in found.items()}

    @cached_property
    def crews(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Who keeps together, by crew and shift."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for worked in self.solution.shifts:
            if worked.crew is not None:
                found[worked.crew, worked.shift].append(worked.worker)
        return {key: tuple(names) for key, names in found.items()}

    @cached_property
    def halves(self) -> tuple[PlacedTask, ...]:
        """Crews' tasks left to one who has no crew and to whom they are not locked."""
        return tuple(
            placed
            for placed in self.solution.tasks
            if self.problem.task_by_id[placed.task].is_crew
            and not self._is_in_crew(placed)
            and (self.problem.task_by_id[placed.task], placed.start)
            not in self.locked.get(placed.worker, ())
        )

    def _is_in_crew(self, placed: PlacedTask) -> bool:
        for worked in self.worked[placed.worker].values():
            span = self.problem.shift_by_id[worked.shift].span
            if span.start <= placed.start < span.end:
                return self.is_paired(worked)
        return False

    def is_paired(self, worked: WorkedShift) -> bool:
        """Tell whether a worker has a mate on a shift; one of a crew may have been taken off it."""
        if worked.crew is None:
            return False
        return len(self.crews[worked.crew, worked.shift]) > 1

    def missing(self, task: Task) -> int:
        """Return how many heads a task lacks; 0 or more."""
        return max(0, task.heads - len(self.heads.get(task.id, ())))

    def rules_of(self, worker: Worker) -> tuple[Rule, ...]:
        """Return the rules of a worker's book."""
        return self.problem.rule_book_by_id[worker.rule_book].rules

    def breaches(self, worker: str, planned: tuple[str, ...]) -> frozenset[str]:
        """Return the codes of what planned shifts (ids, sorted) of a worker break; none if legal.

        The answer is remembered.
        """
        key = (worker, planned)
        if key not in self._breaches:
            shifts = [self.problem.shift_by_id[name] for name in planned]
            self._breaches[key] = frozenset(self._worker_rules(worker).breaches(shifts))
        return self._breaches[key]

    def breaches_with(self, worker: str, kept: tuple[str, ...], shift: str) -> frozenset[str]:
        """Return the same as :meth:`breaches` for some shifts and one more, faster where it can.

        Where the roster keeps the rules so does any part of it, so that only what the one shift
        touches has to be looked at.
        """
        key = (worker, tuple(sorted((*kept, shift))))
        planned = self.planned(worker)
        is_part = set(kept) <= set(planned) and shift not in kept
        if key in self._breaches or not is_part or (kept and self.breaches(worker, planned)):
            return self.breaches(*key)
        self._breaches[key] = frozenset(self._more_breaches(worker, kept, shift))
        return self._breaches[key]

    def clashes(self, worker: str, shift: str) -> frozenset[str]:
        """Return what keeps a shift from a worker whatever else is planned; remembered."""
        key = (worker, shift)
        if key not in self._clashes:
            found = self._worker_rules(worker).clashes(self.problem.shift_by_id[shift])
            self._clashes[key] = frozenset(found)
        return self._clashes[key]

    def _more_breaches(self, worker: str, kept: tuple[str, ...], shift: str) -> set[str]:
        """Return what a shift breaks beside others that break nothing."""
        rules, added = self._worker_rules(worker), self.problem.shift_by_id[shift]
        others = [self.problem.shift_by_id[name] for name in kept]
        found = set(self.clashes(worker, shift))
        if any(overlaps(other.span, added.span) for other in others):
            found.add("other-work")
        book = rules.worker.rule_book
        works = [*rules.facts, *(self._work(book, each) for each in (*others, added))]
        for rule in self._rules_near(book, added):
            breaches = breaches_of_rule(self.problem, rules.worker, rule, works)
            if breaches:
                found |= {code for code, _, _ in breaches - rules.excused}
        beyond = extra_time_breaches(rules.worker, works) - rules.excused
        return found | {code for code, _, _ in beyond}

    def _work(self, book: str, shift: Shift) -> Work:
        key = (book, shift.id)
        if key not in self._works:
            self._works[key] = work_of_shift(shift, book)
        return self._works[key]

    def _rules_near(self, book: str, shift: Shift) -> tuple[Rule, ...]:
        """Return the rules of a book with only the periods that a shift can matter to.

        Without those on the stretches of one shift, of which its clashes tell.
        """
        key = (book, shift.id)
        if key not in self._near:
            found: list[Rule] = []
            for rule in self.problem.rule_book_by_id[book].rules:
                if isinstance(rule, RestInPeriod | WorkingTime):
                    near = tuple(span for span in rule.periods if overlaps(span, shift.span))
                    found += [replace(rule, periods=near)] if near else []
                elif not isinstance(rule, ContinuousWork):
                    found.append(rule)
            self._near[key] = tuple(found)
        return self._near[key]

    def _worker_rules(self, worker: str) -> WorkerRules:
        if worker not in self._rules:
            self._rules[worker] = WorkerRules(self.problem, self.problem.worker_by_id[worker])
        return self._rules[worker]

    def planned(self, worker: str) -> tuple[str, ...]:
        """Return the ids of the shifts that the roster gives and no fact does, sorted."""
        if worker not in self._planned:
            mine = self.worked.get(worker, {}).keys() - self.given[worker]
            self._planned[worker] = tuple(sorted(mine))
        return self._planned[worker]

    def skilled(self, skills: frozenset[str]) -> tuple[Worker, ...]:
        """Return the workers who have some skills."""
        if skills not in self._skilled:
            self._skilled[skills] = tuple(w for w in self.problem.workers if w.skills >= skills)
        return self._skilled[skills]

    def fitting(self, task: Task) -> dict[str, Shift]:
        """Return the shifts in whose open time a task can lie, by id."""
        if task.id not in self._fitting:
            first, end = task.window
            self._fitting[task.id] = {
                shift.id: shift
                for shift in self.problem.shifts
                if shift.span.start <= end and first <= shift.span.end and fits(shift, task)
            }
        return self._fitting[task.id]

    def starts(self, task: Task) -> range:
        """Return where a further head may begin: with those who do the task, else anywhere."""
        begun = self.heads.get(task.id, ())
        return range(begun[0].start, begun[0].start + 1) if begun else task.starts


def span_of(placed: Placed) -> Span:
    """Return when a task that begins at a start takes place."""
    task, start = placed
    return Span(start, start + task.duration_min)
