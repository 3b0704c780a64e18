"""Solves instances of public benchmark families and has each answer judged by its checker.

``python -m tests.bench.families.run FOLDER --seconds N`` solves what lies in ``FOLDER``/family by
``python -m solver``, one after the other, and prints a table beside ``published.csv``; the
instances are not part of the repository.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.families import shift_scheduling, smptsp, tsprp

_SLACK_SECONDS = 120


def _judge(module: Any) -> Callable[[str, Any], tuple[list[str], int]]:
    return lambda text, found: module.judge(module.read(text), found)


JUDGES = {
    "shift-scheduling": _judge(shift_scheduling),
    "tsprp": _judge(tsprp),
    "smptsp": _judge(smptsp),
}
BEST = {
    "shift-scheduling": "best_known",
    "tsprp": "published_objective",
    "smptsp": "clique_lower_bound",
}
"""By family the column of ``published.csv`` that an answer is compared with."""

HEADINGS = (
    "family", "instance", "status", "objective", "bound", "published", "over it", "seconds", "load",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One instance solved."""

    family: str
    instance: str
    status: str
    _: KW_ONLY
    published: int | None
    load: float
    """Of the machine on average in the five minutes until the end, this run among it."""
    objective: int | None = None
    bound: int | None = None
    seconds: float | None = None

    def cells(self) -> list[str]:
        """Return what a table shows."""
        gap = ""
        if self.objective is not None and self.published is not None:
            gap = f"{100 * (self.objective - self.published) / max(1, self.published):+.1f} %"
        numbers = (self.objective, self.bound, self.published)
        shown = ["" if number is None else str(number) for number in numbers]
        measured = [f"{self.seconds or 0:.0f}", f"{self.load:.1f}"]
        return [self.family, self.instance, self.status, *shown, gap, *measured]


def main(arguments: Sequence[str] | None = None) -> None:
    """Solve, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--family", choices=sorted(JUDGES), action="append")
    parser.add_argument("--only", nargs="*", default=[], help="names of instances")
    parser.add_argument("--keep", type=Path, help="folder for the answers")
    options = parser.parse_args(arguments)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    print(
        f"{time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC, {options.seconds:g} seconds each\n"
    )
    print(
        "| family | instance | status | objective | bound | published | over it | seconds | load |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for row in rows(options):
        print("| " + " | ".join(row.cells()) + " |", flush=True)


def rows(options: argparse.Namespace) -> Iterator[Row]:
    """Yield one row for each instance of the families wanted."""
    for family in options.family or JUDGES:
        published = _published(options.folder / family / "published.csv", BEST[family])
        files = sorted(options.folder.joinpath(family).glob("*.*"), key=_size)
        for file in files:
            wanted = not options.only or file.stem in options.only
            if wanted and file.name != "published.csv":
                yield _solved(family, file, published.get(file.stem), options)


def _size(file: Path) -> int:
    return file.stat().st_size


def _published(file: Path, column: str) -> dict[str, int]:
    if not file.exists():
        return {}
    with file.open(encoding="utf-8") as lines:
        return {row["instance"]: int(row[column]) for row in csv.DictReader(lines) if row[column]}


def _solved(family: str, file: Path, published: int | None, options: argparse.Namespace) -> Row:
    row = partial(Row, family, file.stem, published=published)
    with tempfile.TemporaryDirectory() as folder:
        out = (options.keep or Path(folder)) / f"{file.stem}.json"
        try:
            subprocess.run(
                [sys.executable, "-m", "solver", file, "--seconds", f"{options.seconds}",
                 "--out", out],
                check=True, capture_output=True, timeout=options.seconds * 1.5 + _SLACK_SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return row("too late", load=_load())
        except subprocess.CalledProcessError as error:
            return row(error.stderr.decode().strip().rpartition("\n")[2], load=_load())
        answer = json.loads(out.read_text(encoding="utf-8"))
    load = _load()
    broken, objective = JUDGES[family](file.read_text(encoding="utf-8"), answer["assignments"])
    status = f"{len(broken)} broken, {broken[0]}" if broken else answer["status"]
    if not broken and objective != answer["objective"]:
        status = f"claims {answer['objective']}"
    return row(
        status, objective=objective, bound=answer["bound"], seconds=answer["seconds"], load=load
    )


def _load() -> float:
    return os.getloadavg()[1]


if __name__ == "__main__":
    main()
