"""The problems that are measured, frozen as files beside this one.

``python -m tests.bench.instances --check`` tells whether each file holds what its maker makes now,
``--write`` makes them anew, without an option it lists what they hold. A file is JSON of
``solver.formats``, packed without a time, so that making it anew changes nothing.
"""

import argparse
import gzip
import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from solver.data.problem import Problem
from solver.formats.json_format import problem_from_json, problem_to_json
from tests.bench.weeks import WeekPlan, make_problem

FOLDER = Path(__file__).parent / "instances"
"""Where the files are."""

_SMALL = WeekPlan(n_police=20, n_contacts=10, n_schools=8, n_spots=3, n_sessions=2, seed=11)
_MEDIUM = WeekPlan(n_police=60, n_contacts=25, n_schools=18, n_spots=7, n_sessions=6, seed=12)
_LARGE = WeekPlan(n_police=130, n_contacts=55, n_schools=38, n_spots=14, n_sessions=12, seed=13)
_HUGE = WeekPlan(
    n_police=120, n_contacts=50, n_schools=36, n_spots=13, n_sessions=10, n_areas=5, seed=14
)


def _tight(plan: WeekPlan) -> WeekPlan:
    """Return a plan with more to do than people, and a third of the contacts ill for two days."""
    return replace(plan, utilisation=1.05, least_share=0.75, ill_share=0.36)


PLANS = {
    "S-06-loose": _SMALL,
    "M-06-loose": _MEDIUM,
    "M-06-tight": _tight(_MEDIUM),
    "M-12-tight": replace(_tight(_MEDIUM), n_kinds=12),
    "M-20-tight": replace(_tight(_MEDIUM), n_kinds=20),
    "L-06-loose": _LARGE,
    "L-06-tight": _tight(_LARGE),
    "L-12-loose": replace(_LARGE, n_kinds=12),
    "L-12-tight": replace(_tight(_LARGE), n_kinds=12),
    "L-20-loose": replace(_LARGE, n_kinds=20),
    "L-20-tight": replace(_tight(_LARGE), n_kinds=20),
    "XL-06-loose": _HUGE,
    "L-12-4weeks": replace(_LARGE, n_kinds=12, n_weeks=4, utilisation=1.0),
}
"""Made-up weeks by name: size, kinds of shift of the crews, and how much there is to do."""

EXAMPLE_WEEK = "2026-W48"


def _example() -> Problem:
    """Return the example's week as the application would hand it to the engine."""
    from planner.domain.weeks import IsoWeek
    from planner.planning.problem import compile_week
    from planner.services import plans
    from planner.services.examples import making
    from planner.services.roster import generating

    week = IsoWeek.parse(EXAMPLE_WEEK)
    with TemporaryDirectory() as folder:
        target = str(Path(folder) / "example.narvaro")
        making.create_example(target, week=week)
        return compile_week(generating.week_input(plans.open_plan(target), week)).problem


MAKERS: dict[str, Callable[[], Problem]] = {
    **{name: partial(make_problem, plan) for name, plan in PLANS.items()},
    "example": _example,
}
"""What makes each instance."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What an instance holds."""

    n_workers: int
    n_shifts: int
    n_tasks: int
    n_heads: int
    n_demands: int


def counts(problem: Problem) -> Counts:
    """Return how many of each there are."""
    return Counts(
        n_workers=len(problem.workers),
        n_shifts=len(problem.shifts),
        n_tasks=len(problem.tasks),
        n_heads=sum(task.heads for task in problem.tasks),
        n_demands=len(problem.demands),
    )


def load(name: str) -> Problem:
    """Return a frozen instance."""
    return problem_from_json(json.loads(frozen_text(name)))


def frozen_text(name: str) -> str:
    """Return the JSON of a frozen instance."""
    return gzip.decompress(path_of(name).read_bytes()).decode()


@cache
def fingerprint(name: str) -> str:
    """Return what changes when a frozen instance does, or what was published of it."""
    found = hashlib.sha256(frozen_text(name).encode())
    for path in sorted(FOLDER.glob(f"{name}.published-*.json.gz")):
        found.update(gzip.decompress(path.read_bytes()))
    return found.hexdigest()[:12]


def path_of(name: str) -> Path:
    """Return the file of an instance."""
    return FOLDER / f"{name}.json.gz"


def made_text(name: str) -> str:
    """Return the JSON of an instance made now."""
    return json.dumps(problem_to_json(MAKERS[name]()), separators=(",", ":")) + "\n"


def is_frozen(name: str) -> bool:
    """Tell whether the file of an instance holds what its maker makes now.

    Fields that came to the format after it was frozen have their default in it.
    """
    return path_of(name).exists() and load(name) == MAKERS[name]()


def write(name: str) -> None:
    """Freeze an instance; a file that holds it already is left alone."""
    if not is_frozen(name):
        FOLDER.mkdir(exist_ok=True)
        path_of(name).write_bytes(gzip.compress(made_text(name).encode(), mtime=0))


def main(arguments: Sequence[str] | None = None) -> int:
    """List, check or write instances; return 1 when a file is not what is made now."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.instances", description=__doc__)
    parser.add_argument("names", nargs="*", help="all when none is named")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    stale = []
    for name in options.names or MAKERS:
        if options.write:
            write(name)
        if options.check and not is_frozen(name):
            stale.append(name)
        else:
            print(f"{name:<12} {fingerprint(name)} {counts(load(name))}", flush=True)
    if stale:
        print("Not what is made now:", *stale, file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
