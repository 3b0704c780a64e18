"""Days placed near a reference: crews, tasks and starts stay as long as they can."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

import pytest

from solver.data.problem import Lock, Problem, Reference, Shift, Task, Worker
from solver.data.rules import ContinuousWork, RuleBook
from solver.data.solution import PlacedTask, WorkedShift
from solver.data.spans import Span
from solver.search.crewing import Crewing
from solver.search.days import Days, Effort, locks_of
from solver.search.limits import Budget
from tests.solver.weeks import week

DAY = 24 * 60
LEVELS = ("cover", "changes", "familiar")
DAYS = tuple(Span(day * DAY, (day + 1) * DAY) for day in range(2))
SHIFTS = tuple(
    Shift(
        id=f"s{day}",
        day=day,
        kind="k",
        parts=(Span(day * DAY + 480, day * DAY + 960),),
        counted_min={"b": 480},
    )
    for day in range(2)
)
ALL = tuple(shift.id for shift in SHIFTS)


def task(name: str, at: int, **more: object) -> Task:
    given = {"place": None, "earliest_start": at, "latest_start": at, "level": "cover"}
    return Task(id=name, **{"duration_min": 60, "missing_points": 1, **given, **more})


def crew_task(name: str, at: int, **more: object) -> Task:
    return task(name, at, **{"heads": 2, "is_crew": True, **more})


def team(*names: str) -> tuple[Worker, ...]:
    return tuple(
        Worker(id=name, rule_book="b", shifts=ALL, team="t", is_lead=True) for name in names
    )


def two_days(
    workers: Iterable[Worker], tasks: Iterable[Task], reference: Reference | None
) -> Problem:
    """Return two days with one shift each."""
    return Problem(
        horizon=Span(0, 2 * DAY),
        days=DAYS,
        levels=LEVELS,
        rule_books=(RuleBook(id="b", rules=()),),
        shifts=SHIFTS,
        workers=tuple(workers),
        tasks=tuple(tasks),
        reference=reference,
    )


def problem(workers: tuple[Worker, ...], tasks: tuple[Task, ...], pairs: list[str]) -> Problem:
    """Return two days near a reference; pairs are ``task worker``."""
    split = (pair.split() for pair in pairs)
    did = tuple((name, who) for name, who in split)
    return two_days(workers, tasks, Reference(level="changes", tasks=did))


def place(
    made: Problem,
    chosen: dict[str, tuple[str, ...]],
    *,
    seed: int = 0,
    effort: Effort = Effort.QUICK,
) -> tuple[list[WorkedShift], list[PlacedTask]]:
    budget = Budget(60.0, 20.0, is_repeatable=True, should_stop=lambda: False)
    return Days(made, budget, seed).place(chosen, effort)


def pairs_of(tasks: list[PlacedTask]) -> set[str]:
    return {f"{placed.task} {placed.worker}" for placed in tasks}


def test_crew_stays_together_though_its_members_did_other_tasks_on_another_day():
    members = team("a", "b", "c", "d")
    past = task("past", 600, locks=(Lock(worker="a", start=600),))
    made = problem(members, (past, crew_task("x", DAY + 600)), ["x a", "x c"])
    units = Crewing(made, locks_of(made)).units([(worker.id, "s1") for worker in members])
    assert [[w.id for w in unit.members] for unit in units] == [["a", "c"], ["b", "d"]]


def test_crew_stays_together_though_its_task_could_begin_after_the_shift():
    members = team("a", "b", "c", "d")
    made = problem(members, (crew_task("x", 800, latest_start=1000),), ["x a", "x c"])
    units = Crewing(made, {}).units([(worker.id, "s0") for worker in members])
    assert [[w.id for w in unit.members] for unit in units] == [["a", "c"], ["b", "d"]]


def test_those_with_most_tasks_in_common_are_a_crew_when_two_crews_shared_a_task():
    members = team("a", "b", "c", "d")
    tasks = (crew_task("both", 500, heads=4), crew_task("x", 700))
    made = problem(members, tasks, ["both a", "both b", "both c", "both d", "x b", "x d"])
    units = Crewing(made, {}).units([(worker.id, "s0") for worker in members])
    assert [[w.id for w in unit.members] for unit in units] == [["b", "d"], ["a", "c"]]


def test_crew_whose_members_had_tasks_of_their_own_parts_again():
    made = problem(team("a", "b"), (task("x", 600), task("y", 600)), ["x b", "y a"])
    _, tasks = place(made, {"a": ("s0",), "b": ("s0",)})
    assert pairs_of(tasks) == {"x b", "y a"}


@pytest.mark.parametrize("effort", [Effort.QUICK, Effort.KEPT, Effort.FULL])
def test_crew_that_went_to_what_needs_one_head_as_a_whole_does_so_again(effort):
    did = [f"{name} {who}" for name in "xy" for who in "ab"]
    made = problem(team("a", "b"), (task("x", 600), crew_task("y", 700)), did)
    _, tasks = place(made, dict.fromkeys("ab", ("s0",)), effort=effort)
    assert pairs_of(tasks) == {*did}


def test_who_is_left_of_a_crew_keeps_its_task_with_somebody_new():
    made = problem(team("a", "b", "c", "d"), (crew_task("x", 600),), ["x b", "x c"])
    _, tasks = place(made, dict.fromkeys("abd", ("s0",)))
    assert "x b" in pairs_of(tasks)


@pytest.mark.parametrize(
    ("there", "kept"),
    [
        ("abc", {"x a", "y c"}),
        ("abcd", {"x a", "y c"}),
        ("abcde", {"x a", "y c"}),
        ("abcf", {"x a", "y c", "z f"}),
    ],
)
def test_those_left_of_crews_are_with_who_had_none_and_who_had_none_is_left_alone(there, kept):
    made = problem(
        team("a", "b", "c", "d", "e", "f", "g", "h", "i"),
        (crew_task("x", 500), crew_task("y", 600), crew_task("z", 700)),
        ["x a", "x g", "y c", "y h", "z f", "z i"],
    )
    _, tasks = place(made, dict.fromkeys(there, ("s0",)))
    assert kept <= pairs_of(tasks)


def test_who_comes_with_many_crew_tasks_is_with_one_of_a_crew_that_had_few():
    names = ("w", "x", "y", "z")
    tasks = (crew_task("early", 480), *(crew_task(n, 600 + 60 * i) for i, n in enumerate(names)))
    did = ["early a", "early b", *(f"{name} {who}" for name in names for who in "cd")]
    made = problem(team("a", "b", "c", "d"), tasks, did)
    _, placed = place(made, dict.fromkeys("abc", ("s0",)))
    kept = pairs_of(placed)
    assert kept >= {f"{name} c" for name in names}
    assert len(kept & {"early a", "early b"}) == 1


def test_two_who_had_much_together_stay_a_crew_though_somebody_is_left_alone():
    tasks = tuple(crew_task(name, 480 + 60 * n) for n, name in enumerate(("u", "v", "w")))
    made = problem(
        team("a", "b", "c", "d"),
        (*tasks, crew_task("x", 700)),
        ["x c", "x d"] + [f"{each.id} {who}" for each in tasks for who in "ab"],
    )
    _, placed = place(made, dict.fromkeys("abc", ("s0",)))
    assert pairs_of(placed) >= {f"{each.id} {who}" for each in tasks for who in "ab"}


def test_crew_is_of_two_whose_tasks_leave_room_for_the_break():
    book = RuleBook(id="b", rules=(ContinuousWork(most_min=300),))
    tasks = (
        crew_task("m", 600, duration_min=100),
        crew_task("n", 710, duration_min=90),
        crew_task("o", 480, duration_min=20),
    )
    made = problem(team("a", "b", "c", "d"), tasks, ["m a", "m d", "n b", "n d", "o c", "o d"])
    shifts = tuple(replace(shift, break_min=30) for shift in SHIFTS)
    made = replace(made, rule_books=(book,), shifts=shifts)
    _, placed = place(made, dict.fromkeys("abc", ("s0",)), effort=Effort.KEPT)
    kept = pairs_of(placed)
    assert len(kept & {"m a", "n b", "o c"}) == 2


@pytest.mark.parametrize("effort", [Effort.QUICK, Effort.FULL])
def test_task_stays_with_its_worker_when_a_lesser_level_prefers_another(effort):
    costly = {"familiar_level": "familiar", "familiar": {"a": 0}, "unfamiliar_points": 9}
    workers = tuple(Worker(id=name, rule_book="b", shifts=ALL) for name in ("a", "b"))
    made = problem(workers, (task("x", 600, **costly),), ["x b"])
    _, tasks = place(made, {"a": ("s0",), "b": ("s0",)}, effort=effort)
    assert pairs_of(tasks) == {"x b"}


@pytest.mark.parametrize("effort", [Effort.KEPT, Effort.MENDED, Effort.FULL])
@pytest.mark.parametrize("seed", range(8))
def test_worker_keeps_tasks_that_only_certain_starts_let_follow_each_other(seed, effort):
    workers = tuple(Worker(id=name, rule_book="b", shifts=ALL) for name in ("a", "b"))
    times = {"step_min": 5}
    tasks = (
        task("x", 480, latest_start=600, duration_min=230, **times),
        task("y", 600, latest_start=715, duration_min=245, **times),
    )
    made = problem(workers, tasks, ["x a", "y a"])
    _, placed = place(made, {"a": ("s0",), "b": ("s0",)}, seed=seed, effort=effort)
    assert pairs_of(placed) == {"x a", "y a"}


@pytest.mark.parametrize("effort", [Effort.MENDED, Effort.FULL])
@pytest.mark.parametrize("seed", range(8))
def test_what_matters_most_is_done_when_only_certain_starts_let_it_be(seed, effort):
    workers = (Worker(id="a", rule_book="b", shifts=ALL),)
    times = {"step_min": 5, "level": LEVELS[0]}
    tasks = (
        task("x", 480, latest_start=600, duration_min=230, **times),
        task("y", 690, latest_start=715, duration_min=245, **times),
    )
    made = replace(problem(workers, tasks, []), reference=None)
    _, placed = place(made, {"a": ("s0",)}, seed=seed, effort=effort)
    assert pairs_of(placed) == {"x a", "y a"}


@pytest.mark.parametrize("effort", [Effort.QUICK, Effort.FULL])
@pytest.mark.parametrize("seed", [1, 2])
def test_same_shifts_give_the_tasks_of_the_reference_whatever_is_drawn(seed, effort):
    made = week(seed=seed, n_teams=2, team_size=6, n_contacts=6, n_sites=5, n_spots=4, n_sessions=1)
    chosen: dict[str, tuple[str, ...]] = defaultdict(tuple)
    by_kind = [sorted(s.id for s in made.shifts if s.kind == kind) for kind in ("day", "full")]
    for worker in made.workers:
        mine = [shift for ids in by_kind for shift in ids if shift in worker.shifts]
        chosen[worker.id] = tuple(mine[:5])
    _, published = place(made, chosen, seed=1)
    near = replace(
        made,
        levels=(*made.levels, "changes"),
        reference=Reference(
            level="changes", tasks=tuple((each.task, each.worker) for each in published)
        ),
    )
    assert len(published) > 10
    _, tasks = place(near, chosen, seed=seed + 7, effort=effort)
    assert pairs_of(tasks) >= pairs_of(published)
