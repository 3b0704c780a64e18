"""What near a reference any roster must pay: for coverage, and for what must change.

To what the relaxation says of coverage comes what the reference says of each worker: the tasks that
a shift lets its worker keep, the lead without whom a follower cannot keep a shift, what an odd
number in a team lose since one is left without a crew, the tasks that are given up, and those that
others lose who take a task over.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from solver.data.problem import Reference, Task, Worker
from solver.search.crews import Taking
from solver.search.keeping import Company, Keeping
from solver.search.leads import given_leads
from solver.search.linear import Ints
from solver.search.relaxation import Relaxation
from solver.search.supply import heads_open

_Terms = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sighted:
    """What may be lost of a reference and was seen in choices: there is too much to count it all.

    Parameters
    ----------
    companies
        Those that lose crew tasks.
    taken_over
        Tasks that others than in the reference must do.
    parted
        Crew tasks whose two come to different shifts.
    """

    companies: frozenset[Company] = frozenset()
    taken_over: frozenset[str] = frozenset()
    parted: frozenset[str] = frozenset()

    def __or__(self, other: "Sighted") -> "Sighted":
        """Return what is seen in either."""
        return Sighted(
            self.companies | other.companies,
            self.taken_over | other.taken_over,
            self.parted | other.parted,
        )


class NearRelaxation(Relaxation):
    """The linear model of a problem with a reference, and what the reference lets workers keep.

    Parameters
    ----------
    base
        The model without the reference.
    keeping
        What workers lose of the reference.
    with_comers
        Count too what is lost where an odd number come to a shift together. Few rows say so, but
        the linear program is solved far slower with them.
    sighted
        Count this too.
    """

    def __init__(
        self,
        base: Relaxation,
        reference: Reference,
        keeping: Keeping,
        *,
        with_comers: bool = False,
        sighted: Sighted = Sighted(),
    ) -> None:
        self._grow_from(base)
        self._keeping = keeping
        self._level = reference.level
        self._points = reference.task_points
        self._add_kept_tasks()
        self._followers = self._find_followers()
        if self.problem.team_needs_lead:
            self._add_led()
        self._paid: dict[str, _Terms] = defaultdict(list)
        self._are_there: dict[Company, int] = {}
        self._more_lost: dict[Company, int] = {}
        self._add_companies(sighted.companies, with_comers=with_comers)
        self._losing: dict[str, list[_Terms]] = defaultdict(list)
        self._takers: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for name in sorted(sighted.taken_over):
            self._add_taken_over(self.problem.task_by_id[name])
        for company in sorted(sighted.companies):
            self._add_taking(company)
        self._add_undone(sighted.parted, with_partings=with_comers)

    def _add_kept_tasks(self) -> None:
        """Pay for each task of the reference, less those that a worker's shifts can hold.

        A task that several shifts of a pattern can hold is counted as often: the sum stays a bound.
        """
        table = self.model.points.setdefault(self._level, {})
        for name, tasks in self._keeping.wanted_by.items():
            n_held: dict[str, int] = defaultdict(int)
            for task in tasks:
                self.model.add_constant(self._level, self._points)
                for shift in self._keeping.holding(name, task):
                    n_held[shift] += 1
            for shift, n_tasks in n_held.items():
                own = self._own_of(name, shift)
                table[own] = table.get(own, 0) - self._points * n_tasks

    def _own_of(self, name: str, shift: str) -> int:
        return self.own(self.problem.worker_by_id[name], shift)

    def _find_followers(self) -> dict[tuple[str, str], list[Worker]]:
        """Return by team and shift the workers who have it in the reference and still may."""
        found: dict[tuple[str, str], list[Worker]] = defaultdict(list)
        for worker in self.planned:
            if worker.team is not None:
                for shifts in self.problem.wanted_shifts.get(worker.id, {}).values():
                    for shift in sorted(shifts & self.reached[worker.id]):
                        found[worker.team, shift].append(worker)
        return found

    def _add_led(self) -> None:
        """Let nobody keep a shift more surely than a lead of the team has it."""
        given = given_leads(self.problem)
        for (team, shift), members in self._followers.items():
            if (team, shift) in given:
                continue
            lead = self.numbers.get(("lead", team, shift))
            led = [(lead, -1)] if lead is not None else []
            for worker in members:
                if not worker.is_lead:
                    self.model.at_most([(self.own(worker, shift), 1), *led], 0)

    # Companies -----------------------------------------------------------------------------------

    def _add_companies(self, known: Collection[Company], *, with_comers: bool) -> None:
        """Pay for what companies lose: where they are an odd number, one loses all crew tasks.

        Of odd numbers those count too who keep a shift, or they and all who come together from
        another shift of the day which an odd number had.
        """
        odd = {
            (team, shift, tuple(sorted(worker.id for worker in members)))
            for (team, shift), members in self._followers.items()
            if len(members) % 2
        }
        for team, shift, names in sorted(odd) if with_comers else ():
            for other in frozenset.intersection(*(self.reached[name] for name in names)):
                keep = {worker.id for worker in self._followers.get((team, other), ())}
                there = tuple(sorted(keep | {*names}))
                if self.day_of(other) == self.day_of(shift) and len(there) % 2:
                    odd.add((team, other, there))
        for company in sorted(odd.union(known)):
            if not self._keeping.has_given(company):
                self._add_loss(company, is_sure=company in known)

    def _add_loss(self, company: Company, *, is_sure: bool) -> None:
        """Let a company lose what it loses at least when nobody else comes."""
        n_lost = self._keeping.least_lost(company, is_sure=is_sure)
        if n_lost:
            loses = self._is_there(company, {self._level: self._points * n_lost})
            for task, n_mine in self._keeping.n_holders(company).items():
                self._paid[task].append((loses, min(n_mine, n_lost)))

    def _is_there(self, company: Company, points: Mapping[str, int] | None = None) -> int:
        """Return the variable that says whether a company is just those who have its shift."""
        if company not in self._are_there:
            team, shift, names = company
            self._are_there[company] = number = self.model.variable(1, points)
            kept = [(self._own_of(name, shift), -2) for name in names]
            everybody = self._everybody(team, shift)
            self.model.at_least([(number, 1), (everybody, 1), *kept], 1 - len(names))
        return self._are_there[company]

    # Tasks taken over ----------------------------------------------------------------------------

    def taking(self, values: Ints) -> Taking:
        """Return what crews take over when the variables have some values, once for each task."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        known: set[str] = set()
        for at, takers in self._takers.items():
            mine = tuple(
                task for task, does in takers.items() if values[does] and task not in known
            )
            if mine:
                found[at] = mine
                known.update(mine)
        return found

    def _add_taken_over(self, task: Task) -> None:
        """Let whoever does a task lose all that cannot be done beside it.

        Not counted are tasks that facts may do.
        """
        wanted, supply = heads_open(task), self._supply(task)
        if supply.givens or (task.is_crew and wanted != 2):
            return
        losers, missing = self._losers(task), (self._missing[task.id], 1)
        if not task.is_crew:
            others = [term for terms in losers.values() for term in terms]
            self.model.at_least([missing, *self._terms(supply), *others], wanted)
            return
        crews = [
            (self._crew_taking(task, team, shift, losers[team, shift]), 1)
            for team, members in sorted(self.teams.items())
            for shift in sorted(frozenset[str]().union(*(self.reached[w.id] for w in members)))
            if self.fits.shift(shift, task)
        ]
        self.model.at_least([missing, *crews], 1)

    def _losers(self, task: Task) -> dict[tuple[str | None, str], _Terms]:
        """Return by team and shift terms for those who would lose something by doing a task.

        The terms are minus who is there, and plus who does the task.
        """
        found: dict[tuple[str | None, str], _Terms] = defaultdict(list)
        losing: dict[str, _Terms] = defaultdict(list)
        for worker in self.planned:
            if not worker.skills >= task.skills:
                continue
            for shift in self.nodes_of[worker.id]:
                if lost := self._keeping.lost_beside(worker.id, shift, task):
                    own, does = self.own(worker, shift), self.model.variable(1)
                    self.model.at_most([(does, 1), (own, -1)], 0)
                    found[worker.team, shift] += [(own, -1), (does, 1)]
                    for other in lost:
                        losing[other.id].append((does, -1))
        for name, terms in losing.items():
            self._losing[name].append(terms)
        return found

    def _crew_taking(self, task: Task, team: str, shift: str, losers: _Terms) -> int:
        """Return the variable that says whether a crew of a team does a task on a shift."""
        does = self._takers[team, shift][task.id] = self.model.variable(1)
        crew = [(self._everybody(team, shift, task.skills), 1), *losers]
        self.model.at_least([(does, -2), *crew], 0)
        for worker in self._followers.get((team, shift), ()):
            is_able = worker.skills >= task.skills
            if is_able and ((own := self.own(worker, shift)), -1) not in losers:
                # Whoever loses nothing by it does nothing alone.
                self.model.at_least([(does, -1), (own, -1), *crew], 0)
        return does

    def _add_taking(self, company: Company) -> None:
        """Let a company lose more where its crews take tasks over, or two tasks at once."""
        team, shift, _ = company
        if self._keeping.has_given(company):
            return
        takers = self._takers.get((team, shift), {})
        tasks = [self.problem.task_by_id[name] for name in takers]
        for taken in self._keeping.at_once(company, tasks):
            n_more = self._keeping.least_lost(company, taken) - self._keeping.least_lost(company)
            if n_more > 0:
                does = [(takers[task.id], -n_more) for task in taken]
                terms = [(self._lost_more(company), 1), (self._is_there(company), -n_more), *does]
                self.model.at_least(terms, -n_more * len(taken))

    def _lost_more(self, company: Company) -> int:
        """Return the variable of how much more a company loses because of what it takes over."""
        if company not in self._more_lost:
            n_holders = self._keeping.n_holders(company)
            lost = self.model.variable(n_holders.total(), {self._level: self._points})
            self._more_lost[company] = lost
            for task in n_holders:
                self._paid[task].append((lost, 1))
        return self._more_lost[company]

    # Tasks given up ------------------------------------------------------------------------------

    def _add_undone(self, parted: Collection[str], *, with_partings: bool) -> None:
        """Pay for tasks that nobody keeps though some could: left undone, or others do them.

        A task that matters less than the reference may be left undone for a more important one. A
        crew task is no longer done by both when one of two has another shift. What a company loses
        is paid for already: of any other loss only as much counts as is more than that.
        """
        rank = self.problem.levels.index
        for task in self.problem.tasks:
            keep = {
                name: [
                    (self._own_of(name, shift), shift)
                    for shift in self._keeping.holding(name, task)
                ]
                for name in sorted(self.problem.wanted_tasks.get(task.id, ()))
                if task in self._keeping.wanted_by.get(name, ())
            }
            rows = [(terms, 0) for terms in self._losing[task.id]]
            if rank(task.level) > rank(self._level):
                heads = heads_open(task)
                # A crew goes as a whole, so one head may bring a second.
                most = heads if task.is_crew or not any(map(self._is_of_team, keep)) else heads + 1
                each = 2 if task.is_crew or most == 2 * heads else 1
                missing = (self._missing[task.id], -each)
                terms = [(own, -1) for mine in keep.values() for own, _ in mine]
                rows.append(([missing, *terms], -most))
            if with_partings and task.is_crew and task.heads == 2:
                rows += self._partings(keep, with_all=task.id in parted)
            if not any(keep.values()) or not rows:
                continue
            lost = self.model.variable(len(keep), {self._level: self._points})
            for terms, least in rows:
                self.model.at_least([(lost, 1), *self._paid[task.id], *terms], least)

    def _is_of_team(self, name: str) -> bool:
        return self.problem.worker_by_id[name].team is not None

    def _partings(
        self, keep: Mapping[str, Sequence[tuple[int, str]]], *, with_all: bool
    ) -> list[tuple[_Terms, int]]:
        """Return rows for two who have different shifts for a task.

        Those of a shift that one of them has in the reference are few; the others come with all.
        """
        rows: list[tuple[_Terms, int]] = []
        for one, two in permutations(keep, 2):
            days = self.problem.wanted_shifts.get(one, {})
            before = {shift for shifts in days.values() for shift in shifts}
            for own, shift in keep[one]:
                others = [
                    (other, -1)
                    for other, elsewhere in keep[two]
                    if self._keeping.are_apart(one, shift, two, elsewhere)
                ]
                if others and (with_all or shift in before):
                    rows.append(([(own, -1), *others], -1))
        return rows

    def _everybody(self, team: str, shift: str, skills: frozenset[str] = frozenset()) -> int:
        """Return the variable that counts all of a team who have a shift, and some skills."""
        able = [worker for worker in self.teams[team] if worker.skills >= skills]
        more = () if len(able) == len(self.teams[team]) else (skills,)
        key = ("team", team, *more, shift)
        if key not in self.numbers:
            members = [w for w in able if shift in self.reached[w.id]]
            number = self.model.variable(len(members), day=self.day_of(shift))
            self.numbers[key] = number
            for worker in members:
                self.nodes_of[worker.id][shift].append(number)
        return self.numbers[key]
