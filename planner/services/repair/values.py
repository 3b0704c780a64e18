"""A plan that repairs a week, and which of several is best at what."""

from dataclasses import dataclass, replace
from functools import cached_property

from planner.domain.aims import Aim
from planner.domain.changed import WeekDifferences
from planner.domain.held import changes_by_person
from planner.domain.ids import StaffId
from planner.domain.roster import Finding, Roster


@dataclass(frozen=True, kw_only=True)
class RepairPlan:
    """A way to repair a week.

    Parameters
    ----------
    aims
        What it is best at, of the plans there are.
    base, left
        The draft that it changes, and what is left of it without those who are away.
    differences
        From what was published, else from the draft.
    away
        Who loses shifts or duties by being away.
    to_call
        Whose working time grows or moves: they are asked before they are planned so.
    promised
        Points that the levels of the promise pay.
    missing_before, missing_after
        Heads that lack from now on, for duties and for the minimum of each hour.
    short_before_min, short_after_min
        Minutes of a head that lack of the further staffing.
    overtime_min
        Minutes beyond contracts that nobody worked before.
    broken
        Rules that it breaks and that were not broken before.
    """

    aims: tuple[Aim, ...]
    base: Roster
    left: Roster
    roster: Roster
    differences: WeekDifferences
    away: frozenset[StaffId]
    to_call: frozenset[StaffId]
    promised: tuple[int, ...]
    missing_before: int
    missing_after: int
    short_before_min: int
    short_after_min: int
    overtime_min: int
    broken: tuple[Finding, ...]

    @cached_property
    def people(self) -> frozenset[StaffId]:
        """Who gets something else; to lose what one is away from is nothing else."""
        return frozenset(changes_by_person(self.left, self.roster))

    def value(self, aim: Aim) -> tuple[object, ...]:
        """Return what is compared to tell which plan is best by an aim; the least is best."""
        n_people = len(self.people)
        by_aim = {
            Aim.PEOPLE: (n_people, self.overtime_min, self.short_after_min),
            Aim.COVERAGE: (self.short_after_min, n_people, self.overtime_min),
            Aim.OVERTIME: (self.overtime_min, n_people, self.short_after_min),
        }
        return (self.promised, len(self.broken), by_aim[aim])


def best_by_aim(plans: tuple[RepairPlan, ...]) -> tuple[RepairPlan, ...]:
    """Return the plans that are best by any aim that was searched by, each once."""
    searched = {aim for plan in plans for aim in plan.aims}
    aims: dict[int, list[Aim]] = {}
    for aim in Aim:
        if aim in searched:
            best = min(range(len(plans)), key=lambda number: plans[number].value(aim))
            same = next(n for n in range(len(plans)) if _is_same(plans[n], plans[best]))
            aims.setdefault(same, []).append(aim)
    return tuple(replace(plans[number], aims=tuple(mine)) for number, mine in aims.items())


def _is_same(one: RepairPlan, other: RepairPlan) -> bool:
    return not changes_by_person(one.roster, other.roster)
