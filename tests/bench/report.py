"""Writes the results as a table: ``python -m tests.bench.report [FILE]``."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from tests.bench.instances import MAKERS, counts, load
from tests.bench.rows import ROWS, Result, Row
from tests.bench.run import (
    FULL_SEEDS,
    Entry,
    by_key,
    code_version,
    contradictions,
    read_entries,
    tell,
    verdict,
)

TARGET = Path(__file__).parent / "RESULTS.md"


def row_results(row: Row, known: Mapping[tuple[str, int], Entry]) -> list[list[Result]]:
    """Return what a row reads, for each seed of which all was measured."""
    found = []
    for seed in FULL_SEEDS:
        entries = [known.get((measurement.id, seed)) for measurement in row.measurements]
        results = [entry["result"] for entry in entries if entry]
        if len(results) == len(entries):
            found.append(results)
    return found


def middle(values: Iterable[float | None]) -> float | None:
    """Return the median; seeds without a value count as worse than all others."""
    found = median(float("inf") if value is None else value for value in values)
    return None if found == float("inf") else found


def table(known: Mapping[tuple[str, int], Entry]) -> Iterator[str]:
    """Yield the lines of the table of rows."""
    yield "| | reach | aim | measured | from – to | seeds | |"
    yield "|---|---|---|---|---|---|---|"
    for row in ROWS:
        cells = [row.text, _limit(row, row.reach), _limit(row, row.aim)]
        results = row_results(row, known)
        yield f"| {' | '.join([*cells, *_measured(row, results)])} |"


def _measured(row: Row, results: Sequence[Sequence[Result]]) -> list[str]:
    """Return the cells of what was measured: median, range, number of seeds, verdict."""
    if not results:
        return ["", "", "0", ""]
    values = [row.value(found) for found in results]
    numbers = [value for value in values if value is not None]
    ends = f"{tell(row, min(numbers))} – {tell(row, max(numbers))}" if numbers else ""
    floors = [floor for found in results if (floor := row.floor(found)) is not None]
    least = f" (could not be below {tell(row, median(floors))})" if floors else ""
    found = middle(values)
    return [tell(row, found) + least, ends, str(len(values)), _mark(verdict(row, found))]


def document(entries: Sequence[Entry]) -> str:
    """Return the whole report on the present code."""
    code = code_version()
    known = by_key(entries, code)
    found = list(known.values())
    lines = ["# What the engine measures", ""]
    if found:
        loads = [entry["load"] for entry in found]
        loops = [entry["loop_s"] for entry in found]
        dates = sorted(entry["at"][:10] for entry in found)
        head = found[-1]
        lines += [
            "Printed by `make bench-full` (`python -m tests.bench.report`) from measurements of",
            f"{dates[0]} to {dates[-1]}, code {code}: {head['cores']} cores, {head['machine']},",
            f"load {min(loads)}–{max(loads)} before each, {min(loops)}–{max(loops)} s for a plain",
            "loop of five million additions: machines are not equally fast every day.",
            "",
        ]
    lines += [
        "Medians of the seeds measured; a seed without the number counts as the worst. Gap: what",
        "of a value is above its proved bound, by the value. The compact model,",
        "[compact.py](compact.py), leaves out breaks, crews, travel and names; its roster is what",
        "the engine makes of its shifts, or fewer of them, in half a minute more. No ratio can",
        "be below that of its bound, or of what is proved of the promise if that is more.",
        "Objective: a point of what is promised weighs as much as a thousand others.",
        "",
        *table(known),
        "",
        *_wrong(entries, known, code),
        "## The instances",
        "",
        "| | workers | shifts | tasks | heads | demands |",
        "|---|---|---|---|---|---|",
    ]
    for name in MAKERS:
        held = counts(load(name))
        lines.append(
            f"| {name} | {held.n_workers} | {held.n_shifts} | {held.n_tasks} | {held.n_heads} "
            f"| {held.n_demands} |"
        )
    return "\n".join(lines) + "\n"


def _wrong(
    entries: Sequence[Entry], known: Mapping[tuple[str, int], Entry], code: str
) -> Iterator[str]:
    """Yield what is wrong, without what went well in a later try."""
    faults = [
        f"{entry['measurement']} seed {entry['seed']}: {fault}"
        for entry in entries
        if entry["code"] == code and (entry["measurement"], entry["seed"]) not in known
        for fault in entry["result"]["faults"]
    ]
    faults += contradictions(known.values())
    if faults:
        yield from ("## Wrong", "", *(f"- {fault}" for fault in dict.fromkeys(faults)), "")


def _limit(row: Row, limit: float | None) -> str:
    return "" if limit is None else f"≤ {tell(row, limit)}"


def _mark(said: str) -> str:
    return f"**{said}**" if said.endswith("missed") else said


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the report."""
    paths = sys.argv[1:] if arguments is None else arguments
    target = Path(paths[0]) if paths else TARGET
    target.write_text(document(read_entries()), encoding="utf-8")
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
