"""Rosters of a frozen week as they were published, frozen as files too: what is replanned.

``python -m tests.bench.published`` searches for them anew, for nine minutes, and writes them
beside the instances. Another search or machine finds others, so they are kept as they are.
"""

import gzip
import json
import sys
from pathlib import Path

from solver.data.solution import Solution
from solver.engine import solve
from solver.formats.json_format import solution_from_json, solution_to_json
from tests.bench.instances import FOLDER, load

WEEK = "L-06-loose"
SEEDS = range(1, 6)
SEARCH_S = 100.0
N_WORKERS = 2


def published(week: str, seed: int) -> Solution:
    """Return the roster of a week that a search with a seed found."""
    return solution_from_json(json.loads(gzip.decompress(_path(week, seed).read_bytes())))


def _path(week: str, seed: int) -> Path:
    return FOLDER / f"{week}.published-{seed}.json.gz"


def main() -> int:
    """Find and write all rosters."""
    for seed in SEEDS:
        found = solve(load(WEEK), seconds=SEARCH_S, seed=seed, n_workers=N_WORKERS)
        text = json.dumps(solution_to_json(found), separators=(",", ":")) + "\n"
        _path(WEEK, seed).write_bytes(gzip.compress(text.encode(), mtime=0))
        print(f"{WEEK} {seed}: {[level.value for level in found.levels]}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
