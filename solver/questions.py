"""What can be asked about a roster, and the rosters that were asked about last."""

import gc
import threading
from collections import OrderedDict
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from solver.checks import rule_costs
from solver.data.errors import InvalidProblemError, shown
from solver.data.problem import Problem
from solver.data.solution import Solution
from solver.data.spans import Span
from solver.explain.explainer import Explainer
from solver.explain.repairs import KINDS, Kind
from solver.formats.dataclass_json import write_json
from solver.formats.json_format import solution_to_json
from solver.solving import priced

MOST_KEPT = 3
"""Rosters that are kept to be asked about again."""

Fields = dict[str, Any]


class AskedRoster:
    """A roster of a problem, about which one question is answered at a time."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem = problem
        self._solution = solution
        self._lock = threading.Lock()

    def answer(self, question: "Question") -> Fields:
        """Return the answer to a question, as values that ``json.dumps`` takes."""
        with self._lock:
            return question.answer(self._explainer)

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.problem, priced(self.problem, self._solution))


class KeptRosters:
    """The rosters asked about last, by name."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, AskedRoster] = OrderedDict()

    def keep(self, name: str, roster: AskedRoster) -> None:
        """Keep a roster until there are several later ones."""
        self._kept[name] = roster
        self._kept.move_to_end(name)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        leave_alone()

    def get(self, name: str) -> AskedRoster | None:
        """Return a roster that is kept."""
        if name in self._kept:
            self._kept.move_to_end(name)
        return self._kept.get(name)


def leave_alone() -> None:
    """Let the garbage collector look no more through what there is, as it is kept for long.

    To look through a city's week takes it up to 50 ms, in the middle of an answer.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain:
    """Asks what the roster costs, and why its tasks lack heads."""

    def answer(self, explainer: Explainer) -> Fields:
        """Return the roster, explained."""
        solution = explainer.roster.solution
        costs = rule_costs(explainer.problem, solution)
        explained = replace(solution, costs=costs, gaps=explainer.task_gaps())
        return {"solution": solution_to_json(explained)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandGaps:
    """Asks why demands lack heads."""

    def answer(self, explainer: Explainer) -> Fields:
        """Return the gaps of demands."""
        return {"demand_gaps": _written(explainer.demand_gaps())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """Asks who could take a task or a shift, for one more head or instead of somebody."""

    task: str | None = None
    shift: str | None = None
    instead_of: str | None = None

    def answer(self, explainer: Explainer) -> Fields:
        """Return the candidates, the best first."""
        _check_one(self, "task", "shift")
        _check_known(self, "instead_of", explainer.problem.worker_by_id)
        if self.task is not None:
            _check_known(self, "task", explainer.problem.task_by_id)
            found = explainer.candidates_for_task(self.task, self.instead_of)
        else:
            _check_known(self, "shift", explainer.problem.shift_by_id)
            found = explainer.candidates_for_shift(self.shift or "", self.instead_of)
        return {"candidates": _written(found)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Asks what would close a gap of a task, or of a demand in the quarter with a minute.

    Parameters
    ----------
    kinds
        Kinds of repair that are looked for; all when empty.
    """

    task: str | None = None
    demand: str | None = None
    start: int | None = None
    kinds: tuple[Kind, ...] = ()

    def answer(self, explainer: Explainer) -> Fields:
        """Return the cheapest changes of each kind."""
        _check_one(self, "task", "demand")
        if self.task is not None:
            _check_known(self, "task", explainer.problem.task_by_id)
            return {"repairs": _written(explainer.repairs_of_task(self.task, self.kinds or KINDS))}
        spans = {demand.id: demand.span for demand in explainer.problem.demands}
        _check_known(self, "demand", spans)
        demand, start = self.demand or "", _checked_start(self, spans[self.demand or ""])
        found = explainer.repairs_of_demand(demand, start, self.kinds or KINDS)
        return {"repairs": _written(found)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """Asks why nobody covers a task, or a demand in the quarter with a minute."""

    task: str | None = None
    demand: str | None = None
    start: int | None = None

    def answer(self, explainer: Explainer) -> Fields:
        """Return the smallest set of facts that together are the cause."""
        _check_one(self, "task", "demand")
        if self.task is not None:
            _check_known(self, "task", explainer.problem.task_by_id)
            return {"causes": write_json(explainer.causes_of_task(self.task))}
        spans = {demand.id: demand.span for demand in explainer.problem.demands}
        _check_known(self, "demand", spans)
        demand, start = self.demand or "", _checked_start(self, spans[self.demand or ""])
        return {"causes": write_json(explainer.causes_of_demand(demand, start))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Asks what it would take to grant the wishes that were not."""

    def answer(self, explainer: Explainer) -> Fields:
        """Return an answer for each."""
        return {"wishes": _written(explainer.wishes())}


Question = Explain | DemandGaps | Rank | Repair | Causes | Wishes

QUESTIONS: dict[str, type[Question]] = {
    "explain": Explain,
    "demand-gaps": DemandGaps,
    "rank": Rank,
    "repair": Repair,
    "causes": Causes,
    "wishes": Wishes,
}
"""Kinds of question by the ``op`` of their request."""


def _written(items: Iterable[object]) -> list[Fields]:
    return [write_json(item) for item in items]


def _check_one(question: Question, *fields: str) -> None:
    if sum(getattr(question, field) is not None for field in fields) != 1:
        raise InvalidProblemError(
            f"{type(question).__name__} names one of {', '.join(fields)} and no more."
        )


def _check_known(question: Question, field: str, names: Container[str]) -> None:
    name = getattr(question, field)
    if name is not None and name not in names:
        raise InvalidProblemError(
            f"{type(question).__name__}.{field} is {shown(name)}, which the problem lacks."
        )


def _checked_start(question: Repair | Causes, span: Span) -> int:
    """Return a question's minute, which has to be one of a demand's."""
    if question.start is None or not span.start <= question.start < span.end:
        kind = type(question).__name__
        raise InvalidProblemError(f"{kind}.start is {question.start}, outside the demand.")
    return question.start
