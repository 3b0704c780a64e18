"""Who is counted in a linear model: nodes, each the workers of some sort who work a shift."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from solver.data.problem import Problem, Task, Worker
from solver.search.leads import given_shifts
from solver.search.linear import LinearModel
from solver.search.patterns import Patterns
from solver.search.supply import Fits


class Nodes:
    """The nodes of a linear model of a problem.

    Attributes
    ----------
    model
        The rows and points.
    nodes_of
        For each planned worker the nodes that each shift of a pattern counts in.
    planned
        The workers who may be given something; ``reached`` has the shifts of each.
    givens
        By worker the shifts of the horizon that are facts; ``given_workers`` have some.
    by_skills
        By set of skills that a task or demand asks for, and shift, the node of who has them; for
        skills that only tasks ask for no shift that can hold none of these.
    numbers
        The nodes by what they count, the shift last.
    fits
        Whether shifts can hold tasks.
    """

    def __init__(self, problem: Problem, patterns: Patterns) -> None:
        self.problem = problem
        self.model = LinearModel()
        self.planned = [problem.worker_by_id[name] for name in patterns.open_workers]
        self.reached = {w.id: patterns.reached(w.id) for w in self.planned}
        self.givens = {w.id: given_shifts(problem, w) for w in problem.workers}
        self.given_workers = [w for w in problem.workers if self.givens[w.id]]
        self.nodes_of: dict[str, dict[str, list[int]]] = {
            w.id: {shift: [] for shift in sorted(self.reached[w.id])} for w in self.planned
        }
        self.numbers: dict[tuple[object, ...], int] = {}
        self._own: dict[tuple[str, str], int] = {}
        self._unions: dict[tuple[frozenset[str], str], int | None] = {}
        self.fits = Fits(problem)
        reach = self._reach()
        self.by_skills = {
            skills: self.count(
                ("skills", skills),
                (w for w in self.planned if w.skills >= skills),
                only=reach[skills],
            )
            for skills in sorted(reach, key=sorted)
        }

    def _grow_from(self, base: "Nodes") -> None:
        """Begin with all that others have, instead of making it anew; these do not change."""
        vars(self).update(vars(base))
        self.model = base.model.copy()
        self.nodes_of = {
            name: {shift: list(nodes) for shift, nodes in by_shift.items()}
            for name, by_shift in base.nodes_of.items()
        }
        self.numbers, self._own = {**self.numbers}, {**self._own}
        self._unions = {**self._unions}

    def _reach(self) -> dict[frozenset[str], frozenset[str] | None]:
        """Return the shifts that matter by skills asked for; nothing where all do."""
        found: dict[frozenset[str], frozenset[str] | None] = {}
        tasks: dict[frozenset[str], dict[tuple[int, int, int, int], Task]] = defaultdict(dict)
        for task in self.problem.tasks:
            tasks[task.skills].setdefault(Fits.key(task), task)
        names = sorted(frozenset[str]().union(*self.reached.values()))
        for skills, mine in tasks.items():
            found[skills] = frozenset(
                name for name in names if any(self.fits.shift(name, task) for task in mine.values())
            )
        return found | {demand.skills: None for demand in self.problem.demands}

    @property
    def names(self) -> dict[tuple[object, ...], int]:
        """The nodes by what they count, single workers among it, the shift last."""
        return self.numbers | {("own", *each): number for each, number in self._own.items()}

    def count(
        self,
        kind: tuple[object, ...],
        workers: Iterable[Worker],
        *,
        only: frozenset[str] | None = None,
    ) -> dict[str, int]:
        """Make a node for each shift, of some or of all, that some workers reach; return them."""
        by_shift: dict[str, list[Worker]] = defaultdict(list)
        for worker in workers:
            for shift in self.nodes_of[worker.id]:
                if only is None or shift in only:
                    by_shift[shift].append(worker)
        found = {}
        for shift, members in sorted(by_shift.items()):
            node = self.model.variable(len(members), day=self.day_of(shift))
            self.numbers[*kind, shift] = found[shift] = node
            for worker in members:
                self.nodes_of[worker.id][shift].append(node)
        return found

    def any_of(self, sorts: Iterable[frozenset[str]], shift: str) -> int | None:
        """Return the node of who works a shift and has one of several sets of skills, if anybody.

        Who has more than one of them counts once.
        """
        wanted = frozenset(sorts)
        if len(wanted) == 1:
            return self.by_skills[next(iter(wanted))].get(shift)
        able = [w for w in self.planned if any(w.skills >= skills for skills in wanted)]
        key = (frozenset(worker.id for worker in able), shift)
        if key not in self._unions:
            kind = ("any", *sorted(key[0]))
            self._unions[key] = self.count(kind, able, only=frozenset({shift})).get(shift)
        return self._unions[key]

    def day_of(self, shift: str) -> int:
        """Return the index of the day on which a shift begins."""
        return self.problem.shift_by_id[shift].day

    def own(self, worker: Worker, shift: str) -> int:
        """Return the variable that says whether a worker has a shift."""
        if (worker.id, shift) not in self._own:
            self._own[worker.id, shift] = self.model.variable(1, day=self.day_of(shift))
            self.nodes_of[worker.id][shift].append(self._own[worker.id, shift])
        return self._own[worker.id, shift]

    @cached_property
    def teams(self) -> dict[str, list[Worker]]:
        """The planned workers of each team."""
        found: dict[str, list[Worker]] = defaultdict(list)
        for worker in self.planned:
            if worker.team is not None:
                found[worker.team].append(worker)
        return found
