"""Runs measurements one by one: ``python -m tests.bench.run`` a few, with ``--full`` all.

Each finished one is a line of ``out/bench/results.jsonl``, under the commit that last touched the
engine or the benchmarks, the instance's fingerprint and the seed; a run goes on where the one
before it ended. It fails when something is wrong, not when something is slow.
"""

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.instances import fingerprint
from tests.bench.rows import ROWS, Measurement, Row, combined_of

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "out" / "bench" / "results.jsonl"
MEASURED_FOLDERS = ("solver", "tests/bench")
FULL_SEEDS = (1, 2, 3, 4, 5)
PATIENCE_S = 300.0
"""How long a measurement may take beyond its seconds before it is ended."""

Entry = dict[str, Any]
"""A line of the results."""


def code_version() -> str:
    """Return the commit that last touched what is measured, and what was changed since."""
    commit = _git("log", "-1", "--format=%h", "--", *MEASURED_FOLDERS) or "none"
    if not _git("status", "--porcelain", "--", *MEASURED_FOLDERS):
        return commit
    digest = hashlib.sha256()
    for folder in MEASURED_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return f"{commit}+{digest.hexdigest()[:8]}"


def read_entries(path: Path = RESULTS) -> list[Entry]:
    """Return what was measured so far; a line cut short is left out."""
    if not path.exists():
        return []
    entries = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            entries.append(json.loads(line))
        except ValueError:
            continue
    return entries


def by_key(entries: Iterable[Entry], code: str) -> dict[tuple[str, int], Entry]:
    """Return what is known of the present instances, without faults, by measurement and seed."""
    return {
        (entry["measurement"], entry["seed"]): entry
        for entry in entries
        if entry["code"] == code
        and not entry["result"]["faults"]
        and entry["fingerprint"] == fingerprint(entry["instance"])
    }


def run(measurement: Measurement, seed: int, code: str) -> Entry:
    """Measure in a fresh process; what goes wrong there is a fault of the result."""
    load, loop_s = os.getloadavg()[0], _loop_s()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "result.json"
        command = [sys.executable, "-m", "tests.bench.measure", measurement.kind]
        command += [measurement.instance, "--seconds", f"{measurement.seconds:g}"]
        command += ["--seed", str(seed), "--out", str(out)]
        try:
            ended = subprocess.run(
                command,
                cwd=ROOT,
                timeout=measurement.seconds + PATIENCE_S,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
            said = ended.stderr.strip().splitlines()[-1:]
        except subprocess.TimeoutExpired:
            said = ["took too long"]
        result = json.loads(out.read_text()) if out.exists() else {"faults": ["crash", *said]}
    return {
        "code": code,
        "measurement": measurement.id,
        "instance": measurement.instance,
        "fingerprint": fingerprint(measurement.instance),
        "seed": seed,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),  # noqa: TID251 - no plan's clock
        "cores": os.cpu_count(),
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "load": round(load, 1),
        "loop_s": round(loop_s, 2),
        "result": result,
    }


def _loop_s() -> float:
    """Return processor seconds for five million additions: how fast the machine is just now."""
    began, total = time.process_time(), 0
    for number in range(5_000_000):
        total += number
    return time.process_time() - began


def append(entry: Entry, path: Path = RESULTS) -> None:
    """Add a line to the results."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(entry) + "\n")


def contradictions(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield bounds of one measurement that another one's value on the same instance is below.

    A bound of a level is held against rosters that are as good on the levels above it.
    """
    by_instance: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry["measurement"].split("/")[0] in {"solve", "stop", "compact"}:
            by_instance[entry["instance"]].append(entry)
    for name, found in by_instance.items():
        rosters = [entry for entry in found if not entry["measurement"].startswith("compact")]
        for one in found:
            for other in rosters:
                if "combined" in one["result"]:
                    wrong = one["result"]["bound"] > combined_of(other["result"]) + 0.5
                    at = ["combined"] if wrong and name != "example" else []
                else:
                    at = list(_too_high(one["result"]["levels"], other["result"]["levels"]))
                for level in at:
                    yield (
                        f"{name}: the bound of {level} by {one['measurement']} (seed {one['seed']})"
                        f" is above what {other['measurement']} (seed {other['seed']}) found"
                    )


def _too_high(bounds: dict[str, list[Any]], values: dict[str, list[Any]]) -> Iterator[str]:
    for level, (value, bound) in bounds.items():
        if bound is not None and bound > values[level][0]:
            yield level
        if values[level][0] > value:
            return


def tell(row: Row, value: float | None) -> str:
    """Return how a value of a row is said."""
    return "none" if value is None else f"{value:.3g} {row.unit}".strip()


def verdict(row: Row, value: float | None) -> str:
    """Return whether a value is what was aimed at, reaches, or misses; empty if nothing was."""
    if row.reach is None and row.aim is None:
        return ""
    if value is None:
        return "missed"
    if row.aim is not None and value <= row.aim:
        return "aim"
    if row.reach is None:
        return "aim missed"
    return "reached" if value <= row.reach else "missed"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is not yet; return 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run", description=__doc__)
    parser.add_argument("--full", action="store_true", help="all rows, five seeds")
    parser.add_argument("--again", action="store_true", help="measure anew what was measured")
    parser.add_argument("--only", default="", help="rows whose text holds this")
    options = parser.parse_args(arguments)
    rows = [row for row in ROWS if (options.full or row.is_quick) and options.only in row.text]
    code = code_version()
    known = {} if options.again else by_key(read_entries(), code)
    faults: list[str] = []
    for seed in FULL_SEEDS if options.full else FULL_SEEDS[:1]:
        told: set[str] = set()
        for measurement in dict.fromkeys(m for row in rows for m in row.measurements):
            key = measurement.id, seed
            if key not in known:
                print(f"… {measurement.id} seed {seed}", file=sys.stderr, flush=True)
                entry = run(measurement, seed, code)
                append(entry)
                wrong = entry["result"]["faults"]
                faults += [f"{measurement.id} seed {seed}: {fault}" for fault in wrong]
                if not wrong:
                    known[key] = entry
            _tell_rows(rows, known, seed, told)
    faults += contradictions(known.values())
    for fault in faults:
        print("WRONG:", fault)
    return 1 if faults else 0


def _tell_rows(
    rows: Iterable[Row], known: dict[tuple[str, int], Entry], seed: int, told: set[str]
) -> None:
    """Print the rows that can be told by now and were not."""
    for row in rows:
        entries = [known.get((measurement.id, seed)) for measurement in row.measurements]
        if row.text in told or not all(entries):
            continue
        told.add(row.text)
        value = row.value([entry["result"] for entry in entries if entry])
        print(f"{row.text:<75} {tell(row, value):>10}  {verdict(row, value)}", flush=True)


def _git(*arguments: str) -> str:
    try:
        said = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
