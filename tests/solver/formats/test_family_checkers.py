"""The checkers against tiny instances whose cost is plain to see."""

import pytest

from tests.bench.families import shift_scheduling, smptsp, tsprp

ROSTERING = """\
# Two weeks for two people.
SECTION_HORIZON
14

SECTION_SHIFTS
E,480,
L,480,E

SECTION_STAFF
A,E=14|L=14,4800,480,3,2,2,1
B,E=14|L=1,4800,0,3,2,2,1

SECTION_DAYS_OFF
A,0

SECTION_SHIFT_ON_REQUESTS
A,2,E,3

SECTION_SHIFT_OFF_REQUESTS
A,3,E,5

SECTION_COVER
2,E,2,100,1
3,E,0,100,7
"""

JOBS = """\
# three jobs, two workers
Type = 1
Jobs = 3
 10 20
 20 30
 15 25
Qualifications = 2
 3: 0 1 2
 2: 1 2
"""

TASKS = """\
# two tasks on two days of a week
Tasks = 2
480 540 0
500 560 1
Shifts = 2
0 0 0 0 0 0
420 0 0 480 0 0
Employees = 1
2: 0 1
Days = 7
Shift constraints
1 2
5 6
1 2
3 2
true
true
Forbidden sequences = 1
1 0
"""


def roster(*assignments):
    return shift_scheduling.judge(shift_scheduling.read(ROSTERING), assignments)


def test_requests_and_cover_are_paid_for():
    assert roster(("A", 2, "E"), ("A", 3, "E")) == ([], 5 + 100 + 7)
    assert roster(("A", 2, "L"), ("A", 3, "L")) == ([], 3 + 200)


@pytest.mark.parametrize(
    ("assignments", "said"),
    [
        ([("B", 5, "L"), ("B", 6, "E")], "works E after L"),
        ([("B", 2, "E")], "works 1 days"),
        ([("B", 2, "L"), ("B", 3, "L")], "works L 2 times"),
        ([("B", 2, "E"), ("B", 3, "E"), ("B", 5, "E"), ("B", 6, "E")], "is off 1 days"),
        ([("B", day, "E") for day in range(4)], "works 4 days"),
        ([("B", day, "E") for day in (5, 6, 12, 13)], "works 2 weekends"),
        ([("A", 0, "E"), ("A", 1, "E")], "works on day 0"),
        ([("B", 2, "E"), ("B", 2, "L")], "two shifts"),
    ],
)
def test_what_a_roster_breaks_is_told(assignments, said):
    broken, _ = roster(*assignments)
    assert any(said in one for one in broken)


def test_too_few_minutes_are_told_of_who_works_none():
    assert roster()[0] == ["A works 0 min, 480 to 4800"]


def test_a_run_at_the_end_of_the_horizon_may_be_short():
    assert roster(("A", 13, "E"))[0] == []


def test_workers_of_jobs_are_counted():
    instance = smptsp.read(JOBS)
    assert smptsp.judge(instance, [0, 0, 1]) == ([], 2)
    assert smptsp.judge(instance, [1, 0, 1])[0] == ["worker 1 cannot do job 0"]
    assert smptsp.judge(instance, [0, 1, 1])[0] == ["worker 1 does 2 and 1 at once"]
    assert smptsp.judge(instance, [0, None, 1])[0] == ["nobody does job 1"]
    assert smptsp.judge(instance, [0])[0] == ["1 of 3 jobs are told of"]


def test_a_roster_of_tasks_pays_for_each_limit():
    instance = tsprp.read(TASKS)
    tasks = {"tasks": [0, 0]}
    assert tsprp.judge(instance, tasks | {"roster": [[1, 1, 0, 0, 0, 0, 0]]}) == ([], 1 + 2)
    broken, cost = tsprp.judge(instance, tasks | {"roster": [[1, 1, 0, 1, 0, 1, 0]]})
    assert broken == [
        "employee 0 has a shift without a task on day 3",
        "employee 0 has a shift without a task on day 5",
    ]
    # Worked and kind over by 2, off under by 2, isolated twice, a half weekend, on-off three times.
    assert cost == 2 + 2 + 2 + 2 + 1 + 3


def test_a_task_outside_its_shift_is_told():
    broken, _ = tsprp.judge(tsprp.read(TASKS), {"tasks": [0, 0], "roster": [[0, 1, 0, 0, 0, 0, 0]]})
    assert broken == ["task 0 is not inside the shift of employee 0"]
