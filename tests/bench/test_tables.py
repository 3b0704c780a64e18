"""How long large tables take to be read, judged and written: CSV files, workbooks, both ways.

Run by ``make bench``. What is asserted is the processor's time, so that whatever else the machine
does is left out.
"""

import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.domain.roster import Shift
from planner.domain.spans import Span
from planner.domain.staff import ShiftSource
from planner.exchange.csv_files import table_to_csv
from planner.exchange.plan_tables import plan_tables
from planner.exchange.tables import Table
from planner.exchange.workbook_writing import WorkbookLook, to_xlsx
from planner.services.imports import previews
from planner.services.imports.importing import import_shown
from planner.services.plans import OpenPlan, create_plan, open_plan
from tests.planner.small import OFFICERS, ZONE, make_plan

N_CSV, N_XLSX = 100_000, 20_000
MOST_S = {"absences": 10, "shifts": 15}
"""Shifts are in two tables, with their stretches, and may have several rows each."""
LOOK = WorkbookLook(title="", language="sv", n_fixed={})


@dataclass
class Took:
    """How long something took, once it is done."""

    seconds: float = 0


@contextmanager
def taking(what: str) -> Iterator[Took]:
    """Print how long the block takes."""
    took, began = Took(), time.process_time()
    yield took
    took.seconds = time.process_time() - began
    print(f"\n{what:<60} {took.seconds:6.2f} s", end="")


def tables(name: str, n_rows: int) -> list[Table]:
    """Return the small plan's tables, with as many absences or shifts."""
    plan = make_plan()
    first = datetime(2026, 1, 5, 6, tzinfo=UTC)
    starts = [first + n // 500 % 300 * timedelta(days=1) for n in range(n_rows)]
    staff = [OFFICERS[n % len(OFFICERS)] for n in range(n_rows)]
    numbered = list(zip(range(n_rows), staff, starts, strict=True))
    if name == "shifts":
        found = plan_tables(plan, (_shift(*one) for one in numbered), has_identities=True)
        return [table for table in found if table.rows]
    rows = tuple((f"a{n}", who, start, start + timedelta(hours=8)) for n, who, start in numbered)
    others = [one for one in plan_tables(plan, (), has_identities=True) if one.name != name]
    return [*others, Table(name=name, columns=("id", "staff", "start", "end"), rows=rows)]


def _shift(number: int, staff: str, start: datetime) -> Shift:
    pause = start + timedelta(hours=4)
    return Shift(
        id=f"s{number}",
        staff=staff,
        day=start.astimezone(ZONE).date(),
        shift_type="evening",
        parts=(Span(start, start + timedelta(hours=8)),),
        breaks=(Span(pause, pause + timedelta(minutes=30)),),
        source=ShiftSource.GIVEN,
    )


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[OpenPlan]:
    create_plan(tmp_path / "plan.narvaro")
    with open_plan(tmp_path / "plan.narvaro") as plan:
        yield plan


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["absences", "shifts"])
def test_csv_rows_are_imported(empty: OpenPlan, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with taking(f"write {N_CSV} {name} as CSV"):
        for table in tables(name, N_CSV):
            (folder / f"{table.name}.csv").write_bytes(table_to_csv(table, ZONE))
    took = imported(empty, folder, f"{N_CSV} {name} of a CSV file")
    assert took < MOST_S[name]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["absences", "shifts"])
def test_rows_of_a_workbook_are_imported(empty: OpenPlan, tmp_path: Path, name: str) -> None:
    path = tmp_path / "plan.xlsx"
    with taking(f"write {N_XLSX} {name} as XLSX"):
        path.write_bytes(to_xlsx(tables(name, N_XLSX), ZONE, LOOK))
    took = imported(empty, path, f"{N_XLSX} {name} of a workbook")
    assert took < MOST_S[name]


def test_a_workbook_is_written_in_little_memory() -> None:
    found = tables("shifts", N_XLSX)
    tracemalloc.start()
    try:
        size = len(to_xlsx(found, ZONE, LOOK))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    print(f"\n{N_XLSX} shifts as a workbook of {size / 1e6:.1f} MB: peak {peak / 1e6:.0f} MB more")
    assert peak < 200e6


def imported(plan: OpenPlan, source: Path, what: str) -> float:
    """Import a source and return how long it took, shown first and then written."""
    with taking(f"read and judge {what}") as reading:
        shown = previews.preview(plan, source)
    with taking("write them into the plan") as writing:
        import_shown(plan, shown)
    return reading.seconds + writing.seconds
