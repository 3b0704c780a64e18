"""Makes choices of shifts keep what ties workers together, by leaving shifts out."""

from collections.abc import Collection, Mapping

from solver.data.problem import Problem
from solver.search.dive import unled
from solver.search.patterns import Pattern, Patterns


def mended(
    problem: Problem, patterns: Patterns, chosen: Mapping[str, Pattern]
) -> dict[str, Pattern]:
    """Return legal patterns as chosen, less what no lead begins and what breaks a hard pairing.

    Of two who may not be together the one who can spare the shift more easily loses it.
    """
    found = dict(chosen)
    while True:
        gone = {name: shifts for name, shifts in unled(problem, found).items() if shifts}
        faults = patterns.ties.faults(found)
        if not gone and faults:
            name, shift = max(faults[0].more, key=lambda pair: _spare(patterns, found, *pair))
            gone = {name: frozenset({shift})}
        if not gone:
            return found
        for name, shifts in gone.items():
            found[name] = _without(patterns, name, found[name], shifts)


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
