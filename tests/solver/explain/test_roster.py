"""What a roster looks up."""

from hypothesis import given
from hypothesis import strategies as st

from solver.data.problem import Worker
from solver.data.rules import Rule
from solver.data.solution import Solution, WorkedShift
from solver.explain.roster import Roster
from solver.search.legality import WorkerRules
from tests.solver.small import make_problem, patterns, rule_sets, workers


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
