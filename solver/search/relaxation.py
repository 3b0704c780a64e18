"""What any roster must pay for coverage, as a linear model over how many work each shift.

Workers are counted, not named: a *node* counts the workers of some sort who work a shift. Tasks of
which nobody can do two, since both are under way or the way between them takes too long, need at
least as many heads as they have together (Hall's condition over the sets of nodes that can serve
them), and on days that are short of people the ways between tasks count (`solver.search.tours`);
breaks are counted by quarters, and are left out when tasks run. So the least value is a bound for
every roster, and integer solutions are good choices of shifts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from solver.data.problem import Problem, Task, Worker
from solver.search.demand_rows import add_demands
from solver.search.leads import given_leads
from solver.search.legality import away
from solver.search.nodes import Nodes
from solver.search.patterns import Patterns
from solver.search.supply import (
    Heads,
    Padding,
    Supply,
    conflict,
    exclusive,
    heads_open,
    included,
    largest,
    set_unions,
    unions,
)
from solver.search.ties import Has, Key, Ties
from solver.search.tours import add_tours


class Relaxation(Nodes):
    """The linear model of a problem.

    Parameters
    ----------
    padding
        Workers wanted beyond the problem's.
    with_teams
        Count crews, and leads, team by team.
    as_placed
        Count crews as the placing of days makes them: as many as there can be, together for the
        whole shift and on their break. Rosters may do better, so the least value is no bound then.
    """

    def __init__(
        self,
        problem: Problem,
        patterns: Patterns,
        padding: Padding | None = None,
        *,
        with_teams: bool = True,
        as_placed: bool = False,
    ) -> None:
        super().__init__(problem, patterns)
        self._padding = padding or Padding()
        self._crews_at: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        self._alone: dict[frozenset[str], dict[str, list[int]]] = {}
        self._supplies: dict[tuple[object, ...], Supply] = {}
        self._missing: dict[str, int] = {}
        self._with_teams = with_teams
        self._as_placed = as_placed and with_teams
        if with_teams and problem.team_needs_lead:
            self._add_leads()
        self._add_tasks()
        self._add_familiar()
        self._add_links()
        self._add_ties(patterns.ties)
        add_demands(self, self._padding, as_placed=self._as_placed)

    # Leads ---------------------------------------------------------------------------------------

    def _add_leads(self) -> None:
        given = given_leads(self.problem)
        for team, members in sorted(self.teams.items()):
            leads = self.count(("lead", team), (w for w in members if w.is_lead))
            others = self.count(("other", team), (w for w in members if not w.is_lead))
            for shift, node in others.items():
                if (team, shift) in given:
                    continue
                if shift not in leads:
                    self.model.uppers[node] = 0
                    continue
                led = self.model.variable(1, day=self.day_of(shift))
                self.model.counted.append(led)
                self.model.at_most([(led, 1), (leads[shift], -1)], 0)
                self.model.at_most([(node, 1), (led, -self.model.uppers[node])], 0)

    # Links ---------------------------------------------------------------------------------------

    def _add_links(self) -> None:
        """Let linked tasks be done by named workers, and count these."""
        all_of: dict[str, list[tuple[Task, int]]] = defaultdict(list)
        for link in self.problem.links:
            tasks = self.problem.linked_tasks.get(link.id, ())
            doing: dict[str, list[tuple[int, int]]] = defaultdict(list)
            locked = {lock.worker for task in tasks for lock in task.locks}
            owners = []
            for worker in self.problem.workers:
                mine = [
                    (task, does)
                    for task in tasks
                    if heads_open(task) and worker.skills >= task.skills
                    if (does := self._does(worker, task, {})) is not None
                ]
                all_of[worker.id] += mine
                if mine and worker.id not in locked:
                    owners.append(self.model.variable(1))
                    for _, does in mine:
                        self.model.at_most([(does, 1), (owners[-1], -1)], 0)
                for task, does in mine:
                    doing[task.id].append((does, 1))
            for task in tasks:
                missing, each = self._missing[task.id], 2 if task.is_crew else 1
                self.model.at_least([*doing[task.id], (missing, each)], heads_open(task))
            terms = [(owner, 1) for owner in owners]
            if link.level is not None:
                n_lost = max(0, len(locked) - link.most)
                self.model.add_constant(link.level, n_lost * link.points)
                more = self.model.variable(len(owners), {link.level: link.points})
                terms.append((more, -1))
            self.model.at_most(terms, max(0, link.most - len(locked)))
        for name, mine in all_of.items():
            self._add_one_at_a_time(self.problem.worker_by_id[name], mine)

    # Pairings ------------------------------------------------------------------------------------

    def _add_ties(self, ties: Ties) -> None:
        for level, points in ties.constants.items():
            self.model.add_constant(level, points)
        broken: dict[Key, int] = {}
        for tie in ties.ties:
            more, less = (self._owns(each) for each in (tie.more, tie.less))
            if len(more) <= tie.most:
                continue
            terms = [*((n, 1) for n in more), *((n, -1) for n in less)]
            if tie.level is not None:
                if tie.key not in broken:
                    broken[tie.key] = self.model.variable(1, {tie.level: tie.points})
                terms.append((broken[tie.key], -1))
            self.model.at_most(terms, tie.most)

    def _owns(self, pairs: Sequence[Has]) -> list[int]:
        """Return the variables of shifts that workers may have."""
        workers = self.problem.worker_by_id
        return [
            self.own(workers[name], shift)
            for name, shift in pairs
            if shift in self.reached.get(name, ())
        ]

    # Tasks ---------------------------------------------------------------------------------------

    def _supply(self, task: Task) -> Supply:
        """Return the heads that could serve a task at some start."""
        key = (task.skills, *self.fits.key(task))
        if key not in self._supplies:
            self._supplies[key] = Supply(
                frozenset(
                    Heads(task.skills, shift)
                    for shift in self.by_skills[task.skills]
                    if self.fits.shift(shift, task)
                ),
                frozenset(
                    (worker.id, shift.id)
                    for worker in self.given_workers
                    if worker.skills >= task.skills
                    for shift in self.givens[worker.id]
                    if self.fits.shift(shift.id, task, away(worker))
                ),
            )
        return self._supplies[key]

    def _terms(self, supply: Supply) -> list[tuple[int, int]]:
        sorts: dict[str, set[frozenset[str]]] = defaultdict(set)
        for heads in supply.heads:
            sorts[heads.shift].add(heads.skills)
        nodes = [self.any_of(mine, shift) for shift, mine in sorted(sorts.items())]
        return [(node, 1) for node in nodes if node is not None]

    def _add_tasks(self) -> None:
        crews = self._crew_variables()
        crew_supply: dict[str, frozenset[int]] = {}
        for task in self.problem.tasks:
            pad, heads = self._padding.tasks.get(task.id, 0), heads_open(task)
            supply = self._supply(task)
            if task.is_crew:
                missing = self.model.variable(
                    (heads + pad) // 2, {task.level: 2 * task.missing_points}
                )
                crew_supply[task.id] = frozenset(
                    number
                    for (shift, skills), number in crews.items()
                    if skills == task.skills and self.fits.shift(shift, task)
                )
            else:
                missing = self.model.variable(heads + pad, {task.level: task.missing_points})
            self._missing[task.id] = missing
            if task.is_crew:
                self.model.at_least(
                    [(missing, 1), *((n, 1) for n in sorted(crew_supply[task.id]))],
                    (heads + pad) // 2,
                )
            else:
                self.model.at_least(
                    [(missing, 1), *self._terms(supply)], heads + pad - len(supply.givens)
                )
                if task.heads == 1 and self._as_placed and self._crews_at:
                    self._add_alone(task, missing, heads + pad - len(supply.givens))
        self._add_simultaneous(crew_supply)
        add_tours(self, self._missing, self._wanted)

    def _crew_variables(self) -> dict[tuple[str, frozenset[str]], int]:
        """Return the number of crews by shift and what crew tasks ask for."""
        asked = {task.skills for task in self.problem.tasks if task.is_crew}
        found: dict[tuple[str, frozenset[str]], int] = {}
        for skills in sorted(asked, key=sorted):
            by_shift: dict[str, list[int]] = defaultdict(list)
            givens: dict[tuple[str, str], int] = defaultdict(int)
            for worker in self.given_workers:
                if worker.team is not None and worker.skills >= skills:
                    for shift in self.givens[worker.id]:
                        givens[worker.team, shift.id] += 1
            if not self._with_teams:
                nodes = self.by_skills[skills]
                for name in sorted(nodes.keys() | {name for _, name in givens}):
                    n_given = sum(n for (_, other), n in givens.items() if other == name)
                    found[name, skills] = self._add_crews(name, nodes.get(name), n_given)
                continue
            for team in sorted(self.teams.keys() | {team for team, _ in givens}):
                able = [w for w in self.teams.get(team, ()) if w.skills >= skills]
                members = self.count(("crew", team, skills), able)
                mine = {name for other, name in givens if other == team} | members.keys()
                for name in sorted(mine):
                    n_given = givens[team, name]
                    number = self._add_crews(name, members.get(name), n_given)
                    self._crews_at[team, name].append((number, n_given))
                    by_shift[name].append(number)
            for name, numbers in sorted(by_shift.items()):
                most = sum(self.model.uppers[n] for n in numbers)
                total = self.model.variable(most, day=self.day_of(name))
                self.model.at_most([(total, 1), *((n, -1) for n in numbers)], 0)
                found[name, skills] = total
        return found

    def _add_crews(self, shift: str, node: int | None, n_given: int) -> int:
        """Add a variable that counts the pairs among the workers of a node and given ones."""
        most = (self.model.uppers[node] if node is not None else 0) + n_given
        number = self.model.variable(most // 2, day=self.day_of(shift))
        self.model.counted.append(number)
        terms = [(number, 2)] + ([(node, -1)] if node is not None else [])
        self.model.at_most(terms, n_given)
        return number

    def _add_alone(self, task: Task, missing: int, wanted: int) -> None:
        """Want a head for a task that is in no crew: crews stay together for the whole shift."""
        if task.skills not in self._alone:
            self._alone[task.skills] = self._alone_variables(task.skills)
        terms = [
            (number, 1)
            for shift, numbers in sorted(self._alone[task.skills].items())
            if self.fits.shift(shift, task)
            for number in numbers
        ]
        self.model.at_least([(missing, 1), *terms], wanted)

    def _alone_variables(self, skills: frozenset[str]) -> dict[str, list[int]]:
        """Return by shift what counts the workers with skills who are in no crew."""
        found: dict[str, list[int]] = defaultdict(list)
        loose = [w for w in self.planned if w.team is None and w.skills >= skills]
        for shift, node in self.count(("loose", skills), loose).items():
            found[shift].append(node)
        for team, members in sorted(self.teams.items()):
            able = [w for w in members if w.skills >= skills]
            counts = self.count(("able", team, skills), able)
            together = self.count(("team", team), members) if able else {}
            for shift, node in counts.items():
                alone = self.model.variable(self.model.uppers[node], day=self.day_of(shift))
                self.model.counted.append(alone)
                self.model.at_most([(alone, 1), (node, -1)], 0)
                for number, n_given in self._crews_at.get((team, shift), ()):
                    terms = [(alone, 1), (number, 2), (together[shift], -1)]
                    self.model.at_most(terms, n_given)
                found[shift].append(alone)
        return found

    def _add_simultaneous(self, crew_supply: Mapping[str, frozenset[int]]) -> None:
        """Add Hall's condition for sets of tasks of which nobody can do two."""
        tasks = self.problem.task_by_id
        done: dict[object, list[frozenset[str]]] = defaultdict(list)
        supply = {task.id: self._supply(task) for task in self.problem.tasks}
        for active in largest(exclusive(self.problem)):
            names = sorted(active)
            by_supply: dict[Supply, list[str]] = {}
            for name in names:
                by_supply.setdefault(supply[name], []).append(name)
            served_by = included(by_supply)
            for union in unions(list(by_supply)):
                served = served_by(union)
                if len(served) < 2 or any(served <= old for old in done[union]):
                    continue
                done[union].append(served)
                self._add_heads_row(union, served)
            crews = {name: crew_supply[name] for name in names if name in crew_supply}
            for group in set_unions(list(dict.fromkeys(crews.values()))):
                served = frozenset(name for name, nodes in crews.items() if nodes <= group)
                if len(served) < 2 or any(served <= old for old in done[group]):
                    continue
                done[group].append(served)
                wanted = sum(self._wanted(tasks[name]) // 2 for name in served)
                terms = [(self._missing[name], 1) for name in sorted(served)]
                self.model.at_least([*terms, *((n, 1) for n in sorted(group))], wanted)

    def _wanted(self, task: Task) -> int:
        return heads_open(task) + self._padding.tasks.get(task.id, 0)

    def _add_heads_row(self, supply: Supply, served: frozenset[str]) -> None:
        tasks = [self.problem.task_by_id[name] for name in sorted(served)]
        if all(task.is_crew for task in tasks):
            return  # the rows of crews say more
        wanted = sum(self._wanted(task) for task in tasks)
        terms = [(self._missing[t.id], 2 if t.is_crew else 1) for t in tasks]
        self.model.at_least([*terms, *self._terms(supply)], wanted - len(supply.givens))

    # Familiar workers ----------------------------------------------------------------------------

    def _add_familiar(self) -> None:
        workers = self.problem.worker_by_id
        by_worker: dict[str, list[tuple[Task, int]]] = defaultdict(list)
        for task in self.problem.tasks:
            level, points, heads = task.familiar_level, task.unfamiliar_points, heads_open(task)
            if level is None or not heads:
                continue
            missing, each = self._missing[task.id], 2 if task.is_crew else 1
            self.model.add_constant(level, points * heads)
            table = self.model.points.setdefault(level, {})
            table[missing] = table.get(missing, 0) - points * each
            chosen = []
            for name, cost in sorted(task.familiar.items()):
                worker = workers.get(name)
                if worker is None or cost >= points or not worker.skills >= task.skills:
                    continue
                does = self._does(worker, task, {level: cost - points})
                if does is not None:
                    chosen.append(does)
                    by_worker[name].append((task, does))
            if chosen:
                self.model.at_most([*((n, 1) for n in chosen), (missing, each)], heads)
        for name, mine in by_worker.items():
            self._add_one_at_a_time(workers[name], mine)

    def _does(self, worker: Worker, task: Task, points: Mapping[str, int]) -> int | None:
        """Return a variable that says whether a worker does a task, if that can be."""
        is_given = any(
            self.fits.shift(shift.id, task, away(worker)) for shift in self.givens[worker.id]
        )
        reach = [
            shift for shift in self.nodes_of.get(worker.id, ()) if self.fits.shift(shift, task)
        ]
        if not is_given and not reach:
            return None
        does = self.model.variable(1, points)
        if not is_given:
            own = [(self.own(worker, shift), -1) for shift in reach]
            self.model.at_most([(does, 1), *own], 0)
        return does

    def _add_one_at_a_time(self, worker: Worker, mine: Sequence[tuple[Task, int]]) -> None:
        """Keep a worker from tasks at fixed times that exclude each other."""
        fixed = [(t, does) for t, does in mine if t.earliest_start == t.latest_start]
        fixed.sort(key=lambda item: item[0].earliest_start)
        clashes = self._clashes(worker.travel_mode, [task for task, _ in fixed])
        for number, earlier in enumerate(clashes):
            clique = [number]
            for other in reversed(earlier):
                if all(other in clashes[member] for member in clique if member > other):
                    clique.append(other)
                else:
                    self.model.at_most([(fixed[other][1], 1), (fixed[number][1], 1)], 1)
            if len(clique) > 1:
                self.model.at_most([(fixed[member][1], 1) for member in clique], 1)

    def _clashes(self, mode: str, tasks: Sequence[Task]) -> list[dict[int, None]]:
        """Return for each of fixed tasks in order the places of those before it at odds with it."""
        longest_min = self.problem.longest_ways.get(mode, 0)
        found: list[dict[int, None]] = []
        near: list[int] = []
        for number, task in enumerate(tasks):
            start = task.earliest_start
            near = [n for n in near if tasks[n].window.end + longest_min > start]
            before = ((n, (tasks[n], tasks[n].earliest_start)) for n in near)
            found.append(
                {n: None for n, at in before if conflict(self.problem, mode, at, (task, start))}
            )
            near.append(number)
        return found
