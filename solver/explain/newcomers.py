"""Hypothetical workers: what one more person, or a crew, at some time would close."""

from collections.abc import Container
from dataclasses import dataclass, replace

from solver.data.problem import Fact, Problem, Shift, Worker
from solver.data.solution import WorkedShift
from solver.data.spans import Span

_SHIFT = "newcomer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """A worker whom the problem lacks: with some skills, at work in a span and no longer."""

    id: str
    skills: frozenset[str]
    span: Span


@dataclass(frozen=True, slots=True)
class Reinforced:
    """A problem with newcomers at work, who want nothing and cost nothing by themselves."""

    problem: Problem
    newcomers: tuple[Newcomer, ...]
    shifts: tuple[WorkedShift, ...]


def reinforced(
    problem: Problem, span: Span, skills: frozenset[str], *, is_crew: bool = False
) -> Reinforced | None:
    """Return a problem with one more worker, or a crew of two, in a span.

    Nothing when the span does not begin in the horizon and on a day of the problem.
    """
    day = next((n for n, d in enumerate(problem.days) if d.start <= span.start < d.end), None)
    if day is None or not problem.horizon.start <= span.start < problem.horizon.end:
        return None
    name = _unlike(_SHIFT, problem.shift_by_id)
    book = problem.rule_books[0].id
    shift = Shift(id=name, day=day, kind="", parts=(span,), counted_min={book: span.length})
    ids = [_unlike(f"{_SHIFT}-{n}", problem.worker_by_id) for n in range(2 if is_crew else 1)]
    workers = tuple(
        Worker(
            id=each,
            rule_book=book,
            skills=skills,
            team=_SHIFT if is_crew else None,
            is_lead=True,
            facts=(Fact(id=each, day=day, parts=(span,), counted_min=span.length, shift=name),),
        )
        for each in ids
    )
    return Reinforced(
        replace(
            problem,
            shifts=(*problem.shifts, shift),
            workers=(*problem.workers, *workers),
        ),
        tuple(Newcomer(id=each, skills=skills, span=span) for each in ids),
        tuple(
            WorkedShift(worker=each, shift=name, crew=_SHIFT if is_crew else None) for each in ids
        ),
    )


def _unlike(name: str, known: Container[str]) -> str:
    """Return a name that is not known yet."""
    while name in known:
        name += "+"
    return name
