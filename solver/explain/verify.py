"""Judges and prices changes with the checks alone, before anybody is told of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from solver.checks import Violation, level_values, violations
from solver.data.problem import Demand, Problem
from solver.data.solution import Solution
from solver.data.spans import Span
from solver.explain.changes import Change, applied


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks say of a change.

    Parameters
    ----------
    sums
        Points by level that it adds.
    broken
        Rules that the roster breaks after it and did not break before, facts left out.
    """

    sums: tuple[int, ...]
    broken: tuple[Violation, ...]


class Verifier:
    """Compares a roster of a problem with itself after changes, with nothing but the checks."""

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem = problem
        self.solution = solution
        self._values: dict[tuple[str, ...], dict[str, int]] = {}

    @cached_property
    def _before(self) -> frozenset[Violation]:
        return frozenset(violations(self.problem, self.solution))

    def verdict(self, change: Change, reinforced: Problem | None = None) -> Verdict:
        """Return what the checks say of a change, in a problem with more workers if given.

        Points are compared on the demands alone that the change can touch; the others pay the same.
        """
        after = applied(self.solution, change)
        problem = reinforced or self.problem
        demands = tuple(self._touched(problem, change))
        now = self._now(demands)
        then = level_values(replace(problem, demands=demands), after)
        found = violations(problem, after)
        return Verdict(
            sums=tuple(then[level] - now[level] for level in problem.levels),
            broken=tuple(each for each in found if not each.is_fact and each not in self._before),
        )

    def _now(self, demands: tuple[Demand, ...]) -> dict[str, int]:
        """Return what the roster pays with some demands only; remembered."""
        key = tuple(demand.id for demand in demands)
        if key not in self._values:
            part = replace(self.problem, demands=demands)
            self._values[key] = level_values(part, self.solution)
        return self._values[key]

    def _touched(self, problem: Problem, change: Change) -> Iterable[Demand]:
        spans = [
            problem.shift_by_id[worked.shift].span
            for worked in (*change.shifts_out, *change.shifts_in)
        ]
        spans += self._fact_spans(problem, change)
        return (
            demand
            for demand in problem.demands
            if any(s.start < demand.span.end and demand.span.start < s.end for s in spans)
        )

    @staticmethod
    def _fact_spans(problem: Problem, change: Change) -> list[Span]:
        """Return when the facts of touched workers are: a fact may differ from its shift."""
        touched = {worked.worker for worked in (*change.shifts_out, *change.shifts_in)}
        return [fact.span for worker in touched for fact in problem.worker_by_id[worker].facts]
