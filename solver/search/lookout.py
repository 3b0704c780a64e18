"""What is counted near a reference: more and more, as choices show what is lost in them."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from solver.data.problem import Problem, Reference
from solver.search.keeping import Keeping
from solver.search.near_relaxation import NearRelaxation, Sighted
from solver.search.patterns import Pattern, Patterns
from solver.search.relaxation import Relaxation
from solver.search.supply import heads_open


class Lookout:
    """Looks at choices for what the relaxation must count to know what they change.

    Attributes
    ----------
    plain
        The relaxation without those who come together: a linear program soon solved.
    strict
        The one that counts these, and all that was seen so far.
    """

    def __init__(self, problem: Problem, patterns: Patterns, reference: Reference) -> None:
        self._problem = problem
        self._reference = reference
        self._base = Relaxation(problem, patterns)
        self._keeping = Keeping(problem, patterns, self._base.fits)
        self._sighted = Sighted()
        self.plain = NearRelaxation(self._base, reference, self._keeping)
        self.strict = self._strict()

    def _strict(self) -> NearRelaxation:
        return NearRelaxation(
            self._base,
            self._reference,
            self._keeping,
            with_comers=True,
            sighted=self._sighted,
        )

    def look_at(self, chosen: Mapping[str, Pattern]) -> bool:
        """Count from now on what is lost in a choice too; return whether there is more of it."""
        known, keeping = self._sighted, self._keeping
        taken_over = known.taken_over | self._taken_over(chosen)
        tasks = [self._problem.task_by_id[name] for name in sorted(taken_over)]
        there: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in sorted(chosen):
            if (team := self._problem.worker_by_id[name].team) is not None:
                for shift in chosen[name]:
                    there[team, shift].append(name)
        companies = {(*at, tuple(names)) for at, names in there.items()}
        losing = (
            company
            for company in companies
            if keeping.least_lost(company)
            or any(keeping.least_lost(company, taken) for taken in keeping.at_once(company, tasks))
        )
        self._sighted |= Sighted(frozenset(losing), taken_over, self._parted(chosen))
        if self._sighted == known:
            return False
        self.strict = self._strict()
        return True

    def _taken_over(self, chosen: Mapping[str, Pattern]) -> frozenset[str]:
        """Return the tasks that matter more than the reference and that others must take over."""
        rank, fits = self._problem.levels.index, self._keeping.fits
        found = set()
        for task in self._problem.tasks:
            keepers = self._problem.wanted_tasks.get(task.id, ())
            if not keepers or rank(task.level) >= rank(self._reference.level):
                continue
            there = Counter(
                (self._problem.worker_by_id[name].team, shift) if task.is_crew else None
                for name in sorted(keepers)
                for shift in chosen.get(name, ())
                if fits.shift(shift, task)
            )
            if max(there.values(), default=0) < heads_open(task):
                found.add(task.id)
        return frozenset(found)

    def _parted(self, chosen: Mapping[str, Pattern]) -> frozenset[str]:
        """Return the crew tasks whose two come to different shifts than before, each to another."""
        keeping, found = self._keeping, set()
        for name, keepers in self._problem.wanted_tasks.items():
            task = self._problem.task_by_id.get(name)
            if task is None or not task.is_crew or len(keepers) != 2 or task.heads != 2:
                continue
            one, two = sorted(keepers)
            if any(
                shift in keeping.holding(one, task)
                and other in keeping.holding(two, task)
                and keeping.are_apart(one, shift, two, other)
                for shift in chosen.get(one, ())
                for other in chosen.get(two, ())
            ):
                found.add(name)
        return frozenset(found)
