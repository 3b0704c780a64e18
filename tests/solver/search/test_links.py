"""Tasks for the same people: hard links are kept, soft ones are worth what they cost."""

import itertools
import random
from dataclasses import replace

import pytest

from solver.checks import level_values, violations
from solver.data.pairings import Link
from solver.data.problem import Demand, HoursTarget, Lock, Problem, Shift, Task, Worker
from solver.data.rules import RuleBook, ShiftsPerDay
from solver.data.solution import PlacedTask, Solution, WorkedShift
from solver.data.spans import Span
from solver.engine import solve
from solver.search.joint import has_fixed_tasks
from tests.solver.weeks import DAY, fact_of, hourly_shift

KINDS = {"early": (6, 14), "late": (14, 22)}
N_DAYS = 2
HORIZON = Span(0, N_DAYS * DAY)


def shift(kind: str, day: int) -> Shift:
    return hourly_shift(kind, day, KINDS[kind], "b")


SHIFTS = tuple(shift(kind, day) for day in range(N_DAYS) for kind in KINDS)


def worker(name: str, **more: object) -> Worker:
    given: dict[str, object] = {
        "shifts": tuple(each.id for each in SHIFTS),
        "hours": (HoursTarget(level="hours", period=HORIZON, target_min=480, step_min=480),),
    }
    return Worker(id=name, rule_book="b", **{**given, **more})


def task(name: str, day: int, hour: int, link: str | None = "l", **more: object) -> Task:
    at = day * DAY + hour * 60
    given: dict[str, object] = {"earliest_start": at, "latest_start": at, "level": "cover"}
    return Task(
        id=name, place=None, duration_min=60, missing_points=3, link=link, **{**given, **more}
    )


def made(*workers: Worker, tasks: tuple[Task, ...], link: Link, **more: object) -> Problem:
    given: dict[str, object] = {
        "horizon": HORIZON,
        "days": tuple(Span(day * DAY, (day + 1) * DAY) for day in range(N_DAYS + 1)),
        "levels": ("cover", "links", "hours"),
        "rule_books": (RuleBook(id="b", rules=(ShiftsPerDay(most=1),)),),
        "shifts": SHIFTS,
    }
    return Problem(workers=workers, tasks=tasks, links=(link,), **{**given, **more})


def given_to(name: str, *shifts: str) -> Worker:
    """Return a worker whose shifts are facts."""
    by_id = {each.id: each for each in SHIFTS}
    facts = tuple(fact_of(by_id[each], name, "b") for each in shifts)
    return worker(name, shifts=(), facts=facts, hours=())


def solved(problem: Problem) -> Solution:
    """Return a roster that breaks nothing and costs what it says, with bounds that hold."""
    solution = solve(problem, work_limit=0.4, repeatable=True, n_workers=1)
    assert [found for found in violations(problem, solution) if not found.is_fact] == []
    assert {each.level: each.value for each in solution.levels} == level_values(problem, solution)
    assert all(each.bound is None or each.bound <= each.value for each in solution.levels)
    return solution


def doers(solution: Solution) -> dict[str, str]:
    return {placed.task: placed.worker for placed in solution.tasks}


def best(problem: Problem) -> tuple[int, ...]:
    """Return the points of the best of all rosters, each task for one or nobody."""
    names = [each.id for each in problem.workers]
    per_worker = []
    for each in problem.workers:
        days = [
            [None, *(s for s in each.shifts if problem.shift_by_id[s].day == day)]
            for day in range(N_DAYS)
        ]
        given = [str(fact.shift) for fact in each.facts]
        per_worker.append([[*given, *filter(None, mine)] for mine in itertools.product(*days)])
    ranks = []
    for combination in itertools.product(*per_worker):
        worked = tuple(
            WorkedShift(worker=name, shift=each)
            for name, mine in zip(names, combination, strict=True)
            for each in mine
        )
        for done in itertools.product([None, *names], repeat=len(problem.tasks)):
            placed = tuple(
                PlacedTask(task=each.id, worker=name, start=each.earliest_start)
                for each, name in zip(problem.tasks, done, strict=True)
                if name is not None
            )
            roster = Solution(shifts=worked, tasks=placed, levels=())
            rank = tuple(level_values(problem, roster).values())
            if (not ranks or rank < min(ranks)) and not violations(problem, roster):
                ranks.append(rank)
    return min(ranks)


def drawn(seed: int, workers: tuple[Worker, ...], n_tasks: int) -> Problem:
    rng = random.Random(seed)
    link = Link(id="l", most=rng.choice((1, 1, 2)), level=rng.choice((None, "cover", "links")))
    tasks = tuple(
        task(f"t{n}", rng.randrange(N_DAYS), rng.randrange(7, 20), rng.choice(("l", "l", None)))
        for n in range(n_tasks)
    )
    return made(*workers, tasks=tasks, link=replace(link, points=rng.randrange(1, 4)))


@pytest.mark.parametrize("seed", range(16))
def test_given_shifts_are_filled_in_the_best_way(seed: int) -> None:
    crowd = (
        given_to("a", "early0", "late1"),
        given_to("b", "late0", "early1"),
        given_to("c", "early0", "early1"),
    )
    problem = drawn(seed, crowd, 4)
    assert tuple(each.value for each in solved(problem).levels) == best(problem)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("is_joint", [False, True])
def test_shifts_and_tasks_are_chosen_in_the_best_way(seed: int, is_joint: bool) -> None:
    problem = drawn(seed, (worker("a"), worker("b")), 3)
    if not is_joint:
        noon = Demand(id="d", span=Span(600, 615), skills=frozenset(), levels=((1, "hours", 1),))
        problem = replace(problem, demands=(noon,))
    assert has_fixed_tasks(problem) == is_joint
    assert tuple(each.value for each in solved(problem).levels) == best(problem)


def test_crew_does_all_linked_tasks_of_crews() -> None:
    crowd = tuple(
        replace(given_to(name, "early0", "early1"), team="x", is_lead=True) for name in "abcd"
    )
    tasks = tuple(task(f"t{n}", n % 2, 8 + n, heads=2, is_crew=True) for n in range(4))
    solution = solved(made(*crowd, tasks=tasks, link=Link(id="l", most=2)))
    assert len(solution.tasks) == 8
    assert len({placed.worker for placed in solution.tasks}) == 2


def test_whoever_is_locked_to_one_does_the_others() -> None:
    crowd = (given_to("a", "early0", "early1"), given_to("b", "early0", "early1"))
    tasks = (task("t", 0, 8, locks=(Lock(worker="b", start=480),)), task("u", 1, 8))
    assert doers(solved(made(*crowd, tasks=tasks, link=Link(id="l")))) == {"t": "b", "u": "b"}


def test_another_does_all_where_the_first_has_no_time_for_one() -> None:
    crowd = (given_to("a", "early0", "early1"), given_to("b", "early0", "early1"))
    held = task("held", 1, 8, None, locks=(Lock(worker="a", start=DAY + 480),))
    tasks = (task("t", 0, 8), task("u", 1, 8), held)
    found = doers(solved(made(*crowd, tasks=tasks, link=Link(id="l"))))
    assert found == {"t": "b", "u": "b", "held": "a"}
