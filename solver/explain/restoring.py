"""A roster of the whole problem made of one that was solved with most of it closed."""

from collections import defaultdict

from solver.data.problem import Problem
from solver.data.solution import Solution, WorkedShift
from solver.explain.changes import applied
from solver.explain.draft import Draft
from solver.explain.ledger import Ledger
from solver.explain.roster import Roster
from solver.explain.ways import Ways


def restored(problem: Problem, solution: Solution, part: Problem, found: Solution) -> Solution:
    """Return the roster with its open part as found, and what was closed as it was.

    Closed tasks and crews stay to the last break; who is alone on a closed shift with nothing to do
    may get another break and a mate. The engine is freer: to it closed crews and breaks are open,
    and locks excuse what a crew may not do. What it found and does not go with what was closed is
    left out. So the result may cost more than what was found, or than the roster did: it is to be
    priced, and its levels are left out.

    Parameters
    ----------
    part
        The problem and roster :func:`solver.explain.narrowing.narrowed`.
    found
        A roster of it.
    """
    restoring = _Restoring(Roster(problem, solution), Roster(part, found))
    restoring.open()
    restoring.give()
    restoring.place()
    return applied(solution, restoring.draft.change)


class _Restoring:
    def __init__(self, before: Roster, found: Roster) -> None:
        self.before = before
        self.found = found
        self.ways = Ways(Ledger(before))
        self.draft = Draft(before)
        self._open = [
            worked
            for worked in before.solution.shifts
            if not all(self._is_closed(name, worked.shift) for name in self._crew(worked))
        ]

    def open(self) -> None:
        """Take out all that was open; a given shift stays, without its tasks."""
        for worked in self._open:
            if self.draft.can_leave(worked.worker, worked.shift):
                self.draft.take_off(worked.worker, worked.shift)
            else:
                self.draft.relieve(worked.worker, worked.shift)

    def give(self) -> None:
        """Give the shifts that were found to those to whom they were open, crews as found."""
        groups: dict[tuple[str, str], list[WorkedShift]] = defaultdict(list)
        for worked in self.found.solution.shifts:
            groups[worked.crew or worked.worker, worked.shift].append(worked)
        for (_, shift), members in groups.items():
            free = [worked for worked in members if self._is_free(worked)]
            if free:
                self.draft.give([worked.worker for worked in free], shift, free[0].breaks)

    def _is_free(self, worked: WorkedShift) -> bool:
        """Tell whether a worker has neither tasks nor a mate on a shift by now, but those found."""
        shift = self.before.problem.shift_by_id[worked.shift]
        is_alone = len(self.draft.crew(worked.worker, shift.id)) == 1
        return is_alone and not self.draft.inside(worked.worker, shift)

    def place(self) -> None:
        """Place the tasks that were found where they go with all that is there by now."""
        for placed in sorted(self.found.solution.tasks, key=lambda each: (each.start, each.task)):
            shift = self.draft.shift_of(placed)
            if shift is None or placed in self.draft.placed(placed.worker):
                continue
            task = self.before.problem.task_by_id[placed.task]
            crew = self.draft.crew(placed.worker, shift.id)
            begun = {each.start for each in self.draft.heads(task.id)}
            is_unit = len(crew) > 1 or not task.is_crew  # a crew may do what is no crew's
            if is_unit and begun <= {placed.start} and self.ways.can_do(crew, task):
                self.ways.add(self.draft, crew, shift, task, (placed.start,))

    def _crew(self, worked: WorkedShift) -> tuple[str, ...]:
        if worked.crew is None:
            return (worked.worker,)
        return self.before.crews[worked.crew, worked.shift]

    def _is_closed(self, worker: str, shift: str) -> bool:
        """Tell whether a shift is a fact of the part and all that is done in it is locked."""
        if shift not in self.found.given[worker]:
            return False
        tasks = Draft(self.before).inside(worker, self.before.problem.shift_by_id[shift])
        locked = {(task.id, start) for task, start in self.found.locked.get(worker, ())}
        return all((placed.task, placed.start) in locked for placed in tasks)
