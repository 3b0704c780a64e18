"""What any roster must pay for coverage, as a linear model over how many work each shift.

Workers are counted, not named: a *node* is a class of workers on a shift. Tasks active at the same
time need at least as many heads as they have together (Hall's condition over the sets of nodes that
can serve them); travel, and breaks when tasks run, are left out. So the least value is a bound for
every roster, and integer solutions are good choices of shifts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from solver.data.problem import Demand, Problem, Shift, Task, Worker
from solver.data.spans import Span
from solver.search.legality import away, break_starts, overlaps
from solver.search.linear import LinearModel
from solver.search.patterns import WorkerPatterns, given_shifts
from solver.search.supply import (
    QUARTER,
    Padding,
    Supply,
    conflict,
    fits,
    heads_open,
    set_unions,
    steady_presence,
    unions,
)

_Covers = frozenset[tuple[frozenset[int], int]]
"""What may be there in the stretches of a quarter: nodes, and how many whatever is chosen."""


class Relaxation:
    """The linear model of a problem.

    Attributes
    ----------
    model
        The rows and points.
    nodes_of
        For each planned worker the nodes that each shift of a pattern counts in.
    """

    def __init__(
        self,
        problem: Problem,
        patterns: Mapping[str, WorkerPatterns],
        padding: Padding | None = None,
        *,
        with_breaks: bool = True,
    ) -> None:
        self.problem = problem
        self.model = LinearModel()
        self.nodes_of: dict[str, dict[str, list[int]]] = {}
        self._padding = padding or Padding()
        self._planned = [w for w in problem.workers if patterns[w.id].is_open]
        self._reached = {w.id: patterns[w.id].reached for w in self._planned}
        self._node: dict[tuple[tuple[object, ...], str], int] = {}
        self._class_of: dict[tuple[object, ...], Worker] = {}
        self._own_node: dict[tuple[str, str], int] = {}
        self._givens = {w.id: given_shifts(problem, w) for w in problem.workers}
        self._supplies: dict[str, Supply] = {}
        self._missing: dict[str, int] = {}
        grids = {demand.span.start % QUARTER for demand in problem.demands}
        self._has_breaks = with_breaks and len(grids) == 1
        self._grid = min(grids, default=0)
        self._pauses: dict[tuple[str, str, frozenset[str]], dict[int, int]] = {}
        self._make_nodes()
        self._add_leads()
        self._add_tasks()
        self._add_familiar()
        for demand in problem.demands:
            self._add_demand(demand)

    def _make_nodes(self) -> None:
        count: dict[tuple[tuple[object, ...], str], int] = defaultdict(int)
        for worker in self._planned:
            for shift in self._reached[worker.id]:
                count[_class(worker), shift] += 1
            self._class_of[_class(worker)] = worker
        for key, size in sorted(count.items(), key=repr):
            self._node[key] = self.model.variable(size)
        for worker in self._planned:
            self.nodes_of[worker.id] = {
                shift: [self._node[_class(worker), shift]]
                for shift in sorted(self._reached[worker.id])
            }

    def _nodes(self) -> Iterable[tuple[Worker, Shift, int]]:
        """Yield a worker of each class, a shift and the node."""
        for (kind, shift), node in self._node.items():
            yield self._class_of[kind], self.problem.shift_by_id[shift], node

    def _own(self, worker: Worker, shift: str) -> int:
        """Return the variable that says whether a worker has a shift."""
        if (worker.id, shift) not in self._own_node:
            self._own_node[worker.id, shift] = self.model.variable(1)
            self.nodes_of[worker.id][shift].append(self._own_node[worker.id, shift])
        return self._own_node[worker.id, shift]

    # Leads ---------------------------------------------------------------------------------------

    def _add_leads(self) -> None:
        if not self.problem.team_needs_lead:
            return
        given = {
            (worker.team, shift.id)
            for worker in self.problem.workers
            if worker.is_lead
            for shift in self._givens[worker.id]
        }
        leads: dict[tuple[str, str], list[int]] = defaultdict(list)
        others: dict[tuple[str, str], list[int]] = defaultdict(list)
        for worker, shift, node in self._nodes():
            if worker.team is not None and (worker.team, shift.id) not in given:
                (leads if worker.is_lead else others)[worker.team, shift.id].append(node)
        for key, nodes in others.items():
            if not leads[key]:
                for node in nodes:
                    self.model.uppers[node] = 0
                continue
            led = self.model.variable(1)
            self.model.at_most([(led, 1), *((node, -1) for node in leads[key])], 0)
            for node in nodes:
                self.model.at_most([(node, 1), (led, -self.model.uppers[node])], 0)

    # Tasks ---------------------------------------------------------------------------------------

    def supply(self, task: Task) -> Supply:
        """Return the heads that could serve a task at some start."""
        if task.id not in self._supplies:
            nodes = frozenset(
                node
                for worker, shift, node in self._nodes()
                if worker.skills >= task.skills and fits(shift, task)
            )
            givens = frozenset(
                (worker.id, shift.id)
                for worker in self.problem.workers
                if worker.skills >= task.skills
                for shift in self._givens[worker.id]
                if fits(shift, task, away(worker))
            )
            self._supplies[task.id] = Supply(nodes, givens)
        return self._supplies[task.id]

    def _add_tasks(self) -> None:
        crews = self._crew_variables()
        crew_supply: dict[str, frozenset[int]] = {}
        for task in self.problem.tasks:
            pad, heads = self._padding.tasks.get(task.id, 0), heads_open(task)
            if task.is_crew:
                missing = self.model.variable(
                    (heads + pad) // 2, {task.level: 2 * task.missing_points}
                )
                crew_supply[task.id] = frozenset(
                    number
                    for (_, shift, skills), number in crews.items()
                    if skills >= task.skills and fits(self.problem.shift_by_id[shift], task)
                )
                self.model.at_least(
                    [(missing, 1), *((n, 1) for n in crew_supply[task.id])], (heads + pad) // 2
                )
            else:
                missing = self.model.variable(heads + pad, {task.level: task.missing_points})
            self._missing[task.id] = missing
            supply = self.supply(task)
            weight = 2 if task.is_crew else 1
            self.model.at_least(
                [(missing, weight), *((n, 1) for n in supply.nodes)],
                heads + pad - len(supply.givens),
            )
        self._add_simultaneous(crew_supply)

    def _crew_variables(self) -> dict[tuple[str, str, frozenset[str]], int]:
        """Return the number of crews by team, shift and what crew tasks ask for."""
        asked = {task.skills for task in self.problem.tasks if task.is_crew}
        found: dict[tuple[str, str, frozenset[str]], int] = {}
        for skills in sorted(asked, key=sorted):
            members: dict[tuple[str, str], list[int]] = defaultdict(list)
            givens: dict[tuple[str, str], int] = defaultdict(int)
            for worker, shift, node in self._nodes():
                if worker.team is not None and worker.skills >= skills:
                    members[worker.team, shift.id].append(node)
            for worker in self.problem.workers:
                if worker.team is not None and worker.skills >= skills:
                    for shift in self._givens[worker.id]:
                        givens[worker.team, shift.id] += 1
            for key in sorted(members.keys() | givens.keys()):
                most = sum(self.model.uppers[node] for node in members[key]) + givens[key]
                number = self.model.variable(most // 2)
                self.model.at_most(
                    [(number, 2), *((node, -1) for node in members[key])], givens[key]
                )
                found[(*key, skills)] = number
        return found

    def _add_simultaneous(self, crew_supply: Mapping[str, frozenset[int]]) -> None:
        """Add Hall's condition at each time when a task that must then be under way begins."""
        cores = {
            task.id: Span(task.latest_start, task.earliest_start + task.duration_min)
            for task in self.problem.tasks
            if task.latest_start < task.earliest_start + task.duration_min
        }
        tasks = self.problem.task_by_id
        done: dict[tuple[object, ...], list[frozenset[str]]] = defaultdict(list)
        moments = []
        for minute in sorted({core.start for core in cores.values()}):
            active = [name for name, core in cores.items() if core.start <= minute < core.end]
            moments.append(active)
        for active in sorted(moments, key=len, reverse=True):
            supplies = {name: self.supply(tasks[name]) for name in active}
            for union in unions(list(dict.fromkeys(supplies.values()))):
                served = frozenset(name for name in active if union.includes(supplies[name]))
                if len(served) < 2 or any(served <= old for old in done[union.nodes, union.givens]):
                    continue
                done[union.nodes, union.givens].append(served)
                self._add_heads_row(union, served)
            crews = {name: crew_supply[name] for name in active if name in crew_supply}
            for group in set_unions(list(dict.fromkeys(crews.values()))):
                served = frozenset(name for name, nodes in crews.items() if nodes <= group)
                if len(served) < 2 or any(served <= old for old in done[(group,)]):
                    continue
                done[(group,)].append(served)
                wanted = sum(self._wanted(tasks[name]) // 2 for name in served)
                self.model.at_least(
                    [
                        *((self._missing[name], 1) for name in sorted(served)),
                        *((n, 1) for n in group),
                    ],
                    wanted,
                )

    def _wanted(self, task: Task) -> int:
        return heads_open(task) + self._padding.tasks.get(task.id, 0)

    def _add_heads_row(self, supply: Supply, served: frozenset[str]) -> None:
        tasks = [self.problem.task_by_id[name] for name in sorted(served)]
        wanted = sum(self._wanted(task) for task in tasks)
        terms = [(self._missing[t.id], 2 if t.is_crew else 1) for t in tasks]
        terms += [(node, 1) for node in sorted(supply.nodes)]
        self.model.at_least(terms, wanted - len(supply.givens))

    # Familiar workers ----------------------------------------------------------------------------

    def _add_familiar(self) -> None:
        workers = self.problem.worker_by_id
        planned = {worker.id for worker in self._planned}
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
                given = any(fits(shift, task, away(worker)) for shift in self._givens[name])
                reach = [
                    shift
                    for shift in sorted(self._reached.get(name, ()))
                    if fits(self.problem.shift_by_id[shift], task)
                ]
                if not given and not reach:
                    continue
                does = self.model.variable(1, {level: cost - points})
                chosen.append(does)
                by_worker[name].append((task, does))
                if not given and name in planned:
                    self.model.at_most(
                        [(does, 1), *((self._own(worker, shift), -1) for shift in reach)], 0
                    )
            if chosen:
                self.model.at_most([*((n, 1) for n in chosen), (missing, each)], heads)
        for name, mine in by_worker.items():
            self._add_one_at_a_time(workers[name], mine)

    def _add_one_at_a_time(self, worker: Worker, mine: Sequence[tuple[Task, int]]) -> None:
        """Keep a familiar worker from tasks at fixed times that exclude each other."""
        fixed = [(t, does) for t, does in mine if t.earliest_start == t.latest_start]
        fixed.sort(key=lambda item: item[0].earliest_start)
        clashes = {
            number: [
                other
                for other in range(number)
                if conflict(
                    self.problem,
                    worker.travel_mode,
                    (fixed[other][0], fixed[other][0].earliest_start),
                    (task, task.earliest_start),
                )
            ]
            for number, (task, _) in enumerate(fixed)
        }
        for number, earlier in clashes.items():
            clique = [number]
            for other in reversed(earlier):
                if all(other in clashes[member] for member in clique if member > other):
                    clique.append(other)
                else:
                    self.model.at_most([(fixed[other][1], 1), (fixed[number][1], 1)], 1)
            if len(clique) > 1:
                self.model.at_most([(fixed[member][1], 1) for member in clique], 1)

    # Demands -------------------------------------------------------------------------------------

    def _add_demand(self, demand: Demand) -> None:
        nodes = [(s, n) for w, s, n in self._nodes() if w.skills >= demand.skills]
        steady = steady_presence(self.problem, demand)
        pauses = self._pauses_of(demand)
        merged: dict[tuple[_Covers, frozenset[int], int], int] = defaultdict(int)
        for start in range(demand.span.start, demand.span.end, QUARTER):
            quarter = Span(start, min(start + QUARTER, demand.span.end))
            edges = {quarter.start}
            spans = [part for shift, _ in nodes for part in shift.parts] + steady
            edges |= {edge for span in spans for edge in span if quarter.start < edge < quarter.end}
            covers = frozenset(
                (
                    frozenset(n for s, n in nodes if any(p.start <= e < p.end for p in s.parts)),
                    sum(span.start <= e < span.end for span in steady),
                )
                for e in edges
            )
            away = frozenset(n for span, n in pauses if overlaps(span, quarter))
            pad = self._padding.demands.get((demand.id, start), 0)
            merged[covers, away if len(edges) == 1 else frozenset(), pad] += 1
        for (covers, away, pad), n_quarters in merged.items():
            for heads, level, points in demand.levels:
                short = self.model.variable(heads + pad, {level: points * n_quarters})
                for cover, n_steady in covers:
                    terms = [(short, 1), *((n, 1) for n in sorted(cover))]
                    terms += [(n, -1) for n in sorted(away)]
                    self.model.at_least(terms, heads + pad - n_steady)

    def _pauses_of(self, demand: Demand) -> list[tuple[Span, int]]:
        """Return when workers that a demand counts may be on their break, and how many are.

        A break that begins inside a quarter does no less harm than one that begins with it, so
        breaks at quarters are enough; a worker away during a shift is taken to have it then.
        """
        if not self._has_breaks:
            return []
        nodes: dict[tuple[str, str], list[int]] = defaultdict(list)
        n_givens: dict[tuple[str, str], int] = defaultdict(int)
        for worker, shift, node in self._nodes():
            if worker.skills >= demand.skills:
                nodes[shift.id, worker.rule_book].append(node)
        for worker in self.problem.workers:
            for shift in self._givens[worker.id] if worker.skills >= demand.skills else ():
                if not any(overlaps(shift.span, span) for span in away(worker)):
                    n_givens[shift.id, worker.rule_book] += 1
        found: list[tuple[Span, int]] = []
        for name, book in sorted(nodes.keys() | n_givens.keys()):
            shift, key = self.problem.shift_by_id[name], (name, book)
            if not shift.break_min or not overlaps(shift.span, demand.span):
                continue
            if (*key, demand.skills) not in self._pauses:
                self._pauses[*key, demand.skills] = self._add_pauses(
                    shift, book, nodes[key], n_givens[key]
                )
            found += [
                (Span(at, at + shift.break_min), number)
                for at, number in self._pauses[*key, demand.skills].items()
            ]
        return found

    def _add_pauses(
        self, shift: Shift, rule_book: str, nodes: Sequence[int], n_givens: int
    ) -> dict[int, int]:
        rules = self.problem.rule_book_by_id[rule_book].rules
        places = break_starts(shift, rules, 1)
        if not places:
            return {}
        size = n_givens + sum(self.model.uppers[node] for node in nodes)
        first = places[0] - (places[0] - self._grid) % QUARTER
        pauses = {at: self.model.variable(size) for at in range(first, places[-1] + 1, QUARTER)}
        self.model.at_least(
            [*((number, 1) for number in pauses.values()), *((node, -1) for node in nodes)],
            n_givens,
        )
        return pauses


def _class(worker: Worker) -> tuple[object, ...]:
    skills = tuple(sorted(worker.skills))
    return (skills, worker.team or "", worker.is_lead, worker.rule_book)
