"""Rosters of small problems to be explained, and what the checks say of changes to them."""

from hypothesis import assume
from hypothesis import strategies as st

from solver.checks import Violation, level_values, violations
from solver.data.problem import Demand, Problem, Reference, Task, Worker
from solver.data.solution import Solution, WorkedShift
from solver.data.spans import Span
from solver.explain.changes import Change, applied
from solver.explain.explainer import Explainer
from solver.search.legality import break_starts, overlaps
from tests.solver.small import (
    HOUR,
    N_DAYS,
    SHIFTS,
    links,
    make_problem,
    pairings,
    rule_sets,
    workers,
)

SKILLS = st.sets(st.sampled_from(["s", "t"]), max_size=1).map(frozenset)


@st.composite
def tasks(draw: st.DrawFn, name: str, names: list[str], *, is_crew: bool) -> Task:
    """Draw a task somewhere in the horizon."""
    start = draw(st.integers(6, N_DAYS * 24 - 2)) * HOUR
    return Task(
        id=name,
        place=draw(st.sampled_from(["a", "b", None])),
        earliest_start=start,
        latest_start=start + draw(st.sampled_from([0, 30, 120])),
        duration_min=draw(st.sampled_from([10, 60, 120])),
        step_min=15,
        heads=2 if is_crew else draw(st.integers(1, 2)),
        is_crew=is_crew,
        skills=draw(SKILLS),
        level=draw(st.sampled_from(["promise", "cover"])),
        missing_points=draw(st.integers(1, 8)),
        familiar_level="familiar",
        familiar={names[0]: 0},
        unfamiliar_points=2,
    )


@st.composite
def demands(draw: st.DrawFn, name: str) -> Demand:
    """Draw a demand of some hours, its last quarter sometimes a short one."""
    start = draw(st.integers(0, N_DAYS * 24 - 4)) * HOUR
    length = draw(st.integers(10, 6 * HOUR))
    levels = ((1, "promise", 2), (2, "cover", 1))
    return Demand(id=name, span=Span(start, start + length), skills=draw(SKILLS), levels=levels)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw a few workers, of a team or not, with tasks and demands."""
    names = [f"w{number}" for number in range(draw(st.integers(1, 4)))]
    team = draw(st.sampled_from([None, "team"]))
    drawn: list[Worker] = [
        draw(workers(name, team=team, is_lead=number == 0)) for number, name in enumerate(names)
    ]
    problem = make_problem(
        *drawn,
        rules=draw(rule_sets),
        tasks=tuple(
            draw(tasks(f"t{number}", names, is_crew=team is not None and draw(st.booleans())))
            for number in range(draw(st.integers(1, 4)))
        ),
        demands=tuple(draw(demands(f"d{number}")) for number in range(draw(st.integers(0, 2)))),
        pairings=draw(pairings(names)),
        links=draw(links),
    )
    return draw(references(problem))


@st.composite
def references(draw: st.DrawFn, problem: Problem) -> Problem:
    """Draw whether a roster stays near another."""
    if draw(st.booleans()):
        return problem
    pairs = st.tuples(
        st.sampled_from([worker.id for worker in problem.workers]),
        st.sampled_from([shift.id for shift in SHIFTS]),
    )
    done = st.tuples(
        st.sampled_from([task.id for task in problem.tasks]),
        st.sampled_from([worker.id for worker in problem.workers]),
    )
    reference = Reference(
        level="fair",
        shifts=tuple(draw(st.sets(pairs, max_size=4))),
        tasks=tuple(draw(st.sets(done, max_size=4))),
        shift_points=3,
        task_points=2,
    )
    return Problem(
        **{
            **{name: getattr(problem, name) for name in problem.__dataclass_fields__},
            "reference": reference,
        }
    )


def bare(problem: Problem) -> Solution:
    """Return the roster of given shifts alone, each with a break where it may be."""
    worked = []
    for worker in problem.workers:
        rules = problem.rule_book_by_id[worker.rule_book].rules
        for fact in worker.facts:
            if fact.shift is not None:
                shift = problem.shift_by_id[fact.shift]
                places = [Span(at, at + shift.break_min) for at in break_starts(shift, rules, 1)]
                free = [p for p in places if not any(overlaps(p, b) for b in worker.bound)]
                worked.append(WorkedShift(worker=worker.id, shift=shift.id, breaks=tuple(free[:1])))
    return Solution(shifts=tuple(worked), tasks=(), levels=())


def broken(problem: Problem, solution: Solution) -> set[Violation]:
    """Return what a roster breaks, facts left out."""
    return {found for found in violations(problem, solution) if not found.is_fact}


def price(problem: Problem, before: Solution, change: Change) -> tuple[int, ...]:
    """Return what a change adds on each level, as the checks say."""
    now, then = level_values(problem, before), level_values(problem, applied(before, change))
    return tuple(then[level] - now[level] for level in problem.levels)


@st.composite
def rosters(draw: st.DrawFn, n_steps: int = 5) -> tuple[Problem, Solution]:
    """Draw a problem and a legal roster of it, made by taking legal candidates one by one."""
    problem = draw(problems())
    solution = bare(problem)
    assume(not broken(problem, solution))
    for _ in range(n_steps):
        explainer = Explainer(problem, solution)
        if draw(st.booleans()):
            name = draw(st.sampled_from([task.id for task in problem.tasks]))
            found = explainer.candidates_for_task(name)
            if not explainer.roster.missing(problem.task_by_id[name]):
                continue
        else:
            found = explainer.candidates_for_shift(draw(st.sampled_from(SHIFTS)).id)
        legal = [candidate for candidate in found if candidate.is_legal]
        if legal:
            solution = applied(solution, draw(st.sampled_from(legal)).change)
    return problem, solution
