"""One day: breaks and tasks of workers whose shifts are given."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from solver.data.problem import Problem, Task
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.search.legality import overlaps
from solver.search.lexicographic import LevelSum, minimise, packed
from solver.search.limits import Budget
from solver.search.links import doers_of
from solver.search.placing import DayResult, hint_of
from solver.search.supply import QUARTER, order_of, ways_between
from solver.search.units import OpenTask, Unit, alone
from solver.search.value import Presence

_FEW_STARTS = 6
_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class _Offer:
    """A unit may do a task at a start."""

    unit: int
    open_task: OpenTask
    start: int
    takes: cp_model.IntVar

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + self.open_task.task.duration_min)


def some_starts(task: Task, seed: int) -> tuple[int, ...]:
    """Return a few starts of a task, drawn at random so that nobody can foresee them."""
    starts = task.starts
    if len(starts) <= _FEW_STARTS:
        return tuple(starts)
    return tuple(sorted(random.Random(f"{seed}:{task.id}").sample(starts, _FEW_STARTS)))


class DayModel:
    """The integer model of a day.

    Parameters
    ----------
    presence
        Workers at work with the breaks of all other days; the units of this day without breaks.
    locks
        Tasks given beforehand, by worker.
    budget
        When it is over before the model is made, nothing better is found.
    """

    def __init__(
        self,
        problem: Problem,
        units: Sequence[Unit],
        tasks: Sequence[OpenTask],
        presence: Presence,
        locks: Mapping[str, list[PlacedTask]],
        *,
        budget: Budget,
    ) -> None:
        self.problem = problem
        self.budget = budget
        self.tasks = tasks
        self.presence = presence
        self.model = cp_model.CpModel()
        self.units = list(units)
        self.breaks: list[dict[Span, cp_model.IntVar]] = []
        self.offers: list[_Offer] = []
        self._points: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._constants: dict[str, int] = defaultdict(int)
        self._add_breaks()
        self._split = self._add_splits(locks)
        self._is_made = self._add_offers() and self._add_conflicts()
        if self._is_made:
            self._add_heads()
            self._strangers = self._add_strangers()
            self._add_demands()

    def _add_breaks(self) -> None:
        for unit in self.units:
            mine = {span: self.model.new_bool_var("") for span in unit.breaks}
            if mine:
                self.model.add_exactly_one(mine.values())
            self.breaks.append(mine)

    def _add_splits(self, locks: Mapping[str, list[PlacedTask]]) -> dict[int, cp_model.IntVar]:
        """Let a crew part where a member could do what needs one head; both keep the same break.

        Returns what says whether a unit is there: of a crew that it is together, of its members
        that they are alone.
        """
        single = [open_task for open_task in self.tasks if not open_task.task.is_crew]
        there: dict[int, cp_model.IntVar] = {}
        for number, unit in list(enumerate(self.units)):
            if not unit.is_crew or any(task.is_crew for task, _ in unit.locked):
                continue
            members = alone(self.problem, unit, locks)
            if not any(
                each.is_open_to(member) and member.can_do(self.problem, each.task, start)
                for member in members
                for each in single
                for start in each.starts
            ):
                continue
            together = self.model.new_bool_var("")
            there[number] = together
            for member in members:
                there[len(self.units)] = together.negated()  # type: ignore[assignment]
                self.units.append(member)
                self.breaks.append(self.breaks[number])
        return there

    def _add_offers(self) -> bool:
        """Add who may do what, and when; return false when the budget is over before."""
        for number, unit in enumerate(self.units):
            if self.budget.is_over():
                return False
            for open_task in self.tasks:
                task = open_task.task
                if task.is_crew and (not unit.is_crew or open_task.heads < 2):
                    continue
                if not open_task.is_open_to(unit):
                    continue
                for start in open_task.starts:
                    if unit.can_do(self.problem, task, start):
                        takes = self.model.new_bool_var("")
                        self.offers.append(_Offer(number, open_task, start, takes))
                        if number in self._split:
                            self.model.add_implication(takes, self._split[number])
        return True

    def _add_conflicts(self) -> bool:
        """Keep units from doing two things at once; return false when the budget is over before."""
        by_unit: dict[int, list[_Offer]] = defaultdict(list)
        known: dict[tuple[object, ...], list[list[int]]] = {}  # of units that are offered the same
        for offer in self.offers:
            by_unit[offer.unit].append(offer)
        for number, offers in by_unit.items():
            if self.budget.is_over():
                return False
            for offer in offers:
                during = [
                    v for span, v in self.breaks[number].items() if overlaps(span, offer.span)
                ]
                if during:
                    self.model.add_at_most_one([offer.takes, *during])
            modes = self.units[number].modes
            key = (modes, *((offer.open_task.task.id, offer.start) for offer in offers))
            if key not in known:
                known[key] = self._cliques(modes, offers)
            for clique in known[key]:
                self.model.add_at_most_one(offers[n].takes for n in clique)
        return True

    def _cliques(self, modes: Sequence[str], offers: Sequence[_Offer]) -> list[list[int]]:
        """Return sets of offers that exclude each other and cover every pair that does."""
        masks = self._masks(modes, offers)
        left, cliques = list(masks), []
        for one in sorted(range(len(offers)), key=lambda n: offers[n].start):
            while left[one]:
                two = left[one].bit_length() - 1
                clique, others = [one, two], masks[one] & masks[two]
                while others:
                    more = others.bit_length() - 1
                    clique.append(more)
                    others &= masks[more]
                whole = sum(1 << n for n in clique)
                for member in clique:
                    left[member] &= ~whole
                cliques.append(clique)
        return cliques

    def _masks(self, modes: Sequence[str], offers: Sequence[_Offer]) -> list[int]:
        """Return for each offer the bits of those that exclude it."""
        tasks = [offer.open_task.task for offer in offers]
        places = list(dict.fromkeys(task.place for task in tasks))
        ways = [ways_between(self.problem, mode, places) for mode in modes]
        number: dict[object, int] = {place: n for n, place in enumerate(places)}
        at = np.array([number[task.place] for task in tasks], np.int64)
        known = {name: n for n, name in enumerate(dict.fromkeys(task.id for task in tasks))}
        same = np.array([known[task.id] for task in tasks], np.int64)
        starts = np.array([offer.start for offer in offers], np.int64)
        ends = np.array([offer.span.end for offer in offers], np.int64)
        rank = np.argsort(
            sorted(range(len(offers)), key=lambda n: (offers[n].start, *order_of(tasks[n])))
        )
        masks = []
        for n in range(len(offers)):
            clashes = same == same[n]
            for table in ways:
                is_late = starts[n] < ends + table[at, at[n]]
                is_early = starts < ends[n] + table[at[n], at]
                clashes |= np.where(rank < rank[n], is_late, is_early)
            clashes[n] = False
            bits = np.packbits(clashes, bitorder="little").tobytes()
            masks.append(int.from_bytes(bits, "little"))
        return masks

    def _add_heads(self) -> None:
        by_task: dict[str, list[_Offer]] = defaultdict(list)
        for offer in self.offers:
            by_task[offer.open_task.task.id].append(offer)
        for open_task in self.tasks:
            task, offers = open_task.task, by_task[open_task.task.id]
            sizes = [len(self.units[offer.unit].members) for offer in offers]
            taken = [offer.takes for offer in offers]
            if sum(sizes) > open_task.heads:
                if open_task.heads == 1 or all(size == open_task.heads for size in sizes):
                    # A crew goes as a whole, so one head may bring a second.
                    self.model.add_at_most_one(taken)
                else:
                    self.model.add(
                        cp_model.LinearExpr.weighted_sum(taken, sizes) <= open_task.heads
                    )
                    self._keep_together(offers)
            self._constants[task.level] += open_task.heads * task.missing_points
            for offer, size in zip(offers, sizes, strict=True):
                saved = min(size, open_task.heads) * task.missing_points
                self._points[task.level].append((offer.takes.index, -saved))
                if task.familiar_level is not None:
                    cost = sum(
                        task.familiar.get(worker.id, task.unfamiliar_points)
                        for worker in self.units[offer.unit].members
                    )
                    self._points[task.familiar_level].append((offer.takes.index, cost))
            self._add_changes(task, offers)

    def _add_changes(self, task: Task, offers: Sequence[_Offer]) -> None:
        """Pay for workers who had a task in the reference and do not do it."""
        reference, wanted = self.problem.reference, self.problem.wanted_tasks.get(task.id)
        if reference is None or not wanted:
            return
        self._constants[reference.level] += len(wanted) * reference.task_points
        for offer in offers:
            kept = sum(worker.id in wanted for worker in self.units[offer.unit].members)
            if kept:
                points = -kept * reference.task_points
                self._points[reference.level].append((offer.takes.index, points))

    def _add_strangers(self) -> dict[tuple[str, str], cp_model.IntVar]:
        """Pay once for each who does tasks of a link without owning it; return who does."""
        found: dict[tuple[str, str], cp_model.IntVar] = {}
        for offer in self.offers:
            link = offer.open_task.link
            if link is None or link.level is None:
                continue
            for name in offer.open_task.strangers(self.units[offer.unit]):
                key = (link.id, name)
                if key not in found:
                    found[key] = self.model.new_bool_var("")
                    self._points[link.level].append((found[key].index, link.points))
                self.model.add_implication(offer.takes, found[key])
        return found

    def _keep_together(self, offers: Sequence[_Offer]) -> None:
        """Make all heads of a task with several starts begin at the same one."""
        by_start: dict[int, list[_Offer]] = defaultdict(list)
        for offer in offers:
            by_start[offer.start].append(offer)
        if len(by_start) < 2:
            return
        begins = {start: self.model.new_bool_var("") for start in by_start}
        self.model.add_at_most_one(begins.values())
        for offer in offers:
            self.model.add_implication(offer.takes, begins[offer.start])

    def _add_demands(self) -> None:
        pauses = [
            (span, takes, worker)
            for unit, mine in zip(self.units, self.breaks, strict=True)
            for span, takes in mine.items()
            for worker in unit.members
            if unit.is_crew or self._is_whole(unit)
        ]
        for demand in self.problem.demands:
            mine = [
                (span, takes, worker)
                for span, takes, worker in pauses
                if worker.skills >= demand.skills and overlaps(span, demand.span)
            ]
            if not mine:
                continue
            there = self.presence.during(demand.skills, demand.span)
            early = max(0, min(span.start for span, _, _ in mine) - demand.span.start) // QUARTER
            late = min(demand.span.end, max(span.end for span, _, _ in mine)) - demand.span.start
            for first in range(early * QUARTER, late, QUARTER):
                start = demand.span.start + first
                quarter = Span(start, min(start + QUARTER, demand.span.end))
                now = [item for item in mine if overlaps(item[0], quarter)]
                if now:
                    self._add_quarter(demand.levels, quarter, there[first : first + QUARTER], now)

    def _is_whole(self, unit: Unit) -> bool:
        """Return whether a single worker is not just a member of a crew that may part."""
        return self.units.index(unit) not in self._split

    def _add_quarter(
        self,
        levels: Sequence[tuple[int, str, int]],
        quarter: Span,
        there: "np.ndarray[tuple[int], np.dtype[np.int32]]",
        pauses: Sequence[tuple[Span, cp_model.IntVar, object]],
    ) -> None:
        edges = {quarter.start, *(e for span, _, _ in pauses for e in span)}
        edges |= {quarter.start + int(n) + 1 for n in np.flatnonzero(np.diff(there))}
        covers = {
            (
                int(there[edge - quarter.start]),
                tuple(
                    sorted(
                        takes.index for span, takes, _ in pauses if span.start <= edge < span.end
                    )
                ),
            )
            for edge in edges
            if quarter.start <= edge < quarter.end
        }
        for heads, level, points in levels:
            lacking = [(n, away) for n, away in covers if n - len(away) < heads]
            if not lacking or not points:
                continue
            short = self.model.new_int_var(0, heads, "")
            self._points[level].append((short.index, points))
            for n, away in lacking:
                gone = [self.model.get_int_var_from_proto_index(index) for index in away]
                self.model.add(short >= heads - n + sum(gone))

    def solve(self, seed: int, start: DayResult, levels: Sequence[str]) -> DayResult:
        """Return the best day found, judged by some levels, begun from one that is known."""
        if not self._is_made:
            return start
        sums = []
        for level in levels:
            if terms := self._points.get(level):
                most = self._constants[level] + sum(self._upper(n) * max(0, f) for n, f in terms)
                sums.append(LevelSum(level, tuple(terms), self._constants[level], most))
        found = minimise(
            self.model, packed(sums), self.budget, seed=seed, most=_SECONDS, hint=self._hint(start)
        )
        return start if found is None else self._result(found.values)

    def _hint(self, start: DayResult) -> dict[int, int]:
        """Return the values of breaks, partings and tasks in a day."""
        pauses, done = hint_of(start)
        crews = {worked.worker: worked.crew for worked in start.shifts}
        hint: dict[int, int] = {}
        for number, (unit, mine) in enumerate(zip(self.units, self.breaks, strict=True)):
            first = unit.members[0].id
            for span, takes in mine.items():
                hint[takes.index] = int(pauses.get(first) == span)
            if unit.is_crew and number in self._split:
                hint[self._split[number].index] = int(crews.get(first) is not None)
        for offer in self.offers:
            members = self.units[offer.unit].members
            together = all(
                (worker.id, offer.open_task.task.id, offer.start) in done for worker in members
            )
            is_crew = crews.get(members[0].id) is not None
            hint[offer.takes.index] = int(together and is_crew == (len(members) == 2))
        doers = doers_of(self.problem, start.tasks)
        for (link, name), does in self._strangers.items():
            hint[does.index] = int(name in doers[link])
        return hint

    def _upper(self, number: int) -> int:
        domain: Sequence[int] = list(self.model.proto.variables[number].domain)
        return domain[-1]  # of the list: in the model itself -1 is not the last

    def _result(self, values: Sequence[int]) -> DayResult:
        result = DayResult()
        for number, (unit, mine) in enumerate(zip(self.units, self.breaks, strict=True)):
            crew = unit.name if unit.is_crew else None
            if number in self._split:
                together = self._split[number]
                if unit.is_crew and not values[together.index]:
                    continue
                if not unit.is_crew and values[together.negated().index]:
                    continue
            pauses = tuple(span for span, takes in mine.items() if values[takes.index])
            for worker in unit.members:
                result.shifts.append(
                    WorkedShift(worker=worker.id, shift=unit.shift.id, breaks=pauses, crew=crew)
                )
        for offer in self.offers:
            if values[offer.takes.index]:
                for worker in self.units[offer.unit].members:
                    result.tasks.append(
                        PlacedTask(
                            task=offer.open_task.task.id, worker=worker.id, start=offer.start
                        )
                    )
        return result
