"""``python -m solver FILE`` solves a saved problem; with ``--worker`` it serves requests.

A file is a problem as JSON, or an instance of a public benchmark family; its content tells which.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.data.problem import Problem
    from solver.formats.families import Family

FORMATS = ("auto", "json", "shift-scheduling", "tsprp", "smptsp")

DONE, WRONG_INPUT = 0, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the engine; return 0 when done and 2 for wrong input."""
    parser = argparse.ArgumentParser(prog="python -m solver", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="a problem")
    parser.add_argument("--worker", action="store_true", help="serve requests, one a line")
    parser.add_argument("--faults", type=Path, help="folder for problems that show a fault")
    parser.add_argument("--format", choices=FORMATS, default="auto")
    parser.add_argument("--seconds", type=float, default=50.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--repeatable", action="store_true")
    parser.add_argument("--out", type=Path, help="write the solution here, as JSON")
    options = parser.parse_args(arguments)
    if options.worker:
        from solver.worker import serve

        serve(options.faults)
    if options.file is None:
        parser.error("name a FILE, or use --worker")
    if not options.seconds >= 0 or options.workers < 1 or (options.seed or 0) < 0:
        parser.error("--seconds and --seed are 0 or more, --workers 1 or more")
    return _solve_file(options)


def _solve_file(options: argparse.Namespace) -> int:
    from solver.interrupts import stop_on_interrupt

    stop = stop_on_interrupt()
    from solver.engine import solve
    from solver.formats.families import answer
    from solver.formats.json_format import solution_to_json
    from solver.streams import silence_libraries

    started = time.monotonic()
    found = _read(options.file, options.format)
    if found is None or not (options.out is None or _can_be_written(options.out)):
        return WRONG_INPUT
    problem, family = found
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    silence_libraries()
    solution = solve(
        problem,
        seconds=options.seconds,
        seed=options.seed,
        n_workers=options.workers,
        repeatable=options.repeatable,
        should_stop=stop.is_set,
    )
    seconds = time.monotonic() - started
    if options.out is not None:
        if family is None:
            document = solution_to_json(solution)
        else:
            document = answer(family, options.file, problem, solution, seconds)
        text = json.dumps(document, indent=1 if family is None else None)
        options.out.write_text(text + "\n", encoding="utf-8")
    is_proved = all(each.value == each.bound for each in solution.levels)
    with answers:
        print("status", "optimal" if is_proved else "feasible", file=answers)
        for each in solution.levels:
            print(each.level, "objective", each.value, "bound", each.bound, file=answers)
        print("gaps", sum(gap.missing for gap in solution.gaps), file=answers)
        print("seconds", round(seconds, 1), file=answers)
    return DONE


def _read(file: Path, wanted: str) -> "tuple[Problem, Family | None] | None":
    """Return a problem and its family; nothing, and a sentence on standard error, for none."""
    from solver.data.errors import InvalidProblemError
    from solver.formats.families import FAMILIES, decoded, family_of
    from solver.formats.json_format import problem_from_text

    try:
        content = file.read_bytes()
        if wanted == "json":
            return problem_from_text(content), None
        family = family_of(decoded(content)) if wanted == "auto" else FAMILIES[wanted]
        if family is None:
            return problem_from_text(content), None
        return family.read(decoded(content)), family
    except OSError as error:
        _complain(file, error.strerror)
    except InvalidProblemError as error:
        _complain(file, error)
    return None


def _can_be_written(file: Path) -> bool:
    """Tell whether the answer will find its place, before an hour is spent on it."""
    if file.is_dir() or not os.access(file if file.exists() else file.parent, os.W_OK):
        _complain(file, "it cannot be written")
        return False
    return True


def _complain(file: Path, what: object) -> None:
    print(f"{file}: {str(what).rstrip('.')}.", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
