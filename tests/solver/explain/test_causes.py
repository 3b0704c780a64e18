"""The facts that together cause a gap, against every way of leaving some of them out."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings

from solver.checks import violations
from solver.data.pairings import Apart
from solver.data.problem import Demand, Problem, Shift, Task, Worker
from solver.data.rules import (
    ConsecutiveDays,
    ContinuousWork,
    RestBetween,
    RestInPeriod,
    Rule,
    ShiftsPerDay,
    WorkingTime,
)
from solver.data.solution import PlacedTask, Solution, WorkedShift
from solver.data.spans import Span
from solver.explain.causes import Causes
from solver.explain.explainer import Explainer
from solver.explain.grounds import Ground
from solver.explain.hitting import smallest_hitting
from solver.explain.otherwise import code_of
from solver.search.legality import break_starts, overlaps
from tests.solver.explain.examples import does, roster, someone, task, works
from tests.solver.explain.rosters import rosters
from tests.solver.small import DAY, HORIZON, HOUR, LEVELS, make_fact, make_problem

S, T = frozenset({"s"}), frozenset({"s", "t"})


def causes(problem: Problem, solution: Solution, name: str = "t") -> Causes:
    return Explainer(problem, solution).causes_of_task(name)


def told(found: Causes) -> set[tuple[str, str]]:
    return {(each.code, each.of) for each in found.causes}


def test_one_absent_worker_is_the_whole_cause() -> None:
    away = someone(blocked=(Span(8 * HOUR, 12 * HOUR),))
    found = causes(make_problem(away, tasks=(task(),)), roster())
    assert told(found) == {("blocked", "w")}
    assert found.reason == "supply"
    (cause,) = found.causes
    assert (cause.opens, cause.also, cause.is_verified) == (("w",), (), True)


def test_all_who_are_away_are_needed_and_the_skill_that_others_lack() -> None:
    problem = make_problem(
        someone("a", skills=T, blocked=(Span(8 * HOUR, 12 * HOUR),)),
        someone("b", skills=T, bound=(Span(8 * HOUR, 9 * HOUR + 30),)),
        someone("c", skills=S),
        tasks=(task(skills=T),),
    )
    found = causes(problem, roster())
    assert told(found) == {("blocked", "a"), ("bound", "b"), ("skill", "t")}
    assert (found.n_skilled, found.n_there) == (2, 0)
    assert [each.opens for each in found.causes] == [("a",), ("b",), ("c",)]
    assert all(each.is_verified for each in found.causes)


def test_a_rule_is_told_with_its_numbers() -> None:
    tired = someone(facts=(make_fact("evening", -1),), shifts=("day0",))
    problem = make_problem(tired, rules=(RestBetween(rest_min=11 * HOUR),), tasks=(task(hour=10),))
    found = causes(problem, roster())
    assert found.reason == "rule"
    (cause,) = found.causes
    assert (cause.code, cause.of, cause.workers) == ("rest-between", "book", ("w",))
    (example,) = cause.examples
    assert dict(example.values) == {"rest_min": 7 * HOUR, "least_min": 11 * HOUR}


def test_what_else_is_planned_is_a_cause_when_it_alone_is_in_the_way() -> None:
    problem = make_problem(someone(), tasks=(task(), task("other")))
    solution = roster(works("w", "day0", 720), tasks=(does("other", "w", 9 * HOUR),))
    found = causes(problem, solution)
    assert told(found) == {("other-work", "")}
    assert found.reason == "preference"


def test_a_shift_of_the_next_day_that_overlaps_is_other_work_and_gives_way() -> None:
    problem = make_problem(someone(shifts=("night0", "split1")), tasks=(task(hour=23),))
    found = causes(problem, roster(works("w", "split1")))
    assert told(found) == {("other-work", "")}
    assert found.causes[0].is_verified


def test_nothing_is_a_cause_where_somebody_is_free() -> None:
    found = causes(make_problem(someone(), tasks=(task(),)), roster())
    assert found.causes == ()
    assert found.free == ("w",)


def test_given_shifts_of_others_are_one_cause_together() -> None:
    given_ = [someone(f"w{n}", shifts=(), facts=(make_fact("night", 0),)) for n in range(2)]
    problem = make_problem(
        *given_, someone("x", shifts=("day0",), blocked=(HORIZON,)), tasks=(task(),)
    )
    found = causes(problem, roster(works("w0", "night0"), works("w1", "night0")))
    assert told(found) == {("given", ""), ("blocked", "x")}


def test_a_gap_that_no_shift_reaches_says_so() -> None:
    found = causes(make_problem(someone(shifts=("evening0",)), tasks=(task(),)), roster())
    assert told(found) == {("no-shift", "")}


def test_a_gap_that_no_shift_reaches_may_be_closed_on_the_next_of_its_days() -> None:
    late = replace(task(hour=23), latest_start=DAY + 15)
    worker = someone(shifts=("day2",), facts=(make_fact("day", 0),))
    found = causes(make_problem(worker, tasks=(late,)), roster(works("w", "day0", 720)))
    assert told(found) == {("no-shift", "")}
    assert found.causes[0].also == ()


@pytest.mark.parametrize("hour", [-1, 97])
def test_a_gap_outside_the_horizon_is_one_that_no_shift_reaches(hour: int) -> None:
    given_ = someone("b", facts=(make_fact("day", -3),), bound=(HORIZON,))
    demand = Demand(
        id="d",
        span=Span(hour * HOUR, hour * HOUR + 60),
        skills=frozenset(),
        levels=((1, LEVELS[0], 1),),
    )
    outside = (task(hour=hour), task("c", hour, heads=2, is_crew=True))
    team = [someone(name, team="x") for name in "vw"]
    problem = make_problem(someone("a"), given_, *team, tasks=outside, demands=(demand,))
    explainer = Explainer(problem, roster())
    for found in (
        explainer.causes_of_task("t"),
        explainer.causes_of_task("c"),
        explainer.causes_of_demand("d", hour * HOUR),
    ):
        assert told(found) == {("no-shift", "")}
        assert (found.reason, found.causes[0].is_verified) == ("supply", False)


def test_a_gap_of_which_only_the_last_minutes_may_begin_is_tried_there() -> None:
    early = replace(task(hour=-24), latest_start=30, step_min=30)
    worker = someone(shifts=("day2",))
    found = causes(make_problem(worker, tasks=(early,)), roster())
    assert told(found) == {("no-shift", "")}
    assert found.causes[0].is_verified


def test_a_gap_of_a_problem_without_days_is_one_that_no_shift_reaches() -> None:
    bare = replace(make_problem(someone(shifts=()), tasks=(task(),)), days=(), shifts=())
    assert told(causes(bare, roster())) == {("no-shift", "")}


@pytest.mark.parametrize(
    ("hour", "codes"), [(6, {"no-shift", "apart"}), (9, {"free-day", "apart"})]
)
def test_who_may_not_be_with_another_is_kept_apart_in_a_shift_not_on_offer_too(hour, codes) -> None:
    workers = (
        someone("a", shifts=("evening1",)),
        someone("b", shifts=("evening1",), facts=(make_fact("evening", 0),)),
        someone("c", skills=S, shifts=("day0",), blocked=(HORIZON,)),
    )
    problem = make_problem(*workers, tasks=(task(hour=hour),))
    apart = Apart(workers=("a", "b"), is_by_day=True)
    solution = roster(works("b", "evening0", 1080))
    found = causes(replace(problem, pairings=(apart,)), solution)
    opened = [each for each in found.causes if each.opens == ("a",)]
    assert opened
    for each in opened:
        assert {each.code, *(ground.code for ground in each.also)} == codes
        assert each.is_verified


def test_a_crew_lacks_when_one_of_two_is_away() -> None:
    pair = [
        someone("a", team="x", is_lead=True),
        someone("b", team="x", blocked=(Span(0, 24 * HOUR),)),
    ]
    problem = make_problem(*pair, tasks=(task(heads=2, is_crew=True),))
    found = causes(problem, roster())
    assert told(found) == {("blocked", "b")}
    assert found.causes[0].opens == ("a", "b")
    assert found.causes[0].is_verified


def test_more_than_a_few_absent_are_one_cause() -> None:
    away = [someone(f"w{n}", blocked=(HORIZON,)) for n in range(5)]
    found = causes(make_problem(*away, tasks=(task(),)), roster())
    assert told(found) == {("blocked", "")}
    assert len(found.causes[0].workers) == 5


def test_the_weeks_hours_and_what_else_is_planned_are_a_cause_together() -> None:
    problem = make_problem(
        someone(shifts=("day0", "day1")),
        rules=(WorkingTime(periods=(HORIZON,), most_min=9 * HOUR),),
        tasks=(task(),),
    )
    found = causes(problem, roster(works("w", "day1", 36 * HOUR)))
    assert told(found) == {("working-time", "book"), ("other-work", "")}
    assert all(each.is_verified for each in found.causes)


def test_causes_of_a_quarter_are_found_like_those_of_tasks() -> None:
    demand = Demand(
        id="d", span=Span(9 * HOUR, 10 * HOUR), skills=frozenset(), levels=((1, LEVELS[0], 1),)
    )
    problem = make_problem(someone(blocked=(Span(9 * HOUR, 10 * HOUR),)), demands=(demand,))
    found = Explainer(problem, roster()).causes_of_demand("d", 9 * HOUR + 20)
    assert told(found) == {("blocked", "w")}
    assert found.causes[0].is_verified


@pytest.mark.parametrize(
    ("sets", "size"),
    [
        (["ab", "bc", "ca"], 2),
        (["a", "b", "c"], 3),
        (["abc", "cd", "de", "ec"], 2),
    ],
)
def test_the_smallest_set_meets_all(sets: list[str], size: int) -> None:
    found, is_smallest = smallest_hitting([frozenset(one) for one in sets], "abcde")
    assert is_smallest
    assert len(found) == size
    assert all(found & set(one) for one in sets)


# Against every way of leaving facts out ----------------------------------------------------------


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(rosters(n_steps=3))
def test_a_set_is_enough_and_none_of_it_can_be_left_out(drawn: tuple[Problem, Solution]) -> None:
    problem, solution = with_limits_only(drawn[0]), drawn[1]
    plain = [each for each in problem.tasks if not each.is_crew]
    explainer = Explainer(problem, solution)
    gaps = [each for each in plain if explainer.roster.missing(each)]
    assume(gaps)
    wanted = gaps[0]
    found = explainer.causes_of_task(wanted.id)
    grounds = all_grounds(problem)
    chosen = {Ground(each.code, each.of) for each in found.causes}
    if found.free:
        assert is_open(problem, solution, wanted, frozenset())
        return
    assume(found.causes)
    assert not is_open(problem, solution, wanted, grounds - chosen)
    for each in found.causes:
        otherwise = {Ground(each.code, each.of), *each.also}
        assert otherwise & chosen == {Ground(each.code, each.of)}
        assert is_open(problem, solution, wanted, frozenset(otherwise)), each
    assert all(each.is_verified for each in found.causes)


LIMITS = (ShiftsPerDay, RestInPeriod, RestBetween, WorkingTime, ConsecutiveDays, ContinuousWork)


def with_limits_only(problem: Problem) -> Problem:
    """Return a problem with rules that fewer shifts never break: then every way is tried."""
    books = tuple(
        replace(book, rules=tuple(filter(is_limit, book.rules))) for book in problem.rule_books
    )
    pairings = tuple(each for each in problem.pairings if isinstance(each, Apart))
    return replace(problem, rule_books=books, pairings=pairings)


def is_limit(rule: Rule) -> bool:
    is_soft = getattr(rule, "level", None) is not None
    return isinstance(rule, LIMITS) and getattr(rule, "least", 1) <= 1 and not is_soft


def all_grounds(problem: Problem) -> frozenset[Ground]:
    """Return every fact that a small problem may have."""
    books = problem.rule_books
    rules = {Ground(code_of(rule), book.id) for book in books for rule in book.rules}
    rules.discard(Ground("shifts-per-day", "book"))  # no fact of its own
    rules |= {Ground(e.name, w.rule_book) for w in problem.workers for e in w.extra_times}
    workers = {Ground(code, w.id) for w in problem.workers for code in ("blocked", "bound")}
    skills = {Ground("skill", skill) for skill in ("s", "t")}
    codes = ("given", "free-day", "no-shift", "other-work", "travel", "no-lead", "apart", "linked")
    rest = {Ground(code) for code in codes}
    return frozenset(rules | workers | skills | rest)


def is_open(problem: Problem, solution: Solution, wanted: Task, dropped: frozenset[Ground]) -> bool:
    """Tell by trying everything whether one worker could do a task if facts were otherwise."""
    doing = {p.worker: p.start for p in solution.tasks if p.task == wanted.id}
    starts = set(doing.values()) or set(wanted.starts)
    return any(
        _can(problem, solution, wanted, worker, start, starts, dropped)
        for worker in problem.workers
        if worker.id not in doing and _is_skilled(worker, wanted, dropped)
        for start in starts
    )


def _is_skilled(worker: Worker, wanted: Task, dropped: frozenset[Ground]) -> bool:
    lacks = wanted.skills - worker.skills
    return not lacks or (
        len(lacks) == 1 < len(wanted.skills) and Ground("skill", *lacks) in dropped
    )


def _can(
    problem: Problem,
    solution: Solution,
    wanted: Task,
    worker: Worker,
    start: int,
    starts: set[int],
    dropped: frozenset[Ground],
) -> bool:
    """Try each shift that a worker could be in, with what is planned beside it and without."""
    span = Span(start, start + wanted.duration_min)

    def holds(shift: Shift) -> bool:
        return any(p.start <= span.start and span.end <= p.end for p in shift.open_parts)

    on_offer = {name for other in problem.workers for name in other.shifts}
    had = {w.shift for w in solution.shifts if w.worker == worker.id}
    fits_ever = [
        shift
        for shift in problem.shifts
        if any(
            p.start <= at and at + wanted.duration_min <= p.end
            for at in starts
            for p in shift.open_parts
        )
    ]
    there = [shift for shift in fits_ever if shift.id in had]
    pool = there or [shift for shift in fits_ever if shift.id in on_offer]
    own = Shift(
        id="own", day=3 + start // DAY, kind="", parts=(span,), counted_min={"book": span.length}
    )
    if not pool and Ground("no-shift") in dropped:
        pool = [own]
    return any(
        _passes(problem, solution, wanted, worker, start, dropped, shift, gone)
        for shift in pool
        if holds(shift)
        for gone in _removals(problem, solution, worker, shift, dropped)
    )


def _removals(
    problem: Problem,
    solution: Solution,
    worker: Worker,
    shift: Shift,
    dropped: frozenset[Ground],
) -> Iterator[tuple[set[str], set[str]]]:
    """Yield the shifts and tasks of a worker that may be taken away."""
    facts = {fact.shift for fact in worker.facts}
    planned = {w.shift for w in solution.shifts if w.worker == worker.id} - facts - {shift.id}
    same_day = {name for name in planned if problem.shift_by_id[name].day == shift.day}
    mine = {p.task: p.start for p in solution.tasks if p.worker == worker.id}
    yield set(), set()
    if Ground("other-work") not in dropped:
        return
    near = {t for t, at in mine.items() if shift.span.start <= at < shift.span.end}
    yield set(), near
    for gone in (same_day, planned):
        spans = [problem.shift_by_id[name].span for name in gone]
        lost = {t for t, at in mine.items() if any(s.start <= at < s.end for s in spans)}
        yield gone, lost
        yield gone, lost | near


def _passes(
    problem: Problem,
    solution: Solution,
    wanted: Task,
    worker: Worker,
    start: int,
    dropped: frozenset[Ground],
    shift: Shift,
    gone: tuple[set[str], set[str]],
) -> bool:
    """Let the checks judge one roster, wherever its break may be."""
    facts = worker.facts
    if shift.id not in {w.shift for w in solution.shifts if w.worker == worker.id}:
        free_of = tuple(
            fact for fact in facts if fact.day != shift.day and not overlaps(fact.span, shift.span)
        )
        if free_of != facts or not worker.shifts:
            if Ground("given") not in dropped:
                return False
            facts = free_of
        elif shift.id not in {*worker.shifts, "own"} and Ground("free-day") not in dropped:
            return False
    me = replace(
        worker,
        facts=facts,
        shifts=tuple(dict.fromkeys((*worker.shifts, shift.id))),
        skills=worker.skills | wanted.skills,
        blocked=() if Ground("blocked", worker.id) in dropped else worker.blocked,
        bound=() if Ground("bound", worker.id) in dropped else worker.bound,
        extra_times=tuple(
            each
            for each in worker.extra_times
            if Ground(each.name, worker.rule_book) not in dropped
        ),
    )
    books = tuple(
        replace(b, rules=tuple(r for r in b.rules if Ground(code_of(r), b.id) not in dropped))
        for b in problem.rule_books
    )
    known = problem.shift_by_id
    loose = replace(
        problem,
        rule_books=books,
        shifts=problem.shifts if shift.id in known else (*problem.shifts, shift),
        workers=tuple(me if w.id == worker.id else w for w in problem.workers),
        travel={} if Ground("travel") in dropped else problem.travel,
        team_needs_lead=Ground("no-lead") not in dropped,
        pairings=() if Ground("apart") in dropped else problem.pairings,
        links=tuple(
            replace(link, most=9) if Ground("linked") in dropped else link for link in problem.links
        ),
        reference=None,
    )
    lost_facts = {fact.shift for fact in worker.facts} - {fact.shift for fact in facts}
    out, undone = gone[0] | lost_facts, gone[1]
    lost_spans = [known[name].span for name in lost_facts if name is not None]
    lost = [
        p
        for p in solution.tasks
        if p.worker == worker.id
        and (p.task in undone or any(s.start <= p.start < s.end for s in lost_spans))
    ]
    with_mates = {(p.task, p.start) for p in lost if problem.task_by_id[p.task].is_crew}
    left = {(w.crew, w.shift) for w in solution.shifts if w.worker == worker.id and w.shift in out}
    rest = Solution(
        shifts=tuple(
            replace(w, crew=None) if (w.crew, w.shift) in left else w
            for w in solution.shifts
            if w.worker != worker.id or w.shift not in out
        ),
        tasks=tuple(
            p for p in solution.tasks if p not in lost and (p.task, p.start) not in with_mates
        ),
        levels=(),
    )
    before = set(violations(loose, rest))
    others = tuple(w for w in rest.shifts if (w.worker, w.shift) != (worker.id, shift.id))
    done = PlacedTask(task=wanted.id, worker=worker.id, start=start)
    crews = [w.crew for w in rest.shifts if (w.worker, w.shift) == (worker.id, shift.id)]
    rules = loose.rule_book_by_id[worker.rule_book].rules
    places: list[tuple[Span, ...]] = [
        (Span(at, at + shift.break_min),) for at in break_starts(shift, rules, 5)
    ]
    tasks = problem.task_by_id
    doing = [
        Span(p.start, p.start + tasks[p.task].duration_min)
        for p in (*rest.tasks, done)
        if p.worker == worker.id
    ]
    free = [p for p in places if not any(overlaps(p[0], span) for span in (*doing, *me.bound))]
    for pauses in free[:1] or [()]:
        mine = WorkedShift(worker=worker.id, shift=shift.id, breaks=pauses, crew=None)
        apart = tuple(
            replace(w, crew=None) if w.crew in crews and w.shift == shift.id else w for w in others
        )
        then = Solution(shifts=(*apart, mine), tasks=(*rest.tasks, done), levels=())
        if not any(not v.is_fact and v not in before for v in violations(loose, then)):
            return True
    return False
