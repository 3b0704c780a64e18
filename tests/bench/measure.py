"""One measurement in a process of its own: ``python -m tests.bench.measure KIND INSTANCE …``.

The kinds: ``solve`` runs the engine, ``compact`` the model that it is measured against, ``replan``
the engine on a week with sick calls, ``stop`` the engine's worker process, told to stop,
``explain`` what is asked about a roster. The result is one JSON object, written to ``--out``; its
``faults`` say what is wrong, not what is slow.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from solver.checks import violations
from solver.checks.costs import level_values
from solver.data.problem import Problem
from solver.data.solution import LevelResult, Progress, Solution
from solver.formats.json_format import problem_to_json, solution_from_json
from tests.bench.instances import load

Result = dict[str, Any]
"""What a measurement found; JSON."""

N_WORKERS = 2
N_CHECKED = 5
"""Rosters on the way that are checked, besides the last."""

BEGIN_S = 2.0
"""Seconds in which processes have surely begun."""

COMPLETE_S = 30.0
"""Seconds for breaks and tasks in the shifts of the compact model."""


@dataclass
class Listener:
    """Keeps each better roster, and each report of progress, with the seconds it came at."""

    began: float = field(default_factory=time.monotonic)
    rosters: list[tuple[float, Solution]] = field(default_factory=list)
    levels: list[tuple[float, tuple[LevelResult, ...]]] = field(default_factory=list)

    def improved(self, solution: Solution) -> None:
        """Keep a roster."""
        at = time.monotonic() - self.began
        self.rosters.append((at, solution))
        self.levels.append((at, solution.levels))

    def progressed(self, progress: Progress) -> None:
        """Keep the levels of the best so far."""
        self.levels.append((time.monotonic() - self.began, progress.levels))


def roster_faults(problem: Problem, solution: Solution) -> list[str]:
    """Return what is wrong with a roster or with what is claimed of it; empty when all is well."""
    found = [
        f"breaks {violation.rule}: {', '.join(violation.workers)}"
        for violation in violations(problem, solution)
        if not violation.is_fact
    ]
    counted = level_values(problem, solution)
    for level in solution.levels:
        if counted[level.level] != level.value:
            found.append(f"{level.level} is {counted[level.level]}, not {level.value} as said")
        if level.bound is not None and level.bound > level.value:
            found.append(f"{level.level}: bound {level.bound} is above value {level.value}")
    if {level.level for level in solution.levels} != set(problem.levels):
        found.append("not every level is told")
    return found


def _listened(problem: Problem, seconds: float, seed: int) -> tuple[Solution, float, Listener]:
    """Run the engine; return what it found, in how many seconds, and what it said on the way.

    Its processes have begun before, as those of the worker that users have.
    """
    from solver.engine import solve
    from solver.search.host import Hosts

    hosts = Hosts()
    hosts.make_ready(N_WORKERS)
    time.sleep(BEGIN_S)
    listener = Listener()
    solution = solve(
        problem,
        seconds=seconds,
        seed=seed,
        n_workers=N_WORKERS,
        on_improvement=listener.improved,
        on_progress=listener.progressed,
        hosts=hosts,
    )
    return solution, time.monotonic() - listener.began, listener


def measure_solve(name: str, seconds: float, seed: int) -> Result:
    """Run the engine on an instance and check what it finds on the way and at the end."""
    problem = load(name)
    solution, took_s, listener = _listened(problem, seconds, seed)
    memory = _memory_mb()
    rosters = listener.rosters or [(took_s, solution)]
    checked_s, faults = None, []
    for at, roster in rosters[:: -(-len(rosters) // N_CHECKED)]:
        began = time.monotonic()
        wrong = roster_faults(problem, roster)
        faults += [f"at {at:.1f} s: {fault}" for fault in wrong]
        if checked_s is None and not wrong:
            checked_s = at + time.monotonic() - began
    return {
        "took_s": took_s,
        "first_s": rosters[0][0],
        "checked_s": checked_s,
        "n_improvements": len(rosters),
        "course": [[round(at, 2), *(each.value for each in s.levels)] for at, s in rosters],
        "levels": _levels(solution.levels),
        "open_windows": _open_windows(problem, solution),
        "memory_mb": memory,
        "faults": faults + roster_faults(problem, solution),
    }


def measure_compact(name: str, seconds: float, seed: int) -> Result:
    """Run the compact model on an instance, and the engine on the shifts that it chose.

    These, or fewer, become a roster with breaks, crews and named tasks, which takes time besides.
    """
    from solver.engine import solve
    from tests.bench.compact import combined, solve_compact

    problem = load(name)
    found = solve_compact(problem, seconds=seconds, workers=N_WORKERS, seed=seed)
    result = {
        "took_s": found.seconds,
        "combined": found.combined,
        "bound": found.bound,
        "memory_mb": _memory_mb(),
        "roster": None,
        "faults": [],
    }
    if found.combined is not None:
        chosen: dict[str, set[str]] = defaultdict(set)
        for worker, shift in found.shifts:
            chosen[worker].add(shift)
        workers = tuple(replace(w, shifts=tuple(sorted(chosen[w.id]))) for w in problem.workers)
        roster = solve(
            replace(problem, workers=workers), seconds=COMPLETE_S, seed=seed, n_workers=N_WORKERS
        )
        result["roster"] = combined(level_values(problem, roster))
        result["faults"] = [
            fault for fault in roster_faults(problem, roster) if fault.startswith("breaks")
        ]
    return result


def measure_replan(name: str, seconds: float, seed: int) -> Result:
    """Replan what was published after sick calls; tell when the fewest changes were proved."""
    from tests.bench.published import published
    from tests.bench.replan import CHANGES, replanned

    problem = replanned(load(name), published(name, seed))
    solution, took_s, listener = _listened(problem, seconds, seed)
    final = {level.level: level for level in solution.levels}
    above = problem.levels[: problem.levels.index(CHANGES) + 1]

    def is_proved(levels: tuple[LevelResult, ...]) -> bool:
        """Tell whether the changes are as in the end, as is what matters more, and proved."""
        return bool(levels) and all(
            each.value == final[each.level].value
            and (each.level != CHANGES or each.value == each.bound)
            for each in levels
            if each.level in above
        )

    course = [*listener.levels, (took_s, solution.levels)]
    return {
        "took_s": took_s,
        "first_s": listener.rosters[0][0] if listener.rosters else took_s,
        "proved_s": next((at for at, levels in course if is_proved(levels)), None),
        "levels": _levels(solution.levels),
        "memory_mb": _memory_mb(),
        "faults": roster_faults(problem, solution),
    }


def measure_stop(name: str, seconds: float, seed: int) -> Result:
    """Tell the engine's process to stop ``2 * seed`` seconds after its first roster."""
    problem = load(name)
    request = {"problem": problem_to_json(problem), "seconds": seconds, "seed": seed}
    with subprocess.Popen(
        [sys.executable, "-m", "solver", "--worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        if worker.stdin is None or worker.stdout is None:
            raise AssertionError("The worker has no pipes.")

        def say(message: Result) -> None:
            worker.stdin.write(json.dumps(message) + "\n")  # type: ignore[union-attr]
            worker.stdin.flush()  # type: ignore[union-attr]

        say({"id": 1, "op": "solve", "n_workers": N_WORKERS, **request})
        began = time.monotonic()
        _event(worker.stdout, "improved")
        first_s = time.monotonic() - began
        time.sleep(2 * seed)
        asked = time.monotonic()
        say({"id": 1, "op": "stop"})
        answer = _event(worker.stdout, "done")
        stopped_s = time.monotonic() - asked
        worker.stdin.close()
        solution = solution_from_json(answer["solution"])
    return {
        "took_s": time.monotonic() - began,
        "first_s": first_s,
        "stopped_s": stopped_s,
        "levels": _levels(solution.levels),
        "faults": roster_faults(problem, solution),
    }


def measure_explain(name: str, seconds: float, seed: int) -> Result:
    """Run the engine, leave some tasks to nobody and ask about them."""
    from solver.engine import solve
    from tests.bench.explain import asked

    problem = load(name)
    solution = solve(problem, seconds=seconds, seed=seed, n_workers=N_WORKERS)
    return {
        **asked(problem, solution, seed),
        "levels": _levels(solution.levels),
        "memory_mb": _memory_mb(),
        "faults": roster_faults(problem, solution),
    }


def _event(lines: Any, wanted: str) -> Result:
    """Return the next message with an event, skipping others."""
    for line in lines:
        message: Result = json.loads(line)
        if message["event"] == wanted:
            return message
        if message["event"] in {"failed", "done"}:
            raise RuntimeError(f"The worker said {line[:400]}")
    raise RuntimeError(f"The worker ended without {wanted!r}.")


def _levels(levels: tuple[LevelResult, ...]) -> dict[str, list[int | None]]:
    return {level.level: [level.value, level.bound] for level in levels}


def _open_windows(problem: Problem, solution: Solution) -> int:
    """Return heads that lack at places with people of their own, not proved to be unavoidable."""
    return sum(
        gap.missing
        for gap in solution.gaps
        if gap.proof is None and problem.task_by_id[gap.task].familiar_level is not None
    )


def _memory_mb() -> float:
    """Return the most memory that this process, or one that it started and ended, ever held."""
    unit = 1024**2 if sys.platform == "darwin" else 1024
    most = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return most / unit


KINDS: dict[str, Callable[[str, float, int], Result]] = {
    "solve": measure_solve,
    "compact": measure_compact,
    "replan": measure_replan,
    "stop": measure_stop,
    "explain": measure_explain,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the result."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.measure", description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("instance")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("/dev/stdout"))
    options = parser.parse_args(arguments)
    result = KINDS[options.kind](options.instance, options.seconds, options.seed)
    options.out.write_text(json.dumps(result) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
