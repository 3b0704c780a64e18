"""Makes choices of shifts keep what ties workers together, mostly by leaving shifts out."""

from collections.abc import Collection, Mapping

from solver.data.problem import Problem
from solver.search.leads import unled
from solver.search.patterns import Pattern, Patterns


def mended(
    problem: Problem, patterns: Patterns, chosen: Mapping[str, Pattern]
) -> dict[str, Pattern]:
    """Return legal patterns as chosen, less what no lead begins and what breaks a hard pairing.

    Of two who may not be together the one who can spare the shift more easily loses it. Where a
    locked task needs the shift, those whom it needs too take their simplest.
    """
    found = dict(chosen)
    took: set[str] = set()
    while True:
        gone = {name: shifts for name, shifts in unled(problem, found).items() if shifts}
        faults = patterns.ties.faults(found)
        beside: set[str] = set()
        if not gone and faults:
            name, shift = max(faults[0].more, key=lambda pair: _spare(patterns, found, *pair))
            gone = {name: frozenset({shift})}
            beside = {each for each, _ in (*faults[0].more, *faults[0].less)}
        if not gone:
            return found
        left = {
            name: _without(patterns, name, found[name], shifts) for name, shifts in gone.items()
        }
        needed = [name for name, rest in left.items() if not patterns.is_offered(name, rest)]
        for name in needed:
            beside |= _leads_of(problem, patterns, name, gone[name])
        if needed and not beside <= took:
            took |= beside
            left = {name: patterns.simplest[name] for name in beside & found.keys()}
        found |= left


def _leads_of(problem: Problem, patterns: Patterns, name: str, shifts: Collection[str]) -> set[str]:
    """Return the leads of a worker's team who have some shifts for what is locked."""
    team = problem.worker_by_id[name].team
    return {
        worker.id
        for worker in problem.workers
        if worker.is_lead and worker.team == team is not None
        if not set(shifts).isdisjoint(patterns.simplest[worker.id])
    }


def _without(patterns: Patterns, name: str, pattern: Pattern, shifts: Collection[str]) -> Pattern:
    """Return what is left of a pattern, or of the simplest if that is not legal, or nothing."""
    for each in (pattern, patterns.simplest[name]):
        rest = tuple(shift for shift in each if shift not in shifts)
        if patterns.is_legal(name, rest):
            return rest
    return ()


def _spare(
    patterns: Patterns, chosen: Mapping[str, Pattern], name: str, shift: str
) -> tuple[bool, int]:
    """Return what tells how easily a worker can spare a shift: best one that no lock asks for."""
    rest = _without(patterns, name, chosen[name], (shift,))
    return patterns.is_offered(name, rest), len(rest)
