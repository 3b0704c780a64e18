"""What a roster looks up."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from solver.data.problem import Task, Worker
from solver.data.rules import Rule
from solver.data.solution import Solution, WorkedShift
from solver.explain.roster import Roster
from solver.search.legality import WorkerRules
from tests.solver.small import SHIFTS, make_problem, patterns, rule_sets, workers


@given(workers(), rule_sets, patterns, st.data())
def test_one_more_shift_breaks_the_same_looked_at_alone_as_with_all_others(
    worker: Worker, rules: tuple[Rule, ...], pattern: list[str], data: st.DataObject
) -> None:
    problem = make_problem(worker, rules=rules)
    planned = [name for name in pattern if name in worker.shifts]
    worked = tuple(WorkedShift(worker="w", shift=name) for name in planned)
    roster = Roster(problem, Solution(shifts=worked, tasks=(), levels=()))
    kept = tuple(name for name in roster.planned("w") if data.draw(st.booleans()))
    for name in worker.shifts:
        if name not in kept:
            shifts = [problem.shift_by_id[each] for each in (*kept, name)]
            expected = WorkerRules(problem, worker).breaches(shifts)
            assert roster.breaches_with("w", kept, name) == expected


def test_task_of_no_time_fits_where_a_shift_ends():
    shift = replace(SHIFTS[0], lead_out_min=0)
    last = shift.span.end
    task = Task(
        id="t",
        place=None,
        earliest_start=last,
        latest_start=last,
        duration_min=0,
        level="promise",
        missing_points=1,
    )
    problem = replace(make_problem(tasks=(task,)), shifts=(shift,))
    roster = Roster(problem, Solution(shifts=(), tasks=(), levels=()))
    assert set(roster.fitting(task)) == {shift.id}
