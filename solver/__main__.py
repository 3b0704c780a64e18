"""``python -m solver FILE`` solves a saved problem; with ``--worker`` it serves requests."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the engine; return 0 when done and 2 for wrong input."""
    parser = argparse.ArgumentParser(prog="python -m solver", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="a problem as JSON")
    parser.add_argument("--worker", action="store_true", help="serve requests, one a line")
    parser.add_argument("--format", choices=("auto", "json"), default="auto")
    parser.add_argument("--seconds", type=float, default=50.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--repeatable", action="store_true")
    parser.add_argument("--out", type=Path, help="write the solution here, as JSON")
    options = parser.parse_args(arguments)
    if options.worker:
        from solver.worker import serve

        serve()
        return 0
    if options.file is None:
        parser.error("name a FILE, or use --worker")
    return _solve_file(options)


def _solve_file(options: argparse.Namespace) -> int:
    from solver.engine import solve
    from solver.formats.json_format import problem_from_json, solution_to_json

    started = time.monotonic()
    try:
        problem = problem_from_json(json.loads(options.file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    solution = solve(
        problem,
        seconds=options.seconds,
        seed=options.seed,
        n_workers=options.workers,
        repeatable=options.repeatable,
    )
    if options.out is not None:
        text = json.dumps(solution_to_json(solution), indent=1)
        options.out.write_text(text + "\n", encoding="utf-8")
    is_proved = all(each.value == each.bound for each in solution.levels)
    print("status", "optimal" if is_proved else "feasible")
    for each in solution.levels:
        print(each.level, "objective", each.value, "bound", each.bound)
    print("gaps", sum(gap.missing for gap in solution.gaps))
    print("seconds", round(time.monotonic() - started, 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
