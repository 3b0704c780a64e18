"""The cheapest weeks of two of a team who become a crew for a task."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from solver.data.problem import Shift, Task, Worker
from solver.explain.candidates import Candidates
from solver.explain.draft import Draft
from solver.explain.ways import Way
from solver.explain.weeks import Aim, Week, Weeks

_MOST_SHIFTS = 2
_MOST_MATES = 2
_MOST_LEADS = 2
_MOST_OTHERS = 6
"""Of each team, those whose weeks are picked anew: for whom the shift costs least by itself."""


class Pairs:
    """Picks the weeks of two anew, each by itself but for the shift that they share."""

    def __init__(self, weeks: Weeks, candidates: Candidates) -> None:
        self.weeks = weeks
        self.ways = weeks.ways
        self.candidates = candidates
        self.roster = weeks.roster
        self.problem = weeks.problem

    def for_task(self, task: Task) -> Iterator[Way]:
        """Yield ways in which two of a team do a crew's task on a shift that is new to both."""
        draft = self.ways.begun(task)
        doing = {placed.worker for placed in draft.heads(task.id)}
        teams: dict[str, list[Worker]] = defaultdict(list)
        for worker in self.roster.skilled(task.skills):
            if worker.team is not None and worker.shifts and worker.id not in doing:
                teams[worker.team].append(worker)
        for members in teams.values():
            for shift in self._shifts(task, members):
                yield from self._on_shift(draft, task, members, shift)

    def _shifts(self, task: Task, members: Sequence[Worker]) -> list[Shift]:
        """Return the shifts that are worth most of those that a team is offered."""
        fitting = self.roster.fitting(task)
        offered = {name for worker in members for name in worker.shifts if name in fitting}
        order = sorted((self.ways.worth(members[0], fitting[name]), name) for name in offered)
        return [fitting[name] for _, name in order[:_MOST_SHIFTS]]

    def _on_shift(
        self, draft: Draft, task: Task, members: Sequence[Worker], shift: Shift
    ) -> Iterator[Way]:
        aim = Aim(shifts=frozenset({shift.id}), is_led=True)
        weeks: list[tuple[Week, Worker]] = []
        for worker in self._promising(draft, members, shift):
            week = self.weeks.cheapest(worker, aim)
            if week is not None:
                weeks.append((week, worker))
        weeks.sort(key=lambda each: (each[0].sums, each[1].id))
        is_led = self.candidates.is_led(draft, members[0], shift)
        for number, one in enumerate(weeks[:_MOST_MATES]):
            mates = [
                other
                for other in weeks[number + 1 :]
                if is_led or one[1].is_lead or other[1].is_lead
            ]
            for other in mates[:_MOST_MATES]:
                way = self._together(draft, task, shift, (one, other))
                if way is not None:
                    yield way

    def _promising(self, draft: Draft, members: Sequence[Worker], shift: Shift) -> Iterator[Worker]:
        """Yield those for whom a shift they may be given would cost least by itself."""
        able = [
            worker
            for worker in members
            if shift.id in worker.shifts
            and shift.id not in draft.worked(worker.id)
            and not self.roster.breaches_with(worker.id, (), shift.id)
        ]
        able.sort(key=lambda worker: (self.candidates.price(draft, worker, shift), worker.id))
        yield from [worker for worker in able if worker.is_lead][:_MOST_LEADS]
        yield from [worker for worker in able if not worker.is_lead][:_MOST_OTHERS]

    def _together(
        self,
        draft: Draft,
        task: Task,
        shift: Shift,
        pair: tuple[tuple[Week, Worker], tuple[Week, Worker]],
    ) -> Way | None:
        for week, worker in pair:
            changed = {day: name for day, name in week.changed.items() if name != shift.id}
            way = self.weeks.applied(draft, worker, Week(week.planned, changed, week.sums))
            if way is None:
                return None
            draft = way.draft
        return self.ways.new_shift(draft, tuple(worker.id for _, worker in pair), shift, task)
