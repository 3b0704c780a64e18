"""Shifts near a reference, and bounds for what must change: never above what can be had."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from solver.data.problem import Problem, Reference, Shift, Task, Worker
from solver.data.rules import RuleBook, ShiftsPerDay
from solver.data.spans import Span
from solver.search.components import split
from solver.search.crews import Taking
from solver.search.days import Days, Effort
from solver.search.limits import Budget
from solver.search.nearness import NearChoice, Nearness
from solver.search.part import Part
from solver.search.patterns import Pattern, Patterns
from solver.search.value import value_of

DAY = 24 * 60
SHIFTS = tuple(
    Shift(
        id=f"{day}-{hour}",
        day=day,
        kind="k",
        parts=(Span(day * DAY + hour * 60, day * DAY + hour * 60 + 240),),
        counted_min={"b": 240},
    )
    for day in range(2)
    for hour in (8, 12)
)
ALL = tuple(shift.id for shift in SHIFTS)
BOOK = RuleBook(id="b", rules=(ShiftsPerDay(most=1),))


def budget() -> Budget:
    return Budget(60.0, 20.0, is_repeatable=True, should_stop=lambda: False)


def worker(name: str, **more: object) -> Worker:
    return Worker(id=name, rule_book="b", shifts=ALL, **more)


def task(name: str, at: int, **more: object) -> Task:
    given = {"place": None, "earliest_start": at, "latest_start": at, "level": "cover"}
    return Task(id=name, **{"duration_min": 60, "missing_points": 1, **given, **more})


def problem(
    workers: tuple[Worker, ...], tasks: tuple[Task, ...], reference: Reference | None = None
) -> Problem:
    return Problem(
        horizon=Span(0, 2 * DAY),
        days=(Span(0, DAY), Span(DAY, 2 * DAY)),
        levels=("cover", "changes", "rest"),
        rule_books=(BOOK,),
        shifts=SHIFTS,
        workers=workers,
        tasks=tasks,
        reference=reference,
    )


def published(*shifts: str, tasks: str = "") -> Reference:
    """Return a reference; shifts are ``worker day-hour``, tasks ``task worker`` with commas."""
    return Reference(
        level="changes",
        shifts=tuple((name, shift) for name, shift in (each.split() for each in shifts)),
        tasks=tuple(
            (name, who) for name, who in (each.split() for each in tasks.split(",") if each)
        ),
        shift_points=4,
        task_points=1,
    )


def nearness(made: Problem) -> Nearness:
    assert made.reference is not None
    return Nearness(made, Patterns(made), made.reference, budget())


def is_led(made: Problem, chosen: dict[str, Pattern]) -> bool:
    """Return whether each shift of the team has a lead."""
    begun = {shift for w in made.workers if w.team for shift in chosen[w.id]}
    led = {shift for w in made.workers if w.is_lead for shift in chosen[w.id]}
    return begun <= led


def drawn(seed: int) -> Problem:
    """Return a small week of a team and two others, somebody ill, near what was drawn."""
    rng = random.Random(seed)
    crew = tuple(worker(name, team="t", is_lead=name == "a") for name in "abc")
    others = tuple(worker(name) for name in "de")
    starts = [shift.span.start + rng.choice((0, 60, 120)) for shift in SHIFTS]
    tasks = (
        *(task(f"x{n}", rng.choice(starts), heads=rng.choice((1, 2))) for n in range(4)),
        *(task(f"y{n}", rng.choice(starts), heads=2, is_crew=True) for n in range(2)),
    )
    shifts = [
        f"{w.id} {day}-{rng.choice((8, 12))}"
        for w in (*crew, *others)
        for day in range(2)
        if rng.random() < 0.8
    ]
    pairs = [f"{each.id} {rng.choice('abcde')}" for each in tasks if rng.random() < 0.8]
    ill = rng.choice("abcde")
    workers = tuple(
        replace(w, blocked=(Span(0, DAY),)) if w.id == ill else w for w in (*crew, *others)
    )
    return problem(workers, tasks, published(*shifts, tasks=",".join(pairs)))


@pytest.mark.parametrize("seed", range(6))
def test_no_roster_as_well_covered_has_fewer_changes_than_the_bound(seed):
    made = drawn(seed)
    patterns, days = Patterns(made), Days(made, budget(), seed)
    options = {
        w.id: [
            chosen
            for size in range(3)
            for chosen in itertools.combinations(ALL, size)
            if set(chosen) <= patterns.reached(w.id) and patterns.is_legal(w.id, chosen)
        ]
        for w in made.workers
    }
    rng = random.Random(seed)
    best: dict[str, Pattern] = {}
    rank = (10**6, 10**6)
    wanted = {
        name: tuple(sorted(shift for mine in by_day.values() for shift in mine))
        for name, by_day in made.wanted_shifts.items()
    }
    near = {name: wanted.get(name, ()) for name in options}
    for _ in range(150):
        chosen = {
            name: near[name] if near[name] in mine and rng.random() < 0.7 else rng.choice(mine)
            for name, mine in options.items()
        }
        if is_led(made, chosen):
            found = value_of(made, patterns, chosen, *days.place(chosen, Effort.QUICK))
            if (found["cover"], found["changes"]) < rank:
                best, rank = chosen, (found["cover"], found["changes"])
    bounder = nearness(made)
    assert bounder.bound(best, {"cover": rank[0]}, rank[1]) <= rank[1]
    empty = dict.fromkeys(options, ())
    found = bounder.shifts(empty, seed=seed).patterns
    assert is_led(made, found)
    assert bounder.bound(best, {"cover": rank[0]}, rank[1]) <= rank[1]


def test_what_the_ill_had_is_proved_to_change():
    away = worker("a", blocked=(Span(0, DAY),))
    made = problem(
        (away, worker("b")),
        (task("x", 540), task("y", 540)),
        published("a 0-8", "b 0-8", tasks="x a,y b"),
    )
    assert nearness(made).bound({"a": (), "b": ("0-8",)}, {"cover": 1}, 9) == 5


def test_another_lead_stands_in_when_that_changes_less():
    away = worker("a", team="t", is_lead=True, blocked=(Span(0, DAY),))
    crew = (worker("b", team="t", is_lead=True), worker("c", team="t"), worker("d", team="t"))
    made = problem((away, *crew), (), published("a 0-8", "b 0-12", "c 0-8", "d 0-8"))
    near = nearness(made)
    kept: dict[str, Pattern] = {"a": (), "b": ("0-12",), "c": (), "d": ()}
    found = near.shifts(kept, seed=1).patterns
    assert found == {"a": (), "b": ("0-8",), "c": ("0-8",), "d": ("0-8",)}
    assert near.bound(found, {"cover": 0}, 8) == 8


def test_who_is_left_alone_of_a_crew_is_proved_to_lose_its_tasks():
    away = worker("a", team="t", is_lead=True, blocked=(Span(0, DAY),))
    made = problem(
        (away, worker("b", team="t", is_lead=True)),
        (task("x", 540, heads=2, is_crew=True),),
        published("a 0-8", "b 0-8", tasks="x a,x b"),
    )
    assert nearness(made).bound({"a": (), "b": ("0-8",)}, {"cover": 2}, 6) == 6


def test_one_of_an_odd_number_who_come_to_a_shift_is_proved_to_lose_its_crew_tasks():
    away = worker("a", team="t", is_lead=True, blocked=(Span(0, DAY),))
    followers = tuple(worker(name, team="t") for name in "bcdf")
    lead = Worker(id="e", rule_book="b", shifts=("0-9",), team="t", is_lead=True)
    later = replace(SHIFTS[0], id="0-9", parts=(Span(9 * 60, 13 * 60),))
    crews = tuple(task(name, 600, heads=2, is_crew=True) for name in "xyz")
    made = problem((), ())
    made = replace(
        made,
        shifts=(*SHIFTS, later),
        workers=(*(replace(w, shifts=(*ALL, "0-9")) for w in (away, *followers)), lead),
        tasks=crews,
        reference=published(
            *("a 0-8", "b 0-8", "c 0-8", "d 0-8", "e 0-9", "f 0-9"),
            tasks="x a,x b,y c,y d,z e,z f",
        ),
    )
    chosen: dict[str, Pattern] = {"a": (), **dict.fromkeys("bcdef", ("0-9",))}
    assert nearness(made).bound(chosen, {"cover": 6}, 99) == 4 + 1 + 3 * 4 + 1


def test_lead_does_not_leave_an_odd_number_who_lose_more_than_that_saves():
    ill = worker("e", team="t", is_lead=True, blocked=(Span(0, DAY),))
    leads = tuple(worker(name, team="t", is_lead=True) for name in "ah")
    others = tuple(worker(name, team="t") for name in "bcfg")
    crews = tuple(
        task(f"x{n}", 480 + 30 * n, heads=2, is_crew=True, duration_min=30) for n in range(6)
    )
    did = ",".join(f"x{n} {name}" for n in range(6) for name in ("ab" if n % 2 else "ch"))
    early, late = (f"{name} 0-8" for name in "abch"), (f"{name} 0-12" for name in "efg")
    made = problem((ill, *leads, *others), crews, published(*early, *late, tasks=did))
    near = nearness(made)
    kept: dict[str, Pattern] = {
        **dict.fromkeys("abch", ("0-8",)),
        **dict.fromkeys("efg", ()),
    }
    moved = {**kept, "a": ("0-12",), "f": ("0-12",), "g": ("0-12",)}
    found = near.shifts(moved, seed=1).patterns
    assert {found[name] for name in "abch"} == {("0-8",)}
    for value in (12, 99):  # a mix of both leads would change 11
        assert nearness(made).bound(kept, {"cover": 0}, value) == 3 * 4


def one_day(seed: int) -> Problem:
    """Return a day of a team of five, one ill, and crew tasks, some of which matter less."""
    rng = random.Random(seed)
    ill = rng.choice("abcde")
    team = tuple(
        worker(
            name,
            team="t",
            is_lead=True,
            blocked=(Span(0, 2 * DAY),) if name == ill else (Span(DAY, 2 * DAY),),
        )
        for name in "abcde"
    )
    tasks = []
    for n in range(3):
        at = rng.choice((8, 9, 10, 11, 12, 13)) * 60
        level = rng.choice(("cover", "rest"))
        more = {"latest_start": at + rng.choice((0, 0, 60)), "level": level}
        tasks.append(task(f"x{n}", at, heads=2, is_crew=True, step_min=60, **more))
    had = {name: rng.choice(("0-8", "0-8", "0-12")) for name in "abcde"}
    early = [name for name, shift in had.items() if shift == "0-8"]
    pairs = [f"{each.id} {who}" for each in tasks for who in rng.sample(early, min(2, len(early)))]
    shifts = [f"{name} {shift}" for name, shift in had.items()]
    return problem(team, tuple(tasks), published(*shifts, tasks=",".join(pairs)))


def crowded_day(seed: int) -> Problem:
    """Return a day as `one_day`, with more tasks at a time, some for one, and crews that stay.

    Not everybody can do all that one can do alone.
    """
    rng = random.Random(seed)
    made = one_day(seed)
    tasks = []
    for n in range(4):
        at = rng.choice((8, 8, 9, 9, 10, 11, 12)) * 60
        more = {"latest_start": at + rng.choice((0, 0, 60)), "level": rng.choice(made.levels[::2])}
        is_crew = rng.random() < 0.6
        if not is_crew and rng.random() < 0.5:
            more["skills"] = frozenset({"talk"})
        tasks.append(task(f"x{n}", at, heads=1 + is_crew, is_crew=is_crew, step_min=60, **more))
    able = frozenset({"talk"})
    team = tuple(replace(w, skills=able) if rng.random() < 0.6 else w for w in made.workers)
    early = [name for name, shift in made.reference.shifts if shift == "0-8"]
    crews = [early[first : first + 2] for first in range(0, len(early), 2)] or [[]]
    talkers = {w.id for w in team if w.skills}
    pairs = []
    for each in tasks:
        crew = rng.choice(crews)
        who = crew if each.is_crew or rng.random() < 0.5 else crew[:1]
        if not each.skills or talkers >= {*who}:
            pairs += [(each.id, name) for name in who]
    near = replace(made.reference, tasks=tuple(pairs))
    return replace(made, workers=team, tasks=tuple(tasks), reference=near)


def pairings(names: list[str]) -> Iterator[list[tuple[str, str]]]:
    """Yield all ways to make pairs of names; some may be left alone."""
    if len(names) < 2:
        yield []
        return
    first, *others = names
    yield from pairings(others)
    for other in others:
        for more in pairings([name for name in others if name != other]):
            yield [(first, other), *more]


def fewest(made: Problem) -> tuple[tuple[int, int], dict[str, Pattern]]:
    """Return by trying all rosters the least that is paid for cover and changes, and its shifts."""
    best: tuple[tuple[int, int], dict[str, Pattern]] = ((99, 99), {})
    wanted = made.wanted_tasks
    patterns = Patterns(made)
    mine = [[(), *((s,) for s in ("0-8", "0-12") if s in patterns.reached(n))] for n in "abcde"]
    for picked in itertools.product(*mine):
        chosen = dict(zip("abcde", picked, strict=True))
        moved = 4 * sum(made.wanted_shifts[n].get(0, frozenset()) != {*chosen[n]} for n in chosen)
        if best[0] <= (0, moved):
            continue
        at = {shift: [n for n in chosen if shift in chosen[n]] for shift in ("0-8", "0-12")}
        for early, late in itertools.product(pairings(at["0-8"]), pairings(at["0-12"])):
            units: list[tuple[tuple[str, ...], int]] = []
            for shift, pairs in (("0-8", early), ("0-12", late)):
                alone = [(n,) for n in at[shift] if not any(n in pair for pair in pairs)]
                units += [(unit, int(shift[2:])) for unit in (*pairs, *alone)]
            offers = [
                [None]
                + [
                    (unit, start)
                    for unit, hour in units
                    if len(unit) == 2 or not each.is_crew
                    if all(each.skills <= made.worker_by_id[name].skills for name in unit)
                    for start in each.starts
                    if hour * 60 <= start <= hour * 60 + 180
                ]
                for each in made.tasks
            ]
            for done in itertools.product(*offers):
                if any(
                    one and two and {*one[0]} & {*two[0]} and abs(one[1] - two[1]) < 60
                    for one, two in itertools.combinations(done, 2)
                ):
                    continue
                cover, lost = 0, moved
                for each, given in zip(made.tasks, done, strict=True):
                    cover += each.heads * (given is None and each.level == "cover")
                    lost += len(wanted.get(each.id, frozenset()) - {*(given[0] if given else ())})
                best = min(best, ((cover, lost), chosen), key=lambda item: item[0])
    return best


@pytest.mark.parametrize("seed", range(40))
def test_bound_of_changes_is_no_more_than_that_of_any_roster_of_a_day(seed):
    made = one_day(seed)
    (cover, changes), chosen = fewest(made)
    bound = nearness(made).bound(chosen, {"cover": cover}, changes + 9)
    assert bound <= changes


@pytest.mark.parametrize("seed", range(20))
def test_bound_of_changes_holds_whatever_is_seen_to_be_lost(seed):
    made = crowded_day(seed)
    (cover, changes), chosen = fewest(made)
    near = nearness(made)
    there = {name: near.patterns.reached(name) for name in "abcde"}
    for shift, size in itertools.product(("0-8", "0-12"), range(1, 6)):
        for names in itertools.combinations("abcde", size):
            if all(shift in there[name] for name in names):
                near.lookout.look_at(dict.fromkeys(names, (shift,)))
    for one, two in itertools.permutations("abcde", 2):
        if "0-8" in there[one] and "0-12" in there[two]:
            near.lookout.look_at({one: ("0-8",), two: ("0-12",)})
    assert near.bound(chosen, {"cover": cover}, changes + 9) <= changes


@pytest.mark.parametrize(("idle", "lost"), [("", 2), ("kl", 0)])
def test_who_takes_a_crew_task_over_is_proved_to_lose_what_cannot_be_done_beside_it(idle, lost):
    ill = worker("a", team="t", is_lead=True, blocked=(Span(0, DAY),))
    teams = {"b": "t", "g": "u", "h": "u", "i": "v", "j": "v"} | dict.fromkeys(idle, "w")
    others = tuple(worker(name, team=team, is_lead=True) for name, team in teams.items())
    crew: dict[str, object] = {"heads": 2, "is_crew": True}
    tasks = (
        task("of the ill", 540, **crew),
        task("short", 540, duration_min=30, **crew),
        task("then", 570, **crew),
    )
    shifts = (f"{name} 0-8" for name in ("a", *teams))
    pairs = zip((each.id for each in tasks for _ in "12"), "abghij", strict=True)
    near = replace(published(*shifts), tasks=tuple(pairs))
    made = problem((ill, *others), tasks, near)
    kept: dict[str, Pattern] = {"a": (), **dict.fromkeys(teams, ("0-8",))}
    assert nearness(made).bound(kept, {"cover": 0}, 99) == 4 + 1 + 1 + lost


def test_two_crews_who_take_tasks_over_at_once_are_both_proved_to_lose_theirs():
    able = frozenset({"talk"})
    teams = dict.fromkeys("abcdefgh", "t") | dict.fromkeys("ijkl", "u")
    team = tuple(
        worker(
            name,
            team=mine,
            is_lead=True,
            skills=able if mine == "t" else frozenset(),
            blocked=(Span(0, DAY),) if name in "abcd" else (),
        )
        for name, mine in teams.items()
    )
    crew: dict[str, object] = {"heads": 2, "is_crew": True}
    tasks = (
        *(task(f"of {pair}", 540, skills=able, **crew) for pair in ("ab", "cd")),
        *(task(f"of {pair}", 540, level="rest", **crew) for pair in ("ef", "gh")),
    )
    had = replace(
        published(*(f"{name} 0-8" for name in teams)),
        tasks=tuple((each.id, name) for each in tasks for name in each.id[3:]),
    )
    kept: dict[str, Pattern] = {name: () if name in "abcd" else ("0-8",) for name in teams}
    assert nearness(problem(team, tasks, had)).bound(kept, {"cover": 0}, 99) == 4 * (4 + 1) + 4


def test_who_is_left_alone_does_what_was_theirs_with_one_of_a_crew_that_would_take_it_over():
    ill = worker("a", team="t", is_lead=True, blocked=(Span(0, DAY),))
    team = (ill, *(worker(name, team="t", is_lead=True) for name in "bcd"))
    crew: dict[str, object] = {"heads": 2, "is_crew": True}
    tasks = (
        task("sure", 540, **crew),
        task("then", 660, level="rest", **crew),
        task("else", 540, level="rest", **crew),
        task("more", 600, level="rest", **crew),
    )
    had = published(
        *(f"{name} 0-8" for name in "abcd"),
        tasks="sure a,sure b,then a,then b,else c,else d,more c,more d",
    )
    part = Part(split(problem(team, tasks, had))[0], budget(), 1, lambda *_, **__: None)
    part.run()
    assert part.best.values["changes"] == part.bounds["changes"] == 4 + 2 + 3


def test_one_of_two_who_come_to_different_shifts_is_proved_to_lose_their_crew_task():
    mine = {"a": "0-8", "c": "0-8", "b": "0-12", "d": "0-12"}
    team = tuple(
        Worker(id=name, rule_book="b", shifts=(shift,), team="t", is_lead=True)
        for name, shift in mine.items()
    )
    gone = replace(SHIFTS[0], id="0-10", parts=(Span(10 * 60, 14 * 60),))
    did = (task("x", 660, latest_start=720, heads=2, is_crew=True, step_min=60, level="rest"),)
    near = published("a 0-10", "b 0-10", "c 0-8", "d 0-12", tasks="x a,x b")
    made = replace(problem(team, did), shifts=(*SHIFTS, gone), reference=near)
    chosen: dict[str, Pattern] = {name: (shift,) for name, shift in mine.items()}
    assert nearness(made).bound(chosen, {"cover": 0}, 99) == 4 + 4 + 1


def test_two_who_do_another_task_are_proved_to_lose_the_whole_of_theirs():
    ill = worker("a", team="t", is_lead=True, blocked=(Span(0, DAY),))
    team = (ill, *(worker(name, team="t", is_lead=True) for name in "bc"))
    tasks = (
        task("of the ill", 600),
        task("of both", 600, heads=2, is_crew=True, level="rest"),
    )
    had = replace(
        published(*(f"{name} 0-8" for name in "abc")),
        tasks=(("of the ill", "a"), ("of both", "b"), ("of both", "c")),
    )
    made = problem(team, tasks, had)
    kept: dict[str, Pattern] = {"a": (), "b": ("0-8",), "c": ("0-8",)}
    assert nearness(made).bound(kept, {"cover": 0}, 99) == 4 + 1 + 2


@pytest.mark.parametrize(("skills", "lost"), [({"talk"}, 0), (set(), 1)])
def test_task_for_one_is_lost_only_where_a_crew_cannot_do_it_as_a_whole(skills, lost):
    able = [{"talk"}, skills, set(), set()]
    team = tuple(
        worker(name, team="t", is_lead=True, skills=frozenset(mine))
        for name, mine in zip("abcd", able, strict=True)
    )
    tasks = (
        task("x", 540, skills=frozenset({"talk"}), level="rest"),
        task("y", 600, heads=2, is_crew=True, level="rest"),
    )
    pairs = "x a,y a,y b" + ",x b" * len(skills)
    made = problem(team, tasks, published(*(f"{name} 0-8" for name in "abcd"), tasks=pairs))
    kept: dict[str, Pattern] = dict.fromkeys("abcd", ("0-8",))
    assert nearness(made).bound(kept, {"cover": 0}, 99) == lost


def test_worse_choice_out_of_more_patterns_is_not_better(monkeypatch):
    made = one_day(1)
    (cover, _), chosen = fewest(made)
    near = nearness(made)
    found = iter((28.0, NearChoice(chosen, {}, changes)) for changes in (20, 25, 25))
    monkeypatch.setattr(near, "_widest", lambda *_, **__: (0.0, {}))
    monkeypatch.setattr(near, "_best_choice", lambda *_: next(found))
    near.bound(chosen, {"cover": cover}, 30)
    assert near.better is not None
    assert near.better.changes == 20


def test_one_of_two_who_had_a_task_for_one_together_and_come_to_different_crews_loses_it():
    team = tuple(worker(name, team="t", is_lead=True) for name in "abc")
    tasks = (
        task("crew", 540, heads=2, is_crew=True, level="rest"),
        task("one", 600, level="rest"),
    )
    had = published(*(f"{name} 0-8" for name in "abc"), tasks="crew a,crew c,one a,one b")
    kept: dict[str, Pattern] = dict.fromkeys("abc", ("0-8",))
    assert nearness(problem(team, tasks, had)).bound(kept, {"cover": 0}, 99) == 1


def test_changes_are_proved_for_the_coverage_that_a_better_choice_reaches(monkeypatch):
    made = one_day(58)
    (cover, changes), _ = fewest(made)
    part = Part(split(made)[0], budget(), 1, lambda *_, **__: None)
    place, efforts = part.days.place, list[Effort]()

    def placed(chosen: dict[str, Pattern], effort: Effort, taking: Taking) -> object:
        shifts, tasks = place(chosen, effort, taking)
        efforts.append(effort)
        return shifts, tasks if efforts.count(Effort.KEPT) > 1 else []

    monkeypatch.setattr(part.days, "place", placed)
    part.run()
    assert part.bounds | {"rest": 0} == {"cover": cover, "changes": changes, "rest": 0}


@pytest.mark.parametrize("most", [0, 4, 8, 12])
@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_bound_of_changes_holds_where_patterns_that_cost_little_are_too_many(
    monkeypatch, seed, most
):
    monkeypatch.setattr("solver.search.nearness._MOST_PATTERNS", (most,))
    made = one_day(seed)
    (cover, changes), chosen = fewest(made)
    for name, other in itertools.product(chosen, ((), ("0-8",), ("0-12",))):
        worse = {**chosen, name: other}
        if set(other) <= Patterns(made).reached(name):
            assert nearness(made).bound(worse, {"cover": cover}, changes + 9) <= changes
